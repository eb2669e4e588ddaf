package matching_test

import (
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// R11: a newcomer may be required to work apart from the group for a first period.

// assessed is a group of which the first five school days are spent in another zone.
func assessed() matching.Group {
	return matching.Group{Newcomer: &matching.Newcomer{Days: 5, Zone: "assessment"}, Weeks: &matching.Length{Usual: 1}}
}

var forTwoWeeks = matching.Referral{Wants: matching.Wants{Weeks: 2}}

func TestR11_newcomerWorksApart(t *testing.T) {
	t.Parallel()
	// A week, Monday to Sunday, is spent in the assessment area: she does not meet Bob.
	wantStart(t, authority(t, assessed(), newIsAnxious, bobIsAngry, stands("bob", "group")), firstMonday)
}

func TestR11_thenJoinsTheGroup(t *testing.T) {
	t.Parallel()
	// In the second week she joins the group, and meets Bob on Monday 30 November. (The year is only there to have
	// the reasons told: without it she would wait until 8 December, from when no Monday is left in a second week.)
	group := assessed()
	group.Accepts.Years = []int{10}
	reasons := reasonsIn(t, authority(t, group, newIsAnxious, bobIsAngry, stands("bob", "group"), forTwoWeeks), "group")
	want(t, "reason", matching.Reason{
		Code: matching.CodeAnxiousWithAggressive, Class: matching.ByDate, Date: day("2026-11-30"), Session: "mon-am", Times: 2,
		Pupils: []matching.PupilID{"bob"}, Clears: day("2026-12-08"),
	}, reasons[1])
	wantStart(t, authority(t, assessed(), newIsAnxious, bobIsAngry, stands("bob", "group"), forTwoWeeks), "2026-12-08")
}

func TestR11_closedDaysAreNotSchoolDays(t *testing.T) {
	t.Parallel()
	// With four days closed, the fifth school day is Monday 30 November: two weeks meet nobody. She starts on the Monday.
	training := calendar.Closure{From: day("2026-11-24"), To: day("2026-11-27"), Name: "training"}
	group := assessed()
	group.Weeks.Usual = 1
	e := authority(t, group, training, newIsAnxious, bobIsAngry, stands("bob", "group"), forTwoWeeks)
	wantStart(t, e, firstMonday)
}

func TestR11_meetsWhoIsInTheNewcomerZone(t *testing.T) {
	t.Parallel()
	testers := matching.Group{ID: "testers", Zone: "assessment", Accepts: matching.Accepts{Years: []int{10}}}
	e := authority(t, assessed(), testers, newIsAnxious, bobIsAngry, stands("bob", "testers"))
	want(t, "first moment", []matching.Reason{{
		Code: matching.CodeAnxiousWithAggressive, Class: matching.ByWaiver, Date: day(firstMonday), Session: "mon-am", Times: 2,
		Pupils: []matching.PupilID{"bob"},
	}}, reasonsIn(t, e, "group"))
}

func TestR11_twoNewcomersMeetInTheirZone(t *testing.T) {
	t.Parallel()
	bob := stands("bob", "group") // a newcomer himself, until 27 November
	bob.From = day("2026-11-23")
	e := authority(t, assessed(), newIsAnxious, bobIsAngry, bob, matching.Referral{})
	o := best(t, e)
	// From Tuesday to Monday she would be alone in the zone: on the Monday he is back in the main one.
	want(t, "start", day("2026-11-24"), o.Stays[0].From)
}

func TestR11_meetsNobodyAtScopeGroup(t *testing.T) {
	t.Parallel()
	apart := matching.KeepApart{Pupils: []matching.PupilID{"new", "bob"}, Scope: matching.InGroup}
	wantStart(t, authority(t, assessed(), apart, stands("bob", "group")), firstMonday)
	apart.Scope = matching.OnSite // but the gate is shared from the first day
	want(t, "on site", []matching.Code{matching.CodeKeepApart}, codesIn(t, authority(t, assessed(), apart, stands("bob", "group")), "group"))
}

func TestR11_usesAPlaceAndAdultsFromTheFirstDay(t *testing.T) {
	t.Parallel()
	group := assessed()
	group.Places, group.Adults = matching.Every(1), matching.Every(200)
	want(t, "reasons", []matching.Code{matching.CodePlaces, matching.CodeStaffing},
		codesIn(t, authority(t, group, stands("bob", "group")), "group"))
}
