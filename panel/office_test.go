package panel_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/audit"
	"example.org/backontrack/panel/form"
	"example.org/backontrack/panel/paneltest"
)

// office is a panel with one school, one provision of two groups, and whoever is needed.
type office struct {
	*panel.Service
	t     *testing.T
	store panel.Store
	now   time.Time
	chief context.Context // the panel's officer
	admin context.Context
	day   calendar.Date
}

const (
	home     = panel.OrganisationID("home-school")
	farm     = panel.OrganisationID("farm")
	yard     = panel.SiteID("yard")
	mornings = panel.GroupID("mornings")
	workshop = panel.GroupID("workshop")
)

// eachOffice runs a test in an office of its own on every engine.
func eachOffice(t *testing.T, test func(*testing.T, *office)) {
	t.Helper()
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) {
		o := &office{t: t, now: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)}
		o.day = panel.Day(o.now)
		o.store = e.Open(t, func() time.Time { return o.now })
		o.Service = panel.New(o.store, panel.Options{})
		operator := panel.As(t.Context(), panel.Caller{Person: panel.Operator, Request: "set-up"})
		o.chief, o.admin = operator, operator
		o.furnish()
		o.chief = o.as("chief", panel.Grant{Role: panel.RoleCoordinator})
		o.admin = o.as("keeper", panel.Grant{Role: panel.RoleAdmin})
		test(t, o)
	})
}

func (o *office) furnish() {
	o.t.Helper()
	for _, organisation := range []panel.Organisation{
		{ID: home, Kind: panel.School, Name: "Barnfield School", URN: "117506", LAESTAB: "919/4001", Postcode: "sg1 1aa", Registered: true},
		{ID: farm, Kind: panel.Provision, Name: "Mere Farm", Registered: true},
	} {
		made(o.SaveOrganisation(o.chief, organisation))(o.t)
	}
	made(o.SaveSite(o.chief, panel.Site{ID: yard, Organisation: farm, Name: "The yard", Access: []string{"step_free"}, Zones: []string{"main", "barn"}}))(o.t)
	for _, id := range []panel.GroupID{mornings, workshop} {
		made(o.SaveGroup(o.chief, groupOf(id)))(o.t)
	}
}

const mornings5 calendar.Sessions = 0b01_0101_0101 // mon-am, tue-am, …

func groupOf(id panel.GroupID) panel.Group {
	week := calendar.Week
	return panel.Group{
		ID: id, Organisation: farm, Site: yard,
		Terms: matching.Group{
			Name: "Group of " + string(id), Timetable: week, Places: matching.Every(2), Adults: matching.Every(2000),
			Patterns: []matching.Pattern{{ID: "full", Sessions: week}, {ID: "half", Sessions: mornings5}},
		},
	}
}

// as is the context of somebody, who gets the roles when first asked for.
func (o *office) as(name string, grants ...panel.Grant) context.Context {
	o.t.Helper()
	if len(made(o.Persons(o.admin, panel.PersonFilter{SignIn: name}))(o.t)) == 1 {
		return panel.As(o.t.Context(), panel.Caller{Person: panel.PersonID(name), Request: "request-" + name})
	}
	p := made(o.SavePerson(o.admin, panel.PersonInput{ID: panel.PersonID(name), SignIn: name, Name: "Somebody"}))(o.t)
	for _, g := range grants {
		p = made(o.Grant(o.admin, p.ID, p.Version, g))(o.t)
	}
	return panel.As(o.t.Context(), panel.Caller{Person: p.ID, Request: "request-" + name})
}

// placed records somebody who is placed already, and returns the placement.
func (o *office) placed(group panel.GroupID, pattern panel.PatternID, answers ...form.Answer) panel.Placement {
	o.t.Helper()
	return made(o.RecordStanding(o.chief, panel.StandingInput{
		School: home, Form: form.Form{Answers: answers}, Group: group, Pattern: pattern,
		From: o.day - 7, To: o.day + 60, DecidedOn: o.day - 14, Text: "from the register of last year",
	}))(o.t)
}

// answer is one answer to the form, reported by the school.
func answer(key string, values ...string) form.Answer {
	return form.Answer{
		Field: key, Value: values, Grade: form.Reported, By: "head of year", On: calendar.MustDate("2026-11-02"),
	}
}

// journal is all that the journal holds.
func (o *office) journal() []audit.Entry {
	o.t.Helper()
	var all []audit.Entry
	if err := o.store.View(o.t.Context(), func(tx panel.Tx) error {
		for e, err := range tx.Journal().List(1) {
			if err != nil {
				return err
			}
			all = append(all, e)
		}
		return nil
	}); err != nil {
		o.t.Fatal(err)
	}
	return all
}

// last is the last line of the journal.
func (o *office) last() audit.Entry {
	o.t.Helper()
	all := o.journal()
	if len(all) == 0 {
		o.t.Fatal("the journal is empty")
	}
	return all[len(all)-1]
}

// made fails the test when a verb did not do what was asked.
func made[N any](n N, err error) func(testing.TB) N {
	return func(t testing.TB) N {
		t.Helper()
		if err != nil {
			if e, ok := errors.AsType[*panel.Error](err); ok {
				t.Fatalf("%v %v %v %v", err, e.Faults, e.Missing, e.Err)
			}
			t.Fatal(err)
		}
		return n
	}
}

// refused fails the test unless a verb was refused with a kind.
func refused(t testing.TB, what string, err error, kind panel.Kind) {
	t.Helper()
	if panel.KindOf(err) != kind {
		t.Errorf("%s: %v, want %s", what, err, kind)
	}
}

// faultsAre compares the pointers of an error's faults.
func faultsAre(t testing.TB, what string, err error, want ...string) {
	t.Helper()
	e, ok := errors.AsType[*panel.Error](err)
	if !ok || e.Kind != panel.Invalid {
		t.Errorf("%s: %v, want %s", what, err, panel.Invalid)
		return
	}
	var got []string
	for _, f := range e.Faults {
		got = append(got, f.Pointer)
		if f.Code == "" || f.Detail == "" {
			t.Errorf("%s: a fault at %q does not say what it is", what, f.Pointer)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: faults at other places (-want +got)\n%s", what, diff)
	}
}
