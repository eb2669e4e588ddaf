package panel

import (
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// A waivedMix is a rule that was set aside for somebody, with whom.
type waivedMix struct {
	rule   matching.Code
	self   Pseudonym
	others []Pseudonym
	stays  []matching.Stay
}

// covers tells whether a waiver is why a rule does not hold: it was for that time and that
// place, and everybody concerned was named in it.
func (m waivedMix) covers(v matching.Violation, s *matching.Snapshot) bool {
	if m.rule != v.Code || !slices.Contains(v.Pupils, m.self) {
		return false
	}
	where := v.Group
	if where == "" {
		where = groupOf(s, m.self, v)
	}
	if !slices.ContainsFunc(m.stays, func(stay matching.Stay) bool {
		timely := v.Date == 0 || stay.From <= v.Date && v.Date <= stay.To
		return timely && (stay.Group == where || v.Group == "" && siteOf(s, stay.Group) == siteOf(s, where))
	}) {
		return false
	}
	return within(slices.DeleteFunc(slices.Clone(v.Pupils), func(p Pseudonym) bool { return p == m.self }), m.others)
}

// groupOf is where a pupil is at the moment of a violation that names no group.
func groupOf(s *matching.Snapshot, pupil Pseudonym, v matching.Violation) GroupID {
	for _, p := range s.Placements {
		if p.Pupil != pupil || v.Date < p.From || v.Date > p.To {
			continue
		}
		i := slices.IndexFunc(s.Groups, func(g matching.Group) bool { return g.ID == p.Group })
		if i >= 0 && attends(&s.Groups[i], p.Pattern, v.Session) {
			return p.Group
		}
	}
	return ""
}

// attends tells whether a pattern of a group has a session.
func attends(g *matching.Group, pattern PatternID, session string) bool {
	at, err := calendar.ParseSession(session)
	if err != nil {
		return false
	}
	for _, p := range g.Patterns {
		if p.ID == pattern {
			return p.Sessions.Has(at)
		}
	}
	return g.Timetable.Has(at)
}

func siteOf(s *matching.Snapshot, group GroupID) SiteID {
	for _, g := range s.Groups {
		if g.ID == group {
			return g.Site
		}
	}
	return ""
}

// waivedMixes are all rules that decisions have set aside.
func waivedMixes(tx Tx) ([]waivedMix, error) {
	var list []waivedMix
	for v, err := range tx.Waivers().List(Is(ByState, Used)) {
		if err != nil {
			return nil, err
		}
		pupil, err := livingRecord(tx, v.Pupil)
		if err != nil {
			return nil, err
		}
		list = append(list, waivedMix{v.Rule, pupil.Pseudonym, v.Pupils, v.Stays})
	}
	return list, nil
}

// coveredBy tells whether waivers are why a rule does not hold: one that covers it, or, of a
// rule that is each pupil's own, one for each of those concerned.
func coveredBy(waived []waivedMix, v matching.Violation, s *matching.Snapshot) bool {
	if slices.ContainsFunc(waived, func(m waivedMix) bool { return m.covers(v, s) }) {
		return true
	}
	if v.Code != matching.CodeNeedsNotMet && v.Code != matching.CodeJourney && v.Code != matching.CodeStaffing {
		return false
	}
	for _, p := range v.Pupils {
		own := v
		own.Pupils = []Pseudonym{p}
		if !slices.ContainsFunc(waived, func(m waivedMix) bool { return m.covers(own, s) }) {
			return false
		}
	}
	return len(v.Pupils) > 0
}
