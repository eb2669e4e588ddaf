package matching_test

import (
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/matchtest"
)

func TestLaw_planDifferences(t *testing.T) {
	t.Parallel()
	lawWorlds(t, 60, planDifferencesHold)
}

// planDifferencesHold compares plans of one world, and of another world, as snapshots of two days are.
func planDifferencesHold(t testing.TB, seed uint64) {
	p := lawEngine(t, matchtest.World(seed)).Planner(0)
	base := planned(t, p, matching.PlanOptions{})
	plans := []*matching.Plan{base, planned(t, lawEngine(t, matchtest.World(seed+1)).Planner(0), matching.PlanOptions{})}
	for _, a := range base.Assignments {
		plans = append(plans, planned(t, p, matching.PlanOptions{Barred: []matching.Choice{{Referral: a.Referral, Stays: a.Stays}}}))
	}
	for _, a := range plans {
		if d := matching.DiffPlans(a, a); !d.Empty() || d.Penalties != 0 {
			t.Errorf("a plan differs from itself: %s", lawJSON(t, d))
		}
		for _, b := range plans {
			there, back := matching.DiffPlans(a, b), matching.DiffPlans(b, a)
			addsUp(t, there)
			lawEqual(t, lawJSON(t, there), lawJSON(t, turned(back)))
		}
	}
}

func addsUp(t testing.TB, d *matching.PlanDiff) {
	t.Helper()
	sum := d.Composition + d.Penalties
	for _, row := range d.Rows {
		sum += row.ValueAfter - row.ValueBefore
	}
	if sum != d.Objective {
		t.Errorf("the rows add up to %d: %s", sum, lawJSON(t, d))
	}
}

// turned is a difference the other way round.
func turned(d *matching.PlanDiff) *matching.PlanDiff {
	other := map[matching.PlanChangeKind]matching.PlanChangeKind{
		matching.Placed: matching.LeftOut, matching.LeftOut: matching.Placed,
		matching.Joined: matching.Withdrawn, matching.Withdrawn: matching.Joined,
	}
	for i := range d.Rows {
		c := &d.Rows[i]
		c.From, c.To, c.ValueBefore, c.ValueAfter, c.LateBefore, c.LateAfter = c.To, c.From, c.ValueAfter, c.ValueBefore, c.LateAfter, c.LateBefore
		if kind := other[c.Kind]; kind != "" {
			c.Kind = kind
		}
	}
	for i := range d.Moves {
		d.Moves[i].From, d.Moves[i].To = d.Moves[i].To, d.Moves[i].From
	}
	d.Objective, d.Composition, d.Penalties = -d.Objective, -d.Composition, -d.Penalties
	return d
}
