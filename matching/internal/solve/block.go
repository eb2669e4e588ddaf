package solve

import (
	"cmp"
	"slices"
)

// A worker solves blocks, one at a time. Profits are what parts earn at the prices of items.
type worker struct {
	m    *model
	s    *state
	plan *master

	// Of the block at hand.

	probing       bool
	excluded      int32
	tried         int32
	slack         int64 // what the company of the part that is tried falls short of its bound
	pins, ceiling int
	total         int64
	c             clusterTree
	held, touched []int32
	kept          []int64

	b            *block
	rent         int64
	bound        int64 // proven, in fixed point
	best         int64 // reached by sol
	sol          []int32
	items        []choiceOf
	found        []candidate
	nodes        int
	limit        int
	taken        []int32
	g            map[int32]int64
	gains        []gain
	frames       []frame
	hopes        []hope // by row
	stamp, first int64
}

// A hope is how much of a row open items may use.
type hope struct{ item, most, sum int64 }

// A choiceOf is an item that is still to be decided, with its candidates, best first.
type choiceOf struct {
	from, to int32 // of found
	skip     int64 // what leaving it out loses
}

type candidate struct {
	part   int32
	profit int64 // without company
	loss   int64 // against the best for its item, at the prices of rows
}

type gain struct {
	best int64
	part int32
}

type frame struct{ open []int32 }

func newWorker(m *model, plan *master) *worker {
	return &worker{m: m, s: newState(m), plan: plan, g: map[int32]int64{}, hopes: make([]hope, len(m.rows)), first: 1}
}

// solve finds the best choice of a block that is worth more than floor, or the best within so
// many nodes, and a bound of it, which is equal where it was proven, and no less than floor.
func (w *worker) solve(n int32, rounds, limit int, floor int64) {
	w.b, w.limit, w.nodes = &w.m.blocks[n], limit, 0
	w.sol = w.sol[:0]
	for _, p := range w.plan.alone[n] {
		if !w.out(p) {
			w.sol = append(w.sol, p)
		}
	}
	w.best = w.worthOf(w.sol)
	if w.best < 0 {
		w.sol, w.best = w.sol[:0], 0
	}
	w.best = max(w.best, floor)
	w.bound = w.cases(0, rounds)
	w.total += int64(w.nodes)
}

// mostCases bounds how deep cases are told apart.
const mostCases = 10

// cases solves the block under what is pinned, and returns a bound of that. Where marks of what would be
// taken exclude each other, either the one has no holders or its rivals have none: each case is
// priced for itself, which no price of rows could do.
func (w *worker) cases(depth, rounds int) int64 {
	w.tune(rounds)
	if w.bound <= w.best {
		return w.best
	}
	w.narrow()
	if w.greedy(); w.bound <= w.best {
		return w.best
	}
	if mark := w.contested(); mark >= 0 && depth < mostCases {
		kept := w.keepPrices(nil)
		bound := w.pinned([]int32{mark}, depth, rounds)
		w.restorePrices(kept)
		bound = max(bound, w.pinned(w.m.rivals[mark], depth, rounds))
		w.restorePrices(kept)
		return bound
	}
	for k := 0; k < Extra && len(w.found) > 30; k++ {
		before := w.bound - w.best
		w.tune(10)
		if w.bound <= w.best {
			return w.best
		}
		w.narrow()
		if mark := w.contested(); mark >= 0 && depth < mostCases {
			return w.cases(depth, 0)
		}
		if (before-(w.bound-w.best))*10 < before {
			break
		}
	}
	w.narrow()
	w.taken = w.taken[:0]
	from := w.nodes
	w.ceiling = from + w.limit
	b0 := w.best
	w.open(0, 0, 0)
	if Trace != nil && w.nodes-from > 500 && DFS {
		Trace("dfs block items %d found %d (%d) rows %d gap %d of %d end %d nodes %d depth %d pins %d probing %v most %d", len(w.b.items), len(w.items), len(w.found), len(w.b.rows), (w.bound-b0)/point, b0/point, (w.bound-w.best)/point, w.nodes-from, depth, w.pins, w.probing, len(w.sol))
	}
	if w.nodes <= w.ceiling {
		return w.best
	}
	w.nodes = w.ceiling
	return max(w.bound, w.best)
}

