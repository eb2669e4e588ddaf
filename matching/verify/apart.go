package verify

import (
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// A separation says which two pupils may not be together at a scope, and until
// which day; noEnd where that has none.
type separation struct {
	code  matching.Code
	scope matching.Scope
	// concerns spares whom it could part from nobody.
	concerns func(p *matching.Pupil) bool
	apart    func(a, b *matching.Pupil) (until calendar.Date, apart bool)
}

const noEnd = calendar.Date(1<<31 - 1)

// separations checks those of the policy and the named pairs, on each site.
func (c *check) separations() {
	var all []separation
	for i := range c.Policy.Separations {
		all = append(all, ofPolicy(&c.Policy.Separations[i]))
	}
	for _, scope := range []matching.Scope{matching.InGroup, matching.InZone, matching.OnSite} {
		all = append(all, c.named(scope))
	}
	for _, s := range c.sites {
		for i := range all {
			c.separate(s, &all[i])
		}
	}
}

// ofPolicy reads a separation of the policy. It never parts for a fact that is not known.
func ofPolicy(s *matching.SeparationPolicy) separation {
	out := separation{code: s.Code, scope: s.Scope}
	switch {
	case s.Traits != nil:
		one, two := s.Traits[0], s.Traits[1]
		has := func(p *matching.Pupil, trait string) bool {
			return knows(p, matching.FactTraits) && slices.Contains(p.Traits, trait)
		}
		out.concerns = func(p *matching.Pupil) bool { return has(p, one) || has(p, two) }
		out.apart = func(a, b *matching.Pupil) (calendar.Date, bool) {
			return noEnd, has(a, one) && has(b, two) || has(a, two) && has(b, one)
		}
	case s.Code == matching.CodeCareHomePeers && s.Rivals == nil:
		out.concerns = func(p *matching.Pupil) bool { return p.CareHome != "" && knows(p, matching.FactCareHome) }
		out.apart = func(a, b *matching.Pupil) (calendar.Date, bool) { return noEnd, a.CareHome == b.CareHome }
	default:
		from := func(p *matching.Pupil, area string) bool {
			return knows(p, matching.FactAreas) && slices.Contains(p.Areas, area)
		}
		out.concerns = func(p *matching.Pupil) bool {
			return slices.ContainsFunc(s.Rivals, func(pair []string) bool { return from(p, pair[0]) || from(p, pair[1]) })
		}
		out.apart = func(a, b *matching.Pupil) (calendar.Date, bool) {
			return noEnd, slices.ContainsFunc(s.Rivals, func(pair []string) bool {
				return from(a, pair[0]) && from(b, pair[1]) || from(a, pair[1]) && from(b, pair[0])
			})
		}
	}
	return out
}

// named are the pairs kept apart by name at a scope, each until its latest day.
func (c *check) named(scope matching.Scope) separation {
	until := map[[2]matching.PupilID]calendar.Date{}
	concerned := map[matching.PupilID]bool{}
	for _, entry := range c.KeepApart {
		if entry.Scope != scope {
			continue
		}
		day := entry.Until
		if day == 0 {
			day = noEnd
		}
		one, two := entry.Pupils[0], entry.Pupils[1]
		for _, pair := range [][2]matching.PupilID{{one, two}, {two, one}} {
			until[pair] = max(until[pair], day)
			concerned[pair[0]] = true
		}
	}
	return separation{
		code: matching.CodeKeepApart, scope: scope,
		concerns: func(p *matching.Pupil) bool { return concerned[p.ID] },
		apart: func(a, b *matching.Pupil) (calendar.Date, bool) {
			day, apart := until[[2]matching.PupilID{a.ID, b.ID}]
			return day, apart
		},
	}
}

// A rival is another stay from whose pupil a pupil must be apart until a day.
type rival struct {
	stay  *stay
	until calendar.Date
}

// separate looks at every two stays on a site.
func (c *check) separate(s *site, sep *separation) {
	var concerned []*stay
	for _, st := range s.stays {
		if sep.concerns(st.pupil) {
			concerned = append(concerned, st)
		}
	}
	for _, st := range concerned {
		var rivals []rival
		for _, other := range concerned {
			// What is between a planned and a standing one is the planned one's.
			if other.pupil == st.pupil || other.planned && !st.planned || !couldMeet(sep.scope, st, other) {
				continue
			}
			if until, apart := sep.apart(st.pupil, other.pupil); apart {
				rivals = append(rivals, rival{other, until})
			}
		}
		c.meetings(st, sep, rivals)
	}
}

// couldMeet spares most pairs the look at each moment.
func couldMeet(scope matching.Scope, a, b *stay) bool {
	return a.sessions&b.sessions != 0 && a.from <= b.to && b.from <= a.to && (scope != matching.InGroup || a.group == b.group)
}

// meetings notes the moments at which a pupil is together with any of the rivals.
func (c *check) meetings(st *stay, sep *separation, rivals []rival) {
	if len(rivals) == 0 {
		return
	}
	f := finding{st, st.group, sep.code, string(sep.scope)}
	met := map[*stay]bool{}
	c.moments(st, func(m moment) {
		failed := false
		for _, r := range rivals {
			if m.day <= r.until && together(sep.scope, st, r.stay, m) {
				failed, met[r.stay] = true, true
			}
		}
		if failed {
			c.fail(f, m)
		}
	})
	if e := c.found[f]; e != nil {
		for other := range met {
			e.meet(bits([]*stay{other}))
		}
	}
}

// together tells whether two stays on one site, the first of them attended, bring
// two pupils together.
func together(scope matching.Scope, a, b *stay, m moment) bool {
	if !b.attends(m) {
		return false
	}
	switch scope {
	case matching.InGroup:
		return a.group == b.group && m.day >= a.settled && m.day >= b.settled
	case matching.InZone:
		return a.zone(m.day) == b.zone(m.day)
	}
	return true
}

// zone is where a stay is spent on a day.
func (st *stay) zone(d calendar.Date) string {
	if d < st.settled {
		return st.group.Newcomer.Zone
	}
	return st.group.Zone
}
