package matchtest_test

import (
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/matchtest"
)

// Our own pass the suite. No test here is parallel: the suite counts allocations.

func TestRule_own(t *testing.T) {
	for _, rule := range matching.Rules() {
		t.Run(string(rule.Code()), func(t *testing.T) { matchtest.TestRule(t, rule) })
	}
}

func TestSeparations_own(t *testing.T) {
	matchtest.TestSeparations(t, matching.Separations)
}

func TestResources_own(t *testing.T) {
	matchtest.TestResources(t, matching.Resources)
}

func TestCriterion_own(t *testing.T) {
	for _, criterion := range matching.Criteria() {
		t.Run(string(criterion.Code()), func(t *testing.T) { matchtest.TestCriterion(t, criterion) })
	}
}
