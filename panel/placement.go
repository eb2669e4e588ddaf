package panel

import (
	"time"

	"example.org/backontrack/matching/calendar"
)

// A Placement is one pupil in one group with a pattern, from a first day to a last. It
// begins as an offer to the provision. A decision for a package of groups makes several.
type Placement struct {
	ID           PlacementID
	Version      int
	Referral     ReferralID
	Pupil        PupilID
	Decision     DecisionID
	Organisation OrganisationID
	Site         SiteID
	Group        GroupID
	Pattern      PatternID
	From         calendar.Date
	To           calendar.Date // the last day as planned; as it was, once it has ended
	OwnAdult     bool          // a funded one-to-one adult comes along
	Movable      bool          // a plan may re-seat it within its provision
	State        State
	Offered      time.Time
	AnswerBy     calendar.Date
	Answered     calendar.Date // by the provision; zero: not yet
	Visit        Visit
	Answer       Reason // of the provision that declined
	Started      calendar.Date
	Ended        calendar.Date
	EndReason    EndReason
	Destination  Destination
	EndText      string
	MovedFrom    PlacementID
	Remarks      []Remark // of each move and extension, oldest first
	Return       Return
}

// A Remark says why a standing placement was changed, and what the rules were run on.
type Remark struct {
	Verb     Verb
	Text     string
	By       PersonID
	At       time.Time
	Snapshot Digest
	Policy   PolicyID
	Engine   string
}

// A Visit is the pupil's look at the provision before the start, and what the pupil says (W4).
type Visit struct {
	On     calendar.Date
	Taster bool
	Pupil  string // in the pupil's own words
	Wants  string // yes, unsure, no; empty: not asked
}

// An EndReason is why a placement ended.
type EndReason string

// The reasons for an end. Breakdown and the ones after it are those to learn from (M7).
const (
	Completed   EndReason = "completed"
	Reintegrate EndReason = "reintegrated"
	NewSchool   EndReason = "new_school"
	Post16      EndReason = "post16"
	MovedArea   EndReason = "moved_area"
	HomeEd      EndReason = "ehe"
	Breakdown   EndReason = "breakdown"
	WrongMix    EndReason = "wrong_mix"
	Excluded    EndReason = "excluded"
	NotAttended EndReason = "not_attended"
	OtherEnd    EndReason = "other"
)

// EndReasons are all reasons for an end, in the order of the documentation.
func EndReasons() []EndReason {
	return []EndReason{
		Completed, Reintegrate, NewSchool, Post16, MovedArea, HomeEd, Breakdown, WrongMix, Excluded, NotAttended, OtherEnd,
	}
}

// A Destination is where the pupil went (M6).
type Destination string

// The destinations.
const (
	ToHomeSchool    Destination = "home_school"
	ToOtherSchool   Destination = "other_school"
	ToFurther       Destination = "further_education"
	ToTraining      Destination = "training"
	ToWork          Destination = "work"
	ToOtherAP       Destination = "other_provision"
	ToSpecialSchool Destination = "special_school"
	ToNone          Destination = "none"
	ToUnknown       Destination = "unknown"
)

// Destinations are all destinations, in the order of the documentation.
func Destinations() []Destination {
	return []Destination{
		ToHomeSchool, ToOtherSchool, ToFurther, ToTraining, ToWork, ToOtherAP, ToSpecialSchool, ToNone, ToUnknown,
	}
}

// A Return is how a pupil comes back to school (W7). A zero date is not yet.
type Return struct {
	Meeting       calendar.Date // reintegration meeting
	StrategySheet calendar.Date // for every teacher
	Restorative   calendar.Date // meeting with those harmed
	FollowUp      calendar.Date
	FollowUpText  string
	StillThere    string // at the follow-up, in the destination: yes, no; empty: not asked
}

// A Review looks at how a placement goes.
type Review struct {
	ID        ReviewID
	Version   int
	Placement PlacementID
	Pupil     PupilID
	Kind      string // as package duty names it: first_week, fortnightly, final, …
	Due       calendar.Date
	Held      calendar.Date // zero: not yet
	By        PersonID
	Pupils    string // the pupil's own view
	Parents   string
	Notes     string
	GoesOn    string // continue, change, end
}
