package matching_test

import "slices"

// slowStay is one pupil in one group at some sessions between two dates, standing or new.
type slowStay struct {
	pupil    *slowPupil
	group    *slowGroup
	pattern  string
	sessions []string
	from, to slowDay
	demand   int // thousandths of an adult
	movable  bool
}

type slowMoment struct {
	day     slowDay
	session string
}

func (s *slowSnapshot) standingStay(placement slowPlacement) slowStay {
	stay := slowStay{
		pupil: s.pupil(placement.Pupil), group: s.group(placement.Group), pattern: placement.Pattern,
		from: placement.From, to: placement.To, movable: placement.Movable,
	}
	stay.sessions = stay.group.pattern(placement.Pattern).Sessions
	if !placement.OwnAdult {
		stay.demand = s.Policy.Support[s.supportLevel(stay.pupil)]
	}
	return stay
}

func (s *slowSnapshot) supportLevel(p *slowPupil) string {
	switch {
	case !p.knows("support"):
		return s.Policy.UnknownSupport
	case p.Support == "":
		return "standard"
	}
	return p.Support
}

func (s *slowSnapshot) newDemand(r *slowReferral, g *slowGroup) int {
	if r.OwnAdult {
		return 0
	}
	if given := r.Given[g.ID]; given.AdultDemand != nil {
		return *given.AdultDemand
	}
	return s.Policy.Support[s.supportLevel(s.pupil(r.Pupil))]
}

// last is the last day of any stay in the group.
func (s *slowSnapshot) last(g *slowGroup) slowDay {
	if g.Open.To != 0 {
		return min(g.Open.To, s.Horizon)
	}
	return s.Horizon
}

func (g *slowGroup) startsOn(day slowDay) bool {
	if g.Starts.Weekdays != nil && !slices.Contains(g.Starts.Weekdays, day.weekday()) {
		return false
	}
	return g.Starts.Dates == nil || slices.Contains(g.Starts.Dates, day)
}

// allowedStarts lists every allowed start, earliest first.
func (s *slowSnapshot) allowedStarts(r *slowReferral, g *slowGroup) []slowDay {
	var starts []slowDay
	for day := max(s.AsOf, r.ReadyFrom, g.Open.From); day <= s.last(g); day++ {
		if s.schoolDay(day) && g.startsOn(day) {
			starts = append(starts, day)
		}
	}
	return starts
}

// opensAfterHorizon is the first day after the horizon that would be an allowed start, if the group's dates show one.
func (s *slowSnapshot) opensAfterHorizon(r *slowReferral, g *slowGroup) slowDay {
	first := max(s.Horizon+1, s.AsOf, r.ReadyFrom, g.Open.From)
	final := first + 10*366
	if g.Open.To != 0 {
		final = min(final, g.Open.To)
	}
	for day := first; day <= final; day++ {
		if s.schoolDay(day) && g.startsOn(day) {
			return day
		}
	}
	return 0
}

// slowChoose takes what is wanted, else what is usual (left out: max, or min), between min and max.
func slowChoose(wanted int, length slowLength) int {
	chosen := wanted
	for _, other := range []int{length.Usual, length.Max, length.Min} {
		if chosen == 0 {
			chosen = other
		}
	}
	if length.Max != 0 {
		chosen = min(chosen, length.Max)
	}
	return max(chosen, length.Min)
}

// length gives the stay's own length, in weeks or (for a group with days) in school days; 0 when it has none.
func (r *slowReferral) length(g *slowGroup) int {
	switch {
	case g.Days != nil:
		return slowChoose(r.Wants.Days, *g.Days)
	case g.Weeks != nil:
		return slowChoose(r.Wants.Weeks, *g.Weeks)
	}
	return r.Wants.Weeks
}

func (s *slowSnapshot) end(r *slowReferral, g *slowGroup, from slowDay) slowDay {
	last, length := s.last(g), r.length(g)
	switch {
	case length == 0:
		return last
	case g.Days == nil:
		return min(from+slowDay(7*length)-1, last)
	}
	to, counted := from, 0
	for day := from; day <= last && counted < length; day++ {
		if s.schoolDay(day) {
			to = day
			counted++
		}
	}
	return to
}

func (s *slowSnapshot) newStay(r *slowReferral, g *slowGroup, p slowPattern, from slowDay) slowStay {
	stay := slowStay{pupil: s.pupil(r.Pupil), group: g, pattern: p.ID, sessions: p.Sessions, from: from}
	stay.demand = s.newDemand(r, g)
	if from != 0 {
		stay.to = s.end(r, g, from)
	}
	return stay
}

func (stay slowStay) includes(day slowDay) bool {
	return stay.from <= day && day <= stay.to
}

func (s *slowSnapshot) attends(stay slowStay, day slowDay, session string) bool {
	return stay.includes(day) && slices.Contains(stay.sessions, session) &&
		day.weekday() == slowSessionDay(session) && !s.closed(day)
}

// moments lists every date and session at which the pupil attends, in order.
func (s *slowSnapshot) moments(stay slowStay) []slowMoment {
	var moments []slowMoment
	for day := stay.from; day <= stay.to; day++ {
		for _, session := range s.Calendar.Sessions {
			if s.attends(stay, day, session) {
				moments = append(moments, slowMoment{day, session})
			}
		}
	}
	return moments
}

// present lists the standing stays, one for each pupil, that attend a session of a group on a day.
func (s *slowSnapshot) present(g *slowGroup, at slowMoment) []slowStay {
	var present []slowStay
	for _, stay := range s.standing {
		if stay.group == g && s.attends(stay, at.day, at.session) && !slowHasPupil(present, stay.pupil) {
			present = append(present, stay)
		}
	}
	return present
}

// others lists those whom a newcomer finds in his group. He himself is one pupil there, even if he is there already.
func (s *slowSnapshot) others(newcomer slowStay, at slowMoment) []slowStay {
	var others []slowStay
	for _, stay := range s.present(newcomer.group, at) {
		if stay.pupil != newcomer.pupil {
			others = append(others, stay)
		}
	}
	return others
}

func slowHasPupil(stays []slowStay, p *slowPupil) bool {
	return slices.ContainsFunc(stays, func(stay slowStay) bool { return stay.pupil == p })
}

func slowDemand(stays []slowStay) int {
	demand := 0
	for _, stay := range stays {
		demand += stay.demand
	}
	return demand
}

// isNewcomer says whether a day is among the first school days that the stay spends in the newcomer zone.
func (s *slowSnapshot) isNewcomer(stay slowStay, day slowDay) bool {
	if stay.group.Newcomer == nil {
		return false
	}
	count := 0
	for d := stay.from; d <= day && count <= stay.group.Newcomer.Days; d++ {
		if s.schoolDay(d) {
			count++
		}
	}
	return count <= stay.group.Newcomer.Days
}

func (s *slowSnapshot) zone(stay slowStay, day slowDay) string {
	if s.isNewcomer(stay, day) {
		return stay.group.Newcomer.Zone
	}
	return stay.group.Zone
}

// together says whether two stays bring two pupils together at a scope. Two stays of one pupil never do.
func (s *slowSnapshot) together(scope string, a, b slowStay, at slowMoment) bool {
	if a.pupil == b.pupil || !s.attends(a, at.day, at.session) || !s.attends(b, at.day, at.session) {
		return false
	}
	switch scope {
	case "group":
		return a.group == b.group && !s.isNewcomer(a, at.day) && !s.isNewcomer(b, at.day)
	case "zone":
		return a.group.Site == b.group.Site && s.zone(a, at.day) == s.zone(b, at.day)
	}
	return a.group.Site == b.group.Site
}
