package matching_test

import (
	"errors"
	"fmt"
	"log"
	"slices"

	"example.org/backontrack/matching"
)

// Where should Ada go? What fits comes best first, and adds up; what does not says why.
func ExampleEngine_Rank() {
	ranking, err := townEngine().Rank("r-ada")
	if err != nil {
		log.Fatal(err)
	}
	for _, o := range ranking.Ranking {
		fmt.Printf("%s %s from %s: %d = %d points %+d for company\n",
			o.Stays[0].Group, o.Stays[0].Pattern, o.Stays[0].From, o.Total, o.Score, o.Composition)
	}
	for _, c := range ranking.Ranking[0].Contributions {
		fmt.Printf("  %-10s %4d × %2d → %3d\n", c.Criterion, c.Value, c.Weight, c.Points)
	}
	for _, o := range ranking.Rejected {
		fmt.Printf("not %s %s:\n", o.Stays[0].Group, o.Stays[0].Pattern)
		for _, r := range o.Reasons {
			fmt.Printf("  %s (%s) %s\n", r.Code, r.Class, r.Clears)
		}
	}
	// Output:
	//
}

// A question about what is not in the snapshot has an error; that nothing fits is an answer.
func ExampleEngine_Rank_notFound() {
	_, err := townEngine().Rank("r-zoe")
	if missing, ok := errors.AsType[*matching.NotFoundError](err); ok {
		fmt.Println("no such", missing.Kind)
	}
	// Output:
	// no such referral
}

// Every option, in a fixed order: for lists and for other programs.
func ExampleEngine_Options() {
	options, err := townEngine().Options("r-ada")
	if err != nil {
		log.Fatal(err)
	}
	for _, o := range options {
		fmt.Println(o.Stays[0].Group, o.Stays[0].Pattern, o.Stays[0].From, o.Feasible)
	}
	// Output:
	//
}

// The Quay has a free place soon: who should have it?
func ExampleEngine_ForGroup() {
	ranking, err := townEngine().ForGroup("quay-nurture")
	if err != nil {
		log.Fatal(err)
	}
	for _, o := range ranking.Ranking {
		fmt.Printf("%s: %d bonus %+d total, late %t\n", o.Referral, o.Bonus, o.Total, o.Late)
	}
	// Output:
	//
}

// Why not at the Mill on Mondays and Tuesdays, and what would it take?
func ExampleEngine_WhyNot() {
	options, err := townEngine().WhyNot("r-ada", "mill-return")
	if err != nil {
		log.Fatal(err)
	}
	i := slices.IndexFunc(options, func(o matching.Option) bool { return o.Stays[0].Pattern == "mon-tue" })
	for _, r := range options[i].Reasons {
		fmt.Printf("%s: with %v on %s (%s), %d times\n", r.Code, r.Pupils, r.Date, r.Session, r.Times)
	}
	for _, unlock := range options[i].Unlock {
		for _, c := range unlock.Changes {
			fmt.Print(c.Kind, " ", c.Rule, c.Pattern, c.Placement, c.From, "; ")
		}
		fmt.Println("then from", unlock.Stay.From)
	}
	// Output:
	//
}

// When is the first day that Ada could start, anywhere?
func ExampleEngine_Earliest() {
	first, err := townEngine().Earliest("r-ada")
	if err != nil {
		log.Fatal(err)
	}
	for _, o := range first {
		fmt.Println(o.Stays[0].From, o.Stays[0].Group, o.Stays[0].Pattern)
	}
	// Output:
	//
}

// Who, and what, keeps Ada out of the workshop?
func ExampleEngine_Blockers() {
	blocking, err := townEngine().Blockers("r-ada", "mill-workshop")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("whoever is there:", blocking.Rules)
	for _, b := range blocking.Pupils {
		fmt.Println(b.Pupil, b.Codes, b.Placements)
	}
	// Output:
	//
}

// Why is the first above the second? Row by row, and the weights at which they would swap.
func ExampleEngine_Compare() {
	engine := townEngine()
	ranking, err := engine.Rank("r-ada")
	if err != nil {
		log.Fatal(err)
	}
	comparison, err := engine.Compare(&ranking.Ranking[0], &ranking.Ranking[1])
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s above %s, decided by %s\n", comparison.Above.Group, comparison.Below.Group, comparison.Decided)
	for _, row := range comparison.Rows {
		if row.Difference != 0 {
			fmt.Printf("  %-11s %3d − %3d = %+d\n", row.Row, row.Above, row.Below, row.Difference)
		}
	}
	swap := comparison.Swaps[0]
	fmt.Printf("they swap when %s weighs %d instead of %d\n", swap.Criterion, swap.Becomes, swap.Weight)
	// Output:
	//
}

