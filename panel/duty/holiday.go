package duty

import (
	"cmp"
	"slices"
	"time"

	"example.org/backontrack/matching/calendar"
)

// A Holiday is a bank holiday of England and Wales, on the day on which it is taken.
type Holiday struct {
	Date calendar.Date
	Name string
}

// A Change is a bank holiday that was proclaimed for one year only. From is the usual
// day that it takes the place of, and the same as To where the day is an extra one.
type Change struct {
	From calendar.Date
	To   calendar.Date
	Name string
}

// changes are those proclaimed so far since 2000. Those that are proclaimed later go
// into the school year ([Year.BankHolidays]) until they are added here.
var changes = []Change{
	extra("2002-06-03", "Golden Jubilee bank holiday"),
	moved("2002-05-27", "2002-06-04", "Spring bank holiday"),
	extra("2011-04-29", "Royal wedding bank holiday"),
	moved("2012-05-28", "2012-06-04", "Spring bank holiday"),
	extra("2012-06-05", "Diamond Jubilee bank holiday"),
	moved("2020-05-04", "2020-05-08", "Early May bank holiday (VE day)"),
	moved("2022-05-30", "2022-06-02", "Spring bank holiday"),
	extra("2022-06-03", "Platinum Jubilee bank holiday"),
	extra("2022-09-19", "Bank holiday for the State Funeral of Queen Elizabeth II"),
	extra("2023-05-08", "Bank holiday for the coronation of King Charles III"),
}

func moved(from, to, name string) Change {
	return Change{From: calendar.MustDate(from), To: calendar.MustDate(to), Name: name}
}

func extra(day, name string) Change { return moved(day, day, name) }

// BankHolidays returns the bank holidays of England and Wales of a calendar year, in
// order: the usual ones with their substitute days, as the changes that were
// proclaimed since 2000 have them, and further ones that the caller knows of.
func BankHolidays(year int, further ...Change) []Holiday {
	holidays := usual(year)
	for _, c := range slices.Concat(changes, further) {
		if yearOf(c.From) != year {
			continue
		}
		if c.From != c.To {
			holidays = slices.DeleteFunc(holidays, func(h Holiday) bool { return h.Date == c.From })
		}
		if !slices.ContainsFunc(holidays, func(h Holiday) bool { return h.Date == c.To }) {
			holidays = append(holidays, Holiday{c.To, c.Name})
		}
	}
	slices.SortFunc(holidays, func(a, b Holiday) int { return cmp.Compare(a.Date, b.Date) })
	return holidays
}

// usual are the eight of the Banking and Financial Dealings Act 1971, of common law and
// of each year's proclamation.
func usual(year int) []Holiday {
	easter := Easter(year)
	christmas, boxing := substitutes(year)
	return []Holiday{
		{onWeekday(calendar.NewDate(year, time.January, 1)), "New Year's Day"},
		{easter - 2, "Good Friday"},
		{easter + 1, "Easter Monday"},
		{mondayFrom(calendar.NewDate(year, time.May, 1)), "Early May bank holiday"},
		{mondayFrom(calendar.NewDate(year, time.May, 25)), "Spring bank holiday"},
		{mondayFrom(calendar.NewDate(year, time.August, 25)), "Summer bank holiday"},
		{christmas, "Christmas Day"},
		{boxing, "Boxing Day"},
	}
}

// substitutes are the days on which Christmas Day and Boxing Day are taken. Each that
// falls on a weekend gets the next weekday that is not the other's: with Christmas on a
// Sunday, Boxing Day keeps its Monday and Christmas gets the Tuesday.
func substitutes(year int) (christmas, boxing calendar.Date) {
	christmas = calendar.NewDate(year, time.December, 25)
	boxing = christmas + 1
	switch christmas.Weekday() {
	case time.Friday:
		return christmas, boxing + 2
	case time.Saturday:
		return christmas + 2, boxing + 2
	case time.Sunday:
		return christmas + 2, boxing
	default:
		return christmas, boxing
	}
}

// onWeekday moves a Saturday or Sunday to the Monday after it.
func onWeekday(d calendar.Date) calendar.Date {
	if isWeekday(d) {
		return d
	}
	return mondayFrom(d)
}

// mondayFrom is the first Monday on or after d.
func mondayFrom(d calendar.Date) calendar.Date {
	return d + calendar.Date((8-int(d.Weekday()))%7)
}

func isWeekday(d calendar.Date) bool {
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
}

func yearOf(d calendar.Date) int { return time.Unix(int64(d)*86400, 0).UTC().Year() }

// Easter is Easter Sunday of a Gregorian year, by the algorithm of the anonymous
// correspondent of Nature (20 April 1876) as in Meeus, Astronomical Algorithms,
// chapter 8; the letters are theirs.
func Easter(year int) calendar.Date {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return calendar.NewDate(year, time.Month(n/31), n%31+1)
}
