package matching

import (
	"cmp"
	"slices"

	"example.org/backontrack/matching/calendar"
)

// A Violation is a hard rule that standing placements break. Of what there is too little of it is one for each group;
// of separations one for each pair.
type Violation struct {
	Code     Code          `json:"code"`
	Group    GroupID       `json:"group,omitempty"` // not of separations: the two may be in different groups
	Limit    *int          `json:"limit,omitempty"`
	Observed *int          `json:"observed,omitempty"` // at the first date and session
	Codes    []string      `json:"codes,omitempty"`    // what is at issue, as of a [Reason]
	Date     calendar.Date `json:"date,omitzero"`      // the first date and session at which it fails
	Session  string        `json:"session,omitempty"`
	Pupils   []PupilID     `json:"pupils"` // who are concerned, by id
}

// Violations are the hard rules that standing placements break from a day on, in whatever provision, by code, group and
// pupil. A zero day is the snapshot's own. Each placement is looked at as if it came new to the others; the rules
// that were asked when the pupil came (referral_reason, too_short, journey and the days of starts) are not asked again.
// Cost grows with the placements times those on their sites.
func (e *Engine) Violations(from calendar.Date) []Violation {
	return e.rebuild(e.snapshot).violations(func(*Group) bool { return true }, from)
}

// covers tells whether a group is the provision's.
func (p ProvisionID) covers(g *Group) bool { return g.Provision == p }

// violations are what the placements of some groups break from a day on.
// It changes e for the time of the call, which has to be the caller's own.
func (e *Engine) violations(of func(*Group) bool, from calendar.Date) []Violation {
	list := []Violation{}
	if len(e.stays) == 0 {
		return list
	}
	t := e.try(&referralIndex{referral: &Referral{}, pupil: e.stays[0].pupil})
	for i := range e.stays {
		st := &e.stays[i]
		if !of(e.groups[st.group].group) || st.to < from {
			continue
		}
		self := e.snapshot.Pupils[st.pupil].ID
		for _, r := range t.reasonsAgainst(i, from) {
			if !e.isSeparation(r.Code) {
				list = noteViolation(list, &r, e.groups[st.group].group.ID, append(slices.Clone(r.Pupils), self))
				continue
			}
			for _, other := range r.Pupils {
				list = noteViolation(list, &r, "", []PupilID{self, other})
			}
		}
	}
	order := e.codesInOrder()
	slices.SortFunc(list, func(a, b Violation) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.Code), slices.Index(order, b.Code)), cmp.Compare(a.Group, b.Group),
			slices.Compare(a.Codes, b.Codes), slices.Compare(a.Pupils, b.Pupils))
	})
	return list
}

// reasonsAgainst are the reasons against a standing stay, while it is taken away.
func (t *trial) reasonsAgainst(i int, from calendar.Date) []Reason {
	e := t.e
	st := e.stays[i]
	defer e.takeStay(i)()
	t.reset(&referralIndex{
		referral: &Referral{ID: ReferralID(st.placement.ID), Pupil: st.placement.Pupil, OwnAdult: st.placement.OwnAdult},
		pupil:    st.pupil, demand: demand{st.demand, st.demand, st.demand},
	})
	g := &e.groups[st.group]
	v := t.visit(g, g.pattern(st.placement.Pattern))
	v.from, v.to, v.settled = max(st.from, from), st.to, st.settled
	return slices.DeleteFunc(t.explain(&v), func(r Reason) bool { return notAsked[r.Code] })
}

// noteViolation adds a violation, or adds to one that is known: whoever is concerned finds it again.
func noteViolation(list []Violation, r *Reason, group GroupID, pupils []PupilID) []Violation {
	pupils = sorted(pupils)
	same := func(v Violation) bool {
		return v.Code == r.Code && v.Group == group && slices.Equal(v.Codes, r.Codes) && (group != "" || slices.Equal(v.Pupils, pupils))
	}
	at := slices.IndexFunc(list, same)
	if at < 0 {
		return append(list, Violation{
			Code: r.Code, Group: group, Limit: r.Limit, Observed: r.Observed, Codes: r.Codes, Date: r.Date, Session: r.Session, Pupils: pupils,
		})
	}
	v := &list[at]
	v.Pupils = sorted(append(v.Pupils, pupils...))
	if r.Date < v.Date || r.Date == v.Date && r.Session < v.Session { // of one day: am, pm
		v.Date, v.Session, v.Limit, v.Observed = r.Date, r.Session, r.Limit, r.Observed
	}
	return list
}