// pinned solves the case that some marks have no holders.
func (w *worker) pinned(marks []int32, depth, rounds int) int64 {
	for _, mark := range marks {
		w.s.blocked[mark]++
	}
	w.pins++
	bound := w.cases(depth+1, rounds)
	w.pins--
	for _, mark := range marks {
		w.s.blocked[mark]--
	}
	return bound
}

// contested is the mark that most of what would be taken holds while as many hold rivals
// of it; -1 if there is none.
func (w *worker) contested() int32 {
	w.hold()
	for i := range w.gains {
		if p := w.gains[i].part; p >= 0 {
			w.holdMarks(p)
		}
	}
	return w.mostContested(false)
}

func (w *worker) hold() {
	if w.held == nil {
		w.held = make([]int32, len(w.m.rivals))
	}
	w.touched = w.touched[:0]
}

func (w *worker) holdMarks(p int32) {
	for _, mark := range w.m.marks[w.m.part[p].Marks] {
		if w.held[mark] == 0 {
			w.touched = append(w.touched, mark)
		}
		w.held[mark]++
	}
}

func (w *worker) mostContested(self bool) int32 {
	which, most := int32(-1), int32(0)
	for _, mark := range w.touched {
		against := int32(0)
		for _, rival := range w.m.rivals[mark] {
			if rival != mark {
				against += w.held[rival]
			} else if self {
				against += w.held[mark] - 1
			}
		}
		if n := min(against, w.held[mark])*16 + min(15, max(against, w.held[mark])); against > 0 && (n > most || n == most && mark < which) {
			which, most = mark, n
		}
	}
	for _, mark := range w.touched {
		w.held[mark] = 0
	}
	return which
}

func (w *worker) keepPrices(kept []int64) []int64 {
	for _, r := range w.b.rows {
		kept = append(kept, w.plan.rows.row[r])
	}
	for _, c := range w.b.cuts {
		kept = append(kept, w.plan.rows.cut[c])
	}
	return kept
}

func (w *worker) restorePrices(kept []int64) {
	for i, r := range w.b.rows {
		w.plan.rows.row[r] = kept[i]
	}
	for i, c := range w.b.cuts {
		w.plan.rows.cut[c] = kept[len(w.b.rows)+i]
	}
}

// out tells whether a part is not to be taken: it is barred, or pins exclude it.
func (w *worker) out(p int32) bool {
	if w.plan.barred[w.m.option[p]] {
		return true
	}
	if w.probing {
		return w.m.Options[w.m.option[p]].Item == w.excluded || !w.s.fits(p)
	}
	if w.pins == 0 {
		return false
	}
	for _, mark := range w.m.marks[w.m.part[p].Marks] {
		if w.s.blocked[mark] != 0 {
			return true
		}
	}
	return false
}

// profit is what a part earns, in fixed point, without company.
func (w *worker) profit(p int32) int64 { return w.plan.profit[p] }

// reduced is a part's profit at the prices of rows, with what company may add.
func (w *worker) reduced(p int32) int64 {
	part := &w.m.part[p]
	return w.plan.profit[p] + w.m.most[p]<<pointBits - w.plan.useCost[part.Uses] - w.plan.markCost[part.Marks]
}

// worthOf is what parts of the block earn together, with company.
func (w *worker) worthOf(parts []int32) int64 {
	worth := int64(0)
	for _, p := range parts {
		if w.out(p) {
			worth = -1 << 50
		}
		worth += w.profit(p) + w.s.enter(p)<<pointBits
	}
	for i := len(parts) - 1; i >= 0; i-- {
		w.s.leave(parts[i])
	}
	return worth
}

