package main

import (
	"context"
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
