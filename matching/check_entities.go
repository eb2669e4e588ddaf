package matching

import (
	"slices"
	"time"

	"example.org/backontrack/matching/calendar"
)

func (c *checker) site(at string, s *Site) {
	c.location(at, s.Latitude, s.Longitude)
	c.codes(at+"/access", s.Access)
	c.perSession(at+"/floating_adults", s.FloatingAdults, mostAdults, calendar.Week)
	c.siteChanges(at+"/changes", s.Changes)
}

func (c *checker) group(at string, g *Group) {
	c.known(at+"/site", "sites", c.sites[g.Site])
	timetable := c.readable(at+"/timetable", g.Timetable)
	if g.Timetable == 0 || g.Timetable&^c.readable("/calendar/sessions", c.s.calendarSessions()) != 0 {
		c.fault(at+"/timetable", "at least one session, all of them of the calendar")
	}
	c.accepts(at+"/accepts", &g.Accepts)
	c.patterns(at+"/patterns", g, timetable)
	c.perSession(at+"/places", g.Places, mostPupils, timetable)
	c.perSession(at+"/adults", g.Adults, mostAdults, timetable)
	for i, l := range g.Limits {
		c.id(pointerIn(at, "limits", i, "trait"), l.Trait)
		c.number(pointerIn(at, "limits", i, "max"), l.Max, 0, mostPupils)
	}
	c.codes(at+"/offers", g.Offers)
	c.codes(at+"/approaches", g.Approaches)
	c.span(at+"/open", g.Open.From, g.Open.To)
	for i, day := range g.Starts.Weekdays {
		if day < Weekday(time.Monday) || day > Weekday(time.Friday) {
			c.fault(pointerIn(at, "starts", "weekdays", i), "a weekday, mon to fri")
		}
	}
	if g.Starts.Weekdays != nil && g.Starts.Dates != nil {
		c.fault(at+"/starts", "weekdays or dates, not both")
	}
	c.length(at+"/weeks", g.Weeks)
	c.length(at+"/days", g.Days)
	if g.Weeks != nil && g.Days != nil {
		c.fault(at+"/days", "weeks or days, not both")
	}
	if g.Newcomer != nil {
		c.number(at+"/newcomer/days", g.Newcomer.Days, 1, mostDays)
		c.id(at+"/newcomer/zone", g.Newcomer.Zone)
	}
	c.number(at+"/cost_per_session", g.CostPerSession, 0, mostPence)
	c.groupChanges(at+"/changes", g.Changes, timetable)
}

func (c *checker) accepts(at string, a *Accepts) {
	for i, year := range a.Years {
		c.number(pointerIn(at, "years", i), year, 0, highestYear)
	}
	oneOf(c, at+"/sex", a.Sex, "", Female, Male)
	c.codes(at+"/reasons", a.Reasons)
	c.codes(at+"/needs", a.Needs)
	c.codes(at+"/refuses", a.Refuses)
}

func (c *checker) patterns(at string, g *Group, timetable calendar.Sessions) {
	if g.Patterns != nil && len(g.Patterns) == 0 {
		c.fault(at, "at least one pattern, or none stated")
	}
	seen := map[PatternID]bool{}
	for i, p := range g.Patterns {
		c.id(pointerIn(at, i, "id"), string(p.ID))
		if seen[p.ID] && p.ID != "" {
			c.fault(pointerIn(at, i, "id"), "an id that is not used twice in the group")
		}
		seen[p.ID] = true
		if p.Sessions == 0 || p.Sessions&^timetable != 0 {
			c.fault(pointerIn(at, i, "sessions"), "at least one session, all of them of the timetable")
		}
	}
}

func (c *checker) length(at string, l *Length) {
	if l == nil {
		return
	}
	c.number(at+"/min", l.Min, 0, mostDays)
	c.number(at+"/usual", l.Usual, 0, mostDays)
	c.number(at+"/max", l.Max, 0, mostDays)
	if *l == (Length{}) {
		c.fault(at, "at least one of min, usual and max")
	}
	if l.Max != 0 && l.Min > l.Max {
		c.fault(at+"/max", "a number not below min")
	}
	if l.Usual != 0 && (l.Usual < l.Min || l.Max != 0 && l.Usual > l.Max) {
		c.fault(at+"/usual", "a number from min to max")
	}
}

