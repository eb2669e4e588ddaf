package panel

import (
	"time"

	"example.org/backontrack/matching/calendar"
)

// A Job is long work that somebody may watch and stop.
type Job struct {
	ID       JobID
	Version  int
	Kind     string // plan
	Meeting  MeetingID
	By       PersonID
	State    State
	Created  time.Time
	Ended    time.Time
	Best     int // the objective and the bound so far
	Bound    int
	Result   Digest // among the evidence
	Snapshot Digest
	Error    string // a kind or code, never a text from outside
}

// A Hold forbids erasing a pupil's record while it lasts: an appeal, a complaint, an inquiry.
type Hold struct {
	ID      HoldID
	Version int
	Pupil   PupilID
	Reason  string // a code: complaint, appeal, tribunal, inquiry, litigation
	By      PersonID
	From    calendar.Date
	Review  calendar.Date
	Lifted  calendar.Date // zero: it holds
}

// An Erasure says that a pupil's record was erased, and when. It is kept, so that a
// restored backup is erased again.
type Erasure struct {
	ID     ErasureID
	Pupil  PupilID
	Reason string // a code: retention, request
	Counts []Counted
	By     PersonID
	At     time.Time
}

// Counted is how many rows of a class there were.
type Counted struct {
	Class string
	Rows  int
}
