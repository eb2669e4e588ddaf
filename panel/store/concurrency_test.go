package store_test

import (
	"context"
	"flag"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/form"
	"example.org/backontrack/panel/paneltest"
)

// How often the races are run: go test ./panel/store -run Concurrency -rounds 50 looks longer.
var rounds = flag.Int("rounds", 2, "rounds of each race between deciders")

// A tally counts how decisions ended.
type tally struct {
	made, refused, decided, busy, other atomic.Int64
	first                               atomic.Value // of the errors that should not be
}

func (c *tally) count(err error) {
	switch kind := panel.KindOf(err); {
	case err == nil:
		c.made.Add(1)
	case kind == panel.RulesBroken:
		c.refused.Add(1)
	case kind == panel.AlreadyDecided, kind == panel.Stale:
		c.decided.Add(1)
	case kind == panel.Unavailable:
		c.busy.Add(1)
		c.first.CompareAndSwap(nil, err.Error())
	default:
		c.other.Add(1)
		c.first.CompareAndSwap(nil, err.Error())
	}
}

func (c *tally) String() string {
	return fmt.Sprintf("%d made, %d refused by a rule, %d decided before, %d unavailable, %d other errors (%v)",
		c.made.Load(), c.refused.Load(), c.decided.Load(), c.busy.Load(), c.other.Load(), c.first.Load())
}

// place decides one referral for one group, whatever the ranking says.
func place(ctx context.Context, town *paneltest.Town, decider, n, group int) error {
	_, err := town.Service.Decide(panel.As(ctx, panel.Caller{Person: town.Chairs[decider]}), panel.DecisionInput{
		Meeting: town.Meetings[decider], Referral: town.Agendas[decider][n], Outcome: panel.Place, Stays: town.Stay(group),
		Reason: panel.Reason{Code: "local_knowledge", Text: "The panel knows this group and wants the pupil in it."},
	})
	return err
}

// race lets all deciders go at once, each through its own list of tasks.
func race(deciders int, task func(decider int)) {
	start := make(chan struct{})
	var all sync.WaitGroup
	for d := range deciders {
		all.Go(func() {
			<-start
			task(d)
		})
	}
	close(start)
	all.Wait()
}

// sound checks what is stored with the panel's own check.
func sound(t *testing.T, town *paneltest.Town) {
	t.Helper()
	for _, f := range findings(t, town) {
		t.Errorf("fsck: %+v", f)
	}
}

func findings(t *testing.T, town *paneltest.Town) []panel.Finding {
	t.Helper()
	health, err := town.Service.Fsck(panel.As(t.Context(), panel.Caller{Person: panel.Operator}))
	if err != nil {
		t.Fatalf("fsck: %v", err)
	}
	return health.Findings
}

// Deciders fill the same groups (CC-1): each group ends with exactly its places taken.
func fillGroups(t *testing.T, s panel.Store, deciders, groups, places int) (*paneltest.Town, *tally) {
	town := paneltest.Build(t, s, paneltest.Plot{Panels: deciders, Each: groups, Groups: groups, Places: places})
	c := &tally{}
	race(deciders, func(d int) {
		for n := range groups {
			c.count(place(t.Context(), town, d, n, (n+d)%groups))
		}
	})
	return town, c
}

func TestConcurrency_decidersFillTheSameGroups(t *testing.T) {
	t.Parallel()
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) {
		deciders, groups, places := 16, 20, 8
		if testing.Short() {
			deciders, groups, places = 8, 4, 3
		}
		for range *rounds {
			town, c := fillGroups(t, e.Open(t, paneltest.Noon), deciders, groups, places)
			if want := int64(groups * places); c.made.Load() != want || c.refused.Load() != int64(deciders*groups)-want {
				t.Errorf("%v; want %d made, the rest refused by a rule", c, want)
			}
			sound(t, town)
		}
	})
}

// A mix is a way in which pupils who are each welcome may not be together.
type mix struct {
	name   string
	pupil  func(panel, n int) []form.Answer
	group  func(n int, g *matching.Group)
	tables func(panel.Tx, *paneltest.Town) error
	most   int64 // who can be there together
}

