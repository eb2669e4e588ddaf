package generate

import (
	"testing"

	"example.org/backontrack/matching/calendar"
)

func TestYearOf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ day, first, last string }{
		{"2026-11-23", "2026-09-07", "2027-07-16"},
		{"2027-07-16", "2026-09-07", "2027-07-16"},
		{"2027-07-17", "2027-09-06", "2028-07-21"}, // the holidays belong to the year that comes
		{"2027-01-01", "2026-09-07", "2027-07-16"},
	} {
		y := yearOf(calendar.MustDate(c.day))
		if y.first.String() != c.first || y.last.String() != c.last {
			t.Errorf("the school year of %s is %s to %s, want %s to %s", c.day, y.first, y.last, c.first, c.last)
		}
	}
}

func TestYearOf_closures(t *testing.T) {
	t.Parallel()
	want := []string{"2026-10-26", "2026-12-19", "2027-02-15", "2027-03-26", "2027-05-03", "2027-05-31"}
	y := yearOf(calendar.MustDate("2026-11-23"))
	for i, c := range y.closed {
		if c.From.String() != want[i] {
			t.Errorf("%s begins on %s, want %s", c.Name, c.From, want[i])
		}
	}
	if n := y.days.Count(y.first, y.last); n < 180 || n > 200 {
		t.Errorf("a year of %d school days", n)
	}
}

func TestEaster(t *testing.T) {
	t.Parallel()
	for year, want := range map[int]string{2000: "2000-04-23", 2024: "2024-03-31", 2027: "2027-03-28", 2038: "2038-04-25"} {
		if got := easter(year); got.String() != want {
			t.Errorf("easter(%d) = %s, want %s", year, got, want)
		}
	}
}
