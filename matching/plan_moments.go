package matching

import (
	"slices"

	"example.org/backontrack/matching/calendar"
)

// A presence is where and when some stays put their pupils: at a place, those
// sessions, from a day to a day. Stays that are alike share one.
type presence struct {
	place    int32
	mask     calendar.Sessions
	from, to calendar.Date
}

// A cover is a set of the presences of one place.
type cover []uint64

func (c cover) set(i int)      { c[i/64] |= 1 << (i % 64) }
func (c cover) has(i int) bool { return c[i/64]>>(i%64)&1 == 1 }

// within tells whether c is a subset of d.
func (c cover) within(d cover) bool {
	for i := range c {
		if c[i]&^d[i] != 0 {
			return false
		}
	}
	return true
}

// A moment is an occurrence of a session, with the presences that it meets.
type moment struct {
	session    calendar.Session
	occurrence int
	covers     cover
}

// at tells which of the presences meet an occurrence of a session.
func (e *Engine) at(s calendar.Session, occurrence int, list []presence) cover {
	c := make(cover, (len(list)+63)/64)
	on := e.days.On(s, occurrence)
	for i := range list {
		if p := &list[i]; p.mask.Has(s) && p.from <= on && on <= p.to {
			c.set(i)
		}
	}
	return c
}

// edges are the occurrences of a session at which a presence begins, and, with ends,
// those just after one ends.
func (e *Engine) edges(s calendar.Session, list []presence, ends bool) []int {
	var at []int
	for i := range list {
		if p := &list[i]; p.mask.Has(s) {
			lo, hi := e.days.Occurrences(s, p.from, p.to)
			if lo == hi {
				continue
			}
			at = append(at, lo)
			if ends && hi < e.days.Len(s) {
				at = append(at, hi)
			}
		}
	}
	slices.Sort(at)
	return slices.Compact(at)
}

// meetings are the moments at which two of the presences can meet: enough of them
// that any two which meet do so at one. Two runs of days overlap only if one begins within the other.
func (e *Engine) meetings(list []presence) []moment {
	var found []moment
	for s := range calendar.Week.All() {
		for _, i := range e.edges(s, list, false) {
			found = keepLargest(found, moment{s, i, e.at(s, i, list)})
		}
	}
	return found
}

// keepLargest adds a moment unless another covers all that it does, and drops those of
// which it covers all.
func keepLargest(found []moment, m moment) []moment {
	if slices.ContainsFunc(found, func(f moment) bool { return m.covers.within(f.covers) }) {
		return found
	}
	return append(slices.DeleteFunc(found, func(f moment) bool { return f.covers.within(m.covers) }), m)
}

// A tight is a moment with what is left then.
type tight struct {
	moment
	left int64
}

// bindings are the moments at which a limit can bind: at every other one, no more of the presences
// are there than at one of these, with no less left. left is unlimited where nothing binds.
func (e *Engine) bindings(list []presence, left func(s calendar.Session, i int) int64) []tight {
	var found []tight
	for s := range calendar.Week.All() {
		edges := e.edges(s, list, true)
		for n, i := range edges {
			end := e.days.Len(s)
			if n+1 < len(edges) {
				end = edges[n+1]
			}
			least := unlimited
			for ; i < end; i++ {
				if now := left(s, i); now != unlimited && (least == unlimited || now < least) {
					least = now
				}
			}
			if least == unlimited {
				continue
			}
			t := tight{moment{s, edges[n], e.at(s, edges[n], list)}, max(least, 0)}
			if slices.ContainsFunc(t.covers, func(w uint64) bool { return w != 0 }) {
				found = keepTightest(found, t)
			}
		}
	}
	return found
}

func keepTightest(found []tight, t tight) []tight {
	if slices.ContainsFunc(found, func(f tight) bool { return t.covers.within(f.covers) && f.left <= t.left }) {
		return found
	}
	return append(slices.DeleteFunc(found, func(f tight) bool { return f.covers.within(t.covers) && t.left <= f.left }), t)
}
