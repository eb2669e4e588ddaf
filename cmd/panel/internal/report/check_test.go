package report

import (
	"strings"
	"testing"

	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/verify"
)

// TestViolation wants a sentence of its own for each code of a check.
func TestViolation(t *testing.T) {
	t.Parallel()
	r := &Report{words: text.New(&matching.Snapshot{Policy: matching.DefaultPolicy()})}
	said := map[string]matching.Code{}
	for _, code := range []matching.Code{
		verify.CodeUnknownReferral, verify.CodeUnknownPlacement, verify.CodeUnknownGroup, verify.CodeUnknownPattern,
		verify.CodeListedTwice, verify.CodeNotListed, verify.CodeNoStay, verify.CodeTooManyGroups, verify.CodeGroupTwice,
		verify.CodeSessionTwice, verify.CodeTooManySessions, verify.CodeStartsDiffer, verify.CodeNotOffered, verify.CodeStartDate,
		verify.CodeEndDate, verify.CodeNotMovable, verify.CodeMovedTwice, verify.CodeOtherProvision, verify.CodeNotAMove,
		verify.CodeMoveDate, verify.CodeTooManyMoves, matching.CodePlaces, matching.CodeStaffing, matching.CodeRivalAreas,
	} {
		sentence := r.violation(&verify.Violation{
			Code: code, Limit: new(2), Observed: new(3), Date: calendar.MustDate("2026-11-23"), Session: "mon-am",
		})
		if strings.Contains(sentence, "the rule") || !strings.HasSuffix(sentence, ".") {
			t.Errorf("%s: %q", code, sentence)
		}
		if other, is := said[sentence]; is {
			t.Errorf("%s says the same as %s: %q", code, other, sentence)
		}
		said[sentence] = code
	}
}
