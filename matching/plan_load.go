package matching

import (
	"slices"

	"example.org/backontrack/matching/internal/solve"
)

// A load is what the choice of a plan takes of a problem. It answers who would have to
// give way for one more option, by the very rows and marks that the plan was made by. It is for one goroutine.
type load struct {
	p       *solve.Problem
	choice  solve.Choice
	mine    int32 // items below are referrals; the others are placements that may be re-seated
	used    []int64
	over    []int64   // by pool: by how much its rows exceed their capacities
	in      [][]int32 // by row: the items that use it
	holders [][]int32 // by mark: the items that hold it
	seats   [][]int32 // by room
	steps   int       // left to be spent on a search
}

func newLoad(p *solve.Problem, choice solve.Choice, referrals int) *load {
	l := &load{
		p: p, choice: slices.Clone(choice), mine: int32(referrals), used: make([]int64, len(p.Rows)), over: make([]int64, len(p.Pools)),
		in: make([][]int32, len(p.Rows)), holders: make([][]int32, len(p.Rivals)), seats: make([][]int32, p.Rooms),
	}
	for i := range p.Rows {
		if row := &p.Rows[i]; row.Pool >= 0 {
			l.over[row.Pool] += max(-row.Capacity, 0)
		}
	}
	for i, o := range l.choice {
		if o >= 0 {
			l.put(int32(i), o)
		}
	}
	return l
}

// put makes an item take an option.
func (l *load) put(item, o int32) {
	l.choice[item] = o
	l.use(o, 1)
	l.each(o, func(list *[]int32) { *list = append(*list, item) })
	l.seat(o, func(list *[]int32, seat int32) { *list = append(*list, seat) })
}

// lift takes an item's option away, and returns it.
func (l *load) lift(item int32) int32 {
	o := l.choice[item]
	l.choice[item] = -1
	l.use(o, -1)
	l.each(o, func(list *[]int32) { cut(list, item) })
	l.seat(o, cut)
	return o
}

func cut(list *[]int32, n int32) {
	at := slices.Index(*list, n)
	*list = slices.Delete(*list, at, at+1)
}

// use books what an option uses of rows and pools.
func (l *load) use(o int32, sign int64) {
	for _, part := range l.p.Options[o].Parts {
		for _, use := range l.p.Uses[part.Uses] {
			row, before := &l.p.Rows[use.Row], l.used[use.Row]
			l.used[use.Row] += sign * int64(use.Amount)
			if row.Pool >= 0 {
				l.over[row.Pool] += max(l.used[use.Row]-row.Capacity, 0) - max(before-row.Capacity, 0)
			}
		}
	}
}

// each visits the lists of rows and marks that an option is in.
func (l *load) each(o int32, visit func(list *[]int32)) {
	for _, part := range l.p.Options[o].Parts {
		for _, use := range l.p.Uses[part.Uses] {
			visit(&l.in[use.Row])
		}
		for _, mark := range l.p.Marks[part.Marks] {
			visit(&l.holders[mark])
		}
	}
}

func (l *load) seat(o int32, visit func(list *[]int32, seat int32)) {
	for _, part := range l.p.Options[o].Parts {
		if part.Room >= 0 {
			visit(&l.seats[part.Room], part.Seat)
		}
	}
}

// conflict finds something that has no room for an option, and the items that take it up. It
// reports that the option fits where there is none.
func (l *load) conflict(o int32) (items []int32, fits bool) {
	parts := l.p.Options[o].Parts
	for _, part := range parts {
		for _, mark := range l.p.Marks[part.Marks] {
			for _, rival := range l.p.Rivals[mark] {
				if len(l.holders[rival]) > 0 {
					return sorted(l.holders[rival]), false
				}
			}
		}
	}
	l.use(o, 1)
	defer l.use(o, -1)
	for _, part := range parts {
		for _, use := range l.p.Uses[part.Uses] {
			row := &l.p.Rows[use.Row]
			switch {
			case l.used[use.Row] <= row.Capacity:
			case row.Pool < 0:
				return sorted(l.in[use.Row]), false
			case l.over[row.Pool] > l.p.Pools[row.Pool]:
				return l.drawers(row.Pool), false
			}
		}
	}
	return nil, true
}

