package matching

import (
	"cmp"
	"encoding/json"
	"slices"

	"example.org/backontrack/matching/calendar"
)

// A Change is one thing that a panel could do to make a refused option possible.
// What does not apply to its kind is zero.
type Change struct {
	Kind      ChangeKind         `json:"type"`
	Rule      Code               `json:"rule,omitempty"`      // waive: this rule
	From      calendar.Date      `json:"from,omitzero"`       // wait: start on this day instead
	To        calendar.Date      `json:"to,omitzero"`         // wait: and end on this one
	Pattern   PatternID          `json:"pattern,omitempty"`   // pattern: attend these sessions instead
	Adults    int                `json:"adults,omitempty"`    // adults: thousandths more of an adult, at each of Sessions
	Sessions  []calendar.Session `json:"sessions,omitempty"`  // adults: where they are needed
	Placement PlacementID        `json:"placement,omitempty"` // move: this standing placement elsewhere
	Pupil     PupilID            `json:"pupil,omitempty"`     // move: whose it is
	Movable   bool               `json:"movable,omitempty"`   // move: a plan may re-seat it
	Referral  ReferralID         `json:"referral,omitempty"`  // reassign, place: whose
	Stays     []Stay             `json:"stays,omitempty"`     // reassign, place: these stays
}

// ChangeKind says what a change does.
type ChangeKind string

// The kinds of change.
const (
	Waive       ChangeKind = "waive"
	Wait        ChangeKind = "wait"
	TakePattern ChangeKind = "pattern"
	AddAdults   ChangeKind = "adults"
	MoveAway    ChangeKind = "move"
	Reassign    ChangeKind = "reassign" // of a plan only: another referral of the agenda takes another of its options
	Place       ChangeKind = "place"    // of a plan only, and last: what the unplaced referral can then have
)

// An Unlock is a set of changes that, made together, make a refused option
// possible, while none of its subsets does. JSON writes the list of changes.
type Unlock struct {
	Changes []Change
	Stay    Stay // what becomes possible: the option's own stay, as changed
}

// MarshalJSON writes the changes.
func (u Unlock) MarshalJSON() ([]byte, error) { return json.Marshal(u.Changes) }

// mostChanges bounds the size of an unlock, and mostMoves how many standing
// placements are thought of as moving: a panel can't do more at once.
const (
	mostChanges = 3
	mostMoves   = 12
)

// Unlocks finds the smallest sets of changes, of at most three, that would make a
// refused option of this engine possible, out of those that have to do with its reasons:
// waivers of its rules, another date, another pattern, adults for the group, and placements of the
// pupils whom the reasons name, or of the pupil's own where he is busy: by size, then in the order waive, wait,
// pattern, adults, move. Each is verified by making the changes and asking again; none contains another.
// A rule of class never has no unlock but another pattern. A feasible option, and
// one without an allowed start, has none.
func (e *Engine) Unlocks(o *Option) ([]Unlock, error) {
	if err := e.own(o); err != nil {
		return nil, err
	}
	if o.Feasible || len(o.Stays) != 1 || o.Stays[0].From == 0 || slices.ContainsFunc(o.Reasons, isFinal) {
		return []Unlock{}, nil
	}
	l := e.locksmith(o)
	l.gather()
	for size := 1; size <= mostChanges; size++ {
		l.sets(nil, 0, size)
	}
	return l.found, nil
}

// locksmith prepares to unlock an option of one stay. All that bears on the option is near the
// group; a small world is quick to change.
func (e *Engine) locksmith(o *Option) locksmith {
	group := o.Stays[0].Group
	near := e.rebuild(e.surroundings(o.Referral, group))
	return locksmith{e: near, r: &near.referrals[0], g: &near.groups[near.groupOf[group]], o: o, found: []Unlock{}}
}

// isFinal tells whether not even another pattern or a later start would help.
func isFinal(r Reason) bool {
	return r.Class == Never && r.Code != CodeUnregisteredFullTime || r.Code == CodeNotOpen
}

// A locksmith looks for the unlocks of one option.
type locksmith struct {
	e       *Engine // of the group's surroundings
	r       *referralIndex
	g       *groupIndex
	o       *Option
	changes []Change // that could be part of an unlock, in order
	opened  [][]int  // that were found, as indexes of changes
	found   []Unlock
	keeps   func(PlacementID) bool // what is not thought of as moving; nil: nothing
}

