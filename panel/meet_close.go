package panel

import (
	"context"
	"encoding/json"

	"example.org/backontrack/panel/audit"
)

// Close ends a meeting. What was not decided is ready again, with a note that says so; the
// minutes are made and kept under their digest; the head of the journal is written down.
// Nothing of the meeting changes afterwards.
func (s *Service) Close(ctx context.Context, id MeetingID, version int) (Meeting, error) {
	return do(ctx, s, NounMeeting, VerbClose, func(w *work) (Meeting, error) {
		if err := w.LockMeeting(id); err != nil { // decisions that are under way come first
			return Meeting{}, err
		}
		m, err := w.sitting(id)
		if err != nil {
			return m, err
		}
		if m.Version != version {
			return m, staleMeeting()
		}
		next, err := step(NounMeeting, m.State, VerbClose)
		if err != nil {
			return m, err
		}
		if err := w.presiding(&m); err != nil {
			return m, err
		}
		before := len(m.Papers)
		if err := w.markLate(&m); err != nil {
			return m, err
		}
		w.noteLate(&m, before)
		if err := w.carryBack(&m); err != nil {
			return m, err
		}
		m.State, m.Closed = next, w.Now()
		if err := w.sign(&m); err != nil {
			return m, err
		}
		w.note(VerbClose, NounMeeting, string(id), nil, audit.Pair{Key: "minutes", Value: string(m.Minutes)})
		return w.keepMeeting(&m)
	})
}

// carryBack makes ready again what the meeting did not decide, and forgets what it leant to.
func (w *work) carryBack(m *Meeting) error {
	open, err := w.before(m)
	if err != nil {
		return err
	}
	for _, r := range open {
		// The referral keeps the meeting as the one that it was before last.
		if r.State, err = step(NounReferral, r.State, VerbUnschedule); err != nil {
			return err
		}
		pupils, err := w.pseudonyms(r)
		if err != nil {
			return err
		}
		w.note(VerbUnschedule, NounReferral, string(r.ID), pupils, audit.Pair{Key: "meeting", Value: string(m.ID)})
		if err := w.Referrals().Put(&r); err != nil {
			return err
		}
		m.Notes = append(m.Notes, Note{
			Text: "Referral " + string(r.ID) + " was not decided. It is ready for another meeting.", By: w.person.ID, At: w.Now(),
		})
	}
	leanings, err := gather(w.Tentatives().List(Is(ByMeeting, m.ID)))
	if err != nil {
		return err
	}
	for _, t := range leanings {
		if err := w.Tentatives().Delete(t.ID); err != nil {
			return err
		}
	}
	return nil
}

// sign makes the minutes and keeps them.
func (w *work) sign(m *Meeting) error {
	minutes, err := w.makeMinutes(m)
	if err != nil {
		return err
	}
	sealed, err := w.seal(minutes)
	if err != nil {
		return err
	}
	bytes, err := json.Marshal(sealed)
	if err != nil {
		return err
	}
	if m.Minutes, err = w.Evidence().Add(bytes); err != nil {
		return err
	}
	m.Head, err = w.Journal().Head()
	return err
}
