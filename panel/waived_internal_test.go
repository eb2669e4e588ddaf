package panel

import (
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

func TestCoveredBy_theSamePlaceTimeAndPupils(t *testing.T) {
	t.Parallel()
	day := calendar.MustDate
	stay := func(g GroupID) []matching.Stay {
		return []matching.Stay{{Group: g, Pattern: "all", From: day("2026-11-30"), To: day("2026-12-18")}}
	}
	snapshot := &matching.Snapshot{
		Groups: []matching.Group{
			{ID: "garden", Site: "barn", Timetable: calendar.Of(calendar.MonAM)},
			{ID: "workshop", Site: "mill", Timetable: calendar.Of(calendar.TueAM)},
		},
		Placements: []matching.Placement{
			{Pupil: "c", Group: "garden", Pattern: "all", From: day("2026-11-30"), To: day("2026-12-18")},
			{Pupil: "c", Group: "workshop", Pattern: "all", From: day("2026-11-30"), To: day("2026-12-18")},
		},
	}
	const apart = matching.CodeKeepApart
	waived := []waivedMix{
		{apart, "c", []Pseudonym{"d"}, stay("garden")},
		{apart, "e", []Pseudonym{"f"}, stay("garden")},
		{matching.CodeNeedsNotMet, "g", nil, stay("garden")},
		{matching.CodeNeedsNotMet, "h", nil, stay("garden")},
	}
	for _, test := range []struct {
		name string
		v    matching.Violation
		want bool
	}{
		{"as it was waived", matching.Violation{Code: apart, Pupils: []Pseudonym{"c", "d"}, Date: day("2026-11-30"), Session: "mon-am"}, true},
		{"on another site", matching.Violation{Code: apart, Pupils: []Pseudonym{"c", "d"}, Date: day("2026-12-01"), Session: "tue-am"}, false},
		{"when its time is over", matching.Violation{Code: apart, Pupils: []Pseudonym{"c", "d"}, Date: day("2026-12-21"), Session: "mon-am"}, false},
		{"another rule", matching.Violation{Code: matching.CodeRivalAreas, Pupils: []Pseudonym{"c", "d"}, Date: day("2026-11-30"), Session: "mon-am"}, false},
		{"two who are each waived with somebody else", matching.Violation{Code: apart, Pupils: []Pseudonym{"c", "e"}, Date: day("2026-11-30"), Session: "mon-am"}, false},
		{"a rule of each pupil's own", matching.Violation{Code: matching.CodeNeedsNotMet, Group: "garden", Pupils: []Pseudonym{"g", "h"}}, true},
		{"the same, and one who has no waiver", matching.Violation{Code: matching.CodeNeedsNotMet, Group: "garden", Pupils: []Pseudonym{"c", "g"}}, false},
		{"in another group", matching.Violation{Code: matching.CodeNeedsNotMet, Group: "workshop", Pupils: []Pseudonym{"g"}}, false},
	} {
		if got := coveredBy(waived, test.v, snapshot); got != test.want {
			t.Errorf("%s: covered %t, want %t", test.name, got, test.want)
		}
	}
}
