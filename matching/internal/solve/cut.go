package solve

import "slices"

// A cut is a row over marks: the weighted number of their holders is limited.
type cut struct {
	capacity int64
	marks    []weight
	block    int32 // -1: its marks are in several, or in none
}

type weight struct {
	index  int32 // of a mark, or of a cut
	amount int32
}

// cut finds rows that follow from the rivalry of marks. Marks that all exclude each
// other: one of them at most has holders, and it no more than can hold it.
func (m *model) cut() {
	m.cutsOf = make([][]weight, len(m.rivals))
	pairs := 0
	for _, list := range m.rivals {
		pairs += len(list)
	}
	if pairs > mostRivals {
		return
	}
	seen := map[[2]int32]bool{}
	for mark := range m.rivals {
		for _, rival := range m.rivals[mark] {
			if rival < int32(mark) || seen[[2]int32{int32(mark), rival}] {
				continue
			}
			clique := []int32{int32(mark)}
			if rival != int32(mark) {
				clique = m.widen([]int32{int32(mark), rival})
			}
			for i, a := range clique {
				for _, b := range clique[i+1:] {
					seen[[2]int32{a, b}] = true
				}
			}
			m.addCut(clique)
		}
	}
	for i := range m.cuts {
		for _, w := range m.cuts[i].marks {
			m.cutsOf[w.index] = append(m.cutsOf[w.index], weight{int32(i), w.amount})
		}
	}
}

// mostRivals bounds the pairs of rival marks in which cuts are looked for; beyond it they would cost more than they
// are worth.
const mostRivals = 1_000_000

func (m *model) widen(clique []int32) []int32 {
	for _, c := range m.rivals[clique[0]] {
		if c <= clique[len(clique)-1] {
			continue
		}
		if !slices.ContainsFunc(clique[1:], func(b int32) bool { return !m.areRivals(b, c) }) {
			clique = append(clique, c)
		}
	}
	return clique
}

func (m *model) areRivals(a, b int32) bool {
	_, found := slices.BinarySearch(m.rivals[a], b)
	return found
}

// addCut makes a cut of marks that exclude each other. Each may have so many
// holders; the weights are such that any one of them alone can fill the cut.
func (m *model) addCut(clique []int32) {
	product := int64(1)
	for _, mark := range clique {
		product *= m.mostOf(mark)
		if product > 1<<24 {
			return
		}
	}
	c := cut{capacity: product}
	for _, mark := range clique {
		c.marks = append(c.marks, weight{mark, int32(product / m.mostOf(mark))})
	}
	m.cuts = append(m.cuts, c)
}

func (m *model) mostOf(mark int32) int64 {
	if slices.Contains(m.rivals[mark], mark) {
		return 1
	}
	if int(mark) < len(m.MarkMost) {
		return int64(max(m.MarkMost[mark], 1))
	}
	return 64
}
