package matching_test

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// A planShape is how large a dense world is, and what it is made of. In it, referrals compete: there
// are few sessions, few places and few adults, and most pupils must be kept from some others.
type planShape struct {
	referrals, groups, sites int
	standing                 int // placements
	weeks                    int // from as_of to the horizon
	groupsPerWeek            int // of a package
	starts                   int // per group and pattern
	oneStart                 bool
}

// planShapeOf draws a shape that brute force can search.
func planShapeOf(seed uint64) planShape {
	r := rand.New(rand.NewPCG(seed, 4))
	return planShape{
		referrals: []int{3, 3, 4, 4, 5, 6}[r.IntN(6)], groups: 2 + r.IntN(3), sites: 1 + r.IntN(2), standing: r.IntN(7),
		weeks: 2 + r.IntN(3), groupsPerWeek: 1 + r.IntN(3), starts: 1 + r.IntN(3), oneStart: r.IntN(4) == 0,
	}
}

func planWorld(seed uint64) *matching.Snapshot { return planShapeOf(seed).world(seed) }

// world makes a snapshot of the shape. The same seed makes the same world.
func (shape planShape) world(seed uint64) *matching.Snapshot {
	asOf := calendar.MustDate("2026-11-23")
	d := planDraw{rand.New(rand.NewPCG(seed, 5)), shape, &matching.Snapshot{
		Format: matching.Format, AsOf: asOf, Horizon: asOf + calendar.Date(7*shape.weeks-1),
	}}
	d.policy()
	for i := range shape.sites {
		d.site(i)
	}
	for i := range shape.groups {
		d.group(i)
	}
	for i := range shape.referrals + shape.standing {
		d.pupil(i)
	}
	for i := range shape.standing {
		d.placement(i)
	}
	for range d.IntN(4) {
		d.keepApart()
	}
	for i := range shape.referrals {
		d.referral(i)
	}
	d.changes(seed)
	return d.s
}

// changes gives some worlds days on which there are more or fewer adults and places. All else in them is as it is without.
func (d *planDraw) changes(seed uint64) {
	if seed%3 != 1 {
		return
	}
	d.Rand = rand.New(rand.NewPCG(seed, 6))
	for i := range d.s.Groups {
		g, from := &d.s.Groups[i], d.day(3, 7)
		for range d.IntN(3) {
			c := matching.GroupChange{From: from, To: from + calendar.Date(d.IntN(9))}
			if d.chance(60) {
				c.Adults = matching.Every(anyOf(d, 0, 125, 325, 400, 700, 1000))
			}
			if c.Adults == nil || d.chance(50) {
				c.Places = matching.PerSession{anyOf(d, slices.Collect(g.Timetable.All())...): d.IntN(4)}
			}
			g.Changes = append(g.Changes, c)
			from = c.To + 1 + calendar.Date(d.IntN(4))
		}
	}
	for i := range d.s.Sites {
		if from := d.day(3, 10); d.chance(50) {
			d.s.Sites[i].Changes = []matching.SiteChange{{
				From: from, To: from + calendar.Date(d.IntN(9)), FloatingAdults: matching.PerSession{calendar.MonAM: 25 * d.IntN(16), calendar.MonPM: 100 * d.IntN(4)},
			}}
		}
	}
}

type planDraw struct {
	*rand.Rand
	shape planShape
	s     *matching.Snapshot
}

func (d *planDraw) chance(percent int) bool { return d.IntN(100) < percent }

func anyOf[E any](d *planDraw, list ...E) E { return list[d.IntN(len(list))] }

func (d *planDraw) some(percent int, codes ...string) []string {
	var picked []string
	for _, code := range codes {
		if d.chance(percent) {
			picked = append(picked, code)
		}
	}
	return picked
}

// day is a date from as_of minus before to as_of plus after.
func (d *planDraw) day(before, after int) calendar.Date {
	return d.s.AsOf + calendar.Date(d.IntN(before+after+1)-before)
}

