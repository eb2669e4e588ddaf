package generate

import (
	"fmt"
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// A route is why pupils are referred, and what follows from it.
type route struct {
	reason  string
	profile *profile
	urgent  int // of a thousand
	aim     matching.Aim
	later   matching.Aim // in Key Stage 4 and after
	short   bool         // a stay of days
}

// routes by how many of a thousand referrals they are. There is no national figure for
// this mix among our sources: fewer than half of the pupils of AP schools had been excluded
// (domain.md section 5, fft), and the rest are the reasons that the reports tell of.
var routes = shares[route]{
	{route{"permanently_excluded", &excluded, 0, matching.Transition, matching.Qualification, false}, 270},
	{route{"prevent_exclusion", &suspended, 300, matching.Reintegration, matching.Reintegration, false}, 330},
	{route{"reintegration_failed", &suspended, 600, matching.Transition, matching.Qualification, false}, 85},
	{route{"anxious_refusal", &suspended, 200, matching.Reintegration, matching.Reintegration, false}, 90},
	{route{"medical", &suspended, 300, matching.Reintegration, matching.Qualification, false}, 45},
	{route{"new_arrival", &suspended, 300, matching.Assessment, matching.Qualification, false}, 40},
	{route{"pru_transfer", &suspended, 500, matching.Transition, matching.Qualification, false}, 55},
	{route{"not_in_education", &suspended, 700, matching.Assessment, matching.Qualification, false}, 12},
	{route{"community_safety", &suspended, 1000, matching.Transition, matching.Qualification, false}, 10},
	{route{"respite", &suspended, 500, matching.Respite, matching.Respite, true}, 25},
	{route{"consequence", &suspended, 300, matching.Respite, matching.Respite, true}, 15},
	{route{"safety", &suspended, 1000, matching.Respite, matching.Respite, true}, 18},
	{route{pregnant, &suspended, 1000, matching.Qualification, matching.Qualification, false}, 5},
}

const (
	pregnant    = "pregnant_or_parent"
	transfer    = "pru_transfer"
	permanently = "permanently_excluded"
	prevention  = "prevent_exclusion"
	refusal     = "anxious_refusal"
)

// usualReasons are those that a group takes when its format does not say: no short
// stays, and a few reasons that not everybody is ready for.
func usualReasons(d draws) []string {
	taken := map[string]int{permanently: 920, transfer: 850, "new_arrival": 850, "medical": 800, "community_safety": 300, pregnant: 250}
	var out []string
	for _, r := range routes {
		likely, limited := taken[r.of.reason]
		if !r.of.short && (!limited || d.chance(likely)) {
			out = append(out, r.of.reason)
		}
	}
	return out
}

// Of a thousand referrals, or of those named.
const (
	longSuspended = 23  // of those to be kept from exclusion: suspended for more than five days (SFR35/2017, domain.md section 5)
	alreadyHere   = 600 // of transfers: a standing pupil moves on
	familyChose   = 150
	bringsAdult   = 200 // of those with one-to-one support
)

func (m *maker) refer() {
	d := m.draws(toRefer)
	m.snapshot.Referrals = make([]matching.Referral, 0, m.options.Referrals)
	places := m.pupils // the standing ones
	for i := range m.options.Referrals {
		r := routes.draw(d)
		p := (*pupil)(nil)
		if r.reason == transfer && len(places) > 0 && d.chance(alreadyHere) {
			p = pick(d, places)
		}
		if p == nil || p.referred {
			p = m.newcomer(d, &r)
		}
		p.referred = true
		out := matching.Referral{
			ID: matching.ReferralID(fmt.Sprintf("referral-%06d", i+1)), Pupil: p.facts.ID, Reason: r.reason,
			Aim: r.aim, OwnAdult: p.facts.Support == "one_to_one" && d.chance(bringsAdult),
		}
		if p.facts.Year >= 10 {
			out.Aim = r.later
		}
		m.date(d, &out, &r, p)
		m.wish(d, &out, &r, p)
		m.snapshot.Referrals = append(m.snapshot.Referrals, out)
		m.referred = append(m.referred, p)
		m.step()
	}
}

// newcomer draws a pupil who is in no group yet.
func (m *maker) newcomer(d draws, r *route) *pupil {
	w := wanted{profile: r.profile, years: r.profile.years}
	// Refusers are the pupils referred as such, and so many others that the share is right.
	const refusals = 90
	w.anxious = (anxiousRefusers - refusals) * 1000 / (1000 - refusals)
	w.aggressive = aggressivePupils * 1000 / (1000 - anxiousRefusers)
	switch r.reason {
	case refusal:
		w.anxious = 1000
	case pregnant:
		w.sex = matching.Female
		w.years = w.years.those(func(y int) bool { return y >= 9 && y <= 11 })
	}
	year := w.years.draw(d)
	w.years = shares[int]{{year, 1}}
	for range 4 { // a few chances to live where somebody takes such pupils
		w.hood = pick(d, pick(d, m.groups).site.hoods)
		if w.hood.serves(year, r.reason) {
			break
		}
	}
	p := m.draw(d, w)
	m.admit(p)
	if r.reason != permanently && d.chance(dualRegistered) {
		p.facts.Busy = pick(d, homeSchool)
	}
	return p
}

// phase is 0 for primary years, and 1 after.
func phase(year int) int {
	if year <= 6 {
		return 0
	}
	return 1
}

// serves tells whether there is a group within the journey for a year and a reason.
func (h *hood) serves(year int, reason string) bool {
	for _, s := range h.sites[phase(year)] {
		for _, g := range s.opened {
			if a := &g.facts.Accepts; slices.Contains(a.Years, year) && slices.Contains(a.Reasons, reason) {
				return true
			}
		}
	}
	return false
}

// date sets when the referral came, how urgent it is, and when the pupil may start.
func (m *maker) date(d draws, out *matching.Referral, r *route, p *pupil) {
	now, y := m.options.AsOf, m.year
	out.Priority = "routine"
	if d.chance(r.urgent) || p.facts.LookedAfter {
		out.Priority = "urgent"
	}
	if r.reason == permanently || r.reason == prevention && d.chance(longSuspended) {
		sent := now - calendar.Date(d.IntN(9)) // home; it is the first of six school days
		for y.nth(sent, 6) < y.schoolDay(now) {
			sent++ // whose sixth day is over is placed already
		}
		out.Priority = "statutory"
		out.Received = min(sent+calendar.Date(d.IntN(3)), now)
		out.Deadline = y.nth(sent, 6)
		out.ReadyFrom = min(y.schoolDay(now+calendar.Date(d.IntN(4))), out.Deadline) // else every start is late
		return
	}
	out.Received = now - calendar.Date(d.between(3, 28))
	if wait := d.between(-7, 28); wait > 0 {
		out.ReadyFrom = y.schoolDay(now + calendar.Date(wait))
	}
}

// sessionsWanted a week, as in the published benchmark instances.
var sessionsWanted = shares[int]{{10, 40}, {6, 10}, {5, 25}, {4, 15}, {2, 10}}

var approaches = []string{"practical", "small_group", "academic", "creative", "therapeutic", "structured", "outdoor", "mentoring"}

func (m *maker) wish(d draws, out *matching.Referral, r *route, p *pupil) {
	w := &out.Wants
	w.Sessions = sessionsWanted.draw(d)
	if r.reason == permanently && d.chance(700) {
		w.Sessions = calendar.PerWeek
	}
	w.Sessions = min(w.Sessions, calendar.PerWeek-p.facts.Busy.Len())
	switch {
	case r.short:
		w.Days = d.between(1, 3)
	case out.Aim == matching.Qualification:
		if d.chance(300) {
			w.Weeks = pick(d, []int{26, 38})
		}
	default:
		w.Weeks = pick(d, []int{0, 6, 6, 8, 12, 12, 13})
	}
	if d.chance(700) {
		w.Offers = append(w.Offers, core...)
	}
	if p.facts.Year >= 9 && d.chance(600) {
		w.Offers = append(w.Offers, pick(d, trades))
	}
	w.Approaches = pickSome(d, approaches, d.IntN(3))
	if d.chance(familyChose) {
		w.Groups = m.choice(d, p)
	}
}

// choice is what a family might have visited: up to three groups nearby that would take the pupil.
func (m *maker) choice(d draws, p *pupil) []matching.GroupID {
	var out []matching.GroupID
	for _, s := range pickSome(d, p.hood.sites[phase(p.facts.Year)], 6) {
		for _, g := range s.opened {
			if len(out) < 3 && g.admits(p) && d.chance(500) {
				out = append(out, g.facts.ID)
			}
		}
	}
	return out
}
