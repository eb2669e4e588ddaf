package audit_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/panel/audit"
)

// invalid lists what Check says, as "pointer code".
func invalid(t *testing.T, err error) []string {
	t.Helper()
	var list []string
	joined, _ := err.(interface{ Unwrap() []error })
	if err != nil && joined == nil {
		t.Fatalf("not a list of faults: %v", err)
	}
	if joined != nil {
		for _, one := range joined.Unwrap() {
			is, ok := errors.AsType[audit.Invalid](one)
			if !ok {
				t.Fatalf("not an Invalid: %v", one)
			}
			list = append(list, is.Pointer+" "+is.Code)
		}
	}
	return list
}

// TestCheck_nothingEndsALineOrPosesAsOne is AC-14.
func TestCheck_nothingEndsALineOrPosesAsOne(t *testing.T) {
	t.Parallel()
	hostile := []string{
		"a\nb", "a\rb", "a\r\n{\"v\":1}", "\x1b[31mred", "a\x00b", "\x7f", "a b", `a"b`, `a\b`, "a\u2028b", "a\u0085b", "\xff",
		"Łukasz", "O'Neil", "<b>", "a&b", "a,b", "[a]", "{a}", "a@b.c", "a%0ab", strings.Repeat("a", 1<<20),
	}
	fields := map[string]func(e *audit.Entry, text string){
		"/actor":     func(e *audit.Entry, text string) { e.Actor = text },
		"/verb":      func(e *audit.Entry, text string) { e.Verb = text },
		"/noun":      func(e *audit.Entry, text string) { e.Noun = text },
		"/subject":   func(e *audit.Entry, text string) { e.Subject = text },
		"/pupils/0":  func(e *audit.Entry, text string) { e.Pupils = []string{text} },
		"/request":   func(e *audit.Entry, text string) { e.Request = text },
		"/purpose":   func(e *audit.Entry, text string) { e.Purpose = text },
		"/classes/0": func(e *audit.Entry, text string) { e.Classes = []string{text} },
		"/outcome":   func(e *audit.Entry, text string) { e.Outcome = text },
		"/detail/0/0": func(e *audit.Entry, text string) {
			e.Detail = []audit.Pair{{Key: text, Value: "x"}}
		},
		"/detail/0/1": func(e *audit.Entry, text string) {
			e.Detail = []audit.Pair{{Key: "x", Value: text}}
		},
	}
	for pointer, set := range fields {
		t.Run(pointer, func(t *testing.T) {
			t.Parallel()
			for i, text := range hostile {
				e := event(1)
				set(&e, text)
				err := e.Check()
				want := pointer + " letters"
				if len(text) > 1000 {
					want = pointer + " long"
				}
				if pointer == "/outcome" {
					want = pointer + " unknown"
				}
				if diff := cmp.Diff([]string{want}, invalid(t, err)); diff != "" {
					t.Errorf("text %d (-want +got):\n%s", i, diff)
				}
				if len(err.Error()) > 200 || strings.Contains(err.Error(), text) {
					t.Errorf("text %d: the error repeats it", i)
				}
				if _, err := audit.Line(audit.Next(audit.Head{}, e)); err == nil {
					t.Errorf("text %d: there is a line for it", i)
				}
			}
		})
	}
}

func TestCheck_everyFaultAtOnce(t *testing.T) {
	t.Parallel()
	bad := audit.Entry{
		Verb:    "Read it",
		Noun:    strings.Repeat("n", 65),
		Pupils:  []string{"b", "a", "a", ""},
		Classes: []string{"x", "x"},
		Count:   -1,
		Detail:  []audit.Pair{{Key: "b", Value: "1"}, {Key: "a"}, {Value: "1"}, {Value: "1"}},
	}
	want := []string{
		"/at range", "/actor missing", "/verb letters", "/noun long", "/pupils/1 order", "/pupils/2 order", "/pupils/3 missing",
		"/pupils/3 order", "/classes/1 order", "/count range", "/outcome unknown", "/detail/1/1 missing", "/detail/1/0 order",
		"/detail/2/0 missing", "/detail/2/0 order", "/detail/3/0 missing", "/detail/3/0 order",
	}
	if diff := cmp.Diff(want, invalid(t, bad.Check())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCheck_limits(t *testing.T) {
	t.Parallel()
	ids := func(n int) (list []string) {
		for i := range n {
			list = append(list, fmt.Sprintf("%06d", i))
		}
		return list
	}
	pairs := func(n int) (list []audit.Pair) {
		for _, key := range ids(n) {
			list = append(list, audit.Pair{Key: key, Value: "x"})
		}
		return list
	}
	for _, tc := range []struct {
		name string
		set  func(e *audit.Entry, over int)
		want string
	}{
		{"actor", func(e *audit.Entry, over int) { e.Actor = strings.Repeat("A", audit.MaxID+over) }, "/actor long"},
		{"verb", func(e *audit.Entry, over int) { e.Verb = strings.Repeat("a", audit.MaxCode+over) }, "/verb long"},
		{"pupil", func(e *audit.Entry, over int) { e.Pupils = []string{strings.Repeat("a", audit.MaxID+over)} }, "/pupils/0 long"},
		{"pupils", func(e *audit.Entry, over int) { e.Pupils = ids(audit.MaxPupils + over) }, "/pupils long"},
		{"classes", func(e *audit.Entry, over int) { e.Classes = ids(audit.MaxClasses + over) }, "/classes long"},
		{"detail", func(e *audit.Entry, over int) { e.Detail = pairs(audit.MaxDetail + over) }, "/detail long"},
		{"count", func(e *audit.Entry, over int) { e.Count = audit.MaxCount + over }, "/count range"},
		{"at", func(e *audit.Entry, over int) { e.At = 1<<53 - 1 + int64(over) }, "/at range"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			most, over := event(2), event(2)
			tc.set(&most, 0)
			tc.set(&over, 1)
			if err := most.Check(); err != nil {
				t.Errorf("the most there can be: %v", err)
			}
			entries := []audit.Entry{audit.Next(audit.Head{}, most)}
			if report, err := audit.Verify(audit.Read(strings.NewReader(export(t, entries))), audit.Evidence{}); err != nil || report.Entries != 1 {
				t.Errorf("the most there can be does not come back from a file: %v", err)
			}
			if got := invalid(t, over.Check()); !slices.Equal(got, []string{tc.want}) {
				t.Errorf("one more: got %v, want %s", got, tc.want)
			}
		})
	}
}

func TestForeign_isAnIDWhateverCame(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"req-1":                    "req-1",
		"":                         "malformed",
		"a b":                      "malformed",
		"a\nb":                     "malformed",
		strings.Repeat("a", 128):   strings.Repeat("a", 128),
		strings.Repeat("a", 129):   "malformed",
		strings.Repeat("a", 1<<20): "malformed",
	} {
		got := audit.Foreign(text)
		if got != want {
			t.Errorf("of %d bytes: got %q, want %q", len(text), got, want)
		}
		e := event(1)
		e.Request = got
		if err := e.Check(); err != nil {
			t.Error(err)
		}
	}
}
