package matching

import (
	"example.org/backontrack/matching/calendar"
)

// The rules of this file hold at every date and session of a stay. Each returns
// the last day on which it fails, or 0, and notes every failure in m if m is not
// nil: one implementation for the search, which asks only whether, and for the
// explanation, which asks when and how often.

// forever is the last day of a failure that no later start escapes.
const forever = noEnd

// busyFails serves R13: the pupil is already somewhere else.
func (t *trial) busyFails(v *visit, m *moments) calendar.Date {
	last := calendar.Date(0)
	if clash := v.mask & t.pupil.Busy; clash != 0 && t.pupil.Knows(FactBusy) {
		last = forever
		t.note(m, clash, v.from, v.to)
	}
	for _, n := range t.e.pupilStays[t.r.pupil] {
		st := &t.e.stays[n]
		clash, from, to := v.mask&st.mask, max(v.from, st.from), min(v.to, st.to)
		if clash == 0 || from > to {
			continue
		}
		last = max(last, st.to)
		t.note(m, clash, from, to)
	}
	return last
}

// note adds every occurrence of the sessions from a day to a day.
func (t *trial) note(m *moments, mask calendar.Sessions, from, to calendar.Date) {
	if m == nil {
		return
	}
	for s := range mask.All() {
		lo, hi := t.e.days.Occurrences(s, from, to)
		for i := lo; i < hi; i++ {
			m.add(s, t.e.days.On(s, i), 0, 0)
		}
	}
}

// poolFails serves R1 and R10, and whatever resource a program adds: never more
// is used at a session than there is.
func (t *trial) poolFails(v *visit, p *pool, m *moments) calendar.Date {
	more, known := t.e.drawn(p, t.r.pupil)
	if !known || more == 0 {
		return 0 // not known, or the limit does not concern this pupil
	}
	last := calendar.Date(0)
	for s := range v.mask.All() {
		if least := p.capacity.least[s]; least == unlimited || p.peak[s]+more <= least {
			continue
		}
		lo, hi := t.e.days.Occurrences(s, v.from, v.to)
		for i := lo; i < hi; i++ {
			capacity := p.capacity.at(s, i)
			if capacity == unlimited || p.used[s][i]+more <= capacity {
				continue
			}
			d := t.e.days.On(s, i)
			used := p.used[s][i] + t.e.adding(t.r.pupil, v.g, s, d, more, same(more))
			if used <= capacity {
				continue
			}
			last = max(last, d)
			if m != nil {
				m.add(s, d, capacity, used)
			}
		}
	}
	return last
}

// adding is what a pupil uses of a group more than now: less by what a standing
// stay of his uses there at that moment already.
func (e *Engine) adding(pupil int32, g *groupIndex, s calendar.Session, d calendar.Date, more int64, now func(*stayIndex) int64) int64 {
	for _, n := range e.pupilStays[pupil] {
		st := &e.stays[n]
		if &e.groups[st.group] == g && st.mask.Has(s) && st.from <= d && d <= st.to {
			return more - now(st)
		}
	}
	return more
}

// standingDemand is the adult time that a standing stay uses.
func standingDemand(st *stayIndex) int64 { return st.demand }

// same is for what each stay of a pupil uses alike.
func same(n int64) func(*stayIndex) int64 { return func(*stayIndex) int64 { return n } }

// drawn is what a pupil uses of a pool at a session, from 0 to what no sum of them overflows.
func (e *Engine) drawn(p *pool, pupil int32) (n int64, known bool) {
	demand, known := e.resources[p.resource].Demand(&e.snapshot.Pupils[pupil])
	return int64(min(max(demand, 0), mostAdults)), known
}

// poolHangs tells whether answers about traits, or whatever else a resource
// counts by, would have the pool overdrawn.
func (t *trial) poolHangs(v *visit, p *pool) bool {
	more, known := t.e.drawn(p, t.r.pupil)
	if more == 0 || known && !p.doubtful {
		return false
	}
	for s := range v.mask.All() {
		lo, hi := t.e.days.Occurrences(s, v.from, v.to)
		for i := lo; i < hi && p.capacity.least[s] != unlimited; i++ {
			capacity := p.capacity.at(s, i)
			used := p.used[s][i] + t.e.adding(t.r.pupil, v.g, s, t.e.days.On(s, i), more, same(more))
			if p.doubt[s] != nil {
				used += p.doubt[s][i]
			}
			if capacity != unlimited && used > capacity {
				return true
			}
		}
	}
	return false
}

