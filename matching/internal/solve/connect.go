package solve

import "slices"

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
	useSeen, roomSeen := make([]bool, len(m.uses)), make([]bool, m.Rooms)
	for i, n := range within {
		if u := m.part[i].Uses; !useSeen[u] {
			useSeen[u] = true
			m.gatherRows(n, u)
		}
		if r := m.part[i].Room; m.companies && r >= 0 && !roomSeen[r] {
			roomSeen[r] = true
			m.blocks[n].rooms = append(m.blocks[n].rooms, r)
		}
	}
	m.gatherMarks(within)
	m.poolLeft = slices.Clone(m.Pools)
	for r := range m.rows {
		if row := &m.rows[r]; row.Pool >= 0 && m.rowBlock[r] < 0 {
			m.poolLeft[row.Pool] -= max(-row.Capacity, 0)
		}
	}
	for i := range m.blocks {
		b := &m.blocks[i]
		slices.Sort(b.rows)
		for _, parts := range b.parts {
			b.size += len(parts)
		}
		b.size = b.size/partsPerWork + 1
	}
}

// partsPerWork is how many parts are looked at in a unit of work.
const partsPerWork = 64

// gatherRows adds a list of uses to a block, with its rows and their pools.
func (m *model) gatherRows(n, list int32) {
	b := &m.blocks[n]
	b.useLists = append(b.useLists, list)
	for _, use := range m.uses[list] {
		if m.rowBlock[use.Row] >= 0 {
			continue
		}
		m.rowBlock[use.Row] = n
		b.rows = append(b.rows, use.Row)
		if pool := m.rows[use.Row].Pool; pool >= 0 {
			if len(m.poolRows[pool]) == 0 {
				b.pools = append(b.pools, pool)
			}
			m.poolRows[pool] = append(m.poolRows[pool], use.Row)
		}
	}
}

// gatherMarks adds the lists of marks to the blocks: one may be in several, and then their cuts are in none.
func (m *model) gatherMarks(within []int32) {
	for i := range m.cuts {
		m.cuts[i].block = unseen
	}
	seen := map[[2]int32]bool{}
	for i, n := range within {
		l := m.part[i].Marks
		if len(m.marks[l]) == 0 || seen[[2]int32{l, n}] {
			continue
		}
		seen[[2]int32{l, n}] = true
		m.blocks[n].markLists = append(m.blocks[n].markLists, l)
		for _, mark := range m.marks[l] {
			for _, w := range m.cutsOf[mark] {
				if c := &m.cuts[w.index]; c.block == unseen {
					c.block = n
				} else if c.block != n {
					c.block = -1
				}
			}
		}
	}
	for i := range m.cuts {
		if n := m.cuts[i].block; n >= 0 {
			m.blocks[n].cuts = append(m.blocks[n].cuts, int32(i))
		}
	}
}

const unseen = -2

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