// drawers are the items in the rows of a pool that draw on it.
func (l *load) drawers(pool int32) []int32 {
	var items []int32
	for r := range l.p.Rows {
		if row := &l.p.Rows[r]; row.Pool == pool && l.used[r] > row.Capacity {
			items = append(items, l.in[r]...)
		}
	}
	return sorted(items)
}

// clear finds the sets of just so many referrals that make room for an option by giving way.
func (l *load) clear(o int32, size int, gone []int32, found func(gone []int32)) {
	items, fits := l.conflict(o)
	if fits {
		if size == 0 {
			found(gone)
		}
		return
	}
	for _, item := range items {
		if size == 0 || l.steps <= 0 {
			return
		}
		if item >= l.mine {
			continue
		}
		l.steps--
		was := l.lift(item)
		l.clear(o, size-1, append(slices.Clip(gone), item), found)
		l.put(item, was)
	}
}

// clearAll finds a set of any size, none of which could stay: nil where there is none.
func (l *load) clearAll(o int32) (gone []int32) {
	var were []int32
	for {
		items, fits := l.conflict(o)
		if fits {
			break
		}
		worst := int32(-1)
		for _, i := range items {
			if i < l.mine && (worst < 0 || l.value(i) < l.value(worst)) {
				worst = i
			}
		}
		if worst < 0 {
			l.restore(gone, were)
			return nil
		}
		gone, were = append(gone, worst), append(were, l.lift(worst))
	}
	for n := 0; n < len(gone); {
		l.put(gone[n], were[n])
		if _, fits := l.conflict(o); fits {
			gone, were = slices.Delete(gone, n, n+1), slices.Delete(were, n, n+1)
			continue
		}
		l.lift(gone[n])
		n++
	}
	l.restore(gone, were)
	return gone
}

func (l *load) value(item int32) int64 { return l.p.Options[l.choice[item]].Value }

func (l *load) restore(items, options []int32) {
	for n := range items {
		l.put(items[n], options[n])
	}
}

// gain is what the objective changes by when some items give way for an option.
func (l *load) gain(item, o int32, gone []int32) int64 {
	rooms := map[int32]bool{}
	touch := func(o int32) {
		for _, part := range l.p.Options[o].Parts {
			if part.Room >= 0 {
				rooms[part.Room] = true
			}
		}
	}
	touch(o)
	change, were := l.p.Options[o].Value, make([]int32, len(gone))
	for _, i := range gone {
		touch(l.choice[i])
		change -= l.value(i)
	}
	change -= l.company(rooms)
	for n, i := range gone {
		were[n] = l.lift(i)
	}
	l.put(item, o)
	change += l.company(rooms)
	l.lift(item)
	l.restore(gone, were)
	return change
}

func (l *load) company(rooms map[int32]bool) (sum int64) {
	for room := range rooms {
		if l.p.Company != nil && len(l.seats[room]) > 0 {
			sum += l.p.Company.Value(room, l.seats[room])
		}
	}
	return sum
}

// A fit is an option that has room beside a choice, and what it changes of the objective.
type fit struct {
	option int32
	value  int64
}

// beside finds, of a run of an item's options that are not barred, the one that fits and is worth most, the first of equals.
func (l *load) beside(item, from, to int32, barred []bool) (best fit, fits bool) {
	for n := from; n < to; n++ {
		if barred != nil && barred[n] {
			continue
		}
		if _, free := l.conflict(n); !free {
			continue
		}
		if value := l.gain(item, n, nil); !fits || value > best.value {
			best, fits = fit{n, value}, true
		}
	}
	return best, fits
}

// fill places whoever fits beside a choice at no cost, one by one in order, and returns what that adds to its value. A search
// that ends with the proof of its value has no reason to, and nobody should be left out for nothing.
func (l *load) fill(barred []bool, of [][]int32) (sum int64) {
	for again := true; again; {
		again = false
		for r, options := range of {
			if l.choice[r] >= 0 || len(options) == 0 {
				continue
			}
			best, fits := l.beside(int32(r), options[0], options[len(options)-1]+1, barred)
			if fits && best.value >= 0 {
				l.put(int32(r), best.option)
				sum += best.value
				again = true
			}
		}
	}
	return sum
}
