package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/paneltest"
	"example.org/backontrack/panel/store"
)

func sqliteOnly(t *testing.T) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "data", "panel.db")
	if m, err := store.Migrate(t.Context(), store.Options{Database: path}); err != nil || m.From != 0 || m.To < 1 {
		t.Fatalf("migrate: %+v, %v", m, err)
	}
	return path
}

func refused(t *testing.T, what, path, words string) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{Database: path})
	if err == nil {
		t.Errorf("%s: it opens", what)
		_ = s.Close()
	} else if !strings.Contains(err.Error(), words) {
		t.Errorf("%s: %v; want %q", what, err, words)
	}
}

func TestOpen_whatIsNotAsItMustBe(t *testing.T) {
	t.Parallel()
	path := sqliteOnly(t)
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file has mode %v, %v; want 0600", info.Mode(), err)
	}
	refused(t, "no file", path+"2", "panel migrate")
	must(t, os.Chmod(path, 0o640))
	refused(t, "a file for others", path, "chmod 600")
	must(t, os.Chmod(path, 0o600))
	must(t, os.Chmod(filepath.Dir(path), 0o777))
	refused(t, "a folder for others", path, "chmod 700")
	must(t, os.Chmod(filepath.Dir(path), 0o700))

	other := filepath.Join(t.TempDir(), "other.db")
	must(t, os.WriteFile(other, []byte(strings.Repeat("no database ", 1000)), 0o600))
	refused(t, "another file", other, "damaged")

	must(t, os.Rename(path, path+".away"))
	refused(t, "a file that was here", path, "panel restore")
	if _, err := store.Migrate(t.Context(), store.Options{Database: path}); err == nil {
		t.Error("a file that was here is made anew")
	}
	must(t, os.Rename(path+".away", path))
	s := paneltest.OpenAt(t, path, nil)
	refused(t, "a second server", path, "another program")
	if _, err := store.Migrate(t.Context(), store.Options{Database: path}); err == nil {
		t.Error("migrate runs beside a server")
	}
	reader, err := store.Open(t.Context(), store.Options{Database: path, ReadOnly: true})
	if err != nil {
		t.Fatalf("a reader beside the server: %v", err)
	}
	if err := reader.Update(t.Context(), func(panel.Tx) error { return nil }); err == nil {
		t.Error("a reader writes")
	}
	must(t, errors.Join(reader.Close(), s.Close()))
}

func TestOpen_versions(t *testing.T) {
	t.Parallel()
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) {
		database := e.Database(t)
		s := paneltest.OpenAt(t, database, nil)
		alter(t, s, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, true)")
		must(t, s.Close())
		refused(t, "a newer database", database, "a newer program")
		if _, err := store.Migrate(t.Context(), store.Options{Database: database}); err == nil || !strings.Contains(err.Error(), "a newer program") {
			t.Errorf("migrate of a newer database: %v", err)
		}
	})
}

func TestMigrate_again(t *testing.T) {
	t.Parallel()
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) {
		database := e.Database(t)
		m, err := store.Migrate(t.Context(), store.Options{Database: database})
		if err != nil || m.From != m.To || m.To < 1 {
			t.Errorf("a second time: %+v, %v", m, err)
		}
	})
}

func TestOpen_settingsAreReadBack(t *testing.T) {
	t.Parallel()
	s := paneltest.OpenAt(t, sqliteOnly(t), nil)
	for pragma, want := range map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "recursive_triggers": "1", "trusted_schema": "0",
		"secure_delete": "1", "busy_timeout": "5000", "journal_size_limit": "67108864", "application_id": "1114592370",
	} {
		var got string
		if err := s.Raw().QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %s, %v; want %s", pragma, got, err, want)
		}
	}
	for version, want := range map[string]bool{
		"3.51.2": false, "3.41.2": false, "2.99.99": false, "x": false, "3.51.3": true, "3.54.1": true, "4.0": true,
	} {
		if got := store.NewEnough(version); got != want {
			t.Errorf("SQLite %s is new enough: %v, want %v", version, got, want)
		}
	}
}

