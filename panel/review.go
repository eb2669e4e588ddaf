package panel

import (
	"context"
	"slices"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/audit"
)

// A ReviewInput is what a review came to.
type ReviewInput struct {
	Held    calendar.Date
	Pupil   string // the pupil's own view
	Parents string
	Notes   string
	GoesOn  string // continue, change, end
}

// Review notes a review that was held. What was noted once stays: it may be what a pupil
// said of somebody.
//
// Errors: WrongState, when it was noted before, or the placement has not started.
func (s *Service) Review(ctx context.Context, id ReviewID, version int, in ReviewInput) (Review, error) {
	return do(ctx, s, NounReview, VerbReview, func(w *work) (Review, error) {
		r, x, err := w.review(id)
		if err != nil {
			return r, err
		}
		if version != r.Version {
			return r, Errorf(Stale, "the review has changed since it was read")
		}
		if err := r.awaited(&x.p); err != nil {
			return r, err
		}
		f := &faults{}
		f.when(in.Held == 0 || in.Held > w.day, "/held", "range", "a day that has come")
		f.when(!slices.Contains([]string{"continue", "change", "end"}, in.GoesOn), "/goes_on", "unknown", "continue, change or end")
		f.text("/pupil", in.Pupil, 0)
		f.text("/parents", in.Parents, 0)
		f.text("/notes", in.Notes, LeastReason)
		if err := f.err("the review is not complete"); err != nil {
			return r, err
		}
		r.Held, r.Pupils, r.Parents, r.Notes, r.GoesOn, r.By = in.Held, in.Pupil, in.Parents, in.Notes, in.GoesOn, w.person.ID
		w.note(VerbReview, NounReview, string(id), []Pseudonym{x.pupil.Pseudonym}, audit.Pair{Key: "goes_on", Value: in.GoesOn})
		if err := w.Reviews().Put(&r); err != nil {
			return r, err
		}
		r.Pupil, err = w.recordShown(&x.referral, r.Pupil)
		return r, err
	})
}

// awaited returns nil when a review of the placement can be held, and was not.
func (r *Review) awaited(p *Placement) error {
	if r.Held != 0 {
		return &Error{Kind: WrongState, Detail: "the review was held, and what was noted stays", State: p.State}
	}
	if !slices.Contains([]State{Started, Ended, FollowedUp}, p.State) {
		return &Error{Kind: WrongState, Detail: "the placement has not started, or goes on elsewhere", State: p.State}
	}
	return nil
}

func (w *work) review(id ReviewID) (Review, *placing, error) {
	r, err := w.Reviews().Get(id)
	if err != nil {
		return r, nil, w.away(err)
	}
	x := &placing{work: w}
	if x.p, err = w.Placements().Get(r.Placement); err != nil {
		return r, nil, err
	}
	if x.referral, err = w.Referrals().Get(x.p.Referral); err != nil {
		return r, nil, err
	}
	if err := w.may(about{school: x.referral.School, organisation: x.p.Organisation, referral: &x.referral}); err != nil {
		return r, nil, err
	}
	x.pupil, err = livingRecord(w.Tx, r.Pupil)
	return r, x, err
}

// Reviews lists the reviews of a placement, by the day on which they are due.
func (s *Service) Reviews(ctx context.Context, placement PlacementID) ([]Review, error) {
	return read(ctx, s, NounReview, VerbList, func(w *work) ([]Review, error) {
		p, err := w.Placements().Get(placement)
		if err != nil {
			return nil, w.away(err)
		}
		r, err := w.Referrals().Get(p.Referral)
		if err != nil {
			return nil, err
		}
		if err := w.may(about{school: r.School, organisation: p.Organisation, referral: &r}); err != nil {
			return nil, err
		}
		pupil, err := livingRecord(w.Tx, p.Pupil)
		if err != nil {
			return nil, err
		}
		list, err := gather(w.Tx.Reviews().List(Is(ByPlacement, placement)))
		if err != nil {
			return nil, err
		}
		shown, err := w.recordShown(&r, p.Pupil)
		if err != nil {
			return nil, err
		}
		for i := range list {
			list[i].Pupil = shown
		}
		slices.SortStableFunc(list, func(a, b Review) int { return int(a.Due) - int(b.Due) })
		w.note(VerbList, NounReview, string(placement), []Pseudonym{pupil.Pseudonym})
		return list, nil
	})
}

// FollowUp notes how the pupil fares where the placement led, some time after (W7, M6).
func (s *Service) FollowUp(ctx context.Context, id PlacementID, version int, on calendar.Date, stillThere, text string) (Placement, error) {
	return placementVerb(ctx, s, id, version, VerbFollowUp, func(x *placing) (_ Placement, err error) {
		if x.p.State, err = step(NounPlacement, x.p.State, VerbFollowUp); err != nil {
			return x.p, err
		}
		f := &faults{}
		f.when(on < x.p.Ended || on > x.day, "/on", "range", "a day since the end")
		f.when(!slices.Contains([]string{"yes", "no"}, stillThere), "/still_there", "unknown", "yes or no")
		f.text("/text", text, 0)
		if err := f.err("the follow-up is not complete"); err != nil {
			return x.p, err
		}
		x.p.Return.FollowUp, x.p.Return.StillThere, x.p.Return.FollowUpText = on, stillThere, text
		return x.put(audit.Pair{Key: "still_there", Value: stillThere})
	})
}

// Reintegrate notes the steps of a return to school (W7): dates that are given replace
// what was noted before.
func (s *Service) Reintegrate(ctx context.Context, id PlacementID, version int, steps Return) (Placement, error) {
	return placementVerb(ctx, s, id, version, VerbVisit, func(x *placing) (Placement, error) {
		f := &faults{}
		f.when(x.p.State != Started && x.p.State != Ended, "", "state", "a placement that has started")
		for _, step := range []struct {
			at   string
			from calendar.Date
			to   *calendar.Date
		}{
			{"/meeting", steps.Meeting, &x.p.Return.Meeting}, {"/strategy_sheet", steps.StrategySheet, &x.p.Return.StrategySheet},
			{"/restorative", steps.Restorative, &x.p.Return.Restorative},
		} {
			f.when(step.from > x.day || step.from != 0 && step.from < x.p.From, step.at, "range", "a day since the start that has come")
			if step.from != 0 {
				*step.to = step.from
			}
		}
		if err := f.err("the return is not complete"); err != nil {
			return x.p, err
		}
		return x.put()
	})
}
