package panel_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/panel"
)

// TestR7_mergesKeepApartWhoIsKeptApart: an entry of the register is about the pupil, under
// whichever record it was written, and no chain of merges makes the two one.
func TestR7_mergesKeepApartWhoIsKeptApart(t *testing.T) {
	t.Parallel()
	onAMonday(t, func(w *mondayWorld) {
		must(w.act("ref-c", "workshop", 1, 20))(w.T)
		w.keepApart("ref-c", "ref-d")
		if err := w.merge("ref-d", "ref-b"); err != nil {
			w.Fatal(err)
		}
		for _, r := range []panel.ReferralID{"ref-b", "ref-d"} {
			_, err := w.act(r, "workshop", 1, 20)
			w.wantBroken("by "+string(r), err, "keep_apart 2026-11-24 alias-ref-c")
		}
		for name, pair := range map[string][2]panel.ReferralID{
			"one into the other's record": {"ref-c", "ref-b"},
			"the other way round":         {"ref-b", "ref-c"},
		} {
			w.wantKind(name, w.merge(pair[0], pair[1]), panel.Conflict)
		}
		if err := w.merge("ref-c", "ref-a"); err != nil {
			w.Fatal(err)
		}
		w.wantKind("by two merges each", w.merge("ref-a", "ref-b"), panel.Conflict)
		_, err := w.act("ref-b", "workshop", 1, 20)
		w.wantBroken("after two merges", err, "keep_apart 2026-11-24 alias-ref-a")
	})
}

// TestMerge_leavesEverybodyElseAsTheyWere: whoever is merged stands once in what is
// compared, and others are ranked and placed beside.
func TestMerge_leavesEverybodyElseAsTheyWere(t *testing.T) {
	t.Parallel()
	onAMonday(t, func(w *mondayWorld) {
		stands := must(w.act("ref-c", "workshop", 1, 20))(w.T).Placements[0]
		if err := w.merge("ref-c", "ref-b"); err != nil {
			w.Fatal(err)
		}
		must(w.Rank(w.as(theOfficer), "", "ref-a"))(w.T)
		must(w.act("ref-a", "workshop", 1, 20))(w.T)
		s := must(w.ExportSnapshot(w.as(theOfficer), 0))(w.T)
		var pupils []panel.Pseudonym
		for _, p := range s.Pupils {
			pupils = append(pupils, p.ID)
		}
		if diff := cmp.Diff([]panel.Pseudonym{"alias-ref-a", "alias-ref-b", "alias-ref-d"}, pupils); diff != "" {
			w.Errorf("the pupils of the snapshot (-want +got)\n%s", diff)
		}
		for _, p := range s.Placements {
			if p.ID == stands.ID && p.Pupil != "alias-ref-b" {
				w.Errorf("the placement is %s's, want that of the record that goes on", p.Pupil)
			}
		}
		if health := must(w.Fsck(w.as(theOfficer)))(w.T); health.Findings != nil {
			w.Errorf("findings: %+v", health.Findings)
		}
	})
}

// TestMove_seesWhereThePupilIsUnderAnotherRecord: and so does a longer stay.
func TestMove_seesWhereThePupilIsUnderAnotherRecord(t *testing.T) {
	t.Parallel()
	onAMonday(t, func(w *mondayWorld) {
		p := w.standing("ref-c", "workshop", 1, 32)
		w.update(func(tx panel.Tx) error { // two who turn out to be one, both placed
			d := w.decidedBefore("elsewhere", "ref-d", 1, false)
			r, err := tx.Referrals().Get("ref-d")
			if err != nil {
				return err
			}
			r.State = panel.Placed
			if err := tx.Referrals().Put(&r); err != nil {
				return err
			}
			if err := tx.Decisions().Add(&d); err != nil {
				return err
			}
			return tx.Placements().Add(&panel.Placement{
				ID: "elsewhere", Referral: "ref-d", Pupil: "pupil-of-ref-d", Decision: d.ID, Organisation: "barn", Site: "barn-site",
				Group: "garden", Pattern: "all", From: w.day(14), To: w.day(60), State: panel.Accepted,
			})
		})
		if err := w.merge("ref-c", "ref-d"); err != nil {
			w.Fatal(err)
		}
		_, err := w.Move(w.as(theOfficer), p.ID, p.Version, panel.MoveInput{Group: "loft", Pattern: "all", From: w.day(7), Text: longEnough})
		w.wantBroken("a move", err, "busy 2026-12-07")
		_, err = w.Extend(w.as(theOfficer), p.ID, p.Version, w.day(39), longEnough)
		w.wantBroken("a longer stay", err, "busy 2026-12-28")
	})
}
