package solve

import (
	"cmp"
	"slices"
)

// improve runs rounds of pricing, keeps the best prices of items, and returns the lowest bound. It
// stops once that is no more than lower, or little is gained.
func (s *solver) improve(rounds, patience int, step float64, limit int) int64 {
	a := s.master
	best := int64(1) << 62
	kept := make([]int64, len(a.item))
	stale := 0
	clear(a.drift)
	for n := range rounds {
		total := a.round(4, limit)
		s.iterations++
		s.repair()
		lower := s.target()
		if total < best {
			if best-total > (best-lower)/100 {
				stale = 0
			}
			best = total
			copy(kept, a.item)
			if best <= lower {
				return best
			}
		}
		if stale++; stale > patience {
			stale, step = 0, step/2
			if step < 0.02 {
				break
			}
		}
		if n+1 < rounds {
			a.move(step, s.target())
		}
		if s.stopped() {
			break
		}
	}
	for i, price := range kept {
		a.set(int32(i), price)
	}
	return best
}

// target is what a bound has to come down to for the best choice to be proven.
func (s *solver) target() int64 { return max(s.value, s.floor)*point + point - 1 }

func (s *solver) stopped() bool {
	return s.o.Effort > 0 && s.work >= s.o.Effort || s.ctx.Err() != nil
}

// branch proves that nothing beats the best choice under what is barred, or finds what does. It
// returns a bound.
func (s *solver) branch(depth int) int64 {
	a := s.master
	s.nodes++
	rounds := 30
	mostPinned = 300
	kept := append([]int64(nil), a.item...)
	defer func() {
		for i, price := range kept {
			a.set(int32(i), price)
		}
	}()
	if depth > 0 {
		a.smooth = 0
	}
	bound := s.improve(rounds, 5, 0.3, 10000)
	if bound <= s.target() || s.stopped() {
		return bound
	}
	start := len(a.log)
	defer func() { a.unbar(start) }()
	for {
		a.round(4, 3000)
		n := a.fix(s.target(), 2, 200)
		if n == 0 {
			break
		}
		before := bound
		bound = min(bound, s.improve(12, 3, 0.2, 3000))
		if bound <= s.target() || s.stopped() {
			return bound
		}
		if (before-bound)*20 < before-s.target() {
			break
		}
	}
	item, block := s.strongest(bound)
	if Trace != nil {
		Trace("node %d depth %d bound %d value %d barred %d split %d %d", s.nodes, depth, bound/point, s.value, len(a.log), item, block)
	}
	if item < 0 {
		return bound
	}
	from := len(a.log)
	s.barWhere(item, func(b int32) bool { return b != block })
	one := s.branch(depth + 1)
	a.unbar(from)
	s.barWhere(item, func(b int32) bool { return b == block })
	two := s.branch(depth + 1)
	a.unbar(from)
	return min(bound, max(one, two))
}

var Trace func(string, ...any)

// dive looks for good choices: it keeps to their blocks, step by step, the items that blocks
// agree on most, and lets prices and the search do the rest.
func (s *solver) dive(parts int) {
	a, m := s.master, s.m
	start := len(a.log)
	kept := append([]int64(nil), a.item...)
	settled := make([]bool, m.Items)
	for a.total > s.target() && !s.stopped() {
		list := s.agreed(settled)
		if len(list) == 0 {
			break
		}
		for _, c := range list[:max(1, len(list)/parts)] {
			settled[c.item] = true
			s.barWhere(c.item, func(b int32) bool { return b != c.block })
		}
		clear(a.drift)
		for range 6 {
			a.round(4, 1000)
			s.iterations++
			s.repair()
			if a.total <= s.target() {
				break
			}
			a.move(0.3, s.target())
		}
		if Trace != nil {
			Trace("dive %d total %d value %d", len(list), a.total/point, s.value)
		}
	}
	a.unbar(start)
	for i, price := range kept {
		a.set(int32(i), price)
	}
}

type agreement struct {
	item, block int32
	often       float32
}

// agreed lists items with the block that took each most often, those first that one block
// took most.
func (s *solver) agreed(settled []bool) []agreement {
	a, m := s.master, s.m
	sums := make(map[[2]int32]float32, m.Items)
	for p, often := range a.often {
		if i := m.Options[m.option[p]].Item; often > 0 && !settled[i] && m.spread[i] {
			sums[[2]int32{i, m.block[p]}] += often
		}
	}
	list := make([]agreement, 0, len(sums))
	for key, often := range sums {
		list = append(list, agreement{key[0], key[1], often})
	}
	slices.SortFunc(list, func(x, y agreement) int {
		return cmp.Or(cmp.Compare(y.often, x.often), cmp.Compare(x.item, y.item), cmp.Compare(x.block, y.block))
	})
	seen := make([]bool, m.Items)
	return slices.DeleteFunc(list, func(c agreement) bool {
		again := seen[c.item]
		seen[c.item] = true
		return again
	})
}

