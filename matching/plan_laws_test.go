package matching_test

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/matchtest"
)

// The laws of plans hold whether a plan is proven or not: of two snapshots of which the second allows whatever the
// first does, no plan of the first is worth more than the bound of the second.

func planOf(t testing.TB, s *matching.Snapshot, o matching.PlanOptions) *matching.Plan {
	t.Helper()
	p, err := lawEngine(t, s).Plan(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// planText is all that a plan says, but for the snapshot's hash.
func planText(t testing.TB, p *matching.Plan) string {
	t.Helper()
	without := *p
	without.Snapshot = ""
	return lawJSON(t, &without)
}

// noBetter wants the first plan not to be worth more than any plan of the second's snapshot can be.
func noBetter(t testing.TB, what string, first, second *matching.Plan) {
	t.Helper()
	if first.Objective > second.Bound {
		t.Errorf("%s: %d, and at most %d", what, first.Objective, second.Bound)
	}
}

// planLarge is a world too large for brute force, in which the searches have something to do.
func planLarge(seed uint64) *matching.Snapshot {
	return planShape{referrals: 14, groups: 5, sites: 2, standing: 6, weeks: 4, groupsPerWeek: 2, starts: 2}.world(seed)
}

// Lists in another order, and other ids in the same order, change nothing in a plan but the ids.
func TestPlanLaw_ordersAndNamesMeanNothing(t *testing.T) {
	t.Parallel()
	planWorlds(t, 400, 40, planLarge, func(t testing.TB, seed uint64) {
		o := matching.PlanOptions{Effort: 200}
		was := planText(t, planOf(t, planLarge(seed), o))
		lawEqual(t, was, planText(t, planOf(t, matchtest.Shuffle(planLarge(seed), seed), o)))
		renamed := planLarge(seed)
		back := matchtest.Rename(renamed)
		lawEqual(t, was, back(planText(t, planOf(t, renamed, o))))
	})
}

// The order of ids breaks ties, and decides where a search begins. So with ids in another order, what an unproven plan is
// worth may differ, and which of several best plans comes back; what a best plan is worth may not, nor the plan
// if there is one best plan only.
func TestPlanLaw_idsInAnotherOrder(t *testing.T) {
	t.Parallel()
	planWorlds(t, 800, 80, planWorld, func(t testing.TB, seed uint64) {
		c := newPlanCase(t, planWorld(seed))
		one := c.effort(t, 200)
		swap, back := planReversal(c.e.Snapshot())
		other := planOf(t, planRead(t, []byte(swap.Replace(lawEncode(t, c.e.Snapshot())))), matching.PlanOptions{Effort: 200})
		noBetter(t, "one order of ids and another", one, other)
		noBetter(t, "another order of ids and one", other, one)
		if c.found && c.brute.ties == 1 && one.Objective == c.brute.value && other.Objective == c.brute.value {
			lawEqual(t, planStays(t, one), planStays(t, planBack(t, other, back)))
		}
	})
}

// planReversal gives ids that come in the opposite order, and gives them back.
func planReversal(s *matching.Snapshot) (swap, back *strings.Replacer) {
	var to, from []string
	add := func(prefix string, id string, n int) {
		other := prefix + string(rune('z'-n))
		to, from = append(to, `"`+id+`"`, `"`+other+`"`), append(from, `"`+other+`"`, `"`+id+`"`)
	}
	for i, g := range s.Groups {
		add("group-", string(g.ID), i)
	}
	for i, p := range s.Pupils {
		add("pupil-", string(p.ID), i)
	}
	for i, r := range s.Referrals {
		add("referral-", string(r.ID), i)
	}
	for i, site := range s.Sites {
		add("site-", string(site.ID), i)
	}
	return strings.NewReplacer(to...), strings.NewReplacer(from...)
}

// planBack gives the assignments of a plan their ids back, and their order.
func planBack(t testing.TB, p *matching.Plan, back *strings.Replacer) *matching.Plan {
	t.Helper()
	out := &matching.Plan{}
	if err := json.Unmarshal([]byte(back.Replace(lawJSON(t, p.Assignments))), &out.Assignments); err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(out.Assignments, func(a, b matching.Assignment) int { return strings.Compare(string(a.Referral), string(b.Referral)) })
	return out
}

// planStays are the stays of a plan alone, those of a package by group.
func planStays(t testing.TB, p *matching.Plan) string {
	t.Helper()
	var all []matching.Choice
	for _, a := range p.Assignments {
		stays := slices.SortedFunc(slices.Values(a.Stays), func(a, b matching.Stay) int { return strings.Compare(string(a.Group), string(b.Group)) })
		all = append(all, matching.Choice{Referral: a.Referral, Stays: stays})
	}
	return lawJSON(t, all)
}

// The same bytes come back again and again, on however many processors.
func TestPlanLaw_sameBytes(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for seed := range uint64(worlds(t) / 6) {
		o := matching.PlanOptions{Effort: []int{1, 500, 30_000}[seed%3]}
		was := ""
		for _, processors := range []int{1, 1, 2, 4} {
			runtime.GOMAXPROCS(processors)
			is := lawJSON(t, planOf(t, planLarge(seed), o))
			if was == "" {
				was = is
			}
			lawEqual(t, was, is)
		}
		if t.Failed() {
			t.Fatalf("in world %d", seed)
		}
	}
}

// A planner that has planned other things gives the same plan as a new one.
func TestPlanLaw_plannerKeepsNothing(t *testing.T) {
	t.Parallel()
	planWorlds(t, 100, 20, planLarge, func(t testing.TB, seed uint64) {
		planner := lawEngine(t, planLarge(seed)).Planner(0)
		var first *matching.Plan
		for _, barred := range []bool{false, true, false} {
			o := matching.PlanOptions{Effort: 300}
			if barred {
				o.Barred = planChoices(first)
			}
			p, err := planner.Plan(context.Background(), o)
			if err != nil {
				t.Fatal(err)
			}
			if first == nil {
				first = p
			}
			if !barred {
				lawEqual(t, lawJSON(t, first), lawJSON(t, p))
			}
		}
	})
}

func planChoices(p *matching.Plan) []matching.Choice {
	choices := make([]matching.Choice, len(p.Assignments))
	for i, a := range p.Assignments {
		choices[i] = matching.Choice{Referral: a.Referral, Stays: a.Stays}
	}
	return choices
}

// A context that is done, or is cancelled on the way, gives a possible plan and no error.
func TestPlanLaw_cancelled(t *testing.T) {
	t.Parallel()
	planWorlds(t, 200, 20, planLarge, func(t testing.TB, seed uint64) {
		e, encoded := engineOf(t, planLarge(seed))
		s, options := slowRead(encoded), planOptions(t, e)
		for after := range 3 {
			ctx, cancel := context.WithCancel(context.Background())
			if after == 0 {
				cancel()
			}
			calls := 0
			p, err := e.Plan(ctx, matching.PlanOptions{Effort: 100_000, Progress: func(matching.Progress) {
				if calls++; calls == after {
					cancel()
				}
			}})
			cancel()
			if err != nil {
				t.Fatal(err)
			}
			planHolds(t, e, s, options, p)
		}
	})
}

// What is reported on the way never gets worse, and ends in the plan.
func TestPlanLaw_progress(t *testing.T) {
	t.Parallel()
	planWorlds(t, 200, 20, planLarge, func(t testing.TB, seed uint64) {
		s := planLarge(seed)
		var last *matching.Progress
		p := planOf(t, s, matching.PlanOptions{Effort: 100_000, Progress: func(now matching.Progress) {
			if now.Objective > now.Bound || now.Placed > now.Referrals || now.Referrals != len(s.Referrals) {
				t.Errorf("%+v", now)
			}
			if last != nil && (now.Objective < last.Objective || now.Bound > last.Bound || now.Nodes < last.Nodes || now.Iterations < last.Iterations) {
				t.Errorf("%+v came after %+v", now, *last)
			}
			last = &now
		}})
		if last == nil || p.Objective < last.Objective || p.Bound > last.Bound {
			t.Errorf("objective %d, bound %d, last %+v", p.Objective, p.Bound, last)
		}
	})
}

// planOneStart is a world in which every group has one day to start on. In others more room can make the best plan
// worse, as an earlier start that becomes possible is an option in place of a later one.
func planOneStart(seed uint64) *matching.Snapshot {
	shape := planShapeOf(seed)
	shape.oneStart = true
	return shape.world(seed)
}

func TestPlanLaw_moreRoomIsNeverWorse(t *testing.T) {
	t.Parallel()
	planWorlds(t, 800, 80, planOneStart, func(t testing.TB, seed uint64) {
		o := matching.PlanOptions{Effort: 200}
		before := planOf(t, planOneStart(seed), o)
		n := rand.New(rand.NewPCG(seed, 8)).IntN(len(planOneStart(seed).Groups))
		for what, change := range map[string]func(*matching.Snapshot){
			"a place more": func(s *matching.Snapshot) {
				s.Groups[n].Places = planMore(s.Groups[n].Places, 1)
				for i := range s.Groups[n].Changes {
					s.Groups[n].Changes[i].Places = planMore(s.Groups[n].Changes[i].Places, 1)
				}
			},
			"an adult more": func(s *matching.Snapshot) {
				s.Groups[n].Adults = planMore(s.Groups[n].Adults, 1000)
				for i := range s.Groups[n].Changes {
					s.Groups[n].Changes[i].Adults = planMore(s.Groups[n].Changes[i].Adults, 1000)
				}
			},
			"adults float": func(s *matching.Snapshot) {
				s.Sites[0].FloatingAdults = planMore(s.Sites[0].FloatingAdults, 150)
				for i := range s.Sites[0].Changes {
					s.Sites[0].Changes[i].FloatingAdults = planMore(s.Sites[0].Changes[i].FloatingAdults, 150)
				}
			},
		} {
			s := planOneStart(seed)
			change(s)
			noBetter(t, what, before, planOf(t, s, o))
		}
	})
}

func planMore(table matching.PerSession, more int) matching.PerSession {
	out := matching.PerSession{}
	for session := range calendar.Week.All() {
		if n, limited := table[session]; limited {
			out[session] = n + more
		}
	}
	return out
}

func TestPlanLaw_moreGroupsAndReferralsAreNeverWorse(t *testing.T) {
	t.Parallel()
	planWorlds(t, 800, 80, planWorld, func(t testing.TB, seed uint64) {
		o := matching.PlanOptions{Effort: 200}
		full := planOf(t, planWorld(seed), o)
		r := rand.New(rand.NewPCG(seed, 9))
		s := planWorld(seed)
		g := s.Groups[r.IntN(len(s.Groups))]
		g.ID = "one-more"
		s.Groups = append(s.Groups, g)
		noBetter(t, "without one more group", full, planOf(t, s, o))
		s = planWorld(seed)
		n := r.IntN(len(s.Referrals))
		s.Referrals = slices.Delete(s.Referrals, n, n+1)
		noBetter(t, "without a referral", planOf(t, s, o), full)
	})
}
