package matching_test

import (
	"runtime"
	"slices"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/matchtest"
)

func TestLaw_matchesAreTheFeasibleOptions(t *testing.T) {
	t.Parallel()
	lawWorlds(t, 300, matchesAreOptions)
}

func matchesAreOptions(t testing.TB, seed uint64) {
	e := lawEngine(t, matchtest.World(seed))
	for _, r := range e.Snapshot().Referrals {
		want := []matching.Match{}
		for _, o := range lawOptions(t, e, r.ID) {
			if o.Feasible && len(o.Stays) == 1 {
				want = append(want, matchOf(&o))
			}
		}
		matches, err := e.Matches(r.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got := slices.AppendSeq([]matching.Match{}, matches); !slices.Equal(got, want) {
			t.Errorf("matches %s, options %s", lawJSON(t, got), lawJSON(t, want))
		}
		for m := range matches { // one may stop
			if m != want[0] {
				t.Errorf("first match %s", lawJSON(t, m))
			}
			break
		}
	}
}

func matchOf(o *matching.Option) matching.Match {
	m := matching.Match{
		Group: o.Stays[0].Group, Pattern: o.Stays[0].Pattern, From: o.Stays[0].From, To: o.Stays[0].To,
		Score: o.Score, Composition: o.Composition, Late: o.Late, Minutes: -1,
	}
	if o.Minutes != nil {
		m.Minutes = *o.Minutes
	}
	return m
}

// Not parallel: it changes how many processors there are.
func TestLaw_eachMatchEqualsMatches(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	lawWorlds(t, 60, func(t testing.TB, seed uint64) {
		for _, processors := range []int{1, 2} {
			runtime.GOMAXPROCS(processors)
			eachMatchEqualsMatches(t, seed)
		}
	})
}

func eachMatchEqualsMatches(t testing.TB, seed uint64) {
	e := lawEngine(t, matchtest.World(seed))
	next := 0
	e.EachMatch(func(id matching.ReferralID, got []matching.Match) bool {
		if id != e.Snapshot().Referrals[next].ID {
			t.Errorf("referral %s comes at %d", id, next)
		}
		next++
		matches, err := e.Matches(id)
		if err != nil {
			t.Fatal(err)
		}
		if want := slices.Collect(matches); !slices.Equal(got, want) {
			t.Errorf("each match %s, matches %s", lawJSON(t, got), lawJSON(t, want))
		}
		return true
	})
	if next != len(e.Snapshot().Referrals) {
		t.Errorf("%d of %d referrals", next, len(e.Snapshot().Referrals))
	}
	calls := 0
	e.EachMatch(func(matching.ReferralID, []matching.Match) bool { calls++; return false })
	if calls != 1 {
		t.Errorf("%d calls after the visit that ended it", calls)
	}
}
