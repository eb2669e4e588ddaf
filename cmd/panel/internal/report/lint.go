package report

import (
	"fmt"

	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/matching/lint"
)

// fewFindings is how many findings of a kind are told where not all are asked for.
const fewFindings = 5

// Findings writes what the linter found: by severity, each kind once, with what it
// means for the panel and what to do about it. Findings come in the linter's order.
func (r *Report) Findings(findings []lint.Finding, all bool) {
	if len(findings) == 0 {
		r.Line(0, screen.In(screen.Good, "Nothing found."))
		return
	}
	severity := lint.Severity("")
	for len(findings) > 0 {
		n := 1
		for n < len(findings) && findings[n].Code == findings[0].Code {
			n++
		}
		if findings[0].Severity != severity {
			if severity != "" {
				r.Blank()
			}
			severity = findings[0].Severity
			r.Line(0, screen.In(screen.Bold, text.Severity(severity)))
		}
		r.kind(findings[:n], all)
		findings = findings[n:]
	}
}

// kind writes the findings of one code.
func (r *Report) kind(findings []lint.Finding, all bool) {
	code := findings[0].Code
	r.Blank()
	r.Para(2, 2,
		screen.In(severityStyle(findings[0].Severity), text.FindingTitle(code)),
		screen.In(screen.Dim, fmt.Sprintf(" (%d, %s)", len(findings), code)))
	shown := len(findings)
	if !all && shown > fewFindings+1 { // "and 1 more" takes as much room as that one
		shown = fewFindings
	}
	for i := range findings[:shown] {
		r.Para(indent, 2, screen.Text("• "+r.words.Finding(&findings[i], all)))
	}
	if more := len(findings) - shown; more > 0 {
		r.Para(indent, 2, screen.In(screen.Dim, fmt.Sprintf("and %s more (with --all)", text.Number(more))))
	}
	r.Para(indent, 2, screen.In(screen.Accent, "→ "+text.FindingAdvice(code)))
}

func severityStyle(s lint.Severity) screen.Style {
	switch s {
	case lint.Error:
		return screen.Bad
	case lint.Warning:
		return screen.Warn
	default:
		return screen.Bold
	}
}
