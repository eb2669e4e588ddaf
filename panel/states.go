package panel

import "slices"

// A State is where a noun is on its way.
type State string

// The states.
const (
	// Of a referral.
	Draft      State = "draft"
	Submitted  State = "submitted"
	Returned   State = "returned" // with questions
	Ready      State = "ready"
	OnAgenda   State = "on_agenda"
	Placed     State = "placed" // decided: offered, or standing
	Waiting    State = "waiting"
	Deferred   State = "deferred"
	Declined   State = "declined"
	Redirected State = "redirected"
	OnOutreach State = "outreach"
	Withdrawn  State = "withdrawn"
	Closed     State = "closed" // its placements have ended; or, of a meeting, over

	// Of a meeting.
	Planned State = "planned"
	Open    State = "open"

	// Of a placement; declined, withdrawn too.
	Offered    State = "offered"
	Accepted   State = "accepted"
	Started    State = "started"
	Moved      State = "moved" // another placement goes on in its place
	Ended      State = "ended"
	FollowedUp State = "followed_up"

	// Of a waiver; declined too.
	Requested State = "requested"
	Approved  State = "approved"
	Used      State = "used"

	// Of a job.
	Queued  State = "queued"
	Running State = "running"
	Stopped State = "stopped"
	Done    State = "done"
	Failed  State = "failed"
	Lost    State = "lost" // the server that ran it went away
)

// A Noun names a kind of thing in the table of transitions, in the journal and in access.
type Noun string

// The nouns that have states.
const (
	NounReferral  Noun = "referral"
	NounMeeting   Noun = "meeting"
	NounPlacement Noun = "placement"
	NounWaiver    Noun = "waiver"
	NounJob       Noun = "job"
)

// A Transition is one legal step: from a state, by a verb, to another, by whom. From ""
// is where the noun begins.
type Transition struct {
	Noun Noun
	From State
	Verb Verb
	To   State
	Who  []Role
}

// Transitions are all legal steps. Code, documentation and tests share this table.
func Transitions() []Transition { return slices.Clone(transitions) }

var (
	staffOfSchool = []Role{RoleSchool, RoleCoordinator}
	officer       = []Role{RoleCoordinator}
	chairing      = []Role{RoleChair}
	provider      = []Role{RoleProvider}
	providing     = []Role{RoleProvider, RoleCoordinator}
	system        = []Role{RoleMember, RoleChair, RoleCoordinator}
)

