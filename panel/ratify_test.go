package panel_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/panel"
)

// TestW3_chairsActionsAreRatified: what the chair decided between meetings stays on the
// list until a meeting has spoken about it, once.
func TestW3_chairsActionsAreRatified(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		act := func(id panel.ReferralID) panel.Decision {
			return w.decide(panel.DecisionInput{Referral: id, Outcome: panel.Place, Stays: w.ranked("", id)})
		}
		first, second, own := act("ref-c"), act("ref-d"), act("ref-a")
		listed := func(p panel.PersonID) (ids []panel.DecisionID) {
			for _, d := range must(w.Unratified(w.as(p)))(w.T) {
				ids = append(ids, d.ID)
			}
			return ids
		}
		all := []panel.DecisionID{first.ID, second.ID, own.ID}
		if diff := cmp.Diff(all, listed(theOfficer)); diff != "" {
			t.Errorf("before a meeting is called (-want +got):\n%s", diff)
		}
		if got := listed(theNurse); got != nil {
			t.Errorf("a member who sits nowhere yet sees %v", got)
		}
		m := w.opened("ref-b")
		taken := w.decide(panel.DecisionInput{
			Meeting: m.ID, Referral: "ref-b", Outcome: panel.Decline, Reason: panel.Reason{Code: "duplicate", Text: longEnough},
		})
		if diff := cmp.Diff(all, listed(theNurse)); diff != "" {
			t.Errorf("a member of the meeting sees (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(all[:2], listed(theHead)); diff != "" {
			t.Errorf("a member of the school concerned sees (-want +got):\n%s", diff)
		}
		for _, test := range []struct {
			name     string
			who      panel.PersonID
			decision panel.DecisionID
			ratified bool
			text     string
			want     panel.Kind
		}{
			{"a member", theNurse, first.ID, true, "", panel.Forbidden},
			{"the deputy beside the chair", theDeputy, first.ID, true, "", panel.Forbidden},
			{"a decision of the meeting", theChair, taken.ID, true, "", panel.Conflict},
			{"no decision", theChair, "none", true, "", panel.NotFound},
			{"not, and no reason", theChair, first.ID, false, "no", panel.Invalid},
			{"yes", theChair, first.ID, true, "", ""},
			{"no", theChair, second.ID, false, longEnough, ""},
			{"again", theChair, first.ID, false, longEnough, panel.Conflict},
		} {
			_, err := w.Ratify(w.as(test.who), m.ID, test.decision, test.ratified, test.text)
			w.wantKind(test.name, err, test.want)
		}
		if diff := cmp.Diff(all[2:], listed(theOfficer)); diff != "" {
			t.Errorf("afterwards (-want +got):\n%s", diff)
		}
		must(w.Close(w.as(theChair), m.ID, must(w.Meeting(w.as(theChair), m.ID))(w.T).Version))(w.T)
		minutes := must(w.Minutes(w.as(theOfficer), m.ID))(w.T)
		want := []panel.MinutesRatification{
			{Decision: first.ID, Referral: "ref-c", Ratified: true, By: "Carys Chair"},
			{Decision: second.ID, Referral: "ref-d", Text: longEnough, By: "Carys Chair"},
		}
		if diff := cmp.Diff(want, minutes.Ratified); diff != "" {
			t.Errorf("in the minutes (-want +got):\n%s", diff)
		}
		if !slices.Equal(minutes.Unratified, all[2:]) {
			t.Errorf("the minutes list %v as not ratified", minutes.Unratified)
		}
		_, err := w.Ratify(w.as(theChair), m.ID, own.ID, true, "")
		w.wantKind("by a meeting that is over", err, panel.WrongState)
	})
}
