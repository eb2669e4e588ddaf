package duty_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/duty"
)

func date(s string) calendar.Date { return calendar.MustDate(s) }

func closure(from, to, name string) calendar.Closure {
	return calendar.Closure{From: date(from), To: date(to), Name: name}
}

// year2026 is a year of three terms, and year2027 the one after it.
func year2026() duty.Year {
	return duty.Year{
		Authority: "Thornmere", Name: "2026/27",
		Terms: []duty.Term{
			{Name: "Autumn", From: date("2026-09-02"), To: date("2026-12-18")},
			{Name: "Spring", From: date("2027-01-04"), To: date("2027-03-25")},
			{Name: "Summer", From: date("2027-04-12"), To: date("2027-07-21")},
		},
		Closures: []calendar.Closure{
			closure("2026-09-02", "2026-09-02", "INSET"),
			closure("2026-10-26", "2026-10-30", "Half term"),
			closure("2027-02-15", "2027-02-19", "Half term"),
			closure("2027-05-31", "2027-06-04", "Half term"),
		},
	}
}

func year2027() duty.Year {
	return duty.Year{
		Authority: "Thornmere", Name: "2027/28",
		Terms: []duty.Term{
			{Name: "Autumn", From: date("2027-09-01"), To: date("2027-12-17")},
			{Name: "Spring", From: date("2028-01-04"), To: date("2028-03-31")},
			{Name: "Summer", From: date("2028-04-18"), To: date("2028-07-20")},
		},
		Closures: []calendar.Closure{
			closure("2027-10-25", "2027-10-29", "Half term"),
			closure("2028-02-14", "2028-02-18", "Half term"),
			closure("2028-05-30", "2028-06-02", "Half term"),
		},
	}
}

