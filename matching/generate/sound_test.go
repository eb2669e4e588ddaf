package generate_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/generate"
)

// A world looks a snapshot up, without the engine.
type world struct {
	*matching.Snapshot
	site   map[matching.SiteID]*matching.Site
	group  map[matching.GroupID]*matching.Group
	pupil  map[matching.PupilID]*matching.Pupil
	stays  map[matching.SiteID][]stay
	policy *matching.Policy
}

type stay struct {
	placement *matching.Placement
	pupil     *matching.Pupil
	group     *matching.Group
	sessions  calendar.Sessions
}

func see(s *matching.Snapshot) *world {
	w := &world{
		Snapshot: s, policy: s.Policy, site: map[matching.SiteID]*matching.Site{}, group: map[matching.GroupID]*matching.Group{},
		pupil: map[matching.PupilID]*matching.Pupil{}, stays: map[matching.SiteID][]stay{},
	}
	for i := range s.Sites {
		w.site[s.Sites[i].ID] = &s.Sites[i]
	}
	for i := range s.Groups {
		w.group[s.Groups[i].ID] = &s.Groups[i]
	}
	for i := range s.Pupils {
		w.pupil[s.Pupils[i].ID] = &s.Pupils[i]
	}
	for i := range s.Placements {
		p := &s.Placements[i]
		g := w.group[p.Group]
		pattern := slices.IndexFunc(g.Patterns, func(x matching.Pattern) bool { return x.ID == p.Pattern })
		w.stays[g.Site] = append(w.stays[g.Site], stay{p, w.pupil[p.Pupil], g, g.Patterns[pattern].Sessions})
	}
	return w
}

func sizes() []generate.Options {
	return []generate.Options{
		{Referrals: 0, Groups: 1, Seed: 1},
		{Referrals: 5, Groups: 1, Placements: 60, Seed: 2},
		{Referrals: 60, Groups: 25, Seed: 1},
		{Referrals: 60, Groups: 25, Seed: 2, Placements: 100},
		{Referrals: 60, Groups: 25, Seed: 3, Placements: -1},
		{Referrals: 100, Groups: 30, Seed: 4, Placements: 1500},
		{Referrals: 300, Groups: 100, Seed: 5},
		{Referrals: 300, Groups: 100, Seed: 6, AsOf: calendar.MustDate("2027-06-30")},
		{Referrals: 300, Groups: 100, Seed: 7, AsOf: calendar.MustDate("2027-08-10")},
		{Referrals: 120, Groups: 60, Seed: 8, Establishments: register()},
		{Referrals: 50, Groups: 80, Seed: 9, Establishments: register()[:1]},
		{Referrals: 1000, Groups: 300, Seed: 10},
	}
}

// register is a small made-up one: two authorities, one of them for girls and of few ages.
func register() []generate.Establishment {
	return []generate.Establishment{
		{Authority: "919", Town: "Stevenage", Postcode: "SG2 9HQ", Latitude: 51.89, Longitude: -0.17},
		{Authority: "919", Town: "Hitchin", Postcode: "SG4 9AA", Latitude: 51.95, Longitude: -0.27, LowAge: 11, HighAge: 16},
		{Authority: "919", Town: "Hatfield", Postcode: "AL10 8AA", Latitude: 51.76, Longitude: -0.23},
		{Authority: "823", Town: "Dunstable", Postcode: "LU6 1AA", Latitude: 51.88, Longitude: -0.52, LowAge: 14, HighAge: 19, Sex: "F"},
		{Authority: "823", Town: "Biggleswade", Postcode: "SG18 8AA", Latitude: 52.09, Longitude: -0.26, Closed: true},
	}
}

func name(o generate.Options) string {
	return fmt.Sprintf("%d referrals, %d groups, %d placements, seed %d, register %d", o.Referrals, o.Groups, o.Placements, o.Seed, len(o.Establishments))
}

