package panel_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/form"
	"example.org/backontrack/panel/paneltest"
)

// hall is a town in which panels sit, with those who work with them and a clock that can
// be set.
type hall struct {
	*paneltest.Town
	t     *testing.T
	store panel.Store
	file  string // where the database is
	now   time.Time
}

// Those who are in a hall beside the chairs.
const (
	coordinating panel.PersonID = "coordinating"
	deputising   panel.PersonID = "deputising" // sits in the first meeting, may chair
	listening    panel.PersonID = "listening"  // sits in the first meeting
	providing    panel.PersonID = "providing"
	heading      panel.PersonID = "heading" // the service: approves
	referring    panel.PersonID = "referring"
)

// weighed is a reason that will do for anything.
var weighed = panel.Reason{Code: "local_knowledge", Text: "The panel knows this group and wants the pupil in it."}

// eachHall runs a test in a hall of its own on every engine.
func eachHall(t *testing.T, plot paneltest.Plot, test func(*testing.T, *hall)) {
	t.Helper()
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) { test(t, hallOn(t, e, plot)) })
}

func hallOn(t *testing.T, e paneltest.Engine, plot paneltest.Plot) *hall {
	t.Helper()
	h := &hall{t: t, now: paneltest.Noon(), file: e.Database(t)}
	h.store = paneltest.OpenAt(t, h.file, func() time.Time { return h.now })
	more := plot.Tables
	plot.Tables = func(tx panel.Tx, town *paneltest.Town) error {
		if err := seat(tx, town); err != nil || more == nil {
			return err
		}
		return more(tx, town)
	}
	h.Town = paneltest.Build(t, h.store, plot)
	return h
}

// seat adds the people of a hall, two of whom sit in the first meeting.
func seat(tx panel.Tx, town *paneltest.Town) error {
	var errs []error
	for id, grant := range map[panel.PersonID]panel.Grant{
		coordinating: {Role: panel.RoleCoordinator}, deputising: {Role: panel.RoleChair}, listening: {Role: panel.RoleMember},
		providing: {Role: panel.RoleProvider, Organisation: "provision"}, heading: {Role: panel.RoleApprover},
		referring: {Role: panel.RoleSchool, Organisation: "school"},
	} {
		errs = append(errs, tx.People().Add(&panel.Person{ID: id, SignIn: string(id), Name: "Somebody", Grants: []panel.Grant{grant}}))
	}
	m, err := tx.Meetings().Get(town.Meetings[0])
	m.Deputy, m.Members = deputising, append(m.Members, deputising, listening)
	m.Attendance = append(m.Attendance, panel.Attendance{Person: deputising, Present: true}, panel.Attendance{Person: listening, Present: true})
	return errors.Join(append(errs, err, tx.Meetings().Put(&m))...)
}

func (h *hall) as(p panel.PersonID) context.Context {
	return panel.As(h.t.Context(), panel.Caller{Person: p, Request: "request"})
}

// chair is the context of the first meeting's chair.
func (h *hall) chair() context.Context { return h.as(h.Chairs[0]) }

func (h *hall) update(fn func(panel.Tx) error) {
	h.t.Helper()
	if err := h.store.Update(h.t.Context(), fn); err != nil {
		h.t.Fatal(err)
	}
}

// changeMeeting writes the first meeting differently.
func (h *hall) changeMeeting(change func(*panel.Meeting)) {
	h.t.Helper()
	h.update(func(tx panel.Tx) error {
		m, err := tx.Meetings().Get(h.Meetings[0])
		if err != nil {
			return err
		}
		change(&m)
		return tx.Meetings().Put(&m)
	})
}

// changeReferral writes a referral of the first meeting differently.
func (h *hall) changeReferral(n int, change func(*panel.Referral)) {
	h.t.Helper()
	h.update(func(tx panel.Tx) error {
		r, err := tx.Referrals().Get(h.Agendas[0][n])
		if err != nil {
			return err
		}
		change(&r)
		return tx.Referrals().Put(&r)
	})
}

// grant gives a person another role.
func (h *hall) grant(id panel.PersonID, g panel.Grant) {
	h.t.Helper()
	h.update(func(tx panel.Tx) error {
		p, err := tx.People().Get(id)
		if err != nil {
			return err
		}
		p.Grants = append(p.Grants, g)
		return tx.People().Put(&p)
	})
}

// between takes a referral of the first meeting off its agenda.
func (h *hall) between(n int, state panel.State) {
	h.t.Helper()
	h.changeReferral(n, func(r *panel.Referral) { r.State, r.Meeting = state, "" })
}

// placing is to place a referral of the first meeting in a group, with a reason.
func (h *hall) placing(n, group int) panel.DecisionInput {
	return panel.DecisionInput{
		Meeting: h.Meetings[0], Referral: h.Agendas[0][n], Outcome: panel.Place, Stays: h.Stay(group), Reason: weighed,
	}
}

// place decides it, and returns the decision and what it made.
func (h *hall) place(n, group int) panel.Decided {
	h.t.Helper()
	return made(h.Service.Decide(h.chair(), h.placing(n, group)))(h.t)
}

