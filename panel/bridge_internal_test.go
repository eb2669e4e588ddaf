package panel

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// A day of sickness within a vacancy, and another figure that only the vacancy has.
func TestRuns_theLowestCountsWhereChangesOverlap(t *testing.T) {
	t.Parallel()
	day := calendar.MustDate
	at := func(n int) matching.PerSession { return matching.PerSession{calendar.MonAM: n} }
	got := runs([]Change{
		{From: day("2026-11-02"), To: day("2026-12-18"), Adults: at(2000), Places: at(8)},
		{From: day("2026-11-23"), To: day("2026-11-24"), Adults: at(1000)},
		{From: day("2026-12-07"), To: day("2026-12-31"), Adults: at(2500)},
	})
	want := []Change{
		{From: day("2026-11-02"), To: day("2026-11-22"), Adults: at(2000), Places: at(8)},
		{From: day("2026-11-23"), To: day("2026-11-24"), Adults: at(1000), Places: at(8)},
		{From: day("2026-11-25"), To: day("2026-12-06"), Adults: at(2000), Places: at(8)},
		{From: day("2026-12-07"), To: day("2026-12-18"), Adults: at(2000), Places: at(8)},
		{From: day("2026-12-19"), To: day("2026-12-31"), Adults: at(2500)},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got := runs(nil); got != nil {
		t.Errorf("of nothing: %v", got)
	}
}