var transitions = []Transition{
	{NounReferral, "", VerbDraft, Draft, staffOfSchool},
	{NounReferral, Draft, VerbEdit, Draft, staffOfSchool},
	{NounReferral, Returned, VerbEdit, Returned, staffOfSchool},
	{NounReferral, Draft, VerbSubmit, Submitted, staffOfSchool},
	{NounReferral, Returned, VerbSubmit, Submitted, staffOfSchool},
	{NounReferral, Submitted, VerbReturn, Returned, officer},
	{NounReferral, Ready, VerbReturn, Returned, officer},
	{NounReferral, Deferred, VerbReturn, Returned, officer},
	{NounReferral, Submitted, VerbReady, Ready, officer},
	{NounReferral, Submitted, VerbScreen, Submitted, officer},
	{NounReferral, Ready, VerbScreen, Ready, officer},
	{NounReferral, Waiting, VerbSupplement, Waiting, staffOfSchool},
	{NounReferral, Placed, VerbSupplement, Placed, staffOfSchool},
	{NounReferral, Ready, VerbSchedule, OnAgenda, officer},
	{NounReferral, Waiting, VerbSchedule, OnAgenda, officer},
	{NounReferral, Deferred, VerbSchedule, OnAgenda, officer},
	{NounReferral, OnAgenda, VerbUnschedule, Ready, officer},
	{NounReferral, OnAgenda, VerbPlace, Placed, chairing},
	{NounReferral, OnAgenda, VerbWait, Waiting, chairing},
	{NounReferral, OnAgenda, VerbDefer, Deferred, chairing},
	{NounReferral, OnAgenda, VerbDecline, Declined, chairing},
	{NounReferral, OnAgenda, VerbRedirect, Redirected, chairing},
	{NounReferral, OnAgenda, VerbOutreach, OnOutreach, chairing},
	// Chair's action, between meetings.
	{NounReferral, Ready, VerbPlace, Placed, chairing},
	{NounReferral, Waiting, VerbPlace, Placed, chairing},
	{NounReferral, Placed, VerbExtend, Placed, chairing},
	{NounReferral, Placed, VerbEnd, Placed, chairing},
	// The last offer was declined: it needs another decision.
	{NounReferral, Placed, VerbReopen, Ready, providing},
	{NounReferral, Placed, VerbClose, Closed, providing},
	{NounReferral, Draft, VerbWithdraw, Withdrawn, staffOfSchool},
	{NounReferral, Submitted, VerbWithdraw, Withdrawn, staffOfSchool},
	{NounReferral, Returned, VerbWithdraw, Withdrawn, staffOfSchool},
	{NounReferral, Ready, VerbWithdraw, Withdrawn, staffOfSchool},
	{NounReferral, Waiting, VerbWithdraw, Withdrawn, staffOfSchool},
	{NounReferral, Deferred, VerbWithdraw, Withdrawn, staffOfSchool},
	{NounReferral, OnAgenda, VerbWithdraw, Withdrawn, staffOfSchool},

	{NounMeeting, "", VerbCall, Planned, officer},
	{NounMeeting, Planned, VerbEdit, Planned, officer},
	{NounMeeting, Planned, VerbOpen, Open, chairing},
	{NounMeeting, Open, VerbClose, Closed, chairing},

	{NounPlacement, "", VerbOffer, Offered, chairing},
	{NounPlacement, Offered, VerbAccept, Accepted, provider},
	{NounPlacement, Offered, VerbRefuse, Declined, provider},
	{NounPlacement, Offered, VerbWithdraw, Withdrawn, officer},
	{NounPlacement, Accepted, VerbWithdraw, Withdrawn, officer},
	{NounPlacement, Accepted, VerbStart, Started, providing},
	{NounPlacement, Started, VerbReview, Started, providing},
	{NounPlacement, Accepted, VerbMove, Moved, officer},
	{NounPlacement, Started, VerbMove, Moved, officer},
	{NounPlacement, Started, VerbExtend, Started, []Role{RoleChair, RoleCoordinator}},
	{NounPlacement, Started, VerbEnd, Ended, []Role{RoleChair, RoleCoordinator}},
	{NounPlacement, Ended, VerbFollowUp, FollowedUp, providing},

	{NounWaiver, "", VerbRequest, Requested, chairing},
	{NounWaiver, Requested, VerbApprove, Approved, []Role{RoleApprover}},
	{NounWaiver, Requested, VerbRefuse, Declined, []Role{RoleApprover}},
	{NounWaiver, Approved, VerbUse, Used, chairing},

	{NounJob, "", VerbPlan, Queued, system},
	{NounJob, Queued, VerbRun, Running, system},
	{NounJob, Running, VerbFinish, Done, system},
	{NounJob, Running, VerbStop, Stopped, system},
	{NounJob, Queued, VerbStop, Stopped, system},
	{NounJob, Running, VerbFail, Failed, system},
	{NounJob, Running, VerbLose, Lost, system},
}

// step is the state that a verb leads to, or a WrongState error with what is allowed.
func step(noun Noun, from State, verb Verb) (State, error) {
	var allowed []Verb
	for _, t := range transitions {
		if t.Noun != noun || t.From != from {
			continue
		}
		if t.Verb == verb {
			return t.To, nil
		}
		allowed = append(allowed, t.Verb)
	}
	slices.Sort(allowed)
	return "", &Error{
		Kind: WrongState, Detail: "a " + string(noun) + " that is " + string(from) + " cannot be taken further by " + string(verb),
		State: from, Allowed: slices.Compact(allowed),
	}
}
