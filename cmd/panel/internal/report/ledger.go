package report

import (
	"fmt"

	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/matching"
)

// fullScore is what the contributions come to when every value is the highest.
const fullScore = 1000

// Ledger writes every row of an option's total, with bars on one scale: a bar is
// as long as its points, and its dots show what was not reached.
func (r *Report) Ledger(o *matching.Option) {
	table := []screen.Column{{}, {}, {}, {Wide: true}}
	most := mostPoints(o)
	var rows []screen.Row
	for i := range o.Contributions {
		c := &o.Contributions[i]
		if c.Weight == 0 {
			continue
		}
		rows = append(rows, cells(
			screen.Text(text.Criterion(c.Criterion)), bar(c.Points, points(o, c), most),
			screen.Text(figure(fmt.Sprint(c.Points), atMost(o, points(o, c)))), screen.In(screen.Dim, r.words.Because(o, c)),
		))
	}
	rows = append(rows, line(), sum("score", figure(fmt.Sprint(o.Score), atMost(o, fullScore)), r.between(o)))
	if o.Late {
		rows = append(rows, sum("late start", figure(text.Signed(o.LatePenalty), 0), "starts after "+r.words.Deadline(o.Referral)))
	}
	company := "friends add, being the only girl or boy takes"
	if o.Composition == 0 {
		company = "nobody gains or loses by who is together"
	}
	rows = append(rows, sum("composition", figure(text.Signed(o.Composition), 0), company),
		line(), sum("total", figure(fmt.Sprint(o.Total), 0), ""))
	r.Table(indent, table, rows)
}

// points is the most that a criterion can contribute.
func points(o *matching.Option, c *matching.Contribution) int {
	sum := 0
	for _, x := range o.Contributions {
		sum += x.Weight
	}
	if c.Criterion == matching.CodeGiven {
		return max(fullScore, c.Points)
	}
	return fullScore * c.Weight / max(sum, 1)
}

// atMost is the most that a figure could be: 0, which is not said, of scores that
// another tool brings, for they have a scale of their own.
func atMost(o *matching.Option, most int) int {
	for i := range o.Contributions {
		if o.Contributions[i].Criterion == matching.CodeGiven {
			return 0
		}
	}
	return most
}

func mostPoints(o *matching.Option) int {
	most := 0
	for i := range o.Contributions {
		most = max(most, points(o, &o.Contributions[i]))
	}
	return most
}

// barWidth is the length of the bar of the criterion that counts most.
const barWidth = 20

func bar(n, full, most int) screen.Span {
	bar, rest := screen.Bar(n, full, (full*barWidth+most-1)/max(most, 1))
	return screen.In(screen.Accent, bar+rest)
}

// figure is a number under others, with what it could be at most.
func figure(n string, most int) string {
	if most == 0 {
		return fmt.Sprintf("%4s", n)
	}
	return fmt.Sprintf("%4s of %d", n, most)
}

// between says what missing answers could make of a score.
func (r *Report) between(o *matching.Option) string {
	if o.ScoreLow == o.ScoreHigh {
		return ""
	}
	return fmt.Sprintf("could be %d to %d once answers are known", o.ScoreLow, o.ScoreHigh)
}

func cells(spans ...screen.Span) screen.Row { return screen.Row{Cells: spans} }

func sum(name, number, because string) screen.Row {
	return cells(screen.In(screen.Bold, name), screen.Text(""), screen.In(screen.Bold, number), screen.In(screen.Dim, because))
}

func line() screen.Row {
	return cells(screen.Text(""), screen.Text(""), screen.In(screen.Dim, "────"), screen.Text(""))
}
