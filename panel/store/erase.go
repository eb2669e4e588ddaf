package store

import (
	"context"

	"gorm.io/gorm"

	"example.org/backontrack/panel"
)

// ofPupil are the statements that take all away that is stored of a pupil, in an order
// in which nothing refers any more to what goes. The triggers let rows of books go only
// when the pupil is among the erasures.
var ofPupil = []string{
	"DELETE FROM contents WHERE id IN (SELECT id FROM documents WHERE pupil_id = ?)",
	"DELETE FROM documents WHERE pupil_id = ?",
	"DELETE FROM tentatives WHERE pupil_id = ?",
	"DELETE FROM reviews WHERE pupil_id = ?",
	"DELETE FROM waivers WHERE pupil_id = ?",
	"DELETE FROM ratifications WHERE decision_id IN (SELECT id FROM decisions WHERE pupil_id = ?)",
	"DELETE FROM placements WHERE pupil_id = ?",
	"DELETE FROM decisions WHERE pupil_id = ?",
	"DELETE FROM rankings WHERE pupil_id = ?",
	"DELETE FROM referrals WHERE pupil_id = ?",
	"DELETE FROM register_entries WHERE ? IN (pupil_a, pupil_b)",
	"DELETE FROM holds WHERE pupil_id = ?",
	"DELETE FROM pupils WHERE id = ?",
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
	var done *gorm.DB
	for _, statement := range ofPupil {
		if done = t.db.Exec(statement, string(id)); done.Error != nil {
			return t.latch(done.Error)
		}
	}
	if done.RowsAffected == 0 {
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
