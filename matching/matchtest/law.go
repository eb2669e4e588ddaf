package matchtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"example.org/backontrack/matching"
)

// The laws of this file are about the answers of an engine that has the extension,
// whatever its kind is.

// answers are the options of every referral, as JSON. Asked backwards, the engine
// is asked about the last referral first.
func answers(e *matching.Engine, backwards bool) (map[matching.ReferralID]string, error) {
	out := map[matching.ReferralID]string{}
	order := ids(e.Snapshot().Referrals, referralID)
	if backwards {
		slices.Reverse(order)
	}
	for _, id := range order {
		options, err := e.Options(id)
		if err != nil {
			return nil, err
		}
		encoded, err := json.Marshal(options)
		if err != nil {
			return nil, err
		}
		out[id] = string(encoded)
	}
	return out, nil
}

// compare wants the same answers of two worlds, of which the second has been renamed.
func compare[E any](w *tried[E], one, two *matching.Snapshot, backwards bool, back func(string) string) error {
	var all [2]map[matching.ReferralID]string
	for i, s := range []*matching.Snapshot{one, two} {
		e, err := w.engine(s)
		if err != nil {
			return err
		}
		if all[i], err = answers(e, backwards && i == 1); err != nil {
			return err
		}
	}
	for id, text := range all[1] {
		was := matching.ReferralID(back(string(id)))
		if now := back(text); all[0][was] != now {
			at, one, two := difference(all[0][was], now)
			return fmt.Errorf("the options of referral %s differ: at %s, %s became %s", was, at, one, two)
		}
	}
	return nil
}

func same(text string) string { return text }

func deterministic[E any](w *tried[E]) error {
	if err := compare(w, w.fresh(), w.fresh(), false, same); err != nil {
		return fmt.Errorf("asked again, %w", err)
	}
	if err := compare(w, w.fresh(), w.fresh(), true, same); err != nil {
		return fmt.Errorf("asked in another order, %w", err)
	}
	return nil
}

// orderBlind compares a world with a shuffled one. The engine orders what it reads,
// so that this is about what an extension keeps of the snapshot that it was made from.
func orderBlind[E any](w *tried[E]) error {
	if err := compare(w, w.fresh(), Shuffle(w.fresh(), w.seed), false, same); err != nil {
		return fmt.Errorf("with the snapshot's lists in another order, %w", err)
	}
	return nil
}

func renamingBlind[E any](w *tried[E]) error {
	other := w.fresh()
	back := Rename(other)
	if err := compare(w, w.fresh(), other, false, back); err != nil {
		return fmt.Errorf("with other ids in the same order, %w", err)
	}
	return nil
}

// monotone looks for an option that is possible with one more standing pupil, and
// was not without.
func monotone[E any](w *tried[E]) error {
	more := w.fresh()
	AddStanding(more, w.seed)
	e, err := w.engine(more)
	if err != nil {
		return err
	}
	before, err := w.listed(w.fresh())
	if err != nil {
		return err
	}
	for _, r := range e.Snapshot().Referrals {
		options, err := e.Options(r.ID)
		if err != nil {
			return err
		}
		for _, o := range options {
			if len(o.Stays) > 1 || !o.Feasible || before[r.ID][o.Stays[0]] {
				continue
			}
			possible, err := w.possible(r.ID, o.Stays[0])
			if err != nil {
				return err
			}
			if !possible {
				return fmt.Errorf("referral %s fits %s only when one more pupil is standing", r.ID, text(o.Stays[0]))
			}
		}
	}
	return nil
}

// listed are the stays that are possible, by referral.
func (w *tried[E]) listed(s *matching.Snapshot) (map[matching.ReferralID]map[matching.Stay]bool, error) {
	e, err := w.engine(s)
	if err != nil {
		return nil, err
	}
	all := map[matching.ReferralID]map[matching.Stay]bool{}
	for _, r := range e.Snapshot().Referrals {
		all[r.ID] = map[matching.Stay]bool{}
		options, err := e.Options(r.ID)
		if err != nil {
			return nil, err
		}
		for _, o := range options {
			if o.Feasible && len(o.Stays) == 1 {
				all[r.ID][o.Stays[0]] = true
			}
		}
	}
	return all, nil
}

func (w *tried[E]) possible(id matching.ReferralID, stay matching.Stay) (bool, error) {
	s := w.fresh()
	var extensions []matching.Extension
	for _, extension := range w.from(s) {
		extensions = append(extensions, w.extend(extension))
	}
	return Possible(s, id, stay, extensions...)
}

// text writes whatever is compared or shown.
func text(v any) string {
	encoded, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(encoded)
}

// wellFormed checks the name of an extension.
func wellFormed(code func() matching.Code) error {
	name := code()
	if name == "" || name != code() {
		return errors.New("the code is empty, or not the same each time")
	}
	for _, r := range name {
		if r != '_' && (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			return fmt.Errorf("the code %q has something else than a to z, 0 to 9 and _", name)
		}
	}
	return nil
}
