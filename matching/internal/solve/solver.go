package solve

import (
	"context"
	"errors"
	"time"
)

// Options say how to solve.
type Options struct {
	Effort   int64   // so much work at most; 0: no limit. A unit is about a step of a search
	Barred   []bool  // by option: it is not to be taken
	Forced   []int32 // options that are taken, whatever it costs
	Start    Choice  // where to begin, as far as it fits; nil: nowhere
	Progress func(Progress)
}

// Progress is how far it has come.
type Progress struct {
	Value, Bound      int64
	Taken             int
	Nodes, Iterations int64
}

// A Result is the best choice that was found.
type Result struct {
	Choice            Choice
	Value, Bound      int64 // Bound: no choice is worth more
	Nodes, Iterations int64
}

// ErrForced says that options that are forced exclude each other, or are barred.
var ErrForced = errors.New("solve: not all forced options can be taken together")

// Solve looks for the choice of most value until it is proven, the effort is spent,
// or ctx is done: that is no error. But for an end by ctx, the result depends on the
// problem and the options alone.
func Solve(ctx context.Context, p *Problem, o Options) (Result, error) {
	m := newModel(p, o.Barred, o.Forced)
	if m == nil {
		return Result{}, ErrForced
	}
	s := newSolver(ctx, m, o)
	s.solve()
	return s.result(), nil
}

func newSolver(ctx context.Context, m *model, o Options) *solver {
	s := &solver{
		m: m, o: o, ctx: ctx, bound: m.trivial(), small: smallProduct, end: endNodes, best: empty(m.Items),
	}
	if _, limited := ctx.Deadline(); limited {
		s.began = time.Now()
	}
	return s
}

// result is the best choice, with what is forced.
func (s *solver) result() Result {
	r := Result{Choice: s.best, Value: s.value + s.m.given, Bound: s.bound + s.m.given, Nodes: s.nodes, Iterations: s.iterations}
	for _, forced := range s.m.forced {
		r.Choice[s.m.Options[forced].Item] = forced
	}
	return r
}

// A solver takes turns at searching for choices and at proving bounds.
type solver struct {
	m                 *model
	o                 Options
	ctx               context.Context
	best              Choice
	value, bound      int64
	floor             int64 // what is asked to be beaten, beside value
	nodes, iterations int64
	work              int64
	round             int64     // what a round of pricing took of late
	began             time.Time // where ctx has a deadline
	small             float64   // so many choices are all tried first
	end               int       // nodes for what branching leaves undecided

	pricer   *pricer
	searches []*search
	master   *master
}

// done tells whether to stop: proven, or out of effort or time. It reports progress.
func (s *solver) done() bool {
	if s.o.Progress != nil {
		taken := len(s.m.forced)
		for _, o := range s.best {
			if o >= 0 {
				taken++
			}
		}
		s.o.Progress(Progress{s.value + s.m.given, s.bound + s.m.given, taken, s.nodes, s.iterations})
	}
	return s.bound <= s.value || s.stopped()
}

func (s *solver) stopped() bool {
	return s.o.Effort > 0 && s.work >= s.o.Effort || s.ctx.Err() != nil
}

// spend counts the work of the master's workers.
func (s *solver) spend() {
	s.work += s.master.spent
	s.master.spent = 0
}

func (s *solver) offer(r *search) {
	if r.record > s.value {
		s.value = r.record
		copy(s.best, r.best)
	}
}

// trivial is what all items would be worth if nothing stood in their way.
func (m *model) trivial() int64 {
	sum := int64(0)
	for _, slack := range m.slack {
		sum += slack
	}
	for i := range m.Items {
		most := m.rest(i) >> pointBits
		for o := m.first[i]; o < m.first[i+1]; o++ {
			worth := m.Options[o].Value
			for p := m.at[o]; p < m.at[o+1]; p++ {
				worth += m.most[p]
			}
			if !m.barred[o] {
				most = max(most, worth)
			}
		}
		sum += most
	}
	return sum
}

