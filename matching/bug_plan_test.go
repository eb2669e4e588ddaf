package matching_test

import (
	"context"
	"fmt"
	"testing"

	"example.org/backontrack/matching"
)

// bugPlan plans a small snapshot of one site, on which brute force has the objective.
func bugPlan(t *testing.T, floating, groups, pupils, rest string) {
	t.Helper()
	snapshot := slowSnapshotText(floating, groups, pupils, rest)
	c := newPlanCase(t, planRead(t, snapshot))
	if !c.found {
		t.Fatal("too large for brute force")
	}
	c.effort(t, 1000)
}

// A group whose adults are not limited at a session stays so where adults float, or another group of the site is
// short of them: (*rowBuilder).floating gave it unlimited, which is -1, for boundless.
func TestBug_adultsNotLimitedWhereOthersAreShort(t *testing.T) {
	bugPlan(t, `"mon-am": 100`, `{"id": "a", "site": "s", "timetable": ["mon-am"], "starts": {"dates": ["2026-11-23"]}}`,
		`{"id": "p", "year": 8}`, `"referrals": [{"id": "r", "pupil": "p"}]`)
}

// Sessions of two referrals of one pupil clash when the stays' dates overlap, though no such session takes place in the days
// that they share, as they do with a standing placement (rules.md, "Who counts"). Here they share a Tuesday to Friday,
// and both are Mondays.
func TestBug_busyWhereNoSessionTakesPlace(t *testing.T) {
	group := `{"id": "%s", "site": "s", "timetable": ["mon-am"], "starts": {"dates": ["%s"]}, "weeks": {"min": 1, "usual": 1}}`
	bugPlan(t, "", fmt.Sprintf(group, "a", "2026-11-23")+","+fmt.Sprintf(group, "b", "2026-11-24"), `{"id": "p", "year": 8}`,
		`"calendar": {"closed": [{"from": "2026-11-30", "to": "2026-11-30"}]},
		"referrals": [{"id": "r1", "pupil": "p"}, {"id": "r2", "pupil": "p"}]`)
}

// Whoever a fixed choice seats is company for the others of the group: (*model).force gives the fixed options
// their worth in a state of their own, and the searches then begin with empty rooms.
func TestBug_fixedChoicesAreCompany(t *testing.T) {
	snapshot := slowSnapshotText("", `{"id": "a", "site": "s", "timetable": ["mon-am"], "starts": {"dates": ["2026-11-23"]}}`,
		`{"id": "p", "year": 8, "sex": "F"}, {"id": "q", "year": 8, "sex": "F", "friends": ["p"]}`,
		`"referrals": [{"id": "r1", "pupil": "p"}, {"id": "r2", "pupil": "q"}]`)
	c := newPlanCase(t, planRead(t, snapshot))
	p := c.plan(context.Background(), t, matching.PlanOptions{Effort: 1000, Fixed: []matching.Choice{{Referral: "r1", Stays: c.options["r1"][0].Stays}}})
	if p.Objective != c.brute.value || p.Bound < c.brute.value {
		t.Errorf("objective %d, bound %d; brute force %d", p.Objective, p.Bound, c.brute.value)
	}
}

// With everything decided there is nothing left to choose, and the plan is proven: (*model).slack leaves the bound above it.
func TestBug_everythingFixedIsProven(t *testing.T) {
	for seed := range uint64(20) {
		p := planOf(t, planLarge(seed), matching.PlanOptions{Effort: 5000})
		fixed := planChoices(p)
		for _, u := range p.Unplaced {
			fixed = append(fixed, matching.Choice{Referral: u.Referral})
		}
		again := planOf(t, planLarge(seed), matching.PlanOptions{Effort: 5000, Fixed: fixed})
		if again.Objective != p.Objective || again.Bound != again.Objective || again.Status != matching.PlanOptimal {
			t.Errorf("world %d: %s %d of %d; fixed: %s %d of %d", seed, p.Status, p.Objective, p.Bound, again.Status, again.Objective, again.Bound)
		}
	}
}

