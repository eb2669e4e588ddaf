package matching_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/matchtest"
)

func TestLaw_lastPlaces(t *testing.T) {
	t.Parallel()
	lawWorlds(t, 100, lastPlacesHold)
}

// lastPlacesHold asks for each warning by fixing a whole plan with one choice different.
func lastPlacesHold(t testing.TB, seed uint64) {
	e := lawEngine(t, matchtest.World(seed))
	p := e.Planner(0)
	plan := planned(t, p, matching.PlanOptions{})
	last, err := p.LastPlaces(plan)
	if err != nil {
		t.Fatal(err)
	}
	var want []matching.LastPlace
	for _, r := range e.Snapshot().Referrals {
		ranking := lawRank(t, e, r.ID).Ranking
		l := matching.LastPlace{Referral: r.ID, Groups: []matching.GroupID{}, WantedBy: []matching.ReferralID{}}
		l.OnlyOption = len(ranking) > 0 && !slices.ContainsFunc(ranking, func(o matching.Option) bool { return !slices.Equal(groupsOf(o.Stays), groupsOf(ranking[0].Stays)) })
		stays := staysIn(plan, r.ID)
		if l.OnlyOption {
			l.Groups = groupsOf(ranking[0].Stays)
		}
		if l.Placed = len(stays) > 0; l.Placed {
			l.Groups = groupsOf(stays)
			l.NoneLeft = !slices.ContainsFunc(ranking, func(o matching.Option) bool {
				apart := !slices.ContainsFunc(groupsOf(o.Stays), func(g matching.GroupID) bool { return slices.Contains(l.Groups, g) })
				return apart && possibleWith(t, p, plan, matching.Choice{Referral: r.ID, Stays: o.Stays})
			})
			for _, u := range plan.Unplaced {
				if slices.ContainsFunc(lawRank(t, e, u.Referral).Ranking, func(o matching.Option) bool {
					choice := matching.Choice{Referral: u.Referral, Stays: o.Stays}
					return !possibleWith(t, p, plan, choice) && possibleWith(t, p, plan, choice, matching.Choice{Referral: r.ID})
				}) {
					l.WantedBy = append(l.WantedBy, u.Referral)
				}
			}
		}
		if l.OnlyOption || l.NoneLeft || len(l.WantedBy) > 0 {
			want = append(want, l)
		}
	}
	if len(want) == 0 {
		want = []matching.LastPlace{}
	}
	lawEqual(t, lawJSON(t, want), lawJSON(t, last))
}

func groupsOf(stays []matching.Stay) []matching.GroupID {
	groups := []matching.GroupID{}
	for _, stay := range stays {
		groups = append(groups, stay.Group)
	}
	return groups
}

// possibleWith tells whether a plan stays possible with some choices instead of its own.
func possibleWith(t testing.TB, p *matching.Planner, plan *matching.Plan, instead ...matching.Choice) bool {
	t.Helper()
	fixed := fixedTo(plan)
	for _, c := range instead {
		i := slices.IndexFunc(fixed, func(f matching.Choice) bool { return f.Referral == c.Referral })
		fixed[i] = c
	}
	_, err := p.Plan(context.Background(), matching.PlanOptions{Fixed: fixed, Effort: 1})
	if err != nil && !errors.Is(err, matching.ErrImpossibleChoice) {
		t.Fatal(err)
	}
	return err == nil
}

func TestPlanQuestions_foreignPlan(t *testing.T) {
	t.Parallel()
	e := lawEngine(t, oneOrTwo())
	p := e.Planner(0)
	good := planned(t, p, matching.PlanOptions{})
	for name, spoil := range map[string]func(plan *matching.Plan){
		"another snapshot": func(plan *matching.Plan) { plan.Snapshot = "sha256:00" },
		"no option": func(plan *matching.Plan) {
			plan.Assignments[0].Stays = []matching.Stay{{Group: "return", Pattern: "half"}}
		},
		"nobody's": func(plan *matching.Plan) { plan.Assignments[0].Referral = "r-zoe" },
		"twice":    func(plan *matching.Plan) { plan.Assignments = append(plan.Assignments, plan.Assignments[0]) },
		"too many": func(plan *matching.Plan) {
			more := plan.Assignments[0]
			more.Referral = "r-bob"
			plan.Assignments = append(plan.Assignments, more)
		},
	} {
		plan := *good
		plan.Assignments = slices.Clone(good.Assignments)
		spoil(&plan)
		_, lastErr := p.LastPlaces(&plan)
		_, figuresErr := p.Figures(&plan)
		_, regretsErr := p.Regrets(context.Background(), &plan, "r-ann", matching.PlanOptions{})
		for _, err := range []error{lastErr, figuresErr, regretsErr} {
			if !errors.Is(err, matching.ErrForeignPlan) {
				t.Errorf("%s: got %v", name, err)
			}
		}
	}
	if _, err := p.LastPlaces(nil); !errors.Is(err, matching.ErrForeignPlan) {
		t.Errorf("no plan: got %v", err)
	}
	barred := matching.PlanOptions{Barred: []matching.Choice{{Referral: "r-ann", Stays: good.Assignments[0].Stays}}}
	if _, err := p.Regrets(context.Background(), good, "r-ann", barred); !errors.Is(err, matching.ErrForeignPlan) {
		t.Errorf("the plan has what is barred: got %v", err)
	}
	if _, err := p.Regrets(context.Background(), good, "r-zoe", matching.PlanOptions{}); err == nil || errors.Is(err, matching.ErrForeignPlan) {
		t.Errorf("no such referral: got %v", err)
	}
}
