package matching

import (
	"fmt"
	"slices"

	"example.org/backontrack/matching/calendar"
)

// A markBuilder turns separations (R4 to R8) into marks. A mark says that someone of a
// class is at a place at a moment; marks of classes that must be apart are rivals.
type markBuilder struct {
	m      *planModel
	kinds  []int32 // by pupil: equal where all classes are
	rivals [][]int32
	most   []int32
	lists  [][]int32
	known  map[markKey]int32
	scopes []scopeMarks      // by separation, and a day until which it holds
	zones  map[int32][]int32 // the groups that have pupils in a zone
}

// A scopeMarks holds the marks of one separation. Named pairs hold until a day; those of
// one day are together.
type scopeMarks struct {
	separation Separation
	until      calendar.Date
	class      []int32   // by pupil, -1: kept apart from no one on the agenda
	apart      [][]int32 // by class: those it must be apart from
	places     map[int32]*placeMarks
}

// placeMarks are the presences at one place, who of what class may have them, and, by presence, the
// moments that it meets.
type placeMarks struct {
	presences []presence
	index     map[presence]int32
	classes   []int32 // sorted
	meets     [][]int32
	first     int32 // mark, of the first moment and class
}

type markKey struct {
	group, pattern, kind int32
	from, to, settled    calendar.Date
}

func newMarkBuilder(m *planModel) *markBuilder {
	b := &markBuilder{m: m, known: map[markKey]int32{}, zones: map[int32][]int32{}}
	for i := range m.e.groups {
		g := &m.e.groups[i]
		b.zones[g.zone] = append(b.zones[g.zone], int32(i))
		if g.newDays > 0 && g.newZone != g.zone {
			b.zones[g.newZone] = append(b.zones[g.newZone], int32(i))
		}
	}
	pupils := b.agenda()
	for _, separation := range m.e.separate {
		if !m.e.waived[separation.Code()] {
			b.classify(separation, pupils)
		}
	}
	b.kind(pupils)
	for i := range b.scopes {
		b.gather(&b.scopes[i])
		b.lay(&b.scopes[i])
	}
	return b
}

// agenda are the pupils who have options, by their order in the snapshot.
func (b *markBuilder) agenda() []int32 {
	var pupils []int32
	for i := range b.m.options {
		pupils = append(pupils, b.m.options[i].stays[0].pupil)
	}
	return sorted(pupils)
}

// classify finds the classes of a separation, and which must be apart until when.
func (b *markBuilder) classify(separation Separation, pupils []int32) {
	all := b.m.e.snapshot.Pupils
	class, numbers := map[int32]int{}, map[string]int{}
	var first, second []*Pupil // of each class; second nil if it has one pupil
	for _, i := range pupils {
		key := alike(separation, &all[i])
		n, seen := numbers[key]
		if !seen {
			n = len(first)
			numbers[key] = n
			first, second = append(first, &all[i]), append(second, nil)
		} else if second[n] == nil {
			second[n] = &all[i]
		}
		class[i] = n
	}
	own, _ := separation.(interface{ concerns(*Pupil) bool })
	byDay := map[calendar.Date][][2]int32{}
	for i := range first {
		if own != nil && !own.concerns(first[i]) {
			continue
		}
		for j := i; j < len(first); j++ {
			other := first[j]
			if i == j {
				other = second[i]
			}
			if other == nil {
				continue
			}
			if verdict, until := separation.Apart(first[i], other); verdict != Passes && verdict != Unchecked {
				byDay[until] = append(byDay[until], [2]int32{int32(i), int32(j)})
			}
		}
	}
	for _, until := range sortedKeys(byDay) {
		b.scope(separation, until, byDay[until], class, len(first))
	}
}

func (b *markBuilder) scope(separation Separation, until calendar.Date, pairs [][2]int32, class map[int32]int, classes int) {
	s := scopeMarks{separation: separation, until: until, places: map[int32]*placeMarks{}, apart: make([][]int32, classes)}
	for _, p := range pairs {
		s.apart[p[0]] = append(s.apart[p[0]], p[1])
		if p[0] != p[1] {
			s.apart[p[1]] = append(s.apart[p[1]], p[0])
		}
	}
	s.class = make([]int32, len(b.m.e.pupils))
	for i := range s.class {
		s.class[i] = -1
		if n, ok := class[int32(i)]; ok && len(s.apart[n]) > 0 {
			s.class[i] = int32(n)
		}
	}
	b.scopes = append(b.scopes, s)
}

// kind numbers the pupils by their classes.
func (b *markBuilder) kind(pupils []int32) {
	b.kinds = make([]int32, len(b.m.e.pupils))
	numbers := map[string]int32{}
	for _, i := range pupils {
		classes := make([]int32, len(b.scopes))
		for n := range b.scopes {
			classes[n] = b.scopes[n].class[i]
		}
		key := fmt.Sprint(classes)
		n, seen := numbers[key]
		if !seen {
			n = int32(len(numbers))
			numbers[key] = n
		}
		b.kinds[i] = n
	}
}

