package matching

import (
	"cmp"
	"math/bits"
	"slices"

	"example.org/backontrack/matching/calendar"
)

// A company values the composition of groups (S5, section 3 of the contract) for a
// plan: each group on the latest start among its new stays.
type company struct {
	e     *Engine // with all standing placements
	rest  *Engine // with those that are no seats
	seats []seat
	most  []int64 // by seat
	rooms []roomSeats
}

// A seat is what composition knows of a stay.
type seat struct {
	pupil    int32
	room     int32
	mask     calendar.Sessions
	from, to calendar.Date
	standing bool // what a movable placement has now, whole or cut short: no new stay
}

// roomSeats are what all seats of a room have in common.
type roomSeats struct {
	weeks  map[int32]calendar.Sessions // of pupils with new seats: all their sessions
	starts []calendar.Date
	days   []roomDay // by starts
}

// A roomDay is a room on a day without its seats.
type roomDay struct {
	points  int        // of all who stand there now
	now     []attendee // all of them
	staying []attendee // those of them who are no seats
}

// newCompany is nil where composition is worth nothing.
func newCompany(m *planModel) *company {
	if m.e.policy.Composition == (CompositionPolicy{}) {
		return nil
	}
	c := &company{e: cmp.Or(m.all, m.e), rest: m.e, rooms: make([]roomSeats, len(m.e.groups))}
	for i := range c.rooms {
		c.rooms[i].weeks = map[int32]calendar.Sessions{}
	}
	return c
}

func (c *company) seat(s *planStay) int32 {
	c.add(seat{pupil: s.pupil, room: s.group, mask: s.mask, from: s.from, to: s.to, standing: s.standing})
	return int32(len(c.seats) - 1)
}

func (c *company) add(s seat) {
	c.seats = append(c.seats, s)
	if room := &c.rooms[s.room]; !s.standing {
		room.weeks[s.pupil] |= s.mask
		room.starts = append(room.starts, s.from)
	}
}

func (c *company) seal() {
	for i := range c.rooms {
		room := &c.rooms[i]
		room.starts = sorted(room.starts)
		room.days = make([]roomDay, len(room.starts))
		for n, on := range room.starts {
			now := c.e.attendees(nil, &c.e.groups[i], on)
			room.days[n] = roomDay{c.e.points(now), now, c.rest.attendees(nil, &c.rest.groups[i], on)}
		}
	}
	c.most = make([]int64, len(c.seats))
	for n := range c.seats {
		c.most[n] = c.mostOf(c.seats[n].room, &c.seats[n])
	}
}

// Value is the change of a group's composition points, with all new stays. Whoever has a seat that stands and is in
// none is gone.
func (c *company) Value(room int32, seats []int32) int64 {
	on := c.latest(seats)
	if on == 0 {
		return 0
	}
	day := c.day(room, on)
	var scratch [24]attendee
	return int64(c.e.points(c.seated(scratch[:0], day, seats, on)) - day.points)
}

// latest is the latest start of the new ones of some seats, 0 where none is new.
func (c *company) latest(seats []int32) (on calendar.Date) {
	for _, n := range seats {
		if s := &c.seats[n]; !s.standing {
			on = max(on, s.from)
		}
	}
	return on
}

// day is a room on a day on which a new seat starts.
func (c *company) day(room int32, on calendar.Date) *roomDay {
	n, _ := slices.BinarySearch(c.rooms[room].starts, on)
	return &c.rooms[room].days[n]
}

// seated are those in a room on a day, with those in some seats.
func (c *company) seated(dst []attendee, day *roomDay, seats []int32, on calendar.Date) []attendee {
	dst = append(dst, day.staying...)
	for _, n := range seats {
		if s := &c.seats[n]; s.from <= on && on <= s.to {
			dst = join(dst, attendee{s.pupil, s.mask})
		}
	}
	return dst
}

// points are the composition points of a group.
func (e *Engine) points(present []attendee) int {
	return e.policy.Composition.Friend*e.pairs(present) - e.aloneIn(present)
}

// Most is what a seat can add at best.
func (c *company) Most(_, n int32) int64 { return c.most[n] }

// mostOf is what a new seat can add at best: all friends who may share a session, each pair counted
// at one of its seats, all whom it may keep from being alone, and what others gain by going. One that stands adds nothing
// to what there is now.
func (c *company) mostOf(room int32, s *seat) int64 {
	if s.standing {
		return 0
	}
	most := 0
	for _, friend := range c.e.friends[s.pupil] {
		if c.stands(room, s, friend) || friend < s.pupil && c.rooms[room].weeks[friend]&s.mask != 0 {
			most++
		}
	}
	most *= c.e.policy.Composition.Friend
	relief := 0
	if len(c.e.pupilStays[s.pupil]) > 0 {
		most += c.e.policy.Composition.Alone // one's own, who stands there already and is alone at a smaller share
	}
	for _, on := range c.rooms[room].starts {
		if s.from <= on && on <= s.to {
			relief = max(relief, c.relief(room, s, on))
		}
	}
	return int64(most + relief + c.leaving(room, s.from))
}

