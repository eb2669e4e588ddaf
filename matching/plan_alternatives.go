package matching

import (
	"context"
	"slices"

	"example.org/backontrack/matching/internal/solve"
)

// An Alternative is one of several good plans for the same agenda, with what sets it apart.
type Alternative struct {
	Aims        []PlanAim    `json:"aims"` // those that come to this plan, in the order of Aims
	Plan        *Plan        `json:"plan"`
	Figures     *PlanFigures `json:"figures"`
	Differences []*PlanDiff  `json:"differences"` // from each earlier alternative to this one, in their order
}

// Alternatives plans once for each aim and returns the plans that are really different: those of aims that come to the same
// assignments and moves are one. That of the contract's objective is first, the others follow in the order of [Aims];
// [FewestMoves] only counts where o.Moves allows any. All share the bound of the first, o.Effort and the time of
// ctx; o.Aim is not looked at, fixed and barred choices are kept to in all. Each aim gets the plan that
// serves it best of all that were found, whatever aim they were made for.
func (p *Planner) Alternatives(ctx context.Context, o PlanOptions) ([]Alternative, error) {
	s := &aimSearch{p: p, o: o, aims: Aims(), bound: 1 << 61}
	if o.Moves == 0 {
		s.aims = slices.DeleteFunc(s.aims, func(a PlanAim) bool { return a == FewestMoves })
	}
	for _, aim := range s.aims {
		values, err := p.aimed(aim)
		if err != nil {
			return nil, err
		}
		s.values = append(s.values, values)
	}
	if err := shared(ctx, o.Effort, len(s.aims), func(n, effort int) (bool, error) { return s.plan(ctx, n, effort) }); err != nil {
		return nil, err
	}
	return s.alternatives()
}

// An aimSearch gathers plans for several aims.
type aimSearch struct {
	p      *Planner
	o      PlanOptions
	aims   []PlanAim
	values [][]int64      // by aim
	found  []solve.Result // all plans, with their objectives and without a bound
	bound  int64          // of the contract's objective
}

// plan plans for the n-th aim, and tells whether nothing can serve it better.
func (s *aimSearch) plan(ctx context.Context, n, effort int) (proven bool, err error) {
	o := s.o
	o.Effort = effort
	var start solve.Choice
	if best := s.best(n); best >= 0 {
		start = s.found[best].Choice
	}
	result, err := s.p.solve(ctx, &o, s.values[n], start)
	if err != nil {
		return false, err
	}
	proven = result.Value >= result.Bound
	if s.values[n] == nil {
		s.bound = min(s.bound, result.Bound)
	} else {
		result.Value -= total(s.values[n], result.Choice)
	}
	s.found = append(s.found, result)
	return proven, nil
}

// best is which of the plans serves the n-th aim best, the earliest of equals; -1 where there is none.
func (s *aimSearch) best(n int) int {
	best, most := -1, int64(0)
	for i := range s.found {
		value := s.found[i].Value
		if s.values[n] != nil {
			value += total(s.values[n], s.found[i].Choice)
		}
		if best < 0 || value > most {
			best, most = i, value
		}
	}
	return best
}

// alternatives are the best plans of all aims, each once.
func (s *aimSearch) alternatives() ([]Alternative, error) {
	var list []Alternative
	var choices []solve.Choice
	for n, aim := range s.aims {
		result := s.found[s.best(n)]
		if i := slices.IndexFunc(choices, func(c solve.Choice) bool { return slices.Equal(c, result.Choice) }); i >= 0 {
			list[i].Aims = append(list[i].Aims, aim)
			continue
		}
		result.Bound = max(s.bound, result.Value)
		a := Alternative{Aims: []PlanAim{aim}, Differences: []*PlanDiff{}}
		var err error
		if a.Plan, err = s.p.plan(&result, &s.o); err != nil {
			return nil, err
		}
		if a.Figures, err = s.p.Figures(a.Plan); err != nil {
			return nil, err
		}
		for i := range list {
			a.Differences = append(a.Differences, DiffPlans(list[i].Plan, a.Plan))
		}
		list, choices = append(list, a), append(choices, result.Choice)
	}
	return list, nil
}
