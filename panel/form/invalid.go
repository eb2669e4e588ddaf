package form

// An Invalid says what is wrong with one value: a stable code, and what was expected.
// It never holds the value.
type Invalid struct {
	Code     string
	Expected string
}

// Error says what was expected.
func (e *Invalid) Error() string { return "expected " + e.Expected }

func invalid(code, expected string) error { return &Invalid{code, expected} }
