package matching

import (
	"cmp"
	"runtime"
	"slices"
	"sync"
)

// A Ranking is the answer for one referral: what is possible, best first, and
// what is not, with every reason. An empty ranking is an answer, not an error.
type Ranking struct {
	Referral ReferralID `json:"referral"`
	Ranking  []Option   `json:"ranking"`
	Rejected []Option   `json:"rejected"` // one for each group and pattern without a feasible start; by group and pattern
}

// Rank ranks the options of a referral: by total, then earlier start, shorter
// journey (an unknown one last), group id, pattern id. Its time grows with the number of groups
// and patterns; no rule stops another from being looked at.
func (e *Engine) Rank(id ReferralID) (*Ranking, error) {
	r, err := e.referral(id)
	if err != nil {
		return nil, err
	}
	return e.rank(r), nil
}

func (e *Engine) rank(r *referralIndex) *Ranking {
	options := e.optionsOf(r)
	fits := []Option{}
	for i := range options {
		if options[i].Feasible {
			fits = append(fits, options[i])
		}
	}
	slices.SortStableFunc(fits, func(a, b Option) int { return compareOptions(&a, &b) })
	rejected := slices.DeleteFunc(options, func(o Option) bool { return o.Feasible })
	return &Ranking{Referral: r.referral.ID, Ranking: fits, Rejected: rejected}
}

// Options returns every option of a referral, by group, pattern and start: one for each
// feasible start that is considered, and for a group and pattern without any,
// one that says why. Packages, all feasible, come last.
func (e *Engine) Options(id ReferralID) ([]Option, error) {
	r, err := e.referral(id)
	if err != nil {
		return nil, err
	}
	return e.optionsOf(r), nil
}

func (e *Engine) optionsOf(r *referralIndex) []Option {
	workers := min(runtime.GOMAXPROCS(0), 1+e.patterns/patternsPerWorker)
	if workers == 1 {
		t := e.try(r)
		return append(t.optionsOfGroups(0, len(e.groups)), t.packages()...)
	}
	parts := make([][]Option, workers)
	var wg sync.WaitGroup
	var panicked rescue
	for w := range workers {
		wg.Go(func() {
			panicked.run(func() {
				parts[w] = e.try(r).optionsOfGroups(w*len(e.groups)/workers, (w+1)*len(e.groups)/workers)
			})
		})
	}
	wg.Wait()
	panicked.rethrow()
	return append(slices.Concat(parts...), e.try(r).packages()...)
}

// patternsPerWorker is how many options are worth a goroutine.
const patternsPerWorker = 1000

// optionsOfGroups are those of a run of groups.
func (t *trial) optionsOfGroups(from, to int) []Option {
	options := make([]Option, 0, (to-from)*t.e.patterns/max(len(t.e.groups), 1)+1)
	for i := from; i < to; i++ {
		options = t.optionsIn(options, &t.e.groups[i])
	}
	return options
}

// optionsIn appends the options of one group.
func (t *trial) optionsIn(options []Option, g *groupIndex) []Option {
	for i := range g.patterns {
		if t.named(g, &g.patterns[i]) {
			options = t.optionsWith(options, g, &g.patterns[i])
		}
	}
	return options
}

// named tells whether a group and pattern are options at all: where scores are
// given, only those that they name.
func (t *trial) named(g *groupIndex, p *Pattern) bool {
	if t.r.referral.Given == nil {
		return true
	}
	given, ok := t.r.referral.Given[g.group.ID]
	if !ok || given.Patterns == nil {
		return ok
	}
	_, ok = given.Patterns[p.ID]
	return ok
}

func (t *trial) optionsWith(options []Option, g *groupIndex, p *Pattern) []Option {
	v := t.visit(g, p)
	if t.allowed() && t.start(&v, 0) {
		for range t.e.policy.StartsPerGroup {
			options = append(options, t.option(&v, []Reason{}))
			if !t.laterStart(&v) {
				break
			}
		}
		return options
	}
	v = t.visit(g, p)
	if first := t.e.nextStart(g, t.r.referral, 0); first != 0 {
		t.e.begin(&v, first, t.c.length)
	}
	return append(options, t.option(&v, t.explain(&v)))
}

// laterStart brings v to the next start at which the answer could differ and
// every rule holds: one that follows the end of a standing placement on the
// site, or of the pupil's own.
func (t *trial) laterStart(v *visit) bool {
	ends := t.e.sites[v.g.site].ends
	i, _ := slices.BinarySearch(ends, v.from)
	for {
		end := noEnd
		if i < len(ends) {
			end = ends[i]
		}
		for _, n := range t.e.pupilStays[t.r.pupil] {
			if to := t.e.stays[n].placement.To; to >= v.from && to < end {
				end = to
			}
		}
		if end == noEnd {
			return false
		}
		d := t.e.nextStart(v.g, t.r.referral, end+1)
		if d == 0 {
			return false
		}
		t.e.begin(v, d, t.c.length)
		if v.short {
			return false
		}
		if t.refusedUntil(v) == 0 {
			return true
		}
		i, _ = slices.BinarySearch(ends, v.from)
	}
}

// compareOptions orders the options of a referral as a ranking does.
func compareOptions(a, b *Option) int {
	return cmp.Or(
		cmp.Compare(b.Total, a.Total),
		cmp.Compare(a.Stays[0].From, b.Stays[0].From),
		cmp.Compare(minutesOrLast(a), minutesOrLast(b)),
		compareStays(a, b),
	)
}

// compareStays orders by the ids of the groups, and then of the patterns.
func compareStays(a, b *Option) int {
	return cmp.Or(
		slices.CompareFunc(a.Stays, b.Stays, func(a, b Stay) int { return cmp.Compare(a.Group, b.Group) }),
		slices.CompareFunc(a.Stays, b.Stays, func(a, b Stay) int { return cmp.Compare(a.Pattern, b.Pattern) }),
	)
}

func minutesOrLast(o *Option) int {
	if o.Minutes == nil {
		return 1 << 30
	}
	return *o.Minutes
}