func (d *planDraw) policy() {
	if d.chance(25) {
		on := d.day(0, 12)
		d.s.Calendar.Closed = []calendar.Closure{{From: on, To: on + calendar.Date(d.IntN(3))}}
	}
	p := matching.DefaultPolicy()
	scope := func() matching.Scope { return anyOf(d, matching.InGroup, matching.InZone, matching.OnSite) }
	p.Separations[0].Rivals = [][]string{{"N17", "N22"}, {"N15", "N9"}}
	for i := range p.Separations {
		p.Separations[i].Scope = scope()
	}
	p.StartsPerGroup, p.Package.MaxGroups = d.shape.starts, d.shape.groupsPerWeek
	p.FullTimeSessions = 2 + d.IntN(2)
	p.Composition = anyOf(d, p.Composition, p.Composition,
		matching.CompositionPolicy{Friend: 300, Alone: 700}, matching.CompositionPolicy{Friend: 700, Alone: 99}, matching.CompositionPolicy{})
	p.LatePenalty = anyOf(d, 500, 900)
	d.s.Policy = p
}

func (d *planDraw) site(i int) {
	s := matching.Site{ID: matching.SiteID(fmt.Sprintf("s%d", i)), Latitude: new(51.9), Longitude: new(-0.18 + 0.1*float64(i))}
	if d.chance(60) {
		s.FloatingAdults = matching.PerSession{calendar.MonAM: 25 * d.IntN(16), calendar.TueAM: 100 * d.IntN(5)}
	}
	d.s.Sites = append(d.s.Sites, s)
}

// planWeeks are the timetables of dense worlds: few sessions, so that groups meet often.
var planWeeks = []calendar.Sessions{
	calendar.Of(calendar.MonAM, calendar.MonPM), calendar.Of(calendar.MonAM, calendar.TueAM),
	calendar.Of(calendar.MonAM, calendar.MonPM, calendar.TueAM), calendar.Of(calendar.TueAM, calendar.TuePM, calendar.WedAM),
	calendar.Of(calendar.MonAM, calendar.MonPM, calendar.TueAM, calendar.TuePM),
}

func (d *planDraw) group(i int) {
	g := matching.Group{
		ID: matching.GroupID(fmt.Sprintf("g%d", i)), Provision: matching.ProvisionID(fmt.Sprintf("v%d", i/2)),
		Site: anyOf(d, d.s.Sites...).ID, Zone: anyOf(d, "", "", "annexe"), Timetable: anyOf(d, planWeeks...),
		Offers: d.some(50, "english", "maths"),
	}
	if d.chance(50) {
		g.Patterns = []matching.Pattern{{ID: "all", Sessions: g.Timetable}, {ID: "one", Sessions: calendar.Of(g.Timetable.First())}}
	}
	if g.Timetable.Len() == 4 {
		g.Patterns = []matching.Pattern{{ID: "all", Sessions: g.Timetable}, {ID: "one", Sessions: planWeeks[0]}, {ID: "two", Sessions: g.Timetable &^ planWeeks[0]}}
	}
	if d.chance(70) {
		g.Places = matching.Every(1 + d.IntN(4))
	}
	switch d.IntN(4) {
	case 0, 1:
		g.Adults = matching.Every(anyOf(d, 125, 200, 325, 400, 700))
	case 2:
		g.Adults = matching.PerSession{g.Timetable.First(): anyOf(d, 125, 250, 500)}
	}
	if d.chance(40) {
		g.Limits = []matching.Limit{{Trait: "high_risk", Max: 1 + d.IntN(2)}}
	}
	if d.chance(35) {
		g.Registered = new(false)
	}
	if d.chance(15) {
		g.Accepts.Years = []int{7, 8, 9}
	}
	if d.chance(10) {
		g.Accepts.Sex = anyOf(d, matching.Female, matching.Male)
	}
	d.stays(&g)
	d.s.Groups = append(d.s.Groups, g)
}

func (d *planDraw) stays(g *matching.Group) {
	switch d.IntN(4) {
	case 0:
		g.Starts.Weekdays = []matching.Weekday{1}
	case 1:
		g.Starts.Dates = []calendar.Date{d.s.AsOf, d.s.AsOf + calendar.Date(7*d.IntN(d.shape.weeks)), d.day(0, 10)}
	}
	if d.shape.oneStart {
		g.Starts = matching.Starts{Dates: []calendar.Date{d.s.AsOf + calendar.Date(7*d.IntN(2))}}
	}
	switch d.IntN(5) {
	case 0, 1:
		g.Weeks = &matching.Length{Min: 1, Usual: 1 + d.IntN(2), Max: 3}
	case 2:
		g.Days = &matching.Length{Min: 1, Usual: 2, Max: 2 + d.IntN(4)}
	}
	if d.chance(40) {
		g.Newcomer = &matching.Newcomer{Days: 1 + d.IntN(6), Zone: anyOf(d, "assessment", "annexe", "main")}
	}
}

