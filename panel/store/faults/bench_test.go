package faults_test

import (
	"os"
	"sync/atomic"
	"testing"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/paneltest"
)

// BenchmarkDecide stores decisions, with all that belongs to them, from four callers for
// each processor.
func BenchmarkDecide(b *testing.B) {
	for _, engine := range []string{"sqlite", "postgres"} {
		b.Run(engine, func(b *testing.B) {
			if engine == "postgres" && os.Getenv(paneltest.Postgres) == "" {
				b.Skip("left out: the same on PostgreSQL; " + paneltest.Postgres + " names no server")
			}
			database := empty(b, engine)
			store, err := open(b.Context(), database)
			if err != nil {
				b.Fatal(err)
			}
			if err := furnish(b.Context(), store); err != nil {
				b.Fatal(err)
			}
			var lane atomic.Int64
			b.SetParallelism(4)
			b.RunParallel(func(pb *testing.PB) {
				mine := int(lane.Add(1))
				for pb.Next() {
					if err := decide(b.Context(), store, panel.NewID(), mine); err != nil {
						b.Error(err)
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "decisions/s")
			if err := store.Close(); err != nil {
				b.Error(err)
			}
			if file, err := os.Stat(database); err == nil {
				b.ReportMetric(float64(file.Size())/float64(b.N), "B/decision")
			}
		})
	}
}
