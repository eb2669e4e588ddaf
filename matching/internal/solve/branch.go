package solve

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
			a.move(step, s.value*point)
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
func (s *solver) target() int64 { return s.value*point + point - 1 }

func (s *solver) stopped() bool {
	return s.o.Effort > 0 && s.work >= s.o.Effort || s.ctx.Err() != nil
}

// branch proves that nothing beats the best choice under what is barred, or finds what does. It
// returns a bound.
func (s *solver) branch(depth int) int64 {
	a := s.master
	s.nodes++
	rounds := 12
	if depth == 0 {
		rounds = 150
	}
	kept := append([]int64(nil), a.item...)
	defer func() {
		for i, price := range kept {
			a.set(int32(i), price)
		}
	}()
	bound := s.improve(rounds, 4, 0.3, 3000)
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
	item, block := s.split()
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

// split chooses what to branch on: the dearest item that blocks disagree on, and the block that took it
// most often.
func (s *solver) split() (item, block int32) {
	a, m := s.master, s.m
	often := map[[2]int32]float64{}
	places := make([]int32, m.Items)
	last := make([]int32, m.Items)
	for i := range last {
		last[i] = -1
	}
	for p := range m.part {
		o := m.option[p]
		if a.barred[o] {
			continue
		}
		i := m.Options[o].Item
		if last[i] != m.block[p] {
			places[i]++
			last[i] = m.block[p]
		}
		if a.often[p] > 0 {
			often[[2]int32{i, m.block[p]}] += float64(a.often[p])
		}
	}
	item, block = -1, -1
	best := -1.0
	for i := range m.Items {
		if places[i] < 2 {
			continue
		}
		for p := m.at[m.first[i]]; p < m.at[m.first[i+1]]; p++ {
			x := often[[2]int32{int32(i), m.block[p]}]
			score := min(x, 1-x) * float64(a.item[i])
			if score > best {
				best, item, block = score, int32(i), m.block[p]
			}
		}
	}
	return item, block
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