func (s *solver) prove(fixed int64) { s.bound = min(s.bound, fixed>>pointBits) }

func (s *solver) solve() {
	s.pricer = newPricer(s.m)
	s.searches = []*search{newSearch(s.m, 1), newSearch(s.m, 2)}
	if s.o.Start != nil {
		s.searches[0].set(s.o.Start)
		s.offer(s.searches[0])
	}
	s.price(60)
	s.searches[0].fill(s.searches[0].movable)
	s.searches[1].fill(s.m.bySize(s.searches[1].movable))
	for _, r := range s.searches {
		s.offer(r)
		r.set(s.best)
	}
	if s.done() {
		return
	}
	if s.m.Rest == nil && s.m.isSmall(s.small) {
		if s.prove(s.exhaust(s.m.barred, smallNodes)); s.done() {
			return
		}
	}
	s.searchAt(stepsPerItem/32*len(s.searches[0].items), s.searches[0].heat/2, 1, 0)
	s.price(300)
	if s.done() {
		return
	}
	s.master = newMaster(s.m, s.pricer)
	s.alternate()
	if s.done() {
		return
	}
	s.dive(6)
	s.dive(3)
	if s.m.Rest == nil {
		s.close()
	}
}

// Stages of pricing items: the bound gets better with more nodes for each block and each cluster,
// but first the prices have to come near what they will be.
var stages = []struct {
	step          float64
	nodes, pinned int
}{{0.3, 300, 4}, {0.15, 2400, 24}, {0.1, treeNodes, 24}}

// alternate searches and prices in turn, until neither gets further.
func (s *solver) alternate() {
	var c *ascent
	dived := false
	for turn, stage := 0, 0; !s.done(); turn++ {
		steps := s.search(turn)
		if c == nil {
			s.master.pinned = stages[stage].pinned
			c = s.newAscent(stages[stage].step, stages[stage].nodes)
		}
		going := c.run(12, 4, 4*steps)
		s.prove(c.best)
		if !dived && s.affords() {
			dived = true
			s.dive(6)
		}
		if going {
			continue
		}
		if stage++; stage < len(stages) {
			c = nil
			continue
		}
		if stage--; turn >= s.cycle() {
			return
		}
	}
}

// affords tells whether it is time to dive, and there is enough left to spend on it: about a hundred rounds.
func (s *solver) affords() bool {
	spent := s.spent()
	return spent > 0.5 && float64(100*s.round) < (1-spent)/spent*float64(s.work)
}

// price runs rounds of pricing all rows, and sets what the searches favour.
func (s *solver) price(rounds int) {
	for range rounds {
		s.pricer.round(s.value)
		s.iterations++
		if s.work += int64(len(s.m.part)+len(s.m.uses)*8) / 64; s.stopped() || s.pricer.step < 1e-3 {
			break
		}
	}
	s.prove(s.pricer.bound)
	p := s.pricer
	s.m.costs(p.best, p.useCost, p.markCost)
	for _, r := range s.searches {
		r.favour(p.gainOf, s.m.barred, mostOptions)
	}
}

// mostOptions is how many options of an item the search looks at.
const mostOptions = 200

// repair makes a choice of what the blocks take, and improves it a little.
func (s *solver) repair() {
	m, r := s.m, s.searches[0]
	c := empty(m.Items)
	for _, sol := range s.master.sol {
		for _, p := range sol {
			o, i := m.option[p], m.itemOf(p)
			if c[i] < 0 || m.Options[o].Value > m.Options[c[i]].Value {
				c[i] = o
			}
		}
	}
	kept := r.current()
	r.everywhere()
	r.set(c)
	r.fill(r.movable)
	r.run(s.ctx, 8*len(r.movable), 3, 1)
	s.work += int64(16 * len(r.movable))
	s.offer(r)
	r.set(kept)
}
