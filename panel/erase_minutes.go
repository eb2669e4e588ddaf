package panel

import (
	"encoding/json"
	"slices"

	"example.org/backontrack/panel/audit"
)

// forgetMinutes takes the words about a pupil's referrals out of signed minutes: what
// was decided, by whom and when stays, with the codes. The minutes that go on have
// another digest, which the journal ties to the erasure.
func (w *work) forgetMinutes(e *Erasure, pupil Pseudonym) error {
	of := map[ReferralID]bool{}
	for r, err := range w.Referrals().List(Is(ByPupil, e.Pupil)) {
		if err != nil {
			return err
		}
		of[r.ID] = true
	}
	meetings, err := gather(w.Meetings().List(Is(ByState, Closed)))
	if err != nil {
		return err
	}
	for i := range meetings {
		m := &meetings[i]
		minutes, err := signedMinutes(w.Tx, m)
		if err != nil {
			return err
		}
		if !minutes.forget(of) {
			continue
		}
		bytes, err := json.Marshal(minutes)
		if err != nil {
			return err
		}
		if m.Minutes, err = w.Evidence().Add(bytes); err != nil {
			return err
		}
		if err := w.Meetings().Put(m); err != nil {
			return err
		}
		w.note(VerbErase, NounMeeting, string(m.ID), []Pseudonym{pupil},
			audit.Pair{Key: "erasure", Value: string(e.ID)}, audit.Pair{Key: "minutes", Value: string(m.Minutes)})
	}
	return nil
}

// forget takes the words about referrals out, and tells whether there were any such.
func (m *Minutes) forget(of map[ReferralID]bool) bool {
	found := false
	m.Items, m.Ratified = slices.Clone(m.Items), slices.Clone(m.Ratified)
	for i, item := range m.Items {
		if !of[item.Referral] {
			continue
		}
		found = true
		bare := MinutesItem{Number: item.Number, Referral: item.Referral}
		for _, d := range item.Decisions {
			bare.Decisions = append(bare.Decisions, MinutesDecision{
				ID: d.ID, Outcome: d.Outcome, Reason: Reason{Code: d.Reason.Code}, Rank: d.Rank, Of: d.Of, Departs: d.Departs,
				Recused: d.Recused, By: d.By, Role: d.Role, At: d.At, Engine: d.Engine, Supersedes: d.Supersedes,
			})
		}
		m.Items[i] = bare
	}
	for i := range m.Ratified {
		if of[m.Ratified[i].Referral] {
			found, m.Ratified[i].Text = true, ""
		}
	}
	return found
}
