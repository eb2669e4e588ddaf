package matching

import (
	"fmt"
	"slices"
	"strings"

	"example.org/backontrack/matching/calendar"
)

// Separations returns our own separations in a snapshot: those that its policy asks
// for, in that order, then the named pairs.
func Separations(s *Snapshot) []Separation {
	c := s.canonical()
	return append(policySeparations(c.Policy), keepApartSeparations(c)...)
}

// policySeparations are those that a policy asks for, in its order.
func policySeparations(p *Policy) []Separation {
	var list []Separation
	for _, s := range p.Separations {
		switch {
		case s.Traits != nil:
			list = append(list, traitsApart{s.Code, s.Scope, s.Traits[0], s.Traits[1]})
		case s.Code == CodeCareHomePeers && s.Rivals == nil:
			list = append(list, careHomePeers{s.Scope})
		default:
			list = append(list, newRivalAreas(s))
		}
	}
	return list
}

// rivalAreas serves R4: pupils from rival areas are not together.
type rivalAreas struct {
	code   Code
	scope  Scope
	rivals map[string][]string
}

func newRivalAreas(s SeparationPolicy) rivalAreas {
	r := rivalAreas{s.Code, s.Scope, map[string][]string{}}
	for _, pair := range s.Rivals {
		r.rivals[pair[0]] = append(r.rivals[pair[0]], pair[1])
		r.rivals[pair[1]] = append(r.rivals[pair[1]], pair[0])
	}
	return r
}

func (r rivalAreas) Code() Code   { return r.code }
func (r rivalAreas) Scope() Scope { return r.scope }

func (r rivalAreas) Apart(a, b *Pupil) (Verdict, calendar.Date) {
	if len(r.rivals) == 0 {
		return Passes, 0
	}
	knowsA, knowsB := a.Knows(FactAreas), b.Knows(FactAreas)
	if !knowsA || !knowsB {
		return hangs(knowsA && !r.hasRivals(a) || knowsB && !r.hasRivals(b)), 0
	}
	for _, area := range a.Areas {
		for _, rival := range r.rivals[area] {
			if slices.Contains(b.Areas, rival) {
				return Refuses, 0
			}
		}
	}
	return Passes, 0
}

// concerns tells whether a separation could part a pupil from anyone. It spares the
// search for conflicts most of its work.
func (r rivalAreas) concerns(p *Pupil) bool {
	return len(r.rivals) > 0 && (!p.Knows(FactAreas) || r.hasRivals(p))
}

// hangsOn tells whether a separation reads a fact that is not known of a pupil.
func (r rivalAreas) hangsOn(p *Pupil) bool { return len(r.rivals) > 0 && !p.Knows(FactAreas) }

func (r rivalAreas) hasRivals(p *Pupil) bool {
	return slices.ContainsFunc(p.Areas, func(area string) bool { return len(r.rivals[area]) > 0 })
}

// hangs is the verdict where something is unknown: it passes for good only if
// the side that is known could never be apart from anyone.
func hangs(harmless bool) Verdict {
	if harmless {
		return Passes
	}
	return Unchecked
}

// careHomePeers serves R5: pupils of one care home are not in one group.
type careHomePeers struct{ scope Scope }

func (careHomePeers) Code() Code     { return CodeCareHomePeers }
func (c careHomePeers) Scope() Scope { return c.scope }

func (careHomePeers) Apart(a, b *Pupil) (Verdict, calendar.Date) {
	knowsA, knowsB := a.Knows(FactCareHome), b.Knows(FactCareHome)
	if !knowsA || !knowsB {
		return hangs(knowsA && a.CareHome == "" || knowsB && b.CareHome == ""), 0
	}
	if a.CareHome != "" && a.CareHome == b.CareHome {
		return Refuses, 0
	}
	return Passes, 0
}

func (careHomePeers) hangsOn(p *Pupil) bool  { return !p.Knows(FactCareHome) }
func (careHomePeers) concerns(p *Pupil) bool { return p.CareHome != "" || !p.Knows(FactCareHome) }

