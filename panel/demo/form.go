package demo

import (
	"slices"
	"strconv"
	"strings"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/form"
)

// A filling is one form under way: whose it is, who refers, what for, and when.
type filling struct {
	child
	form     form.Form
	asks     matching.Referral // for a pupil who stands already, only what the group tells
	by       referrer
	on       calendar.Date
	onRecord map[matching.PupilID]panel.PupilID // pupils whom the panel has a record of
	apart    []matching.KeepApart               // pairs that the pupil is one of
}

// say gives an answer that the school reported.
func (f *filling) say(key string, values ...string) { f.row(key, 0, values...) }

// row gives an answer to an item of a row.
func (f *filling) row(key string, row int, values ...string) {
	f.answer(form.Answer{Field: key, Row: row, Value: values, Grade: form.Reported, By: f.by.role})
}

// seen gives an answer that somebody checked against a paper.
func (f *filling) seen(key string, values ...string) {
	f.answer(form.Answer{Field: key, Value: values, Grade: form.Verified, By: "admissions office, from the school's record"})
}

// unknown says that nobody knows, and why.
func (f *filling) unknown(key, reason string) {
	f.answer(form.Answer{Field: key, Grade: form.Unknown, By: f.by.role, Reason: reason})
}

func (f *filling) answer(a form.Answer) {
	a.On = f.on
	f.form.Answers = append(f.form.Answers, a)
}

// yesNo, number and list answer in the form's spelling.
func (f *filling) yesNo(key string, yes bool) {
	if yes {
		f.say(key, "yes")
	} else {
		f.say(key, "no")
	}
}

func (f *filling) number(key string, n int) { f.say(key, strconv.Itoa(n)) }

func (f *filling) list(key string, values []string) {
	if len(values) == 0 {
		values = []string{"none"}
	}
	f.say(key, values...)
}

// filled is the form of a child, with every question answered that a submission, a panel
// and a start ask.
func (f *filling) filled() form.Form {
	for _, section := range []func(){
		f.request, f.referrer, f.need, f.identity, f.family, f.education, f.specialNeeds, f.week, f.attendance, f.exclusions,
		f.instruments, f.agencies, f.risks, f.company, f.health, f.voice, f.agreements,
	} {
		section()
	}
	if f.facts.Knows(matching.FactNeeds) {
		return form.Normalise(f.form)
	}
	return form.Normalise(f.forgotten())
}

// keptByAll are the prefixes of what is answered on a form that is nine-tenths unknown.
var keptByAll = []string{
	"referral.", "pupil.year", "pupil.sex", "apart.friends", "agreed.",
}

// forgotten is the form of a school that knows next to nothing: all that may be unknown
// is, each with its reason.
func (f *filling) forgotten() form.Form {
	var kept form.Form
	for _, field := range form.Fields() {
		known := field.Tolerance == form.Never || slices.ContainsFunc(keptByAll, func(p string) bool { return strings.HasPrefix(field.Key, p) })
		if field.Key == "referral.circumstances" {
			known = false
		}
		asked := slices.ContainsFunc(f.form.Answers, func(a form.Answer) bool {
			return a.Field == field.Key || strings.HasPrefix(a.Field, field.Key+".")
		})
		if asked && !known {
			kept.Answers = append(kept.Answers, form.Answer{
				Field: field.Key, Grade: form.Unknown, By: f.by.role, On: f.on, Reason: "he came three weeks ago, and the last school has not answered",
			})
		}
		for _, a := range f.form.Answers {
			if known && (a.Field == field.Key || strings.HasPrefix(a.Field, field.Key+".")) {
				kept.Answers = append(kept.Answers, a)
			}
		}
	}
	return kept
}

// day writes a date in the form's spelling.
func day(d calendar.Date) string { return d.String() }
