package verify_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/verify"
)

// priced is the small plan with all its figures, as they are by hand: r1 brings 700 for group a, and r2,
// who comes late, is the friend of new and of old, who moves away to be with nobody.
func priced(t *testing.T) (*matching.Snapshot, *matching.Plan) {
	t.Helper()
	s, p := small()
	s.Referrals[0].Given = map[matching.GroupID]matching.Given{"a": {Score: 700}}
	s.Referrals[1].Given = map[matching.GroupID]matching.Given{"a": {Score: 1, Patterns: map[matching.PatternID]int{"all": 300}}}
	s.Referrals[1].Deadline = day("2026-11-22")
	s.Pupils[2].Friends = []matching.PupilID{"new", "old"}
	s.Pupils[2].Sex, s.Pupils[0].Sex = matching.Female, matching.Male
	hash, err := s.Hash()
	if err != nil {
		t.Fatal(err)
	}
	p.Snapshot, p.Engine, p.Policy, p.Status = hash, "by hand", "default", matching.PlanOptimal
	given := func(n int) []matching.Contribution {
		return []matching.Contribution{{Criterion: matching.CodeGiven, Weight: 1, Value: n, Points: n}}
	}
	one, two := &p.Assignments[0], &p.Assignments[1]
	one.Bonus, one.Score, one.Contributions = 500, 700, given(700)
	two.Bonus, two.Score, two.Contributions, two.Late = 500, 300, given(300), true
	p.Moves = []matching.Move{move("pl", "b", "am", "2026-11-24")}
	// On Monday the 23rd old is there still: two pairs of friends, and a girl and a boy
	// each alone of their sex. In b there is nobody but old.
	p.Composition = 2*40 - 120 - 120
	p.Objective = (500 + 700) + (500 + 300 - 500) + p.Composition - 150
	p.Bound = p.Objective
	return s, p
}

func TestPlan_holds(t *testing.T) {
	t.Parallel()
	s, p := priced(t)
	got := check(t, s, p)
	want := &verify.Report{
		Format: verify.Format, Violations: []verify.Violation{}, Figures: []verify.Figure{}, Standing: []verify.Violation{},
		Objective: 1190, OK: true,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("report (-want +got):\n%s", d)
	}
	text, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"format":"placement-check/1","violations":[],"figures":[],"standing":[],"objective":1190,"ok":true}`; string(text) != want {
		t.Errorf("got %s, want %s", text, want)
	}
}

func TestPlan_figures(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		edit func(p *matching.Plan)
		want string // path stated recomputed
	}{
		{"format", func(p *matching.Plan) { p.Format = "plan" }, "/format plan placement-plan/1"},
		{"policy", func(p *matching.Plan) { p.Policy = "other" }, "/policy other default"},
		{"status", func(p *matching.Plan) { p.Bound++ }, "/status optimal feasible"},
		{"no status", func(p *matching.Plan) { p.Status = "" }, "/status  optimal"},
		{"feasible", func(p *matching.Plan) { p.Status, p.Bound = matching.PlanFeasible, p.Bound+1 }, ""},
		{"objective", func(p *matching.Plan) { p.Objective++ }, "/objective 1191 1190"},
		{"bound", func(p *matching.Plan) { p.Status, p.Bound = matching.PlanFeasible, 1189 }, "/bound 1189 1190"},
		{"bonus", func(p *matching.Plan) { p.Assignments[0].Bonus = 3000 }, "/assignments/0/bonus 3000 500"},
		{"score", func(p *matching.Plan) { p.Assignments[1].Score = 1 }, "/assignments/1/score 1 300"},
		{"late", func(p *matching.Plan) { p.Assignments[1].Late = false }, "/assignments/1/late false true"},
		{"criterion", func(p *matching.Plan) { p.Assignments[1].Contributions[0].Criterion = "luck" }, "/assignments/1/contributions/0/criterion luck given"},
		{"weight", func(p *matching.Plan) { p.Assignments[1].Contributions[0].Weight = 2 }, "/assignments/1/contributions/0/weight 2 1"},
		{"value", func(p *matching.Plan) { p.Assignments[1].Contributions[0].Value = 2 }, "/assignments/1/contributions/0/value 2 300"},
		{"points", func(p *matching.Plan) { p.Assignments[1].Contributions[0].Points = 2 }, "/assignments/1/contributions/0/points 2 300"},
		{"range", func(p *matching.Plan) { p.Assignments[1].Contributions[0].Low = new(2) }, "/assignments/1/contributions/0/value_low 2 <nil>"},
		{"no contributions", func(p *matching.Plan) { p.Assignments[1].Contributions = nil }, "/assignments/1/contributions/0 <nil> given"},
		{"one too many", func(p *matching.Plan) {
			a := &p.Assignments[1]
			a.Contributions = append(a.Contributions, matching.Contribution{Criterion: "luck"})
		}, "/assignments/1/contributions/1 luck <nil>"},
		{"composition on the latest first day", func(p *matching.Plan) {
			p.Assignments[1].Stays[0] = stay("a", "all", "2026-11-30", "2026-12-13") // when old has gone
		}, "/status optimal feasible\n/objective 1190 1150\n/composition -160 -200"},
		{"composition", func(p *matching.Plan) { p.Composition = 0 }, "/composition 0 -160"},
	} {
		s, p := priced(t)
		c.edit(p)
		r := check(t, s, p)
		got := ""
		for _, f := range r.Figures {
			got += fmt.Sprintf("%s %v %v\n", f.Path, f.Stated, f.Recomputed)
		}
		if d := cmp.Diff(lines(c.want), got); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, d)
		}
		if r.OK != (c.want == "") || len(r.Violations) > 0 {
			t.Errorf("%s: ok is %v, violations are %s", c.name, r.OK, said(r.Violations))
		}
	}
}

func TestPlan_otherSnapshot(t *testing.T) {
	t.Parallel()
	s, p := priced(t)
	s.Sites[0].Name = "The Barn"
	r := check(t, s, p)
	if r.OK || len(r.Figures) != 1 || r.Figures[0].Path != "/snapshot" {
		t.Errorf("got %+v", r)
	}
}

// TestPlan_whatCannotBeChecked are errors, and no panic.
func TestPlan_whatCannotBeChecked(t *testing.T) {
	t.Parallel()
	s, p := small()
	for name, c := range map[string]struct {
		s *matching.Snapshot
		p *matching.Plan
	}{
		"no snapshot": {nil, p}, "no plan": {s, nil}, "an empty snapshot": {&matching.Snapshot{}, p},
	} {
		if r, err := verify.Plan(c.s, c.p); err == nil || r != nil {
			t.Errorf("%s: got %v, %v", name, r, err)
		}
	}
	r, err := verify.Plan(s, &matching.Plan{})
	if err != nil || r.OK || said(r.Violations) != lines("r1  not_listed\nr2  not_listed") {
		t.Errorf("an empty plan: got %v, %v", r, err)
	}
}
