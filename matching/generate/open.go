package generate

import (
	"cmp"
	"fmt"
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// A group is one of the snapshot's groups, with what its pupils are drawn from.
type group struct {
	facts  *matching.Group
	format *format
	site   *site
	zone   *zone // where it meets
	first  *zone // where its newcomers are; nil: no other
	heads  int   // pupils that it could hold over a week, as they come on average
	ledger groupLedger
}

// A zone of a site is calm, and nobody aggressive is placed there, or it is not, and no
// anxious refuser is. So the two never meet, also where neither would be refused.
type zone struct {
	name string
	calm bool
}

// A kind is a format with a band.
type kind struct {
	format *format
	band   band
}

func kinds() shares[kind] {
	const fine = 1000
	var out shares[kind]
	for i := range formats {
		f := &formats[i]
		for _, b := range f.bands {
			out = append(out, share[kind]{kind{f, b.of}, f.weight * b.weight * fine / f.bands.total()})
		}
	}
	return out
}

// open opens the groups of every site. Formats and bands are spread evenly along
// the sites, so that each authority has some of most.
func (m *maker) open() {
	d := m.draws(toOpen)
	all := kinds()
	steps := &goldenSteps{at: d.IntN(1_000_000), n: all.total()}
	provisions := 0
	m.snapshot.Groups = make([]matching.Group, m.options.Groups)
	for _, s := range m.sites {
		if s.groups > 0 {
			provisions++
		}
		own := provisions
		for range s.groups {
			k := s.kind(all, steps)
			g := &group{facts: &m.snapshot.Groups[len(m.groups)], format: k.format, site: s}
			m.groups, s.opened = append(m.groups, g), append(s.opened, g)
			provision := own
			if k.format.outside > 0 { // a firm of its own, that uses the site
				provisions++
				provision = provisions
			}
			m.openGroup(g, k, provision, d)
			m.step()
		}
	}
}

// kind draws the next kind of group that an establishment of those ages may have.
func (s *site) kind(all shares[kind], steps *goldenSteps) kind {
	k := all.at(steps.next())
	for range 50 {
		if s.register == nil || !slices.ContainsFunc(k.band.years, func(y int) bool { return !s.register.takes(y) }) {
			break
		}
		k = all.at(steps.next())
	}
	return k
}

func (m *maker) openGroup(g *group, k kind, provision int, d draws) {
	f, number := k.format, len(m.groups)
	g.settle(d)
	timetable := pick(d, f.timetables)
	places := d.between(f.places[0], f.places[1])
	g.heads = places * timetable[0].Sessions.Len() * len(timetable) * 2 / sessionsOf(timetable)
	if placed := m.options.Placements; placed > perGroup*m.options.Groups {
		places = places*placed/(perGroup*m.options.Groups) + 1
	}
	adults := max(places*d.between(f.adults[0], f.adults[1])/100*100, 1000)
	*g.facts = matching.Group{
		ID: matching.GroupID(fmt.Sprintf("group-%06d", number)), Site: g.site.id, Zone: g.zone.name,
		Provision: matching.ProvisionID(fmt.Sprintf("provision-%06d", provision)),
		Name:      f.name + ", " + k.band.name, Accepts: g.accepts(k.band, d),
		Timetable: timetable[0].Sessions, Patterns: timetable,
		Places: matching.Every(places), Adults: matching.Every(adults),
		Offers: f.offers(d), Approaches: f.approaches, Open: matching.Span{From: m.year.first, To: m.year.last},
		Starts: m.startsOf(f, d), Days: f.days, CostPerSession: f.cost + 100*d.between(-5, 5),
	}
	if f.weeks != nil {
		if length := pick(d, f.weeks); length != (matching.Length{}) {
			g.facts.Weeks = &length
		}
	}
	if d.chance(600) {
		g.facts.Limits = append(g.facts.Limits, matching.Limit{Trait: "high_risk", Max: max(places/d.between(4, 6), 1)})
	}
	if g.first != nil {
		g.facts.Newcomer = &matching.Newcomer{Days: 5, Zone: g.first.name}
	}
	registered := !d.chance(f.outside)
	g.facts.Registered = &registered
	if last := timetable[0].Sessions; last.Has(calendar.FriPM) && d.chance(150) { // short of an adult at the end of the week
		g.facts.Adults = matching.PerSession{}
		for s := range last.All() {
			g.facts.Adults[s] = adults
		}
		g.facts.Adults[calendar.FriPM] = max(adults-1000, 1000)
	}
	g.ledger.limits = make([][calendar.PerWeek]int, len(g.facts.Limits))
}

// sessionsOf counts those of a timetable's patterns, where the whole of it counts as much as they together.
func sessionsOf(timetable []matching.Pattern) int {
	n := 0
	for _, p := range timetable {
		n += p.Sessions.Len()
	}
	return n + timetable[0].Sessions.Len()*len(timetable)
}

var zoneNames = []string{"main", "east", "garden", "upstairs", "annexe", "studio", "west", "lodge"}

// settle finds the group a zone: often one of its own.
func (g *group) settle(d draws) {
	l := &g.site.ledger
	calm := g.format.calm || d.chance(400)
	i := slices.IndexFunc(l.zones, func(z *zone) bool { return z.calm == calm })
	if i < 0 || d.chance(650) {
		i = len(l.zones)
		name := zoneNames[i%len(zoneNames)]
		if i >= len(zoneNames) {
			name += fmt.Sprintf(" %d", i/len(zoneNames)+1)
		}
		l.zones = append(l.zones, &zone{name: name, calm: calm})
	}
	g.zone = l.zones[i]
	if !d.chance(g.format.newcomers) {
		return
	}
	g.first = &l.assessment
	if !calm {
		g.first = &l.induction
	}
}

func (g *group) accepts(b band, d draws) matching.Accepts {
	a := matching.Accepts{Years: b.years, Sex: g.format.sex, Reasons: g.format.reasons}
	if g.site.register != nil {
		a.Sex = cmp.Or(a.Sex, matching.Sex(g.site.register.Sex))
	}
	if a.Reasons == nil {
		a.Reasons = usualReasons(d)
	}
	if d.chance(850) {
		a.Needs = []string{"SEMH", "SLCN", "SPLD", "MLD", "OTH", "NSA"}
		for _, n := range equipment {
			if g.format.calm || d.chance(n.weight) {
				a.Needs = append(a.Needs, n.of)
			}
		}
	}
	for _, t := range refused {
		if d.chance(t.weight) {
			a.Refuses = append(a.Refuses, t.of)
		}
	}
	if g.zone.calm && d.chance(500) {
		a.Refuses = append(a.Refuses, "aggressive")
	}
	return a
}

// refused is how many of a thousand groups can't take a trait.
var refused = shares[string]{{"arson", 600}, {"weapon", 250}, {"harms_animals", 60}}

// equipment is how many of a thousand groups are equipped for a need that not all are.
var equipment = shares[string]{{"ASD", 550}, {"HI", 300}, {"VI", 300}, {"PD", 350}, {"SLD", 150}, {"MSI", 100}, {"PMLD", 50}}

var (
	core     = []string{"english", "maths"}
	subjects = []string{"pshe", "science", "ict", "art", "sport", "drama", "music", "cookery", "functional_skills", "outdoor"}
	trades   = []string{"construction", "motor_vehicle", "hair_beauty", "catering", "animal_care", "horticulture", "woodwork", "work_experience"}
)

func (f *format) offers(d draws) []string {
	var out []string
	if !f.skills || d.chance(400) {
		out = append(out, core...)
	}
	out = append(out, pickSome(d, subjects, d.between(1, 3))...)
	if f.skills {
		out = append(out, pickSome(d, trades, d.between(1, 3))...)
	}
	return out
}

// startsOf are the days on which a stay may begin: for courses the Mondays of a cycle.
func (m *maker) startsOf(f *format, d draws) matching.Starts {
	every := calendar.Date(0)
	switch f.starts {
	case onMondays:
		return matching.Starts{Weekdays: []matching.Weekday{1}}
	case everySevenWeeks:
		every = 7 * 7
	case everyFiveWeeks:
		every = 5 * 7
	default:
		return matching.Starts{}
	}
	var dates []calendar.Date
	for day := m.year.first + calendar.Date(7*d.between(0, 2)); day < m.year.last-5; day += every {
		if open := m.year.schoolDay(day); open < m.year.last {
			dates = append(dates, open)
		}
	}
	return matching.Starts{Dates: dates}
}
