package panel_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/form"
)

// TestScreen: the officer settles what provisions select by, and nothing else.
func TestScreen(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		r := o.readied()
		settled := []form.Answer{
			answer("referral.priority", "urgent"), answer("referral.deadline", "2026-12-14"), answer("referral.ready_from", "2026-11-27"),
			answer("referral.aim", "assessment"), answer("referral.reason", "medical"),
		}
		if len(settled) != len(panel.ScreenedFields()) {
			t.Fatalf("an officer settles %v", panel.ScreenedFields())
		}
		_, err := o.Screen(o.as("teacher"), r.ID, r.Version, settled)
		refused(t, "by the school", err, panel.Forbidden)
		_, err = o.Screen(o.chief, r.ID, r.Version-1, settled)
		refused(t, "another version", err, panel.Stale)
		_, err = o.Screen(o.chief, "none", 1, settled)
		refused(t, "no referral", err, panel.NotFound)
		_, err = o.Screen(o.chief, r.ID, r.Version, []form.Answer{settled[0], answer("pupil.surname", "Other"), answer("referral.aim", "none of these")})
		faultsAre(t, "what is not the officer's, and no aim", err, "/answers/1/field", "/answers/referral.aim")
		if stored := o.storedReferral(r.ID); stored.Version != r.Version {
			t.Error("a refusal has changed the referral")
		}
		screened := made(o.Screen(o.chief, r.ID, r.Version, settled))(t)
		if line := o.last(); line.Verb != "screen" || len(line.Pupils) != 1 {
			t.Errorf("the journal has %+v", line)
		}
		stored := o.storedReferral(r.ID)
		if stored.State != panel.Ready || screened.Version != stored.Version {
			t.Errorf("screened: %s, version %d", stored.State, stored.Version)
		}
		for _, a := range settled {
			if text, _ := stored.Form.Text(a.Field); text != a.Value[0] {
				t.Errorf("%s is %q", a.Field, text)
			}
		}
		var changed []string
		for _, a := range stored.Form.Answers {
			if before, _ := r.Form.Answer(a.Field, a.Row); cmp.Diff(before, a) != "" {
				changed = append(changed, a.Field)
			}
		}
		if len(changed) > len(settled) || len(stored.Form.Answers) != len(r.Form.Answers) {
			t.Errorf("changed are %q", changed)
		}
		o.agreed(stored, mornings)
		_, err = o.Screen(o.chief, r.ID, o.storedReferral(r.ID).Version, settled)
		refused(t, "once it is placed", err, panel.WrongState)
	})
}
