package report

import (
	"fmt"

	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/matching"
)

// Gaps writes a register whose counts add up.
func (r *Report) Gaps(reg *matching.Register) {
	if reg.Unplaced == 0 {
		r.Para(0, 2, screen.In(screen.Good, "The plan leaves nobody out."))
		return
	}
	r.Para(0, 2, screen.In(screen.Bold, "What kept "+text.Count(reg.Unplaced, "referral", "referrals")+" out of the plan"))
	table := []screen.Column{{Head: "out", Right: true}, {Head: "what is missing", Width: 40}, {Head: "referrals", Wide: true}}
	var rows []screen.Row
	for i := range reg.Rows {
		g := &reg.Rows[i]
		rows = append(rows, cells(screen.Text(fmt.Sprint(g.Count)), screen.In(screen.Bold, r.words.Gap(g)), screen.Text(text.IDs(g.Referrals))))
	}
	rows = append(rows, cells(screen.In(screen.Bold, fmt.Sprint(reg.Unplaced)), screen.In(screen.Dim, "together"), screen.Text("")))
	r.Blank()
	r.Table(2, table, rows)
}

// Worth writes what changes are worth beside a plan.
func (r *Report) Worth(plan *matching.Plan, list []matching.Worth) {
	r.Para(0, 2, screen.In(screen.Bold, "What changes would be worth"), screen.Text(fmt.Sprintf(
		", each by itself, beside a plan of %s points (%s) that places %d and leaves %d out.",
		text.Number(plan.Objective), plan.Status, len(plan.Assignments), len(plan.Unplaced))))
	if len(list) == 0 {
		r.Blank()
		r.Say("Nowhere is it only places, adults or times that keep someone out.")
		return
	}
	table := []screen.Column{{Head: "points", Right: true}, {Head: "placed", Right: true}, {Head: "change", Width: 44}, {Head: "who gains a place", Wide: true}}
	var rows []screen.Row
	hypothetical := false
	for i := range list {
		w := &list[i]
		points := text.Signed(w.Low)
		if w.High != w.Low {
			points += " to " + text.Signed(w.High)
		}
		gains := text.IDs(w.Gains)
		if len(w.Loses) > 0 {
			gains += " (not " + text.IDs(w.Loses) + ")"
		}
		what := screen.In(screen.Bold, r.words.Investment(&w.Investment))
		if w.Hypothetical {
			what, hypothetical = screen.In(screen.Dim, r.words.Investment(&w.Investment)+" *"), true
		}
		rows = append(rows, cells(screen.Text(points), screen.Text(text.Signed(len(w.Gains)-len(w.Loses))), what, screen.Text(gains)))
	}
	r.Blank()
	r.Table(2, table, rows)
	if hypothetical {
		r.Blank()
		r.Para(2, 2, screen.In(screen.Dim, "* A hypothesis, to see what a rule costs. It is no plan, and proposes nothing."))
	}
}

// Regrouping writes who should move within a provision, and what that mends; moves is how many were allowed for company.
func (r *Report) Regrouping(g *matching.Regrouping, moves int) {
	r.Para(0, 2, screen.In(screen.Bold, "Regrouping "+string(g.Provision)), screen.Text(" from "+text.Date(g.From)+": "+
		text.Count(len(g.Moves), "move", "moves")+", "+text.Count(len(g.ViolationsBefore), "violation", "violations")+" before, "+
		fmt.Sprint(len(g.ViolationsAfter))+" after; company "+text.Number(g.CompositionBefore)+" before, "+text.Number(g.CompositionAfter)+" after."))
	proven := "Proven: no re-seating is better"
	if g.Status != matching.PlanOptimal {
		proven = "It is not proven that no other re-seating is better"
	}
	order := "fewest moves, then fewest changes of weekly sessions, then company"
	if moves > 0 {
		order = "company, less what the policy takes for each move and each session"
	}
	r.Say(proven + ". What counts, in this order: seats that break no rule, then " + order + ".")
	if len(g.Moves) > 0 {
		r.Head("Moves")
		table := []screen.Column{{Head: "placement"}, {Head: "to", Wide: true}, {Head: "days"}, {Head: "from"}}
		var rows []screen.Row
		for _, m := range g.Moves {
			rows = append(rows, cells(screen.In(screen.Bold, string(m.Placement)), screen.Text(r.words.Group(m.Group)),
				screen.Text(r.words.Days(matching.Stay{Group: m.Group, Pattern: m.Pattern})), screen.Text(text.Date(m.From))))
		}
		r.Table(indent, table, rows)
	}
	r.broken("What is wrong now", g.ViolationsBefore)
	r.broken("What stays wrong", g.ViolationsAfter)
}

func (r *Report) broken(head string, list []matching.Violation) {
	if len(list) == 0 {
		return
	}
	r.Head(fmt.Sprintf("%s: %d", head, len(list)))
	for i := range list {
		r.Para(indent, 2, screen.Text("• "+r.words.Violation(&list[i])))
	}
}
