package verify

import (
	"fmt"

	"example.org/backontrack/matching"
)

// figures compares what the plan states with what it comes to.
func (c *check) figures(r *Report) {
	composition, objective := c.composition(), 0
	var assigned []Figure
	for i, p := range c.placed {
		if p == nil || !p.sound {
			continue
		}
		worth, wrong := c.assignment(i, p)
		objective += worth
		assigned = append(assigned, wrong...)
	}
	objective += composition - c.Policy.MoveCost*len(c.moved)
	r.Objective = objective

	plan := c.plan
	figure(&r.Figures, "/format", plan.Format, matching.PlanFormat)
	figure(&r.Figures, "/snapshot", plan.Snapshot, c.hash)
	figure(&r.Figures, "/policy", plan.Policy, c.Policy.ID)
	status := matching.PlanFeasible
	if plan.Bound == objective {
		status = matching.PlanOptimal
	}
	if plan.Status != matching.PlanFeasible { // which says no more than that it may not be the best
		figure(&r.Figures, "/status", string(plan.Status), string(status))
	}
	figure(&r.Figures, "/objective", plan.Objective, objective)
	figure(&r.Figures, "/bound", plan.Bound, max(plan.Bound, objective))
	r.Figures = append(r.Figures, assigned...)
	figure(&r.Figures, "/composition", plan.Composition, composition)
}

// figure notes one that does not hold.
func figure[T comparable](list *[]Figure, path string, stated, recomputed T) {
	if stated != recomputed {
		*list = append(*list, Figure{path, stated, recomputed})
	}
}

// assignment recomputes one assignment, and what it is worth in the objective.
func (c *check) assignment(i int, p *placed) (worth int, wrong []Figure) {
	a, r := &c.plan.Assignments[i], p.referral
	at := fmt.Sprintf("/assignments/%d", i)
	score, rows := c.score(p)
	bonus, late := c.Policy.PriorityBonus[r.Priority], r.Deadline != 0 && p.stays[0].from > r.Deadline
	figure(&wrong, at+"/bonus", a.Bonus, bonus)
	figure(&wrong, at+"/score", a.Score, score)
	figure(&wrong, at+"/late", a.Late, late)
	at += "/contributions"
	for n := range max(len(rows), len(a.Contributions)) {
		at := fmt.Sprintf("%s/%d", at, n)
		switch {
		case n >= len(rows):
			wrong = append(wrong, Figure{at, string(a.Contributions[n].Criterion), nil})
		case n >= len(a.Contributions):
			wrong = append(wrong, Figure{at, nil, string(rows[n].code)})
		default:
			wrong = append(wrong, contribution(at, &a.Contributions[n], &rows[n])...)
		}
	}
	worth = bonus + score
	if late {
		worth -= c.Policy.LatePenalty
	}
	return worth, wrong
}

func contribution(at string, stated *matching.Contribution, r *row) (wrong []Figure) {
	if stated.Criterion != r.code { // the rest of the row is another criterion's
		return []Figure{{at + "/criterion", string(stated.Criterion), string(r.code)}}
	}
	figure(&wrong, at+"/weight", stated.Weight, r.weight)
	figure(&wrong, at+"/value", stated.Value, r.value.expected)
	figure(&wrong, at+"/points", stated.Points, r.points)
	var low, high any // nothing where no answer could change the value
	if r.value.low != r.value.high {
		low, high = r.value.low, r.value.high
	}
	figure(&wrong, at+"/value_low", stateOf(stated.Low), low)
	figure(&wrong, at+"/value_high", stateOf(stated.High), high)
	return wrong
}

func stateOf(n *int) any {
	if n == nil {
		return nil
	}
	return *n
}
