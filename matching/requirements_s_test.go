package matching_test

import (
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// Values are whole numbers from 0 to 1000; docs/reference/scores.md has the formula of each.

// S1: the fit of needs.

func TestS1_fitOfNeeds(t *testing.T) {
	t.Parallel()
	both := []matching.Need{{Code: "SEMH", Must: true}, {Code: "SLCN"}} // a must weighs two, a wish one
	for name, c := range map[string]struct {
		equipped []string
		needs    []matching.Need
		value    int
	}{
		"both met":                    {[]string{"SEMH", "SLCN"}, both, 1000},
		"only the must":               {[]string{"SEMH"}, both, 666},
		"only the other, and no must": {[]string{"SLCN"}, []matching.Need{{Code: "SEMH"}, {Code: "SLCN"}}, 500},
		"none met":                    {[]string{"HI"}, []matching.Need{{Code: "SLCN"}}, 0},
		"no needs":                    {[]string{"HI"}, nil, 1000},
		"group does not say":          {nil, both, 500},
	} {
		group := matching.Group{Accepts: matching.Accepts{Needs: c.equipped}}
		o := best(t, authority(t, group, matching.Pupil{ID: "new", Needs: c.needs}))
		want(t, name, matching.Known(c.value), valueOf(t, o, matching.CodeNeedFit))
	}
}

// S2: the family's wishes.

func TestS2_familysChoice(t *testing.T) {
	t.Parallel()
	first, second, third := matching.Group{ID: "first"}, matching.Group{ID: "second"}, matching.Group{ID: "third"}
	e := authority(t, third, second, first, matching.Referral{Wants: matching.Wants{Groups: []matching.GroupID{"first", "second"}}})
	for group, value := range map[matching.GroupID]int{"first": 1000, "second": 750, "third": 0} {
		want(t, string(group), matching.Known(value), valueOf(t, in(t, e, group), matching.CodeWishes))
	}
	want(t, "ranked first", matching.GroupID("first"), best(t, e).Stays[0].Group)
}

func TestS2_howThePupilLearnsBest(t *testing.T) {
	t.Parallel()
	group := matching.Group{Approaches: []string{"practical", "outdoor"}}
	for value, wants := range map[int]matching.Wants{
		1000: {Approaches: []string{"practical"}},
		333:  {Approaches: []string{"practical", "therapeutic", "quiet"}},
		500:  {},                                                                                      // nothing was asked for
		750:  {Approaches: []string{"practical", "therapeutic"}, Groups: []matching.GroupID{"group"}}, // the mean of 500 and 1000
	} {
		o := best(t, authority(t, group, matching.Referral{Wants: wants}))
		want(t, "wishes", matching.Known(value), valueOf(t, o, matching.CodeWishes))
	}
}

// S3: continuity of subjects.

func TestS3_subjectsGoOn(t *testing.T) {
	t.Parallel()
	group := matching.Group{Offers: []string{"english", "construction"}}
	for value, wanted := range map[int][]string{
		500:  nil, // English and maths are wanted always
		666:  {"english", "construction", "history"},
		1000: {"construction"},
		0:    {"history"},
	} {
		o := best(t, authority(t, group, matching.Referral{Wants: matching.Wants{Offers: wanted}}))
		want(t, "curriculum", matching.Known(value), valueOf(t, o, matching.CodeCurriculum))
	}
}

// S4: three buses cost attendance.

// northOf is a pupil who lives a tenth of a degree of latitude to the north of the site, or several: 11.12 km each
// as the crow flies, 14.46 km by road, 44 minutes when begun ones count.
func northOf(tenths float64, year int) (matching.Site, matching.Pupil) {
	return matching.Site{ID: "site", Latitude: new(52.0), Longitude: new(0.0)},
		matching.Pupil{ID: "new", Year: year, Latitude: new(52 + tenths/10), Longitude: new(0.0)}
}

func TestS4_nearerIsBetter(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		tenths               float64
		year, minutes, value int
	}{
		{0, 8, 0, 1000},
		{1, 8, 44, 413}, // 31 of 75 minutes to spare
		{1, 7, 44, 413}, // Year 7 is secondary
		{1, 6, 44, 22},  // and Year 6 primary: 1 of 45 minutes to spare
	} {
		site, pupil := northOf(c.tenths, c.year)
		o := best(t, authority(t, site, pupil))
		want(t, "minutes", new(c.minutes), o.Minutes)
		want(t, "journey", matching.Known(c.value), valueOf(t, o, matching.CodeJourney))
	}
}

