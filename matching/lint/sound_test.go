package lint_test

import (
	"slices"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/lint"
)

// zoneOn is the zone of the site in which a stay is spent on a day, and whether its pupil
// is settled: a newcomer's first school days are counted one by one.
func (w *linted) zoneOn(stay matching.Stay, d calendar.Date) (zone string, settled bool) {
	g := w.group(stay.Group)
	if g.Newcomer == nil {
		return g.Zone, true
	}
	days := 0
	for day := stay.From; day <= d; day++ {
		if w.schoolDay(day) {
			days++
		}
	}
	if days <= g.Newcomer.Days {
		return g.Newcomer.Zone, false
	}
	return g.Zone, true
}

// meet tells whether two pupils in two stays break a separation, day by day.
func (w *linted) meet(p *matching.Pupil, a matching.Stay, q *matching.Pupil, b matching.Stay) bool {
	for _, sep := range matching.Separations(w.s) {
		verdict, until := sep.Apart(p, q)
		if verdict != matching.Refuses || w.group(a.Group).Site != w.group(b.Group).Site {
			continue
		}
		theirs := w.attended(b)
		for _, m := range w.attended(a) {
			if until != 0 && m.date > until || !slices.Contains(theirs, m) {
				continue
			}
			zoneA, settledA := w.zoneOn(a, m.date)
			zoneB, settledB := w.zoneOn(b, m.date)
			switch sep.Scope() {
			case matching.OnSite:
				return true
			case matching.InZone:
				if zoneA == zoneB {
					return true
				}
			case matching.InGroup:
				if a.Group == b.Group && settledA && settledB {
					return true
				}
			}
		}
	}
	return false
}

// A joint search tries all ways to give each of several referrals an option.
type joint struct {
	*linted
	ids     []matching.ReferralID
	options [][]matching.Option
	chosen  []*matching.Option
	fits    func(chosen []*matching.Option) bool // asked whenever one more is chosen
	tries   int
}

const mostTries = 200_000

// possible tells whether there is a way; sure, whether the search came to its end.
func (w *linted) possible(ids []matching.ReferralID, fits func([]*matching.Option) bool) (found, sure bool) {
	j := &joint{linted: w, ids: ids, fits: fits}
	for _, id := range ids {
		j.options = append(j.options, w.feasible(id))
	}
	found = j.search()
	return found, j.tries <= mostTries
}

func (j *joint) search() bool {
	n := len(j.chosen)
	if n == len(j.ids) {
		return true
	}
	for i := range j.options[n] {
		if j.tries++; j.tries > mostTries {
			return false
		}
		j.chosen = append(j.chosen, &j.options[n][i])
		if j.fits(j.chosen) && j.search() {
			return true
		}
		j.chosen = j.chosen[:n]
	}
	return false
}

// newestMeets tells whether the last chosen is together with one chosen before, and must be apart.
func (w *linted) newestMeets(chosen []*matching.Option) bool {
	last := chosen[len(chosen)-1]
	for _, other := range chosen[:len(chosen)-1] {
		for _, a := range last.Stays {
			for _, b := range other.Stays {
				p, q := w.pupil(w.referral(last.Referral).Pupil), w.pupil(w.referral(other.Referral).Pupil)
				if p.ID != q.ID && w.meet(p, a, q, b) {
					return true
				}
			}
		}
	}
	return false
}

