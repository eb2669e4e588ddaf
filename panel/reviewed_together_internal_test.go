package panel

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/form"
)

// TestTogether_saysOfEachQuestionWhatIsKnown: of all forms about one pupil, whatever their order.
func TestTogether_saysOfEachQuestionWhatIsKnown(t *testing.T) {
	t.Parallel()
	on := func(day string, a form.Answer) form.Answer {
		a.On = calendar.MustDate("2026-11-" + day)
		return a
	}
	at := func(key string, row int, value string) form.Answer {
		return form.Answer{Field: key, Row: row, Value: []string{value}, Grade: form.Reported}
	}
	is := func(key, value string) form.Answer { return at(key, 0, value) }
	unknown := form.Answer{Field: "risk.fire", Grade: form.Unknown}
	for name, test := range map[string]struct {
		forms [][]form.Answer // the earliest first
		want  []form.Answer
	}{
		"no form": {nil, nil},
		"what one leaves out, another says": {
			[][]form.Answer{{is("pupil.year", "8")}, {is("risk.fire", "high")}},
			[]form.Answer{is("pupil.year", "8"), is("risk.fire", "high")},
		},
		"known over unknown, on whichever day": {
			[][]form.Answer{{on("02", is("risk.fire", "high"))}, {on("20", unknown)}},
			[]form.Answer{on("02", is("risk.fire", "high"))},
		},
		"unknown, then known": {
			[][]form.Answer{{on("20", unknown)}, {on("02", is("risk.fire", "high"))}},
			[]form.Answer{on("02", is("risk.fire", "high"))},
		},
		"unknown where nobody knows": {
			[][]form.Answer{{on("02", unknown)}, {on("20", unknown)}},
			[]form.Answer{on("20", unknown)},
		},
		"the later day, in the earlier form": {
			[][]form.Answer{{on("20", is("risk.fire", "low"))}, {on("02", is("risk.fire", "high"))}},
			[]form.Answer{on("20", is("risk.fire", "low"))},
		},
		"the later form, of one day": {
			[][]form.Answer{{on("20", is("risk.fire", "low"))}, {on("20", is("risk.fire", "high"))}},
			[]form.Answer{on("20", is("risk.fire", "high"))},
		},
		"rows stay together": {
			[][]form.Answer{
				{on("02", at("education.needs.need", 1, "SEMH")), on("02", at("education.needs.must", 1, "yes")), on("02", at("education.needs.need", 2, "ASD"))},
				{on("20", at("education.needs.need", 1, "MLD")), on("20", at("education.needs.must", 1, "no"))},
			},
			[]form.Answer{on("20", at("education.needs.must", 1, "no")), on("20", at("education.needs.need", 1, "MLD"))},
		},
		"rows against a none of a later day": {
			[][]form.Answer{{on("02", at("apart.pupils.pupil", 1, "someone"))}, {on("20", is("apart.pupils", "none"))}},
			[]form.Answer{on("20", is("apart.pupils", "none"))},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var list []Referral
			for i, answers := range test.forms {
				list = append(list, Referral{
					ID: ReferralID(rune('a' + i)), Submitted: time.Date(2026, 11, 1+i, 9, 0, 0, 0, time.UTC), State: Placed, Form: form.Form{Answers: answers},
				})
			}
			byKey := cmpopts.SortSlices(func(a, b form.Answer) bool { return a.Field < b.Field || a.Field == b.Field && a.Row < b.Row })
			for range 2 {
				if diff := cmp.Diff(test.want, together(list).Answers, byKey, cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("(-want +got)\n%s", diff)
				}
				slices.Reverse(list) // the order in which they are read is nobody's
			}
		})
	}
}

// TestTogether_leavesDraftsOut: what a school has not sent yet is not said; what it was
// asked to complete is.
func TestTogether_leavesDraftsOut(t *testing.T) {
	t.Parallel()
	sent := time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		r    Referral
		want bool
	}{
		"a draft":            {Referral{State: Draft}, false},
		"returned":           {Referral{State: Returned, Submitted: sent}, true},
		"withdrawn":          {Referral{State: Withdrawn, Submitted: sent}, true},
		"closed":             {Referral{State: Closed, Submitted: sent}, true},
		"recorded, not sent": {Referral{State: Placed}, true},
	} {
		test.r.Form = form.Form{Answers: []form.Answer{{Field: "risk.fire", Value: []string{"high"}, Grade: form.Reported}}}
		if _, got := together([]Referral{test.r}).Code("risk.fire"); got != test.want {
			t.Errorf("%s: counts %v, want %v", name, got, test.want)
		}
	}
}
