package matching

import (
	"errors"
	"sync"

	"example.org/backontrack/matching/calendar"
)

// HighestObjective is the contract's objective alone: the zero value of an aim, by its name.
const HighestObjective PlanAim = "objective"

// ErrNoSuchAim says that a plan was asked for an aim that there is none of.
var ErrNoSuchAim = errors.New("matching: no such aim")

// Aims lists all aims, that of the contract first.
func Aims() []PlanAim {
	return []PlanAim{HighestObjective, MostPlaced, LeastRisk, ShortestJourneys, FewestMoves, MostRoom}
}

// An aim gives each option points from 0 to 1000, and a plan with the aim maximises
//
//	5 × Σ over placed referrals (bonus + points) + objective
//
// so that points count five times as much as a score does, and the bonus of priorities as much beside them as
// it does beside scores. docs/reference/questions-of-a-plan.md defines the points. The aim of placing most is stricter.
const aimWeight = 5

// total is what an aim adds to a choice.
func total(values []int64, choice []int32) (sum int64) {
	for _, n := range choice {
		if n >= 0 {
			sum += values[n]
		}
	}
	return sum
}

// aimed is what an aim adds to the value of each option; nil for the contract's.
func (p *Planner) aimed(aim PlanAim) ([]int64, error) {
	var points func(n int, o *planOption) int
	switch aim {
	case "", HighestObjective:
		return nil, nil
	case MostPlaced:
		return p.perPlacement(), nil
	case LeastRisk:
		points = func(n int, _ *planOption) int { return p.points().risk[n] }
	case MostRoom:
		points = func(n int, _ *planOption) int { return p.points().room[n] }
	case ShortestJourneys:
		points = p.journeyPoints()
	case FewestMoves:
		points = func(int, *planOption) int { return full }
	default:
		return nil, ErrNoSuchAim
	}
	values := make([]int64, len(p.m.options))
	for n := range p.m.options {
		o := &p.m.options[n]
		switch {
		case o.placement < 0:
			values[n] = int64(aimWeight * (p.e.referrals[o.referral].bonus + points(n, o)))
		case aim == FewestMoves && o.isMove():
			values[n] = -aimWeight * full
		}
	}
	return values, nil
}

// mostAimed bounds what the options of an agenda may add together: the solver counts in thousandths, exactly up to 2^53.
const mostAimed = int64(1) << 42

// perPlacement gives each placement more than all else could differ by, so that no plan of fewer placements
// is worth more. Only an agenda of tens of thousands is too large for that.
func (p *Planner) perPlacement() []int64 {
	high, low := make([]int, len(p.e.referrals)), make([]int, len(p.e.referrals))
	for n := range p.m.options {
		if o := &p.m.options[n]; o.placement < 0 {
			high[o.referral] = max(high[o.referral], p.m.worth(o))
			low[o.referral] = min(low[o.referral], p.m.worth(o))
		}
	}
	span := int64(1)
	for i := range high {
		span += int64(high[i] - low[i])
	}
	span += p.compositionSpan()
	span = min(span, mostAimed/int64(max(len(high), 1)))
	values := make([]int64, len(p.m.options))
	for n := range values {
		if p.m.options[n].placement < 0 {
			values[n] = span
		}
	}
	return values
}

// compositionSpan bounds how far apart the compositions of two plans are, and what their moves cost. In each plan, the
// sum over all groups lies between what everybody alone would cost and what all friends in all groups would be worth;
// so does that of the standing placements.
func (p *Planner) compositionSpan() int64 {
	policy := p.e.policy.Composition
	stays := int64(len(p.e.stays) + len(p.e.referrals)*max(p.e.policy.Package.MaxGroups, 1))
	pairs := int64(0)
	for _, friends := range p.e.friends {
		pairs += int64(len(friends))
	}
	span := abs(policy.Alone)*stays + abs(policy.Friend)*pairs*int64(len(p.e.groups))
	return 2*span + abs(p.e.policy.MoveCost)*int64(len(p.e.stays))
}

func abs(n int) int64 { return int64(max(n, -n)) }

// journeyPoints fall in a straight line from 1000 for no journey to 0 for the longest that is possible in the
// agenda. A journey that is not known counts as half of that.
func (p *Planner) journeyPoints() func(int, *planOption) int {
	longest := 1
	for n := range p.m.options {
		longest = max(longest, p.m.options[n].minutes)
	}
	return func(_ int, o *planOption) int {
		if o.minutes < 0 {
			return full / 2
		}
		return full - full*o.minutes/longest
	}
}

// aimPoints are what aims need to know of each option beside what planning does.
type aimPoints struct {
	once              sync.Once
	unchecked, spread []int // rules that wait for an answer; score_high − score_low
	risk, room        []int // points of the aims
}

// points are computed once, when an aim or a figure first needs them: that costs as much as explaining every feasible option.
func (p *Planner) points() *aimPoints {
	p.aims.once.Do(func() {
		a, of := &p.aims, p.index().of
		for _, list := range []*[]int{&a.unchecked, &a.spread, &a.risk, &a.room} {
			*list = make([]int, len(p.m.options))
		}
		eachReferral(p.e, func(t *trial) struct{} {
			for _, n := range of[p.e.referralOf[t.r.referral.ID]] {
				o := &p.m.options[n]
				option := t.ofPlan(o)
				a.unchecked[n], a.spread[n] = len(option.Unchecked), option.ScoreHigh-option.ScoreLow
				a.risk[n] = max(full-150*a.unchecked[n]-min(a.spread[n], full)/10, 0)
				a.room[n] = t.roomOf(o)
			}
			return struct{}{}
		})
	})
	return &p.aims
}

// ofPlan is an option of the plan in full.
func (t *trial) ofPlan(o *planOption) Option {
	if len(o.stays) == 1 {
		v := t.staying(&o.stays[0])
		return t.option(&v, []Reason{})
	}
	stays, week := make([]visit, len(o.stays)), calendar.Sessions(0)
	for i := range o.stays {
		stays[i] = t.staying(&o.stays[i])
		week |= o.stays[i].mask
	}
	return t.packageOption(stays, week)
}

// staying is the visit of a stay.
func (t *trial) staying(s *planStay) visit {
	g := &t.e.groups[s.group]
	v := t.visit(g, &g.patterns[s.pattern])
	v.from, v.to, v.settled = s.from, s.to, s.settled
	return v
}

// roomOf is the headroom of the fullest of an option's groups, from 0 to 1000: at the fullest session of its pattern
// on any day until the horizon, beside the standing placements and as if the pupil were there all the time. So
// nobody has to wait for the sake of room.
func (t *trial) roomOf(o *planOption) int {
	least := full
	for i := range o.stays {
		v := t.staying(&o.stays[i])
		t.c.From, t.c.To = v.g.first, v.g.last
		least = min(least, headroom{}.Score(&t.c, nil).Expected)
	}
	return least
}
