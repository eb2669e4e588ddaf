package faults_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"example.org/backontrack/panel/paneltest"
)

// perStore is how many kills one database lives through before a new one is begun, so
// that a long run does not read ever more rows after each.
const perStore = 20

func TestDU1_AC8_killedWhileWriting(t *testing.T) {
	t.Parallel()
	paneltest.Each(t, func(t *testing.T, engine paneltest.Engine) {
		random := rand.New(rand.NewPCG(*seed, 1))
		var acknowledged []string
		var database string
		var total, doubtful int
		var slowest time.Duration
		for round := range *kills {
			if round%perStore == 0 {
				total += len(acknowledged)
				acknowledged, database = nil, furnished(t, engine.Database(t))
			}
			p := start(t, "write", database)
			p.wait(t, "open")
			acknowledged = append(acknowledged, p.killAfter(t, time.Duration(40+random.IntN(380))*time.Millisecond)...)
			began := time.Now()
			store := opened(t, database)
			slowest = max(slowest, time.Since(began))
			wantSound(t, store)
			whole := wantWhole(t, store, acknowledged)
			doubtful = whole.decisions - len(acknowledged)
			closed(t, store)
			if t.Failed() {
				t.Fatalf("after kill %d of seed %d", round+1, *seed)
			}
		}
		total += len(acknowledged)
		if slowest > 5*time.Second {
			t.Errorf("the slowest opening took %v", slowest)
		}
		if total == 0 {
			t.Error("nothing was acknowledged before any of the kills")
		}
		if t.Failed() {
			return
		}
		t.Logf("%d kills, %d decisions acknowledged, none lost; of the last database %d were stored and not yet acknowledged; slowest opening %v",
			*kills, total, doubtful, slowest.Round(time.Millisecond))
	})
}

// The tables of a new database are made in one go or not at all, however early the end comes.
func TestDU1_killedWhileMakingTheTables(t *testing.T) {
	t.Parallel()
	paneltest.Each(t, func(t *testing.T, engine paneltest.Engine) {
		random := rand.New(rand.NewPCG(*seed, 2))
		for range max(3, *kills/10) {
			database := empty(t, engine.Name)
			for range 4 {
				p := start(t, "make", database)
				p.wait(t, "begins")
				p.killAfter(t, time.Duration(random.IntN(150))*time.Millisecond, "made")
			}
			store := opened(t, furnished(t, database))
			wantSound(t, store)
			if err := decide(t.Context(), store, "decision", 0); err != nil {
				t.Error(err)
			}
			wantWhole(t, store, []string{"decision"})
			closed(t, store)
		}
	})
}
