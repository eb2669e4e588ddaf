package lint_test

import (
	"fmt"
	"log"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/lint"
)

// Two pupils who may not meet, and one group.
func ExampleSnapshot() {
	policy := matching.DefaultPolicy()
	policy.Separations[0].Rivals = [][]string{{"N17", "N22"}}
	engine, err := matching.New(&matching.Snapshot{
		AsOf: calendar.MustDate("2026-11-23"), Horizon: calendar.MustDate("2027-03-26"), Policy: policy,
		Sites:     []matching.Site{{ID: "mill"}},
		Groups:    []matching.Group{{ID: "return", Site: "mill", Timetable: calendar.OnDays(1, 2), Weeks: &matching.Length{Min: 4}}},
		Pupils:    []matching.Pupil{{ID: "ada", Areas: []string{"N17"}}, {ID: "ben", Areas: []string{"N22"}}},
		Referrals: []matching.Referral{{ID: "r-ada", Pupil: "ada"}, {ID: "r-ben", Pupil: "ben"}},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range lint.Snapshot(engine) {
		fmt.Println(f.Severity, f.Code, f.Rule, f.Referrals, f.Codes)
	}
	// Output:
	// error rival_clique  [r-ada r-ben] [rival_areas]
	// note separation_idle care_home_peers [] []
	// note separation_idle anxious_with_aggressive [] [aggressive anxious_refuser]
}
