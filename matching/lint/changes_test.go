package lint_test

import (
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/lint"
)

// TestSnapshot_changes: what is so because of a change on all days is what is so without one; and the other way round.
func TestSnapshot_changes(t *testing.T) {
	t.Parallel()
	from, to := day("2026-11-23"), day("2027-03-26")
	mon := func(c matching.GroupChange) change {
		c.From, c.To = from, to
		return func(s *matching.Snapshot) { s.Groups[0].Changes = []matching.GroupChange{c} }
	}
	usual := func(places, adults int) change {
		return func(s *matching.Snapshot) {
			s.Groups[0].Places, s.Groups[0].Adults = matching.Every(places), matching.Every(adults)
		}
	}
	floating := func(n int) change {
		return func(s *matching.Snapshot) {
			s.Sites[0].Changes = []matching.SiteChange{{From: from, To: to, FloatingAdults: matching.Every(n)}}
		}
	}
	for name, c := range map[string]struct {
		code  lint.Code
		world change
		found bool
	}{
		"fewer places":               {lint.PlacesStanding, mon(matching.GroupChange{Places: matching.Every(1)}), true},
		"more places":                {lint.PlacesStanding, both(usual(1, 1000), mon(matching.GroupChange{Places: matching.Every(2)})), false},
		"fewer adults":               {lint.StaffingStanding, mon(matching.GroupChange{Adults: matching.Every(249)}), true},
		"more adults":                {lint.StaffingStanding, both(usual(4, 200), mon(matching.GroupChange{Adults: matching.Every(250)})), false},
		"adults float":               {lint.StaffingStanding, both(usual(4, 200), floating(50)), false},
		"too few float":              {lint.StaffingStanding, both(usual(4, 200), floating(49)), true},
		"one place for two":          {lint.DemandExceeds, both(onlyMonday, mon(matching.GroupChange{Places: matching.Every(3)})), true},
		"two places for two":         {lint.DemandExceeds, both(onlyMonday, usual(3, 1000), mon(matching.GroupChange{Places: matching.Every(4)})), false},
		"adults for one of two":      {lint.DemandExceeds, both(onlyMonday, mon(matching.GroupChange{Adults: matching.Every(499)})), true},
		"adults for two":             {lint.DemandExceeds, both(onlyMonday, usual(4, 499), mon(matching.GroupChange{Adults: matching.Every(500)})), false},
		"floating for two":           {lint.DemandExceeds, both(onlyMonday, usual(4, 499), floating(1)), false},
		"no places":                  {lint.GroupShut, usual(0, 1000), true},
		"no places but for some":     {lint.GroupShut, both(usual(0, 1000), mon(matching.GroupChange{Places: matching.PerSession{calendar.MonAM: 1, calendar.MonPM: 1}})), false},
		"places for the morning":     {lint.GroupShut, both(usual(0, 1000), mon(matching.GroupChange{Places: matching.PerSession{calendar.MonAM: 1}})), true},
		"limit above the usual":      {lint.TraitLimitIdle, both(traits("high_risk"), limitOf(4)), true},
		"limit below those of a day": {lint.TraitLimitIdle, both(traits("high_risk"), limitOf(4), mon(matching.GroupChange{Places: matching.Every(5)})), false},
	} {
		if got := first(t, c.code, c.world); (got != "") != c.found {
			t.Errorf("%s: found %q", name, got)
		}
	}
}

func limitOf(most int) change {
	return func(s *matching.Snapshot) { s.Groups[0].Limits = []matching.Limit{{Trait: "high_risk", Max: most}} }
}
