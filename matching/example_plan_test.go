package matching_test

import (
	"context"
	"fmt"
	"log"
	"time"

	"example.org/backontrack/matching"
)

// The whole agenda at once. The workshop has one place: the plan gives it to Fay and not to Guy, and nothing better is possible.
func ExampleEngine_Plan() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute) // the best plan by then
	defer cancel()
	plan, err := crowded().Plan(ctx, matching.PlanOptions{Effort: 100_000})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%d points of at most %d: %s\n", plan.Objective, plan.Bound, plan.Status)
	for _, a := range plan.Assignments {
		fmt.Println(a.Referral, where(a.Stays), "for", a.Bonus, "+", a.Score)
	}
	for _, u := range plan.Unplaced {
		fmt.Println(u.Referral, "is kept out by", u.Reasons[0].Code, "and would cost the others", u.Cost.High)
	}
	// Output:
	// 4428 points of at most 4428: optimal
	// r-ada mill-return thu-fri from 2027-01-04 for 500 + 728
	// r-fay mill-workshop all from 2027-01-04 for 3000 + 700
	// r-guy is kept out by places and would cost the others 2200
}

// One planner for several plans of one agenda: what they have in common is prepared once.
func ExampleEngine_Planner() {
	planner := crowded().Planner(0)
	for _, o := range []matching.PlanOptions{
		{},
		{Fixed: []matching.Choice{{Referral: "r-fay"}}}, // without stays: left unplaced
	} {
		plan, err := planner.Plan(context.Background(), o)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Print(plan.Objective, " points:")
		for _, a := range plan.Assignments {
			fmt.Print(" ", a.Referral, " ", a.Stays[0].Group)
		}
		fmt.Println()
	}
	// Output:
	// 4428 points: r-ada mill-return r-fay mill-workshop
	// 2228 points: r-ada mill-return r-guy mill-workshop
}
