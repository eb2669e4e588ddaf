package panel

import (
	"context"
	"slices"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/audit"
)

// holdCodes are why a record may not be erased.
var holdCodes = []string{"complaint", "appeal", "tribunal", "inquiry", "litigation"}

// HoldCodes are the codes of reasons for a legal hold, in the order of the documentation.
func HoldCodes() []string { return slices.Clone(holdCodes) }

// A HoldInput keeps a pupil's record from being erased: why, and when that is looked at again.
type HoldInput struct {
	Pupil  PupilID
	Reason string
	Review calendar.Date
}

// Hold keeps a pupil's record from being erased until the hold is lifted.
func (s *Service) Hold(ctx context.Context, in HoldInput) (Hold, error) {
	return do(ctx, s, NounPupil, VerbHold, func(w *work) (Hold, error) {
		if err := w.may(about{}); err != nil {
			return Hold{}, err
		}
		pupil, err := livingRecord(w.Tx, in.Pupil)
		if err != nil {
			return Hold{}, absentOr(NounPupil, err)
		}
		if err := w.Lock(nil, []PupilID{pupil.ID}); err != nil {
			return Hold{}, absentOr(NounPupil, err)
		}
		f := &faults{}
		f.when(!slices.Contains(holdCodes, in.Reason), "/reason", "unknown", "a code of the list")
		f.when(in.Review <= w.day, "/review", "range", "a day to come")
		if err := f.err("the hold is not complete"); err != nil {
			return Hold{}, err
		}
		h := Hold{ID: HoldID(w.id()), Pupil: pupil.ID, Reason: in.Reason, By: w.person.ID, From: w.day, Review: in.Review}
		w.note(VerbHold, NounPupil, string(h.ID), []Pseudonym{pupil.Pseudonym}, audit.Pair{Key: "reason", Value: in.Reason})
		return h, w.Tx.Holds().Add(&h)
	})
}

// LiftHold ends a hold, from today on.
func (s *Service) LiftHold(ctx context.Context, id HoldID, version int) (Hold, error) {
	return do(ctx, s, NounPupil, VerbHold, func(w *work) (Hold, error) {
		if err := w.may(about{}); err != nil {
			return Hold{}, err
		}
		h, err := w.Tx.Holds().Get(id)
		if err != nil {
			return Hold{}, absentOr(NounPupil, err)
		}
		if h.Version != version {
			return Hold{}, Errorf(Stale, "the hold has changed since it was read")
		}
		if h.Lifted != 0 {
			return Hold{}, Errorf(WrongState, "the hold is lifted")
		}
		pupil, err := w.Pupils().Get(h.Pupil)
		if err != nil {
			return Hold{}, err
		}
		h.Lifted = w.day
		w.note(VerbHold, NounPupil, string(id), []Pseudonym{pupil.Pseudonym}, audit.Pair{Key: "lifted", Value: "yes"})
		return h, w.Tx.Holds().Put(&h)
	})
}

// Holds lists the holds of a pupil, or of all, those that are lifted too.
func (s *Service) Holds(ctx context.Context, pupil PupilID) ([]Hold, error) {
	return read(ctx, s, NounPupil, VerbList, func(w *work) ([]Hold, error) {
		if err := w.may(about{}); err != nil {
			return nil, err
		}
		var wheres []Where
		if pupil != "" {
			wheres = append(wheres, Is(ByPupil, pupil))
		}
		list, err := gather(w.Tx.Holds().List(wheres...))
		if err != nil {
			return nil, err
		}
		var pupils []Pseudonym
		for _, h := range list {
			p, err := w.Pupils().Get(h.Pupil)
			if err != nil {
				return nil, err
			}
			pupils = append(pupils, p.Pseudonym)
		}
		w.noteMany(VerbList, NounPupil, "holds", pupils)
		return list, nil
	})
}
