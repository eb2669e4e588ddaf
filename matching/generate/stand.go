package generate

import (
	"errors"
	"fmt"
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// A standing pupil's place.
type standing struct {
	group    *group
	sessions calendar.Sessions
}

// How often somebody is drawn for a place before the group is left as it is.
const triesPerHead = 8

// Of a thousand standing pupils.
const (
	attendAll  = 300 // come to all sessions of their group
	movable    = 300
	ownAdult   = 400 // of those with one-to-one support
	yetToStart = 40
)

// stand fills the groups, each in proportion to what it can hold. What some could not
// take the others do, and when all are full some of them grow.
func (m *maker) stand() error {
	d := m.draws(toStand)
	heads := 0
	for _, g := range m.groups {
		heads += g.heads
	}
	placed, before := 0, 0
	want := m.options.Placements
	for _, g := range m.groups {
		placed += m.fill(d, g, want*(before+g.heads)/heads-want*before/heads)
		before += g.heads
	}
	for round := 0; round < 3 && placed < want; round++ {
		for i, g := range m.groups {
			left := len(m.groups) - i
			placed += m.fill(d, g, (want-placed+left-1)/left)
		}
	}
	for tries := 0; placed < want; tries++ {
		if tries > 100*want {
			return errors.New("generate: placements: the groups can't take so many; ask for more groups")
		}
		placed += m.grow(d, m.groups[tries%len(m.groups)])
	}
	return nil
}

// fill seats up to n more pupils in a group, and returns how many.
func (m *maker) fill(d draws, g *group, n int) (seated int) {
	years := func(profile *profile) shares[int] {
		return profile.years.those(func(y int) bool { return slices.Contains(g.facts.Accepts.Years, y) })
	}
	profiles := [2]*profile{&excluded, &suspended}
	accepted := [2]shares[int]{years(profiles[0]), years(profiles[1])}
	reach := g.site.reach[phase(g.facts.Accepts.Years[0])]
	for tries := n * triesPerHead; tries > 0 && seated < n; tries-- {
		i := 1
		if d.chance(excludedStanding) {
			i = 0
		}
		w := wanted{
			profile: profiles[i], years: accepted[i], sex: g.facts.Accepts.Sex, hood: pick(d, reach),
			noHome: func(h *careHome) bool { return !slices.Contains(reach, h.hood) },
		}
		if d.chance(600) {
			w.hood = pick(d, reach[:min(len(reach), 6)])
		}
		// Four groups in ten are calm: all who are anxious are there, and all who are aggressive elsewhere.
		if g.zone.calm {
			w.anxious = anxiousRefusers * 1000 / 400
		} else {
			w.aggressive = aggressivePupils * 1000 / 600
		}
		p := m.draw(d, w)
		pattern := g.facts.Patterns[0]
		if !d.chance(attendAll) {
			pattern = pick(d, g.facts.Patterns)
		}
		if m.place(d, p, g, pattern) {
			seated++
		}
	}
	return seated
}

// place seats the pupil if nothing speaks against it.
func (m *maker) place(d draws, p *pupil, g *group, pattern matching.Pattern) bool {
	own := p.facts.Support == "one_to_one" && d.chance(ownAdult)
	demand := m.price(p, own)
	if !g.admits(p) || !m.fits(p, g, pattern.Sessions, demand) {
		return false
	}
	g.enter(p, pattern, demand, pattern.Sessions.Len() >= m.policy.FullTimeSessions)
	m.admit(p)
	p.standing = &standing{g, pattern.Sessions}
	if d.chance(dualRegistered) {
		p.facts.Busy = pick(d, homeSchool) &^ pattern.Sessions
	}
	from, to := m.stay(d, g.facts)
	m.snapshot.Placements = append(m.snapshot.Placements, matching.Placement{
		ID:    matching.PlacementID(fmt.Sprintf("placement-%06d", len(m.snapshot.Placements)+1)),
		Pupil: p.facts.ID, Group: g.facts.ID, Pattern: pattern.ID, From: from, To: to,
		Movable: d.chance(movable), OwnAdult: own,
	})
	m.step()
	return true
}

// homeSchool is when dual-registered pupils are at their home school.
var homeSchool = []calendar.Sessions{thuFri, fridays, mornings << 1, mondays, monTue, mornings}

// grow adds a place to a group for one more pupil like one who is there: from
// the same neighbourhood at the same sessions, and with nothing that anybody could mind.
func (m *maker) grow(d draws, g *group) (seated int) {
	model := member{&pupil{hood: g.site.hoods[0]}, g.facts.Patterns[0]}
	if len(g.ledger.members) > 0 {
		model = pick(d, g.ledger.members)
	}
	for _, part := range g.facts.Patterns { // the shortest part of those sessions: as nobody minds the whole
		if part.Sessions&^model.pattern.Sessions == 0 && part.Sessions.Len() < model.pattern.Sessions.Len() {
			model.pattern = part
		}
	}
	years := suspended.years.those(func(y int) bool { return slices.Contains(g.facts.Accepts.Years, y) })
	w := wanted{
		profile: &suspended, years: years, sex: g.facts.Accepts.Sex, hood: model.pupil.hood,
		noHome: func(*careHome) bool { return true },
	}
	p := m.draw(d, w)
	p.hoods, p.facts.Areas = p.hoods[:1], p.facts.Areas[:1]
	p.facts.Traits, p.facts.Access, p.facts.Needs = nil, nil, nil
	p.facts.EHCP, p.facts.LookedAfter, p.facts.Support = false, false, "standard"
	for s := range model.pattern.Sessions.All() {
		if g.ledger.used[s] >= g.facts.Places[s] {
			g.facts.Places = more(g.facts.Places, 1)
		}
		if g.ledger.demand[s]+m.price(p, false) > g.facts.Adults[s] {
			g.facts.Adults = more(g.facts.Adults, m.price(p, false))
		}
	}
	if m.place(d, p, g, model.pattern) {
		return 1
	}
	return 0
}

func more(p matching.PerSession, n int) matching.PerSession {
	for s := range calendar.Week.All() {
		if _, limited := p[s]; limited {
			p[s] += n
		}
	}
	return p
}

// stay draws the dates of a standing placement, as the group's own dates allow.
func (m *maker) stay(d draws, g *matching.Group) (from, to calendar.Date) {
	now, y := m.options.AsOf, m.year
	weeks := 0
	if g.Weeks != nil {
		weeks = g.Weeks.Min + (d.IntN(g.Weeks.Max-g.Weeks.Min+1)+d.IntN(g.Weeks.Usual-g.Weeks.Min+1))/2
	}
	switch {
	case g.Starts.Dates != nil: // the course that runs now, or the first one
		for _, from = range g.Starts.Dates {
			if m.end(d, g, from, weeks) >= now {
				break
			}
		}
	case g.Days != nil:
		from = y.schoolDay(max(now-calendar.Date(d.IntN(g.Days.Max)), y.first))
	case d.chance(yetToStart):
		from = y.schoolDay(now + calendar.Date(d.between(1, 28)))
	case weeks > 0:
		from = y.schoolDay(max(now-calendar.Date(d.IntN(7*weeks-6)), y.first))
	default:
		from = y.schoolDay(max(now-calendar.Date(d.IntN(200)), y.first))
	}
	if g.Starts.Weekdays != nil { // the first Monday of the stay, or the one before
		monday := from - (from+3)%7
		from = y.schoolDay(max(monday, y.first))
	}
	to = m.end(d, g, from, weeks)
	switch {
	case to >= now:
	case g.Starts.Dates != nil: // the last course of the year is over: it goes on to the end
		to = y.last
	default: // short stays: until today
		to = y.schoolDay(now)
	}
	return from, to
}

// end is the last day of a stay of so many weeks, or of the days that the group counts.
func (m *maker) end(d draws, g *matching.Group, from calendar.Date, weeks int) calendar.Date {
	switch {
	case g.Days != nil:
		return m.year.nth(from, d.between(g.Days.Min, g.Days.Max))
	case weeks > 0:
		return min(from+calendar.Date(7*weeks)-1, m.year.last)
	}
	return m.year.last
}
