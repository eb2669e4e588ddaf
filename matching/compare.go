package matching

import (
	"slices"
	"sort"
	"strings"
)

// A Comparison says why one option ranks above another, row by row. The
// differences of the rows of points add up to the difference of the totals.
type Comparison struct {
	Above []Stay `json:"above"` // the stays of the option that ranks higher
	Below []Stay `json:"below"`
	Rows  []Row  `json:"rows"`
	// Decided names the row that settles the order: "total", or the tie-break
	// "start", "journey_minutes", "group" or "pattern".
	Decided string `json:"decided"`
	Swaps   []Swap `json:"swaps"` // by criterion, where some weight swaps them
}

// A Row compares one part of two totals.
type Row struct {
	Row        string `json:"row"` // a criterion, "late_penalty", "composition" or "total"
	Above      int    `json:"above"`
	Below      int    `json:"below"`
	Difference int    `json:"difference"`
}

// A Swap is the nearest weight of a criterion, all others as they are, at which
// the order of two options turns round. It is found by ranking them again, not
// from the slope, and looked for up to where the criterion counts as much as all
// others together.
type Swap struct {
	Criterion Code `json:"criterion"`
	Weight    int  `json:"weight"` // in the policy
	Becomes   int  `json:"becomes"`
}

// Compare says why one option of a referral ranks above another, whichever way
// round they are given. Both are answers of this engine about one referral, and have dates; else
// the error is [ErrForeignOption], or a [*NotFoundError]. A refused option has a total too,
// and may be above.
func (e *Engine) Compare(a, b *Option) (*Comparison, error) {
	for _, o := range []*Option{a, b} {
		if err := e.own(o); err != nil {
			return nil, err
		}
		if o.Stays[0].From == 0 || o.Referral != a.Referral || !e.ownRows(o) {
			return nil, ErrForeignOption
		}
	}
	if compareOptions(a, b) > 0 {
		a, b = b, a
	}
	c := &Comparison{Above: a.Stays, Below: b.Stays, Decided: decidedBy(a, b), Swaps: []Swap{}}
	row := func(name string, above, below int) {
		c.Rows = append(c.Rows, Row{name, above, below, above - below})
	}
	for i := range a.Contributions {
		row(string(a.Contributions[i].Criterion), a.Contributions[i].Points, b.Contributions[i].Points)
	}
	row("late_penalty", a.LatePenalty, b.LatePenalty)
	row("composition", a.Composition, b.Composition)
	row("total", a.Total, b.Total)
	c.Swaps = swaps(a, b)
	return c, nil
}

// ownRows tells whether an option's contributions are of the engine's criteria.
func (e *Engine) ownRows(o *Option) bool {
	if len(o.Contributions) == 1 && o.Contributions[0].Criterion == CodeGiven {
		return true
	}
	return slices.EqualFunc(o.Contributions, e.criteria, func(c Contribution, own Criterion) bool { return c.Criterion == own.Code() })
}

func decidedBy(a, b *Option) string {
	ids := func(o *Option, id func(Stay) string) string {
		var list []string
		for _, stay := range o.Stays {
			list = append(list, id(stay))
		}
		return strings.Join(list, "\x00")
	}
	group := func(s Stay) string { return string(s.Group) }
	switch {
	case a.Total != b.Total:
		return "total"
	case a.Stays[0].From != b.Stays[0].From:
		return "start"
	case minutesOrLast(a) != minutesOrLast(b):
		return "journey_minutes"
	case ids(a, group) != ids(b, group):
		return "group"
	}
	return "pattern"
}

// swaps finds for each criterion the nearest weight at which b comes before a.
func swaps(a, b *Option) []Swap {
	found := []Swap{}
	if len(a.Contributions) == 1 {
		return found // given scores have no weights
	}
	for i := range a.Contributions {
		if becomes, ok := swapAt(a, b, i); ok {
			c := &a.Contributions[i]
			found = append(found, Swap{c.Criterion, c.Weight, becomes})
		}
	}
	return found
}