// leaving is what those who are alone on a day can lose of it as those in seats that stand go: they themselves, and
// whoever then has no other company left. It is counted at the seat that begins on the day.
func (c *company) leaving(room int32, on calendar.Date) (sum int) {
	if c.rest == c.e {
		return 0
	}
	day := c.day(room, on)
	week, left := c.e.mixOf(day.now), c.e.mixOf(day.staying)
	for _, a := range day.now {
		alone := week.alone(c.e.pupils[a.pupil].sex, a.mask)
		if slices.Contains(day.staying, a) {
			saved := alone &^ left.many
			sum += (c.e.policy.Composition.Alone*saved.Len() + a.mask.Len() - 1) / a.mask.Len()
		} else {
			sum += c.e.alonePoints(alone, a.mask)
		}
	}
	return sum
}

// stands tells whether a pupil stands in the group at some time while the seat is taken, at
// a session of it.
func (c *company) stands(room int32, s *seat, pupil int32) bool {
	return slices.ContainsFunc(c.e.groups[room].stays, func(i int32) bool {
		st := &c.e.stays[i]
		return st.pupil == pupil && st.mask&s.mask != 0 && st.from <= s.to && s.from <= st.to
	})
}

// relief is what those who are alone on a day lose of it if the seat is taken: rounded up for each.
func (c *company) relief(room int32, s *seat, on calendar.Date) int {
	present := c.day(room, on).now
	sex, week, sum := c.e.pupils[s.pupil].sex, c.e.mixOf(present), 0
	for _, a := range present {
		if c.e.pupils[a.pupil].sex != sex || a.pupil == s.pupil {
			continue
		}
		if saved := week.alone(sex, a.mask) & s.mask; saved != 0 {
			sum += (c.e.policy.Composition.Alone*saved.Len() + a.mask.Len() - 1) / a.mask.Len()
		}
	}
	return sum
}

// Ceiling bounds what a room is worth with seats and any of more, less what each of more
// adds at best. Where none of more starts later, seats are seen as they are on the latest day, alone only where none
// of more could join them.
func (c *company) Ceiling(room int32, seats, more []int32) int64 {
	if len(more) == 0 {
		return c.Value(room, seats)
	}
	on := c.latest(seats)
	if c.latest(more) > on {
		return c.sumOfMost(seats)
	}
	if on == 0 {
		return 0
	}
	e := c.e
	var scratch [2][24]attendee
	day := c.day(room, on)
	after := c.seated(scratch[0][:0], day, seats, on)
	friends := append(scratch[1][:0], after...) // with all who may stay
	var l loneliness
	pairs := 0
	for _, n := range more {
		s := &c.seats[n]
		if s.from > on || on > s.to {
			continue
		}
		l.joined[e.pupils[s.pupil].sex] |= s.mask
		if s.standing {
			friends = join(friends, attendee{s.pupil, s.mask})
			continue
		}
		if len(e.pupilStays[s.pupil]) == 0 && slices.ContainsFunc(after, func(a attendee) bool { return a.pupil == s.pupil }) {
			l.again = append(l.again, s.pupil)
		}
		for _, friend := range e.friends[s.pupil] {
			if friend > s.pupil && slices.ContainsFunc(seats, func(a int32) bool { return c.seats[a].pupil == friend }) {
				pairs++
			}
		}
	}
	sum := e.policy.Composition.Friend*(pairs+e.pairs(friends)-e.pairs(day.now)) + l.less(e, day.now, after)
	return int64(min(sum, int(c.sumOfMost(seats))))
}

// loneliness is what is known of who may join those in a room.
type loneliness struct {
	joined [sexes]calendar.Sessions
	again  []int32 // pupils who are there and may come to more sessions, which no Most counts
}

// less bounds how many points fewer those in a room lose for being alone than before, but for what the Most of
// joiners counts: whoever was alone before is the joiner's to relieve; whoever is now may be relieved by a joiner.
func (l *loneliness) less(e *Engine, before, after []attendee) (sum int) {
	base, now := e.mixOf(before), e.mixOf(after)
	for _, a := range before {
		sum += e.alonePoints(base.alone(e.pupils[a.pupil].sex, a.mask), a.mask)
	}
	for _, a := range after {
		sex, was := e.pupils[a.pupil].sex, calendar.Sessions(0)
		if i := slices.IndexFunc(before, func(b attendee) bool { return b.pupil == a.pupil }); i >= 0 {
			if before[i].mask&^a.mask != 0 {
				continue // the week may be longer again, and what is alone a smaller share of it
			}
			was = base.alone(sex, before[i].mask)
		}
		alone := now.alone(sex, a.mask)
		if alone != 0 && !slices.Contains(l.again, a.pupil) {
			sum -= e.alonePoints(alone&^(l.joined[sex]&^was), a.mask)
		}
	}
	return sum
}

func (c *company) sumOfMost(seats []int32) (sum int64) {
	for _, n := range seats {
		sum += c.most[n]
	}
	return sum
}

func (e *Engine) alonePoints(alone, attended calendar.Sessions) int {
	if alone == 0 {
		return 0
	}
	return e.policy.Composition.Alone * bits.OnesCount16(uint16(alone)) / attended.Len()
}

// pairs counts the friends who share a session.
func (e *Engine) pairs(present []attendee) int {
	n := 0
	for _, a := range present {
		for _, friend := range e.friends[a.pupil] {
			if friend < a.pupil {
				continue
			}
			for _, b := range present {
				if b.pupil == friend && a.mask&b.mask != 0 {
					n++
				}
			}
		}
	}
	return n
}
