package matching

import (
	"context"
	"errors"
	"slices"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/internal/solve"
)

// ErrMoves says that a plan was asked for with fewer than no moves, or more than its planner prepares.
var ErrMoves = errors.New("matching: moves from 0 to as many as the planner was made for")

// A moving is one search for a plan that may move placements. Its problem gives each of them a bonus for having a
// seat, so high that nothing that a plan could gain makes up for it.
type moving struct {
	p       *Planner
	problem solve.Problem
	o       solve.Options
	bonus   int64
	moves   int // at most
	seats   int // placements that must have one
}

// solveMoving plans with moves: first without any, with half of the effort, then from there. No move may begin before the first
// new start of the plan: where one does, all moves before that day are barred, and the search begins again, with half of
// the effort again. The bound is that of the first search with moves, which looks at every plan. The error is
// [solve.ErrForced] where not everybody has a seat beside what is fixed.
func (p *Planner) solveMoving(ctx context.Context, problem solve.Problem, moves int, o solve.Options) (solve.Result, error) {
	s := p.moving(problem, moves, o)
	if moves == 0 {
		return s.unmoved(ctx, o.Effort)
	}
	first := int64(firstEffort)
	if o.Effort > 0 {
		first = (o.Effort + 1) / 2
		s.o.Effort = first
	}
	still, err := s.unmoved(ctx, first)
	if err == nil && (o.Start == nil || still.Value > valueOf(&problem, o.Start)) {
		s.o.Start = still.Choice
	}
	sum := still
	for again := false; s.begin(ctx); again = true {
		result, err := s.solve(ctx, &sum)
		if err != nil {
			return result, err
		}
		if again {
			result.Bound = sum.Bound
		}
		sum.Choice, sum.Value, sum.Bound = result.Choice, result.Value, result.Bound
		sum.Nodes, sum.Iterations = sum.Nodes+result.Nodes, sum.Iterations+result.Iterations
		start := p.m.firstStart(sum.Choice)
		if !p.m.movesBefore(sum.Choice, start) {
			if still.Choice != nil && still.Value > sum.Value {
				sum.Choice, sum.Value = still.Choice, still.Value
			}
			return sum, nil
		}
		for n := range p.m.options {
			if option := &p.m.options[n]; option.isMove() && option.stays[0].from < start {
				s.o.Barred[n] = true
			}
		}
		s.o.Start, s.o.Effort, s.o.Progress = sum.Choice, (s.o.Effort+1)/2, nil
	}
	return sum, solve.ErrForced
}

// unmoved plans with all placements where they are. The error is as of solveMoving.
func (s *moving) unmoved(ctx context.Context, effort int64) (solve.Result, error) {
	o := s.o
	o.Effort, o.Forced = effort, append(slices.Clone(o.Forced), s.p.stays()...)
	if report := s.o.Progress; report != nil {
		most := int64(0) // nothing is proven yet of plans that move someone
		for _, worth := range mostOf(&s.problem) {
			most += worth
		}
		o.Progress = func(now solve.Progress) {
			now.Taken -= s.seats
			if s.moves > 0 {
				now.Bound = s.bound(most)
			}
			report(now)
		}
	}
	o.Start = s.p.open(o.Start, o.Barred, o.Forced)
	return solve.Solve(ctx, &s.problem, o)
}

func (p *Planner) moving(problem solve.Problem, moves int, o solve.Options) *moving {
	s := &moving{p: p, problem: problem, o: o, moves: moves, seats: len(p.m.movable)}
	s.o.Barred = slices.Clone(o.Barred)
	if s.seats > 0 {
		s.problem.Rows = slices.Clone(problem.Rows)
		s.problem.Rows[len(problem.Rows)-1].Capacity = int64(moves)
	}
	return s
}

// begin finds a choice to begin with in which every placement has a seat beside what is fixed: that of the given start, as
// they are, or the best that a short search finds. It reports whether there is one. The rest of the given start is kept as
// far as it fits.
func (s *moving) begin(ctx context.Context) bool {
	given := s.o.Start
	choice, seats := s.seat(given)
	if choice == nil {
		choice, seats = s.seat(nil)
	}
	if choice == nil && s.seats > 0 {
		choice, seats = s.seat(s.rearranged(ctx))
	}
	if choice == nil {
		return false
	}
	for i := range given[:min(len(given), len(s.p.e.referrals))] {
		if n := given[i]; n >= 0 && choice[i] < 0 && !s.o.Barred[n] && seats.take(n) {
			choice[i] = n
		}
	}
	s.o.Start = choice
	return true
}

