package report

import (
	"fmt"
	"slices"
	"strings"

	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/matching"
)

// PlanDiff writes what differs between two plans, by ids, as plans have no names:
// who gains a place, who loses it, who goes elsewhere, and how the objective comes to differ.
func PlanDiff(s *screen.Screen, from, to *matching.Plan, d *matching.PlanDiff) {
	r := &Report{Screen: s}
	r.Line(0, screen.In(screen.Bold, "From one plan to another"))
	r.Say(fmt.Sprintf("%s placed, then %d; objective %s, then %s.", text.Number(len(from.Assignments)), len(to.Assignments),
		text.Number(from.Objective), text.Number(to.Objective)))
	if from.Snapshot != to.Snapshot {
		r.Para(indent, 2, screen.In(screen.Warn, "The plans are of different snapshots: "), screen.Text(short(from.Snapshot)+" and "+short(to.Snapshot)+"."))
	}
	if d.Empty() {
		r.Say("Both place and move alike, at the same objective.")
		return
	}
	table := r.twoPlans(d)
	for _, kind := range changeKinds {
		r.changes(kind, d.Rows, table)
	}
	r.movesDiffer(d.Moves, table)
	r.difference(d)
}

// twoPlans are the columns of all tables of a difference, so that they stand under each other.
func (r *Report) twoPlans(d *matching.PlanDiff) []screen.Column {
	const points, gutters = len("+10,000"), 6
	id := len("placement")
	for i := range d.Rows {
		id = max(id, len(d.Rows[i].Referral))
	}
	for i := range d.Moves {
		id = max(id, len(d.Moves[i].Placement))
	}
	half := max((r.Width()-indent-id-points-gutters)/2, points)
	return []screen.Column{{Head: "referral", Width: id}, {Head: "first plan", Width: half}, {Head: "second plan", Width: half}, {Head: "points", Right: true, Width: points}}
}

// A changeKind heads the rows of one kind.
type changeKind struct {
	kind  matching.PlanChangeKind
	head  string
	style screen.Style
}

// changeKinds are in the order in which a panel asks.
var changeKinds = []changeKind{
	{matching.LeftOut, "Lose their place", screen.Bad},
	{matching.Placed, "Gain a place", screen.Good},
	{matching.OtherGroups, "Go to another group", screen.Plain},
	{matching.OtherPatterns, "Go on other days", screen.Plain},
	{matching.OtherDates, "Go from or to another day", screen.Plain},
	{matching.OtherValue, "Go where they went, at other points", screen.Plain},
	{matching.Joined, "New on the agenda, and not placed", screen.Warn},
	{matching.Withdrawn, "Not on the agenda any more, and not placed before", screen.Plain},
}

func (r *Report) changes(k changeKind, all []matching.PlanChange, table []screen.Column) {
	var rows []screen.Row
	for i := range all {
		c := &all[i]
		if c.Kind != k.kind {
			continue
		}
		rows = append(rows, cells(screen.In(screen.Bold, string(c.Referral)), screen.Text(seats(c.From, c.LateBefore)), screen.Text(seats(c.To, c.LateAfter)),
			screen.In(good(c.ValueAfter-c.ValueBefore), text.Points(c.ValueAfter-c.ValueBefore))))
	}
	if len(rows) == 0 {
		return
	}
	r.Blank()
	r.Para(2, 2, screen.In(screen.Bold, k.head+": "), screen.In(k.style, text.Count(len(rows), "referral", "referrals")))
	r.Table(indent, table, rows)
}

// seats say where a plan places a referral.
func seats(stays []matching.Stay, late bool) string {
	switch {
	case stays == nil:
		return "not on the agenda"
	case len(stays) == 0:
		return "no place"
	}
	alike := !slices.ContainsFunc(stays, func(s matching.Stay) bool { return s.From != stays[0].From || s.To != stays[0].To })
	parts := make([]string, len(stays))
	for i, s := range stays {
		parts[i] = string(s.Group) + "/" + string(s.Pattern)
		if !alike || i == len(stays)-1 {
			parts[i] += ", " + text.Between(s.From, s.To)
		}
	}
	said := strings.Join(parts, " + ")
	if late {
		said += ", late"
	}
	return said
}

func (r *Report) movesDiffer(moves []matching.MoveChange, table []screen.Column) {
	if len(moves) == 0 {
		return
	}
	r.Head("Move differently: " + text.Count(len(moves), "standing placement", "standing placements"))
	var rows []screen.Row
	for _, m := range moves {
		rows = append(rows, cells(screen.In(screen.Bold, string(m.Placement)), screen.Text(seatOf(m.From)), screen.Text(seatOf(m.To))))
	}
	table = slices.Clone(table[:3])
	table[0].Head = "placement"
	r.Table(indent, table, rows)
}

func seatOf(m *matching.Move) string {
	if m == nil {
		return "stays"
	}
	return string(m.Group) + "/" + string(m.Pattern) + " from " + text.Date(m.From)
}

// difference writes what the difference of the objectives is made of.
func (r *Report) difference(d *matching.PlanDiff) {
	points := 0
	for i := range d.Rows {
		points += d.Rows[i].ValueAfter - d.Rows[i].ValueBefore
	}
	r.Head("What the difference adds up to")
	r.Table(indent, []screen.Column{{}, {Right: true}, {Wide: true}}, []screen.Row{
		cells(screen.Text("priority and score"), screen.Text(text.Points(points)), screen.In(screen.Dim, "of the referrals above")),
		cells(screen.Text("composition"), screen.Text(text.Points(d.Composition)), screen.In(screen.Dim, "friends add, being the only girl or boy takes")),
		cells(screen.Text("other"), screen.Text(text.Points(d.Penalties)), screen.In(screen.Dim, "late starts, moves; all else that the plans state")),
		cells(screen.Text(""), screen.In(screen.Dim, "───────"), screen.Text("")),
		cells(screen.In(screen.Bold, "objective"), screen.In(screen.Bold, text.Points(d.Objective)), screen.Text("")),
	})
}