func TestSnapshot_isSound(t *testing.T) {
	t.Parallel()
	for _, o := range sizes() {
		t.Run(name(o), func(t *testing.T) {
			t.Parallel()
			s, err := generate.Snapshot(o)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := matching.New(s); err != nil {
				t.Fatal(err)
			}
			want := o.Placements
			if want == 0 {
				want = 15 * o.Groups
			}
			if len(s.Referrals) != o.Referrals || len(s.Groups) != o.Groups || len(s.Placements) != max(want, 0) {
				t.Errorf("%d referrals, %d groups, %d placements", len(s.Referrals), len(s.Groups), len(s.Placements))
			}
			w := see(s)
			for _, id := range sortedSites(w) {
				w.checkSums(t, id)
				w.checkPairs(t, w.stays[id])
				for _, x := range w.stays[id] {
					w.checkStay(t, x)
				}
			}
		})
	}
}

func sortedSites(w *world) []matching.SiteID {
	var out []matching.SiteID
	for _, s := range w.Sites {
		out = append(out, s.ID)
	}
	return out
}

// checkSums counts places, limits and adults at each session of a site, as if
// everybody who stands there came on the same days.
func (w *world) checkSums(t *testing.T, site matching.SiteID) {
	t.Helper()
	for s := range calendar.Week.All() {
		full, pupils, demand, traits := map[*matching.Group]int{}, map[*matching.Group]int{}, map[*matching.Group]int{}, map[*matching.Group]map[string]int{}
		for _, x := range w.stays[site] {
			if !x.sessions.Has(s) {
				continue
			}
			pupils[x.group]++
			if x.sessions.Len() >= w.policy.FullTimeSessions {
				full[x.group]++
			}
			if !x.placement.OwnAdult {
				demand[x.group] += w.policy.Support[x.pupil.Support]
			}
			if traits[x.group] == nil {
				traits[x.group] = map[string]int{}
			}
			for _, trait := range x.pupil.Traits {
				traits[x.group][trait]++
			}
		}
		short := 0
		for g, n := range pupils {
			if n > g.Places[s] {
				t.Errorf("%s, %s: %d pupils for %d places", g.ID, s, n, g.Places[s])
			}
			for _, l := range g.Limits {
				if traits[g][l.Trait] > l.Max {
					t.Errorf("%s, %s: %d are %s, at most %d may", g.ID, s, traits[g][l.Trait], l.Trait, l.Max)
				}
			}
			if !g.IsRegistered() && full[g] > 4 {
				t.Errorf("%s, %s: %d are full time in a group that is not registered", g.ID, s, full[g])
			}
			short += max(demand[g]-g.Adults[s], 0)
		}
		if short > w.site[site].FloatingAdults[s] {
			t.Errorf("%s, %s: short of %d thousandths of an adult, %d float", site, s, short, w.site[site].FloatingAdults[s])
		}
	}
}

// checkPairs looks at every two pupils who stand at a site.
func (w *world) checkPairs(t *testing.T, stays []stay) {
	t.Helper()
	rivals := map[[2]string]bool{}
	for _, sep := range w.policy.Separations {
		for _, pair := range sep.Rivals {
			rivals[[2]string{pair[0], pair[1]}], rivals[[2]string{pair[1], pair[0]}] = true, true
		}
	}
	apart := map[[2]matching.PupilID]bool{}
	for _, k := range w.KeepApart {
		apart[[2]matching.PupilID{k.Pupils[0], k.Pupils[1]}], apart[[2]matching.PupilID{k.Pupils[1], k.Pupils[0]}] = true, true
	}
	for i, a := range stays {
		for _, b := range stays[:i] {
			if a.sessions&b.sessions == 0 || a.pupil == b.pupil {
				continue
			}
			for _, x := range a.pupil.Areas {
				for _, y := range b.pupil.Areas {
					if rivals[[2]string{x, y}] {
						t.Errorf("%s and %s are rivals on one site", a.pupil.ID, b.pupil.ID)
					}
				}
			}
			if a.group == b.group && a.pupil.CareHome != "" && a.pupil.CareHome == b.pupil.CareHome {
				t.Errorf("%s and %s of one care home are in one group", a.pupil.ID, b.pupil.ID)
			}
			if mayShareZone(a.group, b.group) && (traits(a, "anxious_refuser") && traits(b, "aggressive") || traits(b, "anxious_refuser") && traits(a, "aggressive")) {
				t.Errorf("%s and %s, one anxious and one aggressive, are in one zone", a.pupil.ID, b.pupil.ID)
			}
			if apart[[2]matching.PupilID{a.pupil.ID, b.pupil.ID}] {
				t.Errorf("%s and %s, who are to be kept apart, are on one site", a.pupil.ID, b.pupil.ID)
			}
		}
	}
}

