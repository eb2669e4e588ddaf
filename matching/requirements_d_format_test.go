package matching_test

import (
	"fmt"
	"testing"
	"time"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// D8: a provision states its criteria (the tests of R12), its format, its places and its staff.

func TestD8_startsOnWeekdays(t *testing.T) {
	t.Parallel()
	group := matching.Group{Starts: matching.Starts{Weekdays: []matching.Weekday{matching.Weekday(time.Wednesday), matching.Weekday(time.Monday)}}}
	wantStart(t, authority(t, group), "2026-11-23")
	wantStart(t, authority(t, group, matching.Referral{ReadyFrom: day("2026-11-24")}), "2026-11-25")
	wantStart(t, authority(t, group, matching.Referral{ReadyFrom: day("2026-11-26")}), "2026-11-30")
}

func TestD8_startsOnFixedDates(t *testing.T) {
	t.Parallel()
	group := matching.Group{Starts: matching.Starts{Dates: []calendar.Date{day("2026-12-07"), day("2026-11-28"), day("2026-12-01")}}}
	wantStart(t, authority(t, group), "2026-12-01") // 28 November is a Saturday: no school day, no start
	closed := calendar.Closure{From: day("2026-12-01"), To: day("2026-12-01")}
	wantStart(t, authority(t, group, closed), "2026-12-07")
}

func TestD8_startsOnSchoolDays(t *testing.T) {
	t.Parallel()
	wantStart(t, authority(t, matching.Referral{ReadyFrom: day("2026-11-28")}), "2026-11-30") // not on a Saturday
	training := calendar.Closure{From: day("2026-11-23"), To: day("2026-11-24")}
	wantStart(t, authority(t, training), "2026-11-25")
	wantStart(t, authority(t, matching.Group{Open: matching.Span{From: day("2026-11-26")}}), "2026-11-26")
}

func TestD8_notOpenBeforeTheHorizon(t *testing.T) {
	t.Parallel()
	group := matching.Group{Open: matching.Span{From: day("2027-01-09")}, Accepts: matching.Accepts{Years: []int{10}}}
	wantReasons(t, authority(t, group), // beside the rules that need no date
		matching.Reason{Code: matching.CodeYearGroup, Class: matching.Never, Observed: new(8), Accepts: []string{"10"}},
		matching.Reason{Code: matching.CodeNotOpen, Class: matching.ByDate, Clears: day("2027-01-11")}) // the Monday after
	gone := matching.Group{Open: matching.Span{To: day("2026-11-20")}}
	wantReasons(t, authority(t, gone), matching.Reason{Code: matching.CodeNotOpen, Class: matching.ByDate})
	missed := matching.Group{Starts: matching.Starts{Dates: []calendar.Date{day("2026-09-07"), day("2027-01-04")}}}
	wantReasons(t, authority(t, missed), matching.Reason{Code: matching.CodeNotOpen, Class: matching.ByDate, Clears: day("2027-01-04")})
}

func TestD8_weeks(t *testing.T) {
	t.Parallel()
	length := &matching.Length{Min: 1, Usual: 2, Max: 3}
	for name, c := range map[string]struct {
		group  matching.Group
		wanted int
		to     string
	}{
		"usual":                    {matching.Group{Weeks: length}, 0, "2026-12-06"}, // 14 days, both ends included
		"wanted":                   {matching.Group{Weeks: length}, 1, "2026-11-29"},
		"wanted, too many":         {matching.Group{Weeks: length}, 9, "2026-12-13"},
		"at least":                 {matching.Group{Weeks: &matching.Length{Min: 2, Max: 3}}, 1, "2026-12-06"},
		"usual is max":             {matching.Group{Weeks: &matching.Length{Max: 1}}, 0, "2026-11-29"},
		"usual is min":             {matching.Group{Weeks: &matching.Length{Min: 1}}, 0, "2026-11-29"},
		"not stated":               {matching.Group{}, 0, endOfTerm},
		"wanted, not stated":       {matching.Group{}, 2, "2026-12-06"},
		"no later than horizon":    {matching.Group{Weeks: &matching.Length{Usual: 30}}, 0, endOfTerm},
		"no later than it is open": {matching.Group{Weeks: &matching.Length{Usual: 2}, Open: matching.Span{To: day("2026-12-01")}}, 0, "2026-12-01"},
	} {
		o := wantStart(t, authority(t, c.group, matching.Referral{Wants: matching.Wants{Weeks: c.wanted}}), firstMonday)
		want(t, name, day(c.to), o.Stays[0].To)
	}
}

func TestD8_schoolDays(t *testing.T) {
	t.Parallel()
	group := matching.Group{Days: &matching.Length{Min: 1, Usual: 3, Max: 5}}
	training := calendar.Closure{From: day("2026-11-24"), To: day("2026-11-24")}
	for wanted, to := range map[int]string{0: "2026-11-26", 1: "2026-11-23", 5: "2026-11-30", 20: "2026-11-30"} {
		o := wantStart(t, authority(t, group, training, matching.Referral{Wants: matching.Wants{Days: wanted}}), firstMonday)
		want(t, fmt.Sprint(wanted, " days wanted"), day(to), o.Stays[0].To) // Tuesday is closed, and does not count
	}
}

func TestD8_tooShort(t *testing.T) {
	t.Parallel()
	// The twenty-two days until the end of term are three weeks, and a bit.
	wantStart(t, authority(t, matching.Group{Weeks: &matching.Length{Min: 3}}), firstMonday)
	wantReasons(t, authority(t, matching.Group{Weeks: &matching.Length{Min: 4}}),
		matching.Reason{Code: matching.CodeTooShort, Class: matching.Never, Limit: new(4), Observed: new(3)})
	// And sixteen school days, all told.
	wantStart(t, authority(t, matching.Group{Days: &matching.Length{Min: 16}}), firstMonday)
	wantReasons(t, authority(t, matching.Group{Days: &matching.Length{Min: 17}}),
		matching.Reason{Code: matching.CodeTooShort, Class: matching.Never, Limit: new(17), Observed: new(16)})
}

func TestD8_laterStartsAtWhichTheAnswerCouldDiffer(t *testing.T) {
	t.Parallel()
	group := matching.Group{Places: matching.Every(5)}
	ann, bob, cat := until(stands("ann", "group"), "2026-11-25"), until(stands("bob", "group"), "2026-12-01"), until(stands("cat", "group"), "2026-12-04")
	starts := func(e *matching.Engine) (list []string) {
		options, err := e.Options("r")
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range options {
			list = append(list, o.Stays[0].From.String())
		}
		return list
	}
	// The first day, and then, of the three days after someone has left, two: a group and pattern has three starts.
	want(t, "starts", []string{"2026-11-23", "2026-11-26", "2026-12-02"}, starts(authority(t, group, ann, bob, cat)))
	policy := matching.DefaultPolicy()
	policy.StartsPerGroup = 1
	want(t, "only one start", []string{"2026-11-23"}, starts(authority(t, policy, group, ann, bob, cat)))
}

// fullTimers are pupils who attend all day on Mondays, which is full time in the policy of these tests.
func fullTimers(ids ...matching.PupilID) []any {
	policy := matching.DefaultPolicy()
	policy.FullTimeSessions = 2
	parts := []any{policy, matching.Group{Registered: new(false)}}
	for _, id := range ids {
		parts = append(parts, stands(id, "group"))
	}
	return parts
}

func TestD8_unregisteredFullTimeByCount(t *testing.T) {
	t.Parallel()
	wantStart(t, authority(t, fullTimers("ann", "bob", "cat")...), firstMonday)              // she would be the fourth
	wantReasons(t, authority(t, fullTimers("ann", "bob", "cat", "dan")...), matching.Reason{ // the fifth
		Code: matching.CodeUnregisteredFullTime, Class: matching.Never, Limit: new(4), Observed: new(5), Date: day(firstMonday),
		Times: 16, Pupils: []matching.PupilID{"ann", "bob", "cat", "dan"}, // on each school day
	})
	// Those of sixteen and over do not count.
	wantStart(t, authority(t, append(fullTimers("ann", "bob", "cat", "dan"), matching.Pupil{ID: "dan", Year: 12})...), firstMonday)
	// And it is no matter for a registered school.
	wantStart(t, authority(t, append(fullTimers("ann", "bob", "cat", "dan")[2:], fullTimers()[0])...), firstMonday)
}

func TestD8_unregisteredFullTimeOneIsEnough(t *testing.T) {
	t.Parallel()
	for name, special := range map[string]matching.Pupil{"EHC plan": {EHCP: true}, "looked after": {LookedAfter: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			reason := matching.Reason{Code: matching.CodeUnregisteredFullTime, Class: matching.Never, Date: day(firstMonday), Times: 16}
			newcomer := special
			newcomer.ID = "new"
			wantReasons(t, authority(t, append(fullTimers(), newcomer)...), reason)

			ann := special // who should not be there, but is; another full-time pupil would make it no better
			ann.ID = "ann"
			reason.Pupils = []matching.PupilID{"ann"}
			wantReasons(t, authority(t, append(fullTimers("ann"), ann)...), reason)

			wantStart(t, authority(t, append(fullTimers()[1:], newcomer)...), firstMonday) // two sessions are not full time
		})
	}
}

