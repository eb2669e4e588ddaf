package duty

import (
	"strconv"
	"strings"
)

// A Fault is one thing that is wrong with a school year or a list of settings: where,
// what kind of fault, and what was expected there. It never repeats a value.
type Fault struct {
	Pointer  string // RFC 6901 by the names of the fields, such as "/Terms/1/From"; "" is the whole
	Code     string // "required", "order", "range", "overlap", "outside", "gap", …: docs/reference/duties.md
	Expected string
}

// Error says where and what.
func (f Fault) Error() string {
	if f.Pointer == "" {
		return "expected " + f.Expected
	}
	return f.Pointer + ": expected " + f.Expected
}

// Faults are all faults of one input, in its order.
type Faults []Fault

// Error lists the faults, a line each.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, fault := range f {
		lines[i] = fault.Error()
	}
	return strings.Join(lines, "\n")
}

// err is f as an error: nil for none.
func (f Faults) err() error {
	if len(f) == 0 {
		return nil
	}
	return f
}

func (f *Faults) add(pointer, code, expected string) {
	*f = append(*f, Fault{Pointer: pointer, Code: code, Expected: expected})
}

// under puts the faults of a part below the pointer of the part.
func (f Faults) under(pointer string) Faults {
	moved := make(Faults, len(f))
	for i, fault := range f {
		fault.Pointer = pointer + fault.Pointer
		moved[i] = fault
	}
	return moved
}

// item is the pointer of a member of a list.
func item(list string, i int) string { return list + "/" + strconv.Itoa(i) }