// presences calls each with where a stay puts its pupil, at a scope.
func (b *markBuilder) presences(s *planStay, scope Scope, until calendar.Date, each func(presence)) {
	to := s.to
	if until != 0 {
		to = min(to, until)
	}
	call := func(place int32, from, to calendar.Date) {
		if from <= to {
			each(presence{place, s.mask, from, to})
		}
	}
	g := &b.m.e.groups[s.group]
	switch {
	case scope == OnSite:
		call(g.site, s.from, to)
	case scope == InGroup:
		call(s.group, s.settled, to)
	case g.newDays > 0:
		call(g.newZone, s.from, min(to, s.settled-1))
		call(g.zone, s.settled, to)
	default:
		call(g.zone, s.from, to)
	}
}

// gather lists the presences of each place, and the classes that can be there.
func (b *markBuilder) gather(s *scopeMarks) {
	for i := range b.m.options {
		for j := range b.m.options[i].stays {
			stay := &b.m.options[i].stays[j]
			class := s.class[stay.pupil]
			if class < 0 {
				continue
			}
			b.presences(stay, s.separation.Scope(), s.until, func(p presence) {
				place := s.places[p.place]
				if place == nil {
					place = &placeMarks{index: map[presence]int32{}}
					s.places[p.place] = place
				}
				if _, seen := place.index[p]; !seen {
					place.index[p] = int32(len(place.presences))
					place.presences = append(place.presences, p)
				}
				if at, found := slices.BinarySearch(place.classes, class); !found {
					place.classes = slices.Insert(place.classes, at, class)
				}
			})
		}
	}
}

// lay makes the marks of each place: one for each moment and class.
func (b *markBuilder) lay(s *scopeMarks) {
	for _, n := range sortedKeys(s.places) {
		place := s.places[n]
		moments := b.m.e.meetings(place.presences)
		place.first = int32(len(b.rivals))
		place.meets = make([][]int32, len(place.presences))
		for k := range moments {
			for i := range place.presences {
				if moments[k].covers.has(i) {
					place.meets[i] = append(place.meets[i], int32(k))
				}
			}
			base := int32(len(b.rivals))
			for _, class := range place.classes {
				var rivals []int32
				for _, other := range s.apart[class] {
					if at, found := slices.BinarySearch(place.classes, other); found {
						rivals = append(rivals, base+int32(at))
					}
				}
				slices.Sort(rivals)
				b.rivals = append(b.rivals, rivals)
				b.most = append(b.most, b.mostAt(s.separation.Scope(), n, &moments[k]))
			}
		}
	}
}

// mostAt bounds how many pupils can be at a place at a moment: as many as its groups have places left for.
func (b *markBuilder) mostAt(scope Scope, place int32, m *moment) int32 {
	sum := int64(0)
	for _, n := range b.groupsAt(scope, place) {
		g := &b.m.e.groups[n]
		if !g.group.Timetable.Has(m.session) {
			continue
		}
		left := int64(mostTogether)
		if g.places >= 0 {
			p := &b.m.e.pools[g.places]
			if capacity := p.capacity.at(m.session, m.occurrence); capacity != unlimited {
				left = max(capacity-p.used[m.session][m.occurrence], 0)
			}
		}
		sum += left
	}
	return int32(min(sum, mostTogether))
}

// mostTogether is taken for the most pupils of one class at a place where nothing limits them.
const mostTogether = 64

func (b *markBuilder) groupsAt(scope Scope, place int32) []int32 {
	switch scope {
	case OnSite:
		return b.m.e.sites[place].groups
	case InGroup:
		return []int32{place}
	case InZone:
	}
	return b.zones[place]
}

// marks is the list of what a stay marks, which stays that are alike share.
func (b *markBuilder) marks(s *planStay) int32 {
	key := markKey{s.group, s.pattern, b.kinds[s.pupil], s.from, s.to, s.settled}
	if n, ok := b.known[key]; ok {
		return n
	}
	var list []int32
	for i := range b.scopes {
		scope := &b.scopes[i]
		class := scope.class[s.pupil]
		if class < 0 {
			continue
		}
		b.presences(s, scope.separation.Scope(), scope.until, func(p presence) {
			place := scope.places[p.place]
			at, _ := slices.BinarySearch(place.classes, class)
			for _, k := range place.meets[place.index[p]] {
				list = append(list, place.first+k*int32(len(place.classes))+int32(at))
			}
		})
	}
	n := int32(len(b.lists))
	b.lists, b.known[key] = append(b.lists, list), n
	return n
}
