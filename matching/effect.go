package matching

import (
	"slices"

	"example.org/backontrack/matching/calendar"
)

// An Effect is what an option changes for one pupil of the group, from a date on
// until the pupil's next effect: before is without the option, after is with it.
// The newcomer's own effects have the same before and after.
type Effect struct {
	Group  GroupID       `json:"group"`
	Date   calendar.Date `json:"date"`
	Pupil  PupilID       `json:"pupil"`
	Before Company       `json:"before"`
	After  Company       `json:"after"`
}

// Company is who a pupil is with in a group.
type Company struct {
	Alone   []calendar.Session `json:"alone"`           // the only one of her or his sex, among others
	Friends []PupilID          `json:"friends"`         // who share a session, by id
	Others  int                `json:"others"`          // how many pupils share a session
	Spare   *int               `json:"spare,omitempty"` // thousandths of an adult left in the group at the tightest session, less than 0 where floating adults top up; nil: not limited
}

// Effects tells, for each pupil of an option's groups, what changes by the option
// and during it: what is so on its first day (whether the option changes it or
// not), and every later date on which a stay begins or ends that changes who is
// alone or with friends. In order of group, date and pupil id. So a panel sees on
// which day a girl will be the only one.
func (e *Engine) Effects(o *Option) ([]Effect, error) {
	if err := e.own(o); err != nil {
		return nil, err
	}
	r, effects := &e.referrals[e.referralOf[o.Referral]], []Effect{}
	for _, stay := range o.Stays {
		if stay.From == 0 {
			continue
		}
		g := &e.groups[e.groupOf[stay.Group]]
		h := history{e: e, r: r, g: g, stay: stay, last: map[int32]Effect{}}
		effects = append(effects, h.tell()...)
	}
	return effects, nil
}

// A history follows one group through a stay.
type history struct {
	e    *Engine
	r    *referralIndex
	g    *groupIndex
	stay Stay
	last map[int32]Effect // by pupil
}

func (h *history) tell() []Effect {
	var effects []Effect
	mask := h.g.pattern(h.stay.Pattern).Sessions
	demand := h.r.demand.expected
	for _, day := range h.turns() {
		before := h.e.attendees(nil, h.g, day)
		after := join(slices.Clone(before), attendee{h.r.pupil, mask})
		slices.SortFunc(after, func(a, b attendee) int { return int(a.pupil - b.pupil) })
		for _, a := range after {
			effect := Effect{Group: h.stay.Group, Date: day, Pupil: h.e.snapshot.Pupils[a.pupil].ID, After: h.company(after, a, day, mask, demand)}
			effect.Before = effect.After
			if i := slices.IndexFunc(before, func(b attendee) bool { return b.pupil == a.pupil }); i >= 0 {
				effect.Before = h.company(before, before[i], day, 0, 0)
			}
			if last, seen := h.last[a.pupil]; !seen || !last.After.like(effect.After) {
				effects = append(effects, effect)
			}
			h.last[a.pupil] = effect
		}
	}
	return effects
}

// turns are the first day of the stay, and those on which the group first meets
// after someone's stay begins or has ended.
func (h *history) turns() []calendar.Date {
	days := []calendar.Date{h.stay.From}
	for _, n := range h.g.stays {
		st := &h.e.stays[n]
		for _, d := range []calendar.Date{st.from, st.to + 1} {
			if d <= h.stay.From {
				continue
			}
			if next := h.nextSession(d); next != 0 {
				days = append(days, next)
			}
		}
	}
	return sorted(days)
}

// nextSession is the first day of the stay, from a day on, on which the group meets, or 0.
func (h *history) nextSession(from calendar.Date) calendar.Date {
	next := calendar.Date(0)
	for s := range h.g.group.Timetable.All() {
		if lo, hi := h.e.days.Occurrences(s, from, h.stay.To); lo < hi {
			if d := h.e.days.On(s, lo); next == 0 || d < next {
				next = d
			}
		}
	}
	return next
}

// company is who a is with on a day, when the newcomer adds mask and demand.
func (h *history) company(present []attendee, a attendee, day calendar.Date, mask calendar.Sessions, demand int64) Company {
	c := Company{Alone: []calendar.Session{}, Friends: []PupilID{}, Spare: h.spare(a.mask, day, mask, demand)}
	week := h.e.mixOf(present)
	c.Alone = slices.AppendSeq(c.Alone, week.alone(h.e.pupils[a.pupil].sex, a.mask).All())
	for _, b := range present {
		if b.pupil == a.pupil || a.mask&b.mask == 0 {
			continue
		}
		c.Others++
		if h.e.areFriends(a.pupil, b.pupil) {
			c.Friends = append(c.Friends, h.e.snapshot.Pupils[b.pupil].ID)
		}
	}
	slices.Sort(c.Friends)
	return c
}

// spare is the adult time left in the group at the tightest of the sessions, in
// the week that begins on a day.
func (h *history) spare(attended calendar.Sessions, day calendar.Date, mask calendar.Sessions, demand int64) *int {
	least, limited := int64(0), false
	for s := range attended.All() {
		left := h.e.inWeek(&h.g.adults, s, day)
		if left == unlimited {
			continue
		}
		for _, n := range h.g.stays {
			if st := &h.e.stays[n]; st.mask.Has(s) && st.from <= day && day <= st.to {
				left -= st.demand
			}
		}
		if mask.Has(s) {
			left -= demand
		}
		if !limited || left < least {
			least, limited = left, true
		}
	}
	if !limited {
		return nil
	}
	return new(int(least))
}

// like tells whether a pupil would notice no change of company.
func (c Company) like(other Company) bool {
	return slices.Equal(c.Alone, other.Alone) && slices.Equal(c.Friends, other.Friends)
}
