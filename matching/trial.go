package matching

import (
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
	site      int32  // that the fields below are about, or -1
	c         Case
	met       []conflict
	refusal   Reason
	reasons   []Reason // scratch, as all that follows
	codes     []Code
	ids       []PupilID
	why       []Why
	moments   moments
	sought    bool // whether met has been filled
	values    []Value
	points    []int
	present   []attendee
	single    [1]*Group
}

// A conflict is a standing stay that a separation has something to say about.
type conflict struct {
	stay       *stayIndex
	separation int
	until      calendar.Date // 0: no end
	refuses    bool          // else it hangs on something unknown
}

func (e *Engine) try(r *referralIndex) *trial {
	t := &trial{e: e, r: r, pupil: &e.snapshot.Pupils[r.pupil], site: -1}
	t.c = Case{Policy: e.policy, Referral: r.referral, Pupil: t.pupil, pupil: r.pupil, engine: e}
	t.values = make([]Value, len(e.criteria))
	t.points = make([]int, len(e.criteria))
	t.why = make([]Why, len(e.criteria))
	t.concerned = make([]bool, len(e.separate))
	for i, separation := range e.separate {
		own, ok := separation.(interface{ concerns(p *Pupil) bool })
		t.concerned[i] = !ok || own.concerns(t.pupil)
	}
	return t
}

// enter prepares for the groups of a site.
func (t *trial) enter(site int32) {
	if t.site == site {
		return
	}
	t.site = site
	t.c.Site = t.e.sites[site].site
	t.c.Minutes = t.e.policy.minutes(t.pupil, t.c.Site)
	t.met = t.met[:0]
	t.sought = false
}

// conflicts are those of the site. They are looked for only once it is known
// that they are needed: most sites are too far away.
func (t *trial) conflicts() []conflict {
	if t.sought {
		return t.met
	}
	t.sought = true
	stays := t.e.sites[t.site].stays
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
	return t.met
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
		if rule.Check(&t.c, nil) == Refuses && !t.waived[rule.Code()] {
			return false
		}
	}
	return true
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

// separated is the last day of the stay on which some separation fails, or 0.
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
		return afterNewcomer(v, separation.Scope(), last)
	}
	return 0
}
