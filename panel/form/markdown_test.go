package form_test

import (
	"strings"
	"testing"

	"example.org/backontrack/panel/form"
)

// Whoever reads the pages sees every field, list and document, in tables that hold.
func TestMarkdown_hasEverything(t *testing.T) {
	t.Parallel()
	fields, gates := form.MarkdownFields(), form.MarkdownGates()
	for _, f := range form.Fields() {
		if !strings.Contains(fields, "| `"+f.Key+"` | "+f.Label) {
			t.Errorf("%s is not among the fields", f.Key)
		}
		for _, n := range f.Needed {
			if !strings.Contains(section(gates, n.Gate), "| `"+f.Key+"` |") {
				t.Errorf("%s is not among what is needed to %s", f.Key, n.Gate)
			}
		}
	}
	for _, d := range form.Documents() {
		if !strings.Contains(fields, "| `"+string(d.Kind)+"` | "+d.Label) {
			t.Errorf("%s is not among the documents", d.Kind)
		}
	}
	for _, s := range form.Sections() {
		if !strings.Contains(fields, "\n## "+string(s)+". "+s.Title()+"\n") && !strings.HasPrefix(fields, "## "+string(s)+". ") {
			t.Errorf("section %s has no heading", s)
		}
	}
	for name, page := range map[string]string{"fields": fields, "gates": gates, "traits": form.MarkdownTraits(), "lists": form.MarkdownCodes()} {
		columns := 0
		for line := range strings.Lines(page) {
			if !strings.HasPrefix(line, "|") {
				columns = 0
				continue
			}
			if n := strings.Count(line, "|"); columns == 0 {
				columns = n
			} else if n != columns {
				t.Errorf("%s: a row of another length: %s", name, line)
			}
		}
	}
}

func TestMarkdown_sentences(t *testing.T) {
	t.Parallel()
	gates := form.MarkdownGates()
	for gate, lines := range map[form.Gate][]string{
		form.Submit: {
			"| `referral.route` | always | any |",
			"| `pupil.upn` | or `pupil.upn_missing` is answered | any |",
			"| `referral.duration` | `case.tier` is time_limited or transitional | any |",
			"| `referral.tried` | `case.route` is not day6_pex | any |",
			"| `family.contacts.phone`, each row | always | any |",
		},
		form.Panel: {"| document `exclusion_letter` | `case.route` is day6_pex | any |"},
		form.Start: {
			"| document `pupil_passport` | always | any |",
			"| `agreed.work_options` | `referral.roll` is not single, `case.key_stage` is KS4 | yes |",
		},
	} {
		for _, line := range lines {
			if !strings.Contains(section(gates, gate), line+"\n") {
				t.Errorf("to %s: no line %s", gate, line)
			}
		}
	}
}

// section is the part of a page about one gate.
func section(page string, gate form.Gate) string {
	heading := map[form.Gate]string{form.Submit: "## To submit", form.Panel: "## To go before the panel", form.Start: "## To start"}[gate]
	_, rest, _ := strings.Cut(page, heading)
	part, _, _ := strings.Cut(rest, "\n## ")
	return part
}
