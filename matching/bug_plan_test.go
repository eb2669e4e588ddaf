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
