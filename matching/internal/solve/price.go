package solve

import (
	"slices"
	"sync"
)

// Values and profits are in fixed point: point to one. Prices are of one unit of a
// row, and finer.
const (
	pointBits = 10
	point     = 1 << pointBits
	fineBits  = 20
)

// prices are what a unit of each row and each cut costs.
type prices struct{ row, cut []int64 }

func (m *model) noPrices() prices {
	return prices{make([]int64, len(m.rows)), make([]int64, len(m.cuts))}
}

func (p prices) clone() prices { return prices{slices.Clone(p.row), slices.Clone(p.cut)} }

// A pricer relaxes all rows: it looks for the prices at which the best option of
// every item, at those prices, proves the lowest bound (subgradients, with the step of Polyak).
type pricer struct {
	m         *model
	now, best prices
	bound     int64 // the lowest proven, in fixed point
	barred    []bool

	useCost, markCost []int64
	usedUse, usedMark []int64 // how many chose a list
	gRow, gCut        []int64
	scaleRow          []float64
	gain              []int64 // by item: of its best option
	chosen            Choice
	step              float64
	stale             int
}

func newPricer(m *model) *pricer {
	p := &pricer{
		m: m, now: m.noPrices(), best: m.noPrices(), bound: 1 << 62, barred: m.barred,
		useCost: make([]int64, len(m.uses)), markCost: make([]int64, len(m.marks)),
		usedUse: make([]int64, len(m.uses)), usedMark: make([]int64, len(m.marks)),
		gRow: make([]int64, len(m.rows)), gCut: make([]int64, len(m.cuts)),
		scaleRow: make([]float64, len(m.rows)),
		gain:     make([]int64, m.Items), chosen: make(Choice, m.Items), step: 1,
	}
	for _, list := range m.uses {
		for _, use := range list {
			p.scaleRow[use.Row] = max(p.scaleRow[use.Row], float64(use.Amount))
		}
	}
	for _, list := range m.global {
		for _, use := range list {
			p.scaleRow[use.Row] = max(p.scaleRow[use.Row], float64(use.Amount))
		}
	}
	return p
}

// costs of lists at the prices.
func (m *model) costs(p prices, useCost, markCost []int64) {
	halves(len(m.uses), func(from, to int) {
		for i := from; i < to; i++ {
			sum := int64(0)
			for _, use := range m.uses[i] {
				sum += p.row[use.Row] * int64(use.Amount)
			}
			for _, use := range m.global[i] {
				sum += p.row[use.Row] * int64(use.Amount)
			}
			useCost[i] = sum >> (fineBits - pointBits)
		}
	})
	halves(len(m.marks), func(from, to int) {
		for i := from; i < to; i++ {
			sum := int64(0)
			for _, mark := range m.marks[i] {
				for _, w := range m.cutsOf[mark] {
					sum += p.cut[w.index] * int64(w.amount)
				}
			}
			markCost[i] = sum >> (fineBits - pointBits)
		}
	})
}

// halves has two goroutines do a job, where that is worth it.
func halves(n int, do func(from, to int)) {
	if n < 4096 {
		do(0, n)
		return
	}
	var wg sync.WaitGroup
	wg.Go(func() { do(0, n/2) })
	do(n/2, n)
	wg.Wait()
}

// round evaluates the prices and moves them. lower is a value known to be reached.
func (p *pricer) round(lower int64) {
	m := p.m
	m.costs(p.now, p.useCost, p.markCost)
	sum := m.rent(p.now, p.gRow, p.gCut)
	clear(p.usedUse)
	clear(p.usedMark)
	halves(m.Items, p.choose)
	for i, o := range p.chosen {
		sum += p.gain[i]
		if o < 0 {
			continue
		}
		for q := m.at[o]; q < m.at[o+1]; q++ {
			p.usedUse[m.part[q].Uses]++
			p.usedMark[m.part[q].Marks]++
		}
	}
	if sum < p.bound {
		if p.bound-sum > p.bound>>14 {
			p.stale = 0
		}
		p.bound = sum
		copy(p.best.row, p.now.row)
		copy(p.best.cut, p.now.cut)
	}
	if p.stale++; p.stale > 20 {
		p.stale, p.step = 0, p.step/2
		copy(p.now.row, p.best.row)
		copy(p.now.cut, p.best.cut)
	}
	p.move(sum - lower*point)
}

