package panel

import (
	"maps"
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// changes adds the dated changes to places and adults that are in force between the day of
// the snapshot and its horizon. One for good lasts until the horizon.
func (x *bridging) changes() error {
	list, err := gather(x.tx.Changes().List(From(ByLastDay, x.day.String())))
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(c Change) bool { return c.From > x.horizon })
	for i := range list {
		if list[i].To == 0 {
			list[i].To = x.horizon
		}
	}
	of := func(belongs func(Change) bool) []Change {
		return runs(slices.DeleteFunc(slices.Clone(list), func(c Change) bool { return !belongs(c) }))
	}
	for i := range x.snapshot.Sites {
		s := &x.snapshot.Sites[i]
		for _, c := range of(func(c Change) bool { return c.Group == "" && c.Site == s.ID }) {
			s.Changes = append(s.Changes, matching.SiteChange{From: c.From, To: c.To, FloatingAdults: c.Adults})
		}
	}
	for i := range x.snapshot.Groups {
		g := &x.snapshot.Groups[i]
		for _, c := range of(func(c Change) bool { return c.Group == g.ID }) {
			g.Changes = append(g.Changes, matching.GroupChange{From: c.From, To: c.To, Places: c.Places, Adults: c.Adults})
		}
	}
	return nil
}

// runs cuts changes that overlap into runs of days that do not. Where several say
// something of one session, the lowest counts: a day's sickness comes on top of a
// vacancy, and nobody is placed on adults who will not be there.
func runs(list []Change) []Change {
	var edges []calendar.Date
	for _, c := range list {
		edges = append(edges, c.From, c.To+1)
	}
	slices.Sort(edges)
	edges = slices.Compact(edges)
	var out []Change
	for i := 1; i < len(edges); i++ {
		run := Change{From: edges[i-1], To: edges[i] - 1}
		for _, c := range list {
			if c.From <= run.From && run.To <= c.To {
				run.Places, run.Adults = lowest(run.Places, c.Places), lowest(run.Adults, c.Adults)
			}
		}
		if len(run.Places)+len(run.Adults) > 0 {
			out = append(out, run)
		}
	}
	return out
}

// lowest is the lower of two figures for each session that either has.
func lowest(a, b matching.PerSession) matching.PerSession {
	if len(b) == 0 {
		return a
	}
	out := maps.Clone(b)
	for s, n := range a {
		if m, both := out[s]; !both || n < m {
			out[s] = n
		}
	}
	return out
}
