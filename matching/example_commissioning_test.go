package matching_test

import (
	"context"
	"fmt"
	"log"

	"example.org/backontrack/matching"
)

// crowded is the town with a smaller workshop, where Guy is referred too. Whoever runs it has scored him and Fay.
func crowded() *matching.Engine {
	s := town()
	s.Pupils = append(s.Pupils, matching.Pupil{ID: "guy", Year: 9, Sex: matching.Male})
	s.Referrals = append(s.Referrals, matching.Referral{ID: "r-guy", Pupil: "guy", Given: map[matching.GroupID]matching.Given{"mill-workshop": {Score: 500}}})
	s.Referrals[1].Given = map[matching.GroupID]matching.Given{"mill-workshop": {Score: 700}}
	s.Groups[1].Places = matching.Every(1)
	engine, err := matching.New(s)
	if err != nil {
		log.Fatal(err)
	}
	return engine
}

// What keeps a referral out of a plan, what would let it in, and what that would cost the others?
func ExamplePlanner_Explain() {
	planner := crowded().Planner(0)
	o := matching.PlanOptions{Effort: 100000}
	plan, err := planner.Plan(context.Background(), o)
	if err != nil {
		log.Fatal(err)
	}
	for _, u := range plan.Unplaced {
		full, err := planner.Explain(context.Background(), plan, u.Referral, o)
		if err != nil {
			log.Fatal(err)
		}
		for _, r := range full.Reasons {
			fmt.Println(u.Referral, "is kept out by", r.Code, r.Class)
		}
		fmt.Println("in the way:", full.Referrals)
		fmt.Println("placing it all the same costs", full.Cost.High)
		for _, unlock := range full.Unlock {
			fmt.Println("or", unlock.Changes[0].Kind, "for", unlock.Stay)
		}
	}
	// Output:
	// r-guy is kept out by places date
	// in the way: [r-fay]
	// placing it all the same costs 2200
	// or wait for {mill-workshop all 2027-02-15 2027-03-26}
}
