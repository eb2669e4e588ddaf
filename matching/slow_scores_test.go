package matching_test

import (
	"cmp"
	"maps"
	"slices"
)

// slowValue is a criterion's value, with the lowest and highest that an answer could give.
type slowValue struct {
	value, low, high int
}

func slowExactly(value int) slowValue { return slowValue{value, value, value} }

var slowUnknown = slowValue{500, 0, 1000}

func slowCriteria() []string {
	return []string{"need_fit", "wishes", "curriculum", "journey", "start", "coverage", "headroom", "balance"}
}

// values scores an option: the mean of its stays' values, weighted by their sessions a week. One stay is a week of one.
func (s *slowSnapshot) values(r *slowReferral, week []slowStay) map[string]slowValue {
	sums, sessions := map[string]slowValue{}, 0
	for _, stay := range week {
		n := len(stay.sessions)
		sessions += n
		for criterion, v := range s.stayValues(r, stay, week) {
			sum := sums[criterion]
			sums[criterion] = slowValue{sum.value + n*v.value, sum.low + n*v.low, sum.high + n*v.high}
		}
	}
	for criterion, sum := range sums {
		sums[criterion] = slowValue{sum.value / sessions, sum.low / sessions, sum.high / sessions}
	}
	return sums
}

func (s *slowSnapshot) stayValues(r *slowReferral, stay slowStay, week []slowStay) map[string]slowValue {
	if r.Given != nil {
		return map[string]slowValue{"given": slowExactly(r.givenScore(stay))}
	}
	return map[string]slowValue{
		"need_fit":   slowNeedFit(stay),
		"wishes":     slowExactly(slowWishes(r, stay.group)),
		"curriculum": slowExactly(slowCurriculum(r, week)),
		"journey":    s.journeyValue(stay),
		"start":      slowExactly(s.startValue(r, stay)),
		"coverage":   s.coverage(r, stay, week),
		"headroom":   s.headroom(r, stay),
		"balance":    slowExactly(s.balance(stay.group)),
	}
}

func (r *slowReferral) givenScore(stay slowStay) int {
	given := r.Given[stay.group.ID]
	if given.Patterns != nil {
		return given.Patterns[stay.pattern]
	}
	return given.Score
}

// weights gives the weight of each criterion of a referral's options.
func (s *slowSnapshot) weights(r *slowReferral) map[string]int {
	if r.Given != nil {
		return map[string]int{"given": 1}
	}
	weights := map[string]int{}
	for _, criterion := range slowCriteria() {
		weights[criterion] = s.Policy.Weights[criterion]
	}
	return weights
}

func slowMean(weights, values map[string]int) int {
	sum, total := 0, 0
	for criterion, weight := range weights {
		sum += weight * values[criterion]
		total += weight
	}
	if total == 0 {
		return 0
	}
	return sum / total
}

// slowPoints shares the score out: each its share rounded down, the spare points to the largest remainders.
func slowPoints(weights, values map[string]int) map[string]int {
	points, total := map[string]int{}, 0
	for _, weight := range weights {
		total += weight
	}
	spare := slowMean(weights, values)
	var order []string
	for _, criterion := range append(slowCriteria(), "given") {
		if weight, scored := weights[criterion]; scored {
			order = append(order, criterion)
			points[criterion] = weight * values[criterion] / max(total, 1)
			spare -= points[criterion]
		}
	}
	remainder := func(criterion string) int { return weights[criterion] * values[criterion] % max(total, 1) }
	slices.SortStableFunc(order, func(a, b string) int { return cmp.Compare(remainder(b), remainder(a)) })
	for _, criterion := range order[:spare] {
		points[criterion]++
	}
	return points
}

func slowNeedFit(stay slowStay) slowValue {
	needs, met, all := stay.pupil.Needs, 0, 0
	if !stay.pupil.knows("needs") {
		return slowUnknown
	}
	if len(needs) == 0 {
		return slowExactly(1000)
	}
	if stay.group.Accepts.Needs == nil {
		return slowExactly(500)
	}
	for _, need := range needs {
		weight := 1
		if need.Must {
			weight = 2
		}
		all += weight
		if slices.Contains(stay.group.Accepts.Needs, need.Code) {
			met += weight
		}
	}
	return slowExactly(1000 * met / all)
}

