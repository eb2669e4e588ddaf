package matchtest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"example.org/backontrack/matching"
)

var separationLaws = []law[matching.Separation]{
	{Pure, separationPure},
	{Deterministic, deterministic[matching.Separation]},
	{OrderBlind, separationOrderBlind},
	{RenamingBlind, renamingBlind[matching.Separation]},
	{Monotone, monotone[matching.Separation]},
	{Symmetric, separationSymmetric},
	{UnknownPasses, separationUnknownPasses},
	{UnknownAsked, separationUnknownAsked},
	{Explained, separationExplained},
	{NoAllocation, separationNoAllocation},
}

// eachPair tries every two pupils of the world, each way round.
func eachPair(w *tried[matching.Separation], try func(matching.Separation, *matching.Pupil, *matching.Pupil) error) error {
	s := w.fresh()
	for _, separation := range w.from(s) {
		for i := range s.Pupils {
			for j := range s.Pupils {
				if i == j {
					continue
				}
				if err := try(separation, &s.Pupils[i], &s.Pupils[j]); err != nil {
					return fmt.Errorf("separation %s, pupils %s and %s: %w", separation.Code(), s.Pupils[i].ID, s.Pupils[j].ID, err)
				}
			}
		}
	}
	return nil
}

// said is an answer of a separation, to be compared and shown.
func said(s matching.Separation, a, b *matching.Pupil) string {
	v, until := s.Apart(a, b)
	if until == 0 {
		return verdict(v)
	}
	return verdict(v) + " until " + until.String()
}

func separationSpeaks(w *tried[matching.Separation]) (bool, error) {
	spoken := false
	err := eachPair(w, func(s matching.Separation, a, b *matching.Pupil) error {
		v, _ := s.Apart(a, b)
		spoken = spoken || v == matching.Refuses
		return nil
	})
	return spoken, err
}

func separationPure(w *tried[matching.Separation]) error {
	r := rand.New(rand.NewPCG(w.seed, 6))
	return eachPair(w, func(s matching.Separation, a, b *matching.Pupil) error {
		pair := [2]matching.Pupil{shuffledPupil(r, a), shuffledPupil(r, b)}
		var one, two string
		if err := changedBy(&pair, func() { one, two = said(s, &pair[0], &pair[1]), said(s, &pair[0], &pair[1]) }); err != nil {
			return err
		}
		if one != two {
			return fmt.Errorf("asked twice, it says %s and %s", one, two)
		}
		return nil
	})
}

func separationOrderBlind(w *tried[matching.Separation]) error {
	r := rand.New(rand.NewPCG(w.seed, 7))
	err := eachPair(w, func(s matching.Separation, a, b *matching.Pupil) error {
		one, two := said(s, a, b), said(s, new(shuffledPupil(r, a)), new(shuffledPupil(r, b)))
		if one != two {
			return fmt.Errorf("with the sets of their facts in another order it says %s, not %s", two, one)
		}
		return nil
	})
	return errors.Join(err, orderBlind(w))
}

func separationSymmetric(w *tried[matching.Separation]) error {
	return eachPair(w, func(s matching.Separation, a, b *matching.Pupil) error {
		if one, two := said(s, a, b), said(s, b, a); one != two {
			return fmt.Errorf("it says %s, and the other way round %s", one, two)
		}
		return nil
	})
}

// eachAskedPair makes each fact of the first pupil unknown in turn; the other way
// round it is the second's. Answers are tried as they are, and with the field filled
// though it is not known.
func eachAskedPair(
	w *tried[matching.Separation],
	try func(s matching.Separation, f matching.Fact, unknown, filled, answer, other *matching.Pupil) error,
) error {
	others := couldBe(w.fresh(), w.seed)
	return eachPair(w, func(s matching.Separation, a, b *matching.Pupil) error {
		for _, f := range askable() {
			unknown := without(a, f)
			for i := range others {
				answer := answered(a, f, &others[i])
				filled := without(&answer, f)
				if err := try(s, f, &unknown, &filled, &answer, b); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func separationUnknownPasses(w *tried[matching.Separation]) error {
	return eachAskedPair(w, func(s matching.Separation, f matching.Fact, unknown, filled, answer, b *matching.Pupil) error {
		one, two := said(s, unknown, b), said(s, filled, b)
		if one != two {
			return fmt.Errorf("it reads %s, which is listed as unknown: it says %s, and %s when something else stands there", f, one, two)
		}
		v, _ := s.Apart(unknown, b)
		if known, _ := s.Apart(answer, b); v == matching.Refuses && known != v {
			return fmt.Errorf("it refuses with %s unknown, and an answer would lift that: %s", f, text(answer))
		}
		return nil
	})
}

func separationUnknownAsked(w *tried[matching.Separation]) error {
	return eachAskedPair(w, func(s matching.Separation, f matching.Fact, unknown, _, answer, b *matching.Pupil) error {
		v, _ := s.Apart(unknown, b)
		if known, _ := s.Apart(answer, b); v == matching.Passes && known == matching.Refuses {
			return fmt.Errorf("it passes with %s unknown, not unchecked, and an answer would refuse: %s", f, text(answer))
		}
		return nil
	})
}

func separationExplained(w *tried[matching.Separation]) error {
	scopes := []matching.Scope{matching.InGroup, matching.InZone, matching.OnSite}
	return eachPair(w, func(s matching.Separation, a, b *matching.Pupil) error {
		if err := wellFormed(s.Code); err != nil {
			return err
		}
		if scope := s.Scope(); !slices.Contains(scopes, scope) || scope != s.Scope() {
			return fmt.Errorf("the scope %q is none, or not the same each time", scope)
		}
		switch v, until := s.Apart(a, b); {
		case v > matching.Refuses:
			return errors.New("that is " + verdict(v))
		case v == matching.Passes && until != 0:
			return fmt.Errorf("it passes, and gives a last day, %s", until)
		case until < 0:
			return errors.New("its last day is before 1970")
		}
		return nil
	})
}

func separationNoAllocation(w *tried[matching.Separation]) error {
	return eachPair(w, func(s matching.Separation, a, b *matching.Pupil) error {
		return allocates(func() { s.Apart(a, b) }, errors.New("it allocates"))
	})
}
