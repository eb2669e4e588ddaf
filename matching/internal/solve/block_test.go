package solve

import (
	"slices"
	"testing"
)

// A blockTrial tries every choice of parts of a block, with nothing forced, from the rows and marks of the problem.
type blockTrial struct {
	m      *model
	a      *master
	b      *block
	chosen []int32
	most   int64
}

func (t *blockTrial) try(item int) {
	if item == len(t.b.items) {
		t.most = max(t.most, t.worth())
		return
	}
	t.try(item + 1)
	for _, p := range t.b.parts[item] {
		if !t.a.barred[t.m.option[p]] && t.fits(p) {
			t.chosen = append(t.chosen, p)
			t.try(item + 1)
			t.chosen = t.chosen[:len(t.chosen)-1]
		}
	}
}

// fits looks at the parts alone, of whatever options they are: rows that are not global, and marks.
func (t *blockTrial) fits(p int32) bool {
	used := make([]int64, len(t.m.Rows))
	for _, q := range append(slices.Clone(t.chosen), p) {
		for _, use := range t.m.Uses[t.m.part[q].Uses] {
			if !t.m.Rows[use.Row].Global {
				used[use.Row] += int64(use.Amount)
			}
		}
	}
	for _, q := range t.chosen {
		for _, mark := range t.m.Marks[t.m.part[q].Marks] {
			for _, other := range t.m.Marks[t.m.part[p].Marks] {
				if slices.Contains(t.m.Rivals[mark], other) {
					return false
				}
			}
		}
	}
	return t.m.rowsHold(used)
}

func (t *blockTrial) worth() int64 {
	sum := int64(0)
	seats := make([][]int32, t.m.Rooms)
	for _, p := range t.chosen {
		sum += t.a.profit[p]
		if r := t.m.part[p].Room; r >= 0 {
			seats[r] = append(seats[r], t.m.part[p].Seat)
		}
	}
	for r := range seats {
		if t.m.companies && len(seats[r]) > 0 {
			sum += t.m.Company.Value(int32(r), seats[r]) << pointBits
		}
	}
	return sum
}

// A block is solved as well as by trying everything, from any prices of its rows.
func TestWorker_solvesBlocks(t *testing.T) {
	t.Parallel()
	eachPuzzle(t, puzzles(1500, 15000), func(seed uint64, p *puzzle) {
		d := drawRandom(seed + 7<<40)
		m := newModel(&p.Problem, p.barred, nil)
		a := drawMaster(d, m)
		a.drawPrices(d)
		w := a.workers[0]
		w.plain = max(w.plain, 10) // with few, nothing to branch on may be found
		for n := range m.blocks {
			trial := blockTrial{m: m, a: a, b: &m.blocks[n]}
			trial.try(0)
			w.solve(int32(n), d(3), treeNodes, 0)
			if w.bound != trial.most || w.worthOf(w.sol) != trial.most {
				t.Errorf("puzzle %d, block %d: parts %v are worth %d, bound %d, the most is %d", seed, n, w.sol, w.worthOf(w.sol), w.bound, trial.most)
			}
		}
	})
}
