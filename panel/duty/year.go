package duty

import (
	"cmp"
	"slices"
	"time"

	"example.org/backontrack/matching/calendar"
)

// A Term is a run of days in which a school is open, both ends included. Authorities
// publish three to six in a year; holidays are what lies between them.
type Term struct {
	Name string
	From calendar.Date
	To   calendar.Date
}

// A Year is a school year of an authority or, with the closures that [Year.With] adds,
// of one of its schools: school days are counted in those of the excluding school.
type Year struct {
	Authority    string
	Name         string             // "2026/27"
	Terms        []Term             // in order
	Closures     []calendar.Closure // within terms: half terms, INSET days, a day of snow
	BankHolidays []Change           // proclaimed since this program was made; the rest is computed
}

const firstYear, lastYear = 2000, 2100

// With returns the year with further closures, such as the INSET days of one school.
func (y Year) With(closures ...calendar.Closure) Year {
	y.Closures = slices.Concat(y.Closures, closures)
	slices.SortStableFunc(y.Closures, func(a, b calendar.Closure) int { return cmp.Compare(a.From, b.From) })
	return y
}

// Check returns every fault of the year as [Faults], or nil.
func (y Year) Check() error { return y.faults().err() }

func (y Year) faults() Faults {
	var f Faults
	if y.Authority == "" {
		f.add("/Authority", "required", "the authority whose year it is")
	}
	if y.Name == "" {
		f.add("/Name", "required", "the year's name, such as 2026/27")
	}
	if len(y.Terms) == 0 {
		f.add("/Terms", "required", "at least one term")
	}
	sound := true
	for i, t := range y.Terms {
		sound = f.span(item("/Terms", i), t.From, t.To) && sound
		if t.Name == "" {
			f.add(item("/Terms", i)+"/Name", "required", "the term's name")
		}
	}
	if sound {
		y.checkTerms(&f)
	}
	for i, c := range y.Closures {
		if f.span(item("/Closures", i), c.From, c.To) && sound {
			y.checkClosure(&f, i)
		}
	}
	y.checkBankHolidays(&f)
	return f
}

// span checks the two ends of a run of days, and tells whether they can be used.
func (f *Faults) span(at string, from, to calendar.Date) bool {
	sound := f.date(at+"/From", from)
	sound = f.date(at+"/To", to) && sound
	if sound && to < from {
		f.add(at+"/To", "order", "a day that is not before From")
		return false
	}
	return sound
}

func (f *Faults) date(at string, d calendar.Date) bool {
	switch {
	case d == 0:
		f.add(at, "required", "a date")
	case yearOf(d) < firstYear || yearOf(d) > lastYear:
		f.add(at, "range", "a date in the years 2000 to 2100")
	default:
		return true
	}
	return false
}

// checkTerms wants terms in order, apart, and within one school year.
func (y Year) checkTerms(f *Faults) {
	for i := 1; i < len(y.Terms); i++ {
		switch before, t := y.Terms[i-1], y.Terms[i]; {
		case t.To < before.From:
			f.add(item("/Terms", i), "order", "terms in the order of their dates")
		case t.From <= before.To:
			f.add(item("/Terms", i)+"/From", "overlap", "a day after the term before it has ended")
		}
	}
	first, last := y.Span()
	for i, t := range y.Terms {
		if t.From < first || t.To > last {
			f.add(item("/Terms", i), "range", "a term between one 1 August and the next 31 July")
		}
	}
}

// checkClosure wants a closure to lie in a term, to close at least one day that would
// be a school day, and not to close what an earlier one of the list has closed.
func (y Year) checkClosure(f *Faults, i int) {
	c, at := y.Closures[i], item("/Closures", i)
	inside := func(t Term) bool { return t.From <= c.From && c.To <= t.To }
	if len(y.Terms) > 0 && !slices.ContainsFunc(y.Terms, inside) {
		f.add(at, "outside", "a closure within one term; holidays between terms need none")
	}
	if calendar.NewDays(c.From, min(c.To, c.From+6), nil).Count(c.From, c.To) == 0 {
		f.add(at, "empty", "a closure with at least one weekday in it")
	}
	for _, other := range y.Closures[:i] {
		if other.From <= c.To && c.From <= other.To && other.From <= other.To {
			f.add(at, "overlap", "a closure that shares no day with another")
			break
		}
	}
}

