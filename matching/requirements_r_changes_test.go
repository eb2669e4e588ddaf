package matching_test

import (
	"strings"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// R1 and R2 where there are more or fewer places and adults on some days.

func TestR1_fewerPlacesOnSomeDays(t *testing.T) {
	t.Parallel()
	week := matching.GroupChange{From: day("2026-11-30"), To: day("2026-12-04"), Places: matching.Every(1)}
	group := matching.Group{Places: matching.Every(2), Changes: []matching.GroupChange{week}, Accepts: matching.Accepts{Years: []int{10}}}
	wantReasons(t, authority(t, group, stands("ann", "group")),
		matching.Reason{Code: matching.CodeYearGroup, Class: matching.Never, Observed: new(8), Accepts: []string{"10"}},
		matching.Reason{
			Code: matching.CodePlaces, Class: matching.ByDate, Limit: new(1), Observed: new(2), Date: day("2026-11-30"),
			Session: "mon-am", Times: 2, Pupils: []matching.PupilID{"ann"}, Clears: day("2026-12-01"),
		})
	group.Accepts = matching.Accepts{}
	wantStart(t, authority(t, group, stands("ann", "group")), "2026-12-01") // after that Monday
	wantStart(t, authority(t, group), firstMonday)                          // one place is enough
}

func TestR1_morePlacesOnSomeDays(t *testing.T) {
	t.Parallel()
	group := matching.Group{
		Places: matching.Every(0), Changes: []matching.GroupChange{{From: day("2026-11-30"), To: day("2026-12-13"), Places: matching.Every(1)}},
		Open: matching.Span{To: day("2026-12-13")},
	}
	wantStart(t, authority(t, group), "2026-11-24")
}

// Only a change limits the group's places: in the other weeks there is no limit.
func TestR1_placesOfAChangeAlone(t *testing.T) {
	t.Parallel()
	group := matching.Group{Changes: []matching.GroupChange{
		{From: day(firstMonday), To: day(firstMonday), Places: matching.PerSession{calendar.MonPM: 1}},
	}}
	wantStart(t, authority(t, group, stands("ann", "group")), "2026-11-24")
	wantStart(t, authority(t, group), firstMonday)
}

func TestR2_adultsAreAway(t *testing.T) {
	t.Parallel()
	group := matching.Group{Adults: matching.Every(1000), Changes: []matching.GroupChange{
		{From: day("2026-12-07"), To: day(endOfTerm), Adults: matching.PerSession{calendar.MonPM: 200}},
	}}
	reason := matching.Reason{
		Code: matching.CodeStaffing, Class: matching.ByAdults, Limit: new(200), Observed: new(250), Date: day("2026-12-07"),
		Session: "mon-pm", Times: 2, Pupils: []matching.PupilID{"ann"},
	}
	wantReasons(t, authority(t, group, stands("ann", "group")), reason)
	// Adults float on the site, but not enough on the last day.
	site := matching.Site{ID: "site", FloatingAdults: matching.Every(50), Changes: []matching.SiteChange{
		{From: day(endOfTerm), To: day(endOfTerm), FloatingAdults: matching.PerSession{calendar.MonPM: 49}},
	}}
	reason.Date, reason.Times, reason.Floating = day(endOfTerm), 1, new(49)
	wantReasons(t, authority(t, group, site, stands("ann", "group")), reason)
	site.Changes = nil
	wantStart(t, authority(t, group, site, stands("ann", "group")), firstMonday)
}

// What is missing is added on each day, as much as on the day that lacks most: here the first Monday, when nobody stands yet.
func TestR2_addsAdultsToChanges(t *testing.T) {
	t.Parallel()
	group := matching.Group{ID: "group", Adults: matching.Every(225), Changes: []matching.GroupChange{
		{From: day(firstMonday), To: day(firstMonday), Adults: matching.Every(20)},
	}, Starts: matching.Starts{Dates: []calendar.Date{day(firstMonday)}}}
	ann := stands("ann", "group")
	ann.From = day("2026-11-30")
	options, err := authority(t, group, ann).WhyNot("r", "group")
	if err != nil {
		t.Fatal(err)
	}
	want(t, "sets of changes", 1, len(options[0].Unlock))
	c := options[0].Unlock[0].Changes[0]
	want(t, "kind", matching.AddAdults, c.Kind)
	want(t, "thousandths", 105, c.Adults)
}

// What is left to spare is that of the day.
func TestS9_spareOnADayOfAChange(t *testing.T) {
	t.Parallel()
	group := matching.Group{Adults: matching.Every(1000), Changes: []matching.GroupChange{
		{From: day("2026-11-30"), To: day("2026-11-30"), Adults: matching.PerSession{calendar.MonPM: 300}},
	}, Starts: matching.Starts{Dates: []calendar.Date{day(firstMonday)}}}
	bob := stands("bob", "group")
	bob.From, bob.To = day("2026-11-30"), day("2026-11-30")
	e := authority(t, group, bob)
	effects, err := e.Effects(&rank(t, e).Ranking[0])
	if err != nil {
		t.Fatal(err)
	}
	var spare []int
	for _, f := range effects {
		spare = append(spare, *f.After.Spare)
	}
	want(t, "the newcomer's, then Bob's", []int{875, 50}, spare)
}

func TestR1_R2_standingOnDaysOfAChange(t *testing.T) {
	t.Parallel()
	group := matching.Group{Places: matching.Every(2), Changes: []matching.GroupChange{
		{From: day("2026-11-25"), To: day("2026-12-02"), Places: matching.Every(1), Adults: matching.PerSession{calendar.MonPM: 249}},
	}}
	e := authority(t, group, stands("ann", "group"), stands("bob", "group"))
	both := []matching.PupilID{"ann", "bob"}
	want(t, "violations", []matching.Violation{
		{Code: matching.CodePlaces, Group: "group", Limit: new(1), Observed: new(2), Date: day("2026-11-30"), Session: "mon-am", Pupils: both},
		{Code: matching.CodeStaffing, Group: "group", Limit: new(249), Observed: new(250), Date: day("2026-11-30"), Session: "mon-pm", Pupils: both},
	}, e.Violations(0))
	want(t, "after it", []matching.Violation{}, e.Violations(day("2026-12-01")))
}

func TestS5_headroomOfTheTightestDay(t *testing.T) {
	t.Parallel()
	headroom := func(changes ...matching.GroupChange) int {
		options := rank(t, authority(t, matching.Group{Places: matching.Every(4), Changes: changes})).Ranking
		for _, c := range options[0].Contributions {
			if c.Criterion == matching.CodeHeadroom {
				return c.Value
			}
		}
		return -1
	}
	want(t, "usual", 750, headroom())
	want(t, "fewer on one Monday", 500, headroom(matching.GroupChange{From: day("2026-12-07"), To: day("2026-12-07"), Places: matching.Every(2)}))
	want(t, "more on one Monday", 750, headroom(matching.GroupChange{From: day("2026-12-07"), To: day("2026-12-07"), Places: matching.Every(9)}))
}

func TestPlan_keepsToChanges(t *testing.T) {
	t.Parallel()
	group := matching.Group{Places: matching.Every(2), Starts: matching.Starts{Dates: []calendar.Date{day(firstMonday)}}, Changes: []matching.GroupChange{
		{From: day("2026-12-07"), To: day("2026-12-07"), Places: matching.Every(1)},
	}}
	e := authority(t, group, scored("r1", "ann"), scored("r2", "bob"))
	want(t, "placed", 1, len(worthPlan(t, e).Assignments))
	more := worthIs(t, e, matching.Investment{Kind: matching.MorePlaces, Group: "group"})
	want(t, "a place more on every day", [2]int{600, 600}, [2]int{more.Low, more.High})
	group.Places, group.Changes = nil, []matching.GroupChange{{From: day("2026-12-07"), To: day("2026-12-07"), Adults: matching.PerSession{calendar.MonAM: 125, calendar.MonPM: 125}}}
	e = authority(t, group, scored("r1", "ann"), scored("r2", "bob"))
	for amount, worth := range map[int]int{124: 0, 125: 600} {
		w := worthIs(t, e, matching.Investment{Kind: matching.MoreAdults, Group: "group", Amount: amount})
		want(t, "adults more on every day", [2]int{worth, worth}, [2]int{w.Low, w.High})
	}
	moved := worthIs(t, e, matching.Investment{Kind: matching.NewTimetable, Group: "group", Sessions: tuesdays})
	want(t, "another group on Tuesdays, which takes both", 600, moved.Low)
}

// The adults who float differ on one Monday only; all else is as on the others.
func TestPlan_keepsToChangesOfASite(t *testing.T) {
	t.Parallel()
	group := matching.Group{Adults: matching.Every(125), Starts: matching.Starts{Dates: []calendar.Date{day(firstMonday)}}}
	for floating, placed := range map[int]int{124: 1, 125: 2, 500: 2} {
		site := matching.Site{ID: "site", FloatingAdults: matching.Every(125), Changes: []matching.SiteChange{
			{From: day("2026-12-07"), To: day("2026-12-07"), FloatingAdults: matching.PerSession{calendar.MonAM: floating}},
		}}
		plan := worthPlan(t, authority(t, group, site, scored("r1", "ann"), scored("r2", "bob")))
		want(t, "placed", placed, len(plan.Assignments))
		want(t, "status", matching.PlanOptimal, plan.Status)
	}
}

func TestRead_changes(t *testing.T) {
	t.Parallel()
	const before = `"site": "mill", `
	group := func(changes string) string { return before + `"changes": [` + changes + `], ` }
	const about = " sessions that no other change is about on the same days"
	wantFaults(t, []flaw{
		{"nothing changes", before, group(`{"from": "2026-12-01", "to": "2026-12-05"}`), []string{"/groups/0/changes/0 places or adults, or both"}},
		{"no dates", before, group(`{"adults": 5}`), []string{
			"/groups/0/changes/0/from a date such as 2026-11-23", "/groups/0/changes/0/to a date such as 2026-11-23",
		}},
		{"backwards", before, group(`{"from": "2026-12-05", "to": "2026-12-01", "adults": 5}`), []string{"/groups/0/changes/0/to a date not before from"}},
		{"below 0", before, group(`{"from": "2026-12-01", "to": "2026-12-05", "places": -1}`), []string{"/groups/0/changes/0/places a whole number from 0 to 1000000"}},
		{"not of the timetable", before, group(`{"from": "2026-12-01", "to": "2026-12-05", "adults": {"fri-pm": 5}}`), []string{"/groups/0/changes/0/adults/fri-pm a session of the timetable"}},
		{"twice", before, group(`{"from": "2026-12-01", "to": "2026-12-05", "adults": 5, "places": 3}, {"from": "2026-12-05", "to": "2026-12-09", "adults": {"mon-am": 5}, "places": {"mon-pm": 5}}`), []string{
			"/groups/0/changes/1/places" + about, "/groups/0/changes/1/adults" + about,
		}},
		{"a site's, twice", `"sites": [{`, `"sites": [{"changes": [{"from": "2026-12-01", "to": "2026-12-05", "floating_adults": 5}, {"from": "2026-11-01", "to": "2026-12-01", "floating_adults": {"tue-am": 1}}], `, []string{
			"/sites/0/changes/1/floating_adults" + about,
		}},
		{"a site's, of nothing", `"sites": [{`, `"sites": [{"changes": [{"from": "2026-12-01", "to": "2026-12-05", "floating_adults": {}}], `, []string{
			"/sites/0/changes/0/floating_adults at least one session",
		}},
	})
	// What is about other days, other sessions, or other things is sound, in any order.
	one := `{"from": "2026-12-01", "to": "2026-12-05", "adults": {"mon-am": 5}}`
	two := `{"from": "2026-12-01", "to": "2026-12-05", "adults": {"mon-pm": 5}, "places": 2}`
	three := `{"from": "2026-12-06", "to": "2026-12-06", "adults": 7}`
	texts := []string{one + "," + two + "," + three, three + "," + two + "," + one}
	for i := range texts {
		texts[i] = encoded(t, readText(t, strings.Replace(sound, before, group(texts[i]), 1)))
	}
	want(t, "the encoding", texts[0], texts[1])
	if !strings.Contains(texts[0], `{"from":"2026-12-01","to":"2026-12-05","places":2,"adults":{"mon-pm":5}}`) {
		t.Errorf("the changes are not in %s", texts[0])
	}
	if strings.Contains(encoded(t, readText(t, sound)), "changes") {
		t.Error("changes are written where there are none")
	}
}
