package solve

import "slices"

// A model is a problem made ready: rows and marks that cannot bind are gone, and
// what the others connect is found.
type model struct {
	*Problem

	first []int32 // by item, and one more: its options

	// By part.

	option []int32 // whose it is
	part   []Part
	most   []int64 // what its company may add
	at     []int32 // by option, and one more: its parts
	block  []int32 // by part, -1 for one beside another of its option
	asides []int32 // those parts

	rows   []Row // as Problem.Rows, lifted
	uses   [][]Use
	hard   []int32 // how many of a list's uses limit choices; the rest only prices see
	global [][]Use // of Uses: those of global rows
	marks  [][]int32
	rivals [][]int32

	cuts      []cut
	cutsOf    [][]weight // by mark
	blocks    []block
	rowBlock  []int32
	poolRows  [][]int32
	poolLeft  []int64   // what rows that nobody uses leave of the pools
	globals   []int32   // rows
	clusters  [][]int32 // blocks that rival marks connect
	cluster   []int32   // by block
	spread    []bool    // by item: it has options in several blocks
	companies bool

	barred []bool  // by option
	forced []int32 // options that are taken whatever else is
	given  int64   // what they are worth
	slack  []int64 // by room: what those of them who sit there fall short of their bounds
}

// A cut is a row over marks: the weighted number of their holders is limited.
type cut struct {
	capacity int64
	marks    []weight
	block    int32
}

type weight struct {
	index  int32 // of a mark, or of a cut
	amount int32
}

// A block is what can be solved for itself once items have prices.
type block struct {
	items               []int32   // with parts in it
	parts               [][]int32 // by items
	size                int       // what it costs to evaluate, in units of work
	rooms               []int32
	rows                []int32
	cuts                []int32
	pools               []int32
	useLists, markLists []int32
}

// newModel prepares a problem of which some options are barred and some are forced. It
// is nil where those exclude each other.
func newModel(p *Problem, barred []bool, forced []int32) *model {
	m := &model{Problem: p, barred: slices.Clone(barred), rows: slices.Clone(p.Rows)}
	if m.barred == nil {
		m.barred = make([]bool, len(p.Options))
	}
	m.flatten()
	m.uses, m.marks, m.rivals, m.global = p.Uses, p.Marks, p.Rivals, make([][]Use, len(p.Uses))
	m.hard = make([]int32, len(p.Uses))
	for i := range m.uses {
		m.hard[i] = int32(len(m.uses[i]))
	}
	if !m.force(forced) {
		return nil
	}
	m.dropSlack()
	m.lift()
	m.cut()
	m.connect()
	return m
}

func (m *model) flatten() {
	m.first = make([]int32, m.Items+1)
	m.at = make([]int32, len(m.Options)+1)
	for i := range m.Options {
		o := &m.Options[i]
		m.first[o.Item+1] = int32(i + 1)
		for _, part := range o.Parts {
			m.option, m.part = append(m.option, int32(i)), append(m.part, part)
		}
		m.at[i+1] = int32(len(m.part))
	}
	for i := range m.Items {
		m.first[i+1] = max(m.first[i+1], m.first[i])
	}
	m.most = make([]int64, len(m.part))
	if m.Company == nil {
		return
	}
	for i := range m.part {
		if part := &m.part[i]; part.Room >= 0 {
			m.most[i] = m.Company.Most(part.Room, part.Seat)
			m.companies = true
		}
	}
}

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

