package panel

import "slices"

// kin knows which records are one pupil's: those that were merged, and the one that goes on.
type kin struct {
	tx     Tx
	record map[PupilID]Pupil
	merged map[PupilID][]PupilID // by the record that goes on directly in their place
	asked  map[PupilID]bool      // whose merged records are known
}

func newKin(tx Tx) *kin {
	return &kin{tx, map[PupilID]Pupil{}, map[PupilID][]PupilID{}, map[PupilID]bool{}}
}

const maxMerges = 100

// load reads the records of pupils with all that are theirs: a few queries, however many.
func (k *kin) load(ids ...PupilID) error {
	for range maxMerges {
		var ask []PupilID
		for _, id := range ids {
			if _, known := k.record[id]; !known && !slices.Contains(ask, id) {
				ask = append(ask, id)
			}
		}
		if len(ask) == 0 {
			return k.loadMerged()
		}
		ids = nil
		for p, err := range k.tx.Pupils().List(Is(ByID, ask...)) {
			if err != nil {
				return err
			}
			k.record[p.ID] = p
			if p.Merged != "" {
				ids = append(ids, p.Merged)
			}
		}
	}
	return errCircle()
}

// loadMerged reads what was merged into the records that are known.
func (k *kin) loadMerged() error {
	for range maxMerges {
		var ask []PupilID
		for id := range k.record {
			if !k.asked[id] {
				k.asked[id] = true
				ask = append(ask, id)
			}
		}
		if len(ask) == 0 {
			return nil
		}
		slices.Sort(ask)
		for p, err := range k.tx.Pupils().List(Is(ByMerged, ask...)) {
			if err != nil {
				return err
			}
			k.record[p.ID] = p
			k.merged[p.Merged] = append(k.merged[p.Merged], p.ID)
		}
	}
	return errCircle()
}

func errCircle() error {
	return &Error{Kind: Corrupt, Detail: "records of pupils were merged in a circle"}
}

// root is the record that goes on for an id.
func (k *kin) root(id PupilID) (Pupil, error) {
	if err := k.load(id); err != nil {
		return Pupil{}, err
	}
	for range maxMerges {
		p, known := k.record[id]
		if !known {
			return p, absent(NounPupil)
		}
		if p.Merged == "" {
			return p, nil
		}
		id = p.Merged
	}
	return Pupil{}, errCircle()
}

// all are the ids of one pupil's records, in order.
func (k *kin) all(id PupilID) ([]PupilID, error) {
	p, err := k.root(id)
	if err != nil {
		return nil, err
	}
	ids := []PupilID{p.ID}
	for i := 0; i < len(ids); i++ {
		for _, other := range k.merged[ids[i]] {
			if !slices.Contains(ids, other) {
				ids = append(ids, other)
			}
		}
	}
	slices.Sort(ids)
	return ids, nil
}

// livingRecord is the record that goes on for an id.
func livingRecord(tx Tx, id PupilID) (Pupil, error) { return newKin(tx).root(id) }
