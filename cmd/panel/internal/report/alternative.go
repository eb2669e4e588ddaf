package report

import (
	"fmt"
	"slices"

	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/matching"
)

// aimWords say what a plan is for.
var aimWords = map[matching.PlanAim]string{
	matching.HighestObjective: "most points", matching.MostPlaced: "most placed", matching.LeastRisk: "least risk",
	matching.ShortestJourneys: "shortest journeys", matching.FewestMoves: "fewest moves", matching.MostRoom: "most room to spare",
}

// Alternatives sets plans side by side: what they come to, and whom they treat differently. The search for them may have been cut short.
func (r *Report) Alternatives(list []matching.Alternative, cut bool) {
	r.Line(0, screen.In(screen.Bold, text.Count(len(list), "good plan", "good plans, each really different")))
	for i := range list {
		aims := make([]string, len(list[i].Aims))
		for n, aim := range list[i].Aims {
			aims[n] = aimWords[aim]
		}
		r.Say(fmt.Sprintf("%s %s", letter(i), text.Sentence(text.List(aims))))
	}
	said := "Each is the best of its kind that was found with this effort. That it is the best there is, is not proven."
	if cut {
		said = "The search was cut short, by the time or by Ctrl-C: each is the best of its kind that was found until then, which is no proof."
	}
	r.Para(indent, 0, screen.In(screen.Dim, said))
	r.Blank()
	r.planFigures(list)
	if len(list) > 1 {
		r.Head("Where they differ")
		r.planDifferences(list)
	}
}

// letter names a plan in a table.
func letter(i int) string { return string(rune('A' + i)) }

func (r *Report) planFigures(list []matching.Alternative) {
	table := []screen.Column{{}}
	for i := range list {
		table = append(table, screen.Column{Head: letter(i), Right: true})
	}
	var rows []screen.Row
	for _, figure := range []struct {
		name string
		of   func(f *matching.PlanFigures) int
	}{
		{"placed", func(f *matching.PlanFigures) int { return f.Placed }},
		{"unplaced", func(f *matching.PlanFigures) int { return f.Unplaced }},
		{"points", func(f *matching.PlanFigures) int { return f.Objective }},
		{"of which composition", func(f *matching.PlanFigures) int { return f.Composition }},
		{"late starts", func(f *matching.PlanFigures) int { return f.Late }},
		{"minutes of all journeys", func(f *matching.PlanFigures) int { return f.Minutes }},
		{"minutes of the longest journey", func(f *matching.PlanFigures) int { return f.LongestMinutes }},
		{"journeys not known", func(f *matching.PlanFigures) int { return f.UnknownMinutes }},
		{"rules that wait for an answer", func(f *matching.PlanFigures) int { return f.Unchecked }},
		{"points that answers could move", func(f *matching.PlanFigures) int { return f.Spread }},
		{"moves", func(f *matching.PlanFigures) int { return f.Moves }},
		{"places left when fullest, all groups", func(f *matching.PlanFigures) int { return f.PlacesLeft }},
		{"places left in the fullest group", func(f *matching.PlanFigures) int { return f.PlacesLeftLeast }},
	} {
		row := cells(screen.Text(figure.name))
		for i := range list {
			style := screen.Plain
			if figure.of(list[i].Figures) != figure.of(list[0].Figures) {
				style = screen.Accent
			}
			row.Cells = append(row.Cells, screen.In(style, text.Number(figure.of(list[i].Figures))))
		}
		rows = append(rows, row)
	}
	r.Table(indent, table, rows)
}

// planDifferences list the referrals that not all plans treat alike, each with what every plan makes of it.
func (r *Report) planDifferences(list []matching.Alternative) {
	var ids []matching.ReferralID
	for _, d := range list[1:] {
		for i := range d.Differences[0].Rows {
			ids = append(ids, d.Differences[0].Rows[i].Referral)
		}
	}
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		r.Para(indent, 2, screen.In(screen.Bold, string(id)))
		same := map[string]string{}
		var order []string
		for i := range list {
			place := r.briefly(staysOf(list[i].Plan, id))
			if same[place] == "" {
				order = append(order, place)
			} else {
				same[place] += ", "
			}
			same[place] += letter(i)
		}
		for _, place := range order {
			r.Para(indent+2, 2, screen.Text(same[place]+": "+place))
		}
	}
}

func staysOf(plan *matching.Plan, id matching.ReferralID) []matching.Stay {
	for i := range plan.Assignments {
		if plan.Assignments[i].Referral == id {
			return plan.Assignments[i].Stays
		}
	}
	return nil
}

// LastPlaces writes for whom one place is all there is, in the first plan.
func (r *Report) LastPlaces(list []matching.LastPlace) {
	if len(list) == 0 {
		return
	}
	r.Head("Last places, in plan A")
	for i := range list {
		r.Para(indent, 2, screen.In(screen.Bold, string(list[i].Referral)), screen.Text(": "+r.lastPlace(&list[i])))
	}
}

func (r *Report) lastPlace(l *matching.LastPlace) string {
	groups := make([]string, len(l.Groups))
	for i, g := range l.Groups {
		groups[i] = r.words.Group(g)
	}
	place := text.List(groups)
	var said string
	switch {
	case !l.Placed:
		return place + " is its only option, and it is left unplaced."
	case l.OnlyOption:
		said = place + " is its only option."
	case l.NoneLeft:
		said = "if " + place + " fell through, nothing else would be left."
	default:
		said = "placed in " + place + "."
	}
	if len(l.WantedBy) > 0 {
		said += " Its place would do for " + text.IDs(l.WantedBy) + ", unplaced."
	}
	return said
}
