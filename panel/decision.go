package panel

import (
	"time"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// An Outcome is what the panel decides of a referral.
type Outcome string

// The outcomes.
const (
	Place    Outcome = "place"
	Wait     Outcome = "wait"     // no place now: stays on the waiting list, before the next panel again
	Defer    Outcome = "defer"    // not yet: more information, by a date
	Decline  Outcome = "decline"  // no alternative provision
	Redirect Outcome = "redirect" // another way: assessment, fair access, early help
	Outreach Outcome = "outreach" // support in the home school
	Extend   Outcome = "extend"   // a standing placement goes on
	End      Outcome = "end"      // a standing placement ends
)

// Outcomes are all outcomes, in the order of the documentation.
func Outcomes() []Outcome {
	return []Outcome{Place, Wait, Defer, Decline, Redirect, Outreach, Extend, End}
}

// A Decision is what was decided, by whom, of what, and why. It never changes; a later
// one may supersede it.
type Decision struct {
	ID            DecisionID
	Meeting       MeetingID // empty: chair's action
	Referral      ReferralID
	Pupil         PupilID
	Placement     PlacementID // of extend and end: the placement concerned
	Outcome       Outcome
	Stays         []matching.Stay
	Reason        Reason
	Actions       []Action // what somebody does next, and by when
	Waivers       []Waived
	Recused       []PersonID // who took no part
	Dissent       []Dissent
	Targets       []string
	Conditions    []string
	ReturnOn      calendar.Date // of defer and wait: when it comes back
	By            PersonID
	Role          Role // in which the decider acted
	At            time.Time
	Day           calendar.Date
	Ranking       Digest          // what the panel was looking at
	Rank          int             // of what was chosen in that ranking, from 1; 0: not in it
	Departs       bool            // from the first rank
	Unchecked     []matching.Code // rules that wait for an answer
	Snapshot      Digest          // of what the rules were run on as the decision was written
	Policy        PolicyID
	Engine        string
	Papers        Digest
	Sealed        Digest // of the papers themselves, among the evidence, under the pupil's key
	Supersedes    DecisionID
	Recorded      bool   // made before the panel kept its records here, and only written down
	RequestKey    string // by which the caller may ask again and get the same decision
	RequestDigest Digest // of what was asked for by it
}

// A Reason is why, as a code that can be counted and words that can be read.
type Reason struct {
	Code string
	Text string
}

// An Action is something that somebody does by a date.
type Action struct {
	Text  string
	Owner string
	Due   calendar.Date
}

// A Waived rule is one that was set aside, by the waiver that says why.
type Waived struct {
	Waiver WaiverID
	Rule   matching.Code
	Pupils []Pseudonym // who else is concerned
}

// Dissent is a member's who was outvoted and wants that written down.
type Dissent struct {
	Person PersonID
	Text   string
}

// A Waiver sets one rule aside for one referral: who owns the risk, what is done about
// it, and when it is looked at again (R3, R9).
type Waiver struct {
	ID         WaiverID
	Version    int
	Meeting    MeetingID
	Referral   ReferralID
	Pupil      PupilID
	Rule       matching.Code
	Stays      []matching.Stay // for which it was asked
	Papers     Digest          // by which it was asked
	Pupils     []Pseudonym     // who else is concerned, as the rules said when it was asked
	Text       string
	Owner      string
	Mitigation string
	ReviewBy   calendar.Date
	Safety     bool // needs a second approver
	State      State
	By         PersonID
	At         time.Time
	Approver   PersonID
	ApprovedAt time.Time
	Decision   DecisionID // that used it
}

// A Ratification is what a meeting said of a chair's action.
type Ratification struct {
	ID       RatificationID
	Decision DecisionID
	Meeting  MeetingID
	Ratified bool
	Text     string
	By       PersonID
	At       time.Time
}
