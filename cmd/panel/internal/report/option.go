package report

import (
	"fmt"
	"strings"

	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/matching"
)

// OptionsHead writes the heads of the list of options.
func (r *Report) OptionsHead() {
	r.optionLine(screen.Dim, "referral", "group and pattern", "first day", "total", "")
}

// OptionLine writes one option as one line: its total, or the codes of the rules that refuse it.
func (r *Report) OptionLine(o *matching.Option) {
	stays := make([]string, len(o.Stays))
	for i, stay := range o.Stays {
		stays[i] = string(stay.Group) + "/" + string(stay.Pattern)
	}
	total, why := fmt.Sprint(o.Total), ""
	if !o.Feasible {
		total, why = "–", "refused: "+list(reasonCodes(o))
	} else if len(o.Unchecked) > 0 {
		why = "unchecked: " + list(o.Unchecked)
	}
	r.optionLine(screen.Plain, string(o.Referral), strings.Join(stays, " + "), text.Date(o.Stays[0].From), total, why)
}

// optionLine writes one line. Its columns are of a set width, because the list is
// too long to be measured first.
func (r *Report) optionLine(style screen.Style, referral, stays, first, total, why string) {
	const referralWidth, dateWidth, totalWidth, gutters = 8, 15, 5, 8
	room := r.Width() - referralWidth - dateWidth - totalWidth - gutters
	table := []screen.Column{
		{Width: referralWidth}, {Width: room / 2}, {Width: dateWidth}, {Width: totalWidth, Right: true}, {Width: room - room/2},
	}
	r.Table(0, table, []screen.Row{cells(
		screen.In(style, referral), screen.In(style, stays), screen.In(style, first), screen.In(style, total), screen.In(screen.Dim, why),
	)})
}

func reasonCodes(o *matching.Option) []matching.Code {
	codes := make([]matching.Code, len(o.Reasons))
	for i, reason := range o.Reasons {
		codes[i] = reason.Code
	}
	return codes
}

func list(codes []matching.Code) string {
	names := make([]string, len(codes))
	for i, code := range codes {
		names[i] = string(code)
	}
	return strings.Join(names, ", ")
}
