package matching

import (
	"math/bits"
	"slices"

	"example.org/backontrack/matching/calendar"
)

// A company values the composition of groups (S5, section 3 of the contract) for a
// plan: each group on the latest start among its new stays.
type company struct {
	e     *Engine
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
	weeks  map[int32]calendar.Sessions // of pupils with seats: all their sessions
	starts []calendar.Date
	moved  map[PlacementID]bool // placements that are seats too
	days   []roomDay            // by starts
}

// A roomDay is a room on a day without its seats.
type roomDay struct {
	points  int        // of all who stand there now
	staying []attendee // those of them who are no seats
}

// newCompany is nil where composition is worth nothing.
func newCompany(m *planModel) *company {
	if m.e.policy.Composition == (CompositionPolicy{}) {
		return nil
	}
	c := &company{e: m.e, rooms: make([]roomSeats, len(m.e.groups))}
	for i := range c.rooms {
		c.rooms[i].weeks = map[int32]calendar.Sessions{}
	}
	return c
}

func (c *company) seat(s *planStay) int32 {
	c.add(seat{pupil: s.pupil, room: s.group, mask: s.mask, from: s.from, to: s.to})
	return int32(len(c.seats) - 1)
}

func (c *company) add(s seat) {
	c.seats = append(c.seats, s)
	room := &c.rooms[s.room]
	room.weeks[s.pupil] |= s.mask
	if !s.standing {
		room.starts = append(room.starts, s.from)
	}
}

func (c *company) seal() {
	for i := range c.rooms {
		room := &c.rooms[i]
		room.starts = sorted(room.starts)
		room.days = make([]roomDay, len(room.starts))
		for n, on := range room.starts {
			room.days[n] = roomDay{c.e.points(c.e.attendees(nil, &c.e.groups[i], on)), c.staying(nil, int32(i), on)}
		}
	}
	c.most = make([]int64, len(c.seats))
	for n := range c.seats {
		c.most[n] = c.mostOf(c.seats[n].room, &c.seats[n])
	}
}

// Value is the change of a group's composition points, with all new stays.
func (c *company) Value(room int32, seats []int32) int64 {
	on := calendar.Date(0)
	for _, n := range seats {
		if s := &c.seats[n]; !s.standing {
			on = max(on, s.from)
		}
	}
	if on == 0 {
		return 0
	}
	n, _ := slices.BinarySearch(c.rooms[room].starts, on)
	day := &c.rooms[room].days[n]
	var scratch [24]attendee
	present := append(scratch[:0], day.staying...)
	for _, n := range seats {
		if s := &c.seats[n]; s.from <= on && on <= s.to {
			present = join(present, attendee{s.pupil, s.mask})
		}
	}
	return int64(c.e.points(present) - day.points)
}

// staying are the standing pupils who are no seats.
func (c *company) staying(dst []attendee, room int32, on calendar.Date) []attendee {
	moved := c.rooms[room].moved
	if moved == nil {
		return c.e.attendees(dst, &c.e.groups[room], on)
	}
	for _, i := range c.e.groups[room].stays {
		if st := &c.e.stays[i]; st.from <= on && on <= st.to && !moved[st.placement.ID] {
			dst = join(dst, attendee{st.pupil, st.mask})
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

// mostOf is what a seat can add at best: all friends who may share a session, each pair counted
// at one of its seats, and all whom it may keep from being alone.
func (c *company) mostOf(room int32, s *seat) int64 {
	if s.standing {
		return c.mostStanding(room, s)
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
	return int64(most + relief)
}

// stands tells whether a pupil stands in the group at some time while the seat is taken, at
// a session of it.
func (c *company) stands(room int32, s *seat, pupil int32) bool {
	return slices.ContainsFunc(c.e.groups[room].stays, func(i int32) bool {
		st := &c.e.stays[i]
		return st.pupil == pupil && st.mask&s.mask != 0 && st.from <= s.to && s.from <= st.to
	})
}

// mostStanding bounds what can be gained as someone goes, or stays.
func (c *company) mostStanding(room int32, s *seat) int64 {
	g := &c.e.groups[room]
	n := len(g.stays) + len(c.rooms[room].weeks)
	return int64(n * max(c.e.policy.Composition.Alone, 0))
}

// relief is what those who are alone on a day lose of it if the seat is taken: rounded up for each.
func (c *company) relief(room int32, s *seat, on calendar.Date) int {
	var scratch [24]attendee
	present := c.e.attendees(scratch[:0], &c.e.groups[room], on)
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
	on := calendar.Date(0)
	for _, n := range seats {
		on = max(on, c.seats[n].from)
	}
	for _, list := range [2][]int32{seats, more} {
		for _, n := range list {
			if s := &c.seats[n]; s.from > on || s.standing {
				return c.sumOfMost(seats)
			}
		}
	}
	e := c.e
	var scratch [2][24]attendee
	before := e.attendees(scratch[0][:0], &e.groups[room], on)
	after := append(scratch[1][:0], before...)
	for _, n := range seats {
		if s := &c.seats[n]; on <= s.to {
			after = join(after, attendee{s.pupil, s.mask})
		}
	}
	var joined [sexes]calendar.Sessions
	pairs := 0
	for _, n := range more {
		s := &c.seats[n]
		if on > s.to {
			continue
		}
		joined[e.pupils[s.pupil].sex] |= s.mask
		for _, friend := range e.friends[s.pupil] {
			if friend > s.pupil && slices.ContainsFunc(seats, func(a int32) bool { return c.seats[a].pupil == friend }) {
				pairs++
			}
		}
	}
	base, now := e.mixOf(before), e.mixOf(after)
	sum := e.policy.Composition.Friend * (pairs + e.pairs(after) - e.pairs(before))
	for i, a := range after {
		sex := e.pupils[a.pupil].sex
		was := calendar.Sessions(0)
		if i < len(before) {
			was = base.alone(sex, before[i].mask)
			sum += e.alonePoints(was, before[i].mask)
		}
		// Whoever was alone before is the joiner's to relieve; whoever is now may be relieved by a joiner.
		alone := now.alone(sex, a.mask)
		sum -= e.alonePoints(alone&^(joined[sex]&^was), a.mask)
	}
	return int64(min(sum, int(c.sumOfMost(seats))))
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
