package solve

import (
	"cmp"
	"slices"
)

// target is what a bound has to come down to, in fixed point, for nothing to be worth more than
// the best choice, or than what is asked for.
func (s *solver) target() int64 { return max(s.value, s.floor)*point + point - 1 }

// close brings the bound down to the value, or the value up to the bound. It asks again and again
// whether a choice is worth more than a floor, from little below the bound down: the nearer the
// floor, the sooner the answer, and either answer counts.
func (s *solver) close() {
	a := s.master
	a.pinned = 300
	step := max((s.bound-s.value)/8, 1)
	for !s.done() {
		s.floor = max(s.value, s.bound-step)
		bound := s.branch(0)
		a.unbar(0)
		if s.stopped() {
			break
		}
		before := s.bound
		s.prove(max(bound, s.target()))
		if s.floor == s.value && s.bound == before && s.bound > s.value {
			s.end *= 8 // even branching leaves too much to try
		}
		step += (step + 1) / 2
	}
	s.floor = 0
}

// branch proves that nothing beats the target under what is barred, or finds what does. It
// returns a bound.
func (s *solver) branch(depth int) int64 {
	a := s.master
	s.nodes++
	start, at := len(a.log), a.position()
	defer func() {
		a.unbar(start)
		a.goBack(at)
	}()
	bound := s.strengthen()
	if bound <= s.target() || s.stopped() {
		return bound
	}
	f, ok := s.strongest(bound)
	if !ok {
		return min(bound, s.exhaust(a.barred, s.end))
	}
	from := len(a.log)
	s.barWhere(f.item, func(b int32) bool { return b != f.block })
	one := s.branch(depth + 1)
	a.unbar(from)
	s.barWhere(f.item, func(b int32) bool { return b == f.block })
	two := s.branch(depth + 1)
	return min(bound, max(one, two))
}

// strengthen prices, and bars options that prices rule out, in turn while that helps.
func (s *solver) strengthen() int64 {
	a := s.master
	c := s.newAscent(0.3, treeNodes)
	c.run(30, 5, 0)
	bound := c.best
	for bound > s.target() && !s.stopped() {
		a.round(tuneRounds, treeNodes)
		n := a.fix(s.target(), 2, probeNodes)
		s.spend()
		if n == 0 {
			break
		}
		before := bound
		c = s.newAscent(0.2, treeNodes)
		c.run(12, 3, 0)
		bound = min(bound, c.best)
		if (before-bound)*20 < before-s.target() {
			break
		}
	}
	return bound
}

// treeNodes and probeNodes are spent on a block in a tree, and to rule out one option.
const (
	treeNodes  = 20000
	probeNodes = 300
)

// A fork is what could be branched on: whether an item is in a block.
type fork struct {
	item, block int32
	score       int64
}

// mostForks is how many forks are tried out.
const mostForks = 8

// strongest tries out the likeliest forks, by a few rounds on either side, and returns the
// one that lowers the bound most on both.
func (s *solver) strongest(bound int64) (best fork, ok bool) {
	a := s.master
	forks := s.forks()
	forks = forks[:min(len(forks), mostForks)]
	often := slices.Clone(a.often)
	for i, f := range forks {
		one, two := s.try(f, false, bound), s.try(f, true, bound)
		f.score = min(one, two)*16 + max(one, two)
		if i == 0 || f.score > best.score {
			best = f
		}
		if s.stopped() {
			break
		}
	}
	copy(a.often, often)
	return best, len(forks) > 0
}

// try is how much a side of a fork lowers the bound within a few rounds.
func (s *solver) try(f fork, in bool, bound int64) int64 {
	a := s.master
	from, at := len(a.log), a.position()
	s.barWhere(f.item, func(b int32) bool { return (b == f.block) == in })
	least := int64(1) << 62
	clear(a.drift)
	for range 4 {
		least = min(least, a.round(tuneRounds, treeNodes/10))
		s.iterations++
		s.spend()
		if least <= s.target() {
			break
		}
		a.move(0.3, s.target())
	}
	a.unbar(from)
	a.goBack(at)
	return max(bound-max(least, s.target()), 1)
}

