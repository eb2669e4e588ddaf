package generate

import (
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// Of a thousand referrals.
const (
	haveFriend    = 120
	keptApart     = 60 // and of a thousand standing pupils a sixth of that
	partlyUnknown = 250
	mostlyUnknown = 20 // 'nine out of 10 are incorrect' (nfer 7.2.2)
)

// tie says who is friends with whom and who had a fight, and then forgets what the
// forms leave out.
func (m *maker) tie() {
	d := m.draws(toTie)
	for _, p := range m.referred {
		if !d.chance(haveFriend) {
			continue
		}
		q := pick(d, p.hood.pupils)
		if q != p && near(p.facts.Year, q.facts.Year) && !slices.Contains(p.facts.Friends, q.facts.ID) {
			p.facts.Friends = append(p.facts.Friends, q.facts.ID)
		}
	}
	for _, p := range m.referred {
		if d.chance(keptApart) {
			m.keepApart(d, p)
		}
	}
	for _, p := range m.pupils {
		if p.standing != nil && d.chance(keptApart/6) {
			m.keepApart(d, p)
		}
	}
	for _, p := range m.referred {
		if p.standing == nil {
			p.forget(d)
		}
	}
}

func near(a, b int) bool { return a-b <= 1 && b-a <= 1 }

var (
	scopes   = shares[matching.Scope]{{matching.OnSite, 50}, {matching.InZone, 25}, {matching.InGroup, 25}}
	quarrels = shares[string]{{"fight", 45}, {"bullying", 35}, {"co-defendants", 12}, {"victim", 8}}
)

// keepApart names a pupil and one of the same neighbourhood, or of one nearby, who don't
// meet now. Nobody is found now and then; so few pairs are named for that.
func (m *maker) keepApart(d draws, p *pupil) {
	home := p.hood
	if d.chance(400) {
		home = pick(d, pick(d, p.hood.sites[1]).hoods)
	}
	if len(home.pupils) == 0 {
		return
	}
	q := pick(d, home.pupils)
	friends := slices.Contains(p.facts.Friends, q.facts.ID) || slices.Contains(q.facts.Friends, p.facts.ID)
	if q == p || friends || p.meets(q) {
		return
	}
	k := matching.KeepApart{Pupils: []matching.PupilID{p.facts.ID, q.facts.ID}, Scope: scopes.draw(d), Reason: quarrels.draw(d)}
	if d.chance(600) {
		k.Until = m.options.AsOf + calendar.Date(d.between(14, 200))
	}
	m.snapshot.KeepApart = append(m.snapshot.KeepApart, k)
}

// meets tells whether two standing pupils are on one site at one time.
func (p *pupil) meets(q *pupil) bool {
	a, b := p.standing, q.standing
	return a != nil && b != nil && a.group.site == b.group.site && a.sessions&b.sessions != 0
}

// forget turns facts into unknown ones. The year is always given.
func (p *pupil) forget(d draws) {
	facts := matching.Facts()[1:]
	known := len(facts)
	switch {
	case d.chance(mostlyUnknown):
		known = 1
	case d.chance(partlyUnknown):
		known -= d.between(1, 3)
	}
	for _, fact := range pickSome(d, facts, len(facts)-known) {
		p.lose(fact)
	}
}

func (p *pupil) lose(fact matching.Fact) {
	f := &p.facts
	lost := []matching.Fact{fact}
	switch fact {
	case matching.FactSex:
		f.Sex = ""
	case matching.FactAreas:
		f.Areas = nil
	case matching.FactCareHome:
		f.CareHome = ""
	case matching.FactLatitude, matching.FactLongitude: // one is no use without the other
		f.Latitude, f.Longitude = nil, nil
		lost = []matching.Fact{matching.FactLatitude, matching.FactLongitude}
	case matching.FactTraits:
		f.Traits = nil
	case matching.FactNeeds:
		f.Needs = nil
	case matching.FactSupport:
		f.Support = ""
	case matching.FactAccess:
		f.Access = nil
	case matching.FactBusy:
		f.Busy = 0
	case matching.FactFriends:
		f.Friends = nil
	case matching.FactEHCP:
		f.EHCP = false
	case matching.FactLookedAfter:
		f.LookedAfter = false
	default: // a year is always known
	}
	for _, fact := range lost {
		if !slices.Contains(f.Unknown, fact) {
			f.Unknown = append(f.Unknown, fact)
		}
	}
}

// finish writes the pupils into the snapshot. A care home with one resident is none
// that matters, and is left out.
func (m *maker) finish() {
	residents := map[string]int{}
	for _, p := range m.pupils {
		residents[p.facts.CareHome]++
	}
	m.snapshot.Pupils = make([]matching.Pupil, len(m.pupils))
	for i, p := range m.pupils {
		if residents[p.facts.CareHome] == 1 {
			p.facts.CareHome = ""
		}
		m.snapshot.Pupils[i] = p.facts
	}
}
