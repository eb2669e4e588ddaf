package store

import (
	"context"

	"example.org/backontrack/panel"
)

// ofPupil are the rows that hold what is stored of a pupil, in an order
// in which nothing refers any more to what goes. The triggers let rows of books go only
// when the pupil is among the erasures.
var ofPupil = []struct{ table, where string }{
	{"contents", "id IN (SELECT id FROM documents WHERE pupil_id = ?)"},
	{"documents", "pupil_id = ?"},
	{"tentatives", "pupil_id = ?"},
	{"reviews", "pupil_id = ?"},
	{"waivers", "pupil_id = ?"},
	{"ratifications", "decision_id IN (SELECT id FROM decisions WHERE pupil_id = ?)"},
	{"placements", "pupil_id = ?"},
	{"decisions", "pupil_id = ?"},
	{"rankings", "pupil_id = ?"},
	{"referrals", "pupil_id = ?"},
	{"register_entries", "? IN (pupil_a, pupil_b)"},
	{"holds", "pupil_id = ?"},
	{"pupils", "id = ?"},
}

// Erase deletes all that is stored of a pupil. It refuses while a hold stands, and when
// no erasure of the pupil has been added. Another record that was merged into this one
// has to be erased before it.
func (t *tx) Erase(id panel.PupilID) error {
	if err := t.usable(true); err != nil {
		return err
	}
	if err := t.mayErase(id); err != nil {
		return err
	}
	if err := t.forgetInterests(id); err != nil {
		return err
	}
	var taken []string
	for _, rows := range ofPupil { // of constants
		taken = nil
		statement := "DELETE FROM " + rows.table + " WHERE " + rows.where + " RETURNING id"
		if err := t.db.Raw(statement, string(id)).Scan(&taken).Error; err != nil {
			return t.latch(err)
		}
		for _, row := range taken {
			t.mark(rows.table, row, gone)
		}
	}
	if len(taken) == 0 { // the pupil goes last
		return notFound(pupils.table)
	}
	return nil
}

func (t *tx) mayErase(id panel.PupilID) error {
	for hold, err := range t.Holds().List(panel.Is(panel.ByPupil, id)) {
		if err != nil {
			return err
		}
		if hold.Lifted == 0 {
			return panel.Errorf(panel.Held, "the hold %s forbids erasing this record", hold.ID)
		}
	}
	for _, err := range t.Erasures().List(panel.Is(panel.ByPupil, id), panel.Page("", 1)) {
		return err
	}
	return panel.Errorf(panel.Incomplete, "the erasure of a pupil is added before the pupil is erased")
}

// forgetInterests takes the words out of interests that members declared in the pupil's
// referrals: that is where meetings have words about one child.
func (t *tx) forgetInterests(id panel.PupilID) error {
	of := map[panel.ReferralID]bool{}
	for r, err := range t.Referrals().List(panel.Is(panel.ByPupil, id)) {
		if err != nil {
			return err
		}
		of[r.ID] = true
	}
	for m, err := range t.Meetings().List() {
		if err != nil {
			return err
		}
		found := false
		for i := range m.Interests {
			if of[m.Interests[i].Referral] && m.Interests[i].Text != "" {
				m.Interests[i].Text, found = "", true
			}
		}
		if !found {
			continue
		}
		if err := t.Meetings().Put(&m); err != nil {
			return err
		}
	}
	return nil
}

// Purge takes what was erased out of the file's log as well. It is called once the
// transaction that erased is stored. While somebody reads, the log can't be cut: then
// the error is Unavailable, and Purge is to be called again.
func (s *DB) Purge(ctx context.Context) error {
	if s.writer == nil {
		return errReader
	}
	return s.dialect.purge(ctx, s)
}
