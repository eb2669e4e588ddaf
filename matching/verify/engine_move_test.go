package verify_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/matchtest"
)

// TestPlan_moves makes plans of one move. What is wrong with it is what the engine
// says of a referral of that pupil, where the placement ends the day before, in a
// group that asks for no reason, is near, and goes on as long as the placement.
func TestPlan_moves(t *testing.T) {
	t.Parallel()
	clean, broken := 0, 0
	for seed := range uint64(worlds(1000)) {
		random := rand.New(rand.NewPCG(seed, 9))
		s := roaming(matchtest.World(seed))
		m, ok := drawMove(s, random)
		if !ok {
			continue
		}
		plan := planOf(t, s)
		plan.Moves = []matching.Move{m}
		got := check(t, s, plan)
		as := asReferral(s, m)
		var stay matching.Stay
		for _, o := range optionsOf(t, engineOf(t, as), "moved") {
			if o.Stays[0].Group == m.Group && o.Stays[0].Pattern == m.Pattern {
				stay = o.Stays[0]
				if d := cmp.Diff(bare(o.Reasons), reasonsOf(got.Violations)); d != "" {
					t.Fatalf("world %d, %+v (-engine +verify):\n%s", seed, m, d)
				}
				if o.Feasible {
					clean++
				} else {
					broken++
				}
			}
		}
		if stay.Group == "" {
			t.Fatalf("world %d: no option %+v", seed, m)
		}
	}
	if clean < worlds(60) || broken < worlds(200) {
		t.Errorf("only %d clean and %d broken moves were tried", clean, broken)
	}
}

// roaming is a world in which any placement may move to any group that is open.
func roaming(s *matching.Snapshot) *matching.Snapshot {
	for i := range s.Placements {
		s.Placements[i].Movable = true
	}
	for i := range s.Groups {
		g := &s.Groups[i]
		g.Provision, g.Starts, g.Open = "all", matching.Starts{}, matching.Span{}
	}
	return s
}

// drawMove moves a placement that ends in time on one of its school days.
func drawMove(s *matching.Snapshot, random *rand.Rand) (matching.Move, bool) {
	if len(s.Placements) == 0 {
		return matching.Move{}, false
	}
	p := s.Placements[random.IntN(len(s.Placements))]
	g := s.Groups[random.IntN(len(s.Groups))]
	days := calendar.NewDays(s.AsOf, s.Horizon, s.Calendar.Closed).Between(max(p.From, s.AsOf), p.To)
	if len(days) == 0 || p.To > s.Horizon || g.ID == p.Group {
		return matching.Move{}, false
	}
	pattern := matching.PatternID("all")
	if g.Patterns != nil {
		pattern = g.Patterns[random.IntN(len(g.Patterns))].ID
	}
	return matching.Move{Placement: p.ID, Group: g.ID, Pattern: pattern, From: days[random.IntN(len(days))]}, true
}

// asReferral is the snapshot in which the move is one stay of a referral.
func asReferral(s *matching.Snapshot, m matching.Move) *matching.Snapshot {
	as := *s
	as.Placements, as.Groups, as.Sites = slices.Clone(s.Placements), slices.Clone(s.Groups), slices.Clone(s.Sites)
	as.Referrals = nil
	for i := range as.Placements {
		p := &as.Placements[i]
		if p.ID != m.Placement {
			continue
		}
		as.Referrals = []matching.Referral{{ID: "moved", Pupil: p.Pupil, OwnAdult: p.OwnAdult}}
		for j := range as.Groups {
			if g := &as.Groups[j]; g.ID == m.Group {
				g.Starts.Dates, g.Open.To = []calendar.Date{m.From}, p.To
				g.Weeks, g.Days, g.Accepts.Reasons = nil, nil, nil
			}
		}
		p.To = m.From - 1
		if p.To < p.From {
			as.Placements = slices.Delete(as.Placements, i, i+1)
		}
		break
	}
	for i := range as.Sites {
		as.Sites[i].Latitude, as.Sites[i].Longitude = nil, nil
	}
	return &as
}
