package matchtest

import (
	"errors"
	"fmt"
	"slices"

	"example.org/backontrack/matching"
)

var criterionLaws = []law[matching.Criterion]{
	{Pure, criterionPure},
	{Deterministic, deterministic[matching.Criterion]},
	{OrderBlind, criterionOrderBlind},
	{RenamingBlind, renamingBlind[matching.Criterion]},
	{UnknownAsked, criterionUnknownAsked},
	{Explained, criterionExplained},
	{InRange, criterionInRange},
	{NoAllocation, criterionNoAllocation},
}

// criterionSpeaks wants two different values.
func criterionSpeaks(w *tried[matching.Criterion]) (bool, error) {
	values := map[string]bool{}
	err := eachCriterionCase(w, w.fresh(), func(k matching.Criterion, c *matching.Case) error {
		values[text(k.Score(c, nil))] = true
		return nil
	})
	return len(values) > len(w.from(w.fresh())), err
}

// valued is an answer of a criterion, to be compared and shown.
func valued(k matching.Criterion, c *matching.Case) string {
	var why matching.Why
	value := k.Score(c, &why)
	return text(value) + " because " + text(why)
}

func criterionPure(w *tried[matching.Criterion]) error {
	return eachCriterionCase(w, w.fresh(), func(k matching.Criterion, c *matching.Case) error {
		mine := shuffledCase(c, w.seed)
		var one, two string
		err := changedBy(mine, func() {
			k.Score(mine, nil)
			one, two = valued(k, mine), valued(k, mine)
		})
		return errors.Join(err, twice(one, two))
	})
}

func criterionOrderBlind(w *tried[matching.Criterion]) error {
	err := eachCriterionCase(w, w.fresh(), func(k matching.Criterion, c *matching.Case) error {
		if one, two := valued(k, c), valued(k, shuffledCase(c, w.seed)); one != two {
			return fmt.Errorf("with the sets of the facts in another order it says %s, not %s", two, one)
		}
		return nil
	})
	return errors.Join(err, orderBlind(w))
}

// criterionUnknownAsked makes facts of one referral's pupil unknown, and wants the
// values under answers to lie in the range that is given without. It goes through new
// worlds, because what a case rests on is worked out before the criterion is asked.
func criterionUnknownAsked(w *tried[matching.Criterion]) error {
	facts := askable()
	for i := range factsPerWorld {
		f := facts[(int(w.seed)*factsPerWorld+i)%len(facts)]
		ranges, err := valuesWith(w, func(p *matching.Pupil) { *p = without(p, f) })
		if err != nil {
			return err
		}
		others := couldBe(w.fresh(), w.seed)
		for j := len(others) - answersPerFact; j < len(others); j++ {
			answer := &others[max(j, 0)]
			values, err := valuesWith(w, func(p *matching.Pupil) { *p = answered(p, f, answer) })
			if err != nil {
				return err
			}
			if err := within(values, ranges, f); err != nil {
				return err
			}
		}
	}
	return nil
}

const (
	factsPerWorld  = 2
	answersPerFact = 2
)

type valueKey struct {
	caseKey
	criterion matching.Code
}

// valuesWith changes the pupil of the first referral, and collects the values of its options.
func valuesWith(w *tried[matching.Criterion], change func(*matching.Pupil)) (map[valueKey]matching.Value, error) {
	s := w.fresh()
	s.Referrals = s.Referrals[:min(1, len(s.Referrals))]
	for i := range s.Pupils {
		if len(s.Referrals) > 0 && s.Pupils[i].ID == s.Referrals[0].Pupil {
			change(&s.Pupils[i])
		}
	}
	values := map[valueKey]matching.Value{}
	err := eachCriterionCase(w, s, func(k matching.Criterion, c *matching.Case) error {
		values[valueKey{keyOf(c), k.Code()}] = k.Score(c, nil)
		return nil
	})
	return values, err
}

func within(values, ranges map[valueKey]matching.Value, f matching.Fact) error {
	for key, v := range values {
		r, both := ranges[key]
		if both && (v.Low < r.Low || v.High > r.High) {
			return fmt.Errorf("criterion %s, group %s: with %s unknown it says %s, and an answer makes it %s, which is outside",
				key.criterion, key.group, f, text(r), text(v))
		}
	}
	return nil
}

func criterionExplained(w *tried[matching.Criterion]) error {
	return eachCriterionCase(w, w.fresh(), func(k matching.Criterion, c *matching.Case) error {
		if err := wellFormed(k.Code); err != nil {
			return err
		}
		var why matching.Why
		quiet, value := k.Score(c, nil), k.Score(c, &why)
		names := why.Names()
		switch {
		case quiet != value:
			return fmt.Errorf("its value is %s, and %s when it is asked why", text(quiet), text(value))
		case len(names) == 0 && value != matching.Known(middle):
			return fmt.Errorf("it notes nothing of what its value, %s, rests on", text(value))
		case slices.Contains(names, ""):
			return errors.New("it notes something without a name")
		}
		slices.Sort(names)
		if len(slices.Compact(names)) < len(why.Names()) {
			return fmt.Errorf("it notes something twice: %s", text(why))
		}
		return nil
	})
}

// middle is the value where there is nothing to go by; highest is the best.
const (
	middle  = 500
	highest = 1000
)

func criterionInRange(w *tried[matching.Criterion]) error {
	return eachCriterionCase(w, w.fresh(), func(k matching.Criterion, c *matching.Case) error {
		v := k.Score(c, nil)
		switch {
		case v.Low < 0 || v.Low > v.Expected || v.Expected > v.High || v.High > highest:
			return fmt.Errorf("it is not so that 0 <= low <= expected <= high <= 1000: %s", text(v))
		case v.Low != v.High && len(c.Pupil.Unknown) == 0 && c.Minutes >= 0:
			return fmt.Errorf("everything is known, and yet it gives a range: %s", text(v))
		}
		return nil
	})
}

func criterionNoAllocation(w *tried[matching.Criterion]) error {
	return eachCriterionCase(w, w.fresh(), func(k matching.Criterion, c *matching.Case) error {
		return allocates(func() { k.Score(c, nil) }, errAllocates)
	})
}
