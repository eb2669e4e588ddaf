package panel_test

import (
	"errors"
	"slices"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/panel"
)

// What a hand in the tables makes of records, waivers, documents and minutes is noticed.
func TestFsck_whatIsKeptIsWhole(t *testing.T) {
	t.Parallel()
	waiver := func(state panel.State, approver panel.PersonID) func(panel.Tx, panel.DecisionID) error {
		return func(tx panel.Tx, other panel.DecisionID) error {
			if state != panel.Used {
				other = ""
			}
			return tx.Waivers().Add(&panel.Waiver{
				ID: "waiver", Referral: "ref-d", Pupil: "pupil-of-ref-d", Rule: matching.CodeKeepApart, Safety: true, State: state,
				By: theChair, Approver: approver, Decision: other,
			})
		}
	}
	document := func(bytes string) func(panel.Tx, panel.DecisionID) error {
		return func(tx panel.Tx, _ panel.DecisionID) error {
			err := tx.Documents().Add(&panel.Document{
				ID: "document", Referral: "ref-c", Pupil: "pupil-of-ref-c", Kind: "behaviour_log", Digest: digestA,
				MediaType: "application/pdf", Size: len(bytes), By: theOfficer,
			})
			if bytes != "" {
				err = errors.Join(err, tx.Contents().Add("document", []byte(bytes)))
			}
			return err
		}
	}
	meeting := func(minutes string) func(panel.Tx, panel.DecisionID) error {
		return func(tx panel.Tx, _ panel.DecisionID) error {
			m := panel.Meeting{ID: "over", Date: 20000, Horizon: 20001, Chair: theChair, State: panel.Closed}
			if minutes == "lost" {
				m.Minutes = digestA
			} else if minutes != "" {
				var err error
				if m.Minutes, err = tx.Evidence().Add([]byte(minutes)); err != nil {
					return err
				}
			}
			return tx.Meetings().Add(&m)
		}
	}
	for name, c := range map[string]struct {
		spoil func(panel.Tx, panel.DecisionID) error
		want  string
	}{
		"merged in a circle": {func(tx panel.Tx, _ panel.DecisionID) error {
			a, err := tx.Pupils().Get("pupil-of-ref-a")
			b, again := tx.Pupils().Get("pupil-of-ref-b")
			a.Merged, b.Merged = b.ID, a.ID
			return errors.Join(err, again, tx.Pupils().Put(&a), tx.Pupils().Put(&b))
		}, "records pupil was merged in a circle"},
		"approved by nobody":       {waiver(panel.Approved, ""), "override waiver has no second approver"},
		"approved by who asked":    {waiver(panel.Approved, theChair), "override waiver has no second approver"},
		"used by no decision":      {waiver(panel.Used, theOfficer), "override waiver was used by no decision"},
		"a document without bytes": {document(""), "documents document has no bytes"},
		"a document of others":     {document("%PDF-1.7 other"), "documents document does not have the bytes that were attached"},
		"closed without minutes":   {meeting(""), "minutes meeting is over and has no minutes"},
		"minutes that are lost":    {meeting("lost"), "minutes meeting its minutes are not there"},
		"minutes that are none":    {meeting("no minutes"), "minutes meeting its minutes are not those that were signed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onEachStore(t, func(w *panelWorld) {
				d := must(w.place("ref-c", "workshop", w.today+1, w.today+10))(w.T).Decision.ID
				w.update(func(tx panel.Tx) error { return c.spoil(tx, d) })
				w.wantFinding(c.want)
			})
		})
	}
}

// A check that cannot go on is a finding, and the others are made all the same.
func TestFsck_goesOnAfterAnError(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		must(w.place("ref-c", "workshop", w.today+1, w.today+10))(w.T)
		w.update(func(tx panel.Tx) error { // the rules cannot name a pupil whose record leads nowhere
			c, err := tx.Pupils().Get("pupil-of-ref-c")
			d, again := tx.Pupils().Get("pupil-of-ref-d")
			c.Merged, d.Merged = d.ID, c.ID
			r, once := tx.Referrals().Get("ref-a")
			r.State = panel.OnAgenda
			return errors.Join(err, again, once, tx.Pupils().Put(&c), tx.Pupils().Put(&d), tx.Referrals().Put(&r))
		})
		health := must(w.Fsck(w.as(theOfficer)))(w.T)
		for _, want := range []panel.Finding{
			{Invariant: "stuck", Noun: panel.NounDatabase, ID: "rules", Detail: "the check could not go on: corrupt: records of pupils were merged in a circle"},
			{Invariant: "records", Noun: panel.NounPupil, ID: "pupil-of-ref-c", Detail: "was merged in a circle"},
			{Invariant: "states", Noun: panel.NounReferral, ID: "ref-a", Detail: "is on the agenda of no meeting that is to come or open"},
		} {
			if !slices.Contains(health.Findings, want) {
				w.Errorf("found %+v, want %+v", health.Findings, want)
			}
		}
		if health.Rankings == 0 {
			w.Error("no ranking was looked at after the rules were stuck")
		}
	})
}
