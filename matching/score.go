package matching

import "example.org/backontrack/matching/calendar"

// score fills t.values with the values of one stay. why, when not nil, takes the
// notes of each criterion.
func (t *trial) score(v *visit, week calendar.Sessions, groups []*Group, why []Why) {
	t.c.From, t.c.To, t.c.Week, t.c.Groups = v.from, v.to, week, groups
	for i, criterion := range t.e.criteria {
		var notes *Why
		if why != nil {
			notes = &why[i]
		}
		t.values[i] = criterion.Score(&t.c, notes).sound()
	}
}

// sound is a value within its bounds, whatever a criterion says.
func (v Value) sound() Value {
	v.Expected = min(max(v.Expected, 0), full)
	return Value{v.Expected, min(max(v.Low, 0), v.Expected), max(min(v.High, full), v.Expected)}
}

// option makes the answer for one stay. A stay without dates has no score.
func (t *trial) option(v *visit, reasons []Reason) Option {
	o := Option{
		Referral: t.r.referral.ID, Feasible: len(reasons) == 0, Bonus: t.r.bonus, Reasons: reasons,
		Stays:     []Stay{{v.g.group.ID, v.pattern.ID, v.from, v.to}},
		Unchecked: t.unchecked(v, reasons), Contributions: []Contribution{},
	}
	if t.c.Minutes >= 0 {
		o.Minutes = new(t.c.Minutes)
	}
	if v.from == 0 {
		return o
	}
	if given, ok := t.given(v); ok {
		o.give(given)
	} else {
		for i := range t.why {
			t.why[i].notes = t.why[i].notes[:0]
		}
		t.single[0] = v.g.group
		t.score(v, v.mask, t.single[:], t.why)
		t.contribute(&o, copied(t.why))
	}
	o.Composition = t.composition(v)
	t.e.total(&o, t.r.referral)
	return o
}

// copied are notes of their own, in one piece.
func copied(why []Why) []Why {
	n := 0
	for i := range why {
		n += len(why[i].notes)
	}
	all, out := make([]note, 0, n), make([]Why, len(why))
	for i := range why {
		from := len(all)
		all = append(all, why[i].notes...)
		out[i].notes = all[from:len(all):len(all)]
	}
	return out
}

// contribute turns t.values into the option's score and contributions.
func (t *trial) contribute(o *Option, why []Why) {
	e := t.e
	o.Score = apportion(t.points, e.weights, e.weightSum, func(i int) int { return t.values[i].Expected })
	o.ScoreLow = weighted(e.weights, e.weightSum, func(i int) int { return t.values[i].Low })
	o.ScoreHigh = weighted(e.weights, e.weightSum, func(i int) int { return t.values[i].High })
	o.Contributions = make([]Contribution, len(e.criteria))
	for i, criterion := range e.criteria {
		value := t.values[i]
		c := Contribution{Criterion: criterion.Code(), Weight: e.weights[i], Value: value.Expected, Points: t.points[i], Why: why[i]}
		if value.Low != value.High {
			c.Low, c.High = new(value.Low), new(value.High)
		}
		o.Contributions[i] = c
	}
}

// total settles lateness and what a ranking sorts by.
func (e *Engine) total(o *Option, r *Referral) {
	o.Late = r.late(o.Stays[0].From)
	if o.Late {
		o.LatePenalty = -e.policy.LatePenalty
	}
	o.Total = o.Score + o.LatePenalty + o.Composition
}

// late tells whether a start is after the deadline.
func (r *Referral) late(start calendar.Date) bool { return r.Deadline != 0 && start > r.Deadline }

// given is the score that the referral brings for a stay, if it brings any.
func (t *trial) given(v *visit) (score int, ok bool) {
	if t.r.referral.Given == nil {
		return 0, false
	}
	given := t.r.referral.Given[v.g.group.ID]
	if given.Patterns != nil {
		return given.Patterns[v.pattern.ID], true
	}
	return given.Score, true
}

func (o *Option) give(score int) {
	o.Score, o.ScoreLow, o.ScoreHigh = score, score, score
	o.Contributions = []Contribution{{Criterion: CodeGiven, Weight: 1, Value: score, Points: score}}
}
