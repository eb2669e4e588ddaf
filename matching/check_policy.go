package matching

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

// checkExtensions finds codes that are taken: of rules, separations and resources
// by each other, of criteria by each other and by the other rows of a comparison.
func (c *checker) checkExtensions() {
	rows := []Code{CodeGiven, "late_penalty", "composition", "total"}
	for i, criterion := range c.ext.criteria {
		at := pointer("extensions", "criteria", max(i-len(Criteria()), 0))
		rows = c.ownCode(at, rows, criterion, criterion == nil)
	}
	taken := append(slices.Clone(reasonOrder), CodeKeepApart)
	for _, s := range c.policy.Separations {
		taken = append(taken, s.Code)
	}
	for i, rule := range c.ext.rules {
		taken = c.ownCode(pointer("extensions", "rules", i), taken, rule, rule == nil)
	}
	for i, separation := range c.ext.separations {
		at := pointer("extensions", "separations", i)
		taken = c.ownCode(at, taken, separation, separation == nil)
		if separation != nil {
			oneOf(c, at+"/scope", separation.Scope(), InGroup, InZone, OnSite)
		}
	}
	for i, resource := range c.ext.resources {
		taken = c.ownCode(pointer("extensions", "resources", i), taken, resource, resource == nil)
	}
}

// ownCode checks one extension's code, and adds it to those that are taken.
func (c *checker) ownCode(at string, taken []Code, extension interface{ Code() Code }, missing bool) []Code {
	if missing {
		c.fault(at, "an extension, not nil")
		return taken
	}
	code := extension.Code()
	c.id(at+"/code", string(code))
	if slices.Contains(taken, code) {
		c.fault(at+"/code", "a code that is not taken")
	}
	return append(taken, code)
}

func (c *checker) checkPolicy() {
	p := c.policy
	c.id("/policy/id", p.ID)
	for _, level := range sortedKeys(p.Support) {
		c.number(pointer("policy", "support", level), p.Support[level], 0, mostAdults)
	}
	if _, priced := p.Support[p.UnknownSupport]; !priced {
		c.fault("/policy/unknown_support", "a level that policy.support prices")
	}
	for _, priority := range sortedKeys(p.PriorityBonus) {
		c.number(pointer("policy", "priority_bonus", priority), p.PriorityBonus[priority], 0, mostPoints)
	}
	for _, code := range sortedKeys(p.Weights) {
		at := pointer("policy", "weights", code)
		c.number(at, p.Weights[code], 0, mostWeight)
		if !c.ext.hasCriterion(code) {
			c.fault(at, "the code of a criterion")
		}
	}
	c.separations(p.Separations)
	c.number("/policy/max_travel_minutes/primary", p.MaxTravelMinutes.Primary, 1, mostMinutes)
	c.number("/policy/max_travel_minutes/secondary", p.MaxTravelMinutes.Secondary, 1, mostMinutes)
	c.ratio("/policy/travel_speed_kmh", p.TravelSpeedKMH)
	c.ratio("/policy/travel_detour", p.TravelDetour)
	c.number("/policy/full_time_sessions", p.FullTimeSessions, 1, mostFullTime)
	c.number("/policy/late_penalty", p.LatePenalty, 0, mostPoints)
	c.number("/policy/move_cost", p.MoveCost, 0, mostPoints)
	c.number("/policy/composition/friend", p.Composition.Friend, 0, mostWeight)
	c.number("/policy/composition/alone", p.Composition.Alone, 0, mostWeight)
	c.number("/policy/package/max_groups", p.Package.MaxGroups, 1, mostPackage)
	c.number("/policy/starts_per_group", p.StartsPerGroup, 1, mostStarts)
}

func (c *checker) ratio(at string, x float64) {
	if !(x > 0) || math.IsInf(x, 0) || x > mostCount {
		c.fault(at, "a number above 0, at most %d", mostCount)
	}
}

func (c *checker) separations(list []SeparationPolicy) {
	seen := map[Code]bool{}
	for i, s := range list {
		at := pointer("policy", "separations", i)
		c.id(at+"/code", string(s.Code))
		if seen[s.Code] || s.Code == CodeKeepApart || slices.Contains(reasonOrder, s.Code) {
			c.fault(at+"/code", "a code of its own")
		}
		seen[s.Code] = true
		oneOf(c, at+"/scope", s.Scope, InGroup, InZone, OnSite)
		c.separationFacts(at, s)
	}
}

func (c *checker) separationFacts(at string, s SeparationPolicy) {
	switch {
	case s.Rivals != nil && s.Traits != nil:
		c.fault(at+"/traits", "rivals or traits, not both")
	case s.Rivals == nil && s.Traits == nil && s.Code != CodeRivalAreas && s.Code != CodeCareHomePeers:
		c.fault(at, "rivals or traits")
	case s.Traits != nil && len(s.Traits) != 2:
		c.fault(at+"/traits", "two traits")
	}
	for i, pair := range s.Rivals {
		if len(pair) != 2 || pair[0] == pair[1] {
			c.fault(pointerIn(at, "rivals", i), "two different areas")
		}
		for j, area := range pair {
			c.id(pointerIn(at, "rivals", i, j), area)
		}
	}
	for i, trait := range s.Traits {
		c.id(pointerIn(at, "traits", i), trait)
	}
}
