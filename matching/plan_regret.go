package matching

import (
	"context"
	"slices"

	"example.org/backontrack/matching/internal/solve"
)

// Regrets say what each choice for one referral costs the whole agenda, and whom.
type Regrets struct {
	Referral  ReferralID `json:"referral"`
	Objective int        `json:"objective"` // of the plan at hand
	Bound     int        `json:"bound"`     // proven: no plan exceeds it
	Choices   []Regret   `json:"choices"`   // in ranking order, to leave it unplaced last
}

// A Regret is what one choice costs: how much less the best plan with that choice is worth than the best plan.
//
// Cost compares two plans that were found: the one at hand, and the best one that was found with the choice. It is
// below 0 where the latter is better, which an optimal plan rules out. What the best plans are worth is proven only
// within bounds: the true cost is at least CostLow, and at most CostHigh. Exact says that these are equal.
type Regret struct {
	Stays     []Stay       `json:"stays"`     // none: the referral is left unplaced
	Chosen    bool         `json:"chosen"`    // by the plan at hand
	Possible  bool         `json:"possible"`  // beside what is fixed; if not, all below is 0
	Cost      int          `json:"cost"`      // points of the objective
	CostLow   int          `json:"cost_low"`  // at least 0
	CostHigh  int          `json:"cost_high"` // points of the objective
	Exact     bool         `json:"exact"`
	Objective int          `json:"objective"` // of the best plan that was found with this choice
	Bound     int          `json:"bound"`     // proven: no plan with this choice exceeds it
	Placed    int          `json:"placed"`    // how many referrals that plan places
	Changes   []PlanChange `json:"changes"`   // the other referrals for which that plan differs from the one at hand, by id
	Plan      *Plan        `json:"-"`
}

// Regrets compares a plan of this planner with the best plans in which a referral has another option: for each group, or
// set of groups, that is possible for it, the best option of the ranking; and that it is left unplaced. base
// keeps to what o fixes and bars; o.Aim is not looked at. o.Effort and the time of ctx are shared among the choices. When ctx is
// done, ranges are as wide as what was proven by then leaves them.
//
// The errors are [*NotFoundError] for the referral, [ErrForeignPlan] for a plan that is not one of this planner under o, [ErrMoves] for
// one that makes more moves than o.Moves, and those of [Engine.Plan] about choices.
func (p *Planner) Regrets(ctx context.Context, base *Plan, id ReferralID, o PlanOptions) (*Regrets, error) {
	r, ok := p.e.referralOf[id]
	if !ok {
		return nil, &NotFoundError{"referral", string(id)}
	}
	choice, err := p.asPlanned(base, &o)
	if err != nil {
		return nil, err
	}
	s := &regretSearch{p: p, o: o, base: base, choice: choice, referral: r, options: p.rivals(r, choice[r])}
	s.o.Aim, s.o.Progress = "", nil
	s.results = make([]solve.Result, len(s.options))
	s.state = make([]regretState, len(s.options))
	err = shared(ctx, o.Effort, len(s.options), func(n, effort int) (bool, error) { return s.plan(ctx, n, effort) })
	if err != nil {
		return nil, err
	}
	return s.regrets()
}

// asPlanned is the choice of a plan that could have been made under some options.
func (p *Planner) asPlanned(plan *Plan, o *PlanOptions) (solve.Choice, error) {
	if o.Moves < 0 || o.Moves > p.moves {
		return nil, ErrMoves
	}
	choice, _, err := p.chosen(plan)
	if err != nil {
		return nil, err
	}
	if len(plan.Moves) > o.Moves {
		return nil, ErrMoves
	}
	return choice, p.keeps(choice, o)
}

// keeps finds what is wrong with what is fixed and barred, or that a choice does not keep to it.
func (p *Planner) keeps(choice solve.Choice, o *PlanOptions) error {
	barred, forced, err := p.choices(o)
	if err != nil {
		return err
	}
	for _, n := range choice {
		if n >= 0 && barred[n] {
			return ErrForeignPlan
		}
	}
	if slices.ContainsFunc(forced, func(n int32) bool { return choice[p.m.problem.Options[n].Item] != n }) {
		return ErrForeignPlan
	}
	return nil
}

