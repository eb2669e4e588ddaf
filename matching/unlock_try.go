package matching

import (
	"cmp"
	"maps"
	"slices"

	"example.org/backontrack/matching/calendar"
)

// unlockedBy makes the changes in e, which is the locksmith's own, asks again and
// takes them back. What has to be worked out, the date to wait for and how many
// adults, it fills in. It tells whether the option becomes possible.
func (e *Engine) unlockedBy(o *Option, changes []Change) (Unlock, bool) {
	changes = slices.Clone(changes)
	stay, waived := o.Stays[0], map[Code]bool{}
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
			defer e.take(c.Placement)()
		case Reassign, Place: // of a plan only
		}
	}
	if adults >= 0 {
		more, ok := e.shortage(o.Referral, stay, waived, wait >= 0)
		if !ok {
			return Unlock{}, false
		}
		changes[adults].Adults, changes[adults].Sessions = more.most, more.sessions
		defer e.add(stay.Group, more)()
	}
	v, ok := e.possible(o.Referral, stay, waived, wait >= 0)
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

// take takes a standing placement out of the index, and returns what puts it back.
func (e *Engine) take(id PlacementID) (undo func()) {
	return e.takeStay(slices.IndexFunc(e.stays, func(st stayIndex) bool { return st.placement.ID == id }))
}

func (e *Engine) takeStay(i int) (undo func()) {
	st := &e.stays[i]
	was := *st
	e.bookAgain(&was, -1)
	st.mask, st.isFullTime = 0, false
	return func() {
		*st = was
		e.bookAgain(&was, 1)
	}
}

// bookAgain adds a stay to what is used, or takes it away. Peaks stay as they
// were: they only spare a search.
func (e *Engine) bookAgain(st *stayIndex, sign int64) {
	g := &e.groups[st.group]
	e.addTopUp(g, -1)
	e.book(&g.demand, st, sign*st.demand)
	for _, p := range g.pools {
		if n, known := e.drawn(&e.pools[p], st.pupil); known {
			e.book(&e.pools[p].used, st, sign*n)
		}
	}
	e.addTopUp(g, 1)
}

// add gives a group more adults, and returns what takes them away again.
func (e *Engine) add(group GroupID, more shortage) (undo func()) {
	g := &e.groups[e.groupOf[group]]
	change := func(sign int64) {
		e.addTopUp(g, -1)
		for _, s := range more.sessions {
			g.adults.add(s, sign*int64(more.most))
		}
		e.addTopUp(g, 1)
	}
	change(1)
	return func() { change(-1) }
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
		found := t.start(&v, stay.From)
		for found && !t.takesPlace(&v) {
			found = t.start(&v, v.from+1)
		}
		return v, found
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
	t, more := e.try(&e.referrals[e.referralOf[id]]), shortage{}
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
			most = max(most, t.moments.observed[s]-t.moments.limit[s]-t.moments.floating[s])
		}
	}
	return int(most)
}

// surroundings is the part of the snapshot that can bear on a referral in one
// group: the groups of its site, those that share a resource with it, and the
// pupil's own placements.
func (e *Engine) surroundings(id ReferralID, group GroupID) *Snapshot {
	g, r := &e.groups[e.groupOf[group]], &e.referrals[e.referralOf[id]]
	groups := slices.Clone(e.sites[g.site].groups)
	for _, p := range g.pools {
		groups = append(groups, e.pools[p].groups...)
	}
	for _, n := range e.pupilStays[r.pupil] {
		groups = append(groups, e.stays[n].group)
	}
	return e.part(sorted(groups), r)
}

// part keeps some groups with their sites, who is placed there, and one referral.
// Indexes are in the order of ids, and so is what they pick.
func (e *Engine) part(groups []int32, r *referralIndex) *Snapshot {
	out := *e.snapshot
	out.Sites, out.Groups, out.Placements, out.Pupils = nil, nil, nil, nil
	var sites []int32
	pupils := []int32{r.pupil}
	for _, n := range groups {
		g := &e.groups[n]
		out.Groups = append(out.Groups, *g.group)
		sites = append(sites, g.site)
		for _, i := range g.stays {
			out.Placements = append(out.Placements, *e.stays[i].placement)
			pupils = append(pupils, e.stays[i].pupil)
		}
	}
	slices.SortFunc(out.Placements, func(a, b Placement) int { return cmp.Compare(a.ID, b.ID) })
	for _, n := range sorted(sites) {
		out.Sites = append(out.Sites, *e.sites[n].site)
	}
	for _, n := range sorted(pupils) {
		p := e.snapshot.Pupils[n]
		p.Friends = nil // no rule asks who is a friend
		out.Pupils = append(out.Pupils, p)
	}
	out.Referrals = []Referral{*r.referral}
	return &out
}
