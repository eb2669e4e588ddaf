package store_test

import (
	"database/sql"
	"errors"
	"net/url"
	"os"
	"strings"
	"testing"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/paneltest"
	"example.org/backontrack/panel/store"
)

// onPostgres runs a test on PostgreSQL alone.
func onPostgres(t *testing.T, test func(t *testing.T, database string)) {
	t.Helper()
	if os.Getenv(paneltest.Postgres) == "" {
		t.Skip("left out: it is about PostgreSQL; set " + paneltest.Postgres)
	}
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) {
		if e.Name == "postgres" {
			test(t, e.Database(t))
		}
	})
}

func TestPostgres_settings(t *testing.T) {
	t.Parallel()
	onPostgres(t, func(t *testing.T, database string) {
		s := paneltest.OpenAt(t, database, nil)
		for name, want := range map[string]string{
			"statement_timeout": "10s", "lock_timeout": "8s", "idle_in_transaction_session_timeout": "15s", "synchronous_commit": "on",
			"TimeZone": "UTC", "fsync": "on",
		} {
			var got string
			if err := s.Raw().QueryRowContext(t.Context(), "SELECT current_setting($1)", name).Scan(&got); err != nil || got != want {
				t.Errorf("%s is %s, %v; want %s", name, got, err, want)
			}
		}
		reader, err := store.Open(t.Context(), store.Options{Database: database, ReadOnly: true})
		must(t, err)
		if _, err := reader.Raw().ExecContext(t.Context(), "DELETE FROM outcodes"); err == nil {
			t.Error("a reader writes")
		}
		must(t, reader.Close())
	})
}

// DU-7: a server that ends the session has stored nothing, and the next one works.
func TestDU7_sessionsThatEnd(t *testing.T) {
	t.Parallel()
	onPostgres(t, func(t *testing.T, database string) {
		s := paneltest.OpenAt(t, database, nil)
		err := s.Update(t.Context(), func(tx panel.Tx) error {
			if err := tx.Outcodes().Add(&panel.Outcode{ID: "o"}); err != nil {
				return err
			}
			alter(t, s, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
			return nil
		})
		if !errors.Is(err, panel.Unavailable) {
			t.Errorf("%v, want unavailable", err)
		}
		must(t, s.Update(t.Context(), func(tx panel.Tx) error { return tx.Outcodes().Add(&panel.Outcode{ID: "o"}) }))
	})
}

// AC-6: the role of the servers has no right to change what is append-only, and can do all else.
func TestAC6_roleOfTheServers(t *testing.T) {
	t.Parallel()
	onPostgres(t, func(t *testing.T, database string) {
		owner, err := sql.Open("pgx", database)
		must(t, err)
		defer func() { _ = owner.Close() }()
		role := "app_" + panel.NewID()
		script, err := os.ReadFile("migrations/grants.sql")
		must(t, err)
		statements := strings.ReplaceAll(string(script), `:"app"`, role)
		for _, statement := range []string{"CREATE ROLE " + role + " LOGIN", statements} {
			_, err := owner.ExecContext(t.Context(), statement)
			must(t, err)
		}
		u, err := url.Parse(database)
		must(t, err)
		u.User = url.User(role)
		s, err := store.Open(t.Context(), store.Options{Database: u.String()})
		must(t, err)
		x := paneltest.NewSample("x")
		x.Hold.Lifted = x.Hold.From
		must(t, s.Update(t.Context(), func(tx panel.Tx) error {
			return errors.Join(tx.Lock(nil, nil), x.AddTo(tx), tx.Journal().Append(entry()))
		}))
		wantFound(t, s)
		for _, statement := range []string{
			"UPDATE journal SET body = body", "DELETE FROM journal", "TRUNCATE journal", "UPDATE decisions SET body = body",
			"TRUNCATE decisions CASCADE", "ALTER TABLE journal DISABLE TRIGGER ALL", "DROP TABLE journal", "DELETE FROM evidence",
		} {
			if _, err := s.Raw().ExecContext(t.Context(), statement); err == nil {
				t.Errorf("%s passes", statement)
			}
		}
		erasure := panel.Erasure{ID: "e", Pupil: x.Pupil.ID}
		must(t, s.Update(t.Context(), func(tx panel.Tx) error { return errors.Join(tx.Erasures().Add(&erasure), tx.Erase(x.Pupil.ID)) }))
		must(t, s.Close())
		for _, statement := range []string{"DROP OWNED BY " + role, "DROP ROLE " + role} {
			_, err := owner.ExecContext(t.Context(), statement)
			must(t, err)
		}
	})
}
