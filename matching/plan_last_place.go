package matching

import "slices"

// A LastPlace warns of a referral for which one place is all there is. At least one of OnlyOption, NoneLeft and
// WantedBy says something. A package's groups count as one place together.
type LastPlace struct {
	Referral ReferralID `json:"referral"`
	Groups   []GroupID  `json:"groups"` // that it has in the plan, or, unplaced, its only ones; by id
	Placed   bool       `json:"placed"`

	// OnlyOption: no other group, or set of groups, is feasible for it, whatever the plan does. It may have several
	// patterns and starts there.
	OnlyOption bool `json:"only_option"`
	// NoneLeft: it is placed, and if that place fell through, no option without these groups would be left, with
	// everybody else where the plan has them.
	NoneLeft bool `json:"none_left"`
	// WantedBy are the unplaced referrals of which some option would fit if this one were not placed, with everybody
	// else where the plan has them; by id.
	WantedBy []ReferralID `json:"wanted_by"`
}

// LastPlaces are the warnings of a plan of this planner, by referral id; of another plan the error is [ErrForeignPlan].
// The cost grows with the placed times the options of the unplaced.
func (p *Planner) LastPlaces(plan *Plan) ([]LastPlace, error) {
	choice, seats, err := p.chosen(plan)
	if err != nil {
		return nil, err
	}
	waiting := p.waiting(choice, seats)
	list := []LastPlace{}
	for r := range p.e.referrals {
		l := LastPlace{Referral: p.e.referrals[r].referral.ID, Groups: []GroupID{}, WantedBy: []ReferralID{}}
		of, has := p.index().of[r], choice[r]
		if len(of) > 0 {
			first := &p.m.options[of[0]]
			l.OnlyOption = !slices.ContainsFunc(of, func(n int32) bool { return !p.m.options[n].sameGroups(first) })
		}
		switch {
		case has >= 0:
			l.Placed = true
			l.Groups = p.groupsOf(has)
			seats.book(has, -1)
			l.NoneLeft = !slices.ContainsFunc(of, func(n int32) bool { return !p.shareGroup(n, has) && seats.fits(n) })
			for _, u := range waiting {
				if slices.ContainsFunc(u.options, seats.fits) {
					l.WantedBy = append(l.WantedBy, u.referral)
				}
			}
			seats.book(has, 1)
		case l.OnlyOption:
			l.Groups = p.groupsOf(of[0])
		}
		if l.OnlyOption || l.NoneLeft || len(l.WantedBy) > 0 {
			list = append(list, l)
		}
	}
	return list, nil
}

// A waitingReferral is unplaced, with the options that do not fit into the plan as it is.
type waitingReferral struct {
	referral ReferralID
	options  []int32
}

func (p *Planner) waiting(choice []int32, seats *seating) []waitingReferral {
	var list []waitingReferral
	for r := range p.e.referrals {
		if choice[r] >= 0 {
			continue
		}
		u := waitingReferral{referral: p.e.referrals[r].referral.ID}
		for _, n := range p.index().of[r] {
			if !seats.fits(n) {
				u.options = append(u.options, n)
			}
		}
		list = append(list, u)
	}
	return list
}

// shareGroup tells whether two options have a group in common.
func (p *Planner) shareGroup(a, b int32) bool {
	return slices.ContainsFunc(p.m.options[a].stays, func(s planStay) bool {
		return slices.ContainsFunc(p.m.options[b].stays, func(t planStay) bool { return s.group == t.group })
	})
}

func (p *Planner) groupsOf(n int32) []GroupID {
	var groups []GroupID
	for _, s := range p.m.options[n].stays {
		groups = append(groups, p.e.groups[s.group].group.ID)
	}
	return groups
}
