package matching_test

import (
	"context"
	"errors"
	"fmt"
	"log"

	"example.org/backontrack/matching"
)

// planner plans for the town of the other examples, and makes a first plan.
func planner() (*matching.Planner, *matching.Plan) {
	p := townEngine().Planner(0)
	plan, err := p.Plan(context.Background(), matching.PlanOptions{})
	if err != nil {
		log.Fatal(err)
	}
	return p, plan
}

func where(stays []matching.Stay) string {
	if len(stays) == 0 {
		return "nowhere"
	}
	return fmt.Sprintf("%s %s from %s", stays[0].Group, stays[0].Pattern, stays[0].From)
}

// The panel has decided something: the plan keeps to it, or says whose choices are not possible together.
func ExamplePlanner_Plan() {
	p, plan := planner()
	for _, a := range plan.Assignments {
		fmt.Println(a.Referral, where(a.Stays))
	}
	first := plan.Assignments[0]
	barred, err := p.Plan(context.Background(), matching.PlanOptions{Barred: []matching.Choice{{Referral: first.Referral, Stays: first.Stays}}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("or:", barred.Assignments[0].Referral, where(barred.Assignments[0].Stays))

	workshop := []matching.Stay{{Group: "mill-workshop", Pattern: "all", From: first.Stays[0].From, To: first.Stays[0].To}}
	_, err = p.Plan(context.Background(), matching.PlanOptions{Fixed: []matching.Choice{{Referral: "r-ada", Stays: workshop}}})
	if impossible, ok := errors.AsType[*matching.ImpossibleChoiceError](err); ok {
		fmt.Println("impossible for", impossible.Referrals)
	}
	// Output:
	// r-ada mill-return thu-fri from 2027-01-04
	// r-fay mill-return all from 2026-11-23
	// or: r-ada quay-nurture all from 2026-12-14
	// impossible for [r-ada]
}

// What would the other options for Ada cost, and whom?
func ExamplePlanner_Regrets() {
	p, plan := planner()
	regrets, err := p.Regrets(context.Background(), plan, "r-ada", matching.PlanOptions{})
	if err != nil {
		log.Fatal(err)
	}
	for _, c := range regrets.Choices {
		fmt.Printf("%s: %d points, chosen %t\n", where(c.Stays), c.Cost, c.Chosen)
		for _, other := range c.Changes {
			fmt.Printf("  %s: %s → %s\n", other.Referral, where(other.From), where(other.To))
		}
	}
	// Output:
	// mill-return thu-fri from 2027-01-04: 0 points, chosen true
	// quay-nurture all from 2026-12-14: 19 points, chosen false
	//   r-fay: mill-return all from 2026-11-23 → mill-return thu-fri from 2026-11-23
	// nowhere: 1243 points, chosen false
	//   r-fay: mill-return all from 2026-11-23 → mill-return thu-fri from 2026-11-23
}

// Whose place is the only one?
func ExamplePlanner_LastPlaces() {
	p, plan := planner()
	last, err := p.LastPlaces(plan)
	if err != nil {
		log.Fatal(err)
	}
	for _, l := range last {
		fmt.Println(l.Referral, l.Groups, "only option:", l.OnlyOption, "none left:", l.NoneLeft, "wanted by:", l.WantedBy)
	}
	// Output:
}

// A few good plans that are really different.
func ExamplePlanner_Alternatives() {
	p, _ := planner()
	list, err := p.Alternatives(context.Background(), matching.PlanOptions{})
	if err != nil {
		log.Fatal(err)
	}
	for _, a := range list {
		f := a.Figures
		fmt.Printf("%v: objective %d, placed %d, %d minutes, %d unchecked, %d places left\n",
			a.Aims, f.Objective, f.Placed, f.Minutes, f.Unchecked, f.PlacesLeft)
	}
	// Output:
	// [objective most_placed shortest_journeys]: objective 4912, placed 2, 14 minutes, 3 unchecked, 11 places left
	// [least_risk]: objective 4555, placed 2, 14 minutes, 1 unchecked, 11 places left
	// [most_room]: objective 4897, placed 2, 14 minutes, 3 unchecked, 12 places left
}

// What stands in the table of a plan.
func ExamplePlanner_Figures() {
	p, plan := planner()
	f, err := p.Figures(plan)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(f.Placed, "placed,", f.Unplaced, "not; the longest journey takes", f.LongestMinutes, "minutes")
	// Output:
	// 2 placed, 0 not; the longest journey takes 9 minutes
}

// What is different, row by row, where the panel bars a place?
func ExampleDiffPlans() {
	p, plan := planner()
	first := plan.Assignments[0]
	other, err := p.Plan(context.Background(), matching.PlanOptions{Barred: []matching.Choice{{Referral: first.Referral, Stays: first.Stays}}})
	if err != nil {
		log.Fatal(err)
	}
	diff := matching.DiffPlans(plan, other)
	for _, row := range diff.Rows {
		fmt.Printf("%s, %s: %s → %s, %+d\n", row.Referral, row.Kind, where(row.From), where(row.To), row.ValueAfter-row.ValueBefore)
	}
	fmt.Printf("objective %+d, of which composition %+d, late starts and moves %+d\n", diff.Objective, diff.Composition, diff.Penalties)
	// Output:
	// r-ada, groups: mill-return thu-fri from 2027-01-04 → quay-nurture all from 2026-12-14, -44
	// r-fay, patterns: mill-return all from 2026-11-23 → mill-return thu-fri from 2026-11-23, -15
	// objective -19, of which composition +40, late starts and moves +0
}

// What a plan can favour.
func ExampleAims() {
	fmt.Println(matching.Aims())
	// Output:
	// [objective most_placed least_risk shortest_journeys fewest_moves most_room]
}
