package solve

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"
)

// solveWith is Solve, but that it tries all choices first only where there are no more than small.
func (p *puzzle) solveWith(ctx context.Context, effort int64, small float64) (Result, error) {
	o := Options{Effort: effort, Barred: p.barred, Forced: p.forced, Start: p.start}
	m := newModel(&p.Problem, o.Barred, o.Forced)
	if m == nil {
		return Result{}, ErrForced
	}
	s := newSolver(ctx, m, o)
	s.small = small
	s.solve()
	return s.result(), nil
}

// possible tells whether what is forced can be taken together, and is not barred.
func (p *puzzle) possible() bool { return p.tryAll(p.barred, p.forced).any }

// check tells what is wrong with a result of a puzzle, of which all choices were tried.
func (p *puzzle) check(t *testing.T, seed uint64, r Result, all *trials) {
	t.Helper()
	switch {
	case !p.holds(r.Choice):
		t.Errorf("puzzle %d: the choice %v breaks a limit", seed, r.Choice)
	case p.worth(r.Choice) != r.Value:
		t.Errorf("puzzle %d: the choice %v is worth %d, said to be %d", seed, r.Choice, p.worth(r.Choice), r.Value)
	case r.Value > all.value || r.Bound < all.value:
		t.Errorf("puzzle %d: value %d, bound %d, but the most is %d with %v", seed, r.Value, r.Bound, all.value, all.best)
	}
	for _, o := range r.Choice {
		if o >= 0 && p.barred != nil && p.barred[o] {
			t.Errorf("puzzle %d: the choice %v takes %d, which is barred", seed, r.Choice, o)
		}
	}
	for _, o := range p.forced {
		if !slices.Contains(r.Choice, o) {
			t.Errorf("puzzle %d: the choice %v leaves out %d, which is forced", seed, r.Choice, o)
		}
	}
}

// puzzles is how many of them a test solves.
func puzzles(short, long uint64) uint64 {
	if testing.Short() {
		return short
	}
	return long
}

// eachPuzzle runs a test on many puzzles, until one has failed it.
func eachPuzzle(t *testing.T, n uint64, test func(seed uint64, p *puzzle)) {
	t.Helper()
	for seed := range n {
		if test(seed, drawPuzzle(drawRandom(seed))); t.Failed() {
			return
		}
	}
}

func TestSolve_proves(t *testing.T) {
	t.Parallel()
	for name, small := range map[string]float64{"trying all": smallProduct, "in blocks": 0} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			eachPuzzle(t, puzzles(1000, 10000), func(seed uint64, p *puzzle) {
				all := p.tryAll(p.barred, p.forced)
				r, err := p.solveWith(ctx, 0, small)
				if !all.any {
					if !errors.Is(err, ErrForced) {
						t.Errorf("puzzle %d: %v instead of ErrForced", seed, err)
					}
					return
				}
				if err != nil {
					t.Errorf("puzzle %d: %v", seed, err)
					return
				}
				if p.check(t, seed, r, all); r.Value != r.Bound {
					t.Errorf("puzzle %d: value %d but bound %d (%v)", seed, r.Value, r.Bound, ctx.Err())
				}
			})
		})
	}
}
