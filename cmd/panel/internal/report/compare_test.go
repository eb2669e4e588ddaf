package report

import (
	"testing"

	"example.org/backontrack/matching"
)

func TestIsRounding(t *testing.T) {
	t.Parallel()
	a := &matching.Option{Contributions: []matching.Contribution{{Value: 500, Points: 77}, {Value: 510, Points: 51}}}
	b := &matching.Option{Contributions: []matching.Contribution{{Value: 500, Points: 76}, {Value: 500, Points: 50}}}
	for i, want := range []bool{true, false, false} { // the last row is no criterion's
		if got := isRounding(matching.Row{Difference: 1}, i, a, b); got != want {
			t.Errorf("row %d: got %v, want %v", i, got, want)
		}
	}
	if isRounding(matching.Row{Difference: 40}, 0, a, b) {
		t.Error("40 points are no rounding")
	}
}
