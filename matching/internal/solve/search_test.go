package solve

import (
	"slices"
	"testing"
)

// checkSearch compares what a search keeps up with what its choice says from scratch.
func checkSearch(t *testing.T, name string, r *search) {
	t.Helper()
	m := r.m
	kept := r.value
	if r.recount(); kept != r.value {
		t.Errorf("%s: value %d, counted again %d", name, kept, r.value)
	}
	whole := slices.Clone(r.choice)
	for _, o := range m.forced {
		whole[m.Options[o].Item] = o
	}
	if !m.holds(whole) {
		t.Errorf("%s: the choice %v breaks a limit", name, whole)
	}
	if worth := m.worth(whole); worth != r.value+m.given {
		t.Errorf("%s: the choice is worth %d, said to be %d", name, worth, r.value+m.given)
	}
	again := newSearch(m, 1)
	again.set(r.choice)
	if !slices.Equal(again.choice, r.choice) {
		t.Fatalf("%s: %v does not fit, only %v", name, r.choice, again.choice)
	}
	s, from := r.s, again.s
	if !slices.Equal(s.used, from.used) || !slices.Equal(s.over, from.over) || !slices.Equal(s.blocked, from.blocked) || !slices.Equal(s.worth, from.worth) {
		t.Errorf("%s: its state is %v, from scratch %v", name, s, from)
	}
	for n := range s.seats {
		sameElements(t, name, s.seats[n], from.seats[n])
		sameElements(t, name, s.parts[n], from.parts[n])
	}
	for n := range r.inRow {
		sameElements(t, name, r.inRow[n], again.inRow[n])
	}
	for n := range r.holding {
		sameElements(t, name, r.holding[n], again.holding[n])
	}
}

func sameElements(t *testing.T, name string, a, b []int32) {
	t.Helper()
	if !slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))) {
		t.Errorf("%s: %v, from scratch %v", name, a, b)
	}
}

// favoured is a search in the order of prices that a few rounds find.
func favoured(m *model, seed uint64) *search {
	p := newPricer(m)
	for range 20 {
		p.round(0)
	}
	m.costs(p.best, p.useCost, p.markCost)
	r := newSearch(m, seed)
	r.favour(p.gainOf, m.barred, mostOptions)
	return r
}

func TestSearch_keepsCount(t *testing.T) {
	t.Parallel()
	eachPuzzle(t, puzzles(500, 5000), func(seed uint64, p *puzzle) {
		m := newModel(&p.Problem, p.barred, p.forced)
		if m == nil {
			return
		}
		r := favoured(m, seed)
		if p.start != nil {
			r.set(p.start)
		}
		r.run(t.Context(), 200, 20, 1)
		checkSearch(t, "run", r)
		r.fill(r.movable)
		checkSearch(t, "fill", r)
		best := newSearch(m, 1)
		best.set(r.best)
		if !slices.Equal(best.choice, r.best) || best.value != r.record {
			t.Errorf("puzzle %d: %v is worth %d, kept as %d", seed, r.best, best.value, r.record)
		}
	})
}

func TestSearch_keepsCountOfMany(t *testing.T) {
	t.Parallel()
	p := drawAgenda(1, 200, 60, false, true)
	m := newModel(&p.Problem, nil, []int32{0, 500})
	if m == nil {
		t.Fatal("what is forced excludes itself")
	}
	r := favoured(m, 1)
	for range 5 {
		r.run(t.Context(), 4000, 400, 1)
		checkSearch(t, "run", r)
	}
}

// Searches that each keep to clusters of their own can be put together again.
func TestSolver_partsAndJoins(t *testing.T) {
	t.Parallel()
	p := drawAgenda(2, 200, 60, false, true)
	m := newModel(&p.Problem, nil, nil)
	s := newSolver(t.Context(), m, Options{})
	s.pricer = newPricer(m)
	s.searches = []*search{newSearch(m, 1), newSearch(m, 2)}
	s.price(30)
	s.searches[0].fill(s.searches[0].movable)
	for turn := range 6 {
		before := s.searches[0].current()
		s.part(turn)
		for k, r := range s.searches {
			if !slices.Equal(r.choice, before) {
				t.Fatalf("turn %d: search %d does not begin with the choice of the first", turn, k)
			}
			r.run(t.Context(), 2000, 100, 1)
		}
		moved := [2][]int32{s.searches[0].movable, s.searches[1].movable}
		moved[0], moved[1] = slices.Clone(moved[0]), slices.Clone(moved[1])
		for _, i := range moved[0] {
			if slices.Contains(moved[1], i) {
				t.Fatalf("turn %d: both searches move item %d", turn, i)
			}
		}
		want := slices.Clone(before)
		for k, r := range s.searches {
			for _, i := range moved[k] {
				want[i] = r.choice[i]
			}
		}
		s.join()
		if !slices.Equal(s.searches[0].choice, want) {
			t.Errorf("turn %d: joined, the choices do not fit", turn)
		}
		checkSearch(t, "join", s.searches[0])
		if len(moved[0]) == 0 || len(moved[1]) == 0 {
			t.Errorf("turn %d: a search has nothing to move", turn)
		}
	}
}
