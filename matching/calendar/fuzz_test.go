package calendar_test

import (
	"encoding/json"
	"testing"
	"time"

	"example.org/backontrack/matching/calendar"
)

// FuzzDate holds what is read as a date against the standard library, and wants it
// back as it was.
func FuzzDate(f *testing.F) {
	for _, text := range []string{"", "2026-11-23", "1970-01-01", "1971-01-01", "2024-02-29", "2026-02-30", "9999-12-31", "2026-1-2", "+026-01-01", "2026-01-01T"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := calendar.ParseDate(text)
		want, wrong := time.Parse(time.DateOnly, text)
		if (err != nil) != (wrong != nil || want.Year() < 1971) {
			t.Fatalf("%q: %v, and by the standard library %v", text, err, wrong)
		}
		if err != nil {
			if d != 0 {
				t.Errorf("%q is no date, and gives %d", text, d)
			}
			return
		}
		if d.String() != text || d.Weekday() != want.Weekday() || d != calendar.NewDate(want.Date()) {
			t.Errorf("%q is read as %s, a %s", text, d, d.Weekday())
		}
		if next := d + 1; next.Weekday() != (d.Weekday()+1)%7 {
			t.Errorf("the day after %s is a %s", d.Weekday(), next.Weekday())
		}
	})
}

// FuzzSessions holds sets of sessions against maps.
func FuzzSessions(f *testing.F) {
	f.Add("mon-am", uint16(0), uint16(0x3ff))
	f.Add("fri-pm", uint16(0x155), uint16(0x2aa))
	f.Add("sat-am", uint16(0xffff), uint16(1))
	f.Fuzz(func(t *testing.T, name string, a, b uint16) {
		if s, err := calendar.ParseSession(name); err == nil && (s.String() != name || s >= calendar.PerWeek) {
			t.Errorf("%q is read as %s", name, s)
		}
		set := calendar.Sessions(a) & calendar.Week
		n, last := 0, calendar.Session(0)
		for s := range set.All() {
			if n == 0 && s != set.First() || n > 0 && s <= last || !set.Has(s) {
				t.Errorf("%b yields %s as number %d", set, s, n)
			}
			n, last = n+1, s
		}
		both := set & calendar.Sessions(b) & calendar.Week
		if n != set.Len() || both.Len() > n {
			t.Errorf("%b has %d, and yields %d", set, set.Len(), n)
		}
		names := []string{}
		text, err := json.Marshal(set)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, &names); err != nil || len(names) != n {
			t.Fatalf("%b is written as %s: %v", set, text, err)
		}
		var again calendar.Sessions
		for _, name := range names {
			s, err := calendar.ParseSession(name)
			if err != nil {
				t.Fatal(err)
			}
			again |= calendar.Of(s)
		}
		if again != set {
			t.Errorf("%b comes back as %b", set, again)
		}
	})
}

// FuzzDays holds the counts of school days against looking at every day.
func FuzzDays(f *testing.F) {
	f.Add(uint16(0), uint16(90), uint16(10), uint16(5), uint16(0), uint16(90))
	f.Add(uint16(3), uint16(0), uint16(0), uint16(400), uint16(50), uint16(2))
	f.Fuzz(func(t *testing.T, first, length, closedFrom, closedFor, from, until uint16) {
		start := calendar.MustDate("2026-01-01") + calendar.Date(first)
		days := calendar.NewDays(start, start+calendar.Date(length%2000), []calendar.Closure{
			{From: start + calendar.Date(closedFrom), To: start + calendar.Date(closedFrom) + calendar.Date(closedFor)},
		})
		a, b := start+calendar.Date(from)-20, start+calendar.Date(until)-20
		open, mornings := 0, 0
		for d := a; d <= b; d++ {
			if !days.Open(d) {
				continue
			}
			open++
			if d.Weekday() == time.Wednesday {
				lo, _ := days.Occurrences(calendar.WedPM, d, d)
				if days.On(calendar.WedPM, lo) != d {
					t.Errorf("occurrence %d is on %s, not on %s", lo, days.On(calendar.WedPM, lo), d)
				}
				mornings++
			}
		}
		lo, hi := days.Occurrences(calendar.WedAM, a, b)
		if hi-lo != mornings || days.Count(a, b) != open || len(days.Between(a, b)) != open {
			t.Errorf("from %s to %s: %d Wednesdays and %d days, by looking %d and %d", a, b, hi-lo, days.Count(a, b), mornings, open)
		}
	})
}
