package panel

import (
	"cmp"
	"context"
	"slices"

	"example.org/backontrack/matching/calendar"
)

// Due is a pupil whose record is kept long enough.
type Due struct {
	Pupil   PupilID
	Classes []string      // of its records
	Until   calendar.Date // the last day on which they had to be kept
}

// DueForErasure lists the pupils of whose records every period is over and who are under
// no hold, the longest overdue first. A pupil with a referral that is open or a placement
// that stands is none of them, nor one of whom a period can't be told, such as where the
// date of birth is not known.
func (s *Service) DueForErasure(ctx context.Context) ([]Due, error) {
	return read(ctx, s, NounPupil, VerbList, func(w *work) ([]Due, error) {
		if err := w.may(about{}); err != nil {
			return nil, err
		}
		merged, err := mergedInto(w.Tx)
		if err != nil {
			return nil, err
		}
		classes, err := retentionAt(w.Tx, w.day)
		if err != nil {
			return nil, err
		}
		var list []Due
		var pupils []Pseudonym
		for p, err := range w.Pupils().List() {
			if err != nil {
				return nil, err
			}
			if p.Merged != "" {
				continue
			}
			d, due, err := w.due(p, merged, classes)
			if err != nil {
				return nil, err
			}
			if due {
				list, pupils = append(list, d), append(pupils, p.Pseudonym)
			}
		}
		slices.SortStableFunc(list, func(a, b Due) int { return cmp.Compare(a.Until, b.Until) })
		w.noteMany(VerbList, NounPupil, "due_for_erasure", pupils)
		return list, nil
	})
}

// mergedInto are the records that were merged, by the one that goes on in their place.
func mergedInto(tx Tx) (map[PupilID][]PupilID, error) {
	into := map[PupilID][]PupilID{}
	for p, err := range tx.Pupils().List() {
		if err != nil {
			return nil, err
		}
		if p.Merged != "" {
			into[p.Merged] = append(into[p.Merged], p.ID)
		}
	}
	return into, nil
}

// family is a record with all that were merged into it, those first of which nothing goes on.
func family(id PupilID, merged map[PupilID][]PupilID) []PupilID {
	var all []PupilID
	for _, other := range merged[id] {
		all = append(all, family(other, merged)...)
	}
	return append(all, id)
}

// due tells whether the periods of a pupil's record are over.
func (w *work) due(p Pupil, merged map[PupilID][]PupilID, classes []RecordClass) (Due, bool, error) {
	r, err := w.kept(family(p.ID, merged))
	if err != nil || r.held || r.open {
		return Due{}, false, err
	}
	d := Due{Pupil: p.ID, Classes: r.classes()}
	for _, name := range d.Classes {
		until, known := classIn(classes, name).until(r.born, r.last)
		if !known || until >= w.day {
			return d, false, nil
		}
		d.Until = max(d.Until, until)
	}
	return d, true, nil
}

// keeping is what the periods of a pupil's record hang on.
type keeping struct {
	held, open, placed               bool
	plan, protection, care, excluded bool // an EHC plan, a protection plan, looked after, exclusions
	born, last                       calendar.Date
	newest                           calendar.Date // of the forms
}

// kept looks through the records of a family.
func (w *work) kept(ids []PupilID) (*keeping, error) {
	k := &keeping{}
	for _, id := range ids {
		for h, err := range w.Tx.Holds().List(Is(ByPupil, id)) {
			if err != nil {
				return nil, err
			}
			k.held = k.held || h.Lifted == 0
			k.last = max(k.last, h.Lifted)
		}
		for r, err := range w.Referrals().List(Is(ByPupil, id)) {
			if err != nil {
				return nil, err
			}
			k.referral(&r)
		}
		for p, err := range w.Tx.Placements().List(Is(ByPupil, id)) {
			if err != nil {
				return nil, err
			}
			k.placement(&p)
		}
		for d, err := range w.Decisions().List(Is(ByPupil, id)) {
			if err != nil {
				return nil, err
			}
			k.last = max(k.last, d.Day)
		}
	}
	return k, nil
}

// openStates are those of a referral with which the panel is not done. A draft is somebody's
// who may still hand it in.
var openStates = []State{Draft, Submitted, Returned, Ready, OnAgenda, Placed, Waiting, Deferred, OnOutreach}

func (k *keeping) referral(r *Referral) {
	abandoned := r.State == Draft || r.State == OnOutreach // which nobody closes
	k.open = k.open || slices.Contains(openStates, r.State) && !abandoned
	k.last = max(k.last, Day(r.Created))
	if !r.Submitted.IsZero() {
		k.last = max(k.last, Day(r.Submitted))
	}
	if born, known := r.Form.Date("pupil.date_of_birth"); known && Day(r.Created) >= k.newest {
		k.born, k.newest = born, Day(r.Created)
	}
	if has, known := r.Form.EHCP(); has && known {
		k.plan = true
	}
	if has, known := r.Form.LookedAfter(); has && known {
		k.care = true
	}
	if status, known := r.Form.Code("agencies.child_protection"); known && (status == "current" || status == "past") {
		k.protection = true
	}
	k.excluded = k.excluded || len(r.Form.Rows("baseline.exclusions")) > 0
}

func (k *keeping) placement(p *Placement) {
	k.open = k.open || p.live()
	switch p.State {
	case Started, Moved, Ended, FollowedUp, Accepted:
		k.placed = true
		k.last = max(k.last, p.To, p.Ended, p.Return.FollowUp)
	default: // an offer that came to nothing
	}
}

// classes are those that there are records of.
func (k *keeping) classes() []string {
	if !k.placed {
		return []string{ClassNotPlaced}
	}
	list := []string{ClassPupilFile, ClassPlacement}
	for _, c := range []struct {
		there bool
		name  string
	}{{k.plan, ClassSEN}, {k.protection, ClassProtection}, {k.care, ClassLookedAfter}, {k.excluded, ClassExclusion}} {
		if c.there {
			list = append(list, c.name)
		}
	}
	return list
}
