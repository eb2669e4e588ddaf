package panel

import (
	"time"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/form"
)

// A Referral is a request that the panel find a place for one pupil.
type Referral struct {
	ID        ReferralID
	Version   int
	Pupil     PupilID
	School    OrganisationID // who refers, and whose staff may read it
	State     State
	Form      form.Form
	Created   time.Time
	Submitted time.Time
	Received  calendar.Date // the day of the first submission
	Questions []Question    // of each return, oldest first
	Meeting   MeetingID     // on whose agenda it is, or was last
	Returns   int           // how often it came back
	ReviewOn  calendar.Date // of a deferral: when it comes before the panel again
}

// A Question is what the panel's officer asks of the school when a referral goes back.
type Question struct {
	Pointer string // the field that it is about; empty: the whole
	Text    string
	Asked   time.Time
	By      PersonID
	Answer  string
	Settled time.Time
}

// A Document belongs to a referral. Its bytes are in [Contents].
type Document struct {
	ID         DocumentID
	Version    int
	Referral   ReferralID
	Pupil      PupilID
	Kind       form.DocumentKind
	Class      form.Class
	MediaType  string
	Size       int
	Digest     Digest
	ThirdParty bool // it holds facts about other people
	Added      time.Time
	By         PersonID
	Received   calendar.Date // the day on which the receiving centre has it (D4); zero: not yet
}
