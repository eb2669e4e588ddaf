package report

import (
	"fmt"
	"strings"

	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/matching"
)

// Regrets writes what each choice for a referral costs, and whom.
func (r *Report) Regrets(g *matching.Regrets) {
	r.Blank()
	status := "Nothing better is possible."
	if g.Objective < g.Bound {
		status = "The best plan could be worth up to " + text.Number(g.Bound) + "."
	}
	r.Say("The plan comes to " + text.Number(g.Objective) + " points. " + status)
	r.Blank()
	table := []screen.Column{{Head: "choice", Wide: true}, {Head: "costs", Right: true}, {Head: "proven", Right: true}, {Head: "placed", Right: true}, {Head: "others affected", Right: true}}
	var rows []screen.Row
	for i := range g.Choices {
		rows = append(rows, r.regret(&g.Choices[i]))
	}
	r.Table(indent, table, rows)
	r.Blank()
	r.Para(indent, 0, screen.In(screen.Dim, "Costs are points of the whole agenda: of the best plans that were found, and between what bounds that is proven."))
}

func (r *Report) regret(c *matching.Regret) screen.Row {
	row := screen.Row{}
	title := r.stays(c.Stays)
	if c.Chosen {
		title += " (in the plan)"
	}
	if !c.Possible {
		row.Cells = []screen.Span{screen.In(screen.Bold, title), screen.In(screen.Bad, "not possible"), screen.Text("–"), screen.Text("–"), screen.Text("–")}
		return row
	}
	row.Cells = []screen.Span{
		screen.In(screen.Bold, title), screen.Text(text.Number(c.Cost)), screen.In(screen.Dim, proven(c)), screen.Text(text.Number(c.Placed)), screen.Text(text.Number(len(c.Changes))),
	}
	for _, stay := range c.Stays {
		row.Notes = append(row.Notes, screen.In(screen.Dim, string(stay.Group)+": "+r.words.Days(stay)+", "+text.Dates(stay)))
	}
	for i := range c.Changes {
		row.Notes = append(row.Notes, screen.Text(r.change(&c.Changes[i])))
	}
	return row
}

// proven is within which bounds the cost is certain.
func proven(c *matching.Regret) string {
	if c.Exact {
		return "exactly " + text.Number(c.CostLow)
	}
	return text.Number(c.CostLow) + " to " + text.Number(c.CostHigh)
}

// change says what another plan makes of a referral.
func (r *Report) change(c *matching.PlanChange) string {
	return fmt.Sprintf("%s: %s → %s", c.Referral, r.briefly(c.From), r.briefly(c.To))
}

// stays names the groups of stays.
func (r *Report) stays(stays []matching.Stay) string {
	if len(stays) == 0 {
		return "left unplaced"
	}
	return r.words.Groups(stays)
}

// briefly says where, on which days and from when.
func (r *Report) briefly(stays []matching.Stay) string {
	if len(stays) == 0 {
		return "unplaced"
	}
	groups := make([]string, len(stays))
	for i, stay := range stays {
		groups[i] = string(stay.Group) + "/" + string(stay.Pattern)
	}
	return strings.Join(groups, " + ") + " from " + text.Date(stays[0].From)
}
