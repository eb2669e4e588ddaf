package solve

import (
	"cmp"
	"slices"
)

// mostClasses bounds how many different amounts a row may have to be lifted, and
// mostVectors how many combinations of them are looked at.
const (
	mostClasses = 6
	mostVectors = 20000
)

// lift tightens rows of few different amounts. What is left of a capacity once an
// item is in may be too little for any other, or fit others exactly: the item then counts for as much
// as it takes away. The same choices fit as before, but fewer fractions of them, which
// is what prices see. Rows with pools are left as they are.
func (m *model) lift() {
	classes := make([][]class, len(m.Rows))
	for i := range m.part {
		if m.barred[m.option[i]] {
			continue
		}
		item := m.Options[m.option[i]].Item
		for _, use := range m.uses[m.part[i].Uses] {
			if m.rows[use.Row].Pool < 0 {
				classes[use.Row] = count(classes[use.Row], use.Amount, item)
			}
		}
	}
	lifted := make([]map[int32]int32, len(m.Rows))
	for r, list := range classes {
		if len(list) > 0 && len(list) <= mostClasses {
			lifted[r] = m.liftRow(int32(r), list)
		}
	}
	for _, list := range m.uses {
		for i := range list {
			if now, ok := lifted[list[i].Row][list[i].Amount]; ok {
				list[i].Amount = now
			}
		}
	}
}

// A class is an amount of a row, and how many items can use it.
type class struct {
	amount, items, last int32
}

func count(list []class, amount, item int32) []class {
	for i := range list {
		if c := &list[i]; c.amount == amount {
			if c.last != item {
				c.items, c.last = c.items+1, item
			}
			return list
		}
	}
	if len(list) > mostClasses {
		return list
	}
	return append(list, class{amount, 1, item})
}

// liftRow returns the new amounts of a row, whose capacity it makes a hundred times finer.
func (m *model) liftRow(r int32, list []class) map[int32]int32 {
	const finer = 64
	capacity := m.rows[r].Capacity
	if capacity > 1<<20 {
		return nil
	}
	slices.SortFunc(list, func(a, b class) int { return cmp.Compare(b.amount, a.amount) })
	vectors := combinations(list, capacity, nil)
	if vectors == nil {
		return nil
	}
	amounts := make([]int64, len(list))
	for i := range list {
		amounts[i] = int64(list[i].amount) * finer
	}
	whole := int64(0)
	for _, v := range vectors {
		whole = max(whole, dot(v, amounts))
	}
	for i := range list {
		least := int64(1) << 62
		for _, v := range vectors {
			if v[i] > 0 {
				least = min(least, amounts[i]+(whole-dot(v, amounts))/int64(v[i]))
			}
		}
		if least < 1<<62 {
			amounts[i] = least
		}
	}
	now := make(map[int32]int32, len(list))
	for i := range list {
		now[list[i].amount] = int32(amounts[i])
	}
	m.rows[r].Capacity = whole
	return now
}

func dot(v []int32, amounts []int64) (sum int64) {
	for i, n := range v {
		sum += int64(n) * amounts[i]
	}
	return sum
}

// combinations are all numbers of each class that fit; nil if there are too many.
func combinations(list []class, capacity int64, chosen []int32) [][]int32 {
	var all [][]int32
	var add func(left int64)
	add = func(left int64) {
		if len(all) > mostVectors {
			return
		}
		if len(chosen) == len(list) {
			all = append(all, slices.Clone(chosen))
			return
		}
		c := list[len(chosen)]
		for n := int32(0); n <= c.items && int64(n)*int64(c.amount) <= left; n++ {
			chosen = append(chosen, n)
			add(left - int64(n)*int64(c.amount))
			chosen = chosen[:len(chosen)-1]
		}
	}
	add(capacity)
	if len(all) > mostVectors {
		return nil
	}
	return all
}
