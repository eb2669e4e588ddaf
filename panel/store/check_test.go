package store_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/audit"
	"example.org/backontrack/panel/paneltest"
	"example.org/backontrack/panel/store"
)

func TestCheck_columnsThatAreNotWhatTheRecordSays(t *testing.T) {
	t.Parallel()
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) {
		s, x := whole(t, e)
		wantFound(t, s)
		alter(t, s, "UPDATE sites SET version = 7")
		alter(t, s, "UPDATE placements SET last_day = '2099-01-01' WHERE moved_from IS NULL")
		alter(t, s, "UPDATE outcodes SET body = '{\"Unknown\": 1}'")
		alter(t, s, "UPDATE referrals SET meeting_id = NULL")
		alter(t, s, "UPDATE people SET body = '[]'")
		wantFound(t, s,
			"sites "+string(x.Site.ID)+": version", "placements "+string(x.Placement.ID)+": last_day",
			"outcodes "+string(x.Outcode.ID)+": body", "referrals "+string(x.Referral.ID)+": meeting_id",
			"people "+string(x.Person.ID)+": body")
		err := s.View(t.Context(), func(tx panel.Tx) error { _, err := tx.People().Get(x.Person.ID); return err })
		if panel.KindOf(err) != panel.Corrupt {
			t.Errorf("a record that can't be read: %v, want corrupt", err)
		}
	})
}

// TestBodies_areAsTheyWere holds the names that are stored: when a field of a noun is renamed,
// what is stored needs a migration.
func TestBodies_areAsTheyWere(t *testing.T) {
	t.Parallel()
	paneltest.Each(t, func(t *testing.T, e paneltest.Engine) {
		noon := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
		s, x := e.Open(t, func() time.Time { return noon }), paneltest.NewSample("x")
		var entry audit.Entry
		paneltest.Fill(&entry)
		must(t, s.Update(t.Context(), func(tx panel.Tx) error { return errors.Join(x.AddTo(tx), tx.Journal().Append(entry)) }))
		var got bytes.Buffer
		tables := slices.Sorted(maps.Keys(store.Columns()))
		for _, table := range append(tables, "journal") {
			rows, err := s.Raw().QueryContext(t.Context(), "SELECT CAST(body AS text) FROM "+table+" ORDER BY 1")
			must(t, err)
			for rows.Next() {
				var body string
				must(t, rows.Scan(&body))
				got.WriteString(table + " ")
				must(t, json.Indent(&got, []byte(body), "", " "))
				got.WriteString("\n")
			}
			must(t, rows.Close())
		}
		const golden = "testdata/bodies.golden"
		if *update {
			must(t, os.WriteFile(golden, got.Bytes(), 0o644))
		}
		want, err := os.ReadFile(golden)
		must(t, err)
		if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got.String(), "\n")); diff != "" {
			t.Errorf("stored otherwise than before (-before +now):\n%s", diff)
		}
	})
}
