package text

import (
	"fmt"
	"slices"
	"strings"

	"example.org/backontrack/matching"
)

// Criterion is a criterion's name.
func Criterion(code matching.Code) string { return Plain(string(code)) }

// Because says what a contribution rests on, for the option that it is of.
func (w *Words) Because(o *matching.Option, c *matching.Contribution) string {
	note := notes{c.Why}
	said := ""
	if len(o.Stays) == 1 {
		said = w.because(o, c, note)
	} else {
		said = parts(o, note)
	}
	if _, unknown, found := c.Why.Lookup("unknown"); found {
		said = w.notKnown(o, c, unknown)
	}
	if c.Low != nil && c.High != nil {
		said += fmt.Sprintf(" (value %d to %d)", *c.Low, *c.High)
	}
	return strings.TrimSpace(said)
}

// notKnown names what a contribution has to guess: of a journey, the end of it
// that nobody gave.
func (w *Words) notKnown(o *matching.Option, c *matching.Contribution, facts []string) string {
	sites := w.unplaced(o)
	if c.Criterion != matching.CodeJourney || len(sites) == 0 || !slices.Contains(facts, string(matching.FactLatitude)) {
		return List(plains(facts)) + " not known"
	}
	place := "place of the site"
	if !w.knowsHome(w.pupils[w.PupilOf(o.Referral)]) {
		place = Plain(string(matching.FactLatitude)) + " and " + place
	}
	return place + " not known"
}

// parts are the values of a package's stays, of which a contribution is the mean.
func parts(o *matching.Option, n notes) string {
	var values []string
	for _, stay := range o.Stays {
		if n.has(string(stay.Group)) {
			values = append(values, fmt.Sprintf("%s %d", stay.Group, n.number(string(stay.Group))))
		}
	}
	return strings.Join(values, ", ")
}

// notes reads a contribution's notes.
type notes struct{ why matching.Why }

func (n notes) number(name string) int {
	number, _, _ := n.why.Lookup(name)
	return number
}

func (n notes) has(name string) bool {
	_, _, found := n.why.Lookup(name)
	return found
}

func (w *Words) because(o *matching.Option, c *matching.Contribution, n notes) string {
	switch c.Criterion {
	case matching.CodeNeedFit:
		return needFit(c, n)
	case matching.CodeWishes:
		return w.wishes(o, n)
	case matching.CodeCurriculum:
		return fmt.Sprintf("%d of %s", n.number("offered"), Count(n.number("of"), "subject", "subjects"))
	case matching.CodeJourney:
		return fmt.Sprintf("%d of at most %d minutes", n.number("minutes"), n.number("limit"))
	case matching.CodeStart:
		return wait(n.number("days"))
	case matching.CodeCoverage:
		return coverage(n)
	case matching.CodeHeadroom:
		return fmt.Sprintf("free at the fullest: %s places, %s adults", percent(n.number("places")), percent(n.number("adults")))
	case matching.CodeBalance:
		return fmt.Sprintf("provider has %d placed, the fullest %d", n.number("placements"), n.number("most"))
	case matching.CodeGiven:
		return "brought by another tool"
	}
	return noted(n.why)
}

func needFit(c *matching.Contribution, n notes) string {
	met, of := n.number("met"), n.number("of")
	switch {
	case of == 0:
		return "no needs stated"
	case met == of:
		return "equipped for every need"
	case met == 0 && c.Value > 0:
		return "does not say what it is equipped for"
	case met == 0:
		return "equipped for none of the needs"
	}
	return fmt.Sprintf("equipped for %d of %d, a must counting twice", met, of)
}

func (w *Words) wishes(o *matching.Option, n notes) string {
	wants := w.wants(o.Referral)
	var parts []string
	switch {
	case n.has("choice"):
		parts = append(parts, "the family's "+Ordinal(n.number("choice"))+" choice")
	case len(wants.Groups) > 0 && !chosen(wants, o.Stays[0].Group):
		parts = append(parts, "not a group the family named")
	}
	if n.has("approaches") {
		parts = append(parts, fmt.Sprintf("%d of %s", n.number("approaches"), Count(n.number("of"), "approach", "approaches")))
	}
	if len(parts) == 0 {
		return "no wishes stated"
	}
	return strings.Join(parts, "; ")
}

func wait(days int) string {
	switch days {
	case 0:
		return "starts as soon as possible"
	case 1:
		return "starts after a day"
	}
	return fmt.Sprintf("starts after %d days", days)
}

func coverage(n notes) string {
	parts := []string{fmt.Sprintf("%d of %d sessions", n.number("sessions"), n.number("sessions_wanted"))}
	if n.has("days_wanted") {
		parts = append(parts, fmt.Sprintf("%d of %d days", n.number("days"), n.number("days_wanted")))
	}
	if n.has("time_limited") {
		parts = append(parts, "for a set time")
	}
	if n.has("home_sessions") {
		parts = append(parts, fmt.Sprintf("%d left for school", n.number("home_sessions")))
	}
	return strings.Join(parts, "; ")
}

func percent(thousandths int) string { return fmt.Sprintf("%d%%", thousandths/10) }

// noted lists notes as they are, for a criterion that is not ours.
func noted(why matching.Why) string {
	var parts []string
	for _, name := range why.Names() {
		number, codes, _ := why.Lookup(name)
		if codes != nil {
			parts = append(parts, Plain(name)+" "+List(plains(codes)))
			continue
		}
		parts = append(parts, fmt.Sprintf("%s %d", Plain(name), number))
	}
	return strings.Join(parts, "; ")
}
