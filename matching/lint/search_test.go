package lint

import (
	"math/rand/v2"
	"slices"
	"testing"

	"example.org/backontrack/matching/calendar"
)

// graph is a random one of a few members.
func graph(seed uint64) *rivalGraph {
	r := rand.New(rand.NewPCG(seed, 2))
	g := &rivalGraph{members: make([]int, 2+r.IntN(8))}
	for n := range g.members {
		g.until = append(g.until, make([]calendar.Date, len(g.members)))
		for m := range n {
			if r.IntN(3) > 0 {
				g.until[n][m], g.until[m][n] = 1, 1
			}
		}
	}
	return g
}

// cliquesOf tries all sets of members.
func cliquesOf(g *rivalGraph) (maximal [][]int) {
	apart := func(n, m int) bool { return n == m || g.until[n][m] != 0 }
	for set := range 1 << len(g.members) {
		var members []int
		for n := range g.members {
			if set>>n&1 == 1 {
				members = append(members, n)
			}
		}
		all, more := true, false
		for n := range g.members {
			with := !slices.ContainsFunc(members, func(m int) bool { return !apart(n, m) })
			inside := slices.Contains(members, n)
			all, more = all && (with || !inside), more || with && !inside
		}
		if all && !more && len(members) > 1 {
			maximal = append(maximal, members)
		}
	}
	return maximal
}

func TestCliques(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		g := graph(seed)
		want := cliquesOf(g)
		got := g.cliques()
		if !slices.IsSortedFunc(got, func(a, b []int) int { return len(b) - len(a) }) {
			t.Fatalf("world %d: %v is not by size", seed, got)
		}
		slices.SortFunc(got, slices.Compare)
		slices.SortFunc(want, slices.Compare)
		if !slices.EqualFunc(got, want, slices.Equal) {
			t.Fatalf("world %d: got %v, want %v", seed, got, want)
		}
		hasty := &cliqueSearch{g: g}
		for _, c := range want {
			hasty.all = append(hasty.all, c...)
		}
		hasty.all = sorted(hasty.all)
		hasty.greedily()
		for _, c := range hasty.found {
			if !slices.ContainsFunc(want, func(w []int) bool { return slices.Equal(w, c) }) {
				t.Fatalf("world %d: %v is no maximal clique", seed, c)
			}
		}
		if len(hasty.found) != len(hasty.all) {
			t.Fatalf("world %d: %d cliques for %d members", seed, len(hasty.found), len(hasty.all))
		}
	}
}

// TestShortages tries all sets of seekers: there is a shortage if one of them has rooms
// for fewer than it is; and each shortage is one.
func TestShortages(t *testing.T) {
	t.Parallel()
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 3))
		capacity := make([]int, 1+r.IntN(5))
		for i := range capacity {
			capacity[i] = r.IntN(3)
		}
		adjacent := make([][]int, r.IntN(8))
		for i := range adjacent {
			for range 1 + r.IntN(3) {
				adjacent[i] = append(adjacent[i], r.IntN(len(capacity)))
			}
			adjacent[i] = sorted(adjacent[i])
		}
		lack := func(seekers []int) int {
			var rooms []int
			for _, i := range seekers {
				rooms = append(rooms, adjacent[i]...)
			}
			n := len(seekers)
			for _, room := range sorted(rooms) {
				n -= capacity[room]
			}
			return n
		}
		worst := 0
		for set := range 1 << len(adjacent) {
			var seekers []int
			for i := range adjacent {
				if set>>i&1 == 1 {
					seekers = append(seekers, i)
				}
			}
			worst = max(worst, lack(seekers))
		}
		found := 0
		for _, s := range shortages(adjacent, capacity, 10_000) {
			if lack(s.seekers) <= 0 {
				t.Errorf("world %d: %v have room enough", seed, s.seekers)
			}
			found += lack(s.seekers)
		}
		if found != worst {
			t.Fatalf("world %d: %d lack room, want %d", seed, found, worst)
		}
		if worst > 0 && shortages(adjacent, capacity, 0) != nil {
			t.Fatalf("world %d: an answer without work", seed)
		}
	}
}
