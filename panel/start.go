package panel

import (
	"context"
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/duty"
	"example.org/backontrack/panel/form"
)

// Start notes that the pupil has begun, on a day. It waits for the background of the
// form, for the documents that the receiving centre has to have (D3, D4), for the work
// that the home school has agreed (W8), the workbook (W9) and the provider's terms (W10):
// Incomplete says what is missing. The reviews of the stay are planned with it (W5).
func (s *Service) Start(ctx context.Context, id PlacementID, version int, on calendar.Date) (Placement, error) {
	return placementVerb(ctx, s, id, version, VerbStart, func(x *placing) (_ Placement, err error) {
		if x.p.State, err = step(NounPlacement, x.p.State, VerbStart); err != nil {
			return x.p, err
		}
		f := &faults{}
		f.when(on < x.p.From || on > x.p.To, "/on", "range", "a day of the placement")
		f.when(on > x.day, "/on", "future", "a day that has come")
		if err := f.err("the start is not complete"); err != nil {
			return x.p, err
		}
		missing, err := x.missing()
		if err != nil {
			return x.p, err
		}
		if len(missing) > 0 {
			return x.p, &Error{Kind: Incomplete, Detail: "a start waits for what is missing", Missing: missing}
		}
		if err := x.stillAllowed(); err != nil {
			return x.p, err
		}
		x.p.Started = on
		if err := x.planReviews(); err != nil {
			return x.p, err
		}
		return x.put()
	})
}

// stillAllowed runs the rules again on the day of the start: an answer that was not known
// when the place was decided may stand against it now. What was waived stays waived.
func (x *placing) stillAllowed() error {
	if err := x.lockPupil(x.p.Pupil, x.p.Site); err != nil {
		return err
	}
	policy, err := policyInForce(x.Tx, x.day)
	if err != nil {
		return err
	}
	list, s, err := x.violations(brief{day: x.day, horizon: max(horizon(x.day), x.p.To), policy: policy, sites: []SiteID{x.p.Site}, instead: []Placement{x.p}})
	if err != nil {
		return err
	}
	waived, err := waivedMixes(x.Tx)
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(v matching.Violation) bool {
		return !slices.Contains(v.Pupils, x.pupil.Pseudonym) || coveredBy(waived, v, s)
	})
	if len(list) > 0 {
		return &Error{Kind: RulesBroken, Detail: "hard rules stand against it by what is known now", Reasons: reasonsOf(list, x.pupil.Pseudonym)}
	}
	return nil
}

// missing is what a start still waits for. A document counts once the receiving centre has it.
func (x *placing) missing() ([]Missing, error) {
	c := form.CaseOf(x.referral.Form)
	days, err := x.schoolDays()
	if err != nil {
		return nil, err
	}
	if days > 0 {
		c.StayDays = days
	}
	return x.lacking(&x.referral, form.Start, c)
}

// schoolDays is how many school days the placement has; 0 where that is not known.
func (x *placing) schoolDays() (int, error) {
	days, err := calendarOf(x.Tx, x.authority())
	if err != nil || days == nil {
		return 0, err
	}
	n, known := days.Count(x.p.From, x.p.To)
	if !known {
		return 0, nil
	}
	return n, nil
}

// authority is the one whose school year the panel goes by.
func (x *placing) authority() string {
	policy, err := policyInForce(x.Tx, x.day)
	if err != nil {
		return ""
	}
	return policy.Authority
}

// replan plans the reviews of a stay anew, as it has another end.
func (x *placing) replan() error {
	if x.p.Started == 0 {
		return nil
	}
	if x.p.MovedFrom != "" {
		return x.moveReviews(x.p)
	}
	return x.planReviews()
}

// planReviews writes down the reviews that the stay is due (W5), and keeps those that were held.
func (x *placing) planReviews() error {
	held, err := x.heldReviews(x.p.ID)
	if err != nil {
		return err
	}
	return x.writeReviews(x.p, duty.Stay{From: x.p.Started, To: x.p.To, Held: held}, x.p.Started)
}

// moveReviews plans the reviews of a placement that goes on elsewhere in the provision:
// those of the stay as a whole from the move on, and a first one in the new group (W6).
func (x *placing) moveReviews(next Placement) error {
	stay := duty.Stay{From: next.Started, To: next.To}
	own, err := x.heldReviews(next.ID)
	if err != nil {
		return err
	}
	stay.Held = own
	for p := next; p.MovedFrom != ""; {
		stay.Moves = append(stay.Moves, p.From)
		held, err := x.heldReviews(p.MovedFrom)
		if err != nil {
			return err
		}
		stay.Held = append(stay.Held, held...)
		if p, err = x.Tx.Placements().Get(p.MovedFrom); err != nil {
			return err
		}
	}
	slices.Reverse(stay.Moves)
	return x.writeReviews(next, stay, next.From)
}

// heldReviews are the reviews of a placement that were held; the others are taken away, as
// they are planned anew.
func (x *placing) heldReviews(id PlacementID) ([]duty.Held, error) {
	stored, err := gather(x.Tx.Reviews().List(Is(ByPlacement, id)))
	if err != nil {
		return nil, err
	}
	var held []duty.Held
	for _, r := range stored {
		if r.Held != 0 {
			held = append(held, duty.Held{Kind: duty.Kind(r.Kind), On: r.Held})
			continue
		}
		if err := x.Tx.Reviews().Delete(r.ID); err != nil {
			return nil, err
		}
	}
	return held, nil
}

// writeReviews stores the reviews of a stay that are due from a day on.
func (x *placing) writeReviews(p Placement, stay duty.Stay, from calendar.Date) error {
	clock, err := clockOf(x.Tx, x.authority())
	if err != nil || clock == nil {
		return err
	}
	route, _ := x.referral.Form.Code("referral.route")
	tier, _ := x.referral.Form.Code("referral.tier")
	stay.Route, stay.Tier = duty.Route(route), duty.Tier(tier)
	for _, planned := range clock.Reviews(stay) {
		if planned.On != 0 || planned.Due != 0 && planned.Due < from {
			continue
		}
		r := Review{ID: ReviewID(x.id()), Placement: p.ID, Pupil: p.Pupil, Kind: string(planned.Kind), Due: planned.Due}
		if err := x.Tx.Reviews().Add(&r); err != nil {
			return err
		}
	}
	return nil
}