// dropSlack leaves out rows that all items together could not fill, and marks
// without rivals that anyone could hold.
func (m *model) dropSlack() {
	most := make([]int64, len(m.Rows))
	largest, last := make([]int64, len(m.Rows)), make([]int32, len(m.Rows))
	holder := make([]int32, len(m.Rivals))
	used := make([]bool, len(m.Uses))
	for i := range last {
		last[i] = -1
	}
	for i := range m.part {
		if m.barred[m.option[i]] {
			continue
		}
		used[m.part[i].Uses] = true
		item := m.Options[m.option[i]].Item
		for _, use := range m.Uses[m.part[i].Uses] {
			if last[use.Row] != item {
				last[use.Row], largest[use.Row] = item, 0
			}
			if more := int64(use.Amount) - largest[use.Row]; more > 0 {
				most[use.Row] += more
				largest[use.Row] += more
			}
		}
		for _, mark := range m.Marks[m.part[i].Marks] {
			switch holder[mark] {
			case 0:
				holder[mark] = item + 1
			case item + 1:
			default:
				holder[mark] = -1 // several
			}
		}
	}
	binds := func(r int32) bool { return most[r] > m.rows[r].Capacity }
	m.uses, m.global = make([][]Use, len(m.Uses)), make([][]Use, len(m.Uses))
	for i, list := range m.Uses {
		if !used[i] {
			continue
		}
		for _, use := range list {
			switch {
			case !binds(use.Row):
			case m.Rows[use.Row].Global:
				m.global[i] = append(m.global[i], use)
			default:
				m.uses[i] = append(m.uses[i], use)
			}
		}
	}
	for r := range m.Rows {
		if m.Rows[r].Global && binds(int32(r)) {
			m.globals = append(m.globals, int32(r))
		}
	}
	m.rivals = make([][]int32, len(m.Rivals))
	for mark, list := range m.Rivals {
		for _, other := range list {
			a, b := holder[mark], holder[other]
			if a != 0 && b != 0 && (a == -1 || b == -1 || a != b) {
				m.rivals[mark] = append(m.rivals[mark], other)
			}
		}
	}
	m.marks = make([][]int32, len(m.Marks))
	for i, list := range m.Marks {
		for _, mark := range list {
			if len(m.rivals[mark]) > 0 {
				m.marks[i] = append(m.marks[i], mark)
			}
		}
	}
}

// cut finds rows that follow from the rivalry of marks. Marks that all exclude each
// other: one of them at most has holders, and it no more than can hold it.
func (m *model) cut() {
	m.cutsOf = make([][]weight, len(m.rivals))
	pairs := 0
	for _, list := range m.rivals {
		pairs += len(list)
	}
	if pairs > mostRivals {
		return
	}
	seen := map[[2]int32]bool{}
	for mark := range m.rivals {
		for _, rival := range m.rivals[mark] {
			if rival < int32(mark) || seen[[2]int32{int32(mark), rival}] {
				continue
			}
			clique := []int32{int32(mark)}
			if rival != int32(mark) {
				clique = m.widen([]int32{int32(mark), rival})
			}
			for i, a := range clique {
				for _, b := range clique[i+1:] {
					seen[[2]int32{a, b}] = true
				}
			}
			m.addCut(clique)
		}
	}
	for i := range m.cuts {
		for _, w := range m.cuts[i].marks {
			m.cutsOf[w.index] = append(m.cutsOf[w.index], weight{int32(i), w.amount})
		}
	}
}

// mostRivals bounds the pairs of rival marks in which cuts are looked for; beyond it they would cost more than they
// are worth.
const mostRivals = 1_000_000

func (m *model) widen(clique []int32) []int32 {
	for _, c := range m.rivals[clique[0]] {
		if c <= clique[len(clique)-1] {
			continue
		}
		if !slices.ContainsFunc(clique[1:], func(b int32) bool { return !m.areRivals(b, c) }) {
			clique = append(clique, c)
		}
	}
	return clique
}

func (m *model) areRivals(a, b int32) bool {
	_, found := slices.BinarySearch(m.rivals[a], b)
	return found
}

// addCut makes a cut of marks that exclude each other. Each may have so many
// holders; the weights are such that any one of them alone can fill the cut.
func (m *model) addCut(clique []int32) {
	product := int64(1)
	for _, mark := range clique {
		product *= m.mostOf(mark)
		if product > 1<<24 {
			return
		}
	}
	c := cut{capacity: product}
	for _, mark := range clique {
		c.marks = append(c.marks, weight{mark, int32(product / m.mostOf(mark))})
	}
	m.cuts = append(m.cuts, c)
}

