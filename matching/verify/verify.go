// Package verify checks a plan against its snapshot: every hard rule at every date
// and session, for those placed, those moved and those standing together; and
// every figure of the plan, recomputed.
//
// It was written from the contract (docs/reference/format.md and the pages beside it)
// as plain loops, and shares no code with the search: none of the engine's rules,
// indexes, calendars or scores, only the types in which snapshots and plans are
// written and their reader. Where the two disagree, one of them is wrong.
//
// # What is checked
//
// Each referral of the snapshot is either placed or listed as unplaced, once. Each
// stay begins on an allowed start, ends when section 3 of the contract says, is one that
// the referral's given scores allow, and breaks no rule; the stays of a package fit
// into one week. A moved placement is movable, stays in its provision and keeps its end; its
// new stay begins on an allowed start of the group, not before the plan's first new
// start, and obeys every rule but three: it goes on, so that referral_reason, too_short
// and journey are not asked again. A newcomer's first days count from the move.
// A fact listed as unknown passes.
//
// What goes wrong where a new or moved stay takes part is a violation. What is
// wrong among standing placements alone is listed beside, and is not the plan's.
//
// The score of an assignment is that of the option in the snapshot as it stands, as
// panel options has it: the company of others who are placed or moved does not
// change it, but for the composition, which is counted over the whole plan.
//
// # What is not checked
//
// What a contribution rests on (its why), the reasons and unlocks of the unplaced, the effort,
// the name of the engine, and the bound beyond that it is not below the objective.
// Rules, separations, resources and criteria that a program adds to the engine
// ([matching.WithRule] and the like) are unknown here; a snapshot whose policy weighs a criterion
// of a program's own can't be checked by [Plan], which says so as an error. So is a nil snapshot or plan an error.
package verify

import (
	"errors"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// Format names the format of a report's JSON.
const Format = "placement-check/1"

// A Report says what is wrong with a plan. It holds ids, never names.
type Report struct {
	Format     string      `json:"format"`
	Violations []Violation `json:"violations"` // by referral, placement, group, rule, date and session
	Figures    []Figure    `json:"figures"`    // in the order of the plan's JSON
	Standing   []Violation `json:"standing"`   // among standing placements alone, in the same order
	Objective  int         `json:"objective"`  // recomputed
	OK         bool        `json:"ok"`         // no violation, and every figure holds
}

// A Violation is one rule broken by one stay, as data; what does not apply is
// left out. Among standing placements, what is counted by group has a group only.
type Violation struct {
	Code      matching.Code        `json:"code"` // a rule's, or one of this package
	Referral  matching.ReferralID  `json:"referral,omitempty"`
	Placement matching.PlacementID `json:"placement,omitempty"`
	Group     matching.GroupID     `json:"group,omitempty"`
	Codes     []string             `json:"codes,omitempty"`   // what is at issue, as in [matching.Reason]
	Accepts   []string             `json:"accepts,omitempty"` // what the group takes instead
	Limit     *int                 `json:"limit,omitempty"`
	Observed  *int                 `json:"observed,omitempty"`
	Floating  *int                 `json:"floating,omitempty"` // of staffing: thousandths of floating adults left for the group
	Date      calendar.Date        `json:"date,omitzero"`      // the first date and session at which it fails
	Session   string               `json:"session,omitempty"`
	Times     int                  `json:"times,omitempty"`  // the dates and sessions at which it fails
	Pupils    []matching.PupilID   `json:"pupils,omitempty"` // who else takes part, by id: the first hundred
}

// The codes of violations that are no rule's. A date is the one that the plan
// states, but for end_date, where it is the one that the contract gives.
const (
	CodeUnknownReferral  matching.Code = "unknown_referral"
	CodeUnknownPlacement matching.Code = "unknown_placement"
	CodeUnknownGroup     matching.Code = "unknown_group"
	CodeUnknownPattern   matching.Code = "unknown_pattern"
	CodeListedTwice      matching.Code = "listed_twice"      // a referral placed or listed as unplaced more than once
	CodeNotListed        matching.Code = "not_listed"        // a referral neither placed nor listed as unplaced
	CodeNoStay           matching.Code = "no_stay"           // an assignment without a stay
	CodeTooManyGroups    matching.Code = "too_many_groups"   // a package of more than the policy's max_groups
	CodeGroupTwice       matching.Code = "group_twice"       // a package with two stays in one group
	CodeSessionTwice     matching.Code = "session_twice"     // a package with a session in two groups
	CodeTooManySessions  matching.Code = "too_many_sessions" // a package of more sessions a week than wanted
	CodeStartsDiffer     matching.Code = "starts_differ"     // a package whose stays do not begin together
	CodeNotOffered       matching.Code = "not_offered"       // the referral's given scores leave the group or pattern out
	CodeStartDate        matching.Code = "start_date"        // no allowed start of the group
	CodeEndDate          matching.Code = "end_date"
	CodeNotMovable       matching.Code = "not_movable"
	CodeMovedTwice       matching.Code = "moved_twice"
	CodeOtherProvision   matching.Code = "other_provision" // moved out of its provision
	CodeNotAMove         matching.Code = "not_a_move"      // moved to where it is
	CodeMoveDate         matching.Code = "move_date"       // moved outside its own dates, or before the first new start
	CodeTooManyMoves     matching.Code = "too_many_moves"
)

// A Figure is one that the plan states and that does not hold. Its values are
// numbers, texts or truth values, or nil where there should be none.
type Figure struct {
	Path       string `json:"path"` // a JSON pointer into the plan
	Stated     any    `json:"stated"`
	Recomputed any    `json:"recomputed"`
}

// An Option says what else a plan is held to.
type Option func(*check)

// MostMoves bounds how many placements the plan may move. Without it there is no bound.
func MostMoves(n int) Option { return func(c *check) { c.mostMoves = n } }

// Plan checks a plan against the snapshot that it is said to be of. Neither is
// changed or kept. The error is of what can't be checked at all: a snapshot with [matching.Faults],
// or none, or no plan (nil). Whatever is in a plan is never an error.
//
// Cost grows with the days until the horizon times the stays, and with the pairs
// on one site whom a separation concerns.
func Plan(snapshot *matching.Snapshot, plan *matching.Plan, options ...Option) (*Report, error) {
	if snapshot == nil || plan == nil {
		return nil, errors.New("verify: want a snapshot and a plan")
	}
	w, err := newWorld(snapshot)
	if err != nil {
		return nil, err
	}
	c := &check{world: w, plan: plan, mostMoves: -1, found: map[finding]*evidence{}}
	for _, option := range options {
		option(c)
	}
	c.assign()
	c.move()
	c.gather()
	c.rules()
	c.crowds()
	c.separations()
	return c.report(), nil
}
