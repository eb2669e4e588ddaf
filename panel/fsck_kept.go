package panel

import "slices"

// records checks that each record that was merged leads to one that stands.
func (x *fscking) records() error {
	merged := map[PupilID]PupilID{}
	for p, err := range x.Pupils().List() {
		if err != nil {
			return err
		}
		merged[p.ID] = p.Merged
	}
	for p, err := range x.Pupils().List() {
		if err != nil {
			return err
		}
		id := p.ID
		for range len(merged) + 1 {
			if merged[id] == "" {
				break
			}
			id = merged[id]
		}
		if _, there := merged[id]; !there {
			x.found("records", NounPupil, string(p.ID), "was merged into a record that is not there")
		} else if merged[id] != "" {
			x.found("records", NounPupil, string(p.ID), "was merged in a circle")
		}
	}
	return nil
}

// waivers checks who approved what sets a rule of safety aside, and that what was used is
// in the decision that used it.
func (x *fscking) waivers() error {
	for v, err := range x.Waivers().List() {
		if err != nil {
			return err
		}
		granted := v.State == Approved || v.State == Used
		if granted && v.Safety && (v.Approver == "" || v.Approver == v.By) {
			x.found("override", NounWaiver, string(v.ID), "has no second approver")
		}
		if v.State != Used {
			continue
		}
		d, err := x.Decisions().Get(v.Decision)
		if err != nil && KindOf(err) != NotFound {
			return err
		}
		if err != nil || !slices.ContainsFunc(d.Waivers, func(used Waived) bool { return used.Waiver == v.ID }) {
			x.found("override", NounWaiver, string(v.ID), "was used by no decision")
		}
	}
	return nil
}

// documents checks that the bytes of each are there, and are those that were attached.
func (x *fscking) documents() error {
	for d, err := range x.Documents().List() {
		if err != nil {
			return err
		}
		bytes, err := x.Contents().Get(d.ID)
		switch {
		case KindOf(err) == NotFound:
			x.found("documents", NounDocument, string(d.ID), "has no bytes")
		case err != nil:
			return err
		case digestOf(bytes) != d.Digest || len(bytes) != d.Size:
			x.found("documents", NounDocument, string(d.ID), "does not have the bytes that were attached")
		}
	}
	return nil
}

// meetings checks that each that is over has minutes, and that they are those that were signed.
func (x *fscking) meetings() error {
	for m, err := range x.Meetings().List(Is(ByState, Closed)) {
		if err != nil {
			return err
		}
		if m.Minutes == "" {
			x.found("minutes", NounMeeting, string(m.ID), "is over and has no minutes")
			continue
		}
		_, err := x.signedMinutes(&m)
		switch KindOf(err) {
		case "":
			if err != nil {
				return err
			}
		case NotFound:
			x.found("minutes", NounMeeting, string(m.ID), "its minutes are not there")
		case Corrupt:
			x.found("minutes", NounMeeting, string(m.ID), "its minutes are not those that were signed")
		default:
			return err
		}
	}
	return nil
}

// gone looks for decisions of which the journal tells and that are not there. Those of
// pupils who were erased went with them.
func (x *fscking) gone() error {
	for id, pupils := range x.pupils {
		_, err := x.Decisions().Get(DecisionID(id))
		if err == nil {
			continue
		}
		if KindOf(err) != NotFound {
			return err
		}
		if len(pupils) == 0 || slices.ContainsFunc(pupils, func(p string) bool { return !x.erased[p] }) {
			x.lost = append(x.lost, id)
		}
	}
	slices.Sort(x.lost)
	for _, id := range x.lost {
		x.found("journal", NounDecision, id, "is in the journal, and is gone")
	}
	return nil
}
