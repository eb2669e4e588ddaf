package panel

import (
	"time"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/duty"
)

// A Policy is one version of what the panel wants of matching, and of itself. It is
// never edited: a change is another version.
type Policy struct {
	ID        PolicyID
	Name      string
	Number    int    // of the version, from 1
	Authority string // whose school year the panel goes by; empty: the first that has one recorded
	Matching  matching.Policy
	Waivable  []Waivable
	Quorum    int // what a meeting needs that does not say its own
	By        PersonID
	At        time.Time
}

// Waivable is a rule that may be set aside, and on what terms. Rules of class never can
// not be made so.
type Waivable struct {
	Rule   matching.Code
	Safety bool // a second approver is needed
	Days   int  // the review is at most so many days away
}

// An Activation puts a policy in force.
type Activation struct {
	ID     ActivationID
	Policy PolicyID
	From   calendar.Date
	By     PersonID
	At     time.Time
}

// A Year is one version of a school year's calendar for an authority.
type Year struct {
	ID   YearID
	Year duty.Year
	By   PersonID
	At   time.Time
}

// Settings are one version of the statutory and local numbers that differ from the
// defaults of package duty, or of the periods for which records are kept.
type Settings struct {
	ID        SettingsID
	Values    []duty.Setting
	Retention []RecordClass
	By        PersonID
	At        time.Time
}
