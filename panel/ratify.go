package panel

import (
	"context"

	"example.org/backontrack/panel/audit"
)

// Ratify writes down what an open meeting says of a chair's action: that it stands as
// the panel's own, or that it does not, and why. It undoes nothing: where the panel
// would have decided otherwise, it decides again.
//
// Errors: Conflict, when the decision was taken in a meeting, or one has spoken about it.
func (s *Service) Ratify(ctx context.Context, meeting MeetingID, decision DecisionID, ratified bool, text string) (Ratification, error) {
	return do(ctx, s, NounDecision, VerbRatify, func(w *work) (Ratification, error) {
		var none Ratification
		m, err := w.Meetings().Get(meeting)
		if err != nil {
			return none, w.away(err)
		}
		d, r, err := w.decided(decision, &m)
		if err != nil {
			return none, err
		}
		if err := m.mustBe(Open); err != nil {
			return none, err
		}
		interests, err := interestsOf(w.Tx, m, r, d.Stays)
		if err != nil {
			return none, err
		}
		if err := w.presiding(&m, interests...); err != nil {
			return none, err
		}
		if err := w.awaitsRatification(d); err != nil {
			return none, err
		}
		least := LeastReason
		if ratified && text == "" {
			least = 0
		}
		if err := textFault(text, least, "the ratification cannot be written down like this"); err != nil {
			return none, err
		}
		pupils, err := w.pseudonyms(r)
		if err != nil {
			return none, err
		}
		said := "yes"
		if !ratified {
			said = "no"
		}
		w.note(VerbRatify, NounDecision, string(d.ID), pupils,
			audit.Pair{Key: "meeting", Value: string(m.ID)}, audit.Pair{Key: "ratified", Value: said})
		made := Ratification{
			ID: RatificationID(w.id()), Decision: d.ID, Meeting: m.ID, Ratified: ratified, Text: text, By: w.person.ID, At: w.Now(),
		}
		if err := w.Ratifications().Add(&made); err != nil {
			return none, err
		}
		return made, w.Meetings().Put(&m) // so that nobody closes the meeting, and signs its minutes, without it
	})
}

// decided finds a decision and its referral, and checks that the caller may, in the
// meeting, do the verb of this transaction to it.
func (w *work) decided(id DecisionID, m *Meeting) (Decision, Referral, error) {
	d, err := w.Decisions().Get(id)
	if err != nil {
		return d, Referral{}, w.away(err)
	}
	r, err := w.Referrals().Get(d.Referral)
	if err != nil {
		return d, r, err
	}
	return d, r, w.may(about{referral: &r, school: r.School, meeting: m})
}

func (w *work) awaitsRatification(d Decision) error {
	if d.Meeting != "" || d.Recorded {
		return Errorf(Conflict, "the decision was taken in a meeting, or before the panel kept its records here, and needs no ratification")
	}
	spoken, err := gather(w.Ratifications().List(Is(ByDecision, d.ID)))
	if err != nil {
		return err
	}
	if len(spoken) > 0 {
		return Errorf(Conflict, "a meeting has spoken about the decision")
	}
	return nil
}

// unratified are the chair's actions that no meeting has spoken about, oldest first. What
// was decided before the panel kept its records here is nobody's action.
func unratified(tx Tx) ([]Decision, error) {
	spoken := map[DecisionID]bool{}
	for r, err := range tx.Ratifications().List() {
		if err != nil {
			return nil, err
		}
		spoken[r.Decision] = true
	}
	var list []Decision
	for d, err := range tx.Decisions().List() {
		if err != nil {
			return nil, err
		}
		if d.Meeting == "" && !d.Recorded && !spoken[d.ID] {
			list = append(list, d)
		}
	}
	return list, nil
}

// Unratified are the chair's actions that no meeting has spoken about, oldest first, and
// of those the ones that the caller may see: the officer all, those who sit in a meeting
// that is planned or open all but where they have an interest, and a chair their own.
func (s *Service) Unratified(ctx context.Context) ([]Decision, error) {
	return read(ctx, s, NounDecision, VerbList, func(w *work) ([]Decision, error) {
		if err := w.mayList(); err != nil {
			return nil, err
		}
		next, err := w.myMeetings()
		if err != nil {
			return nil, err
		}
		all, err := unratified(w.Tx)
		if err != nil {
			return nil, err
		}
		var list []Decision
		var referrals []Referral
		for _, d := range all {
			r, err := w.Referrals().Get(d.Referral)
			if err != nil {
				return nil, err
			}
			visible, err := w.seesAction(&d, &r, next)
			if err != nil {
				return nil, err
			}
			if visible {
				list, referrals = append(list, d), append(referrals, r)
			}
		}
		if len(list) == 0 {
			return nil, nil
		}
		pupils, err := w.pseudonyms(referrals...)
		if err != nil {
			return nil, err
		}
		w.note(VerbList, NounDecision, "", pupils)
		return list, nil
	})
}

// myMeetings are the meetings before the caller that may still ratify something.
func (w *work) myMeetings() ([]Meeting, error) {
	var list []Meeting
	for m, err := range w.Meetings().List(Is(ByState, Planned, Open)) {
		if err != nil {
			return nil, err
		}
		if m.seats(w.person.ID) {
			list = append(list, m)
		}
	}
	return list, nil
}

func (w *work) seesAction(d *Decision, r *Referral, meetings []Meeting) (bool, error) {
	if d.By == w.person.ID {
		return true, nil
	}
	views := []about{{referral: r, school: r.School}}
	for i := range meetings {
		views = append(views, about{referral: r, school: r.School, meeting: &meetings[i]})
	}
	for _, a := range views {
		err := w.may(a)
		if err == nil {
			return true, nil
		}
		if KindOf(err) != NotFound {
			return false, err
		}
	}
	return false, nil
}
