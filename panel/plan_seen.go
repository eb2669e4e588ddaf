package panel

import (
	"slices"

	"example.org/backontrack/matching"
)

// seenOf is a plan of a meeting's agenda without the referrals in which the caller has an
// interest: where they would go, what keeps them out, and whom else they would make room for.
func (w *work) seenOf(plan *matching.Plan, meeting MeetingID) (*matching.Plan, error) {
	m, err := w.Meetings().Get(meeting)
	if err != nil {
		return nil, err
	}
	x := &planView{work: w, meeting: &m, hidden: map[ReferralID]bool{}}
	seen := *plan
	seen.Assignments, seen.Unplaced, seen.Moves = []matching.Assignment{}, []matching.Unplaced{}, []matching.Move{}
	for _, a := range plan.Assignments {
		if x.shows(a.Referral) {
			seen.Assignments = append(seen.Assignments, a)
		}
	}
	for _, u := range plan.Unplaced {
		if x.shows(u.Referral) {
			u.Referrals = slices.DeleteFunc(slices.Clone(u.Referrals), func(r ReferralID) bool { return !x.shows(r) })
			u.Unlock = slices.DeleteFunc(slices.Clone(u.Unlock), func(u matching.Unlock) bool { return !x.showsChanges(u.Changes) })
			seen.Unplaced = append(seen.Unplaced, u)
		}
	}
	for _, move := range plan.Moves {
		if x.showsPlacement(move.Placement) {
			seen.Moves = append(seen.Moves, move)
		}
	}
	return &seen, x.err
}

// planView is what somebody may see of a plan.
type planView struct {
	*work
	meeting *Meeting
	hidden  map[ReferralID]bool
	err     error // the first
}

// shows tells whether a referral is one that the caller may read of.
func (x *planView) shows(id ReferralID) bool {
	hidden, known := x.hidden[id]
	if !known {
		hidden = x.hides(id)
		x.hidden[id] = hidden
	}
	return !hidden
}

func (x *planView) hides(id ReferralID) bool {
	if x.meeting.recused(x.person.ID, id) {
		return true
	}
	r, err := x.Referrals().Get(id)
	if err != nil {
		return x.failed(err)
	}
	interested, err := x.interested(r)
	return x.failed(err) || interested
}

func (x *planView) showsPlacement(id PlacementID) bool {
	p, err := x.Placements().Get(id)
	return !x.failed(err) && x.shows(p.Referral)
}

// showsChanges tells whether none of the changes is to a referral or a placement that is hidden.
func (x *planView) showsChanges(list []matching.Change) bool {
	return !slices.ContainsFunc(list, func(c matching.Change) bool {
		return c.Referral != "" && !x.shows(c.Referral) || c.Placement != "" && !x.showsPlacement(c.Placement)
	})
}

// failed keeps an error. What cannot be looked up is hidden; what is erased is nothing to report.
func (x *planView) failed(err error) bool {
	if x.err == nil && KindOf(err) != NotFound {
		x.err = err
	}
	return err != nil
}
