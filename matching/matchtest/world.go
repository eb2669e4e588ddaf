// Package matchtest checks rules, separations, resources and criteria that a
// program adds to the matching library, and makes small worlds to try them in.
//
// Our own pass the same suite.
package matchtest

import (
	"fmt"
	"math/rand/v2"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// World makes a small snapshot out of a seed: a handful of sites, groups, pupils,
// placements and referrals in which every rule of the contract has something to
// do. Standing placements may break rules. The same seed makes the same world.
func World(seed uint64) *matching.Snapshot {
	w := &world{Rand: rand.New(rand.NewPCG(seed, 1)), s: &matching.Snapshot{
		Format: matching.Format, AsOf: calendar.MustDate("2026-11-23"), Horizon: calendar.MustDate("2027-02-19"),
	}}
	w.frame()
	for i := range 1 + w.IntN(3) {
		w.site(i)
	}
	for i := range 1 + w.IntN(5) {
		w.group(i)
	}
	for i := range 3 + w.IntN(12) {
		w.pupil(i)
	}
	for i := range w.IntN(16) {
		w.placement(i)
	}
	for i := range w.IntN(4) {
		w.keepApart(i)
	}
	for i := range 1 + w.IntN(4) {
		w.referral(i)
	}
	w.changes(seed)
	return w.s
}

type world struct {
	*rand.Rand
	s *matching.Snapshot
}

func (w *world) chance(percent int) bool { return w.IntN(100) < percent }

// some picks each of the codes with an even chance.
func (w *world) some(percent int, codes ...string) []string {
	var picked []string
	for _, code := range codes {
		if w.chance(percent) {
			picked = append(picked, code)
		}
	}
	return picked
}

func pick[E any](w *world, list ...E) E { return list[w.IntN(len(list))] }

// day is a date from as_of minus before to as_of plus after.
func (w *world) day(before, after int) calendar.Date {
	return w.s.AsOf + calendar.Date(w.IntN(before+after+1)-before)
}

func (w *world) frame() {
	if w.chance(50) {
		w.s.Calendar.Closed = []calendar.Closure{{From: calendar.MustDate("2026-12-19"), To: calendar.MustDate("2027-01-03")}}
	}
	if w.chance(30) {
		d := w.day(10, 60)
		w.s.Calendar.Closed = append(w.s.Calendar.Closed, calendar.Closure{From: d, To: d + calendar.Date(w.IntN(4))})
	}
	p := matching.DefaultPolicy()
	p.Separations[0].Rivals = [][]string{{"N17", "N22"}, {"N15", "N9"}}
	p.Separations[1].Scope = pick(w, matching.InGroup, matching.InGroup, matching.InZone)
	p.Separations[2].Scope = pick(w, matching.InZone, matching.OnSite, matching.InGroup)
	p.StartsPerGroup = 1 + w.IntN(3)
	p.Package.MaxGroups = 1 + w.IntN(3)/2
	p.FullTimeSessions = 4 + w.IntN(5)
	w.s.Policy = p
}

func (w *world) place() (lat, lon *float64) {
	if w.chance(15) {
		return nil, nil
	}
	return new(51.9 + w.Float64()*0.2), new(-0.3 + w.Float64()*0.3)
}

func (w *world) site(i int) {
	s := matching.Site{ID: matching.SiteID(fmt.Sprintf("s%d", i)), Access: w.some(50, "step_free", "hoist")}
	s.Latitude, s.Longitude = w.place()
	if w.chance(40) {
		s.FloatingAdults = matching.PerSession{calendar.Session(w.IntN(10)): 100 * w.IntN(8), calendar.MonAM: 200}
	}
	w.s.Sites = append(w.s.Sites, s)
}

func (w *world) sessions(within calendar.Sessions, percent int) calendar.Sessions {
	var set calendar.Sessions
	for s := range within.All() {
		if w.chance(percent) {
			set |= calendar.Of(s)
		}
	}
	if set == 0 {
		set = calendar.Of(within.First())
	}
	return set
}

func (w *world) perSession(within calendar.Sessions, low, high int) matching.PerSession {
	switch w.IntN(4) {
	case 0:
		return nil
	case 1:
		p := matching.PerSession{}
		for s := range within.All() {
			if w.chance(80) {
				p[s] = low + w.IntN(high-low+1)
			}
		}
		return p
	}
	return matching.Every(low + w.IntN(high-low+1))
}

func (w *world) group(i int) {
	g := matching.Group{
		ID: matching.GroupID(fmt.Sprintf("g%d", i)), Provision: matching.ProvisionID(fmt.Sprintf("v%d", i/2)),
		Site: pick(w, w.s.Sites...).ID, Zone: pick(w, "", "", "annexe"), Timetable: w.sessions(calendar.Week, 50),
		Offers: w.some(50, "english", "maths", "construction"), Approaches: w.some(50, "practical", "therapeutic"),
	}
	for p := range w.IntN(3) {
		g.Patterns = append(g.Patterns, matching.Pattern{ID: matching.PatternID(fmt.Sprintf("p%d", p)), Sessions: w.sessions(g.Timetable, 60)})
	}
	if g.Patterns != nil {
		g.Patterns = append(g.Patterns, matching.Pattern{ID: "all", Sessions: g.Timetable})
	}
	g.Places, g.Adults = w.perSession(g.Timetable, 1, 6), w.perSession(g.Timetable, 200, 2000)
	if w.chance(30) {
		g.Limits = []matching.Limit{{Trait: "high_risk", Max: w.IntN(3)}}
	}
	if w.chance(10) {
		g.Limits = append(g.Limits, matching.Limit{Trait: "arson", Max: w.IntN(2)})
	}
	w.criteria(&g)
	w.stays(&g)
	w.s.Groups = append(w.s.Groups, g)
}

func (w *world) criteria(g *matching.Group) {
	if w.chance(40) {
		g.Accepts.Years = []int{7, 8, 9, 10}[w.IntN(3):]
	}
	if w.chance(15) {
		g.Accepts.Sex = pick(w, matching.Female, matching.Male)
	}
	if w.chance(15) {
		g.Accepts.Reasons = []string{"prevent_exclusion"}
	}
	if w.chance(40) {
		g.Accepts.Needs = w.some(70, "SEMH", "SLCN", "ASD")
	}
	if w.chance(20) {
		g.Accepts.Refuses = []string{"arson"}
	}
	if w.chance(30) {
		g.Registered = new(w.chance(30))
	}
}

func (w *world) stays(g *matching.Group) {
	if w.chance(30) {
		g.Open = matching.Span{From: w.day(30, 40), To: w.s.AsOf + calendar.Date(40+w.IntN(80))}
	}
	if w.chance(5) {
		g.Open = matching.Span{From: w.s.Horizon + 10}
	}
	switch w.IntN(4) {
	case 0:
		g.Starts.Weekdays = []matching.Weekday{matching.Weekday(1 + w.IntN(5))}
	case 1:
		g.Starts.Dates = []calendar.Date{w.day(0, 20), w.day(0, 60)}
	}
	switch w.IntN(5) {
	case 0, 1:
		low := 1 + w.IntN(4)
		g.Weeks = &matching.Length{Min: low, Usual: low + 2, Max: low + w.IntN(8) + 2}
	case 2:
		g.Days = &matching.Length{Min: 1, Usual: 3, Max: 3 + w.IntN(10)}
	}
	if w.chance(30) {
		g.Newcomer = &matching.Newcomer{Days: 1 + w.IntN(8), Zone: pick(w, "assessment", "annexe", "main")}
	}
}

// changes gives some worlds days on which there are more or fewer adults and places. They are drawn by themselves: all
// else in a world is as it is without them.
func (w *world) changes(seed uint64) {
	if seed%3 != 1 {
		return
	}
	w.Rand = rand.New(rand.NewPCG(seed, 2))
	for i := range w.s.Groups {
		g, from := &w.s.Groups[i], w.day(10, 30)
		for range w.IntN(3) {
			c := matching.GroupChange{From: from, To: from + calendar.Date(w.IntN(30)), Adults: matching.PerSession{}, Places: matching.PerSession{}}
			for s := range g.Timetable.All() {
				if w.chance(60) {
					c.Adults[s] = 100 * w.IntN(16)
				}
				if w.chance(30) {
					c.Places[s] = w.IntN(7)
				}
			}
			switch {
			case w.chance(20):
				c.Adults = matching.Every(200 * w.IntN(8))
			case len(c.Adults) == 0:
				c.Adults = nil
			}
			if len(c.Places) == 0 {
				c.Places = nil
			}
			if c.Adults != nil || c.Places != nil {
				g.Changes = append(g.Changes, c)
			}
			from = c.To + 1 + calendar.Date(w.IntN(20))
		}
	}
	for i := range w.s.Sites {
		if from := w.day(10, 40); w.chance(50) {
			w.s.Sites[i].Changes = []matching.SiteChange{{From: from, To: from + calendar.Date(w.IntN(30)), FloatingAdults: matching.PerSession{
				calendar.Session(w.IntN(10)): 100 * w.IntN(8), calendar.MonAM: 100 * w.IntN(4),
			}}}
		}
	}
}

func (w *world) pupil(i int) {
	p := matching.Pupil{
		ID: matching.PupilID(fmt.Sprintf("p%02d", i)), Year: 6 + w.IntN(6), Sex: pick(w, matching.Female, matching.Male, matching.Male, "U"),
		Areas: w.some(35, "N17", "N22", "N9"), Traits: w.some(25, "anxious_refuser", "aggressive", "high_risk", "arson"),
		Support: pick(w, "", "standard", "enhanced", "intensive", "one_to_one"), Access: w.some(10, "step_free"),
		EHCP: w.chance(15), LookedAfter: w.chance(10),
	}
	p.Latitude, p.Longitude = w.place()
	if w.chance(30) {
		p.CareHome = pick(w, "ch-1", "ch-2")
	}
	for _, code := range w.some(30, "SEMH", "SLCN", "ASD") {
		p.Needs = append(p.Needs, matching.Need{Code: code, Must: w.chance(50)})
	}
	if w.chance(20) {
		p.Busy = w.sessions(calendar.Week, 15)
	}
	if i > 0 && w.chance(30) {
		p.Friends = []matching.PupilID{w.s.Pupils[w.IntN(i)].ID}
	}
	if w.chance(25) {
		for _, f := range matching.Facts() {
			if w.chance(25) {
				p.Unknown = append(p.Unknown, f)
			}
		}
	}
	w.s.Pupils = append(w.s.Pupils, p)
}

func (w *world) placement(i int) {
	g := pick(w, w.s.Groups...)
	p := matching.Placement{
		ID: matching.PlacementID(fmt.Sprintf("pl%02d", i)), Pupil: pick(w, w.s.Pupils...).ID, Group: g.ID,
		From: w.day(40, 30), Movable: w.chance(50), OwnAdult: w.chance(10),
	}
	if g.Patterns != nil {
		p.Pattern = pick(w, g.Patterns...).ID
	}
	p.To = p.From + calendar.Date(w.IntN(100))
	for _, other := range w.s.Placements {
		if other.Pupil == p.Pupil && other.Group == p.Group {
			return // nobody is in one group twice
		}
	}
	w.s.Placements = append(w.s.Placements, p)
}

func (w *world) keepApart(int) {
	a, b := pick(w, w.s.Pupils...).ID, pick(w, w.s.Pupils...).ID
	if a == b {
		return
	}
	k := matching.KeepApart{Pupils: []matching.PupilID{a, b}, Scope: pick(w, matching.InGroup, matching.InZone, matching.OnSite)}
	if w.chance(50) {
		k.Until = w.day(5, 60)
	}
	w.s.KeepApart = append(w.s.KeepApart, k)
}

func (w *world) referral(i int) {
	r := matching.Referral{
		ID: matching.ReferralID(fmt.Sprintf("r%d", i)), Pupil: pick(w, w.s.Pupils...).ID, Received: w.day(20, 0),
		Reason: pick(w, "prevent_exclusion", "permanently_excluded"), Priority: pick(w, "", "statutory", "urgent", "routine"),
		Aim: pick(w, "", matching.Reintegration, matching.Respite), OwnAdult: w.chance(10),
	}
	if w.chance(40) {
		r.Deadline = w.day(0, 30)
	}
	if w.chance(40) {
		r.ReadyFrom = w.day(10, 30)
	}
	r.Wants = matching.Wants{
		Sessions: w.IntN(11), Weeks: w.IntN(10), Days: w.IntN(5),
		Offers: w.some(40, "english", "maths", "construction"), Approaches: w.some(30, "practical", "therapeutic"),
	}
	if w.chance(30) {
		r.Wants.Groups = []matching.GroupID{pick(w, w.s.Groups...).ID}
	}
	if w.chance(10) {
		g := pick(w, w.s.Groups...)
		given := matching.Given{Score: w.IntN(2000)}
		if w.chance(50) {
			given.AdultDemand = new(w.IntN(500))
		}
		if g.Patterns != nil && w.chance(50) {
			given.Patterns = map[matching.PatternID]int{g.Patterns[0].ID: w.IntN(900)}
		}
		r.Given = map[matching.GroupID]matching.Given{g.ID: given}
	}
	w.s.Referrals = append(w.s.Referrals, r)
}