// price sets the costs of the block's lists.
func (w *worker) price() {
	m, pr := w.m, w.plan.rows
	for _, u := range w.b.useLists {
		if len(m.uses[u]) == 0 {
			continue
		}
		sum := int64(0)
		for _, use := range m.uses[u] {
			sum += pr.row[use.Row] * int64(use.Amount)
		}
		w.plan.useCost[u] = sum >> (fineBits - pointBits)
	}
	for _, l := range w.b.markLists {
		if len(m.marks[l]) == 0 {
			continue
		}
		sum := int64(0)
		for _, mark := range m.marks[l] {
			for _, c := range m.cutsOf[mark] {
				sum += pr.cut[c.index] * int64(c.amount)
			}
		}
		w.plan.markCost[l] = sum >> (fineBits - pointBits)
	}
	sum := int64(0)
	for _, r := range w.b.rows {
		sum += pr.row[r] * m.rows[r].Capacity
	}
	for _, pool := range w.b.pools {
		sum += pr.row[w.dearest(pool)] * m.poolLeft[pool]
	}
	for _, c := range w.b.cuts {
		sum += pr.cut[c] * m.cuts[c].capacity
	}
	w.rent = -(-sum >> (fineBits - pointBits))
}

func (w *worker) dearest(pool int32) int32 {
	rows := w.m.poolRows[pool]
	dearest := rows[0]
	for _, r := range rows {
		if w.plan.rows.row[r] > w.plan.rows.row[dearest] {
			dearest = r
		}
	}
	return dearest
}

// evaluate proves a bound at the prices of rows.
func (w *worker) evaluate() int64 {
	w.price()
	sum := w.rent
	if w.probing {
		part := &w.m.part[w.tried]
		// Costs are rounded down, so this is no less than what is left costs.
		sum += w.slack - w.plan.useCost[part.Uses] - w.plan.markCost[part.Marks]
	}
	w.gains = w.gains[:0]
	for _, parts := range w.b.parts {
		best := gain{0, -1}
		for _, p := range parts {
			if w.out(p) {
				continue
			}
			if r := w.reduced(p); r > best.best {
				best = gain{r, p}
			}
		}
		sum += best.best
		w.gains = append(w.gains, best)
	}
	return sum
}

// tune improves the prices of the block's rows by some rounds of subgradients.
func (w *worker) tune(rounds int) {
	w.bound = w.evaluate()
	if w.bound <= w.best {
		return
	}
	w.kept = w.keepPrices(w.kept[:0])
	now, last := w.bound, true
	step := w.plan.tuneStep
	for range rounds {
		if !w.step(now-w.best, step) {
			break
		}
		now, last = w.evaluate(), false
		if now < w.bound {
			w.bound, last = now, true
			w.kept = w.keepPrices(w.kept[:0])
			if w.bound <= w.best {
				return
			}
		} else {
			step /= 2
		}
	}
	if !last {
		w.restorePrices(w.kept)
		w.evaluate()
	}
}

// step moves the prices of the block's rows against the subgradient.
func (w *worker) step(gap int64, factor float64) bool {
	m, pr, scale := w.m, w.plan.rows, w.plan.scale
	g, gc := w.plan.gRow, w.plan.gCut
	for _, r := range w.b.rows {
		g[r] = m.rows[r].Capacity
	}
	for _, pool := range w.b.pools {
		g[w.dearest(pool)] += m.poolLeft[pool]
	}
	for _, c := range w.b.cuts {
		gc[c] = m.cuts[c].capacity
	}
	for i := range w.gains {
		p := w.gains[i].part
		if p < 0 {
			continue
		}
		for _, use := range m.uses[m.part[p].Uses] {
			g[use.Row] -= int64(use.Amount)
		}
		for _, mark := range m.marks[m.part[p].Marks] {
			for _, c := range m.cutsOf[mark] {
				gc[c.index] -= int64(c.amount)
			}
		}
	}
	norm := 0.0
	for _, r := range w.b.rows {
		if g[r] < 0 || pr.row[r] > 0 {
			d := float64(g[r]) / scale[r]
			norm += float64(d * d)
		}
	}
	for _, c := range w.b.cuts {
		if gc[c] < 0 || pr.cut[c] > 0 {
			d := float64(gc[c]) / float64(m.cuts[c].capacity)
			norm += float64(d * d)
		}
	}
	if norm == 0 {
		return false
	}
	length := float64(factor*float64(gap)) / norm * float64(int64(1)<<(fineBits-pointBits))
	for _, r := range w.b.rows {
		pr.row[r] = max(0, pr.row[r]-int64(float64(length*float64(g[r]))/float64(scale[r]*scale[r])))
	}
	for _, c := range w.b.cuts {
		s := float64(m.cuts[c].capacity)
		pr.cut[c] = max(0, pr.cut[c]-int64(float64(length*float64(gc[c]))/float64(s*s)))
	}
	return true
}

