package panel

import (
	"cmp"
	"context"
	"slices"

	"example.org/backontrack/matching/calendar"
)

// Meeting is one meeting. While it is open, papers that changed since it opened are
// marked late. Of an item in which the caller has an interest there are no papers, and
// what others' interests are is for those who keep the record.
func (s *Service) Meeting(ctx context.Context, id MeetingID) (Meeting, error) {
	return read(ctx, s, NounMeeting, VerbRead, func(w *work) (Meeting, error) {
		m, err := w.sitting(id)
		if err != nil {
			return m, err
		}
		if m.State == Open {
			if err := w.markLate(&m); err != nil {
				return m, err
			}
		}
		pupils, err := w.pupilsBefore(&m)
		if err != nil {
			return m, err
		}
		if len(pupils) > 0 {
			w.noteMany(VerbRead, NounMeeting, string(id), pupils)
		}
		return w.seen(&m), nil
	})
}

// seen is the meeting without what the caller may not see of it: of an item in which the
// caller has an interest the papers, and of others' interests the words.
func (w *work) seen(m *Meeting) Meeting {
	seen := *m
	seen.Papers = slices.DeleteFunc(slices.Clone(m.Papers), func(p Paper) bool { return m.recused(w.person.ID, p.Referral) })
	seen.Interests = slices.Clone(m.Interests)
	for i, in := range seen.Interests {
		if !w.hearsInterest(m, in.Person, in.Referral) {
			seen.Interests[i].Text = ""
		}
	}
	return seen
}

// hearsInterest tells whether the caller may read what somebody's interest in a referral
// is: their own, or as one who keeps the record, looks after it, or presides without an
// interest in the same. It may say more of the pupil than the papers do.
func (w *work) hearsInterest(m *Meeting, person PersonID, referral ReferralID) bool {
	me := w.person.ID
	presides := (me == m.Chair || me == m.Deputy) && !m.recused(me, referral)
	return person == me || presides || w.as(RoleCoordinator, RoleAuditor) != ""
}

// keepMeeting stores the meeting, and is what the caller may see of it.
func (w *work) keepMeeting(m *Meeting) (Meeting, error) {
	if err := w.Meetings().Put(m); err != nil {
		return Meeting{}, err
	}
	return w.seen(m), nil
}

// pupilsBefore are the pupils of the agenda, but for those in whom the caller has an interest.
func (w *work) pupilsBefore(m *Meeting) ([]Pseudonym, error) {
	var list []Referral
	for _, id := range m.Agenda {
		if m.recused(w.person.ID, id) {
			continue
		}
		r, err := w.Referrals().Get(id)
		if KindOf(err) == NotFound {
			continue // erased
		}
		if err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return w.pseudonyms(list...)
}

// Meetings are the meetings from one day to another that the caller may see, in the
// order of their dates. A zero day does not narrow.
func (s *Service) Meetings(ctx context.Context, from, to calendar.Date) ([]Meeting, error) {
	return read(ctx, s, NounMeeting, VerbList, func(w *work) ([]Meeting, error) {
		if err := w.mayList(); err != nil {
			return nil, err
		}
		var narrow []Where
		if from != 0 {
			narrow = append(narrow, From(ByFirstDay, from.String()))
		}
		if to != 0 {
			narrow = append(narrow, Until(ByLastDay, to.String()))
		}
		var list []Meeting
		var pupils []Pseudonym
		for m, err := range w.Meetings().List(narrow...) {
			if err != nil {
				return nil, err
			}
			err = w.may(about{meeting: &m})
			if KindOf(err) == NotFound {
				continue
			}
			if err != nil {
				return nil, err
			}
			before, err := w.pupilsBefore(&m)
			if err != nil {
				return nil, err
			}
			list, pupils = append(list, w.seen(&m)), append(pupils, before...)
		}
		if len(pupils) > 0 {
			w.noteMany(VerbList, NounMeeting, "", pupils)
		}
		slices.SortFunc(list, func(a, b Meeting) int { return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.ID, b.ID)) })
		return list, nil
	})
}

// mayList returns nil when some role of the caller may list nouns of this kind, if only
// their own: an empty list is then an answer.
func (w *work) mayList() error {
	if err := w.may(about{}); KindOf(err) != NotFound {
		return err
	}
	return nil
}
