package duty_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/duty"
)

// published are the bank holidays of England and Wales as the government listed them
// for each year, on the days on which they were taken.
var published = map[int]string{
	2000: "01-03 04-21 04-24 05-01 05-29 08-28 12-25 12-26",
	2002: "01-01 03-29 04-01 05-06 06-03 06-04 08-26 12-25 12-26",
	2010: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
	2011: "01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-26 12-27",
	2012: "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26",
	2018: "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
	2019: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
	2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
	2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
	2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
	2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
	2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
	2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
	2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
	2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
}

func TestBankHolidays_asPublished(t *testing.T) {
	t.Parallel()
	for year, want := range published {
		var got []string
		for _, h := range duty.BankHolidays(year) {
			got = append(got, strings.TrimPrefix(h.Date.String(), calendar.NewDate(year, 1, 1).String()[:5]))
		}
		if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%d (-want +got):\n%s", year, diff)
		}
	}
}

// TestBankHolidays_everyYear wants at least eight each year, in order, on weekdays, none
// of them twice, and exactly eight where nothing was proclaimed.
func TestBankHolidays_everyYear(t *testing.T) {
	t.Parallel()
	special := map[int]int{2002: 9, 2011: 9, 2012: 9, 2022: 10, 2023: 9}
	for year := 2000; year <= 2100; year++ {
		holidays := duty.BankHolidays(year)
		want := 8
		if n := special[year]; n > 0 {
			want = n
		}
		if len(holidays) != want {
			t.Errorf("%d has %d bank holidays, want %d", year, len(holidays), want)
		}
		for i, h := range holidays {
			if w := h.Date.Weekday(); w == time.Saturday || w == time.Sunday {
				t.Errorf("%s is on a %s: %s", h.Name, w, h.Date)
			}
			if i > 0 && h.Date <= holidays[i-1].Date {
				t.Errorf("%s, %s is not after %s", h.Name, h.Date, holidays[i-1].Name)
			}
		}
	}
}

func TestBankHolidays_proclaimedLater(t *testing.T) {
	t.Parallel()
	late, may := calendar.MustDate("2031-06-12"), calendar.MustDate("2031-05-05")
	got := duty.BankHolidays(2031, duty.Change{From: late, To: late, Name: "extra"}, duty.Change{From: may, To: may + 4, Name: "moved"})
	names := map[calendar.Date]string{}
	for _, h := range got {
		names[h.Date] = h.Name
	}
	if len(got) != 9 || names[late] != "extra" || names[may+4] != "moved" || names[may] != "" {
		t.Errorf("got %v", got)
	}
}

// TestEaster_byOudin holds Easter against another algorithm (Oudin 1940), which works
// with the epact instead.
func TestEaster_byOudin(t *testing.T) {
	t.Parallel()
	for year := 1971; year <= 2400; year++ {
		century, golden := year/100, year%19
		k := (century - 17) / 25
		i := (century - century/4 - (century-k)/3 + 19*golden + 15) % 30
		i -= (i / 28) * (1 - (i/28)*(29/(i+1))*((21-golden)/11))
		j := (year + year/4 + i + 2 - century + century/4) % 7
		l := i - j
		month := 3 + (l+40)/44
		day := l + 28 - 31*(month/4)
		if want, got := calendar.NewDate(year, time.Month(month), day), duty.Easter(year); got != want {
			t.Errorf("Easter of %d is %s, want %s", year, got, want)
		}
	}
}

func TestEaster_published(t *testing.T) {
	t.Parallel()
	for _, day := range []string{"2000-04-23", "2008-03-23", "2011-04-24", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25", "2076-04-19", "2100-03-28"} {
		want := calendar.MustDate(day)
		year, err := strconv.Atoi(day[:4])
		if err != nil {
			t.Fatal(err)
		}
		if got := duty.Easter(year); got != want {
			t.Errorf("Easter is %s, want %s", got, want)
		}
	}
}

func TestInLondon(t *testing.T) {
	t.Parallel()
	tests := []struct{ instant, want string }{
		{"2026-03-29T00:59:59Z", "2026-03-29"}, // the clocks go forward a second later
		{"2026-03-29T22:59:59Z", "2026-03-29"},
		{"2026-03-29T23:00:00Z", "2026-03-30"}, // midnight in London is an hour earlier from now on
		{"2026-10-24T23:30:00Z", "2026-10-25"},
		{"2026-10-25T00:30:00Z", "2026-10-25"}, // half past one, for the first time
		{"2026-10-25T01:30:00Z", "2026-10-25"}, // and again
		{"2026-10-25T23:59:59Z", "2026-10-25"},
		{"2026-10-26T00:00:00Z", "2026-10-26"},
		{"2028-02-29T23:59:59Z", "2028-02-29"},
		{"2038-01-19T03:14:08Z", "2038-01-19"}, // behind the last second of 32 bits
		{"2026-06-30T20:30:00-04:00", "2026-07-01"},
	}
	for _, test := range tests {
		instant, err := time.Parse(time.RFC3339, test.instant)
		if err != nil {
			t.Fatal(err)
		}
		if got := duty.InLondon(instant); got.String() != test.want {
			t.Errorf("%s is on %s in London, want %s", test.instant, got, test.want)
		}
	}
}

// FuzzInLondon holds the day against the rule for summer time: from the last Sunday in
// March, one o'clock UTC, to the last Sunday in October, one o'clock UTC.
func FuzzInLondon(f *testing.F) {
	for _, day := range []string{"2000-03-26", "2024-02-29", "2026-10-25", "2099-12-31"} {
		f.Add(int64(calendar.MustDate(day))*86400 + 3599)
	}
	f.Fuzz(func(t *testing.T, seconds int64) {
		at := time.Unix(seconds, 0).UTC()
		if at.Year() < 2000 || at.Year() > 2100 {
			t.Skip("outside the years that are asked for")
		}
		lastSunday := func(m time.Month) time.Time {
			d := time.Date(at.Year(), m, 31, 1, 0, 0, 0, time.UTC)
			return d.AddDate(0, 0, -int(d.Weekday()))
		}
		wall := at
		if !at.Before(lastSunday(time.March)) && at.Before(lastSunday(time.October)) {
			wall = at.Add(time.Hour)
		}
		if want, got := calendar.NewDate(wall.Date()), duty.InLondon(at); got != want {
			t.Errorf("%s is on %s in London, want %s", at, got, want)
		}
	})
}
