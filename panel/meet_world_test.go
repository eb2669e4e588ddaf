package panel_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/audit"
	"example.org/backontrack/panel/form"
	"example.org/backontrack/panel/paneltest"
)

// panelWorld is two schools, a provision with a group, those who sit in a panel, and four
// referrals that are ready, in a store.
type panelWorld struct {
	*testing.T
	*panel.Service
	store panel.Store
	today calendar.Date
}

// The people of the world, by what they are.
const (
	theChair    panel.PersonID = "p-chair"
	theDeputy   panel.PersonID = "p-deputy"
	theNurse    panel.PersonID = "p-nurse"    // a member
	theHead     panel.PersonID = "p-head"     // a member, of the school Oak
	theProvider panel.PersonID = "p-provider" // a member, of the provision Mill
	theOfficer  panel.PersonID = "p-officer"
	theAuditor  panel.PersonID = "p-auditor"
	theTeacher  panel.PersonID = "p-teacher" // of the school Oak, and in no meeting
)

func seats() []panel.Person {
	role := func(r panel.Role) panel.Grant { return panel.Grant{Role: r} }
	at := func(r panel.Role, o panel.OrganisationID) panel.Grant { return panel.Grant{Role: r, Organisation: o} }
	return []panel.Person{
		{ID: theChair, Name: "Carys Chair", Profession: "education", Grants: []panel.Grant{role(panel.RoleChair)}},
		{ID: theDeputy, Name: "Dev Deputy", Profession: "social_care", Grants: []panel.Grant{role(panel.RoleChair)}},
		{ID: theNurse, Name: "Nia Nurse", Profession: "health", Grants: []panel.Grant{role(panel.RoleMember)}},
		{ID: theHead, Name: "Hal Head", Grants: []panel.Grant{role(panel.RoleMember), at(panel.RoleSchool, "oak")}},
		{ID: theProvider, Name: "Pia Provider", Grants: []panel.Grant{role(panel.RoleMember), at(panel.RoleProvider, "mill")}},
		{ID: theOfficer, Name: "Ola Officer", Grants: []panel.Grant{role(panel.RoleCoordinator)}},
		{ID: theAuditor, Name: "Ada Auditor", Grants: []panel.Grant{role(panel.RoleAuditor)}},
		{ID: theTeacher, Name: "Tom Teacher", Grants: []panel.Grant{at(panel.RoleSchool, "oak")}},
	}
}

// onEachStore runs a test on a world in each store.
func onEachStore(t *testing.T, test func(*panelWorld)) {
	t.Helper()
	paneltest.EachStore(t, func(t *testing.T, s panel.Store) {
		t.Helper()
		test(furnished(t, s))
	})
}

func furnished(t *testing.T, s panel.Store) *panelWorld {
	t.Helper()
	w := &panelWorld{T: t, Service: panel.New(s, panel.Options{}), store: s}
	w.update(func(tx panel.Tx) error {
		w.today = panel.Day(tx.Now())
		return w.furnish(tx)
	})
	return w
}

func (w *panelWorld) furnish(tx panel.Tx) error {
	var errs []error
	for _, p := range seats() {
		p.SignIn = string(p.ID)
		errs = append(errs, tx.People().Add(&p))
	}
	for _, o := range []panel.Organisation{
		{ID: "oak", Kind: panel.School, Name: "Oak School"},
		{ID: "elm", Kind: panel.School, Name: "Elm School"},
		{ID: "mill", Kind: panel.Provision, Name: "The Mill", Registered: true},
	} {
		errs = append(errs, tx.Organisations().Add(&o))
	}
	errs = append(errs,
		tx.Sites().Add(&panel.Site{ID: "mill-site", Organisation: "mill", Name: "Mill Lane"}),
		tx.Groups().Add(&panel.Group{ID: "workshop", Organisation: "mill", Site: "mill-site", Terms: matching.Group{
			Name:      "Workshop",
			Timetable: calendar.OnDays(time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday),
		}}))
	errs = append(errs,
		w.addReferral(tx, "ref-a", "oak"),
		w.addReferral(tx, "ref-b", "elm", form.Answer{Field: "referral.wants_groups", Value: []string{"workshop"}, Grade: form.Reported}),
		w.addReferral(tx, "ref-c", "elm"),
		w.addReferral(tx, "ref-d", "elm"))
	return errors.Join(errs...)
}

