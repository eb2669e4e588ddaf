package solve

import "testing"

// Whatever the prices of rows, no choice is worth more than the bound.
func TestPricer_boundsAtAnyPrices(t *testing.T) {
	t.Parallel()
	eachPuzzle(t, puzzles(1000, 10000), func(seed uint64, p *puzzle) {
		d := drawRandom(seed + 4<<40)
		if d(4) == 0 {
			p.drawRest(d)
		}
		m := newModel(&p.Problem, p.barred, p.forced)
		if m == nil {
			return
		}
		most, any := p.mostWithRest(m.barred, m.forced)
		if !any {
			return
		}
		if bound := m.trivial() + m.given; bound < most {
			t.Errorf("puzzle %d: trivially no more than %d, but %d can be reached", seed, bound, most)
		}
		q := newPricer(m)
		for range 5 {
			q.drawPrices(d)
			for range 3 {
				q.round(int64(d(int(max(most, 0)) + 1)))
			}
		}
		if bound := q.bound>>pointBits + m.given; bound < most {
			t.Errorf("puzzle %d: bound %d, but %d can be reached", seed, bound, most)
		}
	})
}
