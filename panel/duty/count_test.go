package duty_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/duty"
)

// centuries are the school years 2000/01 to 2099/2100, with terms and closures that
// change from year to year; every third year is published in six terms.
func centuries(t testing.TB) []duty.Year {
	t.Helper()
	random := rand.New(rand.NewPCG(12, 2026))
	var years []duty.Year
	for y := 2000; y < 2100; y++ {
		at := func(year int, m time.Month, day, spread int) calendar.Date {
			return calendar.NewDate(year, m, day) + calendar.Date(random.IntN(spread))
		}
		ends := []calendar.Date{
			at(y, 9, 1, 6), at(y, 10, 20, 6), at(y, 11, 1, 4), at(y, 12, 17, 6),
			at(y+1, 1, 3, 4), at(y+1, 2, 10, 4), at(y+1, 2, 20, 3), at(y+1, 3, 25, 9),
			at(y+1, 4, 12, 9), at(y+1, 5, 23, 4), at(y+1, 6, 3, 4), at(y+1, 7, 18, 8),
		}
		year := duty.Year{Authority: "Thornmere", Name: fmt.Sprint(y)}
		for i := 0; i < len(ends); i += 2 {
			if y%3 != 0 && i%4 == 2 { // three terms: the break between two stretches is a closure
				last := &year.Terms[len(year.Terms)-1]
				year = year.With(calendar.Closure{From: last.To + 1, To: ends[i] - 1, Name: "Half term"})
				last.To = ends[i+1]
				continue
			}
			year.Terms = append(year.Terms, duty.Term{Name: fmt.Sprint(i), From: ends[i], To: ends[i+1]})
		}
		inset := ends[2] + calendar.Date(7+random.IntN(20))
		for inset.Weekday() == time.Saturday || inset.Weekday() == time.Sunday {
			inset++
		}
		years = append(years, year.With(calendar.Closure{From: inset, To: inset, Name: "INSET"}))
	}
	return years
}

// open tells whether a day is a school day by looking at it and nothing else.
func open(years []duty.Year, d calendar.Date) bool {
	if d.Weekday() == time.Saturday || d.Weekday() == time.Sunday {
		return false
	}
	year := time.Unix(int64(d)*86400, 0).UTC().Year()
	for _, h := range duty.BankHolidays(year) {
		if h.Date == d {
			return false
		}
	}
	for _, y := range years {
		for _, t := range y.Terms {
			if d < t.From || d > t.To {
				continue
			}
			return !slices.ContainsFunc(y.Closures, func(c calendar.Closure) bool { return c.From <= d && d <= c.To })
		}
	}
	return false
}

// oracle has the school days of a calendar, found one by one.
type oracle struct {
	first, last calendar.Date
	open        []bool
}

func newOracle(years []duty.Year, first, last calendar.Date) *oracle {
	o := &oracle{first: first, last: last}
	for d := first; d <= last; d++ {
		i := slices.IndexFunc(years, func(y duty.Year) bool { _, end := y.Span(); return d <= end })
		o.open = append(o.open, open(years[i:i+1], d))
	}
	return o
}

func (o *oracle) is(d calendar.Date) bool { return o.open[d-o.first] }

// step walks from a day, which may count, until n school days are counted.
func (o *oracle) step(d calendar.Date, n int, by calendar.Date) calendar.Date {
	for ; d >= o.first && d <= o.last; d += by {
		if o.is(d) {
			if n--; n == 0 {
				return d
			}
		}
	}
	return 0
}

func (o *oracle) count(from, to calendar.Date) int {
	n := 0
	for d := from; d <= to; d++ {
		if o.is(d) {
			n++
		}
	}
	return n
}