// TestR4_R8_rivalClique proves by trying everything that the referrals of a rival clique
// can't all be placed.
func TestR4_R8_rivalClique(t *testing.T) {
	t.Parallel()
	proven, larger := map[matching.Scope]int{}, 0
	eachWorld(t, 400, func(w *linted) {
		seen := map[matching.ReferralID]bool{}
		for _, f := range w.of(lint.RivalClique) {
			for _, id := range f.Referrals {
				if seen[id] {
					t.Errorf("%s is in two findings", id)
				}
				seen[id] = true
			}
			if *f.Observed != len(f.Referrals) || *f.Limit != len(f.Rooms) || *f.Limit >= *f.Observed {
				t.Errorf("the numbers do not fit: %s", encoded(t, f))
			}
			found, sure := w.possible(f.Referrals, func(chosen []*matching.Option) bool { return !w.newestMeets(chosen) })
			if found {
				t.Errorf("there is room for %s", f.Referrals)
			}
			if sure {
				proven[f.Scope]++
				larger += *f.Limit - 1
			}
		}
	})
	for _, scope := range []matching.Scope{matching.InGroup, matching.InZone, matching.OnSite} {
		if proven[scope] < 10 {
			t.Errorf("only %d at scope %s", proven[scope], scope)
		}
	}
	if larger == 0 {
		t.Error("no clique with two rooms")
	}
}

// A place taken is one pupil's at a moment in a group.
type taken struct {
	group matching.GroupID
	attendance
}

// overdrawn tells whether the chosen need more places or adults somewhere than there are.
// A pupil counts once at a moment, with what the last stay needs.
func (w *linted) overdrawn(chosen []*matching.Option) bool {
	at := map[taken]map[matching.PupilID]int{}
	book := func(id matching.PupilID, stay matching.Stay, demand int) {
		for _, m := range w.attended(stay) {
			key := taken{stay.Group, m}
			if at[key] == nil {
				at[key] = map[matching.PupilID]int{}
			}
			at[key][id] = demand
		}
	}
	for i := range w.s.Placements {
		p := &w.s.Placements[i]
		book(p.Pupil, matching.Stay{Group: p.Group, Pattern: p.Pattern, From: p.From, To: p.To}, w.demand(p.Pupil, p.OwnAdult))
	}
	for _, o := range chosen {
		r := w.referral(o.Referral)
		for _, stay := range o.Stays {
			demand := w.demand(r.Pupil, r.OwnAdult)
			if given, ok := r.Given[stay.Group]; ok && given.AdultDemand != nil && !r.OwnAdult {
				demand = *given.AdultDemand
			}
			book(r.Pupil, stay, demand)
		}
	}
	for _, o := range chosen {
		for _, stay := range o.Stays {
			for _, m := range w.attended(stay) {
				if w.tooMany(stay.Group, m, at[taken{stay.Group, m}]) {
					return true
				}
			}
		}
	}
	return false
}

func (w *linted) tooMany(id matching.GroupID, m attendance, there map[matching.PupilID]int) bool {
	g, adults := w.group(id), 0
	for _, n := range there {
		adults += n
	}
	i := slices.IndexFunc(w.s.Sites, func(s matching.Site) bool { return s.ID == g.Site })
	places, limited := g.PlacesOn(m.session, m.date)
	own, staffed := g.AdultsOn(m.session, m.date)
	return limited && len(there) > places || staffed && adults > own+w.s.Sites[i].FloatingAdultsOn(m.session, m.date)
}

func (w *linted) demand(id matching.PupilID, ownAdult bool) int {
	p := w.pupil(id)
	switch {
	case ownAdult:
		return 0
	case !p.Knows(matching.FactSupport):
		return w.s.Policy.Support[w.s.Policy.UnknownSupport]
	}
	return w.s.Policy.Support[p.Support]
}

// TestR1_R2_demandExceeds proves by trying everything that the referrals can't all have a place.
func TestR1_R2_demandExceeds(t *testing.T) {
	t.Parallel()
	proven, several := 0, 0
	eachWorld(t, 150, func(w *linted) {
		for _, f := range w.of(lint.DemandExceeds) {
			found, sure := w.possible(f.Referrals, func(chosen []*matching.Option) bool { return !w.overdrawn(chosen) })
			if found {
				t.Errorf("there is room for %s", f.Referrals)
			}
			if sure {
				proven++
				several += len(f.Groups) - 1
			}
		}
	})
	if proven < 20 || several == 0 {
		t.Errorf("only %d proven, %d further groups", proven, several)
	}
}

