package demo_test

import (
	"slices"
	"testing"

	"example.org/backontrack/panel/demo"
	"example.org/backontrack/panel/form"
)

// Every form of the agenda is right, has nothing worth a second look but that its pupils'
// authority does not exist, and lacks no answer at any gate, but for what the stories
// leave unknown.
func TestFormsAreFull(t *testing.T) {
	t.Parallel()
	forms := demo.Forms(t)
	same(t, "forms", len(forms), 30)
	for id, f := range forms {
		for _, fault := range form.Check(f, date("2026-11-23")) {
			if fault.Code != "upn_authority" {
				t.Errorf("%s: %s: %s", id, fault.Pointer, fault.Code)
			}
		}
		if id == "r07" {
			continue
		}
		for _, m := range form.Complete(f, nil, form.Start, form.CaseOf(f)) {
			unknown := slices.Contains([]string{"agencies.care_home"}, m.Field) && id == "r16"
			if m.Document == "" && !unknown {
				t.Errorf("%s: %s: %s", id, m.Pointer, m.Why)
			}
		}
	}
	unknown, all := 0, 0
	for _, a := range forms["r07"].Answers {
		if all++; a.Grade == form.Unknown {
			unknown++
		}
	}
	if unknown*2 < all {
		t.Errorf("%d of %d answers of the form that knows nothing are unknown", unknown, all)
	}
}
