package matching_test

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/matchtest"
)

// dated are the options of a referral that have dates, as a comparison wants them.
func dated(t testing.TB, e *matching.Engine, id matching.ReferralID) []matching.Option {
	t.Helper()
	return slices.DeleteFunc(lawOptions(t, e, id), func(o matching.Option) bool { return o.Stays[0].From == 0 })
}

// orderOf is the contract's order, written again: which of two options ranks above.
func orderOf(a, b *matching.Option) int {
	minutes := func(o *matching.Option) int {
		if o.Minutes == nil {
			return 1 << 20
		}
		return *o.Minutes
	}
	each := func(part func(matching.Stay) string) int {
		return slices.CompareFunc(a.Stays, b.Stays, func(x, y matching.Stay) int { return cmp.Compare(part(x), part(y)) })
	}
	return cmp.Or(
		b.Total-a.Total,
		int(a.Stays[0].From-b.Stays[0].From),
		minutes(a)-minutes(b),
		each(func(s matching.Stay) string { return string(s.Group) }),
		each(func(s matching.Stay) string { return string(s.Pattern) }),
	)
}

func TestLaw_comparisonIsAStrictWeakOrder(t *testing.T) {
	t.Parallel()
	lawWorlds(t, 120, comparisonIsStrict)
}

func comparisonIsStrict(t testing.TB, seed uint64) {
	s := matchtest.World(seed)
	if seed%2 == 1 { // no weights: many totals are equal, and the tie-breaks decide
		for code := range s.Policy.Weights {
			s.Policy.Weights[code] = 0
		}
	}
	e := lawEngine(t, s)
	for _, r := range e.Snapshot().Referrals {
		options := dated(t, e, r.ID)
		options = options[:min(len(options), 9)] // triples grow fast
		above := map[[2]int]bool{}
		for i := range options {
			for j := range options {
				if i != j {
					above[[2]int{i, j}] = ranksAbove(t, e, &options[i], &options[j])
				}
			}
		}
		for i := range options {
			for j := range options {
				if i != j && above[[2]int{i, j}] == above[[2]int{j, i}] {
					t.Errorf("not antisymmetric: %s and %s", lawJSON(t, options[i].Stays), lawJSON(t, options[j].Stays))
				}
				for k := range options {
					if above[[2]int{i, j}] && above[[2]int{j, k}] && i != k && !above[[2]int{i, k}] {
						t.Errorf("not transitive: %s", lawJSON(t, []any{options[i].Stays, options[j].Stays, options[k].Stays}))
					}
				}
			}
		}
		rankingIsSorted(t, e, r.ID)
	}
}

// ranksAbove asks for a comparison, checks it, and tells which is above.
func ranksAbove(t testing.TB, e *matching.Engine, a, b *matching.Option) bool {
	t.Helper()
	c, err := e.Compare(a, b)
	if err != nil {
		t.Fatal(err)
	}
	other, err := e.Compare(b, a)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(c, other) {
		t.Errorf("the other way round: %s and %s", lawJSON(t, c), lawJSON(t, other))
	}
	is := slices.Equal(c.Above, a.Stays)
	if want := orderOf(a, b) < 0; is != want {
		t.Errorf("%s is above; by the contract's order that is %t", lawJSON(t, c.Above), want)
	}
	return is
}

func rankingIsSorted(t testing.TB, e *matching.Engine, id matching.ReferralID) {
	t.Helper()
	ranking := lawRank(t, e, id)
	if !slices.IsSortedFunc(ranking.Ranking, func(a, b matching.Option) int { return orderOf(&a, &b) }) {
		t.Errorf("not in order: %s", lawJSON(t, ranking.Ranking))
	}
	all := lawOptions(t, e, id)
	if len(all) != len(ranking.Ranking)+len(ranking.Rejected) {
		t.Errorf("%d options, %d ranked and %d rejected", len(all), len(ranking.Ranking), len(ranking.Rejected))
	}
}

func TestLaw_comparisonsAddUpAndSwapsSwap(t *testing.T) {
	t.Parallel()
	lawWorlds(t, 60, comparisonsAddUp)
}

