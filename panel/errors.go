package panel

import (
	"errors"
	"fmt"

	"example.org/backontrack/matching"
	"example.org/backontrack/panel/form"
)

// A Kind says what sort of answer an error is, and so what can be done about it. It is
// an error itself: errors.Is(err, panel.NotFound) asks for one.
type Kind string

// The kinds.
const (
	Invalid         Kind = "invalid"         // what was sent is wrong: Faults says all that is
	Unauthenticated Kind = "unauthenticated" // nobody is signed in, or no longer
	Forbidden       Kind = "forbidden"       // this role never may, or an interest stands in the way
	NotFound        Kind = "not-found"       // absent, or not the caller's to see
	Conflict        Kind = "conflict"        // it exists already
	AlreadyDecided  Kind = "already-decided" // the referral has a live decision
	WrongState      Kind = "wrong-state"     // not from this state: Allowed says what may be done
	RulesBroken     Kind = "rules-broken"    // hard rules stand against it: Reasons says which
	NeedsApproval   Kind = "needs-approval"  // a waiver waits for its second approver
	NeedsReason     Kind = "needs-reason"    // it departs from the ranking and does not say why
	Inquorate       Kind = "inquorate"       // too few members, or too few without an interest
	Incomplete      Kind = "incomplete"      // something has to be there first: Missing says what
	Stale           Kind = "stale"           // somebody else changed it since it was read
	PapersChanged   Kind = "papers-changed"  // the papers are not those of the ranking that was looked at
	Unavailable     Kind = "unavailable"     // the database is busy, full or away: try again later
	Held            Kind = "held"            // a legal hold forbids erasing it
	Corrupt         Kind = "corrupt"         // what is stored does not hold together
)

// Kinds are all kinds, in the order of the documentation.
func Kinds() []Kind {
	return []Kind{
		Invalid, Unauthenticated, Forbidden, NotFound, Conflict, AlreadyDecided, WrongState, RulesBroken, NeedsApproval,
		NeedsReason, Inquorate, Incomplete, Stale, PapersChanged, Unavailable, Held, Corrupt,
	}
}

// Error is the kind's name.
func (k Kind) Error() string { return string(k) }

// A Fault is one thing that is wrong with what was sent. It never repeats the value.
type Fault struct {
	Pointer string // where: a JSON pointer
	Code    string // what sort of fault
	Detail  string // what was expected, in words
}

// A Missing thing has to be there before a verb may go on: an answer, or a document.
type Missing = form.Missing

// An Error is what every verb returns when it does not do what was asked. Its text is
// safe to show: it holds ids and codes, and no name or value of a child.
type Error struct {
	Kind    Kind
	Detail  string
	Faults  []Fault           // of Invalid
	Reasons []matching.Reason // of RulesBroken
	Missing []Missing         // of Incomplete
	State   State             // of WrongState: the state it is in
	Allowed []Verb            // of WrongState: what may be done from there
	Err     error             // for the log only
}

// Error is the kind and the detail.
func (e *Error) Error() string {
	if e.Detail == "" {
		return string(e.Kind)
	}
	return string(e.Kind) + ": " + e.Detail
}

// Unwrap gives the kind and the cause.
func (e *Error) Unwrap() []error {
	if e.Err == nil {
		return []error{e.Kind}
	}
	return []error{e.Kind, e.Err}
}

// Errorf makes an error of a kind. Its words must be safe to show.
func Errorf(k Kind, format string, args ...any) *Error {
	return &Error{Kind: k, Detail: fmt.Sprintf(format, args...)}
}

// KindOf is the kind of an error, or "" for one that is nobody's to mend but ours.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	if k, ok := errors.AsType[Kind](err); ok {
		return k
	}
	return ""
}
