package matching

import (
	"maps"
	"slices"

	"example.org/backontrack/matching/calendar"
)

// unlockedBy makes the changes and asks again. What has to be worked out, the
// date to wait for and how many adults, it fills in. It tells whether the option
// becomes possible.
func (e *Engine) unlockedBy(id ReferralID, o *Option, changes []Change) (Unlock, bool) {
	changes = slices.Clone(changes)
	stay, gone, waived := o.Stays[0], map[PlacementID]bool{}, map[Code]bool{}
	wait, adults := -1, -1
	for i, c := range changes {
		switch c.Kind {
		case Waive:
			waived[c.Rule] = true
		case Wait:
			wait = i
		case TakePattern:
			stay.Pattern = c.Pattern
		case AddAdults:
			adults = i
		case MoveAway:
			gone[c.Placement] = true
		}
	}
	world := e
	if len(gone) > 0 {
		world = e.without(id, stay.Group, gone)
	}
	if adults >= 0 {
		more, ok := world.shortage(id, stay, waived, wait >= 0)
		if !ok {
			return Unlock{}, false
		}
		changes[adults].Adults, changes[adults].Sessions = more.most, more.sessions
		world = world.withAdults(id, stay.Group, more)
	}
	v, ok := world.possible(id, stay, waived, wait >= 0)
	if !ok {
		return Unlock{}, false
	}
	if wait >= 0 {
		if v.from == stay.From {
			return Unlock{}, false // there is nothing to wait for
		}
		changes[wait].From, changes[wait].To = v.from, v.to
	}
	return Unlock{changes, Stay{stay.Group, stay.Pattern, v.from, v.to}}, true
}

// possible tries a stay on its own day, or from then on.
func (e *Engine) possible(id ReferralID, stay Stay, waived map[Code]bool, mayWait bool) (visit, bool) {
	t := e.try(&e.referrals[e.referralOf[id]])
	t.waived = waived
	g := &e.groups[e.groupOf[stay.Group]]
	v := t.visit(g, g.pattern(stay.Pattern))
	if !t.allowed() {
		return v, false
	}
	if mayWait {
		return v, t.start(&v, stay.From)
	}
	e.begin(&v, stay.From, t.c.length)
	return v, !v.short && t.refusedUntil(&v) == 0
}

// A shortage is how many thousandths of an adult are missing, at most, and at
// which sessions any are.
type shortage struct {
	most     int
	sessions []calendar.Session
}

// shortage finds what staffing alone lacks. It reports false where something else
// refuses, or nothing is lacking.
func (e *Engine) shortage(id ReferralID, stay Stay, waived map[Code]bool, mayWait bool) (shortage, bool) {
	relaxed := maps.Clone(waived)
	relaxed[CodeStaffing] = true
	v, ok := e.possible(id, stay, relaxed, mayWait)
	if !ok {
		return shortage{}, false
	}
	t := e.try(&e.referrals[e.referralOf[id]])
	dates := v
	v = t.visit(dates.g, dates.pattern)
	e.begin(&v, dates.from, t.c.length)
	more := shortage{}
	for s := range v.mask.All() {
		one := v
		one.mask = calendar.Of(s)
		most := t.mostMissing(&one, s)
		if most > 0 {
			more.most = max(more.most, most)
			more.sessions = append(more.sessions, s)
		}
	}
	return more, more.most > 0
}

// mostMissing is the greatest lack of adults at one session of a visit.
func (t *trial) mostMissing(v *visit, s calendar.Session) int {
	most := int64(0)
	for _, run := range t.e.days.Between(v.from, v.to) {
		if run.Weekday() != s.Weekday() {
			continue
		}
		day := *v
		day.from, day.to = run, run
		t.moments.reset()
		if t.staffingFails(&day, &t.moments) != 0 {
			most = max(most, t.moments.observed[s]-t.moments.limit[s])
		}
	}
	return int(most)
}

// withAdults is the engine of the group's surroundings with more adults in it.
func (e *Engine) withAdults(id ReferralID, group GroupID, more shortage) *Engine {
	s := e.surroundings(id, group, nil)
	for i := range s.Groups {
		g := &s.Groups[i]
		if g.ID != group {
			continue
		}
		g.Adults = maps.Clone(g.Adults)
		for _, session := range more.sessions {
			g.Adults[session] += more.most
		}
	}
	return e.rebuild(s)
}

// without is the engine of the group's surroundings without some placements.
func (e *Engine) without(id ReferralID, group GroupID, gone map[PlacementID]bool) *Engine {
	return e.rebuild(e.surroundings(id, group, gone))
}

// surroundings is the part of the snapshot that can bear on a referral in one
// group: the groups of its site, those that share a resource with it, and the
// pupil's own placements.
func (e *Engine) surroundings(id ReferralID, group GroupID, gone map[PlacementID]bool) *Snapshot {
	g, r := &e.groups[e.groupOf[group]], &e.referrals[e.referralOf[id]]
	near := map[GroupID]bool{}
	for _, n := range e.sites[g.site].groups {
		near[e.groups[n].group.ID] = true
	}
	for _, p := range g.pools {
		for _, n := range e.pools[p].groups {
			near[e.groups[n].group.ID] = true
		}
	}
	for _, n := range e.pupilStays[r.pupil] {
		near[e.stays[n].placement.Group] = true
	}
	return e.snapshot.part(near, gone, r.referral)
}

// part keeps the groups that are near, who is placed there, and one referral.
func (s *Snapshot) part(near map[GroupID]bool, gone map[PlacementID]bool, r *Referral) *Snapshot {
	out := *s
	keep := map[PupilID]bool{r.Pupil: true}
	out.Sites, out.Groups, out.Placements, out.Pupils = nil, nil, nil, nil
	sites := map[SiteID]bool{}
	for _, g := range s.Groups {
		if near[g.ID] {
			out.Groups = append(out.Groups, g)
			sites[g.Site] = true
		}
	}
	for _, site := range s.Sites {
		if sites[site.ID] {
			out.Sites = append(out.Sites, site)
		}
	}
	for _, p := range s.Placements {
		if near[p.Group] && !gone[p.ID] {
			out.Placements = append(out.Placements, p)
			keep[p.Pupil] = true
		}
	}
	for _, p := range s.Pupils {
		if keep[p.ID] {
			p.Friends = nil // no rule asks who is a friend
			out.Pupils = append(out.Pupils, p)
		}
	}
	out.Referrals = []Referral{*r}
	return &out
}
