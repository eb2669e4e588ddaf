package panel

import (
	"cmp"
	"slices"
	"strings"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/form"
)

// together is what all submitted forms about one pupil say: of each question the answer
// that is known, and of several that with the latest day. What one school has left out,
// another's form still says. Rows of a question stay together.
func together(list []Referral) form.Form {
	list = slices.DeleteFunc(slices.Clone(list), func(r Referral) bool { return r.Submitted.IsZero() && r.State == Draft })
	slices.SortStableFunc(list, func(a, b Referral) int { return cmp.Or(a.Submitted.Compare(b.Submitted), cmp.Compare(a.ID, b.ID)) })
	best := map[string]said{}
	for i, r := range list {
		for question, answers := range byQuestion(r.Form) {
			s := said{answers: answers, form: i}
			for _, a := range answers {
				s.known = s.known || a.Grade != form.Unknown
				s.on = max(s.on, a.On)
			}
			if before, ok := best[question]; !ok || s.before(before) {
				best[question] = s
			}
		}
	}
	var f form.Form
	for _, s := range best {
		f.Answers = append(f.Answers, s.answers...)
	}
	return form.Normalise(f)
}

// said is what one form says to one question.
type said struct {
	answers []form.Answer
	known   bool
	on      calendar.Date
	form    int // a later one counts on the same day
}

// before tells whether s counts rather than t.
func (s said) before(t said) bool {
	if s.known != t.known {
		return s.known
	}
	return cmp.Or(cmp.Compare(s.on, t.on), cmp.Compare(s.form, t.form)) > 0
}

// byQuestion are the answers of a form, those of rows under the question that they belong to.
func byQuestion(f form.Form) map[string][]form.Answer {
	questions := map[string][]form.Answer{}
	for _, a := range f.Answers {
		key := a.Field
		if end := strings.LastIndexByte(key, '.'); a.Row > 0 && end > 0 {
			key = key[:end]
		}
		questions[key] = append(questions[key], a)
	}
	return questions
}
