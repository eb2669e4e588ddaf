package duty

import (
	"slices"
	"time"

	"example.org/backontrack/matching/calendar"
)

// A Calendar counts the school days of one school or authority over the school years
// that it was made of. It never changes. Beyond them nothing is known: a day that would
// fall there is the zero date, never a guess.
type Calendar struct {
	years       []Year
	first, last calendar.Date
	days        *calendar.Days
	all         []calendar.Date // every school day, in order
	further     []Change        // the bank holidays that the years add
	halfTerms   []Term
}

// NewCalendar makes a calendar of school years that follow each other. What is wrong
// with any of them, or between them, comes back as [Faults], with the place of the year
// in front: "/1/Terms/0/To".
func NewCalendar(years ...Year) (*Calendar, error) {
	var f Faults
	for i, y := range years {
		f = append(f, y.faults().under(item("", i))...)
	}
	if len(years) == 0 {
		f.add("", "required", "at least one school year")
	}
	if len(f) > 0 {
		return nil, f
	}
	c := &Calendar{years: slices.Clone(years)}
	c.first, _ = years[0].Span()
	_, c.last = years[len(years)-1].Span()
	for i, y := range years {
		c.further = append(c.further, y.BankHolidays...)
		if i == 0 {
			continue
		}
		if from, _ := y.Span(); from != endOf(years[i-1])+1 {
			f.add(item("", i), "gap", "the school year after the one before it")
		}
		if y.Authority != years[0].Authority {
			f.add(item("", i)+"/Authority", "order", "the same authority in every year")
		}
	}
	if len(f) > 0 {
		return nil, f
	}
	c.days = calendar.NewDays(c.first, c.last, closures(years, c.first, c.last))
	c.all = c.days.Between(c.first, c.last)
	c.halfTerms = halfTerms(c.all)
	return c, nil
}

func endOf(y Year) calendar.Date {
	_, last := y.Span()
	return last
}

// First and Last are the ends of what is known: a 1 August and a 31 July.
func (c *Calendar) First() calendar.Date { return c.first }

// Last is the last day that is known.
func (c *Calendar) Last() calendar.Date { return c.last }

// Knows tells whether the calendar reaches over both days.
func (c *Calendar) Knows(from, to calendar.Date) bool { return from >= c.first && to <= c.last }

// Days are the school days, as the matching counts them.
func (c *Calendar) Days() *calendar.Days { return c.days }

// ClosuresBetween returns what is closed from one day to another, in order, for a
// snapshot. Days that are not known come as closures too, named "Not known yet": no
// placement may be planned on them.
func (c *Calendar) ClosuresBetween(from, to calendar.Date) []calendar.Closure {
	const notKnown = "Not known yet"
	var all []calendar.Closure
	if from < c.first {
		all = append(all, calendar.Closure{From: from, To: min(to, c.first-1), Name: notKnown})
	}
	if a, b := max(from, c.first), min(to, c.last); a <= b {
		all = append(all, closures(c.years, a, b)...)
	}
	if to > c.last {
		all = append(all, calendar.Closure{From: max(from, c.last+1), To: to, Name: notKnown})
	}
	return all
}

// Nth is the nth school day from a day on: the day itself is the first where it is a
// school day. The sixth school day of an exclusion is Nth(the first day of it, 6).
func (c *Calendar) Nth(from calendar.Date, n int) calendar.Date {
	if !c.Knows(from, from) {
		return 0
	}
	return c.at(c.days.Count(c.first, from-1) + n - 1)
}

// After is the nth school day after a day, which is not counted itself.
func (c *Calendar) After(d calendar.Date, n int) calendar.Date {
	if !c.Knows(d, d) {
		return 0
	}
	return c.at(c.days.Count(c.first, d) + n - 1)
}

// Before is the nth school day before a day, which is not counted itself. Notice of two
// school days for a start on d is given on Before(d, 2) at the latest.
func (c *Calendar) Before(d calendar.Date, n int) calendar.Date {
	if !c.Knows(d, d) {
		return 0
	}
	return c.at(c.days.Count(c.first, d-1) - n)
}

