package solve

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"
)

// A master prices the items: clusters of blocks then compete for nothing, and each is solved
// for itself. What they earn and the prices together are a bound, better than that of
// prices for rows by as much as blocks are hard (Dantzig and Wolfe).
type master struct {
	m      *model
	item   []int64 // prices, in fixed point
	global []int64 // prices of global rows, fine
	rows   prices
	barred []bool
	log    []int32 // options that were barred, in order

	profit            []int64 // by part: what it earns
	useCost, markCost []int64
	scale             []float64
	gRow, gCut        []int64

	sol   [][]int32 // by block: what is taken
	alone [][]int32 // by block: what would be, but for the other blocks of its cluster
	bound []int64   // by block
	of    []int64   // by cluster: its bound
	cost  []int64   // by cluster: what it took last
	dirty []bool    // by block: its profits have changed

	drift  []float64 // by item: the last directions, fading
	often  []float32 // by part: how often it is taken, of late
	split  []int32   // options of several parts
	pinned int       // nodes of a cluster's tree

	workers []*worker
	total   int64 // the bound, in fixed point
	spent   int64
}

// smooth is how much of the last direction the next one keeps.
const smooth = 0.7

func newMaster(m *model, p *pricer) *master {
	a := &master{
		m: m, item: make([]int64, m.Items), global: make([]int64, len(m.rows)),
		rows: p.best.clone(), barred: slices.Clone(m.barred), profit: make([]int64, len(m.part)),
		useCost: make([]int64, len(m.uses)), markCost: make([]int64, len(m.marks)),
		scale: p.scaleRow, gRow: make([]int64, len(m.rows)), gCut: make([]int64, len(m.cuts)),
		sol: make([][]int32, len(m.blocks)), alone: make([][]int32, len(m.blocks)), bound: make([]int64, len(m.blocks)),
		of: make([]int64, len(m.clusters)), cost: make([]int64, len(m.clusters)), dirty: make([]bool, len(m.blocks)),
		drift: make([]float64, m.Items), often: make([]float32, len(m.part)), pinned: 24,
	}
	for i := range a.dirty {
		a.dirty[i] = true
	}
	m.costs(p.best, p.useCost, p.markCost)
	for i := range m.Items {
		a.item[i] = m.rest(i)
		for o := m.first[i]; o < m.first[i+1]; o++ {
			if m.spread[i] && !a.barred[o] {
				a.item[i] = max(a.item[i], p.gainOf(o))
			}
		}
	}
	for _, r := range m.globals {
		a.global[r] = p.best.row[r]
	}
	for i := range m.cuts {
		if m.cuts[i].block < 0 {
			a.rows.cut[i] = 0 // clusters see to it
		}
	}
	for range workers {
		a.workers = append(a.workers, newWorker(m, a))
	}
	for o := range m.Options {
		if m.at[o+1]-m.at[o] > 1 {
			a.split = append(a.split, int32(o))
		}
		a.earn(int32(o), m.Options[o].Value<<pointBits-a.item[m.Options[o].Item]-a.globalCost(int32(o)))
	}
	return a
}

// workers is how many goroutines share the work of a round. What they find does not depend on it.
const workers = 2

func (a *master) globalCost(o int32) (cost int64) {
	for p := a.m.at[o]; p < a.m.at[o+1]; p++ {
		for _, use := range a.m.global[a.m.part[p].Uses] {
			cost += a.global[use.Row] * int64(use.Amount) >> (fineBits - pointBits)
		}
	}
	return cost
}

// earn adds something to what an option earns: a share of it to each part.
func (a *master) earn(o int32, more int64) {
	m := a.m
	parts := int64(m.at[o+1] - m.at[o])
	for p := m.at[o]; p < m.at[o+1]; p++ {
		share := more / parts
		if p == m.at[o] {
			share = more - share*(parts-1)
		}
		if share != 0 {
			a.profit[p] += share
			a.touchPart(p)
		}
	}
}

// round solves the clusters whose profits have changed and adds up the bound.
func (a *master) round(rounds, nodes int) int64 {
	var jobs []int32
	for n, cluster := range a.m.clusters {
		if slices.ContainsFunc(cluster, func(b int32) bool { return a.dirty[b] }) {
			jobs = append(jobs, int32(n))
		}
	}
	// The dearest come first, so that no worker is left with one of them at the end.
	slices.SortStableFunc(jobs, func(x, y int32) int { return cmp.Compare(a.cost[y], a.cost[x]) })
	a.share(len(jobs), func(w *worker, i int) { w.solveCluster(jobs[i], rounds, nodes) })
	a.total = 0
	for _, bound := range a.of {
		a.total += bound
	}
	for _, price := range a.item {
		a.total += price
	}
	for i := range a.item {
		a.total += max(0, a.m.rest(i)-a.item[i])
	}
	for _, p := range a.m.asides {
		a.total += a.aside(p)
	}
	for _, r := range a.m.globals {
		a.total -= -a.global[r] * a.m.rows[r].Capacity >> (fineBits - pointBits)
	}
	for _, slack := range a.m.slack {
		a.total += slack << pointBits
	}
	return a.total
}

// aside is what a part without a block may earn.
func (a *master) aside(p int32) int64 {
	if a.barred[a.m.option[p]] {
		return 0
	}
	return max(0, a.profit[p]+a.m.most[p]<<pointBits)
}

// share has the workers do n jobs.
func (a *master) share(n int, do func(w *worker, i int)) {
	var wg sync.WaitGroup
	var next atomic.Int64
	for _, w := range a.workers {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				do(w, int(i))
			}
		})
	}
	wg.Wait()
	for _, w := range a.workers {
		a.spent += w.spent
		w.spent = 0
	}
}

