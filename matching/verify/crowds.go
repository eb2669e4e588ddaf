package verify

import (
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// crowds checks what is counted: pupils, adults and traits at each moment of each
// site, and full-time pupils on each day.
func (c *check) crowds() {
	for _, s := range c.sites {
		if len(s.stays) == 0 {
			continue
		}
		for d := c.AsOf; d <= c.Horizon; d++ {
			if !c.days.open(d) {
				continue
			}
			for _, session := range sessionsOn(d) {
				c.crowd(s, moment{d, session})
			}
			for _, g := range s.groups {
				if g.Registered != nil && !*g.Registered {
					c.registration(g, d)
				}
			}
		}
	}
}

// crowd looks at one moment of a site.
func (c *check) crowd(s *site, m moment) {
	needed := 0 // of the floating adults, by all groups
	byPlan := false
	for _, g := range s.groups {
		g.present(m)
		if over := g.short(m); over > 0 {
			needed += over
			byPlan = byPlan || slices.ContainsFunc(g.now, isPlanned)
		}
	}
	for _, g := range s.groups {
		if len(g.now) == 0 {
			continue
		}
		if places, limited := g.placesAt(m); limited && len(g.now) > places {
			c.overcrowded(excess{g, matching.CodePlaces, "", places, len(g.now), g.now, g.now}, m)
		}
		c.limits(g, m)
		if over := g.short(m); over > 0 && needed > s.floatingAt(m) {
			c.understaffed(g, m, needed-over, byPlan)
		}
	}
}

func isPlanned(st *stay) bool { return st.planned }

// present finds who is in a group. A pupil who stands there and is placed there
// again is one.
func (g *group) present(m moment) {
	g.now = g.now[:0]
	for _, st := range g.stays {
		if st.attends(m) {
			g.now = append(g.now, st)
		}
	}
	if g.doubled {
		all := slices.Clone(g.now)
		g.now = slices.DeleteFunc(g.now, func(st *stay) bool {
			again := func(other *stay) bool { return other.planned && other.pupil == st.pupil }
			return !st.planned && slices.ContainsFunc(all, again)
		})
	}
}

// short is by how much the demand in a group exceeds its adults, at least 0.
func (g *group) short(m moment) int {
	adults, limited := g.adultsAt(m)
	if !limited {
		return 0
	}
	return max(g.demand()-adults, 0)
}

func (g *group) demand() int {
	sum := 0
	for _, st := range g.now {
		sum += st.demand
	}
	return sum
}

// An excess is more in a group than there may be.
type excess struct {
	group           *group
	code            matching.Code
	aspect          string
	limit, observed int
	of              []*stay // whoever counts
	met             []*stay // whom to name
}

// overcrowded notes an excess: against each planned stay that counts in it, or as
// one of standing placements where there is none.
func (c *check) overcrowded(x excess, m moment) []*evidence {
	var begun []*evidence
	set := []uint64(nil)
	if len(x.met) > 0 {
		set = bits(x.met)
	}
	note := func(st *stay) {
		e, first := c.fail(finding{st, x.group, x.code, x.aspect}, m)
		if first {
			e.Limit, e.Observed = new(x.limit), new(x.observed)
			begun = append(begun, e)
		}
		e.meet(set)
	}
	if !slices.ContainsFunc(x.of, isPlanned) {
		note(nil)
		return begun
	}
	for _, st := range x.of {
		if st.planned {
			note(st)
		}
	}
	return begun
}

// limits checks how many have a trait.
func (c *check) limits(g *group, m moment) {
	for i, limit := range g.Limits {
		if i > 0 && g.Limits[i-1].Trait == limit.Trait {
			continue // the lowest comes first
		}
		var with []*stay
		for _, st := range g.now {
			if knows(st.pupil, matching.FactTraits) && slices.Contains(st.pupil.Traits, limit.Trait) {
				with = append(with, st)
			}
		}
		if len(with) <= limit.Max {
			continue
		}
		for _, e := range c.overcrowded(excess{g, matching.CodeTraitLimit, limit.Trait, limit.Max, len(with), with, with}, m) {
			e.Codes = []string{limit.Trait}
		}
	}
}

// understaffed notes that a group lacks adults. Where a planned stay takes part in
// another group's need, it is told there and is not the standing ones' doing.
func (c *check) understaffed(g *group, m moment, elsewhere int, byPlan bool) {
	if byPlan && !slices.ContainsFunc(g.now, isPlanned) {
		return
	}
	using := slices.DeleteFunc(slices.Clone(g.now), func(st *stay) bool { return st.demand == 0 })
	adults, _ := g.adultsAt(m)
	x := excess{g, matching.CodeStaffing, "", adults, g.demand(), g.now, using}
	for _, e := range c.overcrowded(x, m) {
		if floating := g.site.floatingAt(m); floating > 0 {
			e.Floating = new(max(floating-elsewhere, 0))
		}
	}
}

// mostUnregistered is how many full-time pupils a setting may have that is not registered.
const mostUnregistered = 4

// registration checks that a group that is not registered is no school: five
// full-time pupils of Years 1 to 11, or one with an EHC plan or looked after, make it one.
func (c *check) registration(g *group, d calendar.Date) {
	var pupils []*stay
	protected := false
	for _, st := range g.stays {
		if !st.includes(d) || st.sessions.Len() < c.Policy.FullTimeSessions || !ofSchoolAge(st.pupil) {
			continue
		}
		if at := slices.IndexFunc(pupils, func(other *stay) bool { return other.pupil == st.pupil }); at >= 0 {
			pupils[at] = st // the planned one, which comes later, stands for both
		} else {
			pupils = append(pupils, st)
		}
		p := st.pupil
		protected = protected || p.EHCP && knows(p, matching.FactEHCP) || p.LookedAfter && knows(p, matching.FactLookedAfter)
	}
	tooMany := len(pupils) > mostUnregistered
	if !tooMany && !protected {
		return
	}
	x := excess{g, matching.CodeUnregisteredFullTime, "", mostUnregistered, len(pupils), pupils, pupils}
	for _, e := range c.overcrowded(x, moment{day: d}) {
		if !tooMany {
			e.Limit, e.Observed = nil, nil
		}
	}
}

func ofSchoolAge(p *matching.Pupil) bool {
	return knows(p, matching.FactYear) && 1 <= p.Year && p.Year <= 11
}
