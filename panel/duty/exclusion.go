package duty

import (
	"cmp"
	"slices"

	"example.org/backontrack/matching/calendar"
)

// The deadlines that follow an exclusion.
const (
	SixthDay     Code = "sixth_day"
	BoardMeeting Code = "board_meets"
	Application  Code = "review_panel_application"
)

// An Exclusion is a permanent exclusion or a suspension. Zero dates are what is not
// known or has not happened.
type Exclusion struct {
	Permanent bool
	From      calendar.Date // its first day
	To        calendar.Date // its last, for a suspension
	Sessions  int           // half days in all; 0: every session of its school days
	Notified  calendar.Date // when the governing board had notice; zero: counted from From
	Asked     bool          // a parent asks the board to meet

	Planned, Provided        calendar.Date // education from the sixth day: planned from, provided from
	BoardPlanned, BoardMet   calendar.Date
	Upheld, AppliedForReview calendar.Date // notice that the board upheld it; application for an independent review
}

// Exclusions returns the deadlines of each exclusion of one pupil, in the order given.
// Suspensions that follow each other without a school day between them count as one for
// the sixth day (R2a), which stands with the one in which it falls; the days of a term
// add up for the governing board. Of a suspension before the first day that the calendar
// knows, nothing can be said, and it has no deadlines.
func (c *Clock) Exclusions(all []Exclusion) [][]Deadline {
	due := make([][]Deadline, len(all))
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(all[a].From, all[b].From) })
	var run Exclusion // the suspensions that follow each other up to this one, as one
	for _, i := range order {
		x := all[i]
		if x.Permanent {
			due[i] = c.sixthDay(x, x.From, SixthDayPermanent)
		} else {
			if run.To == 0 || !c.follows(run.To, x.From) {
				run = Exclusion{From: x.From}
			}
			run.To = max(run.To, x.To)
			due[i] = c.sixthOfSuspension(x, run.From)
		}
		due[i] = append(due[i], c.board(x, all)...)
	}
	return due
}

// follows tells whether no school day lies between the end of one suspension and the
// beginning of another. Where the calendar does not reach, it says no.
func (c *Clock) follows(end, begin calendar.Date) bool {
	if begin <= end+1 {
		return true
	}
	n, known := c.Count(end+1, begin-1)
	return known && n == 0
}

func (c *Clock) sixthDay(x Exclusion, from calendar.Date, key Key) []Deadline {
	ds := c.deadline(key, from, func(s Setting) calendar.Date { return c.Nth(from, s.Value) })
	for i := range ds {
		ds[i].Planned, ds[i].Met = x.Planned, x.Provided
	}
	return ds
}

// sixthOfSuspension is due only where the sixth school day since from falls in x, or
// may fall there as far as is known.
func (c *Clock) sixthOfSuspension(x Exclusion, from calendar.Date) []Deadline {
	return slices.DeleteFunc(c.sixthDay(x, from, SixthDaySuspension), func(d Deadline) bool {
		if d.Due == 0 {
			return x.To <= c.Last()
		}
		return d.Due < x.From || d.Due > x.To
	})
}

// board are the governing board's time to meet, and what follows its meeting.
func (c *Clock) board(x Exclusion, all []Exclusion) []Deadline {
	notified := cmp.Or(x.Notified, x.From)
	key := BoardMeets
	if !x.Permanent {
		// One that lasts into another term adds to both.
		total := max(c.Tally(all, x.To).Term, c.Tally(all, min(x.To, c.ReckonedTerm(x.From).To)).Term)
		switch {
		case total > 2*c.value(BoardAlways, x.From):
		case total > 2*c.value(BoardOnRequest, x.From) && x.Asked:
			key = BoardMeetsAsked
		default:
			return nil
		}
	}
	ds := c.deadline(key, notified, c.within(notified))
	for i := range ds {
		ds[i].Planned, ds[i].Met = x.BoardPlanned, x.BoardMet
	}
	if x.Permanent && x.Upheld != 0 {
		apply := c.deadline(PanelApplication, x.Upheld, c.within(x.Upheld))
		for i := range apply {
			apply[i].Met = x.AppliedForReview
		}
		ds = append(ds, apply...)
	}
	return ds
}

func (c *Clock) value(key Key, on calendar.Date) int {
	s, ok := c.settings.At(key, on)
	if !ok {
		return mostOfAnything
	}
	return s.Value
}

// A Tally is how much a pupil has been suspended, in sessions: two are a day.
type Tally struct {
	Term, Year int
	Known      bool // whether the calendar knows the day; if not, the rest says nothing
	Over       bool // the year's total is over the limit of R4: a warning, since real records are
}

// Tally adds up the suspensions of one pupil, at all schools, in the term and in the
// school year of a day and up to that day.
func (c *Clock) Tally(all []Exclusion, on calendar.Date) Tally {
	i := slices.IndexFunc(c.years, func(y Year) bool { return on <= endOf(y) })
	if i < 0 || on < c.First() {
		return Tally{}
	}
	t := Tally{Known: true}
	year, _ := c.years[i].Span()
	term := c.ReckonedTerm(on)
	for _, x := range all {
		if x.Permanent {
			continue
		}
		t.Year += c.sessions(x, year, on)
		if term.From != 0 {
			t.Term += c.sessions(x, term.From, on)
		}
	}
	t.Over = t.Year > 2*c.value(SuspensionYear, on)
	return t
}

// sessions are those of a suspension from one day to another. A stated number is
// counted where the suspension begins.
func (c *Clock) sessions(x Exclusion, from, to calendar.Date) int {
	if x.Sessions > 0 {
		if from <= x.From && x.From <= to {
			return x.Sessions
		}
		return 0
	}
	n, _ := c.Count(max(x.From, from), min(x.To, to))
	return 2 * n
}
