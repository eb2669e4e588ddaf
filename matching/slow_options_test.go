package matching_test

import (
	"cmp"
	"slices"
)

// slowSpent is one stay of an option; its dates are empty when there is no allowed start.
type slowSpent struct {
	Group, Pattern, From, To string
}

// slowOption is one option. Stays holds one stay, or those of a package, by group id. A package leaves Group, Pattern
// and To empty.
type slowOption struct {
	Referral, Group, Pattern, From, To string
	Stays                              []slowSpent
	Feasible                           bool
	Score, Low, High, Bonus            int
	Late                               bool
	Composition                        int
	Points, Values                     map[string]int
	Minutes                            int // -1: unknown
	Reasons                            []slowReason
	Unchecked                          []string
}

// slowOptions gives the single-group options of all referrals, by referral, group, pattern and start.
func slowOptions(snapshot []byte) []slowOption {
	s := slowRead(snapshot)
	var options []slowOption
	for _, r := range s.Referrals {
		for _, g := range s.Groups {
			for _, p := range g.Patterns {
				if r.offered(g.ID, p.ID) {
					options = append(options, s.groupOptions(r, g, p)...)
				}
			}
		}
	}
	return options
}

// groupOptions gives one option for each feasible start considered, else one infeasible option.
func (s *slowSnapshot) groupOptions(r *slowReferral, g *slowGroup, p slowPattern) []slowOption {
	allowed := s.allowedStarts(r, g)
	if len(allowed) == 0 {
		return []slowOption{s.infeasible(r, s.newStay(r, g, p, 0), nil)}
	}
	starts := s.consideredStarts(r, g, p, allowed)
	if len(starts) == 0 {
		return []slowOption{s.infeasible(r, s.newStay(r, g, p, allowed[0]), allowed[1:])}
	}
	var options []slowOption
	for _, start := range starts {
		stay := s.newStay(r, g, p, start)
		option := s.option(r, []slowStay{stay})
		option.Feasible = true
		option.Unchecked = s.unchecked(r, stay, nil)
		options = append(options, option)
	}
	return options
}

// feasible says whether every hard rule holds.
func (s *slowSnapshot) feasible(r *slowReferral, stay slowStay) bool {
	for _, rule := range s.rules(r, stay.group) {
		if rule.check(stay, false) != nil {
			return false
		}
	}
	return true
}

// consideredStarts are the first feasible start, and the next feasible ones that follow the end of a placement.
func (s *slowSnapshot) consideredStarts(r *slowReferral, g *slowGroup, p slowPattern, allowed []slowDay) []slowDay {
	var starts []slowDay
	for i, start := range allowed {
		if len(starts) == s.Policy.StartsPerGroup {
			break
		}
		if len(starts) > 0 && !s.followsAnEnd(r, g, allowed[i-1], start) {
			continue
		}
		if s.feasible(r, s.newStay(r, g, p, start)) {
			starts = append(starts, start)
		}
	}
	return starts
}

// followsAnEnd says whether a start is the first allowed day after the end of a standing placement at the same site
// or of the same pupil, given the allowed day before it.
func (s *slowSnapshot) followsAnEnd(r *slowReferral, g *slowGroup, before, start slowDay) bool {
	for _, stay := range s.standing {
		concerns := stay.group.Site == g.Site || stay.pupil.ID == r.Pupil
		if concerns && before <= stay.to && stay.to < start {
			return true
		}
	}
	return false
}

// infeasible gives an option with every reason. Later starts are those at which a reason may clear.
func (s *slowSnapshot) infeasible(r *slowReferral, stay slowStay, later []slowDay) slowOption {
	option := s.option(r, []slowStay{stay})
	for _, rule := range s.rules(r, stay.group) {
		if rule.dated && stay.from == 0 {
			continue
		}
		reason := rule.check(stay, false)
		if reason == nil {
			continue
		}
		if rule.clears {
			s.clear(r, rule, reason, stay, later)
		}
		option.Reasons = append(option.Reasons, *reason)
	}
	if stay.from == 0 {
		clears := s.opensAfterHorizon(r, stay.group)
		option.Reasons = append(option.Reasons, slowReason{Code: "not_open", Class: "date", Clears: clears.String()})
	}
	option.Unchecked = s.unchecked(r, stay, option.Reasons)
	return option
}

// clear finds the earliest later start at which this one rule would hold.
func (s *slowSnapshot) clear(r *slowReferral, rule slowRule, reason *slowReason, stay slowStay, later []slowDay) {
	pattern := stay.group.pattern(stay.pattern)
	for _, start := range later {
		moved := s.newStay(r, stay.group, pattern, start)
		if s.tooShort(moved, false) != nil || rule.check(moved, false) != nil || len(s.moments(moved)) == 0 {
			continue
		}
		reason.Clears = start.String()
		if rule.code != "busy" {
			reason.Class = "date"
		}
		return
	}
}