// move steps against the subgradient. lower is a bound to aim at, in fixed point. An option of
// several parts counts for its item once.
func (a *master) move(step float64, lower int64) {
	m := a.m
	a.remember()
	g := a.disagreement()
	norm := 0.0
	for i := range a.item {
		if !m.spread[i] {
			continue
		}
		if g[i] > 0 && a.item[i] == 0 {
			g[i] = 0
		}
		a.drift[i] = g[i] + float64(smooth*a.drift[i])
		norm += float64(a.drift[i] * a.drift[i])
	}
	if norm == 0 {
		norm = 1
	}
	length := float64(step*float64(max(a.total-lower, point))) / norm
	for i := range a.item {
		if d := a.drift[i]; d > 1e-3 || d < -1e-3 {
			a.set(int32(i), max(0, a.item[i]-int64(float64(length*d))))
		}
	}
	a.moveGlobal(step, lower)
	// Shares may disagree where items do not, and then nothing else bounds their steps.
	a.moveShares(length * min(norm, 1))
}

// disagreement is, for each item, one less the times that it is taken.
func (a *master) disagreement() []float64 {
	m := a.m
	g := make([]float64, m.Items)
	for i := range g {
		g[i] = 1
		if a.m.rest(i) > a.item[i] {
			g[i] = 0
		}
	}
	for _, sol := range a.sol {
		for _, p := range sol {
			o := m.option[p]
			g[m.Options[o].Item] -= 1 / float64(m.at[o+1]-m.at[o])
		}
	}
	return g
}

// moveGlobal steps with the prices of global rows.
func (a *master) moveGlobal(step float64, lower int64) {
	m := a.m
	if len(m.globals) == 0 {
		return
	}
	left := make(map[int32]int64, len(m.globals))
	for _, r := range m.globals {
		left[r] = m.rows[r].Capacity
	}
	for _, sol := range a.sol {
		for _, p := range sol {
			for _, use := range m.global[m.part[p].Uses] {
				left[use.Row] -= int64(use.Amount)
			}
		}
	}
	norm := 0.0
	for _, r := range m.globals {
		if g := left[r]; g < 0 || a.global[r] > 0 {
			norm += float64(g * g)
		}
	}
	if norm == 0 {
		return
	}
	before := make([]int64, len(m.Options))
	for o := range m.Options {
		before[o] = a.globalCost(int32(o))
	}
	length := float64(step*float64(max(a.total-lower, point))) / norm * float64(int64(1)<<(fineBits-pointBits))
	for _, r := range m.globals {
		a.global[r] = max(0, a.global[r]-int64(float64(length*float64(left[r]))))
	}
	for o := range m.Options {
		a.earn(int32(o), before[o]-a.globalCost(int32(o)))
	}
}

// moveShares shifts what options of several parts earn to the parts that blocks leave out.
func (a *master) moveShares(length float64) {
	m := a.m
	if len(a.split) == 0 {
		return
	}
	taken := make(map[int32]bool)
	for _, sol := range a.sol {
		for _, p := range sol {
			taken[p] = true
		}
	}
	for _, p := range m.asides {
		taken[p] = a.aside(p) > 0
	}
	for _, o := range a.split {
		n, parts := 0, int(m.at[o+1]-m.at[o])
		for p := m.at[o]; p < m.at[o+1]; p++ {
			if taken[p] {
				n++
			}
		}
		if n == 0 || n == parts {
			continue
		}
		out := int64(0)
		for p := m.at[o]; p < m.at[o+1]; p++ {
			if taken[p] {
				fall := int64(length / float64(n))
				a.profit[p] -= fall
				out += fall
			}
		}
		rest := int64(parts - n)
		for p := m.at[o]; p < m.at[o+1]; p++ {
			if !taken[p] {
				a.profit[p] += out / rest
				out -= out / rest
				rest--
			}
			a.touchPart(p)
		}
	}
}

// set changes the price of an item.
func (a *master) set(i int32, price int64) {
	change := a.item[i] - price
	if change == 0 {
		return
	}
	a.item[i] = price
	for o := a.m.first[i]; o < a.m.first[i+1]; o++ {
		a.earn(o, change)
	}
}

// remember notes how often each block has taken each item of late.
func (a *master) remember() {
	for i := range a.often {
		a.often[i] *= 0.9
	}
	for _, sol := range a.sol {
		for _, p := range sol {
			a.often[p] += 0.1
		}
	}
}

// bar bars an option.
func (a *master) bar(o int32) {
	a.barred[o] = true
	a.log = append(a.log, o)
	a.touch(o)
}

// unbar takes back all bars but the first so many.
func (a *master) unbar(n int) {
	for _, o := range a.log[n:] {
		a.barred[o] = false
		a.touch(o)
	}
	a.log = a.log[:n]
}

func (a *master) touch(o int32) {
	for p := a.m.at[o]; p < a.m.at[o+1]; p++ {
		a.touchPart(p)
	}
}

func (a *master) touchPart(p int32) {
	if n := a.m.block[p]; n >= 0 {
		a.dirty[n] = true
	}
}

// A point of prices to come back to.
type position struct {
	item, global, profit []int64
}

func (a *master) position() position {
	return position{slices.Clone(a.item), slices.Clone(a.global), slices.Clone(a.profit)}
}

func (a *master) goBack(p position) {
	copy(a.item, p.item)
	copy(a.global, p.global)
	for i, profit := range p.profit {
		if a.profit[i] != profit {
			a.profit[i] = profit
			a.touchPart(int32(i))
		}
	}
}
