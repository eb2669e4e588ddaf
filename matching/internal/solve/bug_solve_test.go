package solve

import (
	"errors"
	"testing"
)

// Faults that comparing with trying everything has found, each in a problem as small as it gets.

// option is one of a part without a room, for what it uses and the marks that it holds.
func option(item int32, value int64, lists ...int32) Option {
	o := Option{Item: item, Value: value}
	for i := 0; i < len(lists); i += 2 {
		o.Parts = append(o.Parts, Part{Uses: lists[i], Marks: lists[i+1], Room: -1})
	}
	return o
}

// wantProven solves a problem in blocks, and wants it proven to be worth so much.
func wantProven(t *testing.T, p *puzzle, want int64) {
	t.Helper()
	if all := p.tryAll(p.barred, p.forced); all.value != want {
		t.Errorf("trying everything finds %d, want %d", all.value, want)
	}
	r, err := p.solveWith(t.Context(), 0, 0)
	if err != nil || r.Value != want || r.Bound != want || !p.holds(r.Choice) || p.worth(r.Choice) != r.Value {
		t.Errorf("%v: %+v, want %d proven", err, r, want)
	}
}

func TestBug_twoForcedOptionsOfOneItem(t *testing.T) {
	t.Parallel()
	p := &puzzle{Problem: Problem{
		Items: 1, Options: []Option{option(0, 5, 0, 0), option(0, 7, 0, 0)}, Uses: [][]Use{nil}, Marks: [][]int32{nil},
	}}
	if _, err := Solve(t.Context(), &p.Problem, Options{Forced: []int32{0, 1}}); !errors.Is(err, ErrForced) {
		t.Errorf("%v, want ErrForced", err)
	}
	p.forced = []int32{0, 0} // twice the same excludes nothing
	wantProven(t, p, 5)
}

func TestBug_startTakesWhatIsBarredOrForcedOtherwise(t *testing.T) {
	t.Parallel()
	p := &puzzle{Problem: Problem{
		Items: 2, Options: []Option{option(0, 5, 0, 0), option(0, 7, 0, 0), option(1, 9, 0, 0), option(1, 3, 0, 0)},
		Uses: [][]Use{nil}, Marks: [][]int32{nil},
	}}
	p.barred, p.forced, p.start = []bool{false, false, true, false}, []int32{0}, Choice{1, 2}
	wantProven(t, p, 8)
}

// A row that only a list without parts uses, of a pool that it draws on already.
func TestBug_poolOfAListThatNobodyUses(t *testing.T) {
	t.Parallel()
	wantProven(t, &puzzle{Problem: Problem{
		Items: 1, Options: []Option{option(0, 1, 0, 0)},
		Rows: []Row{{-2, 0, false}, {0, 0, false}}, Pools: []int64{3},
		Uses: [][]Use{{{1, 1}}, {{0, 3}}}, Marks: [][]int32{nil},
	}}, 1)
}

// A mark that excludes itself and others: where none of its rivals is held, it may be held once.
func TestBug_markOfItsOwnAndOtherRivals(t *testing.T) {
	t.Parallel()
	wantProven(t, &puzzle{Problem: Problem{
		Items: 4, Options: []Option{option(0, 5, 0, 1), option(0, 15, 0, 1), option(1, 2, 0, 0), option(2, 7, 0, 1), option(2, 19, 0, 1), option(3, 8, 0, 0)},
		Uses: [][]Use{nil}, Marks: [][]int32{{1}, {0}}, Rivals: [][]int32{{0, 1}, {0}}, MarkMost: []int32{1, 4},
	}}, 19)
}

// A list of marks in two blocks: its cut is priced in neither.
func TestBug_marksInTwoBlocks(t *testing.T) {
	t.Parallel()
	wantProven(t, &puzzle{Problem: Problem{
		Items: 5, Options: []Option{
			option(0, 4, 2, 0), option(0, 9, 0, 0), option(1, 24, 1, 0), option(1, 3, 0, 0), option(1, 22, 2, 0),
			option(2, 2, 1, 0), option(3, 6, 0, 0), option(3, 11, 2, 0), option(4, 6, 1, 0),
		},
		Rows: []Row{{-2, 0, false}}, Pools: []int64{4},
		Uses: [][]Use{nil, {{0, 3}}, {{0, 3}}}, Marks: [][]int32{{0}}, Rivals: [][]int32{{0}}, MarkMost: []int32{2},
	}}, 9)
}

// Where parts of options disagree but items do not, the steps of shares grew until they overflowed.
func TestBug_sharesRunAway(t *testing.T) {
	t.Parallel()
	p := &puzzle{Problem: Problem{
		Items: 3, Options: []Option{
			option(0, 17, 0, 0, 1, 0, 0, 0), option(0, 17, 0, 0, 1, 0, 0, 0), option(0, 0, 0, 0), option(0, 15, 2, 0),
			option(1, -2, 0, 0), option(1, 2, 0, 0), option(1, 0, 2, 0), option(1, -3, 3, 2),
			option(2, 1, 2, 0, 0, 0), option(2, 1, 2, 0, 0, 0), option(2, 9, 3, 1), option(2, 6, 3, 2), option(2, 24, 1, 0, 0, 0, 3, 1),
		},
		Rows: []Row{{2, -1, false}, {1, -1, false}},
		Uses: [][]Use{nil, {{0, 1}}, {{0, 2}}, {{1, 2}}}, Marks: [][]int32{nil, {1}, {0}}, Rivals: [][]int32{{1}, {0, 1}}, MarkMost: []int32{2, 2},
	}}
	p.barred = make([]bool, 13)
	p.barred[4], p.barred[8] = true, true
	wantProven(t, p, 19)
}

// An exploration with too few nodes for its open items decides on nothing that could be branched on.
func TestBug_nothingToBranchOn(t *testing.T) {
	t.Parallel()
	p := drawAgenda(5, 40, 3, false, false)
	m := newModel(&p.Problem, nil, nil)
	a := newMaster(m, newPricer(m))
	for _, w := range a.workers {
		w.plain = 0 // as if there were thousands of items
	}
	if total := a.round(tuneRounds, treeNodes); total <= 0 {
		t.Errorf("bound %d", total)
	}
}
