package panel

import (
	"slices"

	"example.org/backontrack/matching"
)

// A waivedMix is a rule that was set aside for somebody, with whom.
type waivedMix struct {
	rule   matching.Code
	self   Pseudonym
	others []Pseudonym
	stays  []matching.Stay
}

// covers tells whether a waiver is why a rule does not hold: it was for that time and that
// group, and everybody concerned was named in it.
func (m waivedMix) covers(v matching.Violation) bool {
	if m.rule != v.Code || !slices.Contains(v.Pupils, m.self) || !slices.ContainsFunc(m.stays, func(s matching.Stay) bool {
		return (v.Date == 0 || s.From <= v.Date && v.Date <= s.To) && (v.Group == "" || v.Group == s.Group)
	}) {
		return false
	}
	return within(slices.DeleteFunc(slices.Clone(v.Pupils), func(p Pseudonym) bool { return p == m.self }), m.others)
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
func coveredBy(waived []waivedMix, v matching.Violation) bool {
	if slices.ContainsFunc(waived, func(m waivedMix) bool { return m.covers(v) }) {
		return true
	}
	for _, p := range v.Pupils {
		own := v
		own.Pupils = []Pseudonym{p}
		if !slices.ContainsFunc(waived, func(m waivedMix) bool { return m.covers(own) }) {
			return false
		}
	}
	return len(v.Pupils) > 0
}
