package matching

import "example.org/backontrack/matching/calendar"

// PlanFigures are what a table sets side by side of several plans.
type PlanFigures struct {
	Placed         int `json:"placed"`
	Unplaced       int `json:"unplaced"`
	Objective      int `json:"objective"`
	Composition    int `json:"composition"`
	Late           int `json:"late"`            // starts after the deadline
	Minutes        int `json:"minutes"`         // of all journeys that are known, one way, the longest of a package
	LongestMinutes int `json:"longest_minutes"` // of one journey
	UnknownMinutes int `json:"unknown_minutes"` // journeys that are not known
	Unchecked      int `json:"unchecked"`       // rules that wait for an answer, over all assignments
	Spread         int `json:"spread"`          // Σ score_high − score_low
	Moves          int `json:"moves"`

	// Of each group whose places are limited, the fewest that are free at any session until the horizon, with the
	// standing placements and the new: the sum over all groups, and the least of one (below 0 where standing placements
	// exceed the places). Both are 0 where no places are limited.
	PlacesLeft      int `json:"places_left"`
	PlacesLeftLeast int `json:"places_left_least"`
}

// Figures are those of a plan of this planner, which may have been read; another is an [ErrForeignPlan]. The first call
// explains every feasible option.
func (p *Planner) Figures(plan *Plan) (*PlanFigures, error) {
	choice, _, err := p.chosen(plan)
	if err != nil {
		return nil, err
	}
	points := p.points()
	f := &PlanFigures{
		Placed: len(plan.Assignments), Unplaced: len(p.e.referrals) - len(plan.Assignments), Objective: plan.Objective,
		Composition: plan.Composition, Moves: len(plan.Moves),
	}
	for _, n := range choice[:len(p.e.referrals)] {
		if n < 0 {
			continue
		}
		o := &p.m.options[n]
		if o.late {
			f.Late++
		}
		f.Unchecked += points.unchecked[n]
		f.Spread += points.spread[n]
		if o.minutes < 0 {
			f.UnknownMinutes++
			continue
		}
		f.Minutes += o.minutes
		f.LongestMinutes = max(f.LongestMinutes, o.minutes)
	}
	f.PlacesLeft, f.PlacesLeftLeast = p.placesLeft(choice)
	return f, nil
}

// placesLeft adds up the fewest free places of each group, and finds the least.
func (p *Planner) placesLeft(choice []int32) (sum, least int) {
	stays := make([][]*planStay, len(p.e.groups))
	for _, n := range choice {
		if n < 0 {
			continue
		}
		for i := range p.m.options[n].stays {
			s := &p.m.options[n].stays[i]
			stays[s.group] = append(stays[s.group], s)
		}
	}
	some := false
	for g := range p.m.e.groups {
		n, limited := p.m.e.leftIn(&p.m.e.groups[g], stays[g])
		if !limited {
			continue
		}
		if !some || n < least {
			some, least = true, n
		}
		sum += n
	}
	return sum, least
}

// leftIn is how many places of a group are free when fewest are, and whether they are limited at all.
func (e *Engine) leftIn(g *groupIndex, stays []*planStay) (least int, limited bool) {
	if g.places < 0 {
		return 0, false
	}
	pool := &e.pools[g.places]
	for s := range g.group.Timetable.All() {
		if pool.capacity.least[s] == unlimited {
			continue
		}
		lo, hi := e.days.Occurrences(s, g.first, g.last)
		for i := lo; i < hi; i++ {
			capacity := pool.capacity.at(s, i)
			if capacity == unlimited {
				continue
			}
			left := int(capacity-pool.used[s][i]) - attending(stays, s, e.days.On(s, i))
			if !limited || left < least {
				limited, least = true, left
			}
		}
	}
	return least, limited
}

// attending counts the stays that attend a session on a day.
func attending(stays []*planStay, s calendar.Session, on calendar.Date) int {
	n := 0
	for _, stay := range stays {
		if stay.mask.Has(s) && stay.from <= on && on <= stay.to {
			n++
		}
	}
	return n
}