var mixes = []mix{
	{name: "rival areas on one site", most: 1, pupil: func(p, _ int) []form.Answer {
		return append(paneltest.Risks(nil), paneltest.Said("apart.areas", fmt.Sprintf("AREA%d", p)))
	}, tables: func(tx panel.Tx, town *paneltest.Town) error {
		for i := range town.Chairs {
			for j := range i {
				areas := []string{fmt.Sprintf("AREA%d", j), fmt.Sprintf("AREA%d", i)}
				if err := opened(tx, panel.RegisterEntry{Kind: panel.RivalryRegister, Areas: areas}); err != nil {
					return err
				}
			}
		}
		return nil
	}},
	{name: "kept apart by name", most: 1, tables: func(tx panel.Tx, town *paneltest.Town) error {
		for i := range town.Pupils {
			for j := range i {
				pair := []panel.PupilID{town.Pupils[j][0], town.Pupils[i][0]}
				if err := opened(tx, panel.RegisterEntry{Kind: panel.KeepApartRegister, Pupils: pair, Scope: matching.OnSite}); err != nil {
					return err
				}
			}
		}
		return nil
	}},
	{name: "one care home in one group", most: 1, group: func(n int, g *matching.Group) { g.Zone = "main" }, pupil: func(int, int) []form.Answer {
		return []form.Answer{paneltest.Said("agencies.care_home", "yes"), paneltest.Said("agencies.care_home_id", "home")}
	}},
	{name: "anxious and aggressive in one zone", most: 0, pupil: func(p, _ int) []form.Answer {
		if p%2 == 0 {
			return paneltest.Risks(map[string]string{"school_anxiety": "high"})
		}
		return paneltest.Risks(map[string]string{"assault_pupils": "medium"})
	}},
	{name: "two with a trait", most: 1, group: func(_ int, g *matching.Group) {
		g.Limits = []matching.Limit{{Trait: "arson", Max: 1}}
	}, pupil: func(int, int) []form.Answer { return paneltest.Risks(map[string]string{"fire": "low"}) }},
	{name: "adults of one site", most: 1, group: func(_ int, g *matching.Group) {
		g.Adults = matching.Every(200)
	}, pupil: func(int, int) []form.Answer { return []form.Answer{paneltest.Said("education.support", "enhanced")} }},
}

func opened(tx panel.Tx, e panel.RegisterEntry) error {
	e.ID = panel.EntryID(panel.NewID())
	e.Subject, e.Act, e.Grade, e.At = string(e.ID), panel.OpenEntry, form.Verified, tx.Now()
	return tx.Register().Add(&e)
}

// groupsOf: rules of a group are raced for in one, the others in two groups of one site.
func groupsOf(m mix) int {
	if m.group != nil {
		return 1
	}
	return 2
}

// crowds are how many race for a mix.
func crowds() []int {
	if testing.Short() {
		return []int{3}
	}
	return []int{2, 3, 8}
}

func raceForMix(t *testing.T, s panel.Store, m mix, racers int) (*paneltest.Town, *tally) {
	town := paneltest.Build(t, s, paneltest.Plot{
		Panels: racers, Each: 1, Groups: groupsOf(m), GroupsPerSite: 2, Places: 20, Pupil: m.pupil, Group: m.group, Tables: m.tables,
	})
	c := &tally{}
	race(racers, func(d int) { c.count(place(t.Context(), town, d, 0, d%groupsOf(m))) })
	return town, c
}

// Placements that are each legal alone race for a mix that is not (CC-4).
func TestConcurrency_forbiddenMix(t *testing.T) {
	t.Parallel()
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) {
		for _, m := range mixes {
			for _, racers := range crowds() {
				for range *rounds {
					town, c := raceForMix(t, e.Open(t, paneltest.Noon), m, racers)
					if c.made.Load() == 0 || m.most > 0 && c.made.Load() != m.most || c.made.Load()+c.refused.Load() != int64(racers) {
						t.Errorf("%s, %d racers: %v", m.name, racers, c)
					}
					sound(t, town)
				}
			}
		}
	})
}

// One referral is decided twice at once, with different outcomes (CC-5).
func TestConcurrency_oneReferralTwice(t *testing.T) {
	t.Parallel()
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) {
		pairs := 20 * *rounds
		town := paneltest.Build(t, e.Open(t, paneltest.Noon), paneltest.Plot{Panels: 1, Each: pairs, Groups: 1, Places: pairs})
		ctx := panel.As(t.Context(), panel.Caller{Person: town.Chairs[0]})
		for n := range pairs {
			c := &tally{}
			race(2, func(d int) {
				if d == 0 {
					c.count(place(t.Context(), town, 0, n, 0))
					return
				}
				_, err := town.Service.Decide(ctx, panel.DecisionInput{
					Meeting: town.Meetings[0], Referral: town.Agendas[0][n], Outcome: panel.Decline,
					Reason: panel.Reason{Code: "needs_met_in_school", Text: "The school can meet the pupil's needs itself."},
				})
				c.count(err)
			})
			if c.made.Load() != 1 || c.decided.Load() != 1 {
				t.Errorf("pair %d: %v; want one made, one decided before", n, c)
			}
		}
		sound(t, town)
	})
}

