package solve

import "slices"

// A worker solves blocks, one at a time: what their parts earn at the prices of items
// is to be as much as possible. It branches on marks that exclude each other and on single parts, with rows
// priced anew for each case, down to cases that a plain search settles.
type worker struct {
	m *model
	a *master
	s *state

	b     *block
	bound int64   // proven of the case at hand, in fixed point
	best  int64   // reached, by sol, or not worth beating
	sol   []int32 // parts
	nodes int     // so many are left
	plain int     // nodes of a plain search
	spent int64

	// The case at hand.

	fixed  []int32 // parts that are taken
	worth  int64   // of those, with company
	taken  []bool  // by item
	banned []bool  // by part
	pins   int     // how often marks were pinned

	relaxation
	exploration
	tally
	tree clusterTree
}

func newWorker(m *model, a *master) *worker {
	w := &worker{m: m, a: a, s: newState(m), plain: plainNodes, taken: make([]bool, m.Items), banned: make([]bool, len(m.part))}
	w.hopes, w.stamp = make([]hope, len(m.rows)), 1
	w.held = make([]int32, len(m.rivals))
	if m.companies {
		w.promised = make([]int64, m.Rooms)
	}
	return w
}

// solve finds the best choice of a block that is worth more than floor, as far as so many
// nodes lead, and a bound of it, which is equal where it was proven, and no less than floor.
func (w *worker) solve(n int32, rounds, nodes int, floor int64) {
	w.b, w.nodes = &w.m.blocks[n], nodes
	w.sol = w.sol[:0]
	for _, p := range w.a.alone[n] {
		if !w.out(p) {
			w.sol = append(w.sol, p)
		}
	}
	w.best = w.worthOf(w.sol)
	if w.best < 0 {
		w.sol, w.best = w.sol[:0], 0
	}
	w.best = max(w.best, floor)
	w.bound = w.solveCase(0, rounds)
	w.spent += int64(nodes - w.nodes)
}

const (
	mostCases  = 40  // how deep cases nest
	plainNodes = 300 // of a plain search, before cases are told apart
	caseNodes  = 10  // what a case counts for in nodes
)

// solveCase solves the block as far as it is not decided, and returns a bound of that.
func (w *worker) solveCase(depth, rounds int) int64 {
	w.promise()
	if w.tune(rounds); w.bound <= w.best {
		return w.best
	}
	w.narrow()
	if w.greedy(); w.bound <= w.best {
		return w.best
	}
	w.nodes -= caseNodes
	bound := w.bound
	if depth < mostCases && w.nodes > 0 {
		if mark := w.contested(); mark >= 0 {
			return min(bound, w.either(
				func() int64 { return w.pinned([]int32{mark}, depth, rounds) },
				func() int64 { return w.pinned(w.m.others(mark), depth, rounds) }))
		}
	}
	w.narrow()
	if w.explore(min(w.plain, w.nodes)) {
		return w.best
	}
	p := w.pivot()
	if depth >= mostCases || w.nodes <= 0 || p < 0 {
		return max(bound, w.best)
	}
	return min(max(bound, w.best), w.either(
		func() int64 { return w.with(p, depth, rounds) },
		func() int64 { return w.without(p, depth, rounds) }))
}

// others are the rivals of a mark but for itself: where they have no holders, it may yet have one.
func (m *model) others(mark int32) []int32 {
	return slices.DeleteFunc(slices.Clone(m.rivals[mark]), func(rival int32) bool { return rival == mark })
}

// either solves two cases from the same prices.
func (w *worker) either(one, two func() int64) int64 {
	prices := w.keepPrices(nil)
	bound := one()
	w.restorePrices(prices)
	bound = max(bound, two())
	w.restorePrices(prices)
	return bound
}

// pinned is the case that some marks have no holders.
func (w *worker) pinned(marks []int32, depth, rounds int) int64 {
	w.pin(marks, 1)
	bound := w.solveCase(depth+1, rounds)
	w.pin(marks, -1)
	return bound
}

