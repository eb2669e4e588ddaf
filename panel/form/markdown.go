package form

import (
	"fmt"
	"strings"
)

// MarkdownFields writes every field of the form, by section, for docs/reference.
func MarkdownFields() string {
	var b strings.Builder
	for _, s := range Sections() {
		fmt.Fprintf(&b, "## %s. %s\n\n", s, s.Title())
		if s == Attachments {
			b.WriteString(documentTable())
			continue
		}
		b.WriteString("| key | question | kind | needed from | unknown will do | class |\n|---|---|---|---|---|---|\n")
		for _, f := range table.fields {
			if f.Section != s {
				continue
			}
			b.WriteString(f.markdown(f.Key))
			for _, item := range f.Items {
				b.WriteString(item.markdown("· " + item.Key[len(f.Key)+1:]))
			}
		}
		b.WriteByte('\n')
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// MarkdownGates writes what each gate needs: the completeness rules, for docs/reference.
func MarkdownGates() string {
	var b strings.Builder
	for _, g := range Gates() {
		fmt.Fprintf(&b, "## To %s\n\n", map[Gate]string{Submit: "submit", Panel: "go before the panel", Start: "start"}[g])
		b.WriteString("| what | when | answer |\n|---|---|---|\n")
		for _, f := range table.fields {
			b.WriteString(needRows(g, "`"+f.Key+"`", f.Needed))
			for _, item := range f.Items {
				b.WriteString(needRows(g, "`"+item.Key+"`, each row", item.Needed))
			}
		}
		for _, d := range documents {
			b.WriteString(needRows(g, "document `"+string(d.Kind)+"`", d.Needed))
		}
		b.WriteByte('\n')
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// MarkdownTraits writes the rules by which risks become traits, for docs/reference.
func MarkdownTraits() string {
	var b strings.Builder
	b.WriteString("| trait | risk | from level |\n|---|---|---|\n")
	for _, r := range traitRules {
		fmt.Fprintf(&b, "| `%s` | `risk.%s` | %s |\n", r.Trait, r.Item, r.Level)
	}
	return b.String()
}

func documentTable() string {
	var b strings.Builder
	b.WriteString("| kind | document | needed from | class |\n|---|---|---|---|\n")
	for _, d := range documents {
		needed := neededWords(d.Needed)
		if d.Instead != "" {
			needed += "; `" + string(d.Instead) + "` will do"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", d.Kind, d.Label, needed, d.Class)
	}
	return b.String() + "\n"
}

func (f Field) markdown(shown string) string {
	label := f.Label
	if f.Help != "" {
		label += ". " + f.Help
	}
	return fmt.Sprintf("| `%s` | %s | %s | %s | %s | %s |\n", shown, label, f.kindWords(), neededWords(f.Needed), f.toleranceWords(), f.Class)
}

// kindWords are the kind with its list or range.
func (f Field) kindWords() string {
	switch f.Kind {
	case OneCode, YearGroup:
		return fmt.Sprintf("%s of `%s`", f.Kind, f.Codes)
	case SomeCodes:
		return fmt.Sprintf("up to %d %s of `%s`", f.Most, f.Kind, f.Codes)
	case Whole:
		return fmt.Sprintf("%s, %d to %d", f.Kind, f.Min, f.Max)
	case Decimal:
		return fmt.Sprintf("%s, %s to %s", f.Kind, FormatTenths(f.Min), FormatTenths(f.Max))
	case References, Rows:
		return fmt.Sprintf("up to %d %s", f.Most, f.Kind)
	default:
		return string(f.Kind)
	}
}

func (f Field) toleranceWords() string {
	switch {
	case len(f.Needed) == 0:
		return "always"
	case f.Tolerance == UntilStart:
		return "until the start"
	default:
		return string(f.Tolerance)
	}
}

func neededWords(needs []Need) string {
	if len(needs) == 0 {
		return "optional"
	}
	words := make([]string, len(needs))
	for i, n := range needs {
		words[i] = string(n.Gate)
		if w := whenWords(n); w != "" {
			words[i] += " (" + w + ")"
		}
	}
	return strings.Join(words, "; ")
}

func whenWords(n Need) string {
	var words []string
	for _, c := range n.When {
		is := "is"
		if c.Not {
			is = "is not"
		}
		words = append(words, fmt.Sprintf("`%s` %s %s", c.Of, is, strings.Join(c.Is, " or ")))
	}
	if n.Or != "" {
		words = append(words, fmt.Sprintf("or `%s` is answered", n.Or))
	}
	return strings.Join(words, ", ")
}

// needRows are the rows of a gate for one thing that it is the first to need.
func needRows(g Gate, what string, needs []Need) string {
	var b strings.Builder
	for _, n := range needs {
		if n.Gate != g {
			continue
		}
		when, answer := whenWords(n), n.Is
		if when == "" {
			when = "always"
		}
		if answer == "" {
			answer = "any"
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", what, when, answer)
	}
	return b.String()
}

// MarkdownCodes writes the form's own code lists and the shorter national ones, for
// docs/reference, each with the fields whose answers it has. The languages and the
// authorities are only counted.
func MarkdownCodes() string {
	const most = 60
	var b strings.Builder
	for _, l := range lists {
		fmt.Fprintf(&b, "## `%s`\n\n", l.name)
		if keys := CodedBy(l.name); len(keys) > 0 {
			fmt.Fprintf(&b, "Of `%s`.\n\n", strings.Join(keys, "`, `"))
		}
		if len(l.codes) > most {
			fmt.Fprintf(&b, "%d codes: `panel import referrals --codes %s` lists them.\n\n", len(l.codes), l.name)
			continue
		}
		b.WriteString("| code | label |\n|---|---|\n")
		for _, c := range l.codes {
			fmt.Fprintf(&b, "| `%s` | %s |\n", c.Code, c.Label)
		}
		b.WriteByte('\n')
	}
	return strings.TrimSuffix(b.String(), "\n")
}