func slowWishes(r *slowReferral, g *slowGroup) int {
	var parts []int
	if n := len(r.Wants.Groups); n > 0 {
		choice := 0
		if i := slices.Index(r.Wants.Groups, g.ID); i >= 0 {
			choice = 1000 - 500*i/n
		}
		parts = append(parts, choice)
	}
	if len(r.Wants.Approaches) > 0 {
		parts = append(parts, slowFraction(r.Wants.Approaches, g.Approaches))
	}
	if len(parts) == 0 {
		return 500
	}
	return slowMeanOf(parts)
}

// slowFraction is 1000 × those wanted that are there ÷ wanted.
func slowFraction(wanted, there []string) int {
	count := 0
	for _, one := range wanted {
		if slices.Contains(there, one) {
			count++
		}
	}
	return 1000 * count / len(wanted)
}

func slowMeanOf(parts []int) int {
	sum := 0
	for _, part := range parts {
		sum += part
	}
	return sum / len(parts)
}

func slowCurriculum(r *slowReferral, week []slowStay) int {
	wanted := r.Wants.Offers
	if len(wanted) == 0 {
		wanted = []string{"english", "maths"}
	}
	var offered []string
	for _, stay := range week {
		offered = append(offered, stay.group.Offers...)
	}
	return slowFraction(wanted, offered)
}

func (s *slowSnapshot) journeyValue(stay slowStay) slowValue {
	minutes := s.minutes(stay.pupil, stay.group)
	if minutes < 0 {
		return slowUnknown
	}
	value := func(limit int) int {
		if limit <= minutes {
			return 0
		}
		return 1000 * (limit - minutes) / limit
	}
	expected, lowest, highest := s.journeyLimits(stay.pupil)
	return slowValue{value(expected), value(lowest), value(highest)}
}

func (s *slowSnapshot) startValue(r *slowReferral, stay slowStay) int {
	days := int(stay.from - max(s.AsOf, r.ReadyFrom))
	return max(0, 1000*(56-days)/56)
}

// coverage is the mean of its parts. The sessions and return parts look at the whole week.
func (s *slowSnapshot) coverage(r *slowReferral, stay slowStay, week []slowStay) slowValue {
	if len(s.moments(stay)) == 0 {
		return slowExactly(0)
	}
	sessions := s.sessionsPart(r, stay.pupil, week)
	parts := []slowValue{sessions}
	if length, applies := s.lengthPart(r, stay); applies {
		parts = append(parts, slowExactly(length))
	}
	if r.Aim == "reintegration" {
		parts = append(parts, slowExactly(s.returnPart(r, week)))
	}
	var values, lows, highs []int
	for _, part := range parts {
		values, lows, highs = append(values, part.value), append(lows, part.low), append(highs, part.high)
	}
	return slowValue{slowMeanOf(values), slowMeanOf(lows), slowMeanOf(highs)}
}

// slowSmallerToLarger is 1000 × smaller ÷ larger; two zeros are equal.
func slowSmallerToLarger(a, b int) int {
	if max(a, b) == 0 {
		return 1000
	}
	return 1000 * min(a, b) / max(a, b)
}

func (s *slowSnapshot) sessionsPart(r *slowReferral, p *slowPupil, week []slowStay) slowValue {
	given := 0
	for _, stay := range week {
		given += len(stay.sessions)
	}
	if r.Wants.Sessions != 0 {
		return slowExactly(slowSmallerToLarger(given, r.Wants.Sessions))
	}
	free := len(s.Calendar.Sessions) - len(s.shared(s.Calendar.Sessions, p.Busy))
	part := slowExactly(slowSmallerToLarger(given, free))
	if !p.knows("busy") {
		part.low, part.high = 0, 1000
	}
	return part
}

func (s *slowSnapshot) lengthPart(r *slowReferral, stay slowStay) (part int, applies bool) {
	switch countsDays := stay.group.Days != nil; {
	case !countsDays && r.Wants.Weeks != 0:
		return slowSmallerToLarger(int(stay.to-stay.from)+1, 7*r.Wants.Weeks), true
	case countsDays && r.Wants.Days != 0:
		return slowSmallerToLarger(s.schoolDays(stay.from, stay.to), r.Wants.Days), true
	}
	return 0, false
}

