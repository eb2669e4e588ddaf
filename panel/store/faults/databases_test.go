package faults_test

import (
	"context"
	"database/sql"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	_ "modernc.org/sqlite" // the driver, for a program that is not ours

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/paneltest"
	"example.org/backontrack/panel/store"
)

// patience is the longest that anybody waits to be told that the database is not there:
// ten seconds for a turn and the database's own five, and what a busy machine adds.
const patience = 25 * time.Second

// empty is a database of a test's own without any table.
func empty(t testing.TB, engine string) string {
	t.Helper()
	if engine == "sqlite" {
		return filepath.Join(t.TempDir(), "panel.db")
	}
	server, err := sql.Open("pgx", os.Getenv(paneltest.Postgres))
	if err != nil {
		t.Fatal(err)
	}
	name := "faults_" + panel.NewID()
	if _, err := server.ExecContext(t.Context(), "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_, err := server.ExecContext(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)")
		if err := first(err, server.Close()); err != nil {
			t.Error(err)
		}
	})
	where, err := url.Parse(os.Getenv(paneltest.Postgres))
	if err != nil {
		t.Fatal("the URL of the server cannot be read")
	}
	where.Path = "/" + name
	return where.String()
}

// forking is held by whoever starts a program, until that runs. In between it has all files
// that this one has open, locks included, so that a database that has just been closed
// would still be somebody's.
var forking sync.RWMutex

// open opens a database as a server does that starts.
func open(ctx context.Context, database string) (*store.DB, error) {
	forking.RLock()
	defer forking.RUnlock()
	if _, err := store.Migrate(ctx, store.Options{Database: database}); err != nil {
		return nil, err
	}
	return store.Open(ctx, store.Options{Database: database})
}

// run starts a program.
func run(c *exec.Cmd) error {
	forking.Lock()
	defer forking.Unlock()
	return c.Start()
}

// opened opens a database for a test, which closes it at its end if not before.
func opened(t *testing.T, database string) *store.DB {
	t.Helper()
	s, err := open(t.Context(), database)
	if err != nil {
		t.Fatalf("opening: %v", err)
	}
	t.Cleanup(func() { closed(t, s) })
	return s
}

func closed(t *testing.T, s *store.DB) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Errorf("closing: %v", err)
	}
}

// furnished opens a database, stores what decisions refer to, and closes it.
func furnished(t *testing.T, database string) string {
	t.Helper()
	s := opened(t, database)
	if err := furnish(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	closed(t, s)
	return database
}

// wantSound wants the database to find nothing wrong with itself.
func wantSound(t *testing.T, s *store.DB) {
	t.Helper()
	found, err := s.Check(t.Context())
	if err != nil {
		t.Errorf("checking: %v", err)
	}
	for _, line := range found {
		t.Error(line)
	}
}

// makeTables makes the tables, and says when it begins and when it has done so.
func makeTables(ctx context.Context, database string) error {
	say("begins", database)
	if _, err := store.Migrate(ctx, store.Options{Database: database}); err != nil {
		return err
	}
	say("made", database)
	select {} // until it is killed
}

// holdTheLock takes what every writer of the first lane needs, and keeps it until its input ends.
func holdTheLock(ctx context.Context, database string) error {
	if strings.HasPrefix(database, "postgres:") {
		s, err := store.Open(ctx, store.Options{Database: database})
		if err != nil {
			return err
		}
		return s.Update(ctx, func(tx panel.Tx) error {
			if err := tx.Lock([]panel.SiteID{site(0)}, nil); err != nil {
				return err
			}
			return hold()
		})
	}
	// Another program with the same file, such as a tool for looking into databases.
	db, err := sql.Open("sqlite", database)
	if err != nil {
		return err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, "BEGIN EXCLUSIVE"); err != nil {
		return err
	}
	return hold()
}

func hold() error {
	say("held", "")
	_, err := os.Stdin.Read(make([]byte, 1))
	return err
}