func comparisonsAddUp(t testing.TB, seed uint64) {
	e := lawEngine(t, matchtest.World(seed))
	for _, r := range e.Snapshot().Referrals {
		options := dated(t, e, r.ID)
		for i := range options[:min(len(options), 4)] {
			for j := range i {
				comparisonAddsUp(t, seed, e, &options[i], &options[j])
			}
		}
	}
}

func comparisonAddsUp(t testing.TB, seed uint64, e *matching.Engine, a, b *matching.Option) {
	t.Helper()
	c, err := e.Compare(a, b)
	if err != nil {
		t.Fatal(err)
	}
	if orderOf(a, b) > 0 {
		a, b = b, a
	}
	sum, last := 0, c.Rows[len(c.Rows)-1]
	for _, row := range c.Rows[:len(c.Rows)-1] {
		if row.Difference != row.Above-row.Below {
			t.Errorf("row %s", lawJSON(t, row))
		}
		sum += row.Difference
	}
	if last.Row != "total" || last.Above != a.Total || last.Below != b.Total || sum != a.Total-b.Total {
		t.Errorf("the rows do not add up: %s", lawJSON(t, c))
	}
	if (c.Decided == "total") != (a.Total != b.Total) {
		t.Errorf("decided by %q: %s", c.Decided, lawJSON(t, c))
	}
	for _, swap := range c.Swaps {
		swapSwaps(t, seed, a, b, &swap)
	}
	if want := nearestSwaps(a, b); !slices.Equal(c.Swaps, want) {
		t.Errorf("swaps %s, weight by weight %s: %s and %s", lawJSON(t, c.Swaps), lawJSON(t, want), lawJSON(t, a.Stays), lawJSON(t, b.Stays))
	}
}

// nearestSwaps tries one weight after another, the lower of two that are as near first.
func nearestSwaps(a, b *matching.Option) []matching.Swap {
	swaps := []matching.Swap{}
	for i, c := range a.Contributions {
		others := -c.Weight
		for _, other := range a.Contributions {
			others += other.Weight
		}
		for step := 1; step <= max(c.Weight, others) && len(a.Contributions) > 1; step++ {
			lower, higher := c.Weight-step, c.Weight+step
			if lower >= 0 && orderWith(a, b, i, lower) > 0 {
				swaps = append(swaps, matching.Swap{Criterion: c.Criterion, Weight: c.Weight, Becomes: lower})
				break
			}
			if higher <= max(c.Weight, others) && orderWith(a, b, i, higher) > 0 {
				swaps = append(swaps, matching.Swap{Criterion: c.Criterion, Weight: c.Weight, Becomes: higher})
				break
			}
		}
	}
	return swaps
}

// orderWith is the order of two options if a criterion had another weight.
func orderWith(a, b *matching.Option, i, weight int) int {
	with := func(o matching.Option) *matching.Option {
		raw, sum := 0, 0
		for j, c := range o.Contributions {
			if j == i {
				c.Weight = weight
			}
			raw, sum = raw+c.Weight*c.Value, sum+c.Weight
		}
		o.Total = o.LatePenalty + o.Composition
		if sum > 0 {
			o.Total += raw / sum
		}
		return &o
	}
	return orderOf(with(*a), with(*b))
}

// A policy may have weights of a million: comparisons do not try each of them.
func TestCompare_largeWeights(t *testing.T) {
	t.Parallel()
	for seed := range uint64(12) {
		s := matchtest.World(seed)
		for code := range s.Policy.Weights {
			s.Policy.Weights[code] = 1_000_000 - int(seed)
		}
		e := lawEngine(t, s)
		for _, r := range s.Referrals {
			for _, swap := range lawRank(t, e, r.ID).Firmness().Swaps {
				if swap.Becomes < 0 || swap.Becomes == swap.Weight {
					t.Errorf("world %d: %s", seed, lawJSON(t, swap))
				}
			}
		}
	}
}

