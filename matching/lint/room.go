package lint

import (
	"cmp"
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// A place is as much of a site as a scope tells apart.
type place struct {
	site  matching.SiteID
	zone  string
	group matching.GroupID
}

func comparePlaces(a, b place) int {
	return cmp.Or(cmp.Compare(a.site, b.site), cmp.Compare(a.zone, b.zone), cmp.Compare(a.group, b.group))
}

// own is the place of a stay once it is settled.
func (g *rivalGraph) own(st *stay) place {
	switch g.scope {
	case matching.InGroup:
		return place{st.group.Site, st.group.Zone, st.group.ID}
	case matching.InZone:
		return place{site: st.group.Site, zone: st.group.Zone}
	case matching.OnSite:
	}
	return place{site: st.group.Site}
}

// A piece is a run of days of an option at one place.
type piece struct {
	at       place
	mask     calendar.Sessions
	from, to calendar.Date
}

// pieces are where an option is, until a last day. Nobody meets anyone of the
// group in his first days there.
func (g *rivalGraph) pieces(option []*stay, until calendar.Date) []piece {
	var out []piece
	add := func(at place, st *stay, from, to calendar.Date) {
		if to = min(to, until); from <= to {
			out = append(out, piece{at, st.mask, from, to})
		}
	}
	for _, st := range option {
		switch g.scope {
		case matching.InGroup:
			add(g.own(st), st, max(st.from, st.settled), st.to)
		case matching.InZone:
			if st.group.Newcomer != nil {
				add(place{site: st.group.Site, zone: st.group.Newcomer.Zone}, st, st.from, min(st.to, st.settled-1))
			}
			add(g.own(st), st, max(st.from, st.settled), st.to)
		case matching.OnSite:
			add(g.own(st), st, st.from, st.to)
		}
	}
	return out
}

// A claim is one option of a member of a clique, in pieces.
type claim struct {
	member int
	pieces []piece
	room   int
}

// A seat is a member of a crowded clique and the rooms that it could have.
type seat struct {
	member int
	rooms  []room
}

type room struct {
	at place
	moment
}

// crowded are the parts of a clique that have fewer rooms than members.
func (g *rivalGraph) crowded(clique []int, work *int) (parts [][]seat) {
	clique = g.narrowed(clique)
	if len(clique) < 2 {
		return nil
	}
	claims, clique := g.claims(clique)
	rooms, ok := g.assign(claims, work)
	if !ok || len(clique) < 2 {
		return nil
	}
	adjacent := make([][]int, len(clique))
	for _, c := range claims {
		n := slices.Index(clique, c.member)
		adjacent[n] = append(adjacent[n], c.room)
	}
	capacity := make([]int, len(rooms))
	for i := range capacity {
		capacity[i] = 1
	}
	for i := range adjacent {
		adjacent[i] = sorted(adjacent[i])
	}
	for _, short := range shortages(adjacent, capacity, matchingWork) {
		var seats []seat
		for _, n := range short.seekers {
			s := seat{member: clique[n]}
			for _, i := range adjacent[n] {
				s.rooms = append(s.rooms, rooms[i])
			}
			seats = append(seats, s)
		}
		parts = append(parts, seats)
	}
	return parts
}

// narrowed leaves those who can be in a crowded part of the clique: at fewer
// places than there are members.
func (g *rivalGraph) narrowed(clique []int) []int {
	for {
		few := slices.DeleteFunc(slices.Clone(clique), func(n int) bool { return g.places[n] >= len(clique) })
		if len(few) == len(clique) {
			return few
		}
		clique = few
	}
}

// claims are the options of a clique, as long as all of it must be apart. A member
// with an option that is nowhere at any time is free, and left out.
func (g *rivalGraph) claims(clique []int) (claims []claim, bound []int) {
	until := g.l.s.Horizon
	for i, n := range clique {
		for _, m := range clique[:i] {
			until = min(until, g.until[n][m])
		}
	}
	for _, n := range clique {
		free := false
		var own []claim
		for _, option := range g.l.offers[g.members[n]].options {
			c := claim{member: n, pieces: g.pieces(option, until), room: -1}
			takesPlace := func(p piece) bool {
				return g.l.firstMoment(&stay{mask: p.mask, from: p.from, to: p.to}) != 0
			}
			free = free || !slices.ContainsFunc(c.pieces, takesPlace)
			own = append(own, c)
		}
		if !free {
			claims, bound = append(claims, own...), append(bound, n)
		}
	}
	return claims, bound
}

// assign gives every claim a room that it covers: again and again the room that the most
// claims cover that have none yet.
func (g *rivalGraph) assign(claims []claim, work *int) (rooms []room, ok bool) {
	for left := len(claims); left > 0; {
		best := g.fullest(claims, work)
		if *work < 0 {
			return nil, false
		}
		for i := range claims {
			if claims[i].room < 0 && claims[i].covers(best) {
				claims[i].room = len(rooms)
				left--
			}
		}
		rooms = append(rooms, best)
	}
	return rooms, true
}

func (c *claim) covers(r room) bool {
	return slices.ContainsFunc(c.pieces, func(p piece) bool {
		return p.at == r.at && p.mask.Has(r.session) && p.from <= r.date && r.date <= p.to
	})
}

// fullest is the moment at a place that the most claims without a room cover; of
// several the first, by place, session and date.
func (g *rivalGraph) fullest(claims []claim, work *int) room {
	days := g.l.days
	steps := map[place]*[calendar.PerWeek][]int{}
	for i := range claims {
		if claims[i].room >= 0 {
			continue
		}
		for _, p := range claims[i].pieces {
			at := steps[p.at]
			if at == nil {
				at = &[calendar.PerWeek][]int{}
				steps[p.at] = at
			}
			for s := range p.mask.All() {
				*work--
				if at[s] == nil {
					at[s] = make([]int, days.Len(s)+1)
				}
				if lo, hi := days.Occurrences(s, p.from, p.to); lo < hi {
					at[s][lo]++
					at[s][hi]--
				}
			}
		}
	}
	var best room
	most := 0
	for _, at := range sortedPlaces(steps) {
		for s := range calendar.Week.All() {
			n := 0
			for i, step := range steps[at][s] {
				*work--
				if n += step; n > most {
					best, most = room{at, moment{days.On(s, i), s}}, n
				}
			}
		}
	}
	return best
}

// finding says which referrals can't all be placed, by which rules, and where they could be.
func (g *rivalGraph) finding(seats []seat) Finding {
	f := Finding{Code: RivalClique, Scope: g.scope, Observed: new(len(seats))}
	var rooms []room
	for i, s := range seats {
		o := &g.l.offers[g.members[s.member]]
		f.Referrals = append(f.Referrals, o.referral.ID)
		f.Pupils = append(f.Pupils, o.pupil.ID)
		rooms = append(rooms, s.rooms...)
		for _, other := range seats[:i] {
			for _, sep := range g.l.apartBy {
				until, parted := refused(sep, o.pupil, g.l.offers[g.members[other.member]].pupil)
				if parted && until >= g.l.s.AsOf && reach(sep.Scope(), g.scope) {
					f.Codes = append(f.Codes, string(sep.Code()))
				}
			}
		}
	}
	slices.SortFunc(rooms, func(a, b room) int {
		return cmp.Or(comparePlaces(a.at, b.at), cmp.Compare(a.date, b.date), cmp.Compare(a.session, b.session))
	})
	for _, r := range slices.Compact(rooms) {
		f.Rooms = append(f.Rooms, Room{r.at.site, r.at.zone, r.at.group, r.date, r.session.String()})
		f.Sites = append(f.Sites, r.at.site)
	}
	f.Pupils, f.Codes, f.Sites = sorted(f.Pupils), sorted(f.Codes), sorted(f.Sites)
	f.Limit = new(len(f.Rooms))
	return f
}
