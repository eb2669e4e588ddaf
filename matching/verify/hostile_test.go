package verify_test

import (
	"bytes"
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/generate"
	"example.org/backontrack/matching/matchtest"
	"example.org/backontrack/matching/verify"
)

// A wild draws what a plan should not say.
type wild struct{ *rand.Rand }

func (w wild) date() calendar.Date {
	return []calendar.Date{
		0, -1, math.MinInt32, math.MaxInt32, day("1971-01-01"), day("9999-12-31"),
		day("2026-11-23") + calendar.Date(w.IntN(90)), day("2026-11-23") + calendar.Date(w.IntN(90)),
		day("2026-11-23") + calendar.Date(w.IntN(90)), day("2026-11-23") + calendar.Date(w.IntN(90)),
	}[w.IntN(10)]
}

func pickFrom[E any](w wild, list ...E) E { return list[w.IntN(len(list))] }

func (w wild) group(s *matching.Snapshot) (matching.GroupID, matching.PatternID) {
	id := pickFrom(w, s.Groups...).ID
	return pickFrom(w, id, id, id, "nowhere", ""), pickFrom[matching.PatternID](w, "all", "all", "p0", "p1", "no")
}

func (w wild) plan(s *matching.Snapshot) *matching.Plan {
	p := &matching.Plan{Status: "so so", Objective: math.MaxInt, Bound: math.MinInt}
	for range w.IntN(6) {
		a := matching.Assignment{Referral: pickFrom(w, s.Referrals...).ID, Contributions: make([]matching.Contribution, w.IntN(10))}
		if w.IntN(10) == 0 {
			a.Referral = "nobody"
		}
		for range w.IntN(4) {
			g, pattern := w.group(s)
			a.Stays = append(a.Stays, matching.Stay{Group: g, Pattern: pattern, From: w.date(), To: w.date()})
		}
		p.Assignments = append(p.Assignments, a)
	}
	for range w.IntN(4) {
		g, pattern := w.group(s)
		m := matching.Move{Placement: "nothing", Group: g, Pattern: pattern, From: w.date()}
		if len(s.Placements) > 0 {
			m.Placement = pickFrom(w, s.Placements...).ID
		}
		p.Moves = append(p.Moves, m)
	}
	return p
}

// TestPlan_hostile checks plans that make no sense: whatever they say, they get a
// report, the same each time, and are not said to hold.
func TestPlan_hostile(t *testing.T) {
	t.Parallel()
	for seed := range uint64(worlds(500)) {
		s := matchtest.World(seed)
		p := wild{rand.New(rand.NewPCG(seed, 3))}.plan(s)
		r := check(t, s, p, verify.MostMoves(2))
		if r.OK {
			t.Fatalf("plan %d is said to hold", seed)
		}
		first, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		again, err := json.Marshal(check(t, s, p, verify.MostMoves(2)))
		if err != nil || !bytes.Equal(first, again) {
			t.Fatalf("plan %d has two reports (%v):\n%s\n%s", seed, err, first, again)
		}
	}
}

// regional is the agenda of a region with, for each referral, its first option.
func regional(tb testing.TB, referrals, groups int) (*matching.Snapshot, *matching.Plan) {
	tb.Helper()
	s, err := generate.Snapshot(generate.Options{Referrals: referrals, Groups: groups, Seed: 1})
	if err != nil {
		tb.Fatal(err)
	}
	p := &matching.Plan{Format: matching.PlanFormat}
	e := engineOf(tb, s)
	for i := range s.Referrals {
		id := s.Referrals[i].ID
		k, err := e.Rank(id)
		if err != nil {
			tb.Fatal(err)
		}
		if len(k.Ranking) == 0 {
			p.Unplaced = append(p.Unplaced, matching.Unplaced{Referral: id})
			continue
		}
		o := &k.Ranking[0]
		p.Assignments = append(p.Assignments, matching.Assignment{
			Referral: id, Stays: o.Stays, Bonus: o.Bonus, Score: o.Score, Late: o.Late, Contributions: o.Contributions,
		})
	}
	return s, p
}

func BenchmarkPlan(b *testing.B) {
	s, p := regional(b, 1000, 300)
	for b.Loop() {
		if _, err := verify.Plan(s, p); err != nil {
			b.Fatal(err)
		}
	}
}
