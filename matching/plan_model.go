package matching

import (
	"slices"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/internal/solve"
)

// A planModel is an agenda as the abstract problem of package solve: referrals are
// items, their options options, every moment that could bind a row or a mark.
type planModel struct {
	e       *Engine // without the placements that are items
	all     *Engine // with them, where they stand; nil: as e
	movable []int32 // stays of all that may be re-seated: items, after the referrals
	cut     bool    // moves of some of them are left out
	unfit   bool    // others may be re-seated, too, but stand against a rule and are no items
	problem solve.Problem
	options []planOption // as problem.Options

	register map[int32]bool // the rows of full-time pupils of groups that are not registered
	loose    *solve.Problem // which counts less of them; nil: there is no need
}

// A planOption is a feasible option, with what a plan needs of it.
type planOption struct {
	referral  int32
	stays     []planStay
	score     int
	late      bool
	minutes   int   // the longest journey, -1 when unknown
	placement int32 // -1, or which of planModel.movable takes this: its seat as it is, or a move
}

// A planStay is one stay of an option.
type planStay struct {
	pupil, group, pattern int32
	mask                  calendar.Sessions
	from, to, settled     calendar.Date
	demand                int64
	standing              bool // what a movable placement has now, whole or until it moves
}

func (s *planStay) stay(e *Engine) Stay {
	g := &e.groups[s.group]
	return Stay{g.group.ID, g.patterns[s.pattern].ID, s.from, s.to}
}

// planModel makes the model of the whole agenda, in which at most so many placements move. Its cost is that of
// every referral's matches, and what its options need of memory.
func (e *Engine) planModel(moves int) *planModel {
	m := &planModel{e: e}
	options, rest := m.planOptions()
	if moves > 0 {
		options, rest = m.unseat(e, options, rest)
	}
	m.problem.Rest = rest
	for _, options := range options {
		m.options = append(m.options, options...)
	}
	m.options = append(m.options, m.seats()...)
	m.build()
	m.limitMoves(moves)
	m.loosen()
	return m
}

// planOptions are the feasible options of every referral, packages last, or those worth most, and what the others of each could be worth
// (nil: there are none).
func (m *planModel) planOptions() ([][]planOption, []int64) {
	e, rest := m.e, make([]int64, len(m.e.referrals))
	options := eachReferral(e, func(t *trial) []planOption {
		var options []planOption
		for i := range e.groups {
			for v := range t.openings(&e.groups[i]) {
				for range e.policy.StartsPerGroup {
					m := t.match(&v)
					options = append(options, planOption{
						stays: []planStay{t.planStay(&v)}, score: m.Score, late: m.Late, minutes: m.Minutes, placement: -1,
					})
					if !t.laterStart(&v) {
						break
					}
				}
			}
		}
		for _, o := range t.packages() {
			options = append(options, t.planPackage(&o))
		}
		n := e.referralOf[t.r.referral.ID]
		for i := range options {
			options[i].referral = n
		}
		options, rest[n] = m.shortlist(options)
		return options
	})
	if !slices.ContainsFunc(rest, func(n int64) bool { return n > 0 }) {
		rest = nil
	}
	return options, rest
}

func (t *trial) planStay(v *visit) planStay {
	return planStay{
		pupil: t.r.pupil, group: t.e.groupOf[v.g.group.ID], pattern: int32(slices.IndexFunc(v.g.patterns, func(p Pattern) bool { return p.ID == v.pattern.ID })),
		mask: v.mask, from: v.from, to: v.to, settled: v.settled, demand: v.demand.expected,
	}
}

func (t *trial) planPackage(o *Option) planOption {
	p := planOption{score: o.Score, late: o.Late, minutes: -1, placement: -1}
	if o.Minutes != nil {
		p.minutes = *o.Minutes
	}
	for _, stay := range o.Stays {
		g := &t.e.groups[t.e.groupOf[stay.Group]]
		v := t.visit(g, g.pattern(stay.Pattern))
		v.from, v.to, v.settled = stay.From, stay.To, t.e.settled(g, stay.From)
		p.stays = append(p.stays, t.planStay(&v))
	}
	return p
}

// build makes the problem from the options.
func (m *planModel) build() {
	p := &m.problem
	p.Items = len(m.e.referrals) + len(m.movable)
	p.Options = make([]solve.Option, len(m.options))
	rows, marks := newRowBuilder(m), newMarkBuilder(m)
	company := newCompany(m)
	for i := range m.options {
		o := &m.options[i]
		option := solve.Option{Item: m.item(o), Value: int64(m.worth(o)), Parts: make([]solve.Part, len(o.stays))}
		for j := range o.stays {
			s := &o.stays[j]
			option.Parts[j] = solve.Part{Uses: rows.uses(s), Marks: marks.marks(s), Room: -1}
			if company != nil {
				option.Parts[j].Room, option.Parts[j].Seat = s.group, company.seat(s)
			}
		}
		p.Options[i] = option
	}
	p.Rows, p.Pools, p.Uses = rows.rows, rows.pools, rows.lists
	m.register = rows.register()
	p.Rivals, p.MarkMost, p.Marks = marks.rivals, marks.most, marks.lists
	p.Rooms = len(m.e.groups)
	if company != nil {
		company.seal()
		p.Company = company
	}
}

// worth is what an option adds to the objective, but for composition.
func (m *planModel) worth(o *planOption) int {
	switch {
	case o.isMove():
		return -m.e.policy.MoveCost
	case o.placement >= 0:
		return 0
	}
	worth := m.e.referrals[o.referral].bonus + o.score
	if o.late {
		worth -= m.e.policy.LatePenalty
	}
	return worth
}
