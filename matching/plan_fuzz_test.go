package matching_test

import (
	"testing"
)

// FuzzPlan plans dense worlds of any shape: what comes back is possible, worth what it says, and within its bound; and
// brute force, where it comes to an end, is between the two.
func FuzzPlan(f *testing.F) {
	for seed := range uint64(8) {
		f.Add(seed, byte(seed), byte(3*seed), byte(2*seed), byte(seed), uint16(400*seed))
	}
	f.Fuzz(func(t *testing.T, seed uint64, referrals, groups, standing, rest byte, effort uint16) {
		shape := planShape{
			referrals: 1 + int(referrals%8), groups: 1 + int(groups%5), sites: 1 + int(rest%3), standing: int(standing % 9),
			weeks: 2 + int(rest/3%4), groupsPerWeek: 1 + int(rest/12%3), starts: 1 + int(rest/36%3), oneStart: rest >= 240,
		}
		c := newPlanCase(t, shape.world(seed))
		c.effort(t, 1+int(effort))
	})
}
