package matching

import (
	"maps"
	"slices"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/internal/solve"
)

// In a plan that may move standing placements, those that can be are items of the problem, after the referrals.
// Each takes its seat as it is, or a move: what it keeps until then, if anything, and its new seat. Going without is not
// possible (see plan_moves_solve.go). The base of the problem is a world without them.

// isMove tells whether an option is a placement's, and not the seat that it has. Its first stay is the new one.
func (o *planOption) isMove() bool { return o.placement >= 0 && !o.stays[0].standing }

// item is who takes an option.
func (m *planModel) item(o *planOption) int32 {
	if o.placement >= 0 {
		return int32(len(m.e.referrals)) + o.placement
	}
	return o.referral
}

// unseat makes the base of the model a world without the placements that may move, and adds the options that
// this leaves open to those of referrals.
func (m *planModel) unseat(e *Engine, options [][]planOption, rest []int64) ([][]planOption, []int64) {
	for i := range e.stays {
		if e.stays[i].placement.Movable {
			m.movable = append(m.movable, int32(i))
		}
	}
	m.all = e
	for len(m.movable) > 0 {
		m.e = e.without(m.movable)
		fit := m.fitting()
		if len(fit) == len(m.movable) {
			break
		}
		m.unfit = m.unfit || m.couldMove(fit, options)
		m.movable = fit
	}
	if len(m.movable) == 0 {
		m.e, m.all = e, nil
		return options, rest
	}
	// The seats that moves leave are free from the day of the move on: referrals may start then, too.
	base, days := m.e, startsOf(options)
	for i := range e.referrals {
		days = append(days, max(e.days.First(), e.referrals[i].referral.ReadyFrom))
	}
	days = sorted(days)
	for _, i := range m.movable {
		site := &base.sites[e.groups[e.stays[i].group].site]
		for g := range base.groups {
			if m.admits(i, int32(g)) {
				for _, d := range m.movesTo(i, int32(g), days, e.sites) {
					site.ends = append(site.ends, d-1)
				}
			}
		}
	}
	for i := range base.sites {
		base.sites[i].ends = sorted(base.sites[i].ends)
	}
	return options, m.opened(options, rest)
}

// without is a world without some of e's standing placements.
func (e *Engine) without(stays []int32) *Engine {
	gone := make(map[*Placement]bool, len(stays))
	for _, i := range stays {
		gone[e.stays[i].placement] = true
	}
	s := *e.snapshot
	s.Placements = nil
	for i := range e.snapshot.Placements {
		if p := &e.snapshot.Placements[i]; !gone[p] {
			s.Placements = append(s.Placements, *p)
		}
	}
	return e.rebuild(&s)
}

// fitting are the movable placements whose seats break no rule in the base, one after another. The others
// are what a regrouping is for: here they stay where they are.
func (m *planModel) fitting() []int32 {
	var alone []int32
	for _, i := range m.movable {
		r := m.mover(i)
		t, s := m.e.try(&r), m.seat(i)
		free := *t.pupil // a seat at a busy session concerns nobody else: a plan may mend it
		free.Busy = 0
		t.pupil = &free
		if v := t.staying(&s); t.refusedUntil(&v) == 0 {
			alone = append(alone, i)
		}
	}
	if len(alone) < len(m.movable) {
		return alone
	}
	together := &planModel{e: m.e, all: m.all, movable: m.movable}
	for k, i := range m.movable {
		together.options = append(together.options, planOption{referral: -1, placement: int32(k), stays: []planStay{m.seat(i)}})
	}
	together.build()
	var fit []int32
	s := newSeating(&together.problem)
	for k, i := range m.movable {
		if s.take(int32(k)) {
			fit = append(fit, i)
		}
	}
	return fit
}

// mover is a movable placement as a referral that asks for nothing.
func (m *planModel) mover(stay int32) referralIndex {
	st := &m.all.stays[stay]
	p := st.placement
	return referralIndex{
		referral: &Referral{ID: ReferralID(p.ID), Pupil: p.Pupil, OwnAdult: p.OwnAdult}, pupil: st.pupil,
		demand: m.all.policy.demandOf(&m.all.snapshot.Pupils[st.pupil], p.OwnAdult),
	}
}

// seat is what a movable placement has.
func (m *planModel) seat(stay int32) planStay {
	st := &m.all.stays[stay]
	patterns := m.all.groups[st.group].patterns
	return planStay{
		pupil: st.pupil, group: st.group, mask: st.mask, from: st.from, to: st.to, settled: max(st.settled, st.from),
		pattern: int32(slices.IndexFunc(patterns, func(p Pattern) bool { return p.ID == st.placement.Pattern })),
		demand:  st.demand, standing: true,
	}
}

