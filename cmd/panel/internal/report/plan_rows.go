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

// placed writes a row for each referral that has a place, and a further one for
// each further stay of a package: priority, score and late penalty add up to its points.
func (v *planView) placed() {
	v.Head("Placed: " + text.Count(len(v.p.Assignments), "referral", "referrals"))
	if len(v.p.Assignments) == 0 {
		return
	}
	late := slices.ContainsFunc(v.p.Assignments, func(a matching.Assignment) bool { return a.Late })
	table := []screen.Column{{Head: "referral"}, {Head: "group", Wide: true}, {Head: "days"}, {Head: "from – to"},
		{Head: "priority", Right: true}, {Head: "score", Right: true}, {Head: "points", Right: true}}
	if late {
		table = slices.Insert(table, 6, screen.Column{Head: "late", Right: true})
	}
	var rows []screen.Row
	for i := range v.p.Assignments {
		a := &v.p.Assignments[i]
		for n, stay := range a.Stays {
			row := v.seat(a, stay, n == 0)
			if !late {
				row.Cells = slices.Delete(row.Cells, 6, 7)
			}
			row.Notes = v.seatNotes(a, stay, n == len(a.Stays)-1)
			rows = append(rows, row)
		}
	}
	v.Table(indent, table, rows)
}

// seat is the row of one stay; the figures of a package stand in its first row.
func (v *planView) seat(a *matching.Assignment, stay matching.Stay, first bool) screen.Row {
	row := cells(screen.Text(""), screen.In(screen.Bold, v.words.Group(stay.Group)), screen.Text(v.words.Days(stay)),
		screen.Text(text.Between(stay.From, stay.To)), screen.Text(""), screen.Text(""), screen.Text(""), screen.Text(""))
	if !first {
		row.Cells[0] = screen.In(screen.Dim, "with")
		return row
	}
	penalty := 0
	if a.Late {
		penalty = -v.policy.LatePenalty
	}
	row.Cells[0] = screen.In(screen.Bold, string(a.Referral))
	row.Cells[4] = screen.Text(text.Points(a.Bonus))
	row.Cells[5] = screen.Text(text.Number(a.Score))
	row.Cells[6] = screen.In(screen.Bad, text.Signed(penalty))
	row.Cells[7] = screen.In(screen.Bold, text.Number(a.Bonus+a.Score+penalty))
	return row
}

// seatNotes give the group's id, if it goes by a name, and at last who it is.
func (v *planView) seatNotes(a *matching.Assignment, stay matching.Stay, last bool) []screen.Span {
	var parts []string
	if v.words.Group(stay.Group) != string(stay.Group) {
		parts = append(parts, string(stay.Group))
	}
	if last {
		parts = append(parts, v.words.Heading(a.Referral), v.words.Priority(a.Referral))
	}
	if parts == nil {
		return nil
	}
	return []screen.Span{screen.In(screen.Dim, strings.Join(parts, " · "))}
}

// groupWithID is a group's name, with the id that a command wants.
func (v *planView) groupWithID(id matching.GroupID) string {
	if name := v.words.Group(id); name != string(id) {
		return name + " (" + string(id) + ")"
	}
	return string(id)
}

// moves writes which standing placements are re-seated.
func (v *planView) moves() {
	if len(v.p.Moves) == 0 {
		return
	}
	v.Head("Moved: " + text.Count(len(v.p.Moves), "standing placement", "standing placements"))
	table := []screen.Column{{Head: "placement"}, {Head: "pupil"}, {Head: "from", Wide: true}, {Head: "to", Width: 24}, {Head: "days"}, {Head: "first day"}}
	var rows []screen.Row
	for _, m := range v.p.Moves {
		pl := v.placements[m.Placement]
		rows = append(rows, cells(screen.In(screen.Bold, string(m.Placement)), screen.Text(string(pl.Pupil)),
			screen.Text(v.groupWithID(pl.Group)+", "+v.words.Days(matching.Stay{Group: pl.Group, Pattern: pl.Pattern})),
			screen.In(screen.Bold, v.groupWithID(m.Group)), screen.Text(v.words.Days(matching.Stay{Group: m.Group, Pattern: m.Pattern})),
			screen.Text(text.Date(m.From))))
	}
	v.Table(indent, table, rows)
}

// How much is told about those who are not placed; the JSON has all of it.
const (
	unplacedTold = 40
	reasonsTold  = 5
	unlocksTold  = 4
	groupsTold   = 4
)

