package solve

import "slices"

// A clusterTree solves the blocks of a cluster together. Each is solved for itself
// first; while what they take holds marks that exclude each other, either the one mark has no holders
// in the whole cluster or its rivals have none. Only blocks that this concerns are solved again.
type clusterTree struct {
	blocks        []int32
	bounds        []int64 // by block of the cluster, under what is pinned
	sols          [][]int32
	best          int64
	bestSols      [][]int32
	pinned        [][]int32
	left          int // nodes
	rounds, limit int
}

// solveCluster solves all blocks of a cluster whose profits have changed, and then them together.
func (w *worker) solveCluster(n int32, rounds, limit int) {
	a, blocks := w.a, w.m.clusters[n]
	before := w.spent
	defer func() { a.cost[n] = w.spent - before }()
	for _, b := range blocks {
		if !a.dirty[b] {
			continue
		}
		w.solve(b, rounds, limit, 0)
		a.bound[b] = w.bound
		a.alone[b] = append(a.alone[b][:0], w.sol...)
		a.dirty[b] = false
	}
	if len(blocks) == 1 {
		a.of[n] = a.bound[blocks[0]]
		a.sol[blocks[0]] = append(a.sol[blocks[0]][:0], a.alone[blocks[0]]...)
		return
	}
	c := &w.tree
	c.blocks, c.left, c.rounds, c.limit = blocks, a.pinned, rounds, limit
	c.bounds, c.sols = c.bounds[:0], c.sols[:0]
	c.pinned = make([][]int32, len(blocks))
	c.best = 0
	c.bestSols = make([][]int32, len(blocks))
	for i, b := range blocks {
		c.bounds, c.sols = append(c.bounds, a.bound[b]), append(c.sols, a.alone[b])
		c.bestSols[i] = append([]int32(nil), a.sol[b]...)
		w.b = &w.m.blocks[b]
		c.best += w.worthOf(a.sol[b])
	}
	if c.best < 0 {
		c.best = 0
		clear(c.bestSols)
	}
	a.of[n] = max(w.together(), c.best)
	for i, b := range blocks {
		a.sol[b] = append(a.sol[b][:0], c.bestSols[i]...)
	}
}

func (c *clusterTree) sum() (sum int64) {
	for _, bound := range c.bounds {
		sum += bound
	}
	return sum
}

// together returns a bound of the cluster under what is pinned, and keeps the best.
func (w *worker) together() int64 {
	c := &w.tree
	sum := c.sum()
	if sum <= c.best {
		return sum
	}
	mark := w.rivalry()
	if mark < 0 {
		worth := int64(0)
		for i, b := range c.blocks {
			w.b = &w.m.blocks[b]
			worth += w.worthOf(c.sols[i])
		}
		if worth > c.best {
			c.best = worth
			copy(c.bestSols, c.sols)
		}
		return sum
	}
	if c.left--; c.left < 0 {
		return sum
	}
	if slices.Contains(w.m.rivals[mark], mark) {
		first := slices.IndexFunc(c.sols, func(sol []int32) bool { return w.holdsAny(sol, []int32{mark}) })
		return max(w.unheld([]int32{mark}, func(i int) bool { return i == first }), w.unheld([]int32{mark}, func(i int) bool { return i != first }))
	}
	everywhere := func(int) bool { return true }
	return max(w.unheld([]int32{mark}, everywhere), w.unheld(w.m.rivals[mark], everywhere))
}

// unheld is together where some marks have no holders in some blocks.
func (w *worker) unheld(marks []int32, in func(i int) bool) int64 {
	c := &w.tree
	type kept struct {
		i     int
		bound int64
		sol   []int32
	}
	var before []kept
	for i, b := range c.blocks {
		if !in(i) {
			continue
		}
		c.pinned[i] = append(c.pinned[i], marks...)
		if !w.holdsAny(c.sols[i], marks) || c.sum() <= c.best {
			continue
		}
		before = append(before, kept{i, c.bounds[i], c.sols[i]})
		w.b = &w.m.blocks[b]
		w.pin(c.pinned[i], 1)
		prices := w.keepPrices(nil)
		w.solve(b, c.rounds, c.limit, max(0, c.best-(c.sum()-c.bounds[i])))
		w.restorePrices(prices)
		w.pin(c.pinned[i], -1)
		c.bounds[i], c.sols[i] = min(w.bound, c.bounds[i]), append([]int32(nil), w.sol...)
	}
	bound := w.together()
	for _, k := range before {
		c.bounds[k.i], c.sols[k.i] = k.bound, k.sol
	}
	for i := range c.blocks {
		if in(i) {
			c.pinned[i] = c.pinned[i][:len(c.pinned[i])-len(marks)]
		}
	}
	return bound
}

func (w *worker) holdsAny(parts, marks []int32) bool {
	return slices.ContainsFunc(parts, func(p int32) bool {
		return slices.ContainsFunc(w.m.marks[w.m.part[p].Marks], func(mark int32) bool { return slices.Contains(marks, mark) })
	})
}

// rivalry is the mark that most hold in what the blocks take while as many hold rivals of it.
func (w *worker) rivalry() int32 {
	for _, sol := range w.tree.sols {
		for _, p := range sol {
			w.add(w.m.marks[w.m.part[p].Marks])
		}
	}
	return w.most(w.m, true)
}