// narrow lists the candidates that a choice better than the best one can contain.
func (w *worker) narrow() {
	w.items, w.found = w.items[:0], w.found[:0]
	budget := w.bound - w.best
	for i, parts := range w.b.parts {
		top := w.gains[i].best
		from := int32(len(w.found))
		for _, p := range parts {
			if w.out(p) {
				continue
			}
			if loss := top - w.reduced(p); loss < budget {
				w.found = append(w.found, candidate{p, w.profit(p), loss})
			}
		}
		if to := int32(len(w.found)); to > from {
			slices.SortFunc(w.found[from:to], func(a, b candidate) int {
				return cmp.Or(cmp.Compare(a.loss, b.loss), cmp.Compare(a.part, b.part))
			})
			w.items = append(w.items, choiceOf{from, to, top})
		}
	}
	slices.SortStableFunc(w.items, func(a, b choiceOf) int { return cmp.Compare(b.skip, a.skip) })
}

// greedy adds to what is taken already what fits, by what would be lost otherwise.
func (w *worker) greedy() {
	w.taken = w.taken[:0]
	worth := int64(0)
	take := func(p int32) bool {
		more := w.profit(p) + w.s.enter(p)<<pointBits
		if more <= 0 {
			w.s.leave(p)
			return false
		}
		w.s.take(p, 1)
		w.taken = append(w.taken, p)
		worth += more
		return true
	}
	for _, p := range w.sol {
		if !w.out(p) && w.s.fits(p) {
			take(p)
		}
	}
	for i := range w.items {
		list := w.found[w.items[i].from:w.items[i].to]
		if w.hasAny(list) {
			continue
		}
		for _, c := range list {
			if c.profit+w.m.most[c.part]<<pointBits > 0 && w.s.fits(c.part) && take(c.part) {
				break
			}
		}
	}
	for _, p := range w.taken {
		w.s.take(p, -1)
		w.s.leave(p)
	}
	if worth > w.best {
		w.best = worth
		w.sol = append(w.sol[:0], w.taken...)
	}
}

// hasAny tells whether the item of candidates is taken.
func (w *worker) hasAny(list []candidate) bool {
	item := w.m.Options[w.m.option[list[0].part]].Item
	return slices.ContainsFunc(w.taken, func(p int32) bool { return w.m.Options[w.m.option[p]].Item == item })
}

