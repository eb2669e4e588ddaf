package demo

import (
	"bytes"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/duty"
	"example.org/backontrack/panel/form"
)

// Year is the school year of Thornmere.
func Year() duty.Year { return year }

// MiddleOf is where the pupils of an estate live on average, as the gazetteer has it.
func MiddleOf(l *Loaded, area string) [2]float64 { return l.middle[outcodeOf(area)] }

// StaffAt is who answers for a provision.
func StaffAt(o panel.OrganisationID) panel.PersonID { return providerStaff(o) }

// Forms are those of the agenda, as Load fills them in where nobody else is on record.
func Forms(t *testing.T) map[matching.ReferralID]form.Form {
	t.Helper()
	snapshot, err := matching.Read(bytes.NewReader(authority))
	if err != nil {
		t.Fatal(err)
	}
	forms := map[matching.ReferralID]form.Form{}
	for _, r := range snapshot.Referrals {
		clock := NewClock()
		clock.set(r.Received, 8, 30)
		l := &loading{clock: clock, snapshot: snapshot, out: &Loaded{}, provisionOf: map[matching.GroupID]panel.OrganisationID{}}
		for _, g := range snapshot.Groups {
			l.provisionOf[g.ID] = panel.OrganisationID(g.Provision)
		}
		f := l.filling(r.Pupil, refers[r.ID])
		f.asks = r
		forms[r.ID] = f.filled()
	}
	return forms
}