// against compares every kind of counting from one day with walking.
func (o *oracle) against(t *testing.T, c *duty.Calendar, d calendar.Date, n, ahead int) {
	t.Helper()
	if got := c.Days().Open(d); got != o.is(d) {
		t.Errorf("%s is open: %t, by walking %t", d, got, o.is(d))
	}
	for _, count := range []struct {
		name      string
		got, want calendar.Date
	}{
		{"Nth", c.Nth(d, n), o.step(d, n, 1)},
		{"After", c.After(d, n), o.step(d+1, n, 1)},
		{"Before", c.Before(d, n), o.step(d-1, n, -1)},
		{"OnOrAfter", c.OnOrAfter(d), o.step(d, 1, 1)},
		{"OnOrBefore", c.OnOrBefore(d), o.step(d, 1, -1)},
	} {
		if count.got != count.want {
			t.Errorf("%s(%s, %d) is %s, by walking %s", count.name, d, n, count.got, count.want)
		}
	}
	to := min(d+calendar.Date(ahead), o.last)
	if got, known := c.Count(d, to); got != o.count(d, to) || !known {
		t.Errorf("from %s to %s: %d school days (%t), by walking %d", d, to, got, known, o.count(d, to))
	}
	if got, known := c.Left(d, to); got != o.count(d+1, to) || !known {
		t.Errorf("from %s until %s: %d left (%t), by walking %d", d, to, got, known, o.count(d+1, to))
	}
	if got, known := c.Left(to, d); got != -o.count(d+1, to) || !known {
		t.Errorf("on %s, due on %s: %d left (%t), by walking %d", to, d, got, known, -o.count(d+1, to))
	}
}

// TestCalendar_dayByDay counts from each day of the years 2000 to 2100, the days on which
// the clocks change and 29 February among them.
func TestCalendar_dayByDay(t *testing.T) {
	t.Parallel()
	years := centuries(t)
	c := newCalendar(t, years...)
	o := newOracle(years, c.First(), c.Last())
	if c.First() != date("2000-08-01") || c.Last() != date("2100-07-31") {
		t.Fatalf("known from %s to %s", c.First(), c.Last())
	}
	for d := c.First(); d <= c.Last(); d++ {
		o.against(t, c, d, 1+int(d)%23, int(d)%91)
	}
}

func FuzzCalendar(f *testing.F) {
	years := centuries(f)
	c := newCalendar(f, years...)
	o := newOracle(years, c.First(), c.Last())
	f.Add(uint16(0), uint16(6), uint16(40))
	f.Add(uint16(8247), uint16(15), uint16(400)) // 29 February 2023's neighbourhood
	f.Add(uint16(65535), uint16(1000), uint16(65535))
	f.Fuzz(func(t *testing.T, day, n, ahead uint16) {
		d := c.First() + calendar.Date(int(day)%int(c.Last()-c.First()+1))
		o.against(t, c, d, 1+int(n)%2000, int(ahead))
	})
}

// TestCalendar_nothingBeyond wants no answer, and no panic, where the calendar ends.
func TestCalendar_nothingBeyond(t *testing.T) {
	t.Parallel()
	c := newCalendar(t, year2026())
	for _, d := range []calendar.Date{0, date("2020-01-01"), date("2026-07-30"), date("2027-08-01"), date("2099-01-01"), duty.Open} {
		for name, got := range map[string]calendar.Date{
			"Nth": c.Nth(d, 1), "After": c.After(d, 1), "Before": c.Before(d, 1), "OnOrAfter": c.OnOrAfter(d), "OnOrBefore": c.OnOrBefore(d),
		} {
			if got != 0 {
				t.Errorf("%s from %s is %s", name, d, got)
			}
		}
		if _, known := c.Count(d, d); known {
			t.Errorf("the school days of %s are said to be known", d)
		}
		if _, known := c.Left(date("2026-11-23"), d); known {
			t.Errorf("the school days between November and %s are said to be known", d)
		}
	}
	if got := c.Nth(date("2027-07-16"), 6); got != 0 { // the fifth is the last day of the year
		t.Errorf("the sixth school day from 16 July is %s, and nobody knows it yet", got)
	}
	if got := newCalendar(t, year2026(), year2027()).Nth(date("2027-07-16"), 6); got != date("2027-09-02") {
		t.Errorf("with the next year it is %s", got)
	}
}