// forks lists, dearest first, items that blocks disagree on, each with the block that is least decided.
func (s *solver) forks() []fork {
	a, m := s.master, s.m
	var list []fork
	places := s.places()
	for _, g := range s.agreements() {
		x := float64(g.often)
		if doubt := min(x, 1-x); doubt > 0.02 && places[g.item] > 1 {
			list = append(list, fork{g.item, g.block, int64(doubt * float64(a.item[g.item]))})
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
	if len(list) > 0 {
		return list
	}
	// Where prices see no doubt, any item that could be in several blocks will do.
	for i, n := range places {
		if n > 1 {
			return []fork{{int32(i), s.firstBlock(int32(i)), 0}}
		}
	}
	return nil
}

// places counts the blocks that each item could still be in.
func (s *solver) places() []int32 {
	m := s.m
	places, last := make([]int32, m.Items), make([]int32, m.Items)
	for i := range last {
		last[i] = -1
	}
	for o := range m.Options {
		block := m.block[m.at[o]]
		if i := m.Options[o].Item; !s.master.barred[o] && last[i] != block {
			places[i]++
			last[i] = block
		}
	}
	return places
}

func (s *solver) firstBlock(i int32) int32 {
	m := s.m
	for o := m.first[i]; o < m.first[i+1]; o++ {
		if !s.master.barred[o] {
			return m.block[m.at[o]]
		}
	}
	return -1
}

// barWhere bars the options of an item that are in some blocks, by their first parts.
func (s *solver) barWhere(item int32, in func(block int32) bool) {
	a, m := s.master, s.m
	for o := m.first[item]; o < m.first[item+1]; o++ {
		if !a.barred[o] && in(m.block[m.at[o]]) {
			a.bar(o)
		}
	}
}

// An agreement is how often a block has taken an item of late.
type agreement struct {
	item, block int32
	often       float32
}

// agreements lists, by item and block, what blocks have taken of late.
func (s *solver) agreements() []agreement {
	a, m := s.master, s.m
	var list []agreement
	for p, often := range a.often {
		first := m.at[m.option[p]] == int32(p)
		if i := m.itemOf(int32(p)); first && often > 0.01 && m.spread[i] && !a.barred[m.option[p]] {
			list = append(list, agreement{i, m.block[p], often})
		}
	}
	slices.SortStableFunc(list, func(x, y agreement) int { return cmp.Or(cmp.Compare(x.item, y.item), cmp.Compare(x.block, y.block)) })
	n := 0
	for i, g := range list {
		if i > 0 && g.item == list[n-1].item && g.block == list[n-1].block {
			list[n-1].often += g.often
			continue
		}
		list[n] = g
		n++
	}
	return list[:n]
}

// dive looks for good choices: it keeps to their blocks, step by step, the items that blocks
// agree on most, and lets prices and the search do the rest. A step settles one in so many.
func (s *solver) dive(parts int) {
	a := s.master
	start, at := len(a.log), a.position()
	settled := make([]bool, s.m.Items)
	for !s.stopped() {
		list := s.agreements()
		slices.SortStableFunc(list, func(x, y agreement) int { return cmp.Compare(y.often, x.often) })
		list = slices.DeleteFunc(list, func(g agreement) bool { return settled[g.item] })
		if len(list) == 0 {
			break
		}
		for _, g := range list[:(len(list)+parts-1)/parts] {
			if !settled[g.item] {
				settled[g.item] = true
				s.barWhere(g.item, func(b int32) bool { return b != g.block })
			}
		}
		c := s.newAscent(0.3, diveNodes)
		if !c.run(6, 6, 0) && c.best <= s.target() {
			break
		}
	}
	a.unbar(start)
	a.goBack(at)
}

const diveNodes = 1000
