package panel

import (
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// about is what access asks of a noun: whose it is.
type about struct {
	school       OrganisationID // that referred
	organisation OrganisationID // whose site, group or placement it is
	referral     *Referral
	meeting      *Meeting
	person       PersonID
}

// may returns nil when the caller may do the verb of this transaction to what it is
// about, Forbidden when none of the caller's roles ever may, and NotFound when this one
// is out of their reach: what one may not see does not exist.
func (w *work) may(a about) error { return w.mayDo(w.noun, w.verb, a) }

func (w *work) mayDo(noun Noun, verb Verb, a about) error {
	rows := reach(w.roles(), noun, verb)
	if len(rows) == 0 {
		return Errorf(Forbidden, "none of your roles may %s a %s", verb, noun)
	}
	for _, row := range rows {
		within, err := w.within(row.Scope, a)
		if err != nil {
			return err
		}
		if within {
			return nil
		}
	}
	return absent(noun)
}

// absent is the same for what is not there and for what is out of reach.
func absent(noun Noun) error { return Errorf(NotFound, "there is no such %s", noun) }

// away is what somebody is told about what the store does not find: the same as about what
// is not theirs to see. Any other error stays as it is.
func (w *work) away(err error) error {
	if KindOf(err) != NotFound {
		return err
	}
	if err := w.mayDo(w.noun, w.verb, about{}); KindOf(err) == Forbidden {
		return err
	}
	return absent(w.noun)
}

func (w *work) within(scope Scope, a about) (bool, error) {
	switch scope {
	case All:
		return true, nil
	case Self:
		return a.person != "" && a.person == w.person.ID, nil
	case OwnSchools:
		return w.has(RoleSchool, a.school), nil
	case OwnProviders:
		if a.referral != nil && a.organisation == "" {
			return w.offeredToMine(a.referral.ID)
		}
		return w.has(RoleProvider, a.organisation), nil
	case Agenda:
		return w.onMyAgenda(a)
	case Presiding:
		if a.meeting == nil && a.referral != nil && a.referral.betweenMeetings() {
			interested, err := w.interested(*a.referral)
			return !interested, err
		}
		return w.onMyAgenda(a)
	case Asked:
		asked, err := w.askedToApprove(a.referral)
		if !asked || err != nil {
			return false, err
		}
		interested, err := w.interested(*a.referral)
		return !interested, err
	}
	return false, nil
}

// offeredToMine tells whether the referral has an offer or a live placement at a
// provision of the caller's.
func (w *work) offeredToMine(referral ReferralID) (bool, error) {
	for p, err := range w.Placements().List(Is(ByReferral, referral)) {
		if err != nil {
			return false, err
		}
		if p.live() && w.has(RoleProvider, p.Organisation) {
			return true, nil
		}
	}
	return false, nil
}

// onMyAgenda tells whether the caller sits in the meeting that it is before, without an
// interest in it. A meeting by itself is before those who sit in it.
func (w *work) onMyAgenda(a about) (bool, error) {
	m := a.meeting
	if m == nil {
		if a.referral == nil || a.referral.Meeting == "" {
			return false, nil
		}
		found, err := w.Meetings().Get(a.referral.Meeting)
		if err != nil {
			return false, err
		}
		m = &found
	}
	if !m.seats(w.person.ID) {
		return false, nil
	}
	if a.referral == nil {
		return true, nil
	}
	if m.recused(w.person.ID, a.referral.ID) {
		return false, nil
	}
	interested, err := w.interested(*a.referral)
	return !interested, err
}

// interested tells whether the caller has an interest in a referral, in a meeting or
// between two: by what its last meeting wrote down, or because the caller works at the
// school that refers, or at a provision that the family asks for, that has the pupil, or
// that stays lead to. It goes by all that the person does: a token that leaves out a role
// takes away rights, and no interest.
func (w *work) interested(r Referral, stays ...matching.Stay) (bool, error) {
	if r.Meeting != "" {
		m, err := w.Meetings().Get(r.Meeting)
		if err != nil && KindOf(err) != NotFound {
			return false, err
		}
		if m.recused(w.person.ID, r.ID) {
			return true, nil
		}
	}
	if !w.person.staff(w.day) {
		return false, nil // spares looking for the provisions
	}
	provisions, err := provisionsConcerned(w.Tx, r, stays)
	if err != nil {
		return false, err
	}
	return len(w.person.interests(w.day, r.School, provisions)) > 0, nil
}

// staff tells whether a person works at a school or a provision on a day.
func (p *Person) staff(day calendar.Date) bool {
	return slices.ContainsFunc(p.Grants, func(g Grant) bool {
		return g.on(day) && (g.Role == RoleSchool || g.Role == RoleProvider)
	})
}

func (w *work) askedToApprove(r *Referral) (bool, error) {
	if r == nil {
		return false, nil
	}
	for waiver, err := range w.Waivers().List(Is(ByReferral, r.ID)) {
		if err != nil {
			return false, err
		}
		if waiver.Safety {
			return true, nil
		}
	}
	return false, nil
}

// seats tells whether a person sits in the meeting.
func (m *Meeting) seats(p PersonID) bool {
	return p != "" && (p == m.Chair || p == m.Deputy || slices.Contains(m.Members, p))
}

// recused tells whether a person has an interest in a referral.
func (m *Meeting) recused(p PersonID, r ReferralID) bool {
	return slices.ContainsFunc(m.Interests, func(i Interest) bool { return i.Person == p && i.Referral == r })
}

// present tells whether a person came to the meeting.
func (m *Meeting) present(p PersonID) bool {
	return slices.ContainsFunc(m.Attendance, func(a Attendance) bool { return a.Person == p && a.Present })
}

// live tells whether a placement takes up its place: it is offered, accepted or started.
func (p *Placement) live() bool {
	return p.State == Offered || p.State == Accepted || p.State == Started
}

// gather reads a list to its end.
func gather[N any](seq func(func(N, error) bool)) ([]N, error) {
	var all []N
	for n, err := range seq {
		if err != nil {
			return nil, err
		}
		all = append(all, n)
	}
	return all, nil
}

// betweenMeetings tells whether a chair may act on the referral with no meeting.
func (r *Referral) betweenMeetings() bool {
	return r.State == Ready || r.State == Waiting || r.State == Placed
}
