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
// for the newcomer.
func (t *trial) composition(v *visit) int {
	if t.e.policy.Composition == (CompositionPolicy{}) {
		return 0
	}
	t.present = t.e.attendees(t.present[:0], v.g, v.from)
	before := t.e.compositionOf(t.present)
	t.present = join(t.present, attendee{t.r.pupil, v.mask})
	return t.e.compositionOf(t.present) - before
}

func (e *Engine) compositionOf(present []attendee) int {
	week := e.countBySex(present)
	sum := 0
	for i, a := range present {
		sum -= e.alonePoints(week.alone(e.sexOf(a.pupil), a.mask), a.mask)
		for _, b := range present[i+1:] {
			if a.mask&b.mask != 0 && e.areFriends(a.pupil, b.pupil) {
				sum += e.policy.Composition.Friend
			}
		}
	}
	return sum
}

func (e *Engine) alonePoints(alone, attended calendar.Sessions) int {
	return e.policy.Composition.Alone * alone.Len() / attended.Len()
}

func (e *Engine) areFriends(a, b int32) bool {
	if len(e.friends[a]) == 0 {
		return false
	}
	_, found := slices.BinarySearch(e.friends[a], b)
	return found
}

// sexCount is how many pupils, girls and boys attend each session.
type sexCount struct{ all, girls, boys [calendar.PerWeek]int }

// sexOf is a pupil's sex where it is known.
func (e *Engine) sexOf(pupil int32) Sex {
	p := &e.snapshot.Pupils[pupil]
	if !p.Knows(FactSex) {
		return ""
	}
	return p.Sex
}

func (e *Engine) countBySex(present []attendee) (n sexCount) {
	for _, a := range present {
		sex := e.sexOf(a.pupil)
		for s := range a.mask.All() {
			n.all[s]++
			switch sex {
			case Female:
				n.girls[s]++
			case Male:
				n.boys[s]++
			}
		}
	}
	return n
}

// alone are the sessions at which a pupil of that sex is the only one of it
// among others.
func (n *sexCount) alone(sex Sex, attended calendar.Sessions) calendar.Sessions {
	same := &n.girls
	switch sex {
	case Female:
	case Male:
		same = &n.boys
	default:
		return 0
	}
	var alone calendar.Sessions
	for s := range attended.All() {
		if same[s] == 1 && n.all[s] > 1 {
			alone |= calendar.Of(s)
		}
	}
	return alone
}
