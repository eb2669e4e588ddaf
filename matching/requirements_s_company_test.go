package matching_test

import (
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// S5: being the only girl broke a placement; a group with some of her friends mended it. Composition takes 120 points
// for each pupil who is the only one of her or his sex, and gives 40 for each pair of friends.

func girl(id matching.PupilID, friends ...matching.PupilID) matching.Pupil {
	return matching.Pupil{ID: id, Sex: matching.Female, Friends: friends}
}

func boy(id matching.PupilID) matching.Pupil { return matching.Pupil{ID: id, Sex: matching.Male} }

func TestS5_onlyGirl(t *testing.T) {
	t.Parallel()
	bob, ben, ann := []any{boy("bob"), stands("bob", "group")}, []any{boy("ben"), stands("ben", "group")}, []any{girl("ann"), stands("ann", "group")}
	for name, c := range map[string]struct {
		newcomer    matching.Pupil
		there       [][]any
		composition int
	}{
		"a girl among boys":                          {girl("new"), [][]any{bob, ben}, -120},
		"a boy among boys":                           {boy("new"), [][]any{bob, ben}, 0},
		"a second girl ends Ann's being alone":       {girl("new"), [][]any{bob, ben, ann}, 120},
		"a boy makes Ann no more alone than she was": {boy("new"), [][]any{bob, ben, ann}, 0},
		"nobody is alone by herself":                 {girl("new"), nil, 0},
		"a boy comes to a girl: both are alone":      {boy("new"), [][]any{ann}, -240},
		"of a sex that is not known":                 {matching.Pupil{ID: "new"}, [][]any{bob, ben}, 0},
		"but a lone boy has company then":            {matching.Pupil{ID: "new"}, [][]any{bob}, -120}, // the only boy, among others
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			parts := []any{c.newcomer}
			for _, p := range c.there {
				parts = append(parts, p...)
			}
			o := best(t, authority(t, parts...))
			want(t, "composition", c.composition, o.Composition)
			want(t, "total", o.Score+c.composition, o.Total)
		})
	}
}

func TestS5_aloneForPartOfTheWeek(t *testing.T) {
	t.Parallel()
	group := matching.Group{
		Timetable: mondays | calendar.Of(calendar.TueAM),
		Patterns:  []matching.Pattern{{ID: "all", Sessions: mondays | calendar.Of(calendar.TueAM)}, {ID: "am", Sessions: calendar.Of(calendar.MonAM)}},
	}
	// Bob is there on Monday mornings: at one of her three sessions she is the only girl among others, and he the only
	// boy at the one session that he attends. 120 × 1 ÷ 3 and 120 × 1 ÷ 1.
	e := authority(t, group, girl("new"), boy("bob"), with(stands("bob", "group"), "am"))
	for _, o := range rank(t, e).Ranking {
		if o.Stays[0].Pattern == "all" {
			want(t, "composition", -40-120, o.Composition)
		}
	}
}

func TestS5_someOfHerFriends(t *testing.T) {
	t.Parallel()
	red, blue := matching.Group{ID: "red"}, matching.Group{ID: "blue"}
	e := authority(t, red, blue, girl("new", "ann"), girl("ann"), girl("cat", "new"), girl("dot"),
		stands("ann", "red"), stands("cat", "red"), stands("dot", "blue"))
	want(t, "with two friends", 80, in(t, e, "red").Composition) // either side may have said so
	want(t, "with none", 0, in(t, e, "blue").Composition)
	want(t, "ranked first", matching.GroupID("red"), best(t, e).Stays[0].Group)
}

func TestS5_friendsOnOtherDaysAreNoCompany(t *testing.T) {
	t.Parallel()
	e := authority(t, eachDay("group"), girl("new", "ann"), girl("ann"), with(stands("ann", "group"), "mon"))
	for _, o := range rank(t, e).Ranking {
		want(t, string(o.Stays[0].Pattern), map[matching.PatternID]int{"mon": 40, "all": 40, "tue": 0}[o.Stays[0].Pattern], o.Composition)
	}
}

func TestS5_countsOnTheFirstDay(t *testing.T) {
	t.Parallel()
	// Ann leaves in December. On her first day the newcomer has her company, and that is what counts.
	e := authority(t, girl("new"), boy("bob"), boy("ben"), girl("ann"),
		stands("bob", "group"), stands("ben", "group"), until(stands("ann", "group"), "2026-12-04"))
	want(t, "composition", 120, wantStart(t, e, firstMonday).Composition)
}

func TestS5_tellsWhenSheBecomesTheOnlyGirl(t *testing.T) {
	t.Parallel()
	e := authority(t, girl("new"), boy("bob"), boy("ben"), girl("ann", "new"),
		stands("bob", "group"), stands("ben", "group"), until(stands("ann", "group"), "2026-12-04"))
	o := best(t, e)
	effects, err := e.Effects(&o)
	if err != nil {
		t.Fatal(err)
	}
	type line struct {
		date          string
		pupil         matching.PupilID
		before, after int // sessions alone
		friends       int
	}
	var lines []line
	for _, f := range effects {
		lines = append(lines, line{f.Date.String(), f.Pupil, len(f.Before.Alone), len(f.After.Alone), len(f.After.Friends)})
	}
	wanted := []line{
		{"2026-11-23", "ann", 2, 0, 1}, // she was the only girl, and has a friend now
		{"2026-11-23", "ben", 0, 0, 0},
		{"2026-11-23", "bob", 0, 0, 0},
		{"2026-11-23", "new", 0, 0, 1},
		{"2026-12-07", "new", 2, 2, 0}, // Ann has left
	}
	for i := range max(len(wanted), len(lines)) {
		if i >= len(lines) || i >= len(wanted) || lines[i] != wanted[i] {
			t.Fatalf("effects: %v, want %v", lines, wanted)
		}
	}
}

func TestS5_policyPricesCompany(t *testing.T) {
	t.Parallel()
	policy := matching.DefaultPolicy()
	policy.Composition = matching.CompositionPolicy{Friend: 7, Alone: 50}
	e := authority(t, policy, girl("new", "bob"), boy("bob"), boy("ben"), stands("bob", "group"), stands("ben", "group"))
	want(t, "a friend, but no other girl", 7-50, best(t, e).Composition)
}
