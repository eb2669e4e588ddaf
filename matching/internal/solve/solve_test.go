package solve

import (
	"context"
	"errors"
	"reflect"
	"runtime"
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

// However little is spent, the choice holds and the bound is one.
func TestSolve_stopsAnywhere(t *testing.T) {
	t.Parallel()
	eachPuzzle(t, puzzles(500, 4000), func(seed uint64, p *puzzle) {
		all := p.tryAll(p.barred, p.forced)
		if !all.any {
			return
		}
		for _, effort := range []int64{1, 30, 300, 3000} {
			r, err := p.solveWith(t.Context(), effort, 0)
			if err != nil {
				t.Errorf("puzzle %d: %v", seed, err)
				return
			}
			p.check(t, seed, r, all)
		}
	})
}

// What is left out counts for the bound alone.
func TestSolve_boundsWhatIsLeftOut(t *testing.T) {
	t.Parallel()
	eachPuzzle(t, puzzles(500, 4000), func(seed uint64, p *puzzle) {
		d := drawRandom(seed + 6<<40)
		p.drawRest(d)
		all := p.tryAll(p.barred, p.forced)
		if !all.any {
			return
		}
		r, err := p.solveWith(t.Context(), int64(1+d(20000)), 0)
		if err != nil {
			t.Errorf("puzzle %d: %v", seed, err)
			return
		}
		p.check(t, seed, r, all)
		barred := p.barred
		if barred == nil {
			barred = make([]bool, len(p.Options))
		}
		if most, _ := p.mostWithRest(barred, p.forced); r.Bound < most {
			t.Errorf("puzzle %d: bound %d, but what is left out could make it %d", seed, r.Bound, most)
		}
	})
}

// An end by the context is no error, and what was found by then holds.
func TestSolve_context(t *testing.T) {
	t.Parallel()
	p := drawAgenda(3, 60, 12, true, true)
	ctx, cancel := context.WithCancel(t.Context())
	calls := 0
	r, err := Solve(ctx, &p.Problem, Options{Progress: func(g Progress) {
		if calls++; g.Value > g.Bound {
			t.Errorf("value %d above the bound %d", g.Value, g.Bound)
		}
		if calls == 3 {
			cancel()
		}
	}})
	if err != nil || !p.holds(r.Choice) || p.worth(r.Choice) != r.Value || r.Value > r.Bound || r.Value == 0 {
		t.Errorf("%v: value %d, bound %d, holds %t", err, r.Value, r.Bound, p.holds(r.Choice))
	}
	if calls == 0 || ctx.Err() == nil {
		t.Errorf("progress was reported %d times", calls)
	}
	cancel()
	if r, err = Solve(ctx, &p.Problem, Options{}); err != nil || !p.holds(r.Choice) || r.Value > r.Bound {
		t.Errorf("begun too late: %v, %v", r, err)
	}
}

// The result is that of the problem and the options alone: not of the processors, nor of what ran before.
func TestSolve_repeats(t *testing.T) { //nolint:paralleltest // it sets GOMAXPROCS
	procs := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(procs)
	for _, company := range []bool{false, true} {
		p := drawAgenda(4, 80, 16, company, company)
		var want Result
		for n, procs := range []int{1, 2, 2, 5} {
			runtime.GOMAXPROCS(procs)
			got, err := Solve(t.Context(), &p.Problem, Options{Effort: 300_000})
			if err != nil {
				t.Fatal(err)
			}
			if !p.holds(got.Choice) || p.worth(got.Choice) != got.Value {
				t.Errorf("the choice breaks a limit or is not worth %d", got.Value)
			}
			if n == 0 {
				want = got
			} else if !reflect.DeepEqual(got, want) {
				t.Errorf("with %d processors: %v\nwith one: %v", procs, got, want)
			}
		}
	}
}
