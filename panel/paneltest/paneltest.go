// Package paneltest has what tests of the panel share: databases of their own on each
// engine, a value of every noun, and the suite that a store has to pass.
//
// SQLite needs nothing. PostgreSQL needs a server on which databases may be made: its
// URL is in the environment variable PANEL_TEST_POSTGRES. Without it, and with -short, the
// tests on PostgreSQL are skipped, and say so.
package paneltest

import (
	"context"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/store"
)

// Postgres is the environment variable with the URL of a PostgreSQL server.
const Postgres = "PANEL_TEST_POSTGRES"

// An Engine is a kind of database that tests run on.
type Engine struct {
	Name string
	// Database makes a database for one test, with the tables in it, and says where it is,
	// as [store.Options] wants it. It goes with the test.
	Database func(testing.TB) string
}

// Open opens a database of its own for a test. A nil clock is the machine's.
func (e Engine) Open(t testing.TB, clock func() time.Time) *store.DB {
	t.Helper()
	return OpenAt(t, e.Database(t), clock)
}

// OpenAt opens a database until the test ends.
func OpenAt(t testing.TB, database string, clock func() time.Time) *store.DB {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{Database: database, Clock: clock})
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

// Each runs a test on every engine, in parallel. Where there is no PostgreSQL, that one is
// skipped with words that say how it could have run.
func Each(t *testing.T, test func(*testing.T, Engine)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, Engine{"sqlite", sqliteDatabase})
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		if testing.Short() {
			t.Skip("left out with -short: the same on PostgreSQL")
		}
		server := os.Getenv(Postgres)
		if server == "" {
			t.Skip("left out: the same on PostgreSQL; set " + Postgres + " to the URL of a server on which databases may be made")
		}
		test(t, Engine{"postgres", func(t testing.TB) string { return postgresDatabase(t, server) }})
	})
}

// EachStore is [Each] with an open store.
func EachStore(t *testing.T, test func(*testing.T, panel.Store)) {
	t.Helper()
	Each(t, func(t *testing.T, e Engine) { test(t, e.Open(t, nil)) })
}

// emptyFile is a file with the tables in it: making them takes longer than a copy.
var emptyFile = sync.OnceValues(func() (content []byte, err error) {
	folder, err := os.MkdirTemp("", "paneltest-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	path := filepath.Join(folder, "panel.db")
	if _, err := store.Migrate(context.Background(), store.Options{Database: path}); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

func sqliteDatabase(t testing.TB) string {
	t.Helper()
	content, err := emptyFile()
	if err != nil {
		t.Fatalf("migrate: %v", err)
	}
	path := filepath.Join(t.TempDir(), "panel.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// template is the name of the database of which the others are copies; "" is of none yet.
var template struct {
	sync.Mutex
	name string
}

func postgresDatabase(t testing.TB, server string) string {
	t.Helper()
	admin, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = admin.Close() })
	template.Lock()
	defer template.Unlock()
	if template.name == "" {
		name := "panel_template_" + panel.NewID()
		execute(t, admin, "CREATE DATABASE "+name+" ENCODING 'UTF8' TEMPLATE template0")
		if _, err := store.Migrate(t.Context(), store.Options{Database: at(t, server, name)}); err != nil {
			t.Fatalf("migrate: %v", err)
		}
		template.name = name
	}
	name := "panel_" + panel.NewID()
	execute(t, admin, "CREATE DATABASE "+name+" TEMPLATE "+template.name)
	t.Cleanup(func() { execute(t, admin, "DROP DATABASE "+name+" WITH (FORCE)") })
	return at(t, server, name)
}

func execute(t testing.TB, admin *sql.DB, statement string) {
	t.Helper()
	if _, err := admin.ExecContext(context.Background(), statement); err != nil {
		t.Fatalf("%s: %v", strings.Fields(statement)[0], err)
	}
}

// at is the URL of another database of the server.
func at(t testing.TB, server, name string) string {
	t.Helper()
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal("the URL of the server can't be read")
	}
	u.Path = "/" + name
	return u.String()
}
