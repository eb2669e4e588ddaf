package matching_test

import (
	"context"
	"fmt"
	"log"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
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

// The Mill sees that Ben, who lashes out, and Ada, who is afraid of it, would meet: who should sit where?
func ExampleEngine_Regroup() {
	s := town()
	s.Placements = append(s.Placements, matching.Placement{
		ID: "pl-5", Pupil: "ada", Group: "mill-return", Pattern: "all", From: calendar.MustDate("2026-11-16"), To: calendar.MustDate("2026-12-18"),
		Movable: true,
	})
	s.Placements[1].To = calendar.MustDate("2026-11-20") // Cal has left
	engine, err := matching.New(s)
	if err != nil {
		log.Fatal(err)
	}
	g, err := engine.Regroup(context.Background(), matching.RegroupOptions{Provision: "mill", OnlyMovable: true})
	if err != nil {
		log.Fatal(err)
	}
	for _, v := range g.ViolationsBefore {
		fmt.Println(v.Code, v.Pupils, "from", v.Date, v.Session)
	}
	for _, m := range g.Moves {
		fmt.Println("move", m.Placement, "to", m.Group, m.Pattern, "from", m.From)
	}
	fmt.Println("then", len(g.ViolationsAfter), "violations:", g.Status)
	// Output:
	// anxious_with_aggressive [ada ben] from 2026-11-23 mon-am
	// move pl-5 to mill-return thu-fri from 2026-11-23
	// then 0 violations: optimal
}

// What would two more places in the workshop be worth, and what if nobody were refused for want of a place?
func ExampleEngine_Worth() {
	engine, o := crowded(), matching.PlanOptions{Effort: 100000}
	plan, err := engine.Plan(context.Background(), o)
	if err != nil {
		log.Fatal(err)
	}
	list, err := engine.Worth(context.Background(), plan, []matching.Investment{
		{Kind: matching.MorePlaces, Group: "mill-workshop", Amount: 2},
		{Kind: matching.WaiveRule, Rule: matching.CodePlaces},
	}, o)
	if err != nil {
		log.Fatal(err)
	}
	for _, w := range list {
		fmt.Println(w.Investment.Kind, "lets in", w.Gains, "hypothetical:", w.Hypothetical)
	}
	// Output:
	// places lets in [r-guy] hypothetical: false
	// waive lets in [r-guy] hypothetical: true
}

// Which missing capability kept how many out?
func ExampleEngine_Register() {
	engine := crowded()
	plan, err := engine.Plan(context.Background(), matching.PlanOptions{Effort: 100000})
	if err != nil {
		log.Fatal(err)
	}
	reg, err := engine.Register(plan)
	if err != nil {
		log.Fatal(err)
	}
	for _, gap := range reg.Rows {
		fmt.Println(gap.Count, "of", reg.Unplaced, "for", gap.Code, gap.Detail)
	}
	// Output:
	// 1 of 1 for places [thu-am]
}

// What should a commissioner ask about first?
func ExampleEngine_Investments() {
	engine := crowded()
	plan, err := engine.Plan(context.Background(), matching.PlanOptions{Effort: 100000})
	if err != nil {
		log.Fatal(err)
	}
	investments, err := engine.Investments(plan)
	if err != nil {
		log.Fatal(err)
	}
	for _, i := range investments {
		fmt.Println(i.Kind, i.Group)
	}
	// Output:
	// places mill-workshop
}
