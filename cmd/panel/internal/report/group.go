package report

import (
	"fmt"
	"slices"

	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/matching"
)

// Group writes which group an answer is about.
func (r *Report) Group(id matching.GroupID) {
	r.Line(0, screen.In(screen.Bold, r.words.Group(id)), screen.In(screen.Dim, "  "+string(id)))
	r.Say(r.words.AboutGroup(id)...)
}

// GroupRanking writes the referrals that fit a group, the most pressing first:
// score, late penalty, composition and bonus add up to the total.
func (r *Report) GroupRanking(k *matching.GroupRanking, top int) {
	r.Group(k.Group)
	r.Blank()
	if len(k.Ranking) == 0 {
		r.Say("No open referral fits.")
		return
	}
	if top == 0 {
		r.Say(text.Count(len(k.Ranking), "open referral fits.", "open referrals fit."))
		return
	}
	r.Say(text.Count(len(k.Ranking), "open referral fits:", "open referrals fit, the best first:"))
	r.Blank()
	shown := k.Ranking[:min(top, len(k.Ranking))]
	list := make([]choice, len(shown))
	for i := range shown {
		list[i] = choice{best: &shown[i]}
	}
	columns := r.columns(list)
	columns[1].cell = func(_ int, o *matching.Option) screen.Span {
		return screen.In(screen.Bold, string(o.Referral)+": "+r.words.Heading(o.Referral))
	}
	last := len(columns) - 1
	columns[last].cell = func(_ int, o *matching.Option) screen.Span {
		return screen.In(screen.Bold, text.Number(o.Bonus+o.Total))
	}
	columns = append(columns[:last], column{screen.Column{Head: "priority", Right: true}, func(_ int, o *matching.Option) screen.Span {
		return screen.Text(fmt.Sprintf("%+d", o.Bonus))
	}}, columns[last])
	r.list(list, columns)
	r.more(len(shown), len(k.Ranking)-len(shown), "referral", "referrals")
}

// WhyNot writes every pattern of a group for a referral: possible, or refused with
// every reason and what would unlock it.
func (r *Report) WhyNot(id matching.GroupID, options []matching.Option) {
	r.Blank()
	r.Group(id)
	if len(options) == 0 {
		r.Say("This referral brings scores of its own, and none for this group.")
	}
	for i := range options {
		o := &options[i]
		stay := o.Stays[0]
		r.Blank()
		if o.Feasible {
			r.Para(indent, 2, screen.In(screen.Good, "Possible: "), screen.Text(r.words.Days(stay)+", "+text.Dates(stay)+fmt.Sprintf(", total %d.", o.Total)))
			continue
		}
		r.Para(indent, 2, screen.In(screen.Bad, "Refused: "), screen.Text(r.words.Days(stay)+", "+text.Dates(stay)+"."))
		r.ReasonsByClass(o)
		r.allUnlocks(o)
	}
}

// ReasonsByClass writes every reason against an option, by what would lift it:
// that lifts the refusal only where all reasons are alike.
func (r *Report) ReasonsByClass(o *matching.Option) {
	classes := reasonClasses(o)
	for _, class := range classes {
		head := text.LiftsReason(class)
		if len(classes) == 1 {
			head = text.Lifts(classes)
		}
		r.Para(indent+2, 2, screen.In(style(class), head))
		for i := range o.Reasons {
			if text.ClassOf(&o.Reasons[i]) != class {
				continue
			}
			r.Para(indent+4, 2, screen.Text("• "+r.words.Reason(o, &o.Reasons[i])))
		}
	}
}

// reasonClasses are what could lift one or another reason, in order.
func reasonClasses(o *matching.Option) []matching.Class {
	return slices.DeleteFunc(text.Classes(), func(c matching.Class) bool {
		return !slices.ContainsFunc(o.Reasons, func(r matching.Reason) bool { return text.ClassOf(&r) == c })
	})
}

func (r *Report) allUnlocks(o *matching.Option) {
	if len(o.Unlock) == 0 {
		for _, sentence := range r.words.NoUnlock(o.Reasons) {
			r.Para(indent+2, 2, screen.In(screen.Dim, sentence))
		}
		return
	}
	r.Line(indent+2, screen.In(screen.Good, "What would make it possible, each by itself:"))
	r.Unlocks(o, indent+4)
}

// Blockers writes who and what keeps a referral out of a group.
func (r *Report) Blockers(id matching.GroupID, b *matching.Blocking) {
	r.Blank()
	r.Group(id)
	r.Blank()
	if len(b.Rules) == 0 && len(b.Pupils) == 0 {
		r.Say("Nobody and nothing blocks the way into this group.")
		return
	}
	if len(b.Rules) > 0 {
		r.Say("Refused whoever is there: " + r.words.Rules(b.Rules) + ".")
	}
	if len(b.Pupils) == 0 {
		r.Say("No pupil who is there is in the way.")
		return
	}
	r.Say("Pupils because of whom a rule refuses, over all its patterns:")
	table := []screen.Column{{Head: "pupil"}, {Head: "rules", Width: 28}, {Head: "placements on this site", Wide: true}}
	var rows []screen.Row
	for _, p := range b.Pupils {
		rows = append(rows, cells(screen.In(screen.Bold, string(p.Pupil)), screen.Text(r.words.Rules(p.Codes)), screen.Text(r.words.Placements(p.Placements))))
	}
	r.Table(indent+2, table, rows)
}

// Earliest writes the first day on which each group and pattern would fit.
func (r *Report) Earliest(options []matching.Option, asked []matching.GroupID) {
	r.Blank()
	if len(options) == 0 {
		r.Say("No start fits before " + text.Date(r.words.Horizon()) + ": ask --why-not.")
		return
	}
	table := []screen.Column{{Head: "first day"}, {Head: "group", Wide: true}, {Head: "days"}, {Head: "total", Right: true}}
	var rows []screen.Row
	for i := range options {
		o := &options[i]
		rows = append(rows, cells(
			screen.Text(text.Date(o.Stays[0].From)), screen.In(screen.Bold, r.title(o)), screen.Text(r.words.Days(o.Stays[0])), screen.Text(fmt.Sprint(o.Total)),
		))
	}
	r.Table(indent, table, rows)
	if len(asked) == 0 {
		r.Para(indent, 0, screen.In(screen.Dim, "What is not listed never fits before "+text.Date(r.words.Horizon())+": ask --why-not."))
	}
}
