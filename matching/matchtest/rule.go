package matchtest

import (
	"errors"
	"fmt"
	"reflect"
	"slices"

	"example.org/backontrack/matching"
)

var ruleLaws = []law[matching.Rule]{
	{Pure, rulePure},
	{Deterministic, deterministic[matching.Rule]},
	{OrderBlind, ruleOrderBlind},
	{RenamingBlind, renamingBlind[matching.Rule]},
	{Monotone, monotone[matching.Rule]},
	{UnknownPasses, ruleUnknownPasses},
	{UnknownAsked, ruleUnknownAsked},
	{Explained, ruleExplained},
	{NoAllocation, ruleNoAllocation},
}

func ruleSpeaks(w *tried[matching.Rule]) (bool, error) {
	spoken := false
	err := eachRuleCase(w, func(r matching.Rule, c *matching.Case) error {
		spoken = spoken || r.Check(c, nil) == matching.Refuses
		return nil
	})
	return spoken, err
}

func rulePure(w *tried[matching.Rule]) error {
	return eachRuleCase(w, func(r matching.Rule, c *matching.Case) error {
		mine := shuffledCase(c, w.seed)
		var problem error
		err := changedBy(mine, func() {
			var one, two matching.Reason
			first, second := r.Check(mine, nil), r.Check(mine, nil)
			explained, again := r.Check(mine, &one), r.Check(mine, &two)
			switch {
			case first != second || explained != again:
				problem = errors.New("asked twice, it gives two verdicts")
			case !reflect.DeepEqual(one, two):
				at, was, is := difference(text(one), text(two))
				problem = fmt.Errorf("asked twice, it gives two reasons: at %s, %s and then %s", at, was, is)
			}
		})
		return errors.Join(problem, err)
	})
}

func ruleOrderBlind(w *tried[matching.Rule]) error {
	err := eachRuleCase(w, func(r matching.Rule, c *matching.Case) error {
		var one, two matching.Reason
		first, second := r.Check(c, &one), r.Check(shuffledCase(c, w.seed), &two)
		for _, list := range [][]string{one.Codes, one.Accepts, two.Codes, two.Accepts} {
			slices.Sort(list) // the engine hands out sets in order, so a rule need not order them
		}
		if first != second || !reflect.DeepEqual(one, two) {
			return fmt.Errorf("with the sets of the facts in another order it says %s %s, not %s %s",
				verdict(second), text(two), verdict(first), text(one))
		}
		return nil
	})
	return errors.Join(err, orderBlind(w))
}

func verdict(v matching.Verdict) string {
	switch v {
	case matching.Passes:
		return "passes"
	case matching.Unchecked:
		return "unchecked"
	case matching.Refuses:
		return "refuses"
	}
	return fmt.Sprintf("no verdict (%d)", v)
}

// An askedCase is a case of which one fact is not known, and the same with answers.
type askedCase struct {
	fact    matching.Fact
	unknown *matching.Case
	answers []*matching.Case
	ignored []*matching.Case // not known, and something else in the field
}

// eachAsked makes each fact of a case unknown in turn.
func eachAsked(w *tried[matching.Rule], try func(matching.Rule, askedCase) error) error {
	others := couldBe(w.fresh(), w.seed)
	return eachRuleCase(w, func(r matching.Rule, c *matching.Case) error {
		for _, f := range askable() {
			asked := askedCase{fact: f, unknown: caseOf(c, without(c.Pupil, f))}
			for i := range others {
				known := caseOf(c, answered(c.Pupil, f, &others[i]))
				filled := caseOf(c, without(known.Pupil, f))
				if f == matching.FactLatitude {
					asked.unknown.Minutes, filled.Minutes, known.Minutes = -1, -1, 25*i
				}
				asked.answers, asked.ignored = append(asked.answers, known), append(asked.ignored, filled)
			}
			if err := try(r, asked); err != nil {
				return err
			}
		}
		return nil
	})
}

func caseOf(c *matching.Case, p matching.Pupil) *matching.Case {
	out := *c
	out.Pupil = &p
	return &out
}

func ruleUnknownPasses(w *tried[matching.Rule]) error {
	return eachAsked(w, func(r matching.Rule, a askedCase) error {
		said := r.Check(a.unknown, nil)
		for i := range a.answers {
			if other := r.Check(a.ignored[i], nil); other != said {
				return fmt.Errorf("it reads %s, which is listed as unknown: it says %s, and %s when something else stands there",
					a.fact, verdict(said), verdict(other))
			}
			if answer := r.Check(a.answers[i], nil); said == matching.Refuses && answer != said {
				return fmt.Errorf("it refuses with %s unknown, and an answer would lift that: %s", a.fact, text(a.answers[i].Pupil))
			}
		}
		return nil
	})
}

func ruleUnknownAsked(w *tried[matching.Rule]) error {
	return eachAsked(w, func(r matching.Rule, a askedCase) error {
		if r.Check(a.unknown, nil) != matching.Passes {
			return nil
		}
		for _, answer := range a.answers {
			if r.Check(answer, nil) == matching.Refuses {
				return fmt.Errorf("it passes with %s unknown, not unchecked, and an answer would refuse: %s", a.fact, text(answer.Pupil))
			}
		}
		return nil
	})
}

// classes are those that mean something of a rule which knows no dates and nobody else.
var classes = []matching.Class{matching.Never, matching.ByWaiver}

func ruleExplained(w *tried[matching.Rule]) error {
	return eachRuleCase(w, func(r matching.Rule, c *matching.Case) error {
		if err := wellFormed(r.Code); err != nil {
			return err
		}
		why := matching.Reason{Code: r.Code()}
		quiet, said := r.Check(c, nil), r.Check(c, &why)
		switch {
		case said > matching.Refuses:
			return errors.New("that is " + verdict(said))
		case quiet != said:
			return fmt.Errorf("it says %s, and %s when it is asked why", verdict(quiet), verdict(said))
		case said != matching.Refuses:
			return nil
		}
		return soundReason(&why, r.Code())
	})
}

// soundReason checks what a rule may say of its refusal.
func soundReason(why *matching.Reason, code matching.Code) error {
	switch {
	case why.Code != code:
		return fmt.Errorf("it changed the code of its reason to %q", why.Code)
	case !slices.Contains(classes, why.Class):
		return fmt.Errorf("it refuses with class %q; a rule, which knows no dates and nobody else, has %q or %q",
			why.Class, matching.Never, matching.ByWaiver)
	case why.Limit == nil && why.Observed == nil && len(why.Codes) == 0 && len(why.Accepts) == 0:
		return errors.New("it refuses without a number and without a code: nobody can see why")
	case (why.Limit != nil) && why.Observed == nil:
		return errors.New("it gives a limit, and not what it observed")
	case why.Date != 0 || why.Session != "" || why.Times != 0 || why.Pupils != nil || why.Clears != 0:
		return errors.New("it sets dates or pupils: those are the engine's to tell")
	}
	return nil
}

func ruleNoAllocation(w *tried[matching.Rule]) error {
	return eachRuleCase(w, func(r matching.Rule, c *matching.Case) error {
		return allocates(func() { r.Check(c, nil) }, errAllocates)
	})
}