// addReferral adds a referral that is ready, with its pupil.
func (w *panelWorld) addReferral(tx panel.Tx, id panel.ReferralID, school panel.OrganisationID, answers ...form.Answer) error {
	pupil := panel.PupilID("pupil-of-" + id)
	answers = append(answers,
		form.Answer{Field: "pupil.year", Value: []string{"8"}, Grade: form.Verified},
		form.Answer{Field: "pupil.sex", Value: []string{"F"}, Grade: form.Verified})
	return errors.Join(
		tx.Pupils().Add(&panel.Pupil{ID: pupil, Pseudonym: panel.Pseudonym("alias-" + id), MatchKey: string(id)}),
		tx.Referrals().Add(&panel.Referral{
			ID: id, Pupil: pupil, School: school, State: panel.Ready, Form: form.Form{Answers: answers}, Received: w.today,
		}))
}

func (w *panelWorld) update(fn func(panel.Tx) error) {
	w.Helper()
	if err := w.store.Update(w.Context(), fn); err != nil {
		w.Fatal(err)
	}
}

// as is a context in which a person asks.
func (w *panelWorld) as(p panel.PersonID) context.Context {
	return panel.As(w.Context(), panel.Caller{Person: p, Request: "request", Purpose: "panel"})
}

func (w *panelWorld) input() panel.MeetingInput {
	return panel.MeetingInput{
		Date: w.today, Horizon: w.today + 200, Chair: theChair, Deputy: theDeputy,
		Members: []panel.PersonID{theNurse, theHead, theProvider}, Quorum: 3,
	}
}

// called is a planned meeting with an agenda.
func (w *panelWorld) called(agenda ...panel.ReferralID) panel.Meeting {
	w.Helper()
	m := must(w.Call(w.as(theOfficer), w.input()))(w.T)
	return must(w.SetAgenda(w.as(theOfficer), m.ID, m.Version, agenda))(w.T)
}

// everybody comes.
func everybody() []panel.Attendance {
	var all []panel.Attendance
	for _, p := range []panel.PersonID{theChair, theDeputy, theNurse, theHead, theProvider} {
		all = append(all, panel.Attendance{Person: p, Present: true})
	}
	return all
}

// opened is a meeting that is open, with everybody there.
func (w *panelWorld) opened(agenda ...panel.ReferralID) panel.Meeting {
	w.Helper()
	m := w.called(agenda...)
	return must(w.Open(w.as(theChair), m.ID, m.Version, panel.OpenInput{Attendance: everybody()}))(w.T)
}

// must is a result that has to be there.
func must[V any](v V, err error) func(*testing.T) V {
	return func(t *testing.T) V {
		t.Helper()
		if err != nil {
			t.Fatalf("%v %+v", err, err)
		}
		return v
	}
}

func (w *panelWorld) referral(id panel.ReferralID) (r panel.Referral) {
	w.Helper()
	w.update(func(tx panel.Tx) (err error) {
		r, err = tx.Referrals().Get(id)
		return err
	})
	return r
}

// attach changes the papers of a referral.
func (w *panelWorld) attach(id panel.ReferralID, digest panel.Digest) {
	w.Helper()
	w.update(func(tx panel.Tx) error {
		r, err := tx.Referrals().Get(id)
		if err != nil {
			return err
		}
		return tx.Documents().Add(&panel.Document{
			ID: panel.DocumentID("doc-" + id), Referral: id, Pupil: r.Pupil, Kind: "behaviour_log", Digest: digest,
			MediaType: "application/pdf", Size: 1, By: theOfficer,
		})
	})
}

// journal is what the journal says, newest last.
func (w *panelWorld) journal() (entries []audit.Entry) {
	w.Helper()
	w.update(func(tx panel.Tx) error {
		entries = nil
		for e, err := range tx.Journal().List(1) {
			if err != nil {
				return err
			}
			entries = append(entries, e)
		}
		return nil
	})
	return entries
}

// wantKind checks what sort of answer an error is.
func (w *panelWorld) wantKind(what string, err error, want panel.Kind) {
	w.Helper()
	if got := panel.KindOf(err); got != want {
		w.Errorf("%s: the answer is %q (%v), want %q", what, got, err, want)
	}
}

// faultsOf are the faults of an error as "pointer code", in order.
func faultsOf(err error) []string {
	var list []string
	if e, ok := errors.AsType[*panel.Error](err); ok {
		for _, f := range e.Faults {
			list = append(list, f.Pointer+" "+f.Code)
		}
	}
	slices.Sort(list)
	return list
}

const longEnough = "because the panel weighed it up together"

var digestA = panel.Digest("sha256:" + strings.Repeat("a", 64))
