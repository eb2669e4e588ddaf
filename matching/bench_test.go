package matching_test

import (
	"bytes"
	"fmt"
	"runtime"
	"sync"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/generate"
)

// A size is a generated snapshot's: referrals × groups, and standing pupils.
type size struct{ referrals, groups, placements int }

func (s size) String() string { return fmt.Sprintf("%dx%d", s.referrals, s.groups) }

var (
	panelSize    = size{60, 25, 0}
	regionSize   = size{1000, 300, 0}
	nationalSize = size{25_000, 3_000, 45_000}
)

// generated keeps what the benchmarks share: the text of a snapshot, and its engine.
var generated sync.Map

type sample struct {
	text   []byte
	engine *matching.Engine
}

func sampleOf(b *testing.B, n size) *sample {
	b.Helper()
	if known, ok := generated.Load(n); ok {
		return known.(*sample)
	}
	s, err := generate.Snapshot(generate.Options{Referrals: n.referrals, Groups: n.groups, Placements: n.placements, Seed: 1})
	if err != nil {
		b.Fatal(err)
	}
	var text bytes.Buffer
	if err := s.Encode(&text); err != nil {
		b.Fatal(err)
	}
	e, err := matching.New(s)
	if err != nil {
		b.Fatal(err)
	}
	made := &sample{text.Bytes(), e}
	generated.Store(n, made)
	return made
}

func eachSize(b *testing.B, run func(b *testing.B, s *sample)) {
	for _, n := range []size{panelSize, regionSize} {
		b.Run(n.String(), func(b *testing.B) { run(b, sampleOf(b, n)) })
	}
	b.Run("National", func(b *testing.B) { run(b, sampleOf(b, nationalSize)) })
}

// BenchmarkRead reads and checks a snapshot's JSON.
func BenchmarkRead(b *testing.B) {
	eachSize(b, func(b *testing.B, s *sample) {
		b.SetBytes(int64(len(s.text)))
		for b.Loop() {
			if _, err := matching.Read(bytes.NewReader(s.text)); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkNew checks and indexes a snapshot.
func BenchmarkNew(b *testing.B) {
	eachSize(b, func(b *testing.B, s *sample) {
		for b.Loop() {
			if _, err := matching.New(s.engine.Snapshot()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkRank ranks one referral after another, with every reason against every group.
func BenchmarkRank(b *testing.B) {
	eachSize(b, func(b *testing.B, s *sample) {
		referrals := s.engine.Snapshot().Referrals
		b.ReportAllocs()
		options, i := 0, 0
		for b.Loop() {
			ranking, err := s.engine.Rank(referrals[i%len(referrals)].ID)
			if err != nil {
				b.Fatal(err)
			}
			options += len(ranking.Ranking) + len(ranking.Rejected)
			i++
		}
		b.ReportMetric(float64(options)/float64(i), "options/op")
	})
}

// BenchmarkAllOptions explains every option of every referral, on all processors.
func BenchmarkAllOptions(b *testing.B) {
	for _, n := range []size{panelSize, regionSize} {
		b.Run(n.String(), func(b *testing.B) {
			s := sampleOf(b, n)
			for b.Loop() {
				b.ReportMetric(float64(allOptions(b, s.engine)), "options/op")
			}
		})
	}
}

func allOptions(b *testing.B, e *matching.Engine) int {
	var wg sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	counts := make([]int, workers)
	for w := range workers {
		wg.Go(func() {
			for i := w; i < len(e.Snapshot().Referrals); i += workers {
				options, err := e.Options(e.Snapshot().Referrals[i].ID)
				if err != nil {
					b.Error(err)
				}
				counts[w] += len(options)
			}
		})
	}
	wg.Wait()
	sum := 0
	for _, n := range counts {
		sum += n
	}
	return sum
}

// BenchmarkAllMatches finds and scores every feasible option of every referral.
func BenchmarkAllMatches(b *testing.B) {
	eachSize(b, func(b *testing.B, s *sample) {
		b.ReportAllocs()
		for b.Loop() {
			n := 0
			s.engine.EachMatch(func(_ matching.ReferralID, matches []matching.Match) bool {
				n += len(matches)
				return true
			})
			b.ReportMetric(float64(n), "matches/op")
		}
	})
}

// BenchmarkUnlocks finds what would unlock one refused option after another.
func BenchmarkUnlocks(b *testing.B) {
	eachSize(b, func(b *testing.B, s *sample) {
		ranking, err := s.engine.Rank(s.engine.Snapshot().Referrals[0].ID)
		if err != nil {
			b.Fatal(err)
		}
		found, i := 0, 0
		for b.Loop() {
			unlocks, err := s.engine.Unlocks(&ranking.Rejected[i%len(ranking.Rejected)])
			if err != nil {
				b.Fatal(err)
			}
			found += len(unlocks)
			i++
		}
		b.ReportMetric(float64(found)/float64(i), "unlocks/op")
	})
}

// BenchmarkQuestions finds the questions worth asking, for one referral after another.
func BenchmarkQuestions(b *testing.B) {
	eachSize(b, func(b *testing.B, s *sample) {
		referrals := s.engine.Snapshot().Referrals
		i := 0
		for b.Loop() {
			if _, err := s.engine.Questions(referrals[i%len(referrals)].ID); err != nil {
				b.Fatal(err)
			}
			i++
		}
	})
}

// BenchmarkWhole reads, checks and indexes a snapshot and scores all its options, and
// tells how much memory the process had for it.
func BenchmarkWhole(b *testing.B) {
	eachSize(b, func(b *testing.B, s *sample) {
		for b.Loop() {
			snapshot, err := matching.Read(bytes.NewReader(s.text))
			if err != nil {
				b.Fatal(err)
			}
			e, err := matching.New(snapshot)
			if err != nil {
				b.Fatal(err)
			}
			e.EachMatch(func(matching.ReferralID, []matching.Match) bool { return true })
		}
		var memory runtime.MemStats
		runtime.ReadMemStats(&memory)
		b.ReportMetric(float64(memory.Sys)/(1<<20), "MiB")
	})
}
