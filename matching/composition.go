package matching

import (
	"slices"

	"example.org/backontrack/matching/calendar"
)

// An attendee is a pupil who is in a group on a date, with the sessions of the week.
type attendee struct {
	pupil int32
	mask  calendar.Sessions
}

// attendees lists who is in a group on a date, each pupil once. It appends to dst.
func (e *Engine) attendees(dst []attendee, g *groupIndex, on calendar.Date) []attendee {
	for _, i := range g.stays {
		if st := &e.stays[i]; st.from <= on && on <= st.to {
			dst = join(dst, attendee{st.pupil, st.mask})
		}
	}
	return dst
}

// join adds an attendee; a pupil who is there already attends more.
func join(dst []attendee, a attendee) []attendee {
	for i := range dst {
		if dst[i].pupil == a.pupil {
			dst[i].mask |= a.mask
			return dst
		}
	}
	return append(dst, a)
}

// composition is what changes in the group's composition points on the first day
// of the stay (S5, and section 3 of the contract): for those already there, and
// for the newcomer. Only pairs with the newcomer can change.
func (t *trial) composition(v *visit) int {
	policy := t.e.policy.Composition
	if policy == (CompositionPolicy{}) {
		return 0
	}
	t.present = t.e.attendees(t.present[:0], v.g, v.from)
	change := t.e.aloneIn(t.present) - policy.Friend*t.e.friendsOf(t.r.pupil, t.present)
	t.present = join(t.present, attendee{t.r.pupil, v.mask})
	return change - t.e.aloneIn(t.present) + policy.Friend*t.e.friendsOf(t.r.pupil, t.present)
}

// friendsOf counts those present who share a session with a pupil who is there
// too, and are her or his friends.
func (e *Engine) friendsOf(pupil int32, present []attendee) int {
	if len(e.friends[pupil]) == 0 {
		return 0
	}
	n := 0
	if i := slices.IndexFunc(present, func(a attendee) bool { return a.pupil == pupil }); i >= 0 {
		for _, b := range present {
			if b.pupil != pupil && b.mask&present[i].mask != 0 && e.areFriends(pupil, b.pupil) {
				n++
			}
		}
	}
	return n
}

func (e *Engine) areFriends(a, b int32) bool {
	_, found := slices.BinarySearch(e.friends[a], b)
	return found
}

// aloneIn sums the points of all who are alone at some of their sessions.
func (e *Engine) aloneIn(present []attendee) int {
	week := e.mixOf(present)
	sum := 0
	for _, a := range present {
		if alone := week.alone(e.pupils[a.pupil].sex, a.mask); alone != 0 {
			sum += e.policy.Composition.Alone * alone.Len() / a.mask.Len()
		}
	}
	return sum
}

// sexes are unknown or neither, girls and boys.
const (
	sexUnknown = iota
	sexGirl
	sexBoy
	sexes
)

// knownSex is a pupil's sex where it is known.
func knownSex(p *Pupil) uint8 {
	switch {
	case !p.Knows(FactSex):
		return sexUnknown
	case p.Sex == Female:
		return sexGirl
	case p.Sex == Male:
		return sexBoy
	}
	return sexUnknown
}

// A mix says at which sessions there is anyone, are several, and, by sex, is
// anyone and are several.
type mix struct {
	some, many calendar.Sessions
	of, manyOf [sexes]calendar.Sessions
}

func (e *Engine) mixOf(present []attendee) (m mix) {
	for _, a := range present {
		sex := e.pupils[a.pupil].sex
		m.many |= m.some & a.mask
		m.some |= a.mask
		m.manyOf[sex] |= m.of[sex] & a.mask
		m.of[sex] |= a.mask
	}
	return m
}

// alone are the sessions at which a pupil of that sex is the only one of it
// among others.
func (m *mix) alone(sex uint8, attended calendar.Sessions) calendar.Sessions {
	if sex == sexUnknown {
		return 0
	}
	return attended & m.many &^ m.manyOf[sex]
}
