package panel

import (
	"cmp"
	"context"
	"slices"

	"example.org/backontrack/panel/audit"
)

// A Likeness is why two records may be one pupil's.
type Likeness string

// The likenesses, the strongest first.
const (
	SameUPN   Likeness = "upn"
	SameName  Likeness = "name"       // and date of birth, as they are compared
	LooksSame Likeness = "looks_like" // the same once letters of other scripts are read as what they look like
)

// A Duplicate is two records that may be one pupil's (T23). Only a person can tell.
type Duplicate struct {
	Pupil  PupilID
	Other  PupilID // Pupil comes first in the order of ids
	Likely []Likeness
}

// Duplicates lists all pairs of records that may be one pupil's, but for those that are
// merged. It compares what records and the forms of their referrals say.
func (s *Service) Duplicates(ctx context.Context) ([]Duplicate, error) {
	return read(ctx, s, NounPupil, VerbList, func(w *work) ([]Duplicate, error) {
		if err := w.may(about{}); err != nil {
			return nil, err
		}
		return w.duplicates("")
	})
}

// DuplicatesOf lists the records that may be those of the referral's pupil as well.
func (s *Service) DuplicatesOf(ctx context.Context, id ReferralID) ([]Duplicate, error) {
	return read(ctx, s, NounPupil, VerbList, func(w *work) ([]Duplicate, error) {
		if err := w.may(about{}); err != nil {
			return nil, err
		}
		r, err := w.Referrals().Get(id)
		if KindOf(err) == NotFound {
			return nil, absent(NounReferral)
		}
		if err != nil {
			return nil, err
		}
		return w.duplicates(r.Pupil)
	})
}

// duplicates compares all records, and keeps the pairs that one of them is part of, if one
// is given.
func (w *work) duplicates(of PupilID) ([]Duplicate, error) {
	records, err := gather(w.Pupils().List())
	if err != nil {
		return nil, err
	}
	known := map[PupilID]Pupil{}
	for _, p := range records {
		known[p.ID] = p
	}
	signs, err := w.signs(known)
	if err != nil {
		return nil, err
	}
	found := map[[2]PupilID][]Likeness{}
	for _, kind := range []Likeness{SameUPN, SameName, LooksSame} {
		for _, alike := range signs[kind] {
			slices.Sort(alike)
			pairUp(found, slices.Compact(alike), kind)
		}
	}
	var list []Duplicate
	if of != "" {
		of = root(known, of)
	}
	var pupils []Pseudonym
	for pair, likely := range found {
		if of == "" || of == pair[0] || of == pair[1] {
			list = append(list, Duplicate{pair[0], pair[1], likely})
			pupils = append(pupils, known[pair[0]].Pseudonym, known[pair[1]].Pseudonym)
		}
	}
	slices.SortFunc(list, func(a, b Duplicate) int { return cmp.Or(cmp.Compare(a.Pupil, b.Pupil), cmp.Compare(a.Other, b.Other)) })
	if len(list) > 0 {
		w.note(VerbList, NounPupil, "", pupils)
	}
	return list, nil
}

// signs are the records that stand, by what is the same about them.
func (w *work) signs(known map[PupilID]Pupil) (map[Likeness]map[string][]PupilID, error) {
	signs := map[Likeness]map[string][]PupilID{SameUPN: {}, SameName: {}, LooksSame: {}}
	add := func(id PupilID, upn, name, looks string) {
		id = root(known, id)
		for kind, sign := range map[Likeness]string{SameUPN: upn, SameName: name, LooksSame: looks} {
			if sign != "" {
				signs[kind][sign] = append(signs[kind][sign], id)
			}
		}
	}
	for _, p := range known {
		add(p.ID, p.UPN, p.MatchKey, p.LooksLike)
	}
	for r, err := range w.Referrals().List() {
		if err != nil {
			return nil, err
		}
		i := identityOf(r.Form)
		add(r.Pupil, i.upn, i.matchKey(), i.looksLike())
	}
	return signs, nil
}

// root is the record that goes on in place of one that was merged.
func root(known map[PupilID]Pupil, id PupilID) PupilID {
	for range known { // at most so many steps, even in a circle
		next := known[id].Merged
		if next == "" {
			break
		}
		id = next
	}
	return id
}

