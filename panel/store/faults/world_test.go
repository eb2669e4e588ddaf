package faults_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/audit"
)

// lanes is how many sites there are: who writes in the same lane waits for one another
// at the site, and everybody does at the head of the journal.
const lanes = 4

var today = calendar.MustDate("2026-09-07")

func site(lane int) panel.SiteID   { return panel.SiteID(fmt.Sprintf("site-%d", lane%lanes)) }
func group(lane int) panel.GroupID { return panel.GroupID(fmt.Sprintf("group-%d", lane%lanes)) }

// furnish stores what decisions refer to.
func furnish(ctx context.Context, store panel.Store) error {
	return store.Update(ctx, func(tx panel.Tx) error {
		err := first(
			tx.Organisations().Add(&panel.Organisation{ID: "school", Kind: panel.School, Name: "A school"}),
			tx.Organisations().Add(&panel.Organisation{ID: "provision", Kind: panel.Provision, Name: "A provision"}),
			tx.People().Add(&panel.Person{ID: "officer", Name: "officer"}),
		)
		for lane := range lanes {
			err = first(err,
				tx.Sites().Add(&panel.Site{ID: site(lane), Organisation: "provision", Name: "A site"}),
				tx.Groups().Add(&panel.Group{ID: group(lane), Organisation: "provision", Site: site(lane), Terms: matching.Group{ID: group(lane)}}),
			)
		}
		return err
	})
}

// decide stores one decision and all that belongs to it, each under the same id: the
// pupil, the referral, the placement and the journal's entry. It also edits the group, so
// that the versions of the groups count the decisions. After a step that failed it goes on with
// the next, as no program should: the store has to refuse what comes after.
func decide(ctx context.Context, store panel.Store, id string, lane int) error {
	return store.Update(ctx, func(tx panel.Tx) error {
		if err := tx.Lock([]panel.SiteID{site(lane)}, nil); err != nil {
			return err
		}
		taught, err := tx.Groups().Get(group(lane))
		if err != nil {
			return err
		}
		return first(
			tx.Groups().Put(&taught),
			tx.Pupils().Add(&panel.Pupil{ID: panel.PupilID(id), Pseudonym: panel.Pseudonym(id), MatchKey: id, LooksLike: id}),
			tx.Referrals().Add(&panel.Referral{
				ID: panel.ReferralID(id), Pupil: panel.PupilID(id), School: "school", State: panel.Placed, Created: tx.Now(),
			}),
			tx.Decisions().Add(&panel.Decision{
				ID: panel.DecisionID(id), Referral: panel.ReferralID(id), Pupil: panel.PupilID(id), Outcome: panel.Place,
				By: "officer", At: tx.Now(), RequestKey: id,
			}),
			tx.Placements().Add(&panel.Placement{
				ID: panel.PlacementID(id), Referral: panel.ReferralID(id), Pupil: panel.PupilID(id), Decision: panel.DecisionID(id),
				Organisation: "provision", Site: site(lane), Group: group(lane), State: panel.Offered, From: today, Offered: tx.Now(),
			}),
			tx.Journal().Append(audit.Entry{
				Actor: "officer", Verb: string(panel.VerbPlace), Noun: "decision", Subject: id, Pupils: []string{id},
				Request: id, Count: 1, Outcome: audit.Done,
			}),
		)
	})
}

// look reads a referral as the panel does: that it was read is in the journal before
// anything is handed out.
func look(ctx context.Context, store panel.Store, id string) (panel.Referral, error) {
	var found panel.Referral
	err := store.Update(ctx, func(tx panel.Tx) error {
		r, err := tx.Referrals().Get(panel.ReferralID(id))
		if err != nil {
			return err
		}
		found = r
		return tx.Journal().Append(audit.Entry{
			Actor: "officer", Verb: string(panel.VerbRead), Noun: "referral", Subject: id, Pupils: []string{id}, Count: 1, Outcome: audit.Done,
		})
	})
	if err != nil {
		return panel.Referral{}, err
	}
	return found, nil
}

// first is the first error of several.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// stored tells whether a decision is in the store.
func stored(ctx context.Context, store panel.Store, id string) (bool, error) {
	found := false
	err := store.View(ctx, func(tx panel.Tx) error {
		_, err := tx.Decisions().Get(panel.DecisionID(id))
		found = err == nil
		if panel.KindOf(err) == panel.NotFound {
			return nil
		}
		return err
	})
	return found, err
}

// A count is what a store held when it was looked at.
type count struct{ decisions, entries int }

// wantWhole looks at everything: each decision that was acknowledged is there, each that
// is there is there with all that belongs to it and with one entry of the journal (AC-8),
// and the journal's chain holds.
func wantWhole(t *testing.T, store panel.Store, acknowledged []string) count {
	t.Helper()
	var decisions, versions []string
	var entries int
	edits := -lanes // a group begins with version 1
	parts := map[string][]string{"pupils": nil, "referrals": nil, "placements": nil}
	err := store.View(t.Context(), func(tx panel.Tx) error {
		for d, err := range tx.Decisions().List() {
			if err != nil {
				return err
			}
			decisions = append(decisions, string(d.ID))
		}
		err := first(
			ids(parts, "pupils", tx.Pupils(), func(n panel.Pupil) string { return string(n.ID) }),
			ids(parts, "referrals", tx.Referrals(), func(n panel.Referral) string { return string(n.ID) }),
			ids(parts, "placements", tx.Placements(), func(n panel.Placement) string { return string(n.Decision) }),
		)
		for g, groupErr := range tx.Groups().List() {
			err = first(err, groupErr)
			edits += g.Version
			versions = append(versions, fmt.Sprint(g.ID, " ", g.Version))
		}
		if err != nil {
			return err
		}
		parts["entries"], entries, err = journal(tx)
		return err
	})
	if err != nil {
		t.Fatalf("reading what is stored: %v", err)
	}
	slices.Sort(decisions)
	for _, part := range slices.Sorted(maps.Keys(parts)) {
		slices.Sort(parts[part])
		if diff := cmp.Diff(decisions, parts[part]); diff != "" {
			t.Errorf("decisions (-) and %s (+) differ:\n%s", part, diff)
		}
	}
	if edits != len(decisions) {
		t.Errorf("%d decisions, but the groups were edited %d times: %v", len(decisions), edits, versions)
	}
	for _, id := range acknowledged {
		if _, there := slices.BinarySearch(decisions, id); !there {
			t.Errorf("decision %s was acknowledged and is not there", id)
		}
	}
	return count{decisions: len(decisions), entries: entries}
}

// ids lists a table's decisions.
func ids[ID ~string, N any](parts map[string][]string, part string, table panel.Table[ID, N], id func(N) string) error {
	for n, err := range table.List() {
		if err != nil {
			return err
		}
		parts[part] = append(parts[part], id(n))
	}
	return nil
}

// journal verifies the chain up to the head, and lists the decisions that it tells of.
func journal(tx panel.Tx) (decisions []string, entries int, err error) {
	var last audit.Head
	_, err = audit.Verify(func(yield func(audit.Entry, error) bool) {
		for e, err := range tx.Journal().List(1) {
			entries++
			last = e.Head()
			if e.Noun == "decision" {
				decisions = append(decisions, e.Subject)
			}
			if !yield(e, err) {
				return
			}
		}
	}, audit.Evidence{})
	if err != nil {
		return nil, 0, err
	}
	head, err := tx.Journal().Head()
	if err == nil && head != last {
		err = fmt.Errorf("the head is entry %d, the last entry is %d", head.Seq, last.Seq)
	}
	return decisions, entries, err
}
