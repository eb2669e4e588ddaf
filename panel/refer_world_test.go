package panel_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/audit"
	"example.org/backontrack/panel/form"
)

// referWorld is two schools that refer, two provisions, a meeting, and those who work with
// them, in a store.
type referWorld struct {
	*testing.T
	*panel.Service
	store panel.Store
}

// The people of the world, by what they are.
const (
	ofAsh     panel.PersonID = "staff-ash"
	ofBirch   panel.PersonID = "staff-birch"
	ofHill    panel.PersonID = "staff-hill"
	ofRiver   panel.PersonID = "staff-river"
	sitting   panel.PersonID = "member-sitting"
	elsewhere panel.PersonID = "member-elsewhere"
	chairing  panel.PersonID = "chair"
	officer   panel.PersonID = "officer"
	approving panel.PersonID = "approver"
	auditing  panel.PersonID = "auditor"
	admin     panel.PersonID = "admin"
)

func grantsOf() map[panel.PersonID]panel.Grant {
	return map[panel.PersonID]panel.Grant{
		ofAsh:     {Role: panel.RoleSchool, Organisation: "ash"},
		ofBirch:   {Role: panel.RoleSchool, Organisation: "birch"},
		ofHill:    {Role: panel.RoleProvider, Organisation: "hill"},
		ofRiver:   {Role: panel.RoleProvider, Organisation: "river"},
		sitting:   {Role: panel.RoleMember},
		elsewhere: {Role: panel.RoleMember},
		chairing:  {Role: panel.RoleChair},
		officer:   {Role: panel.RoleCoordinator},
		approving: {Role: panel.RoleApprover},
		auditing:  {Role: panel.RoleAuditor},
		admin:     {Role: panel.RoleAdmin},
	}
}

// eachReferWorld runs a test on a world in each store.
func eachReferWorld(t *testing.T, test func(*referWorld)) {
	t.Helper()
	eachStore(t, func(t *testing.T, store panel.Store) {
		t.Helper()
		w := &referWorld{T: t, Service: panel.New(store, panel.Options{}), store: store}
		w.update(w.populate)
		test(w)
	})
}

func (w *referWorld) populate(tx panel.Tx) error {
	var errs []error
	for _, o := range []panel.Organisation{
		{ID: "ash", Kind: panel.School, Name: "Ash School"},
		{ID: "birch", Kind: panel.School, Name: "Birch School"},
		{ID: "old", Kind: panel.School, Name: "Old School", Closed: date("2026-07-31")},
		{ID: "hill", Kind: panel.Provision, Name: "Hill Farm"},
		{ID: "river", Kind: panel.Provision, Name: "Riverside", Terms: "A link person visits each week.", TermsFrom: date("2026-09-01")},
	} {
		errs = append(errs, tx.Organisations().Add(&o))
	}
	for _, at := range []string{"hill", "river"} {
		errs = append(errs, tx.Sites().Add(&panel.Site{ID: panel.SiteID(at + "-site"), Organisation: panel.OrganisationID(at)}))
		errs = append(errs, tx.Groups().Add(&panel.Group{
			ID: panel.GroupID(at + "-group"), Organisation: panel.OrganisationID(at), Site: panel.SiteID(at + "-site"),
			Terms: matching.Group{ID: matching.GroupID(at + "-group")},
		}))
	}
	for id, grant := range grantsOf() {
		errs = append(errs, tx.People().Add(&panel.Person{ID: id, SignIn: string(id), Grants: []panel.Grant{grant}}))
	}
	errs = append(errs, tx.Meetings().Add(&panel.Meeting{
		ID: "meeting", Date: date("2026-11-26"), State: panel.Planned, Chair: chairing, Members: []panel.PersonID{sitting},
	}))
	return errors.Join(errs...)
}

func date(s string) calendar.Date { return calendar.MustDate(s) }

func (w *referWorld) update(fn func(panel.Tx) error) {
	w.Helper()
	if err := w.store.Update(w.Context(), fn); err != nil {
		w.Fatal(err)
	}
}

// as is a context in which a person asks.
func (w *referWorld) as(p panel.PersonID) context.Context {
	return panel.As(w.Context(), panel.Caller{Person: p, Request: "request", Purpose: "panel"})
}

// draft is a new referral of Ash's whose form is full.
func (w *referWorld) draft(answers ...form.Answer) panel.Referral {
	w.Helper()
	r, err := w.Draft(w.as(ofAsh), panel.DraftInput{School: "ash", Form: with(fullForm(), answers...)})
	if err != nil {
		w.Fatal(explained(err))
	}
	return r
}

