package report

import (
	"fmt"
	"slices"
	"strings"

	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/matching"
)

// Comparison writes why one option ranks above another, row by row, and what
// weight would turn them round.
func (r *Report) Comparison(c *matching.Comparison, above, below *matching.Option) {
	r.Blank()
	for i, o := range []*matching.Option{above, below} {
		mark := []string{"A  ", "B  "}[i]
		if !o.Feasible {
			mark += "(refused) "
		}
		r.Para(indent, 5, screen.In(screen.Bold, mark+r.title(o)), screen.In(screen.Dim, ": "+r.when(o)))
	}
	r.Blank()
	table := []screen.Column{{}, {Head: "A", Right: true}, {Head: "B", Right: true}, {Head: "A – B", Right: true}, {Wide: true}}
	most := 1
	for _, row := range c.Rows {
		most = max(most, row.Difference, -row.Difference)
	}
	var rows []screen.Row
	for i, row := range c.Rows {
		if row.Row == "total" {
			rows = append(rows, line5())
		}
		rows = append(rows, cells(
			screen.Text(text.Part(row.Row)), screen.Text(fmt.Sprint(row.Above)), screen.Text(fmt.Sprint(row.Below)),
			screen.In(good(row.Difference), text.Signed(row.Difference)), difference(row, most, isRounding(row, i, above, below)),
		))
	}
	r.Table(indent, table, rows)
	r.Blank()
	r.Say(r.words.Decided(c)...)
	r.swaps(c.Swaps)
	for _, o := range []*matching.Option{above, below} {
		if !o.Feasible {
			r.Say(r.title(o) + " is refused, whatever its figures:")
			r.Reasons(o, indent+2)
		}
	}
}

// difference draws by how much a row speaks for one of two options.
func difference(row matching.Row, most int, rounding bool) screen.Span {
	switch {
	case row.Row == "total" || row.Difference == 0:
		return screen.Text("")
	case rounding:
		return screen.In(screen.Dim, "(rounding)")
	}
	bar, _ := screen.Bar(max(row.Difference, -row.Difference), most, barWidth)
	if row.Difference > 0 {
		return screen.In(screen.Good, bar+" for A")
	}
	return screen.In(screen.Bad, bar+" for B")
}

// isRounding tells whether a row differs only because one of two options got the
// point that was left over when its values were rounded down.
func isRounding(row matching.Row, i int, above, below *matching.Option) bool {
	return i < len(above.Contributions) && row.Difference*row.Difference == 1 &&
		above.Contributions[i].Value == below.Contributions[i].Value
}

func line5() screen.Row {
	dash := screen.In(screen.Dim, "────")
	return cells(screen.Text(""), dash, dash, dash, screen.Text(""))
}

func (r *Report) when(o *matching.Option) string {
	days := make([]string, len(o.Stays))
	for i, stay := range o.Stays {
		days[i] = r.words.Days(stay)
	}
	return strings.Join(days, " + ") + ", " + text.Dates(o.Stays[0]) + ", " + journey(o)
}

// swaps says which weights would turn an order round, the nearest first.
func (r *Report) swaps(list []matching.Swap) {
	if len(list) == 0 {
		r.Say("No change of one weight turns them round.")
		return
	}
	const shown = 3
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b matching.Swap) int { return far(a) - far(b) })
	var parts []string
	for _, s := range list[:min(shown, len(list))] {
		parts = append(parts, fmt.Sprintf("%s %d instead of %d", text.Part(string(s.Criterion)), s.Becomes, s.Weight))
	}
	r.Say("They would change places if one weight were another: " + strings.Join(parts, ", or ") + ".")
}

func far(s matching.Swap) int { return max(s.Becomes-s.Weight, s.Weight-s.Becomes) }

// Firmness says how much it would take to change the first rank.
func (r *Report) Firmness(f *matching.Firmness) {
	if f.First == nil {
		return
	}
	r.Head("How firm is the first rank?")
	if f.Second == nil {
		r.Say("There is no other group or package to weigh it against.")
		return
	}
	lead := fmt.Sprintf("%s ahead of %s", text.Count(f.Margin, "point", "points"), named(r.words.Groups(f.Second), f.Second))
	if !f.TooClose {
		r.Para(indent, 2, screen.In(screen.Good, "Firm: "), screen.Text(lead+"; no missing answer and no small change of one weight turns them round."))
		return
	}
	r.Para(indent, 2, screen.In(screen.Warn, "Too close to call: "), screen.Text(lead+", but "+text.TooClose(f)+"."))
}

// named says of several groups that they are one choice.
func named(groups string, stays []matching.Stay) string {
	if len(stays) > 1 {
		return "the package " + groups
	}
	return groups
}

// WhatIf writes a ranking under other facts, with what each choice was before.
func (r *Report) WhatIf(facts string, before, after *matching.Ranking, top int) {
	was := map[string]int{}
	for i, c := range choices(before.Ranking) {
		was[where(c.best)] = i + 1
	}
	r.Head("If the facts were " + facts)
	r.Summary(after)
	r.Blank()
	list := choices(after.Ranking)
	shown := list[:min(top, len(list))]
	columns := r.columns(shown)
	columns = slices.Insert(columns, 1, column{screen.Column{Head: "was"}, func(_ int, o *matching.Option) screen.Span {
		if n := was[where(o)]; n > 0 {
			return screen.In(screen.Dim, fmt.Sprint(n))
		}
		return screen.In(screen.Good, "new")
	}})
	if len(shown) > 0 {
		r.list(shown, columns)
	}
	r.more(len(shown), len(list)-len(shown), "choice", "choices")
	r.lost(before, after, list)
}

// lost names the groups that are possible no more.
func (r *Report) lost(before, after *matching.Ranking, now []choice) {
	is := map[string]bool{}
	for _, c := range now {
		is[where(c.best)] = true
	}
	var gone []choice
	for _, c := range choices(before.Ranking) {
		if !is[where(c.best)] && len(c.best.Stays) == 1 {
			gone = append(gone, c)
		}
	}
	if len(gone) == 0 {
		return
	}
	const shown = 8
	r.Head("No longer possible: " + text.Count(len(gone), "choice", "choices"))
	for _, c := range gone[:min(shown, len(gone))] {
		r.Para(indent, 2, screen.In(screen.Bold, r.title(c.best)), screen.In(screen.Dim, ": "+r.words.Days(c.best.Stays[0])))
		for i := range after.Rejected {
			if o := &after.Rejected[i]; where(o) == where(c.best) {
				r.Reasons(o, indent+2)
			}
		}
	}
	if rest := len(gone) - shown; rest > 0 {
		r.Para(indent, 0, screen.In(screen.Dim, fmt.Sprintf("and %d more", rest)))
	}
}
