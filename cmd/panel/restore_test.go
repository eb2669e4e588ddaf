package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/store"
)

// A desk is where a test calls commands on a database of its own.
type desk struct {
	*testing.T
	folder string
}

func newDesk(t *testing.T) *desk { return &desk{t, t.TempDir()} }

func (d *desk) file(name string) string { return filepath.Join(d.folder, name) }

func (d *desk) write(name, text string) string {
	d.Helper()
	if err := os.WriteFile(d.file(name), []byte(text), 0o600); err != nil {
		d.Fatal(err)
	}
	return d.file(name)
}

// call runs a command, wants a status, and returns all that it said.
func (d *desk) call(status int, args ...string) string {
	d.Helper()
	var stdout, stderr bytes.Buffer
	args = append(args, "--database", d.file("panel.db"))
	if got := run(args, strings.NewReader(""), &stdout, &stderr); got != status {
		d.Fatalf("panel %s: status %d, want %d\n%s%s", strings.Join(args, " "), got, status, &stdout, &stderr)
	}
	return stdout.String() + stderr.String()
}

// pupils are the records in the database, read as the store has them.
func (d *desk) pupils() (ids []panel.PupilID) {
	d.Helper()
	d.at(func(ctx context.Context, db *store.DB) error {
		ids = nil
		return db.View(ctx, func(tx panel.Tx) error {
			for p, err := range tx.Pupils().List() {
				if err != nil {
					return err
				}
				ids = append(ids, p.ID)
			}
			return nil
		})
	})
	return ids
}

func (d *desk) at(work func(context.Context, *store.DB) error) {
	d.Helper()
	db, err := store.Open(d.Context(), store.Options{Database: d.file("panel.db")})
	if err != nil {
		d.Fatal(err)
	}
	defer func() { _ = db.Close() }() // the test goes on with the file
	if err := work(panel.As(d.Context(), panel.Caller{Person: panel.Operator}), db); err != nil {
		d.Fatal(err)
	}
}

func (d *desk) wants(said, words string) {
	d.Helper()
	if !strings.Contains(said, words) {
		d.Errorf("it says %q, want %q", said, words)
	}
}

// twoDrafts makes a database with two pupils in it, neither of whom has an open referral.
func twoDrafts(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	d.call(done, "migrate")
	d.call(done, "import", "schools", d.write("register.csv",
		"URN,LA (code),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (code),EstablishmentStatus (code)\n117546,919,4075,Marlbeck,34,1\n"))
	d.call(done, "import", "referrals", d.write("referrals.csv",
		"school,said_by,said_on,pupil.surname\n117546,tutor,2025-11-20,Zephyrine\n117546,tutor,2025-11-20,Quillfeather\n"))
	d.at(func(ctx context.Context, db *store.DB) error {
		s := panel.New(db, panel.Options{})
		list, err := s.Referrals(ctx, panel.ReferralFilter{})
		if err != nil {
			return err
		}
		for _, r := range list.Items {
			if _, err := s.Withdraw(ctx, r.ID, r.Version, panel.NoLongerNeeded); err != nil {
				return err
			}
		}
		return nil
	})
	return d
}

func TestRestore_whoWasErasedIsErasedAgain(t *testing.T) {
	t.Parallel()
	d := twoDrafts(t)
	d.call(done, "backup", d.file("copy.db"))
	gone := string(d.pupils()[0])

	said := d.call(done, "retention", "hold", gone, "--reason", "complaint", "--review", "2099-01-01")
	_, hold, _ := strings.Cut(said, "The hold ")
	hold, _, _ = strings.Cut(hold, " ")
	d.wants(d.call(done, "retention", "holds"), "complaint  2099-01-01  stands")
	d.wants(d.call(wrong, "retention", "erase", gone, "--reason", "request"), "a legal hold forbids")
	d.call(done, "retention", "lift", hold)
	d.wants(d.call(done, "retention", "erase", gone, "--reason", "request"), "Erased. It was: referrals 1, holds 1.")
	erasures := d.call(done, "retention", "erasures")
	d.wants(erasures, gone)

	d.wants(d.call(done, "restore", "--replace", d.file("copy.db")), "Erased 1 pupil again")
	if left := d.pupils(); len(left) != 1 || string(left[0]) == gone {
		t.Errorf("left are %v", left)
	}
	d.wants(d.call(done, "fsck"), "Everything holds.")

	// Where the database is lost too, the list that was kept elsewhere knows.
	if err := os.Remove(d.file("panel.db")); err != nil {
		t.Fatal(err)
	}
	d.wants(d.call(done, "restore", "--erasures", d.write("erasures.json", erasures), d.file("copy.db")), "Erased 1 pupil again")
	if left := d.pupils(); len(left) != 1 || string(left[0]) == gone {
		t.Errorf("left are %v", left)
	}

	// And where the file to replace is damaged, it says that nobody knows.
	d.write("panel.db", "This is no database any more.")
	d.wants(d.call(done, "restore", "--replace", d.file("copy.db")), "The database that was replaced can't be read")
}

// No name of a pupil leaves by any of these, nor does the journal have one.
func TestCommands_noNameOfAPupil(t *testing.T) {
	t.Parallel()
	d := twoDrafts(t)
	for _, args := range []string{
		"fsck", "fsck --json", "export snapshot", "retention due", "retention holds", "retention erasures", "overrides", "minutes",
		"audit export", "user list",
	} {
		if said := d.call(done, strings.Fields(args)...); strings.Contains(said, "Zephyrine") || strings.Contains(said, "Quillfeather") {
			t.Errorf("panel %s names a pupil", args)
		}
	}
}

// While a server has the file open, what only reads goes on, and the rest says why not.
func TestCommands_besideAServer(t *testing.T) {
	t.Parallel()
	d := twoDrafts(t)
	key := d.file("journal")
	d.call(done, "audit", "verify")
	var stdout, stderr bytes.Buffer
	if status := run([]string{"audit", "key", "--origin", "journal.example.org/x", "--out", key}, nil, &stdout, &stderr); status != done {
		t.Fatal(status, &stderr)
	}
	d.at(func(context.Context, *store.DB) error {
		d.call(done, "fsck")
		d.call(done, "audit", "verify")
		d.call(done, "audit", "sign", "--key", key+".key")
		d.call(done, "backup", d.file("beside.db"))
		d.call(done, "migrate", "--status")
		d.call(done, "retention", "erasures")
		for _, args := range []string{"migrate", "user list", "audit export", "import outcodes -", "restore --replace " + d.file("beside.db")} {
			d.wants(d.call(failed, strings.Fields(args)...), "another program has this database open")
		}
		return nil
	})
}
