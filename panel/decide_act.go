package panel

import (
	"slices"
	"strings"

	"example.org/backontrack/matching"
)

// act runs the rules on what is decided, and makes what follows from it.
func (d *deciding) act() error {
	if err := d.explained(); err != nil {
		return err
	}
	d.decision.ID = DecisionID(d.id())
	switch d.in.Outcome {
	case Place:
		return d.place()
	case Extend:
		return d.extend()
	case End:
		return d.end()
	default:
		return nil
	}
}

// place checks the stays against every rule, and makes an offer of each.
func (d *deciding) place() error {
	found, err := d.verdict(d.q, d.in.Stays)
	if err != nil {
		return err
	}
	if err := d.excuse(found.reasons, d.in.Stays); err != nil {
		return err
	}
	d.decision.Unchecked = append(found.unchecked, partlyKnown(d.q.referral.Form)...)
	slices.Sort(d.decision.Unchecked)
	d.decision.Unchecked = slices.Compact(d.decision.Unchecked)
	if d.decision.Snapshot, err = d.Evidence().Add(found.snapshot); err != nil {
		return err
	}
	answerBy, err := answerBy(d.Tx, d.q.policy.Authority, d.day)
	if err != nil {
		return err
	}
	for _, s := range d.in.Stays {
		g, err := d.Groups().Get(s.Group)
		if err != nil {
			return err
		}
		d.placements = append(d.placements, Placement{
			ID: PlacementID(d.id()), Referral: d.q.referral.ID, Pupil: d.q.referral.Pupil, Organisation: g.Organisation,
			Site: g.Site, Group: g.ID, Pattern: s.Pattern, From: s.From, To: s.To, State: Offered, Offered: d.Now(),
			AnswerBy: answerBy, OwnAdult: d.ownAdult(),
		})
	}
	return nil
}

// ownAdult tells whether a funded adult comes along: because the form says so, or because
// staffing was waived, which is what that waiver means (R3).
func (d *deciding) ownAdult() bool {
	return wantsOwnAdult(d.q.referral) ||
		slices.ContainsFunc(d.waivers, func(v Waiver) bool { return v.Rule == matching.CodeStaffing })
}

// standing finds the placement that the decision is about.
func (d *deciding) standing() (Placement, error) {
	p, err := d.Placements().Get(d.in.Placement)
	if err != nil {
		return p, d.away(err)
	}
	if p.Referral != d.q.referral.ID {
		return p, absent(d.noun)
	}
	return p, nil
}

// extend lets a standing placement go on, if the rules allow the days that it gains.
func (d *deciding) extend() error {
	p, err := d.standing()
	if err != nil {
		return err
	}
	if p.State, err = step(NounPlacement, p.State, VerbExtend); err != nil {
		return err
	}
	if d.in.To <= p.To || d.in.To > d.q.horizon {
		return &Error{Kind: Invalid, Detail: "not a later last day", Faults: []Fault{{"/to", "order", "a day after the last one, within the horizon"}}}
	}
	before := p.To
	p.To = d.in.To
	reasons, snapshot, err := d.gained(d.q, p, before)
	if err != nil {
		return err
	}
	if err := d.excuse(reasons, []matching.Stay{{Group: p.Group, Pattern: p.Pattern, From: p.From, To: p.To}}); err != nil {
		return err
	}
	d.placements = append(d.placements, p)
	if d.decision.Snapshot, err = d.Evidence().Add(snapshot); err != nil {
		return err
	}
	return (&placing{work: d.work, p: p, referral: d.q.referral, pupil: d.q.pupil}).replan()
}

// end takes a standing placement to its end; the referral closes with the last of them.
func (d *deciding) end() error {
	p, err := d.standing()
	if err != nil {
		return err
	}
	if err := d.endPlacement(&p, d.in.To, d.in.EndReason, d.in.Destination, strings.TrimSpace(d.in.Reason.Text)); err != nil {
		return err
	}
	d.placements = append(d.placements, p)
	open, err := d.openPlacements(d.q.referral.ID, p.ID)
	if err != nil {
		return err
	}
	if open == 0 {
		d.next, err = step(NounReferral, d.q.referral.State, VerbClose)
	}
	return err
}

// openPlacements counts the live placements of a referral, but for one.
func (w *work) openPlacements(r ReferralID, but PlacementID) (n int, err error) {
	for p, err := range w.Placements().List(Is(ByReferral, r)) {
		if err != nil {
			return 0, err
		}
		if p.live() && p.ID != but {
			n++
		}
	}
	return n, nil
}
