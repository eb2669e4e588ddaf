package solve

import (
	"context"
	"testing"
)

// Trying everything finds the most, and with too few nodes proves nothing that is wrong.
func TestSolver_exhaust(t *testing.T) {
	t.Parallel()
	eachPuzzle(t, puzzles(1000, 10000), func(seed uint64, p *puzzle) {
		d := drawRandom(seed + 5<<40)
		m := newModel(&p.Problem, p.barred, p.forced)
		if m == nil {
			return
		}
		most, _ := p.mostWithRest(m.barred, m.forced)
		s := newSolver(t.Context(), m, Options{})
		s.value = min(int64(d(10)), max(most-m.given, 0))
		known := s.value
		nodes := []int{5, 50, 100000}[d(3)]
		bound := s.exhaust(m.barred, nodes)>>pointBits + m.given
		if bound < most {
			t.Errorf("puzzle %d: bound %d, but %d can be reached", seed, bound, most)
		}
		if s.value > known && (!p.holds(s.result().Choice) || p.worth(s.result().Choice) != s.value+m.given) {
			t.Errorf("puzzle %d: %v breaks a limit or is not worth %d", seed, s.result().Choice, s.value+m.given)
		}
		if nodes == 100000 && s.value+m.given != max(most, known+m.given) {
			t.Errorf("puzzle %d: found %d, not %d", seed, s.value+m.given, most)
		}
	})
}

// It tries no more than there is effort for, and ends with the context; what it has not tried it does not
// call proven.
func TestSolver_exhaustEnds(t *testing.T) {
	t.Parallel()
	p := &Problem{Items: 14, Rows: []Row{{Capacity: 70, Pool: -1}}, Marks: [][]int32{nil}}
	for i := range int32(p.Items) {
		p.Uses = append(p.Uses, []Use{{0, 11 + i}})
		p.Options = append(p.Options, Option{i, 100 + int64(i), []Part{{i, 0, -1, 0}}})
	}
	m := newModel(p, nil, nil)
	all := newSolver(t.Context(), m, Options{})
	if all.exhaust(m.barred, 1<<20); all.nodes < 50 {
		t.Fatalf("%d nodes: too easy to tell anything", all.nodes)
	}
	s := newSolver(t.Context(), m, Options{Effort: 20})
	if bound := s.exhaust(m.barred, 1<<20) >> pointBits; s.nodes > 20 || bound <= all.value {
		t.Errorf("%d nodes with an effort of 20, bound %d; the most is %d", s.nodes, bound, all.value)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s = newSolver(ctx, m, Options{})
	if bound := s.exhaust(m.barred, 4096) >> pointBits; s.nodes > 0 || bound <= all.value {
		t.Errorf("%d nodes after the end, bound %d; the most is %d", s.nodes, bound, all.value)
	}
}
