package matching_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/matchtest"
)

func alternatives(t testing.TB, p *matching.Planner, o matching.PlanOptions) []matching.Alternative {
	t.Helper()
	list, err := p.Alternatives(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestLaw_alternatives(t *testing.T) {
	t.Parallel()
	lawWorlds(t, 60, alternativesHold)
}

func alternativesHold(t testing.TB, seed uint64) {
	e := lawEngine(t, matchtest.World(seed))
	p := e.Planner(0)
	o := matching.PlanOptions{Effort: 5 * askEffort}
	list := alternatives(t, p, o)
	lawEqual(t, lawJSON(t, list), lawJSON(t, alternatives(t, e.Planner(0), o)))
	var aims []matching.PlanAim
	bound := list[0].Plan.Bound
	for i := range list {
		a := &list[i]
		aims = append(aims, a.Aims...)
		if (a.Plan.Status == matching.PlanOptimal) != (a.Plan.Objective == bound) || a.Plan.Bound != bound || a.Plan.Objective > bound {
			t.Errorf("objective %d, bound %d, %s", a.Plan.Objective, bound, a.Plan.Status)
		}
		if a.Plan.Objective > list[0].Plan.Objective {
			t.Errorf("%v is worth more than the first", a.Aims)
		}
		fixed := fixedTo(a.Plan) // it is feasible, and worth what it says
		if again := planned(t, p, matching.PlanOptions{Fixed: fixed}); again.Objective != a.Plan.Objective || again.Composition != a.Plan.Composition {
			t.Errorf("%v: objective %d, recounted %d", a.Aims, a.Plan.Objective, again.Objective)
		}
		figuresHold(t, e, a)
		if len(a.Differences) != i {
			t.Errorf("%d differences from %d plans", len(a.Differences), i)
		}
		for j, d := range a.Differences {
			if len(d.Rows) == 0 {
				t.Errorf("%v is the same as %v", a.Aims, list[j].Aims)
			}
		}
	}
	slices.Sort(aims)
	want := slices.DeleteFunc(matching.Aims(), func(a matching.PlanAim) bool { return a == matching.FewestMoves })
	slices.Sort(want)
	if !slices.Equal(aims, want) {
		t.Errorf("aims %v", aims)
	}
	most := forAim(list, matching.MostPlaced)
	for i := range list {
		if list[i].Figures.Placed > most.Figures.Placed {
			t.Errorf("%v places more than %d", list[i].Aims, most.Figures.Placed)
		}
	}
}

func forAim(list []matching.Alternative, aim matching.PlanAim) *matching.Alternative {
	return &list[slices.IndexFunc(list, func(a matching.Alternative) bool { return slices.Contains(a.Aims, aim) })]
}

// fixedTo are the choices of a whole plan.
func fixedTo(plan *matching.Plan) []matching.Choice {
	var fixed []matching.Choice
	for _, a := range plan.Assignments {
		fixed = append(fixed, matching.Choice{Referral: a.Referral, Stays: a.Stays})
	}
	for _, u := range plan.Unplaced {
		fixed = append(fixed, matching.Choice{Referral: u.Referral})
	}
	return fixed
}

// figuresHold counts again, from the options.
func figuresHold(t testing.TB, e *matching.Engine, a *matching.Alternative) {
	t.Helper()
	want := matching.PlanFigures{
		Placed: len(a.Plan.Assignments), Unplaced: len(a.Plan.Unplaced), Objective: a.Plan.Objective, Composition: a.Plan.Composition,
		PlacesLeft: a.Figures.PlacesLeft, PlacesLeftLeast: a.Figures.PlacesLeftLeast,
	}
	for _, assigned := range a.Plan.Assignments {
		ranking := lawRank(t, e, assigned.Referral).Ranking
		o := ranking[slices.IndexFunc(ranking, func(o matching.Option) bool { return slices.Equal(o.Stays, assigned.Stays) })]
		want.Unchecked += len(o.Unchecked)
		want.Spread += o.ScoreHigh - o.ScoreLow
		if o.Late {
			want.Late++
		}
		if o.Minutes == nil {
			want.UnknownMinutes++
		} else {
			want.Minutes += *o.Minutes
			want.LongestMinutes = max(want.LongestMinutes, *o.Minutes)
		}
	}
	if *a.Figures != want {
		t.Errorf("figures %s, want %s", lawJSON(t, a.Figures), lawJSON(t, want))
	}
	sum, least := freePlaces(e.Snapshot(), a.Plan)
	if a.Figures.PlacesLeft != sum || a.Figures.PlacesLeftLeast != least {
		t.Errorf("places left %d, least %d; counted %d and %d", a.Figures.PlacesLeft, a.Figures.PlacesLeftLeast, sum, least)
	}
}

// freePlaces counts pupils day by day.
func freePlaces(s *matching.Snapshot, plan *matching.Plan) (sum, least int) {
	some := false
	for i := range s.Groups {
		g := &s.Groups[i]
		left, limited := 0, false
		first, last := max(s.AsOf, g.Open.From), s.Horizon
		if g.Open.To != 0 {
			last = min(last, g.Open.To)
		}
		for d := first; d <= last; d++ {
			for session := range g.Timetable.All() {
				places, ok := g.PlacesOn(session, d)
				if !ok || int(session)/2 != int(d.Weekday())-1 || closed(s, d) {
					continue
				}
				if n := places - present(s, plan, g, session, d); !limited || n < left {
					left, limited = n, true
				}
			}
		}
		if limited {
			sum += left
			if !some || left < least {
				least, some = left, true
			}
		}
	}
	return sum, least
}

func closed(s *matching.Snapshot, d calendar.Date) bool {
	return slices.ContainsFunc(s.Calendar.Closed, func(c calendar.Closure) bool { return c.From <= d && d <= c.To })
}

func present(s *matching.Snapshot, plan *matching.Plan, g *matching.Group, session calendar.Session, d calendar.Date) int {
	attends := func(id matching.PatternID) bool {
		return g.Patterns[slices.IndexFunc(g.Patterns, func(p matching.Pattern) bool { return p.ID == id })].Sessions.Has(session)
	}
	n := 0
	for _, p := range s.Placements {
		if p.Group == g.ID && p.From <= d && d <= p.To && attends(p.Pattern) {
			n++
		}
	}
	for _, a := range plan.Assignments {
		for _, stay := range a.Stays {
			if stay.Group == g.ID && stay.From <= d && d <= stay.To && attends(stay.Pattern) {
				n++
			}
		}
	}
	return n
}

// TestPlanAims has for each aim a world in which it matters.
func TestPlanAims(t *testing.T) {
	t.Parallel()
	better := map[matching.PlanAim]int{}
	for seed := range uint64(60) {
		list := alternatives(t, lawEngine(t, matchtest.World(seed)).Planner(0), matching.PlanOptions{Effort: 5 * askEffort})
		first := list[0].Figures
		for i := range list[1:] {
			f := list[i+1].Figures
			for _, aim := range list[i+1].Aims {
				if map[matching.PlanAim]bool{
					matching.LeastRisk:        f.Unchecked < first.Unchecked,
					matching.ShortestJourneys: f.Minutes < first.Minutes, matching.MostRoom: f.PlacesLeft > first.PlacesLeft,
				}[aim] {
					better[aim]++
				}
			}
		}
	}
	for _, aim := range []matching.PlanAim{matching.LeastRisk, matching.ShortestJourneys, matching.MostRoom} {
		if better[aim] == 0 {
			t.Errorf("%s never serves its aim better than the first plan", aim)
		}
	}
}

func TestPlan_aim(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		p := lawEngine(t, matchtest.World(seed)).Planner(0)
		base := planned(t, p, matching.PlanOptions{})
		for _, aim := range matching.Aims() {
			plan := planned(t, p, matching.PlanOptions{Aim: aim, Effort: 2 * askEffort})
			if plan.Objective > base.Bound || plan.Bound < base.Objective || (plan.Status == matching.PlanOptimal) != (plan.Objective == plan.Bound) {
				t.Errorf("world %d, %s: objective %d, bound %d, %s; without the aim %d, %d", seed, aim, plan.Objective, plan.Bound, plan.Status, base.Objective, base.Bound)
			}
			if aim == matching.HighestObjective {
				lawEqual(t, lawJSON(t, planned(t, p, matching.PlanOptions{Effort: 2 * askEffort})), lawJSON(t, plan))
			}
		}
	}
	if _, err := townEngine().Plan(context.Background(), matching.PlanOptions{Aim: "fun"}); !errors.Is(err, matching.ErrNoSuchAim) {
		t.Errorf("got %v", err)
	}
}

// oneOrTwo has the adults for one pupil whose place is owed by law, or for two others.
func oneOrTwo() *matching.Snapshot {
	return &matching.Snapshot{
		AsOf: calendar.MustDate("2026-11-23"), Horizon: calendar.MustDate("2027-03-26"),
		Sites:  []matching.Site{{ID: "mill"}},
		Groups: []matching.Group{{ID: "return", Site: "mill", Timetable: calendar.OnDays(1, 2), Adults: matching.Every(1000)}},
		Pupils: []matching.Pupil{{ID: "ann", Year: 8, Support: "one_to_one"}, {ID: "bob", Year: 8, Support: "intensive"}, {ID: "cat", Year: 8, Support: "intensive"}},
		Referrals: []matching.Referral{
			{ID: "r-ann", Pupil: "ann", Priority: "statutory"}, {ID: "r-bob", Pupil: "bob"}, {ID: "r-cat", Pupil: "cat"},
		},
	}
}

func TestPlanAims_mostPlaced(t *testing.T) {
	t.Parallel()
	list := alternatives(t, lawEngine(t, oneOrTwo()).Planner(0), matching.PlanOptions{})
	if len(list) != 2 || list[0].Figures.Placed != 1 || list[1].Figures.Placed != 2 || !slices.Equal(list[1].Aims, []matching.PlanAim{matching.MostPlaced}) {
		t.Errorf("got %s", lawJSON(t, list))
	}
}
