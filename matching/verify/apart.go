package verify

import (
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// A separation says who may not be together at a scope. It asks about those whom it
// concerns only, and never parts for a fact that is not known.
type separation struct {
	code     matching.Code
	scope    matching.Scope
	concerns func(p *matching.Pupil) bool
	// from is asked once for a pupil; what it gives, of everybody else: whether they must
	// be apart, and until which day, noEnd where there is none.
	from func(p *matching.Pupil) func(other *matching.Pupil) (until calendar.Date, apart bool)
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

// ofPolicy reads a separation of the policy.
func ofPolicy(s *matching.SeparationPolicy) separation {
	switch {
	case s.Traits != nil:
		return pairwise(s, [][]string{s.Traits}, matching.FactTraits, func(p *matching.Pupil) []string { return p.Traits })
	case s.Code == matching.CodeCareHomePeers && s.Rivals == nil:
		return separation{
			code: s.Code, scope: s.Scope,
			concerns: func(p *matching.Pupil) bool { return p.CareHome != "" && knows(p, matching.FactCareHome) },
			from: func(p *matching.Pupil) func(*matching.Pupil) (calendar.Date, bool) {
				return func(other *matching.Pupil) (calendar.Date, bool) { return noEnd, p.CareHome == other.CareHome }
			},
		}
	}
	return pairwise(s, s.Rivals, matching.FactAreas, func(p *matching.Pupil) []string { return p.Areas })
}

// pairwise parts pupils of whom one has the one code of a pair and the other the other.
func pairwise(s *matching.SeparationPolicy, pairs [][]string, fact matching.Fact, codes func(p *matching.Pupil) []string) separation {
	against := func(p *matching.Pupil) []string {
		var others []string
		for _, pair := range pairs {
			for i, code := range pair {
				if slices.Contains(codes(p), code) {
					others = append(others, pair[1-i])
				}
			}
		}
		return others
	}
	return separation{
		code: s.Code, scope: s.Scope,
		concerns: func(p *matching.Pupil) bool { return knows(p, fact) && against(p) != nil },
		from: func(p *matching.Pupil) func(*matching.Pupil) (calendar.Date, bool) {
			others := against(p)
			return func(other *matching.Pupil) (calendar.Date, bool) {
				return noEnd, slices.ContainsFunc(codes(other), func(code string) bool { return slices.Contains(others, code) })
			}
		},
	}
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
		from: func(p *matching.Pupil) func(*matching.Pupil) (calendar.Date, bool) {
			return func(other *matching.Pupil) (calendar.Date, bool) {
				day, apart := until[[2]matching.PupilID{p.ID, other.ID}]
				return day, apart
			}
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
		apart := sep.from(st.pupil)
		var rivals []rival
		for _, other := range concerned {
			// What is between a planned and a standing one is the planned one's.
			if other.pupil == st.pupil || other.planned && !st.planned || !couldMeet(sep.scope, st, other) {
				continue
			}
			if until, is := apart(other.pupil); is {
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
	met := make([]bool, len(rivals))
	c.moments(st, func(m moment) {
		failed := false
		for i, r := range rivals {
			if m.day <= r.until && together(sep.scope, st, r.stay, m) {
				failed, met[i] = true, true
			}
		}
		if failed {
			c.fail(f, m)
		}
	})
	if e := c.found[f]; e != nil {
		var others []*stay
		for i, r := range rivals {
			if met[i] {
				others = append(others, r.stay)
			}
		}
		e.meet(bits(others))
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
	case matching.OnSite:
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
