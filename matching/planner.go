package matching

import (
	"context"
	"slices"

	"example.org/backontrack/matching/internal/solve"
)

// A Planner plans the agenda of one engine again and again, and prepares what all plans
// have in common only once. It is safe for use by several goroutines.
type Planner struct {
	e     *Engine
	m     *planModel
	moves int
	asked planIndex
	aims  aimPoints
}

// Planner prepares plans with at most so many moves; fewer than 0 are none. Its cost is that of every referral's
// matches; with moves and movable placements, twice that, and what the groups of their provisions have to say to each
// of them on each day on which somebody could start.
func (e *Engine) Planner(moves int) *Planner {
	return &Planner{e: e, m: e.planModel(moves), moves: max(moves, 0)}
}

// Plan is [Engine.Plan]; where o.Moves exceeds what the planner was made for, the error is [ErrMoves]. An aim plans twice, with half
// of the effort each: without the aim, for the bound, and with it.
func (p *Planner) Plan(ctx context.Context, o PlanOptions) (*Plan, error) {
	values, err := p.aimed(o.Aim)
	if err != nil {
		return nil, err
	}
	if values == nil {
		result, err := p.solve(ctx, &o, nil, nil)
		if err != nil {
			return nil, err
		}
		return p.plan(&result, &o)
	}
	half := o
	half.Effort, half.Progress = (o.Effort+1)/2, nil
	plain, err := p.solve(ctx, &half, nil, nil)
	if err != nil {
		return nil, err
	}
	half.Progress = o.Progress
	result, err := p.solve(ctx, &half, values, plain.Choice)
	if err != nil {
		return nil, err
	}
	result.Value -= total(values, result.Choice)
	result.Bound = max(plain.Bound, result.Value)
	return p.plan(&result, &o)
}

// solve plans with the values that an aim adds to those of options, if any, beginning with a choice, if any.
func (p *Planner) solve(ctx context.Context, o *PlanOptions, values []int64, start solve.Choice) (solve.Result, error) {
	if o.Moves < 0 || o.Moves > p.moves {
		return solve.Result{}, ErrMoves
	}
	barred, forced, err := p.choices(o)
	if err != nil {
		return solve.Result{}, err
	}
	var progress func(solve.Progress)
	if o.Progress != nil {
		progress = func(s solve.Progress) {
			now := Progress{int(s.Value), int(s.Bound), s.Taken, len(p.e.referrals), s.Nodes, s.Iterations}
			if values != nil {
				now.Objective, now.Bound = 0, 0 // what the search counts is no objective of the contract
			}
			o.Progress(now)
		}
	}
	result, err := p.search(ctx, values, o.Moves, solve.Options{
		Effort: int64(o.Effort), Barred: barred, Forced: forced, Start: start, Progress: progress,
	})
	if err != nil {
		return result, p.impossible(o)
	}
	p.fill(&result, values, barred)
	return result, nil
}

// fill places whoever fits beside a result at no cost.
func (p *Planner) fill(result *solve.Result, values []int64, barred []bool) {
	if !slices.Contains(result.Choice[:len(p.e.referrals)], -1) {
		return
	}
	problem := p.m.problem
	valued(&problem, values)
	l := newLoad(&problem, result.Choice, len(p.e.referrals))
	result.Value += l.fill(barred, p.index().of)
	result.Choice = l.choice
}

// open is what a start leaves to choose: an option that is forced is taken already, and one that is barred never.
func (p *Planner) open(start solve.Choice, barred []bool, forced []int32) solve.Choice {
	start = slices.Clone(start)
	for item, n := range start {
		if n >= 0 && barred[n] {
			start[item] = -1
		}
	}
	if start != nil {
		for _, n := range forced {
			start[p.m.problem.Options[n].Item] = -1
		}
	}
	return start
}

// choices turns what the panel has decided into options that are barred or forced.
func (p *Planner) choices(o *PlanOptions) (barred []bool, forced []int32, err error) {
	barred = make([]bool, len(p.m.options))
	for i := range o.Barred {
		found, err := p.find(&o.Barred[i])
		if err != nil {
			return nil, nil, err
		}
		if len(o.Barred[i].Stays) == 0 {
			return nil, nil, &BarredUnplacedError{o.Barred[i].Referral}
		}
		for _, n := range found {
			barred[n] = true
		}
	}
	for i := range o.Fixed {
		found, err := p.find(&o.Fixed[i])
		if err != nil {
			return nil, nil, err
		}
		if len(o.Fixed[i].Stays) == 0 {
			for _, n := range found {
				barred[n] = true
			}
			continue
		}
		if len(found) != 1 {
			return nil, nil, &ImpossibleChoiceError{[]ReferralID{o.Fixed[i].Referral}}
		}
		if !slices.Contains(forced, found[0]) {
			forced = append(forced, found[0])
		}
	}
	return barred, forced, nil
}

// find gives the options that a choice means: one, or without stays all of its referral.
func (p *Planner) find(c *Choice) ([]int32, error) {
	r, ok := p.e.referralOf[c.Referral]
	if !ok {
		return nil, &NotFoundError{"referral", string(c.Referral)}
	}
	var found []int32
	for _, n := range p.index().of[r] {
		if len(c.Stays) == 0 || p.m.options[n].is(p.e, c.Stays) {
			found = append(found, n)
		}
	}
	return found, nil
}

// plan writes a result under some options as a plan.
func (p *Planner) plan(r *solve.Result, o *PlanOptions) (*Plan, error) {
	hash, err := p.e.Hash()
	if err != nil {
		return nil, err
	}
	plan := &Plan{
		Format: PlanFormat, Snapshot: hash, Engine: Version, Policy: p.e.policy.ID, Status: PlanFeasible,
		Objective: int(r.Value), Bound: int(r.Bound), Effort: PlanEffort{Nodes: r.Nodes, Iterations: r.Iterations},
		Assignments: []Assignment{}, Moves: []Move{}, Unplaced: []Unplaced{}, Composition: int(r.Value),
	}
	if r.Value == r.Bound {
		plan.Status = PlanOptimal
	}
	for i := range p.e.referrals {
		n := r.Choice[i]
		if n < 0 {
			plan.Unplaced = append(plan.Unplaced, Unplaced{Referral: p.e.referrals[i].referral.ID, Reasons: []Reason{}, Unlock: []Unlock{}})
			continue
		}
		plan.Composition -= p.m.worth(&p.m.options[n])
		plan.Assignments = append(plan.Assignments, p.assignment(&p.m.options[n]))
	}
	for _, n := range r.Choice[len(p.e.referrals):] {
		if o := &p.m.options[n]; o.isMove() {
			plan.Composition -= p.m.worth(o)
			plan.Moves = append(plan.Moves, p.moveOf(o))
		}
	}
	return plan, p.explainUnplaced(plan, r.Choice, o)
}

func (p *Planner) assignment(o *planOption) Assignment {
	r := &p.e.referrals[o.referral]
	return Assignment{
		Referral: r.referral.ID, Stays: o.choice(p.e), Bonus: r.bonus, Score: o.score, Late: o.late,
		Contributions: p.e.try(r).ofPlan(o).Contributions,
	}
}