func TestCalendar_closuresSayWhatIsNotKnown(t *testing.T) {
	t.Parallel()
	c := newCalendar(t, year2026())
	all := c.ClosuresBetween(date("2026-07-01"), date("2027-10-01"))
	want := []calendar.Closure{closure("2026-07-01", "2026-07-31", "Not known yet"), closure("2027-08-01", "2027-10-01", "Not known yet")}
	if diff := cmp.Diff(want, []calendar.Closure{all[0], all[len(all)-1]}); diff != "" {
		t.Errorf("at the ends (-want +got):\n%s", diff)
	}
	days := calendar.NewDays(c.First(), c.Last(), c.ClosuresBetween(c.First(), c.Last()))
	if got, want := days.Count(c.First(), c.Last()), c.Days().Count(c.First(), c.Last()); got != want {
		t.Errorf("by the closures %d school days, by the calendar %d", got, want)
	}
}

func TestCalendar_halfTerms(t *testing.T) {
	t.Parallel()
	three := newCalendar(t, year2026())
	var got []string
	for _, h := range three.HalfTerms() {
		got = append(got, h.From.String()+" "+h.To.String())
	}
	want := []string{
		"2026-09-03 2026-10-23", "2026-11-02 2026-12-18", "2027-01-04 2027-02-12",
		"2027-02-22 2027-03-25", "2027-04-12 2027-05-28", "2027-06-07 2027-07-21",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("half terms (-want +got):\n%s", diff)
	}
	for _, y := range centuries(t) {
		if n := len(newCalendar(t, y).HalfTerms()); n != 6 {
			t.Errorf("%s has %d half terms", y.Name, n)
		}
	}
}

func TestCalendar_working(t *testing.T) {
	t.Parallel()
	c := newCalendar(t, year2026())
	for _, test := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-12-18", 5, "2026-12-29"}, // Christmas Day and the substitute of Boxing Day are none
		{"2026-12-18", 10, "2027-01-06"},
		{"2026-11-23", 10, "2026-12-07"},
		{"2027-07-30", 1, "2027-08-02"}, // beyond the calendar, which is of schools
		{"2026-11-21", 1, "2026-11-23"},
	} {
		if got := c.Working(date(test.from), test.n); got != date(test.want) {
			t.Errorf("%d working days after %s is %s, want %s", test.n, test.from, got, test.want)
		}
	}
}

func TestCalendar_workingKnowsWhatWasProclaimed(t *testing.T) {
	t.Parallel()
	y := year2026()
	y.BankHolidays = []duty.Change{{From: date("2026-11-24"), To: date("2026-11-24"), Name: "Proclaimed"}}
	if got := newCalendar(t, y).Working(date("2026-11-23"), 1); got != date("2026-11-25") {
		t.Errorf("the next working day is %s", got)
	}
}

func TestCalendar_reckonedTerm(t *testing.T) {
	t.Parallel()
	six := year2026()
	six.Terms = []duty.Term{
		{Name: "1", From: date("2026-09-02"), To: date("2026-10-23")}, {Name: "2", From: date("2026-11-02"), To: date("2026-12-18")},
		{Name: "3", From: date("2027-01-04"), To: date("2027-02-12")}, {Name: "4", From: date("2027-02-22"), To: date("2027-03-25")},
		{Name: "5", From: date("2027-04-12"), To: date("2027-05-28")}, {Name: "6", From: date("2027-06-07"), To: date("2027-07-21")},
	}
	six.Closures = nil
	for _, test := range []struct {
		year          duty.Year
		day, from, to string
	}{
		{year2026(), "2026-11-23", "2026-09-02", "2026-12-18"},
		{year2026(), "2027-07-21", "2027-04-12", "2027-07-21"},
		{year2026(), "2026-12-25", "2026-09-02", "2026-12-18"},
		{six, "2026-11-23", "2026-08-01", "2026-12-31"},
		{six, "2027-03-01", "2027-01-01", "2027-03-29"},
		{six, "2027-06-30", "2027-03-30", "2027-07-31"},
	} {
		got := newCalendar(t, test.year).ReckonedTerm(date(test.day))
		if got.From != date(test.from) || got.To != date(test.to) {
			t.Errorf("%s is reckoned from %s to %s, want %s to %s", test.day, got.From, got.To, test.from, test.to)
		}
	}
	if got := newCalendar(t, year2026()).ReckonedTerm(date("2027-12-01")); got != (duty.Term{}) {
		t.Errorf("the term of a day that is not known is %v", got)
	}
}
