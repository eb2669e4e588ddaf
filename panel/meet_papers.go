package panel

import (
	"slices"

	"example.org/backontrack/panel/audit"
)

// freeze writes down what the papers of a referral are now.
func (w *work) freeze(m *Meeting, r Referral, late bool) error {
	digest, err := paperDigest(w.Tx, &r)
	if err != nil {
		return err
	}
	m.Papers = append(m.Papers, Paper{Referral: r.ID, Digest: digest, Frozen: w.Now(), Late: late})
	return nil
}

// paper is the newest paper of a referral before the meeting. What lay there before it
// stays among the meeting's papers.
func (m *Meeting) paper(id ReferralID) (Paper, bool) {
	for _, p := range slices.Backward(m.Papers) {
		if p.Referral == id {
			return p, true
		}
	}
	return Paper{}, false
}

// markLate looks whether papers of undecided referrals have changed since the meeting
// last saw them, and adds the changed ones as late.
func (w *work) markLate(m *Meeting) error {
	for _, id := range m.Agenda {
		r, err := w.Referrals().Get(id)
		if KindOf(err) == NotFound {
			continue // erased
		}
		if err != nil {
			return err
		}
		if r.State != OnAgenda || r.Meeting != m.ID {
			continue
		}
		digest, err := paperDigest(w.Tx, &r)
		if err != nil {
			return err
		}
		if seen, ok := m.paper(id); ok && seen.Digest == digest {
			continue
		}
		m.Papers = append(m.Papers, Paper{Referral: id, Digest: digest, Frozen: w.Now(), Late: true})
	}
	return nil
}

// notes of papers that were marked late since before.
func (w *work) noteLate(m *Meeting, before int) {
	for _, p := range m.Papers[before:] {
		w.note(VerbNote, NounMeeting, string(m.ID), nil,
			audit.Pair{Key: "late_paper", Value: string(p.Referral)}, audit.Pair{Key: "digest", Value: string(p.Digest)})
	}
}
