package matching

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"example.org/backontrack/matching/internal/solve"
)

// A Planner plans the agenda of one engine again and again, and prepares what all plans
// have in common only once. It is safe for use by several goroutines.
type Planner struct {
	e *Engine
	m *planModel
}

// Planner prepares plans with at most so many moves. Its cost is that of every referral's
// matches.
func (e *Engine) Planner(moves int) *Planner { return &Planner{e: e, m: e.planModel()} }

// ErrImpossibleChoice says that the choices of a panel cannot all be kept to: one of
// them is no feasible option, or they exclude each other.
var ErrImpossibleChoice = errors.New("matching: the fixed choices are not possible together")

// Plan is [Engine.Plan]; o.Moves may not exceed what the planner was made for.
func (p *Planner) Plan(ctx context.Context, o PlanOptions) (*Plan, error) {
	barred, forced, err := p.choices(&o)
	if err != nil {
		return nil, err
	}
	problem := p.m.problem
	var progress func(solve.Progress)
	if o.Progress != nil {
		progress = func(s solve.Progress) {
			o.Progress(Progress{int(s.Value), int(s.Bound), s.Taken, len(p.e.referrals), s.Nodes, s.Iterations})
		}
	}
	result, err := solve.Solve(ctx, &problem, solve.Options{Effort: int64(o.Effort), Barred: barred, Forced: forced, Progress: progress})
	if err != nil {
		return nil, ErrImpossibleChoice
	}
	return p.plan(&result)
}

// choices turns what the panel has decided into options that are barred or forced.
func (p *Planner) choices(o *PlanOptions) (barred []bool, forced []int32, err error) {
	barred = make([]bool, len(p.m.options))
	for i := range o.Barred {
		found, err := p.find(&o.Barred[i])
		if err != nil {
			return nil, nil, err
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
			return nil, nil, ErrImpossibleChoice
		}
		forced = append(forced, found[0])
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
	for n := range p.m.options {
		option := &p.m.options[n]
		if option.referral == r && (len(c.Stays) == 0 || slices.EqualFunc(option.stays, c.Stays, func(a planStay, b Stay) bool { return a.stay(p.e) == b })) {
			found = append(found, int32(n))
		}
	}
	return found, nil
}

// plan writes a result as a plan.
func (p *Planner) plan(r *solve.Result) (*Plan, error) {
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
		a, err := p.assignment(&p.m.options[n])
		if err != nil {
			return nil, err
		}
		plan.Assignments = append(plan.Assignments, a)
	}
	p.explainUnplaced(plan, r.Choice)
	return plan, nil
}

func (p *Planner) assignment(o *planOption) (Assignment, error) {
	r := &p.e.referrals[o.referral]
	a := Assignment{Referral: r.referral.ID, Bonus: r.bonus, Score: o.score, Late: o.late}
	for i := range o.stays {
		a.Stays = append(a.Stays, o.stays[i].stay(p.e))
	}
	option := p.e.explained(r, o)
	if option == nil {
		return a, fmt.Errorf("matching: no option of %d stays", len(o.stays))
	}
	a.Contributions = option.Contributions
	return a, nil
}

// explained is the option in full.
func (e *Engine) explained(r *referralIndex, o *planOption) *Option {
	t := e.try(r)
	if len(o.stays) > 1 {
		for _, option := range t.packages() {
			if slices.EqualFunc(o.stays, option.Stays, func(a planStay, b Stay) bool { return a.stay(e) == b }) {
				return &option
			}
		}
		return nil
	}
	s := &o.stays[0]
	g := &e.groups[s.group]
	v := t.visit(g, &g.patterns[s.pattern])
	v.from, v.to, v.settled = s.from, s.to, s.settled
	option := t.option(&v, []Reason{})
	return &option
}
