package report

import (
	"fmt"

	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/matching"
	"example.org/backontrack/matching/verify"
)

// mostStanding is how many troubles of standing placements are told: the plan did not make them.
const mostStanding = 8

// Check writes what was found out about a plan.
func (r *Report) Check(p *matching.Plan, found *verify.Report) {
	verdict := screen.In(screen.Good, "The plan holds.")
	if !found.OK {
		verdict = screen.In(screen.Bad, "The plan does not hold: "+
			text.Count(len(found.Violations), "violation", "violations")+", "+
			text.Count(len(found.Figures), "false figure", "false figures")+".")
	}
	r.Para(0, 2, verdict, screen.Text(fmt.Sprintf(" %s, %d unplaced, %s; objective %s.",
		text.Count(len(p.Assignments), "referral placed", "referrals placed"), len(p.Unplaced),
		text.Count(len(p.Moves), "placement moved", "placements moved"), text.Number(found.Objective))))
	if len(found.Violations) > 0 {
		r.Head("Violations: " + fmt.Sprint(len(found.Violations)))
		r.violations(found.Violations)
	}
	if len(found.Figures) > 0 {
		r.Head("Figures that do not hold: " + fmt.Sprint(len(found.Figures)))
		r.figures(found.Figures)
	}
	if n := len(found.Standing); n > 0 {
		r.Head("Among standing placements, and not of this plan: " + fmt.Sprint(n))
		r.violations(found.Standing[:min(n, mostStanding)])
		if n > mostStanding {
			r.Para(indent, 2, screen.In(screen.Dim, fmt.Sprintf("and %d more (all of them with --json)", n-mostStanding)))
		}
	}
}

// violations writes each under whom and where it is about; they are in that order.
func (r *Report) violations(list []verify.Violation) {
	about := ""
	for i := range list {
		v := &list[i]
		if title := r.subject(v); i == 0 || title != about {
			r.Para(indent, 2, screen.In(screen.Bold, title))
			about = title
		}
		r.Para(indent+2, 2, screen.Text("• "+r.violation(v)), screen.In(screen.Dim, " ("+string(v.Code)+")"))
	}
}

// subject names the referral or placement, and the group.
func (r *Report) subject(v *verify.Violation) string {
	title := "The plan"
	switch {
	case v.Referral != "":
		title = "Referral " + string(v.Referral)
	case v.Placement != "":
		title = "Placement " + string(v.Placement)
	case v.Group != "":
		return r.words.Group(v.Group)
	}
	if v.Group != "" {
		title += " in " + r.words.Group(v.Group)
	}
	return title
}

// lists are violations that have to do with the plan's lists.
var lists = map[matching.Code]string{
	verify.CodeUnknownReferral:  "the snapshot has no such referral",
	verify.CodeUnknownPlacement: "the snapshot has no such placement",
	verify.CodeUnknownGroup:     "the snapshot has no such group",
	verify.CodeUnknownPattern:   "the group has no such pattern",
	verify.CodeListedTwice:      "placed or listed as unplaced more than once",
	verify.CodeNotListed:        "neither placed nor listed as unplaced",
	verify.CodeNoStay:           "placed without a stay",
	verify.CodeGroupTwice:       "two stays of one package in this group",
	verify.CodeNotOffered:       "the scores that the referral brings leave this out",
	verify.CodeNotMovable:       "may not be moved",
	verify.CodeMovedTwice:       "moved more than once",
	verify.CodeOtherProvision:   "moved out of its provision",
	verify.CodeNotAMove:         "moved to where it is",
}

// violation says what is wrong, as a sentence.
func (r *Report) violation(v *verify.Violation) string {
	if said, ok := lists[v.Code]; ok {
		return text.Sentence(said)
	}
	switch v.Code {
	case verify.CodeTooManyGroups:
		return fmt.Sprintf("A package of %d groups, and the policy allows %d.", *v.Observed, *v.Limit)
	case verify.CodeTooManySessions:
		return fmt.Sprintf("A package of %d sessions a week, and %d are wanted.", *v.Observed, *v.Limit)
	case verify.CodeTooManyMoves:
		return fmt.Sprintf("%s, and %d allowed.", text.Count(*v.Observed, "move", "moves"), *v.Limit)
	case verify.CodeSessionTwice:
		return "On " + text.Session(v.Session) + " the pupil would be in another group of the package too."
	case verify.CodeStartsDiffer:
		return "Begins on " + text.Date(v.Date) + ", and not with the rest of the package."
	case verify.CodeStartDate:
		return "No stay of this pupil can begin here on " + text.Date(v.Date) + "."
	case verify.CodeEndDate:
		return "Would have to end on " + text.Date(v.Date) + "."
	case verify.CodeMoveDate:
		return "Can't move on " + text.Date(v.Date) + ": not one of its days, or before anybody new comes."
	}
	o := &matching.Option{Referral: v.Referral, Stays: []matching.Stay{{Group: v.Group}}}
	return r.words.Reason(o, &matching.Reason{
		Code: v.Code, Limit: v.Limit, Observed: v.Observed, Floating: v.Floating, Codes: v.Codes, Accepts: v.Accepts,
		Date: v.Date, Session: v.Session, Times: v.Times, Pupils: v.Pupils,
	})
}

func (r *Report) figures(list []verify.Figure) {
	table := []screen.Column{{Head: "figure", Wide: true}, {Head: "stated", Right: true, Width: 24}, {Head: "recomputed", Right: true, Width: 24}}
	rows := make([]screen.Row, len(list))
	for i, f := range list {
		rows[i] = cells(screen.Text(f.Path), screen.In(screen.Bad, stated(f.Stated)), screen.Text(stated(f.Recomputed)))
	}
	r.Table(indent, table, rows)
}

func stated(v any) string {
	switch v := v.(type) {
	case nil:
		return "nothing"
	case int:
		return text.Number(v)
	}
	return fmt.Sprint(v)
}