// returnPart gives half for a week whose stays all have a length of their own, half for a session left for school.
func (s *slowSnapshot) returnPart(r *slowReferral, week []slowStay) int {
	part := 500
	var sessions []string
	for _, stay := range week {
		sessions = append(sessions, stay.sessions...)
		if r.length(stay.group) == 0 {
			part = 0
		}
	}
	for _, session := range s.Calendar.Sessions {
		if !slices.Contains(sessions, session) {
			return part + 500
		}
	}
	return part
}

// headroom is the tightest moment of the stay, with the newcomer.
func (s *slowSnapshot) headroom(r *slowReferral, stay slowStay) slowValue {
	value := slowExactly(s.headroomAt(stay))
	priced := !r.OwnAdult && r.Given[stay.group.ID].AdultDemand == nil
	if priced && !stay.pupil.knows("support") {
		levels := slices.Collect(maps.Values(s.Policy.Support))
		stay.demand = slices.Max(levels)
		value.low = s.headroomAt(stay)
		stay.demand = slices.Min(levels)
		value.high = s.headroomAt(stay)
	}
	return value
}

func (s *slowSnapshot) headroomAt(stay slowStay) int {
	if len(s.moments(stay)) == 0 {
		return 0
	}
	least := 1000
	for _, at := range s.moments(stay) {
		others := s.others(stay, at)
		if places, limited := stay.group.placesAt(at); limited {
			least = min(least, slowRoom(places, len(others)+1))
		}
		if adults, limited := stay.group.adultsAt(at); limited {
			least = min(least, slowRoom(adults, slowDemand(others)+stay.demand))
		}
	}
	return least
}

func slowRoom(limit, used int) int {
	if limit <= used {
		return 0
	}
	return 1000 * (limit - used) / limit
}

func (s *slowSnapshot) balance(g *slowGroup) int {
	counts, most := map[string]int{}, 0
	for _, stay := range s.standing {
		counts[stay.group.Provision]++
		most = max(most, counts[stay.group.Provision])
	}
	if most == 0 {
		return 1000
	}
	return 1000 * (most - counts[g.Provision]) / most
}

// composition is what a newcomer changes in his group on the first day of his stay.
func (s *slowSnapshot) composition(newcomer slowStay) int {
	var standing []slowStay
	for _, stay := range s.standing {
		if stay.group == newcomer.group && stay.includes(newcomer.from) {
			standing = append(standing, stay)
		}
	}
	without := s.compositionOf(standing)
	return s.compositionOf(append(standing, newcomer)) - without
}

// compositionOf sums the friends who share a session, less the sessions alone.
func (s *slowSnapshot) compositionOf(stays []slowStay) int {
	sessions := map[string][]string{} // those that each pupil attends in the group
	for _, stay := range stays {
		for _, session := range stay.sessions {
			if !slices.Contains(sessions[stay.pupil.ID], session) {
				sessions[stay.pupil.ID] = append(sessions[stay.pupil.ID], session)
			}
		}
	}
	sum := 0
	for a, hisSessions := range sessions {
		for b := range sessions {
			if a < b && s.friends(a, b) && len(s.shared(hisSessions, sessions[b])) > 0 {
				sum += s.Policy.Composition.Friend
			}
		}
		if slowKnownSex(s.pupil(a)) != "" && len(hisSessions) > 0 {
			sum -= s.Policy.Composition.Alone * s.sessionsAlone(a, sessions) / len(hisSessions)
		}
	}
	return sum
}

func (s *slowSnapshot) friends(a, b string) bool {
	return slices.Contains(s.pupil(a).Friends, b) || slices.Contains(s.pupil(b).Friends, a)
}

// slowKnownSex is F or M, or empty.
func slowKnownSex(p *slowPupil) string {
	if p.knows("sex") && (p.Sex == "F" || p.Sex == "M") {
		return p.Sex
	}
	return ""
}

// sessionsAlone counts those with at least one other pupil and none of the same sex.
func (s *slowSnapshot) sessionsAlone(id string, sessions map[string][]string) int {
	alone := 0
	for _, session := range sessions[id] {
		others, same := 0, 0
		for other, theirs := range sessions {
			if other == id || !slices.Contains(theirs, session) {
				continue
			}
			others++
			if slowKnownSex(s.pupil(other)) == slowKnownSex(s.pupil(id)) {
				same++
			}
		}
		if others > 0 && same == 0 {
			alone++
		}
	}
	return alone
}
