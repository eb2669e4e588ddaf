package matching

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"example.org/backontrack/matching/internal/solve"
)

// A care says how much is done for one unplaced referral.
type care struct {
	refused int // options refused by the standing placements are looked at as long as so many are left
	steps   int // of the search for who would have to give way
	doors   int // options that unlocks are looked for
	changes int // in an unlock, at most
	unlocks int // at most
}

// Within a plan, all is bounded so that a thousand referrals cost about a second: what is refused is looked at for
// the first of the unplaced, until there are a million options of theirs.
var (
	inPlan = care{refused: 1 << 20, steps: 400, doors: 2, changes: 2, unlocks: 3}
	inFull = care{refused: 1 << 40, steps: 20000, doors: 24, changes: mostChanges, unlocks: 12}
)

// A keeper knows what keeps referrals out of one plan.
type keeper struct {
	p      *Planner
	plan   *Plan
	choice solve.Choice
	world  *carriedOut
	order  []Code
	barred []bool // by option
	kept   []bool // by item: its option is fixed
	left   []bool // by referral: it is fixed without stays
}

// keeper prepares questions about a plan that was made with some choices.
func (p *Planner) keeper(plan *Plan, choice solve.Choice, o *PlanOptions) (*keeper, error) {
	barred, forced, err := p.choices(o)
	if err != nil {
		return nil, err
	}
	k := &keeper{
		p: p, plan: plan, choice: choice, world: p.e.carryOut(plan), order: p.e.codesInOrder(),
		barred: barred, kept: make([]bool, len(choice)), left: make([]bool, len(p.e.referrals)),
	}
	for _, n := range forced {
		k.kept[p.m.problem.Options[n].Item] = true
	}
	for i := range o.Fixed {
		if len(o.Fixed[i].Stays) == 0 {
			k.left[p.e.referralOf[o.Fixed[i].Referral]] = true
		}
	}
	return k, nil
}

// byChoice tells whether nothing but the panel's own choices keeps the referral out: it is to stay unplaced, all its
// options are barred, or one that is would fit at no cost.
func (q *unplacedQuestion) byChoice(from, to int32) bool {
	if q.u.ByChoice || q.left[q.r] || from < to && !slices.Contains(q.barred[from:to], false) {
		return true
	}
	for n := from; n < to; n++ {
		if q.barred[n] {
			if found, fits := q.l.beside(q.r, n, n+1, nil); fits && found.value >= 0 {
				return true
			}
		}
	}
	return false
}

// A question about one unplaced referral, with what a goroutine needs to answer it.
type unplacedQuestion struct {
	*keeper
	care
	t, after *trial // against the standing placements, and beside the plan
	l        *load
	r        int32 // the referral
	u        *Unplaced
	doors    []door
}

// ask prepares questions for one goroutine.
func (k *keeper) ask(c care) *unplacedQuestion {
	q := &unplacedQuestion{keeper: k, care: c, l: newLoad(&k.p.m.problem, k.choice, len(k.p.e.referrals))}
	q.t, q.after = k.p.e.try(&k.p.e.referrals[0]), k.world.e.try(&k.world.e.referrals[0])
	return q
}

// explainUnplaced says of the referrals that a plan leaves out what keeps them out, on all processors.
func (p *Planner) explainUnplaced(plan *Plan, choice solve.Choice, o *PlanOptions) error {
	if len(plan.Unplaced) == 0 {
		return nil
	}
	k, err := p.keeper(plan, choice, o)
	if err != nil {
		return err
	}
	inDetail := inPlan.refused / max(p.e.patterns, 1)
	var next atomic.Int64
	var panicked rescue
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(plan.Unplaced)) {
		wg.Go(func() {
			panicked.run(func() {
				q := k.ask(inPlan)
				for i := next.Add(1) - 1; i < int64(len(plan.Unplaced)); i = next.Add(1) - 1 {
					q.answer(&plan.Unplaced[i], int(i) < inDetail)
				}
			})
		})
	}
	wg.Wait()
	panicked.rethrow()
	return nil
}