// How far may a panel lean on the order?
func ExampleRanking_Firmness() {
	engine := townEngine()
	for _, id := range []matching.ReferralID{"r-ada", "r-fay"} {
		ranking, err := engine.Rank(id)
		if err != nil {
			log.Fatal(err)
		}
		f := ranking.Firmness()
		fmt.Printf("%s: %s by %d points, too close %t %v\n", id, f.First.Group, f.Margin, f.TooClose, f.Because)
	}
	// Output:
	//
}

// What if Ada were no longer afraid of school?
func ExampleEngine_WhatIf() {
	engine := townEngine()
	then, err := engine.WhatIf("r-ada", func(p *matching.Pupil, r *matching.Referral) {
		p.Traits = nil
		r.Priority = "urgent"
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, d := range then.Differences { // rank 0: not possible
		fmt.Printf("%s %s from %s: rank %d, was %d\n", d.Stays[0].Group, d.Stays[0].Pattern, d.Stays[0].From, d.After, d.Before)
	}
	// Output:
	//
}

// The same from outside, as an RFC 7396 merge patch.
func ExampleEngine_WhatIfJSON() {
	engine := townEngine()
	then, err := engine.WhatIfJSON("r-ada", []byte(`{"pupil": {"traits": null}, "referral": {"priority": "urgent"}}`))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("ways that fit:", len(then.Ranking.Ranking))

	_, err = engine.WhatIfJSON("r-ada", []byte(`{"pupil": {"year": "nine", "shoe_size": 38}}`))
	fmt.Println(err)
	// Output:
	//
}

// What is the least that would have to change for an option that is refused?
func ExampleEngine_Unlocks() {
	engine := townEngine()
	ranking, err := engine.Rank("r-ada")
	if err != nil {
		log.Fatal(err)
	}
	for _, o := range ranking.Rejected {
		unlocks, err := engine.Unlocks(&o)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(o.Stays[0].Group, o.Stays[0].Pattern, "could be unlocked in", len(unlocks), "ways")
	}
	// Output:
	//
}

// What should somebody ask Fay's school first?
func ExampleEngine_Questions() {
	questions, err := townEngine().Questions("r-fay")
	if err != nil {
		log.Fatal(err)
	}
	for _, q := range questions {
		fmt.Printf("%v: %d of %d answers change the first rank, %d the order\n", q.Facts, q.ChangesFirst, len(q.Answers), q.ChangesOrder)
	}
	for _, a := range questions[0].Answers {
		if a.ChangesFirst {
			fmt.Printf("%s → %s\n", a.Answer, a.First.Group)
		}
	}
	// Output:
	//
}

// What would Ada's coming mean for those who are at the Quay already?
func ExampleEngine_Effects() {
	engine := townEngine()
	ranking, err := engine.Rank("r-ada")
	if err != nil {
		log.Fatal(err)
	}
	i := slices.IndexFunc(ranking.Ranking, func(o matching.Option) bool { return o.Stays[0].Group == "quay-nurture" })
	effects, err := engine.Effects(&ranking.Ranking[i])
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range effects {
		fmt.Printf("%s %s: friends %v → %v, thousandths of an adult to spare %d → %d\n",
			f.Date, f.Pupil, f.Before.Friends, f.After.Friends, f.Before.Spare, f.After.Spare)
	}
	// Output:
	//
}

// The matches of one referral, in short and without allocating: for planners.
func ExampleEngine_Matches() {
	matches, err := townEngine().Matches("r-fay")
	if err != nil {
		log.Fatal(err)
	}
	for m := range matches {
		fmt.Println(m.Group, m.Pattern, m.From, m.Score, m.Composition, m.Late)
	}
	// Output:
	//
}

// The matches of all referrals, on all processors, in a fixed order.
func ExampleEngine_EachMatch() {
	townEngine().EachMatch(func(id matching.ReferralID, matches []matching.Match) bool {
		fmt.Println(id, len(matches))
		return true // go on
	})
	// Output:
	//
}
