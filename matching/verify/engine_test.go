package verify_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/matchtest"
	"example.org/backontrack/matching/verify"
)

// The tests of this file hold verify and the engine against each other, which share
// no code: each difference is a fault of one of them.

func worlds(many int) int {
	if testing.Short() {
		return many / 10
	}
	return many
}

func engineOf(t testing.TB, s *matching.Snapshot) *matching.Engine {
	t.Helper()
	e, err := matching.New(s)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func optionsOf(t testing.TB, e *matching.Engine, id matching.ReferralID) []matching.Option {
	t.Helper()
	options, err := e.Options(id)
	if err != nil {
		t.Fatal(err)
	}
	return options
}

func check(t testing.TB, s *matching.Snapshot, p *matching.Plan, options ...verify.Option) *verify.Report {
	t.Helper()
	r, err := verify.Plan(s, p, options...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// planOf is a plan with these options, and figures as they would be if nobody met anybody.
func planOf(t testing.TB, s *matching.Snapshot, options ...*matching.Option) *matching.Plan {
	t.Helper()
	e := engineOf(t, s)
	hash, err := e.Hash()
	if err != nil {
		t.Fatal(err)
	}
	p := &matching.Plan{Format: matching.PlanFormat, Snapshot: hash, Policy: e.Snapshot().Policy.ID, Status: matching.PlanOptimal}
	placed := map[matching.ReferralID]bool{}
	for _, o := range options {
		placed[o.Referral] = true
		p.Assignments = append(p.Assignments, matching.Assignment{
			Referral: o.Referral, Stays: o.Stays, Bonus: o.Bonus, Score: o.Score, Late: o.Late, Contributions: o.Contributions,
		})
		p.Composition += o.Composition
		p.Objective += o.Bonus + o.Total
	}
	p.Bound = p.Objective
	for _, r := range e.Snapshot().Referrals {
		if !placed[r.ID] {
			p.Unplaced = append(p.Unplaced, matching.Unplaced{Referral: r.ID})
		}
	}
	return p
}

// reasonsOf are violations as the engine would put them, but for what could lift them.
func reasonsOf(violations []verify.Violation) []matching.Reason {
	var reasons []matching.Reason
	for _, v := range violations {
		reasons = append(reasons, matching.Reason{
			Code: v.Code, Codes: v.Codes, Accepts: v.Accepts, Limit: v.Limit, Observed: v.Observed,
			Floating: v.Floating, Date: v.Date, Session: v.Session, Times: v.Times, Pupils: v.Pupils,
		})
	}
	return bare(reasons)
}

// bare are reasons without class and date of clearing, and in an order of
// their own: one code may have several, as for each trait that is limited.
func bare(reasons []matching.Reason) []matching.Reason {
	out := []matching.Reason{}
	for _, r := range reasons {
		r.Class, r.Clears = "", 0
		if len(r.Pupils) == 0 {
			r.Pupils = nil
		}
		out = append(out, r)
	}
	slices.SortStableFunc(out, func(a, b matching.Reason) int {
		key := func(r matching.Reason) string {
			return fmt.Sprint(r.Code, r.Codes, r.Accepts, r.Date, r.Session, r.Times, r.Pupils)
		}
		return strings.Compare(key(a), key(b))
	})
	return out
}

// varied is a world with more to score: families that name several groups, pupils of
// all ages, and a policy of its own.
func varied(seed uint64) *matching.Snapshot {
	s := matchtest.World(seed)
	random := rand.New(rand.NewPCG(seed, 5))
	for i := range s.Referrals {
		if r := &s.Referrals[i]; random.IntN(2) == 0 {
			r.Wants.Groups = nil
			for _, n := range random.Perm(len(s.Groups))[:random.IntN(len(s.Groups)+1)] {
				r.Wants.Groups = append(r.Wants.Groups, s.Groups[n].ID)
			}
		}
	}
	for i := range s.Pupils {
		s.Pupils[i].Year = random.IntN(15)
	}
	policy := s.Policy
	policy.Package.MaxGroups = 1 + random.IntN(3)
	for _, code := range slices.Sorted(maps.Keys(policy.Weights)) {
		policy.Weights[code] = random.IntN(40) * random.IntN(2)
	}
	policy.Support["enhanced"], policy.UnknownSupport = random.IntN(900), []string{"standard", "intensive"}[random.IntN(2)]
	policy.MaxTravelMinutes = matching.TravelLimits{Primary: 20 + random.IntN(80), Secondary: 20 + random.IntN(80)}
	policy.Composition = matching.CompositionPolicy{Friend: random.IntN(50), Alone: random.IntN(200)}
	return s
}

// TestPlan_oneOption makes a plan of every option of the engine: it holds just if
// the option is feasible, its violations are the option's reasons, and its figures the option's.
func TestPlan_oneOption(t *testing.T) {
	t.Parallel()
	feasible, refused := 0, 0
	for seed := range uint64(worlds(300)) {
		s := varied(seed)
		e := engineOf(t, s)
		for _, r := range e.Snapshot().Referrals {
			options := optionsOf(t, e, r.ID)
			for i := range options {
				o := &options[i]
				if o.Feasible {
					feasible++
				} else {
					refused++
				}
				sameAsOption(t, s, o)
				if t.Failed() {
					t.Fatalf("world %d, option %+v", seed, o)
				}
			}
		}
	}
	if feasible < worlds(300) || refused < worlds(300) {
		t.Errorf("only %d feasible and %d refused options were tried", feasible, refused)
	}
}

func sameAsOption(t *testing.T, s *matching.Snapshot, o *matching.Option) {
	t.Helper()
	got := check(t, s, planOf(t, s, o))
	if d := cmp.Diff(bare(o.Reasons), reasonsOf(got.Violations)); d != "" {
		t.Errorf("violations (-engine +verify):\n%s", d)
	}
	if len(got.Figures) > 0 && o.Stays[0].From != 0 {
		t.Errorf("figures do not hold: %+v", got.Figures)
	}
	if got.OK != o.Feasible {
		t.Errorf("ok is %v, and feasible is %v", got.OK, o.Feasible)
	}
}

// TestPlan_together makes plans of one option for each referral, whether they go
// together or not. What is wrong with each assignment is what the engine says of
// it when all others stand.
func TestPlan_together(t *testing.T) {
	t.Parallel()
	clean, broken, telescoped := 0, 0, 0
	for seed := range uint64(worlds(300)) {
		s := matchtest.World(seed)
		for i := range s.Referrals { // the engine can't have a standing placement use another share
			for id, given := range s.Referrals[i].Given {
				given.AdultDemand = nil
				s.Referrals[i].Given[id] = given
			}
		}
		chosen := chooseOptions(t, engineOf(t, s), rand.New(rand.NewPCG(seed, 7)))
		if len(chosen) < 2 {
			continue
		}
		got := check(t, s, planOf(t, s, chosen...))
		if want, ok := compositionOf(t, s, chosen); ok {
			telescoped++
			for _, f := range got.Figures {
				if f.Path == "/composition" && f.Recomputed != want {
					t.Fatalf("world %d: composition %v, and by the engine %d", seed, f.Recomputed, want)
				}
			}
		}
		for _, o := range chosen {
			want := bare(among(t, s, o, chosen).Reasons)
			if len(want) > 0 {
				broken++
			} else {
				clean++
			}
			mine := slices.DeleteFunc(slices.Clone(got.Violations), func(v verify.Violation) bool { return v.Referral != o.Referral })
			if d := cmp.Diff(want, reasonsOf(mine)); d != "" {
				t.Fatalf("world %d, %s (-engine +verify):\n%s", seed, o.Referral, d)
			}
		}
	}
	if telescoped < worlds(10) {
		t.Errorf("only %d compositions were tried", telescoped)
	}
	if clean < worlds(100) || broken < worlds(50) {
		t.Errorf("only %d clean and %d broken assignments were tried", clean, broken)
	}
}

// chooseOptions takes a feasible option of one stay for each referral that has one;
// of two referrals of one pupil not in one group, where busy refuses and counts differ.
func chooseOptions(t *testing.T, e *matching.Engine, random *rand.Rand) []*matching.Option {
	t.Helper()
	type seat struct {
		pupil matching.PupilID
		group matching.GroupID
	}
	taken := map[seat]bool{}
	var chosen []*matching.Option
	for _, r := range e.Snapshot().Referrals {
		options := slices.DeleteFunc(optionsOf(t, e, r.ID), func(o matching.Option) bool {
			return !o.Feasible || len(o.Stays) > 1 || taken[seat{r.Pupil, o.Stays[0].Group}]
		})
		if len(options) > 0 {
			o := &options[random.IntN(len(options))]
			chosen = append(chosen, o)
			taken[seat{r.Pupil, o.Stays[0].Group}] = true
		}
	}
	return chosen
}

// compositionOf adds up what each option changes where those before it stand. That is
// the plan's, if all who enter a group do so on one day, and some two do.
func compositionOf(t *testing.T, s *matching.Snapshot, chosen []*matching.Option) (sum int, ok bool) {
	t.Helper()
	starts := map[matching.GroupID]calendar.Date{}
	for i, o := range chosen {
		stay := o.Stays[0]
		if first, met := starts[stay.Group]; met && first != stay.From {
			return 0, false
		} else if met {
			ok = true
		}
		starts[stay.Group] = stay.From
		sum += among(t, s, o, chosen[:i]).Composition
	}
	return sum, ok
}

// among is the engine's option for the same stay where the others stand, with its
// day as the only start.
func among(t *testing.T, s *matching.Snapshot, o *matching.Option, all []*matching.Option) *matching.Option {
	t.Helper()
	joint := *s
	joint.Placements, joint.Groups = slices.Clone(s.Placements), slices.Clone(s.Groups)
	for i := range s.Referrals {
		for _, other := range all {
			if r := &s.Referrals[i]; other.Referral == r.ID && other != o {
				stay := other.Stays[0]
				joint.Placements = append(joint.Placements, matching.Placement{
					ID: matching.PlacementID("new-" + r.ID), Pupil: r.Pupil, Group: stay.Group, Pattern: stay.Pattern,
					From: stay.From, To: stay.To, OwnAdult: r.OwnAdult,
				})
			}
		}
	}
	stay := o.Stays[0]
	for i := range joint.Groups {
		if joint.Groups[i].ID == stay.Group {
			joint.Groups[i].Starts = matching.Starts{Dates: []calendar.Date{stay.From}}
		}
	}
	return optionAt(t, engineOf(t, &joint), o.Referral, stay)
}

// optionAt is the engine's option for just that stay.
func optionAt(t *testing.T, e *matching.Engine, id matching.ReferralID, stay matching.Stay) *matching.Option {
	t.Helper()
	options := optionsOf(t, e, id)
	for i := range options {
		if o := &options[i]; len(o.Stays) == 1 && o.Stays[0] == stay {
			return o
		}
	}
	t.Fatalf("the engine has no option %+v", stay)
	return nil
}
