package matching

import (
	"slices"

	"example.org/backontrack/matching/calendar"
)

// explain returns every reason against a visit, in the order of the contract.
// The visit has dates, or none where there is no allowed start.
func (t *trial) explain(v *visit) []Reason {
	reasons := t.explainStatic(t.reasons[:0])
	if v.from == 0 {
		reasons = append(reasons, t.explainNotOpen(v))
	} else {
		reasons = t.explainDated(reasons, v)
	}
	t.reasons = reasons
	return slices.Clone(reasons)
}

// explainDated appends the reasons that dates have to do with.
func (t *trial) explainDated(reasons []Reason, v *visit) []Reason {
	return t.explainCompany(t.explainOwn(reasons, v), v)
}

// explainOwn appends what the pupil's week and the length of the stay refuse.
func (t *trial) explainOwn(reasons []Reason, v *visit) []Reason {
	reasons = t.explainBusy(reasons, v)
	if v.short {
		short := Reason{Code: CodeTooShort, Class: Never}
		short.numbers(t.c.length.min, v.left)
		reasons = append(reasons, short)
	}
	return reasons
}

// explainCompany appends what those who are there refuse.
func (t *trial) explainCompany(reasons []Reason, v *visit) []Reason {
	reasons = t.explainPools(reasons, v, func(resource int32) bool { return resource == 0 })
	reasons = t.explainStaffing(reasons, v)
	reasons = t.explainPools(reasons, v, func(resource int32) bool { return resource > 0 })
	reasons = t.explainUnregistered(reasons, v)
	for i := range t.e.separate {
		reasons = t.explainSeparation(reasons, v, i)
	}
	return reasons
}

func (t *trial) explainStatic(reasons []Reason) []Reason {
	for _, rule := range t.e.rules {
		if t.verdict(rule, nil) != Refuses {
			continue
		}
		t.refusal = Reason{}
		t.verdict(rule, &t.refusal)
		t.refusal.Code = rule.Code()
		if t.refusal.Class != ByWaiver {
			t.refusal.Class = Never
		}
		reasons = append(reasons, t.refusal)
	}
	return reasons
}

// explainNotOpen names the first start after the horizon, if the group has one.
func (t *trial) explainNotOpen(v *visit) Reason {
	r := Reason{Code: CodeNotOpen, Class: ByDate}
	open := v.g.group.Open
	from := max(t.e.days.Last()+1, open.From, t.r.referral.ReadyFrom)
	for d := from; d < from+lookAhead && (open.To == 0 || d <= open.To); d++ {
		if v.g.group.Starts.fit(d) && isWeekday(d) && !t.e.snapshot.closedOn(d) {
			r.Clears = d
			break
		}
	}
	return r
}

// lookAhead is how many days after the horizon an opening is looked for.
const lookAhead = 366

func (t *trial) explainBusy(reasons []Reason, v *visit) []Reason {
	t.moments.reset()
	last := t.busyFails(v, &t.moments)
	if last == 0 {
		return reasons
	}
	t.moments.merge()
	r := t.reason(CodeBusy)
	if r.Date == 0 {
		r.Codes = t.clashWithoutDay(v)
	}
	r.Class = ByMove
	r.Clears = t.clears(v, last, func(v *visit) calendar.Date { return t.busyFails(v, nil) })
	return append(reasons, r)
}

// clashWithoutDay are the sessions that two stays share of which none takes
// place: all is closed, or the stay too short for them.
func (t *trial) clashWithoutDay(v *visit) []string {
	var clash calendar.Sessions
	if t.pupil.Knows(FactBusy) {
		clash = v.mask & t.pupil.Busy
	}
	for _, n := range t.e.pupilStays[t.r.pupil] {
		if st := &t.e.stays[n]; st.from <= v.to && v.from <= st.to {
			clash |= v.mask & st.mask
		}
	}
	var names []string
	for s := range clash.All() {
		names = append(names, s.String())
	}
	return names
}

