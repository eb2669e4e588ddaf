package solve

import (
	"cmp"
	"slices"
)

// A relaxation of the case at hand prices the rows of the block, and takes the best part
// of each item for itself.
type relaxation struct {
	gains []gain // by item of the block
	rent  int64
	short int64 // what the company of fixed parts may yet be worth more
	kept  []int64
	found []candidate
	items []choiceOf
}

type gain struct {
	best int64
	part int32
}

// A choiceOf is an item that is still to be decided, with its candidates, best first.
type choiceOf struct {
	from, to int32 // of found
	skip     int64 // what leaving it out loses
}

// A candidate is a part, and what it loses against the best of its item, at the prices of rows.
type candidate struct {
	part int32
	loss int64
}

// reduced is a part's profit at the prices of rows, with what company may add.
func (w *worker) reduced(p int32) int64 {
	part := &w.m.part[p]
	return w.a.profit[p] + w.m.most[p]<<pointBits - w.a.useCost[part.Uses] - w.a.markCost[part.Marks]
}

// price sets the costs of the block's lists, and the rent.
func (w *worker) price() {
	m, pr := w.m, w.a.rows
	for _, u := range w.b.useLists {
		if len(m.uses[u]) == 0 {
			continue
		}
		sum := int64(0)
		for _, use := range m.uses[u] {
			sum += pr.row[use.Row] * int64(use.Amount)
		}
		w.a.useCost[u] = sum >> (fineBits - pointBits)
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
		w.a.markCost[l] = sum >> (fineBits - pointBits)
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
		if w.a.rows.row[r] > w.a.rows.row[dearest] {
			dearest = r
		}
	}
	return dearest
}

// evaluate proves a bound at the prices of rows. Costs are rounded down, so what the
// fixed parts leave of the rent is not too little.
func (w *worker) evaluate() int64 {
	w.price()
	sum := w.worth + w.short + w.rent
	for _, p := range w.fixed {
		part := &w.m.part[p]
		sum -= w.a.useCost[part.Uses] + w.a.markCost[part.Marks]
	}
	w.gains = w.gains[:0]
	w.spent += int64(w.b.size)
	for _, parts := range w.b.parts {
		best := gain{0, -1}
		for _, p := range parts {
			if r := w.reduced(p); r > best.best && !w.out(p) {
				best = gain{r, p}
			}
		}
		sum += best.best
		w.gains = append(w.gains, best)
	}
	return sum
}

// promise bounds what the company of fixed parts may yet be worth.
func (w *worker) promise() {
	w.short = 0
	if !w.m.companies {
		return
	}
	for _, r := range w.b.rooms {
		w.promised[r] = w.s.empty[r] + w.m.slack[r]
	}
	for i, p := range w.fixed {
		r := w.m.part[p].Room
		again := slices.ContainsFunc(w.fixed[:i], func(q int32) bool { return w.m.part[q].Room == r })
		if r < 0 || again {
			continue
		}
		var more []int32
		for _, parts := range w.b.parts {
			for _, q := range parts {
				if w.m.part[q].Room == r && !w.out(q) {
					more = append(more, w.m.part[q].Seat)
				}
			}
		}
		w.promised[r] = w.m.Company.Ceiling(r, w.s.seats[r], more)
		w.short += (w.promised[r] - w.s.worth[r] - w.m.slack[r]) << pointBits
	}
}

// tune improves the prices of the block's rows by some rounds of subgradients.
func (w *worker) tune(rounds int) {
	w.bound = w.evaluate()
	if w.bound <= w.best {
		return
	}
	w.kept = w.keepPrices(w.kept[:0])
	now, last, step := w.bound, true, 1.0
	for range rounds {
		if !w.step(now-w.best, step) {
			break
		}
		now, last = w.evaluate(), false
		if now >= w.bound {
			step /= 2
			continue
		}
		w.bound, last = now, true
		w.kept = w.keepPrices(w.kept[:0])
		if w.bound <= w.best {
			return
		}
	}
	if !last {
		w.restorePrices(w.kept)
		w.evaluate()
	}
}

// step moves the prices of the block's rows against the subgradient.
func (w *worker) step(gap int64, factor float64) bool {
	m, pr, scale, g, gc := w.m, w.a.rows, w.a.scale, w.a.gRow, w.a.gCut
	w.subgradient()
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

// subgradient is what is left of each row and cut, into gRow and gCut.
func (w *worker) subgradient() {
	m, g, gc := w.m, w.a.gRow, w.a.gCut
	for _, r := range w.b.rows {
		g[r] = m.rows[r].Capacity
	}
	for _, pool := range w.b.pools {
		g[w.dearest(pool)] += m.poolLeft[pool]
	}
	for _, c := range w.b.cuts {
		gc[c] = m.cuts[c].capacity
	}
	use := func(p int32) {
		for _, use := range m.uses[m.part[p].Uses] {
			g[use.Row] -= int64(use.Amount)
		}
		for _, mark := range m.marks[m.part[p].Marks] {
			for _, c := range m.cutsOf[mark] {
				gc[c.index] -= int64(c.amount)
			}
		}
	}
	for _, p := range w.fixed {
		use(p)
	}
	for i := range w.gains {
		if p := w.gains[i].part; p >= 0 {
			use(p)
		}
	}
}

func (w *worker) keepPrices(kept []int64) []int64 {
	for _, r := range w.b.rows {
		kept = append(kept, w.a.rows.row[r])
	}
	for _, c := range w.b.cuts {
		kept = append(kept, w.a.rows.cut[c])
	}
	return kept
}

func (w *worker) restorePrices(kept []int64) {
	for i, r := range w.b.rows {
		w.a.rows.row[r] = kept[i]
	}
	for i, c := range w.b.cuts {
		w.a.rows.cut[c] = kept[len(w.b.rows)+i]
	}
}

// narrow lists the candidates that a choice better than the best one can contain.
func (w *worker) narrow() {
	w.items, w.found = w.items[:0], w.found[:0]
	budget := w.bound - w.best
	for i, parts := range w.b.parts {
		top := w.gains[i].best
		from := int32(len(w.found))
		for _, p := range parts {
			if loss := top - w.reduced(p); loss < budget && !w.out(p) {
				w.found = append(w.found, candidate{p, loss})
			}
		}
		to := int32(len(w.found))
		if to == from {
			continue
		}
		slices.SortFunc(w.found[from:to], func(a, b candidate) int {
			return cmp.Or(cmp.Compare(a.loss, b.loss), cmp.Compare(a.part, b.part))
		})
		w.items = append(w.items, choiceOf{from, to, top})
	}
	slices.SortStableFunc(w.items, func(a, b choiceOf) int { return cmp.Compare(b.skip, a.skip) })
}
