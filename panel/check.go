package panel

import (
	"errors"
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// A verdict is what the rules say of chosen stays, and of what they were run on.
type verdict struct {
	reasons   []matching.Reason
	unchecked []matching.Code
	snapshot  []byte
}

// verdict runs every hard rule on chosen stays, at the sites concerned. Whoever is about
// to write what it allows has locked those sites and the pupil before.
func (w *work) verdict(q *question, stays []matching.Stay) (*verdict, error) {
	sites, err := w.sitesOf(stays)
	if err != nil {
		return nil, err
	}
	b := q.brief()
	b.sites, b.leaning = sites, nil
	s, err := bridge(w.Tx, b)
	if err != nil {
		return nil, err
	}
	e, err := engine(s)
	if err != nil {
		return nil, err
	}
	found, err := e.Check(q.referral.ID, stays)
	if err != nil {
		return nil, staysFault(err)
	}
	bytes, err := encoded(s)
	return &verdict{reasons: found.Reasons, unchecked: found.Unchecked, snapshot: bytes}, err
}

// staysFault says which stay names what is not there.
func staysFault(err error) error {
	out := &Error{Kind: Invalid, Detail: "the stays do not name groups and patterns that are there", Err: err}
	if faults, ok := errors.AsType[matching.Faults](err); ok {
		for _, f := range faults {
			out.Faults = append(out.Faults, Fault{Pointer: f.Pointer, Code: "stay", Detail: f.Expected})
		}
	}
	return out
}

// sitesOf are the sites of the stays' groups, in order. A group that is not there is a fault.
func (w *work) sitesOf(stays []matching.Stay) ([]SiteID, error) {
	var sites []SiteID
	var faults []Fault
	for i, stay := range stays {
		g, err := w.Groups().Get(stay.Group)
		switch {
		case KindOf(err) == NotFound:
			faults = append(faults, Fault{Pointer: pointer("stays", i, "group"), Code: "unknown", Detail: "a group"})
		case err != nil:
			return nil, err
		default:
			sites = append(sites, g.Site)
		}
	}
	if faults != nil {
		return nil, &Error{Kind: Invalid, Detail: "there is no such group", Faults: faults}
	}
	slices.Sort(sites)
	return slices.Compact(sites), nil
}

// lock holds the sites of the stays and the pupil's records, so that what the rules say
// stays true until the transaction ends. It comes before anything is read that must not change.
func (w *work) lock(pupil PupilID, stays []matching.Stay) error {
	sites, err := w.sitesOf(stays)
	if err != nil {
		return err
	}
	return w.lockPupil(pupil, sites...)
}

// lockPupil locks sites and all records of a pupil.
func (w *work) lockPupil(pupil PupilID, sites ...SiteID) error {
	all, err := newKin(w.Tx).all(pupil)
	if err != nil {
		return err
	}
	sites = slices.Clone(sites)
	slices.Sort(sites)
	return w.Lock(slices.Compact(sites), all)
}

// gained runs the rules on the days that a longer stay gains, as on any standing stay:
// whatever is broken there, also by others, stands against it.
func (w *work) gained(q *question, p Placement, before calendar.Date) ([]matching.Reason, []byte, error) {
	b := brief{day: q.day, horizon: max(q.horizon, p.To), policy: q.policy, sites: []SiteID{p.Site}, instead: []Placement{p}}
	s, err := bridge(w.Tx, b)
	if err != nil {
		return nil, nil, err
	}
	e, err := engine(s)
	if err != nil {
		return nil, nil, err
	}
	list := slices.DeleteFunc(e.Violations(max(before+1, q.day)), func(v matching.Violation) bool {
		return !slices.Contains(v.Pupils, q.pupil.Pseudonym)
	})
	reasons := reasonsOf(list, q.pupil.Pseudonym)
	if last, limited := lastDay(s, p); limited && p.To > last {
		reasons = append(reasons, matching.Reason{Code: matching.CodeEndDate, Class: matching.Never, Date: last})
	}
	bytes, err := encoded(s)
	return reasons, bytes, err
}

// lastDay is the last day that the terms of a group allow a stay.
func lastDay(s *matching.Snapshot, p Placement) (last calendar.Date, limited bool) {
	i := slices.IndexFunc(s.Groups, func(g matching.Group) bool { return g.ID == p.Group })
	if i < 0 {
		return 0, false
	}
	g := &s.Groups[i]
	if g.Open.To != 0 {
		last, limited = g.Open.To, true
	}
	if g.Weeks != nil && g.Weeks.Max > 0 {
		if end := p.From + calendar.Date(7*g.Weeks.Max-1); !limited || end < last {
			last, limited = end, true
		}
	}
	if g.Days != nil && g.Days.Max > 0 {
		days := calendar.NewDays(p.From, max(s.Horizon, p.To), s.Calendar.Closed).Between(p.From, p.To)
		if len(days) > g.Days.Max && (!limited || days[g.Days.Max-1] < last) {
			last, limited = days[g.Days.Max-1], true
		}
	}
	return last, limited
}

// moved runs the rules on a stay that begins where another of the same provision ends.
// What a move does not ask again, as the contract of moves has it, is left out.
func (w *work) moved(q *question, left, next Placement) ([]matching.Reason, []byte, error) {
	b := brief{
		day: q.day, horizon: max(q.horizon, next.To), policy: q.policy, open: []Referral{q.referral},
		sites: []SiteID{left.Site, next.Site}, instead: []Placement{left},
	}
	s, err := bridge(w.Tx, b)
	if err != nil {
		return nil, nil, err
	}
	for i := range s.Referrals {
		s.Referrals[i].ReadyFrom = 0 // it stands already
		s.Referrals[i].OwnAdult = next.OwnAdult
	}
	e, err := engine(s)
	if err != nil {
		return nil, nil, err
	}
	found, err := e.Check(q.referral.ID, []matching.Stay{{Group: next.Group, Pattern: next.Pattern, From: next.From, To: next.To}})
	if err != nil {
		return nil, nil, staysFault(err)
	}
	reasons := slices.DeleteFunc(found.Reasons, func(r matching.Reason) bool {
		return r.Code == matching.CodeReferralReason || r.Code == matching.CodeTooShort || r.Code == matching.CodeJourney
	})
	bytes, err := encoded(s)
	return reasons, bytes, err
}

func (w *work) violations(b brief) ([]matching.Violation, *matching.Snapshot, error) {
	s, err := bridge(w.Tx, b)
	if err != nil {
		return nil, nil, err
	}
	e, err := engine(s)
	if err != nil {
		return nil, nil, err
	}
	return e.Violations(b.day), s, nil
}

// reasonsOf are violations as the reasons that a caller is told.
func reasonsOf(list []matching.Violation, self Pseudonym) []matching.Reason {
	reasons := make([]matching.Reason, len(list))
	for i, v := range list {
		reasons[i] = matching.Reason{
			Code: v.Code, Limit: v.Limit, Observed: v.Observed, Codes: v.Codes, Date: v.Date, Session: v.Session,
			Pupils: slices.DeleteFunc(slices.Clone(v.Pupils), func(p Pseudonym) bool { return p == self }),
		}
	}
	return reasons
}
