package demo_test

import (
	"fmt"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/panel/demo"
)

func init() {
	_ = testing.Short
	demo.DEBUG = func(id matching.ReferralID, r *matching.Ranking) {
		for i, o := range r.Ranking {
			if i < 6 {
				fmt.Println(id, i+1, o.Stays, o.Total, o.Late)
			}
		}
		fmt.Println(id, "options", len(r.Ranking))
	}
}
