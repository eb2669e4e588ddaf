package matching

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A carriedOut is the engine of a plan's world: all that it places stands, and what it
// re-seats stands elsewhere.
type carriedOut struct {
	e       *Engine
	planned string                // what the ids of its placements begin with
	demand  map[PlacementID]int64 // where it is not what the pupil's support says
}

// carryOut makes the stays of a plan placements.
func (e *Engine) carryOut(plan *Plan) *carriedOut {
	c := &carriedOut{planned: "~", demand: map[PlacementID]int64{}}
	s := *e.snapshot
	for slices.ContainsFunc(s.Placements, func(p Placement) bool { return strings.HasPrefix(string(p.ID), c.planned) }) {
		c.planned += "~"
	}
	s.Placements = reseated(s.Placements, plan.Moves)
	for i := range plan.Assignments {
		a := &plan.Assignments[i]
		r := &e.referrals[e.referralOf[a.Referral]]
		for n, stay := range a.Stays {
			id := PlacementID(fmt.Sprintf("%s%s/%d", c.planned, a.Referral, n))
			s.Placements = append(s.Placements, Placement{
				ID: id, Pupil: r.referral.Pupil, Group: stay.Group, Pattern: stay.Pattern, From: stay.From, To: stay.To, OwnAdult: r.referral.OwnAdult,
			})
			if given, ok := r.referral.Given[stay.Group]; ok && given.AdultDemand != nil && !r.referral.OwnAdult {
				c.demand[id] = int64(*given.AdultDemand)
			}
		}
	}
	slices.SortFunc(s.Placements, func(a, b Placement) int { return cmp.Compare(a.ID, b.ID) })
	c.e = e.rebuild(&s)
	c.price(c.e)
	return c
}

// reseated are placements as moves leave them: what is over by the day of the move under its own id,
// what follows under an id of its own.
func reseated(placements []Placement, moves []Move) []Placement {
	list := slices.Clone(placements)
	for _, m := range moves {
		i := slices.IndexFunc(list, func(p Placement) bool { return p.ID == m.Placement })
		moved := list[i]
		moved.Group, moved.Pattern = m.Group, m.Pattern
		if list[i].From < m.From {
			list[i].To = m.From - 1
			moved.ID, moved.From = freeID(list, m.Placement), m.From
			list = append(list, moved)
			continue
		}
		list[i] = moved
	}
	slices.SortFunc(list, func(a, b Placement) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

func freeID(list []Placement, id PlacementID) PlacementID {
	for {
		id += "~"
		if !slices.ContainsFunc(list, func(p Placement) bool { return p.ID == id }) {
			return id
		}
	}
}

// price sets the demands that are given.
func (c *carriedOut) price(e *Engine) {
	if len(c.demand) == 0 {
		return
	}
	for i := range e.stays {
		st := &e.stays[i]
		if demand, given := c.demand[st.placement.ID]; given {
			e.bookAgain(st, -1)
			st.demand = demand
			e.bookAgain(st, 1)
		}
	}
	for i := range e.groups {
		e.groups[i].peakDemand = e.groups[i].demand.peaks()
	}
}

// keeps tells whether a placement is the plan's.
func (c *carriedOut) keeps(id PlacementID) bool { return strings.HasPrefix(string(id), c.planned) }