func TestS4_tooFar(t *testing.T) {
	t.Parallel()
	site, pupil := northOf(2, 8)
	wantReasons(t, authority(t, site, pupil),
		matching.Reason{Code: matching.CodeJourney, Class: matching.ByWaiver, Limit: new(75), Observed: new(87)})
	site, pupil = northOf(1.1, 6)
	wantReasons(t, authority(t, site, pupil),
		matching.Reason{Code: matching.CodeJourney, Class: matching.ByWaiver, Limit: new(45), Observed: new(48)})
}

// S6: earlier starts score higher, statutory deadlines most.

func TestS6_everyDayOfWaitingCosts(t *testing.T) {
	t.Parallel()
	for from, value := range map[string]int{
		"2026-11-23": 1000,
		"2026-11-24": 982, // 55 of 56 days
		"2026-12-07": 750, // two weeks of eight
	} {
		o := wantStart(t, authority(t, matching.Group{Open: matching.Span{From: day(from)}}), from)
		want(t, from, matching.Known(value), valueOf(t, o, matching.CodeStart))
	}
}

func TestS6_waitingBeginsWhenThePupilIsReady(t *testing.T) {
	t.Parallel()
	o := wantStart(t, authority(t, matching.Referral{ReadyFrom: day("2026-12-07")}), "2026-12-07")
	want(t, "start", matching.Known(1000), valueOf(t, o, matching.CodeStart))
}

func TestS6_lateAfterTheDeadline(t *testing.T) {
	t.Parallel()
	opens := matching.Group{Open: matching.Span{From: day("2026-12-01")}}
	onTime := best(t, authority(t, opens, matching.Referral{Priority: "statutory", Deadline: day("2026-12-01")}))
	late := best(t, authority(t, opens, matching.Referral{Priority: "statutory", Deadline: day("2026-11-30")}))
	want(t, "late", []bool{false, true}, []bool{onTime.Late, late.Late})
	want(t, "late penalty", []int{0, -500}, []int{onTime.LatePenalty, late.LatePenalty})
	want(t, "score", onTime.Score, late.Score)
	want(t, "total", onTime.Total-500, late.Total)
	want(t, "bonus", 3000, late.Bonus)
}

func TestS6_bonusOfThePriority(t *testing.T) {
	t.Parallel()
	for priority, bonus := range map[string]int{"statutory": 3000, "urgent": 1500, "routine": 500, "": 500} {
		want(t, priority, bonus, best(t, authority(t, matching.Referral{Priority: priority})).Bonus)
	}
}

// S7: share the load among providers.

func TestS7_loadIsShared(t *testing.T) {
	t.Parallel()
	popular := matching.Group{ID: "popular", Provision: "popular"}
	second := matching.Group{ID: "second", Provision: "popular", Timetable: tuesdays} // the same provider
	quiet, empty := matching.Group{ID: "quiet", Provision: "quiet"}, matching.Group{ID: "empty", Provision: "empty"}
	e := authority(t, popular, second, quiet, empty,
		stands("ann", "popular"), until(stands("bob", "popular"), "2026-10-23"), stands("cat", "quiet")) // Bob has left: he counts
	for group, value := range map[matching.GroupID]int{"popular": 0, "second": 0, "quiet": 500, "empty": 1000} {
		want(t, string(group), matching.Known(value), valueOf(t, in(t, e, group), matching.CodeBalance))
	}
}

// S8: a return to the home school is kept alive, and time-limited means time-limited.

func TestS8_sessionsAsked(t *testing.T) {
	t.Parallel()
	for wanted, value := range map[int]int{2: 1000, 4: 500, 1: 500} { // the group gives two
		o := best(t, authority(t, matching.Referral{Wants: matching.Wants{Sessions: wanted}}))
		want(t, "coverage", matching.Known(value), valueOf(t, o, matching.CodeCoverage))
	}
	// Not stated: all sessions that the pupil has free, here four.
	pupil := matching.Pupil{ID: "new", Busy: calendar.Week &^ (mondays | tuesdays)}
	want(t, "all that is free", matching.Known(500), valueOf(t, best(t, authority(t, pupil)), matching.CodeCoverage))
}

func TestS8_lengthAsked(t *testing.T) {
	t.Parallel()
	group := matching.Group{Weeks: &matching.Length{Max: 2}}
	o := best(t, authority(t, group, matching.Referral{Wants: matching.Wants{Sessions: 2, Weeks: 3}}))
	want(t, "end", day("2026-12-06"), o.Stays[0].To)
	want(t, "coverage", matching.Known(833), valueOf(t, o, matching.CodeCoverage)) // (1000 + 666) ÷ 2

	short := matching.Group{Days: &matching.Length{Max: 3}}
	o = best(t, authority(t, short, matching.Referral{Wants: matching.Wants{Sessions: 2, Days: 4}}))
	want(t, "end", day("2026-11-25"), o.Stays[0].To)
	want(t, "coverage", matching.Known(875), valueOf(t, o, matching.CodeCoverage)) // (1000 + 750) ÷ 2
}

