package solve

// A demand is what all items that are not barred could ask for.
type demand struct {
	used   []bool  // by list of uses: a part has it
	most   []int64 // by row: what all items together could use
	holder []int32 // by mark: 0 nobody, an item and one, or several
}

const several = -1

func (m *model) demand() *demand {
	d := &demand{make([]bool, len(m.Uses)), make([]int64, len(m.Rows)), make([]int32, len(m.Rivals))}
	largest, last := make([]int64, len(m.Rows)), make([]int32, len(m.Rows)) // the largest use of the last item, and one
	for i := range m.part {
		if m.barred[m.option[i]] {
			continue
		}
		item := m.Options[m.option[i]].Item + 1
		d.used[m.part[i].Uses] = true
		for _, use := range m.Uses[m.part[i].Uses] {
			if last[use.Row] != item {
				last[use.Row], largest[use.Row] = item, 0
			}
			if more := int64(use.Amount) - largest[use.Row]; more > 0 {
				d.most[use.Row] += more
				largest[use.Row] += more
			}
		}
		for _, mark := range m.Marks[m.part[i].Marks] {
			switch d.holder[mark] {
			case 0:
				d.holder[mark] = item
			case item:
			default:
				d.holder[mark] = several
			}
		}
	}
	return d
}

// dropSlack leaves out rows that all items together could not fill, and marks
// without rivals that anyone could hold.
func (m *model) dropSlack() {
	d := m.demand()
	m.dropRows(d)
	m.dropMarks(d)
}

func (m *model) dropRows(d *demand) {
	binds := func(r int32) bool { return d.most[r] > m.rows[r].Capacity }
	m.uses, m.global = make([][]Use, len(m.Uses)), make([][]Use, len(m.Uses))
	for i, list := range m.Uses {
		if !d.used[i] {
			continue // a row that only such lists use is in no block, and may not be priced
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
}

func (m *model) dropMarks(d *demand) {
	m.rivals = make([][]int32, len(m.Rivals))
	for mark, list := range m.Rivals {
		for _, other := range list {
			a, b := d.holder[mark], d.holder[other]
			if a != 0 && b != 0 && (a == several || b == several || a != b) {
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
