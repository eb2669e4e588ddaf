package panel

import (
	"context"
	"fmt"
	"slices"

	"example.org/backontrack/panel/audit"
)

// mostAgenda is how many referrals one meeting may have before it.
const mostAgenda = 500

// SetAgenda says which referrals are before a planned meeting, in the order of business.
// Those that are new on it are scheduled, those that are no longer on it are ready again.
// A referral is on one agenda only: one that is on another is a fault.
func (s *Service) SetAgenda(ctx context.Context, id MeetingID, version int, agenda []ReferralID) (Meeting, error) {
	return do(ctx, s, NounMeeting, VerbEdit, func(w *work) (Meeting, error) {
		m, err := w.plannedMeeting(id, version)
		if err != nil {
			return m, err
		}
		dropped := slices.DeleteFunc(slices.Clone(m.Agenda), func(r ReferralID) bool { return slices.Contains(agenda, r) })
		added, err := w.checkAgenda(&m, agenda)
		if err != nil {
			return m, err
		}
		for i := range added {
			if err := w.schedule(&m, &added[i]); err != nil {
				return m, err
			}
		}
		for _, r := range dropped {
			if err := w.unschedule(&m, r); err != nil {
				return m, err
			}
		}
		m.Agenda = slices.Clone(agenda)
		m.Interests = slices.DeleteFunc(m.Interests, func(i Interest) bool { return !slices.Contains(agenda, i.Referral) })
		if err := w.findAllInterests(&m); err != nil {
			return m, err
		}
		w.note(VerbEdit, NounMeeting, string(id), nil, audit.Pair{Key: "agenda", Value: fmt.Sprint(len(agenda))})
		return w.keepMeeting(&m)
	})
}

// findAllInterests finds who must not see the papers of what is before the meeting.
func (w *work) findAllInterests(m *Meeting) error {
	before, err := w.before(m)
	if err != nil {
		return err
	}
	return w.findInterests(m, before)
}

// checkAgenda returns the referrals that come to the agenda, or everything that is wrong with it.
func (w *work) checkAgenda(m *Meeting, agenda []ReferralID) ([]Referral, error) {
	var f faults
	var added []Referral
	if len(agenda) > mostAgenda {
		f.add("/agenda", "range", "at most %d referrals", mostAgenda)
		return nil, f.err("the agenda is too long")
	}
	for i, id := range agenda {
		at := pointer("agenda", i)
		if slices.Contains(agenda[:i], id) {
			f.add(at, "twice", "each referral once")
			continue
		}
		if slices.Contains(m.Agenda, id) {
			continue
		}
		r, err := w.Referrals().Get(id)
		if KindOf(err) == NotFound {
			f.add(at, "unknown", "the id of a referral")
			continue
		}
		if err != nil {
			return nil, err
		}
		if _, err := step(NounReferral, r.State, VerbSchedule); err != nil {
			f.add(at, "state", "a referral that is ready, waiting or deferred, and on no other agenda")
			continue
		}
		added = append(added, r)
	}
	if len(f.list) == 0 {
		return added, nil
	}
	if err := w.mayDo(NounReferral, VerbSchedule, about{}); err != nil {
		return nil, err // what is not there is for those to know who may put it there
	}
	return nil, f.err("the agenda cannot be like this")
}

// schedule puts a referral before the meeting.
func (w *work) schedule(m *Meeting, r *Referral) error {
	if err := w.mayDo(NounReferral, VerbSchedule, about{referral: r, school: r.School}); err != nil {
		return err
	}
	var err error
	if r.State, err = step(NounReferral, r.State, VerbSchedule); err != nil {
		return err
	}
	r.Meeting = m.ID
	pupils, err := w.pseudonyms(*r)
	if err != nil {
		return err
	}
	w.note(VerbSchedule, NounReferral, string(r.ID), pupils, audit.Pair{Key: "meeting", Value: string(m.ID)})
	return w.Referrals().Put(r)
}

// unschedule takes a referral off the agenda. One that has left it by itself, as a
// withdrawn one has, stays as it is.
func (w *work) unschedule(m *Meeting, id ReferralID) error {
	r, err := w.Referrals().Get(id)
	if KindOf(err) == NotFound {
		return nil // erased
	}
	if err != nil {
		return err
	}
	if err := w.mayDo(NounReferral, VerbUnschedule, about{referral: &r, school: r.School}); err != nil {
		return err
	}
	if r.State != OnAgenda || r.Meeting != m.ID {
		return nil
	}
	if r.State, err = step(NounReferral, r.State, VerbUnschedule); err != nil {
		return err
	}
	r.Meeting = ""
	pupils, err := w.pseudonyms(r)
	if err != nil {
		return err
	}
	w.note(VerbUnschedule, NounReferral, string(id), pupils, audit.Pair{Key: "meeting", Value: string(m.ID)})
	return w.Referrals().Put(&r)
}

// AddLate puts a referral before a meeting that is open already. Its paper is marked late.
func (s *Service) AddLate(ctx context.Context, id MeetingID, referral ReferralID) (Meeting, error) {
	return do(ctx, s, NounReferral, VerbSchedule, func(w *work) (Meeting, error) {
		var none Meeting
		r, err := w.Referrals().Get(referral)
		if err != nil {
			return none, w.away(err)
		}
		if err := w.may(about{referral: &r, school: r.School}); err != nil {
			return none, err
		}
		m, err := w.Meetings().Get(id)
		if err != nil {
			return none, absentOr(NounMeeting, err) // whoever may do this sees every meeting
		}
		if err := m.mustBe(Open); err != nil {
			return none, err
		}
		if err := w.schedule(&m, &r); err != nil {
			return none, err
		}
		if !slices.Contains(m.Agenda, r.ID) { // it is, when it was carried back and comes again
			m.Agenda = append(m.Agenda, r.ID)
		}
		if err := w.freeze(&m, r, true); err != nil {
			return none, err
		}
		if err := w.findInterests(&m, []Referral{r}); err != nil {
			return none, err
		}
		return w.keepMeeting(&m)
	})
}

// pseudonyms are what the journal calls the pupils of referrals. A pupil who was erased
// has none.
func (w *work) pseudonyms(referrals ...Referral) ([]Pseudonym, error) {
	var list []Pseudonym
	for _, r := range referrals {
		p, err := livingRecord(w.Tx, r.Pupil)
		if KindOf(err) == NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		list = append(list, p.Pseudonym)
	}
	return list, nil
}
