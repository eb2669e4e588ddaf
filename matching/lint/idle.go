package lint

import (
	"cmp"
	"maps"
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

func sortedPlaces[V any](m map[place]V) []place {
	return slices.SortedFunc(maps.Keys(m), comparePlaces)
}

// A census counts who has what, of all pupils in the snapshot.
type census struct {
	traits, areas, homes map[string]int
	unknown              map[matching.Fact]bool // facts that are unknown of somebody
}

func (l *linter) census() *census {
	c := &census{map[string]int{}, map[string]int{}, map[string]int{}, map[matching.Fact]bool{}}
	for i := range l.s.Pupils {
		p := &l.s.Pupils[i]
		for _, fact := range p.Unknown {
			c.unknown[fact] = true
		}
		for _, trait := range p.Traits {
			c.traits[trait]++
		}
		for _, area := range p.Areas {
			c.areas[area]++
		}
		if p.CareHome != "" {
			c.homes[p.CareHome]++
		}
	}
	return c
}

// idleSeparations finds separations of the policy that part no two pupils of the
// snapshot, whatever an unknown fact turns out to be: of rivals, the pairs that do not.
func (l *linter) idleSeparations() {
	c := l.census()
	for i, s := range l.s.Policy.Separations {
		f := Finding{Code: SeparationIdle, Rule: s.Code, Scope: s.Scope, Pointer: pointer("policy", "separations", i)}
		idle := false
		switch {
		case s.Traits != nil:
			idle = c.lacks(matching.FactTraits, c.traits, s.Traits, &f)
		case s.Code == matching.CodeCareHomePeers && s.Rivals == nil:
			idle = !c.unknown[matching.FactCareHome]
			for _, n := range c.homes {
				idle = idle && n < 2
			}
		default:
			pairs := 0
			for _, pair := range s.Rivals {
				if c.lacks(matching.FactAreas, c.areas, pair, &f) {
					pairs++
				}
			}
			f.Limit, f.Observed = new(len(s.Rivals)), new(pairs)
			idle = pairs > 0 || len(s.Rivals) == 0
		}
		if f.Codes = sorted(f.Codes); idle {
			l.add(f)
		}
	}
}

// lacks tells whether nobody has one of the values, and notes which.
func (c *census) lacks(fact matching.Fact, has map[string]int, values []string, f *Finding) bool {
	if c.unknown[fact] {
		return false
	}
	lacks := false
	for _, v := range values {
		if has[v] == 0 {
			f.Codes, lacks = append(f.Codes, v), true
		}
	}
	return lacks
}

// idlePairs finds keep-apart entries that ended before the day of the panel, or one
// of whose pupils neither stands anywhere nor is referred.
func (l *linter) idlePairs() {
	for _, k := range l.s.KeepApart {
		over := k.Until != 0 && k.Until < l.s.AsOf
		if !over && l.present[k.Pupils[0]] && l.present[k.Pupils[1]] {
			continue
		}
		f := Finding{Code: KeepApartIdle, Rule: matching.CodeKeepApart, Scope: k.Scope, Pupils: k.Pupils}
		if over {
			f.Date = k.Until
		}
		l.add(f)
	}
}

// idleLimits finds limits on a trait, and refusals of one, that nobody in the snapshot
// has; and limits that are not below the group's places, or on a trait that it refuses.
func (l *linter) idleLimits() {
	c := l.census()
	nobody := func(trait string) bool { return c.traits[trait] == 0 && !c.unknown[matching.FactTraits] }
	limits, refuses := map[string][]matching.GroupID{}, map[string][]matching.GroupID{}
	for i := range l.s.Groups {
		g := &l.s.Groups[i]
		for _, trait := range g.Accepts.Refuses {
			if nobody(trait) {
				refuses[trait] = append(refuses[trait], g.ID)
			}
		}
		most, limited := mostPlaces(g)
		for _, limit := range g.Limits {
			f := Finding{Code: TraitLimitIdle, Rule: matching.CodeTraitLimit, Groups: []matching.GroupID{g.ID}, Codes: []string{limit.Trait}}
			switch {
			case nobody(limit.Trait):
				limits[limit.Trait] = append(limits[limit.Trait], g.ID)
				continue
			case slices.Contains(g.Accepts.Refuses, limit.Trait):
				f.Rule = matching.CodeRefusedTrait
			case limited && limit.Max >= most:
				f.Limit, f.Observed = new(limit.Max), new(most)
			default:
				continue
			}
			l.add(f)
		}
	}
	for _, trait := range sortedKeys(limits) {
		l.add(Finding{Code: TraitLimitIdle, Rule: matching.CodeTraitLimit, Groups: sorted(limits[trait]), Codes: []string{trait}})
	}
	for _, trait := range sortedKeys(refuses) {
		l.add(Finding{Code: RefusesNobody, Rule: matching.CodeRefusedTrait, Groups: refuses[trait], Codes: []string{trait}})
	}
}

// mostPlaces is the most pupils that a group may have at any session on any day.
func mostPlaces(g *matching.Group) (most int, limited bool) {
	for s := range g.Timetable.All() {
		n, ok := g.Places[s]
		if !ok {
			return 0, false
		}
		most = max(most, n)
		for _, c := range g.Changes {
			most = max(most, c.Places[s])
		}
	}
	return most, true
}

// idleFloating finds floating adults at sessions at which no group of the site meets
// that has a limit of adults.
func (l *linter) idleFloating() {
	topped := map[matching.SiteID]calendar.Sessions{}
	for i := range l.s.Groups {
		g := &l.s.Groups[i]
		for s := range g.Timetable.All() {
			if _, limited := g.Adults[s]; limited || changesAdults(g, s) {
				topped[g.Site] |= calendar.Of(s)
			}
		}
	}
	for i := range l.s.Sites {
		site := &l.s.Sites[i]
		var idle calendar.Sessions
		for s, n := range site.FloatingAdults {
			if n > 0 && !topped[site.ID].Has(s) {
				idle |= calendar.Of(s)
			}
		}
		if idle != 0 {
			l.add(Finding{Code: FloatingIdle, Rule: matching.CodeStaffing, Sites: []matching.SiteID{site.ID}, Codes: names(idle)})
		}
	}
}

// changesAdults tells whether a group's adults are limited at a session on some days.
func changesAdults(g *matching.Group, s calendar.Session) bool {
	return slices.ContainsFunc(g.Changes, func(c matching.GroupChange) bool { _, limited := c.Adults[s]; return limited })
}

// idleWeights finds what the policy scores with nothing.
func (l *linter) idleWeights() {
	p := l.s.Policy
	for _, code := range sortedKeys(p.Weights) {
		if p.Weights[code] == 0 {
			l.add(Finding{Code: WeightZero, Rule: code, Pointer: pointer("policy", "weights", string(code))})
		}
	}
	if p.Composition.Friend == 0 {
		l.add(Finding{Code: WeightZero, Rule: "friend", Pointer: "/policy/composition/friend"})
	}
	if p.Composition.Alone == 0 {
		l.add(Finding{Code: WeightZero, Rule: "alone", Pointer: "/policy/composition/alone"})
	}
}
