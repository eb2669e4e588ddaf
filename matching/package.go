package matching

import (
	"slices"

	"example.org/backontrack/matching/calendar"
)

// packages are the options of two groups and more: no two stays share a session,
// the week is not longer than what is wanted, and all start on the earliest day
// that suits each of them.
func (t *trial) packages() []Option {
	most := t.e.policy.Package.MaxGroups
	if most < 2 {
		return nil
	}
	var parts []visit
	for i := range t.e.groups {
		parts = slices.AppendSeq(parts, t.openings(&t.e.groups[i]))
	}
	wanted := t.r.referral.Wants.Sessions
	if wanted == 0 {
		wanted = calendar.PerWeek
	}
	b := packager{t: t, parts: parts, most: most, wanted: wanted}
	b.extend(nil, 0, 0)
	slices.SortStableFunc(b.options, func(a, b Option) int { return compareStays(&a, &b) })
	return b.options
}

// A packager puts packages together from parts that are possible by themselves.
type packager struct {
	t            *trial
	parts        []visit
	most, wanted int
	options      []Option
}

func (b *packager) extend(chosen []visit, next int, week calendar.Sessions) {
	for i := next; i < len(b.parts); i++ {
		part := &b.parts[i]
		whole := week | part.mask
		if week&part.mask != 0 || whole.Len() > b.wanted || len(chosen) > 0 && chosen[len(chosen)-1].g == part.g {
			continue
		}
		stays := append(slices.Clip(chosen), *part)
		if len(stays) > 1 && b.t.align(stays) {
			b.options = append(b.options, b.t.packageOption(stays, whole))
		}
		if len(stays) < b.most {
			b.extend(stays, i+1, whole)
		}
	}
}

// align brings all stays to the earliest common start. It tells whether there is one.
func (t *trial) align(stays []visit) bool {
	start := calendar.Date(0)
	for agreed := 0; agreed < len(stays); {
		for i := range stays {
			v := &stays[i]
			*v = t.visit(v.g, v.pattern)
			if !t.start(v, start) {
				return false
			}
			if v.from == start {
				agreed++
			} else {
				start, agreed = v.from, 1
			}
			if agreed == len(stays) {
				break
			}
		}
	}
	return true
}

func (t *trial) packageOption(stays []visit, week calendar.Sessions) Option {
	groups := make([]*Group, len(stays))
	for i := range stays {
		groups[i] = stays[i].g.group
	}
	o := Option{
		Referral: t.r.referral.ID, Feasible: true, Bonus: t.r.bonus, Reasons: []Reason{},
		Unchecked: []Code{}, Contributions: []Contribution{}, Minutes: new(0),
	}
	sums, why := make([]Value, len(t.e.criteria)), make([]Why, len(t.e.criteria))
	given, isGiven := 0, false
	for i := range stays {
		v := &stays[i]
		t.visit(v.g, v.pattern)
		t.packageStay(&o, v)
		if score, ok := t.given(v); ok {
			given, isGiven = given+score*v.mask.Len(), true
			continue
		}
		t.score(v, week, groups, nil)
		for j, value := range t.values {
			sums[j].add(value, v.mask.Len())
			why[j].Number(string(v.g.group.ID), value.Expected)
		}
	}
	o.Unchecked = sorted(o.Unchecked)
	if isGiven {
		o.give(given / week.Len())
	} else {
		for j := range sums {
			t.values[j] = sums[j].over(week.Len())
		}
		t.contribute(&o, why)
	}
	t.e.total(&o, t.r.referral)
	return o
}

// packageStay adds what one stay brings to a package, but for its score.
func (t *trial) packageStay(o *Option, v *visit) {
	o.Stays = append(o.Stays, Stay{v.g.group.ID, v.pattern.ID, v.from, v.to})
	o.Unchecked = append(o.Unchecked, t.unchecked(v, nil)...)
	o.Composition += t.composition(v)
	switch {
	case t.c.Minutes < 0:
		o.Minutes = nil
	case o.Minutes != nil:
		o.Minutes = new(max(*o.Minutes, t.c.Minutes))
	}
}

func (v *Value) add(w Value, times int) {
	v.Expected += w.Expected * times
	v.Low += w.Low * times
	v.High += w.High * times
}

func (v Value) over(n int) Value { return Value{v.Expected / n, v.Low / n, v.High / n} }
