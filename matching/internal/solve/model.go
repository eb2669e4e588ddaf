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
