package lint

import (
	"cmp"
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// Bounds of the work behind rival_clique. What they leave out is not reported.
const (
	mostRivals = 3000       // referrals whose pairs are looked at, for each scope
	cliqueWork = 30_000_000 // steps of the search for cliques, for each scope
	roomWork   = 30_000_000 // steps of the search for rooms, for each scope
)

// cliques finds sets of referrals whose pupils must all be apart from each other, and who
// between them can go to fewer rooms than they are: so not all of them can be placed,
// whatever else is decided, while standing placements stay where they are.
//
// For each scope the graph of pairs that must be apart at it or a wider one is
// searched for its maximal cliques. The options of a clique are assigned to rooms, a
// moment at a place (a site, a zone, a group) each, such that whoever takes an option
// is there then: two who take the same room would be together. Matching shows whether there
// are rooms for all, and whom the shortage concerns. A referral is in at most one finding.
func (l *linter) cliques() {
	reported := map[int]bool{}
	for _, scope := range []matching.Scope{matching.OnSite, matching.InZone, matching.InGroup} {
		g := l.rivals(scope, reported)
		work := roomWork
		for _, clique := range g.cliques() {
			clique = slices.DeleteFunc(clique, func(n int) bool { return reported[g.members[n]] })
			for _, seats := range g.crowded(clique, &work) {
				for _, s := range seats {
					reported[g.members[s.member]] = true
				}
				l.add(g.finding(seats))
			}
			if work < 0 {
				break
			}
		}
	}
}

// A rivalGraph has the referrals that must be apart from another, and until when.
type rivalGraph struct {
	l       *linter
	scope   matching.Scope
	members []int             // of l.offers
	places  []int             // by member: at how many places its options are
	until   [][]calendar.Date // by two members: 0 when they need not be apart
}

// reach tells whether a separation of one scope holds at another: who may not be on
// one site may not be in one group either.
func reach(of, at matching.Scope) bool {
	near := []matching.Scope{matching.InGroup, matching.InZone, matching.OnSite}
	return slices.Index(near, of) >= slices.Index(near, at)
}

func (l *linter) rivals(scope matching.Scope, reported map[int]bool) *rivalGraph {
	g := &rivalGraph{l: l, scope: scope}
	for i := range l.offers {
		if len(l.offers[i].options) > 0 && !reported[i] && len(g.members) < mostRivals {
			g.members = append(g.members, i)
		}
	}
	g.until = make([][]calendar.Date, len(g.members))
	for n := range g.members {
		g.until[n] = make([]calendar.Date, len(g.members))
	}
	var separations []matching.Separation
	for _, sep := range l.apartBy {
		if reach(sep.Scope(), scope) {
			separations = append(separations, sep)
		}
	}
	for n := range g.members {
		for m := range n {
			last := g.parted(n, m, separations)
			g.until[n][m], g.until[m][n] = last, last
		}
	}
	for _, i := range g.members {
		g.places = append(g.places, g.countPlaces(i))
	}
	g.prune()
	return g
}

// parted is the last day on which two referrals' pupils must be apart, or 0.
func (g *rivalGraph) parted(n, m int, separations []matching.Separation) calendar.Date {
	a, b := g.l.offers[g.members[n]].pupil, g.l.offers[g.members[m]].pupil
	if a == b {
		return 0 // two referrals of one pupil
	}
	last := calendar.Date(0)
	for _, sep := range separations {
		if until, parted := refused(sep, a, b); parted && until >= g.l.s.AsOf {
			last = max(last, until)
		}
	}
	return last
}

func (g *rivalGraph) countPlaces(i int) int {
	seen := map[place]bool{}
	for _, option := range g.l.offers[i].options {
		for _, st := range option {
			seen[g.own(st)] = true
		}
	}
	return len(seen)
}

// prune takes out who can be in no crowded clique: a clique's rooms are fewer than its
// members, and whose options are at k places has k rooms at least.
func (g *rivalGraph) prune() {
	for again := true; again; {
		again = false
		for n := range g.members {
			degree := 0
			for _, until := range g.until[n] {
				if until != 0 {
					degree++
				}
			}
			if degree == 0 || degree >= g.places[n] {
				continue
			}
			again = true
			for m := range g.members {
				g.until[n][m], g.until[m][n] = 0, 0
			}
		}
	}
}

// cliques are the maximal cliques of two and more, the largest first. When the search
// takes too long, they are those found so far, and one around each member.
func (g *rivalGraph) cliques() [][]int {
	search := &cliqueSearch{g: g, work: cliqueWork}
	for n := range g.members {
		if slices.ContainsFunc(g.until[n], func(d calendar.Date) bool { return d != 0 }) {
			search.all = append(search.all, n)
		}
	}
	search.grow(nil, search.all, nil)
	if search.work < 0 {
		search.greedily()
	}
	slices.SortFunc(search.found, func(a, b []int) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), slices.Compare(a, b))
	})
	return slices.CompactFunc(search.found, slices.Equal)
}

// A cliqueSearch is the method of Bron and Kerbosch, with a pivot.
type cliqueSearch struct {
	g     *rivalGraph
	all   []int
	found [][]int
	work  int
}

// grow adds to a clique those who may join, but for cliques with one who may not.
func (c *cliqueSearch) grow(clique, may, not []int) {
	if c.work < 0 {
		return
	}
	if len(may) == 0 {
		if len(not) == 0 && len(clique) > 1 {
			c.found = append(c.found, sorted(clique))
		}
		return
	}
	pivot := c.pivot(may, not)
	for _, n := range slices.Clone(may) {
		if c.g.until[pivot][n] != 0 {
			continue
		}
		c.grow(append(slices.Clip(clique), n), c.neighbours(n, may), c.neighbours(n, not))
		may = slices.DeleteFunc(slices.Clone(may), func(m int) bool { return m == n })
		not = append(slices.Clip(not), n)
	}
}

// pivot is whoever is apart from the most of those who may join.
func (c *cliqueSearch) pivot(may, not []int) int {
	best, most := -1, -1
	for _, list := range [][]int{may, not} {
		for _, n := range list {
			c.work -= len(may)
			degree := 0
			for _, m := range may {
				if c.g.until[n][m] != 0 {
					degree++
				}
			}
			if degree > most {
				best, most = n, degree
			}
		}
	}
	return best
}

func (c *cliqueSearch) neighbours(n int, of []int) []int {
	c.work -= len(of)
	var out []int
	for _, m := range of {
		if c.g.until[n][m] != 0 {
			out = append(out, m)
		}
	}
	return out
}

// greedily finds for each member the clique that takes whoever comes first.
func (c *cliqueSearch) greedily() {
	for _, n := range c.all {
		clique := []int{n}
		for may := c.neighbours(n, c.all); len(may) > 0; may = c.neighbours(may[0], may) {
			clique = append(clique, may[0])
		}
		c.found = append(c.found, sorted(clique))
	}
}