// answer fills in what keeps a referral out. Without detail it looks only at the options that the
// standing placements leave open.
func (q *unplacedQuestion) answer(u *Unplaced, detail bool) {
	q.turn(u)
	u.Reasons = []Reason{}
	from, to := q.options(q.r)
	if q.byChoice(from, to) {
		u.ByChoice = true
		return
	}
	if best, fits := q.l.beside(q.r, from, to, q.barred); fits {
		q.price(best.value) // nothing keeps it out but what it is worth
		return
	}
	u.Reasons = q.refusals(detail).reasons()
	if from < to {
		q.giveWay(from, to)
	}
	q.unlock()
	if from < to {
		q.reassign(from, to)
	}
	slices.SortStableFunc(u.Unlock, func(a, b Unlock) int { return len(a.Changes) - len(b.Changes) })
	u.Unlock = u.Unlock[:min(len(u.Unlock), q.unlocks)]
}

// turn makes the question one about another referral.
func (q *unplacedQuestion) turn(u *Unplaced) {
	q.u, q.r, q.doors = u, q.p.e.referralOf[u.Referral], q.doors[:0]
	q.t.reset(&q.p.e.referrals[q.r])
	q.after.reset(&q.world.e.referrals[q.r])
}

// options is the run of an item's options.
func (k *keeper) options(item int32) (from, to int32) {
	list := k.p.m.problem.Options
	start, _ := slices.BinarySearchFunc(list, item, func(o solve.Option, item int32) int { return int(o.Item - item) })
	end, _ := slices.BinarySearchFunc(list, item+1, func(o solve.Option, item int32) int { return int(o.Item - item) })
	return int32(start), int32(end)
}

// refusals are what shuts out each option: what the standing placements refuse by itself, and what
// they leave open by the plan.
func (q *unplacedQuestion) refusals(detail bool) *refusals {
	f := newRefusals(q.order)
	open := map[[2]int32]bool{}
	from, to := q.options(q.r)
	for n := from; n < to; n++ {
		o := &q.p.m.options[n]
		if q.barred[n] {
			open[[2]int32{o.stays[0].group, o.stays[0].pattern}] = true
			continue
		}
		var reasons []Reason
		for i := range o.stays {
			s := &o.stays[i]
			g := &q.world.e.groups[s.group]
			v := q.after.visit(g, &g.patterns[s.pattern])
			v.from, v.to, v.settled = s.from, s.to, s.settled
			reasons = append(reasons, q.after.explain(&v)...)
		}
		f.add(reasons, o.stays[0].group)
		key := [2]int32{o.stays[0].group, o.stays[0].pattern}
		if len(o.stays) == 1 && !open[key] {
			open[key] = true
			q.door(key, o.stays[0].stay(q.p.e), reasons, q.p.m.worth(o), o.minutes)
		}
	}
	if detail {
		q.refused(f, open)
	}
	return f
}

// refused adds what the standing placements refuse.
func (q *unplacedQuestion) refused(f *refusals, open map[[2]int32]bool) {
	for i := range q.p.e.groups {
		g := &q.p.e.groups[i]
		for n := range g.patterns {
			key := [2]int32{int32(i), int32(n)}
			if open[key] || !q.t.named(g, &g.patterns[n]) {
				continue
			}
			v := q.t.visit(g, &g.patterns[n])
			if first := q.p.e.nextStart(g, q.t.r.referral, 0); first != 0 {
				q.p.e.begin(&v, first, q.t.c.length)
			}
			reasons := q.t.explain(&v)
			f.add(reasons, int32(i))
			q.door(key, Stay{g.group.ID, g.patterns[n].ID, v.from, v.to}, reasons, 0, q.t.c.Minutes)
		}
	}
}

