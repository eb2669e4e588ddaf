package store_test

import (
	"errors"
	"strings"
	"testing"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/audit"
	"example.org/backontrack/panel/paneltest"
	"example.org/backontrack/panel/store"
)

func errorsOf(errs ...error) error { return errors.Join(errs...) }

func entry() audit.Entry {
	return audit.Entry{Actor: "p", Verb: "read", Noun: "referral", Outcome: audit.Done}
}

var appendOnly = []string{
	"decisions", "ratifications", "register_entries", "policies", "activations", "years", "settings", "rankings", "erasures",
	"evidence", "journal", "marks",
}

func TestAC6_whatIsAddedStays(t *testing.T) {
	t.Parallel()
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) {
		s, _ := whole(t, e)
		for _, table := range appendOnly {
			column := map[string]string{"evidence": "size", "marks": "hash"}[table]
			if column == "" {
				column = "body"
			}
			changes := []string{
				"UPDATE " + table + " SET " + column + " = " + column,
				"DELETE FROM " + table,
			}
			if s.IsPostgres() {
				changes = append(changes, "TRUNCATE "+table+" CASCADE",
					"INSERT INTO "+table+" OVERRIDING SYSTEM VALUE SELECT * FROM "+table+" ON CONFLICT ("+keyOf(table)+") DO UPDATE SET "+column+" = excluded."+column)
			} else {
				changes = append(changes, "REPLACE INTO "+table+" SELECT * FROM "+table,
					"UPDATE OR REPLACE "+table+" SET "+column+" = "+column)
			}
			for _, change := range changes {
				_, err := s.Raw().ExecContext(t.Context(), change)
				if kind, code := store.Classify(err); err == nil || kind != panel.Conflict {
					t.Errorf("%s: %v (%s)", change, err, code)
				}
			}
		}
		wantFound(t, s)
	})
}

func keyOf(table string) string {
	switch table {
	case "journal":
		return "seq"
	case "marks":
		return "tbl, id, seq"
	}
	return "id"
}

func TestAC6_theJournalGoesOnAtItsEnd(t *testing.T) {
	t.Parallel()
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) {
		s, _ := whole(t, e)
		zero, one := strings.Repeat("00", 32), strings.Repeat("01", 32)
		bytes := func(hex string) string {
			if s.IsPostgres() {
				return "decode('" + hex + "', 'hex')"
			}
			return "x'" + hex + "'"
		}
		for what, values := range map[string]string{
			"a gap":            "3, (SELECT hash FROM journal), " + bytes(one),
			"a fork":           "2, " + bytes(zero) + ", " + bytes(one),
			"a second first":   "1, " + bytes(zero) + ", " + bytes(one),
			"a hash too short": "2, (SELECT hash FROM journal), " + bytes("01"),
		} {
			if _, err := s.Raw().ExecContext(t.Context(), "INSERT INTO journal (seq, prev, hash, body) VALUES ("+values+", '{}')"); err == nil {
				t.Errorf("%s goes in", what)
			}
		}
	})
}

// Only a pupil who is among the erasures may be taken out of books.
func TestAC6_erasureAloneTakesOutOfBooks(t *testing.T) {
	t.Parallel()
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) {
		s, x := whole(t, e)
		for _, table := range []string{"ratifications", "register_entries", "decisions", "rankings"} {
			if _, err := s.Raw().ExecContext(t.Context(), "DELETE FROM "+table); err == nil {
				t.Fatalf("%s can be emptied", table)
			}
		}
		erasure := panel.Erasure{ID: "e", Pupil: x.Other.ID}
		if err := s.Update(t.Context(), func(tx panel.Tx) error { return tx.Erasures().Add(&erasure) }); err != nil {
			t.Fatal(err)
		}
		for table, want := range map[string]bool{"ratifications": false, "decisions": false, "rankings": false, "register_entries": true} {
			_, err := s.Raw().ExecContext(t.Context(), "DELETE FROM "+table)
			if (err == nil) != want {
				t.Errorf("after the erasure of another pupil: %s: %v", table, err)
			}
		}
	})
}
