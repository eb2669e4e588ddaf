package demo_test

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/audit"
	"example.org/backontrack/panel/demo"
	"example.org/backontrack/panel/paneltest"
	"example.org/backontrack/panel/store"
)

// thornmere loads the demo authority into a database of its own.
func thornmere(t *testing.T, e paneltest.Engine) (*panel.Service, *demo.Loaded) {
	t.Helper()
	clock := demo.NewClock()
	s := panel.New(e.Open(t, clock.Now), panel.Options{NewID: demo.NewIDs()})
	loaded, err := demo.Load(t.Context(), s, clock)
	if err != nil {
		t.Fatalf("%v\n%s", err, told(err))
	}
	return s, loaded
}

// A world is the demo authority at the end of its term.
type world struct {
	*panel.Service
	store  panel.Store
	loaded *demo.Loaded
	held   *demo.Held
}

// hold loads the demo authority into a store and holds its panel.
func hold(ctx context.Context, db panel.Store, clock *demo.Clock) (*world, error) {
	w := &world{Service: panel.New(db, panel.Options{NewID: demo.NewIDs()}), store: db}
	var err error
	if w.loaded, err = demo.Load(ctx, w.Service, clock); err != nil {
		return nil, err
	}
	w.held, err = demo.Hold(ctx, w.Service, w.loaded, nil)
	return w, err
}

// afterTerm is one world in an SQLite file, for tests that only look.
var afterTerm = sync.OnceValues(func() (*world, error) {
	clock := demo.NewClock()
	db, err := file(context.Background(), filepath.Join(folder, "thornmere.db"), clock)
	if err != nil {
		return nil, err
	}
	closing = db.Close
	return hold(context.Background(), db, clock)
})

// file opens a new SQLite file that goes by the clock.
func file(ctx context.Context, path string, clock *demo.Clock) (*store.DB, error) {
	o := store.Options{Database: path, Clock: clock.Now}
	if _, err := store.Migrate(ctx, o); err != nil {
		return nil, err
	}
	return store.Open(ctx, o)
}

var (
	folder  string
	closing = func() error { return nil }
)

func TestMain(m *testing.M) {
	var err error
	if folder, err = os.MkdirTemp("", "thornmere-"); err != nil {
		panic(err)
	}
	code := m.Run()
	if err := closing(); err != nil {
		panic(err)
	}
	if err := os.RemoveAll(folder); err != nil {
		panic(err)
	}
	os.Exit(code)
}

// notShort leaves a test out that holds the whole meeting: the race detector runs the
// short tests, and the same verbs in the races of panel/store.
func notShort(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("left out with -short: the meeting of the demo authority")
	}
}

// term is the shared world.
func term(t *testing.T) *world {
	t.Helper()
	notShort(t)
	w, err := afterTerm()
	if err != nil {
		t.Fatalf("%v\n%s", err, told(err))
	}
	return w
}

// journal is every entry of a store's journal.
func journal(t *testing.T, db panel.Store) (entries []audit.Entry) {
	t.Helper()
	err := db.View(t.Context(), func(tx panel.Tx) error {
		for e, err := range tx.Journal().List(1) {
			if err != nil {
				return err
			}
			entries = append(entries, e)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

// Two loads give the same ids, times and journal, to the last hash.
func TestLoadIsTheSameTwice(t *testing.T) {
	t.Parallel()
	load := func() (audit.Head, int) {
		clock := demo.NewClock()
		db, err := file(t.Context(), filepath.Join(t.TempDir(), "thornmere.db"), clock)
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		}()
		s := panel.New(db, panel.Options{NewID: demo.NewIDs()})
		if _, err := demo.Load(t.Context(), s, clock); err != nil {
			t.Fatal(err, told(err))
		}
		entries := journal(t, db)
		return entries[len(entries)-1].Head(), len(entries)
	}
	first, n := load()
	second, m := load()
	same(t, "entries", m, n)
	same(t, "head", second, first)
}
