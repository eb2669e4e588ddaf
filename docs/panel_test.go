package docs_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/form"
)

const generated = "Written by `go generate ./docs` from the code; don't edit.\n"

// panelPages are the pages that are made of the tables of package panel.
var panelPages = map[string]func() string{
	"docs/reference/states.md":       statesPage,
	"docs/reference/access.md":       accessPage,
	"docs/reference/form.md":         formPage,
	"docs/reference/form-codes.md":   formCodesPage,
	"docs/reference/completeness.md": completenessPage,
	"docs/reference/kinds.md":        kindsPage,
}

func TestPanelPages(t *testing.T) {
	t.Parallel()
	for page, make := range panelPages {
		want := make()
		if *update {
			if err := os.WriteFile(filepath.Join(root, filepath.FromSlash(page)), []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if read(t, page) != want {
			t.Errorf("%s is not what the code says; write it again with: go generate ./docs", page)
		}
	}
}

// statesPage is the table of transitions, noun by noun.
func statesPage() string {
	var b strings.Builder
	b.WriteString("# States\n\n" + generated + "\nEvery legal step of every noun, with who may take it. What is not here is refused with `wrong-state`,\n" +
		"which says what may be done instead. `–` is where a noun begins.\n")
	var noun panel.Noun
	for _, s := range panel.Transitions() {
		if s.Noun != noun {
			noun = s.Noun
			fmt.Fprintf(&b, "\n## %s\n\n| from | verb | to | who |\n|---|---|---|---|\n", noun)
		}
		from := string(s.From)
		if from == "" {
			from = "–"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", from, s.Verb, s.To, roles(s.Who))
	}
	return b.String()
}

func roles(list []panel.Role) string {
	var names []string
	for _, r := range list {
		names = append(names, string(r))
	}
	return strings.Join(names, ", ")
}

// accessPage is the matrix of who may do what to which.
func accessPage() string {
	var b strings.Builder
	b.WriteString("# Who may do what\n\n" + generated + `
A cell says how far a role reaches with a verb; an empty one that it never may (` + "`forbidden`" + `). What is out of reach
does not exist for whoever asks (` + "`not-found`" + `), and a grant that is taken away counts from the next request on.

| scope | reaches |
|---|---|
| all | everything |
| own_schools | what the person's schools referred |
| own_providers | what is at the person's provisions; of a referral's papers, while there is an offer or a placement |
| agenda | what is before a meeting that the person sits in, but for an interest |
| presiding | as agenda; between meetings, referrals that are ready, waiting or placed, but for the person's own schools |
| asked | referrals of a safety waiver that the person may approve |
| self | what the person started |
`)
	matrix := panel.Matrix()
	var nouns []panel.Noun
	for _, row := range matrix {
		if !slices.Contains(nouns, row.Noun) {
			nouns = append(nouns, row.Noun)
		}
	}
	for _, noun := range nouns {
		b.WriteString(accessTable(noun, matrix))
	}
	return b.String()
}

func accessTable(noun panel.Noun, matrix []panel.Access) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n## %s\n\n| verb |", noun)
	for _, role := range panel.Roles() {
		fmt.Fprintf(&b, " %s |", role)
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(panel.Roles())) + "\n")
	var verbs []panel.Verb
	for _, row := range matrix {
		if row.Noun == noun && !slices.Contains(verbs, row.Verb) {
			verbs = append(verbs, row.Verb)
		}
	}
	for _, verb := range verbs {
		fmt.Fprintf(&b, "| %s |", verb)
		for _, role := range panel.Roles() {
			var scopes []string
			for _, row := range matrix {
				if row.Noun == noun && row.Verb == verb && row.Role == role {
					scopes = append(scopes, string(row.Scope))
				}
			}
			fmt.Fprintf(&b, " %s |", strings.Join(scopes, ", "))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func formPage() string {
	return "# The referral form\n\n" + generated + `
Every field, by section. An answer has a grade (verified, reported, unknown), who said it, and when (D2); one that is
not there is not a "no". The last column is the class of need to know. The codes and their labels are in
[form-codes.md](form-codes.md).

` + form.MarkdownFields() + "\n# Traits\n\nA risk of this level or above gives the pupil the trait that groups and the policy go by.\n\n" + form.MarkdownTraits()
}

func formCodesPage() string {
	return "# The code lists of the form\n\n" + generated + `
A field of the kinds code, codes and year_group takes codes of the list that [the form](form.md) names. In a
[spreadsheet of referrals](commands.md) the whole label does as well, in any case: ` + "`M`, `m` and `Male`" + ` are one answer.
` + "`panel import referrals --codes`" + ` prints the lists.

` + form.MarkdownCodes()
}

func completenessPage() string {
	return "# Completeness\n\n" + generated + `
What has to be there before a referral may go on (D3, D4). What a gate needs, the later ones need too; what is missing
never stops the ranking. "Unknown", with a reason, will do where the form's page says so.

` + form.MarkdownGates()
}

func kindsPage() string {
	var b strings.Builder
	b.WriteString("# Kinds of errors\n\n" + generated + "\nWhat a verb of the panel answers when it does not do what was asked. Nothing is stored then.\n\n")
	for _, k := range panel.Kinds() {
		fmt.Fprintf(&b, "- `%s`\n", k)
	}
	return b.String()
}