func (y Year) checkBankHolidays(f *Faults) {
	for i, c := range y.BankHolidays {
		at := item("/BankHolidays", i)
		sound := f.date(at+"/From", c.From)
		sound = f.date(at+"/To", c.To) && sound
		if c.Name == "" {
			f.add(at+"/Name", "required", "the bank holiday's name")
		}
		if !sound || c.From == c.To {
			continue
		}
		if yearOf(c.From) != yearOf(c.To) {
			f.add(at+"/To", "range", "a day in the same calendar year as From")
		}
		if !slices.ContainsFunc(usual(yearOf(c.From)), func(h Holiday) bool { return h.Date == c.From }) {
			f.add(at+"/From", "unknown", "a usual bank holiday, or the same day as To for an extra one")
		}
	}
}

// Span is the school year from 1 August to 31 July in which the first term begins. The
// year knows every day of it: one that is in none of its terms is closed.
func (y Year) Span() (first, last calendar.Date) {
	begins, _ := y.ends()
	year := yearOf(begins)
	if begins < calendar.NewDate(year, time.August, 1) {
		year--
	}
	return calendar.NewDate(year, time.August, 1), calendar.NewDate(year+1, time.July, 31)
}

// ends are the first and the last day of the terms, whatever their order.
func (y Year) ends() (first, last calendar.Date) {
	for i, t := range y.Terms {
		if i == 0 {
			first, last = t.From, t.To
		}
		first, last = min(first, t.From), max(last, t.To)
	}
	return first, last
}

// Days returns the school days of the year from one day to another, both included.
// Days outside its terms are none.
func (y Year) Days(from, to calendar.Date) *calendar.Days {
	return calendar.NewDays(from, to, y.ClosuresBetween(from, to))
}

// ClosuresBetween returns what is closed from one day to another, in order, as a
// snapshot wants it: holidays between terms, closures in terms, and bank holidays in
// terms that no closure has in it. Before the first term and after the last, all is closed.
func (y Year) ClosuresBetween(from, to calendar.Date) []calendar.Closure {
	return closures([]Year{y}, from, to)
}

// closures lists what is closed in a run of years.
func closures(years []Year, from, to calendar.Date) []calendar.Closure {
	var all []calendar.Closure
	open := from // the first day that no closure and no term has accounted for
	for _, y := range years {
		for _, t := range y.Terms {
			if open < t.From {
				all = append(all, calendar.Closure{From: open, To: t.From - 1, Name: "Holidays"})
			}
			open = max(open, t.To+1)
		}
		all = append(all, y.Closures...)
		all = append(all, y.holidaysInTerms()...)
	}
	if open <= to {
		all = append(all, calendar.Closure{From: open, To: to, Name: "Holidays"})
	}
	all = slices.DeleteFunc(all, func(c calendar.Closure) bool { return c.To < from || c.From > to })
	for i := range all {
		all[i].From, all[i].To = max(all[i].From, from), min(all[i].To, to)
	}
	slices.SortStableFunc(all, func(a, b calendar.Closure) int { return cmp.Compare(a.From, b.From) })
	return all
}

// holidaysInTerms are the bank holidays on which the school would be open otherwise.
func (y Year) holidaysInTerms() []calendar.Closure {
	var closed []calendar.Closure
	first, last := y.ends()
	for year := yearOf(first); year <= yearOf(last); year++ {
		for _, h := range BankHolidays(year, y.BankHolidays...) {
			inTerm := slices.ContainsFunc(y.Terms, func(t Term) bool { return t.From <= h.Date && h.Date <= t.To })
			shut := slices.ContainsFunc(y.Closures, func(c calendar.Closure) bool { return c.From <= h.Date && h.Date <= c.To })
			if inTerm && !shut {
				closed = append(closed, calendar.Closure{From: h.Date, To: h.Date, Name: h.Name})
			}
		}
	}
	return closed
}