// pairUp adds a likeness to each pair of records. What two names have in common they also
// look like, so the weaker sign is left out where the stronger one holds.
func pairUp(found map[[2]PupilID][]Likeness, alike []PupilID, kind Likeness) {
	for i, a := range alike {
		for _, b := range alike[i+1:] {
			pair := [2]PupilID{a, b}
			if kind == LooksSame && slices.Contains(found[pair], SameName) || slices.Contains(found[pair], kind) {
				continue
			}
			found[pair] = append(found[pair], kind)
		}
	}
}

// A MergeReason is how a person came to know that two records are one pupil's.
type MergeReason string

// The reasons for merging.
const (
	PapersAgree   MergeReason = "papers_agree"
	SchoolSays    MergeReason = "school_says"
	FamilySays    MergeReason = "family_says"
	AuthoritySays MergeReason = "authority_says"
)

// MergeReasons are all of them, in the order of the documentation.
func MergeReasons() []MergeReason {
	return []MergeReason{PapersAgree, SchoolSays, FamilySays, AuthoritySays}
}

// Merge says that two records are one pupil's: from now on the second goes on in place of
// the first. Referrals and placements keep the record under which they were made.
func (s *Service) Merge(ctx context.Context, from, into PupilID, reason MergeReason) error {
	_, err := do(ctx, s, NounPupil, VerbMerge, func(w *work) (struct{}, error) {
		return struct{}{}, w.merge(from, into, reason)
	})
	return err
}

func (w *work) merge(from, into PupilID, reason MergeReason) error {
	if err := w.may(about{}); err != nil {
		return err
	}
	if err := w.Lock(nil, []PupilID{from, into}); err != nil && KindOf(err) != NotFound {
		return err
	}
	gone, err := w.mergeable(from)
	if err != nil {
		return err
	}
	stays, err := w.mergeable(into)
	if err != nil {
		return err
	}
	var faults []Fault
	if from == into {
		faults = append(faults, Fault{"/into", "same", "another record"})
	}
	if !slices.Contains(MergeReasons(), reason) {
		faults = append(faults, Fault{"/reason", "code", "a code of the list of reasons for merging"})
	}
	if len(faults) > 0 {
		return invalid("the records cannot be merged like this", faults)
	}
	if err := w.neverApart(from, into); err != nil {
		return err
	}
	gone.Merged = into
	if err := w.Pupils().Put(&gone); err != nil {
		return err
	}
	if stays.UPN == "" {
		stays.UPN = gone.UPN // only now: a UPN is that of one record that stands
	}
	if stays.MatchKey == "" {
		stays.MatchKey, stays.LooksLike = gone.MatchKey, gone.LooksLike
	}
	if err := w.Pupils().Put(&stays); err != nil {
		return err
	}
	w.note(VerbMerge, NounPupil, string(stays.Pseudonym), []Pseudonym{gone.Pseudonym, stays.Pseudonym},
		audit.Pair{Key: "from", Value: string(gone.Pseudonym)}, audit.Pair{Key: "reason", Value: string(reason)})
	return nil
}

// mergeable is a record that stands.
func (w *work) mergeable(id PupilID) (Pupil, error) {
	p, err := w.Pupils().Get(id)
	if KindOf(err) == NotFound {
		return p, absent(NounPupil)
	}
	if err == nil && p.Merged != "" {
		err = Errorf(Conflict, "the record was merged already")
	}
	return p, err
}

// neverApart refuses to make one of two pupils whom the register keeps apart, or ever did,
// under whichever of their records.
func (w *work) neverApart(a, b PupilID) error {
	k := newKin(w.Tx)
	one, err := k.all(a)
	if err != nil {
		return err
	}
	other, err := k.all(b)
	if err != nil {
		return err
	}
	both := slices.Concat(one, other)
	for e, err := range w.Register().List(Is(ByPupil, both...)) {
		if err != nil {
			return err
		}
		named := 0
		for _, id := range e.Pupils {
			if slices.Contains(both, id) {
				named++
			}
		}
		if named > 1 {
			return Errorf(Conflict, "the register keeps the two apart: they cannot be one pupil")
		}
	}
	return nil
}
