package generate

import (
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// The ledgers say who is where in a week, as if all standing placements were on the
// same days, and newcomers in both their zones at once. What obeys the rules here
// obeys them on every date.
type siteLedger struct {
	stepFree              bool
	floating              matching.PerSession
	topUp                 [calendar.PerWeek]int       // what the groups need of the floating adults
	areas                 map[*hood]calendar.Sessions // when somebody of an area is on the site
	zones                 []*zone
	assessment, induction zone // where newcomers of calm groups, and of others, are
}

type groupLedger struct {
	used     [calendar.PerWeek]int
	demand   [calendar.PerWeek]int   // thousandths of an adult
	limits   [][calendar.PerWeek]int // by limit of the group
	homes    map[string]calendar.Sessions
	fullTime int
	members  []member
}

type member struct {
	pupil   *pupil
	pattern matching.Pattern
}

// admits tells whether nothing about the pupil alone speaks against the group.
func (g *group) admits(p *pupil) bool {
	a := &g.facts.Accepts
	if !slices.Contains(a.Years, p.facts.Year) || a.Sex != "" && a.Sex != p.facts.Sex {
		return false
	}
	if len(p.facts.Access) > 0 && !g.site.ledger.stepFree {
		return false
	}
	for _, n := range p.facts.Needs {
		if n.Must && a.Needs != nil && !slices.Contains(a.Needs, n.Code) {
			return false
		}
	}
	return !slices.ContainsFunc(p.facts.Traits, func(t string) bool { return slices.Contains(a.Refuses, t) })
}

// fits tells whether the pupil may join the group at some sessions, with everybody who
// stands there. A pupil who brings an adult uses none of the group's.
func (m *maker) fits(p *pupil, g *group, sessions calendar.Sessions, demand int) bool {
	l := &g.ledger
	places, adults := g.facts.Places, g.facts.Adults
	floating := g.site.ledger.floating
	for s := range sessions.All() {
		if l.used[s] >= places[s] {
			return false
		}
		short, now := max(l.demand[s]+demand-adults[s], 0), max(l.demand[s]-adults[s], 0)
		if short > 0 && g.site.ledger.topUp[s]+short-now > floating[s] {
			return false
		}
		for i, limit := range g.facts.Limits {
			if l.limits[i][s] >= limit.Max && slices.Contains(p.facts.Traits, limit.Trait) {
				return false
			}
		}
	}
	if !g.facts.IsRegistered() && sessions.Len() >= m.policy.FullTimeSessions &&
		(l.fullTime >= 4 || p.facts.EHCP || p.facts.LookedAfter) {
		return false
	}
	return p.mayMeet(g, sessions)
}

// mayMeet checks the separations of the policy: rival areas on the site, and residents of
// one care home in the group. Anxious refusers and aggressive pupils are never in one
// zone, because no zone is for both.
func (p *pupil) mayMeet(g *group, sessions calendar.Sessions) bool {
	for _, h := range p.hoods {
		for _, rival := range h.rivals {
			if g.site.ledger.areas[rival]&sessions != 0 {
				return false
			}
		}
	}
	if p.home != nil && g.ledger.homes[p.home.id]&sessions != 0 {
		return false
	}
	return true
}

// enter writes the pupil into the ledgers.
func (g *group) enter(p *pupil, pattern matching.Pattern, demand int, fullTime bool) {
	l, site := &g.ledger, &g.site.ledger
	for s := range pattern.Sessions.All() {
		before := max(l.demand[s]-g.facts.Adults[s], 0)
		l.used[s]++
		l.demand[s] += demand
		site.topUp[s] += max(l.demand[s]-g.facts.Adults[s], 0) - before
		for i, limit := range g.facts.Limits {
			if slices.Contains(p.facts.Traits, limit.Trait) {
				l.limits[i][s]++
			}
		}
	}
	if fullTime {
		l.fullTime++
	}
	if site.areas == nil {
		site.areas = map[*hood]calendar.Sessions{}
	}
	for _, h := range p.hoods {
		site.areas[h] |= pattern.Sessions
	}
	if p.home != nil {
		if l.homes == nil {
			l.homes = map[string]calendar.Sessions{}
		}
		l.homes[p.home.id] |= pattern.Sessions
	}
	l.members = append(l.members, member{p, pattern})
}