// unchecked lists the rules that hold as far as is known, and that some answer would make refuse.
func (s *slowSnapshot) unchecked(r *slowReferral, stay slowStay, reasons []slowReason) []string {
	var codes []string
	for _, rule := range s.rules(r, stay.group) {
		refuses := slices.ContainsFunc(reasons, func(reason slowReason) bool { return reason.Code == rule.code })
		if rule.dated && stay.from == 0 || refuses || slices.Contains(codes, rule.code) {
			continue
		}
		if rule.check(stay, true) != nil || s.readsUnknown(rule.code, stay) {
			codes = append(codes, rule.code)
		}
	}
	slices.Sort(codes)
	return codes
}

// readsUnknown tells whether a rule that looks at others reads a fact of the pupil that is not known. The rules that
// look at the pupil alone say so themselves, in doubt.
func (s *slowSnapshot) readsUnknown(code string, stay slowStay) bool {
	p := stay.pupil
	switch code {
	case "journey":
		return !p.knows("year")
	case "trait_limit":
		return !p.knows("traits")
	case "unregistered_full_time":
		unregistered := stay.group.Registered != nil && !*stay.group.Registered
		return unregistered && s.fullTime(stay) && slowSchoolAge(p, true) &&
			(!p.knows("year") || !p.knows("ehcp") || !p.knows("looked_after"))
	}
	for _, separation := range s.Policy.Separations {
		if separation.Code != code {
			continue
		}
		if len(separation.Traits) > 0 {
			return !p.knows("traits")
		}
		if code == "care_home_peers" {
			return !p.knows("care_home")
		}
		return len(separation.Rivals) > 0 && !p.knows("areas")
	}
	return false
}

// option fills in everything that is scored: all but feasible, reasons and unchecked.
func (s *slowSnapshot) option(r *slowReferral, week []slowStay) slowOption {
	first := week[0]
	option := slowOption{Referral: r.ID, From: first.from.String(), Bonus: s.Policy.PriorityBonus[r.Priority]}
	if len(week) == 1 {
		option.Group, option.Pattern, option.To = first.group.ID, first.pattern, first.to.String()
	}
	for _, stay := range week {
		option.Stays = append(option.Stays,
			slowSpent{stay.group.ID, stay.pattern, stay.from.String(), stay.to.String()})
	}
	option.Minutes = s.longestJourney(week)
	if first.from == 0 {
		return option
	}
	option.Late = r.Deadline != 0 && first.from > r.Deadline
	for _, stay := range week {
		option.Composition += s.composition(stay)
	}
	weights, values, lows, highs := s.weights(r), map[string]int{}, map[string]int{}, map[string]int{}
	for criterion, v := range s.values(r, week) {
		values[criterion], lows[criterion], highs[criterion] = v.value, v.low, v.high
	}
	option.Score, option.Low, option.High = slowMean(weights, values), slowMean(weights, lows), slowMean(weights, highs)
	option.Values, option.Points = values, slowPoints(weights, values)
	return option
}

// longestJourney is unknown when any of them is.
func (s *slowSnapshot) longestJourney(week []slowStay) int {
	longest := 0
	for _, stay := range week {
		minutes := s.minutes(stay.pupil, stay.group)
		if minutes < 0 {
			return -1
		}
		longest = max(longest, minutes)
	}
	return longest
}

// slowRanking sorts the feasible options of one referral, single groups and packages alike.
func slowRanking(snapshot []byte, referral string, options []slowOption) []slowOption {
	penalty := slowRead(snapshot).Policy.LatePenalty
	var ranking []slowOption
	for _, option := range options {
		if option.Feasible && option.Referral == referral {
			ranking = append(ranking, option)
		}
	}
	slices.SortStableFunc(ranking, func(a, b slowOption) int {
		aGroups, aPatterns := a.ids()
		bGroups, bPatterns := b.ids()
		return cmp.Or(
			cmp.Compare(b.total(penalty), a.total(penalty)),
			cmp.Compare(a.From, b.From),
			slowCompareMinutes(a.Minutes, b.Minutes),
			slices.Compare(aGroups, bGroups),
			slices.Compare(aPatterns, bPatterns),
		)
	})
	return ranking
}

func (option slowOption) total(latePenalty int) int {
	if option.Late {
		return option.Score - latePenalty + option.Composition
	}
	return option.Score + option.Composition
}

func (option slowOption) ids() (groups, patterns []string) {
	for _, stay := range option.Stays {
		groups, patterns = append(groups, stay.Group), append(patterns, stay.Pattern)
	}
	return groups, patterns
}

// slowCompareMinutes puts an unknown journey after every known one.
func slowCompareMinutes(a, b int) int {
	if (a < 0) != (b < 0) {
		return cmp.Compare(b, a)
	}
	return cmp.Compare(a, b)
}
