package panel

import (
	"context"
	"slices"

	"example.org/backontrack/matching"
)

// Lean notes what an open meeting leans to for a referral: from now on the others are
// ranked as if it were decided. No stays take the leaning back. It promises nothing, and
// the rules are run again when the decision is written.
func (s *Service) Lean(ctx context.Context, meeting MeetingID, referral ReferralID, stays []matching.Stay) (Tentative, error) {
	return do(ctx, s, NounMeeting, VerbLean, func(w *work) (Tentative, error) {
		q, err := w.question(meeting, referral)
		if err != nil {
			return Tentative{}, err
		}
		if q.meeting == nil || q.meeting.State != Open {
			return Tentative{}, Errorf(WrongState, "tentative choices are made in an open meeting")
		}
		if q.referral.State != OnAgenda {
			return Tentative{}, &Error{Kind: AlreadyDecided, Detail: "the referral is decided", State: q.referral.State}
		}
		id := tentativeID(meeting, referral)
		w.note(VerbLean, NounMeeting, string(meeting), []Pseudonym{q.pupil.Pseudonym})
		if len(stays) == 0 {
			return Tentative{}, w.forget(id)
		}
		if _, err := w.verdict(q, stays); err != nil {
			return Tentative{}, err // a group or a pattern that is not there
		}
		t, err := w.Tentatives().Get(id)
		if err != nil && KindOf(err) != NotFound {
			return t, err
		}
		known := err == nil
		t.ID, t.Meeting, t.Referral, t.Pupil = id, meeting, referral, q.referral.Pupil
		t.Stays, t.By, t.At = slices.Clone(stays), w.person.ID, w.Now()
		if known {
			return t, w.Tentatives().Put(&t)
		}
		return t, w.Tentatives().Add(&t)
	})
}

// tentativeID is the one that a meeting and a referral have.
func tentativeID(m MeetingID, r ReferralID) TentativeID {
	return TentativeID(string(m) + "." + string(r))
}

// forget takes a tentative choice away, if there is one.
func (w *work) forget(id TentativeID) error {
	err := w.Tentatives().Delete(id)
	if KindOf(err) == NotFound {
		return nil
	}
	return err
}