// takesPlace tells whether any session of a visit does.
func (t *trial) takesPlace(v *visit) bool { return t.lastOf(v.mask, period{v.from, v.to}) != 0 }

// explainPools explains the resources that want selects.
func (t *trial) explainPools(reasons []Reason, v *visit, want func(resource int32) bool) []Reason {
	for _, n := range v.g.pools {
		p := &t.e.pools[n]
		if !want(p.resource) {
			continue
		}
		t.moments.reset()
		last := t.poolFails(v, p, &t.moments)
		if last == 0 {
			continue
		}
		r := t.reason(t.e.poolCode(n))
		t.measured(&r)
		if limit, ok := t.e.resources[p.resource].(traitLimit); ok {
			r.Codes = []string{limit.trait}
		}
		r.Pupils = t.blockers(p.groups, func(st *stayIndex) bool {
			n, known := t.e.drawn(p, st.pupil)
			return known && n > 0
		})
		r.Clears = t.clears(v, last, func(v *visit) calendar.Date { return t.poolFails(v, p, nil) })
		r.Class = dateOr(r.Clears, ByMove)
		reasons = append(reasons, r)
	}
	return reasons
}

func (t *trial) explainStaffing(reasons []Reason, v *visit) []Reason {
	t.moments.reset()
	last := t.staffingFails(v, &t.moments)
	if last == 0 {
		return reasons
	}
	r := t.reason(CodeStaffing)
	t.measured(&r)
	if s, _, _ := t.moments.first(); t.moments.floats[s] {
		r.Floating = new(int(t.moments.floating[s]))
	}
	r.Pupils = t.blockers([]int32{t.e.groupOf[v.g.group.ID]}, func(st *stayIndex) bool { return st.demand > 0 })
	r.Clears = t.clears(v, last, func(v *visit) calendar.Date { return t.staffingFails(v, nil) })
	r.Class = dateOr(r.Clears, ByAdults)
	return append(reasons, r)
}

func (t *trial) explainUnregistered(reasons []Reason, v *visit) []Reason {
	t.moments.reset()
	if t.unregisteredFails(v, false, &t.moments) == 0 {
		return reasons
	}
	r := t.reason(CodeUnregisteredFullTime)
	r.Class = Never
	t.measured(&r)
	if *r.Limit == 0 {
		r.Limit, r.Observed = nil, nil
	}
	r.Session = "" // it is counted by the day
	blocks := map[PupilID]bool{}
	for s := range calendar.Week.All() {
		for _, d := range t.moments.dates[s] {
			t.e.fullTimers(v.g, t.r.pupil, d, false, func(st *stayIndex) { blocks[t.e.snapshot.Pupils[st.pupil].ID] = true })
		}
	}
	r.Pupils = sortedKeys(blocks)
	return append(reasons, r)
}

func (t *trial) explainSeparation(reasons []Reason, v *visit, i int) []Reason {
	if !t.concerned[i] {
		return reasons
	}
	t.moments.reset()
	last := t.separationFails(v, i, &t.moments)
	if last == 0 {
		return reasons
	}
	t.moments.merge()
	separation := t.e.separate[i]
	r := t.reason(separation.Code())
	movable := true
	for _, c := range t.conflicts() {
		if c.separation == i && c.refuses && t.meets(v, c, separation.Scope(), nil) != 0 {
			r.Pupils = append(r.Pupils, t.e.snapshot.Pupils[c.stay.pupil].ID)
			movable = movable && c.stay.placement.Movable
		}
	}
	r.Pupils = sorted(r.Pupils)
	r.Clears = t.clears(v, last, func(v *visit) calendar.Date { return t.separationFails(v, i, nil) })
	r.Class = dateOr(r.Clears, ByWaiver)
	if r.Class == ByWaiver && movable {
		r.Class = ByMove
	}
	return append(reasons, r)
}

