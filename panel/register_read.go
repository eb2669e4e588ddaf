package panel

import (
	"context"
	"slices"
)

// A Matter is one thing that a register is about, with all that was ever said of it.
type Matter struct {
	Current   RegisterEntry
	Closed    bool
	Expired   bool            // it was not closed, and its last day has passed
	ReviewDue bool            // it holds, and the day to look at it again has come
	History   []RegisterEntry // oldest first; the last one is the current
}

// Holds tells whether the matter keeps anybody apart today.
func (m *Matter) Holds() bool { return !m.Closed && !m.Expired }

// Register is a register: its matters in the order in which they were opened, with those
// that are over.
func (s *Service) Register(ctx context.Context, kind RegisterKind) ([]Matter, error) {
	return read(ctx, s, NounRegister, VerbRead, func(w *work) ([]Matter, error) {
		if err := w.may(about{}); err != nil {
			return nil, err
		}
		if kind != KeepApartRegister && kind != RivalryRegister {
			return nil, oneFault("/kind", "unknown", "keep_apart or area_rivalry", "there is no such register")
		}
		all, err := matters(w.Tx, kind)
		if err != nil {
			return nil, err
		}
		var list []Matter
		var concerned []PupilID
		for _, m := range all {
			now := m.now()
			closed, holds := m.closed(), m.holds(w.day)
			list = append(list, Matter{
				Current: now, Closed: closed, Expired: !closed && !holds,
				ReviewDue: holds && now.ReviewOn != 0 && now.ReviewOn <= w.day, History: slices.Clone(m),
			})
			concerned = append(concerned, now.Pupils...)
		}
		if len(concerned) == 0 {
			return list, nil
		}
		pupils, err := w.pseudonymsOf(sortedSet(concerned))
		if err != nil {
			return nil, err
		}
		w.note(VerbRead, NounRegister, string(kind), pupils)
		return list, nil
	})
}
