package matching

import (
	"cmp"
	"slices"
)

// A door is an option of an unplaced referral that may be unlocked.
type door struct {
	key     [2]int32 // group and pattern
	stay    Stay
	reasons int
	worth   int
	minutes int // the journey
}

// door notes an option, unless nothing but another one helps.
func (q *unplacedQuestion) door(key [2]int32, stay Stay, reasons []Reason, worth, minutes int) {
	if stay.From != 0 && len(reasons) > 0 && !slices.ContainsFunc(reasons, isFinal) {
		q.doors = append(q.doors, door{key, stay, len(reasons), worth, minutes})
	}
}

// unlock looks for unlocks of the options that have the fewest reasons against them, then are worth most, then are nearest.
// What the plan has placed stays where it is.
func (q *unplacedQuestion) unlock() {
	slices.SortStableFunc(q.doors, func(a, b door) int {
		return cmp.Or(cmp.Compare(a.reasons, b.reasons), cmp.Compare(b.worth, a.worth), cmp.Compare(a.minutes, b.minutes))
	})
	for _, d := range q.doors[:min(len(q.doors), q.care.doors)] {
		g := &q.world.e.groups[d.key[0]]
		v := q.after.visit(g, &g.patterns[d.key[1]])
		q.world.e.begin(&v, d.stay.From, q.after.c.length)
		reasons := q.after.explain(&v)
		if len(reasons) == 0 || slices.ContainsFunc(reasons, isFinal) {
			continue
		}
		l := q.world.e.locksmith(&Option{Referral: q.u.Referral, Stays: []Stay{d.stay}, Reasons: reasons})
		l.keeps = q.world.keeps
		q.world.price(l.e)
		l.gather()
		for size := 1; size <= q.changes && len(l.found) <= (size-1)*q.unlocks/mostChanges; size++ {
			l.sets(nil, 0, size)
		}
		for _, u := range l.found {
			q.opens(u)
		}
	}
}

// opens notes an unlock, with what it makes possible.
func (q *unplacedQuestion) opens(u Unlock) {
	u.Changes = append(u.Changes, Change{Kind: Place, Referral: q.u.Referral, Stays: []Stay{u.Stay}})
	q.u.Unlock = append(q.u.Unlock, u)
}

// reassign looks for another referral whose next best option leaves room: the one exchange that
// is worth most.
func (q *unplacedQuestion) reassign(from, to int32) {
	var best Unlock
	most, known := int64(0), false
	q.l.steps = q.steps
	for n := from; n < to; n++ {
		if q.barred[n] {
			continue
		}
		q.l.clear(n, 1, nil, func(gone []int32) {
			other := gone[0] // it has given way while this is called
			if q.kept[other] {
				return
			}
			q.l.put(q.r, n)
			first, last := q.options(other)
			for o := first; o < last && q.l.steps > 0; o++ {
				q.l.steps--
				if _, fits := q.l.conflict(o); !fits || q.barred[o] {
					continue
				}
				if worth := q.l.p.Options[n].Value + q.l.p.Options[o].Value; !known || worth > most {
					most, known = worth, true
					best = q.exchange(n, other, o)
				}
			}
			q.l.lift(q.r)
		})
	}
	if known {
		q.u.Unlock = append(q.u.Unlock, best)
	}
}

func (q *unplacedQuestion) exchange(n, other, o int32) Unlock {
	stays := func(o int32) (list []Stay) {
		for i := range q.p.m.options[o].stays {
			list = append(list, q.p.m.options[o].stays[i].stay(q.p.e))
		}
		return list
	}
	own := stays(n)
	return Unlock{Stay: own[0], Changes: []Change{
		{Kind: Reassign, Referral: q.p.e.referrals[other].referral.ID, Stays: stays(o)},
		{Kind: Place, Referral: q.u.Referral, Stays: own},
	}}
}
