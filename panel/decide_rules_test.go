package panel_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/form"
	"example.org/backontrack/panel/paneltest"
)

// A clash is what is stored of pupils and groups, and the rule that it makes. The first
// pupil stands in the first group; the second would go to another: groups 0 and 1 are on
// one site, group 2 is on another.
type clash struct {
	name   string
	rule   matching.Code
	first  []form.Answer
	second []form.Answer
	group  func(n int, g *matching.Group)
	tables func(panel.Tx, *paneltest.Town) error
	into   int   // the group that the rule closes
	other  bool  // whether the first pupil is named as the reason
	open   []int // the groups that it leaves open
	alone  bool  // nobody stands there
}

var verified = paneltest.Said

func answers(list ...form.Answer) []form.Answer { return list }

// unregister makes the provision none of the schools of the register.
func unregister(tx panel.Tx, _ *paneltest.Town) error {
	o, err := tx.Organisations().Get("provision")
	o.Registered = false
	return errors.Join(err, tx.Organisations().Put(&o))
}

// written opens a matter of a register.
func written(tx panel.Tx, e panel.RegisterEntry) error {
	e.ID = panel.EntryID(panel.NewID())
	e.Subject, e.Act, e.Grade, e.At = string(e.ID), panel.OpenEntry, form.Verified, tx.Now()
	return tx.Register().Add(&e)
}

func keptApart(scope matching.Scope, until calendar.Date) func(panel.Tx, *paneltest.Town) error {
	return func(tx panel.Tx, town *paneltest.Town) error {
		return written(tx, panel.RegisterEntry{Kind: panel.KeepApartRegister, Pupils: town.Pupils[0][:2], Scope: scope, Until: until})
	}
}

func rivals(tx panel.Tx, _ *paneltest.Town) error {
	return written(tx, panel.RegisterEntry{Kind: panel.RivalryRegister, Areas: []string{"ALDER PARK", "SG1"}})
}

// faraway puts the sites some 200 km from the pupils' outcode.
func faraway(tx panel.Tx, town *paneltest.Town) error {
	errs := []error{tx.Outcodes().Add(&panel.Outcode{ID: "SG2", Latitude: 51.9, Longitude: -0.2})}
	for i, id := range town.Sites {
		s, err := tx.Sites().Get(id)
		s.Latitude, s.Longitude = new(51.9+2*float64(1-i)), new(-0.2)
		errs = append(errs, err, tx.Sites().Put(&s))
	}
	return errors.Join(errs...)
}

func inFirst(change func(*matching.Group)) func(int, *matching.Group) {
	return func(n int, g *matching.Group) {
		if n == 0 {
			change(g)
		}
	}
}

