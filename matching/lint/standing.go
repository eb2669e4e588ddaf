package lint

import (
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// A moment is a session on a date.
type moment struct {
	date    calendar.Date
	session calendar.Session
}

func (st *stay) there(m moment) bool {
	return st.mask.Has(m.session) && st.from <= m.date && m.date <= st.to
}

// A use is how much of something stays draw at each moment.
type use [calendar.PerWeek][]int

// used sums over stays. Its cost is the number of their sessions.
func (l *linter) used(stays []*stay, demand func(*stay) int) *use {
	u := &use{}
	for _, st := range stays {
		n := demand(st)
		if n == 0 {
			continue
		}
		for s := range st.mask.All() {
			if u[s] == nil {
				u[s] = make([]int, l.days.Len(s))
			}
			lo, hi := l.days.Occurrences(s, st.from, st.to)
			for i := lo; i < hi; i++ {
				u[s][i] += n
			}
		}
	}
	return u
}

// at is what is used at a session's i-th occurrence.
func (u *use) at(s calendar.Session, i int) int {
	if u[s] == nil {
		return 0
	}
	return u[s][i]
}

// A breach is where a limit is exceeded: first, and how often.
type breach struct {
	first           moment
	limit, observed int
	times           int
}

func (b *breach) note(m moment, limit, observed int) {
	if b.times == 0 || m.date < b.first.date || m.date == b.first.date && m.session < b.first.session {
		b.first, b.limit, b.observed = m, limit, observed
	}
	b.times++
}

// finding is what a breach has to say, with those who are there when it first happens.
func (b *breach) finding(code Code, stays []*stay, counts func(*stay) bool) Finding {
	there := func(st *stay) bool { return st.there(b.first) && counts(st) }
	return Finding{
		Code: code, Limit: new(b.limit), Observed: new(b.observed), Times: b.times,
		Date: b.first.date, Session: b.first.session.String(), Pupils: gathered(stays, pupilOf, there),
	}
}

// over finds where more is used than a limit allows.
func (l *linter) over(u *use, limit func(calendar.Session, calendar.Date) (int, bool)) breach {
	var b breach
	for s := range calendar.Week.All() {
		for i, n := range u[s] {
			if n == 0 {
				continue // which is never too much
			}
			d := l.days.On(s, i)
			if most, limited := limit(s, d); limited && n > most {
				b.note(moment{d, s}, most, n)
			}
		}
	}
	return b
}

func everyone(*stay) bool { return true }
func one(*stay) int       { return 1 }

// crowding finds groups with more standing pupils, or more of one trait, than they may have.
func (l *linter) crowding() {
	in := l.byGroup()
	for i := range l.s.Groups {
		g := &l.s.Groups[i]
		stays := in[g.ID]
		if b := l.over(l.used(stays, one), g.PlacesOn); b.times > 0 {
			f := b.finding(PlacesStanding, stays, everyone)
			f.Groups = []matching.GroupID{g.ID}
			l.add(f)
		}
		for n, limit := range g.Limits {
			if n > 0 && g.Limits[n-1].Trait == limit.Trait {
				continue // the lowest of a trait comes first, and is what binds
			}
			counts := func(st *stay) bool { return knownTrait(st.pupil, limit.Trait) }
			has := func(st *stay) int {
				if counts(st) {
					return 1
				}
				return 0
			}
			if b := l.over(l.used(stays, has), func(calendar.Session, calendar.Date) (int, bool) { return limit.Max, true }); b.times > 0 {
				f := b.finding(TraitLimitStanding, stays, counts)
				f.Groups, f.Codes = []matching.GroupID{g.ID}, []string{limit.Trait}
				l.add(f)
			}
		}
	}
}

func knownTrait(p *matching.Pupil, trait string) bool {
	return p.Knows(matching.FactTraits) && slices.Contains(p.Traits, trait)
}

// priced is the adult time that a pupil uses, in thousandths.
func (l *linter) priced(p *matching.Pupil, ownAdult bool) int {
	switch {
	case ownAdult:
		return 0
	case !p.Knows(matching.FactSupport):
		return l.s.Policy.Support[l.s.Policy.UnknownSupport]
	}
	return l.s.Policy.Support[p.Support]
}

func (l *linter) standingDemand(st *stay) int { return l.priced(st.pupil, st.placement.OwnAdult) }

// staffing finds sites whose groups need more adults beyond their own than float there.
func (l *linter) staffing() {
	on := l.bySite()
	for i := range l.s.Sites {
		site := &l.s.Sites[i]
		stays := on[site.ID]
		demand := map[matching.GroupID]*use{}
		for _, id := range gathered(stays, groupOf, everyone) {
			demand[id] = l.used(stays, func(st *stay) int {
				if st.group.ID != id {
					return 0
				}
				return l.standingDemand(st)
			})
		}
		var b breach
		for s := range calendar.Week.All() {
			for n := range l.days.Len(s) {
				needed := 0
				for id, u := range demand {
					needed += l.short(id, u, s, n)
				}
				if needed == 0 {
					continue
				}
				d := l.days.On(s, n)
				if floating := site.FloatingAdultsOn(s, d); needed > floating {
					b.note(moment{d, s}, floating, needed)
				}
			}
		}
		if b.times == 0 {
			continue
		}
		n, _ := l.days.Occurrences(b.first.session, b.first.date, b.first.date)
		lacks := func(st *stay) bool { return l.short(st.group.ID, demand[st.group.ID], b.first.session, n) > 0 }
		f := b.finding(StaffingStanding, stays, func(st *stay) bool { return lacks(st) && l.standingDemand(st) > 0 })
		f.Sites, f.Groups = []matching.SiteID{site.ID}, gathered(stays, groupOf, lacks)
		l.add(f)
	}
}

// short is what a group needs beyond its own adults at a session's n-th occurrence.
func (l *linter) short(id matching.GroupID, u *use, s calendar.Session, n int) int {
	demand := u.at(s, n)
	if demand == 0 {
		return 0
	}
	adults, limited := l.groups[id].AdultsOn(s, l.days.On(s, n))
	if !limited {
		return 0
	}
	return max(demand-adults, 0)
}

// mostUnregistered is the rule's (matching/dated.go): one more makes it a school.
const mostUnregistered = 4

// unregistered finds settings that would have to be registered as schools.
func (l *linter) unregistered() {
	in := l.byGroup()
	for i := range l.s.Groups {
		g := &l.s.Groups[i]
		if g.IsRegistered() {
			continue
		}
		full := slices.DeleteFunc(slices.Clone(in[g.ID]), func(st *stay) bool {
			p := st.pupil
			return st.mask.Len() < l.s.Policy.FullTimeSessions || !p.Knows(matching.FactYear) || p.Year < 1 || p.Year > 11
		})
		f := Finding{Code: UnregisteredStanding, Groups: []matching.GroupID{g.ID}}
		for _, d := range l.days.Between(l.s.AsOf, l.s.Horizon) {
			there := func(st *stay) bool { return st.from <= d && d <= st.to }
			now := 0
			protected := false
			for _, st := range full {
				if there(st) {
					now++
					protected = protected || isProtected(st.pupil)
				}
			}
			if now <= mostUnregistered && !protected {
				continue
			}
			if f.Times++; f.Times == 1 {
				f.Date, f.Pupils = d, gathered(full, pupilOf, there)
				if now > mostUnregistered {
					f.Limit, f.Observed = new(mostUnregistered), new(now)
				}
			}
		}
		if f.Times > 0 {
			l.add(f)
		}
	}
}

func isProtected(p *matching.Pupil) bool {
	return p.Knows(matching.FactEHCP) && p.EHCP || p.Knows(matching.FactLookedAfter) && p.LookedAfter
}
