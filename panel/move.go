package panel

import (
	"context"
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/audit"
)

// A MoveInput is where a pupil goes on within the provision, from when, and why.
type MoveInput struct {
	Group   GroupID
	Pattern PatternID
	From    calendar.Date
	Text    string
}

// Move takes a pupil to another group, day or site of the same provision (W6), from a
// school day to come, with the end as it was. The rules are run again, as in [Service.Decide];
// nothing is waived here. It returns the placement that goes on.
func (s *Service) Move(ctx context.Context, id PlacementID, version int, in MoveInput) (Placement, error) {
	return placementVerb(ctx, s, id, version, VerbMove, func(x *placing) (Placement, error) {
		next, err := x.movedTo(in)
		if err != nil {
			return Placement{}, err
		}
		if err := x.lockPupil(x.p.Pupil, x.p.Site, next.Site); err != nil {
			return Placement{}, err
		}
		if err := x.again(); err != nil {
			return Placement{}, err
		}
		left := x.p
		if left.State, err = step(NounPlacement, left.State, VerbMove); err != nil {
			return Placement{}, err
		}
		left.To = in.From - 1
		q, err := x.question(next.To)
		if err != nil {
			return Placement{}, err
		}
		reasons, snapshot, err := x.moved(q, left, next)
		if err != nil {
			return Placement{}, err
		}
		if err := allow(reasons); err != nil {
			return Placement{}, err
		}
		if err := x.remark(&next, in.Text, snapshot, q.policy); err != nil {
			return Placement{}, err
		}
		x.p = left
		if _, err := x.put(audit.Pair{Key: "to", Value: string(next.ID)}); err != nil {
			return Placement{}, err
		}
		if err := x.Tx.Placements().Add(&next); err != nil {
			return Placement{}, err
		}
		if next.Started != 0 {
			err = x.moveReviews(next)
		}
		return next, err
	})
}

// movedTo is the placement that a move leads to.
func (x *placing) movedTo(in MoveInput) (Placement, error) {
	next := x.p
	g, err := x.Groups().Get(in.Group)
	if err != nil && KindOf(err) != NotFound {
		return next, err
	}
	f := &faults{}
	f.when(err != nil || g.Organisation != x.p.Organisation, "/group", "unknown", "a group of the same provision")
	f.when(err == nil && !hasPattern(g, in.Pattern), "/pattern", "unknown", "a pattern of the group")
	f.when(in.Group == x.p.Group && in.Pattern == x.p.Pattern, "/group", "same", "another group or pattern")
	f.when(in.From < x.day || in.From < x.p.From || in.From > x.p.To, "/from", "range", "a day to come, within the placement")
	f.text("/text", in.Text, LeastReason)
	if err := f.err("the move is not complete"); err != nil {
		return next, err
	}
	next.ID, next.Version, next.MovedFrom = PlacementID(x.id()), 0, x.p.ID
	next.Site, next.Group, next.Pattern, next.From = g.Site, g.ID, in.Pattern, in.From
	return next, nil
}

func hasPattern(g Group, id PatternID) bool {
	if g.Terms.Patterns == nil {
		return id == "all"
	}
	for _, p := range g.Terms.Patterns {
		if p.ID == id {
			return true
		}
	}
	return false
}

// again reads the placement once more, now that its site is held.
func (x *placing) again() error {
	p, err := x.Tx.Placements().Get(x.p.ID)
	if err != nil {
		return err
	}
	if p.Version != x.p.Version {
		return Errorf(Stale, "the placement has changed since it was read")
	}
	return nil
}

// question is what the rules go by for a placement that changes between meetings.
func (x *placing) question(last calendar.Date) (*question, error) {
	policy, err := policyInForce(x.Tx, x.day)
	return &question{
		referral: x.referral, pupil: x.pupil, policy: policy, day: x.day, horizon: max(horizon(x.day), last),
	}, err
}

// allow refuses what the rules refuse. Nothing is waived here.
func allow(reasons []matching.Reason) error {
	if len(reasons) == 0 {
		return nil
	}
	return &Error{Kind: RulesBroken, Detail: "hard rules stand against it", Reasons: reasons}
}

// remark writes down why a placement was changed, and what the rules were run on.
func (x *placing) remark(p *Placement, text string, snapshot []byte, policy Policy) error {
	digest, err := x.Evidence().Add(snapshot)
	p.Remarks = append(slices.Clip(p.Remarks), Remark{
		Verb: x.verb, Text: text, By: x.person.ID, At: x.Now(), Snapshot: digest, Policy: policy.ID, Engine: matching.Version,
	})
	return err
}

// Extend lets a placement go on until a later day. The rules are run on the days that it gains.
func (s *Service) Extend(ctx context.Context, id PlacementID, version int, to calendar.Date, text string) (Placement, error) {
	return placementVerb(ctx, s, id, version, VerbExtend, func(x *placing) (_ Placement, err error) {
		if err := x.lockPupil(x.p.Pupil, x.p.Site); err != nil {
			return x.p, err
		}
		if err := x.again(); err != nil {
			return x.p, err
		}
		if x.p.State, err = step(NounPlacement, x.p.State, VerbExtend); err != nil {
			return x.p, err
		}
		f := &faults{}
		f.when(to <= x.p.To || to > horizon(x.day), "/to", "order", "a day after the last one, in the school year")
		f.text("/text", text, LeastReason)
		if err := f.err("the extension is not complete"); err != nil {
			return x.p, err
		}
		before := x.p.To
		x.p.To = to
		q, err := x.question(to)
		if err != nil {
			return x.p, err
		}
		reasons, snapshot, err := x.gained(q, x.p, before)
		if err != nil {
			return x.p, err
		}
		if err := allow(reasons); err != nil {
			return x.p, err
		}
		if err := x.remark(&x.p, text, snapshot, q.policy); err != nil {
			return x.p, err
		}
		if err := x.replan(); err != nil {
			return x.p, err
		}
		return x.put(audit.Pair{Key: "to", Value: to.String()})
	})
}
