package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/matching"
)

// A choice is the options of one ranking that differ in their dates only, the best first.
type choice struct {
	best  *matching.Option
	later []*matching.Option
}

// choices gathers a ranking by group and pattern, in the order of the best.
func choices(ranking []matching.Option) []choice {
	var out []choice
	at := map[string]int{}
	for i := range ranking {
		o := &ranking[i]
		key := where(o)
		if n, found := at[key]; found {
			out[n].later = append(out[n].later, o)
			continue
		}
		at[key] = len(out)
		out = append(out, choice{best: o})
	}
	return out
}

// where are an option's groups and patterns.
func where(o *matching.Option) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\x00", o.Referral)
	for _, stay := range o.Stays {
		fmt.Fprintf(&b, "%s\x00%s\x00", stay.Group, stay.Pattern)
	}
	return b.String()
}

// Summary counts what is possible and what is refused.
func (r *Report) Summary(k *matching.Ranking) {
	groups, packages := map[matching.GroupID]bool{}, 0
	for _, c := range choices(k.Ranking) {
		if len(c.best.Stays) > 1 {
			packages++
			continue
		}
		groups[c.best.Stays[0].Group] = true
	}
	possible := "No group is possible"
	if len(groups) > 0 {
		possible = text.Count(len(groups), "group is possible", "groups are possible")
	}
	if packages > 0 {
		possible += ", and " + text.Count(packages, "package of several groups", "packages of several groups")
	}
	refused := "none is refused"
	if n := len(refusedGroups(k)); n > 0 {
		refused = text.Count(n, "group is refused", "groups are refused")
	}
	r.Say(possible + "; " + refused + ".")
}

// Ranking writes the best choices of a ranking, a row each: score, late penalty
// and composition add up to the total.
func (r *Report) Ranking(ranking []matching.Option, top int) {
	list := choices(ranking)
	if len(list) == 0 {
		return
	}
	shown := list[:min(top, len(list))]
	if len(shown) > 0 {
		r.list(shown, r.columns(shown))
	}
	r.more(len(shown), len(list)-len(shown), "choice", "choices")
}

// more says how many of a list are not shown.
func (r *Report) more(shown, rest int, one, many string) {
	switch {
	case rest == 0:
	case shown == 0:
		r.Para(indent, 0, screen.In(screen.Dim, text.Count(rest, one, many)+", not shown"))
	default:
		r.Para(indent, 0, screen.In(screen.Dim, "and "+text.Count(rest, "more "+one, "more "+many)+" below these"))
	}
}

// list writes choices, a row each.
func (r *Report) list(shown []choice, columns []column) {
	rows := make([]screen.Row, len(shown))
	for i, c := range shown {
		rows[i] = r.row(i+1, c, columns)
	}
	table := make([]screen.Column, len(columns))
	for i, c := range columns {
		table[i] = c.Column
	}
	r.Table(indent, table, rows)
}

// Ledgers explains the best choices of a ranking row by row.
func (r *Report) Ledgers(ranking []matching.Option, n int) {
	list := choices(ranking)
	for i, c := range list[:min(max(n, 0), len(list))] {
		r.Head(fmt.Sprintf("Why %s ranks %s", r.title(c.best), text.Ordinal(i+1)))
		r.Ledger(c.best)
	}
}

// A column of the ranking, and what stands in it.
type column struct {
	screen.Column
	cell func(n int, o *matching.Option) screen.Span
}

func (r *Report) columns(shown []choice) []column {
	all := []column{
		{screen.Column{Right: true}, func(n int, _ *matching.Option) screen.Span { return screen.Text(fmt.Sprint(n)) }},
		{screen.Column{Wide: true}, func(_ int, o *matching.Option) screen.Span { return screen.In(screen.Bold, r.title(o)) }},
		{screen.Column{Head: "score", Right: true}, func(_ int, o *matching.Option) screen.Span { return screen.Text(fmt.Sprint(o.Score)) }},
	}
	anyOf := func(is func(o *matching.Option) bool) bool {
		return slices.ContainsFunc(shown, func(c choice) bool { return is(c.best) })
	}
	if anyOf(func(o *matching.Option) bool { return o.ScoreLow != o.ScoreHigh }) {
		all = append(all, column{screen.Column{Head: "could be", Right: true}, func(_ int, o *matching.Option) screen.Span {
			return screen.In(screen.Dim, span(o))
		}})
	}
	if anyOf(func(o *matching.Option) bool { return o.Late }) {
		all = append(all, column{screen.Column{Head: "late", Right: true}, func(_ int, o *matching.Option) screen.Span {
			return screen.In(screen.Bad, text.Signed(o.LatePenalty))
		}})
	}
	return append(all,
		column{screen.Column{Head: "composition", Right: true}, func(_ int, o *matching.Option) screen.Span {
			return screen.In(good(o.Composition), text.Signed(o.Composition))
		}},
		column{screen.Column{Head: "total", Right: true}, func(_ int, o *matching.Option) screen.Span {
			return screen.In(screen.Bold, fmt.Sprint(o.Total))
		}},
	)
}

func good(n int) screen.Style {
	switch {
	case n > 0:
		return screen.Good
	case n < 0:
		return screen.Bad
	}
	return screen.Plain
}

func span(o *matching.Option) string {
	if o.ScoreLow == o.ScoreHigh {
		return ""
	}
	return fmt.Sprintf("%d–%d", o.ScoreLow, o.ScoreHigh)
}

func (r *Report) row(n int, c choice, columns []column) screen.Row {
	row := screen.Row{}
	for _, column := range columns {
		row.Cells = append(row.Cells, column.cell(n, c.best))
	}
	for _, note := range r.notes(c) {
		row.Notes = append(row.Notes, screen.In(screen.Dim, note))
	}
	return row
}

// title names an option's groups.
func (r *Report) title(o *matching.Option) string { return r.words.Groups(o.Stays) }

// notes say when and where an option is, and what is open about it.
func (r *Report) notes(c choice) []string {
	o := c.best
	var out []string
	for i, stay := range o.Stays {
		note := string(stay.Group) + ": " + r.words.Days(stay) + ", " + text.Dates(stay)
		if i == len(o.Stays)-1 {
			note += ", " + journey(o)
		}
		out = append(out, note)
	}
	if len(c.later) > 0 {
		out = append(out, "or from "+strings.Join(laterStarts(c), ", or from "))
	}
	return append(out, r.words.Awaited(o)...)
}

// laterStarts are the other first days of a choice, in order, with a mark on those
// after the deadline.
func laterStarts(c choice) []string {
	later := slices.SortedFunc(slices.Values(c.later), func(a, b *matching.Option) int {
		return cmp.Compare(a.Stays[0].From, b.Stays[0].From)
	})
	days := make([]string, len(later))
	for i, o := range later {
		days[i] = text.Date(o.Stays[0].From)
		if o.Late {
			days[i] += " (late)"
		}
	}
	return days
}

func journey(o *matching.Option) string {
	if o.Minutes == nil {
		return "journey not known"
	}
	return text.Count(*o.Minutes, "minute", "minutes") + " away"
}
