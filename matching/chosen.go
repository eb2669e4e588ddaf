package matching

import (
	"slices"

	"example.org/backontrack/matching/calendar"
)

// A Check is what the hard rules say of stays that people chose.
type Check struct {
	Referral  ReferralID    `json:"referral"`
	Feasible  bool          `json:"feasible"`  // no rule refuses
	Stays     []CheckedStay `json:"stays"`     // as they were given
	Reasons   []Reason      `json:"reasons"`   // all of them: stay by stay, and then those of the stays together
	Unchecked []Code        `json:"unchecked"` // rules that wait for an answer, by code
}

// A CheckedStay is one of the stays, with what is said of it alone.
type CheckedStay struct {
	Stay

	Reasons   []Reason `json:"reasons"`
	Unchecked []Code   `json:"unchecked"`
}

// Check gives every reason of every hard rule against a referral's stays in groups, with patterns and
// dates that people chose, whether or not the engine would think of them. Of an option that [Engine.Options] lists, its
// reasons are the option's. What such an option keeps to by itself is asked too, and comes first
// (docs/reference/answers.md): that scores are given for it, allowed starts, the last day, the most weeks or school
// days, and of several stays that they make one package. A stay may be shorter than is wanted, but not than the group's least.
// The rules see the days from as_of to the horizon. The errors are a [*NotFoundError] for the referral, and [Faults]
// of stays that are none: "/stays/0/group" names no group.
func (e *Engine) Check(referral ReferralID, stays []Stay) (*Check, error) {
	r, err := e.referral(referral)
	if err != nil {
		return nil, err
	}
	if err := e.checkStays(stays); err != nil {
		return nil, err
	}
	t := e.try(r)
	c := &Check{Referral: referral, Reasons: []Reason{}, Unchecked: []Code{}}
	for i, stay := range stays {
		v := t.choose(&stay)
		reasons := t.explainBetween(t.explainChosen(&v, &stay), stays[:i], &stay)
		checked := CheckedStay{stay, reasons, t.unchecked(&v, reasons)}
		c.Stays = append(c.Stays, checked)
		c.Reasons = append(c.Reasons, checked.Reasons...)
		c.Unchecked = append(c.Unchecked, checked.Unchecked...)
	}
	c.Reasons = t.explainPackage(c.Reasons, stays)
	c.Unchecked = sorted(c.Unchecked)
	c.Feasible = len(c.Reasons) == 0
	return c, nil
}

// checkStays finds what makes stays none at all.
func (e *Engine) checkStays(stays []Stay) error {
	var faults Faults
	if len(stays) == 0 {
		faults.add("/stays", "at least one stay")
	}
	for i := range stays {
		s, at := &stays[i], pointer("stays", i)
		if n, known := e.groupOf[s.Group]; !known {
			faults.add(at+"/group", "the id of one of the groups")
		} else if !slices.ContainsFunc(e.groups[n].patterns, func(p Pattern) bool { return p.ID == s.Pattern }) {
			faults.add(at+"/pattern", "the id of one of the group's patterns")
		}
		if s.From <= 0 {
			faults.add(at+"/from", "a date")
		}
		if s.To <= 0 || s.To < s.From {
			faults.add(at+"/to", "a date, not before from")
		}
	}
	return faults.err()
}

// choose makes a visit of a stay that was chosen. The rules look at its days within the calendar;
// were it to begin later, it would last as long.
func (t *trial) choose(stay *Stay) visit {
	e := t.e
	g := &e.groups[e.groupOf[stay.Group]]
	v := t.visit(g, g.pattern(stay.Pattern))
	v.from, v.to, v.settled = max(stay.From, e.days.First()), stay.To, e.settled(g, stay.From)
	length, end := stayLength{span: max(int(min(stay.To, e.days.Last())-stay.From)+1, 0)}, min(stay.To, g.last)
	if n := e.days.Count(v.from, end); g.group.Days != nil && n > 0 {
		length.days, length.span = n, 0
	}
	if t.measurable(g, stay) {
		switch least := t.c.length.min; {
		case g.group.Days != nil:
			v.left, v.short = e.days.Count(stay.From, end), e.days.Count(stay.From, end) < least
		case g.group.Weeks != nil:
			days := max(int(end-stay.From)+1, 0)
			v.left, v.short = days/7, days < 7*least
		}
	}
	length.min = t.c.length.min
	t.c.length = length
	return v
}

