package generate

import (
	"time"

	"example.org/backontrack/matching/calendar"
)

// A schoolYear runs from the first Monday of September to the third Friday of July,
// and is closed as most authorities in England are.
type schoolYear struct {
	first, last calendar.Date
	closed      []calendar.Closure
	days        *calendar.Days
}

// yearOf is the school year that a day is in, or the next one in the summer holidays.
func yearOf(d calendar.Date) schoolYear {
	begins := time.Unix(int64(d)*86400, 0).UTC().Year() - 1
	for yearEnd(begins) < d {
		begins++
	}
	next := begins + 1
	christmas := onOrAfter(begins, time.December, 18, time.Saturday)
	goodFriday := easter(next) - 2
	mayDay := onOrAfter(next, time.May, 1, time.Monday)
	autumn := onOrAfter(begins, time.October, 22, time.Monday)
	february := onOrAfter(next, time.February, 15, time.Monday)
	whitsun := onOrAfter(next, time.May, 25, time.Monday)
	y := schoolYear{
		first: onOrAfter(begins, time.September, 1, time.Monday), last: yearEnd(begins),
		closed: []calendar.Closure{
			{From: autumn, To: autumn + 4, Name: "Autumn half-term"},
			{From: christmas, To: christmas + 15, Name: "Christmas"},
			{From: february, To: february + 4, Name: "February half-term"},
			{From: goodFriday, To: goodFriday + 14, Name: "Easter"},
			{From: mayDay, To: mayDay, Name: "Early May bank holiday"},
			{From: whitsun, To: whitsun + 4, Name: "May half-term"},
		},
	}
	y.days = calendar.NewDays(y.first, y.last, y.closed)
	return y
}

func yearEnd(begins int) calendar.Date { return onOrAfter(begins+1, time.July, 15, time.Friday) }

// closedFrom are the closures that are not over on a day.
func (y schoolYear) closedFrom(d calendar.Date) []calendar.Closure {
	var out []calendar.Closure
	for _, c := range y.closed {
		if c.To >= d {
			out = append(out, c)
		}
	}
	return out
}

// schoolDay is the first school day from d on, or the last one of the year.
func (y schoolYear) schoolDay(d calendar.Date) calendar.Date {
	if days := y.days.Between(d, y.last); len(days) > 0 {
		return days[0]
	}
	return y.last
}

// nth is the n-th school day from d on, counted from 1, or the last of the year.
func (y schoolYear) nth(d calendar.Date, n int) calendar.Date {
	if days := y.days.Between(d, y.last); len(days) >= n {
		return days[n-1]
	}
	return y.last
}

func onOrAfter(year int, month time.Month, day int, weekday time.Weekday) calendar.Date {
	d := calendar.NewDate(year, month, day)
	return d + calendar.Date((int(weekday)-int(d.Weekday())+7)%7)
}

// easter is Easter Sunday, by the anonymous Gregorian algorithm (Nature, 20 April 1876).
func easter(year int) calendar.Date {
	a, b, c := year%19, year/100, year%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return calendar.NewDate(year, time.Month(n/31), n%31+1)
}
