package main

import (
	"fmt"
	"strings"

	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/form"
	"example.org/backontrack/panel/intake"
)

// there are the referrals that are stored, but for those that were withdrawn, by who
// refers and on which day.
type there map[thereBy][]thereOf

type thereBy struct {
	school panel.OrganisationID
	date   calendar.Date // of the referral; zero: not said yet
}

type thereOf struct {
	id    panel.ReferralID
	pupil intake.Pupil
}

func whatIsThere(tx panel.Tx) (there, error) {
	all := there{}
	for r, err := range tx.Referrals().List() {
		if err != nil {
			return nil, err
		}
		if r.State == panel.Withdrawn {
			continue
		}
		date, _ := r.Form.Date("referral.date")
		by := thereBy{r.School, date}
		all[by] = append(all[by], thereOf{r.ID, intake.PupilOf(r.Form)})
	}
	return all, nil
}

// find is the referral that a school has made of a form's pupil on the form's day already.
func (t there) find(school panel.OrganisationID, f form.Form) panel.ReferralID {
	date, _ := f.Date("referral.date")
	pupil := intake.PupilOf(f)
	for _, before := range t[thereBy{school, date}] {
		if before.pupil.Same(pupil) {
			return before.id
		}
	}
	return ""
}

// mostLines is how many lines a warning names.
const mostLines = 8

// warn says what is worth a look, each once, with the lines that it is about.
func (b *bringing) warn(list []intake.Warning) {
	type what struct{ column, says string }
	var order []what
	lines := map[what][]int{}
	for _, w := range list {
		one := what{w.Column, w.Says}
		if len(lines[one]) == 0 {
			order = append(order, one)
		}
		lines[one] = append(lines[one], w.Line)
	}
	for _, one := range order {
		b.p.complain("worth a look: " + inLines(lines[one]) + ": " + one.column + ": " + one.says + ".")
	}
}

// inLines is “line 2”, or “3 lines (2, 4, 5)”.
func inLines(lines []int) string {
	if len(lines) == 1 {
		return fmt.Sprintf("line %d", lines[0])
	}
	var words []string
	for _, n := range lines[:min(len(lines), mostLines)] {
		words = append(words, fmt.Sprint(n))
	}
	if len(lines) > mostLines {
		words = append(words, "…")
	}
	return text.Number(len(lines)) + " lines (" + strings.Join(words, ", ") + ")"
}
