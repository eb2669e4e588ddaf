package matching_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/matchtest"
)

// planCase is a world, with what brute force makes of it.
type planCase struct {
	e       *matching.Engine
	s       *slowSnapshot
	options map[matching.ReferralID][]matching.Option
	brute   *planBrute
	found   bool // brute force came to an end
}

func newPlanCase(t testing.TB, s *matching.Snapshot) *planCase {
	t.Helper()
	e, encoded := engineOf(t, s)
	c := &planCase{e: e, s: slowRead(encoded), options: planOptions(t, e)}
	c.brute = newPlanBrute(c.s, e.Snapshot().Policy, c.options)
	c.found = c.brute.run(0)
	if c.found {
		c.bruteHolds(t)
	}
	return c
}

// bruteHolds holds the best plan of brute force against the slow implementation.
func (c *planCase) bruteHolds(t testing.TB) {
	t.Helper()
	seats, sum := c.brute.chosen()
	if trouble := c.s.jointTrouble(seats); trouble != nil {
		t.Errorf("the plan of brute force breaks rules: %v", trouble)
	}
	if sum += c.s.jointComposition(seats); sum != c.brute.value {
		t.Errorf("brute force says %d, its plan adds up to %d", c.brute.value, sum)
	}
}

// plan plans, and wants what holds for any plan: it is possible, it is worth what it says, and no plan is worth more
// than its bound.
func (c *planCase) plan(ctx context.Context, t testing.TB, o matching.PlanOptions) *matching.Plan {
	t.Helper()
	p, err := c.e.Plan(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	planHolds(t, c.e, c.s, c.options, p)
	if c.found && (p.Objective > c.brute.value || len(o.Fixed)+len(o.Barred) == 0 && p.Bound < c.brute.value) {
		t.Errorf("effort %d: objective %d, bound %d; brute force has %d with the options %v", o.Effort, p.Objective, p.Bound, c.brute.value, c.brute.best)
	}
	return p
}

// effort plans with so much work.
func (c *planCase) effort(t testing.TB, effort int) *matching.Plan {
	t.Helper()
	return c.plan(context.Background(), t, matching.PlanOptions{Effort: effort})
}

func planRead(t testing.TB, snapshot []byte) *matching.Snapshot {
	t.Helper()
	s, err := matching.Read(bytes.NewReader(snapshot))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A planTally counts what happened in many worlds.
type planTally struct {
	sync.Mutex
	worlds, large, proven, best int
	unproven                    []string
	refused, mattered           [32]int // by rule: worlds in which it forbade a combination, and in which the best plan hangs on it
}

func (y *planTally) add(seed uint64, c *planCase, p *matching.Plan, mattered ruleSet) {
	y.Lock()
	defer y.Unlock()
	y.worlds++
	if p.Status == matching.PlanOptimal {
		y.proven++
	} else {
		y.unproven = append(y.unproven, fmt.Sprintf("world %d: %d of %d", seed, p.Objective, p.Bound))
	}
	if !c.found {
		y.large++
		return
	}
	if p.Objective == c.brute.value {
		y.best++
	}
	for i := range planRules {
		y.refused[i] += int(c.brute.refused >> i & 1)
		y.mattered[i] += int(mattered >> i & 1)
	}
}

func (y *planTally) log(t testing.TB) {
	t.Helper()
	t.Logf("%d worlds, %d too large for brute force; proven %d, best possible %d", y.worlds, y.large, y.proven, y.best)
	for i, rule := range planRules {
		t.Logf("%-32s forbade something in %5d worlds, and the best plan hung on it in %4d that were asked", rule, y.refused[i], y.mattered[i])
	}
}

// planWorlds runs a law over the worlds of seeds, in parallel, and keeps one of which it fails.
func planWorlds(t *testing.T, many, short int, world func(uint64) *matching.Snapshot, law func(t testing.TB, seed uint64)) {
	t.Helper()
	if testing.Short() {
		many = short
	}
	const parts = 4
	for part := range uint64(parts) {
		t.Run(fmt.Sprint(part), func(t *testing.T) {
			t.Parallel()
			for seed := part; seed < uint64(many); seed += parts {
				law(t, seed)
				if t.Failed() {
					t.Fatalf("in world %d: %s", seed, matchtest.Keep(t, world(seed), seed))
				}
			}
		})
	}
}

// matters finds the rules without which there would be a better plan.
func (c *planCase) matters() (rules ruleSet) {
	value, best, refused := c.brute.value, slices.Clone(c.brute.best), c.brute.refused
	for i := range planRules {
		if rule := ruleSet(1) << i; refused&rule != 0 && c.brute.run(rule) && c.brute.value > value {
			rules |= rule
		}
	}
	c.brute.value, c.brute.best, c.brute.refused = value, best, refused
	return rules
}
