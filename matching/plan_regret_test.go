package matching_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/matchtest"
)

// askEffort is enough for the small worlds of these laws.
const askEffort = 20_000

func planned(t testing.TB, p *matching.Planner, o matching.PlanOptions) *matching.Plan {
	t.Helper()
	if o.Effort == 0 {
		o.Effort = askEffort
	}
	plan, err := p.Plan(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func staysIn(plan *matching.Plan, id matching.ReferralID) []matching.Stay {
	i := slices.IndexFunc(plan.Assignments, func(a matching.Assignment) bool { return a.Referral == id })
	if i < 0 {
		return []matching.Stay{}
	}
	return plan.Assignments[i].Stays
}

func TestLaw_regrets(t *testing.T) {
	t.Parallel()
	lawWorlds(t, 60, regretsHold)
}

func regretsHold(t testing.TB, seed uint64) {
	e := lawEngine(t, matchtest.World(seed))
	p := e.Planner(0)
	base := planned(t, p, matching.PlanOptions{})
	for _, r := range e.Snapshot().Referrals {
		regrets, err := p.Regrets(context.Background(), base, r.ID, matching.PlanOptions{Effort: 5 * askEffort})
		if err != nil {
			t.Fatal(err)
		}
		rank, chosen := -1, 0
		ranking := lawRank(t, e, r.ID).Ranking
		for i := range regrets.Choices {
			c := &regrets.Choices[i]
			if c.Chosen {
				chosen++
				if c.Cost != 0 || c.CostLow != 0 || !slices.Equal(c.Stays, staysIn(base, r.ID)) || len(c.Changes) > 0 {
					t.Errorf("the chosen option: %s", lawJSON(t, c))
				}
			}
			at := slices.IndexFunc(ranking, func(o matching.Option) bool { return slices.Equal(o.Stays, c.Stays) })
			if last := i == len(regrets.Choices)-1; last != (at < 0) || last != (len(c.Stays) == 0) || !last && at <= rank {
				t.Errorf("not in ranking order: %s", lawJSON(t, regrets))
			}
			rank = at
			regretHolds(t, base, r.ID, c)
		}
		if chosen != 1 {
			t.Errorf("%d options are chosen", chosen)
		}
	}
}

func regretHolds(t testing.TB, base *matching.Plan, id matching.ReferralID, c *matching.Regret) {
	t.Helper()
	if !c.Possible {
		t.Errorf("nothing is fixed, and yet not possible: %s", lawJSON(t, c))
		return
	}
	if !slices.Equal(staysIn(c.Plan, id), c.Stays) {
		t.Errorf("the plan does not keep to the choice %s", lawJSON(t, c))
	}
	if base.Status == matching.PlanOptimal && c.Cost < 0 || c.CostLow > c.CostHigh || c.Exact != (c.CostLow == c.CostHigh) || c.CostLow < 0 {
		t.Errorf("cost: %s", lawJSON(t, c))
	}
	if both := base.Status == matching.PlanOptimal && c.Objective == c.Bound; both && (!c.Exact || c.Cost != c.CostLow) {
		t.Errorf("both plans are optimal: %s", lawJSON(t, c))
	}
	if c.Cost != base.Objective-c.Plan.Objective || c.Placed != len(c.Plan.Assignments) {
		t.Errorf("figures: %s", lawJSON(t, c))
	}
	for _, change := range c.Changes {
		if change.Referral == id || slices.Equal(change.From, change.To) ||
			!slices.Equal(change.From, staysIn(base, change.Referral)) || !slices.Equal(change.To, staysIn(c.Plan, change.Referral)) {
			t.Errorf("changes: %s", lawJSON(t, c))
		}
	}
}

// bestWith is what the best plan with some choices is worth, by trying every option of every referral: the plan of which
// every choice is fixed has nothing left to look for.
func bestWith(t testing.TB, p *matching.Planner, options map[matching.ReferralID][]matching.Choice, ids []matching.ReferralID, fixed []matching.Choice) int {
	t.Helper()
	if len(ids) == 0 {
		plan, err := p.Plan(context.Background(), matching.PlanOptions{Fixed: fixed, Effort: 1})
		if errors.Is(err, matching.ErrImpossibleChoice) {
			return math.MinInt
		}
		if err != nil {
			t.Fatal(err)
		}
		return plan.Objective
	}
	best := math.MinInt
	for _, c := range options[ids[0]] {
		best = max(best, bestWith(t, p, options, ids[1:], append(slices.Clip(fixed), c)))
	}
	return best
}

// TestLaw_regretsAreProven compares ranges with what trying everything finds.
func TestLaw_regretsAreProven(t *testing.T) {
	t.Parallel()
	lawWorlds(t, 100, regretsAreProven)
}

func regretsAreProven(t testing.TB, seed uint64) {
	e := lawEngine(t, matchtest.World(seed))
	options, ids, many := map[matching.ReferralID][]matching.Choice{}, []matching.ReferralID{}, 1
	for _, r := range e.Snapshot().Referrals {
		ids = append(ids, r.ID)
		options[r.ID] = []matching.Choice{{Referral: r.ID}}
		for _, o := range lawRank(t, e, r.ID).Ranking {
			options[r.ID] = append(options[r.ID], matching.Choice{Referral: r.ID, Stays: o.Stays})
		}
		many *= len(options[r.ID])
	}
	if many > 500 {
		return
	}
	p := e.Planner(0)
	best := bestWith(t, p, options, ids, nil)
	base := planned(t, p, matching.PlanOptions{Effort: 1})
	if base.Objective > best || base.Bound < best {
		t.Errorf("objective %d, bound %d, best %d", base.Objective, base.Bound, best)
	}
	for _, id := range ids {
		regrets, err := p.Regrets(context.Background(), base, id, matching.PlanOptions{Effort: 1})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range regrets.Choices {
			others := slices.DeleteFunc(slices.Clone(ids), func(other matching.ReferralID) bool { return other == id })
			with := bestWith(t, p, options, others, []matching.Choice{{Referral: id, Stays: c.Stays}})
			if cost := best - with; cost < c.CostLow || cost > c.CostHigh || c.Objective > with || c.Bound < with {
				t.Errorf("the cost is %d, the best %d, with the choice %d: %s", cost, best, with, lawJSON(t, c))
			}
		}
	}
}
