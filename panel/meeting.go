package panel

import (
	"time"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/audit"
)

// A Meeting is one sitting of the panel.
type Meeting struct {
	ID         MeetingID
	Version    int
	Date       calendar.Date
	Horizon    calendar.Date // no placement is planned to end later
	State      State
	Policy     PolicyID // the policy in force, fixed when the meeting opens
	Chair      PersonID
	Deputy     PersonID // decides where the chair has an interest
	Members    []PersonID
	Quorum     int
	Agenda     []ReferralID // in the order of business
	Attendance []Attendance
	Interests  []Interest
	Papers     []Paper
	Opened     time.Time
	Closed     time.Time
	Notes      []Note
	Minutes    Digest // of the minutes as they were signed, among the evidence
	Head       audit.Head
}

// Attendance is who came.
type Attendance struct {
	Person  PersonID
	Present bool
}

// An Interest keeps a member out of one referral.
type Interest struct {
	Person    PersonID
	Referral  ReferralID
	Kind      InterestKind
	Text      string
	Automatic bool // found from the person's roles, not declared
}

// An InterestKind is why a member may not take part.
type InterestKind string

// The kinds of interest. The first two are found automatically.
const (
	OwnSchool    InterestKind = "own_school"
	OwnProvision InterestKind = "own_provision"
	Declared     InterestKind = "declared"
)

// A Paper is a referral as it lay before the panel: the digest of form and documents.
type Paper struct {
	Referral ReferralID
	Digest   Digest
	Frozen   time.Time
	Late     bool // it came, or changed, after the meeting had opened
}

// A Note is a line of the minutes that is not a decision: apologies, matters arising.
type Note struct {
	Text string
	By   PersonID
	At   time.Time
}

// A Tentative choice is what the meeting leans to for one referral. At once the others
// are ranked as if it were decided.
type Tentative struct {
	ID       TentativeID // of meeting and referral: one each
	Version  int
	Meeting  MeetingID
	Referral ReferralID
	Pupil    PupilID
	Stays    []matching.Stay
	By       PersonID
	At       time.Time
}

// A Leaning is a tentative choice for another referral that a ranking took as decided.
type Leaning struct {
	Referral ReferralID
	Stays    []matching.Stay
}

// A Ranking is what a panel saw of one referral: which snapshot, which policy, which
// answer. The bytes of snapshot and ranking are among the evidence.
type Ranking struct {
	ID       Digest // of all that follows, but for who asked and when
	Meeting  MeetingID
	Referral ReferralID
	Pupil    PupilID
	Answer   Digest // the ranking's JSON, as panel rank --json writes it
	Snapshot Digest
	Policy   PolicyID
	Engine   string
	Papers   Digest // of the referral's papers at that time
	Leanings []Leaning
	By       PersonID
	At       time.Time
}
