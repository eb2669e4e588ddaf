package panel

import (
	"fmt"
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// stands checks every placement against what was decided, every stay that was decided for
// its placement, and every referral for being placed while, and only while, something
// of it stands.
func (x *fscking) stands() error {
	all, err := gather(x.Placements().List())
	if err != nil {
		return err
	}
	y := &standingCheck{fscking: x, byID: map[PlacementID]*Placement{}, live: map[ReferralID]int{}, roots: map[DecisionID][]*Placement{}}
	for i := range all {
		p := &all[i]
		y.byID[p.ID] = p
		if p.live() {
			y.live[p.Referral]++
		}
	}
	if err := y.decisions(all); err != nil {
		return err
	}
	for i := range all {
		if err := y.placement(&all[i]); err != nil {
			return err
		}
	}
	return y.referrals()
}

// standingCheck is that check under way.
type standingCheck struct {
	*fscking
	byID     map[PlacementID]*Placement
	live     map[ReferralID]int
	roots    map[DecisionID][]*Placement // the placements of a decision, but for those that go on from another
	decided  map[DecisionID]*Decision
	settled  map[ReferralID]bool  // has a decision
	extended map[PlacementID]bool // by a decision, which does not say until when
}

// decisions looks for the placement of each stay that was decided.
func (y *standingCheck) decisions(all []Placement) error {
	y.decided, y.settled, y.extended = map[DecisionID]*Decision{}, map[ReferralID]bool{}, map[PlacementID]bool{}
	made, err := gather(y.Decisions().List())
	if err != nil {
		return err
	}
	for i := range made {
		d := &made[i]
		y.decided[d.ID], y.settled[d.Referral] = d, true
		if d.Outcome == Extend {
			y.extended[d.Placement] = true
		}
	}
	for i := range all {
		if d := y.origin(&all[i]); d != nil && all[i].MovedFrom == "" {
			y.roots[d.ID] = append(y.roots[d.ID], &all[i])
		}
	}
	for _, d := range made {
		if d.Outcome != Place {
			continue
		}
		for _, stay := range d.Stays {
			if !slices.ContainsFunc(y.roots[d.ID], func(p *Placement) bool { return p.isOf(stay) }) {
				y.found("decisions", NounDecision, string(d.ID), "has no placement in group %s as it decided", stay.Group)
			}
		}
	}
	return nil
}

// origin is the decision that made a placement: the placement itself has the last one
// about it, which may have extended or ended it.
func (y *standingCheck) origin(p *Placement) *Decision {
	d := y.decided[p.Decision]
	for range y.decided { // at most so many steps, even in a circle
		if d == nil || d.Outcome != Extend && d.Outcome != End {
			break
		}
		d = y.decided[d.Supersedes]
	}
	return d
}

// isOf tells whether a placement is the one that a decision made of a stay.
func (p *Placement) isOf(s matching.Stay) bool {
	return p.Group == s.Group && p.Pattern == s.Pattern && p.From == s.From
}

// placement checks one placement: whose, where, from when and until when.
func (y *standingCheck) placement(p *Placement) error {
	tell := func(format string, args ...any) {
		y.found("decisions", NounPlacement, string(p.ID), format, args...)
	}
	if y.decided[p.Decision] == nil {
		return nil // told already
	}
	d := y.origin(p)
	if d == nil {
		tell("has no decision that places anybody")
		return nil
	}
	if d.Outcome != Place || d.Referral != p.Referral || d.Pupil != p.Pupil {
		tell("is not of the pupil and the referral that its decision places")
	}
	chain, sound := y.chain(p)
	if !sound {
		tell("goes on from a placement that is not there, or was not moved, on the day before")
		return nil
	}
	root := chain[len(chain)-1]
	i := slices.IndexFunc(d.Stays, root.isOf)
	if i < 0 {
		tell("is in a group, by a pattern or from a day that was not decided")
		return nil
	}
	latest, known := y.latest(d.Stays[i].To, chain)
	if known && p.To > latest {
		tell("lasts until %s, and was decided until %s", p.To, latest)
	}
	if p.live() && p.To < d.Stays[i].To {
		tell("lasts until %s, and was decided until %s", p.To, d.Stays[i].To)
	}
	return y.where(p, root)
}

// chain is a placement and those that it goes on from, back to the one that was decided.
func (y *standingCheck) chain(p *Placement) (list []*Placement, sound bool) {
	for {
		list = append(list, p)
		if p.MovedFrom == "" {
			return list, true
		}
		before := y.byID[p.MovedFrom]
		if before == nil || before.State != Moved || before.To != p.From-1 || y.origin(before) != y.origin(p) || slices.Contains(list, before) {
			return list, false
		}
		p = before
	}
}

// latest is the last day that a placement may have: that of the decision, or of an
// extension since, of it or of one that it goes on from. It is not known after an
// extension by a decision, which keeps no day.
func (y *standingCheck) latest(decided calendar.Date, chain []*Placement) (day calendar.Date, known bool) {
	for _, p := range chain {
		if y.extended[p.ID] {
			return 0, false
		}
		decided = max(decided, y.until[string(p.ID)])
	}
	return decided, true
}

// where checks that a placement that stands is at the site of its group, and within the
// provision for which it was decided. A group may have gone elsewhere since others left.
func (y *standingCheck) where(p, root *Placement) error {
	if p.Organisation != root.Organisation {
		y.found("decisions", NounPlacement, string(p.ID), "is at another provision than decided")
	}
	if !p.live() {
		return nil
	}
	g, err := y.Groups().Get(p.Group)
	if err != nil && KindOf(err) != NotFound {
		return err
	}
	if err != nil || g.Site != p.Site || g.Organisation != p.Organisation {
		y.found("places", NounPlacement, string(p.ID), "is not at the site and the provision of its group")
	}
	return nil
}

// referrals checks that what is placed has something that stands, and nothing else has;
// and that what is on an agenda is on one.
func (y *standingCheck) referrals() error {
	for r, err := range y.Referrals().List() {
		if err != nil {
			return err
		}
		id, n := string(r.ID), y.live[r.ID]
		if r.State == Placed && n == 0 && y.settled[r.ID] { // without a decision it is told already
			y.found("states", NounReferral, id, "is placed, and no placement of it stands")
		}
		if r.State != Placed && n > 0 {
			y.found("states", NounReferral, id, "is %s, and %d of its placements stand", known(r.State), n)
		}
		if r.State != OnAgenda {
			continue
		}
		m, err := y.Meetings().Get(r.Meeting)
		if err != nil && KindOf(err) != NotFound {
			return err
		}
		if err != nil || m.State == Closed || !slices.Contains(m.Agenda, r.ID) {
			y.found("states", NounReferral, id, "is on the agenda of no meeting that is to come or open")
		}
	}
	return nil
}

// known is a state, if there is such a one.
func known(s State) string {
	if slices.ContainsFunc(transitions, func(t Transition) bool { return t.From == s || t.To == s }) {
		return string(s)
	}
	return fmt.Sprintf("in no state (%d characters)", len(s))
}
