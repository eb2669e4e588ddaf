package matching

import (
	"cmp"
	"slices"

	"example.org/backontrack/matching/calendar"
)

// A dailyLimit is how much there may be at each session: what is usual, and on some days something else.
type dailyLimit struct {
	usual [calendar.PerWeek]int64 // or unlimited
	least [calendar.PerWeek]int64 // of all days on which it is limited
	dated *perOccurrence          // nil where nothing changes, and so for each session
}

// newDailyLimit has what is usual.
func newDailyLimit(usual func(s calendar.Session) int64) (l dailyLimit) {
	for s := range calendar.Week.All() {
		l.usual[s] = usual(s)
	}
	l.least = l.usual
	return l
}

// at is the limit at a session's i-th occurrence.
func (l *dailyLimit) at(s calendar.Session, i int) int64 {
	if l.dated != nil && l.dated[s] != nil {
		return l.dated[s][i]
	}
	return l.usual[s]
}

// change sets the limit at the sessions of a table from a day to a day.
func (l *dailyLimit) change(days *calendar.Days, table PerSession, from, to calendar.Date) {
	for s := range calendar.Week.All() {
		n, given := table[s]
		lo, hi := days.Occurrences(s, from, to)
		if !given || lo >= hi {
			continue
		}
		of := l.ofDays(days, s)
		for i := lo; i < hi; i++ {
			of[i] = int64(max(n, 0))
		}
		l.least[s] = least(of)
	}
}

// ofDays are the limits of a session, occurrence by occurrence.
func (l *dailyLimit) ofDays(days *calendar.Days, s calendar.Session) []int64 {
	if l.dated == nil {
		l.dated = &perOccurrence{}
	}
	if l.dated[s] == nil {
		l.dated[s] = slices.Repeat([]int64{l.usual[s]}, days.Len(s))
	}
	return l.dated[s]
}

// add makes it more, or less, at a session on all days on which it is limited.
func (l *dailyLimit) add(s calendar.Session, n int64) {
	more := func(x *int64) {
		if *x != unlimited {
			*x += n
		}
	}
	more(&l.usual[s])
	more(&l.least[s])
	if l.dated != nil {
		for i := range l.dated[s] {
			more(&l.dated[s][i])
		}
	}
}

// most is the highest that a session has on any day, or unlimited.
func (l *dailyLimit) most(s calendar.Session) int64 {
	if l.dated == nil || l.dated[s] == nil {
		return l.usual[s]
	}
	if slices.Contains(l.dated[s], unlimited) {
		return unlimited
	}
	return peak(l.dated[s])
}

// least is the lowest of the limits that are any, or unlimited.
func least(of []int64) int64 {
	low := unlimited
	for _, n := range of {
		if n != unlimited && (low == unlimited || n < low) {
			low = n
		}
	}
	return low
}

// PlacesOn is how many pupils the group may have at a session on a day, where that is limited.
func (g *Group) PlacesOn(s calendar.Session, d calendar.Date) (n int, limited bool) {
	n, limited = g.Places[s]
	for i := range g.Changes {
		if c := &g.Changes[i]; c.From <= d && d <= c.To {
			if other, given := c.Places[s]; given {
				return other, true
			}
		}
	}
	return n, limited
}

// AdultsOn is how many thousandths of an adult the group has at a session on a day, where that is limited.
func (g *Group) AdultsOn(s calendar.Session, d calendar.Date) (n int, limited bool) {
	n, limited = g.Adults[s]
	for i := range g.Changes {
		if c := &g.Changes[i]; c.From <= d && d <= c.To {
			if other, given := c.Adults[s]; given {
				return other, true
			}
		}
	}
	return n, limited
}

// FloatingAdultsOn is how many thousandths of an adult float on the site at a session on a day.
func (s *Site) FloatingAdultsOn(session calendar.Session, d calendar.Date) int {
	for i := range s.Changes {
		if c := &s.Changes[i]; c.From <= d && d <= c.To {
			if n, given := c.FloatingAdults[session]; given {
				return n
			}
		}
	}
	return s.FloatingAdults[session]
}

// limitsPlaces tells whether the group's places are limited at any time.
func (g *Group) limitsPlaces() bool {
	return g.Places != nil || slices.ContainsFunc(g.Changes, func(c GroupChange) bool { return c.Places != nil })
}

func (c *checker) groupChanges(at string, changes []GroupChange, timetable calendar.Sessions) {
	for i := range changes {
		g, at := &changes[i], pointerIn(at, i)
		c.changeDates(at, g.From, g.To)
		if len(g.Places) == 0 && len(g.Adults) == 0 {
			c.fault(at, "places or adults, or both")
		}
		c.perSession(at+"/places", g.Places, mostPupils, timetable)
		c.perSession(at+"/adults", g.Adults, mostAdults, timetable)
		for j := range changes[:i] {
			other := &changes[j]
			if other.From > g.To || g.From > other.To {
				continue
			}
			c.changeOnce(at+"/places", g.Places, other.Places)
			c.changeOnce(at+"/adults", g.Adults, other.Adults)
		}
	}
}

func (c *checker) siteChanges(at string, changes []SiteChange) {
	for i := range changes {
		s, at := &changes[i], pointerIn(at, i)
		c.changeDates(at, s.From, s.To)
		if len(s.FloatingAdults) == 0 {
			c.fault(at+"/floating_adults", "at least one session")
		}
		c.perSession(at+"/floating_adults", s.FloatingAdults, mostAdults, calendar.Week)
		for j := range changes[:i] {
			if other := &changes[j]; other.From <= s.To && s.From <= other.To {
				c.changeOnce(at+"/floating_adults", s.FloatingAdults, other.FloatingAdults)
			}
		}
	}
}

func (c *checker) changeDates(at string, from, to calendar.Date) {
	c.required(at+"/from", from)
	c.required(at+"/to", to)
	c.span(at, from, to)
}

// changeOnce finds sessions that another change is about in the same days.
func (c *checker) changeOnce(at string, table, other PerSession) {
	for _, s := range sortedKeys(table) {
		if _, both := other[s]; both {
			c.fault(at, "sessions that no other change is about on the same days")
			return
		}
	}
}

func compareGroupChanges(a, b GroupChange) int {
	return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), comparePerSession(a.Places, b.Places), comparePerSession(a.Adults, b.Adults))
}

func compareSiteChanges(a, b SiteChange) int {
	return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), comparePerSession(a.FloatingAdults, b.FloatingAdults))
}

// comparePerSession orders tables by what they have at the first session at which they differ.
func comparePerSession(a, b PerSession) int {
	for s := range calendar.Week.All() {
		if order := cmp.Compare(limitAt(a, s), limitAt(b, s)); order != 0 {
			return order
		}
	}
	return 0
}

// mostPlaces is the most pupils that a group may have at a session on any day, or unlimited.
func (g *groupIndex) mostPlaces(e *Engine, s calendar.Session) int64 {
	if g.places < 0 {
		return unlimited
	}
	return e.pools[g.places].capacity.most(s)
}

// inWeek is a limit at a session in the week that begins on a day: what is usual, where the session does not take place then.
func (e *Engine) inWeek(l *dailyLimit, s calendar.Session, from calendar.Date) int64 {
	if lo, hi := e.days.Occurrences(s, from, from+6); lo < hi {
		return l.at(s, lo)
	}
	return l.usual[s]
}
