package matching

import (
	"fmt"
	"slices"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/internal/solve"
)

// A rowBuilder turns what stays use at every moment (R1, R2, R10 and whatever
// resource a program adds) into rows, as few as bind.
type rowBuilder struct {
	m     *planModel
	rows  []solve.Row
	pools []int64
	lists [][]solve.Use

	groups  []groupRows
	kinds   []int32   // by pupil: equal where all that is drawn is
	draws   [][]int64 // by kind and resource; then 1 for a pupil of school age
	several []bool    // by pupil: is several items, which must not clash
	clashes map[int32]clashRows
	index   map[presence]int32      // in its group
	days    map[int32]calendar.Date // of the rows of unregistered groups
	known   map[usesKey]int32
}

// groupRows are the presences of a group's stays and, by presence, the rows they use.
type groupRows struct {
	presences []presence
	pools     [][][]int32 // by pool of the group, by presence
	adults    [][]int32
	fullTime  [][]int32
}

// clashRows keep two stays of one pupil apart.
type clashRows struct {
	presences []presence
	rows      [][]int32
}

type usesKey struct {
	group, presence, kind, pupil int32
	demand                       int64
}

func newRowBuilder(m *planModel) *rowBuilder {
	b := &rowBuilder{m: m, groups: make([]groupRows, len(m.e.groups)), known: map[usesKey]int32{}, days: map[int32]calendar.Date{}, clashes: map[int32]clashRows{}}
	b.collect()
	b.pupils()
	for i := range m.e.pools {
		if !m.e.waived[m.e.poolCode(int32(i))] {
			b.pool(&m.e.pools[i])
		}
	}
	for i := range m.e.sites {
		if !m.e.waived[CodeStaffing] {
			b.staffing(&m.e.sites[i])
		}
	}
	for i := range b.groups {
		if m.e.waived[CodeUnregisteredFullTime] {
			break
		}
		b.unregistered(int32(i))
	}
	return b
}

// collect lists the presences of each group, and of each pupil who is several items.
func (b *rowBuilder) collect() {
	times := make([]int, len(b.m.e.pupils))
	for i := range b.m.e.referrals {
		times[b.m.e.referrals[i].pupil]++
	}
	for _, i := range b.m.movable {
		times[b.m.all.stays[i].pupil]++
	}
	b.several = make([]bool, len(times))
	b.index = map[presence]int32{}
	for i := range b.m.options {
		for j := range b.m.options[i].stays {
			s := &b.m.options[i].stays[j]
			p := presence{s.group, s.mask, s.from, s.to}
			if _, seen := b.index[p]; !seen {
				b.index[p] = int32(len(b.groups[s.group].presences))
				b.groups[s.group].presences = append(b.groups[s.group].presences, p)
			}
			if times[s.pupil] > 1 {
				b.several[s.pupil] = true
				p.place = -1
				c := b.clashes[s.pupil]
				if !slices.Contains(c.presences, p) {
					c.presences = append(c.presences, p)
					b.clashes[s.pupil] = c
				}
			}
		}
	}
	for i := range b.groups {
		b.groups[i].pools = make([][][]int32, len(b.m.e.groups[i].pools))
	}
	for pupil, several := range b.several {
		if several {
			b.clash(int32(pupil))
		}
	}
}

// clash makes the rows of one pupil: one session, one place to be. As with standing placements, it is
// the dates that overlap, whether or not the session takes place then.
func (b *rowBuilder) clash(pupil int32) {
	c := b.clashes[pupil]
	c.rows = make([][]int32, len(c.presences))
	var found []moment
	for s := range calendar.Week.All() {
		for _, first := range c.presences {
			m := moment{session: s, covers: make(cover, (len(c.presences)+63)/64)}
			for i, p := range c.presences {
				if p.mask.Has(s) && p.from <= first.from && first.from <= p.to {
					m.covers.set(i)
				}
			}
			found = keepLargest(found, m)
		}
	}
	for _, moment := range found {
		b.row(1, -1, moment.covers, c.rows)
		b.rows[len(b.rows)-1].Global = true
	}
	b.clashes[pupil] = c
}

// row adds a row, and notes it with the presences that use it.
func (b *rowBuilder) row(capacity int64, pool int32, covers cover, of [][]int32) {
	n := int32(len(b.rows))
	b.rows = append(b.rows, solve.Row{Capacity: capacity, Pool: pool})
	for i := range of {
		if covers.has(i) {
			of[i] = append(of[i], n)
		}
	}
}

