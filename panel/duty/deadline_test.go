package duty_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/duty"
)

func newClock(t testing.TB, years ...duty.Year) *duty.Clock {
	t.Helper()
	c, err := duty.NewClock(newCalendar(t, years...), duty.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// due writes deadlines as code, party and day.
func due(ds []duty.Deadline) []string {
	var list []string
	for _, d := range ds {
		day := d.Due.String()
		if d.Due == 0 {
			day = "not known"
		}
		list = append(list, string(d.Code)+" "+string(d.Who)+" "+day)
	}
	return list
}

func suspended(from, to string) duty.Exclusion {
	return duty.Exclusion{From: date(from), To: date(to)}
}

// TestS6_sixthSchoolDay counts the first day of a permanent exclusion as day 1, over
// weekends, half term, INSET days and bank holidays.
func TestS6_sixthSchoolDay(t *testing.T) {
	t.Parallel()
	c := newClock(t, year2026().With(closure("2026-11-27", "2026-11-27", "INSET of the school")))
	for _, test := range []struct{ from, want string }{
		{"2026-11-02", "2026-11-09"},
		{"2026-11-23", "2026-12-01"}, // over the school's own INSET day
		{"2026-10-22", "2026-11-05"}, // over half term
		{"2026-11-14", "2026-11-23"}, // told on a Saturday: Monday is day 1
		{"2026-12-17", "2027-01-07"}, // over Christmas
		{"2027-04-29", "2027-05-07"}, // over the early May bank holiday
		{"2027-07-15", ""},           // next year's terms are not known
	} {
		got := c.Exclusions([]duty.Exclusion{{Permanent: true, From: date(test.from)}})[0][0]
		if got.Code != duty.SixthDay || got.Who != duty.Authority || got.Due.String() != test.want {
			t.Errorf("excluded on %s: %s of %s on %s, want %s", test.from, got.Code, got.Who, got.Due, test.want)
		}
		if got.Setting.Key != duty.SixthDayPermanent || got.Setting.Value != 6 || got.Setting.Source == "" {
			t.Errorf("the deadline comes from %+v", got.Setting)
		}
	}
}

// TestS6_suspensions: the school has a duty from the sixth day, also where suspensions
// follow each other, and the governing board meets as the days of a term add up.
func TestS6_suspensions(t *testing.T) {
	t.Parallel()
	asked := func(x duty.Exclusion) duty.Exclusion { x.Asked = true; return x }
	for _, test := range []struct {
		name string
		all  []duty.Exclusion
		want [][]string
	}{
		{"five days", []duty.Exclusion{suspended("2026-11-02", "2026-11-06")}, [][]string{nil}},
		{
			"six days", []duty.Exclusion{suspended("2026-11-02", "2026-11-09")},
			[][]string{{"sixth_day school 2026-11-09"}},
		},
		{
			"six days, and a parent asks the board to meet", []duty.Exclusion{asked(suspended("2026-11-02", "2026-11-09"))},
			[][]string{{"sixth_day school 2026-11-09", "board_meets governing board 2027-01-25"}},
		},
		{
			"back to back, given in any order",
			[]duty.Exclusion{suspended("2026-11-09", "2026-11-11"), suspended("2026-11-02", "2026-11-06")},
			[][]string{{"sixth_day school 2026-11-09"}, nil},
		},
		{
			"back to back over half term",
			[]duty.Exclusion{suspended("2026-10-21", "2026-10-23"), suspended("2026-11-02", "2026-11-05")},
			[][]string{nil, {"sixth_day school 2026-11-04"}},
		},
		{
			"with a day at school between",
			[]duty.Exclusion{suspended("2026-11-02", "2026-11-05"), suspended("2026-11-09", "2026-11-11")},
			[][]string{nil, nil},
		},
		{
			"three back to back, of which the second has the sixth day",
			[]duty.Exclusion{suspended("2026-11-02", "2026-11-06"), suspended("2026-11-09", "2026-11-10"), suspended("2026-11-11", "2026-11-12")},
			[][]string{nil, {"sixth_day school 2026-11-09"}, nil},
		},
		{
			"more than fifteen days, into a year that is not known", []duty.Exclusion{suspended("2027-06-28", "2027-09-10")},
			[][]string{{"sixth_day school 2027-07-05", "board_meets governing board 2027-07-19"}},
		},
		{
			"sixteen days in a term",
			[]duty.Exclusion{suspended("2026-09-07", "2026-09-11"), suspended("2026-09-21", "2026-09-25"), suspended("2026-10-05", "2026-10-09"), suspended("2026-11-23", "2026-11-23")},
			[][]string{nil, nil, nil, {"board_meets governing board 2026-12-14"}},
		},
		{
			"sixteen days in two terms",
			[]duty.Exclusion{suspended("2026-12-07", "2026-12-11"), suspended("2027-01-11", "2027-01-15"), suspended("2027-01-25", "2027-01-29"), suspended("2027-02-08", "2027-02-08")},
			[][]string{nil, nil, nil, nil},
		},
		{
			"sixteen days of the autumn, and one more in the spring", []duty.Exclusion{suspended("2026-11-27", "2027-01-04")},
			[][]string{{"sixth_day school 2026-12-04", "board_meets governing board 2026-12-18"}},
		},
		{
			"fifteen days of the autumn, and two more in the spring", []duty.Exclusion{suspended("2026-11-30", "2027-01-05")},
			[][]string{{"sixth_day school 2026-12-07"}},
		},
		{
			"half days",
			[]duty.Exclusion{asked(duty.Exclusion{From: date("2026-11-02"), To: date("2026-11-06"), Sessions: 10}), asked(duty.Exclusion{From: date("2026-11-16"), To: date("2026-11-16"), Sessions: 1})},
			[][]string{nil, {"board_meets governing board 2027-02-08"}},
		},
		{
			"into a year that is not known", []duty.Exclusion{suspended("2027-07-20", "2027-09-10")},
			[][]string{{"sixth_day school not known"}},
		},
	} {
		c := newClock(t, year2026())
		var got [][]string
		for _, ds := range c.Exclusions(test.all) {
			got = append(got, due(ds))
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestClock_boardAndReviewPanel(t *testing.T) {
	t.Parallel()
	c := newClock(t, year2026())
	x := duty.Exclusion{Permanent: true, From: date("2026-11-02"), Notified: date("2026-11-03"), Upheld: date("2026-11-20")}
	want := []string{
		"sixth_day authority 2026-11-09", "board_meets governing board 2026-11-24", "review_panel_application parents 2026-12-11",
	}
	if diff := cmp.Diff(want, due(c.Exclusions([]duty.Exclusion{x})[0])); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestClock_tally warns beyond 45 days of a school year, and does not stop.
func TestClock_tally(t *testing.T) {
	t.Parallel()
	c := newClock(t, year2026(), year2027())
	all := []duty.Exclusion{
		{From: date("2026-09-07"), To: date("2026-09-11"), Sessions: 10},
		suspended("2026-11-02", "2026-12-18"), // 35 days
		suspended("2027-01-04", "2027-01-08"),
		suspended("2027-01-11", "2027-01-11"),
		suspended("2027-09-13", "2027-09-14"),
		{Permanent: true, From: date("2027-10-04")},
	}
	for _, test := range []struct {
		on   string
		want duty.Tally
	}{
		{"2026-09-10", duty.Tally{Term: 10, Year: 10, Known: true}},
		{"2026-11-03", duty.Tally{Term: 14, Year: 14, Known: true}},
		{"2027-01-08", duty.Tally{Term: 10, Year: 90, Known: true}},
		{"2027-01-11", duty.Tally{Term: 12, Year: 92, Known: true, Over: true}},
		{"2027-08-15", duty.Tally{Term: 0, Year: 0, Known: true}},
		{"2027-10-05", duty.Tally{Term: 4, Year: 4, Known: true}},
		{"2029-10-05", duty.Tally{}},
	} {
		if diff := cmp.Diff(test.want, c.Tally(all, date(test.on))); diff != "" {
			t.Errorf("on %s (-want +got):\n%s", test.on, diff)
		}
	}
}

// TestS6_fairAccessAndDirection: twenty school days for a place, two for notice.
func TestS6_fairAccessAndDirection(t *testing.T) {
	t.Parallel()
	c := newClock(t, year2026())
	got := due(c.Referral(duty.Referral{FairAccess: date("2026-11-23")}))
	if diff := cmp.Diff([]string{"fair_access_place authority 2027-01-04"}, got); diff != "" {
		t.Errorf("fair access (-want +got):\n%s", diff)
	}
	for _, test := range []struct{ start, notice string }{
		{"2026-11-25", "2026-11-23"}, {"2026-11-23", "2026-11-19"}, {"2026-11-02", "2026-10-22"}, {"2027-01-05", "2026-12-18"},
	} {
		got := c.Direction(duty.Direction{Start: date(test.start)})
		if len(got) != 1 || got[0].Due != date(test.notice) {
			t.Errorf("a direction from %s wants notice by %v, want %s", test.start, due(got), test.notice)
		}
		if start := c.EarliestStart(date(test.notice)); start != date(test.start) {
			t.Errorf("with notice on %s it starts on %s, want %s", test.notice, start, test.start)
		}
	}
}

func TestClock_mustReview(t *testing.T) {
	t.Parallel()
	c := newClock(t, year2026())
	for _, test := range []struct {
		asked string
		last  calendar.Date
		want  bool
	}{
		{"2026-11-23", 0, true}, {"2026-11-23", date("2026-09-14"), true}, {"2026-11-23", date("2026-09-15"), false},
	} {
		if got := c.MustReview(date(test.asked), test.last); got != test.want {
			t.Errorf("asked on %s after a review on %s: %t", test.asked, test.last, got)
		}
	}
}

// TestM5_timescalesKept follows one referral from its receipt to the start: what was in
// time is met, what was not is late, and both in school days.
func TestM5_timescalesKept(t *testing.T) {
	t.Parallel()
	c := newClock(t, year2026())
	today := date("2027-01-29")
	ds := c.Referral(duty.Referral{Received: date("2026-11-09"), Decided: date("2026-11-23")})
	ds = append(ds, c.Offer(duty.Offer{
		On: date("2026-11-24"), Answered: date("2026-12-10"), Accepted: true, Started: date("2026-12-17"),
	})...)
	want := []string{
		"referral_decision panel 2026-11-23", "provider_answer provider 2026-12-09", "provider_admission provider 2026-12-24",
	}
	if diff := cmp.Diff(want, due(ds)); diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
	declined := due(c.Offer(duty.Offer{On: date("2026-11-24"), Answered: date("2026-12-01")}))
	if diff := cmp.Diff(want[1:2], declined); diff != "" {
		t.Errorf("an offer that was declined (-want +got):\n%s", diff)
	}
	for i, want := range []duty.State{duty.Met, duty.Late, duty.Met} {
		if got := c.Standing(ds[i], today); got.State != want {
			t.Errorf("%s is %s, want %s", ds[i].Code, got.State, want)
		}
	}
	for _, test := range []struct {
		from, to string
		want     int
		known    bool
	}{
		{"2026-11-09", "2026-11-23", 10, true}, {"2026-11-23", "2027-01-04", 20, true}, {"2026-11-23", "2026-11-23", 0, true},
		{"2026-11-23", "2027-09-06", 0, false}, {"2026-11-23", "2026-11-20", 0, false},
	} {
		if got, known := c.Took(date(test.from), date(test.to)); got != test.want || known != test.known {
			t.Errorf("from %s to %s it took %d (%t), want %d", test.from, test.to, got, known, test.want)
		}
	}
}

// TestS6_toldBeforeItIsMissed walks through the days before a sixth day.
func TestS6_toldBeforeItIsMissed(t *testing.T) {
	t.Parallel()
	c := newClock(t, year2026())
	base := c.Exclusions([]duty.Exclusion{{Permanent: true, From: date("2026-11-02")}})[0][0] // due on Monday 9 November
	type fact = func(*duty.Deadline)
	planned := func(day string) fact { return func(d *duty.Deadline) { d.Planned = date(day) } }
	met := func(day string) fact { return func(d *duty.Deadline) { d.Met = date(day) } }
	unknown := func(d *duty.Deadline) { d.Due = 0 }
	for _, test := range []struct {
		today string
		facts []fact
		state duty.State
		left  int
		known bool
	}{
		{"2026-11-02", nil, duty.OnTrack, 5, true},
		{"2026-11-04", nil, duty.OnTrack, 3, true},
		{"2026-11-05", nil, duty.AtRisk, 2, true},
		{"2026-11-07", nil, duty.AtRisk, 1, true}, // Saturday
		{"2026-11-09", nil, duty.AtRisk, 0, true},
		{"2026-11-10", nil, duty.Missed, -1, true},
		{"2026-11-02", []fact{planned("2026-11-10")}, duty.AtRisk, 5, true},
		{"2026-11-06", []fact{planned("2026-11-09")}, duty.OnTrack, 1, true},
		{"2026-11-06", []fact{planned("2026-11-05")}, duty.AtRisk, 1, true}, // it did not happen
		{"2026-11-10", []fact{planned("2026-11-12")}, duty.Missed, -1, true},
		{"2026-11-12", []fact{met("2026-11-09")}, duty.Met, -3, true},
		{"2026-11-12", []fact{met("2026-11-10")}, duty.Late, -3, true},
		{"2026-11-06", []fact{met("2026-11-09")}, duty.OnTrack, 1, true}, // still to come
		{"2026-11-06", []fact{met("2026-11-10")}, duty.AtRisk, 1, true},
		{"2026-11-06", []fact{unknown}, duty.Unknown, 0, false},
		{"2026-11-12", []fact{unknown, met("2026-11-09")}, duty.Met, 0, false},
		{"2026-07-01", nil, duty.Unknown, 0, false}, // before the calendar
	} {
		d := base
		for _, f := range test.facts {
			f(&d)
		}
		want := duty.Standing{State: test.state, Left: test.left, Known: test.known}
		if diff := cmp.Diff(want, c.Standing(d, date(test.today))); diff != "" {
			t.Errorf("on %s, planned %s, met %s (-want +got):\n%s", test.today, d.Planned, d.Met, diff)
		}
	}
}

// TestClock_ownNumbers computes with the numbers of an authority, each on its days.
func TestClock_ownNumbers(t *testing.T) {
	t.Parallel()
	own, err := duty.Defaults().With(duty.Settings{setting(duty.DirectionNotice, 5, "2027-01-01", "", "Thornmere")})
	if err != nil {
		t.Fatal(err)
	}
	c, err := duty.NewClock(newCalendar(t, year2026()), own)
	if err != nil {
		t.Fatal(err)
	}
	for start, want := range map[string]string{"2026-12-18": "2026-12-16", "2027-01-18": "2027-01-11"} {
		if got := c.Direction(duty.Direction{Start: date(start)}); got[0].Due != date(want) {
			t.Errorf("notice for %s by %s, want %s", start, got[0].Due, want)
		}
	}
	if _, err := duty.NewClock(newCalendar(t, year2026()), own[1:]); err == nil {
		t.Error("a clock without a number that it needs is made")
	}
}
