package solve

import "slices"

// force takes options for good: what they use is gone, what they exclude is barred.
func (m *model) force(forced []int32) bool {
	m.slack = make([]int64, m.Rooms)
	if len(forced) == 0 {
		return true
	}
	s := newState(m)
	taken := make([]bool, m.Items)
	for _, o := range forced {
		if slices.Contains(m.forced, o) {
			continue
		}
		if m.barred[o] || taken[m.Options[o].Item] || !s.fitsOption(o) {
			return false
		}
		m.given += s.takeOption(o)
		m.forced, taken[m.Options[o].Item] = append(m.forced, o), true
	}
	for _, o := range m.forced {
		for other := m.first[m.Options[o].Item]; other < m.first[m.Options[o].Item+1]; other++ {
			m.barred[other] = true
		}
	}
	for o := range m.Options {
		m.barred[o] = m.barred[o] || !s.fitsOption(int32(o))
	}
	for r := range m.rows {
		m.rows[r].Capacity -= s.used[r]
	}
	m.promise(s)
	return true
}

// promise finds what the company of those who are forced may yet be worth more.
func (m *model) promise(s *state) {
	more := make(map[int32][]int32)
	for p := range m.part {
		if r := m.part[p].Room; m.companies && r >= 0 && !m.barred[m.option[p]] && len(s.seats[r]) > 0 {
			more[r] = append(more[r], m.part[p].Seat)
		}
	}
	for r := range m.slack {
		if m.companies && len(s.seats[r]) > 0 {
			m.slack[r] = m.Company.Ceiling(int32(r), s.seats[r], more[int32(r)]) - s.worth[r]
		}
	}
}
