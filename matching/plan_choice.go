package matching

import (
	"context"
	"errors"
	"slices"
	"strings"

	"example.org/backontrack/matching/internal/solve"
)

// ErrImpossibleChoice says that the choices of a panel cannot all be kept to: one of
// them is no feasible option, or they exclude each other. The error is an [*ImpossibleChoiceError], which names them.
var ErrImpossibleChoice = errors.New("matching: the fixed choices are not possible together")

// An ImpossibleChoiceError names the referrals whose fixed choices cannot be kept to: one alone, where its choice is no
// feasible option, is barred or contradicts another of its own; else the fewest such that without any one of them the
// rest can. It is an [ErrImpossibleChoice].
type ImpossibleChoiceError struct {
	Referrals []ReferralID // in the order of the choices
}

// Error names the referrals by their ids.
func (i *ImpossibleChoiceError) Error() string {
	names := make([]string, len(i.Referrals))
	for n, id := range i.Referrals {
		names[n] = string(id)
	}
	return ErrImpossibleChoice.Error() + ": " + strings.Join(names, ", ")
}

// Unwrap makes errors.Is find ErrImpossibleChoice.
func (i *ImpossibleChoiceError) Unwrap() error { return ErrImpossibleChoice }

// A BarredUnplacedError names a referral for which a choice without stays is barred. A plan can't be told to place somebody,
// whatever it takes, as that may not be possible: fix one of the options instead.
type BarredUnplacedError struct{ Referral ReferralID }

// Error names the referral by its id.
func (b *BarredUnplacedError) Error() string {
	return "matching: to leave " + string(b.Referral) + " unplaced can't be barred: fix one of its options instead"
}

// impossible finds which of the fixed choices exclude each other. Whatever is possible stays so with fewer choices:
// so one choice after another is left out for good, unless that makes the rest possible.
func (p *Planner) impossible(o *PlanOptions) error {
	kept := slices.Clone(o.Fixed)
	for i := 0; i < len(kept); {
		fewer := *o
		fewer.Fixed = slices.Delete(slices.Clone(kept), i, i+1)
		if p.possible(&fewer) {
			i++
		} else {
			kept = fewer.Fixed
		}
	}
	blame := &ImpossibleChoiceError{}
	for i := range kept {
		if !slices.Contains(blame.Referrals, kept[i].Referral) {
			blame.Referrals = append(blame.Referrals, kept[i].Referral)
		}
	}
	return blame
}

// possible tells whether fixed choices, each of which is an option, can be kept to together: with moves, as far as a
// short search tells.
func (p *Planner) possible(o *PlanOptions) bool {
	barred, forced, err := p.choices(o)
	if err != nil {
		return false
	}
	s := p.moving(*p.loosest(), o.Moves, solve.Options{Barred: barred, Forced: forced})
	return s.begin(context.Background()) && p.m.registers(s.o.Start)
}
