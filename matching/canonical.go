package matching

import (
	"cmp"
	"slices"

	"example.org/backontrack/matching/calendar"
)

// canonical returns the snapshot in its one normal form. It shares what it need
// not change.
func (s *Snapshot) canonical() *Snapshot {
	c := *s
	c.Format = Format
	c.Calendar = s.Calendar.canonical()
	c.Sites = ordered(s.Sites, Site.canonical, func(x Site) SiteID { return x.ID })
	c.Groups = ordered(s.Groups, Group.canonical, func(x Group) GroupID { return x.ID })
	c.Pupils = ordered(s.Pupils, Pupil.canonical, func(x Pupil) PupilID { return x.ID })
	c.Placements = ordered(s.Placements, Placement.canonical, func(x Placement) PlacementID { return x.ID })
	c.Referrals = ordered(s.Referrals, Referral.canonical, func(x Referral) ReferralID { return x.ID })
	c.KeepApart = s.canonicalKeepApart()
	c.Policy = s.Policy.withDefaults()
	c.Policy.Separations = append([]SeparationPolicy{}, c.Policy.Separations...)
	for i := range c.Policy.Separations {
		c.Policy.Separations[i] = c.Policy.Separations[i].canonical()
	}
	return &c
}

// canonical orders the pairs of rivals, and the two sides of each pair, which mean
// nothing; the order of the separations themselves is that of the reasons.
func (s SeparationPolicy) canonical() SeparationPolicy {
	s.Traits = slices.Clone(s.Traits)
	slices.Sort(s.Traits)
	s.Rivals = slices.Clone(s.Rivals)
	for i := range s.Rivals {
		s.Rivals[i] = slices.Clone(s.Rivals[i])
		slices.Sort(s.Rivals[i])
	}
	slices.SortFunc(s.Rivals, slices.Compare)
	return s
}

// ordered maps each entity to its normal form, in the order of their ids. An
// empty list stays a list, so that the encoding shows it.
func ordered[E any, K cmp.Ordered](list []E, normal func(E) E, id func(E) K) []E {
	out := make([]E, len(list))
	for i, e := range list {
		out[i] = normal(e)
	}
	slices.SortFunc(out, func(a, b E) int { return cmp.Compare(id(a), id(b)) })
	return out
}

func (c Calendar) canonical() Calendar {
	if c.Sessions == 0 {
		c.Sessions = calendar.Week
	}
	c.Closed = slices.SortedFunc(slices.Values(c.Closed), func(a, b calendar.Closure) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Name, b.Name))
	})
	return c
}

func (s *Snapshot) canonicalKeepApart() []KeepApart {
	out := slices.Clone(s.KeepApart)
	for i := range out {
		out[i].Pupils = sorted(out[i].Pupils)
		out[i].Scope = cmp.Or(out[i].Scope, OnSite)
	}
	slices.SortFunc(out, func(a, b KeepApart) int {
		return cmp.Or(slices.Compare(a.Pupils, b.Pupils), cmp.Compare(a.Scope, b.Scope),
			cmp.Compare(a.Until, b.Until), cmp.Compare(a.Reason, b.Reason))
	})
	return out
}

func (s Site) canonical() Site {
	s.Access = sorted(s.Access)
	s.Changes = slices.SortedFunc(slices.Values(s.Changes), compareSiteChanges)
	return s
}

func (g Group) canonical() Group {
	g.Zone, g.Registered = g.zone(), new(g.IsRegistered())
	g.Patterns = ordered(g.patterns(), func(p Pattern) Pattern { return p }, func(p Pattern) PatternID { return p.ID })
	g.Accepts = Accepts{
		Years: sorted(g.Accepts.Years), Sex: g.Accepts.Sex, Reasons: sorted(g.Accepts.Reasons),
		Needs: sorted(g.Accepts.Needs), Refuses: sorted(g.Accepts.Refuses),
	}
	g.Offers, g.Approaches = sorted(g.Offers), sorted(g.Approaches)
	g.Starts.Weekdays, g.Starts.Dates = sorted(g.Starts.Weekdays), sorted(g.Starts.Dates)
	g.Limits = slices.SortedFunc(slices.Values(g.Limits), func(a, b Limit) int {
		return cmp.Or(cmp.Compare(a.Trait, b.Trait), cmp.Compare(a.Max, b.Max))
	})
	g.Changes = slices.SortedFunc(slices.Values(g.Changes), compareGroupChanges)
	return g
}

// zone is the group's own zone.
func (g *Group) zone() string { return cmp.Or(g.Zone, "main") }

// patterns are those of the group, or the one that it has when it states none.
func (g *Group) patterns() []Pattern {
	if g.Patterns != nil {
		return g.Patterns
	}
	return []Pattern{{ID: allSessions, Sessions: g.Timetable}}
}

const allSessions PatternID = "all"

// IsRegistered tells whether the group belongs to a registered school.
func (g *Group) IsRegistered() bool { return g.Registered == nil || *g.Registered }

func (p Pupil) canonical() Pupil {
	p.Areas, p.Traits, p.Access = sorted(p.Areas), sorted(p.Traits), sorted(p.Access)
	p.Friends, p.Unknown = sorted(p.Friends), sorted(p.Unknown)
	p.Needs = slices.SortedFunc(slices.Values(p.Needs), func(a, b Need) int { return cmp.Compare(a.Code, b.Code) })
	p.Sex = cmp.Or(p.Sex, "U")
	if p.Knows(FactSupport) {
		p.Support = orStandard(p.Support)
	}
	if !p.Knows(FactYear) {
		p.Year = 0 // whatever was given: nothing reads it
	}
	return p
}

func (p Placement) canonical() Placement {
	p.Pattern = cmp.Or(p.Pattern, allSessions)
	return p
}

func (r Referral) canonical() Referral {
	r.Priority = cmp.Or(r.Priority, routine)
	r.Wants.Offers, r.Wants.Approaches = sorted(r.Wants.Offers), sorted(r.Wants.Approaches)
	return r
}
