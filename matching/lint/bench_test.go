package lint_test

import (
	"testing"

	"example.org/backontrack/matching/generate"
	"example.org/backontrack/matching/lint"
)

// BenchmarkSnapshot lints a region's agenda.
func BenchmarkSnapshot(b *testing.B) {
	s, err := generate.Snapshot(generate.Options{Referrals: 1000, Groups: 300, Seed: 1})
	if err != nil {
		b.Fatal(err)
	}
	e := engine(b, s)
	b.ReportAllocs()
	for b.Loop() {
		lint.Snapshot(e)
	}
}