func TestOpen_damage(t *testing.T) {
	t.Parallel()
	path := sqliteOnly(t)
	content, err := os.ReadFile(path)
	must(t, err)
	for what, change := range map[string]func([]byte) []byte{
		"cut":         func(b []byte) []byte { return b[:len(b)/2] },
		"no header":   func(b []byte) []byte { return append(make([]byte, 100), b[100:]...) },
		"a page gone": func(b []byte) []byte { clear(b[4096*3 : 4096*4]); return b },
		"empty":       func([]byte) []byte { return nil },
	} {
		must(t, os.WriteFile(path, change(bytes.Clone(content)), 0o600))
		s, err := store.Open(t.Context(), store.Options{Database: path})
		if err == nil {
			t.Errorf("%s: it opens", what)
			_ = s.Close()
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// A caller whose time runs out while somebody else writes has stored nothing.
func TestUpdate_waitsNoLongerThanTheCaller(t *testing.T) {
	t.Parallel()
	s := paneltest.OpenAt(t, sqliteOnly(t), nil)
	must(t, s.Update(t.Context(), func(panel.Tx) error {
		soon, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
		defer cancel()
		err := s.Update(soon, func(panel.Tx) error { t.Error("two writers at once"); return nil })
		if !errors.Is(err, panel.Unavailable) {
			t.Errorf("%v, want unavailable", err)
		}
		return nil
	}))
}

// LG-1: whatever fails, logs and errors have no value in them.
func TestLG1_noValuesInLogs(t *testing.T) {
	t.Parallel()
	const canary = "Łukasz-O'Neil-canary"
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) {
		var log bytes.Buffer
		s, err := store.Open(t.Context(), store.Options{
			Database: e.Database(t), Logger: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		})
		must(t, err)
		defer func() { _ = s.Close() }()
		p := panel.Pupil{ID: canary, Pseudonym: canary, UPN: canary, MatchKey: canary}
		must(t, s.Update(t.Context(), func(tx panel.Tx) error { return tx.Pupils().Add(&p) }))
		var errs []error
		for _, fn := range []func(panel.Tx) error{
			func(tx panel.Tx) error { return tx.Pupils().Add(&p) },
			func(tx panel.Tx) error {
				p := p
				p.ID, p.Pseudonym = canary+"2", canary+"2"
				return tx.Pupils().Add(&p)
			},
			func(tx panel.Tx) error { p := p; p.Merged = canary + "3"; return tx.Pupils().Put(&p) },
			func(tx panel.Tx) error { p := p; p.Version = 9; return tx.Pupils().Put(&p) },
			func(tx panel.Tx) error { _, err := tx.Pupils().Get(canary + "4"); return err },
			func(tx panel.Tx) error { return tx.Pupils().Delete(canary + "5") },
			func(tx panel.Tx) error { return tx.Meetings().Add(&panel.Meeting{ID: canary, State: canary}) },
			func(tx panel.Tx) error {
				return tx.Referrals().Add(&panel.Referral{ID: canary, Pupil: canary, School: canary})
			},
		} {
			errs = append(errs, s.Update(t.Context(), fn))
		}
		for i, err := range errs {
			if err == nil {
				t.Errorf("%d passes", i)
			}
			fmt.Fprintln(&log, err)
		}
		if text := log.String(); strings.Contains(text, "canary") || !strings.Contains(text, "statement failed") {
			t.Errorf("the log:\n%s", text)
		}
	})
}

func TestPending(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "panel.db")
	if _, err := store.Pending(t.Context(), store.Options{Database: path}); err == nil || !strings.Contains(err.Error(), "panel migrate") {
		t.Errorf("of no file: %v", err)
	}
	done, err := store.Migrate(t.Context(), store.Options{Database: path})
	must(t, err)
	if m, err := store.Pending(t.Context(), store.Options{Database: path}); err != nil || m.From != done.To || m.To != done.To {
		t.Errorf("%+v, %v; want version %d twice", m, err, done.To)
	}
}
