package generate

import (
	"slices"

	"example.org/backontrack/matching"
)

// A hood is a neighbourhood: its code is an area of the policy.
type hood struct {
	code      string
	authority int
	at        point
	rivals    []*hood
	sites     [2][]*site // within a primary, and within a secondary, pupil's journey
	pupils    []*pupil   // who live there
}

// newCode is the first code that nobody has yet: an outcode and a letter or two.
func newCode(taken map[string]bool, outcode string) string {
	for i := 0; ; i++ {
		if code := outcode + letter(i); !taken[code] {
			taken[code] = true
			return code
		}
	}
}

// letter counts with letters: A, B, …, Z, AA, AB, …
func letter(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return letter(i/26-1) + letter(i%26)
}

// makeRivals pairs neighbourhoods of one authority that are near each other.
func (m *maker) makeRivals(d draws) {
	var rivals [][]string
	for first := 0; first < len(m.hoods); {
		last := first
		for last < len(m.hoods) && m.hoods[last].authority == m.hoods[first].authority {
			last++
		}
		hoods := m.hoods[first:last]
		for range len(hoods) * rivalriesPerTen / 10 {
			a := pick(d, hoods)
			b := a
			for _, h := range pickSome(d, hoods, 4) { // the nearest of a few
				if h != a && (b == a || a.at.square(h.at) < a.at.square(b.at)) {
					b = h
				}
			}
			if b == a || slices.Contains(a.rivals, b) {
				continue
			}
			a.rivals, b.rivals = append(a.rivals, b), append(b.rivals, a)
			rivals = append(rivals, []string{a.code, b.code})
		}
		first = last
	}
	for i := range m.policy.Separations {
		if m.policy.Separations[i].Code == matching.CodeRivalAreas {
			m.policy.Separations[i].Rivals = rivals
		}
	}
}

// findReach finds for each site the neighbourhoods where every home is near enough.
func (m *maker) findReach() {
	homes := newGrid(len(m.hoods), func(i int) point { return m.hoods[i].at })
	const corner = homeMetres * 1415 / 1000
	for _, s := range m.sites {
		for phase := range s.reach {
			for _, i := range homes.within(s.at, m.reach[phase]-corner) {
				h := m.hoods[i]
				s.reach[phase] = append(s.reach[phase], h)
				h.sites[phase] = append(h.sites[phase], s)
			}
		}
	}
}
