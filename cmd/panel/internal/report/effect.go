package report

import (
	"fmt"

	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// Effects writes what an option means for those already there, day by day.
func (r *Report) Effects(o *matching.Option, effects []matching.Effect) {
	r.Blank()
	r.Para(indent, 2, screen.In(screen.Bold, r.title(o)), screen.In(screen.Dim, ": "+r.when(o)))
	if !o.Feasible {
		r.Para(indent, 2, screen.In(screen.Bad, "Refused as things are. "), screen.Text("If it were possible after all:"))
	}
	newcomer := r.words.PupilOf(o.Referral)
	for i := 0; i < len(effects); {
		day := effects[i].Date
		n := i
		for n < len(effects) && effects[n].Date == day {
			n++
		}
		r.day(day, effects[i:n], newcomer)
		i = n
	}
	r.Blank()
	if o.Composition == 0 {
		r.Say("On the first day composition gains no points and loses none.")
		return
	}
	r.Say(fmt.Sprintf("Composition: %+d points on the first day.", o.Composition))
}

func (r *Report) day(day calendar.Date, effects []matching.Effect, newcomer matching.PupilID) {
	r.Head("From " + text.Date(day))
	var rest []matching.PupilID
	for i := range effects {
		said := r.words.Effect(&effects[i], newcomer)
		if said == "" {
			rest = append(rest, effects[i].Pupil)
			continue
		}
		r.Para(indent, 2, screen.Text("• "+said))
	}
	if len(rest) > 0 {
		r.Para(indent, 2, screen.In(screen.Dim, "• "+text.IDs(rest)+": nobody is the only one of a sex, and no friend comes."))
	}
	tight(r, effects)
}

// tight says how much adult time is left at the tightest session of the day's pupils.
func tight(r *Report, effects []matching.Effect) {
	before, after, tells := 0, 0, false
	for i := range effects {
		was, is := effects[i].Before.Spare, effects[i].After.Spare
		if was == nil || is == nil || *was == *is {
			continue
		}
		if !tells || *is < after {
			before, after, tells = *was, *is, true
		}
	}
	switch {
	case !tells:
	case after < 0:
		r.Say(fmt.Sprintf("Adult time: short of %s at the tightest session, to be topped up by floating adults.", text.Adults(-after)))
	default:
		r.Say(fmt.Sprintf("Adult time to spare at the tightest session: %s, before %s.", text.Adults(after), text.Adults(max(before, 0))))
	}
}

// Questions writes what is worth asking, the most decisive first.
func (r *Report) Questions(questions []matching.Question, top int) {
	if len(questions) == 0 {
		return
	}
	r.Head("Questions worth asking first")
	shown := questions[:min(top, len(questions))]
	for i := range shown {
		q := &shown[i]
		r.Para(indent, 3, screen.In(screen.Bold, fmt.Sprintf("%d. %s ", i+1, text.Question(q))), screen.Text(r.words.Matters(q)))
	}
	r.more(len(shown), len(questions)-len(shown), "question", "questions")
}