// OnOrAfter is d, or the first school day after it.
func (c *Calendar) OnOrAfter(d calendar.Date) calendar.Date { return c.Nth(d, 1) }

// OnOrBefore is d, or the last school day before it.
func (c *Calendar) OnOrBefore(d calendar.Date) calendar.Date {
	if c.days.Open(d) {
		return d
	}
	return c.Before(d, 1)
}

func (c *Calendar) at(i int) calendar.Date {
	if i < 0 || i >= len(c.all) {
		return 0
	}
	return c.all[i]
}

// Count is the number of school days from one day to another, both included, and
// whether it is known.
func (c *Calendar) Count(from, to calendar.Date) (n int, known bool) {
	if !c.Knows(from, to) {
		return 0, false
	}
	return c.days.Count(from, to), true
}

// Left is the number of school days from today, which is not counted, to a day that is
// due, which is; below zero when that day has passed, by as many school days.
func (c *Calendar) Left(today, due calendar.Date) (n int, known bool) {
	if due >= today {
		return c.Count(today+1, max(due, today))
	}
	n, known = c.Count(due+1, today)
	return -n, known
}

// Working is the nth working day after a day: Mondays to Fridays that are no bank
// holiday, in school holidays as well. It is known for every day.
func (c *Calendar) Working(d calendar.Date, n int) calendar.Date {
	year, holidays := 0, []Holiday(nil)
	for n > 0 {
		d++
		if y := yearOf(d); y != year {
			year, holidays = y, BankHolidays(y, c.further...)
		}
		if isWeekday(d) && !slices.ContainsFunc(holidays, func(h Holiday) bool { return h.Date == d }) {
			n--
		}
	}
	return d
}

// HalfTerms are the stretches of school days that a holiday of at least four weekdays in
// a row divides, each from its first to its last school day. A long weekend at Easter
// or a single INSET day divides nothing.
func (c *Calendar) HalfTerms() []Term { return slices.Clone(c.halfTerms) }

func halfTerms(days []calendar.Date) []Term {
	const divides = 4
	var all []Term
	for i, d := range days {
		if i == 0 || weekdaysBetween(days[i-1], d) >= divides {
			all = append(all, Term{From: d})
		}
		all[len(all)-1].To = d
	}
	return all
}

// weekdaysBetween counts Mondays to Fridays between two days, neither included.
func weekdaysBetween(a, b calendar.Date) int {
	n := 0
	for d := a + 1; d < b; d++ {
		if isWeekday(d) {
			n++
		}
	}
	return n
}

// ReckonedTerm is the term in which suspensions add up (R5): a term of a year that has
// up to three, and otherwise the time to 31 December, to Easter Monday or to 31 July, as
// the regulations have it for schools with more terms. In holidays it is the term before;
// the zero Term where the year has not begun, or is not known.
func (c *Calendar) ReckonedTerm(d calendar.Date) Term {
	if !c.Knows(d, d) {
		return Term{}
	}
	i := slices.IndexFunc(c.years, func(y Year) bool { return d <= endOf(y) })
	y := c.years[i]
	if len(y.Terms) <= 3 {
		var begun Term
		for _, t := range y.Terms {
			if t.From <= d {
				begun = t
			}
		}
		return begun
	}
	first, last := y.Span()
	christmas, easter := calendar.NewDate(yearOf(first), time.December, 31), Easter(yearOf(last))+1
	switch {
	case d <= christmas:
		return Term{Name: "to 31 December", From: first, To: christmas}
	case d <= easter:
		return Term{Name: "to Easter Monday", From: christmas + 1, To: easter}
	default:
		return Term{Name: "to 31 July", From: easter + 1, To: last}
	}
}

// Weeks is the same day of the week, n weeks later.
func Weeks(d calendar.Date, n int) calendar.Date { return d + calendar.Date(7*n) }