// close brings the bound down to the value, or the value up to the bound. It asks again and again
// whether a choice is worth more than a floor, from little below the bound down: the nearer the floor, the sooner
// the answer, and either answer counts.
func (s *solver) close() {
	a := s.master
	step := max((s.bound-s.value)/6, 1)
	for s.bound > s.value && !s.stopped() {
		s.floor = max(s.value, s.bound-step)
		before := s.value
		a.smooth = 0
		bound := s.branch(0)
		a.unbar(0)
		if s.stopped() {
			return
		}
		s.prove(max(bound, s.target()))
		if Trace != nil {
			Trace("closed floor %d: bound %d value %d (before %d) nodes %d", s.floor, s.bound, s.value, before, s.nodes)
		}
		step += step / 2
	}
}

// A fork is what could be branched on: whether an item is in a block.
type fork struct {
	item, block int32
	score       int64
}

// strongest tries out the likeliest forks, by a few rounds on either side, and returns the
// one that lowers the bound most on both.
func (s *solver) strongest(bound int64) (item, block int32) {
	a := s.master
	forks := s.forks()
	if len(forks) > 8 {
		forks = forks[:8]
	}
	best := fork{-1, -1, -1}
	kept := slices.Clone(a.item)
	often := slices.Clone(a.often)
	try := func(f fork, same bool) int64 {
		from := len(a.log)
		s.barWhere(f.item, func(b int32) bool { return (b == f.block) == same })
		least := int64(1) << 62
		clear(a.drift)
		for range 4 {
			least = min(least, a.round(4, 2000))
			s.iterations++
			if least <= s.target() {
				break
			}
			a.move(0.3, s.target())
		}
		a.unbar(from)
		for i, price := range kept {
			a.set(int32(i), price)
		}
		return max(bound-max(least, s.target()), 1)
	}
	for _, f := range forks {
		one, two := try(f, false), try(f, true)
		f.score = min(one, two)*16 + max(one, two)
		if f.score > best.score {
			best = f
		}
		if s.stopped() {
			break
		}
	}
	copy(a.often, often)
	return best.item, best.block
}

// forks lists, dearest first, items that blocks disagree on, each with the block that is least decided.
func (s *solver) forks() []fork {
	a, m := s.master, s.m
	sums := make(map[[2]int32]float64, m.Items)
	for p, often := range a.often {
		if i := m.Options[m.option[p]].Item; often > 0.01 && m.spread[i] && !a.barred[m.option[p]] {
			sums[[2]int32{i, m.block[p]}] += float64(often)
		}
	}
	var list []fork
	places := s.places()
	for key, x := range sums {
		if doubt := min(x, 1-x); doubt > 0.02 && places[key[0]] > 1 {
			list = append(list, fork{key[0], key[1], int64(doubt * float64(a.item[key[0]]))})
		}
	}
	slices.SortFunc(list, func(x, y fork) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.item, y.item), cmp.Compare(x.block, y.block))
	})
	seen := make([]bool, m.Items)
	list = slices.DeleteFunc(list, func(f fork) bool {
		again := seen[f.item]
		seen[f.item] = true
		return again
	})
	if len(list) == 0 {
		return s.anyFork()
	}
	return list
}

// places counts the blocks that each item could still be in.
func (s *solver) places() []int32 {
	m := s.m
	places, last := make([]int32, m.Items), make([]int32, m.Items)
	for i := range last {
		last[i] = -1
	}
	for p := range m.part {
		o := m.option[p]
		if i := m.Options[o].Item; !s.master.barred[o] && last[i] != m.block[p] {
			places[i]++
			last[i] = m.block[p]
		}
	}
	return places
}

// anyFork is the first item that could be in several blocks.
func (s *solver) anyFork() []fork {
	m := s.m
	for i := range int32(m.Items) {
		block := int32(-1)
		for p := m.at[m.first[i]]; p < m.at[m.first[i+1]]; p++ {
			if s.master.barred[m.option[p]] {
				continue
			}
			if block >= 0 && m.block[p] != block {
				return []fork{{i, block, 0}}
			}
			block = m.block[p]
		}
	}
	return nil
}

func (s *solver) barWhere(item int32, in func(block int32) bool) {
	a, m := s.master, s.m
	for o := m.first[item]; o < m.first[item+1]; o++ {
		if !a.barred[o] && in(m.block[m.at[o]]) {
			a.bar(o)
		}
	}
}

// repair makes a choice of what the blocks take, and improves it a little.
func (s *solver) repair() {
	a, m, r := s.master, s.m, s.searches[0]
	c := empty(m.Items)
	for _, sol := range a.sol {
		for _, p := range sol {
			o := m.option[p]
			if m.at[o+1]-m.at[o] > 1 {
				continue
			}
			i := m.Options[o].Item
			if c[i] < 0 || m.Options[o].Value > m.Options[c[i]].Value {
				c[i] = o
			}
		}
	}
	r.setLoose(c)
	r.fill(r.movable)
	r.run(2000, 3, 1)
	s.work += 4000
	s.offer(r.record, r.best)
}
