package matching

import (
	"cmp"
	"maps"
	"slices"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/internal/solve"
)

// mostMoveOptions is how many moves are looked at in all, mostMovesOfOne how many of one placement, unless many
// have to share. Each placement has at least fewestMovesOfOne, and to each group and pattern the starts_per_group of the policy.
const (
	mostMoveOptions  = 8000
	mostMovesOfOne   = 1000
	fewestMovesOfOne = 48
)

// A moveTarget is where a placement could move, with the days on which: those that promise most, then all others.
type moveTarget struct {
	group, pattern int32
	days           []calendar.Date
}

// moves are what a movable placement could do other than stay, and whether they are all that it could.
func (m *planModel) moves(t *trial, k int32, starts []calendar.Date) (options []planOption, all bool) {
	if len(starts) == 0 {
		return nil, true
	}
	seat := m.seat(m.movable[k])
	var targets []moveTarget
	for n := range m.e.groups {
		if !m.admits(m.movable[k], int32(n)) {
			continue
		}
		days := m.moveDays(m.movable[k], int32(n), starts)
		for p := range m.e.groups[n].patterns {
			t.visit(&m.e.groups[n], &m.e.groups[n].patterns[p])
			if (int32(n) != seat.group || int32(p) != seat.pattern) && len(days) > 0 && t.allowed() {
				targets = append(targets, moveTarget{int32(n), int32(p), days})
			}
		}
	}
	all = true
	share := min(max(mostMoveOptions/len(m.movable), fewestMovesOfOne), mostMovesOfOne)
	most := max(share/max(len(targets), 1), m.e.policy.StartsPerGroup)
	for _, to := range targets {
		g, left := &m.e.groups[to.group], most
		v := t.visit(g, &g.patterns[to.pattern])
		for _, day := range to.days {
			v.from, v.to, v.settled = day, seat.to, m.e.settled(g, day)
			if t.refusedUntil(&v) != 0 {
				continue
			}
			if left == 0 {
				all = false
				break
			}
			options = append(options, planOption{referral: -1, placement: k, stays: seat.until(t.planStay(&v))})
			left--
		}
	}
	return options, all
}

// moveDays are all days on which a placement could move to a group in a plan whose first new start is one of the agenda's:
// those of movesTo, then the others.
func (m *planModel) moveDays(stay, group int32, starts []calendar.Date) []calendar.Date {
	st, g := &m.all.stays[stay], &m.e.groups[group]
	days := m.movesTo(stay, group, starts, m.e.sites)
	n := len(days)
	i, _ := slices.BinarySearch(g.starts, max(starts[0], g.first, st.from))
	for ; i < len(g.starts) && g.starts[i] <= min(g.last, st.to); i++ {
		if _, promising := slices.BinarySearch(days[:n], g.starts[i]); !promising {
			days = append(days, g.starts[i])
		}
	}
	return days
}

// relax makes the bounds of a problem hold for moves that are left out, too, but for what they do to company
// (see beyond): a placement may then go without a seat, which takes no more of anything than a move does.
func (s *moving) relax(problem *solve.Problem) {
	if !s.p.m.cut || s.moves == 0 {
		return
	}
	rest := make([]int64, problem.Items)
	copy(rest, problem.Rest)
	for k := range s.seats {
		rest[len(s.p.e.referrals)+k] = s.bonus
	}
	problem.Rest = rest
}

// beyond bounds what moves that are left out could do for company: each can change that of two groups, at most from the worst
// that it could be to the best, and costs its making.
func (s *moving) beyond() (sum int64) {
	m := s.p.m
	if !m.cut || m.e.policy.Composition == (CompositionPolicy{}) {
		return 0
	}
	spans := make([]int64, len(m.e.groups))
	for g := range spans {
		spans[g] = m.companySpan(int32(g))
	}
	slices.SortFunc(spans, func(a, b int64) int { return cmp.Compare(b, a) })
	for i := 0; i < min(s.moves, s.seats) && 2*i < len(spans); i++ {
		pair := spans[2*i]
		if 2*i+1 < len(spans) {
			pair += spans[2*i+1]
		}
		sum += max(0, pair-int64(m.e.policy.MoveCost))
	}
	return sum
}

// companySpan bounds how far apart the changes of a group's composition in two plans are: whoever stands there and as many
// new pupils as have a place, each alone or with all friends.
func (m *planModel) companySpan(group int32) int64 {
	e := cmp.Or(m.all, m.e)
	g := &e.groups[group]
	places, limited := 0, true
	for i := range g.patterns {
		for s := range g.patterns[i].Sessions.All() {
			n := g.mostPlaces(e, s)
			places, limited = places+int(n), limited && n != unlimited
		}
	}
	newcomers := len(e.referrals) + len(m.movable)
	if limited {
		newcomers = min(newcomers, places)
	}
	n, friends := len(g.stays)+newcomers, 0
	for _, list := range e.friends {
		friends = max(friends, len(list))
	}
	policy := e.policy.Composition
	return 2 * int64(n) * (abs(policy.Alone) + abs(policy.Friend)*int64(min(friends, n)))
}

// bound makes a bound of the plans that were looked at one of all plans. Where a placement that stands against a rule
// is left where it is though it could move, that is what the agenda could be worth in a world without any rule.
func (s *moving) bound(found int64) int64 {
	if s.moves == 0 {
		return found
	}
	found += s.beyond()
	if !s.p.m.unfit {
		return found
	}
	most := int64(0)
	for i := range s.p.e.referrals {
		r := &s.p.e.referrals[i]
		score := full
		for _, given := range r.referral.Given {
			score = max(score, given.Score)
			for _, n := range given.Patterns {
				score = max(score, n)
			}
		}
		most += int64(max(0, r.bonus+score*max(1, s.p.e.policy.Package.MaxGroups)))
	}
	if s.p.e.policy.Composition != (CompositionPolicy{}) {
		for g := range s.p.e.groups {
			most += s.p.m.companySpan(int32(g))
		}
	}
	return max(found, most)
}

// couldMove tells whether any movable placement but those that fit could move if no movable one were there.
func (m *planModel) couldMove(fit []int32, options [][]planOption) bool {
	starts := startsOf(options)
	if len(m.e.referrals) > 0 { // without the placements somebody may start before
		starts = append([]calendar.Date{m.e.days.First()}, starts...)
	}
	waived := maps.Clone(notAsked)
	maps.Copy(waived, m.e.waived)
	for k, i := range m.movable {
		if slices.Contains(fit, i) {
			continue
		}
		r := m.mover(i)
		t := m.e.try(&r)
		t.waived = waived
		if moves, all := m.moves(t, int32(k), starts); len(moves) > 0 || !all {
			return true
		}
	}
	return false
}
