package matching_test

import (
	"strings"
	"testing"
	"time"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/matchtest/published"
)

// These tests bound the search by effort, so that they fail on every machine or on none. The clock is for a
// search that does not end: it is far beyond what any of them takes.
const (
	proofEffort = 50_000_000 // enough for every proof here, with room to spare
	nearEffort  = 5_000_000  // enough to come near
	tooLong     = 5 * time.Minute
)

// TestPlan_assignmentProven proves every published assignment of up to 100 jobs (types A to D, and the
// OR-Library's first twelve sets) to have the optimum that the literature gives.
func TestPlan_assignmentProven(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("dozens of proofs: not under -short")
	}
	tried := 0
	for _, k := range allKnown(t) {
		if k.Family != published.Assignment || !k.File || k.Items > 100 || strings.HasPrefix(k.Name, "e") {
			continue
		}
		tried++
		s, p := planAssignment(t, k, proofEffort)
		if cost, placed := published.Cost(s, p.Objective); p.Status != matching.PlanOptimal || !placed || cost != k.Best {
			t.Errorf("%s: %s, cost %d (all placed: %v), want the optimum %d", k.Name, p.Status, cost, placed, k.Best)
		}
	}
	if tried != 60+3+3+3+2 {
		t.Errorf("%d instances tried, want 71", tried)
	}
}

// TestPlan_assignmentNear comes within half a per cent of the best that is known of the harder ones, types C to E
// of up to 400 jobs, and proves that nobody can do better by more than half a per cent.
func TestPlan_assignmentNear(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("instances of up to 400 jobs: not under -short")
	}
	tried := 0
	for _, k := range allKnown(t) {
		if k.Family != published.Assignment || !k.File || !strings.ContainsAny(k.Name[:1], "cde") {
			continue
		}
		if k.Items <= 100 && k.Name[0] != 'e' {
			continue // proven above
		}
		tried++
		s, p := planAssignment(t, k, nearEffort)
		cost, placed := published.Cost(s, p.Objective)
		least, _ := published.Cost(s, p.Bound)
		if !placed || 1000*cost > 1005*k.Best || 1000*least < 995*k.Best {
			t.Errorf("%s: cost %d (all placed: %v), none below %d; want both within 5 ‰ of %d", k.Name, cost, placed, least, k.Best)
		}
	}
	if tried != 4+4+6 {
		t.Errorf("%d instances tried, want 14", tried)
	}
}

// planAssignment plans an instance, and holds the plan and its bound against what is known.
func planAssignment(t *testing.T, k published.Known, effort int) (*matching.Snapshot, *matching.Plan) {
	t.Helper()
	s, err := k.Snapshot(0)
	if err != nil {
		t.Fatal(err)
	}
	p := planFor(t, lawEngine(t, s), tooLong, effort)
	if least, _ := published.Cost(s, p.Bound); least > k.Best {
		t.Errorf("%s: a bound of %d, and somebody has found %d", k.Name, least, k.Best)
	}
	if cost, placed := published.Cost(s, p.Objective); placed && cost < k.Bound {
		t.Errorf("%s: a cost of %d, and none is below %d", k.Name, cost, k.Bound)
	}
	return s, p
}

// TestPlan_packing packs every item into as many bins as the best known packing has, or, of
// the two that are hard, one more; and never into fewer bins than are proven to be needed.
func TestPlan_packing(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("thousands of options: not under -short")
	}
	for _, c := range []struct {
		name string
		more int
	}{
		{"BPPC_1_1_1", 0},
		{"BPPC_1_2_1", 0},
		{"BPPC_5_3_1", 0},
		{"BPPC_5_5_1", 0},
		{"BPPC_5_1_1", 1}, // triplets: each bin has to be filled to the brim
		{"BPWC_2_7_2", 1},
	} {
		k := knownOf(t, c.name)
		p := planFor(t, lawEngine(t, instance(t, c.name, c.more)), tooLong, nearEffort)
		if p.Objective != k.Items || len(p.Assignments) != k.Items || p.Status != matching.PlanOptimal {
			t.Errorf("%s in %d bins: %d of %d items, %s", c.name, k.Best+c.more, p.Objective, k.Items, p.Status)
		}
	}
	const name = "BPPC_5_5_1"
	k := knownOf(t, name)
	if p := planFor(t, lawEngine(t, instance(t, name, -1)), tooLong, nearEffort); p.Objective >= k.Items || p.Objective < k.Items-3 {
		t.Errorf("%s in %d bins: %d of %d items, want nearly all", name, k.Best-1, p.Objective, k.Items)
	}
}

// panelOptima are the optima of the synthetic panels, which several general solvers have proven: those of the core
// stand in the shared folder's figures, soft ones came from docs/compare.
var panelOptima = []struct {
	size       string
	soft       bool
	optimum    int
	underShort bool
}{
	{"S", false, 12_906, true},
	{"So", false, 24_477, true},
	{"M", false, 107_506, false},
	{"Mo", false, 175_790, false},
	{"S", true, 13_120, true},
	{"So", true, 25_049, true},
	{"M", true, 108_884, false},
}

func TestPlan_panels(t *testing.T) {
	t.Parallel()
	for _, c := range panelOptima {
		name := c.size + "-1"
		if c.soft {
			name += " soft"
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if testing.Short() && !c.underShort {
				t.Skip("the small ones only under -short")
			}
			var s *matching.Snapshot
			if c.soft {
				s = published.Soft(t, c.size, 1)
			} else {
				s = published.Core(t, c.size, 1)
			}
			p := planFor(t, lawEngine(t, s), tooLong, proofEffort)
			if p.Objective != c.optimum || p.Bound != c.optimum || p.Status != matching.PlanOptimal {
				t.Errorf("%s, objective %d, bound %d; want the optimum %d", p.Status, p.Objective, p.Bound, c.optimum)
			}
		})
	}
}
