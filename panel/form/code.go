package form

import "strings"

// A Code is one row of a code list.
type Code struct {
	Code, Label string
}

// CodeLists names the code lists, in a fixed order.
func CodeLists() []string {
	names := make([]string, len(lists))
	for i, l := range lists {
		names[i] = l.name
	}
	return names
}

// Codes are the rows of a code list in its order; none for a list that there is not.
func Codes(list string) []Code {
	if l, ok := listByName[list]; ok {
		return append([]Code(nil), l.codes...)
	}
	return nil
}

// LabelOf is what a code of a list stands for, and whether the list has the code.
func LabelOf(list, code string) (string, bool) {
	l, ok := listByName[list]
	if !ok {
		return "", false
	}
	label, ok := l.labels[code]
	return label, ok
}

// FindCodes are the codes of a list that a text names, in any case: by the code, or by its
// whole label. The code in its own spelling is that one alone; more than one is for the
// caller to ask about, and not to choose from.
func FindCodes(list, text string) []string {
	l, ok := listByName[list]
	if !ok {
		return nil
	}
	if _, is := l.labels[text]; is {
		return []string{text}
	}
	var found []string
	for _, c := range l.codes {
		if strings.EqualFold(c.Code, text) || strings.EqualFold(c.Label, text) {
			found = append(found, c.Code)
		}
	}
	return found
}

// CodedBy are the keys of the fields and items whose answers are codes of a list, in the
// order of the form.
func CodedBy(list string) []string {
	var keys []string
	for _, f := range table.fields {
		for _, g := range append([]Field{f}, f.Items...) {
			if g.Codes == list {
				keys = append(keys, g.Key)
			}
		}
	}
	return keys
}

// notKnownCodes are codes of national lists that mean "not known". The form says that
// by the grade of the answer, with a reason, so that nothing mistakes them for a fact.
var notKnownCodes = map[string]string{
	"sex": "U", "ethnicity": "NOBT", "service_child": "U", "disability": "NCOL",
}

type codeList struct {
	name   string
	codes  []Code
	labels map[string]string
}

var (
	lists      = newLists()
	listByName = byName(lists)
)

func newLists() []codeList {
	all := make([]codeList, 0, len(listTexts)+2)
	for _, l := range listTexts {
		all = append(all, codeList{name: l.name, codes: parseCodes(l.text)})
	}
	all = append(all,
		codeList{name: "exclusion_reason_any", codes: append(parseCodes(exclusionReasonCodes), Code{"OT", "Other (until the summer of 2020)"})},
		codeList{name: "risk_item", codes: riskCodes()},
	)
	for i := range all {
		all[i].labels = map[string]string{}
		for _, c := range all[i].codes {
			all[i].labels[c.Code] = c.Label
		}
	}
	return all
}

func byName(all []codeList) map[string]codeList {
	m := map[string]codeList{}
	for _, l := range all {
		m[l.name] = l
	}
	return m
}

// parseCodes reads a list written a row a line: the code, a space, the label.
func parseCodes(text string) []Code {
	var codes []Code
	for line := range strings.Lines(text) {
		if code, label, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " "); ok {
			codes = append(codes, Code{code, label})
		}
	}
	return codes
}

func riskCodes() []Code {
	codes := make([]Code, 0, len(riskItems))
	for _, item := range riskItems {
		codes = append(codes, Code{item.code, item.label})
	}
	return codes
}
