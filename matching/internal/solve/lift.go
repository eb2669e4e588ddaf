package solve

import (
	"fmt"
	"slices"
)

// What is rounded to whole pupils is less than what fractions of them would fill. Where
// several rows are used by the same lists (the places and the adults of a session, say), few
// different amounts occur, and the numbers of each that fit together have a convex hull:
// its facets are added as rows that no choice breaks and that only prices see.

// mostClasses bounds how many different amounts a cell may have, mostVectors how many
// combinations of them are looked at, and mostCoefficient the coefficients of facets.
const (
	mostClasses     = 5
	mostVectors     = 4000
	mostCoefficient = 4
)

// A cell is a set of rows that the same lists use.
type cell struct {
	rows    []int32
	lists   []int32
	classes [][]int64 // different amounts, by row
	of      []int     // by list, its class
}

// lift adds the facets.
func (m *model) lift() {
	m.hard = make([]int32, len(m.uses))
	for i := range m.uses {
		m.hard[i] = int32(len(m.uses[i]))
	}
	known := map[string][]facet{}
	for _, c := range m.cells() {
		if !m.classify(c) {
			continue
		}
		key := m.cellKey(c)
		facets, seen := known[key]
		if !seen {
			facets = m.facets(c)
			known[key] = facets
		}
		for _, f := range facets {
			m.addFacet(c, f)
		}
	}
}

// cells groups the rows by the lists that use them.
func (m *model) cells() []*cell {
	lists := make([][]int32, len(m.rows))
	for u, list := range m.uses {
		for _, use := range list {
			lists[use.Row] = append(lists[use.Row], int32(u))
		}
	}
	var cells []*cell
	numbers := map[string]*cell{}
	for r := range lists {
		if len(lists[r]) == 0 || m.rows[r].Pool >= 0 {
			continue
		}
		key := fmt.Sprint(lists[r])
		c := numbers[key]
		if c == nil {
			c = &cell{lists: lists[r]}
			numbers[key] = c
			cells = append(cells, c)
		}
		c.rows = append(c.rows, int32(r))
	}
	return cells
}

// classify finds the classes of a cell; it tells whether there are few enough.
func (m *model) classify(c *cell) bool {
	for _, u := range c.lists {
		amounts := make([]int64, len(c.rows))
		for _, use := range m.uses[u] {
			if i := slices.Index(c.rows, use.Row); i >= 0 {
				amounts[i] = int64(use.Amount)
			}
		}
		n := slices.IndexFunc(c.classes, func(known []int64) bool { return slices.Equal(known, amounts) })
		if n < 0 {
			n = len(c.classes)
			c.classes = append(c.classes, amounts)
		}
		if len(c.classes) > mostClasses {
			return false
		}
		c.of = append(c.of, n)
	}
	return true
}

func (m *model) cellKey(c *cell) string {
	capacities := make([]int64, len(c.rows))
	for i, r := range c.rows {
		capacities[i] = m.rows[r].Capacity
	}
	return fmt.Sprint(capacities, c.classes)
}

// A facet is an inequality over the numbers of each class.
type facet struct {
	coefficients []int64
	most         int64
}

// facets are those with small coefficients, but for what single rows say anyway.
func (m *model) facets(c *cell) []facet {
	vectors := m.vectors(c)
	if vectors == nil {
		return nil
	}
	k := len(c.classes)
	var found []facet
	coefficients := make([]int64, k)
	for {
		i := 0
		for ; i < k && coefficients[i] == mostCoefficient; i++ {
			coefficients[i] = 0
		}
		if i == k {
			return found
		}
		coefficients[i]++
		if f := (facet{coefficients, highest(coefficients, vectors)}); f.primitive() && f.most > 0 && f.isFacet(vectors) && !m.said(c, f) {
			found = append(found, facet{slices.Clone(coefficients), f.most})
		}
	}
}

func highest(coefficients []int64, vectors [][]int64) int64 {
	most := int64(0)
	for _, v := range vectors {
		most = max(most, dot(coefficients, v))
	}
	return most
}

func (f facet) primitive() bool {
	d := int64(0)
	for _, c := range f.coefficients {
		for c != 0 {
			d, c = c, d%c
		}
	}
	return d == 1
}

// isFacet tells whether enough of the vectors lie on it.
func (f facet) isFacet(vectors [][]int64) bool {
	var support []int
	for i, c := range f.coefficients {
		if c > 0 {
			support = append(support, i)
		}
	}
	var basis [][]int64
	for _, v := range vectors {
		if dot(f.coefficients, v) != f.most {
			continue
		}
		on := make([]int64, len(support))
		for i, s := range support {
			on[i] = v[s]
		}
		if basis = span(basis, on); len(basis) == len(support) {
			return true
		}
	}
	return false
}

// span adds a vector to a basis in echelon form unless it depends on it.
func span(basis [][]int64, v []int64) [][]int64 {
	for _, b := range basis {
		p := slices.IndexFunc(b, func(n int64) bool { return n != 0 })
		if v[p] == 0 {
			continue
		}
		x, y := v[p], b[p]
		for i := range v {
			v[i] = v[i]*y - b[i]*x
		}
	}
	if slices.ContainsFunc(v, func(n int64) bool { return n != 0 }) {
		return append(basis, v)
	}
	return basis
}

// said tells whether one of the cell's rows says the same.
func (m *model) said(c *cell, f facet) bool {
	for i, r := range c.rows {
		same := true
		for n, class := range c.classes {
			// Stronger or equal: coefficient ÷ most ≤ amount ÷ capacity for every class.
			same = same && f.coefficients[n]*m.rows[r].Capacity <= class[i]*f.most
		}
		if same {
			return true
		}
	}
	return false
}

// vectors are all numbers of each class that fit, without those that leave room for one more; nil if
// there are too many.
func (m *model) vectors(c *cell) [][]int64 {
	left := make([]int64, len(c.rows))
	for i, r := range c.rows {
		left[i] = m.rows[r].Capacity
	}
	var all [][]int64
	chosen := make([]int64, len(c.classes))
	fits := func(class []int64) bool {
		for i := range left {
			if class[i] > left[i] {
				return false
			}
		}
		return true
	}
	var add func(n int) bool
	add = func(n int) bool {
		if len(all) > mostVectors {
			return false
		}
		if n == len(chosen) {
			if !slices.ContainsFunc(c.classes, fits) {
				all = append(all, slices.Clone(chosen))
			}
			return true
		}
		class := c.classes[n]
		ok := true
		for ok {
			ok = add(n + 1)
			if !fits(class) {
				break
			}
			for i := range left {
				left[i] -= class[i]
			}
			chosen[n]++
		}
		for i := range left {
			left[i] += class[i] * chosen[n]
		}
		chosen[n] = 0
		return ok
	}
	if !add(0) {
		return nil
	}
	return all
}

// addFacet makes a row of a facet.
func (m *model) addFacet(c *cell, f facet) {
	n := int32(len(m.rows))
	m.rows = append(m.rows, Row{Capacity: f.most, Pool: -1})
	for i, u := range c.lists {
		if amount := f.coefficients[c.of[i]]; amount > 0 {
			m.uses[u] = append(m.uses[u], Use{n, int32(amount)})
		}
	}
}

func dot(a, b []int64) (sum int64) {
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}
