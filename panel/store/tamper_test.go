package store_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/paneltest"
	"example.org/backontrack/panel/store"
)

// A tampering is what somebody does who owns the database, and what Check says of it then.
type tampering struct {
	name string
	do   func(t *testing.T, c *sql.Conn)
	want string
}

// edit changes one noun's body as a program would that writes it, and columns if there are any.
func edit[N any](table, id string, change func(*N), columns ...string) func(*testing.T, *sql.Conn) {
	return func(t *testing.T, c *sql.Conn) {
		t.Helper()
		var body string
		must(t, c.QueryRowContext(t.Context(), "SELECT CAST(body AS text) FROM "+table+" WHERE id = $1", id).Scan(&body))
		var n N
		must(t, json.Unmarshal([]byte(body), &n))
		change(&n)
		b, err := json.Marshal(n)
		must(t, err)
		if string(b) == body {
			t.Fatal("nothing was edited")
		}
		set := strings.Join(append([]string{"body = $2"}, columns...), ", ")
		_, err = c.ExecContext(t.Context(), "UPDATE "+table+" SET "+set+" WHERE id = $1", id, string(b))
		must(t, err)
	}
}

func execute(statements ...string) func(*testing.T, *sql.Conn) {
	return func(t *testing.T, c *sql.Conn) {
		t.Helper()
		for _, statement := range statements {
			done, err := c.ExecContext(t.Context(), statement)
			must(t, err)
			if n, err := done.RowsAffected(); err != nil || n == 0 {
				t.Fatalf("%s: %d rows, %v", statement, n, err)
			}
		}
	}
}

func tamperings(x *paneltest.Sample) []tampering {
	const edited, missing, unknown = ": it is not what the journal says was written", ": it is missing, ", ": the journal knows of no such record"
	decision, second, pupil := string(x.Decision.ID), string(x.Second.ID), string(x.Pupil.ID)
	register := string(x.RegisterEntry.ID)
	return []tampering{
		{"no decision is left", execute("DELETE FROM decisions"), "decisions " + decision + missing},
		{"a decision is taken out", execute("DELETE FROM decisions WHERE id = '" + second + "'"), "decisions " + second + missing},
		{"the reason of a decision", edit("decisions", decision, func(d *panel.Decision) { d.Reason.Text = "other" }), "decisions " + decision + edited},
		{"whether a decision departs", edit("decisions", decision, func(d *panel.Decision) { d.Departs = !d.Departs }), "decisions " + decision + edited},
		{"the rank of what was chosen", edit("decisions", second, func(d *panel.Decision) { d.Rank++ }), "decisions " + second + edited},
		{"who decided", edit("decisions", decision, func(d *panel.Decision) { d.By = "other" }, "by_id = 'other'"), "decisions " + decision + edited},
		{"the weights of a policy", edit("policies", string(x.Policy.ID), func(p *panel.Policy) {
			p.Matching.Weights = map[matching.Code]int{matching.CodeJourney: 99}
		}), "policies " + string(x.Policy.ID) + edited},
		{"an entry of the register that nobody made", func(t *testing.T, c *sql.Conn) {
			t.Helper()
			_, err := c.ExecContext(t.Context(), `INSERT INTO register_entries (id, subject, kind, act, pupil_a, pupil_b, last_day, review_on, body)
				SELECT 'made', 'made', kind, act, pupil_a, pupil_b, last_day, review_on, body FROM register_entries`)
			must(t, err)
			edit("register_entries", "made", func(e *panel.RegisterEntry) { e.ID, e.Subject = "made", "made" })(t, c)
		}, "register_entries made" + unknown},
		{"an entry of the register", edit("register_entries", register, func(e *panel.RegisterEntry) { e.Text = "other" }), "register_entries " + register + edited},
		{"the words of a waiver", edit("waivers", string(x.Waiver.ID), func(w *panel.Waiver) { w.Text = "other" }), "waivers " + string(x.Waiver.ID) + edited},
		{"the quorum of a meeting", edit("meetings", string(x.Meeting.ID), func(m *panel.Meeting) { m.Quorum-- }), "meetings " + string(x.Meeting.ID) + edited},
		{"a review that was held", edit("reviews", string(x.Review.ID), func(r *panel.Review) { r.Held = 0 }, "held = ''"), "reviews " + string(x.Review.ID) + edited},
		{"the pseudonym of a pupil", edit("pupils", pupil, func(p *panel.Pupil) { p.Pseudonym = "other" }, "pseudonym = 'other'"), "pupils " + pupil + edited},
		{"the bytes of a document", func(t *testing.T, c *sql.Conn) {
			t.Helper()
			_, err := c.ExecContext(t.Context(), "UPDATE contents SET bytes = $1", []byte("other"))
			must(t, err)
		}, "contents " + string(x.Document.ID) + edited},
		{"the bytes of a document are gone", execute("DELETE FROM contents"), "contents " + string(x.Document.ID) + missing},
		{"evidence is gone", execute("DELETE FROM evidence"), "evidence sha256:"},
		{"what was taken away is back", execute("INSERT INTO outcodes (id, version, body) VALUES ('taken', 1, '{\"ID\":\"taken\",\"Version\":1}')"),
			"outcodes taken: it is there, "},
		{"a mark goes with its row", execute("DELETE FROM decisions", "DELETE FROM marks WHERE tbl = 'decisions'"), "journal 1: the rows that it wrote"},
		{"all marks of an entry go", execute("DELETE FROM marks WHERE seq = 2"), "journal 2: the rows that it wrote"},
		{"all marks of the last entry go", execute("DELETE FROM marks WHERE seq = 3"), "journal 3: the rows that it wrote"},
		{"a mark is added", execute("INSERT INTO marks SELECT 4, tbl, id, hash FROM marks WHERE tbl = 'sites'"), "journal 4: the rows that it wrote"},
		{"a mark is of no entry", execute("INSERT INTO marks SELECT 9, tbl, id, hash FROM marks WHERE tbl = 'sites'"), "marks of entry 9: "},
	}
}

