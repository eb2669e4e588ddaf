package matching

import (
	"slices"

	"example.org/backontrack/matching/calendar"
)

// Resources returns our own resources in a snapshot: the places of groups, and what
// limits each trait. Adult time, which floating adults may top up, is the engine's.
func Resources(s *Snapshot) []Resource { return ownResources(s.canonical()) }

// ownResources are the places of groups, first, and one resource for each trait
// that some group limits.
func ownResources(s *Snapshot) []Resource {
	own := []Resource{places{groupsByID(s)}}
	var traits []string
	for i := range s.Groups {
		for _, l := range s.Groups[i].Limits {
			traits = append(traits, l.Trait)
		}
	}
	for _, trait := range sorted(traits) {
		own = append(own, traitLimit{trait, groupsByID(s)})
	}
	return own
}

func groupsByID(s *Snapshot) map[string]*Group {
	groups := make(map[string]*Group, len(s.Groups))
	for i := range s.Groups {
		groups[string(s.Groups[i].ID)] = &s.Groups[i]
	}
	return groups
}

// places serves R1: never more pupils at a session than the group has places.
type places struct{ groups map[string]*Group }

func (places) Code() Code { return CodePlaces }

func (places) Pool(g *Group) (string, bool) { return string(g.ID), g.limitsPlaces() }

func (p places) Capacity(pool string, s calendar.Session) (int, bool) {
	n, limited := p.groups[pool].Places[s]
	return n, limited
}

// Changes makes places a [DatedResource].
func (p places) Changes(pool string) []CapacityChange {
	var list []CapacityChange
	for _, c := range p.groups[pool].Changes {
		if c.Places != nil {
			list = append(list, CapacityChange{c.From, c.To, c.Places})
		}
	}
	return list
}

func (places) Demand(*Pupil) (int, bool) { return 1, true }

// traitLimit serves R10: not too many pupils with the highest needs in one group.
type traitLimit struct {
	trait  string
	groups map[string]*Group
}

func (traitLimit) Code() Code { return CodeTraitLimit }

func (t traitLimit) Pool(g *Group) (string, bool) {
	_, limited := t.max(g)
	return string(g.ID), limited
}

func (t traitLimit) Capacity(pool string, _ calendar.Session) (int, bool) {
	return t.max(t.groups[pool])
}

// max is the lowest limit that the group sets on the trait.
func (t traitLimit) max(g *Group) (n int, limited bool) {
	for _, l := range g.Limits {
		if l.Trait == t.trait && (!limited || l.Max < n) {
			n, limited = l.Max, true
		}
	}
	return n, limited
}

func (t traitLimit) Demand(p *Pupil) (int, bool) {
	if !p.Knows(FactTraits) {
		return 1, false
	}
	if slices.Contains(p.Traits, t.trait) {
		return 1, true
	}
	return 0, true
}

// demand is a pupil's use of adult time, in thousandths; a range when unknown.
type demand struct{ expected, low, high int64 }

// demandOf prices the pupil's level of support (R2). An adult of his own (R3)
// leaves nothing for the group's to do.
func (p *Policy) demandOf(pupil *Pupil, ownAdult bool) demand {
	switch {
	case ownAdult:
		return demand{}
	case pupil.Knows(FactSupport):
		n := int64(p.Support[orStandard(pupil.Support)])
		return demand{n, n, n}
	}
	d := demand{expected: int64(p.Support[p.UnknownSupport])}
	d.low, d.high = d.expected, d.expected
	for _, n := range p.Support {
		d.low, d.high = min(d.low, int64(n)), max(d.high, int64(n))
	}
	return d
}

func orStandard(level string) string {
	if level == "" {
		return standard
	}
	return level
}