// choose finds the best option of some items.
func (p *pricer) choose(from, to int) {
	for i := from; i < to; i++ {
		best, which := int64(0), int32(-1)
		for o := p.m.first[i]; o < p.m.first[i+1]; o++ {
			if p.barred[o] {
				continue
			}
			if gain := p.gainOf(o); gain > best {
				best, which = gain, o
			}
		}
		if rest := p.m.rest(i); rest > best {
			best, which = rest, -1
		}
		p.gain[i], p.chosen[i] = best, which
	}
}

func (p *pricer) gainOf(o int32) int64 {
	m := p.m
	gain := m.Options[o].Value << pointBits
	for q := m.at[o]; q < m.at[o+1]; q++ {
		gain += m.most[q]<<pointBits - p.useCost[m.part[q].Uses] - p.markCost[m.part[q].Marks]
	}
	return gain
}

// rent is what all capacities cost, and sets the subgradients to the capacities. A
// pool costs what its dearest row does.
func (m *model) rent(p prices, gRow, gCut []int64) int64 {
	sum := int64(0)
	for r := range m.rows {
		gRow[r] = m.rows[r].Capacity
		sum += p.row[r] * m.rows[r].Capacity
	}
	for n, rows := range m.poolRows {
		if len(rows) == 0 {
			continue
		}
		dearest := rows[0]
		for _, r := range rows {
			if p.row[r] > p.row[dearest] {
				dearest = r
			}
		}
		sum += p.row[dearest] * m.poolLeft[n]
		gRow[dearest] += m.poolLeft[n]
	}
	for _, slack := range m.slack {
		sum += slack << fineBits
	}
	for c := range m.cuts {
		gCut[c] = m.cuts[c].capacity
		sum += p.cut[c] * m.cuts[c].capacity
	}
	return -(-sum >> (fineBits - pointBits))
}

// move steps against the subgradient.
func (p *pricer) move(gap int64) {
	m := p.m
	for i, n := range p.usedUse {
		if n == 0 {
			continue
		}
		for _, use := range m.uses[i] {
			p.gRow[use.Row] -= n * int64(use.Amount)
		}
		for _, use := range m.global[i] {
			p.gRow[use.Row] -= n * int64(use.Amount)
		}
	}
	for i, n := range p.usedMark {
		if n == 0 {
			continue
		}
		for _, mark := range m.marks[i] {
			for _, w := range m.cutsOf[mark] {
				p.gCut[w.index] -= n * int64(w.amount)
			}
		}
	}
	norm := 0.0
	for r, g := range p.gRow {
		if p.scaleRow[r] > 0 && (g < 0 || p.now.row[r] > 0) {
			d := float64(g) / p.scaleRow[r]
			norm += float64(d * d)
		}
	}
	for c, g := range p.gCut {
		if g < 0 || p.now.cut[c] > 0 {
			d := float64(g) / float64(m.cuts[c].capacity)
			norm += float64(d * d)
		}
	}
	if norm == 0 {
		return
	}
	length := float64(p.step*float64(max(gap, point))) / norm * float64(int64(1)<<(fineBits-pointBits))
	for r, g := range p.gRow {
		if s := p.scaleRow[r]; s > 0 {
			p.now.row[r] = max(0, p.now.row[r]-int64(float64(length*float64(g))/float64(s*s)))
		}
	}
	for c, g := range p.gCut {
		s := float64(m.cuts[c].capacity)
		p.now.cut[c] = max(0, p.now.cut[c]-int64(float64(length*float64(g))/float64(s*s)))
	}
}

// rest is what options of an item that are left out could earn, in fixed point.
func (m *model) rest(i int) int64 {
	if m.Rest == nil {
		return 0
	}
	return m.Rest[i] << pointBits
}