// open searches what the items from the depth-th decision on can add. loss is what was given
// up so far against the bound; worth is what was earned.
func (w *worker) open(depth int, loss, worth int64) {
	if w.nodes++; w.nodes > w.ceiling {
		return
	}
	if worth > w.best {
		w.best = worth
		w.sol = append(w.sol[:0], w.taken...)
	}
	// Which items are left, what does each lose at least, and which one has most to lose?
	if depth == len(w.frames) {
		w.frames = append(w.frames, frame{})
	}
	f := &w.frames[depth]
	f.open = f.open[:0]
	if depth == 0 {
		for i := range w.items {
			f.open = append(f.open, int32(i))
		}
	} else {
		f.open = append(f.open, w.frames[depth-1].open...)
	}
	budget := w.bound - w.best - loss
	which, most := -1, int64(-1)
	sure := int64(0)
	kept := f.open[:0]
	for _, i := range f.open {
		it := &w.items[i]
		first, second := it.skip, it.skip
		for _, c := range w.found[it.from:it.to] {
			if c.loss >= second {
				break
			}
			if w.s.fits(c.part) {
				if c.loss < first {
					first, second = c.loss, first
				} else {
					second = c.loss
				}
				if second <= c.loss {
					break
				}
			}
		}
		sure += first
		if sure >= budget {
			return
		}
		if first == it.skip && !w.mayHelp(it) {
			loss += it.skip // it is left out for good
			sure -= first
			budget -= first
			continue
		}
		if second-first > most {
			most, which = second-first, len(kept)
		}
		kept = append(kept, i)
	}
	f.open = kept
	if which < 0 {
		return
	}
	if sure+w.waste(f.open) >= budget {
		return
	}
	i := f.open[which]
	f.open = slices.Delete(f.open, which, which+1)
	it := w.items[i]
	sure -= w.firstLoss(&it)
	skipped := false
	for _, c := range w.found[it.from:it.to] {
		if !skipped && c.loss > it.skip {
			skipped = true
			if loss+sure+it.skip < w.bound-w.best {
				w.open(depth+1, loss+it.skip, worth)
			}
		}
		if loss+sure+c.loss >= w.bound-w.best {
			break
		}
		if !w.s.fits(c.part) {
			continue
		}
		w.s.take(c.part, 1)
		more := c.profit + w.s.enter(c.part)<<pointBits
		w.taken = append(w.taken, c.part)
		w.open(depth+1, loss+c.loss+w.companyLoss(c.part, f.open), worth+more)
		w.taken = w.taken[:len(w.taken)-1]
		w.s.leave(c.part)
		w.s.take(c.part, -1)
	}
	if !skipped && loss+sure+it.skip < w.bound-w.best {
		w.open(depth+1, loss+it.skip, worth)
	}
}

// waste is what the capacity is worth that the open items can not use any more.
func (w *worker) waste(open []int32) int64 {
	m := w.m
	for _, i := range open {
		it := &w.items[i]
		w.stamp++
		for _, c := range w.found[it.from:it.to] {
			if !w.s.fits(c.part) {
				continue
			}
			for _, use := range m.uses[m.part[c.part].Uses] {
				h := &w.hopes[use.Row]
				if h.item != w.stamp {
					if h.item < w.first {
						h.sum = 0
					}
					h.item, h.most = w.stamp, 0
				}
				if more := int64(use.Amount) - h.most; more > 0 {
					h.sum += more
					h.most += more
				}
			}
		}
	}
	sum := int64(0)
	for _, r := range w.b.rows {
		price := w.plan.rows.row[r]
		if price == 0 || m.rows[r].Pool >= 0 {
			continue
		}
		left := m.rows[r].Capacity - w.s.used[r]
		if h := &w.hopes[r]; h.item >= w.first {
			left -= h.sum
		}
		if left > 0 {
			sum += price * left
		}
	}
	w.first = w.stamp + 1
	return sum >> (fineBits - pointBits)
}

// mayHelp tells whether an item still has a candidate that fits.
func (w *worker) mayHelp(it *choiceOf) bool {
	for _, c := range w.found[it.from:it.to] {
		if w.s.fits(c.part) {
			return true
		}
	}
	return false
}

func (w *worker) firstLoss(it *choiceOf) int64 {
	for _, c := range w.found[it.from:it.to] {
		if c.loss >= it.skip {
			break
		}
		if w.s.fits(c.part) {
			return c.loss
		}
	}
	return it.skip
}

// companyLoss is what the company of a part's room is surely worth less than was hoped for,
// beyond what was so before the part came.
func (w *worker) companyLoss(p int32, open []int32) int64 {
	return 0
}

var Extra = 0

// probe tells whether the block is surely worth no more than most if it takes a part.
func (w *worker) probe(p int32, most int64, rounds, limit int) bool {
	profit := w.profit(p)
	w.s.take(p, 1)
	company := w.s.enter(p)
	profit += company << pointBits
	w.slack = (w.m.most[p] - company) << pointBits
	w.probing, w.tried, w.excluded = true, p, w.m.Options[w.m.option[p]].Item
	w.nodes, w.limit = 0, limit
	w.sol, w.best = w.sol[:0], max(most-profit, 0)
	bound := w.cases(0, rounds)
	w.probing = false
	w.s.leave(p)
	w.s.take(p, -1)
	w.total += int64(w.nodes)
	return bound+profit <= most
}

var DFS bool