// measurable tells whether a stay begins where its length can be compared.
func (t *trial) measurable(g *groupIndex, stay *Stay) bool {
	return t.e.days.First() <= stay.From && stay.From <= g.last
}

// explainChosen returns every reason against one chosen stay, by itself.
func (t *trial) explainChosen(v *visit, stay *Stay) []Reason {
	reasons := []Reason{}
	if !t.named(v.g, v.pattern) {
		reasons = append(reasons, Reason{Code: CodeNotOffered, Class: Never})
	}
	first := t.e.nextStart(v.g, t.r.referral, 0)
	if first != 0 && t.e.nextStart(v.g, t.r.referral, stay.From) != stay.From {
		clears := t.e.nextStart(v.g, t.r.referral, stay.From)
		reasons = append(reasons, Reason{Code: CodeStartDate, Class: dateOr(clears, Never), Date: stay.From, Clears: clears})
	}
	reasons = t.explainEnd(reasons, v, stay)
	reasons = t.explainOwn(t.explainStatic(reasons), v)
	if first == 0 {
		reasons = append(reasons, t.explainNotOpen(v))
	}
	return t.explainCompany(reasons, v)
}

// explainEnd appends that a stay ends too late: after the group's last day, or than the group's longest would. The
// date is the last one that would do.
func (t *trial) explainEnd(reasons []Reason, v *visit, stay *Stay) []Reason {
	g := v.g
	r := Reason{Code: CodeEndDate, Class: Never, Date: g.last}
	if !t.measurable(g, stay) {
		if stay.To > g.last {
			reasons = append(reasons, r)
		}
		return reasons
	}
	switch l := bounds(g.group); {
	case l == nil || l.Max == 0:
	case g.group.Days != nil:
		if days := t.e.days.Between(stay.From, min(stay.To, g.last)); len(days) > l.Max {
			r.Date = days[l.Max-1]
			r.numbers(l.Max, len(days))
		}
	default:
		if days := int(min(stay.To, g.last)-stay.From) + 1; days > 7*l.Max {
			r.Date = stay.From + calendar.Date(7*l.Max) - 1
			r.numbers(l.Max, (days+6)/7)
		}
	}
	if r.Limit != nil || stay.To > g.last {
		reasons = append(reasons, r)
	}
	return reasons
}

// bounds is what bounds a group's stays, or nil.
func bounds(g *Group) *Length {
	if g.Days != nil {
		return g.Days
	}
	return g.Weeks
}

// explainBetween appends what keeps a stay from being part of one package with those before it.
func (t *trial) explainBetween(reasons []Reason, before []Stay, stay *Stay) []Reason {
	var taken calendar.Sessions
	twice := false
	for i := range before {
		taken |= t.e.sessionsOf(&before[i])
		twice = twice || before[i].Group == stay.Group
	}
	if twice {
		reasons = append(reasons, Reason{Code: CodeGroupTwice, Class: Never, Codes: []string{string(stay.Group)}})
	}
	if both := taken & t.e.sessionsOf(stay); both != 0 {
		r := Reason{Code: CodeSessionTwice, Class: Never, Session: both.First().String()}
		for s := range both.All() {
			r.Codes = append(r.Codes, s.String())
		}
		reasons = append(reasons, r)
	}
	if len(before) > 0 && stay.From != before[0].From {
		reasons = append(reasons, Reason{Code: CodeStartsDiffer, Class: Never, Date: stay.From})
	}
	return reasons
}

// explainPackage appends what is wrong with stays together.
func (t *trial) explainPackage(reasons []Reason, stays []Stay) []Reason {
	sessions := 0
	for i := range stays {
		sessions += t.e.sessionsOf(&stays[i]).Len()
	}
	exceeds := func(code Code, limit, observed int) {
		if observed > limit {
			r := Reason{Code: code, Class: Never}
			r.numbers(limit, observed)
			reasons = append(reasons, r)
		}
	}
	exceeds(CodeTooManyGroups, t.e.policy.Package.MaxGroups, len(stays))
	if wanted := t.r.referral.Wants.Sessions; wanted > 0 && len(stays) > 1 {
		exceeds(CodeTooManySessions, wanted, sessions)
	}
	return reasons
}

// sessionsOf are the sessions of a stay's pattern.
func (e *Engine) sessionsOf(s *Stay) calendar.Sessions {
	return e.groups[e.groupOf[s.Group]].pattern(s.Pattern).Sessions
}