// pupils finds who draws alike.
func (b *rowBuilder) pupils() {
	e := b.m.e
	b.kinds = make([]int32, len(e.pupils))
	numbers := map[string]int32{}
	for i := range e.pupils {
		pupil := &e.snapshot.Pupils[i]
		draws := make([]int64, len(e.resources)+1)
		for r := range e.resources {
			if n, known := e.drawn(&pool{resource: int32(r)}, int32(i)); known {
				draws[r] = n
			}
		}
		if ofSchoolAge(pupil, false) {
			draws[len(e.resources)] = 1
		}
		key := fmt.Sprint(draws)
		n, seen := numbers[key]
		if !seen {
			n = int32(len(b.draws))
			numbers[key] = n
			b.draws = append(b.draws, draws)
		}
		b.kinds[i] = n
	}
}

// pool makes the rows of a resource that one or more groups share.
func (b *rowBuilder) pool(p *pool) {
	list, of := b.shared(p.groups)
	if len(list) == 0 {
		return
	}
	rows := make([][]int32, len(list))
	left := func(s calendar.Session, i int) int64 {
		capacity := p.capacity.at(s, i)
		if capacity == unlimited {
			return unlimited
		}
		return max(capacity-p.used[s][i], 0)
	}
	for _, t := range b.m.e.bindings(list, left) {
		b.row(t.left, -1, t.covers, rows)
	}
	for n, g := range p.groups {
		at := slices.IndexFunc(b.m.e.groups[g].pools, func(i int32) bool { return &b.m.e.pools[i] == p })
		b.groups[g].pools[at] = rows[of[n]:of[n+1]]
	}
}

// shared lists the presences of several groups, and where those of each begin.
func (b *rowBuilder) shared(groups []int32) (list []presence, of []int) {
	for _, g := range groups {
		of = append(of, len(list))
		list = append(list, b.groups[g].presences...)
	}
	return list, append(of, len(list))
}

// staffing makes the rows of the adults of a site's groups. Where adults float, what groups need beyond
// their own draws on a pool, moment by moment.
func (b *rowBuilder) staffing(site *siteIndex) {
	list, of := b.shared(site.groups)
	rows := make([][]int32, len(list))
	var floats calendar.Sessions
	for s := range calendar.Week.All() {
		if site.floating.most(s) > 0 || site.topUp[s] != nil && peak(site.topUp[s]) > 0 {
			floats |= calendar.Of(s)
		}
	}
	for n, g := range site.groups {
		group := &b.m.e.groups[g]
		for _, t := range b.m.e.bindings(list[of[n]:of[n+1]], func(s calendar.Session, i int) int64 {
			adults := group.adults.at(s, i)
			if adults == unlimited || floats.Has(s) {
				return unlimited
			}
			return max(adults-group.demand[s][i], 0)
		}) {
			b.row(t.left, -1, t.covers, rows[of[n]:of[n+1]])
		}
	}
	if floats != 0 && len(list) > 0 {
		b.floating(site, floats, list, of, rows)
	}
	for n, g := range site.groups {
		b.groups[g].adults = rows[of[n]:of[n+1]]
	}
}

// floating makes, for each moment at which anything differs, a pool and the rows of all groups.
func (b *rowBuilder) floating(site *siteIndex, floats calendar.Sessions, list []presence, of []int, rows [][]int32) {
	e := b.m.e
	for s := range floats.All() {
		edges := e.edges(s, list, true)
		for n, first := range edges {
			end := e.days.Len(s)
			if n+1 < len(edges) {
				end = edges[n+1]
			}
			covers := e.at(s, first, list)
			if !slices.ContainsFunc(covers, func(w uint64) bool { return w != 0 }) {
				continue
			}
			var known [][]int64
			for i := first; i < end; i++ {
				left := make([]int64, len(site.groups)+1)
				for k, g := range site.groups {
					left[k] = boundless
					group := &e.groups[g]
					if adults := group.adults.at(s, i); adults != unlimited && group.group.Timetable.Has(s) {
						left[k] = adults - group.demand[s][i]
					}
				}
				floating := site.floating.at(s, i)
				left[len(site.groups)] = floating // which may differ, too
				if slices.ContainsFunc(known, func(k []int64) bool { return slices.Equal(k, left) }) {
					continue
				}
				known = append(known, left)
				b.floatingAt(floating, left[:len(site.groups)], covers, of, rows)
			}
		}
	}
}

