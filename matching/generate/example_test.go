package generate_test

import (
	"fmt"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/generate"
)

// A small authority, made up, and the first place on a referral's ranking.
func Example() {
	snapshot, err := generate.Snapshot(generate.Options{Referrals: 60, Groups: 25, Seed: 7})
	if err != nil {
		fmt.Println(err)
		return
	}
	engine, err := matching.New(snapshot)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(engine)
	fmt.Println("the panel meets on", snapshot.AsOf)
	// Output:
	// 60 referrals, 25 groups, 375 placements
	// the panel meets on 2026-11-23
}
