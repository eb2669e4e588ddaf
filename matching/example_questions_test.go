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
			fmt.Println("  "+r.Code, r.Class)
		}
	}
	// Output:
	// mill-return thu-fri from 2027-01-04: 728 = 728 points +0 for company
	// quay-nurture all from 2026-12-14: 724 = 684 points +40 for company
	//   need_fit   1000 × 30 → 300
	//   wishes        0 × 10 →   0
	//   curriculum 1000 × 10 → 100
	//   journey     880 × 15 → 132
	//   start       375 × 15 →  56
	//   coverage   1000 × 10 → 100
	//   headroom    800 ×  5 →  40
	//   balance       0 ×  5 →   0
	// not mill-return all:
	//   rival_areas date
	//   anxious_with_aggressive waiver
	// not mill-return mon-tue:
	//   anxious_with_aggressive waiver
	// not mill-workshop all:
	//   year_group never
	//   rival_areas date
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
	// mill-return all 2026-11-30 false
	// mill-return mon-tue 2026-11-30 false
	// mill-return thu-fri 2027-01-04 true
	// mill-workshop all 2026-11-30 false
	// quay-nurture all 2026-12-14 true
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
	// r-fay: 3000 bonus -3 total, late true
	// r-ada: 500 bonus +724 total, late false
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
	// anxious_with_aggressive: with [ben] on 2026-11-30 (mon-am), 16 times
	// waive anxious_with_aggressive; then from 2026-11-30
	// move pl-1; then from 2026-11-30
	// wait 2027-01-04; pattern thu-fri; then from 2027-01-04
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
	// 2026-12-14 quay-nurture all
	// 2027-01-04 mill-return thu-fri
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
	// whoever is there: [year_group]
	// cal [rival_areas] [pl-2]
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
	fmt.Printf("%s above %s, decided by %s\n", comparison.Above[0].Group, comparison.Below[0].Group, comparison.Decided)
	for _, row := range comparison.Rows {
		if row.Difference != 0 {
			fmt.Printf("  %-11s %3d − %3d = %+d\n", row.Row, row.Above, row.Below, row.Difference)
		}
	}
	swap := comparison.Swaps[0]
	fmt.Printf("they swap when %s weighs %d instead of %d\n", swap.Criterion, swap.Becomes, swap.Weight)
	// Output:
	// mill-return above quay-nurture, decided by total
	//   need_fit    300 − 200 = +100
	//   wishes        0 − 100 = -100
	//   curriculum  100 −  50 = +50
	//   journey     132 − 122 = +10
	//   start        56 − 112 = -56
	//   headroom     40 −   0 = +40
	//   composition   0 −  40 = -40
	//   total       728 − 724 = +4
	// they swap when need_fit weighs 28 instead of 30
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
		fmt.Printf("%s: %s by %d points, too close %t %v\n", id, f.First[0].Group, f.Margin, f.TooClose, f.Because)
	}
	// Output:
	// r-ada: mill-return by 4 points, too close true [margin weights]
	// r-fay: mill-return by 342 points, too close false []
}

// What if Ada were no longer afraid of school?
func ExampleEngine_WhatIf() {
	engine := townEngine()
	then, err := engine.WhatIf("r-ada", func(p *matching.Pupil, _ *matching.Referral) { p.Traits = nil })
	if err != nil {
		log.Fatal(err)
	}
	for _, d := range then.Differences { // rank 0: not possible
		fmt.Printf("%s %s from %s: rank %d, was %d\n",
			d.Stays[0].Group, d.Stays[0].Pattern, d.Stays[0].From, d.After, d.Before)
	}
	// Output:
	// mill-return mon-tue from 2026-11-30: rank 3, was 0
	// mill-return all from 2027-01-04: rank 4, was 0
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
	// ways that fit: 4
	// /pupil/shoe_size: expected a known field
	// /pupil/year: expected a whole number
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
	// mill-return all could be unlocked in 11 ways
	// mill-return mon-tue could be unlocked in 3 ways
	// mill-workshop all could be unlocked in 0 ways
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
			fmt.Printf("%s → %s\n", a.Answer, a.First[0].Group)
		}
	}
	// Output:
	// [traits]: 1 of 4 answers change the first rank, 2 the order
	// [needs]: 0 of 3 answers change the first rank, 1 the order
	// [support]: 0 of 4 answers change the first rank, 1 the order
	// arson → mill-workshop
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
			f.Date, f.Pupil, f.Before.Friends, f.After.Friends, *f.Before.Spare, *f.After.Spare)
	}
	// Output:
	// 2026-12-14 ada: friends [dee] → [dee], thousandths of an adult to spare 675 → 675
	// 2026-12-14 dee: friends [] → [ada], thousandths of an adult to spare 875 → 675
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
	// mill-return all 2026-11-23 684 -180 false
	// mill-return mon-tue 2026-11-23 644 -240 false
	// mill-return thu-fri 2026-11-23 669 0 false
	// mill-workshop all 2026-11-23 567 -240 false
	// quay-nurture all 2026-12-14 497 0 true
}

// The matches of all referrals, on all processors, in a fixed order.
func ExampleEngine_EachMatch() {
	townEngine().EachMatch(func(id matching.ReferralID, matches []matching.Match) bool {
		fmt.Println(id, len(matches))
		return true // go on
	})
	// Output:
	// r-ada 2
	// r-fay 5
}
