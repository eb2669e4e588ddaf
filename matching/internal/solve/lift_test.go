package solve

import (
	"slices"
	"testing"
)

// drawCell draws a problem of one cell: rows, all of them used by every list.
func drawCell(d draw) *Problem {
	p := &Problem{Items: 12}
	for range 1 + d(3) {
		p.Rows = append(p.Rows, Row{Capacity: int64(d(9)), Pool: -1})
	}
	p.Marks = append(p.Marks, nil)
	for range 1 + d(4) {
		var list []Use
		for r := range p.Rows {
			list = append(list, Use{int32(r), int32(1 + d(4))})
		}
		p.Uses = append(p.Uses, list)
	}
	for i := range p.Items {
		for u := range p.Uses {
			p.Options = append(p.Options, Option{Item: int32(i), Value: 1, Parts: []Part{{int32(u), 0, -1, 0}}})
		}
	}
	return p
}

// eachVector calls with every number of each list that the rows have room for.
func eachVector(p *Problem, counts []int64, next int, call func(counts []int64)) {
	if next == len(counts) {
		call(counts)
		return
	}
	for counts[next] = 0; cellHolds(p, counts[:next+1]); counts[next]++ {
		eachVector(p, counts, next+1, call)
	}
	counts[next] = 0
}

func cellHolds(p *Problem, counts []int64) bool {
	used := make([]int64, len(p.Rows))
	for u, n := range counts {
		for _, use := range p.Uses[u] {
			used[use.Row] += n * int64(use.Amount)
		}
	}
	return p.rowsHold(used)
}

// What fits breaks no facet, something that fits reaches each, and no row says as much.
func TestModel_facets(t *testing.T) {
	t.Parallel()
	found := 0
	for seed := range puzzles(300, 3000) {
		p := drawCell(drawRandom(seed))
		m := newModel(p, nil, nil)
		for r := len(p.Rows); r < len(m.rows); r++ {
			found++
			amounts := make([]int64, len(p.Uses))
			for u, list := range m.uses {
				for _, use := range list[m.hard[u]:] {
					if int(use.Row) == r {
						amounts[u] = int64(use.Amount)
					}
				}
			}
			reached := int64(0)
			eachVector(p, make([]int64, len(p.Uses)), 0, func(counts []int64) { reached = max(reached, dot(amounts, counts)) })
			if reached != m.rows[r].Capacity {
				t.Fatalf("cell %d: facet %v ≤ %d, but %d is the most of what fits", seed, amounts, m.rows[r].Capacity, reached)
			}
			for k, row := range p.Rows {
				if slices.IndexFunc(indexes(len(p.Uses)), func(u int) bool {
					return amounts[u]*row.Capacity > int64(p.Uses[u][k].Amount)*reached
				}) < 0 {
					t.Errorf("cell %d: facet %v ≤ %d says no more than row %d", seed, amounts, reached, k)
				}
			}
		}
	}
	if found < 100 {
		t.Errorf("only %d facets: the test shows little", found)
	}
}

func TestModel_facetsOf(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name     string
		capacity int64
		amounts  []int32
		facets   [][]int64 // coefficients, and the most of them
	}{
		{"two do not fit where one and a half would", 3, []int32{2}, [][]int64{{1, 1}}},
		{"nothing is lost", 4, []int32{2}, nil},
		{"one of three leaves no room for two of two", 4, []int32{2, 3}, [][]int64{{0, 1, 1}, {1, 2, 2}}},
		{"none fits", 1, []int32{2}, nil},
	} {
		p := &Problem{Items: 9, Rows: []Row{{test.capacity, -1, false}}, Marks: [][]int32{nil}}
		for u, amount := range test.amounts {
			p.Uses = append(p.Uses, []Use{{0, amount}})
			for i := range p.Items {
				p.Options = append(p.Options, Option{int32(i), 1, []Part{{int32(u), 0, -1, 0}}})
			}
		}
		slices.SortStableFunc(p.Options, func(a, b Option) int { return int(a.Item - b.Item) })
		m := newModel(p, nil, nil)
		var got [][]int64
		for r := 1; r < len(m.rows); r++ {
			f := make([]int64, len(test.amounts), len(test.amounts)+1)
			for u := range f {
				for _, use := range m.uses[u] {
					if int(use.Row) == r {
						f[u] = int64(use.Amount)
					}
				}
			}
			got = append(got, append(f, m.rows[r].Capacity))
		}
		if !slices.EqualFunc(got, test.facets, slices.Equal) {
			t.Errorf("%s: facets %v, want %v", test.name, got, test.facets)
		}
	}
}

// No choice breaks a cut, and one of two blocks' marks belongs to neither.
func TestModel_cuts(t *testing.T) {
	t.Parallel()
	cuts := 0
	eachPuzzle(t, puzzles(500, 5000), func(seed uint64, p *puzzle) {
		m := newModel(&p.Problem, p.barred, nil)
		cuts += len(m.cuts)
		p.tryEach(m.barred, nil, func(c Choice, _ int64) {
			filled := make([]int64, len(m.cuts))
			for _, o := range c {
				if o < 0 {
					continue
				}
				for _, part := range p.Options[o].Parts {
					for _, mark := range m.marks[part.Marks] {
						for _, w := range m.cutsOf[mark] {
							filled[w.index] += int64(w.amount)
						}
					}
				}
			}
			for n, full := range filled {
				if full > m.cuts[n].capacity {
					t.Errorf("puzzle %d: %v breaks cut %v", seed, c, m.cuts[n])
				}
			}
		})
		for i, part := range m.part {
			for _, mark := range m.marks[part.Marks] {
				for _, w := range m.cutsOf[mark] {
					if at := m.cuts[w.index].block; m.block[i] >= 0 && at >= 0 && at != m.block[i] {
						t.Errorf("puzzle %d: a cut of block %d has a mark in block %d", seed, at, m.block[i])
					}
				}
			}
		}
	})
	if cuts < 100 {
		t.Errorf("only %d cuts: the test shows little", cuts)
	}
}
