package matchtest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

var resourceLaws = []law[matching.Resource]{
	{Pure, resourcePure},
	{Deterministic, deterministic[matching.Resource]},
	{OrderBlind, resourceOrderBlind},
	{RenamingBlind, renamingBlind[matching.Resource]},
	{Monotone, monotone[matching.Resource]},
	{UnknownPasses, resourceUnknownPasses},
	{UnknownAsked, resourceUnknownAsked},
	{Explained, resourceExplained},
	{InRange, resourceInRange},
	{NoAllocation, resourceNoAllocation},
}

// eachUse tries every pupil, and eachDraw every group, of the world.
func eachUse(w *tried[matching.Resource], try func(matching.Resource, *matching.Pupil) error) error {
	s := w.fresh()
	for _, resource := range w.from(s) {
		for i := range s.Pupils {
			if err := try(resource, &s.Pupils[i]); err != nil {
				return fmt.Errorf("resource %s, pupil %s: %w", resource.Code(), s.Pupils[i].ID, err)
			}
		}
	}
	return nil
}

func eachDraw(w *tried[matching.Resource], try func(matching.Resource, *matching.Group) error) error {
	s := w.fresh()
	for _, resource := range w.from(s) {
		for i := range s.Groups {
			if err := try(resource, &s.Groups[i]); err != nil {
				return fmt.Errorf("resource %s, group %s: %w", resource.Code(), s.Groups[i].ID, err)
			}
		}
	}
	return nil
}

// used and drawn are answers of a resource, to be compared and shown.
func used(r matching.Resource, p *matching.Pupil) string {
	n, known := r.Demand(p)
	return fmt.Sprintf("a demand of %d (known: %t)", n, known)
}

func drawn(r matching.Resource, g *matching.Group) string {
	pool, draws := r.Pool(g)
	if !draws {
		return "no pool"
	}
	var out strings.Builder
	fmt.Fprintf(&out, "pool %q with", pool)
	for s := range g.Timetable.All() {
		n, limited := r.Capacity(pool, s)
		fmt.Fprintf(&out, " %s %d (limited: %t)", s, n, limited)
	}
	for _, c := range changesOf(r, pool) {
		fmt.Fprintf(&out, ", from %s to %s", c.From, c.To)
		for s := range calendar.Week.All() {
			if n, given := c.Capacity[s]; given {
				fmt.Fprintf(&out, " %s %d", s, n)
			}
		}
	}
	return out.String()
}

// changesOf are a pool's other capacities, of a resource that has any.
func changesOf(r matching.Resource, pool string) []matching.CapacityChange {
	if dated, ok := r.(matching.DatedResource); ok {
		return dated.Changes(pool)
	}
	return nil
}

// resourceSpeaks wants a refusal in the world as it is, or with one more pupil.
func resourceSpeaks(w *tried[matching.Resource]) (bool, error) {
	codes := map[matching.Code]bool{}
	for _, r := range w.from(w.fresh()) {
		codes[r.Code()] = true
	}
	spoken := false
	err := eachRefusal(w, func(r *matching.Reason) error {
		spoken = spoken || codes[r.Code]
		return nil
	})
	return spoken, err
}

func eachRefusal(w *tried[matching.Resource], try func(*matching.Reason) error) error {
	e, err := w.engine(w.fresh())
	if err != nil {
		return err
	}
	for _, referral := range e.Snapshot().Referrals {
		options, err := e.Options(referral.ID)
		if err != nil {
			return err
		}
		for _, o := range options {
			for i := range o.Reasons {
				if err := try(&o.Reasons[i]); err != nil {
					return fmt.Errorf("referral %s in group %s: %w", o.Referral, o.Stays[0].Group, err)
				}
			}
		}
	}
	return nil
}

func resourcePure(w *tried[matching.Resource]) error {
	r := rand.New(rand.NewPCG(w.seed, 8))
	var one, two string
	err := eachUse(w, func(resource matching.Resource, p *matching.Pupil) error {
		mine := shuffledPupil(r, p)
		return errors.Join(changedBy(&mine, func() { one, two = used(resource, &mine), used(resource, &mine) }), twice(one, two))
	})
	return errors.Join(err, eachDraw(w, func(resource matching.Resource, g *matching.Group) error {
		mine := shuffledGroup(r, g)
		return errors.Join(changedBy(&mine, func() { one, two = drawn(resource, &mine), drawn(resource, &mine) }), twice(one, two))
	}))
}

func twice(one, two string) error {
	if one != two {
		return fmt.Errorf("asked twice, it says %s and %s", one, two)
	}
	return nil
}