func TestD8_unregisteredUntilSomeoneLeaves(t *testing.T) {
	t.Parallel()
	parts := append(fullTimers("ann", "bob", "cat"), until(stands("dan", "group"), "2026-12-04"))
	wantStart(t, authority(t, parts...), "2026-12-07")
}

// Given scores (section 4 of the contract): other tools bring a measure of their own.

func TestD8_S1_givenScoresReplaceOurs(t *testing.T) {
	t.Parallel()
	farm, town := eachDay("farm"), eachDay("town")
	given := matching.Referral{Given: map[matching.GroupID]matching.Given{
		"farm": {Score: 861}, "town": {Score: 5, Patterns: map[matching.PatternID]int{"mon": 1640}},
	}}
	e := authority(t, farm, town, matching.Group{ID: "other"}, given)
	var got [][3]any
	for _, o := range rank(t, e).Ranking {
		got = append(got, [3]any{o.Stays[0].Group, o.Stays[0].Pattern, o.Score})
		want(t, "points", o.Score, o.Contributions[0].Points)
		want(t, "rows", 1, len(o.Contributions))
	}
	want(t, "group, pattern, score", [][3]any{ // what is not named is no option at all
		{matching.GroupID("town"), matching.PatternID("mon"), 1640},
		{matching.GroupID("farm"), matching.PatternID("all"), 861},
		{matching.GroupID("farm"), matching.PatternID("mon"), 861},
		{matching.GroupID("farm"), matching.PatternID("tue"), 861},
	}, got)
	want(t, "rejected", 0, len(rank(t, e).Rejected))
}

func TestD8_R2_givenAdultDemand(t *testing.T) {
	t.Parallel()
	group := matching.Group{Adults: matching.Every(100)}
	pupil := matching.Pupil{ID: "new", Support: "intensive"}
	given := func(demand int) matching.Referral {
		return matching.Referral{Given: map[matching.GroupID]matching.Given{"group": {Score: 1, AdultDemand: new(demand)}}}
	}
	wantStart(t, authority(t, group, pupil, given(100)), firstMonday)
	want(t, "observed", new(101), reasonsIn(t, authority(t, group, pupil, given(101)), "group")[0].Observed)
}
