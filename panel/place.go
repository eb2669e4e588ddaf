package panel

import (
	"context"
	"slices"
	"strings"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/audit"
)

// placing is a placement with what its verbs need to know about it.
type placing struct {
	*work
	p        Placement
	referral Referral
	pupil    Pupil
}

// placement finds a placement, checks that the caller may do the verb to it, and that it
// is the version that the caller saw.
func (w *work) placement(id PlacementID, version int) (*placing, error) {
	x := &placing{work: w}
	var err error
	if x.p, err = w.Placements().Get(id); err != nil {
		return nil, w.away(err)
	}
	if x.referral, err = w.Referrals().Get(x.p.Referral); err != nil {
		return nil, w.away(err)
	}
	if err := w.mayDo(NounPlacement, w.verb, about{
		school: x.referral.School, organisation: x.p.Organisation, referral: &x.referral,
	}); err != nil {
		return nil, err
	}
	if w.verb != VerbRead && version != x.p.Version { // whoever reads does not know the version yet
		return nil, Errorf(Stale, "the placement has changed since it was read")
	}
	x.pupil, err = livingRecord(w.Tx, x.p.Pupil)
	return x, err
}

// holdPupil keeps everybody else from the pupil's placements until this is done, and reads
// what was found before once more: two that end, or fall, at once would else each take the
// other for standing.
func (x *placing) holdPupil() (err error) {
	if err := x.lockPupil(x.p.Pupil); err != nil {
		return err
	}
	if err := x.again(); err != nil {
		return err
	}
	x.referral, err = x.Referrals().Get(x.p.Referral)
	return err
}

// put stores the placement and tells the journal.
func (x *placing) put(detail ...audit.Pair) (Placement, error) {
	if err := x.Placements().Put(&x.p); err != nil {
		return x.p, err
	}
	x.note(x.verb, NounPlacement, string(x.p.ID), []Pseudonym{x.pupil.Pseudonym}, detail...)
	return x.p, nil
}

// placementVerb runs a verb on one placement.
func placementVerb(ctx context.Context, s *Service, id PlacementID, version int, verb Verb, fn func(*placing) (Placement, error)) (Placement, error) {
	return do(ctx, s, NounPlacement, verb, func(w *work) (Placement, error) {
		x, err := w.placement(id, version)
		if err != nil {
			return Placement{}, err
		}
		p, err := fn(x)
		if err != nil {
			return p, err
		}
		p.Pupil, err = w.recordShown(&x.referral, p.Pupil)
		return p, err
	})
}

// recordShown is the record of a referral's pupil for those who see the referral as the
// panel does. To a school and a provision it is not told, as with the referral itself
// ([sight.show]).
func (w *work) recordShown(r *Referral, id PupilID) (PupilID, error) {
	s, err := w.sightOf(r)
	if err != nil || !s.panel {
		return "", err
	}
	return id, nil
}

// Placement reads a placement.
func (s *Service) Placement(ctx context.Context, id PlacementID) (Placement, error) {
	return read(ctx, s, NounPlacement, VerbRead, func(w *work) (Placement, error) {
		x, err := w.placement(id, 0)
		if err != nil {
			return Placement{}, err
		}
		w.note(VerbRead, NounPlacement, string(id), []Pseudonym{x.pupil.Pseudonym})
		x.p.Pupil, err = w.recordShown(&x.referral, x.p.Pupil)
		return x.p, err
	})
}

// A PlacementFilter narrows a list of placements. The zero value narrows nothing.
type PlacementFilter struct {
	Referral     ReferralID
	Organisation OrganisationID
	Group        GroupID
	States       []State
	After        PlacementID // the last of the page before
	Limit        int         // at most so many are looked at; 0: all
}

// Placements lists the placements that the caller may see, by id.
func (s *Service) Placements(ctx context.Context, f PlacementFilter) ([]Placement, error) {
	return read(ctx, s, NounPlacement, VerbList, func(w *work) ([]Placement, error) {
		if len(reach(w.roles(), NounPlacement, VerbList)) == 0 {
			return nil, w.may(about{})
		}
		list, err := gather(w.Tx.Placements().List(f.wheres()...))
		if err != nil {
			return nil, err
		}
		var seen []Placement
		var pupils []Pseudonym
		for _, p := range list {
			r, err := w.Referrals().Get(p.Referral)
			if err != nil {
				return nil, err
			}
			err = w.may(about{school: r.School, organisation: p.Organisation, referral: &r})
			if KindOf(err) == NotFound {
				continue
			}
			if err != nil {
				return nil, err
			}
			pupil, err := livingRecord(w.Tx, p.Pupil)
			if err != nil {
				return nil, err
			}
			if p.Pupil, err = w.recordShown(&r, p.Pupil); err != nil {
				return nil, err
			}
			seen, pupils = append(seen, p), append(pupils, pupil.Pseudonym)
		}
		w.note(VerbList, NounPlacement, "", pupils)
		return seen, nil
	})
}

func (f *PlacementFilter) wheres() []Where {
	var list []Where
	if f.Referral != "" {
		list = append(list, Is(ByReferral, f.Referral))
	}
	if f.Organisation != "" {
		list = append(list, Is(ByOrganisation, f.Organisation))
	}
	if f.Group != "" {
		list = append(list, Is(ByGroup, f.Group))
	}
	if f.States != nil {
		list = append(list, Is(ByState, f.States...))
	}
	if f.Limit > 0 {
		list = append(list, Page(f.After, f.Limit))
	}
	return list
}