// unplaced writes who is left, the most pressing first: whether a place would be
// possible if others did not have it, what refuses them, and what would help.
func (v *planView) unplaced() error {
	if len(v.p.Unplaced) == 0 {
		return nil
	}
	list := slices.Clone(v.p.Unplaced)
	slices.SortStableFunc(list, func(a, b matching.Unplaced) int {
		return cmp.Compare(v.bonus(b.Referral), v.bonus(a.Referral))
	})
	v.Head("Not placed: " + text.Count(len(list), "referral", "referrals"))
	told := list[:min(unplacedTold, len(list))]
	for i := range told {
		if err := v.left(&told[i]); err != nil {
			return err
		}
	}
	if rest := list[len(told):]; len(rest) > 0 {
		ids := make([]matching.ReferralID, len(rest))
		for i := range rest {
			ids[i] = rest[i].Referral
		}
		v.Para(indent, 2, screen.In(screen.Dim, fmt.Sprintf("and %d more, with every reason in the JSON: %s", len(rest), text.IDs(ids))))
	}
	isAsked := func(u matching.Unplaced) bool { return slices.Contains(v.asked.Left, u.Referral) }
	if i := slices.IndexFunc(list, func(u matching.Unplaced) bool { return !isAsked(u) }); i >= 0 {
		v.Para(indent, 2, screen.In(screen.Dim, "More about one of them: panel rank --referral "+string(list[i].Referral)+" --unlock"))
	}
	return nil
}

func (v *planView) bonus(id matching.ReferralID) int {
	return v.policy.PriorityBonus[v.referrals[id].Priority]
}

// left writes about one referral without a place.
func (v *planView) left(u *matching.Unplaced) error {
	v.Para(indent, 2, screen.In(screen.Bold, string(u.Referral)+"  "+v.words.Heading(u.Referral)), screen.In(screen.Dim, " · "+v.words.Priority(u.Referral)))
	if slices.Contains(v.asked.Left, u.Referral) {
		v.Para(indent+2, 2, screen.Text("Left without a place, as was asked."))
		return nil
	}
	k, err := v.e.Rank(u.Referral)
	if err != nil {
		return err
	}
	switch {
	case len(v.e.Snapshot().Groups) == 0:
		v.Para(indent+2, 2, screen.In(screen.Bad, "There are no groups in the snapshot."))
	case len(k.Ranking) == 0 && len(u.Reasons) > 0:
		v.Para(indent+2, 2, screen.In(screen.Bad, "No group is possible, whoever else is placed:"))
	case len(k.Ranking) == 0:
		v.Para(indent+2, 2, screen.In(screen.Bad, "No group is possible, whoever else is placed: "), screen.Text(countRules(refusedGroups(k))+"."))
	default:
		v.Para(indent+2, 2, screen.In(screen.Warn, "Possible by itself: "), screen.Text(v.crowded(k)+"."))
	}
	if said := text.GiveWay(u); said != "" {
		v.Para(indent+2, 2, screen.Text(said))
	}
	v.some(len(u.Reasons), reasonsTold, "reason", "reasons", func(i int) screen.Span {
		return screen.Text("• " + text.ShutsOut(&u.Reasons[i]))
	})
	v.some(len(u.Unlock), unlocksTold, "way", "ways", func(i int) screen.Span {
		return screen.In(screen.Good, "→ "+v.words.Unlocked(u.Referral, &u.Unlock[i]))
	})
	return nil
}

// some writes the first of a list, and counts the rest.
func (v *planView) some(n, most int, one, many string, item func(i int) screen.Span) {
	for i := range min(n, most) {
		v.Para(indent+2, 2, item(i))
	}
	if n > most {
		v.Para(indent+2, 2, screen.In(screen.Dim, "and "+text.Count(n-most, "more "+one, "more "+many)+" in the JSON"))
	}
}

// crowded says in which groups a referral would be possible by itself, the best
// first, and whom the plan places there instead.
func (v *planView) crowded(k *matching.Ranking) string {
	var groups []string
	seen := map[matching.GroupID]bool{}
	for i := range k.Ranking {
		for _, stay := range k.Ranking[i].Stays {
			if seen[stay.Group] {
				continue
			}
			seen[stay.Group] = true
			said := v.groupWithID(stay.Group)
			if there := v.in[stay.Group]; len(there) > 0 {
				said += ", where the plan has " + few(there)
			}
			groups = append(groups, said)
		}
	}
	if more := len(groups) - groupsTold; more > 0 {
		groups = append(groups[:groupsTold], text.Count(more, "more group", "more groups"))
	}
	return strings.Join(groups, "; ")
}

// few lists the first of some referrals, and counts the rest.
func few(ids []matching.ReferralID) string {
	var names []string
	for _, id := range ids[:min(groupsTold, len(ids))] {
		names = append(names, string(id))
	}
	if more := len(ids) - groupsTold; more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	return text.List(names)
}