// staffingFails serves R2: the group's adults, topped up by the site's floating
// ones as far as its other groups leave any, suffice at every session.
func (t *trial) staffingFails(v *visit, m *moments) calendar.Date {
	last := calendar.Date(0)
	site, more := &t.e.sites[v.g.site], v.demand.expected
	for s := range v.mask.All() {
		if least := v.g.adults.least[s]; least == unlimited || v.g.peakDemand[s]+more <= least {
			continue
		}
		lo, hi := t.e.days.Occurrences(s, v.from, v.to)
		for i := lo; i < hi; i++ {
			adults := v.g.adults.at(s, i)
			if adults == unlimited || v.g.demand[s][i]+more <= adults {
				continue
			}
			needed := v.g.demand[s][i] + t.e.adding(t.r.pupil, v.g, s, t.e.days.On(s, i), more, standingDemand)
			if needed <= adults {
				continue
			}
			others := int64(0)
			if site.topUp[s] != nil {
				others = site.topUp[s][i] - max(v.g.demand[s][i]-adults, 0)
			}
			floating := site.floating.at(s, i)
			if needed-adults+others <= floating {
				continue
			}
			last = max(last, t.e.days.On(s, i))
			if m != nil {
				if len(m.dates[s]) == 0 {
					m.floating[s], m.floats[s] = max(floating-others, 0), floating > 0
				}
				m.add(s, t.e.days.On(s, i), adults, needed)
			}
		}
	}
	return last
}

// mostUnregistered is how many full-time pupils of compulsory school age make a
// setting a school that must be registered, less one (Education and Skills Act
// 2008, section 92: five or more, or one with an EHC plan or looked after).
const mostUnregistered = 4

// unregisteredFails guards against an unregistered school. Its moments are days;
// they are noted at the morning session of their weekday. In doubt, whatever is
// unknown of anyone is taken to be what makes it fail.
func (t *trial) unregisteredFails(v *visit, doubt bool, m *moments) calendar.Date {
	if v.g.group.IsRegistered() || !t.e.fullTime(v.mask) || !ofSchoolAge(t.pupil, doubt) {
		return 0
	}
	last := calendar.Date(0)
	own := protected(t.pupil, doubt)
	for _, d := range t.e.days.Between(v.from, v.to) {
		n, others := t.e.fullTimers(v.g, t.r.pupil, d, doubt, nil)
		if n+1 <= mostUnregistered && !others && !own {
			continue
		}
		last = d
		if own {
			last = forever
		}
		if m == nil {
			continue
		}
		if n+1 > mostUnregistered {
			m.add(calendar.Session(2*(d.Weekday()-1)), d, mostUnregistered, int64(n+1))
		} else {
			m.add(calendar.Session(2*(d.Weekday()-1)), d, 0, 0)
		}
	}
	return last
}

// registrationHangs tells whether the guard reads a fact of the pupil that is not known.
func (t *trial) registrationHangs(v *visit) bool {
	knows := t.pupil.Knows
	return !v.g.group.IsRegistered() && t.e.fullTime(v.mask) && ofSchoolAge(t.pupil, true) &&
		(!knows(FactYear) || !knows(FactEHCP) || !knows(FactLookedAfter))
}

func (e *Engine) fullTime(mask calendar.Sessions) bool {
	return mask.Len() >= e.policy.FullTimeSessions
}

// ofSchoolAge tells whether the pupil is in Years 1 to 11.
func ofSchoolAge(p *Pupil, doubt bool) bool {
	if !p.Knows(FactYear) {
		return doubt
	}
	return p.Year >= 1 && p.Year <= 11
}

// protected tells whether one such pupil is enough to need registration.
func protected(p *Pupil, doubt bool) bool {
	holds := func(f Fact, given bool) bool { return given && p.Knows(f) || doubt && !p.Knows(f) }
	return holds(FactEHCP, p.EHCP) || holds(FactLookedAfter, p.LookedAfter)
}

// fullTimers counts the full-time pupils of school age in a group on a day, but
// for one, and tells whether any of them is protected. It calls each, if not nil, with each.
func (e *Engine) fullTimers(g *groupIndex, but int32, d calendar.Date, doubt bool, each func(*stayIndex)) (n int, anyProtected bool) {
	for _, i := range g.stays {
		st := &e.stays[i]
		pupil := &e.snapshot.Pupils[st.pupil]
		if st.pupil == but || !st.isFullTime || d < st.from || d > st.to || !ofSchoolAge(pupil, doubt) {
			continue
		}
		n++
		anyProtected = anyProtected || protected(pupil, doubt)
		if each != nil {
			each(st)
		}
	}
	return n, anyProtected
}

func (e *Engine) poolCode(p int32) Code { return e.resources[e.pools[p].resource].Code() }