var clashes = []clash{
	{name: "rival areas on one site", rule: matching.CodeRivalAreas, first: answers(verified("apart.areas", "alder-park")),
		second: answers(verified("apart.areas", "none"), verified("pupil.postcode", "SG1 1AA")), tables: rivals, into: 1, other: true, open: []int{2}},
	{name: "kept apart on one site", rule: matching.CodeKeepApart, tables: keptApart(matching.OnSite, 0), into: 1, other: true, open: []int{2}},
	{name: "kept apart in one zone", rule: matching.CodeKeepApart, tables: keptApart(matching.InZone, 0), into: 0, other: true, open: []int{1, 2},
		group: func(n int, g *matching.Group) { g.Zone = []string{"hall", "barn", "hall"}[n] }},
	{name: "kept apart in one group", rule: matching.CodeKeepApart, tables: keptApart(matching.InGroup, 0), into: 0, other: true, open: []int{1, 2}},
	{name: "one care home in one group", rule: matching.CodeCareHomePeers, into: 0, other: true, open: []int{1},
		first:  answers(verified("agencies.care_home", "yes"), verified("agencies.care_home_id", "home")),
		second: answers(verified("agencies.care_home", "yes"), verified("agencies.care_home_id", "home"))},
	{name: "an anxious pupil beside an aggressive one", rule: matching.CodeAnxiousWithAggressive, into: 1, other: true, open: []int{2},
		first: answers(verified("risk.assault_pupils", "medium")), second: answers(verified("referral.circumstances", "anxious_refusal"))},
	{name: "an aggressive pupil beside an anxious one", rule: matching.CodeAnxiousWithAggressive, into: 0, other: true, open: []int{2},
		first: answers(verified("risk.school_anxiety", "medium")), second: answers(verified("risk.bullying", "high"))},
	{name: "places", rule: matching.CodePlaces, into: 0, other: true, open: []int{1, 2},
		group: inFirst(func(g *matching.Group) { g.Places = matching.Every(1) })},
	{name: "adults", rule: matching.CodeStaffing, into: 0, other: true, open: []int{1}, group: inFirst(func(g *matching.Group) { g.Adults = matching.Every(624) }),
		first: answers(verified("education.support", "intensive")), second: answers(verified("education.support", "standard"))},
	{name: "two with a trait", rule: matching.CodeTraitLimit, into: 0, other: true, open: []int{1},
		group: inFirst(func(g *matching.Group) { g.Limits = []matching.Limit{{Trait: "arson", Max: 1}} }),
		first: answers(verified("risk.fire", "low")), second: answers(verified("risk.fire", "low"))},
	{name: "a trait that is refused", rule: matching.CodeRefusedTrait, alone: true, into: 0, open: []int{1}, second: answers(verified("risk.animals", "low")),
		group: inFirst(func(g *matching.Group) { g.Accepts.Refuses = []string{"harms_animals"} })},
	{name: "full time where there is no school", rule: matching.CodeUnregisteredFullTime, alone: true, into: 0, open: []int{1}, tables: unregister,
		group: inFirst(func(g *matching.Group) { g.Timetable = calendar.Week }), second: answers(verified("education.plan", "issued"))},
	{name: "full time and looked after where there is no school", rule: matching.CodeUnregisteredFullTime, alone: true, into: 0, open: []int{1}, tables: unregister,
		group: inFirst(func(g *matching.Group) { g.Timetable = calendar.Week }), second: answers(verified("agencies.looked_after", "current"))},
	{name: "another year", rule: matching.CodeYearGroup, alone: true, into: 0, open: []int{1},
		group: inFirst(func(g *matching.Group) { g.Accepts.Years = []int{10, 11} })},
	{name: "another sex", rule: matching.CodeSex, alone: true, into: 0, open: []int{1},
		group: inFirst(func(g *matching.Group) { g.Accepts.Sex = matching.Female })},
	{name: "another reason", rule: matching.CodeReferralReason, alone: true, into: 0, open: []int{1}, second: answers(verified("referral.route", "medical")),
		group: inFirst(func(g *matching.Group) { g.Accepts.Reasons = []string{"prevent_exclusion"} })},
	{name: "a need that is not met", rule: matching.CodeNeedsNotMet, alone: true, into: 0, open: []int{1}, second: answers(
		verified("education.sen_provision", "K"), rowed("education.needs.type", 1, "SEMH"), rowed("education.needs.must", 1, "yes")),
		group: inFirst(func(g *matching.Group) { g.Accepts.Needs = []string{"MLD"} })},
	{name: "no access", rule: matching.CodeAccess, alone: true, into: 0, open: []int{2}, second: answers(verified("health.access", "step_free")),
		tables: func(tx panel.Tx, town *paneltest.Town) error {
			s, err := tx.Sites().Get(town.Sites[1])
			s.Access = []string{"step_free"}
			return errors.Join(err, tx.Sites().Put(&s))
		}},
	{name: "busy", rule: matching.CodeBusy, alone: true, into: 0, open: []int{1}, second: answers(verified("education.busy", "mon-pm")),
		group: func(n int, g *matching.Group) { g.Timetable = daysOf(n) }},
	{name: "far away", rule: matching.CodeJourney, alone: true, into: 0, open: []int{2}, second: answers(verified("pupil.postcode", "SG2 9HQ")), tables: faraway},
	{name: "no start on that day", rule: matching.CodeStartDate, alone: true, into: 0, open: []int{1},
		group: inFirst(func(g *matching.Group) { g.Starts.Dates = []calendar.Date{date("2026-12-07")} })},
	{name: "after the group's last day", rule: matching.CodeEndDate, alone: true, into: 0, open: []int{1},
		group: inFirst(func(g *matching.Group) { g.Open.To = date("2027-01-09") })},
	{name: "too short a stay", rule: matching.CodeTooShort, alone: true, into: 0, open: []int{1},
		group: inFirst(func(g *matching.Group) { g.Weeks = &matching.Length{Min: 8} })},
}

func rowed(field string, row int, value string) form.Answer {
	a := verified(field, value)
	a.Row = row
	return a
}

