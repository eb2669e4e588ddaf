package matching_test

import (
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// rivalry is a policy under which Northgate and Southgate are rivals.
func rivalry() *matching.Policy {
	p := matching.DefaultPolicy()
	p.Separations[0].Rivals = [][]string{{"Northgate", "Southgate"}}
	return p
}

var (
	newOfNorthgate = matching.Pupil{ID: "new", Areas: []string{"Northgate"}}
	bobOfSouthgate = matching.Pupil{ID: "bob", Areas: []string{"Southgate"}}
	newIsAnxious   = matching.Pupil{ID: "new", Traits: []string{"anxious_refuser"}}
	bobIsAngry     = matching.Pupil{ID: "bob", Traits: []string{"aggressive"}}
)

// together is the reason of a separation that Bob is the cause of, on all Mondays of the term.
func together(code matching.Code, class matching.Class) matching.Reason {
	return matching.Reason{
		Code: code, Class: class, Date: day(firstMonday), Session: "mon-am", Times: 8, Pupils: []matching.PupilID{"bob"},
	}
}

// R4: pupils from rival areas are not on the same site at the same time.

func TestR4_rivalsApartOnSite(t *testing.T) {
	t.Parallel()
	// The groups are two, in two zones of one site. Rivals meet at the gate.
	red := matching.Group{ID: "red", Zone: "east"}
	blue := matching.Group{ID: "blue", Zone: "west"}
	e := authority(t, rivalry(), red, blue, newOfNorthgate, bobOfSouthgate, stands("bob", "blue"))
	for _, group := range []matching.GroupID{"red", "blue"} {
		want(t, string(group), []matching.Reason{together(matching.CodeRivalAreas, matching.ByWaiver)}, reasonsIn(t, e, group))
	}
}

func TestR4_rivalryHoldsBothWays(t *testing.T) {
	t.Parallel()
	south, north := newOfNorthgate, bobOfSouthgate
	south.Areas, north.Areas = north.Areas, south.Areas
	wantReasons(t, authority(t, rivalry(), south, north, stands("bob", "group")), together(matching.CodeRivalAreas, matching.ByWaiver))
}

func TestR4_everyAreaOfAPupilCounts(t *testing.T) {
	t.Parallel()
	bob := matching.Pupil{ID: "bob", Areas: []string{"Eastgate", "Southgate"}} // lives there, seen here
	wantReasons(t, authority(t, rivalry(), newOfNorthgate, bob, stands("bob", "group")), together(matching.CodeRivalAreas, matching.ByWaiver))
}

func TestR4_onlyRivalsAreApart(t *testing.T) {
	t.Parallel()
	neighbour := matching.Pupil{ID: "bob", Areas: []string{"Northgate"}}
	wantStart(t, authority(t, rivalry(), newOfNorthgate, neighbour, stands("bob", "group")), firstMonday)
	wantStart(t, authority(t, newOfNorthgate, bobOfSouthgate, stands("bob", "group")), firstMonday) // no rivals in this policy
}

// R5: pupils from the same care home are not in the same group.

func TestR5_careHomePeersInOneGroup(t *testing.T) {
	t.Parallel()
	red, blue := matching.Group{ID: "red"}, matching.Group{ID: "blue"} // side by side in one zone
	e := authority(t, red, blue, matching.Pupil{ID: "new", CareHome: "hillside"},
		matching.Pupil{ID: "bob", CareHome: "hillside"}, stands("bob", "blue"))
	want(t, "her peer's group", []matching.Reason{together(matching.CodeCareHomePeers, matching.ByWaiver)}, reasonsIn(t, e, "blue"))
	want(t, "the group next door", matching.GroupID("red"), best(t, e).Stays[0].Group)
}

func TestR5_otherCareHomes(t *testing.T) {
	t.Parallel()
	e := authority(t, matching.Pupil{ID: "new", CareHome: "hillside"},
		matching.Pupil{ID: "bob", CareHome: "brookside"}, stands("bob", "group"), stands("ann", "group"))
	wantStart(t, e, firstMonday)
	wantStart(t, authority(t, stands("ann", "group")), firstMonday) // to be in no care home is not to share one
}

// R6: anxious school refusers do not attend at the same time, in the same place, as more aggressive pupils.

func TestR6_anxiousWithAggressive(t *testing.T) {
	t.Parallel()
	red, blue := matching.Group{ID: "red"}, matching.Group{ID: "blue"}
	e := authority(t, red, blue, newIsAnxious, bobIsAngry, stands("bob", "blue"))
	for _, group := range []matching.GroupID{"red", "blue"} { // one zone: they share a corridor
		want(t, string(group), []matching.Reason{together(matching.CodeAnxiousWithAggressive, matching.ByWaiver)}, reasonsIn(t, e, group))
	}
}

func TestR6_aggressiveComesToAnxious(t *testing.T) {
	t.Parallel()
	aggressive, anxious := bobIsAngry, newIsAnxious
	aggressive.ID, anxious.ID = "new", "bob"
	wantReasons(t, authority(t, aggressive, anxious, stands("bob", "group")),
		together(matching.CodeAnxiousWithAggressive, matching.ByWaiver))
}

func TestR6_twoOfAKind(t *testing.T) {
	t.Parallel()
	anxious := matching.Pupil{ID: "bob", Traits: []string{"anxious_refuser"}}
	wantStart(t, authority(t, newIsAnxious, anxious, stands("bob", "group")), firstMonday)
}

// R7: pupils with a known history between them are kept apart by name.

func TestR7_keptApartByName(t *testing.T) {
	t.Parallel()
	fight := matching.KeepApart{Pupils: []matching.PupilID{"new", "bob"}, Scope: matching.OnSite, Reason: "fight"}
	wantReasons(t, authority(t, fight, stands("bob", "group"), stands("ann", "group")), together(matching.CodeKeepApart, matching.ByWaiver))
	// Whose name comes first does not matter.
	fight.Pupils = []matching.PupilID{"bob", "new"}
	wantReasons(t, authority(t, fight, stands("bob", "group")), together(matching.CodeKeepApart, matching.ByWaiver))
}

func TestR7_endsOnItsLastDay(t *testing.T) {
	t.Parallel()
	fight := matching.KeepApart{Pupils: []matching.PupilID{"new", "bob"}, Scope: matching.InGroup, Until: day("2026-11-30")}
	wantStart(t, authority(t, fight, stands("bob", "group")), "2026-12-01") // on Monday 30 November it still holds

	fight.Until = day("2026-11-29")
	wantStart(t, authority(t, fight, stands("bob", "group")), "2026-11-24") // 23 November is the last Monday within it
}

func TestR7_saysWhenItEnds(t *testing.T) {
	t.Parallel()
	fight := matching.KeepApart{Pupils: []matching.PupilID{"new", "bob"}, Scope: matching.InGroup, Until: day("2026-11-30")}
	tooYoung := matching.Group{Accepts: matching.Accepts{Years: []int{10}}}
	want(t, "reasons", matching.Reason{
		Code: matching.CodeKeepApart, Class: matching.ByDate, Date: day(firstMonday), Session: "mon-am", Times: 4,
		Pupils: []matching.PupilID{"bob"}, Clears: day("2026-12-01"),
	}, reasonsIn(t, authority(t, fight, tooYoung, stands("bob", "group")), "group")[1])
}

func TestR7_scopes(t *testing.T) {
	t.Parallel()
	// Bob is in blue, in the east zone. How far away does the newcomer have to be?
	groups := []any{
		matching.Group{ID: "blue", Zone: "east"}, matching.Group{ID: "red", Zone: "east"},
		matching.Group{ID: "tower", Zone: "west"}, matching.Group{ID: "farm", Site: "farm", Zone: "east"},
	}
	for scope, fits := range map[matching.Scope][]bool{
		matching.InGroup: {false, true, true, true},
		matching.InZone:  {false, false, true, true},
		matching.OnSite:  {false, false, false, true},
		"":               {false, false, false, true}, // not stated: site
	} {
		apart := matching.KeepApart{Pupils: []matching.PupilID{"new", "bob"}, Scope: scope}
		e := authority(t, append(groups, apart, stands("bob", "blue"))...)
		for i, group := range []matching.GroupID{"blue", "red", "tower", "farm"} {
			want(t, string(scope)+" "+string(group)+" fits", fits[i], codesIn(t, e, group) == nil)
		}
	}
}

func TestR7_classMoveWhenWhoBlocksMayMove(t *testing.T) {
	t.Parallel()
	apart := matching.KeepApart{Pupils: []matching.PupilID{"new", "bob"}}
	bob := stands("bob", "group")
	bob.Movable = true
	wantReasons(t, authority(t, apart, bob), together(matching.CodeKeepApart, matching.ByMove))
}

func TestR7_everyoneWhoBlocksIsNamed(t *testing.T) {
	t.Parallel()
	withBob := matching.KeepApart{Pupils: []matching.PupilID{"new", "bob"}}
	withAnn := matching.KeepApart{Pupils: []matching.PupilID{"ann", "new"}}
	bob := stands("bob", "group")
	bob.Movable = true // but Ann may not move, so it takes a waiver
	reason := together(matching.CodeKeepApart, matching.ByWaiver)
	reason.Pupils = []matching.PupilID{"ann", "bob"} // and a session counts once, with both there
	wantReasons(t, authority(t, withBob, withAnn, bob, stands("ann", "group"), stands("cat", "group")), reason)
}

// R8: separation works by time and by space.

// eachDay is a group that meets on Mondays and Tuesdays, and is attended on one of them.
func eachDay(id matching.GroupID) matching.Group {
	return matching.Group{ID: id, Timetable: mondays | tuesdays, Patterns: []matching.Pattern{
		{ID: "mon", Sessions: mondays}, {ID: "tue", Sessions: tuesdays}, {ID: "all", Sessions: mondays | tuesdays},
	}}
}

func TestR8_apartByDay(t *testing.T) {
	t.Parallel()
	e := authority(t, eachDay("group"), newIsAnxious, bobIsAngry, with(stands("bob", "group"), "mon"))
	ranking := rank(t, e)
	want(t, "ways that fit", 1, len(ranking.Ranking))
	want(t, "pattern that fits", matching.PatternID("tue"), ranking.Ranking[0].Stays[0].Pattern)
}

func TestR8_apartBySession(t *testing.T) {
	t.Parallel()
	group := matching.Group{Patterns: []matching.Pattern{
		{ID: "am", Sessions: calendar.Of(calendar.MonAM)}, {ID: "pm", Sessions: calendar.Of(calendar.MonPM)},
	}}
	e := authority(t, group, rivalry(), newOfNorthgate, bobOfSouthgate, with(stands("bob", "group"), "am"))
	want(t, "pattern that fits", matching.PatternID("pm"), best(t, e).Stays[0].Pattern)
}

func TestR8_apartByZone(t *testing.T) {
	t.Parallel()
	east, west := matching.Group{ID: "east", Zone: "east"}, matching.Group{ID: "west", Zone: "west"}
	e := authority(t, east, west, newIsAnxious, bobIsAngry, stands("bob", "east"))
	want(t, "group that fits", matching.GroupID("west"), best(t, e).Stays[0].Group)
	want(t, "his zone", []matching.Code{matching.CodeAnxiousWithAggressive}, codesIn(t, e, "east"))
}

func TestR8_zonesOfTwoSitesAreTwo(t *testing.T) {
	t.Parallel()
	mill, quay := matching.Group{ID: "mill", Site: "mill", Zone: "main"}, matching.Group{ID: "quay", Site: "quay", Zone: "main"}
	e := authority(t, mill, quay, newIsAnxious, bobIsAngry, stands("bob", "mill"))
	want(t, "group that fits", matching.GroupID("quay"), best(t, e).Stays[0].Group)
}

func TestR8_apartBySite(t *testing.T) {
	t.Parallel()
	mill, quay := matching.Group{ID: "mill", Site: "mill"}, matching.Group{ID: "quay", Site: "quay"}
	e := authority(t, rivalry(), mill, quay, newOfNorthgate, bobOfSouthgate, stands("bob", "mill"))
	want(t, "group that fits", matching.GroupID("quay"), best(t, e).Stays[0].Group)
}

func TestR8_apartByDates(t *testing.T) {
	t.Parallel()
	e := authority(t, rivalry(), newOfNorthgate, bobOfSouthgate, until(stands("bob", "group"), "2026-12-04"))
	wantStart(t, e, "2026-12-01") // his last Monday was 30 November
}

func TestR8_closedDaysDoNotCount(t *testing.T) {
	t.Parallel()
	snow := calendar.Closure{From: day("2026-11-23"), To: day("2026-11-23"), Name: "snow"}
	e := authority(t, rivalry(), snow, newOfNorthgate, bobOfSouthgate, until(stands("bob", "group"), "2026-11-27"))
	wantStart(t, e, "2026-11-24")
}

// R9: a deliberate, planned exception is possible. The library says that it is one, and who decides; the reason, the
// plan, the owner and the review date are the panel's to record.

func TestR9_rivalsTogetherOnPurpose(t *testing.T) {
	t.Parallel()
	e := authority(t, rivalry(), newOfNorthgate, bobOfSouthgate, stands("bob", "group"))
	options, err := e.WhyNot("r", "group")
	if err != nil {
		t.Fatal(err)
	}
	want(t, "class", matching.ByWaiver, options[0].Reasons[0].Class)
	want(t, "unlocks", matching.Unlock{
		Changes: []matching.Change{{Kind: matching.Waive, Rule: matching.CodeRivalAreas}},
		Stay:    matching.Stay{Group: "group", Pattern: "all", From: day(firstMonday), To: day(endOfTerm)},
	}, options[0].Unlock[0])
}
