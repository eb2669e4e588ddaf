package solve

import (
	"cmp"
	"slices"
)

// exhaust tries everything that may beat the target under what is barred, item by item, against the bound
// that prices of rows prove. It comes to an end for a small problem, or for what branching leaves
// undecided: options in several blocks, and rows across them. It returns a bound, in fixed point.
func (s *solver) exhaust(barred []bool, nodes int) int64 {
	p := newPricer(s.m)
	p.barred = barred
	for range exhaustRounds {
		p.round(s.target() / point)
	}
	s.work += int64(exhaustRounds * len(s.m.part) / 16)
	if p.bound <= s.target() {
		return p.bound
	}
	s.m.costs(p.best, p.useCost, p.markCost)
	if s.o.Effort > 0 {
		nodes = min(nodes, int(max(s.o.Effort-s.work, 0)))
	}
	x := &exhaustion{s: s, st: newState(s.m), bound: p.bound, left: nodes, choice: empty(s.m.Items)}
	x.list(p)
	x.try(0, 0, 0)
	tried := int64(nodes - x.left)
	s.nodes += tried
	s.work += tried
	if x.ended {
		return p.bound
	}
	return s.target()
}

const exhaustRounds = 60

type exhaustion struct {
	s      *solver
	st     *state
	bound  int64
	items  [][]loss // with options to try, best first
	choice Choice
	left   int  // nodes
	ended  bool // before everything was tried
}

// A loss is what an option, or none (-1), gives up against the bound.
type loss struct {
	option int32
	loss   int64
}

// list finds what may be part of a choice that beats the target.
func (x *exhaustion) list(p *pricer) {
	m := x.s.m
	for i := range m.Items {
		best := int64(0)
		for o := m.first[i]; o < m.first[i+1]; o++ {
			if !p.barred[o] {
				best = max(best, p.gainOf(o))
			}
		}
		var options []loss
		for o := m.first[i]; o < m.first[i+1]; o++ {
			if l := best - p.gainOf(o); !p.barred[o] && x.bound-l > x.s.target() {
				options = append(options, loss{o, l})
			}
		}
		if len(options) == 0 {
			continue
		}
		options = append(options, loss{-1, best})
		slices.SortStableFunc(options, func(a, b loss) int { return cmp.Compare(a.loss, b.loss) })
		x.items = append(x.items, options)
	}
	// Those with most to lose by their second best come first.
	slices.SortStableFunc(x.items, func(a, b []loss) int { return cmp.Compare(b[1].loss, a[1].loss) })
}

func (x *exhaustion) try(depth int, lost, worth int64) {
	s := x.s
	if x.ended = x.ended || x.left == 0 || x.left%4096 == 0 && s.ctx.Err() != nil; x.ended {
		return
	}
	x.left--
	if worth > s.value {
		s.value = worth
		copy(s.best, x.choice)
	}
	if depth == len(x.items) {
		return
	}
	for _, l := range x.items[depth] {
		if x.bound-lost-l.loss <= s.target() {
			return
		}
		if l.option < 0 {
			x.try(depth+1, lost+l.loss, worth)
			continue
		}
		if !x.st.fitsOption(l.option) {
			continue
		}
		item := s.m.Options[l.option].Item
		x.choice[item] = l.option
		more := x.st.takeOption(l.option)
		x.try(depth+1, lost+l.loss, worth+more)
		x.st.leaveOption(l.option)
		x.choice[item] = -1
	}
}

// isSmall tells whether there are no more than most choices.
func (m *model) isSmall(most float64) bool {
	product := 1.0
	for i := range m.Items {
		n := 1
		for o := m.first[i]; o < m.first[i+1]; o++ {
			if !m.barred[o] {
				n++
			}
		}
		if product *= float64(n); product > most {
			return false
		}
	}
	return true
}

const (
	smallProduct = 1e6
	smallNodes   = 20_000
	endNodes     = 200_000
)
