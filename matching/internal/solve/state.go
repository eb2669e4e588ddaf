package solve

import "slices"

// A state is what is taken: of rows and pools, of marks, and of rooms.
type state struct {
	m       *model
	used    []int64   // by row
	over    []int64   // by pool: by how much its rows exceed their capacities
	blocked []int32   // by mark: how many rivals are held
	seats   [][]int32 // by room
	parts   [][]int32 // by room, beside seats
	worth   []int64   // by room
	empty   []int64   // by room: with only those who are forced there
}

func newState(m *model) *state {
	s := &state{
		m: m, used: make([]int64, len(m.rows)), over: make([]int64, len(m.Pools)),
		blocked: make([]int32, len(m.rivals)),
	}
	if m.companies {
		s.seats, s.parts, s.worth = make([][]int32, m.Rooms), make([][]int32, m.Rooms), make([]int64, m.Rooms)
	}
	for i := range m.rows {
		if row := &m.rows[i]; row.Pool >= 0 {
			s.over[row.Pool] += max(-row.Capacity, 0)
		}
	}
	for _, o := range m.forced {
		for p := m.at[o]; p < m.at[o+1]; p++ {
			s.enter(p)
		}
	}
	s.empty = slices.Clone(s.worth)
	return s
}

// fits tells whether a part can be taken beside what is taken.
func (s *state) fits(p int32) bool {
	part := &s.m.part[p]
	for _, use := range s.m.uses[part.Uses][:s.m.hard[part.Uses]] {
		row := &s.m.rows[use.Row]
		used := s.used[use.Row] + int64(use.Amount)
		if used <= row.Capacity {
			continue
		}
		if row.Pool < 0 || s.over[row.Pool]+used-max(row.Capacity, s.used[use.Row]) > s.m.Pools[row.Pool] {
			return false
		}
	}
	for _, mark := range s.m.marks[part.Marks] {
		if s.blocked[mark] != 0 {
			return false
		}
	}
	return true
}

// take books a part, or with sign -1 gives it back. The rooms are left alone.
func (s *state) take(p int32, sign int64) {
	part := &s.m.part[p]
	for _, use := range s.m.uses[part.Uses] {
		row := &s.m.rows[use.Row]
		before := s.used[use.Row]
		s.used[use.Row] += sign * int64(use.Amount)
		if row.Pool >= 0 {
			s.over[row.Pool] += max(s.used[use.Row]-row.Capacity, 0) - max(before-row.Capacity, 0)
		}
	}
	for _, mark := range s.m.marks[part.Marks] {
		for _, rival := range s.m.rivals[mark] {
			s.blocked[rival] += int32(sign)
		}
	}
}

// enter seats a part in its room and returns what the room is worth more for it.
func (s *state) enter(p int32) int64 {
	part := &s.m.part[p]
	if s.seats == nil || part.Room < 0 {
		return 0
	}
	r := part.Room
	s.seats[r], s.parts[r] = append(s.seats[r], part.Seat), append(s.parts[r], p)
	before := s.worth[r]
	s.worth[r] = s.m.Company.Value(r, s.seats[r])
	return s.worth[r] - before
}

// back undoes the last enter of a room, which returned worth.
func (s *state) back(p int32, worth int64) {
	part := &s.m.part[p]
	if s.seats == nil || part.Room < 0 {
		return
	}
	r := part.Room
	s.seats[r], s.parts[r] = s.seats[r][:len(s.seats[r])-1], s.parts[r][:len(s.parts[r])-1]
	s.worth[r] -= worth
}

// leave undoes enter, in any order.
func (s *state) leave(p int32) int64 {
	part := &s.m.part[p]
	if s.seats == nil || part.Room < 0 {
		return 0
	}
	r := part.Room
	i := slices.Index(s.parts[r], p)
	s.seats[r], s.parts[r] = slices.Delete(s.seats[r], i, i+1), slices.Delete(s.parts[r], i, i+1)
	before := s.worth[r]
	s.worth[r] = 0
	if len(s.seats[r]) > 0 {
		s.worth[r] = s.m.Company.Value(r, s.seats[r])
	}
	return s.worth[r] - before
}

// fitsOption is fits for all parts of an option.
func (s *state) fitsOption(o int32) bool {
	for p := s.m.at[o]; p < s.m.at[o+1]; p++ {
		if !s.fits(p) {
			return false
		}
		for _, use := range s.m.global[s.m.part[p].Uses] {
			if s.used[use.Row]+int64(use.Amount) > s.m.rows[use.Row].Capacity {
				return false
			}
		}
	}
	return true
}

// takeOption books all parts of an option and returns what it is worth.
func (s *state) takeOption(o int32) int64 {
	worth := s.m.Options[o].Value
	for p := s.m.at[o]; p < s.m.at[o+1]; p++ {
		s.take(p, 1)
		for _, use := range s.m.global[s.m.part[p].Uses] {
			s.used[use.Row] += int64(use.Amount)
		}
		worth += s.enter(p)
	}
	return worth
}

// leaveOption undoes takeOption.
func (s *state) leaveOption(o int32) int64 {
	worth := -s.m.Options[o].Value
	for p := s.m.at[o]; p < s.m.at[o+1]; p++ {
		s.take(p, -1)
		for _, use := range s.m.global[s.m.part[p].Uses] {
			s.used[use.Row] -= int64(use.Amount)
		}
		worth += s.leave(p)
	}
	return worth
}

// A Choice is the option of each item, or -1.
type Choice []int32
