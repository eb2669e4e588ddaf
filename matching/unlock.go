package matching

import "example.org/backontrack/matching/calendar"

// A Change is one thing that a panel could do to make a refused option possible.
type Change struct {
	Kind      ChangeKind    `json:"change"`
	Rule      Code          `json:"rule,omitempty"`      // waive: this rule
	From      calendar.Date `json:"from,omitzero"`       // wait: start on this day instead
	Pattern   PatternID     `json:"pattern,omitempty"`   // pattern: attend these sessions instead
	Adults    int           `json:"adults,omitempty"`    // adults: thousandths more, at each of Sessions
	Sessions  []string      `json:"sessions,omitempty"`  // adults: where they are needed
	Placement PlacementID   `json:"placement,omitempty"` // move: this standing placement elsewhere
	Pupil     PupilID       `json:"pupil,omitempty"`     // move: whose it is
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
)

// An Unlock is a set of changes that, made together, make a refused option
// possible, while none of its subsets does.
type Unlock struct {
	Changes []Change `json:"changes"`
	Stay    Stay     `json:"stay"` // the stay that becomes possible
}
