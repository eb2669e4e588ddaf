package verify

import "example.org/backontrack/matching"

// A load is how many pupils stand in a group at a session of a day, and what they
// use of its adults.
type load struct{ pupils, demand int }

// loads adds up the standing stays of a group, by day and half day from as_of on.
func (c *check) loads(g *group) []load {
	if g.load == nil {
		g.load = make([]load, 2*(int(c.Horizon)-int(c.AsOf)+1))
		for _, st := range g.standing {
			c.moments(st, func(m moment) {
				l := &g.load[c.half(m)]
				l.pupils++
				l.demand += st.demand
			})
		}
	}
	return g.load
}

// half numbers the half days from as_of on.
func (c *check) half(m moment) int { return 2*int(m.day-c.AsOf) + int(m.session%2) }

// headroom is what the tightest moment of a stay leaves of places and adults, with
// the newcomer among those who stand there in the snapshot.
func (c *check) headroom(r *matching.Referral, st *stay) value {
	v := exactly(c.room(st, st.demand))
	if !r.OwnAdult && !knows(st.pupil, matching.FactSupport) {
		dearest, cheapest := st.demand, st.demand
		for _, demand := range c.Policy.Support {
			dearest, cheapest = max(dearest, demand), min(cheapest, demand)
		}
		v.low, v.high = c.room(st, dearest), c.room(st, cheapest)
	}
	return v
}

func (c *check) room(st *stay, demand int) int {
	if !c.takesPlace(st) {
		return 0
	}
	var same []*stay // the pupil is one, even if there already
	for _, standing := range st.group.standing {
		if standing.pupil == st.pupil {
			same = append(same, standing)
		}
	}
	loads, least := c.loads(st.group), 1000
	c.moments(st, func(m moment) {
		there := loads[c.half(m)]
		for _, own := range same {
			if own.attends(m) {
				there.pupils--
				there.demand -= own.demand
			}
		}
		if places, limited := st.group.placesAt(m); limited {
			least = min(least, left(places, there.pupils+1))
		}
		if adults, limited := st.group.adultsAt(m); limited {
			least = min(least, left(adults, there.demand+demand))
		}
	})
	return least
}

// left is 1000 × what is left ÷ all, at least 0.
func left(all, used int) int {
	if all <= used {
		return 0
	}
	return 1000 * (all - used) / all
}
