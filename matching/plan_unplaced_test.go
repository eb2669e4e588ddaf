package matching_test

import (
	"slices"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/generate"
)

// planned plans a story, and wants the plan to leave just one referral out.
func plannedWithout(t *testing.T, e *matching.Engine, out matching.ReferralID) (*matching.Planner, *matching.Plan, matching.Unplaced) {
	t.Helper()
	planner := e.Planner(0)
	plan, err := planner.Plan(t.Context(), matching.PlanOptions{Effort: 200000})
	if err != nil {
		t.Fatal(err)
	}
	if len(plan.Unplaced) != 1 || plan.Unplaced[0].Referral != out {
		t.Fatalf("unplaced %v, want %s alone", plan.Unplaced, out)
	}
	return planner, plan, plan.Unplaced[0]
}

// codesOf are the codes of reasons.
func codesOf(reasons []matching.Reason) []matching.Code {
	codes := []matching.Code{}
	for _, r := range reasons {
		codes = append(codes, r.Code)
	}
	return codes
}

func refers(id matching.ReferralID, pupil matching.PupilID, priority string) matching.Referral {
	return matching.Referral{ID: id, Pupil: pupil, Priority: priority}
}

func TestPlan_fewestRulesThatKeepOut(t *testing.T) {
	t.Parallel()
	// Three groups refuse her year, two of them her need as well; the fourth refuses her need alone.
	sevens, asd := matching.Accepts{Years: []int{7}}, matching.Accepts{Needs: []string{"ASD"}}
	both := matching.Accepts{Years: []int{7}, Needs: []string{"ASD"}}
	e := authority(t, matching.Group{ID: "a", Accepts: sevens}, matching.Group{ID: "b", Accepts: both},
		matching.Group{ID: "c", Accepts: both}, matching.Group{ID: "d", Accepts: asd},
		matching.Pupil{ID: "new", Needs: []matching.Need{{Code: "SEMH", Must: true}}})
	_, _, out := plannedWithout(t, e, "r")
	want(t, "reasons", []matching.Reason{
		{Code: matching.CodeYearGroup, Class: matching.Never, Times: 3},
		{Code: matching.CodeNeedsNotMet, Class: matching.ByWaiver, Codes: []string{"SEMH"}, Times: 3},
	}, out.Reasons)
	want(t, "others in the way", []matching.ReferralID(nil), out.Referrals)
	want(t, "cost", (*matching.PlanCost)(nil), out.Cost)
	if len(out.Unlock) != 1 || out.Unlock[0].Changes[0].Rule != matching.CodeNeedsNotMet {
		t.Fatalf("unlock %+v, want a waiver of the need", out.Unlock)
	}
	want(t, "what it makes possible", matching.GroupID("d"), out.Unlock[0].Changes[1].Stays[0].Group)
}

func TestPlan_otherReferralInTheWay(t *testing.T) {
	t.Parallel()
	e := authority(t, matching.Group{Places: matching.Every(1)}, refers("r1", "ann", "statutory"), refers("r2", "bob", "routine"))
	planner, plan, out := plannedWithout(t, e, "r2")
	want(t, "codes", []matching.Code{matching.CodePlaces}, codesOf(out.Reasons))
	want(t, "in the way", []matching.ReferralID{"r1"}, out.Referrals)
	full, err := planner.Explain(t.Context(), plan, "r2", matching.PlanOptions{Effort: 200000})
	if err != nil {
		t.Fatal(err)
	}
	want(t, "cost: 3000 points of priority against 500", &matching.PlanCost{Low: 2500, High: 2500}, full.Cost)
}

