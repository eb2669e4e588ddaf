package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/paneltest"
	"example.org/backontrack/panel/store"
)

// sqliteWhole is an SQLite database with a sample in it.
func sqliteWhole(t *testing.T) (*store.DB, *paneltest.Sample, string) {
	t.Helper()
	path := sqliteOnly(t)
	s, x := paneltest.OpenAt(t, path, nil), paneltest.NewSample("x")
	must(t, s.Update(t.Context(), func(tx panel.Tx) error { return errors.Join(x.AddTo(tx), tx.Journal().Append(entry())) }))
	return s, x, path
}

func TestBR1_backupWhileOthersWrite(t *testing.T) {
	t.Parallel()
	s, _, _ := sqliteWhole(t)
	stop, done := make(chan struct{}), make(chan error, 1)
	go func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				done <- nil
				return
			default:
			}
			o := panel.Outcode{ID: panel.OutcodeID(fmt.Sprint("o", i))}
			if err := s.Update(t.Context(), func(tx panel.Tx) error {
				return errors.Join(tx.Outcodes().Add(&o), tx.Journal().Append(entry()))
			}); err != nil {
				done <- err
				return
			}
		}
	}()
	folder := t.TempDir()
	for i := range 5 {
		path := filepath.Join(folder, fmt.Sprint(i, ".db"))
		must(t, s.Backup(t.Context(), path))
		info, err := os.Stat(path)
		must(t, err)
		if info.Mode().Perm() != 0o600 {
			t.Errorf("the copy has mode %v", info.Mode())
		}
		if err := s.Backup(t.Context(), path); err == nil {
			t.Error("a backup is replaced by another")
		}
		wantFound(t, paneltest.OpenAt(t, path, nil))
	}
	close(stop)
	must(t, <-done)
	left, err := filepath.Glob(filepath.Join(folder, "*.part"))
	if err != nil || len(left) > 0 {
		t.Errorf("left over: %v, %v", left, err)
	}
}

func TestBR2_restoreOnACleanMachine(t *testing.T) {
	t.Parallel()
	s, x, path := sqliteWhole(t)
	backup := filepath.Join(t.TempDir(), "backup.db")
	must(t, s.Backup(t.Context(), backup))
	fresh := filepath.Join(t.TempDir(), "new", "panel.db")
	restore(t, backup, fresh, store.Restoring{})
	restored := paneltest.OpenAt(t, fresh, nil)
	wantFound(t, restored)
	must(t, restored.View(t.Context(), func(tx panel.Tx) error {
		got, err := tx.Contents().Get(x.Document.ID)
		if !bytes.Equal(got, x.Content) {
			t.Errorf("the content came back as %q", got)
		}
		return err
	}))
	if _, err := store.Restore(t.Context(), backup, path, store.Restoring{Replace: true}); err == nil {
		t.Error("a database is restored under a server (BR-3)")
	}
}

// What was written after the backup is set aside complete, with what only its log had.
func TestBR3_restoreInPlace(t *testing.T) {
	t.Parallel()
	s, _, path := sqliteWhole(t)
	backup := filepath.Join(t.TempDir(), "backup.db")
	must(t, s.Backup(t.Context(), backup))
	must(t, s.Update(t.Context(), func(tx panel.Tx) error { return tx.Outcodes().Add(&panel.Outcode{ID: "later"}) }))
	log, err := os.ReadFile(path + "-wal")
	must(t, err)
	must(t, s.Close())
	if _, err := store.Restore(t.Context(), backup, path, store.Restoring{}); err == nil {
		t.Error("a database is replaced without being told to")
	}
	must(t, os.WriteFile(path+"-wal", log, 0o600)) // stale: as a crash would leave it
	restore(t, backup, path, store.Restoring{Replace: true})
	has := func(path string) bool {
		s := paneltest.OpenAt(t, path, nil)
		wantFound(t, s)
		err := s.View(t.Context(), func(tx panel.Tx) error { _, err := tx.Outcodes().Get("later"); return err })
		if err != nil && !errors.Is(err, panel.NotFound) {
			t.Fatal(err)
		}
		return err == nil
	}
	if has(path) {
		t.Error("the restored database has what came after the backup")
	}
	if !has(path + ".replaced") {
		t.Error("what was there is not whole")
	}
}

