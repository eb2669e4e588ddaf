package matching_test

import (
	"fmt"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// R1: never more pupils in a group at any session on any date than it has places.

func TestR1_fullGroupRefuses(t *testing.T) {
	t.Parallel()
	group := matching.Group{Places: matching.Every(2)}
	wantReasons(t, authority(t, group, stands("ann", "group"), stands("bob", "group")), matching.Reason{
		Code: matching.CodePlaces, Class: matching.ByMove, Limit: new(2), Observed: new(3),
		Date: day(firstMonday), Session: "mon-am", Times: 8, Pupils: []matching.PupilID{"ann", "bob"},
	})
	wantStart(t, authority(t, group, stands("ann", "group")), firstMonday) // the second place is free
}

func TestR1_placesOfEachSession(t *testing.T) {
	t.Parallel()
	group := matching.Group{
		Places: matching.PerSession{calendar.MonAM: 2, calendar.MonPM: 1},
		Patterns: []matching.Pattern{
			{ID: "am", Sessions: calendar.Of(calendar.MonAM)}, {ID: "pm", Sessions: calendar.Of(calendar.MonPM)}, {ID: "all", Sessions: mondays},
		},
	}
	ranking := rank(t, authority(t, group, stands("ann", "group")))
	want(t, "ways that fit", 1, len(ranking.Ranking))
	want(t, "the way that fits", matching.PatternID("am"), ranking.Ranking[0].Stays[0].Pattern)
	for _, o := range ranking.Rejected { // all, and pm
		want(t, "session that fails", "mon-pm", o.Reasons[0].Session)
		want(t, "times", 4, o.Reasons[0].Times)
	}
}

func TestR1_startsWhenAPlaceIsFree(t *testing.T) {
	t.Parallel()
	group := matching.Group{Places: matching.Every(1)}
	// Ann's last session is on Monday 7 December, though her placement ends on the Wednesday.
	wantStart(t, authority(t, group, until(stands("ann", "group"), "2026-12-09")), "2026-12-08")
}

func TestR1_saysWhenItClears(t *testing.T) {
	t.Parallel()
	// What never clears keeps the group refused; the place is still reported, with its own date.
	group := matching.Group{Places: matching.Every(1), Accepts: matching.Accepts{Years: []int{10}}}
	wantReasons(t, authority(t, group, until(stands("ann", "group"), "2026-12-09")),
		matching.Reason{Code: matching.CodeYearGroup, Class: matching.Never, Observed: new(8), Accepts: []string{"10"}},
		matching.Reason{
			Code: matching.CodePlaces, Class: matching.ByDate, Limit: new(1), Observed: new(2), Date: day(firstMonday),
			Session: "mon-am", Times: 6, Pupils: []matching.PupilID{"ann"}, Clears: day("2026-12-08"),
		})
}

func TestR1_nobodyIsThereWhileClosed(t *testing.T) {
	t.Parallel()
	group := matching.Group{Places: matching.Every(1)}
	ann := until(stands("ann", "group"), "2026-12-04")
	floods := calendar.Closure{From: day(firstMonday), To: day("2026-11-30"), Name: "flood"}
	// Both are placed in the first week of December, but no Monday of it is open.
	wantStart(t, authority(t, group, ann, floods), "2026-12-01")
	wantStart(t, authority(t, group, ann), "2026-12-01") // 30 November was Ann's last Monday
}

// R2: adults suffice at every session; each pupil uses a share by level of need.

func TestR2_sharesByLevelOfSupport(t *testing.T) {
	t.Parallel()
	// One adult is enough for this many pupils of a level.
	for level, most := range map[string]int{"standard": 8, "enhanced": 5, "intensive": 2, "one_to_one": 1} {
		for standing := range most + 1 {
			parts := []any{matching.Group{Adults: matching.Every(1000)}, matching.Pupil{ID: "new", Support: level}}
			for i := range standing {
				id := matching.PupilID(fmt.Sprint("pupil-", i))
				parts = append(parts, matching.Pupil{ID: id, Support: level}, stands(id, "group"))
			}
			fits := len(rank(t, authority(t, parts...)).Ranking) == 1
			want(t, fmt.Sprintf("%s with %d there fits", level, standing), standing < most, fits)
		}
	}
}

func TestR2_shortOfAdults(t *testing.T) {
	t.Parallel()
	group := matching.Group{Places: matching.Every(10), Adults: matching.PerSession{calendar.MonAM: 2000, calendar.MonPM: 500}}
	bob := matching.Pupil{ID: "bob", Support: "intensive"}
	wantReasons(t, authority(t, group, bob, stands("bob", "group")), matching.Reason{
		Code: matching.CodeStaffing, Class: matching.ByAdults, Limit: new(500), Observed: new(625),
		Date: day(firstMonday), Session: "mon-pm", Times: 4, Pupils: []matching.PupilID{"bob"},
	})
}

func TestR2_clearsWhenSomeoneLeaves(t *testing.T) {
	t.Parallel()
	group := matching.Group{Adults: matching.Every(500), Accepts: matching.Accepts{Years: []int{10}}}
	bob := matching.Pupil{ID: "bob", Support: "intensive"}
	e := authority(t, group, bob, until(stands("bob", "group"), "2026-12-11"))
	reason := rank(t, e).Rejected[0].Reasons[1]
	want(t, "code", matching.CodeStaffing, reason.Code)
	want(t, "class", matching.ByDate, reason.Class)
	want(t, "clears", day("2026-12-08"), reason.Clears) // after the last Monday
}

func TestR2_policyPricesSupport(t *testing.T) {
	t.Parallel()
	policy := matching.DefaultPolicy()
	policy.Support = map[string]int{"standard": 100, "high": 333}
	group := matching.Group{Adults: matching.Every(333)}
	wantStart(t, authority(t, policy, group, matching.Pupil{ID: "new", Support: "high"}), firstMonday)
	want(t, "two of 333 and 100", []matching.Code{matching.CodeStaffing},
		codesIn(t, authority(t, policy, group, matching.Pupil{ID: "new", Support: "high"}, stands("ann", "group")), "group"))
}

func TestR2_floatingAdultsTopUp(t *testing.T) {
	t.Parallel()
	site := matching.Site{ID: "site", FloatingAdults: matching.Every(125)}
	red := matching.Group{ID: "red", Adults: matching.Every(500)}
	blue := matching.Group{ID: "blue", Adults: matching.Every(1000), Accepts: matching.Accepts{Years: []int{10}}}
	bob := matching.Pupil{ID: "bob", Support: "intensive"}
	parts := []any{site, red, blue, bob, stands("bob", "red")}

	// Bob uses all of red's adult. The floating one has an eighth to give: just enough for one more.
	wantStart(t, authority(t, parts...), firstMonday)

	// In blue, nine pupils need an eighth of the floating adult too, and then there is nothing left for red.
	for i := range 9 {
		parts = append(parts, stands(matching.PupilID(fmt.Sprint("pupil-", i)), "blue"))
	}
	e := authority(t, parts...)
	want(t, "red", []matching.Reason{{
		Code: matching.CodeStaffing, Class: matching.ByAdults, Limit: new(500), Observed: new(625), Floating: new(0),
		Date: day(firstMonday), Session: "mon-am", Times: 8, Pupils: []matching.PupilID{"bob"},
	}}, reasonsIn(t, e, "red"))
}

func TestR2_floatingAdultsOfASession(t *testing.T) {
	t.Parallel()
	site := matching.Site{ID: "site", FloatingAdults: matching.PerSession{calendar.MonAM: 1000}}
	group := matching.Group{Adults: matching.Every(0)}
	wantReasons(t, authority(t, site, group), matching.Reason{ // nobody floats in the afternoon
		Code: matching.CodeStaffing, Class: matching.ByAdults, Limit: new(0), Observed: new(125),
		Date: day(firstMonday), Session: "mon-pm", Times: 4,
	})
}

// R3: an extra adult for one-to-one work, funded.

func TestR3_ownAdultUsesNoneOfTheGroups(t *testing.T) {
	t.Parallel()
	group := matching.Group{Adults: matching.Every(1000)}
	both := []any{
		group, matching.Pupil{ID: "bob", Support: "one_to_one"}, stands("bob", "group"), matching.Pupil{ID: "new", Support: "one_to_one"},
	}
	want(t, "without an own adult", []matching.Code{matching.CodeStaffing}, codesIn(t, authority(t, both...), "group"))
	wantStart(t, authority(t, append(both, matching.Referral{OwnAdult: true})...), firstMonday)
}

func TestR3_ownAdultOfAStandingPupil(t *testing.T) {
	t.Parallel()
	placement := stands("bob", "group")
	placement.OwnAdult = true
	bob := matching.Pupil{ID: "bob", Support: "one_to_one"}
	wantStart(t, authority(t, matching.Group{Adults: matching.Every(125)}, bob, placement), firstMonday)
}

func TestR3_ownAdultTakesAPlaceStill(t *testing.T) {
	t.Parallel()
	e := authority(t, matching.Group{Places: matching.Every(1)}, stands("ann", "group"), matching.Referral{OwnAdult: true})
	want(t, "reasons", []matching.Code{matching.CodePlaces}, codesIn(t, e, "group"))
}

// R10: not too many pupils with the highest needs in one group.

func TestR10_tooManyOfTheHighestNeeds(t *testing.T) {
	t.Parallel()
	group := matching.Group{Places: matching.Every(8), Limits: []matching.Limit{{Trait: "high_risk", Max: 1}}}
	bob := matching.Pupil{ID: "bob", Traits: []string{"high_risk"}}
	there := []any{group, bob, stands("bob", "group"), stands("ann", "group")}

	risky := matching.Pupil{ID: "new", Traits: []string{"high_risk"}}
	wantReasons(t, authority(t, append(there, risky)...), matching.Reason{
		Code: matching.CodeTraitLimit, Class: matching.ByMove, Limit: new(1), Observed: new(2), Codes: []string{"high_risk"},
		Date: day(firstMonday), Session: "mon-am", Times: 8, Pupils: []matching.PupilID{"bob"},
	})
	wantStart(t, authority(t, there...), firstMonday) // the limit is not about a pupil without the trait
}

func TestR10_noneAtAll(t *testing.T) {
	t.Parallel()
	group := matching.Group{Limits: []matching.Limit{{Trait: "high_risk", Max: 0}}}
	wantReasons(t, authority(t, group, matching.Pupil{ID: "new", Traits: []string{"high_risk"}}), matching.Reason{
		Code: matching.CodeTraitLimit, Class: matching.ByMove, Limit: new(0), Observed: new(1), Codes: []string{"high_risk"},
		Date: day(firstMonday), Session: "mon-am", Times: 8,
	})
}

func TestR10_limitIsForOneSession(t *testing.T) {
	t.Parallel()
	group := matching.Group{
		Limits:   []matching.Limit{{Trait: "high_risk", Max: 1}},
		Patterns: []matching.Pattern{{ID: "am", Sessions: calendar.Of(calendar.MonAM)}, {ID: "pm", Sessions: calendar.Of(calendar.MonPM)}},
	}
	bob := matching.Pupil{ID: "bob", Traits: []string{"high_risk"}}
	e := authority(t, group, bob, with(stands("bob", "group"), "am"), matching.Pupil{ID: "new", Traits: []string{"high_risk"}})
	want(t, "pattern that fits", matching.PatternID("pm"), best(t, e).Stays[0].Pattern)
}

func TestR10_clearsOnADate(t *testing.T) {
	t.Parallel()
	group := matching.Group{Limits: []matching.Limit{{Trait: "high_risk", Max: 1}}}
	bob := matching.Pupil{ID: "bob", Traits: []string{"high_risk"}}
	wantStart(t, authority(t, group, bob, until(stands("bob", "group"), "2026-11-27"), matching.Pupil{ID: "new", Traits: []string{"high_risk"}}),
		"2026-11-24")
}
