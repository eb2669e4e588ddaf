package panel

import (
	"context"
	"slices"

	"example.org/backontrack/panel/form"
)

// screened are the answers that the panel's officer settles on reading a referral.
var screened = []string{"referral.priority", "referral.deadline", "referral.ready_from", "referral.aim", "referral.reason"}

// ScreenedFields are the keys of the answers that [Service.Screen] takes.
func ScreenedFields() []string { return slices.Clone(screened) }

// Screen is the officer's part of the form: priority, the latest lawful first day, when the
// pupil is ready, the aim and the reason that provisions select by. It replaces those
// answers of a referral that is submitted or ready, and no others.
func (s *Service) Screen(ctx context.Context, id ReferralID, version int, answers []form.Answer) (Referral, error) {
	return do(ctx, s, NounReferral, VerbScreen, func(w *work) (Referral, error) {
		r, err := w.findReferral(id)
		if err != nil {
			return r, err
		}
		if r.Version != version {
			return r, Errorf(Stale, "the referral has changed since it was read")
		}
		if r.State, err = step(NounReferral, r.State, VerbScreen); err != nil {
			return r, err
		}
		f := &faults{}
		for i, a := range answers {
			f.when(!slices.Contains(screened, a.Field), pointer("answers", i, "field"), "not_here", "a field that the officer settles")
			r.Form = r.Form.With(a)
		}
		checked, wrong, err := w.checkForm(r.Form)
		if err != nil {
			return r, err
		}
		f.list = append(f.list, wrong...)
		if err := f.err("the screening is not complete"); err != nil {
			return r, err
		}
		r.Form = checked
		pupils, err := w.pseudonyms(r)
		if err != nil {
			return r, err
		}
		w.note(VerbScreen, NounReferral, string(id), pupils)
		return r, w.Referrals().Put(&r)
	})
}
