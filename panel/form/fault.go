package form

import "strings"

// A Severity says how bad a fault is.
type Severity string

// The severities.
const (
	Wrong   Severity = "wrong"   // cannot be so, and has to be put right
	Warning Severity = "warning" // may be so, and is worth a look
)

// A Fault is one thing about a form that is wrong, or worth a look: where, which, and
// in words. It never repeats what was found.
type Fault struct {
	Pointer  string // to the answer: /answers/pupil.upn, /answers/family.contacts/1/phone
	Code     string // stable, such as upn_check
	Detail   string // of what is wrong, what was expected; of a warning, a statement of what is odd
	Severity Severity
}

// Faults are all faults of a form, in its order.
type Faults []Fault

// Wrong are the faults that have to be put right.
func (f Faults) Wrong() Faults { return f.of(Wrong) }

// Warnings are the others.
func (f Faults) Warnings() Faults { return f.of(Warning) }

func (f Faults) of(s Severity) Faults {
	var list Faults
	for _, fault := range f {
		if fault.Severity == s {
			list = append(list, fault)
		}
	}
	return list
}

// Error lists where and what, a line each.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, fault := range f {
		lines[i] = fault.Pointer + ": " + fault.Detail
	}
	return strings.Join(lines, "\n")
}

// Err is f as an error if a fault of it is wrong, with the warnings left out.
func (f Faults) Err() error {
	if wrong := f.Wrong(); len(wrong) > 0 {
		return wrong
	}
	return nil
}
