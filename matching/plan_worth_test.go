package matching_test

import (
	"errors"
	"slices"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/generate"
)

func worthPlan(t *testing.T, e *matching.Engine) *matching.Plan {
	t.Helper()
	plan, err := e.Plan(t.Context(), matching.PlanOptions{Effort: 200000})
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func worthIs(t *testing.T, e *matching.Engine, i matching.Investment) matching.Worth {
	t.Helper()
	list, err := e.Worth(t.Context(), worthPlan(t, e), []matching.Investment{i}, matching.PlanOptions{Effort: 200000})
	if err != nil {
		t.Fatal(err)
	}
	return list[0]
}

// scored is a referral with a score of 100 for the one group.
func scored(id matching.ReferralID, pupil matching.PupilID) matching.Referral {
	return matching.Referral{ID: id, Pupil: pupil, Given: map[matching.GroupID]matching.Given{"group": {Score: 100}}}
}

func TestWorth_onePlaceMore(t *testing.T) {
	t.Parallel()
	e := authority(t, matching.Group{Places: matching.Every(1)}, scored("r1", "ann"), scored("r2", "bob"))
	w := worthIs(t, e, matching.Investment{Kind: matching.MorePlaces, Group: "group"})
	want(t, "worth: 500 for the priority, and the score", [2]int{600, 600}, [2]int{w.Low, w.High})
	want(t, "placed", 2, w.Placed)
	want(t, "who gains", 1, len(w.Gains))
	want(t, "hypothetical", false, w.Hypothetical)
	half := worthIs(t, e, matching.Investment{Kind: matching.MorePlaces, Group: "group", Sessions: calendar.Of(calendar.MonAM)})
	want(t, "in the morning only", [2]int{0, 0}, [2]int{half.Low, half.High})
}

func TestWorth_adults(t *testing.T) {
	t.Parallel()
	e := authority(t, matching.Group{Adults: matching.Every(125)}, scored("r1", "ann"), scored("r2", "bob"), scored("r3", "cat"))
	for name, c := range map[string]struct {
		i    matching.Investment
		want int
	}{
		"half an adult":             {matching.Investment{Kind: matching.MoreAdults, Group: "group"}, 1200},
		"enough for one more":       {matching.Investment{Kind: matching.MoreAdults, Group: "group", Amount: 125}, 600},
		"too little":                {matching.Investment{Kind: matching.MoreAdults, Group: "group", Amount: 124}, 0},
		"floating, at both":         {matching.Investment{Kind: matching.MoreAdults, Site: "site", Amount: 125}, 600},
		"floating, in the mornings": {matching.Investment{Kind: matching.MoreAdults, Site: "site", Sessions: calendar.Of(calendar.MonAM)}, 0},
	} {
		if w := worthIs(t, e, c.i); w.Low != c.want || w.High != c.want {
			t.Errorf("%s: worth %d to %d, want %d", name, w.Low, w.High, c.want)
		}
	}
}

func TestWorth_anotherTimetable(t *testing.T) {
	t.Parallel()
	e := authority(t, matching.Group{}, matching.Pupil{ID: "ann", Busy: mondays}, scored("r1", "ann"))
	w := worthIs(t, e, matching.Investment{Kind: matching.NewTimetable, Group: "group", Sessions: tuesdays})
	want(t, "worth", [2]int{600, 600}, [2]int{w.Low, w.High})
	want(t, "who gains", []matching.ReferralID{"r1"}, w.Gains)
}

func TestWorth_waivedRuleIsHypothetical(t *testing.T) {
	t.Parallel()
	rivals := matching.DefaultPolicy()
	rivals.Separations[0].Rivals = [][]string{{"north", "south"}}
	for name, c := range map[string]struct {
		rule  matching.Code
		parts []any
	}{
		"a rule of class never": {matching.CodeYearGroup, []any{matching.Group{Accepts: matching.Accepts{Years: []int{11}}}}},
		"places":                {matching.CodePlaces, []any{matching.Group{Places: matching.Every(0)}}},
		"staffing":              {matching.CodeStaffing, []any{matching.Group{Adults: matching.Every(0)}}},
		"busy":                  {matching.CodeBusy, []any{matching.Pupil{ID: "ann", Busy: mondays}}},
		"too short":             {matching.CodeTooShort, []any{matching.Group{Weeks: &matching.Length{Min: 30}}}},
		"a separation from one who stands": {matching.CodeRivalAreas, []any{
			rivals, matching.Pupil{ID: "ann", Areas: []string{"north"}}, matching.Pupil{ID: "zoe", Areas: []string{"south"}}, stands("zoe", "group"),
		}},
		"a separation on the agenda": {matching.CodeRivalAreas, []any{
			rivals, matching.Pupil{ID: "ann", Areas: []string{"north"}}, matching.Pupil{ID: "bob", Areas: []string{"south"}}, scored("r2", "bob"),
		}},
	} {
		e := authority(t, append(c.parts, scored("r1", "ann"))...)
		w := worthIs(t, e, matching.Investment{Kind: matching.WaiveRule, Rule: c.rule})
		if !w.Hypothetical || w.Low != 600 || w.High != 600 {
			t.Errorf("%s: %+v, want a hypothetical worth of 600", name, w)
		}
		if again := worthPlan(t, e); len(again.Unplaced) == 0 {
			t.Errorf("%s: the waiver got into a plan", name)
		}
	}
}

func TestWorth_misuse(t *testing.T) {
	t.Parallel()
	e := authority(t, matching.Group{Places: matching.Every(1)}, scored("r1", "ann"))
	plan := worthPlan(t, e)
	for name, i := range map[string]matching.Investment{
		"no kind": {Group: "group"}, "no group": {Kind: matching.MorePlaces}, "nothing is limited": {Kind: matching.MoreAdults, Group: "group"},
		"less": {Kind: matching.MorePlaces, Group: "group", Amount: -1}, "no rule": {Kind: matching.WaiveRule, Rule: "luck"},
		"never open": {Kind: matching.WaiveRule, Rule: matching.CodeNotOpen}, "no site": {Kind: matching.MoreAdults, Site: "moon"},
		"fewer sessions": {Kind: matching.NewTimetable, Group: "group", Sessions: calendar.Of(calendar.TueAM)},
		"the same ones":  {Kind: matching.NewTimetable, Group: "group", Sessions: mondays},
		"group and site": {Kind: matching.MoreAdults, Group: "group", Site: "site"},
	} {
		if _, err := e.Worth(t.Context(), plan, []matching.Investment{i}, matching.PlanOptions{}); !errors.Is(err, matching.ErrInvestment) {
			t.Errorf("%s: error %v", name, err)
		}
	}
	for _, foreign := range []*matching.Plan{nil, {}} {
		if _, err := e.Worth(t.Context(), foreign, nil, matching.PlanOptions{}); !errors.Is(err, matching.ErrForeignPlan) {
			t.Errorf("a foreign plan: error %v", err)
		}
		if _, err := e.Register(foreign); !errors.Is(err, matching.ErrForeignPlan) {
			t.Errorf("the register of a foreign plan: error %v", err)
		}
	}
}

func TestRegister_oneGapEach(t *testing.T) {
	t.Parallel()
	must := func(id matching.PupilID, code string) matching.Pupil {
		return matching.Pupil{ID: id, Needs: []matching.Need{{Code: code, Must: true}}}
	}
	given := func(id matching.ReferralID, pupil matching.PupilID, groups ...matching.GroupID) matching.Referral {
		r := matching.Referral{ID: id, Pupil: pupil, Given: map[matching.GroupID]matching.Given{}}
		for _, g := range groups {
			r.Given[g] = matching.Given{Score: 1}
		}
		return r
	}
	e := authority(t,
		matching.Group{ID: "needs", Accepts: matching.Accepts{Needs: []string{"SEMH"}}},
		matching.Group{ID: "both", Accepts: matching.Accepts{Needs: []string{"SEMH"}, Years: []int{11}}},
		matching.Group{ID: "full", Places: matching.Every(0)},
		must("a", "ASD"), must("b", "ASD"), must("c", "PD"), matching.Pupil{ID: "d"}, matching.Pupil{ID: "e"}, matching.Pupil{ID: "f"},
		given("ra", "a", "needs", "both"), given("rb", "b", "needs"), given("rc", "c", "both"),
		given("rd", "d", "full"), given("re", "e", "both"), given("rf", "f"))
	reg, err := e.Register(worthPlan(t, e))
	if err != nil {
		t.Fatal(err)
	}
	want(t, "register", &matching.Register{Unplaced: 6, Rows: []matching.Gap{
		{Code: matching.CodeYearGroup, Detail: []string{"8"}, Count: 2, Alone: 1, Referrals: []matching.ReferralID{"rc", "re"}},
		{Code: matching.CodeNeedsNotMet, Detail: []string{"ASD"}, Count: 2, Alone: 2, Referrals: []matching.ReferralID{"ra", "rb"}},
		{Code: matching.CodePlaces, Detail: []string{"mon-am"}, Count: 1, Alone: 1, Referrals: []matching.ReferralID{"rd"}},
		{Code: matching.CodeNoOption, Detail: []string{}, Count: 1, Referrals: []matching.ReferralID{"rf"}},
	}}, reg)
	investments, err := e.Investments(worthPlan(t, e))
	if err != nil {
		t.Fatal(err)
	}
	want(t, "investments", []matching.Investment{{Kind: matching.MorePlaces, Group: "full"}}, investments)
}

// The counts add up, every referral is in one row, and what is suggested can be made.
func TestRegister_addsUp(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		s, err := generate.Snapshot(generate.Options{Referrals: 60, Groups: 4, Seed: seed + 1})
		if err != nil {
			t.Fatal(err)
		}
		e, err := matching.New(s)
		if err != nil {
			t.Fatal(err)
		}
		o := matching.PlanOptions{Effort: 20000}
		plan, err := e.Plan(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		reg, err := e.Register(plan)
		if err != nil {
			t.Fatal(err)
		}
		var listed, unplaced []matching.ReferralID
		for _, row := range reg.Rows {
			listed = append(listed, row.Referrals...)
			if row.Count != len(row.Referrals) || row.Alone > row.Count {
				t.Errorf("seed %d: row %+v", seed, row)
			}
		}
		for _, u := range plan.Unplaced {
			unplaced = append(unplaced, u.Referral)
		}
		slices.Sort(listed)
		want(t, "the referrals of all rows", unplaced, listed)
		investments, err := e.Investments(plan)
		if err != nil {
			t.Fatal(err)
		}
		list, err := e.Worth(t.Context(), plan, investments[:min(3, len(investments))], o)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range list {
			if w.Low > w.High || w.Placed != len(plan.Assignments)+len(w.Gains)-len(w.Loses) {
				t.Errorf("seed %d: %+v does not add up with %d placed", seed, w, len(plan.Assignments))
			}
		}
	}
}
