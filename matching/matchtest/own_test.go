package matchtest_test

import (
	"fmt"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/matchtest"
)

// Our own pass the suite. They are in every engine already, so they are added once
// more under other codes. No test here is parallel: the suite counts allocations.

type otherRule struct {
	matching.Rule
	code matching.Code
}

func (o otherRule) Code() matching.Code { return o.code }

type otherSeparation struct {
	matching.Separation
	code matching.Code
}

func (o otherSeparation) Code() matching.Code { return o.code }

type otherResource struct {
	matching.Resource
	code matching.Code
}

func (o otherResource) Code() matching.Code { return o.code }

type otherCriterion struct {
	matching.Criterion
	code matching.Code
}

func (o otherCriterion) Code() matching.Code { return o.code }

// other is a code that nobody has yet. Several of our own share one.
func other(code matching.Code, i int) matching.Code {
	return matching.Code(fmt.Sprintf("other_%s_%d", code, i))
}

func TestRule_own(t *testing.T) {
	for i, rule := range matching.Rules() {
		t.Run(string(rule.Code()), func(t *testing.T) {
			matchtest.TestRule(t, otherRule{rule, other(rule.Code(), i)})
		})
	}
}

func TestSeparations_own(t *testing.T) {
	matchtest.TestSeparations(t, func(s *matching.Snapshot) []matching.Separation {
		own := matching.Separations(s)
		for i, separation := range own {
			own[i] = otherSeparation{separation, other(separation.Code(), i)}
		}
		return own
	})
}

func TestResources_own(t *testing.T) {
	matchtest.TestResources(t, func(s *matching.Snapshot) []matching.Resource {
		own := matching.Resources(s)
		for i, resource := range own {
			own[i] = otherResource{resource, other(resource.Code(), i)}
		}
		return own
	})
}

func TestCriterion_own(t *testing.T) {
	for i, criterion := range matching.Criteria() {
		t.Run(string(criterion.Code()), func(t *testing.T) {
			matchtest.TestCriterion(t, otherCriterion{criterion, other(criterion.Code(), i)})
		})
	}
}
