package panel

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/audit"
)

// Publish stores the next version of a policy. It is in force once it is activated. Id,
// number, author and time are the panel's to give; the policy that matching is given
// has the id of the version, so that each snapshot names the version it was ranked by.
//
// Errors: Invalid with everything that is wrong, as matching says it under /matching.
func (s *Service) Publish(ctx context.Context, p Policy) (Policy, error) {
	return do(ctx, s, NounPolicy, VerbPublish, func(w *work) (Policy, error) {
		if err := w.may(about{}); err != nil {
			return Policy{}, err
		}
		made := p
		made.ID, made.By, made.At = PolicyID(w.id()), w.person.ID, w.Now()
		made.Matching.ID = string(made.ID)
		made.Waivable = slices.Clone(p.Waivable)
		if err := checkPolicy(&made, w.day); err != nil {
			return Policy{}, err
		}
		var err error
		if made.Number, err = nextNumber(w.Tx, made.Name); err != nil {
			return Policy{}, err
		}
		w.note(VerbPublish, NounPolicy, string(made.ID), nil, audit.Pair{Key: "number", Value: fmt.Sprint(made.Number)})
		return made, w.Policies().Add(&made)
	})
}

// nextNumber is the number of the next version of a name.
func nextNumber(tx Tx, name string) (int, error) {
	last := 0
	if name == defaultName {
		last = DefaultPolicy().Number // also while it is not stored
	}
	for p, err := range tx.Policies().List(Is(ByName, name)) {
		if err != nil {
			return 0, err
		}
		last = max(last, p.Number)
	}
	return last + 1, nil
}

// Bounds of a policy.
const (
	mostName   = 100
	mostQuorum = 50
	mostWaiver = 366 // days
)

func checkPolicy(p *Policy, day calendar.Date) error {
	var f faults
	f.text("/name", p.Name, 1)
	if len(p.Name) > mostName || strings.ContainsAny(p.Name, "\n\t") {
		f.add("/name", "too_long", "one line of at most %d bytes", mostName)
	}
	if p.Authority != "" && !threeDigits(p.Authority) {
		f.add("/authority", "authority", "the three digits of a local authority, or left out")
	}
	if p.Quorum < 1 || p.Quorum > mostQuorum {
		f.add("/quorum", "range", "1 to %d", mostQuorum)
	}
	f.checkWaivable(p)
	f.checkMatching(p, day)
	return f.err("the policy cannot be published like this")
}

func threeDigits(s string) bool {
	return len(s) == 3 && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

// checkMatching asks matching what it thinks of its part, with nobody and nothing there.
func (f *faults) checkMatching(p *Policy, day calendar.Date) {
	_, err := matching.New(&matching.Snapshot{AsOf: day, Horizon: day + 7, Policy: &p.Matching})
	found, _ := errors.AsType[matching.Faults](err)
	for _, fault := range found {
		f.add("/matching"+strings.TrimPrefix(fault.Pointer, "/policy"), "matching", "%s", fault.Expected)
	}
}

// waivableRules are the rules that a policy may let people set aside: those that only a
// judgement can lift, and staffing, for which an extra adult may be funded (R3). The
// separations of the policy come on top (R9). Nothing else: what no judgement lifts, and
// what somebody else's place hangs on, is never waived.
var waivableRules = []matching.Code{
	matching.CodeJourney, matching.CodeKeepApart, matching.CodeNeedsNotMet, matching.CodeStaffing,
}

// safetyRules take a second approver, whoever else could waive them.
var safetyRules = []matching.Code{matching.CodeAnxiousWithAggressive, matching.CodeKeepApart, matching.CodeRivalAreas}

func (f *faults) checkWaivable(p *Policy) {
	allowed := slices.Clone(waivableRules)
	for _, s := range p.Matching.Separations {
		allowed = append(allowed, s.Code)
	}
	for i, v := range p.Waivable {
		at := pointer("waivable", i)
		if !slices.Contains(allowed, v.Rule) {
			f.add(at+"/rule", "never", "one of the rules that may be set aside, or a separation of the policy")
		}
		if slices.ContainsFunc(p.Waivable[:i], func(other Waivable) bool { return other.Rule == v.Rule }) {
			f.add(at+"/rule", "twice", "each rule once")
		}
		if !v.Safety && slices.Contains(safetyRules, v.Rule) {
			f.add(at+"/safety", "safety", "yes: it takes a second approver")
		}
		if v.Days < 1 || v.Days > mostWaiver {
			f.add(at+"/days", "range", "1 to %d", mostWaiver)
		}
	}
}

// Activate puts a policy in force from a day on, today or later. A meeting that is open
// keeps the one that it opened with.
func (s *Service) Activate(ctx context.Context, policy PolicyID, from calendar.Date) (Activation, error) {
	return do(ctx, s, NounPolicy, VerbActivate, func(w *work) (Activation, error) {
		var none Activation
		if err := w.may(about{}); err != nil {
			return none, err
		}
		p, err := policyNamed(w.Tx, policy)
		if KindOf(err) == NotFound {
			return none, absent(NounPolicy)
		}
		if err != nil {
			return none, err
		}
		if from < w.day {
			return none, oneFault("/from", "range", "today or later", "no policy comes into force for days that have passed")
		}
		if err := keepPolicy(w.Tx, p); err != nil {
			return none, err
		}
		a := Activation{ID: ActivationID(w.id()), Policy: p.ID, From: from, By: w.person.ID, At: w.Now()}
		w.note(VerbActivate, NounPolicy, string(p.ID), nil, audit.Pair{Key: "from", Value: from.String()})
		return a, w.Activations().Add(&a)
	})
}
