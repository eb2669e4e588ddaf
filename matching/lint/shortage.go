package lint

import "slices"

// A shortage is a set of seekers who can only go to some rooms, and are more than
// these can take: not all of them can be placed (Hall's theorem).
type shortage struct{ seekers, rooms []int }

// shortages gives seekers to the rooms that each may have (adjacent), each room no more
// than its capacity, as many as possible. It returns, in connected parts, the unplaced and all whom they
// compete with, and the rooms of all of these. Every seeker may have some room. Work is at
// most so many steps; when they run out there is no answer. It is Kuhn's method of
// augmenting paths.
func shortages(adjacent [][]int, capacity []int, work int) []shortage {
	m := &matcher{
		adjacent: adjacent, capacity: capacity, holds: make([][]int, len(capacity)), seenBy: make([]int, len(capacity)), work: work,
	}
	var unplaced []int
	for i := range adjacent {
		m.turn++
		if !m.place(i) {
			unplaced = append(unplaced, i)
		}
		if m.work < 0 {
			return nil
		}
	}
	return m.parts(m.competing(unplaced))
}

type matcher struct {
	adjacent [][]int
	capacity []int
	holds    [][]int // by room: its seekers
	seenBy   []int   // by room: the last turn that looked at it
	turn     int
	work     int
}

// place finds room for a seeker, moving others on where that helps.
func (m *matcher) place(i int) bool {
	for _, room := range m.adjacent[i] {
		if m.work--; m.work < 0 {
			return false
		}
		if m.seenBy[room] == m.turn {
			continue
		}
		m.seenBy[room] = m.turn
		if len(m.holds[room]) < m.capacity[room] {
			m.holds[room] = append(m.holds[room], i)
			return true
		}
		for n, other := range m.holds[room] {
			if m.place(other) {
				m.holds[room][n] = i
				return true
			}
		}
	}
	return false
}

// competing are the unplaced, who is in the rooms that they could have, who in the
// rooms that these could have, and so on. All these rooms are full.
func (m *matcher) competing(unplaced []int) []int {
	seekers := slices.Clone(unplaced)
	m.turn++
	for n := 0; n < len(seekers); n++ {
		for _, room := range m.adjacent[seekers[n]] {
			if m.seenBy[room] != m.turn {
				m.seenBy[room] = m.turn
				seekers = append(seekers, m.holds[room]...)
			}
		}
	}
	return seekers
}

// parts splits seekers into those whom rooms connect. Each part has an unplaced one:
// whoever is placed was reached from one.
func (m *matcher) parts(seekers []int) []shortage {
	slices.Sort(seekers)
	top := make([]int, len(m.capacity)) // each room leads to the first of its part
	for room := range top {
		top[room] = room
	}
	find := func(room int) int {
		for top[room] != room {
			room = top[room]
		}
		return room
	}
	for _, i := range seekers {
		for _, room := range m.adjacent[i] {
			a, b := find(m.adjacent[i][0]), find(room)
			top[max(a, b)] = min(a, b)
		}
	}
	at := map[int]int{}
	var out []shortage
	for _, i := range seekers {
		first := find(m.adjacent[i][0])
		n, known := at[first]
		if !known {
			n = len(out)
			at[first] = n
			out = append(out, shortage{})
		}
		out[n].seekers = append(out[n].seekers, i)
		out[n].rooms = append(out[n].rooms, m.adjacent[i]...)
	}
	for i := range out {
		out[i].rooms = sorted(out[i].rooms)
	}
	return out
}