// began is a placement in its group from its first day on, with all papers there.
func (h *hall) began(n, group int) panel.Placement {
	h.t.Helper()
	return h.starts(h.place(n, group).Placements[0])
}

// starts writes down that an offer was taken and the pupil has come, without the papers
// that it takes.
func (h *hall) starts(p panel.Placement) panel.Placement {
	h.t.Helper()
	h.update(func(tx panel.Tx) (err error) {
		if p, err = tx.Placements().Get(p.ID); err != nil {
			return err
		}
		p.State, p.Started = panel.Started, p.From
		return tx.Placements().Put(&p)
	})
	return p
}

// options are the stays of a ranking, the first rank first.
func (h *hall) options(seen panel.Ranked) (list [][]matching.Stay) {
	h.t.Helper()
	var answer struct {
		Ranking []struct{ Stays []matching.Stay }
	}
	if err := json.Unmarshal(seen.Answer, &answer); err != nil {
		h.t.Fatal(err)
	}
	for _, o := range answer.Ranking {
		list = append(list, o.Stays)
	}
	return list
}

// kept is what decisions make and change.
type kept struct {
	Decisions  []panel.Decision
	Placements []panel.Placement
	Waivers    []panel.Waiver
	Referrals  []panel.Referral
	Reviews    []panel.Review
	Told       int // lines of the journal about something that was done to a decision, a placement or a waiver
}

func (h *hall) kept() (k kept) {
	h.t.Helper()
	if err := h.store.View(h.t.Context(), func(tx panel.Tx) error {
		for e, err := range tx.Journal().List(1) {
			if err != nil {
				return err
			}
			if e.Outcome == "done" && slices.Contains([]string{"decision", "placement", "waiver"}, e.Noun) {
				k.Told++
			}
		}
		return errors.Join(
			collected(&k.Decisions, tx.Decisions().List()), collected(&k.Placements, tx.Placements().List()),
			collected(&k.Waivers, tx.Waivers().List()), collected(&k.Referrals, tx.Referrals().List()), collected(&k.Reviews, tx.Reviews().List()))
	}); err != nil {
		h.t.Fatal(err)
	}
	return k
}

func collected[N any](into *[]N, list func(func(N, error) bool)) error {
	for n, err := range list {
		if err != nil {
			return err
		}
		*into = append(*into, n)
	}
	return nil
}

// refuses wants a verb refused with a kind, and nothing stored by it.
func (h *hall) refuses(what string, kind panel.Kind, try func() error) {
	h.t.Helper()
	_ = h.refusal(what, kind, try)
}

// refusal is the error of a verb that is refused like that.
func (h *hall) refusal(what string, kind panel.Kind, try func() error) error {
	h.t.Helper()
	before := h.kept()
	err := try()
	refused(h.t, what, err, kind)
	if diff := cmp.Diff(before, h.kept()); diff != "" {
		h.t.Errorf("%s: refused, and something was stored (-before +after)\n%s", what, diff)
	}
	return err
}

// refusesDecision is refuses of a decision by the first chair.
func (h *hall) refusesDecision(what string, kind panel.Kind, in panel.DecisionInput) {
	h.t.Helper()
	_ = h.refusalOf(what, kind, in)
}

// refusalOf is the error of a decision by the first chair that is refused like that.
func (h *hall) refusalOf(what string, kind panel.Kind, in panel.DecisionInput) error {
	h.t.Helper()
	return h.refusal(what, kind, func() error { _, err := h.Service.Decide(h.chair(), in); return err })
}

// reasonsOf are the reasons of a refusal.
func reasonsOf(err error) []matching.Reason {
	if e, ok := errors.AsType[*panel.Error](err); ok {
		return e.Reasons
	}
	return nil
}

// stateOf is the state that a refusal tells of.
func stateOf(err error) panel.State {
	if e, ok := errors.AsType[*panel.Error](err); ok {
		return e.State
	}
	return ""
}

// brokenRules are the codes of the rules of a refusal, in their order.
func brokenRules(err error) (codes []matching.Code) {
	for _, r := range reasonsOf(err) {
		codes = append(codes, r.Code)
	}
	return codes
}

// sound wants the panel's own check to find nothing.
func (h *hall) sound() {
	h.t.Helper()
	for _, f := range made(h.Service.Fsck(h.as(coordinating)))(h.t).Findings {
		h.t.Errorf("fsck: %+v", f)
	}
}

// one is a plot of one panel with some referrals, groups and places, all known that no rule asks about.
func one(referrals, groups, places int) paneltest.Plot {
	return paneltest.Plot{Panels: 1, Each: referrals, Groups: groups, Places: places}
}

// saying is a plot in which the forms say more.
func saying(p paneltest.Plot, more func(n int) []form.Answer) paneltest.Plot {
	p.Pupil = func(_, n int) []form.Answer { return more(n) }
	return p
}

// daysOf is a day of the week of its own for each group: Monday for the first.
func daysOf(n int) calendar.Sessions { return calendar.OnDays(time.Monday + time.Weekday(n%5)) }