// TestR1_R2_R4_R10_standing holds standing placements against a count of every day.
func TestR1_R2_R4_R10_standing(t *testing.T) {
	t.Parallel()
	eachWorld(t, 100, func(w *linted) {
		type key struct {
			code lint.Code
			id   string
		}
		got, want := map[key]int{}, map[key]int{}
		for _, f := range w.findings {
			switch f.Code {
			case lint.PlacesStanding, lint.TraitLimitStanding:
				got[key{f.Code, string(f.Groups[0])}] += f.Times
			case lint.StaffingStanding:
				got[key{f.Code, string(f.Sites[0])}] += f.Times
			default: // not counted by moments
			}
		}
		for d := w.s.AsOf; d <= w.s.Horizon; d++ {
			for session := range calendar.Week.All() {
				m := attendance{d, session}
				short := map[matching.SiteID]int{}
				for i := range w.s.Groups {
					g := &w.s.Groups[i]
					there := w.there(g, m)
					if places, limited := g.PlacesOn(session, d); limited && len(there) > places {
						want[key{lint.PlacesStanding, string(g.ID)}]++
					}
					if own, limited := g.AdultsOn(session, d); limited {
						short[g.Site] += max(w.demands(there)-own, 0)
					}
					for trait, most := range lowest(g.Limits) {
						if n := w.noted(there, trait); n > most {
							want[key{lint.TraitLimitStanding, string(g.ID)}]++
						}
					}
				}
				for i := range w.s.Sites {
					if short[w.s.Sites[i].ID] > w.s.Sites[i].FloatingAdultsOn(session, d) {
						want[key{lint.StaffingStanding, string(w.s.Sites[i].ID)}]++
					}
				}
			}
		}
		for k, n := range want {
			if got[k] != n {
				t.Errorf("%s %s: got %d, want %d", k.code, k.id, got[k], n)
			}
			delete(got, k)
		}
		for k := range got {
			t.Errorf("%s %s is not so", k.code, k.id)
		}
		w.apart()
	})
}

// apart holds the pairs who should not be together against every pair of placements.
func (w *linted) apart() {
	for i := range w.s.Placements {
		for k := range i {
			a, b := &w.s.Placements[i], &w.s.Placements[k]
			if a.Pupil == b.Pupil {
				continue
			}
			ids := []matching.PlacementID{b.ID, a.ID} // by id, as the snapshot is canonical
			said := slices.ContainsFunc(w.of(lint.ApartStanding), func(f lint.Finding) bool { return slices.Equal(f.Placements, ids) })
			meet := w.meet(w.pupil(a.Pupil), matching.Stay{Group: a.Group, Pattern: a.Pattern, From: a.From, To: a.To},
				w.pupil(b.Pupil), matching.Stay{Group: b.Group, Pattern: b.Pattern, From: b.From, To: b.To})
			if said != meet {
				w.Errorf("%s are together: %t; said to be: %t", ids, meet, said)
			}
		}
	}
}

func lowest(limits []matching.Limit) map[string]int {
	out := map[string]int{}
	for _, l := range limits {
		if n, known := out[l.Trait]; !known || l.Max < n {
			out[l.Trait] = l.Max
		}
	}
	return out
}

// there are the placements of a group at a moment.
func (w *linted) there(g *matching.Group, m attendance) (out []*matching.Placement) {
	for i := range w.s.Placements {
		p := &w.s.Placements[i]
		if p.Group == g.ID && slices.Contains(w.attended(matching.Stay{Group: p.Group, Pattern: p.Pattern, From: max(p.From, m.date), To: min(p.To, m.date)}), m) {
			out = append(out, p)
		}
	}
	return out
}

func (w *linted) demands(there []*matching.Placement) (sum int) {
	for _, p := range there {
		sum += w.demand(p.Pupil, p.OwnAdult)
	}
	return sum
}

func (w *linted) noted(there []*matching.Placement, trait string) (n int) {
	for _, p := range there {
		pupil := w.pupil(p.Pupil)
		if pupil.Knows(matching.FactTraits) && slices.Contains(pupil.Traits, trait) {
			n++
		}
	}
	return n
}
