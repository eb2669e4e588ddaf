package matching_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// A plan that keeps to what is decided is no better than the best that may do without.
func TestPlanLaw_choicesAreKeptTo(t *testing.T) {
	t.Parallel()
	planWorlds(t, 800, 80, planWorld, func(t testing.TB, seed uint64) {
		c := newPlanCase(t, planWorld(seed))
		free := c.effort(t, 200)
		for _, r := range c.s.Referrals {
			id := matching.ReferralID(r.ID)
			choice := matching.Choice{Referral: id}
			if options := c.options[id]; len(options) > 0 && seed%3 > 0 {
				choice.Stays = options[seed%uint64(len(options))].Stays
			}
			fixed := c.plan(context.Background(), t, matching.PlanOptions{Effort: 200, Fixed: []matching.Choice{choice}})
			noBetter(t, "with a choice fixed", fixed, free)
			if !slices.EqualFunc([]matching.Choice{choice}, planChosen(fixed, id), sameChoice) {
				t.Errorf("fixed %s: %s", lawJSON(t, choice), lawJSON(t, fixed.Assignments))
			}
			if choice.Stays == nil {
				continue
			}
			without := c.plan(context.Background(), t, matching.PlanOptions{Effort: 200, Barred: []matching.Choice{choice}})
			noBetter(t, "with a choice barred", without, free)
			if slices.EqualFunc([]matching.Choice{choice}, planChosen(without, id), sameChoice) {
				t.Errorf("barred %s: %s", lawJSON(t, choice), lawJSON(t, without.Assignments))
			}
		}
	})
}

// planChosen is what a plan chose for a referral: one choice, without stays if it has no place.
func planChosen(p *matching.Plan, id matching.ReferralID) []matching.Choice {
	for _, choice := range planChoices(p) {
		if choice.Referral == id {
			return []matching.Choice{choice}
		}
	}
	return []matching.Choice{{Referral: id}}
}

func sameChoice(a, b matching.Choice) bool {
	return a.Referral == b.Referral && slices.Equal(a.Stays, b.Stays)
}

// With everything decided there is one plan.
func TestPlanLaw_everythingFixed(t *testing.T) {
	t.Parallel()
	planWorlds(t, 400, 40, planLarge, func(t testing.TB, seed uint64) {
		p := planOf(t, planLarge(seed), matching.PlanOptions{Effort: 5000})
		fixed := planChoices(p)
		for _, u := range p.Unplaced {
			fixed = append(fixed, matching.Choice{Referral: u.Referral})
		}
		again := planOf(t, planLarge(seed), matching.PlanOptions{Effort: 5000, Fixed: fixed})
		lawEqual(t, lawJSON(t, p.Assignments), lawJSON(t, again.Assignments))
		if again.Objective != p.Objective || again.Composition != p.Composition {
			t.Errorf("%d, composition %d; fixed: %d, composition %d", p.Objective, p.Composition, again.Objective, again.Composition)
		}
	})
}

func TestPlan_choicesThatExclude(t *testing.T) {
	t.Parallel()
	s := planRead(t, slowSnapshotText("", `{"id": "a", "site": "s", "timetable": ["mon-am"], "places": 1, "starts": {"dates": ["2026-11-23"]}}`,
		`{"id": "p", "year": 8}, {"id": "q", "year": 8}`, `"referrals": [{"id": "r1", "pupil": "p"}, {"id": "r2", "pupil": "q"}]`))
	e := lawEngine(t, s)
	stay := lawOptions(t, e, "r1")[0].Stays
	other := slices.Clone(stay)
	other[0].From++
	for name, o := range map[string]matching.PlanOptions{
		"no option":        {Fixed: []matching.Choice{{Referral: "r1", Stays: other}}},
		"one place":        {Fixed: []matching.Choice{{Referral: "r1", Stays: stay}, {Referral: "r2", Stays: stay}}},
		"fixed and barred": {Fixed: []matching.Choice{{Referral: "r1", Stays: stay}}, Barred: []matching.Choice{{Referral: "r1", Stays: stay}}},
		"placed and not":   {Fixed: []matching.Choice{{Referral: "r1", Stays: stay}, {Referral: "r1"}}},
	} {
		if p, err := e.Plan(context.Background(), o); !errors.Is(err, matching.ErrImpossibleChoice) || p != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	var missing *matching.NotFoundError
	for _, o := range []matching.PlanOptions{{Fixed: []matching.Choice{{Referral: "r9"}}}, {Barred: []matching.Choice{{Referral: "r9"}}}} {
		if _, err := e.Plan(context.Background(), o); !errors.As(err, &missing) || missing.ID != "r9" {
			t.Errorf("a referral that is not there: %v", err)
		}
	}
}

// Where there is nothing to plan, the plan is empty, and proven.
func TestPlan_ofNothing(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*matching.Snapshot){
		"no referrals": func(s *matching.Snapshot) { s.Referrals = nil },
		"no groups":    func(s *matching.Snapshot) { s.Groups, s.Placements = nil, nil },
		"no options":   func(s *matching.Snapshot) { planClose(s) },
		"nothing":      func(s *matching.Snapshot) { *s = matching.Snapshot{Format: s.Format, AsOf: s.AsOf, Horizon: s.Horizon} },
	} {
		for seed := range uint64(20) {
			s := planWorld(seed)
			change(s)
			for i := range s.Referrals {
				s.Referrals[i].Given = nil // names groups
			}
			p := planOf(t, s, matching.PlanOptions{})
			if p.Status != matching.PlanOptimal || p.Objective != 0 || p.Bound != 0 || p.Composition != 0 ||
				p.Assignments == nil || len(p.Assignments) != 0 || p.Moves == nil || len(p.Unplaced) != len(s.Referrals) {
				t.Errorf("%s: %s", name, lawJSON(t, p))
			}
		}
	}
}

// planClose has every group open after the horizon only.
func planClose(s *matching.Snapshot) {
	for i := range s.Groups {
		s.Groups[i].Open = matching.Span{From: s.Horizon + calendar.Date(1)}
	}
}

// Where company is worth nothing, no plan has any, and those who would have been company count for nothing else.
func TestPlan_compositionWorthNothing(t *testing.T) {
	t.Parallel()
	planWorlds(t, 200, 40, planWorld, func(t testing.TB, seed uint64) {
		s := planWorld(seed)
		s.Policy.Composition = matching.CompositionPolicy{}
		if p := newPlanCase(t, s).effort(t, 200); p.Composition != 0 {
			t.Errorf("composition %d", p.Composition)
		}
	})
}