// boundless is left where a group's adults are not limited.
const boundless = int64(1) << 62

func (b *rowBuilder) floatingAt(floating int64, left []int64, covers cover, of []int, rows [][]int32) {
	pool, over := int32(len(b.pools)), int64(0)
	for _, n := range left {
		over += max(-n, 0)
	}
	// Where the standing placements alone need more than there is, no group may need more than it does.
	b.pools = append(b.pools, max(floating, over))
	for k, n := range left {
		if n == boundless {
			continue
		}
		own := make(cover, len(covers))
		for i := of[k]; i < of[k+1]; i++ {
			if covers.has(i) {
				own.set(i)
			}
		}
		b.row(n, pool, own, rows)
	}
}

// unregistered makes the rows of an unregistered group: so many full-time pupils of school age
// at once, day by day.
func (b *rowBuilder) unregistered(n int32) {
	e, g := b.m.e, &b.groups[n]
	g.fullTime = make([][]int32, len(g.presences))
	group := &e.groups[n]
	if group.group.IsRegistered() {
		return
	}
	days := map[calendar.Date]bool{}
	for _, p := range g.presences {
		days[p.from] = true
		for _, i := range group.stays {
			st := &e.stays[i]
			if school := e.days.Between(max(st.from, p.from), p.to); st.isFullTime && len(school) > 0 {
				days[school[0]] = true
			}
		}
	}
	for _, d := range sortedKeys(days) {
		covers := make(cover, (len(g.presences)+63)/64)
		for i, p := range g.presences {
			if e.fullTime(p.mask) && p.from <= d && d <= p.to {
				covers.set(i)
			}
		}
		standing, _ := e.fullTimers(group, -1, d, false, nil)
		b.days[int32(len(b.rows))] = d
		b.row(max(mostUnregistered-int64(standing), 0), -1, covers, g.fullTime)
	}
}

// register are the rows of unregistered groups.
func (b *rowBuilder) register() map[int32]bool {
	rows := make(map[int32]bool, len(b.days))
	for n := range b.days {
		rows[n] = true
	}
	return rows
}

// counted are the rows of days on which a pupil does not count as full time in the group already.
func (b *rowBuilder) counted(s *planStay, rows []int32) []int32 {
	e := b.m.e
	return slices.DeleteFunc(slices.Clone(rows), func(r int32) bool {
		return slices.ContainsFunc(e.pupilStays[s.pupil], func(n int32) bool {
			st := &e.stays[n]
			return st.group == s.group && st.isFullTime && st.from <= b.days[r] && b.days[r] <= st.to
		})
	})
}

// uses is the list of what a stay uses, which stays that are alike share.
func (b *rowBuilder) uses(s *planStay) int32 {
	g := &b.groups[s.group]
	p := b.index[presence{s.group, s.mask, s.from, s.to}]
	key := usesKey{s.group, p, b.kinds[s.pupil], -1, s.demand}
	if b.several[s.pupil] || len(b.m.e.pupilStays[s.pupil]) > 0 {
		key.pupil = s.pupil
	}
	if n, ok := b.known[key]; ok {
		return n
	}
	var list []solve.Use
	add := func(rows []int32, amount int64) {
		for _, r := range rows {
			if amount > 0 {
				list = append(list, solve.Use{Row: r, Amount: int32(amount)})
			}
		}
	}
	draws := b.draws[key.kind]
	for i, n := range b.m.e.groups[s.group].pools {
		if g.pools[i] != nil {
			add(g.pools[i][p], draws[b.m.e.pools[n].resource])
		}
	}
	if g.adults != nil {
		add(g.adults[p], s.demand)
	}
	if g.fullTime != nil {
		add(b.counted(s, g.fullTime[p]), draws[len(draws)-1])
	}
	if c, ok := b.clashes[s.pupil]; ok {
		add(c.rows[slices.Index(c.presences, presence{-1, s.mask, s.from, s.to})], 1)
	}
	n := int32(len(b.lists))
	b.lists, b.known[key] = append(b.lists, list), n
	return n
}
