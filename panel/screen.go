package panel

import (
	"context"
	"slices"

	"example.org/backontrack/panel/audit"
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
	return s.refer(ctx, VerbScreen, id, version, func(w *work, r *Referral) ([]audit.Pair, error) {
		f := &faults{}
		for i, a := range answers {
			f.when(!slices.Contains(screened, a.Field), pointer("answers", i, "field"), "not_here", "a field that the officer settles")
		}
		return nil, w.answer(r, answers, f, "the screening is not complete")
	})
}

// answer puts answers into the form of a referral, if nothing is wrong with them or with
// the form that comes of it.
func (w *work) answer(r *Referral, answers []form.Answer, f *faults, detail string) error {
	checked, wrong, err := w.checkForm(r.Form.With(answers...))
	if err != nil {
		return err
	}
	f.list = append(f.list, wrong...)
	r.Form = checked
	return f.err(detail)
}
