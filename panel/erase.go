package panel

import (
	"context"
	"slices"

	"example.org/backontrack/panel/audit"
)

// erasureCodes are why a record is erased.
var erasureCodes = []string{"retention", "request"}

// ErasureCodes are the codes of reasons for erasing, in the order of the documentation.
func ErasureCodes() []string { return slices.Clone(erasureCodes) }

// Erase erases all that is stored of a pupil, with the records that were merged into the
// pupil's. What stays is that it was done, and the lines of the journal, under a pseudonym
// that nothing leads from any more. It refuses while a hold stands, while a referral is
// open or a placement stands, and for the reason retention while a period runs.
func (s *Service) Erase(ctx context.Context, pupil PupilID, reason string) (Erasure, error) {
	return do(ctx, s, NounPupil, VerbErase, func(w *work) (Erasure, error) {
		if err := w.may(about{}); err != nil {
			return Erasure{}, err
		}
		p, err := w.Pupils().Get(pupil)
		if err != nil {
			return Erasure{}, absentOr(NounPupil, err)
		}
		if p.Merged != "" {
			return Erasure{}, Errorf(WrongState, "the record was merged: the one that goes on is erased with it")
		}
		merged, err := mergedInto(w.Tx)
		if err != nil {
			return Erasure{}, err
		}
		ids := family(p.ID, merged)
		if err := w.Lock(nil, slices.Sorted(slices.Values(ids))); err != nil {
			return Erasure{}, err
		}
		if err := w.mayErase(p, merged, reason); err != nil {
			return Erasure{}, err
		}
		var erased Erasure
		for _, id := range ids {
			if erased, err = w.erase(Erasure{ID: ErasureID(w.id()), Pupil: id, Reason: reason, By: w.person.ID, At: w.Now()}); err != nil {
				return Erasure{}, err
			}
		}
		return erased, nil
	})
}

// mayErase checks that nothing stands against erasing a pupil.
func (w *work) mayErase(p Pupil, merged map[PupilID][]PupilID, reason string) error {
	k, err := w.kept(family(p.ID, merged))
	if err != nil {
		return err
	}
	if k.held {
		return Errorf(Held, "a legal hold forbids erasing the record")
	}
	if k.open {
		return Errorf(WrongState, "a referral is open, or a placement stands")
	}
	f := &faults{}
	f.when(!slices.Contains(erasureCodes, reason), "/reason", "unknown", "a code of the list")
	if reason == "retention" {
		classes, err := retentionAt(w.Tx, w.day)
		if err != nil {
			return err
		}
		_, due, err := w.due(p, merged, classes)
		if err != nil {
			return err
		}
		f.when(!due, "/reason", "not_due", "a record of which every period is over")
	}
	return f.err("the record cannot be erased")
}

// erase counts what there is of a pupil, notes the erasure, and takes it all away.
func (w *work) erase(e Erasure) (Erasure, error) {
	p, err := w.Pupils().Get(e.Pupil)
	if err != nil {
		return e, err
	}
	if e.Counts, err = w.countOf(e.Pupil); err != nil {
		return e, err
	}
	if err := w.Tx.Erasures().Add(&e); err != nil {
		return e, err
	}
	w.note(VerbErase, NounPupil, string(e.ID), []Pseudonym{p.Pseudonym}, audit.Pair{Key: "reason", Value: e.Reason})
	return e, w.Erase(e.Pupil)
}

// countOf counts the rows of a pupil.
func (w *work) countOf(id PupilID) ([]Counted, error) {
	var list []Counted
	add := func(class string, n int, err error) error {
		if err == nil && n > 0 {
			list = append(list, Counted{class, n})
		}
		return err
	}
	of := Is(ByPupil, id)
	for _, count := range []func() error{
		func() error { all, err := gather(w.Referrals().List(of)); return add("referrals", len(all), err) },
		func() error { all, err := gather(w.Tx.Documents().List(of)); return add("documents", len(all), err) },
		func() error { all, err := gather(w.Decisions().List(of)); return add("decisions", len(all), err) },
		func() error { all, err := gather(w.Waivers().List(of)); return add("waivers", len(all), err) },
		func() error { all, err := gather(w.Tx.Placements().List(of)); return add("placements", len(all), err) },
		func() error { all, err := gather(w.Tx.Reviews().List(of)); return add("reviews", len(all), err) },
		func() error { all, err := gather(w.Tx.Register().List(of)); return add("register", len(all), err) },
		func() error { all, err := gather(w.Tx.Holds().List(of)); return add("holds", len(all), err) },
	} {
		if err := count(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Erasures lists what was erased, in the order in which it was.
func (s *Service) Erasures(ctx context.Context) ([]Erasure, error) {
	return listed(ctx, s, NounPupil, func(tx Tx) ([]Erasure, error) { return gather(tx.Erasures().List()) })
}

// ReapplyErasures erases again, in a restored backup, whoever was erased since it was
// made: those of the list, which [Service.Erasures] gave before and was kept elsewhere,
// and those that the backup itself knows of. A hold that the backup still has was lifted
// before the erasure, and does not stand in its way. It returns how many it erased.
func (s *Service) ReapplyErasures(ctx context.Context, since []Erasure) (int, error) {
	return do(ctx, s, NounPupil, VerbErase, func(w *work) (int, error) {
		if err := w.may(about{}); err != nil {
			return 0, err
		}
		known, err := gather(w.Tx.Erasures().List())
		if err != nil {
			return 0, err
		}
		n := 0
		for i, e := range slices.Concat(known, since) {
			again, err := w.again(e, i < len(known))
			if err != nil {
				return n, err
			}
			if again {
				n++
			}
		}
		return n, nil
	})
}

// again does an erasure once more, if there is something to erase.
func (w *work) again(e Erasure, known bool) (bool, error) {
	p, err := w.Pupils().Get(e.Pupil)
	gone := KindOf(err) == NotFound
	if err != nil && !gone {
		return false, err
	}
	if !known {
		if _, err := w.Tx.Erasures().Get(e.ID); KindOf(err) == NotFound {
			err = w.Tx.Erasures().Add(&e)
			if err != nil {
				return false, err
			}
		} else if err != nil {
			return false, err
		}
	}
	if gone {
		return false, nil
	}
	holds, err := gather(w.Tx.Holds().List(Is(ByPupil, e.Pupil)))
	if err != nil {
		return false, err
	}
	for _, h := range holds {
		if h.Lifted == 0 {
			h.Lifted = Day(e.At)
			if err := w.Tx.Holds().Put(&h); err != nil {
				return false, err
			}
		}
	}
	w.note(VerbErase, NounPupil, string(e.ID), []Pseudonym{p.Pseudonym}, audit.Pair{Key: "reason", Value: "restored"})
	return true, w.Erase(e.Pupil)
}
