package verify

import (
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// rules checks each planned stay by itself: what it may be, when, and for whom.
func (c *check) rules() {
	for _, p := range c.placed {
		if p == nil {
			continue
		}
		c.week(p)
		for _, st := range p.stays {
			c.facts(st, p.referral)
			c.offered(st, p.referral)
			c.busy(st)
			c.dates(st, p.referral)
		}
	}
	for _, st := range c.moved {
		c.facts(st, nil)
		c.busy(st)
		c.start(st, st.group.earliest(c.world, 0))
		// The stay keeps its end, even after the horizon; but not where the group has closed by then.
		if open := st.group.Open.To; open != 0 && st.to > open {
			c.violate(st, Violation{Code: CodeEndDate, Date: open})
		}
	}
}

// week checks that the stays of a package fit into one week and begin together.
func (c *check) week(p *placed) {
	most := c.Policy.Package.MaxGroups
	if p.listed > most {
		c.object(Violation{Code: CodeTooManyGroups, Referral: p.referral.ID, Limit: new(most), Observed: new(p.listed)})
	}
	var taken calendar.Sessions
	groups, sessions := map[*group]bool{}, 0
	for _, st := range p.stays {
		if groups[st.group] {
			c.violate(st, Violation{Code: CodeGroupTwice})
		}
		if both := taken & st.sessions; both != 0 {
			c.violate(st, Violation{Code: CodeSessionTwice, Session: both.First().String()})
		}
		if st.from != p.stays[0].from {
			c.violate(st, Violation{Code: CodeStartsDiffer, Date: st.from})
		}
		groups[st.group], taken, sessions = true, taken|st.sessions, sessions+st.sessions.Len()
	}
	if wanted := p.referral.Wants.Sessions; wanted > 0 && len(p.stays) > 1 && sessions > wanted {
		c.object(Violation{Code: CodeTooManySessions, Referral: p.referral.ID, Limit: new(wanted), Observed: new(sessions)})
	}
}

// offered checks that a referral that brings scores has one for the group and pattern.
func (c *check) offered(st *stay, r *matching.Referral) {
	if r.Given == nil {
		return
	}
	given, named := r.Given[st.group.ID]
	if named && given.Patterns != nil {
		_, named = given.Patterns[st.pattern]
	}
	if !named {
		c.violate(st, Violation{Code: CodeNotOffered})
	}
}

// last is the last day of any new stay in a group.
func (g *group) last(w *world) calendar.Date {
	if g.Open.To != 0 {
		return min(g.Open.To, w.Horizon)
	}
	return w.Horizon
}

// earliest is the day from which a group can take a pupil who is ready on a day.
func (g *group) earliest(w *world, ready calendar.Date) calendar.Date {
	return max(w.AsOf, ready, g.Open.From)
}

// allows tells whether a stay may begin on a day: a school day that fits the group's starts.
func (g *group) allows(w *world, d calendar.Date) bool {
	if d > g.last(w) || !w.days.open(d) {
		return false
	}
	if g.Starts.Weekdays != nil && !slices.Contains(g.Starts.Weekdays, matching.Weekday(d.Weekday())) {
		return false
	}
	return g.Starts.Dates == nil || slices.Contains(g.Starts.Dates, d)
}

// start checks that a stay begins on an allowed start.
func (c *check) start(st *stay, earliest calendar.Date) {
	if st.from >= earliest && st.group.allows(c.world, st.from) {
		return
	}
	code := matching.CodeNotOpen // where no other start would do either
	for d := earliest; d <= st.group.last(c.world) && code == matching.CodeNotOpen; d++ {
		if st.group.allows(c.world, d) {
			code = CodeStartDate
		}
	}
	v := Violation{Code: code}
	if code == CodeStartDate {
		v.Date = st.from
	}
	c.violate(st, v)
}

// dates checks the start, the length and the end of a new stay.
func (c *check) dates(st *stay, r *matching.Referral) {
	c.start(st, st.group.earliest(c.world, r.ReadyFrom))
	last := st.group.last(c.world)
	if st.from < c.AsOf || st.from > last {
		return // it has no length that could be compared
	}
	if end := c.end(st.group, r, st.from); st.to != end {
		c.violate(st, Violation{Code: CodeEndDate, Date: end})
	}
	least, left := 0, 0
	switch g := st.group; {
	case g.Days != nil:
		least, left = g.Days.Min, c.days.count(st.from, last)
		if left >= least {
			return
		}
	case g.Weeks != nil:
		days := int(last) - int(st.from) + 1
		least, left = g.Weeks.Min, days/7
		if days >= 7*least {
			return
		}
	default:
		return
	}
	c.violate(st, Violation{Code: matching.CodeTooShort, Limit: new(least), Observed: new(left)})
}

// length is a stay's own, in weeks, or school days for a group that counts them; 0 for none.
func length(g *group, r *matching.Referral) int {
	switch {
	case g.Days != nil:
		return choose(r.Wants.Days, g.Days)
	case g.Weeks != nil:
		return choose(r.Wants.Weeks, g.Weeks)
	}
	return r.Wants.Weeks
}

// choose takes what is wanted, else what is usual (left out: the most, or the
// least), between the least and the most.
func choose(wanted int, l *matching.Length) int {
	n := wanted
	for _, other := range []int{l.Usual, l.Max, l.Min} {
		if n == 0 {
			n = other
		}
	}
	if l.Max != 0 {
		n = min(n, l.Max)
	}
	return max(n, l.Min)
}

// end is the last day of a new stay.
func (c *check) end(g *group, r *matching.Referral, from calendar.Date) calendar.Date {
	last, n := g.last(c.world), length(g, r)
	switch {
	case n == 0:
		return last
	case g.Days == nil:
		return calendar.Date(min(int(from)+7*n-1, int(last)))
	}
	end, counted := from, 0
	for d := from; d <= last && counted < n; d++ {
		if c.days.open(d) {
			end = d
			counted++
		}
	}
	return end
}

// busy checks that the pupil is nowhere else: neither what the week holds
// anyway, nor another stay of hers. The stays of one package are checked by week.
func (c *check) busy(st *stay) {
	if st.from < c.AsOf || st.from > c.Horizon {
		return // it has no dates that could be compared
	}
	var taken []stay // what clashes, cut to what the two have in common
	if knows(st.pupil, matching.FactBusy) {
		taken = append(taken, stay{sessions: st.pupil.Busy, from: st.from, to: st.to})
	}
	for _, other := range c.staysOf(st.pupil) {
		if other != st && (st.referral == "" || other.referral != st.referral) {
			taken = append(taken, *other)
		}
	}
	var clash calendar.Sessions
	for i := range taken {
		t := &taken[i]
		t.sessions, t.from, t.to = t.sessions&st.sessions, max(t.from, st.from), min(t.to, st.to)
		if t.from <= t.to {
			clash |= t.sessions
		}
	}
	if clash == 0 {
		return
	}
	f := finding{stay: st, group: st.group, code: matching.CodeBusy}
	c.moments(st, func(m moment) {
		if slices.ContainsFunc(taken, func(t stay) bool { return t.attends(m) }) {
			c.fail(f, m)
		}
	})
	if c.found[f] == nil { // no session takes place that both would have
		e := c.evidence(f)
		for s := range clash.All() {
			e.Codes = append(e.Codes, s.String())
		}
	}
}

// staysOf are all stays of a pupil under the plan.
func (c *check) staysOf(p *matching.Pupil) []*stay {
	if c.of == nil {
		c.of = map[*matching.Pupil][]*stay{}
		for _, s := range c.sites {
			for _, st := range s.stays {
				c.of[st.pupil] = append(c.of[st.pupil], st)
			}
		}
	}
	return c.of[p]
}