func TestBR6_backupsThatAreNotSound(t *testing.T) {
	t.Parallel()
	s, _, path := sqliteWhole(t)
	backup := filepath.Join(t.TempDir(), "backup.db")
	must(t, s.Backup(t.Context(), backup))
	must(t, s.Close())
	before, err := os.ReadFile(path)
	must(t, err)
	content, err := os.ReadFile(backup)
	must(t, err)
	newer := filepath.Join(t.TempDir(), "newer.db")
	must(t, os.WriteFile(newer, content, 0o600))
	n := paneltest.OpenAt(t, newer, nil)
	alter(t, n, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, 1)")
	must(t, n.Close())
	newerContent, err := os.ReadFile(newer)
	must(t, err)
	for what, b := range map[string][]byte{
		"cut":             content[:len(content)-4096],
		"empty":           {},
		"another program": []byte(strings.Repeat("x", 8192)),
		"a page gone":     append(append(bytes.Clone(content[:8192]), make([]byte, 4096)...), content[3*4096:]...),
		"newer":           newerContent,
	} {
		bad := filepath.Join(t.TempDir(), "bad.db")
		must(t, os.WriteFile(bad, b, 0o600))
		if _, err := store.Restore(t.Context(), bad, path, store.Restoring{Replace: true}); err == nil {
			t.Errorf("%s: it is restored", what)
		}
		after, err := os.ReadFile(path)
		if err != nil || !bytes.Equal(before, after) {
			t.Errorf("%s: what was there has changed, %v", what, err)
		}
	}
	if _, err := store.Restore(t.Context(), filepath.Join(t.TempDir(), "none"), path, store.Restoring{Replace: true}); err == nil {
		t.Error("a backup that is not there is restored")
	}
}

func TestBackup_postgresHasItsOwn(t *testing.T) {
	t.Parallel()
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) {
		s := e.Open(t, nil)
		if !s.IsPostgres() {
			return // above
		}
		_, restored := store.Restore(t.Context(), "x", "postgres://x", store.Restoring{Replace: true})
		for _, err := range []error{s.Backup(t.Context(), "x"), restored} {
			if err == nil || !strings.Contains(err.Error(), "pg_dump") {
				t.Errorf("%v, want pg_dump", err)
			}
		}
	})
}

// No byte (I12) of what was erased is in the file or its log.
func TestErase_bytesAreGone(t *testing.T) {
	t.Parallel()
	path := sqliteOnly(t)
	s, x := paneltest.OpenAt(t, path, nil), paneltest.NewSample("x")
	const canary = "CANARYZQXJ"
	x.Hold.Lifted = x.Hold.From
	x.Pupil.UPN, x.Pupil.MatchKey, x.Pupil.LooksLike = canary+"1", canary+"2", canary+"3"
	x.Referral.Questions[0].Text = canary + "4"
	x.Decision.Reason.Text, x.Second.Reason.Text = canary+"5", canary+"6"
	x.RegisterEntry.Text, x.Waiver.Text, x.Review.Notes, x.Placement.EndText = canary+"7", canary+"8", canary+"9", canary+"10"
	x.Meeting.Interests[0].Referral, x.Meeting.Interests[0].Text = x.Referral.ID, canary+"11"
	x.Content = []byte(strings.Repeat(canary, 5000))
	must(t, s.Update(t.Context(), x.AddTo))
	if holds(t, path, canary) == 0 {
		t.Fatal("the canaries are not found where they are")
	}
	erasure := panel.Erasure{ID: "e", Pupil: x.Pupil.ID}
	must(t, s.Update(t.Context(), func(tx panel.Tx) error { return errors.Join(tx.Erasures().Add(&erasure), tx.Erase(x.Pupil.ID)) }))
	must(t, s.Purge(t.Context()))
	if n := holds(t, path, canary); n > 0 {
		t.Errorf("%d canaries are still there", n)
	}
	backup := filepath.Join(t.TempDir(), "backup.db")
	must(t, s.Backup(t.Context(), backup))
	if n := holds(t, backup, canary); n > 0 {
		t.Errorf("%d canaries are in the backup", n)
	}
	wantFound(t, s)
}

func holds(t *testing.T, path, text string) (n int) {
	t.Helper()
	for _, suffix := range []string{"", "-wal"} {
		b, err := os.ReadFile(path + suffix)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		n += bytes.Count(b, []byte(text))
	}
	return n
}
