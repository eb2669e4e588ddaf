package panel

import (
	"cmp"
	"context"
	"slices"

	"example.org/backontrack/matching/calendar"
)

// Meeting is one meeting. While it is open, papers that changed since it opened are
// marked late. Of an item in which the caller has an interest there are no papers.
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
		return m.seenBy(w.person.ID), nil
	})
}

// seenBy is the meeting without what a person may not see of it.
func (m *Meeting) seenBy(p PersonID) Meeting {
	seen := *m
	seen.Papers = slices.DeleteFunc(slices.Clone(m.Papers), func(paper Paper) bool { return m.recused(p, paper.Referral) })
	return seen
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
			list = append(list, m.seenBy(w.person.ID))
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
