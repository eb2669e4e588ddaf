package matching

import (
	"errors"
	"slices"
	"sync"

	"example.org/backontrack/matching/internal/solve"
)

// A planIndex is what questions of plans look up.
type planIndex struct {
	once sync.Once
	of   [][]int32 // by referral: its options
}

func (p *Planner) index() *planIndex {
	p.asked.once.Do(func() {
		p.asked.of = make([][]int32, len(p.e.referrals))
		for n := range p.m.options {
			if o := &p.m.options[n]; o.placement < 0 {
				p.asked.of[o.referral] = append(p.asked.of[o.referral], int32(n))
			}
		}
	})
	return &p.asked
}

// is tells whether an option has those stays.
func (o *planOption) is(e *Engine, stays []Stay) bool {
	return slices.EqualFunc(o.stays, stays, func(a planStay, b Stay) bool { return a.stay(e) == b })
}

func (o *planOption) choice(e *Engine) []Stay {
	stays := make([]Stay, len(o.stays))
	for i := range o.stays {
		stays[i] = o.stays[i].stay(e)
	}
	return stays
}

// sameGroups tells whether two options are of the same groups, with whatever patterns and dates.
func (o *planOption) sameGroups(other *planOption) bool {
	return slices.EqualFunc(o.stays, other.stays, func(a, b planStay) bool { return a.group == b.group })
}

// ErrForeignPlan says that a plan is not one that the planner could have given: it is of another
// snapshot, its assignments are not feasible options, or not together, a referral is missing or there twice, or its
// objective or another of its numbers is not what its assignments come to.
var ErrForeignPlan = errors.New("matching: not a plan of this planner, or not one that answers the question")

// chosen turns a plan into the options that it takes, by item, and seats them. A plan that is not complete, or says
// of itself what is not so, is refused: every answer about a plan builds on its objective and on whom it leaves out.
func (p *Planner) chosen(plan *Plan) (solve.Choice, *seating, error) {
	choice, err := p.choiceOf(plan)
	if err != nil {
		return nil, nil, err
	}
	s := newSeating(p.loosest())
	for _, n := range choice {
		if n >= 0 && !s.take(n) {
			return nil, nil, ErrForeignPlan
		}
	}
	if !p.m.registers(choice) || p.m.movesBefore(choice, p.m.firstStart(choice)) {
		return nil, nil, ErrForeignPlan
	}
	if !p.complete(plan, choice) || !p.counts(plan, choice) {
		return nil, nil, ErrForeignPlan
	}
	return choice, s, nil
}

// complete tells whether each referral without an option is among the unplaced just once, and nobody else is.
func (p *Planner) complete(plan *Plan, choice solve.Choice) bool {
	left := make([]bool, len(p.e.referrals))
	for i := range plan.Unplaced {
		r, known := p.e.referralOf[plan.Unplaced[i].Referral]
		if !known || choice[r] >= 0 || left[r] {
			return false
		}
		left[r] = true
	}
	return len(plan.Assignments)+len(plan.Unplaced) == len(p.e.referrals)
}

// counts tells whether the numbers of a plan are those of its choice.
func (p *Planner) counts(plan *Plan, choice solve.Choice) bool {
	worth := 0
	for _, n := range choice {
		if n >= 0 {
			worth += p.m.worth(&p.m.options[n])
		}
	}
	for i := range plan.Assignments {
		a := &plan.Assignments[i]
		r := p.e.referralOf[a.Referral]
		o := &p.m.options[choice[r]]
		if a.Bonus != p.e.referrals[r].bonus || a.Score != o.score || a.Late != o.late {
			return false
		}
	}
	value := int(valueOf(&p.m.problem, choice))
	return plan.Objective == value && plan.Composition == value-worth && plan.Bound >= plan.Objective
}