func swapAt(a, b *Option, i int) (weight int, ok bool) {
	now, others := a.Contributions[i].Weight, 0
	for j := range a.Contributions {
		if j != i {
			others += a.Contributions[j].Weight
		}
	}
	most := max(now, others)
	swapped := func(w int) bool {
		x, y := *a, *b
		x.Total, y.Total = a.totalWith(i, w), b.totalWith(i, w)
		return compareOptions(&x, &y) > 0
	}
	less, isLess := swapTowards(a, b, i, 0, swapped)
	more, isMore := swapTowards(a, b, i, most, swapped)
	if isLess && (!isMore || now-less <= more-now) {
		return less, true
	}
	return more, isMore
}

// swapTowards looks for the first weight on the way to a last one that swaps two
// options. As a weight grows, the mean of an option moves one way only: so it skips
// from one weight at which a total changes to the next, of which there are at most as
// many as there are values.
func swapTowards(a, b *Option, i, last int, swapped func(int) bool) (weight int, ok bool) {
	w, way := a.Contributions[i].Weight, 1
	if last < w {
		way = -1
	}
	turn := func(o *Option) int {
		total := o.totalWith(i, w)
		return sort.Search(way*(last-w), func(n int) bool { return o.totalWith(i, w+way*(n+1)) != total })
	}
	for w != last {
		skipped := min(turn(a), turn(b))
		if skipped == way*(last-w) {
			return 0, false
		}
		if w += way * (skipped + 1); swapped(w) {
			return w, true
		}
	}
	return 0, false
}

// totalWith is the option's total if the i-th criterion had another weight.
func (o *Option) totalWith(i, weight int) int {
	raw, sum := 0, 0
	for j := range o.Contributions {
		w := o.Contributions[j].Weight
		if j == i {
			w = weight
		}
		raw += w * o.Contributions[j].Value
		sum += w
	}
	if sum == 0 {
		return o.LatePenalty + o.Composition
	}
	return raw/sum + o.LatePenalty + o.Composition
}

// Firmness says how much it would take to change the first rank.
type Firmness struct {
	First  []Stay `json:"first,omitempty"`  // nil: nothing fits
	Second []Stay `json:"second,omitempty"` // the best option of other groups, or of another set of them; nil: there is none
	Margin int    `json:"margin"`           // of totals, first over second
	// TooClose tells that the order should not be leant on. Because says why:
	// "margin" (at most 10 points, one in a hundred of the scale), "unknown" (answers
	// could turn it round: the second's highest total exceeds the first's lowest), "weights" (one
	// weight, changed by at most a twentieth of all weights, does).
	TooClose bool     `json:"too_close"`
	Because  []string `json:"because"`
	Swaps    []Swap   `json:"swaps"` // as in a Comparison of the two
}

const (
	closeMargin = 10
	closeWeight = 20 // one part in this many of the sum of weights
)

// Firmness judges the first rank of a ranking.
func (r *Ranking) Firmness() Firmness {
	f := Firmness{Because: []string{}, Swaps: []Swap{}}
	if len(r.Ranking) == 0 {
		return f
	}
	first := &r.Ranking[0]
	f.First = first.Stays
	i := slices.IndexFunc(r.Ranking, func(o Option) bool { return !o.sameGroups(first) })
	if i < 0 {
		return f
	}
	second := &r.Ranking[i]
	f.Second, f.Margin, f.Swaps = second.Stays, first.Total-second.Total, swaps(first, second)
	if f.Margin <= closeMargin {
		f.Because = append(f.Because, "margin")
	}
	lowest := first.Total - first.Score + first.ScoreLow
	if highest := second.Total - second.Score + second.ScoreHigh; highest > lowest {
		f.Because = append(f.Because, "unknown")
	}
	if nearSwap(first, f.Swaps) {
		f.Because = append(f.Because, "weights")
	}
	f.TooClose = len(f.Because) > 0
	return f
}

// sameGroups tells whether two options are of the same groups, with whatever
// patterns and starts. Stays are in the order of their groups.
func (o *Option) sameGroups(other *Option) bool {
	return slices.EqualFunc(o.Stays, other.Stays, func(s, t Stay) bool { return s.Group == t.Group })
}

func nearSwap(o *Option, swaps []Swap) bool {
	sum := 0
	for i := range o.Contributions {
		sum += o.Contributions[i].Weight
	}
	return slices.ContainsFunc(swaps, func(s Swap) bool { return max(s.Becomes-s.Weight, s.Weight-s.Becomes)*closeWeight <= sum })
}