func (w *worker) pin(marks []int32, sign int32) {
	for _, mark := range marks {
		w.s.blocked[mark] += sign
	}
	w.pins += int(sign)
}

// with is the case that a part is taken.
func (w *worker) with(p int32, depth, rounds int) int64 {
	w.fix(p)
	bound := w.solveCase(depth+1, rounds)
	w.unfix(p)
	return bound
}

func (w *worker) fix(p int32) {
	w.s.take(p, 1)
	w.worth += w.profit(p) + w.s.enter(p)<<pointBits
	w.fixed = append(w.fixed, p)
	w.taken[w.m.itemOf(p)] = true
}

func (w *worker) unfix(p int32) {
	w.taken[w.m.itemOf(p)] = false
	w.fixed = w.fixed[:len(w.fixed)-1]
	w.worth -= w.profit(p) - w.s.leave(p)<<pointBits
	w.s.take(p, -1)
}

// without is the case that a part is not taken.
func (w *worker) without(p int32, depth, rounds int) int64 {
	w.banned[p] = true
	bound := w.solveCase(depth+1, rounds)
	w.banned[p] = false
	return bound
}

// out tells whether a part is not to be taken in the case at hand.
func (w *worker) out(p int32) bool {
	if w.a.barred[w.m.option[p]] || w.banned[p] || w.taken[w.m.itemOf(p)] {
		return true
	}
	return (w.pins > 0 || len(w.fixed) > 0) && !w.s.fits(p)
}

// profit is what a part earns, in fixed point, without company.
func (w *worker) profit(p int32) int64 { return w.a.profit[p] }

// worthOf is what parts of the block, of which none is out, earn together, with company.
func (w *worker) worthOf(parts []int32) int64 {
	worth := int64(0)
	for _, p := range parts {
		if w.out(p) {
			worth = -1 << 50
		}
		worth += w.profit(p) + w.s.enter(p)<<pointBits
	}
	for _, p := range slices.Backward(parts) {
		w.s.leave(p)
	}
	return worth
}

// probe tells whether the block is surely worth no more than most if it takes a part.
func (w *worker) probe(p int32, most int64, rounds, nodes int) bool {
	w.nodes, w.sol, w.best = nodes, w.sol[:0], most
	if w.out(p) {
		return true
	}
	bound := w.with(p, 0, rounds)
	w.spent += int64(nodes - w.nodes)
	return bound <= most
}

func (m *model) itemOf(p int32) int32 { return m.Options[m.option[p]].Item }

// A tally counts the holders of marks.
type tally struct{ held, touched []int32 }

func (t *tally) add(marks []int32) {
	for _, mark := range marks {
		if t.held[mark] == 0 {
			t.touched = append(t.touched, mark)
		}
		t.held[mark]++
	}
}

// contested is the mark that most of what would be taken holds while as many hold rivals
// of it; -1 if there is none.
func (w *worker) contested() int32 {
	for i := range w.gains {
		if p := w.gains[i].part; p >= 0 {
			w.add(w.m.marks[w.m.part[p].Marks])
		}
	}
	return w.most(w.m, false)
}

// most is the mark with most holders against most holders of rivals, or -1; self tells whether
// a mark may be its own rival. It empties the tally.
func (t *tally) most(m *model, self bool) int32 {
	which, most := int32(-1), int32(0)
	for _, mark := range t.touched {
		against := int32(0)
		for _, rival := range m.rivals[mark] {
			if rival != mark {
				against += t.held[rival]
			} else if self {
				against += t.held[mark] - 1
			}
		}
		n := min(against, t.held[mark])*16 + min(15, max(against, t.held[mark]))
		if against > 0 && (n > most || n == most && mark < which) {
			which, most = mark, n
		}
	}
	for _, mark := range t.touched {
		t.held[mark] = 0
	}
	t.touched = t.touched[:0]
	return which
}