// A friend who stands in the group is met there, though he has a later stay in it on the agenda: (*company).Most
// counts the pair only at the seat of one of them, so the bound falls below what a plan is worth.
func TestBug_friendsWhoStandAndAreReferred(t *testing.T) {
	bugPlan(t, "", `{"id": "g", "site": "s", "timetable": ["mon-am"], "starts": {"dates": ["2026-11-23", "2026-12-07"]}}`,
		`{"id": "a", "year": 8, "friends": ["b"]}, {"id": "b", "year": 8}`,
		`"placements": [{"id": "1", "pupil": "b", "group": "g", "pattern": "all", "from": "2026-11-16", "to": "2026-11-29"}],
		"policy": {"composition": {"friend": 5000}, "starts_per_group": 1, "late_penalty": 9000},
		"referrals": [{"id": "ra", "pupil": "a", "wants": {"weeks": 1}}, {"id": "rb", "pupil": "b", "ready_from": "2026-12-01", "deadline": "2026-12-01"}]`)
}

// Full-time pupils count on school days (rules.md, "Who counts"). Here five overlap on a Sunday only, on which one of the standing
// placements begins: (*rowBuilder).unregistered takes that for a day that counts.
func TestBug_unregisteredCountsSchoolDays(t *testing.T) {
	bugPlan(t, "", `{"id": "g", "site": "s", "timetable": ["tue-am"], "registered": false, "starts": {"dates": ["2026-11-23"]}}`,
		`{"id": "a", "year": 8}, {"id": "b", "year": 8}, {"id": "c", "year": 8}, {"id": "d", "year": 8}, {"id": "e", "year": 8}`,
		`"placements": [{"id": "1", "pupil": "d", "group": "g", "pattern": "all", "from": "2026-11-16", "to": "2026-12-20"},
			{"id": "2", "pupil": "e", "group": "g", "pattern": "all", "from": "2026-11-29", "to": "2026-12-20"}],
		"policy": {"full_time_sessions": 1},
		"referrals": [{"id": "ra", "pupil": "a", "wants": {"weeks": 1}}, {"id": "rb", "pupil": "b", "wants": {"weeks": 2}},
			{"id": "rc", "pupil": "c", "wants": {"weeks": 2}}]`)
}

// A pupil with two full-time stays in one group is one full-time pupil, referred twice or standing there.
func TestBug_unregisteredCountsPupilsOnce(t *testing.T) {
	group := `{"id": "g", "site": "s", "timetable": ["mon-am", "tue-am"], "registered": false, "starts": {"dates": ["2026-11-23"]},
		"patterns": [{"id": "mon", "sessions": ["mon-am"]}, {"id": "tue", "sessions": ["tue-am"]}]}`
	bugPlan(t, "", group, `{"id": "a", "year": 8}, {"id": "b", "year": 8}, {"id": "c", "year": 8}, {"id": "d", "year": 8}`,
		`"placements": [{"id": "1", "pupil": "c", "group": "g", "pattern": "mon", "from": "2026-11-16", "to": "2027-01-31"},
			{"id": "2", "pupil": "d", "group": "g", "pattern": "mon", "from": "2026-11-16", "to": "2027-01-31"}],
		"policy": {"full_time_sessions": 1, "package": {"max_groups": 1}},
		"referrals": [{"id": "r1", "pupil": "a"}, {"id": "r3", "pupil": "b"}, {"id": "r4", "pupil": "c"}]`)
}

// Who stands in a group, alone at each of her sessions, is alone at a smaller share of them once she comes to more: with
// her own new stay a pupil saves herself points, which (*company).relief leaves out, so the bound is too low.
func TestBug_moreSessionsAloneAtASmallerShare(t *testing.T) {
	bugPlan(t, "", `{"id": "g", "site": "s", "timetable": ["mon-am", "tue-am"], "starts": {"dates": ["2026-11-23"]},
		"patterns": [{"id": "mon", "sessions": ["mon-am"]}, {"id": "tue", "sessions": ["tue-am"]}]}`,
		`{"id": "a", "year": 8, "sex": "F"}, {"id": "b", "year": 8, "sex": "U"}`,
		`"placements": [{"id": "1", "pupil": "a", "group": "g", "pattern": "mon", "from": "2026-11-16", "to": "2027-01-31"},
			{"id": "2", "pupil": "b", "group": "g", "pattern": "mon", "from": "2026-11-16", "to": "2027-01-31"}],
		"policy": {"composition": {"alone": 900}}, "referrals": [{"id": "r", "pupil": "a"}]`)
}
