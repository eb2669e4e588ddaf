package matchtest

import (
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"testing"

	"example.org/backontrack/matching"
)

// A program's extension may panic. That is a failure of the law that is tried, and
// not the end of the test binary.

var (
	errQuiet    = errors.New("it panics when it is not asked why (why == nil)")
	errParallel = errors.New("allocations can't be counted in a parallel test: " +
		"call it from a test that is not parallel, or leave NoAllocation out with Except")
)

// recovered calls try, and makes an error of a panic.
func recovered(try func() error) (err error) {
	defer func() {
		switch v := recover(); v := v.(type) {
		case nil:
		case quietPanic:
			err = fmt.Errorf("%w: %v", errQuiet, v.value)
		default:
			err = fmt.Errorf("it panics: %v\n%s", v, debug.Stack())
		}
	}()
	return try()
}

// A quietPanic is one that does not happen to those who ask why.
type quietPanic struct{ value any }

type guardedRule struct{ matching.Rule }

func guardRule(r matching.Rule) matching.Rule { return guardedRule{r} }

// Check tells a panic without why from one in any case.
func (r guardedRule) Check(c *matching.Case, why *matching.Reason) matching.Verdict {
	if why == nil {
		defer func() {
			if v := recover(); v != nil {
				r.Rule.Check(c, &matching.Reason{Code: r.Code()}) // may panic too, and then that counts
				panic(quietPanic{v})
			}
		}()
	}
	return r.Rule.Check(c, why)
}

type guardedCriterion struct{ matching.Criterion }

func guardCriterion(k matching.Criterion) matching.Criterion { return guardedCriterion{k} }

// Score tells a panic without why from one in any case.
func (k guardedCriterion) Score(c *matching.Case, why *matching.Why) matching.Value {
	if why == nil {
		defer func() {
			if v := recover(); v != nil {
				k.Criterion.Score(c, new(matching.Why))
				panic(quietPanic{v})
			}
		}()
	}
	return k.Criterion.Score(c, why)
}

// allocates counts, and returns found when there is something to count.
func allocates(call func(), found error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			if said, ok := v.(string); !ok || !strings.HasPrefix(said, "testing: AllocsPerRun ") {
				panic(v)
			}
			err = errParallel
		}
	}()
	if testing.AllocsPerRun(fewRuns, call) > 0 {
		return found
	}
	return nil
}

// fewRuns is how often a call is made to count what it allocates.
const fewRuns = 3
