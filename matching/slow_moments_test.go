package matching_test

import "slices"

// The rules that are evaluated on every date and session of a stay.

// slowTrouble is one rule failing at one moment.
type slowTrouble struct {
	limit, observed int
	blockers        []slowStay
}

// eachMoment evaluates a rule at every moment of a stay. Limit and Observed are those of the first failing moment.
func (s *slowSnapshot) eachMoment(stay slowStay, code string,
	trouble func(at slowMoment) *slowTrouble) (*slowReason, []slowStay) {
	reason := &slowReason{Code: code}
	var blockers []slowStay
	for _, at := range s.moments(stay) {
		t := trouble(at)
		if t == nil {
			continue
		}
		if reason.Times == 0 {
			reason.Limit, reason.Observed = t.limit, t.observed
		}
		reason.fail(at)
		blockers = append(blockers, t.blockers...)
	}
	if reason.Times == 0 {
		return nil, nil
	}
	reason.Pupils = slowPupilIDs(blockers)
	return reason, blockers
}

// slowPupilIDs lists the pupils of some stays, sorted, each once.
func slowPupilIDs(stays []slowStay) []string {
	var ids []string
	for _, stay := range stays {
		if !slices.Contains(ids, stay.pupil.ID) {
			ids = append(ids, stay.pupil.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// changed gives what a change says of a moment, if one does, else what is usual.
func changed(changes []slowChange, at slowMoment, of func(slowChange) slowTable, usual int, limited bool) (int, bool) {
	for _, change := range changes {
		if n, stated := of(change).at(at.session); stated && change.From <= at.day && at.day <= change.To {
			return n, true
		}
	}
	return usual, limited
}

func (g *slowGroup) placesAt(at slowMoment) (int, bool) {
	usual, limited := g.Places.at(at.session)
	return changed(g.Changes, at, func(c slowChange) slowTable { return c.Places }, usual, limited)
}

func (g *slowGroup) adultsAt(at slowMoment) (int, bool) {
	usual, limited := g.Adults.at(at.session)
	return changed(g.Changes, at, func(c slowChange) slowTable { return c.Adults }, usual, limited)
}

func (s *slowSite) floatingAt(at slowMoment) int {
	n, _ := changed(s.Changes, at, func(c slowChange) slowTable { return c.FloatingAdults }, s.FloatingAdults[at.session], true)
	return n
}

func (s *slowSnapshot) placesFail(stay slowStay, _ bool) *slowReason {
	reason, _ := s.eachMoment(stay, "places", func(at slowMoment) *slowTrouble {
		places, limited := stay.group.placesAt(at)
		others := s.others(stay, at)
		if !limited || len(others)+1 <= places {
			return nil
		}
		return &slowTrouble{limit: places, observed: len(others) + 1, blockers: others}
	})
	if reason != nil {
		reason.Class = "move"
	}
	return reason
}

func (s *slowSnapshot) staffingFails(stay slowStay, _ bool) *slowReason {
	reason, _ := s.eachMoment(stay, "staffing", func(at slowMoment) *slowTrouble {
		adults, limited := stay.group.adultsAt(at)
		others := s.others(stay, at)
		demand := slowDemand(others) + stay.demand
		floating := s.site(stay.group.Site).floatingAt(at)
		elsewhere := s.topUpsElsewhere(stay.group, at)
		if !limited || demand <= adults || demand-adults+elsewhere <= floating {
			return nil
		}
		blockers := slices.DeleteFunc(others, func(other slowStay) bool { return other.demand == 0 })
		return &slowTrouble{limit: adults, observed: demand, blockers: blockers}
	})
	if reason != nil {
		reason.Class = "adults"
	}
	return reason
}

// topUpsElsewhere sums what the other groups of the site need beyond their own adults.
func (s *slowSnapshot) topUpsElsewhere(g *slowGroup, at slowMoment) int {
	sum := 0
	for _, other := range s.Groups {
		if other == g || other.Site != g.Site {
			continue
		}
		if adults, limited := other.adultsAt(at); limited {
			sum += max(0, slowDemand(s.present(other, at))-adults)
		}
	}
	return sum
}

func (s *slowSnapshot) traitLimitRule(limit slowTraitLimit) slowRule {
	check := func(stay slowStay, doubt bool) *slowReason {
		if !slowHasTrait(stay.pupil, limit.Trait, doubt) {
			return nil
		}
		reason, _ := s.eachMoment(stay, "trait_limit", func(at slowMoment) *slowTrouble {
			with := slices.DeleteFunc(s.others(stay, at), func(other slowStay) bool {
				return !slowHasTrait(other.pupil, limit.Trait, doubt)
			})
			if len(with)+1 <= limit.Max {
				return nil
			}
			return &slowTrouble{limit: limit.Max, observed: len(with) + 1, blockers: with}
		})
		if reason != nil {
			reason.Class = "move"
		}
		return reason
	}
	return slowRule{code: "trait_limit", dated: true, clears: true, check: check}
}

func slowSchoolAge(p *slowPupil, doubt bool) bool {
	if !p.knows("year") {
		return doubt
	}
	return 1 <= p.Year && p.Year <= 11
}

// slowProtected says whether a pupil has an EHC plan or is looked after.
func slowProtected(p *slowPupil, doubt bool) bool {
	plan, lookedAfter := p.EHCP, p.LookedAfter
	if !p.knows("ehcp") {
		plan = doubt
	}
	if !p.knows("looked_after") {
		lookedAfter = doubt
	}
	return plan || lookedAfter
}

// otherFullTimers lists the other full-time pupils of Years 1 to 11 of the group on a day, each once.
func (s *slowSnapshot) otherFullTimers(stay slowStay, day slowDay, doubt bool) []slowStay {
	var others []slowStay
	for _, other := range s.standing {
		if other.group == stay.group && other.pupil != stay.pupil && other.includes(day) &&
			s.fullTime(other) && slowSchoolAge(other.pupil, doubt) && !slowHasPupil(others, other.pupil) {
			others = append(others, other)
		}
	}
	return others
}

func (s *slowSnapshot) fullTime(stay slowStay) bool {
	return len(stay.sessions) >= s.Policy.FullTimeSessions
}

func (s *slowSnapshot) unregisteredFails(stay slowStay, doubt bool) *slowReason {
	registered := stay.group.Registered == nil || *stay.group.Registered
	if registered || !s.fullTime(stay) || !slowSchoolAge(stay.pupil, doubt) {
		return nil
	}
	reason := &slowReason{Code: "unregistered_full_time", Class: "never"}
	var blockers []slowStay
	for day := stay.from; day <= stay.to; day++ {
		others := s.otherFullTimers(stay, day, doubt)
		count := len(others) + 1
		protected := slices.ContainsFunc(append(others, stay), func(one slowStay) bool {
			return slowProtected(one.pupil, doubt)
		})
		if !s.schoolDay(day) || (count < 5 && !protected) {
			continue
		}
		reason.fail(slowMoment{day: day})
		if count >= 5 && reason.Times == 1 {
			reason.Limit, reason.Observed = 4, count
		}
		blockers = append(blockers, others...)
	}
	if reason.Times == 0 {
		return nil
	}
	reason.Pupils = slowPupilIDs(blockers)
	return reason
}

// apartFails evaluates a separation: together at its scope with a pupil who must be apart on that day.
func (s *slowSnapshot) apartFails(stay slowStay, code, scope string,
	apart func(other *slowPupil, day slowDay) bool) *slowReason {
	reason, blockers := s.eachMoment(stay, code, func(at slowMoment) *slowTrouble {
		var met []slowStay
		for _, other := range s.standing {
			if apart(other.pupil, at.day) && s.together(scope, stay, other, at) {
				met = append(met, other)
			}
		}
		if len(met) == 0 {
			return nil
		}
		return &slowTrouble{blockers: met}
	})
	if reason == nil {
		return nil
	}
	reason.Class = "move"
	if slices.ContainsFunc(blockers, func(other slowStay) bool { return !other.movable }) {
		reason.Class = "waiver"
	}
	return reason
}

func (s *slowSnapshot) separationRule(separation slowSeparation) slowRule {
	check := func(stay slowStay, doubt bool) *slowReason {
		return s.apartFails(stay, separation.Code, separation.Scope, func(other *slowPupil, _ slowDay) bool {
			return slowSeparated(separation, stay.pupil, other, doubt)
		})
	}
	return slowRule{code: separation.Code, dated: true, clears: true, check: check}
}

func slowSeparated(separation slowSeparation, a, b *slowPupil, doubt bool) bool {
	for _, pair := range separation.Rivals {
		if slowHasArea(a, pair[0], doubt) && slowHasArea(b, pair[1], doubt) ||
			slowHasArea(a, pair[1], doubt) && slowHasArea(b, pair[0], doubt) {
			return true
		}
	}
	if pair := separation.Traits; len(pair) == 2 {
		if slowHasTrait(a, pair[0], doubt) && slowHasTrait(b, pair[1], doubt) ||
			slowHasTrait(a, pair[1], doubt) && slowHasTrait(b, pair[0], doubt) {
			return true
		}
	}
	return separation.Code == "care_home_peers" && slowSameHome(a, b, doubt)
}

func slowHasArea(p *slowPupil, area string, doubt bool) bool {
	if !p.knows("areas") {
		return doubt
	}
	return slices.Contains(p.Areas, area)
}

func slowSameHome(a, b *slowPupil, doubt bool) bool {
	switch knowsA, knowsB := a.knows("care_home"), b.knows("care_home"); {
	case knowsA && knowsB:
		return a.CareHome != "" && a.CareHome == b.CareHome
	case knowsA:
		return doubt && a.CareHome != ""
	case knowsB:
		return doubt && b.CareHome != ""
	}
	return doubt
}

func (s *slowSnapshot) keepApartRule(scope string) slowRule {
	check := func(stay slowStay, _ bool) *slowReason {
		return s.apartFails(stay, "keep_apart", scope, func(other *slowPupil, day slowDay) bool {
			for _, entry := range s.KeepApart {
				if entry.Scope == scope && (entry.Until == 0 || day <= entry.Until) &&
					slices.Contains(entry.Pupils, stay.pupil.ID) && slices.Contains(entry.Pupils, other.ID) {
					return true
				}
			}
			return false
		})
	}
	return slowRule{code: "keep_apart", dated: true, clears: true, check: check}
}
