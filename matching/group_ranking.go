package matching

import (
	"cmp"
	"slices"
)

// A GroupRanking is the answer for one group: which open referrals it suits best.
type GroupRanking struct {
	Group    GroupID  `json:"group"`
	Ranking  []Option `json:"ranking"`  // the best option of each referral that fits
	Rejected []Option `json:"rejected"` // for each that does not, each pattern's refusal; by referral and pattern
}

// ForGroup ranks the open referrals for a group, for when it has a free place: by
// bonus + total, then earlier start, shorter journey, referral id.
func (e *Engine) ForGroup(id GroupID) (*GroupRanking, error) {
	g, err := e.group(id)
	if err != nil {
		return nil, err
	}
	ranking := &GroupRanking{Group: id, Ranking: []Option{}, Rejected: []Option{}}
	for i := range e.referrals {
		options := e.try(&e.referrals[i]).optionsIn(nil, g)
		fits := slices.DeleteFunc(slices.Clone(options), func(o Option) bool { return !o.Feasible })
		if len(fits) == 0 {
			ranking.Rejected = append(ranking.Rejected, options...)
			continue
		}
		best := slices.MinFunc(fits, func(a, b Option) int { return compareOptions(&a, &b) })
		ranking.Ranking = append(ranking.Ranking, best)
	}
	slices.SortStableFunc(ranking.Ranking, func(a, b Option) int {
		return cmp.Or(
			cmp.Compare(b.Bonus+b.Total, a.Bonus+a.Total),
			cmp.Compare(a.Stays[0].From, b.Stays[0].From),
			cmp.Compare(minutesOrLast(&a), minutesOrLast(&b)),
			cmp.Compare(a.Referral, b.Referral),
		)
	})
	return ranking, nil
}

// WhyNot explains one group for a referral: its options there, and for each
// pattern that is refused every reason and what would unlock it.
func (e *Engine) WhyNot(referral ReferralID, group GroupID) ([]Option, error) {
	r, err := e.referral(referral)
	if err != nil {
		return nil, err
	}
	g, err := e.group(group)
	if err != nil {
		return nil, err
	}
	t := e.try(r)
	options := t.optionsIn([]Option{}, g)
	for i := range options {
		if options[i].Unlock, err = e.Unlocks(&options[i]); err != nil {
			return nil, err
		}
	}
	return options, nil
}

// Earliest gives, for each group and pattern, the option with the first start
// that fits, by start and then in ranking order. Groups name those that are asked
// about; none means all. A group that never fits before the horizon is left out.
func (e *Engine) Earliest(referral ReferralID, groups ...GroupID) ([]Option, error) {
	r, err := e.referral(referral)
	if err != nil {
		return nil, err
	}
	t, first := e.try(r), []Option{}
	for i := range e.groups {
		g := &e.groups[i]
		if len(groups) > 0 && !slices.Contains(groups, g.group.ID) {
			continue
		}
		for v := range t.openings(g) {
			first = append(first, t.option(&v, []Reason{}))
		}
	}
	for _, id := range groups {
		if _, err := e.group(id); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(first, func(a, b Option) int {
		return cmp.Or(cmp.Compare(a.Stays[0].From, b.Stays[0].From), compareOptions(&a, &b))
	})
	return first, nil
}

// A Blocking is who and what keeps a referral out of a group.
type Blocking struct {
	Rules  []Code    `json:"rules"`  // that refuse by themselves, whoever is there
	Pupils []Blocker `json:"pupils"` // by id
}

// A Blocker is a standing pupil because of whom rules refuse.
type Blocker struct {
	Pupil      PupilID       `json:"pupil"`
	Codes      []Code        `json:"codes"`
	Placements []PlacementID `json:"placements"` // of the pupil, on the group's site
}

// Blockers gathers who and what blocks a referral in a group, over all its patterns.
// Where some pattern is possible, it is about the others.
func (e *Engine) Blockers(referral ReferralID, group GroupID) (*Blocking, error) {
	r, err := e.referral(referral)
	if err != nil {
		return nil, err
	}
	g, err := e.group(group)
	if err != nil {
		return nil, err
	}
	var rules []Code
	pupils := map[PupilID][]Code{}
	for _, o := range e.try(r).optionsIn(nil, g) {
		for _, reason := range o.Reasons {
			if len(reason.Pupils) == 0 {
				rules = append(rules, reason.Code)
			}
			for _, id := range reason.Pupils {
				pupils[id] = append(pupils[id], reason.Code)
			}
		}
	}
	blocking := &Blocking{Rules: append([]Code{}, sorted(rules)...), Pupils: []Blocker{}}
	for _, id := range sortedKeys(pupils) {
		blocking.Pupils = append(blocking.Pupils, Blocker{id, sorted(pupils[id]), e.placementsOf(id, g.site)})
	}
	return blocking, nil
}

// placementsOf lists a pupil's standing placements on a site, by id.
func (e *Engine) placementsOf(pupil PupilID, site int32) []PlacementID {
	ids := []PlacementID{}
	for _, n := range e.pupilStays[e.pupilOf[pupil]] {
		if st := &e.stays[n]; e.groups[st.group].site == site {
			ids = append(ids, st.placement.ID)
		}
	}
	return sorted(ids)
}
