package text

import (
	"fmt"
	"strings"

	"example.org/backontrack/matching"
)

// Gap says what is missing.
func (w *Words) Gap(g *matching.Gap) string {
	switch g.Code {
	case matching.CodeNotWorth:
		return "nothing: it would cost the plan more than it brings"
	case matching.CodeChoice:
		return "nothing: the panel left it out"
	case matching.CodeTie:
		return "nothing: a place is possible at no cost to the plan"
	case matching.CodeNoOption:
		if len(w.groups) == 0 {
			return "groups: there are none"
		}
		return "scores for any group"
	}
	if len(g.Detail) == 0 {
		return Rule(g.Code)
	}
	detail := make([]string, len(g.Detail))
	for i, d := range g.Detail {
		switch g.Code {
		case matching.CodeYearGroup:
			d = "Year " + d
		case matching.CodePlaces, matching.CodeStaffing, matching.CodeBusy, matching.CodeUnregisteredFullTime:
			d = Session(d)
		}
		detail[i] = d
	}
	return Rule(g.Code) + ": " + List(detail)
}

// Investment says what would be changed.
func (w *Words) Investment(i *matching.Investment) string {
	when := ""
	if i.Sessions != 0 {
		when = " (" + Week(i.Sessions) + ")"
	}
	switch i.Kind {
	case matching.MorePlaces:
		return Count(max(i.Amount, 1), "place", "places") + " more in " + w.Group(i.Group) + when
	case matching.MoreAdults:
		amount := i.Amount
		if amount == 0 {
			amount = 500
		}
		if i.Site != "" {
			return Adults(amount) + " more at " + w.Site(i.Site) + when
		}
		return Adults(amount) + " more in " + w.Group(i.Group) + when
	case matching.NewTimetable:
		return "a second " + w.Group(i.Group) + " at " + Week(i.Sessions)
	case matching.WaiveRule:
		return "if nobody were refused by “" + Rule(i.Rule) + "”"
	}
	return Plain(string(i.Kind))
}

// Violation says which rule is broken, where and by whom, with codes in the contract's words.
func (w *Words) Violation(v *matching.Violation) string {
	said := Rule(v.Code)
	if len(v.Codes) > 0 {
		said += " (" + strings.Join(v.Codes, ", ") + ")"
	}
	if v.Group != "" {
		said += " in " + w.Group(v.Group)
	}
	if v.Limit != nil && v.Observed != nil {
		limit, observed := Number(*v.Limit), Number(*v.Observed)
		if v.Code == matching.CodeStaffing {
			limit, observed = Adults(*v.Limit), Adults(*v.Observed)
		}
		said += fmt.Sprintf(": %s, and the limit is %s", observed, limit)
	}
	if v.Date != 0 {
		said += ", first on " + Date(v.Date)
		if v.Session != "" {
			said += " (" + Session(v.Session) + ")"
		}
	}
	return Sentence(said + "; pupils " + IDs(v.Pupils))
}