func newCalendar(t testing.TB, years ...duty.Year) *duty.Calendar {
	t.Helper()
	c, err := duty.NewCalendar(years...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestYear_closuresForASnapshot(t *testing.T) {
	t.Parallel()
	want := []calendar.Closure{
		closure("2027-02-15", "2027-02-19", "Half term"),
		closure("2027-03-26", "2027-04-11", "Holidays"), // Good Friday and Easter Monday are in them
		closure("2027-05-03", "2027-05-03", "Early May bank holiday"),
		closure("2027-05-31", "2027-06-01", "Half term"), // the spring bank holiday is in it
	}
	if diff := cmp.Diff(want, year2026().ClosuresBetween(date("2027-02-01"), date("2027-06-01"))); diff != "" {
		t.Errorf("closures (-want +got):\n%s", diff)
	}
	all := year2026().ClosuresBetween(date("2026-08-20"), date("2027-08-10"))
	ends := []calendar.Closure{closure("2026-08-20", "2026-09-01", "Holidays"), closure("2027-07-22", "2027-08-10", "Holidays")}
	if diff := cmp.Diff(ends, []calendar.Closure{all[0], all[len(all)-1]}); diff != "" {
		t.Errorf("at the ends (-want +got):\n%s", diff)
	}
}

// TestYear_days wants the days of a year to be those that its closures leave.
func TestYear_days(t *testing.T) {
	t.Parallel()
	y := year2026().With(closure("2027-06-25", "2027-06-25", "INSET of one school"))
	days := y.Days(date("2026-08-01"), date("2027-07-31"))
	for _, test := range []struct {
		day  string
		open bool
	}{
		{"2026-09-01", false}, {"2026-09-02", false}, {"2026-09-03", true}, {"2026-09-05", false},
		{"2026-10-28", false}, {"2026-11-02", true}, {"2026-12-18", true}, {"2026-12-21", false},
		{"2027-03-25", true}, {"2027-03-26", false}, {"2027-05-03", false}, {"2027-05-04", true},
		{"2027-06-24", true}, {"2027-06-25", false}, {"2027-07-21", true}, {"2027-07-22", false},
	} {
		if got := days.Open(date(test.day)); got != test.open {
			t.Errorf("%s is open: %t, want %t", test.day, got, test.open)
		}
	}
	if got := len(year2026().Closures); got != 4 {
		t.Errorf("With changed the year it was asked of: %d closures", got)
	}
}

func TestYear_proclaimedHoliday(t *testing.T) {
	t.Parallel()
	y := year2026()
	y.BankHolidays = []duty.Change{{From: date("2027-05-03"), To: date("2027-05-07"), Name: "Moved"}}
	days := y.Days(date("2027-05-01"), date("2027-05-31"))
	if !days.Open(date("2027-05-03")) || days.Open(date("2027-05-07")) {
		t.Error("the holiday was not moved from Monday to Friday")
	}
}

func TestYear_allFaultsAtOnce(t *testing.T) {
	t.Parallel()
	y := duty.Year{
		Terms: []duty.Term{
			{Name: "Autumn", From: date("2026-09-02"), To: date("2026-12-18")},
			{From: date("2026-12-18"), To: date("2027-03-25")},
			{Name: "Late", From: date("2027-09-06"), To: date("2027-09-10")},
		},
		Closures: []calendar.Closure{
			closure("2026-10-26", "2026-10-30", "Half term"),
			closure("2026-10-30", "2026-11-02", "overlaps"),
			closure("2026-11-07", "2026-11-08", "a weekend"),
			closure("2027-04-01", "2027-04-02", "in the holidays"),
			closure("2026-11-20", "2026-11-19", "ends first"),
			{From: date("2026-11-20")},
			closure("1999-01-04", "2026-11-19", "long ago"),
		},
		BankHolidays: []duty.Change{
			{From: date("2027-05-04"), To: date("2027-05-07"), Name: "no bank holiday to move"},
			{From: date("2026-12-25"), To: date("2027-01-02"), Name: "into the next year"},
			{To: date("2026-11-23")},
		},
	}
	want := []string{
		"/Authority required", "/Name required", "/Terms/1/Name required",
		"/Terms/1/From overlap", "/Terms/2 range",
		"/Closures/1 overlap", "/Closures/2 empty", "/Closures/3 outside", "/Closures/4/To order",
		"/Closures/5/To required", "/Closures/6/From range",
		"/BankHolidays/0/From unknown", "/BankHolidays/1/To range", "/BankHolidays/2/From required", "/BankHolidays/2/Name required",
	}
	if diff := cmp.Diff(want, faults(t, y.Check())); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	y.Terms[0], y.Terms[1] = y.Terms[1], y.Terms[0]
	y.Terms[1].To = date("2026-12-01")
	if got := faults(t, y.Check()); !slices.Contains(got, "/Terms/1 order") {
		t.Errorf("terms out of order are not told: %v", got)
	}
}

// faults are the pointers and codes of an error that has to be Faults.
func faults(t *testing.T, err error) []string {
	t.Helper()
	var list []string
	found, ok := errors.AsType[duty.Faults](err)
	if err != nil && !ok {
		t.Fatalf("%v is no Faults", err)
	}
	for _, f := range found {
		if f.Expected == "" {
			t.Errorf("%s does not say what was expected", f.Pointer)
		}
		list = append(list, f.Pointer+" "+f.Code)
	}
	return list
}

func TestNewCalendar_yearsThatDoNotFollow(t *testing.T) {
	t.Parallel()
	other := year2027()
	other.Authority = "Elsewhere"
	tests := []struct {
		name  string
		years []duty.Year
		want  []string
	}{
		{"none", nil, []string{" required"}},
		{"two that follow", []duty.Year{year2026(), year2027()}, nil},
		{"the same twice", []duty.Year{year2026(), year2026()}, []string{"/1 gap"}},
		{"backwards", []duty.Year{year2027(), year2026()}, []string{"/1 gap"}},
		{"of two authorities", []duty.Year{year2026(), other}, []string{"/1/Authority order"}},
		{"with a fault", []duty.Year{year2026(), {Authority: "A", Name: "B"}}, []string{"/1/Terms required"}},
	}
	for _, test := range tests {
		_, err := duty.NewCalendar(test.years...)
		if diff := cmp.Diff(test.want, faults(t, err)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