func dateOr(clears calendar.Date, otherwise Class) Class {
	if clears != 0 {
		return ByDate
	}
	return otherwise
}

// reason starts a reason from the moments.
func (t *trial) reason(code Code) Reason {
	s, d, times := t.moments.first()
	r := Reason{Code: code, Date: d, Times: times}
	if d != 0 {
		r.Session = s.String()
	}
	return r
}

// measured adds limit and observed at the first moment.
func (t *trial) measured(r *Reason) {
	s, _, _ := t.moments.first()
	r.numbers(int(t.moments.limit[s]), int(t.moments.observed[s]))
}

// blockers are the pupils of the groups who are there at one of the moments and
// are of the kind that counts, by id.
func (t *trial) blockers(groups []int32, counts func(*stayIndex) bool) []PupilID {
	ids := t.ids[:0]
	for _, g := range groups {
		for _, n := range t.e.groups[g].stays {
			st := &t.e.stays[n]
			if st.pupil != t.r.pupil && counts(st) && t.moments.meets(st.mask, st.from, st.to) {
				ids = append(ids, t.e.snapshot.Pupils[st.pupil].ID)
			}
		}
	}
	t.ids = ids
	return sorted(ids)
}

// clears is the first later start at which one rule, which fails until a last
// day, no longer does although some session takes place, or 0.
func (t *trial) clears(v *visit, last calendar.Date, fails func(*visit) calendar.Date) calendar.Date {
	later := *v
	for last < forever {
		d := t.e.nextStart(v.g, t.r.referral, max(last, later.from)+1)
		if d == 0 {
			return 0
		}
		t.e.begin(&later, d, t.c.length)
		if later.short {
			return 0
		}
		if last = fails(&later); last == 0 && t.takesPlace(&later) {
			return d
		}
	}
	return 0
}

// unchecked lists the rules that pass only for want of an answer: those that read
// a fact which is not known of the pupil, whether or not someone is there now whom
// it concerns, and those that hang on what is not known of someone who is there.
// One that refuses is not among them.
func (t *trial) unchecked(v *visit, reasons []Reason) []Code {
	codes := t.codes[:0]
	rules := t.e.rules
	if len(t.pupil.Unknown) == 0 && t.c.Minutes >= 0 {
		rules = rules[t.e.ownRules:] // ours have nothing to wait for
	}
	for _, rule := range rules {
		if t.verdict(rule, nil) == Unchecked {
			codes = append(codes, rule.Code())
		}
	}
	if v.from != 0 {
		codes = t.uncheckedDated(codes, v)
	}
	t.codes = codes
	if len(codes) == 0 {
		return []Code{}
	}
	refused := func(c Code) bool { return slices.ContainsFunc(reasons, func(r Reason) bool { return r.Code == c }) }
	return sorted(slices.DeleteFunc(codes, refused))
}

func (t *trial) uncheckedDated(codes []Code, v *visit) []Code {
	if !t.pupil.Knows(FactBusy) {
		codes = append(codes, CodeBusy)
	}
	for _, n := range v.g.pools {
		_, known := t.e.drawn(&t.e.pools[n], t.r.pupil)
		if !known || t.poolHangs(v, &t.e.pools[n]) {
			codes = append(codes, t.e.poolCode(n))
		}
	}
	if t.registrationHangs(v) || t.unregisteredFails(v, true, nil) != 0 {
		codes = append(codes, CodeUnregisteredFullTime)
	}
	for _, separation := range t.e.separate {
		if own, ok := separation.(interface{ hangsOn(p *Pupil) bool }); ok && own.hangsOn(t.pupil) {
			codes = append(codes, separation.Code())
		}
	}
	for _, c := range t.conflicts() {
		separation := t.e.separate[c.separation]
		if !c.refuses && t.meets(v, c, separation.Scope(), nil) != 0 {
			codes = append(codes, separation.Code())
		}
	}
	return codes
}