// readied is a referral of Ash's that can go before the panel.
func (w *referWorld) readied() panel.Referral {
	w.Helper()
	r := w.draft()
	w.attachAll(r.ID)
	r, err := w.Submit(w.as(ofAsh), r.ID, r.Version)
	if err == nil {
		r, err = w.Ready(w.as(officer), r.ID, r.Version)
	}
	if err != nil {
		w.Fatal(explained(err))
	}
	return r
}

// attachAll attaches a document of each kind.
func (w *referWorld) attachAll(id panel.ReferralID) {
	w.Helper()
	for _, d := range form.Documents() {
		in := panel.DocumentInput{Kind: d.Kind, Bytes: []byte("%PDF-1.7 of the kind " + d.Kind)}
		if _, err := w.Attach(w.as(ofAsh), id, in); err != nil {
			w.Fatal(explained(err))
		}
	}
}

// schedule puts a referral on the meeting's agenda.
func (w *referWorld) schedule(id panel.ReferralID) {
	w.Helper()
	w.update(func(tx panel.Tx) error {
		m, err := tx.Meetings().Get("meeting")
		if err != nil {
			return err
		}
		m.Agenda = append(m.Agenda, id)
		if err := tx.Meetings().Put(&m); err != nil {
			return err
		}
		return w.change(tx, id, func(r *panel.Referral) { r.State, r.Meeting = panel.OnAgenda, "meeting" })
	})
}

func (w *referWorld) change(tx panel.Tx, id panel.ReferralID, change func(*panel.Referral)) error {
	r, err := tx.Referrals().Get(id)
	if err != nil {
		return err
	}
	change(&r)
	return tx.Referrals().Put(&r)
}

// place gives a referral a placement at Hill Farm in a state.
func (w *referWorld) place(id panel.ReferralID, state panel.State) {
	w.Helper()
	w.update(func(tx panel.Tx) error {
		r, err := tx.Referrals().Get(id)
		if err != nil {
			return err
		}
		p, err := tx.Placements().Get(panel.PlacementID("place-" + id))
		if panel.KindOf(err) == panel.NotFound {
			return tx.Placements().Add(&panel.Placement{
				ID: panel.PlacementID("place-" + id), Referral: id, Pupil: r.Pupil, Organisation: "hill", Site: "hill-site", Group: "hill-group",
				Pattern: "all", From: date("2026-11-30"), To: date("2027-01-24"), State: state,
			})
		}
		if err != nil {
			return err
		}
		p.State = state
		return tx.Placements().Put(&p)
	})
}

// stored is a referral as it is kept.
func (w *referWorld) stored(id panel.ReferralID) (r panel.Referral) {
	w.Helper()
	w.update(func(tx panel.Tx) (err error) { r, err = tx.Referrals().Get(id); return err })
	return r
}

// journal is all that was written into it.
func (w *referWorld) journal() (entries []audit.Entry) {
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

// wantKind wants an error of a kind, or none for "".
func (w *referWorld) wantKind(what string, err error, want panel.Kind) {
	w.Helper()
	if got := panel.KindOf(err); got != want || want == "" && err != nil {
		w.Errorf("%s: got %s, want kind %q", what, explained(err), want)
	}
}

// explained is an error with all that it lists.
func explained(err error) string {
	if err == nil {
		return "no error"
	}
	e, ok := errors.AsType[*panel.Error](err)
	if !ok {
		return err.Error()
	}
	lines := []string{e.Error()}
	for _, f := range e.Faults {
		lines = append(lines, f.Pointer+" "+f.Code+" "+f.Detail)
	}
	for _, m := range e.Missing {
		lines = append(lines, m.Pointer+" "+string(m.Why))
	}
	return strings.Join(lines, "\n")
}

// said is an answer that somebody reported.
func said(key string, values ...string) form.Answer { return saidIn(key, 0, values...) }

func saidIn(key string, row int, values ...string) form.Answer {
	return form.Answer{Field: key, Row: row, Value: values, Grade: form.Reported, By: "head of year", On: date("2026-11-20")}
}

// with is the form with answers in place of those that it has.
func with(f form.Form, answers ...form.Answer) form.Form {
	for _, a := range answers {
		f = without(f, a.Field, a.Row)
		f.Answers = append(f.Answers, a)
	}
	return f
}

func without(f form.Form, key string, row int) form.Form {
	return form.Form{Answers: slices.DeleteFunc(slices.Clone(f.Answers), func(a form.Answer) bool { return a.Field == key && a.Row == row })}
}

// who is who the pupil is, for the forms of tests that are about that.
func who(upn, surname, forename, born string) []form.Answer {
	return []form.Answer{
		said("pupil.upn", upn), said("pupil.surname", surname), said("pupil.forename", forename), said("pupil.date_of_birth", born),
	}
}