// swapSwaps gives the policy the weight, and weights a little nearer to what it was.
func swapSwaps(t testing.TB, seed uint64, a, b *matching.Option, swap *matching.Swap) {
	t.Helper()
	step := swap.Becomes - swap.Weight
	if step == 0 {
		t.Errorf("a swap that changes nothing: %s", lawJSON(t, swap))
	}
	if !swappedAt(t, seed, a, b, swap.Criterion, swap.Becomes) {
		t.Errorf("no swap at %s: %s and %s", lawJSON(t, swap), lawJSON(t, a.Stays), lawJSON(t, b.Stays))
	}
	nearer := max(step, -step) - 1
	for _, weight := range []int{swap.Weight + nearer, max(swap.Weight-nearer, 0)} {
		if swappedAt(t, seed, a, b, swap.Criterion, weight) {
			t.Errorf("swapped at %d already, not only at %s: %s and %s", weight, lawJSON(t, swap), lawJSON(t, a.Stays), lawJSON(t, b.Stays))
		}
	}
}

// swappedAt asks a new engine whether b ranks above a under another weight.
func swappedAt(t testing.TB, seed uint64, a, b *matching.Option, criterion matching.Code, weight int) bool {
	t.Helper()
	s := matchtest.World(seed)
	s.Policy.Weights = maps.Clone(s.Policy.Weights)
	s.Policy.Weights[criterion] = weight
	options := lawOptions(t, lawEngine(t, s), a.Referral)
	find := func(o *matching.Option) *matching.Option {
		i := slices.IndexFunc(options, func(x matching.Option) bool { return slices.Equal(x.Stays, o.Stays) })
		if i < 0 {
			t.Fatalf("another weight takes the option away: %s", lawJSON(t, o.Stays))
		}
		return &options[i]
	}
	return orderOf(find(b), find(a)) < 0
}

func TestLaw_firmness(t *testing.T) {
	t.Parallel()
	lawWorlds(t, 150, firmnessHolds)
}

func firmnessHolds(t testing.TB, seed uint64) {
	e := lawEngine(t, matchtest.World(seed))
	for _, r := range e.Snapshot().Referrals {
		ranking := lawRank(t, e, r.ID)
		f := ranking.Firmness()
		if len(ranking.Ranking) == 0 {
			if f.First != nil || f.Second != nil || f.TooClose {
				t.Errorf("nothing fits: %s", lawJSON(t, f))
			}
			continue
		}
		first := &ranking.Ranking[0]
		groups := func(o *matching.Option) (ids []matching.GroupID) {
			for _, stay := range o.Stays {
				ids = append(ids, stay.Group)
			}
			return ids
		}
		i := slices.IndexFunc(ranking.Ranking, func(o matching.Option) bool { return !slices.Equal(groups(&o), groups(first)) })
		if !slices.Equal(f.First, first.Stays) || (f.Second == nil) != (i < 0) {
			t.Errorf("first and second: %s", lawJSON(t, f))
		}
		if i >= 0 {
			firmnessOf(t, seed, f, first, &ranking.Ranking[i])
		}
	}
}

func firmnessOf(t testing.TB, seed uint64, f matching.Firmness, first, second *matching.Option) {
	t.Helper()
	because := []string{}
	if first.Total-second.Total <= 10 {
		because = append(because, "margin")
	}
	if second.Total+second.ScoreHigh-second.Score > first.Total-first.Score+first.ScoreLow {
		because = append(because, "unknown")
	}
	sum := 0
	for _, c := range first.Contributions {
		sum += c.Weight
	}
	near := slices.ContainsFunc(f.Swaps, func(s matching.Swap) bool { return 20*max(s.Becomes-s.Weight, s.Weight-s.Becomes) <= sum })
	if near {
		because = append(because, "weights")
	}
	if !slices.Equal(f.Second, second.Stays) || f.Margin != first.Total-second.Total || f.TooClose != (len(because) > 0) || !slices.Equal(f.Because, because) {
		t.Errorf("%s, want because %q", lawJSON(t, f), because)
	}
	if seed%10 == 0 {
		for _, swap := range f.Swaps {
			swapSwaps(t, seed, first, second, &swap)
		}
	}
}