func resourceOrderBlind(w *tried[matching.Resource]) error {
	r := rand.New(rand.NewPCG(w.seed, 9))
	otherwise := func(one, two string) error {
		if one != two {
			return fmt.Errorf("with sets in another order it says %s, not %s", two, one)
		}
		return nil
	}
	return errors.Join(
		eachUse(w, func(resource matching.Resource, p *matching.Pupil) error {
			return otherwise(used(resource, p), used(resource, new(shuffledPupil(r, p))))
		}),
		eachDraw(w, func(resource matching.Resource, g *matching.Group) error {
			return otherwise(drawn(resource, g), drawn(resource, new(shuffledGroup(r, g))))
		}),
		orderBlind(w))
}

// eachAskedUse makes each fact of a pupil unknown in turn.
func eachAskedUse(
	w *tried[matching.Resource], try func(r matching.Resource, f matching.Fact, unknown, filled, answer *matching.Pupil) error,
) error {
	others := couldBe(w.fresh(), w.seed)
	return eachUse(w, func(resource matching.Resource, p *matching.Pupil) error {
		for _, f := range askable() {
			unknown := without(p, f)
			for i := range others {
				answer := answered(p, f, &others[i])
				filled := without(&answer, f)
				if err := try(resource, f, &unknown, &filled, &answer); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func resourceUnknownPasses(w *tried[matching.Resource]) error {
	return eachAskedUse(w, func(r matching.Resource, f matching.Fact, unknown, filled, _ *matching.Pupil) error {
		if one, two := used(r, unknown), used(r, filled); one != two {
			return fmt.Errorf("it reads %s, which is listed as unknown: it says %s, and %s when something else stands there", f, one, two)
		}
		return nil
	})
}

func resourceUnknownAsked(w *tried[matching.Resource]) error {
	return eachAskedUse(w, func(r matching.Resource, f matching.Fact, unknown, _, answer *matching.Pupil) error {
		n, known := r.Demand(unknown)
		m, _ := r.Demand(answer)
		if known && m != n {
			return fmt.Errorf("it says that it knows a demand of %d with %s unknown, and with an answer it is %d", n, f, m)
		}
		if m > n {
			return fmt.Errorf("with %s unknown it gives a demand of %d, and an answer would make it %d: it should give the most", f, n, m)
		}
		return nil
	})
}

// resourceExplained checks the names, and that the engine can tell of a refusal in numbers.
func resourceExplained(w *tried[matching.Resource]) error {
	codes := map[matching.Code]bool{}
	for _, r := range w.from(w.fresh()) {
		if err := wellFormed(r.Code); err != nil {
			return fmt.Errorf("resource %q: %w", r.Code(), err)
		}
		codes[r.Code()] = true
	}
	return eachRefusal(w, func(r *matching.Reason) error {
		switch {
		case !codes[r.Code]:
			return nil
		case r.Limit == nil || r.Observed == nil || *r.Observed <= *r.Limit:
			return fmt.Errorf("a refusal where no more is used than there is: %s", text(r))
		case r.Date == 0 || r.Session == "" || r.Times < 1:
			return fmt.Errorf("a refusal that does not say when: %s", text(r))
		}
		return nil
	})
}

func resourceInRange(w *tried[matching.Resource]) error {
	return errors.Join(
		eachUse(w, func(r matching.Resource, p *matching.Pupil) error {
			if n, _ := r.Demand(p); n < 0 {
				return fmt.Errorf("a demand of %d: one more pupil would make room", n)
			}
			return nil
		}),
		eachDraw(w, func(r matching.Resource, g *matching.Group) error {
			pool, draws := r.Pool(g)
			for s := range calendar.Week.All() {
				if !draws {
					return nil
				}
				if n, limited := r.Capacity(pool, s); limited && n < 0 {
					return fmt.Errorf("pool %q has a capacity of %d at %s", pool, n, s)
				}
			}
			return changesInRange(r, pool)
		}))
}

// changesInRange wants no capacity below 0, and one for a session and day.
func changesInRange(r matching.Resource, pool string) error {
	changes := changesOf(r, pool)
	for i, c := range changes {
		for s, n := range c.Capacity {
			twice := slices.ContainsFunc(changes[:i], func(other matching.CapacityChange) bool {
				_, both := other.Capacity[s]
				return both && other.From <= c.To && c.From <= other.To
			})
			if n < 0 || twice {
				return fmt.Errorf("pool %q has a capacity of %d at %s from %s (and another: %t)", pool, n, s, c.From, twice)
			}
		}
	}
	return nil
}

func resourceNoAllocation(w *tried[matching.Resource]) error {
	return eachUse(w, func(r matching.Resource, p *matching.Pupil) error {
		return allocates(func() { r.Demand(p) }, errors.New("it allocates for each pupil"))
	})
}
