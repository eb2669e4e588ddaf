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

// Plan writes a plan for a panel: who goes where, who moves, who is left and why,
// how full the groups then are, and the sum.
func (r *Report) Plan(e *matching.Engine, p *matching.Plan, asked Asked) error {
	v := newPlanView(r, e, p)
	v.asked = asked
	v.head()
	v.priorities()
	v.placed()
	v.moves()
	if err := v.unplaced(); err != nil {
		return err
	}
	v.rooms()
	v.sum()
	return nil
}

// Asked is what was asked of a plan beyond the snapshot.
type Asked struct {
	Flags []string              // as they were given
	Left  []matching.ReferralID // to be left without a place
}

// A planView writes one plan of one engine.
type planView struct {
	*Report
	e          *matching.Engine
	p          *matching.Plan
	asked      Asked
	referrals  map[matching.ReferralID]*matching.Referral
	placements map[matching.PlacementID]*matching.Placement
	in         map[matching.GroupID][]matching.ReferralID // whom the plan places in a group
}

func newPlanView(r *Report, e *matching.Engine, p *matching.Plan) *planView {
	v := &planView{
		Report: r, e: e, p: p, referrals: map[matching.ReferralID]*matching.Referral{},
		placements: map[matching.PlacementID]*matching.Placement{}, in: map[matching.GroupID][]matching.ReferralID{},
	}
	s := e.Snapshot()
	for i := range s.Referrals {
		v.referrals[s.Referrals[i].ID] = &s.Referrals[i]
	}
	for i := range s.Placements {
		v.placements[s.Placements[i].ID] = &s.Placements[i]
	}
	for i := range p.Assignments {
		for _, stay := range p.Assignments[i].Stays {
			v.in[stay.Group] = append(v.in[stay.Group], p.Assignments[i].Referral)
		}
	}
	return v
}

func (v *planView) head() {
	s := v.e.Snapshot()
	v.Line(0, screen.In(screen.Bold, "A plan for "+text.Count(len(s.Referrals), "referral", "referrals")),
		screen.In(screen.Dim, " on "+text.Date(s.AsOf)+", in "+text.Count(len(s.Groups), "group", "groups")))
	style := screen.Warn
	if v.p.Status == matching.PlanOptimal {
		style = screen.Good
	}
	v.Para(indent, 2, screen.In(screen.Bold, fmt.Sprintf("%s of %d placed, %s. ", text.Number(len(v.p.Assignments)), len(s.Referrals),
		text.Count(v.p.Objective, "point", "points"))), screen.In(style, text.Verdict(v.p)))
	if len(v.asked.Flags) > 0 {
		v.Para(indent, 2, screen.Text("Asked with "+strings.Join(v.asked.Flags, ", ")+"."))
	}
	from := "policy " + cmp.Or(v.policy.Name, v.policy.ID) + "; snapshot " + short(v.p.Snapshot)
	if took := text.Took(v.p); took != "" {
		from += "; " + took
	}
	v.Para(indent, 2, screen.In(screen.Dim, text.Sentence(from)))
}

// short is as much of a hash as tells two snapshots apart.
func short(hash string) string {
	const enough = len("sha256:") + 12
	if len(hash) > enough {
		return hash[:enough] + "…"
	}
	return hash
}

// priorities draws how many are placed of each priority, the most pressing first.
func (v *planView) priorities() {
	type priority struct {
		name              string
		bonus, placed, of int
	}
	var list []priority
	index := map[string]int{}
	for _, r := range v.e.Snapshot().Referrals {
		i, found := index[r.Priority]
		if !found {
			i = len(list)
			index[r.Priority] = i
			list = append(list, priority{name: r.Priority, bonus: v.policy.PriorityBonus[r.Priority]})
		}
		list[i].of++
	}
	most := 0
	for i := range v.p.Assignments {
		list[index[v.referrals[v.p.Assignments[i].Referral].Priority]].placed++
	}
	for _, x := range list {
		most = max(most, x.of)
	}
	slices.SortFunc(list, func(a, b priority) int { return cmp.Or(cmp.Compare(b.bonus, a.bonus), cmp.Compare(a.name, b.name)) })
	table := []screen.Column{{}, {}, {Wide: true}}
	var rows []screen.Row
	for _, x := range list {
		rows = append(rows, cells(screen.Text(text.Plain(x.name)), tally(x.placed, x.of, most), screen.Text(fmt.Sprintf("%d of %d placed", x.placed, x.of))))
	}
	v.Blank()
	v.Table(indent, table, rows)
}

// tally draws n of all, a column each where they are few; the longest of such
// bars is of the given most.
func tally(n, all, most int) screen.Span {
	const widest = 40
	width := all
	if most > widest {
		width = max(1, all*widest/most)
	}
	bar, rest := screen.Bar(n, all, width)
	return screen.In(screen.Accent, bar+rest)
}

// sum writes what the objective is made of.
func (v *planView) sum() {
	bonus, score, late := 0, 0, 0
	for i := range v.p.Assignments {
		a := &v.p.Assignments[i]
		bonus, score = bonus+a.Bonus, score+a.Score
		if a.Late {
			late++
		}
	}
	numbers := []int{bonus, score, -late * v.policy.LatePenalty, v.p.Composition, -len(v.p.Moves) * v.policy.MoveCost}
	names := []string{"priority", "score", "late start", "composition", "moves"}
	why := []string{
		"what each priority is worth", "how well they fit, by the policy's weights",
		text.Count(late, "start", "starts") + " after the deadline", "friends add, being the only girl or boy takes",
		text.Count(len(v.p.Moves), "standing placement", "standing placements") + " re-seated",
	}
	v.Head("What it adds up to")
	table := []screen.Column{{}, {Right: true}, {Wide: true}}
	var rows []screen.Row
	for i, n := range numbers {
		if n == 0 && i > 1 {
			continue
		}
		rows = append(rows, cells(screen.Text(names[i]), screen.Text(text.Points(n)), screen.In(screen.Dim, why[i])))
	}
	rows = append(rows, cells(screen.Text(""), screen.In(screen.Dim, "───────"), screen.Text("")),
		cells(screen.In(screen.Bold, "objective"), screen.In(screen.Bold, text.Number(v.p.Objective)), screen.In(screen.Dim, text.Verdict(v.p))))
	if v.p.Bound != v.p.Objective && text.IsBound(v.p.Bound) {
		rows = append(rows, cells(screen.Text("bound"), screen.Text(text.Number(v.p.Bound)), screen.In(screen.Dim, "proven: no plan has more")))
	}
	v.Table(indent, table, rows)
}
