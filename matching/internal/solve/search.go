package solve

import (
	"cmp"
	"context"
	"math/bits"
	"math/rand/v2"
	"slices"
)

// A search improves a choice: it puts an item where it would be worth most, ejects
// whatever is in the way, lets the ejected find other options, and keeps the result or,
// less and less often, a worse one (simulated annealing over ejection chains of length two). Options that the
// prices of rows favour are tried most.
type search struct {
	m      *model
	s      *state
	choice Choice
	value  int64
	best   Choice
	record int64

	options [][]int32 // by item, best first at the prices
	weight  []int64   // by option: what is lost with it, at the prices, in fixed point
	inRow   [][]int32 // items
	holding [][]int32 // by mark: items
	movable []int32   // items with options
	all     [][]int32 // as options, for when it may look everywhere
	items   []int32   // as movable
	random  *rand.PCG

	log  []change
	out  []int32
	heat int64 // a temperature at which options of like worth change places freely
}

// A change is undone by taking the old option again.
type change struct{ item, old int32 }

func newSearch(m *model, seed uint64) *search {
	return &search{
		m: m, s: newState(m), choice: empty(m.Items), best: empty(m.Items), weight: make([]int64, len(m.Options)),
		options: make([][]int32, m.Items), all: make([][]int32, m.Items), inRow: make([][]int32, len(m.rows)), holding: make([][]int32, len(m.rivals)),
		random: rand.NewPCG(seed, 0x9e3779b97f4a7c15),
	}
}

func empty(items int) Choice {
	c := make(Choice, items)
	for i := range c {
		c[i] = -1
	}
	return c
}

// favour sets the order in which options are tried: by gain at the prices of rows.
func (r *search) favour(gain func(o int32) int64, barred []bool, most int) {
	r.items = r.items[:0]
	sum := int64(0)
	for i := range r.m.Items {
		list := r.all[i][:0]
		for o := r.m.first[i]; o < r.m.first[i+1]; o++ {
			if !barred[o] {
				r.weight[o] = gain(o)
				list = append(list, o)
			}
		}
		slices.SortFunc(list, func(a, b int32) int {
			return cmp.Or(cmp.Compare(r.weight[b], r.weight[a]), cmp.Compare(a, b))
		})
		r.all[i] = list[:min(len(list), most)]
		if len(list) > 0 {
			r.items = append(r.items, int32(i))
			n := min(len(list), 6) - 1
			sum += min((r.weight[list[0]]-r.weight[list[n]])>>pointBits, 1<<20)
		}
	}
	r.heat = max(2, sum/int64(max(len(r.items), 1))/2)
	r.everywhere()
}

// everywhere lets the search try all options of all items.
func (r *search) everywhere() {
	r.movable = append(r.movable[:0], r.items...)
	copy(r.options, r.all)
}

// keepTo lets it try only some options of some items.
func (r *search) keepTo(item func(i int32) bool, option func(o int32) bool) {
	r.movable = r.movable[:0]
	for _, i := range r.items {
		r.options[i] = nil
		if !item(i) {
			continue
		}
		for _, o := range r.all[i] {
			if option(o) {
				r.options[i] = append(r.options[i], o)
			}
		}
		if len(r.options[i]) > 0 {
			r.movable = append(r.movable, i)
		}
	}
}

// set makes a choice the current one, but for options that are barred, or do not fit beside those before them.
func (r *search) set(c Choice) {
	for i := range r.choice {
		if r.choice[i] >= 0 && r.choice[i] != c[i] {
			r.remove(int32(i))
		}
	}
	for i, o := range c {
		if o >= 0 && r.choice[i] < 0 && !r.m.barred[o] && r.s.fitsOption(o) {
			r.add(int32(i), o)
		}
	}
	r.recount()
	r.note()
}

// recount adds up what the current choice is worth.
func (r *search) recount() {
	r.value = 0
	for _, o := range r.choice {
		if o >= 0 {
			r.value += r.m.Options[o].Value
		}
	}
	for n, worth := range r.s.worth {
		r.value += worth - r.s.empty[n]
	}
}

func (r *search) current() Choice { return slices.Clone(r.choice) }