func (d *planDraw) pupil(i int) {
	p := matching.Pupil{
		ID: matching.PupilID(fmt.Sprintf("p%02d", i)), Year: 7 + d.IntN(4), Sex: anyOf(d, matching.Female, matching.Male, matching.Male, "U"),
		Areas: d.some(25, "N17", "N22", "N9"), Traits: d.some(25, "anxious_refuser", "aggressive", "high_risk"),
		Support: anyOf(d, "", "standard", "enhanced", "enhanced", "intensive"), EHCP: d.chance(8), LookedAfter: d.chance(5),
		Latitude: new(51.9 + d.Float64()*0.1), Longitude: new(-0.18),
	}
	if d.chance(25) {
		p.CareHome = "ch-1"
	}
	if d.chance(10) {
		p.Busy = calendar.Of(anyOf(d, calendar.MonAM, calendar.MonPM, calendar.TueAM))
	}
	if i > 0 && d.chance(40) {
		p.Friends = []matching.PupilID{d.s.Pupils[d.IntN(i)].ID}
	}
	if d.chance(20) {
		p.Unknown = []matching.Fact{anyOf(d, matching.Facts()...), anyOf(d, matching.FactTraits, matching.FactAreas, matching.FactCareHome)}
		if p.Unknown[0] == p.Unknown[1] {
			p.Unknown = p.Unknown[:1]
		}
	}
	d.s.Pupils = append(d.s.Pupils, p)
}

// placement seats one of the pupils who are not referred, or now and then one who is.
func (d *planDraw) placement(i int) {
	pupil := d.s.Pupils[d.shape.referrals+i].ID
	if d.chance(15) {
		pupil = d.s.Pupils[d.IntN(d.shape.referrals)].ID
	}
	g := anyOf(d, d.s.Groups...)
	for _, other := range d.s.Placements {
		if other.Pupil == pupil {
			return
		}
	}
	p := matching.Placement{
		ID: matching.PlacementID(fmt.Sprintf("pl%02d", i)), Pupil: pupil, Group: g.ID, From: d.day(20, 8), OwnAdult: d.chance(10), Movable: d.chance(40),
	}
	if g.Patterns != nil {
		p.Pattern = anyOf(d, g.Patterns...).ID
	}
	p.To = max(p.From, d.day(0, 7*d.shape.weeks))
	d.s.Placements = append(d.s.Placements, p)
}

func (d *planDraw) keepApart() {
	a, b := anyOf(d, d.s.Pupils...).ID, d.s.Pupils[d.IntN(d.shape.referrals)].ID
	if a == b {
		return
	}
	k := matching.KeepApart{Pupils: []matching.PupilID{a, b}, Scope: anyOf(d, matching.InGroup, matching.InZone, matching.OnSite)}
	if d.chance(60) {
		k.Until = d.day(0, 14)
	}
	d.s.KeepApart = append(d.s.KeepApart, k)
}

func (d *planDraw) referral(i int) {
	pupil := i
	if i > 0 && d.chance(12) {
		pupil = d.IntN(i) // a second referral of somebody
	}
	r := matching.Referral{
		ID: matching.ReferralID(fmt.Sprintf("r%d", i)), Pupil: d.s.Pupils[pupil].ID, Priority: anyOf(d, "", "statutory", "urgent", "routine"),
		Reason: "prevent_exclusion", OwnAdult: d.chance(8),
		Wants: matching.Wants{Sessions: d.IntN(6), Weeks: d.IntN(4), Days: d.IntN(4), Offers: d.some(40, "english", "maths")},
	}
	if d.chance(50) {
		r.Deadline = d.day(0, 10)
	}
	if d.chance(40) {
		r.ReadyFrom = d.day(3, 9)
	}
	if d.chance(25) {
		r.Given = d.given()
	}
	d.s.Referrals = append(d.s.Referrals, r)
}

func (d *planDraw) given() map[matching.GroupID]matching.Given {
	all := map[matching.GroupID]matching.Given{}
	for _, g := range d.s.Groups {
		if d.chance(25) {
			continue
		}
		given := matching.Given{Score: d.IntN(1200)}
		if d.chance(50) {
			given.AdultDemand = new(d.IntN(400))
		}
		if d.chance(40) {
			given.Patterns = map[matching.PatternID]int{"all": d.IntN(900)}
			if g.Patterns != nil && d.chance(70) {
				given.Patterns["one"] = d.IntN(900)
			}
		}
		all[g.ID] = given
	}
	return all
}