// TestR1_R2_R4_R5_R6_R7_R10_R12_R13_eachRuleHoldsWhenItIsWritten: what forms, registers, sites and groups say
// becomes a refusal that names the rule and who else is concerned.
func TestR1_R2_R4_R5_R6_R7_R10_R12_R13_eachRuleHoldsWhenItIsWritten(t *testing.T) {
	t.Parallel()
	for _, c := range clashes {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			plot := one(2+len(c.open), 3, 9)
			plot.GroupsPerSite, plot.Group, plot.Tables = 2, c.group, c.tables
			plot = saying(plot, func(n int) []form.Answer {
				if n == 0 {
					return c.first
				}
				return c.second
			})
			eachHall(t, plot, func(t *testing.T, h *hall) {
				if !c.alone {
					h.place(0, 0)
				}
				err := h.refusalOf(c.name, panel.RulesBroken, h.placing(1, c.into))
				if diff := cmp.Diff([]matching.Code{c.rule}, brokenRules(err)); diff != "" {
					t.Fatalf("rules (-want +got)\n%s", diff)
				}
				var others []panel.Pseudonym
				if c.other {
					others = []panel.Pseudonym{"p-000-000"}
				}
				if diff := cmp.Diff(others, reasonsOf(err)[0].Pupils); diff != "" {
					t.Errorf("who else is concerned (-want +got)\n%s", diff)
				}
				h.place(1, c.open[0])
				h.sound()
			})
		})
	}
}

// TestD2_unknownIsNotNo: a rule that waits for an answer lets the pupil in, and the
// decision says which rules those are.
func TestD2_unknownIsNotNo(t *testing.T) {
	t.Parallel()
	plot := one(3, 1, 9)
	plot.Group = func(_ int, g *matching.Group) {
		g.Accepts = matching.Accepts{Years: []int{9}, Sex: matching.Male, Needs: []string{"MLD"}, Refuses: []string{"weapon"}}
		g.Limits = []matching.Limit{{Trait: "arson", Max: 1}}
		g.Adults = matching.Every(700)
	}
	plot.Tables = rivals
	plot = saying(plot, func(n int) []form.Answer {
		return map[int][]form.Answer{
			0: {verified("risk.fire", "low"), verified("agencies.care_home", "yes"), verified("agencies.care_home_id", "home"), verified("apart.areas", "SG1"), verified("education.support", "intensive")},
		}[n]
	})
	eachHall(t, plot, func(t *testing.T, h *hall) {
		h.changeReferral(1, func(r *panel.Referral) { r.Form = form.Form{} })
		first := h.place(0, 0).Decision
		partly := []matching.Code{
			"access", "anxious_with_aggressive", "busy", "journey", "needs_not_met", "refused_trait", "trait_limit",
		}
		if diff := cmp.Diff(partly, first.Unchecked); diff != "" {
			t.Errorf("of whom a part is known (-want +got)\n%s", diff)
		}
		unknown := h.place(1, 0).Decision // priced as enhanced: 500 + 200 are all the adults that there are
		want := []matching.Code{
			"access", "anxious_with_aggressive", "busy", "care_home_peers", "journey", "needs_not_met", "refused_trait", "rival_areas",
			"sex", "trait_limit", "year_group",
		}
		if diff := cmp.Diff(want, unknown.Unchecked); diff != "" {
			t.Errorf("of whom nothing is known (-want +got)\n%s", diff)
		}
		h.changeReferral(2, func(r *panel.Referral) { r.Form = form.Form{} })
		err := h.refusalOf("support that is not known still takes adults", panel.RulesBroken, h.placing(2, 0))
		if diff := cmp.Diff([]matching.Code{matching.CodeStaffing}, brokenRules(err)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		h.sound()
	})
}

// TestD2_whatIsKnownInPartRefuses: a list of which a part is known counts by that part.
func TestD2_whatIsKnownInPartRefuses(t *testing.T) {
	t.Parallel()
	plot := one(1, 1, 9)
	plot.Group = func(_ int, g *matching.Group) { g.Accepts.Refuses = []string{"weapon"} }
	plot = saying(plot, func(int) []form.Answer { return answers(verified("risk.weapon", "low")) })
	eachHall(t, plot, func(t *testing.T, h *hall) {
		err := h.refusalOf("one risk of many is known", panel.RulesBroken, h.placing(0, 0))
		if diff := cmp.Diff([]matching.Code{matching.CodeRefusedTrait}, brokenRules(err)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	})
}
