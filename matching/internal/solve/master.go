package solve

import (
	"slices"
	"sync"
	"sync/atomic"
)

// A master prices the items: blocks then compete for nothing, and each is solved
// exactly. The sum of what they earn and of all prices is a bound, better than that of
// prices for rows by as much as blocks are hard (Dantzig and Wolfe).
type master struct {
	m      *model
	item   []int64 // prices, in fixed point
	global []int64 // prices of global rows, by row, fine
	share  []int64 // by part of an option of several: what it earns of it, at no prices
	rows   prices
	barred []bool

	profit            []int64 // by part
	useCost, markCost []int64
	scale             []float64
	gRow, gCut        []int64
	tuneStep          float64

	sol    [][]int32 // by block: what is taken
	alone  [][]int32 // by block: what would be if it were the only one
	of     []int64   // by cluster: its bound
	bound  []int64
	dirty  []bool
	count  []int32   // by item: how many blocks take it
	drift  []float64 // by item: the last direction, fading
	smooth float64
	often  []float32 // by part: how often it is taken, of late
	log    []int32   // options that were barred

	workers []*worker
	total   int64
	nodes   int64
}

func newMaster(m *model, p *pricer) *master {
	a := &master{
		m: m, item: make([]int64, m.Items), global: make([]int64, len(m.rows)), share: make([]int64, len(m.part)),
		rows: p.best.clone(), barred: slices.Clone(p.barred), profit: make([]int64, len(m.part)),
		useCost: make([]int64, len(m.uses)), markCost: make([]int64, len(m.marks)),
		scale: p.scaleRow, gRow: make([]int64, len(m.rows)), gCut: make([]int64, len(m.cuts)), tuneStep: 1,
		sol: make([][]int32, len(m.blocks)), alone: make([][]int32, len(m.blocks)), of: make([]int64, len(m.clusters)), bound: make([]int64, len(m.blocks)), dirty: make([]bool, len(m.blocks)),
		count: make([]int32, m.Items), drift: make([]float64, m.Items), often: make([]float32, len(m.part)),
	}
	for i := range a.dirty {
		a.dirty[i] = true
	}
	copy(p.now.row, p.best.row)
	copy(p.now.cut, p.best.cut)
	m.costs(p.best, p.useCost, p.markCost)
	for i := range m.Items {
		if !m.spread[i] {
			continue
		}
		for o := m.first[i]; o < m.first[i+1]; o++ {
			if !a.barred[o] {
				a.item[i] = max(a.item[i], p.gainOf(o))
			}
		}
	}
	for _, r := range m.globals {
		a.global[r] = p.best.row[r]
	}
	for range 2 {
		a.workers = append(a.workers, newWorker(m, a))
	}
	for i := range m.cuts {
		if m.cuts[i].block < 0 {
			a.rows.cut[i] = 0 // clusters see to it
		}
	}
	a.earn()
	return a
}

// earn sets the profits of all parts at the prices.
func (a *master) earn() {
	m := a.m
	for o := range m.Options {
		parts := int64(m.at[o+1] - m.at[o])
		worth := m.Options[o].Value<<pointBits - a.item[m.Options[o].Item]
		for p := m.at[o]; p < m.at[o+1]; p++ {
			for _, use := range m.global[m.part[p].Uses] {
				worth -= a.global[use.Row] * int64(use.Amount) >> (fineBits - pointBits)
			}
		}
		for p := m.at[o]; p < m.at[o+1]; p++ {
			part := worth / parts
			if p == m.at[o] {
				part = worth - part*(parts-1)
			}
			a.profit[p] = part + a.share[p]
		}
	}
}

// round solves the clusters whose profits have changed and adds up the bound.
func (a *master) round(rounds, limit int) int64 {
	var jobs []int32
	for n, cluster := range a.m.clusters {
		for _, b := range cluster {
			if a.dirty[b] {
				jobs = append(jobs, int32(n))
				break
			}
		}
	}
	var wg sync.WaitGroup
	var next atomic.Int64
	for _, w := range a.workers {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(jobs)); i = next.Add(1) - 1 {
				w.solveCluster(jobs[i], rounds, limit)
			}
		})
	}
	wg.Wait()
	for _, w := range a.workers {
		a.nodes += w.spent
		w.spent = 0
	}
	a.total = 0
	for _, z := range a.of {
		a.total += z
	}
	for i := range a.item {
		a.total += a.item[i]
	}
	for _, r := range a.m.globals {
		a.total -= -a.global[r] * a.m.rows[r].Capacity >> (fineBits - pointBits)
	}
	for _, slack := range a.m.slack {
		a.total += slack << pointBits
	}
	return a.total
}

