package faults_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/paneltest"
)

// A panic in the middle of a decision leaves nothing of it behind, and the store goes on.
func TestDU8_panicInTheMiddle(t *testing.T) {
	t.Parallel()
	paneltest.Each(t, func(t *testing.T, engine paneltest.Engine) {
		store := opened(t, engine.Database(t))
		if err := furnish(t.Context(), store); err != nil {
			t.Fatal(err)
		}
		for range 20 {
			func() {
				defer func() {
					if recover() == nil {
						t.Error("the panic did not reach the caller")
					}
				}()
				_ = store.Update(t.Context(), func(tx panel.Tx) error {
					if err := tx.Pupils().Add(&panel.Pupil{ID: "pupil", Pseudonym: "pupil"}); err != nil {
						t.Error(err)
					}
					panic("in the middle")
				})
			}()
		}
		if err := decide(t.Context(), store, "after", 0); err != nil {
			t.Errorf("after the panics: %v", err)
		}
		wantWhole(t, store, []string{"after"})
	})
}

// Whoever cannot write while somebody else holds the place waits no longer than they are
// willing to, gets Unavailable, and has stored nothing.
func TestDU5_heldByAnotherProgram(t *testing.T) {
	t.Parallel()
	paneltest.Each(t, func(t *testing.T, engine paneltest.Engine) {
		database := furnished(t, engine.Database(t))
		store := opened(t, database)
		holder := start(t, "hold", database)
		holder.wait(t, "held")
		wantRefusedInTime(t, store, 8)
		wantWhole(t, store, nil)
		if err := holder.in.Close(); err != nil {
			t.Error(err)
		}
		if holder.lines.Scan(); holder.lines.Text() != "failed EOF" {
			t.Errorf("the holder ended with %q", holder.lines.Text())
		}
		if err := decide(t.Context(), store, "after", 0); err != nil {
			t.Errorf("after the lock was given back: %v", err)
		}
		wantWhole(t, store, []string{"after"})
	})
}

// wantRefusedInTime has several write in one lane at once, and wants each to be told
// Unavailable before long.
func wantRefusedInTime(t *testing.T, store panel.Store, writers int) {
	t.Helper()
	began := time.Now()
	var all sync.WaitGroup
	for range writers {
		all.Go(func() {
			if err := decide(t.Context(), store, panel.NewID(), 0); panel.KindOf(err) != panel.Unavailable {
				t.Errorf("while somebody else holds the lock: %v, want %v", err, panel.Unavailable)
			}
			if took := time.Since(began); took > patience {
				t.Errorf("it took %v to be refused, the most is %v", took.Round(time.Millisecond), patience)
			}
		})
	}
	all.Wait()
	t.Logf("%d writers were all told within %v", writers, time.Since(began).Round(time.Millisecond))
}

// CC-11: callers who give up after a few milliseconds.
func TestCC11_callersGiveUp(t *testing.T) {
	t.Parallel()
	paneltest.Each(t, func(t *testing.T, engine paneltest.Engine) {
		store := opened(t, engine.Database(t))
		if err := furnish(t.Context(), store); err != nil {
			t.Fatal(err)
		}
		storm := 3 * time.Second
		if testing.Short() {
			storm /= 4
		}
		acknowledged, gaveUp := giveUp(t, store, storm)
		if gaveUp == 0 || len(acknowledged) == 0 {
			t.Errorf("%d gave up and %d did not: want some of both", gaveUp, len(acknowledged))
		}
		stored := wantWhole(t, store, acknowledged)
		// A caller who is told that it failed may ask again under the same key; but a store that
		// commits what it reports as failed makes everybody ask again.
		if doubtful := stored.decisions - len(acknowledged); doubtful > 0 {
			t.Errorf("%d decisions were reported as failed and are stored", doubtful)
		}
		began := time.Now()
		var all sync.WaitGroup
		for lane := range 16 {
			all.Go(func() {
				if err := decide(t.Context(), store, panel.NewID(), lane); err != nil {
					t.Errorf("after the storm: %v", err)
				}
			})
		}
		all.Wait()
		took := time.Since(began).Round(time.Millisecond)
		if took > 5*time.Second {
			t.Errorf("16 decisions after the storm took %v", took)
		}
		t.Logf("%d gave up, %d decided; 16 decisions after it took %v", gaveUp, len(acknowledged), took)
	})
}

// giveUp has 16 callers decide with 0 to 400 ms to do it in, a third of them with less than 10.
func giveUp(t *testing.T, store panel.Store, while time.Duration) (acknowledged []string, gaveUp int) {
	t.Helper()
	ended := time.Now().Add(while)
	var mu sync.Mutex
	var all sync.WaitGroup
	for caller := range 16 {
		all.Go(func() {
			for turn := caller; time.Now().Before(ended); turn++ {
				id := panel.NewID()
				ctx, cancel := context.WithTimeout(t.Context(), impatience(turn))
				err := decide(ctx, store, id, caller)
				cancel()
				mu.Lock()
				switch {
				case err == nil:
					acknowledged = append(acknowledged, id)
				case errors.Is(err, context.DeadlineExceeded) || panel.KindOf(err) == panel.Unavailable:
					gaveUp++
				default:
					t.Errorf("a caller who gave up got %v", err)
				}
				mu.Unlock()
			}
		})
	}
	all.Wait()
	return acknowledged, gaveUp
}

// impatience is mostly too short, and sometimes just long enough.
func impatience(turn int) time.Duration {
	k := time.Duration(turn % 21)
	return k * k * k * time.Millisecond / 20
}
