package matching_test

import (
	"errors"
	"slices"
	"testing"

	"example.org/backontrack/matching"
)

func TestPlan_byChoice(t *testing.T) {
	t.Parallel()
	e := authority(t, matching.Group{Places: matching.Every(1)}, scored("r1", "ann"))
	option := worthPlan(t, e).Assignments[0].Stays
	for name, o := range map[string]matching.PlanOptions{
		"fixed":  {Fixed: []matching.Choice{{Referral: "r1"}}},
		"barred": {Barred: []matching.Choice{{Referral: "r1", Stays: option}}},
	} {
		p := e.Planner(0)
		plan, err := p.Plan(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		if len(plan.Unplaced) == 0 {
			continue // another start is open
		}
		if u := plan.Unplaced[0]; !u.ByChoice || len(u.Reasons)+len(u.Unlock) > 0 || u.Cost != nil {
			t.Errorf("%s: %+v, want nothing but the choice", name, u)
		}
		u, err := p.Explain(t.Context(), plan, "r1", o)
		if err != nil || !u.ByChoice || len(u.Reasons)+len(u.Unlock) > 0 {
			t.Errorf("%s: explained %+v, %v", name, u, err)
		}
		reg, err := e.Register(plan)
		if err != nil || len(reg.Rows) != 1 || reg.Rows[0].Code != matching.CodeChoice {
			t.Errorf("%s: register %+v, %v", name, reg, err)
		}
	}
}

func TestForeignPlan_claims(t *testing.T) {
	t.Parallel()
	e := authority(t, matching.Group{Places: matching.Every(1)}, scored("r1", "ann"), scored("r2", "bob"))
	good := worthPlan(t, e)
	for name, spoil := range map[string]func(p *matching.Plan){
		"objective":   func(p *matching.Plan) { p.Objective += 999; p.Bound += 999 },
		"composition": func(p *matching.Plan) { p.Composition++ },
		"bonus":       func(p *matching.Plan) { p.Assignments[0].Bonus++ },
		"score":       func(p *matching.Plan) { p.Assignments[0].Score++ },
		"bound":       func(p *matching.Plan) { p.Bound = p.Objective - 1 },
		"incomplete":  func(p *matching.Plan) { p.Unplaced = nil },
		"twice":       func(p *matching.Plan) { p.Unplaced = append(p.Unplaced, p.Unplaced[0]) },
	} {
		plan := *good
		plan.Assignments, plan.Unplaced = slices.Clone(good.Assignments), slices.Clone(good.Unplaced)
		spoil(&plan)
		p, o := e.Planner(0), matching.PlanOptions{}
		_, register := e.Register(&plan)
		_, worth := e.Worth(t.Context(), &plan, nil, o)
		_, regrets := p.Regrets(t.Context(), &plan, "r1", o)
		_, explain := p.Explain(t.Context(), &plan, good.Unplaced[0].Referral, o)
		_, figures := p.Figures(&plan)
		for n, err := range []error{register, worth, regrets, explain, figures} {
			if !errors.Is(err, matching.ErrForeignPlan) {
				t.Errorf("%s, question %d: error %v", name, n, err)
			}
		}
	}
}

func TestWorth_whichInvestment(t *testing.T) {
	t.Parallel()
	e := authority(t, matching.Group{Places: matching.Every(1)}, scored("r1", "ann"))
	fine := matching.Investment{Kind: matching.MorePlaces, Group: "group"}
	odd := fine
	odd.Rule = matching.CodePlaces
	_, err := e.Worth(t.Context(), worthPlan(t, e), []matching.Investment{fine, odd}, matching.PlanOptions{})
	wrong, ok := errors.AsType[*matching.InvestmentError](err)
	if !ok || wrong.Index != 1 || wrong.Field != "rule" || !errors.Is(err, matching.ErrInvestment) {
		t.Errorf("error %v, want one about the rule of the second", err)
	}
}

func TestDiffPlans_none(t *testing.T) {
	t.Parallel()
	plan := worthPlan(t, authority(t, scored("r1", "ann")))
	d := matching.DiffPlans(nil, plan)
	if len(d.Rows) != 1 || d.Rows[0].Kind != matching.Placed || d.Objective != plan.Objective {
		t.Fatalf("from nothing: %+v", d)
	}
	was := plan.Assignments[0].Stays[0]
	d.Rows[0].To[0].Group = "other"
	want(t, "the plan's own stay", was, plan.Assignments[0].Stays[0])
	if !matching.DiffPlans(nil, nil).Empty() {
		t.Error("nothing differs from nothing")
	}
}