// Two people change what they both have read (CC-7): one of them is told so.
func TestConcurrency_staleVersion(t *testing.T) {
	t.Parallel()
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) {
		s := e.Open(t, paneltest.Noon)
		town := paneltest.Build(t, s, paneltest.Plot{Panels: 1, Each: 1, Groups: 1, Places: 1, Tables: addProvider})
		decide(t, town, 0, 0, 0)
		provider := panel.As(t.Context(), panel.Caller{Person: "provider"})
		for range 50 * *rounds {
			p := onlyPlacement(t, provider, town)
			c := &tally{}
			race(2, func(int) {
				_, err := town.Service.Visit(provider, p.ID, p.Version, panel.Visit{On: panel.Day(paneltest.Noon()), Wants: "yes"})
				c.count(err)
			})
			if after := onlyPlacement(t, provider, town); c.made.Load() != 1 || c.decided.Load() != 1 || after.Version != p.Version+1 {
				t.Fatalf("%v, from version %d to %d; want one of two", c, p.Version, after.Version)
			}
		}
	})
}

func addProvider(tx panel.Tx, _ *paneltest.Town) error {
	p := panel.Person{ID: "provider", SignIn: "provider", Name: "Provider", Grants: []panel.Grant{{Role: panel.RoleProvider, Organisation: "provision"}}}
	return tx.People().Add(&p)
}

func decide(t *testing.T, town *paneltest.Town, decider, n, group int) {
	t.Helper()
	if err := place(t.Context(), town, decider, n, group); err != nil {
		t.Fatalf("decide: %v", err)
	}
}

func onlyPlacement(t *testing.T, ctx context.Context, town *paneltest.Town) panel.Placement {
	t.Helper()
	list, err := town.Service.Placements(ctx, panel.PlacementFilter{})
	if err != nil || len(list) != 1 {
		t.Fatalf("placements: %d, %v", len(list), err)
	}
	return list[0]
}

// Pupils change places between groups of two sites, in both directions at once (CC-8).
// Whoever finds the other side full is refused by the rule; nobody waits for ever.
func TestConcurrency_movesInBothDirections(t *testing.T) {
	t.Parallel()
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) {
		const workers = 16
		town := paneltest.Build(t, e.Open(t, paneltest.Noon), paneltest.Plot{
			Panels: workers, Each: 1, Groups: 2, Places: workers, Tables: addProvider,
		})
		for d := range workers {
			decide(t, town, d, 0, d%2)
		}
		acceptAll(t, town)
		c := &tally{}
		race(workers, func(d int) {
			for n := range 5 * *rounds {
				c.count(swap(t.Context(), town, d, n))
			}
		})
		if c.busy.Load() != 0 || c.other.Load() != 0 || c.made.Load() == 0 {
			t.Errorf("%v; want no deadlock and nobody turned away", c)
		}
		sound(t, town)
	})
}

// acceptAll takes every offer.
func acceptAll(t *testing.T, town *paneltest.Town) {
	t.Helper()
	provider := panel.As(t.Context(), panel.Caller{Person: "provider"})
	list, err := town.Service.Placements(provider, panel.PlacementFilter{})
	if err != nil {
		t.Fatalf("placements: %v", err)
	}
	for _, p := range list {
		if _, err := town.Service.Accept(provider, p.ID, p.Version); err != nil {
			t.Fatalf("accept: %v", err)
		}
	}
}

// swap moves the one pupil of a decider to the other group, from the next day on.
func swap(ctx context.Context, town *paneltest.Town, d, n int) error {
	ctx = panel.As(ctx, panel.Caller{Person: panel.Operator})
	list, err := town.Service.Placements(ctx, panel.PlacementFilter{Referral: town.Agendas[d][0], States: []panel.State{panel.Accepted}})
	if err != nil || len(list) != 1 {
		return fmt.Errorf("placements: %d, %w", len(list), err)
	}
	to := town.Groups[0]
	if list[0].Group == to {
		to = town.Groups[1]
	}
	_, err = town.Service.Move(ctx, list[0].ID, list[0].Version, panel.MoveInput{
		Group: to, Pattern: "all", From: calendar.MustDate("2026-11-30") + calendar.Date(n), Text: "Both groups work better in this way.",
	})
	return err
}
