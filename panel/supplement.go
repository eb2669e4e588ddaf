package panel

import (
	"context"

	"example.org/backontrack/panel/audit"
	"example.org/backontrack/panel/form"
)

// Supplement adds to the form of a referral that is placed or waits what was missing, so
// that a start need not wait for ever: answers that were not known, or have changed since
// (D3). The papers of the decision stay as they were, under their digest; what the rules
// make of an answer is asked at the start ([Service.Start]) and by every later decision.
func (s *Service) Supplement(ctx context.Context, id ReferralID, version int, answers []form.Answer) (Referral, error) {
	return s.refer(ctx, VerbSupplement, id, version, func(w *work, r *Referral) ([]audit.Pair, error) {
		f := &faults{}
		f.when(len(answers) == 0, "/answers", "required", "at least one answer")
		for i, a := range answers {
			f.when(identifies(a.Field), pointer("answers", i, "field"), "not_here", "a field that does not say who the pupil is")
		}
		return nil, w.answer(r, answers, f, "the answers are not complete")
	})
}

// identifies tells whether a field says who the pupil is: that is settled once and for all
// when a referral is submitted.
func identifies(key string) bool {
	switch key {
	case "pupil.surname", "pupil.forename", "pupil.date_of_birth", "pupil.upn":
		return true
	}
	return false
}
