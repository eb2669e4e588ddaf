package published

import (
	"fmt"
	"io"

	"example.org/backontrack/matching"
)

// GAP reads an instance of generalised assignment in the format of the OR-Library and of
// Yagiura: the numbers of agents and jobs, what each job costs each agent, what it uses of each
// agent, and what each agent has. Agents become groups, jobs referrals g0, g1, … and r0, r1, ….
//
// Cost is to be least and a plan's objective is highest, so a job scores 1 + the highest cost − its
// cost, and the bonus for placing one outweighs all scores together: an optimal plan
// assigns every job where that can be done. [Cost] leads back.
func GAP(r io.Reader) (*matching.Snapshot, error) {
	numbers, err := integers(r)
	if err != nil {
		return nil, fmt.Errorf("read assignment instance: %w", err)
	}
	if len(numbers) < 2 || numbers[0] < 1 || numbers[1] < 1 {
		return nil, fmt.Errorf("read assignment instance: expected the numbers of agents and jobs, each at least 1")
	}
	agents, jobs, rest := numbers[0], numbers[1], numbers[2:]
	// A file that holds fewer numbers than agents or jobs is short already; so the product cannot overflow.
	if agents > len(rest) || jobs > len(rest) || len(rest) < 2*agents*jobs+agents {
		return nil, fmt.Errorf("read assignment instance: expected 2 × %d × %d + %d numbers after the first two, found %d", agents, jobs, agents, len(rest))
	}
	cost, use, have := rest[:agents*jobs], rest[agents*jobs:2*agents*jobs], rest[2*agents*jobs:]
	top := 1
	for _, c := range cost {
		top = max(top, c+1)
	}
	s := frame(top * (jobs + 1))
	s.Sites = oneSite()
	for i := range agents {
		g := bin(i, have[i])
		g.Site = s.Sites[0].ID
		s.Groups = append(s.Groups, g)
	}
	for j := range jobs {
		given := make(map[matching.GroupID]matching.Given, agents)
		for i := range agents {
			given[groupID(i)] = matching.Given{Score: top - cost[i*jobs+j], AdultDemand: new(use[i*jobs+j])}
		}
		item(s, j, given)
	}
	return s, nil
}

// Cost turns a plan's objective on a snapshot of [GAP] into the cost of its assignment;
// false where not all jobs are placed. The objective's bound becomes a cost that no assignment is below.
func Cost(s *matching.Snapshot, objective int) (cost int, ok bool) {
	jobs, bonus := len(s.Referrals), s.Policy.PriorityBonus[routine]
	top := bonus / (jobs + 1)
	return jobs*top - (objective - jobs*bonus), objective >= jobs*bonus
}
