package verify

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// A world is a snapshot as its own canonical text reads, so that every default is
// written out and every id leads somewhere, with the ids looked up.
type world struct {
	*matching.Snapshot
	hash       string
	days       days
	sites      []*site // by id
	groups     map[matching.GroupID]*group
	pupils     map[matching.PupilID]*matching.Pupil
	referrals  map[matching.ReferralID]*matching.Referral
	placements map[matching.PlacementID]*stay
	friends    map[matching.PupilID][]matching.PupilID // both ways
	standing   []*stay                                 // as the snapshot has them, by placement id
}

// A site is where groups meet.
type site struct {
	*matching.Site
	groups []*group
	stays  []*stay // of the whole plan
}

// A group is one of the snapshot's.
type group struct {
	*matching.Group
	site     *site
	standing []*stay // as the snapshot has them
	stays    []*stay // of the whole plan
	doubled  bool    // some pupil has both new and standing stays here
	load     []load  // of the standing stays; nil until it is asked for
	now      []*stay // who is there at the moment that is looked at
}

// A stay is one pupil in one group at some sessions between two dates, both included.
type stay struct {
	referral  matching.ReferralID  // of a new stay
	placement matching.PlacementID // of a standing or a moved one
	planned   bool                 // new or moved
	movable   bool
	pupil     *matching.Pupil
	group     *group
	pattern   matching.PatternID
	sessions  calendar.Sessions
	from, to  calendar.Date
	settled   calendar.Date // the first day after those in the newcomer zone
	demand    int           // thousandths of an adult
	n         int           // its place among the site's
}

// newWorld reads a snapshot back from its encoding: what Read refuses is an error.
func newWorld(s *matching.Snapshot) (*world, error) {
	var text bytes.Buffer
	if err := s.Encode(&text); err != nil {
		return nil, err
	}
	digest := sha256.Sum256(text.Bytes())
	read, err := matching.Read(&text)
	if err != nil {
		return nil, fmt.Errorf("verify: %w", err)
	}
	w := &world{
		Snapshot: read, hash: "sha256:" + hex.EncodeToString(digest[:]),
		groups:     map[matching.GroupID]*group{},
		pupils:     map[matching.PupilID]*matching.Pupil{},
		referrals:  map[matching.ReferralID]*matching.Referral{},
		placements: map[matching.PlacementID]*stay{},
		friends:    map[matching.PupilID][]matching.PupilID{},
	}
	first := w.AsOf
	for i := range w.Placements {
		first = min(first, w.Placements[i].From)
	}
	w.days = newDays(first, w.Horizon, w.Calendar.Closed)
	w.lookUp()
	return w, nil
}

func (w *world) lookUp() {
	sites := map[matching.SiteID]*site{}
	for i := range w.Sites {
		s := &site{Site: &w.Sites[i]}
		sites[s.ID] = s
		w.sites = append(w.sites, s)
	}
	for i := range w.Groups {
		g := &group{Group: &w.Groups[i], site: sites[w.Groups[i].Site]}
		g.site.groups = append(g.site.groups, g)
		w.groups[g.ID] = g
	}
	for i := range w.Pupils {
		p := &w.Pupils[i]
		w.pupils[p.ID] = p
		for _, friend := range p.Friends {
			w.friends[p.ID] = append(w.friends[p.ID], friend)
			w.friends[friend] = append(w.friends[friend], p.ID)
		}
	}
	for i := range w.Referrals {
		w.referrals[w.Referrals[i].ID] = &w.Referrals[i]
	}
	for i := range w.Placements {
		p := &w.Placements[i]
		g := w.groups[p.Group]
		sessions, _ := g.pattern(p.Pattern)
		st := &stay{
			placement: p.ID, movable: p.Movable, pupil: w.pupils[p.Pupil], group: g,
			pattern: p.Pattern, sessions: sessions, from: p.From, to: p.To,
		}
		if !p.OwnAdult {
			st.demand = w.share(st.pupil)
		}
		w.settle(st)
		w.placements[p.ID] = st
		w.standing = append(w.standing, st)
		g.standing = append(g.standing, st)
	}
}

// pattern gives the sessions of one of the group's patterns.
func (g *group) pattern(id matching.PatternID) (calendar.Sessions, bool) {
	for _, p := range g.Patterns {
		if p.ID == id {
			return p.Sessions, true
		}
	}
	return 0, false
}

