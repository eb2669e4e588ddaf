package matching_test

import (
	"context"
	"flag"
	"testing"
	"time"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/matchtest/published"
	"example.org/backontrack/matching/verify"
)

// How long BenchmarkPlan plans: go test ./matching -run '^$' -bench Plan -benchtime 1x -plan.time 60s, or, for
// figures that do not depend on the machine, -plan.time 0 -plan.effort N.
var (
	planTime   = flag.Duration("plan.time", 10*time.Second, "BenchmarkPlan plans at most this long; 0: no limit")
	planEffort = flag.Int("plan.effort", 0, "BenchmarkPlan spends at most this effort; 0: no limit")
)

// BenchmarkPlan plans published instances and synthetic panels. Beside the time until the plan is
// proven, or a limit is met, it reports the plan: its objective, its bound, their gap in thousandths of the
// objective, nodes and iterations; of assignments the gap is that of costs. Under -short it keeps to the small ones.
func BenchmarkPlan(b *testing.B) {
	for _, size := range []string{"S", "So", "M", "Mo", "L", "Lo", "XL", "XLo"} {
		small := size[0] == 'S'
		b.Run("core/"+size+"-1", func(b *testing.B) {
			benchPlan(b, small, func() *matching.Snapshot { return published.Core(b, size, 1) })
		})
		b.Run("soft/"+size+"-1", func(b *testing.B) {
			benchPlan(b, small, func() *matching.Snapshot { return published.Soft(b, size, 1) })
		})
	}
	for _, name := range []string{"gap12-0", "a20100", "b20100", "c20100", "d10100", "e10100", "c20400", "d20400", "e20400"} {
		b.Run("gap/"+name, func(b *testing.B) {
			var s *matching.Snapshot
			p := benchPlan(b, name == "gap12-0" || name == "a20100", func() *matching.Snapshot {
				s = instance(b, name, 0)
				return s
			})
			cost, _ := published.Cost(s, p.Objective)
			least, _ := published.Cost(s, p.Bound)
			b.ReportMetric(float64(cost), "cost")
			b.ReportMetric(1000*float64(cost-least)/float64(cost), "gap‰") // of the bonus it would be nothing
		})
	}
	for _, name := range []string{"BPPC_1_1_1", "BPPC_1_2_1", "BPPC_5_1_1", "BPPC_5_3_1", "BPPC_5_5_1", "BPWC_2_7_2"} {
		b.Run("bppc/"+name, func(b *testing.B) {
			benchPlan(b, name == "BPPC_5_3_1", func() *matching.Snapshot { return instance(b, name, 0) })
		})
	}
}

func benchPlan(b *testing.B, small bool, read func() *matching.Snapshot) *matching.Plan {
	b.Helper()
	if testing.Short() && !small {
		b.Skip("only the small ones under -short")
	}
	limit := *planTime
	if testing.Short() {
		limit = min(limit, time.Second) // to see that it runs
	}
	e, err := matching.New(read())
	if err != nil {
		b.Fatal(err)
	}
	var p *matching.Plan
	for b.Loop() {
		p = planFor(b, e, limit, *planEffort)
	}
	checked(b, e, p)
	b.ReportMetric(float64(p.Objective), "objective")
	b.ReportMetric(float64(p.Bound), "bound")
	b.ReportMetric(1000*float64(p.Bound-p.Objective)/float64(max(p.Objective, 1)), "gap‰")
	b.ReportMetric(float64(p.Effort.Nodes), "nodes/op")
	b.ReportMetric(float64(p.Effort.Iterations), "iterations/op")
	return p
}

// planFor plans within limits, each none where it is 0.
func planFor(t testing.TB, e *matching.Engine, most time.Duration, effort int) *matching.Plan {
	t.Helper()
	ctx := t.Context()
	if most > 0 {
		limited, cancel := context.WithTimeout(ctx, most)
		defer cancel()
		ctx = limited
	}
	p, err := e.Plan(ctx, matching.PlanOptions{Effort: effort})
	if err != nil {
		t.Fatal(err)
	}
	if _, timed := t.(*testing.B); !timed {
		checked(t, e, p)
	}
	return p
}

// checked fails where the checker, which shares nothing with the search, finds anything in a plan.
func checked(t testing.TB, e *matching.Engine, p *matching.Plan) {
	t.Helper()
	report, err := verify.Plan(e.Snapshot(), p)
	if err != nil || !report.OK {
		t.Fatalf("the plan does not hold: %v, %+v", err, report)
	}
}

// instance is a published instance by name, in as many bins as somebody has packed it into and a few more.
func instance(t testing.TB, name string, more int) *matching.Snapshot {
	t.Helper()
	k := knownOf(t, name)
	s, err := k.Snapshot(k.Best + more)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// knownOf is what the literature knows of an instance. The test is skipped where there is no table of it.
func knownOf(t testing.TB, name string) published.Known {
	t.Helper()
	for _, k := range allKnown(t) {
		if k.Name == name {
			return k
		}
	}
	t.Fatalf("%s is in no table of published instances", name)
	return published.Known{}
}

func allKnown(t testing.TB) []published.Known {
	t.Helper()
	published.Need(t)
	known, err := published.BestKnown()
	if err != nil {
		t.Fatal(err)
	}
	return known
}