func (r *search) note() {
	if r.value > r.record {
		r.record = r.value
		copy(r.best, r.choice)
	}
}

// add takes an option for an item that has none, and returns what it is worth.
func (r *search) add(i, o int32) int64 {
	r.choice[i] = o
	for p := r.m.at[o]; p < r.m.at[o+1]; p++ {
		part := &r.m.part[p]
		for _, use := range r.m.uses[part.Uses][:r.m.hard[part.Uses]] {
			r.inRow[use.Row] = append(r.inRow[use.Row], i)
		}
		for _, use := range r.m.global[part.Uses] {
			r.inRow[use.Row] = append(r.inRow[use.Row], i)
		}
		for _, mark := range r.m.marks[part.Marks] {
			r.holding[mark] = append(r.holding[mark], i)
		}
	}
	return r.s.takeOption(o)
}

// remove undoes add.
func (r *search) remove(i int32) int64 {
	o := r.choice[i]
	r.choice[i] = -1
	for p := r.m.at[o]; p < r.m.at[o+1]; p++ {
		part := &r.m.part[p]
		for _, use := range r.m.uses[part.Uses][:r.m.hard[part.Uses]] {
			drop(&r.inRow[use.Row], i)
		}
		for _, use := range r.m.global[part.Uses] {
			drop(&r.inRow[use.Row], i)
		}
		for _, mark := range r.m.marks[part.Marks] {
			drop(&r.holding[mark], i)
		}
	}
	return r.s.leaveOption(o)
}

func drop(list *[]int32, i int32) {
	l := *list
	at := slices.Index(l, i)
	l[at] = l[len(l)-1]
	*list = l[:len(l)-1]
}

// below is a number from 0 to n-1.
func (r *search) below(n int) int {
	hi, _ := bits.Mul64(r.random.Uint64(), uint64(n))
	return int(hi)
}

// chance is an exponentially distributed number, of mean about 256.
func (r *search) chance() int64 {
	x := r.random.Uint64()
	zeros := bits.LeadingZeros64(x | 1)
	fraction := int64(x<<(zeros+1)) >> 56 & 255
	return (int64(zeros)<<8 + 255 - fraction) * 177 >> 8
}

// run makes so many steps, while the temperature (in points) falls from one value to another.
func (r *search) run(ctx context.Context, steps int, from, to int64) {
	if len(r.movable) == 0 {
		return
	}
	for n := range steps {
		if n%1024 == 1023 && ctx.Err() != nil {
			return
		}
		t := from + (to-from)*int64(n)/int64(steps)
		r.step(t)
	}
}

// step tries one option for one item.
func (r *search) step(temperature int64) {
	i := r.movable[r.below(len(r.movable))]
	if j := r.movable[r.below(len(r.movable))]; r.regret(j) > r.regret(i) {
		i = j
	}
	list := r.options[i]
	n := len(list)
	a, b := r.below(n), r.below(n)
	o := list[min(a, b, r.below(n))]
	old := r.choice[i]
	limit := r.chance() * temperature >> 8 // so much may be lost
	if o == old || old >= 0 && r.hope(o) < r.m.Options[old].Value-limit {
		return
	}
	r.log, r.out = r.log[:0], r.out[:0]
	delta := int64(0)
	if old >= 0 {
		delta += r.remove(i)
		r.log = append(r.log, change{i, old})
	}
	gained, ok := r.force(i, o)
	delta += gained
	if !ok {
		r.undo()
		return
	}
	for _, j := range r.out {
		delta += r.settle(j)
	}
	if delta < -limit {
		r.undo()
		return
	}
	r.value += delta
	r.note()
}

// hope is what an option may be worth.
func (r *search) hope(o int32) int64 {
	hope := r.m.Options[o].Value
	for p := r.m.at[o]; p < r.m.at[o+1]; p++ {
		hope += r.m.most[p]
	}
	return hope
}

