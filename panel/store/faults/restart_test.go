package faults_test

import (
	"context"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"example.org/backontrack/panel"
)

// ownServer starts a PostgreSQL server for this test alone, as .ci/run does for all tests.
func ownServer(t *testing.T) (database string, restart func() error) {
	t.Helper()
	const script = "../../../.ci/postgres"
	if server, err := output(script, "where"); err != nil || !strings.HasPrefix(server, "/") {
		t.Skip("there is no PostgreSQL on this machine: the tests of its restart are left out")
	}
	said, err := output(script, "start")
	if err != nil {
		t.Skipf("PostgreSQL does not start here: the tests of its restart are left out\n%s", said)
	}
	database = strings.TrimSpace(said)
	t.Cleanup(func() {
		if said, err := output(script, "stop", database); err != nil {
			t.Errorf("stopping PostgreSQL: %v\n%s", err, said)
		}
	})
	return database, func() error { _, err := output(script, "restart", database); return err }
}

// output runs a program to its end, and returns what it says; where it fails, of its failure.
func output(program string, arguments ...string) (string, error) {
	c := exec.Command(program, arguments...)
	var out, failure strings.Builder
	c.Stdout, c.Stderr = &out, &failure
	err := run(c)
	if err == nil {
		err = c.Wait()
	}
	if err != nil {
		return failure.String(), err
	}
	return out.String(), nil
}

// TestDU6_AC8_restartUnderLoad restarts PostgreSQL, as a crash would, under 8 writers. A writer
// who is told Unavailable looks, and asks again under the same id if nothing was stored.
func TestDU6_AC8_restartUnderLoad(t *testing.T) {
	t.Parallel()
	database, restart := ownServer(t)
	store := opened(t, furnished(t, database))
	load := begin(t, store, 8)
	var slowest time.Duration
	for round := range *restarts {
		load.more(t, 50)
		if err := restart(); err != nil {
			t.Fatalf("restart %d: %v", round+1, err)
		}
		began := time.Now()
		load.more(t, 1)
		slowest = max(slowest, time.Since(began))
	}
	load.more(t, 50)
	acknowledged := load.end()
	if slowest > patience {
		t.Errorf("%v until the next decision after a restart, the most is %v", slowest, patience)
	}
	wantSound(t, store)
	whole := wantWhole(t, store, acknowledged)
	if whole.decisions != len(acknowledged) {
		t.Errorf("%d decisions, %d acknowledged: every doubt was settled", whole.decisions, len(acknowledged))
	}
	if t.Failed() {
		return
	}
	t.Logf("%d restarts, %d decisions acknowledged, none lost; Unavailable %d times, of which %d had been stored; slowest recovery %v",
		*restarts, len(acknowledged), load.refused.Load(), load.doubtful.Load(), slowest.Round(time.Millisecond))
}

// A load is writers at work.
type load struct {
	store             panel.Store
	ctx               context.Context
	cancel            func()
	all               sync.WaitGroup
	mu                sync.Mutex
	acknowledged      []string
	grown             *sync.Cond
	refused, doubtful atomic.Int64
}

func begin(t *testing.T, store panel.Store, writers int) *load {
	t.Helper()
	l := &load{store: store}
	l.ctx, l.cancel = context.WithCancel(t.Context())
	l.grown = sync.NewCond(&l.mu)
	for lane := range writers {
		l.all.Go(func() {
			for l.ctx.Err() == nil {
				if err := l.insist(panel.NewID(), lane); err != nil {
					t.Errorf("a writer was told %v, want %v or nothing", err, panel.Unavailable)
					l.cancel()
				}
			}
		})
	}
	t.Cleanup(func() { l.end() })
	context.AfterFunc(l.ctx, func() { // whoever waits for more is woken when there will be none
		l.mu.Lock()
		defer l.mu.Unlock()
		l.grown.Broadcast()
	})
	return l
}

// insist decides, again and again under one id while the store is unavailable.
func (l *load) insist(id string, lane int) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(l.ctx), time.Minute)
	defer cancel()
	for {
		err := decide(ctx, l.store, id, lane)
		if err == nil {
			break
		}
		if panel.KindOf(err) != panel.Unavailable || ctx.Err() != nil {
			return err
		}
		l.refused.Add(1)
		pause(ctx)
		there, err := l.settle(ctx, id)
		if err != nil {
			return err
		}
		if there {
			l.doubtful.Add(1)
			break
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.acknowledged = append(l.acknowledged, id)
	l.grown.Broadcast()
	return nil
}

// settle asks until it gets an answer whether the decision was stored.
func (l *load) settle(ctx context.Context, id string) (bool, error) {
	for {
		there, err := stored(ctx, l.store, id)
		if panel.KindOf(err) != panel.Unavailable || ctx.Err() != nil {
			return there, err
		}
		pause(ctx)
	}
}

// pause is how long a caller waits before it asks again.
func pause(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(20 * time.Millisecond):
	}
}

// more waits until so many more decisions have been acknowledged.
func (l *load) more(t *testing.T, n int) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	for want := len(l.acknowledged) + n; len(l.acknowledged) < want; l.grown.Wait() {
		if l.ctx.Err() != nil {
			t.Fatal("the writers have ended")
		}
	}
}

// end stops the writers, and returns what was acknowledged.
func (l *load) end() []string {
	l.cancel()
	l.all.Wait()
	return l.acknowledged
}
