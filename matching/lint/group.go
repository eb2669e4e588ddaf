package lint

import (
	"fmt"
	"slices"
	"strings"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// groupDates finds groups that nobody can start in any more, a finding for each rule
// that closes them; and groups whose stays have no least length.
func (l *linter) groupDates() {
	shut := map[matching.Code][]matching.GroupID{}
	var endless []matching.GroupID
	for i := range l.s.Groups {
		g := &l.s.Groups[i]
		if code, is := l.shut(g); is {
			shut[code] = append(shut[code], g.ID)
		}
		if least(g.Weeks) == 0 && least(g.Days) == 0 {
			endless = append(endless, g.ID)
		}
	}
	for _, code := range sortedKeys(shut) {
		l.add(Finding{Code: GroupShut, Rule: code, Groups: shut[code]})
	}
	if len(endless) > 0 {
		l.add(Finding{Code: NoMinimum, Groups: endless})
	}
}

func least(length *matching.Length) int {
	if length == nil {
		return 0
	}
	return length.Min
}

// shut tells whether a rule closes a group to everybody: no allowed start, too little
// time left from the first one, or no place in any pattern.
func (l *linter) shut(g *matching.Group) (matching.Code, bool) {
	last := l.s.Horizon
	if g.Open.To != 0 {
		last = min(last, g.Open.To)
	}
	start := l.firstStart(g, last)
	switch {
	case start == 0:
		return matching.CodeNotOpen, true
	case int(last-start)+1 < 7*least(g.Weeks), len(l.days.Between(start, last)) < least(g.Days):
		return matching.CodeTooShort, true
	}
	full := func(p matching.Pattern) bool {
		for s := range p.Sessions.All() {
			if n, limited := g.Places[s]; limited && n == 0 && !roomLater(g, s) {
				return true
			}
		}
		return false
	}
	return matching.CodePlaces, !slices.ContainsFunc(g.Patterns, func(p matching.Pattern) bool { return !full(p) })
}

// roomLater tells whether there are places at a session on some days.
func roomLater(g *matching.Group, s calendar.Session) bool {
	return slices.ContainsFunc(g.Changes, func(c matching.GroupChange) bool { return c.Places[s] > 0 })
}

// firstStart is the group's first allowed start up to a last day, or 0.
func (l *linter) firstStart(g *matching.Group, last calendar.Date) calendar.Date {
	for _, d := range l.days.Between(max(l.s.AsOf, g.Open.From), last) {
		weekday := g.Starts.Weekdays == nil || slices.Contains(g.Starts.Weekdays, matching.Weekday(d.Weekday()))
		if weekday && (g.Starts.Dates == nil || slices.Contains(g.Starts.Dates, d)) {
			return d
		}
	}
	return 0
}

// groupSessions finds sessions of timetables that no pattern attends.
func (l *linter) groupSessions() {
	for i := range l.s.Groups {
		g := &l.s.Groups[i]
		unattended := g.Timetable
		for _, p := range g.Patterns {
			unattended &^= p.Sessions
		}
		if unattended != 0 {
			l.add(Finding{Code: SessionUnattended, Groups: []matching.GroupID{g.ID}, Codes: names(unattended)})
		}
	}
}

// pointer is a JSON pointer (RFC 6901).
func pointer(steps ...any) string {
	var b strings.Builder
	for _, step := range steps {
		b.WriteString("/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(fmt.Sprint(step)))
	}
	return b.String()
}
