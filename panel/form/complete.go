package form

import "slices"

// A Why says what a missing thing lacks.
type Why string

// What is missing.
const (
	NotAnswered  Why = "not_answered" // nobody has answered
	StillUnknown Why = "unknown"      // answered as not known, which will not do at this gate, or has no reason
	NotAgreed    Why = "not_agreed"   // answered, and another answer is needed, such as yes
	NoDocument   Why = "no_document"
)

// A Missing is one thing without which a gate stays shut (D3).
type Missing struct {
	Pointer  string       // to the answer, or /documents/<kind>
	Field    string       // the key, or empty for a document
	Document DocumentKind // the kind, or empty for a field
	Label    string
	Gate     Gate // the first gate that needs it
	Why      Why
}

// Complete lists what a referral lacks to pass a gate: answers in the order of the form,
// and documents. What earlier gates need is needed still. An answer "unknown", with a
// reason, will do to submit and before the panel where the field tolerates it; at a start
// only where it always does. Nothing missing opens the gate; whether what is there is
// right is [Check]'s to say.
func Complete(f Form, held []DocumentKind, gate Gate, c Case) []Missing {
	var missing []Missing
	for i := range table.fields {
		field := &table.fields[i]
		missing = append(missing, lacks(f, c, gate, field, 0)...)
		if field.Kind != Rows {
			continue
		}
		for _, row := range f.Rows(field.Key) {
			for j := range field.Items {
				missing = append(missing, lacks(f, c, gate, &field.Items[j], row)...)
			}
		}
	}
	for _, d := range documents {
		if slices.Contains(held, d.Kind) || d.Instead != "" && slices.Contains(held, d.Instead) {
			continue
		}
		if need, ok := needOf(f, c, gate, d.Needed); ok {
			missing = append(missing, Missing{
				Pointer: "/documents/" + string(d.Kind), Document: d.Kind, Label: d.Label, Gate: need.Gate, Why: NoDocument,
			})
		}
	}
	return missing
}

// needOf is the first need that counts at the gate.
func needOf(f Form, c Case, gate Gate, needs []Need) (Need, bool) {
	found := Need{Gate: "none"}
	for _, need := range needs {
		if need.Gate.order() <= gate.order() && need.Gate.order() < found.Gate.order() && c.holds(f, need.When) {
			found = need
		}
	}
	return found, found.Gate != "none"
}

// lacks says whether one answer is missing at the gate.
func lacks(f Form, c Case, gate Gate, field *Field, row int) []Missing {
	need, ok := needOf(f, c, gate, field.Needed)
	if !ok {
		return nil
	}
	m := Missing{Pointer: pointer(field.Key, row), Field: field.Key, Label: field.Label, Gate: need.Gate}
	a, found := f.Answer(field.Key, row)
	switch {
	case need.Or != "" && f.Known(need.Or):
		return nil
	case field.Kind == Rows && len(f.Rows(field.Key)) > 0:
		return nil
	case !found:
		m.Why = NotAnswered
	case a.Grade == Unknown && (a.Reason == "" || !field.Tolerance.allows(gate)):
		m.Why = StillUnknown
	case a.Grade != Unknown && len(a.Value) == 0:
		m.Why = NotAnswered
	case need.Is != "" && (a.Grade == Unknown || !slices.Contains(a.Value, need.Is)):
		m.Why = NotAgreed
	default:
		return nil
	}
	return []Missing{m}
}