// giveWay finds the fewest others of the agenda that would have to give way, and what that costs at most:
// of several such sets the one that costs least, then the first.
func (q *unplacedQuestion) giveWay(from, to int32) {
	type way struct {
		option int32
		gone   []int32
	}
	var ways []way
	q.l.steps = q.steps
	for size := 1; size <= 3 && len(ways) == 0; size++ {
		for n := from; n < to; n++ {
			if q.barred[n] {
				continue
			}
			q.l.clear(n, size, nil, func(gone []int32) { ways = append(ways, way{n, slices.Clone(gone)}) })
		}
	}
	for n := from; n < to && len(ways) == 0; n++ {
		if q.barred[n] {
			continue
		}
		if gone := q.l.clearAll(n); gone != nil {
			ways = append(ways, way{n, gone})
		}
	}
	var best []int32
	most, known := int64(0), false
	for _, w := range ways {
		if gain := q.l.gain(q.r, w.option, w.gone); !known || gain > most {
			best, most, known = w.gone, gain, true
		}
	}
	if !known {
		return
	}
	for _, i := range sorted(best) {
		q.u.Referrals = append(q.u.Referrals, q.p.e.referrals[i].referral.ID)
	}
	if slices.ContainsFunc(best, func(i int32) bool { return q.kept[i] }) {
		return // no plan that keeps to what is fixed makes room in this way
	}
	q.price(most)
}

// price is what a plan with the referral is worth less, of which one was found.
func (q *unplacedQuestion) price(gain int64) {
	high := int(-gain)
	q.u.Cost = &PlanCost{Low: min(q.plan.Objective-q.plan.Bound, high), High: high}
}

// Explain says in full what keeps a referral out of a plan: of every option, unlocks of up to three
// changes, and what placing the referral would cost the plan, by planning again with the referral placed. For that o
// are the options that the plan was made with; its Effort bounds the cost. Of a referral that those leave out by choice, or
// of which the plan says so, there is nothing else to say.
//
// The errors are [*NotFoundError] for the referral, [ErrForeignPlan] for a plan that is not one of this planner under o or places the
// referral, [ErrMoves] where the plan makes more moves than o.Moves, and those of [Engine.Plan] about choices.
func (p *Planner) Explain(ctx context.Context, plan *Plan, id ReferralID, o PlanOptions) (*Unplaced, error) {
	r, ok := p.e.referralOf[id]
	if !ok {
		return nil, &NotFoundError{"referral", string(id)}
	}
	choice, err := p.asPlanned(plan, &o)
	if err != nil {
		return nil, err
	}
	if choice[r] >= 0 {
		return nil, ErrForeignPlan
	}
	k, err := p.keeper(plan, choice, &o)
	if err != nil {
		return nil, err
	}
	u := &Unplaced{Referral: id, Unlock: []Unlock{}}
	u.ByChoice = slices.ContainsFunc(plan.Unplaced, func(other Unplaced) bool { return other.Referral == id && other.ByChoice })
	k.ask(inFull).answer(u, true)
	if u.Cost == nil {
		return u, nil
	}
	cost, err := k.cost(ctx, r, u.Cost, &o)
	if err != nil {
		return nil, err
	}
	u.Cost = cost
	return u, nil
}

// cost plans again with a referral placed: its options are made worth so much more that no best plan
// can do without it.
func (k *keeper) cost(ctx context.Context, r int32, exchange *PlanCost, o *PlanOptions) (*PlanCost, error) {
	more := int64(max(k.plan.Bound-k.plan.Objective, 0) + max(exchange.High, 0) + 1)
	values := make([]int64, len(k.p.m.options))
	from, to := k.options(r)
	for n := from; n < to; n++ {
		values[n] = more
	}
	result, err := k.p.solve(ctx, o, values, nil)
	if err != nil {
		return nil, err
	}
	cost := &PlanCost{Low: k.plan.Objective - int(result.Bound-more), High: exchange.High}
	if result.Choice[r] >= 0 {
		cost.High = min(cost.High, k.plan.Objective-int(result.Value-more))
	}
	cost.Low = min(cost.Low, cost.High)
	return cost, nil
}
