package matching

import (
	"iter"

	"example.org/backontrack/matching/calendar"
)

// A trial tries one referral in one group after another. It holds what is worth
// computing once for a site, and scratch space; it is for one goroutine.
type trial struct {
	e         *Engine
	r         *referralIndex
	pupil     *Pupil
	waived    map[Code]bool
	concerned []bool // by separation: whether it could part the pupil from anyone
	c         Case
	sites     []siteMemo
	site      *siteMemo // of c.Group
	met       []conflict

	// Scratch.

	moments moments
	refusal Reason
	reasons []Reason
	codes   []Code
	ids     []PupilID
	values  []Value
	points  []int
	why     []Why
	present []attendee
	single  [1]*Group
}

// A siteMemo is what a trial knows of a site.
type siteMemo struct {
	entered, sought bool
	minutes         int32
	from, to        int32 // its conflicts in met
}

// A conflict is a standing stay that a separation has something to say about.
type conflict struct {
	stay       *stayIndex
	separation int
	until      calendar.Date // 0: no end
	refuses    bool          // else it hangs on something unknown
}

func (e *Engine) try(r *referralIndex) *trial {
	t := &trial{e: e, waived: e.waived}
	t.values, t.points = make([]Value, len(e.criteria)), make([]int, len(e.criteria))
	t.why = make([]Why, len(e.criteria))
	t.concerned, t.sites = make([]bool, len(e.separate)), make([]siteMemo, len(e.sites))
	t.reset(r)
	return t
}

// reset makes the trial one of another referral.
func (t *trial) reset(r *referralIndex) {
	t.r, t.pupil = r, &t.e.snapshot.Pupils[r.pupil]
	t.c = Case{Policy: t.e.policy, Referral: r.referral, Pupil: t.pupil, pupil: r.pupil, engine: t.e}
	t.met = t.met[:0]
	clear(t.sites)
	for i, separation := range t.e.separate {
		own, ok := separation.(interface{ concerns(p *Pupil) bool })
		t.concerned[i] = !ok || own.concerns(t.pupil)
	}
}

// enter prepares for the groups of a site.
func (t *trial) enter(n int32) {
	site, memo := t.e.sites[n].site, &t.sites[n]
	if !memo.entered {
		memo.entered, memo.minutes = true, int32(t.e.policy.minutes(t.pupil, site))
	}
	t.site, t.c.Site, t.c.Minutes = memo, site, int(memo.minutes)
}

// conflicts are those of the group's site. They are looked for only once it is
// known that they are needed: most sites are too far away.
func (t *trial) conflicts() []conflict {
	if !t.site.sought {
		t.site.sought, t.site.from = true, int32(len(t.met))
		t.seek(t.e.sites[t.c.group.site].stays)
		t.site.to = int32(len(t.met))
	}
	return t.met[t.site.from:t.site.to]
}

func (t *trial) seek(stays []int32) {
	for i, separation := range t.e.separate {
		if !t.concerned[i] {
			continue
		}
		for _, n := range stays {
			st := &t.e.stays[n]
			if st.pupil == t.r.pupil {
				continue
			}
			verdict, until := separation.Apart(t.pupil, &t.e.snapshot.Pupils[st.pupil])
			if verdict != Passes {
				t.met = append(t.met, conflict{st, i, until, verdict == Refuses})
			}
		}
	}
}

// visit prepares a stay in a group; begin gives it dates.
func (t *trial) visit(g *groupIndex, p *Pattern) visit {
	t.enter(g.site)
	t.c.Group, t.c.Sessions, t.c.group = g.group, p.Sessions, g
	v := visit{g: g, pattern: p, mask: p.Sessions, demand: t.r.demand}
	if given, ok := t.r.referral.Given[g.group.ID]; ok && given.AdultDemand != nil && !t.r.referral.OwnAdult {
		n := int64(*given.AdultDemand)
		v.demand = demand{n, n, n}
	}
	t.c.demand = v.demand
	t.c.length = lengthOf(g.group, &t.r.referral.Wants)
	return v
}

// allowed tells whether no rule that needs no dates refuses.
func (t *trial) allowed() bool {
	for _, rule := range t.e.rules {
		if t.verdict(rule, nil) == Refuses && !t.waived[rule.Code()] {
			return false
		}
	}
	return true
}

// openings yields, for each pattern of a group that is an option at all, the visit
// at the first start at which every rule holds.
func (t *trial) openings(g *groupIndex) iter.Seq[visit] {
	return func(yield func(visit) bool) {
		for i := range g.patterns {
			if !t.named(g, &g.patterns[i]) {
				continue
			}
			if v := t.visit(g, &g.patterns[i]); t.allowed() && t.start(&v, 0) && !yield(v) {
				return
			}
		}
	}
}

// verdict asks a rule, which sees no dates and no other stays. What is no verdict
// refuses.
func (t *trial) verdict(rule Rule, why *Reason) Verdict {
	t.c.From, t.c.To, t.c.Week, t.c.Groups = 0, 0, 0, nil
	return min(rule.Check(&t.c, why), Refuses)
}

// start brings v to the first allowed start from a day on at which every rule
// about dates holds. It tells whether there is one.
func (t *trial) start(v *visit, from calendar.Date) bool {
	for d := t.e.nextStart(v.g, t.r.referral, from); d != 0; d = t.e.nextStart(v.g, t.r.referral, d+1) {
		t.e.begin(v, d, t.c.length)
		if v.short && !t.waived[CodeTooShort] {
			return false // and every later start is shorter
		}
		refused := t.refusedUntil(v)
		switch refused {
		case 0:
			return true
		case forever:
			return false
		}
		// A start not after a day that this stay fails on would include that day too.
		d = max(d, refused)
	}
	return false
}

// refusedUntil is the last day of the stay on which one of the rules about dates
// fails, or 0 where none does.
func (t *trial) refusedUntil(v *visit) calendar.Date {
	if last := t.busyFails(v, nil); last != 0 && !t.waived[CodeBusy] {
		return last
	}
	for _, p := range v.g.pools {
		if last := t.poolFails(v, &t.e.pools[p], nil); last != 0 && !t.waived[t.e.poolCode(p)] {
			return last
		}
	}
	if last := t.staffingFails(v, nil); last != 0 && !t.waived[CodeStaffing] {
		return last
	}
	if last := t.unregisteredFails(v, false, nil); last != 0 && !t.waived[CodeUnregisteredFullTime] {
		return last
	}
	return t.separated(v)
}

// separated is 0 unless some separation fails; else as meets.
func (t *trial) separated(v *visit) calendar.Date {
	for _, c := range t.conflicts() {
		if !c.refuses || v.mask&c.stay.mask == 0 {
			continue
		}
		separation := t.e.separate[c.separation]
		last := t.meets(v, c, separation.Scope(), nil)
		if last == 0 || t.waived[separation.Code()] {
			continue
		}
		return last
	}
	return 0
}