// rivals are the options to compare: the one that is chosen, and the best of the ranking for each other set of groups; in
// ranking order, and -1 last, which is to have none. Those that only moves make room for follow the ranking, the one worth most
// first.
func (p *Planner) rivals(r, chosen int32) []int32 {
	var list []int32
	left := slices.Clone(p.index().of[r])
	add := func(n int32) {
		o := &p.m.options[n]
		known := slices.ContainsFunc(list, func(i int32) bool { return o.sameGroups(&p.m.options[i]) && i != chosen })
		inPlan := chosen >= 0 && o.sameGroups(&p.m.options[chosen])
		if n == chosen || !known && !inPlan {
			list = append(list, n)
		}
	}
	for _, option := range p.e.rank(&p.e.referrals[r]).Ranking {
		if i := slices.IndexFunc(left, func(n int32) bool { return p.m.options[n].is(p.e, option.Stays) }); i >= 0 {
			add(left[i])
			left = slices.Delete(left, i, i+1)
		}
	}
	slices.SortStableFunc(left, func(a, b int32) int { return p.m.worth(&p.m.options[b]) - p.m.worth(&p.m.options[a]) })
	for _, n := range left {
		add(n)
	}
	return append(list, -1)
}

// A regretSearch plans with one choice for a referral after another.
type regretSearch struct {
	p        *Planner
	o        PlanOptions
	base     *Plan
	choice   solve.Choice
	referral int32
	options  []int32
	results  []solve.Result // by option: the best plan found, and the lowest bound
	state    []regretState
}

type regretState uint8

// What is known of a choice.
const (
	notPlanned regretState = iota
	planned
	notPossible
)

// plan plans with the n-th option, and tells whether nothing is left to prove.
func (s *regretSearch) plan(ctx context.Context, n, effort int) (proven bool, err error) {
	option, result := s.options[n], &s.results[n]
	if option == s.choice[s.referral] {
		*result = solve.Result{Choice: s.choice, Value: int64(s.base.Objective), Bound: int64(s.base.Bound)}
		s.state[n] = planned
		return true, nil
	}
	o := s.with(option)
	o.Effort = effort
	if !s.p.possible(o) {
		s.state[n] = notPossible
		return true, nil
	}
	now, err := s.p.solve(ctx, o, nil, s.start(option))
	if err != nil {
		return false, err
	}
	now.Bound = min(now.Bound, int64(s.base.Bound))
	if s.state[n] == notPlanned {
		*result = now
	} else {
		now.Bound = min(now.Bound, result.Bound)
		if now.Value < result.Value {
			now.Choice, now.Value = result.Choice, result.Value
		}
		*result = now
	}
	s.state[n] = planned
	return result.Value >= result.Bound, nil
}

// with are the options of the plan with one more choice.
func (s *regretSearch) with(option int32) *PlanOptions {
	o := s.o
	fixed := Choice{Referral: s.p.e.referrals[s.referral].referral.ID}
	if option >= 0 {
		fixed.Stays = s.p.m.options[option].choice(s.p.e)
	}
	o.Fixed = append(slices.Clone(o.Fixed), fixed)
	return &o
}

// start is the plan at hand with another option for the referral, without those for whom there is no room then.
func (s *regretSearch) start(option int32) solve.Choice {
	start, seats := slices.Clone(s.choice), newSeating(&s.p.m.problem)
	start[s.referral] = option
	if option >= 0 {
		seats.take(option)
	}
	for item, n := range start {
		if n >= 0 && int32(item) != s.referral && !seats.take(n) {
			start[item] = -1
		}
	}
	return start
}

// regrets compares what was found.
func (s *regretSearch) regrets() (*Regrets, error) {
	id := s.p.e.referrals[s.referral].referral.ID
	out := &Regrets{Referral: id, Objective: s.base.Objective, Bound: s.base.Bound, Choices: []Regret{}}
	best := int64(s.base.Objective)
	for i := range s.results {
		if s.state[i] == planned {
			best = max(best, s.results[i].Value)
		}
	}
	for i := range s.options {
		c, result := Regret{Stays: []Stay{}, Chosen: s.options[i] == s.choice[s.referral], Changes: []PlanChange{}}, &s.results[i]
		if s.options[i] >= 0 {
			c.Stays = s.p.m.options[s.options[i]].choice(s.p.e)
		}
		if s.state[i] == planned {
			c.Possible = true
			c.Objective, c.Bound = int(result.Value), int(max(result.Bound, result.Value))
			c.Cost = s.base.Objective - c.Objective
			c.CostLow, c.CostHigh = max(int(best)-c.Bound, 0), s.base.Bound-c.Objective
			c.Exact = c.CostLow == c.CostHigh
			plan := s.base
			if !c.Chosen {
				var err error
				if plan, err = s.p.plan(result, s.with(s.options[i])); err != nil {
					return nil, err
				}
			}
			c.Plan, c.Placed = plan, len(plan.Assignments)
			for _, change := range DiffPlans(s.base, plan).Rows {
				if change.Referral != id {
					c.Changes = append(c.Changes, change)
				}
			}
		}
		out.Choices = append(out.Choices, c)
	}
	return out, nil
}
