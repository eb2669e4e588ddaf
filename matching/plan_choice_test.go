package matching_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/matchtest"
)

func TestLaw_fixedChoices(t *testing.T) {
	t.Parallel()
	lawWorlds(t, 60, fixedChoicesAreKept)
}

// fixedChoicesAreKept fixes and bars each option of each referral.
func fixedChoicesAreKept(t testing.TB, seed uint64) {
	e := lawEngine(t, matchtest.World(seed))
	p := e.Planner(0)
	base := planned(t, p, matching.PlanOptions{})
	for _, r := range e.Snapshot().Referrals {
		choices := []matching.Choice{{Referral: r.ID}}
		for _, o := range lawRank(t, e, r.ID).Ranking {
			choices = append(choices, matching.Choice{Referral: r.ID, Stays: o.Stays})
		}
		for _, c := range choices {
			fixed := planned(t, p, matching.PlanOptions{Fixed: []matching.Choice{c, c}, Effort: 2000})
			if !slices.Equal(staysIn(fixed, r.ID), c.Stays) || fixed.Objective > base.Bound {
				t.Errorf("%s fixed: %s", lawJSON(t, c), lawJSON(t, fixed))
			}
			if len(c.Stays) == 0 {
				continue
			}
			barred := planned(t, p, matching.PlanOptions{Barred: []matching.Choice{c}, Effort: 2000})
			if slices.Equal(staysIn(barred, r.ID), c.Stays) || barred.Objective > base.Bound {
				t.Errorf("%s barred: %s", lawJSON(t, c), lawJSON(t, barred))
			}
		}
	}
}

func TestPlan_impossibleChoices(t *testing.T) {
	t.Parallel()
	p := lawEngine(t, oneOrTwo()).Planner(0)
	stays := staysIn(planned(t, p, matching.PlanOptions{}), "r-ann")
	ann, bob, cat := matching.Choice{Referral: "r-ann", Stays: stays}, matching.Choice{Referral: "r-bob", Stays: stays}, matching.Choice{Referral: "r-cat", Stays: stays}
	nowhere := matching.Choice{Referral: "r-cat", Stays: []matching.Stay{{Group: "return", Pattern: "half"}}}
	for name, c := range map[string]struct {
		o    matching.PlanOptions
		want []matching.ReferralID
	}{
		"no option":            {matching.PlanOptions{Fixed: []matching.Choice{bob, nowhere}}, []matching.ReferralID{"r-cat"}},
		"two of three":         {matching.PlanOptions{Fixed: []matching.Choice{bob, cat, ann}}, []matching.ReferralID{"r-cat", "r-ann"}},
		"a place and no place": {matching.PlanOptions{Fixed: []matching.Choice{bob, cat, {Referral: "r-bob"}}}, []matching.ReferralID{"r-bob"}},
		"fixed and barred":     {matching.PlanOptions{Fixed: []matching.Choice{cat, bob}, Barred: []matching.Choice{bob}}, []matching.ReferralID{"r-bob"}},
	} {
		_, err := p.Plan(context.Background(), c.o)
		blame, ok := errors.AsType[*matching.ImpossibleChoiceError](err)
		if !ok || !errors.Is(err, matching.ErrImpossibleChoice) || !slices.Equal(blame.Referrals, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
	_, err := p.Plan(context.Background(), matching.PlanOptions{Fixed: []matching.Choice{{Referral: "r-zoe"}}})
	if _, ok := errors.AsType[*matching.NotFoundError](err); !ok {
		t.Errorf("got %v", err)
	}
	_, err = p.Plan(context.Background(), matching.PlanOptions{Barred: []matching.Choice{bob, {Referral: "r-cat"}}})
	if unplaced, ok := errors.AsType[*matching.BarredUnplacedError](err); !ok || unplaced.Referral != "r-cat" {
		t.Errorf("got %v", err)
	}
}
