package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"
	"testing"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/store"
)

// What does not hold is listed by invariant, noun and id, and the status says that there is something.
func TestFsck_findings(t *testing.T) {
	t.Parallel()
	d := twoDrafts(t)
	var id panel.ReferralID
	d.at(func(ctx context.Context, db *store.DB) error {
		return db.Update(ctx, func(tx panel.Tx) error {
			for r, err := range tx.Referrals().List() {
				if err != nil {
					return err
				}
				id, r.State = r.ID, panel.Placed // by nobody's decision
				return tx.Referrals().Put(&r)
			}
			return nil
		})
	})
	said := d.call(broken, "fsck")
	for _, want := range []string{"1 thing does not hold:", "states     referral  " + string(id), "is placed without a decision"} {
		d.wants(said, want)
	}
	var found checkup
	if err := json.Unmarshal([]byte(d.call(broken, "fsck", "--json")), &found); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, f := range found.Findings {
		lines = append(lines, strings.TrimSpace(f.Invariant+" "+f.Noun+" "+f.ID))
	}
	if got, want := strings.Join(lines, "; "), "states referral "+string(id); got != want {
		t.Errorf("findings are %q, want %q", got, want)
	}
}

// A record that can't be read is a finding, and the others are listed all the same. A copy
// of such a database is restored only if that is asked for.
func TestFsck_whatCantBeRead(t *testing.T) {
	t.Parallel()
	d := twoDrafts(t)
	db, err := sql.Open("sqlite", d.database)
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{"UPDATE placements SET body = '[]'", "UPDATE referrals SET body = '[]'", "UPDATE pupils SET body = replace(body, 'Zephyrine', 'Other')"} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	said := strings.Join(strings.Fields(d.call(broken, "fsck")), " ")
	for _, want := range []string{": body is not what the record says", "of the referrals can't be read", "it is not what the journal says was written"} {
		d.wants(said, want)
	}
	d.call(done, "backup", d.file("copy.db"))
	said = strings.Join(strings.Fields(d.call(failed, "restore", "--replace", d.file("copy.db"))), " ")
	for _, want := range []string{"copy.db does not hold together: ", "--damaged restores it all the same", "it is not what the journal says was written"} {
		d.wants(said, want)
	}
	if strings.Contains(said, "Other") {
		t.Error("what is stored is repeated")
	}
}