func traits(x stay, trait string) bool { return slices.Contains(x.pupil.Traits, trait) }

// mayShareZone tells whether pupils of two groups of a site could be in one zone, some of
// them as newcomers.
func mayShareZone(a, b *matching.Group) bool {
	zones := func(g *matching.Group) []string {
		if g.Newcomer != nil {
			return []string{g.Zone, g.Newcomer.Zone}
		}
		return []string{g.Zone}
	}
	return slices.ContainsFunc(zones(a), func(z string) bool { return slices.Contains(zones(b), z) })
}

// checkStay looks at one placement alone: criteria, journey, other commitments, dates.
func (w *world) checkStay(t *testing.T, x stay) {
	t.Helper()
	p, g, a := x.pupil, x.group, &x.group.Accepts
	for _, trait := range a.Refuses {
		if slices.Contains(p.Traits, trait) {
			t.Errorf("%s refuses %s, and %s is there", g.ID, trait, p.ID)
		}
	}
	for _, n := range p.Needs {
		if n.Must && a.Needs != nil && !slices.Contains(a.Needs, n.Code) {
			t.Errorf("%s can't meet the need %s of %s", g.ID, n.Code, p.ID)
		}
	}
	if !slices.Contains(a.Years, p.Year) || a.Sex != "" && a.Sex != p.Sex {
		t.Errorf("%s is of Year %d and sex %s, in %s", p.ID, p.Year, p.Sex, g.ID)
	}
	limit := w.policy.MaxTravelMinutes.Secondary
	if p.Year <= 6 {
		limit = w.policy.MaxTravelMinutes.Primary
	}
	if m := w.minutes(p, w.site[g.Site]); m > limit {
		t.Errorf("%s travels %d minutes to %s", p.ID, m, g.Site)
	}
	if p.Busy&x.sessions != 0 {
		t.Errorf("%s is busy at sessions of %s", p.ID, x.placement.ID)
	}
	full := x.sessions.Len() >= w.policy.FullTimeSessions
	if !g.IsRegistered() && full && (p.EHCP || p.LookedAfter) {
		t.Errorf("%s is full time in %s, which is not registered", p.ID, g.ID)
	}
	if x.placement.To < w.AsOf || x.placement.From < g.Open.From || x.placement.To > w.Horizon || x.placement.To < x.placement.From {
		t.Errorf("%s is from %s to %s", x.placement.ID, x.placement.From, x.placement.To)
	}
}

// minutes is the contract's estimate of a journey.
func (w *world) minutes(p *matching.Pupil, s *matching.Site) int {
	const rad = math.Pi / 180
	sin := func(degrees float64) float64 { return math.Pow(math.Sin(degrees*rad/2), 2) }
	h := sin(*s.Latitude-*p.Latitude) + math.Cos(*p.Latitude*rad)*math.Cos(*s.Latitude*rad)*sin(*s.Longitude-*p.Longitude)
	km := 2 * 6371 * math.Asin(math.Sqrt(h))
	return int(math.Ceil(km * w.policy.TravelDetour / w.policy.TravelSpeedKMH * 60))
}

// A pupil sent home can start in time: he is ready by a deadline that is not over.
func TestSnapshot_readyByTheDeadline(t *testing.T) {
	t.Parallel()
	for _, day := range []string{"", "2026-11-27", "2027-01-04", "2027-06-30", "2027-07-16", "2027-08-10"} {
		o := generate.Options{Referrals: 300, Groups: 40, Seed: 5}
		if day != "" {
			o.AsOf = calendar.MustDate(day)
		}
		s, seen := generated(t, o), 0
		for _, r := range s.Referrals {
			if r.Deadline == 0 {
				continue
			}
			seen++
			if r.Deadline < r.ReadyFrom || r.Deadline < s.AsOf || r.Received > s.AsOf {
				t.Errorf("%s %s: received %s, ready from %s, deadline %s", day, r.ID, r.Received, r.ReadyFrom, r.Deadline)
			}
		}
		if seen == 0 {
			t.Errorf("%s: no deadline", day)
		}
	}
}