func TestPlan_reassignAnother(t *testing.T) {
	t.Parallel()
	// Ann is worth 3000 more in red, where alone Bob can go; he is worth only 500 in all. Were she in blue, he could come.
	e := authority(t, matching.Group{ID: "red", Places: matching.Every(1)}, matching.Group{ID: "blue", Places: matching.Every(1)},
		matching.Referral{ID: "r1", Pupil: "ann", Given: map[matching.GroupID]matching.Given{"red": {Score: 3000}, "blue": {Score: 0}}},
		matching.Referral{ID: "r2", Pupil: "bob", Given: map[matching.GroupID]matching.Given{"red": {Score: 0}}})
	_, plan, out := plannedWithout(t, e, "r2")
	want(t, "in the way", []matching.ReferralID{"r1"}, out.Referrals)
	i := slices.IndexFunc(out.Unlock, func(u matching.Unlock) bool { return u.Changes[0].Kind == matching.Reassign })
	if i < 0 {
		t.Fatalf("unlock %+v, want r1 to go elsewhere", out.Unlock)
	}
	moved, placed := out.Unlock[i].Changes[0], out.Unlock[i].Changes[1]
	want(t, "who moves", matching.ReferralID("r1"), moved.Referral)
	want(t, "where", matching.GroupID("blue"), moved.Stays[0].Group)
	after, err := e.Plan(t.Context(), matching.PlanOptions{Effort: 200000, Fixed: []matching.Choice{
		{Referral: "r1", Stays: moved.Stays}, {Referral: "r2", Stays: placed.Stays},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if len(after.Unplaced) > 0 || after.Objective >= plan.Objective {
		t.Errorf("after the exchange: objective %d, unplaced %v", after.Objective, after.Unplaced)
	}
}

func TestPlan_adultsAreMissing(t *testing.T) {
	t.Parallel()
	e := authority(t, matching.Group{Adults: matching.Every(200)}, refers("r1", "ann", "statutory"), refers("r2", "bob", "routine"))
	_, _, out := plannedWithout(t, e, "r2")
	want(t, "codes", []matching.Code{matching.CodeStaffing}, codesOf(out.Reasons))
	if !slices.ContainsFunc(out.Unlock, func(u matching.Unlock) bool {
		return u.Changes[0].Kind == matching.AddAdults && u.Changes[0].Adults == 50
	}) {
		t.Errorf("unlock %+v, want 50 thousandths of an adult more beside the 125 of each", out.Unlock)
	}
}

func TestPlan_notWorthIt(t *testing.T) {
	t.Parallel()
	policy := matching.DefaultPolicy()
	policy.Composition.Alone = 5000
	e := authority(t, policy, girl("new"), boy("bob"), boy("ben"), stands("bob", "group"), stands("ben", "group"))
	_, _, out := plannedWithout(t, e, "r")
	want(t, "no rule keeps her out", []matching.Reason{}, out.Reasons)
	if out.Cost == nil || out.Cost.High <= 0 {
		t.Errorf("cost %v, want what it takes from the objective", out.Cost)
	}
}

func TestPlanner_Explain_misuse(t *testing.T) {
	t.Parallel()
	e := authority(t, matching.Group{Places: matching.Every(1)}, refers("r1", "ann", "statutory"), refers("r2", "bob", "routine"))
	planner, plan, _ := plannedWithout(t, e, "r2")
	for name, c := range map[string]struct {
		plan *matching.Plan
		id   matching.ReferralID
	}{
		"no plan": {nil, "r2"}, "one that is placed": {plan, "r1"}, "one that is not there": {plan, "r9"},
		"of another snapshot": {&matching.Plan{Snapshot: "sha256:0"}, "r2"},
	} {
		if _, err := planner.Explain(t.Context(), c.plan, c.id, matching.PlanOptions{}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// Those who are said to be in the way are: when they go, and all others stay, there is room; and no fewer are enough.
func TestPlan_thoseInTheWayAreFewest(t *testing.T) {
	t.Parallel()
	looked := 0
	for seed := range uint64(12) {
		s, err := generate.Snapshot(generate.Options{Referrals: 40, Groups: 3, Seed: seed + 1})
		if err != nil {
			t.Fatal(err)
		}
		e, err := matching.New(s)
		if err != nil {
			t.Fatal(err)
		}
		planner := e.Planner(0)
		plan, err := planner.Plan(t.Context(), matching.PlanOptions{Effort: 50000})
		if err != nil {
			t.Fatal(err)
		}
		for i := range plan.Unplaced {
			if u := &plan.Unplaced[i]; len(u.Referrals) > 0 {
				looked++
				if !roomFor(t, planner, plan, u.Referral, u.Referrals) {
					t.Errorf("seed %d: no room for %s without %v", seed, u.Referral, u.Referrals)
				}
				for n := range u.Referrals {
					fewer := slices.Delete(slices.Clone(u.Referrals), n, n+1)
					if roomFor(t, planner, plan, u.Referral, fewer) {
						t.Errorf("seed %d: room for %s without %v already", seed, u.Referral, fewer)
					}
				}
			}
		}
	}
	if looked < 5 {
		t.Errorf("only %d referrals had others in the way", looked)
	}
}

// roomFor tells whether a referral has a place when some others have none, and the rest what the plan gives them.
func roomFor(t *testing.T, planner *matching.Planner, plan *matching.Plan, id matching.ReferralID, gone []matching.ReferralID) bool {
	t.Helper()
	var fixed []matching.Choice
	for _, a := range plan.Assignments {
		c := matching.Choice{Referral: a.Referral, Stays: a.Stays}
		if slices.Contains(gone, a.Referral) {
			c.Stays = nil
		}
		fixed = append(fixed, c)
	}
	for _, u := range plan.Unplaced {
		if u.Referral != id {
			fixed = append(fixed, matching.Choice{Referral: u.Referral})
		}
	}
	after, err := planner.Plan(t.Context(), matching.PlanOptions{Effort: 20000, Fixed: fixed})
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(after.Assignments, func(a matching.Assignment) bool { return a.Referral == id })
}