// seat gives what is fixed and then each placement its seat: that of a start, or the one that it has. It is nil
// where they do not all fit.
func (s *moving) seat(start solve.Choice) (solve.Choice, *seating) {
	choice, seats := make(solve.Choice, s.problem.Items), newSeating(&s.problem)
	for i := range choice {
		choice[i] = -1
	}
	for _, n := range s.o.Forced {
		if item := s.problem.Options[n].Item; s.o.Barred[n] || choice[item] >= 0 || !seats.take(n) {
			return nil, nil
		}
		choice[s.problem.Options[n].Item] = n
	}
	for k, stay := range s.p.stays() {
		item := len(s.p.e.referrals) + k
		if start != nil && start[item] >= 0 && !s.o.Barred[start[item]] && seats.take(start[item]) {
			choice[item] = start[item]
		} else if seats.take(stay) {
			choice[item] = stay
		} else {
			return nil, nil
		}
	}
	return choice, seats
}

// seatEffort is what is spent at most on finding seats beside fixed choices.
const seatEffort = 1 << 20

// rearranged looks for seats of all placements beside what is fixed, and places nobody else. It does not end with ctx: without
// its answer there is no plan at all.
func (s *moving) rearranged(ctx context.Context) solve.Choice {
	o := solve.Options{Effort: seatEffort, Forced: s.o.Forced, Barred: slices.Clone(s.o.Barred)}
	for n := range o.Barred {
		if s.p.m.options[n].placement < 0 && !slices.Contains(o.Forced, int32(n)) {
			o.Barred[n] = true
		}
	}
	problem := s.problem
	s.reward(&problem, -s.p.compositionSpan())
	result, err := solve.Solve(context.WithoutCancel(ctx), &problem, o)
	if err != nil {
		return nil
	}
	return result.Choice
}

// reward adds the bonus for seats to a problem: more than any choice is worth over one that is worth least.
func (s *moving) reward(problem *solve.Problem, least int64) {
	for i := range problem.Options {
		least = min(least, problem.Options[i].Value)
	}
	s.bonus = 1 - min(least, 0)
	for _, worth := range mostOf(problem) {
		s.bonus += worth
	}
	s.bonus = min(s.bonus, mostAimed/int64(s.seats))
	problem.Options = slices.Clone(problem.Options)
	for i := range problem.Options {
		if s.p.m.options[i].placement >= 0 {
			problem.Options[i].Value += s.bonus
		}
	}
}

// mostOf bounds what each item can add to a choice, at least 0.
func mostOf(p *solve.Problem) []int64 {
	most := make([]int64, p.Items)
	for i := range p.Options {
		o := &p.Options[i]
		worth := o.Value
		for _, part := range o.Parts {
			if part.Room >= 0 {
				worth += p.Company.Most(part.Room, part.Seat)
			}
		}
		most[o.Item] = max(most[o.Item], worth)
	}
	return most
}

// solve searches from the start on, after what has been searched before. What it returns is worth what it is to the plan, without the bonus for seats.
func (s *moving) solve(ctx context.Context, before *solve.Result) (solve.Result, error) {
	problem, o, low := s.problem, s.o, valueOf(&s.problem, s.o.Start)
	s.reward(&problem, low)
	s.relax(&problem)
	all := s.bonus * int64(s.seats)
	if report := s.o.Progress; report != nil {
		o.Progress = func(now solve.Progress) {
			now.Value, now.Bound, now.Taken = now.Value-all, s.bound(now.Bound-all), now.Taken-s.seats
			now.Nodes, now.Iterations = now.Nodes+before.Nodes, now.Iterations+before.Iterations
			report(now)
		}
	}
	o.Start = s.p.open(o.Start, o.Barred, o.Forced)
	result, err := solve.Solve(ctx, &problem, o)
	if err != nil {
		return result, err
	}
	result.Value, result.Bound = result.Value-all, s.bound(result.Bound-all)
	if slices.Contains(result.Choice[len(s.p.e.referrals):], -1) { // only where the bonus was cut short
		result.Choice, result.Value = s.o.Start, low
	}
	return result, nil
}

// stays are the options of placements to stay as they are, in their order.
func (p *Planner) stays() []int32 {
	var list []int32
	for n := range p.m.options {
		if o := &p.m.options[n]; o.placement >= 0 && !o.isMove() {
			list = append(list, int32(n))
		}
	}
	return list
}

// firstStart is the first day of all new stays, 0 where there are none.
func (m *planModel) firstStart(choice solve.Choice) (first calendar.Date) {
	for _, n := range choice[:len(m.e.referrals)] {
		if n < 0 {
			continue
		}
		for i := range m.options[n].stays {
			if from := m.options[n].stays[i].from; first == 0 || from < first {
				first = from
			}
		}
	}
	return first
}

// movesBefore tells whether a choice moves anyone before a day.
func (m *planModel) movesBefore(choice solve.Choice, day calendar.Date) bool {
	return slices.ContainsFunc(choice, func(n int32) bool { return n >= 0 && m.options[n].isMove() && m.options[n].stays[0].from < day })
}