// Accept takes an offer: the provision has met the pupil, or does not need to (W4).
func (s *Service) Accept(ctx context.Context, id PlacementID, version int) (Placement, error) {
	return placementVerb(ctx, s, id, version, VerbAccept, func(x *placing) (_ Placement, err error) {
		if x.p.State, err = step(NounPlacement, x.p.State, VerbAccept); err != nil {
			return x.p, err
		}
		x.p.Answered = x.day
		return x.put()
	})
}

// refusalCodes are why a provision declines an offer.
var refusalCodes = []string{
	"wrong_mix", "needs_not_met", "risk", "staffing", "no_place", "pupil_declined", "family_declined", "not_ready", "other",
}

// RefusalCodes are the codes of reasons for declining an offer, in the order of the documentation.
func RefusalCodes() []string { return slices.Clone(refusalCodes) }

// DeclineOffer turns an offer down, with a reason (W4). What else the same decision
// offered is withdrawn, as a package stands or falls as one, and the referral needs
// another decision.
func (s *Service) DeclineOffer(ctx context.Context, id PlacementID, version int, why Reason) (Placement, error) {
	return placementVerb(ctx, s, id, version, VerbRefuse, func(x *placing) (_ Placement, err error) {
		if err := x.holdPupil(); err != nil {
			return x.p, err
		}
		if x.p.State, err = step(NounPlacement, x.p.State, VerbRefuse); err != nil {
			return x.p, err
		}
		f := &faults{}
		f.when(!slices.Contains(refusalCodes, why.Code), "/reason/code", "unknown", "a code of the list")
		f.text("/reason/text", why.Text, LeastReason)
		if err := f.err("the answer is not complete"); err != nil {
			return x.p, err
		}
		x.p.Answer, x.p.Answered = why, x.day
		if err := x.reopen(); err != nil {
			return x.p, err
		}
		return x.put(audit.Pair{Key: "reason", Value: why.Code})
	})
}

// WithdrawOffer takes an offer back that has not started, with whatever else the same decision offered.
func (s *Service) WithdrawOffer(ctx context.Context, id PlacementID, version int, text string) (Placement, error) {
	return placementVerb(ctx, s, id, version, VerbWithdraw, func(x *placing) (_ Placement, err error) {
		if err := x.holdPupil(); err != nil {
			return x.p, err
		}
		if x.p.State, err = step(NounPlacement, x.p.State, VerbWithdraw); err != nil {
			return x.p, err
		}
		f := &faults{}
		f.text("/text", text, LeastReason)
		if err := f.err("the reason is not complete"); err != nil {
			return x.p, err
		}
		x.p.EndText = text
		if err := x.reopen(); err != nil {
			return x.p, err
		}
		return x.put()
	})
}

// reopen sends the referral back for another decision, and withdraws what else the
// decision offered and has not started.
func (x *placing) reopen() (err error) {
	standing := 0
	for other, err := range x.Tx.Placements().List(Is(ByReferral, x.p.Referral)) {
		if err != nil {
			return err
		}
		if other.ID == x.p.ID || !other.live() {
			continue
		}
		if other.Decision != x.p.Decision || other.State == Started {
			standing++
			continue
		}
		if other.State, err = step(NounPlacement, other.State, VerbWithdraw); err != nil {
			return err
		}
		if err := x.Tx.Placements().Put(&other); err != nil {
			return err
		}
		x.note(VerbWithdraw, NounPlacement, string(other.ID), []Pseudonym{x.pupil.Pseudonym})
	}
	if standing > 0 {
		return nil
	}
	if x.referral.State, err = step(NounReferral, x.referral.State, VerbReopen); err != nil {
		return err
	}
	// The referral keeps its last meeting: whoever had an interest there has it still.
	x.note(VerbReopen, NounReferral, string(x.referral.ID), []Pseudonym{x.pupil.Pseudonym})
	return x.Referrals().Put(&x.referral)
}

// Visit notes the pupil's visit or taster, and what the pupil says (W4).
func (s *Service) Visit(ctx context.Context, id PlacementID, version int, v Visit) (Placement, error) {
	return placementVerb(ctx, s, id, version, VerbVisit, func(x *placing) (Placement, error) {
		f := &faults{}
		f.when(!x.p.live(), "", "state", "an offer or a placement that stands")
		f.when(v.On == 0 || v.On > x.day, "/on", "range", "a day that has come")
		f.when(!slices.Contains([]string{"", "yes", "unsure", "no"}, v.Wants), "/wants", "unknown", "yes, unsure or no")
		f.text("/pupil", v.Pupil, 0)
		if err := f.err("the visit is not complete"); err != nil {
			return x.p, err
		}
		v.Pupil = strings.TrimSpace(v.Pupil)
		x.p.Visit = v
		return x.put()
	})
}

// End takes a placement to its end on a day that has come. With the last one of its
// referral, the referral closes.
func (s *Service) End(ctx context.Context, id PlacementID, version int, on calendar.Date, why EndReason, to Destination, text string) (Placement, error) {
	return placementVerb(ctx, s, id, version, VerbEnd, func(x *placing) (_ Placement, err error) {
		if err := x.holdPupil(); err != nil {
			return x.p, err
		}
		if err := x.endPlacement(&x.p, on, why, to, text); err != nil {
			return x.p, err
		}
		open, err := x.openPlacements(x.p.Referral, x.p.ID)
		if err != nil {
			return x.p, err
		}
		if open == 0 {
			if x.referral.State, err = step(NounReferral, x.referral.State, VerbClose); err != nil {
				return x.p, err
			}
			if err := x.Referrals().Put(&x.referral); err != nil {
				return x.p, err
			}
		}
		return x.put(audit.Pair{Key: "reason", Value: string(why)}, audit.Pair{Key: "destination", Value: string(to)})
	})
}
