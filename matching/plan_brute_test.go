package matching_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/matchtest"
)

// TestPlan_withinBruteForce plans thousands of dense worlds with little effort: what comes back is a possible plan, and
// the best one lies between its objective and its bound. All rules have to matter in them.
func TestPlan_withinBruteForce(t *testing.T) {
	t.Parallel()
	var tally planTally
	t.Run("worlds", func(t *testing.T) {
		planWorlds(t, 10_000, 600, planWorld, func(t testing.TB, seed uint64) {
			c := newPlanCase(t, planWorld(seed))
			p := c.effort(t, []int{1, 1, 1, 1000}[seed%4])
			var mattered ruleSet
			if c.found && seed%16 < 2 {
				mattered = c.matters()
			}
			tally.add(seed, c, p, mattered)
		})
	})
	tally.log(t)
	tally.wants(t)
}

// wants fails where a rule had nothing to do, or brute force gave up too often to say anything.
func (y *planTally) wants(t *testing.T) {
	if t.Failed() {
		return
	}
	for i, rule := range planRules {
		if y.refused[i] == 0 || y.mattered[i] == 0 && !testing.Short() {
			t.Errorf("%s never mattered", rule)
		}
	}
	if y.large > y.worlds/25 {
		t.Errorf("%d of %d worlds are too large for brute force", y.large, y.worlds)
	}
}

// TestPlan_equalsBruteForce plans until the plan is proven.
func TestPlan_equalsBruteForce(t *testing.T) {
	t.Parallel()
	for name, world := range map[string]func(uint64) *matching.Snapshot{"dense": planWorld, "wide": matchtest.World} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var tally planTally
			t.Run("worlds", func(t *testing.T) {
				planWorlds(t, 60, 12, world, func(t testing.TB, seed uint64) {
					c := newPlanCase(t, world(seed))
					ctx, cancel := context.WithTimeout(context.Background(), 4*time.Second)
					defer cancel()
					tally.add(seed, c, c.plan(ctx, t, matching.PlanOptions{}), 0)
				})
			})
			t.Logf("%s: %d worlds, %d proven; not proven: %s", name, tally.worlds, tally.proven, tally.unproven)
		})
	}
}

// TestPlan_efforts wants the bound to hold, and the plan to be possible, wherever the work ends.
func TestPlan_efforts(t *testing.T) {
	t.Parallel()
	planWorlds(t, 300, 30, planWorld, func(t testing.TB, seed uint64) {
		c := newPlanCase(t, planWorld(seed))
		for _, effort := range []int{1, 2, 10, 100, 1000, 20_000} {
			c.effort(t, effort)
		}
	})
}

// TestPlanBrute_equalsSlow takes options at random, and wants brute force to see the rules fail where the slow
// implementation does, and the same ones.
func TestPlanBrute_equalsSlow(t *testing.T) {
	t.Parallel()
	holds, fails := 0, 0
	for seed := range uint64(worlds(t)) {
		c := newPlanCase(t, planWorld(seed))
		r := rand.New(rand.NewPCG(seed, 6))
		for range 10 {
			var seats []slowSeat
			fits := true
			for _, options := range c.brute.options {
				if len(options) == 0 || r.IntN(4) == 0 {
					continue
				}
				for _, n := range options[r.IntN(len(options))].stays {
					seats = append(seats, c.brute.stays[n].slowSeat)
					fits = fits && c.brute.take(n)
				}
			}
			trouble := c.s.jointTrouble(seats)
			if fits != (trouble == nil) {
				t.Fatalf("world %d: brute force finds that rules hold: %t; the slow implementation finds %v", seed, fits, trouble)
			}
			if fits {
				holds++
			} else {
				fails++
			}
			c.brute.clear()
		}
	}
	if holds < worlds(t) || fails < worlds(t) {
		t.Errorf("%d choices hold and %d fail", holds, fails)
	}
}

// TestPlan_choicesEqualBruteForce bars some options and fixes some, for which brute force has fewer to try.
func TestPlan_choicesEqualBruteForce(t *testing.T) {
	t.Parallel()
	planWorlds(t, 1500, 100, planWorld, func(t testing.TB, seed uint64) {
		c := newPlanCase(t, planWorld(seed))
		r := rand.New(rand.NewPCG(seed, 7))
		o := matching.PlanOptions{Effort: 100}
		var left []matching.ReferralID // fixed to be placed
		for _, referral := range c.s.Referrals {
			id := matching.ReferralID(referral.ID)
			options := c.options[id]
			switch kind := r.IntN(5); {
			case len(options) == 0:
			case kind == 0:
				o.Fixed = append(o.Fixed, matching.Choice{Referral: id, Stays: options[r.IntN(len(options))].Stays})
				c.options[id] = slices.DeleteFunc(options, func(option matching.Option) bool {
					return !slices.Equal(option.Stays, o.Fixed[len(o.Fixed)-1].Stays)
				})
				left = append(left, id)
			case kind == 1:
				o.Fixed = append(o.Fixed, matching.Choice{Referral: id})
				c.options[id] = nil
			case kind == 2:
				n := r.IntN(len(options))
				o.Barred = append(o.Barred, matching.Choice{Referral: id, Stays: options[n].Stays})
				c.options[id] = slices.Delete(slices.Clone(options), n, n+1)
			}
		}
		c.planChosen(t, o, left)
	})
}

// planChosen plans with choices, which the options hold already, and wants what brute force finds.
func (c *planCase) planChosen(t testing.TB, o matching.PlanOptions, placed []matching.ReferralID) {
	t.Helper()
	c.brute = newPlanBrute(c.s, c.e.Snapshot().Policy, c.options)
	for i, referral := range c.s.Referrals {
		c.brute.placed[i] = slices.Contains(placed, matching.ReferralID(referral.ID))
	}
	if c.found = c.brute.run(0); !c.found {
		return
	}
	p, err := c.e.Plan(context.Background(), o)
	if c.brute.best == nil {
		if !errors.Is(err, matching.ErrImpossibleChoice) {
			t.Errorf("choices that exclude each other: %v", err)
		}
		return
	}
	if err != nil {
		t.Fatalf("%v, but brute force has a plan: %s", err, lawJSON(t, o.Fixed))
	}
	planHolds(t, c.e, c.s, c.options, p)
	if p.Objective > c.brute.value || p.Bound < c.brute.value {
		t.Errorf("objective %d, bound %d; brute force %d: %s", p.Objective, p.Bound, c.brute.value, lawJSON(t, o.Fixed))
	}
}
