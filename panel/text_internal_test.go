package panel

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Row 54 of the hostile inputs: a reason that says nothing, or too much.
func TestCheckReason_needsSomethingToRead(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       []string
	}{
		{"words", "The family asked for it after the visit.", nil},
		{"twenty letters", strings.Repeat("a", 20), nil},
		{"nineteen letters", strings.Repeat("a", 19), []string{"too_short"}},
		{"a full stop", ".", []string{"too_short"}},
		{"blanks", strings.Repeat(" ", 40), []string{"too_short"}},
		{"fillers", strings.Repeat("\u3164\u2800", 20), []string{"too_short"}},
		{"marks alone", strings.Repeat("\u0301", 40), []string{"too_short"}},
		{"nothing", "", []string{"too_short"}},
		{"four thousand", strings.Repeat("é", MostText), nil},
		{"one more", strings.Repeat("é", MostText+1), []string{"too_long"}},
		{"lines and tabs", "First of all, the bus.\n\tThen the mornings.", nil},
		{"another script", "العائلة طلبت ذلك بعد الزيارة يوم الاثنين", nil},
		{"emoji of several parts", "They said 👨‍👩‍👧‍👦 twenty times over.", nil},
		{"turned around", "They said so \u202etwenty times over.", []string{"character"}},
		{"an isolate", "They said so \u2066twenty times over.", []string{"character"}},
		{"not visible", "They said so \u200btwenty times over.", []string{"character"}},
		{"a null", "They said so \x00 twenty times over.", []string{"character"}},
		{"an escape", "They said so \x1b[2J twenty times over.", []string{"character"}},
		{"two faults", "\u200b", []string{"too_short", "character"}},
		{"no UTF-8", "They said so \xff twenty times over.", []string{"encoding"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, f := range checkReason("/reason", test.text) {
				if f.Pointer != "/reason" {
					t.Errorf("the pointer is %q", f.Pointer)
				}
				got = append(got, f.Code)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