func TestS8_returnKeptAlive(t *testing.T) {
	t.Parallel()
	back := matching.Referral{Aim: matching.Reintegration, Wants: matching.Wants{Sessions: 2}}
	whole := matching.Referral{Aim: matching.Reintegration, Wants: matching.Wants{Sessions: 10}}
	limited := &matching.Length{Usual: 2}
	for name, c := range map[string]struct {
		group    matching.Group
		referral matching.Referral
		value    int
	}{
		"time-limited, home sessions left": {matching.Group{Weeks: limited}, back, 1000},
		"home sessions left only":          {matching.Group{}, back, 750}, // the mean of 1000 and 500
		"time-limited only":                {matching.Group{Weeks: limited, Timetable: calendar.Week}, whole, 750},
		"neither":                          {matching.Group{Timetable: calendar.Week}, whole, 500},
		"it is not the aim": {matching.Group{Timetable: calendar.Week}, matching.Referral{
			Aim: matching.Qualification, Wants: matching.Wants{Sessions: 10},
		}, 1000},
	} {
		o := best(t, authority(t, c.group, c.referral))
		want(t, name, matching.Known(c.value), valueOf(t, o, matching.CodeCoverage))
	}
}

// S9: room to spare.

func TestS9_roomToSpare(t *testing.T) {
	t.Parallel()
	ann, bob := stands("ann", "group"), until(stands("bob", "group"), "2026-11-27")
	for name, c := range map[string]struct {
		group matching.Group
		value int
	}{
		"one of four places":      {matching.Group{Places: matching.Every(4)}, 250}, // on the first Monday, with Bob
		"five eighths of adults":  {matching.Group{Adults: matching.Every(1000)}, 625},
		"the tighter of the two":  {matching.Group{Places: matching.Every(4), Adults: matching.Every(1000)}, 250},
		"the tightest session":    {matching.Group{Places: matching.PerSession{calendar.MonAM: 30, calendar.MonPM: 5}}, 400},
		"nothing is limited":      {matching.Group{}, 1000},
		"floating adults are not": {matching.Group{Adults: matching.Every(250)}, 0},
	} {
		site := matching.Site{ID: "site", FloatingAdults: matching.Every(9000)}
		o := best(t, authority(t, site, c.group, ann, bob))
		want(t, name, matching.Known(c.value), valueOf(t, o, matching.CodeHeadroom))
	}
}

// The whole score: every row, and the sum.

func TestS1_S9_rowsAddUp(t *testing.T) {
	t.Parallel()
	site, pupil := northOf(1, 8)
	pupil.Needs = []matching.Need{{Code: "SEMH", Must: true}, {Code: "SLCN"}}
	group := matching.Group{
		Accepts: matching.Accepts{Needs: []string{"SEMH"}}, Places: matching.Every(4), Offers: []string{"english"},
		Open: matching.Span{From: day("2026-12-07")},
	}
	o := best(t, authority(t, site, pupil, group, matching.Referral{Wants: matching.Wants{Sessions: 4}}))
	var rows [][4]any
	sum := 0
	for _, c := range o.Contributions {
		rows = append(rows, [4]any{c.Criterion, c.Weight, c.Value, c.Points})
		sum += c.Points
	}
	// 30×666 + 10×500 + 10×500 + 15×413 + 15×750 + 10×500 + 5×750 + 5×1000 = 61,175, of weight 100. Rounded down the
	// rows have 609; the two spare points go to the largest remainders, those of journey and of need_fit.
	want(t, "criterion, weight, value, points", [][4]any{
		{matching.CodeNeedFit, 30, 666, 200}, {matching.CodeWishes, 10, 500, 50}, {matching.CodeCurriculum, 10, 500, 50},
		{matching.CodeJourney, 15, 413, 62}, {matching.CodeStart, 15, 750, 112}, {matching.CodeCoverage, 10, 500, 50},
		{matching.CodeHeadroom, 5, 750, 37}, {matching.CodeBalance, 5, 1000, 50},
	}, rows)
	want(t, "score", 611, o.Score)
	want(t, "sum of the points", o.Score, sum)
	want(t, "total", o.Score+o.LatePenalty+o.Composition, o.Total)
}
