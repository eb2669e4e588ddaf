package matching_test

import (
	"cmp"
	"slices"
)

// slowOffer is a group and a pattern of it, with the starts that are allowed and feasible for one referral.
type slowOffer struct {
	group   *slowGroup
	pattern slowPattern
	starts  []slowDay
}

// slowPackages gives the feasible packages of 2 to max_groups groups of all referrals.
func slowPackages(snapshot []byte) []slowOption {
	s := slowRead(snapshot)
	var packages []slowOption
	for _, r := range s.Referrals {
		var found []slowOption
		for _, offers := range s.combinations(s.offers(r)) {
			if option, fits := s.packageOption(r, offers); fits {
				found = append(found, option)
			}
		}
		slices.SortFunc(found, slowComparePackages)
		packages = append(packages, found...)
	}
	return packages
}

func slowComparePackages(a, b slowOption) int {
	aGroups, aPatterns := a.ids()
	bGroups, bPatterns := b.ids()
	return cmp.Or(slices.Compare(aGroups, bGroups), slices.Compare(aPatterns, bPatterns))
}

func (s *slowSnapshot) offers(r *slowReferral) []slowOffer {
	var offers []slowOffer
	for _, g := range s.Groups {
		for _, p := range g.Patterns {
			if !r.offered(g.ID, p.ID) {
				continue
			}
			offer := slowOffer{group: g, pattern: p}
			for _, start := range s.allowedStarts(r, g) {
				if s.feasible(r, s.newStay(r, g, p, start)) {
					offer.starts = append(offer.starts, start)
				}
			}
			offers = append(offers, offer)
		}
	}
	return offers
}

// combinations lists every choice of 2 to max_groups offers of different groups, by group id.
func (s *slowSnapshot) combinations(offers []slowOffer) [][]slowOffer {
	all := [][]slowOffer{{}}
	for _, offer := range offers {
		for _, chosen := range slices.Clone(all) {
			taken := slices.ContainsFunc(chosen, func(other slowOffer) bool { return other.group == offer.group })
			if !taken && len(chosen) < s.Policy.Package.MaxGroups {
				all = append(all, append(slices.Clone(chosen), offer))
			}
		}
	}
	return slices.DeleteFunc(all, func(chosen []slowOffer) bool { return len(chosen) < 2 })
}

// packageOption puts offers together at their earliest common start, if their sessions fit into one week.
func (s *slowSnapshot) packageOption(r *slowReferral, offers []slowOffer) (slowOption, bool) {
	var sessions []string
	for _, offer := range offers {
		if len(s.shared(sessions, offer.pattern.Sessions)) > 0 {
			return slowOption{}, false
		}
		sessions = append(sessions, offer.pattern.Sessions...)
	}
	if r.Wants.Sessions != 0 && len(sessions) > r.Wants.Sessions {
		return slowOption{}, false
	}
	start, found := slowCommonStart(offers)
	if !found {
		return slowOption{}, false
	}
	var week []slowStay
	var unchecked []string
	for _, offer := range offers {
		stay := s.newStay(r, offer.group, offer.pattern, start)
		week = append(week, stay)
		unchecked = append(unchecked, s.unchecked(r, stay, nil)...)
	}
	option := s.option(r, week)
	option.Feasible = true
	slices.Sort(unchecked)
	option.Unchecked = slices.Compact(unchecked)
	return option, true
}

// slowCommonStart is the earliest start of the first offer that all the others have too.
func slowCommonStart(offers []slowOffer) (slowDay, bool) {
	for _, start := range offers[0].starts {
		inAll := true
		for _, offer := range offers[1:] {
			inAll = inAll && slices.Contains(offer.starts, start)
		}
		if inAll {
			return start, true
		}
	}
	return 0, false
}