func (m *model) mostOf(mark int32) int64 {
	if slices.Contains(m.rivals[mark], mark) {
		return 1
	}
	if int(mark) < len(m.MarkMost) {
		return int64(max(m.MarkMost[mark], 1))
	}
	return 64
}

// connect finds the blocks, of parts that share a row, a pool or a room, and the clusters, of
// blocks that hold rival marks.
func (m *model) connect() {
	rows, rooms := len(m.rows), m.Rooms
	u := newUnion(rows + rooms + len(m.Pools))
	link := make([]int32, len(m.part))
	lists := map[[3]int32]int32{}
	for i := range m.part {
		p := &m.part[i]
		key := [3]int32{p.Uses, p.Marks, p.Room}
		if at, ok := lists[key]; ok {
			link[i] = at
			continue
		}
		at := int32(-1)
		tie := func(n int32) {
			if at >= 0 {
				u.join(at, n)
			}
			at = n
		}
		for _, use := range m.uses[p.Uses] {
			tie(use.Row)
			if pool := m.rows[use.Row].Pool; pool >= 0 {
				tie(int32(rows+rooms) + pool)
			}
		}
		if p.Room >= 0 && m.companies {
			tie(int32(rows) + p.Room)
		}
		lists[key], link[i] = at, at
	}
	m.number(u, link)
}

// number gives each block its number, in the order of its first part, and its lists.
func (m *model) number(u *union, link []int32) {
	numbers := map[int32]int32{}
	m.block = make([]int32, len(m.part))
	within := make([]int32, len(m.part)) // as block, but also of asides
	m.rowBlock = make([]int32, len(m.rows))
	for i := range m.rowBlock {
		m.rowBlock[i] = -1
	}
	m.spread = make([]bool, m.Items)
	for i := range m.spread {
		m.spread[i] = m.rest(i) > 0
	}
	home := make([]int32, m.Items)
	for i := range home {
		home[i] = -1
	}
	for i := range m.part {
		root := int32(-1)
		if link[i] >= 0 {
			root = u.find(link[i])
		}
		n, seen := numbers[root]
		if !seen {
			n = int32(len(m.blocks))
			numbers[root] = n
			m.blocks = append(m.blocks, block{})
		}
		within[i] = n
		if m.besideOwn(int32(i), n) {
			m.block[i] = -1
			m.asides = append(m.asides, int32(i))
			continue
		}
		m.block[i] = n
		b, item := &m.blocks[n], m.Options[m.option[i]].Item
		if len(b.items) == 0 || b.items[len(b.items)-1] != item {
			b.items, b.parts = append(b.items, item), append(b.parts, nil)
		}
		last := len(b.items) - 1
		b.parts[last] = append(b.parts[last], int32(i))
		if home[item] >= 0 && home[item] != n {
			m.spread[item] = true
		}
		home[item] = n
	}
	m.gather(within)
	m.group()
}

// besideOwn tells whether another part of a part's option is in a block already. A block takes
// one part of an item at most, so the second is left out of it, and counts for what it may earn.
func (m *model) besideOwn(p, block int32) bool {
	for q := m.at[m.option[p]]; q < p; q++ {
		if m.block[q] == block {
			return true
		}
	}
	return false
}

