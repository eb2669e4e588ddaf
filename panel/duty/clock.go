package duty

import "example.org/backontrack/matching/calendar"

// A Clock says by when something is due. It has the school days of one school or
// authority, and the numbers that are in force there.
type Clock struct {
	*Calendar
	settings Settings
}

// NewClock makes a clock. Settings that fail [Settings.Check] are refused with its faults.
func NewClock(days *Calendar, settings Settings) (*Clock, error) {
	if err := settings.Check(); err != nil {
		return nil, err
	}
	return &Clock{Calendar: days, settings: settings}, nil
}

// Settings are the numbers that the clock goes by.
func (c *Clock) Settings() Settings { return c.settings }

// A Code names a deadline.
type Code string

// A Party is who has to see to it.
type Party string

// The parties.
const (
	Authority Party = "authority"
	School    Party = "school"
	Board     Party = "governing board"
	Parents   Party = "parents"
	Provider  Party = "provider"
	Panel     Party = "panel"
)

// A Deadline is something that is due. It is computed and not stored: the zero dates of
// it say that something is not known or has not happened.
type Deadline struct {
	Code    Code
	Who     Party
	From    calendar.Date // what it counts from
	Due     calendar.Date // the last day on which it is in time; zero: the calendar does not reach so far
	Setting Setting       // the number that it comes from, as it was in force on From
	Planned calendar.Date // when it is planned for; zero: nothing is planned
	Met     calendar.Date // when it was done; zero: not yet
}

// A State is how a deadline stands.
type State string

// The states. What was done too late is late for good; what has not been done and can
// no longer be in time is missed.
const (
	Met     State = "met"
	Late    State = "late"
	OnTrack State = "on track"
	AtRisk  State = "at risk"
	Missed  State = "missed"
	Unknown State = "unknown"
)

// A Standing is how a deadline stands on a day.
type Standing struct {
	State State
	Left  int  // school days from that day, not counted, to the due day; below zero when it has passed
	Known bool // whether Left is known
}

// Standing tells how a deadline stands today, before it is missed: it is on track where
// it is planned in time, at risk where it is planned too late, or where nothing is
// planned and fewer school days are left than the setting [WarnBefore] has. A plan for
// a day that has passed without the thing being done is no plan any more.
func (c *Clock) Standing(d Deadline, today calendar.Date) Standing {
	var s Standing
	if d.Due != 0 {
		s.Left, s.Known = c.Left(today, d.Due)
	}
	s.State = c.state(d, today, s)
	return s
}

func (c *Clock) state(d Deadline, today calendar.Date, s Standing) State {
	done := d.Met != 0 && d.Met <= today
	planned := d.Planned
	if d.Met > today {
		planned = d.Met
	}
	switch {
	case done && d.Due == 0:
		// Due lies after the last day that is known, if what it counts from is known.
		if c.Knows(d.From, d.From) && d.Met <= c.Last() {
			return Met
		}
		return Unknown
	case done && d.Met <= d.Due:
		return Met
	case done:
		return Late
	case d.Due == 0:
		return Unknown
	case today > d.Due:
		return Missed
	case planned > d.Due:
		return AtRisk
	case planned >= today:
		return OnTrack
	default:
		return c.unplanned(today, s)
	}
}

// unplanned is the state of what is due, today or later, with nothing planned.
func (c *Clock) unplanned(today calendar.Date, s Standing) State {
	warn, ok := c.settings.At(WarnBefore, today)
	switch {
	case !ok:
		return OnTrack
	case !s.Known:
		return Unknown
	case s.Left < warn.Value:
		return AtRisk
	default:
		return OnTrack
	}
}

// rows say of each key that makes a deadline which one, whose it is and how it counts.
var rows = []struct {
	key  Key
	code Code
	who  Party
	due  string
}{
	{SixthDayPermanent, SixthDay, Authority, "that school day of the exclusion, its first day being day 1"},
	{SixthDaySuspension, SixthDay, School, "that school day of the suspension, or of suspensions that follow each other"},
	{BoardMeets, BoardMeeting, Board, "after notice: a permanent exclusion, or more days in the term than `board.meets_over`"},
	{BoardMeetsAsked, BoardMeeting, Board, "after notice: more than `board.on_request_over`, and a parent asks"},
	{PanelApplication, Application, Parents, "after notice that the board upheld a permanent exclusion"},
	{DirectionNotice, Notice, School, "before the first day of an off-site direction"},
	{DecisionWithin, Decision, Panel, "after the referral was received"},
	{FairAccessPlace, FairAccess, Authority, "after the pupil was accepted under the protocol"},
	{ProviderAnswers, Answer, Provider, "after the offer"},
	{ProviderAdmits, Admission, Provider, "after the provider accepted"},
}

// deadline makes the deadline of a setting that was in force on the day it counts from,
// and none where there was no such setting.
func (c *Clock) deadline(key Key, from calendar.Date, due func(Setting) calendar.Date) []Deadline {
	s, ok := c.settings.At(key, from)
	if !ok {
		return nil
	}
	for _, row := range rows {
		if row.key == key {
			return []Deadline{{Code: row.code, Who: row.who, From: from, Due: due(s), Setting: s}}
		}
	}
	return nil
}

// within is the last day of a time that begins on a day, which is not counted.
func (c *Clock) within(from calendar.Date) func(Setting) calendar.Date {
	return func(s Setting) calendar.Date {
		switch s.Unit {
		case SchoolDays:
			return c.After(from, s.Value)
		case WorkingDays:
			return c.Working(from, s.Value)
		case WeekUnit:
			return Weeks(from, s.Value)
		default:
			return from + calendar.Date(s.Value)
		}
	}
}

// Took is the number of school days from one event to another, the day of the first not
// counted, and whether it is known: from a referral to its decision, from there to the start.
func (c *Clock) Took(from, to calendar.Date) (schoolDays int, known bool) {
	if to < from {
		return 0, false
	}
	return c.Left(from, to)
}
