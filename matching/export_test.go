package matching

import "example.org/backontrack/matching/internal/solve"

// PlanParts are the options that a planner chooses from.
func PlanParts(p *Planner) (choices []Choice, moves []Move) {
	for n := range p.m.options {
		switch o := &p.m.options[n]; {
		case o.placement < 0:
			choices = append(choices, Choice{p.e.referrals[o.referral].referral.ID, o.choice(p.e)})
		case o.isMove():
			moves = append(moves, p.moveOf(o))
		}
	}
	return choices, moves
}

// PlanCompany is what values a planner's rooms, nil where they are worth nothing, with the seats of each.
func PlanCompany(p *Planner) (c solve.Company, seats [][]int32) {
	seats = make([][]int32, p.m.problem.Rooms)
	for i := range p.m.problem.Options {
		for _, part := range p.m.problem.Options[i].Parts {
			if part.Room >= 0 {
				seats[part.Room] = append(seats[part.Room], part.Seat)
			}
		}
	}
	return p.m.problem.Company, seats
}
