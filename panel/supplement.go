package panel

import (
	"context"

	"example.org/backontrack/panel/form"
)

// Supplement adds to the form of a referral that is placed or waits what was missing, so
// that a start need not wait for ever: answers that were not known, or have changed since
// (D3). The papers of the decision stay as they were, under their digest; what the rules
// make of an answer is asked at the start ([Service.Start]) and by every later decision.
func (s *Service) Supplement(ctx context.Context, id ReferralID, version int, answers []form.Answer) (Referral, error) {
	return do(ctx, s, NounReferral, VerbSupplement, func(w *work) (Referral, error) {
		r, err := w.findReferral(id)
		if err != nil {
			return r, err
		}
		if r.Version != version {
			return r, Errorf(Stale, "the referral has changed since it was read")
		}
		if r.State, err = step(NounReferral, r.State, VerbSupplement); err != nil {
			return r, err
		}
		f := &faults{}
		f.when(len(answers) == 0, "/answers", "required", "at least one answer")
		for i, a := range answers {
			f.when(identifies(a.Field), pointer("answers", i, "field"), "not_here", "a field that does not say who the pupil is")
		}
		checked, wrong, err := w.checkForm(r.Form.With(answers...))
		if err != nil {
			return r, err
		}
		f.list = append(f.list, wrong...)
		if err := f.err("the answers are not complete"); err != nil {
			return r, err
		}
		r.Form = checked
		if err := w.Referrals().Put(&r); err != nil {
			return r, err
		}
		pupils, err := w.pseudonyms(r)
		if err != nil {
			return r, err
		}
		w.note(VerbSupplement, NounReferral, string(id), pupils)
		return w.shown(r)
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