// gather lists what belongs to each block. What only asides use does so too: all rows of a pool are in one block.
func (m *model) gather(within []int32) {
	m.poolRows = make([][]int32, len(m.Pools))
	poolSeen, cutSeen := make([]bool, len(m.Pools)), make([]bool, len(m.cuts))
	useSeen, markSeen := make([]bool, len(m.uses)), map[[2]int32]bool{} // lists of marks may be in several blocks
	roomSeen := make([]bool, m.Rooms)
	for i, n := range within {
		b := &m.blocks[n]
		if u := m.part[i].Uses; !useSeen[u] {
			useSeen[u] = true
			b.useLists = append(b.useLists, u)
			for _, use := range m.uses[u] {
				if m.rowBlock[use.Row] >= 0 {
					continue
				}
				m.rowBlock[use.Row] = n
				b.rows = append(b.rows, use.Row)
				if pool := m.rows[use.Row].Pool; pool >= 0 {
					m.poolRows[pool] = append(m.poolRows[pool], use.Row)
					if !poolSeen[pool] {
						poolSeen[pool] = true
						b.pools = append(b.pools, pool)
					}
				}
			}
		}
		if r := m.part[i].Room; m.companies && r >= 0 && !roomSeen[r] {
			roomSeen[r] = true
			b.rooms = append(b.rooms, r)
		}
		if l := m.part[i].Marks; len(m.marks[l]) > 0 && !markSeen[[2]int32{l, n}] {
			markSeen[[2]int32{l, n}] = true
			b.markLists = append(b.markLists, l)
			for _, mark := range m.marks[l] {
				for _, w := range m.cutsOf[mark] {
					if c := &m.cuts[w.index]; !cutSeen[w.index] {
						cutSeen[w.index], c.block = true, n
					} else if c.block != n {
						c.block = -1
					}
				}
			}
		}
	}
	m.poolLeft = slices.Clone(m.Pools)
	for r := range m.rows {
		if row := &m.rows[r]; row.Pool >= 0 && m.rowBlock[r] < 0 {
			m.poolLeft[row.Pool] -= max(-row.Capacity, 0)
		}
	}
	for i := range m.cuts {
		if n := m.cuts[i].block; cutSeen[i] && n >= 0 {
			m.blocks[n].cuts = append(m.blocks[n].cuts, int32(i))
		}
	}
	for i := range m.blocks {
		slices.Sort(m.blocks[i].rows)
		for _, parts := range m.blocks[i].parts {
			m.blocks[i].size += len(parts)
		}
		m.blocks[i].size = m.blocks[i].size/64 + 1
		slices.Sort(m.blocks[i].cuts)
	}
}

// group finds the clusters.
func (m *model) group() {
	u := newUnion(len(m.blocks))
	at := make([]int32, len(m.rivals)) // a block that holds the mark, and one
	hold := func(mark, n int32) {
		if at[mark] > 0 {
			u.join(at[mark]-1, n)
		}
		at[mark] = n + 1
	}
	for i := range m.part {
		if m.block[i] < 0 {
			continue
		}
		for _, mark := range m.marks[m.part[i].Marks] {
			hold(mark, m.block[i])
		}
	}
	for mark, rivals := range m.rivals {
		for _, rival := range rivals {
			if at[mark] > 0 && at[rival] > 0 {
				u.join(at[mark]-1, at[rival]-1)
			}
		}
	}
	m.cluster = make([]int32, len(m.blocks))
	for n := range m.blocks {
		root := u.find(int32(n))
		if root == int32(n) {
			m.cluster[n] = int32(len(m.clusters))
			m.clusters = append(m.clusters, nil)
		}
		m.cluster[n] = m.cluster[root]
		m.clusters[m.cluster[n]] = append(m.clusters[m.cluster[n]], int32(n))
	}
}

// A union finds what is connected.
type union struct{ parent []int32 }

func newUnion(n int) *union {
	u := &union{make([]int32, n)}
	for i := range u.parent {
		u.parent[i] = int32(i)
	}
	return u
}

func (u *union) find(i int32) int32 {
	for u.parent[i] != i {
		u.parent[i] = u.parent[u.parent[i]]
		i = u.parent[i]
	}
	return i
}

func (u *union) join(a, b int32) {
	a, b = u.find(a), u.find(b)
	if a != b {
		u.parent[max(a, b)] = min(a, b)
	}
}