// force takes an option for an item and ejects what is in its way, but for items that another search may
// hold on to: whose options span clusters of both.
func (r *search) force(i, o int32) (delta int64, ok bool) {
	m := r.m
	eject := func(j int32) bool {
		if len(r.options[j]) == 0 {
			return false
		}
		r.log = append(r.log, change{j, r.choice[j]})
		r.out = append(r.out, j)
		delta += r.remove(j)
		return true
	}
	for p := m.at[o]; p < m.at[o+1]; p++ {
		part := &m.part[p]
		for _, mark := range m.marks[part.Marks] {
			if r.s.blocked[mark] == 0 {
				continue
			}
			for _, rival := range m.rivals[mark] {
				for len(r.holding[rival]) > 0 {
					if !eject(r.holding[rival][0]) {
						return delta, false
					}
				}
			}
		}
		for _, list := range [2][]Use{m.uses[part.Uses][:m.hard[part.Uses]], m.global[part.Uses]} {
			for _, use := range list {
				for !r.s.fitsUse(use) {
					if j, found := r.victim(use.Row); !found || !eject(j) {
						return delta, false
					}
				}
			}
		}
	}
	if !r.s.fitsOption(o) {
		return delta, false
	}
	r.log = append(r.log, change{i, -1})
	return delta + r.add(i, o), true
}

// fitsUse tells whether a row has room for a use.
func (s *state) fitsUse(use Use) bool {
	row := &s.m.rows[use.Row]
	used := s.used[use.Row] + int64(use.Amount)
	return used <= row.Capacity ||
		row.Pool >= 0 && s.over[row.Pool]+used-max(row.Capacity, s.used[use.Row]) <= s.m.Pools[row.Pool]
}

// victim is who leaves a row: out of a few at random the one with least to lose.
func (r *search) victim(row int32) (int32, bool) {
	list := r.inRow[row]
	if len(list) == 0 {
		return 0, false
	}
	at := list[r.below(len(list))]
	for range 2 {
		if other := list[r.below(len(list))]; r.loss(other) < r.loss(at) {
			at = other
		}
	}
	return at, true
}

// loss is what an item's option is worth more to it than others are, at the prices.
func (r *search) loss(i int32) int64 {
	return r.weight[r.choice[i]] - r.weight[r.all[i][0]] + r.m.Options[r.choice[i]].Value<<4
}

// settle gives an item the first of its best options that fits.
func (r *search) settle(i int32) int64 {
	if r.choice[i] >= 0 {
		return 0
	}
	for n, o := range r.options[i] {
		if n > 24 {
			break
		}
		if r.m.Options[o].Value > 0 && r.s.fitsOption(o) {
			r.log = append(r.log, change{i, -1})
			return r.add(i, o)
		}
	}
	return 0
}

// undo takes back what is in the log.
func (r *search) undo() {
	for _, c := range slices.Backward(r.log) {
		if r.choice[c.item] >= 0 {
			r.remove(c.item)
		}
		if c.old >= 0 {
			r.add(c.item, c.old)
		}
	}
}

// fill gives items without an option, in an order, the best that fits.
func (r *search) fill(order []int32) {
	for _, i := range order {
		if r.choice[i] >= 0 {
			continue
		}
		for _, o := range r.options[i] {
			if r.m.Options[o].Value <= 0 || !r.s.fitsOption(o) {
				continue
			}
			if worth := r.add(i, o); worth > 0 {
				r.value += worth
				break
			}
			r.remove(i)
		}
	}
	r.note()
}

// regret is how far an item is from what it would be worth most to.
func (r *search) regret(i int32) int64 {
	if r.choice[i] < 0 {
		return r.weight[r.options[i][0]]
	}
	return r.weight[r.options[i][0]] - r.weight[r.choice[i]]
}

// bySize puts items first that take up most of the rows that they use.
func (m *model) bySize(items []int32) []int32 {
	size := make([]int64, m.Items)
	for p := range m.part {
		sum := int64(0)
		u := m.part[p].Uses
		for _, use := range m.uses[u][:m.hard[u]] {
			sum += int64(use.Amount) << 20 / max(m.rows[use.Row].Capacity, 1)
		}
		i := m.itemOf(int32(p))
		size[i] = max(size[i], sum)
	}
	sorted := slices.Clone(items)
	slices.SortStableFunc(sorted, func(a, b int32) int { return cmp.Compare(size[b], size[a]) })
	return sorted
}
