package panel

import (
	"errors"
	"slices"

	"example.org/backontrack/matching"
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

// lock holds the sites of the stays and the pupil, with wherever else the pupil is, so
// that what the rules say stays true until the transaction ends. It comes before
// anything is read that must not change.
func (w *work) lock(pupil PupilID, stays []matching.Stay) error {
	sites, err := w.sitesOf(stays)
	if err != nil {
		return err
	}
	return w.Lock(sites, []PupilID{pupil})
}

// broken are the rules that standing placements would break if some of them were as
// given, and that they do not break as stored: what a move or a longer stay would do.
func (w *work) broken(q *question, instead ...Placement) ([]matching.Violation, []byte, error) {
	var sites []SiteID
	for _, p := range instead {
		sites = append(sites, p.Site)
	}
	slices.Sort(sites)
	b := brief{day: q.day, horizon: q.horizon, policy: q.policy, sites: slices.Compact(sites)}
	before, _, err := w.violations(b)
	if err != nil {
		return nil, nil, err
	}
	b.instead = instead
	after, s, err := w.violations(b)
	if err != nil {
		return nil, nil, err
	}
	fresh := slices.DeleteFunc(after, func(v matching.Violation) bool {
		return !slices.Contains(v.Pupils, q.pupil.Pseudonym) || slices.ContainsFunc(before, func(b matching.Violation) bool {
			return b.Code == v.Code && b.Group == v.Group && slices.Equal(b.Codes, v.Codes) && slices.Equal(b.Pupils, v.Pupils)
		})
	})
	bytes, err := encoded(s)
	return fresh, bytes, err
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
