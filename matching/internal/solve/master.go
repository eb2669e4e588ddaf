package solve

import (
	"slices"
	"sync"
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

	sol   [][]int32 // by block
	bound []int64
	dirty []bool
	count []int32 // by item: how many blocks take it

	workers []*worker
	total   int64
	nodes   int64
}

func newMaster(m *model, p *pricer) *master {
	a := &master{
		m: m, item: make([]int64, m.Items), global: make([]int64, len(m.Rows)), share: make([]int64, len(m.part)),
		rows: p.best.clone(), barred: slices.Clone(p.barred), profit: make([]int64, len(m.part)),
		useCost: make([]int64, len(m.uses)), markCost: make([]int64, len(m.marks)),
		scale: p.scaleRow, gRow: make([]int64, len(m.Rows)), gCut: make([]int64, len(m.cuts)), tuneStep: 1,
		sol: make([][]int32, len(m.blocks)), bound: make([]int64, len(m.blocks)), dirty: make([]bool, len(m.blocks)),
		count: make([]int32, m.Items),
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

// round solves the blocks whose profits have changed and adds up the bound.
func (a *master) round(rounds, limit int) int64 {
	var jobs []int32
	for n, dirty := range a.dirty {
		if dirty {
			jobs = append(jobs, int32(n))
		}
	}
	var wg sync.WaitGroup
	var mu sync.Mutex
	next := 0
	for _, w := range a.workers {
		wg.Go(func() {
			for {
				mu.Lock()
				i := next
				next++
				mu.Unlock()
				if i >= len(jobs) {
					return
				}
				n := jobs[i]
				w.solve(n, rounds, limit)
				a.bound[n] = w.bound
				a.sol[n] = append(a.sol[n][:0], w.sol...)
				a.dirty[n] = false
				mu.Lock()
				a.nodes += int64(w.nodes)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	a.total = 0
	for _, z := range a.bound {
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
	for _, c := range a.m.linking {
		a.total += a.rows.cut[c]*a.m.cuts[c].capacity>>(fineBits-pointBits) + 1
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
		if g := 1 - a.count[i]; m.spread[i] && (g < 0 || g > 0 && a.item[i] > 0) {
			norm += float64(g * g)
		}
	}
	if norm == 0 {
		return
	}
	length := float64(step*float64(max(a.total-lower, point))) / norm
	for i := range a.item {
		g := 1 - a.count[i]
		if !m.spread[i] || g == 0 || g > 0 && a.item[i] == 0 {
			continue
		}
		a.set(int32(i), max(0, a.item[i]-int64(float64(length*float64(g)))))
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