// move steps against the subgradient. lower is a value known to be reached, in fixed point.
func (a *master) move(step float64, lower int64) {
	m := a.m
	clear(a.count)
	for _, sol := range a.sol {
		for _, p := range sol {
			a.count[m.Options[m.option[p]].Item]++
		}
	}
	norm := 0.0
	for i := range a.item {
		if !m.spread[i] {
			continue
		}
		g := float64(1 - a.count[i])
		if g > 0 && a.item[i] == 0 {
			g = 0
		}
		a.drift[i] = g + float64(a.smooth*a.drift[i])
		norm += float64(a.drift[i] * a.drift[i])
	}
	if norm == 0 {
		return
	}
	a.seen()
	length := float64(step*float64(max(a.total-lower, point))) / norm
	for i := range a.item {
		if d := a.drift[i]; d > 1e-3 || d < -1e-3 {
			a.set(int32(i), max(0, a.item[i]-int64(float64(length*d))))
		}
	}
}

// set changes the price of an item.
func (a *master) set(i int32, price int64) {
	m := a.m
	change := a.item[i] - price
	if change == 0 {
		return
	}
	a.item[i] = price
	for o := m.first[i]; o < m.first[i+1]; o++ {
		for p := m.at[o]; p < m.at[o+1]; p++ {
			a.profit[p] += change
			a.dirty[m.block[p]] = true
		}
	}
}

// seen remembers how often each block has taken each item of late.
func (a *master) seen() {
	for i := range a.often {
		a.often[i] = float32(float32(a.often[i]) * 0.9)
	}
	for _, sol := range a.sol {
		for _, p := range sol {
			a.often[p] += 0.1
		}
	}
}

// fix bars every option of which it is certain that a choice with it is worth no more
// than lower, in fixed point. It returns how many.
func (a *master) fix(lower int64, rounds, limit int) int {
	m := a.m
	over := a.total - lower
	found := make([][]int32, len(m.clusters))
	var wg sync.WaitGroup
	var next atomic.Int64
	for _, w := range a.workers {
		wg.Go(func() {
			for n := next.Add(1) - 1; n < int64(len(m.clusters)); n = next.Add(1) - 1 {
				found[n] = w.hopeless(int32(n), over, rounds, limit)
			}
		})
	}
	wg.Wait()
	count := 0
	for _, list := range found {
		for _, p := range list {
			if !a.barred[m.option[p]] {
				a.bar(m.option[p])
				count++
			}
		}
	}
	for _, w := range a.workers {
		a.nodes += w.spent
		w.spent = 0
	}
	return count
}

// hopeless lists the parts of a cluster whose options can be barred.
func (w *worker) hopeless(n int32, over int64, rounds, limit int) []int32 {
	a, m := w.a, w.m
	sum := int64(0)
	for _, b := range m.clusters[n] {
		sum += a.bound[b]
	}
	var found []int32
	for _, b := range m.clusters[n] {
		w.b = &m.blocks[b]
		most := a.of[n] - over - (sum - a.bound[b])
		prices := w.keepPrices(nil)
		for _, parts := range w.b.parts {
			for _, p := range parts {
				if a.barred[m.option[p]] || m.at[m.option[p]+1]-m.at[m.option[p]] > 1 {
					continue
				}
				if w.probe(p, most, rounds, limit) {
					found = append(found, p)
				}
				w.restorePrices(prices)
			}
		}
	}
	return found
}

// bar bars an option.
func (a *master) bar(o int32) {
	a.barred[o] = true
	a.log = append(a.log, o)
	for p := a.m.at[o]; p < a.m.at[o+1]; p++ {
		a.dirty[a.m.block[p]] = true
	}
}

// unbar takes back all bars but the first so many.
func (a *master) unbar(n int) {
	for _, o := range a.log[n:] {
		a.barred[o] = false
		for p := a.m.at[o]; p < a.m.at[o+1]; p++ {
			a.dirty[a.m.block[p]] = true
		}
	}
	a.log = a.log[:n]
}