// opened adds the options that are feasible only in the world with fewer standing placements, with what each is worth in the
// world as it is, like the others. It returns what the options that are left out could be worth.
func (m *planModel) opened(options [][]planOption, rest []int64) []int64 {
	more, others := (&planModel{e: m.e, all: m.all}).planOptions()
	added := eachReferral(m.all, func(t *trial) []planOption {
		var list []planOption
		for _, o := range more[m.all.referralOf[t.r.referral.ID]] {
			if !slices.ContainsFunc(o.stays, func(s planStay) bool { v := t.staying(&s); return t.refusedUntil(&v) != 0 }) {
				continue
			}
			if len(o.stays) == 1 {
				v := t.staying(&o.stays[0])
				o.score = t.match(&v).Score
			} else {
				o.score = t.ofPlan(&o).Score
			}
			list = append(list, o)
		}
		return list
	})
	for r := range added {
		options[r] = append(options[r], added[r]...)
	}
	if rest == nil && others == nil {
		return nil
	}
	most := make([]int64, len(options)+len(m.movable))
	copy(most, rest)
	for r, worth := range others {
		if worth > 0 {
			most[r] = max(most[r], worth+full) // scores of the two worlds differ by no more
		}
	}
	return most
}

// startsOf are the days on which options start.
func startsOf(options [][]planOption) []calendar.Date {
	seen := map[calendar.Date]bool{}
	for r := range options {
		for i := range options[r] {
			for _, s := range options[r][i].stays {
				seen[s.from] = true
			}
		}
	}
	return sortedKeys(seen)
}

// admits tells whether a placement could end in a group when it does.
func (m *planModel) admits(stay, group int32) bool {
	st, g := &m.all.stays[stay], m.e.groups[group].group
	return g.Provision == m.all.groups[st.group].group.Provision && (g.Open.To == 0 || st.placement.To <= g.Open.To)
}

// movesTo are the days of moves to a group that promise most: those on which options of the
// agenda start, or on which a standing placement at the group's site has ended, not before the first of the former, each put
// off to the group's next allowed start.
func (m *planModel) movesTo(stay, group int32, starts []calendar.Date, sites []siteIndex) []calendar.Date {
	if len(starts) == 0 {
		return nil
	}
	st, g := &m.all.stays[stay], &m.e.groups[group]
	var days []calendar.Date
	add := func(d calendar.Date) {
		i, _ := slices.BinarySearch(g.starts, max(d, g.first, st.from))
		if i < len(g.starts) && g.starts[i] <= min(g.last, st.to) {
			days = append(days, g.starts[i])
		}
	}
	for _, d := range starts {
		add(d)
	}
	for _, d := range sites[g.site].ends {
		if d+1 > starts[0] {
			add(d + 1)
		}
	}
	return sorted(days)
}

// seats are the options of the movable placements: each its seat as it is, then its moves. Rules that were asked when the
// pupil came are not asked again, as in a regrouping.
func (m *planModel) seats() []planOption {
	var options []planOption
	var starts []calendar.Date
	if len(m.movable) > 0 {
		starts = startsOf([][]planOption{m.options})
	}
	waived := maps.Clone(notAsked)
	maps.Copy(waived, m.e.waived)
	for k, i := range m.movable {
		seat := m.seat(i)
		options = append(options, planOption{referral: -1, placement: int32(k), stays: []planStay{seat}})
		r := m.mover(i)
		t := m.e.try(&r)
		t.waived = waived
		moves, all := m.moves(t, int32(k), starts)
		options = append(options, moves...)
		m.cut = m.cut || !all
	}
	return options
}

// until are the stays of a move: the new one, and what the placement keeps until then.
func (s planStay) until(moved planStay) []planStay {
	if moved.from <= s.from {
		return []planStay{moved}
	}
	s.to = moved.from - 1
	return []planStay{moved, s}
}

// limitMoves bounds how many placements move, by the last row.
func (m *planModel) limitMoves(moves int) {
	if len(m.movable) == 0 {
		return
	}
	p := &m.problem
	row := int32(len(p.Rows))
	p.Rows = append(p.Rows, solve.Row{Capacity: int64(moves), Pool: -1, Global: true})
	with := map[int32]int32{}
	for i := range p.Options {
		if !m.options[i].isMove() {
			continue
		}
		part := &p.Options[i].Parts[0]
		n, seen := with[part.Uses]
		if !seen {
			n = int32(len(p.Uses))
			p.Uses = append(p.Uses, append(slices.Clone(p.Uses[part.Uses]), solve.Use{Row: row, Amount: 1}))
			with[part.Uses] = n
		}
		part.Uses = n
	}
}
