package panel

import (
	"slices"

	"example.org/backontrack/matching/calendar"
)

// A matter is one thing that a register is about: its entries, oldest first.
type matter []RegisterEntry

// now is the entry that holds: each entry says all that is known of its matter.
func (m matter) now() RegisterEntry { return m[len(m)-1] }

// closed tells whether the matter was laid to rest, and not taken up again. An amendment
// that was written at the same moment takes nothing up.
func (m matter) closed() bool {
	for _, e := range slices.Backward(m) {
		if e.Act != AmendEntry {
			return e.Act == CloseEntry
		}
	}
	return false
}

// holds tells whether the matter counts on a day.
func (m matter) holds(day calendar.Date) bool {
	e := m.now()
	return !m.closed() && (e.Until == 0 || day <= e.Until)
}

// matters folds a register into its matters, in the order in which they were opened.
func matters(tx Tx, kind RegisterKind) ([]matter, error) {
	var all []matter
	place := map[string]int{}
	for e, err := range tx.Register().List(Is(ByKind, kind)) {
		if err != nil {
			return nil, err
		}
		i, known := place[e.Subject]
		if !known {
			i = len(all)
			place[e.Subject] = i
			all = append(all, nil)
		}
		all[i] = append(all[i], e)
	}
	return all, nil
}

// currentKeepApart are the pairs of pupils who are kept apart by name on a day, by what
// is known now: an entry counts for every day, also one before it was written.
func currentKeepApart(tx Tx, day calendar.Date) ([]RegisterEntry, error) {
	return current(tx, KeepApartRegister, day)
}

// currentRivalries are the pairs of areas that are at odds on a day, by what is known now.
func currentRivalries(tx Tx, day calendar.Date) ([]RegisterEntry, error) {
	return current(tx, RivalryRegister, day)
}

func current(tx Tx, kind RegisterKind, day calendar.Date) ([]RegisterEntry, error) {
	all, err := matters(tx, kind)
	if err != nil {
		return nil, err
	}
	var list []RegisterEntry
	for _, m := range slices.DeleteFunc(all, func(m matter) bool { return !m.holds(day) }) {
		list = append(list, m.now())
	}
	return list, nil
}
