package matching

import (
	"cmp"
	"maps"
	"slices"
)

// A PlanDiff is what differs between two plans: a row for each referral that they
// treat differently, by id, and for each placement that they move differently, by id. The differences add up:
//
//	Objective = Σ over rows (ValueAfter − ValueBefore) + Composition + Penalties
type PlanDiff struct {
	Rows        []PlanChange `json:"rows"`
	Moves       []MoveChange `json:"moves"`
	Objective   int          `json:"objective"`   // the second's less the first's, as the next two
	Composition int          `json:"composition"` // of the changes of composition
	Penalties   int          `json:"penalties"`   // of what late starts and moves take, which is at most 0 in each plan
}

// A PlanChange is one referral that two plans treat differently. Stays are nil where the referral is not on the
// agenda of that plan, and empty where the plan leaves it unplaced. A value is bonus + score, and 0 without a place.
type PlanChange struct {
	Referral    ReferralID     `json:"referral"`
	Kind        PlanChangeKind `json:"kind"`
	From        []Stay         `json:"from"`
	To          []Stay         `json:"to"`
	ValueBefore int            `json:"value_before"`
	ValueAfter  int            `json:"value_after"`
	LateBefore  bool           `json:"late_before"`
	LateAfter   bool           `json:"late_after"`
}

// PlanChangeKind says in what way two plans treat a referral differently.
type PlanChangeKind string

// The kinds, of which the first that applies is given.
const (
	Placed        PlanChangeKind = "placed"   // only the second plan places it
	LeftOut       PlanChangeKind = "unplaced" // only the first does
	Joined        PlanChangeKind = "joined"   // only the second has it on its agenda, and does not place it
	Withdrawn     PlanChangeKind = "withdrawn"
	OtherGroups   PlanChangeKind = "groups"   // it goes elsewhere
	OtherPatterns PlanChangeKind = "patterns" // the same groups, other sessions
	OtherDates    PlanChangeKind = "dates"    // the same patterns, another start or end
	OtherValue    PlanChangeKind = "value"    // the same stays are worth something else: the plans are of different snapshots
)

// A MoveChange is a standing placement that two plans move differently: nil where one does not.
type MoveChange struct {
	Placement PlacementID `json:"placement"`
	From      *Move       `json:"from"`
	To        *Move       `json:"to"`
}

// DiffPlans says what differs in a second plan. The plans may be of different snapshots: referrals and placements are
// then taken to be the same where their ids are, and nothing is said of what else the snapshots differ in. The
// difference the other way round has the same rows, turned round. A plan that is nil counts as one of an empty agenda. The rows
// share no memory with the plans.
func DiffPlans(from, to *Plan) *PlanDiff {
	if from == nil {
		from = &Plan{}
	}
	if to == nil {
		to = &Plan{}
	}
	d := &PlanDiff{
		Rows: []PlanChange{}, Moves: []MoveChange{}, Objective: to.Objective - from.Objective,
		Composition: to.Composition - from.Composition, Penalties: to.penalties() - from.penalties(),
	}
	before, after := from.treatments(), to.treatments()
	for _, id := range unionOfKeys(before, after) {
		if c := changeOf(id, before[id], after[id]); c.Kind != "" {
			d.Rows = append(d.Rows, c)
		}
	}
	moved, moves := from.movesOf(), to.movesOf()
	for _, id := range unionOfKeys(moved, moves) {
		a, b := moved[id], moves[id]
		if a == nil || b == nil || *a != *b {
			d.Moves = append(d.Moves, MoveChange{id, a, b})
		}
	}
	return d
}

// Empty tells whether two plans place and move alike, at the same objective.
func (d *PlanDiff) Empty() bool {
	return len(d.Rows) == 0 && len(d.Moves) == 0 && d.Objective == 0 && d.Composition == 0
}

// A treatment is what a plan makes of a referral.
type treatment struct {
	stays []Stay
	value int
	late  bool
}

func (p *Plan) treatments() map[ReferralID]*treatment {
	all := make(map[ReferralID]*treatment, len(p.Assignments)+len(p.Unplaced))
	for i := range p.Assignments {
		a := &p.Assignments[i]
		all[a.Referral] = &treatment{append([]Stay{}, a.Stays...), a.Bonus + a.Score, a.Late}
	}
	for i := range p.Unplaced {
		all[p.Unplaced[i].Referral] = &treatment{stays: []Stay{}}
	}
	return all
}

func (p *Plan) movesOf() map[PlacementID]*Move {
	all := make(map[PlacementID]*Move, len(p.Moves))
	for i := range p.Moves {
		move := p.Moves[i]
		all[move.Placement] = &move
	}
	return all
}

// penalties are what late starts and moves take from the objective: at most 0.
func (p *Plan) penalties() int {
	rest := p.Objective - p.Composition
	for i := range p.Assignments {
		rest -= p.Assignments[i].Bonus + p.Assignments[i].Score
	}
	return rest
}

func unionOfKeys[K cmp.Ordered, V any](a, b map[K]V) []K {
	return sorted(slices.AppendSeq(slices.Collect(maps.Keys(a)), maps.Keys(b)))
}

func changeOf(id ReferralID, from, to *treatment) PlanChange {
	c := PlanChange{Referral: id, Kind: kindOf(from, to)}
	if from != nil {
		c.From, c.ValueBefore, c.LateBefore = from.stays, from.value, from.late
	}
	if to != nil {
		c.To, c.ValueAfter, c.LateAfter = to.stays, to.value, to.late
	}
	return c
}

// kindOf is empty where two plans treat a referral alike.
func kindOf(from, to *treatment) PlanChangeKind {
	was, is := from != nil && len(from.stays) > 0, to != nil && len(to.stays) > 0
	same := func(equal func(a, b Stay) bool) bool { return slices.EqualFunc(from.stays, to.stays, equal) }
	switch {
	case !was && is:
		return Placed
	case was && !is:
		return LeftOut
	case from == nil:
		return Joined
	case to == nil:
		return Withdrawn
	case !same(func(a, b Stay) bool { return a.Group == b.Group }):
		return OtherGroups
	case !same(func(a, b Stay) bool { return a.Pattern == b.Pattern }):
		return OtherPatterns
	case !same(func(a, b Stay) bool { return a == b }):
		return OtherDates
	case from.value != to.value || from.late != to.late:
		return OtherValue
	}
	return ""
}
