package matching

import "example.org/backontrack/matching/calendar"

// A period is a run of days, both ends included.
type period struct{ from, to calendar.Date }

// together gives the days of a visit on which its pupil and a standing one are
// together at a scope, if they attend a common session on them: at most three
// runs, as each moves once from a newcomer zone to the group's own (R8, R11).
func (e *Engine) together(v *visit, st *stayIndex, scope Scope, until calendar.Date) (runs [3]period, n int) {
	from, to := max(v.from, st.from), min(v.to, st.to)
	if until != 0 {
		to = min(to, until)
	}
	switch scope {
	case InGroup:
		if &e.groups[st.group] != v.g {
			return runs, 0
		}
		from = max(from, v.settled, st.settled)
	case InZone:
		return e.inOneZone(v, st, from, to)
	case OnSite: // wherever on the site
	}
	if from <= to {
		runs[0], n = period{from, to}, 1
	}
	return runs, n
}

func (e *Engine) inOneZone(v *visit, st *stayIndex, from, to calendar.Date) (runs [3]period, n int) {
	for from <= to {
		mine, theirs, next := v.g.zone, st.zone, to+1
		if from < v.settled {
			mine, next = v.g.newZone, min(next, v.settled)
		}
		if from < st.settled {
			theirs, next = st.newZone, min(next, st.settled)
		}
		if mine == theirs {
			runs[n] = period{from, next - 1}
			n++
		}
		from = next
	}
	return runs, n
}

// separationFails serves R4 to R8: it is 0 unless the pupil would be together with
// one who must be apart, for the i-th separation; else as meets.
func (t *trial) separationFails(v *visit, i int, m *moments) calendar.Date {
	last := calendar.Date(0)
	scope := t.e.separate[i].Scope()
	for _, c := range t.conflicts() {
		if c.separation != i || !c.refuses {
			continue
		}
		last = max(last, t.meets(v, c, scope, m))
	}
	return last
}

// meets is 0 unless a conflict is a fact at some moment of a visit; else a day that
// a later start has to come after. That is the last such day, but for a newcomer:
// a day on which he is settled may be one of his first days when he starts later.
func (t *trial) meets(v *visit, c conflict, scope Scope, m *moments) calendar.Date {
	shared := v.mask & c.stay.mask
	if shared == 0 {
		return 0
	}
	last := calendar.Date(0)
	runs, n := t.e.together(v, c.stay, scope, c.until)
	for _, run := range runs[:n] {
		day := t.lastOf(shared, run)
		if day == 0 {
			continue
		}
		t.note(m, shared, run.from, run.to)
		if v.g.newDays > 0 && scope != OnSite {
			if run.from < v.settled {
				day = v.from
			}
			day = max(v.from, t.e.days.Before(day, v.g.newDays))
		}
		last = max(last, day)
	}
	return last
}

// lastOf is the last day of a run on which one of the sessions takes place, or 0.
func (t *trial) lastOf(mask calendar.Sessions, run period) calendar.Date {
	last := calendar.Date(0)
	for s := range mask.All() {
		if lo, hi := t.e.days.Occurrences(s, run.from, run.to); lo < hi {
			last = max(last, t.e.days.On(s, hi-1))
		}
	}
	return last
}
