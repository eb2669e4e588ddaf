package matching

import (
	"slices"

	"example.org/backontrack/matching/calendar"
)

// A visit is a stay that is being tried: one referral in one group, with one
// pattern, from a day to a day.
type visit struct {
	g        *groupIndex
	pattern  *Pattern
	mask     calendar.Sessions
	from, to calendar.Date
	settled  calendar.Date
	demand   demand
	left     int // with short: the weeks, or school days, that are left
	short    bool
}

// stayLength is how long a stay in a group is asked to last: in weeks, or in
// school days, or, where people chose its dates, in days of any kind, or until the group closes.
type stayLength struct {
	weeks, days, span, min int
}

// lengthOf settles the length from what is wanted and what the group allows.
func lengthOf(g *Group, w *Wants) stayLength {
	if g.Days != nil {
		return stayLength{days: g.Days.clamp(w.Days), min: g.Days.Min}
	}
	if g.Weeks != nil {
		return stayLength{weeks: g.Weeks.clamp(w.Weeks), min: g.Weeks.Min}
	}
	return stayLength{weeks: w.Weeks}
}

// clamp brings what is wanted, or what is usual, between min and max.
func (l *Length) clamp(wanted int) int {
	n := wanted
	for _, fallback := range []int{l.Usual, l.Max, l.Min} {
		if n == 0 {
			n = fallback
		}
	}
	n = max(n, l.Min)
	if l.Max > 0 {
		n = min(n, l.Max)
	}
	return n
}

// begin sets the visit's dates for a start.
func (e *Engine) begin(v *visit, from calendar.Date, length stayLength) {
	last := v.g.last
	v.from, v.to, v.short, v.left = from, last, false, 0
	switch {
	case length.days > 0:
		left := e.days.Between(from, last)
		v.left, v.short = len(left), len(left) < length.min
		if n := min(length.days, len(left)); n > 0 {
			v.to = left[n-1]
		}
	case length.weeks > 0 || length.span > 0:
		left := int(last-from) + 1
		v.left, v.short = left/7, left < 7*length.min
		v.to = min(last, from+calendar.Date(7*length.weeks+length.span)-1)
	}
	v.settled = from
	if v.g.newDays > 0 {
		v.settled = e.settled(v.g, from)
	}
}

// nextStart is the first allowed start of a group on or after a day, or 0.
func (e *Engine) nextStart(g *groupIndex, r *Referral, from calendar.Date) calendar.Date {
	from = max(from, g.first, r.ReadyFrom)
	i, _ := slices.BinarySearch(g.starts, from)
	if i == len(g.starts) || g.starts[i] > g.last {
		return 0
	}
	return g.starts[i]
}

// moments are the dates and sessions at which a rule fails. They are reused from
// one rule to the next.
type moments struct {
	dates    [calendar.PerWeek][]calendar.Date
	limit    [calendar.PerWeek]int64 // at the first of each session
	observed [calendar.PerWeek]int64
	floating [calendar.PerWeek]int64 // of staffing: what floating adults are left for the group, at the first
	floats   [calendar.PerWeek]bool  // of staffing: whether there are any then
}

func (m *moments) reset() {
	for s := range m.dates {
		m.dates[s] = m.dates[s][:0]
	}
}

// add notes a failure; those of one session come in the order of their dates.
func (m *moments) add(s calendar.Session, d calendar.Date, limit, observed int64) {
	if len(m.dates[s]) == 0 {
		m.limit[s], m.observed[s] = limit, observed
	}
	m.dates[s] = append(m.dates[s], d)
}

// first is the earliest failure, and how many there are.
func (m *moments) first() (s calendar.Session, d calendar.Date, times int) {
	for session := range calendar.Week.All() {
		dates := m.dates[session]
		times += len(dates)
		if len(dates) > 0 && (d == 0 || dates[0] < d) {
			s, d = session, dates[0]
		}
	}
	return s, d, times
}

// meets tells whether someone who attends those sessions from a day to a day is
// there at one of the moments.
func (m *moments) meets(mask calendar.Sessions, from, to calendar.Date) bool {
	for s := range mask.All() {
		i, _ := slices.BinarySearch(m.dates[s], from)
		if i < len(m.dates[s]) && m.dates[s][i] <= to {
			return true
		}
	}
	return false
}

// merge makes the dates of one session those of several conflicts, in order and once each.
func (m *moments) merge() {
	for s := range m.dates {
		if !slices.IsSorted(m.dates[s]) {
			slices.Sort(m.dates[s])
		}
		m.dates[s] = slices.Compact(m.dates[s])
	}
}