func (c *checker) pupil(at string, p *Pupil) {
	if p.Year != yearNotGiven || p.Knows(FactYear) {
		c.number(at+"/year", p.Year, 0, highestYear)
	}
	oneOf(c, at+"/sex", p.Sex, "", Female, Male, "U")
	c.codes(at+"/areas", p.Areas)
	c.codes(at+"/traits", p.Traits)
	c.codes(at+"/access", p.Access)
	c.location(at, p.Latitude, p.Longitude)
	var needs []string
	for i, need := range p.Needs {
		c.id(pointerIn(at, "needs", i, "code"), need.Code)
		if slices.Contains(needs, need.Code) {
			c.fault(pointerIn(at, "needs", i, "code"), "each need once")
		}
		needs = append(needs, need.Code)
	}
	c.level(at+"/support", p.Support)
	if p.Busy&^calendar.Week != 0 {
		c.fault(at+"/busy", "sessions from mon-am to fri-pm")
	}
	for i, friend := range p.Friends {
		c.known(pointerIn(at, "friends", i), "pupils", c.pupils[friend])
		if friend == p.ID {
			c.fault(pointerIn(at, "friends", i), "another pupil")
		}
	}
	for i, fact := range p.Unknown {
		oneOf(c, pointerIn(at, "unknown", i), fact, Facts()...)
		if slices.Contains(p.Unknown[:i], fact) {
			c.fault(pointerIn(at, "unknown", i), "each fact once")
		}
	}
}

// level checks a level of adult support; none stated is allowed.
func (c *checker) level(at, level string) {
	if _, priced := c.policy.Support[level]; !priced && level != "" && !c.lost["policy"] {
		c.fault(at, "a level that policy.support prices")
	}
}

func (c *checker) keepApart(at string, k *KeepApart) {
	if len(k.Pupils) != 2 || k.Pupils[0] == k.Pupils[1] {
		c.fault(at+"/pupils", "two different pupils")
	}
	for i, id := range k.Pupils {
		c.known(pointerIn(at, "pupils", i), "pupils", c.pupils[id])
	}
	oneOf(c, at+"/scope", k.Scope, "", InGroup, InZone, OnSite)
}

func (c *checker) placement(at string, p *Placement) {
	c.known(at+"/pupil", "pupils", c.pupils[p.Pupil])
	c.known(at+"/group", "groups", c.groups[p.Group] != nil)
	c.knownPattern(at+"/pattern", p.Group, p.canonical().Pattern)
	c.required(at+"/from", p.From)
	c.required(at+"/to", p.To)
	c.span(at, p.From, p.To)
}

func (c *checker) referral(at string, r *Referral) {
	c.known(at+"/pupil", "pupils", c.pupils[r.Pupil])
	if _, priced := c.policy.PriorityBonus[r.canonical().Priority]; !priced && !c.lost["policy"] {
		c.fault(at+"/priority", "a priority that policy.priority_bonus prices")
	}
	oneOf(c, at+"/aim", r.Aim, "", Reintegration, Qualification, Transition, Respite, Assessment)
	c.number(at+"/wants/sessions", r.Wants.Sessions, 0, mostInWeek)
	c.number(at+"/wants/weeks", r.Wants.Weeks, 0, mostDays)
	c.number(at+"/wants/days", r.Wants.Days, 0, mostDays)
	c.codes(at+"/wants/offers", r.Wants.Offers)
	c.codes(at+"/wants/approaches", r.Wants.Approaches)
	for i, id := range r.Wants.Groups {
		c.known(pointerIn(at, "wants", "groups", i), "groups", c.groups[id] != nil)
		if slices.Contains(r.Wants.Groups[:i], id) {
			c.fault(pointerIn(at, "wants", "groups", i), "each group once")
		}
	}
	for _, id := range sortedKeys(r.Given) {
		c.given(pointerIn(at, "given", id), id, r.Given[id])
	}
}

func (c *checker) given(at string, id GroupID, g Given) {
	c.known(at, "groups", c.groups[id] != nil)
	c.number(at+"/score", g.Score, 0, mostGiven)
	if g.AdultDemand != nil {
		c.number(at+"/adult_demand", *g.AdultDemand, 0, mostAdults)
	}
	if g.Patterns != nil && len(g.Patterns) == 0 {
		c.fault(at+"/patterns", "at least one pattern, or none stated")
	}
	for _, pattern := range sortedKeys(g.Patterns) {
		c.knownPattern(pointerIn(at, "patterns", pattern), id, pattern)
		c.number(pointerIn(at, "patterns", pattern), g.Patterns[pattern], 0, mostGiven)
	}
}

func (c *checker) knownPattern(at string, group GroupID, id PatternID) {
	if c.groups[group] != nil && !c.pattern[group][id] && !c.lost["patterns"] {
		c.fault(at, "the id of one of the group's patterns")
	}
}
