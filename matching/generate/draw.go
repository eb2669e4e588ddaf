package generate

import "math/rand/v2"

// Draws are the random choices of one stage.
type draws struct{ *rand.Rand }

// The stages, each with a stream of random numbers of its own.
const (
	toLayOut = 1 + iota
	toOpen
	toStand
	toRefer
	toTie
)

func (m *maker) draws(stage uint64) draws {
	return draws{rand.New(rand.NewPCG(m.options.Seed, stage))}
}

// chance is true in so many of a thousand cases.
func (d draws) chance(perMille int) bool { return d.IntN(1000) < perMille }

// between is any whole number from low to high, both included.
func (d draws) between(low, high int) int { return low + d.IntN(high-low+1) }

// around is a whole number from -spread to spread, more often a small one: a bell
// without tails, of integers only, so that all machines draw the same.
func (d draws) around(spread int) int {
	third := 2*spread/3 + 1
	return d.IntN(third) + d.IntN(third) + d.IntN(third) - spread
}

func pick[T any](d draws, list []T) T { return list[d.IntN(len(list))] }

// pickSome returns n different elements of a list, in its order; all where it has fewer.
func pickSome[T any](d draws, list []T, n int) []T {
	out := make([]T, 0, min(n, len(list)))
	for i, x := range list {
		if need := n - len(out); d.IntN(len(list)-i) < need {
			out = append(out, x)
		}
	}
	return out
}

// Shares are how often each of several things occurs, as weights.
type shares[T any] []share[T]

type share[T any] struct {
	of     T
	weight int
}

func (s shares[T]) total() int {
	n := 0
	for _, x := range s {
		n += x.weight
	}
	return n
}

func (s shares[T]) draw(d draws) T { return s.at(d.IntN(s.total())) }

// at is what stands at a point of the weights laid end to end.
func (s shares[T]) at(point int) T {
	for _, x := range s {
		if point -= x.weight; point < 0 {
			return x.of
		}
	}
	return s[len(s)-1].of
}

// those returns the shares of the things that a test lets through.
func (s shares[T]) those(allowed func(T) bool) shares[T] {
	var out shares[T]
	for _, x := range s {
		if allowed(x.of) {
			out = append(out, x)
		}
	}
	return out
}

// goldenSteps walks 0 to n-1 so that any run of draws is spread evenly: each point
// is the one before plus n divided by the golden ratio.
type goldenSteps struct{ at, n int }

func (g *goldenSteps) next() int {
	const perMillion = 618_034
	g.at = (g.at + perMillion) % 1_000_000
	return g.at * g.n / 1_000_000
}
