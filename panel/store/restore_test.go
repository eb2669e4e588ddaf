package store_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/paneltest"
	"example.org/backontrack/panel/store"
)

func restore(t *testing.T, from, path string, may store.Restoring) store.Restored {
	t.Helper()
	out, err := store.Restore(t.Context(), from, path, may)
	must(t, err)
	return out
}

// BR-6: a backup that was changed by hand, or is broken in its words, is refused until
// somebody asks for it all the same.
func TestBR6_backupsThatDoNotHoldTogether(t *testing.T) {
	t.Parallel()
	s, x, path := sqliteWhole(t)
	backup := filepath.Join(t.TempDir(), "backup.db")
	must(t, s.Backup(t.Context(), backup))
	must(t, s.Close())
	for what, of := range map[string]struct{ statement, want string }{
		"a decision":             {"UPDATE decisions SET body = replace(body, 'Decision.Reason.Text', 'other')", "decisions " + string(x.Decision.ID)},
		"a body":                 {"UPDATE waivers SET body = '[]'", "waivers " + string(x.Waiver.ID)},
		"a line of the chain":    {"UPDATE journal SET body = replace(body, '\"p\"', '\"q\"')", "journal 1: the chain is broken"},
		"an unreadable entry":    {"UPDATE journal SET body = '[]'", "journal: an entry"},
		"a row that nobody made": {"INSERT INTO outcodes (id, version, body) VALUES ('o', 1, '{}')", "outcodes o: the journal knows"},
	} {
		bad := filepath.Join(t.TempDir(), "bad.db")
		content, err := os.ReadFile(backup)
		must(t, err)
		must(t, os.WriteFile(bad, content, 0o600))
		b := paneltest.OpenAt(t, bad, nil)
		tamper(t, b, func(t *testing.T, c *sql.Conn) { execute(of.statement)(t, c) })
		must(t, b.Close())
		out, err := store.Restore(t.Context(), bad, path, store.Restoring{Replace: true})
		if panel.KindOf(err) != panel.Corrupt || !strings.Contains(strings.Join(out.Findings, "\n"), of.want) || out.Aside != "" {
			t.Errorf("%s: %v, %+v; want it refused, and found: %s", what, err, out, of.want)
		}
		fresh := filepath.Join(t.TempDir(), "fresh.db")
		if out := restore(t, bad, fresh, store.Restoring{Damaged: true}); len(out.Findings) == 0 {
			t.Errorf("%s: restored all the same, and nothing is said", what)
		}
	}
}

func TestBR3_nothingThatWasReplacedIsLost(t *testing.T) {
	t.Parallel()
	s, _, path := sqliteWhole(t)
	backup := filepath.Join(t.TempDir(), "backup.db")
	must(t, s.Backup(t.Context(), backup))
	must(t, s.Close())
	for _, left := range []string{".part", ".part-wal", ".replaced-2.part"} {
		must(t, os.WriteFile(path+left, []byte("left by a run that was killed"), 0o600))
	}
	for _, want := range []string{".replaced", ".replaced-2", ".replaced-3"} {
		out := restore(t, backup, path, store.Restoring{Replace: true})
		if out.Aside != path+want {
			t.Errorf("kept as %s, want %s", out.Aside, path+want)
		}
		wantFound(t, paneltest.OpenAt(t, out.Aside, nil))
	}
	left, err := filepath.Glob(path + "*.part*")
	if err != nil || len(left) > 0 {
		t.Errorf("left over: %v, %v", left, err)
	}
	fresh := filepath.Join(t.TempDir(), "fresh.db")
	if out := restore(t, backup, fresh, store.Restoring{}); out.Aside != "" {
		t.Errorf("nothing was there, and is kept as %s", out.Aside)
	}
}
