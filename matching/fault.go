package matching

import (
	"fmt"
	"strings"
)

// A Fault is one thing that is wrong with an input: where, and what was expected
// there. It never repeats the value that was found, which may be a child's.
type Fault struct {
	Pointer  string `json:"pointer"` // RFC 6901, such as "/groups/3/places"; "" is the whole document
	Expected string `json:"expected"`
}

// Error says where and what.
func (f Fault) Error() string {
	if f.Pointer == "" {
		return "expected " + f.Expected
	}
	return f.Pointer + ": expected " + f.Expected
}

// Faults are all faults of an input, those of its JSON first, each in document order.
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

func (f *Faults) add(pointer, format string, args ...any) {
	*f = append(*f, Fault{Pointer: pointer, Expected: fmt.Sprintf(format, args...)})
}
