package solve

import (
	"slices"
	"testing"
)

// drawPrices sets prices of rows and cuts, now and best.
func (p *pricer) drawPrices(d draw) {
	for r := range p.now.row {
		if p.scaleRow[r] > 0 {
			p.now.row[r] = int64(d(2)*d(12)) << fineBits / int64(1+d(3))
		}
	}
	for c := range p.now.cut {
		p.now.cut[c] = int64(d(2)*d(12)) << fineBits / p.m.cuts[c].capacity
	}
	p.best = p.now.clone()
}

// drawPrices sets the prices of items and global rows, and what the parts of an option earn of it.
func (a *master) drawPrices(d draw) {
	m := a.m
	for i := range a.item {
		if d(2) == 0 {
			a.set(int32(i), int64(d(3)*d(20))<<pointBits/int64(1+d(3)))
		}
	}
	for _, r := range m.globals {
		for o := range m.Options {
			a.earn(int32(o), a.globalCost(int32(o)))
		}
		a.global[r] = int64(d(2)*d(12)) << fineBits / int64(1+d(3))
		for o := range m.Options {
			a.earn(int32(o), -a.globalCost(int32(o)))
		}
	}
	for _, o := range a.split {
		from, to := m.at[o]+int32(d(int(m.at[o+1]-m.at[o]))), m.at[o]+int32(d(int(m.at[o+1]-m.at[o])))
		shift := int64(d(30)) << pointBits / 3
		a.profit[from] -= shift
		a.profit[to] += shift
		a.touch(o)
	}
	for r := range a.rows.row {
		if m.rowBlock[r] >= 0 {
			a.rows.row[r] = int64(d(2)*d(12)) << fineBits / int64(1+d(3))
		}
	}
}

// drawMaster is a master of a puzzle at prices that nothing led to.
func drawMaster(d draw, m *model) *master {
	p := newPricer(m)
	p.drawPrices(d)
	a := newMaster(m, p)
	a.pinned = d(3) * d(20)
	for _, w := range a.workers {
		w.plain = []int{0, 1, 10, plainNodes}[d(4)]
	}
	return a
}

// Whatever the prices, and however little is spent on blocks and clusters, no choice is worth more
// than the bound.
func TestMaster_boundsAtAnyPrices(t *testing.T) {
	t.Parallel()
	eachPuzzle(t, puzzles(800, 8000), func(seed uint64, p *puzzle) {
		d := drawRandom(seed + 1<<40)
		if d(4) == 0 {
			p.drawRest(d)
		}
		m := newModel(&p.Problem, p.barred, p.forced)
		if m == nil {
			return
		}
		a := drawMaster(d, m)
		for round := range 4 {
			a.drawPrices(d)
			if len(m.Options) > 0 && d(2) == 0 {
				a.bar(int32(d(len(m.Options))))
			}
			total := a.round(d(5), []int{0, 1, 50, treeNodes}[d(4)])
			most, any := p.mostWithRest(a.barred, m.forced)
			if any && total>>pointBits+m.given < most {
				t.Errorf("puzzle %d, round %d: bound %d, but %d can be reached", seed, round, total>>pointBits+m.given, most)
			}
		}
	})
}

// drawRest draws what options that are left out could be worth.
func (p *puzzle) drawRest(d draw) {
	for range p.Items {
		p.Rest = append(p.Rest, int64(d(2)*d(20)))
	}
}

// mostWithRest is the most that a choice is worth with what the items without an option could be.
// Forced options are barred in models, but stay.
func (p *puzzle) mostWithRest(barred []bool, forced []int32) (most int64, any bool) {
	barred = slices.Clone(barred)
	for _, o := range forced {
		barred[o] = false
	}
	p.tryEach(barred, forced, func(c Choice, worth int64) {
		for i, o := range c {
			if o < 0 && p.Rest != nil {
				worth += p.Rest[i]
			}
		}
		if !any || worth > most {
			most, any = worth, true
		}
	})
	return most, any
}

// What fix bars is in no choice that is worth more than asked for.
func TestMaster_fixBarsNothingBetter(t *testing.T) {
	t.Parallel()
	fixed := 0
	eachPuzzle(t, puzzles(400, 4000), func(seed uint64, p *puzzle) {
		d := drawRandom(seed + 2<<40)
		m := newModel(&p.Problem, p.barred, p.forced)
		if m == nil {
			return
		}
		a := drawMaster(d, m)
		a.drawPrices(d)
		total := a.round(d(5), []int{0, 1, 50, treeNodes}[d(4)])
		lower := int64(d(int(max(total, 0))+1)) + point - 1
		before := slices.Clone(a.barred)
		fixed += a.fix(lower, d(4), []int{0, 10, probeNodes}[d(3)])
		for _, o := range m.forced {
			before[o] = false
		}
		p.tryEach(before, m.forced, func(c Choice, worth int64) {
			for _, o := range c {
				if o >= 0 && !before[o] && a.barred[o] && !slices.Contains(m.forced, o) && (worth-m.given)<<pointBits > lower {
					t.Errorf("puzzle %d: option %d was barred, but %v is worth %d", seed, o, c, worth)
				}
			}
		})
	})
	if fixed < 100 {
		t.Errorf("only %d options were barred: the test shows little", fixed)
	}
}

// Solved with nodes enough, a block or a cluster has no gap.
func TestMaster_closesClusters(t *testing.T) {
	t.Parallel()
	open, closed := 0, 0
	eachPuzzle(t, puzzles(400, 4000), func(seed uint64, p *puzzle) {
		d := drawRandom(seed + 3<<40)
		m := newModel(&p.Problem, p.barred, p.forced)
		if m == nil {
			return
		}
		a := drawMaster(d, m)
		a.pinned = 1000
		for _, w := range a.workers {
			w.plain = max(w.plain, 1) // with none, no case is told apart
		}
		a.drawPrices(d)
		a.round(4, treeNodes)
		for n, cluster := range m.clusters {
			worth, w := int64(0), a.workers[0]
			for _, b := range cluster {
				w.b = &m.blocks[b]
				worth += w.worthOf(a.sol[b])
			}
			switch {
			case worth > a.of[n]:
				t.Errorf("puzzle %d: cluster %d is worth %d, more than its bound %d", seed, n, worth, a.of[n])
			case worth < a.of[n]:
				open++
			default:
				closed++
			}
		}
	})
	if open*100 > closed {
		t.Errorf("%d clusters were solved, %d not", closed, open)
	}
}