// gather lists the changes that have to do with some reason.
func (l *locksmith) gather() {
	for _, reason := range l.o.Reasons {
		if l.e.isWaivable(&reason) && !slices.ContainsFunc(l.changes, func(c Change) bool { return c.Rule == reason.Code }) {
			l.changes = append(l.changes, Change{Kind: Waive, Rule: reason.Code})
		}
	}
	l.changes = append(l.changes, Change{Kind: Wait})
	for i := range l.g.patterns {
		if id := l.g.patterns[i].ID; id != l.o.Stays[0].Pattern && l.e.try(l.r).named(l.g, &l.g.patterns[i]) {
			l.changes = append(l.changes, Change{Kind: TakePattern, Pattern: id})
		}
	}
	if slices.ContainsFunc(l.o.Reasons, func(r Reason) bool { return r.Code == CodeStaffing }) {
		l.changes = append(l.changes, Change{Kind: AddAdults})
	}
	l.changes = append(l.changes, l.moves()...)
}

// isWaivable tells whether a person with the power may accept what a rule
// refuses: it is of class waiver, or a separation, whatever lifts that first.
func (e *Engine) isWaivable(r *Reason) bool {
	return r.Class == ByWaiver || e.isSeparation(r.Code)
}

func (e *Engine) isSeparation(code Code) bool {
	return slices.ContainsFunc(e.separate, func(s Separation) bool { return s.Code() == code })
}

// moves are the standing placements of those who block, and the pupil's own where he
// is busy: those that may move, and where there is room for more, the others.
func (l *locksmith) moves() []Change {
	var list []Change
	for i := range l.e.stays {
		p := l.e.stays[i].placement
		if l.keeps != nil && l.keeps(p.ID) {
			continue
		}
		change := Change{Kind: MoveAway, Placement: p.ID, Pupil: p.Pupil, Movable: p.Movable}
		if slices.ContainsFunc(l.o.Reasons, func(r Reason) bool { return l.touches(&change, &r) }) {
			list = append(list, change)
		}
	}
	slices.SortFunc(list, func(a, b Change) int {
		switch {
		case a.Movable && !b.Movable:
			return -1
		case b.Movable && !a.Movable:
			return 1
		}
		return cmp.Compare(a.Placement, b.Placement)
	})
	return list[:min(len(list), mostMoves)]
}

// sets tries every set of a size that extends chosen.
func (l *locksmith) sets(chosen []int, next, size int) {
	if len(chosen) == size {
		l.attempt(chosen)
		return
	}
	for i := next; i < len(l.changes); i++ {
		l.sets(append(slices.Clip(chosen), i), i+1, size)
	}
}

// attempt verifies a set of changes, unless it can be seen that it contains a smaller
// unlock, or leaves some reason standing.
func (l *locksmith) attempt(chosen []int) {
	if slices.ContainsFunc(l.opened, func(smaller []int) bool { return containsAll(chosen, smaller) }) {
		return
	}
	changes := make([]Change, len(chosen))
	patterns := 0
	for i, n := range chosen {
		changes[i] = l.changes[n]
		if changes[i].Kind == TakePattern {
			patterns++
		}
	}
	if patterns > 1 || slices.ContainsFunc(l.o.Reasons, func(r Reason) bool { return !l.anyTouches(changes, &r) }) {
		return
	}
	if unlock, ok := l.e.unlockedBy(l.o, changes); ok {
		l.opened = append(l.opened, chosen)
		l.found = append(l.found, unlock)
	}
}

func containsAll(set, subset []int) bool {
	for _, n := range subset {
		if !slices.Contains(set, n) {
			return false
		}
	}
	return true
}

func (l *locksmith) anyTouches(changes []Change, r *Reason) bool {
	return slices.ContainsFunc(changes, func(c Change) bool { return l.touches(&c, r) })
}

// touches tells whether a change could lift a reason.
func (l *locksmith) touches(c *Change, r *Reason) bool {
	switch c.Kind {
	case Waive:
		return c.Rule == r.Code
	case AddAdults:
		return r.Code == CodeStaffing
	case MoveAway:
		return slices.Contains(r.Pupils, c.Pupil) || r.Code == CodeBusy && c.Pupil == l.r.referral.Pupil
	default: // another day or pattern may lift anything
		return true
	}
}
