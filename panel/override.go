package panel

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// A Ledger is every decision of some days that departed from the ranking or set a rule
// aside, and what came of it: what a policy, and a panel, can learn from.
type Ledger struct {
	From      calendar.Date
	To        calendar.Date
	Decisions int // how many were taken in all
	Overrides []Override
	ByReason  []Counted // departures, by the code of their reason
	ByRule    []Counted // waivers, by rule
}

// An Override is one such decision.
type Override struct {
	Decision   DecisionID
	Referral   ReferralID
	Meeting    MeetingID // empty: chair's action
	Day        calendar.Date
	By         PersonID
	Role       Role
	Outcome    Outcome
	Departs    bool
	Rank       int
	Reason     Reason
	Waivers    []OverrideWaiver
	Placements []OverridePlacement // oldest id first; with those that a move made
}

// OverrideWaiver is a rule that was set aside, on what terms, and whether they are kept.
type OverrideWaiver struct {
	Waiver     WaiverID
	Rule       matching.Code
	Text       string
	Owner      string
	Mitigation string
	ReviewBy   calendar.Date
	Safety     bool
	Approver   PersonID
	Reviewed   calendar.Date // the last review of a placement since the decision; zero: none
	Overdue    bool          // the day has passed, the placement stands, and nobody has looked at it
}

// OverridePlacement is what became of the pupil's placement.
type OverridePlacement struct {
	Placement   PlacementID
	State       State
	Ended       calendar.Date
	EndReason   EndReason
	Destination Destination
}

// Overrides are the departures and waivers from one day to another, both included, in
// the order in which they were decided.
func (s *Service) Overrides(ctx context.Context, from, to calendar.Date) (Ledger, error) {
	return read(ctx, s, NounReport, VerbRead, func(w *work) (Ledger, error) {
		ledger := Ledger{From: from, To: to}
		if err := w.may(about{}); err != nil {
			return ledger, err
		}
		if from == 0 || to < from {
			return ledger, oneFault("/to", "range", "a first day, and a last day that is not before it", "there are no such days")
		}
		var referrals []Referral
		for d, err := range w.Decisions().List(From(ByFirstDay, from.String()), Until(ByLastDay, to.String())) {
			if err != nil {
				return ledger, err
			}
			ledger.Decisions++
			if !d.Departs && len(d.Waivers) == 0 {
				continue
			}
			o, err := w.override(d)
			if err != nil {
				return ledger, err
			}
			ledger.Overrides = append(ledger.Overrides, o)
			referrals = append(referrals, Referral{Pupil: d.Pupil})
		}
		ledger.count()
		pupils, err := w.pseudonyms(referrals...)
		if err != nil {
			return ledger, err
		}
		w.note(VerbRead, NounReport, "overrides", pupils)
		return ledger, nil
	})
}

func (w *work) override(d Decision) (Override, error) {
	o := Override{
		Decision: d.ID, Referral: d.Referral, Meeting: d.Meeting, Day: d.Day, By: d.By, Role: d.Role, Outcome: d.Outcome,
		Departs: d.Departs, Rank: d.Rank, Reason: d.Reason,
	}
	placements, err := w.placementsOf(d)
	if err != nil {
		return o, err
	}
	stands := false
	var reviewed calendar.Date
	for _, p := range placements {
		stands = stands || p.live()
		o.Placements = append(o.Placements, OverridePlacement{p.ID, p.State, p.Ended, p.EndReason, p.Destination})
		last, err := w.lastReview(p.ID, d.Day)
		if err != nil {
			return o, err
		}
		reviewed = max(reviewed, last)
	}
	for _, waived := range d.Waivers {
		v, err := w.Waivers().Get(waived.Waiver)
		if err != nil {
			return o, err
		}
		o.Waivers = append(o.Waivers, OverrideWaiver{
			Waiver: v.ID, Rule: v.Rule, Text: v.Text, Owner: v.Owner, Mitigation: v.Mitigation, ReviewBy: v.ReviewBy,
			Safety: v.Safety, Approver: v.Approver, Reviewed: reviewed, Overdue: stands && reviewed == 0 && v.ReviewBy < w.day,
		})
	}
	return o, nil
}

// placementsOf are the placements that a decision made or concerned, and those that they
// were moved to.
func (w *work) placementsOf(d Decision) ([]Placement, error) {
	list, err := gather(w.Placements().List(Is(ByDecision, d.ID)))
	if err != nil {
		return nil, err
	}
	if d.Placement != "" && !slices.ContainsFunc(list, func(p Placement) bool { return p.ID == d.Placement }) {
		p, err := w.Placements().Get(d.Placement)
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	of, err := gather(w.Placements().List(Is(ByReferral, d.Referral)))
	if err != nil {
		return nil, err
	}
	for again := true; again; { // one move may follow another
		again = false
		for _, p := range of {
			known := func(id PlacementID) bool {
				return slices.ContainsFunc(list, func(q Placement) bool { return q.ID == id })
			}
			if p.MovedFrom != "" && known(p.MovedFrom) && !known(p.ID) {
				list, again = append(list, p), true
			}
		}
	}
	slices.SortFunc(list, func(a, b Placement) int { return cmp.Compare(a.ID, b.ID) })
	return list, nil
}

// lastReview is the day of the last review of a placement that was held after a day.
func (w *work) lastReview(id PlacementID, after calendar.Date) (calendar.Date, error) {
	var last calendar.Date
	for r, err := range w.Reviews().List(Is(ByPlacement, id)) {
		if err != nil {
			return 0, err
		}
		if r.Held > after {
			last = max(last, r.Held)
		}
	}
	return last, nil
}

func (l *Ledger) count() {
	reasons, rules := map[string]int{}, map[string]int{}
	for _, o := range l.Overrides {
		if o.Departs {
			reasons[o.Reason.Code]++
		}
		for _, v := range o.Waivers {
			rules[string(v.Rule)]++
		}
	}
	l.ByReason, l.ByRule = counted(reasons), counted(rules)
}

func counted(m map[string]int) []Counted {
	var list []Counted
	for _, class := range slices.Sorted(maps.Keys(m)) {
		list = append(list, Counted{Class: class, Rows: m[class]})
	}
	return list
}
