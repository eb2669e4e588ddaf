package panel

import (
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// interestsOf are all interests of those who sit in a meeting in one referral: what was
// declared or found before, and what follows from their roles now. Staff of the school
// that refers have one, and staff of a provision that the family asks for, that has the
// pupil, or that the stays lead to.
func interestsOf(tx Tx, m Meeting, r Referral, stays []matching.Stay) ([]Interest, error) {
	var list []Interest
	for _, i := range m.Interests {
		if i.Referral == r.ID {
			list = append(list, i)
		}
	}
	provisions, err := provisionsConcerned(tx, r, stays)
	if err != nil {
		return nil, err
	}
	for _, id := range m.seated() {
		p, err := tx.People().Get(id)
		if err != nil {
			return nil, err
		}
		for _, kind := range p.interests(m.Date, r.School, provisions) {
			i := Interest{Person: id, Referral: r.ID, Kind: kind, Automatic: true}
			if !slices.Contains(list, i) {
				list = append(list, i)
			}
		}
	}
	return list, nil
}

// interests are the kinds of interest that a person's roles on a day make.
func (p *Person) interests(day calendar.Date, school OrganisationID, provisions []OrganisationID) []InterestKind {
	var kinds []InterestKind
	for _, g := range p.Grants {
		if !g.on(day) || g.Organisation == "" {
			continue
		}
		// A unit may both refer and offer places: whoever works there is of both kinds.
		if staff := g.Role == RoleSchool || g.Role == RoleProvider; !staff {
			continue
		}
		if g.Organisation == school {
			kinds = append(kinds, OwnSchool)
		}
		if slices.Contains(provisions, g.Organisation) {
			kinds = append(kinds, OwnProvision)
		}
	}
	slices.Sort(kinds)
	return slices.Compact(kinds)
}

// provisionsConcerned are the provisions that have something to win or lose.
func provisionsConcerned(tx Tx, r Referral, stays []matching.Stay) ([]OrganisationID, error) {
	var list []OrganisationID
	for _, wish := range askedFor(r) {
		id, err := organisationNamed(tx, wish)
		if err != nil {
			return nil, err
		}
		list = append(list, id)
	}
	family, err := newKin(tx).all(r.Pupil)
	if err != nil {
		return nil, err
	}
	for p, err := range tx.Placements().List(Is(ByPupil, family...)) {
		if err != nil {
			return nil, err
		}
		if p.live() {
			list = append(list, p.Organisation)
		}
	}
	for _, stay := range stays {
		g, err := tx.Groups().Get(stay.Group)
		if KindOf(err) == NotFound {
			continue // the rules say so
		}
		if err != nil {
			return nil, err
		}
		list = append(list, g.Organisation)
	}
	return list, nil
}

// askedFor are the provisions and groups that the form asks for, by the ids that were put there.
func askedFor(r Referral) []string {
	provisions, _ := r.Form.Codes("referral.provisions")
	groups, _ := r.Form.Codes("referral.wants_groups")
	return append(provisions, groups...)
}

// organisationNamed is the organisation that an id of a form leads to: its own, or that
// of a group or a site. An id that leads nowhere is nobody's.
func organisationNamed(tx Tx, id string) (OrganisationID, error) {
	g, err := tx.Groups().Get(GroupID(id))
	if err == nil {
		return g.Organisation, nil
	}
	if KindOf(err) != NotFound {
		return "", err
	}
	s, err := tx.Sites().Get(SiteID(id))
	if err == nil {
		return s.Organisation, nil
	}
	if KindOf(err) != NotFound {
		return "", err
	}
	return OrganisationID(id), nil
}

// findInterests finds anew which interests follow from roles, in referrals that are
// before the meeting. What was declared stays.
func (w *work) findInterests(m *Meeting, before []Referral) error {
	concerned := func(i Interest) bool {
		return i.Automatic && slices.ContainsFunc(before, func(r Referral) bool { return r.ID == i.Referral })
	}
	m.Interests = slices.DeleteFunc(m.Interests, concerned)
	for _, r := range before {
		found, err := interestsOf(w.Tx, *m, r, nil)
		if err != nil {
			return err
		}
		for _, i := range found {
			if i.Automatic {
				m.Interests = append(m.Interests, i)
			}
		}
	}
	return nil
}
