package matching_test

import (
	"context"
	"errors"
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
	must    matching.ReferralID // placed in every plan, if any
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
	placed := b.must == "" || slices.ContainsFunc(b.plan.Assignments, func(a matching.Assignment) bool { return a.Referral == b.must })
	if !early && placed && report.Objective > b.value {
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

// A moveCase is a world with a planner of moves.
type moveCase struct {
	e    *matching.Engine
	most int
	p    *matching.Planner
}

func newMoveCase(t testing.TB, seed uint64) *moveCase {
	e := lawEngine(t, moveWorld(seed))
	most := 1 + int(seed%2)
	return &moveCase{e, most, e.Planner(most)}
}

func (c *moveCase) brute() *moveBrute {
	b := &moveBrute{s: c.e.Snapshot(), options: map[matching.ReferralID][]matching.Choice{}, most: c.most}
	choices, moves := matching.PlanParts(c.p)
	b.moves = moves
	for _, choice := range choices {
		b.options[choice.Referral] = append(b.options[choice.Referral], choice)
	}
	return b
}

func (c *moveCase) plan(t testing.TB, o matching.PlanOptions) *matching.Plan {
	t.Helper()
	o.Moves = c.most
	p, err := c.p.Plan(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	movesHold(t, c.e.Snapshot(), p, c.most)
	return p
}

// TestPlanMoves_bruteForce plans with whatever effort: the best plan lies between objective and bound.
func TestPlanMoves_bruteForce(t *testing.T) {
	t.Parallel()
	ended, proven, moved, gained, many := 0, 0, 0, 0, max(worlds(t)/3, 40)
	for seed := range uint64(many) {
		c := newMoveCase(t, seed)
		p := c.plan(t, matching.PlanOptions{Effort: []int{1, 1000, 100_000}[seed%3]})
		if b := c.brute(); b.run(t) {
			ended++
			if p.Objective > b.value || p.Bound < b.value {
				t.Errorf("%d moves: objective %d, bound %d; brute force %d", c.most, p.Objective, p.Bound, b.value)
			}
		}
		still := planOf(t, moveWorld(seed), matching.PlanOptions{Effort: 100_000})
		noBetter(t, "without moves", still, p)
		if p.Status == matching.PlanOptimal {
			proven++
			if p.Objective > still.Bound {
				gained++
			}
		}
		if len(p.Moves) > 0 {
			moved++
		}
		if t.Failed() {
			t.Fatalf("in world %d: %s", seed, matchtest.Keep(t, moveWorld(seed), seed))
		}
	}
	t.Logf("%d brute force, %d proven, %d with moves, %d better for them", ended, proven, moved, gained)
	if ended < many/2 || proven < many/4 || gained == 0 {
		t.Errorf("%d brute force, %d proven, %d with moves, %d better for them", ended, proven, moved, gained)
	}
}

// TestPlanMoves_fixed fixes one option of one referral, for which somebody may have to move.
func TestPlanMoves_fixed(t *testing.T) {
	t.Parallel()
	kept, moved := 0, 0
	for seed := range uint64(max(worlds(t)/3, 40)) {
		c := newMoveCase(t, seed)
		b := c.brute()
		choices, _ := matching.PlanParts(c.p)
		if len(choices) == 0 {
			continue
		}
		fixed := choices[len(choices)-1-int(seed)%min(len(choices), 3)]
		b.must, b.options[fixed.Referral] = fixed.Referral, []matching.Choice{fixed}
		if !b.run(t) {
			continue
		}
		p, err := c.p.Plan(context.Background(), matching.PlanOptions{Moves: c.most, Effort: 1000, Fixed: []matching.Choice{fixed}})
		switch {
		case errors.Is(err, matching.ErrImpossibleChoice) && b.value == -1<<60:
		case err != nil || b.value == -1<<60:
			t.Fatalf("world %d: %v; brute force %d: %s", seed, err, b.value, lawJSON(t, fixed))
		default:
			kept++
			moved += min(len(p.Moves), 1)
			movesHold(t, c.e.Snapshot(), p, c.most)
			if p.Objective > b.value || p.Bound < b.value {
				t.Errorf("world %d: objective %d, bound %d; brute force %d", seed, p.Objective, p.Bound, b.value)
			}
		}
	}
	t.Logf("%d kept, %d with moves", kept, moved)
	if kept == 0 || moved == 0 {
		t.Errorf("%d kept, %d with moves", kept, moved)
	}
}

// TestPlanMoves_none wants a planner of moves to plan as one without where none is allowed, and movable placements only to move.
func TestPlanMoves_none(t *testing.T) {
	t.Parallel()
	for seed := range uint64(worlds(t)) {
		s := moveWorld(seed)
		one, other := planOf(t, s, matching.PlanOptions{Effort: 2000}), newMoveCase(t, seed)
		p, err := other.p.Plan(context.Background(), matching.PlanOptions{Effort: 2000})
		if err != nil {
			t.Fatal(err)
		}
		noBetter(t, "a planner without moves and one with", one, p)
		noBetter(t, "a planner with moves and one without", p, one)
		for i := range s.Placements {
			s.Placements[i].Movable = false
		}
		if fixed := planOf(t, s, matching.PlanOptions{Moves: 2, Effort: 2000}); len(p.Moves)+len(fixed.Moves) > 0 {
			t.Errorf("world %d: %s, %s", seed, lawJSON(t, p.Moves), lawJSON(t, fixed.Moves))
		}
	}
	planner := lawEngine(t, moveWorld(1)).Planner(2)
	for _, moves := range []int{3, -1} {
		if _, err := planner.Plan(context.Background(), matching.PlanOptions{Moves: moves}); !errors.Is(err, matching.ErrMoves) {
			t.Errorf("%d moves: %v", moves, err)
		}
	}
}

// TestPlanMoves_questions asks whatever can be asked of a plan with moves.
func TestPlanMoves_questions(t *testing.T) {
	t.Parallel()
	moved := 0
	for seed := range uint64(worlds(t)) / 2 {
		c := newMoveCase(t, seed)
		o := matching.PlanOptions{Moves: c.most, Effort: 3000}
		p := c.plan(t, o)
		moved += min(len(p.Moves), 1)
		f, err := c.p.Figures(p)
		if err != nil || f.Moves != len(p.Moves) || f.Placed != len(p.Assignments) {
			t.Errorf("%v: %s", err, lawJSON(t, f))
		}
		sum, least := freePlaces(movedSnapshot(c.e.Snapshot(), p), p)
		if f.PlacesLeft != sum || f.PlacesLeftLeast != least {
			t.Errorf("places left %d, least %d; counted %d and %d", f.PlacesLeft, f.PlacesLeftLeast, sum, least)
		}
		if _, err := c.p.LastPlaces(p); err != nil {
			t.Error(err)
		}
		for _, u := range p.Unplaced {
			if _, err := c.p.Explain(context.Background(), p, u.Referral, o); err != nil {
				t.Error(err)
			}
		}
		for _, r := range c.e.Snapshot().Referrals {
			c.regrets(t, p, r.ID, o)
		}
		o.Effort *= 6
		for _, a := range alternatives(t, c.p, o) {
			movesHold(t, c.e.Snapshot(), a.Plan, c.most)
			if slices.Contains(a.Aims, matching.FewestMoves) && len(a.Plan.Moves) > len(p.Moves) && a.Plan.Objective <= p.Objective {
				t.Errorf("%d moves, and %d would do", len(a.Plan.Moves), len(p.Moves))
			}
		}
		if len(p.Moves) > 0 {
			if _, err := c.e.Planner(0).Figures(p); !errors.Is(err, matching.ErrForeignPlan) {
				t.Errorf("a planner without moves: %v", err)
			}
		}
		if t.Failed() {
			t.Fatalf("in world %d: %s", seed, matchtest.Keep(t, moveWorld(seed), seed))
		}
	}
	if moved == 0 {
		t.Error("nobody was moved")
	}
}

func (c *moveCase) regrets(t testing.TB, p *matching.Plan, id matching.ReferralID, o matching.PlanOptions) {
	t.Helper()
	regrets, err := c.p.Regrets(context.Background(), p, id, o)
	if err != nil {
		t.Fatal(err)
	}
	chosen := 0
	for _, choice := range regrets.Choices {
		if choice.Chosen {
			chosen++
		}
		if !choice.Possible {
			continue
		}
		movesHold(t, c.e.Snapshot(), choice.Plan, c.most)
		if i := slices.IndexFunc(choice.Plan.Assignments, func(a matching.Assignment) bool { return a.Referral == id }); (i >= 0) != (len(choice.Stays) > 0) ||
			i >= 0 && !slices.Equal(choice.Plan.Assignments[i].Stays, choice.Stays) {
			t.Errorf("%s has not %s", id, lawJSON(t, choice.Stays))
		}
	}
	if chosen != 1 {
		t.Errorf("%d choices of %s are the plan's", chosen, id)
	}
}

// movedSnapshot is a snapshot as the moves of a plan leave it.
func movedSnapshot(s *matching.Snapshot, p *matching.Plan) *matching.Snapshot {
	moved := *s
	moved.Placements = slices.Clone(s.Placements)
	for _, m := range p.Moves {
		i := slices.IndexFunc(moved.Placements, func(p matching.Placement) bool { return p.ID == m.Placement })
		after := moved.Placements[i]
		after.ID, after.Group, after.Pattern, after.From = after.ID+"-moved", m.Group, m.Pattern, m.From
		moved.Placements[i].To = m.From - 1
		moved.Placements = append(moved.Placements, after)
	}
	return &moved
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
