package generate

import (
	"fmt"
	"slices"

	"example.org/backontrack/matching"
)

// A pupil is one of the snapshot's pupils. What is unknown is left out of the facts
// last of all, so that until then everything is known here.
type pupil struct {
	facts    matching.Pupil
	at       point
	hood     *hood   // where home is
	hoods    []*hood // all areas that count for rivalry
	home     *careHome
	standing *standing // nil: none
	referred bool
}

// A careHome has room for a few pupils still.
type careHome struct {
	id   string
	hood *hood
	at   point
	left int
}

// A wanted pupil is what is known of one before the rest is drawn.
type wanted struct {
	profile    *profile
	hood       *hood
	years      shares[int]
	sex        matching.Sex // empty: as in the profile
	anxious    int          // of a thousand
	aggressive int          // of a thousand of those who are not anxious
	noHome     func(*careHome) bool
}

// draw draws a pupil, who is nowhere in the snapshot until [maker.admit].
func (m *maker) draw(d draws, w wanted) *pupil {
	p := &pupil{hood: w.hood, at: d.near(w.hood.at, homeMetres)}
	f := &p.facts
	f.Year = w.years.draw(d)
	if f.Year == 12 && d.chance(300) {
		f.Year = 13
	}
	f.Sex = matching.Sex(w.profile.sex.draw(d))
	if w.sex != "" {
		f.Sex = w.sex
	}
	p.drawNeeds(d, w.profile)
	p.drawTraits(d, w)
	f.LookedAfter = d.chance(lookedAfter)
	if f.LookedAfter && d.chance(inCareHome) {
		if home := m.careHome(d, w); home != nil {
			p.home, p.hood, p.at, f.CareHome = home, home.hood, home.at, home.id
		}
	}
	p.hoods = []*hood{p.hood}
	if d.chance(secondArea) { // a relative, or where trouble was
		other := pick(d, pick(d, p.hood.sites[1]).hoods)
		if other != p.hood && !slices.Contains(p.hood.rivals, other) {
			p.hoods = append(p.hoods, other)
		}
	}
	for _, h := range p.hoods {
		f.Areas = append(f.Areas, h.code)
	}
	f.Latitude, f.Longitude = degrees(p.at.lat), degrees(p.at.lon)
	return p
}

func (p *pupil) drawNeeds(d draws, from *profile) {
	f := &p.facts
	sen := from.sen.draw(d)
	f.EHCP = sen == ehcPlan
	f.Support = support[sen].draw(d)
	if sen != noSEN {
		must := 200
		if f.EHCP {
			must = 600
		}
		primary := from.needs.draw(d)
		f.Needs = []matching.Need{{Code: primary, Must: d.chance(must)}}
		if second := from.needs.draw(d); second != primary && d.chance(secondNeed) {
			f.Needs = append(f.Needs, matching.Need{Code: second})
		}
	}
	physical := slices.ContainsFunc(f.Needs, func(n matching.Need) bool { return n.Code == "PD" })
	if physical && d.chance(600) || d.chance(needsStepFree) {
		f.Access = []string{"step_free"}
	}
}

func (p *pupil) drawTraits(d draws, w wanted) {
	switch {
	case d.chance(w.anxious):
		p.facts.Traits = append(p.facts.Traits, "anxious_refuser")
	case d.chance(w.aggressive):
		p.facts.Traits = append(p.facts.Traits, "aggressive")
	}
	if d.chance(highRisk) {
		p.facts.Traits = append(p.facts.Traits, "high_risk")
	}
	for _, t := range rareTraits {
		if d.chance(t.weight) {
			p.facts.Traits = append(p.facts.Traits, t.of)
		}
	}
}

// careHome is a home of the authority that has room, or a new one in the
// neighbourhood; nil where the pupil may not live in one.
func (m *maker) careHome(d draws, w wanted) *careHome {
	may := func(home *careHome) bool { return w.noHome == nil || !w.noHome(home) }
	for _, home := range m.openHomes[w.hood.authority] {
		if may(home) {
			return home
		}
	}
	home := &careHome{hood: w.hood, at: d.near(w.hood.at, homeMetres), left: d.between(2, 6)}
	home.id = fmt.Sprintf("care-home-%05d", m.careHomes+1)
	if !may(home) {
		return nil
	}
	return home
}

// admit takes a pupil into the snapshot, and into the care home.
func (m *maker) admit(p *pupil) {
	m.pupils = append(m.pupils, p)
	p.facts.ID = matching.PupilID(fmt.Sprintf("pupil-%06d", len(m.pupils)))
	p.hood.pupils = append(p.hood.pupils, p)
	if p.home == nil {
		return
	}
	open := m.openHomes[p.home.hood.authority]
	i := slices.Index(open, p.home)
	if i < 0 {
		m.careHomes++
		i, open = len(open), append(open, p.home)
	}
	if p.home.left--; p.home.left == 0 {
		open = slices.Delete(open, i, i+1)
	}
	m.openHomes[p.home.hood.authority] = open
}

// price is what the policy says a pupil uses of a group's adults.
func (m *maker) price(p *pupil, ownAdult bool) int {
	if ownAdult {
		return 0
	}
	return m.policy.Support[p.facts.Support]
}
