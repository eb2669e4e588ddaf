package solve

import "testing"

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
