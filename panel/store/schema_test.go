package store_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/paneltest"
	"example.org/backontrack/panel/store"
)

var update = flag.Bool("update", false, "write what is found into the files that it is compared with")

// whole is a database with a sample in it.
func whole(t *testing.T, e paneltest.Engine) (*store.DB, *paneltest.Sample) {
	t.Helper()
	s, x := e.Open(t, nil), paneltest.NewSample("x")
	if err := s.Update(t.Context(), func(tx panel.Tx) error {
		return errorsOf(x.AddTo(tx), tx.Journal().Append(entry()))
	}); err != nil {
		t.Fatal(err)
	}
	return s, x
}

func TestSchema_columnsAreThoseThatAreWritten(t *testing.T) {
	t.Parallel()
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) {
		s := e.Open(t, nil)
		for table, want := range store.Columns() {
			rows, err := s.Raw().QueryContext(t.Context(), "SELECT * FROM "+table)
			if err != nil {
				t.Fatal(err)
			}
			got, err := rows.Columns()
			if err := errorsOf(err, rows.Close()); err != nil {
				t.Fatal(err)
			}
			slices.Sort(got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-written +in the table):\n%s", table, diff)
			}
		}
	})
}

func TestSchema_isThatOfTheMigrations(t *testing.T) {
	t.Parallel()
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) {
		s, _ := whole(t, e)
		if *update && s.IsPostgres() {
			lines, err := s.Catalogue(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile("migrations/postgres/schema.txt", []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
			t.Skip("written: run again without -update")
		}
		wantFound(t, s)
		for _, change := range []string{
			"DROP INDEX decisions_succession_unique",
			"CREATE TABLE extra (id integer)",
		} {
			alter(t, s, change)
		}
		wantFound(t, s, "schema: missing or changed: index decisions_succession_unique", "schema: not of the migrations: ")
	})
}

// wantFound runs Check and wants a line that begins with each, and no line at all for none.
func wantFound(t *testing.T, s *store.DB, want ...string) {
	t.Helper()
	found, err := s.Check(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(want) == 0 && len(found) > 0 {
		t.Errorf("found in a sound database: %q", found)
	}
	for _, w := range want {
		if !slices.ContainsFunc(found, func(line string) bool { return strings.HasPrefix(line, w) }) {
			t.Errorf("not found: %q; but: %q", w, found)
		}
	}
}

// alter does what nobody may.
func alter(t *testing.T, s *store.DB, statement string, args ...any) {
	t.Helper()
	if _, err := s.Raw().ExecContext(context.Background(), statement, args...); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

func TestSchema_statesAreThoseOfTheDomain(t *testing.T) {
	t.Parallel()
	states := map[string]map[string]bool{}
	all := map[string]bool{}
	tables := map[panel.Noun]string{
		panel.NounReferral: "referrals", panel.NounMeeting: "meetings", panel.NounPlacement: "placements",
		panel.NounWaiver: "waivers", panel.NounJob: "jobs",
	}
	for _, step := range panel.Transitions() {
		table, known := tables[step.Noun]
		if !known {
			t.Fatalf("no table is known for a %s", step.Noun)
		}
		if states[table] == nil {
			states[table] = map[string]bool{}
		}
		states[table][string(step.To)] = true
		all[string(step.To)] = true
	}
	all["no such state"] = true
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) {
		s, x := whole(t, e)
		alter(t, s, "INSERT INTO waivers SELECT 'free', 1, meeting_id, referral_id, pupil_id, rule, 'approved', review_by, NULL, body FROM waivers")
		for table, legal := range states {
			where := ""
			if table == "waivers" {
				where = " WHERE id = 'free'"
			}
			for state := range all {
				want := legal[state] && (table != "waivers" || state != "used") // which asks for a decision
				_, err := s.Raw().ExecContext(t.Context(), fmt.Sprintf("UPDATE %s SET state = '%s'%s", table, state, where))
				if (err == nil) != want {
					t.Errorf("%s take the state %q: %v, want %v", table, state, err, want)
				}
			}
		}
		_ = x
	})
}

func TestSchema_outcomesAreThoseOfTheDomain(t *testing.T) {
	t.Parallel()
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) {
		s, x := whole(t, e)
		before := x.Second
		for _, outcome := range append(panel.Outcomes(), "none of them") {
			d := x.Second
			d.ID, d.RequestKey, d.Supersedes = panel.DecisionID("d-"+outcome), "", before.ID
			d.Outcome = outcome
			err := s.Update(t.Context(), func(tx panel.Tx) error { return tx.Decisions().Add(&d) })
			if known := outcome != "none of them"; (err == nil) != known {
				t.Errorf("outcome %q: %v", outcome, err)
			}
			before = d
		}
	})
}
