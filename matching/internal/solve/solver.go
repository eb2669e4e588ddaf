package solve

import (
	"context"
	"errors"
)

// Options say how to solve.
type Options struct {
	Effort   int64   // so much work at most; 0: no limit. A unit is about a step of a search
	Barred   []bool  // by option: it is not to be taken
	Forced   []int32 // options that are taken, whatever it costs
	Start    Choice  // where to begin, if it holds; nil: nowhere
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
	s := &solver{m: m, o: o, ctx: ctx, bound: 1 << 61, best: empty(p.Items)}
	s.solve()
	r := Result{Choice: s.best, Value: s.value + m.given, Bound: s.bound + m.given, Nodes: s.nodes, Iterations: s.iterations}
	for _, forced := range m.forced {
		r.Choice[p.Options[forced].Item] = forced
	}
	return r, nil
}

type solver struct {
	m                 *model
	o                 Options
	ctx               context.Context
	best              Choice
	value, bound      int64
	nodes, iterations int64
	work              int64
	floor             int64 // what is asked to be beaten, beside value

	pricer   *pricer
	searches []*search
	master   *master
}

// done tells whether to stop: proven, or out of effort or time.
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
	return s.bound <= s.value || s.o.Effort > 0 && s.work >= s.o.Effort || s.ctx.Err() != nil
}

func (s *solver) offer(value int64, c Choice) {
	if value > s.value {
		s.value = value
		copy(s.best, c)
	}
}

func (s *solver) prove(fixed int64) { s.bound = min(s.bound, fixed>>pointBits) }

func (s *solver) solve() {
	s.pricer = newPricer(s.m)
	s.searches = []*search{newSearch(s.m, 1), newSearch(s.m, 2)}
	s.price(60)
	if s.done() {
		return
	}
	s.search(20000, 30)
	s.price(300)
	if s.done() {
		return
	}
	s.master = newMaster(s.m, s.pricer)
	s.master.smooth = 0.7
	s.prove(s.improve(150, 4, 0.3, 3000))
	s.dive(6)
	s.dive(3)
	s.close()
	s.done()
}

func (s *solver) price(rounds int) {
	for range rounds {
		s.pricer.round(s.value)
		s.iterations++
	}
	s.work += int64(rounds * len(s.m.part) / 8)
	s.prove(s.pricer.bound)
	r := s.searches[0]
	r.favour(s.pricer.gainOf, s.m.barred, 60)
	s.searches[1].favour(s.pricer.gainOf, s.m.barred, 60)
	r.fill(r.movable)
	s.offer(r.record, r.best)
}

func (s *solver) search(steps, turn int) {
	t := int64(60*(40-turn)/40 + 1)
	for _, r := range s.searches {
		r.run(steps, t, t)
		s.offer(r.record, r.best)
		s.work += int64(steps)
	}
}
