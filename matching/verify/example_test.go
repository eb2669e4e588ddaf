package verify_test

import (
	"fmt"
	"strings"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/verify"
)

// One place, and a plan that gives it to two.
func ExamplePlan() {
	snapshot, err := matching.Read(strings.NewReader(`{
		"format": "placement-snapshot/1", "as_of": "2026-11-23", "horizon": "2026-12-18",
		"sites": [{"id": "mill"}],
		"groups": [{"id": "return", "site": "mill", "timetable": ["mon-am"], "places": 1, "weeks": {"usual": 2}}],
		"pupils": [{"id": "p1", "year": 8}, {"id": "p2", "year": 9}],
		"referrals": [
			{"id": "r1", "pupil": "p1", "given": {"return": {"score": 700}}},
			{"id": "r2", "pupil": "p2", "given": {"return": {"score": 800}}}]}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	stay := matching.Stay{Group: "return", Pattern: "all", From: snapshot.AsOf, To: snapshot.AsOf + 13}
	given := func(score int) []matching.Contribution {
		return []matching.Contribution{{Criterion: matching.CodeGiven, Weight: 1, Value: score, Points: score}}
	}
	plan := &matching.Plan{
		Format: matching.PlanFormat, Policy: "default", Status: matching.PlanOptimal, Objective: 2600, Bound: 2600,
		Assignments: []matching.Assignment{
			{Referral: "r1", Stays: []matching.Stay{stay}, Bonus: 500, Score: 700, Contributions: given(700)},
			{Referral: "r2", Stays: []matching.Stay{stay}, Bonus: 500, Score: 900, Contributions: given(800)},
		},
	}
	plan.Snapshot, err = snapshot.Hash()
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := verify.Plan(snapshot, plan)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, v := range report.Violations {
		fmt.Println(v.Referral, v.Group, v.Code, *v.Observed, "of", *v.Limit, "from", v.Date, v.Session, "with", v.Pupils)
	}
	for _, f := range report.Figures {
		fmt.Println(f.Path, "is", f.Recomputed, "and not", f.Stated)
	}
	// Output:
	// r1 return places 2 of 1 from 2026-11-23 mon-am with [p2]
	// r2 return places 2 of 1 from 2026-11-23 mon-am with [p1]
	// /status is feasible and not optimal
	// /objective is 2500 and not 2600
	// /assignments/1/score is 800 and not 900
}
