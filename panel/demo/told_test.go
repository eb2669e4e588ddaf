package demo_test

import (
	"errors"
	"fmt"
	"strings"

	"example.org/backontrack/panel"
)

// told is all that an error says.
func told(err error) string {
	e, ok := errors.AsType[*panel.Error](err)
	if !ok {
		return ""
	}
	var b strings.Builder
	for _, f := range e.Faults {
		fmt.Fprintf(&b, "%s: %s: %s\n", f.Pointer, f.Code, f.Detail)
	}
	for _, m := range e.Missing {
		fmt.Fprintf(&b, "%s: %s\n", m.Pointer, m.Why)
	}
	for _, r := range e.Reasons {
		fmt.Fprintf(&b, "%+v\n", r)
	}
	return b.String()
}
