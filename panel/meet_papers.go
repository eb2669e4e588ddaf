package panel

import (
	"slices"

	"example.org/backontrack/panel/audit"
)

// before are the referrals that are before the meeting and not decided, in the order of
// the agenda: without those that were withdrawn or erased.
func (w *work) before(m *Meeting) ([]Referral, error) {
	var list []Referral
	for _, id := range m.Agenda {
		r, err := w.Referrals().Get(id)
		if KindOf(err) == NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		if r.State == OnAgenda && r.Meeting == m.ID {
			list = append(list, r)
		}
	}
	return list, nil
}

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
	open, err := w.before(m)
	if err != nil {
		return err
	}
	for _, r := range open {
		digest, err := paperDigest(w.Tx, &r)
		if err != nil {
			return err
		}
		if seen, ok := m.paper(r.ID); ok && seen.Digest == digest {
			continue
		}
		m.Papers = append(m.Papers, Paper{Referral: r.ID, Digest: digest, Frozen: w.Now(), Late: true})
	}
	return nil
}

// noteLate tells the journal of the papers that were marked late since there were so many.
func (w *work) noteLate(m *Meeting, before int) {
	for _, p := range m.Papers[before:] {
		w.note(VerbNote, NounMeeting, string(m.ID), nil,
			audit.Pair{Key: "late_paper", Value: string(p.Referral)}, audit.Pair{Key: "digest", Value: string(p.Digest)})
	}
}