// Whoever owns the database can drop the triggers, change what is stored, and put them
// back. Check tells, by what the journal says was written.
func TestAC6_tamperingIsFound(t *testing.T) {
	t.Parallel()
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) {
		for _, of := range tamperings(paneltest.NewSample("x")) {
			t.Run(of.name, func(t *testing.T) {
				t.Parallel()
				s, _ := whole(t, e) // entry 1
				taken := panel.Outcode{ID: "taken"}
				must(t, s.Update(t.Context(), func(tx panel.Tx) error { return tx.Outcodes().Add(&taken) }))
				must(t, s.Update(t.Context(), func(tx panel.Tx) error { return tx.Outcodes().Delete(taken.ID) }))
				must(t, s.Update(t.Context(), func(tx panel.Tx) error { return tx.Journal().Append(entry()) }))
				wantFound(t, s)
				tamper(t, s, of.do)
				wantFound(t, s, of.want)
			})
		}
	})
}

// tamper does what no trigger and no reference lets pass.
func tamper(t *testing.T, s *store.DB, do func(*testing.T, *sql.Conn)) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	c, err := s.Raw().Conn(ctx)
	must(t, err)
	defer func() { must(t, c.Close()) }()
	before, after := []string{"SET session_replication_role = replica"}, []string{"SET session_replication_role = origin"}
	if !s.IsPostgres() {
		before, after = withoutTriggers(t, c)
	}
	for _, statement := range before {
		_, err := c.ExecContext(ctx, statement)
		must(t, err)
	}
	do(t, c)
	for _, statement := range after {
		_, err := c.ExecContext(ctx, statement)
		must(t, err)
	}
}

// withoutTriggers are the statements that drop all triggers, and that make them again.
func withoutTriggers(t *testing.T, c *sql.Conn) (drop, restore []string) {
	t.Helper()
	rows, err := c.QueryContext(t.Context(), "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
	must(t, err)
	defer func() { must(t, errors.Join(rows.Err(), rows.Close())) }()
	drop, restore = []string{"PRAGMA foreign_keys(0)"}, []string{"PRAGMA foreign_keys(1)"}
	for rows.Next() {
		var name, made string
		must(t, rows.Scan(&name, &made))
		drop, restore = append(drop, "DROP TRIGGER "+name), append(restore, made)
	}
	return drop, restore
}

// A row that a transaction writes several times is what it wrote last; and each transaction
// that writes has one entry, if not more.
func TestMarks_ofOneTransaction(t *testing.T) {
	t.Parallel()
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) {
		s := e.Open(t, nil)
		for _, fn := range []func(panel.Tx) error{
			func(tx panel.Tx) error { // written and edited
				o := panel.Outcode{ID: "edited"}
				return errors.Join(tx.Outcodes().Add(&o), tx.Outcodes().Put(&o), tx.Journal().Append(entry()))
			},
			func(tx panel.Tx) error { // written and taken away
				o := panel.Outcode{ID: "brief"}
				return errors.Join(tx.Outcodes().Add(&o), tx.Outcodes().Delete(o.ID))
			},
			func(tx panel.Tx) error { // again
				return tx.Outcodes().Add(&panel.Outcode{ID: "brief"})
			},
			func(tx panel.Tx) error { // evidence twice
				_, first := tx.Evidence().Add([]byte("bytes"))
				_, second := tx.Evidence().Add([]byte("bytes"))
				return errors.Join(first, second)
			},
		} {
			must(t, s.Update(t.Context(), fn))
			wantFound(t, s)
		}
		must(t, s.View(t.Context(), func(tx panel.Tx) error {
			head, err := tx.Journal().Head()
			if head.Seq != 4 {
				t.Errorf("%d entries, want one of each transaction", head.Seq)
			}
			return err
		}))
		said := entry()
		said.Detail = append(said.Detail, store.Written)
		if err := s.Update(t.Context(), func(tx panel.Tx) error { return tx.Journal().Append(said) }); err == nil {
			t.Error("an entry says of itself what it wrote")
		}
	})
}