// traitsApart serves R6: anxious refusers away from more aggressive pupils, and
// any other two traits that a policy parts.
type traitsApart struct {
	code     Code
	scope    Scope
	one, two string
}

func (t traitsApart) Code() Code   { return t.code }
func (t traitsApart) Scope() Scope { return t.scope }

func (t traitsApart) Apart(a, b *Pupil) (Verdict, calendar.Date) {
	knowsA, knowsB := a.Knows(FactTraits), b.Knows(FactTraits)
	if !knowsA || !knowsB {
		return hangs(knowsA && !t.hasEither(a) || knowsB && !t.hasEither(b)), 0
	}
	if t.crosses(a, b) || t.crosses(b, a) {
		return Refuses, 0
	}
	return Passes, 0
}

func (t traitsApart) hasEither(p *Pupil) bool {
	return slices.Contains(p.Traits, t.one) || slices.Contains(p.Traits, t.two)
}

func (t traitsApart) hangsOn(p *Pupil) bool  { return !p.Knows(FactTraits) }
func (t traitsApart) concerns(p *Pupil) bool { return !p.Knows(FactTraits) || t.hasEither(p) }

func (t traitsApart) crosses(a, b *Pupil) bool {
	return slices.Contains(a.Traits, t.one) && slices.Contains(b.Traits, t.two)
}

// keptApart serves R7: pupils with a history between them, by name, until a day.
type keptApart struct {
	scope Scope
	until map[[2]PupilID]calendar.Date // the later last day of a pair; noEnd for none
	named map[PupilID]bool
}

const noEnd = calendar.Date(1<<31 - 1)

// keepApartSeparations are the named pairs, one separation for each scope that is used.
func keepApartSeparations(s *Snapshot) []Separation {
	var list []Separation
	for _, scope := range []Scope{InGroup, InZone, OnSite} {
		k := keptApart{scope, map[[2]PupilID]calendar.Date{}, map[PupilID]bool{}}
		for _, entry := range s.KeepApart {
			if entry.Scope != scope {
				continue
			}
			until := entry.Until
			if until == 0 {
				until = noEnd
			}
			pair := pairOf(entry.Pupils[0], entry.Pupils[1])
			k.until[pair] = max(k.until[pair], until)
			k.named[pair[0]], k.named[pair[1]] = true, true
		}
		if len(k.until) > 0 {
			list = append(list, k)
		}
	}
	return list
}

func pairOf(a, b PupilID) [2]PupilID { return [2]PupilID{min(a, b), max(a, b)} }

func (keptApart) Code() Code               { return CodeKeepApart }
func (k keptApart) Scope() Scope           { return k.scope }
func (k keptApart) concerns(p *Pupil) bool { return k.named[p.ID] }

func (k keptApart) Apart(a, b *Pupil) (Verdict, calendar.Date) {
	until, named := k.until[pairOf(a.ID, b.ID)]
	switch {
	case !named:
		return Passes, 0
	case until == noEnd:
		return Refuses, 0
	}
	return Refuses, until
}

// alike is a key that pupils share only if a separation treats them alike. Another
// program's separation may tell any two apart.
func alike(s Separation, p *Pupil) string {
	switch s := s.(type) {
	case rivalAreas:
		if !p.Knows(FactAreas) {
			return ""
		}
		own := slices.DeleteFunc(slices.Clone(p.Areas), func(area string) bool { return len(s.rivals[area]) == 0 })
		return strings.Join(sorted(own), "\x00")
	case careHomePeers:
		if !p.Knows(FactCareHome) {
			return ""
		}
		return p.CareHome
	case traitsApart:
		if !p.Knows(FactTraits) || !s.hasEither(p) {
			return ""
		}
		return fmt.Sprint(slices.Contains(p.Traits, s.one), slices.Contains(p.Traits, s.two))
	case keptApart:
		if !s.named[p.ID] {
			return ""
		}
	}
	return string(p.ID)
}
