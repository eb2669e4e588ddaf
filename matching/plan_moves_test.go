package matching_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/matchtest"
	"example.org/backontrack/matching/verify"
)

// moveWorld is a small world of one provision or two, most of whose placements are movable.
func moveWorld(seed uint64) *matching.Snapshot {
	r := rand.New(rand.NewPCG(seed, 21))
	s := planShape{
		referrals: 1 + r.IntN(3), groups: 2 + r.IntN(2), sites: 1 + r.IntN(2), standing: 1 + r.IntN(6),
		weeks: 2 + r.IntN(2), groupsPerWeek: 1 + r.IntN(2), starts: 1 + r.IntN(2),
	}.world(seed)
	for i := range s.Placements {
		s.Placements[i].Movable = r.IntN(4) > 0
	}
	if r.IntN(3) > 0 {
		for i := range s.Groups {
			s.Groups[i].Provision = "all"
		}
	}
	s.Policy.MoveCost = []int{0, 20, 150}[r.IntN(3)]
	return s
}

// A moveBrute tries all sets of moves, and for each all choices of options, as verify judges them.
type moveBrute struct {
	s       *matching.Snapshot
	options map[matching.ReferralID][]matching.Choice
	moves   []matching.Move
	most    int
	plan    matching.Plan
	value   int
	nodes   int
	mended  bool // a plan without moves would be worth less
}

// mostTried is how many plans brute force looks at.
const mostTried = 3000

// run finds the highest objective, and reports whether it came to an end.
func (b *moveBrute) run(t testing.TB) bool {
	b.value, b.nodes = -1<<60, 0
	b.plan = matching.Plan{Assignments: []matching.Assignment{}, Moves: []matching.Move{}}
	b.move(t, 0)
	return b.nodes <= mostTried
}

func (b *moveBrute) move(t testing.TB, next int) {
	b.place(t, 0)
	if len(b.plan.Moves) == b.most {
		return
	}
	for n := next; n < len(b.moves) && b.nodes <= mostTried; n++ {
		if slices.ContainsFunc(b.plan.Moves, func(m matching.Move) bool { return m.Placement == b.moves[n].Placement }) {
			continue
		}
		b.plan.Moves = append(b.plan.Moves, b.moves[n])
		b.move(t, n+1)
		b.plan.Moves = b.plan.Moves[:len(b.plan.Moves)-1]
	}
}

// place tries the options of one referral after another. More stays mend nothing, but for moves that come too early.
func (b *moveBrute) place(t testing.TB, next int) {
	if b.nodes++; b.nodes > mostTried {
		return
	}
	report, err := verify.Plan(b.s, &b.plan, verify.MostMoves(b.most))
	if err != nil {
		t.Fatal(err)
	}
	early := false
	for _, v := range report.Violations {
		switch v.Code {
		case verify.CodeNotListed:
		case verify.CodeMoveDate:
			early = true
		default:
			return
		}
	}
	if !early && report.Objective > b.value {
		b.value = report.Objective
	}
	for r := next; r < len(b.s.Referrals); r++ {
		for _, c := range b.options[b.s.Referrals[r].ID] {
			b.plan.Assignments = append(b.plan.Assignments, matching.Assignment{Referral: c.Referral, Stays: c.Stays})
			b.place(t, r+1)
			b.plan.Assignments = b.plan.Assignments[:len(b.plan.Assignments)-1]
		}
	}
}

// movesHold wants a plan with moves to be possible and worth what it says.
func movesHold(t testing.TB, s *matching.Snapshot, p *matching.Plan, most int) {
	t.Helper()
	report, err := verify.Plan(s, p, verify.MostMoves(most))
	if err != nil || !report.OK {
		t.Errorf("verify: %v: %s\n%s", err, lawJSON(t, report), lawJSON(t, p))
		return
	}
	if report.Objective != p.Objective || p.Bound < p.Objective || (p.Status == matching.PlanOptimal) != (p.Bound == p.Objective) {
		t.Errorf("%s: objective %d, recomputed %d, bound %d", p.Status, p.Objective, report.Objective, p.Bound)
	}
}

func TestPlanMoves_bruteForce(t *testing.T) {
	t.Parallel()
	ended, proven, moved := 0, 0, 0
	for seed := range uint64(worlds(t)) {
		s := moveWorld(seed)
		e := lawEngine(t, s)
		most := 1 + int(seed%2)
		planner := e.Planner(most)
		p, err := planner.Plan(context.Background(), matching.PlanOptions{Moves: most, Effort: []int{1, 1000, 100_000}[seed%3]})
		if err != nil {
			t.Fatal(err)
		}
		movesHold(t, e.Snapshot(), p, most)
		b := &moveBrute{s: e.Snapshot(), options: map[matching.ReferralID][]matching.Choice{}, most: most}
		choices, moves := matching.PlanParts(planner)
		b.moves = moves
		for _, c := range choices {
			b.options[c.Referral] = append(b.options[c.Referral], c)
		}
		if b.run(t) {
			ended++
			if p.Objective > b.value || p.Bound < b.value {
				t.Errorf("%d moves: objective %d, bound %d; brute force %d", most, p.Objective, p.Bound, b.value)
			}
		}
		if p.Status == matching.PlanOptimal {
			proven++
		}
		if len(p.Moves) > 0 {
			moved++
		}
		if t.Failed() {
			t.Fatalf("in world %d: %s", seed, matchtest.Keep(t, s, seed))
		}
	}
	t.Logf("%d brute force, %d proven, %d with moves", ended, proven, moved)
}

// TestPlanMoves_company draws seats of rooms: their bounds hold.
func TestPlanMoves_company(t *testing.T) {
	t.Parallel()
	drawn := 0
	for seed := range uint64(worlds(t)) * 10 {
		s := moveWorld(seed)
		s.Policy.Composition = []matching.CompositionPolicy{{Friend: 40, Alone: 120}, {Friend: 300, Alone: 700}, {Alone: 99}}[seed%3]
		c, rooms := matching.PlanCompany(lawEngine(t, s).Planner(1))
		r := rand.New(rand.NewPCG(seed, 22))
		for room, all := range rooms {
			for range 40 {
				r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
				n := r.IntN(min(len(all), 6) + 1)
				seats, more := all[:n], all[n:n+r.IntN(len(all)-n+1)]
				most := int64(0)
				for _, seat := range seats {
					most += c.Most(int32(room), seat)
				}
				value, ceiling := c.Value(int32(room), seats), c.Ceiling(int32(room), seats, more)
				if value > most || ceiling > most || ceiling < value {
					t.Errorf("value %d, ceiling %d, most %d", value, ceiling, most)
				}
				for range 8 {
					joined, limit := slices.Clone(seats), ceiling
					for _, seat := range more {
						if r.IntN(2) == 0 {
							joined = append(joined, seat)
							limit += c.Most(int32(room), seat)
						}
					}
					drawn++
					if value := c.Value(int32(room), joined); value > limit {
						t.Errorf("value %d of all, ceiling %d", value, limit)
					}
				}
			}
		}
		if t.Failed() {
			t.Fatalf("in world %d: %s", seed, matchtest.Keep(t, s, seed))
		}
	}
	t.Logf("%d draws", drawn)
}
