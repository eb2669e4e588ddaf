package matching

import (
	"iter"
	"runtime"
	"sync"
	"sync/atomic"

	"example.org/backontrack/matching/calendar"
)

// A Match is a feasible option in short: what a planner, or a list of thousands,
// needs of it.
type Match struct {
	Group       GroupID
	Pattern     PatternID
	From, To    calendar.Date
	Score       int
	Composition int
	Late        bool
	Minutes     int // -1 when unknown
}

// Matches yields the feasible options of a referral in one group each, by group,
// pattern and start: those of [Engine.Options] without contributions, reasons and packages. It
// stops looking at a group at the first rule that refuses, and allocates only
// at the start.
func (e *Engine) Matches(id ReferralID) (iter.Seq[Match], error) {
	r, err := e.referral(id)
	if err != nil {
		return nil, err
	}
	return func(yield func(Match) bool) {
		t := e.try(r)
		for i := range e.groups {
			if !t.matchesIn(&e.groups[i], yield) {
				return
			}
		}
	}, nil
}

func (t *trial) matchesIn(g *groupIndex, yield func(Match) bool) bool {
	for v := range t.openings(g) {
		for range t.e.policy.StartsPerGroup {
			if !yield(t.match(&v)) {
				return false
			}
			if !t.laterStart(&v) {
				break
			}
		}
	}
	return true
}

func (t *trial) match(v *visit) Match {
	m := Match{
		Group: v.g.group.ID, Pattern: v.pattern.ID, From: v.from, To: v.to, Minutes: t.c.Minutes,
		Late: t.r.referral.late(v.from), Composition: t.composition(v),
	}
	if given, ok := t.given(v); ok {
		m.Score = given
		return m
	}
	t.single[0] = v.g.group
	t.score(v, v.mask, t.single[:], nil)
	m.Score = weighted(t.e.weights, t.e.weightSum, func(i int) int { return t.values[i].Expected })
	return m
}

// EachMatch calls visit with the matches of every referral, by referral id, as
// Matches yields them. The work is shared by all processors; visit is called by one
// goroutine at a time, in order. A visit that returns false ends it. An extension's panic
// comes out in the caller's goroutine.
func (e *Engine) EachMatch(visit func(ReferralID, []Match) bool) {
	type result struct {
		matches []Match
		done    chan struct{}
	}
	workers := runtime.GOMAXPROCS(0)
	results := make([]result, len(e.referrals))
	for i := range results {
		results[i].done = make(chan struct{})
	}
	// Workers run at most this far ahead of visit, which bounds memory.
	ahead := make(chan struct{}, 64*workers)
	next, stop := make(chan int), make(chan struct{})
	var panicked rescue
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			if len(e.referrals) == 0 {
				return
			}
			t := e.try(&e.referrals[0])
			for i := range next {
				panicked.run(func() { results[i].matches = t.matchesOf(&e.referrals[i]) })
				close(results[i].done)
			}
		})
	}
	wg.Go(func() {
		defer close(next)
		for i := range results {
			select {
			case ahead <- struct{}{}:
			case <-stop:
				return
			}
			next <- i
		}
	})
	for i := range results {
		<-results[i].done
		<-ahead
		if panicked.value != nil || !visit(e.referrals[i].referral.ID, results[i].matches) {
			break
		}
		results[i].matches = nil
	}
	close(stop)
	wg.Wait()
	panicked.rethrow()
}

// matchesOf are the matches of a referral, to which it turns the trial.
func (t *trial) matchesOf(r *referralIndex) []Match {
	t.reset(r)
	var matches []Match
	for g := range t.e.groups {
		t.matchesIn(&t.e.groups[g], func(m Match) bool {
			matches = append(matches, m)
			return true
		})
	}
	return matches
}

// eachReferral asks for something of every referral, on all processors.
func eachReferral[T any](e *Engine, ask func(t *trial) T) []T {
	answers := make([]T, len(e.referrals))
	var next atomic.Int64
	var panicked rescue
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(e.referrals)) {
		wg.Go(func() {
			panicked.run(func() {
				t := e.try(&e.referrals[0])
				for i := next.Add(1) - 1; i < int64(len(answers)); i = next.Add(1) - 1 {
					t.reset(&e.referrals[i])
					answers[i] = ask(t)
				}
			})
		})
	}
	wg.Wait()
	panicked.rethrow()
	return answers
}