// placesAt is how many pupils there may be in a group at a moment, if that is limited: the last word is a
// change's that is about the moment.
func (g *group) placesAt(m moment) (n int, limited bool) {
	n, limited = g.Places[m.session]
	for _, c := range g.Changes {
		if other, stated := c.Places[m.session]; stated && c.From <= m.day && m.day <= c.To {
			n, limited = other, true
		}
	}
	return n, limited
}

// adultsAt is how many thousandths of an adult a group has at a moment, if that is limited.
func (g *group) adultsAt(m moment) (n int, limited bool) {
	n, limited = g.Adults[m.session]
	for _, c := range g.Changes {
		if other, stated := c.Adults[m.session]; stated && c.From <= m.day && m.day <= c.To {
			n, limited = other, true
		}
	}
	return n, limited
}

// floatingAt is how many thousandths of an adult float on a site at a moment.
func (s *site) floatingAt(m moment) int {
	n := s.FloatingAdults[m.session]
	for _, c := range s.Changes {
		if other, stated := c.FloatingAdults[m.session]; stated && c.From <= m.day && m.day <= c.To {
			n = other
		}
	}
	return n
}

// share is what a pupil uses of an adult, in thousandths.
func (w *world) share(p *matching.Pupil) int {
	if !knows(p, matching.FactSupport) {
		return w.Policy.Support[w.Policy.UnknownSupport]
	}
	return w.Policy.Support[p.Support]
}

// knows tells whether a fact of a pupil is known.
func knows(p *matching.Pupil, fact matching.Fact) bool { return !slices.Contains(p.Unknown, fact) }

// settle finds the first day on which a stay is out of the newcomer zone.
func (w *world) settle(st *stay) {
	st.settled = st.from
	if st.group.Newcomer == nil || st.from < w.days.first {
		return
	}
	count := 0
	for d := st.from; d <= w.days.last; d++ {
		if w.days.open(d) {
			count++
		}
		if count > st.group.Newcomer.Days {
			return
		}
		st.settled = d + 1
	}
}

// includes tells whether a day is among those of a stay.
func (st *stay) includes(d calendar.Date) bool { return st.from <= d && d <= st.to }

// attends tells whether the pupil is there at a session that takes place.
func (st *stay) attends(m moment) bool { return st.includes(m.day) && st.sessions.Has(m.session) }

// A moment is a session on a date on which it takes place.
type moment struct {
	day     calendar.Date
	session calendar.Session
}

// sessionsOn are the morning and the afternoon of a school day.
func sessionsOn(d calendar.Date) [2]calendar.Session {
	morning := calendar.Session(2 * (d.Weekday() - time.Monday))
	return [2]calendar.Session{morning, morning + 1}
}

// moments calls each with every moment of a stay between as_of and the horizon, in order.
func (w *world) moments(st *stay, each func(m moment)) {
	for d := max(st.from, w.AsOf); d <= min(st.to, w.Horizon); d++ {
		if !w.days.open(d) {
			continue
		}
		for _, s := range sessionsOn(d) {
			if st.sessions.Has(s) {
				each(moment{d, s})
			}
		}
	}
}

// takesPlace tells whether a stay has any session.
func (w *world) takesPlace(st *stay) bool {
	some := false
	w.moments(st, func(moment) { some = true })
	return some
}

// days are the school days between two dates: Mondays to Fridays that are not closed.
type days struct {
	first, last calendar.Date
	before      []int // by days from first: how many school days come before that day
}

func newDays(first, last calendar.Date, closed []calendar.Closure) days {
	n := int(last) - int(first) + 1
	shut := make([]int, n+1) // by day: closures that begin, less those that ended the day before
	for _, run := range closed {
		if from, to := max(run.From, first), min(run.To, last); from <= to {
			shut[from-first]++
			shut[to-first+1]--
		}
	}
	d := days{first: first, last: last, before: make([]int, n+1)}
	runs := 0
	for i := range n {
		runs += shut[i]
		d.before[i+1] = d.before[i]
		if day := (first + calendar.Date(i)).Weekday(); runs == 0 && day != time.Saturday && day != time.Sunday {
			d.before[i+1]++
		}
	}
	return d
}

// open tells whether a day is a school day. A day out of range is none.
func (d *days) open(day calendar.Date) bool {
	return d.first <= day && day <= d.last && d.before[day-d.first] < d.before[day-d.first+1]
}

// count is the number of school days from one day to another, both included.
func (d *days) count(from, to calendar.Date) int {
	from, to = max(from, d.first), min(to, d.last)
	if from > to {
		return 0
	}
	return d.before[to-d.first+1] - d.before[from-d.first]
}