// choiceOf finds a plan's options.
func (p *Planner) choiceOf(plan *Plan) (solve.Choice, error) {
	hash, err := p.e.Hash()
	if err != nil {
		return nil, err
	}
	if plan == nil || plan.Snapshot != hash {
		return nil, ErrForeignPlan
	}
	choice := make(solve.Choice, p.m.problem.Items)
	for i := range choice {
		choice[i] = -1
	}
	for i := range plan.Assignments {
		a := &plan.Assignments[i]
		found, err := p.find(&Choice{a.Referral, a.Stays})
		if err != nil || len(found) != 1 || len(a.Stays) == 0 || choice[p.m.problem.Options[found[0]].Item] >= 0 {
			return nil, ErrForeignPlan
		}
		choice[p.m.problem.Options[found[0]].Item] = found[0]
	}
	for i := range plan.Moves {
		n := p.move(&plan.Moves[i])
		if n < 0 || choice[p.m.problem.Options[n].Item] >= 0 {
			return nil, ErrForeignPlan
		}
		choice[p.m.problem.Options[n].Item] = n
	}
	for k, stay := range p.stays() {
		if item := len(p.e.referrals) + k; choice[item] < 0 {
			choice[item] = stay
		}
	}
	return choice, nil
}

// move finds the option of a move, -1 where there is none.
func (p *Planner) move(m *Move) int32 {
	return int32(slices.IndexFunc(p.m.options, func(o planOption) bool { return o.isMove() && p.moveOf(&o) == *m }))
}

// moveOf is what an option moves.
func (p *Planner) moveOf(o *planOption) Move {
	to := o.stays[0].stay(p.e)
	return Move{p.e.stays[p.m.movable[o.placement]].placement.ID, to.Group, to.Pattern, to.From}
}

// A seating is what options take of the rows, pools and marks of a problem.
type seating struct {
	p       *solve.Problem
	used    []int64 // by row
	over    []int64 // by pool
	blocked []int32 // by mark: how many rivals are held
}

func newSeating(p *solve.Problem) *seating {
	s := &seating{p: p, used: make([]int64, len(p.Rows)), over: make([]int64, len(p.Pools)), blocked: make([]int32, len(p.Rivals))}
	for i := range p.Rows {
		if row := &p.Rows[i]; row.Pool >= 0 {
			s.over[row.Pool] += max(-row.Capacity, 0)
		}
	}
	return s
}

// take seats an option if it fits beside those that are seated.
func (s *seating) take(n int32) bool {
	for _, part := range s.p.Options[n].Parts {
		for _, mark := range s.p.Marks[part.Marks] {
			if s.blocked[mark] > 0 {
				return false
			}
		}
	}
	s.book(n, 1)
	for _, part := range s.p.Options[n].Parts {
		for _, use := range s.p.Uses[part.Uses] {
			if !s.holds(use.Row) {
				s.book(n, -1)
				return false
			}
		}
	}
	return true
}

// holds tells whether a row that has just been used more is within what it has.
func (s *seating) holds(n int32) bool {
	row := &s.p.Rows[n]
	if s.used[n] <= row.Capacity {
		return true
	}
	return row.Pool >= 0 && s.over[row.Pool] <= s.p.Pools[row.Pool]
}

// fits tells whether an option could be seated.
func (s *seating) fits(n int32) bool {
	if !s.take(n) {
		return false
	}
	s.book(n, -1)
	return true
}

// book seats an option, or with sign -1 takes it away.
func (s *seating) book(n, sign int32) {
	for _, part := range s.p.Options[n].Parts {
		for _, use := range s.p.Uses[part.Uses] {
			row, before := &s.p.Rows[use.Row], s.used[use.Row]
			s.used[use.Row] += int64(sign) * int64(use.Amount)
			if row.Pool >= 0 {
				s.over[row.Pool] += max(s.used[use.Row]-row.Capacity, 0) - max(before-row.Capacity, 0)
			}
		}
		for _, mark := range s.p.Marks[part.Marks] {
			for _, rival := range s.p.Rivals[mark] {
				s.blocked[rival] += sign
			}
		}
	}
}

// valueOf is what a choice is worth to a problem, counted afresh.
func valueOf(p *solve.Problem, choice []int32) (sum int64) {
	rooms := make([][]int32, p.Rooms)
	for _, n := range choice {
		if n < 0 {
			continue
		}
		sum += p.Options[n].Value
		for _, part := range p.Options[n].Parts {
			if part.Room >= 0 {
				rooms[part.Room] = append(rooms[part.Room], part.Seat)
			}
		}
	}
	for room, seats := range rooms {
		if len(seats) > 0 {
			sum += p.Company.Value(int32(room), seats)
		}
	}
	return sum
}
