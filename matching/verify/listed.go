package verify

import (
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// A placed referral is an assignment of the plan with the stays that can be ones:
// those whose group and pattern there are.
type placed struct {
	referral *matching.Referral
	pupil    *matching.Pupil
	listed   int // how many stays the plan gives it
	stays    []*stay
	sound    bool // it has stays, and all of them can be ones
}

// assign reads the assignments and the unplaced, and finds what is not listed as it should be.
func (c *check) assign() {
	listed := map[matching.ReferralID]bool{}
	list := func(id matching.ReferralID) (new bool) {
		switch {
		case c.referrals[id] == nil:
			c.object(Violation{Code: CodeUnknownReferral, Referral: id})
			return false
		case listed[id]:
			c.object(Violation{Code: CodeListedTwice, Referral: id})
			return false
		}
		listed[id] = true
		return true
	}
	c.placed = make([]*placed, len(c.plan.Assignments))
	for i := range c.plan.Assignments {
		if a := &c.plan.Assignments[i]; list(a.Referral) {
			c.placed[i] = c.place(a)
		}
	}
	for i := range c.plan.Unplaced {
		list(c.plan.Unplaced[i].Referral)
	}
	for i := range c.Referrals {
		if id := c.Referrals[i].ID; !listed[id] {
			c.object(Violation{Code: CodeNotListed, Referral: id})
		}
	}
}

// place makes the stays of an assignment. Where one can't be, the others still count.
func (c *check) place(a *matching.Assignment) *placed {
	r := c.referrals[a.Referral]
	p := &placed{referral: r, pupil: c.pupils[r.Pupil], listed: len(a.Stays)}
	p.sound = 0 < p.listed && p.listed <= calendar.PerWeek
	if len(a.Stays) == 0 {
		c.object(Violation{Code: CodeNoStay, Referral: r.ID})
	}
	for _, s := range a.Stays[:min(p.listed, calendar.PerWeek)] { // no week holds more
		g, sessions, ok := c.seat(s.Group, s.Pattern, Violation{Referral: r.ID})
		if !ok {
			p.sound = false
			continue
		}
		st := &stay{
			referral: r.ID, planned: true, pupil: p.pupil, group: g, pattern: s.Pattern, sessions: sessions,
			from: s.From, to: s.To, demand: c.demand(r, g),
		}
		c.settle(st)
		p.stays = append(p.stays, st)
		if c.firstNew == 0 || st.from < c.firstNew {
			c.firstNew = st.from
		}
	}
	return p
}

// seat finds a group and the sessions of a pattern.
func (c *check) seat(id matching.GroupID, pattern matching.PatternID, v Violation) (*group, calendar.Sessions, bool) {
	v.Group = id
	g := c.groups[id]
	if g == nil {
		v.Code = CodeUnknownGroup
		c.object(v)
		return nil, 0, false
	}
	sessions, known := g.pattern(pattern)
	if !known {
		v.Code = CodeUnknownPattern
		c.object(v)
	}
	return g, sessions, known
}

// demand is what a referred pupil uses of a group's adults, in thousandths.
func (c *check) demand(r *matching.Referral, g *group) int {
	if r.OwnAdult {
		return 0
	}
	if given := r.Given[g.ID].AdultDemand; given != nil {
		return *given
	}
	return c.share(c.pupils[r.Pupil])
}

// move reads the moves, and finds those that may not be made.
func (c *check) move() {
	seen := map[matching.PlacementID]bool{}
	for i := range c.plan.Moves {
		m := &c.plan.Moves[i]
		old := c.placements[m.Placement]
		if old == nil {
			c.object(Violation{Code: CodeUnknownPlacement, Placement: m.Placement})
			continue
		}
		g, sessions, ok := c.seat(m.Group, m.Pattern, Violation{Placement: m.Placement})
		if seen[m.Placement] {
			c.object(Violation{Code: CodeMovedTwice, Placement: m.Placement})
			continue
		}
		seen[m.Placement] = true
		if !old.movable {
			c.object(Violation{Code: CodeNotMovable, Placement: m.Placement})
		}
		if ok {
			c.reseat(m, old, g, sessions)
		}
	}
	if n := len(c.plan.Moves); c.mostMoves >= 0 && n > c.mostMoves {
		c.object(Violation{Code: CodeTooManyMoves, Limit: new(c.mostMoves), Observed: new(n)})
	}
}

// reseat makes the stay of a move.
func (c *check) reseat(m *matching.Move, old *stay, g *group, sessions calendar.Sessions) {
	wrong := Violation{Placement: m.Placement, Group: m.Group}
	if g == old.group && m.Pattern == old.pattern {
		wrong.Code = CodeNotAMove
		c.object(wrong)
	}
	if g.Provision != old.group.Provision {
		wrong.Code = CodeOtherProvision
		c.object(wrong)
	}
	if m.From < old.from || m.From > old.to || m.From < c.firstNew {
		wrong.Code, wrong.Date = CodeMoveDate, m.From
		c.object(wrong)
	}
	st := *old
	st.planned, st.group, st.pattern, st.sessions, st.from = true, g, m.Pattern, sessions, m.From
	c.settle(&st)
	c.moved = append(c.moved, &st)
}

// gather says who is where under the plan: a moved stay takes the place of the
// standing one from its first day on.
func (c *check) gather() {
	cut := map[matching.PlacementID]calendar.Date{}
	for _, st := range c.moved {
		cut[st.placement] = st.from
	}
	for _, old := range c.standing {
		st := *old
		if from, isMoved := cut[st.placement]; isMoved && from <= st.to {
			st.to = max(from, st.from) - 1
		}
		c.stand(&st)
	}
	for _, p := range c.placed {
		if p == nil {
			continue
		}
		for _, st := range p.stays {
			c.stand(st)
		}
	}
	for _, st := range c.moved {
		c.stand(st)
	}
}

// stand adds a stay to its group and site.
func (c *check) stand(st *stay) {
	g := st.group
	if st.planned { // they come last
		g.doubled = g.doubled || slices.ContainsFunc(g.stays, func(other *stay) bool { return other.pupil == st.pupil })
	}
	st.n = len(g.site.stays)
	g.site.stays = append(g.site.stays, st)
	g.stays = append(g.stays, st)
}
