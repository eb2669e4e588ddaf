package form_test

import (
	"slices"
	"testing"

	"example.org/backontrack/panel/form"
	"github.com/google/go-cmp/cmp"
)

// allDocuments are all kinds of attachment.
func allDocuments() []form.DocumentKind {
	var kinds []form.DocumentKind
	for _, d := range form.Documents() {
		kinds = append(kinds, d.Kind)
	}
	return kinds
}

// missing are the pointers of what a form lacks.
func missing(f form.Form, held []form.DocumentKind, gate form.Gate) []string {
	var list []string
	for _, m := range form.Complete(f, held, gate, form.CaseOf(f)) {
		list = append(list, m.Pointer)
	}
	return list
}

func TestD1_sampleIsRight(t *testing.T) {
	t.Parallel()
	if faults := form.Check(sample(), today); len(faults) > 0 {
		t.Error(faults)
	}
}

func TestD3_nothingMissing(t *testing.T) {
	t.Parallel()
	for _, gate := range form.Gates() {
		if got := missing(sample(), allDocuments(), gate); len(got) > 0 {
			t.Errorf("to %s: %v", gate, got)
		}
	}
}

// Of each answer that a gate needs it says when it is not there.
func TestD3_eachNeededAnswerIsMissed(t *testing.T) {
	t.Parallel()
	missed := 0
	for _, a := range sample().Answers {
		f := without(sample(), a.Field, a.Row)
		got := missing(f, allDocuments(), form.Start)
		field, _ := form.Lookup(a.Field)
		if always := slices.ContainsFunc(field.Needed, func(n form.Need) bool { return len(n.When) == 0 }); always && !slices.Contains(got, a.Pointer()) {
			t.Errorf("%s is not missed", a.Pointer())
		}
		missed += len(got)
	}
	if missed < 100 {
		t.Errorf("only %d answers are ever missed", missed)
	}
}

func TestD3_unknownStopsAStartAndNotTheRanking(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		f     form.Form
		gates map[form.Gate]form.Why // why the answer is missing at a gate; absent: it is not
		at    string
	}{
		{
			"background that nobody knows", with(sample(), notKnown("pupil.language")),
			map[form.Gate]form.Why{form.Start: form.StillUnknown}, "/answers/pupil.language",
		}, {
			"what may stay unknown", with(sample(), notKnown("pupil.ethnicity")), nil, "/answers/pupil.ethnicity",
		}, {
			"what has to be known", with(sample(), notKnown("referral.route")),
			map[form.Gate]form.Why{form.Submit: form.StillUnknown, form.Panel: form.StillUnknown, form.Start: form.StillUnknown}, "/answers/referral.route",
		}, {
			"unknown without a reason", with(sample(), form.Answer{Field: "pupil.language", Grade: form.Unknown, By: "office", On: today}),
			map[form.Gate]form.Why{form.Submit: form.StillUnknown, form.Panel: form.StillUnknown, form.Start: form.StillUnknown}, "/answers/pupil.language",
		}, {
			"not answered", without(sample(), "pupil.language", 0),
			map[form.Gate]form.Why{form.Submit: form.NotAnswered, form.Panel: form.NotAnswered, form.Start: form.NotAnswered}, "/answers/pupil.language",
		}, {
			"an item of a row", without(sample(), "family.contacts.name", 1),
			map[form.Gate]form.Why{form.Submit: form.NotAnswered, form.Panel: form.NotAnswered, form.Start: form.NotAnswered}, "/answers/family.contacts/1/name",
		}, {
			"needed from the panel on", without(sample(), "referral.aim", 0),
			map[form.Gate]form.Why{form.Panel: form.NotAnswered, form.Start: form.NotAnswered}, "/answers/referral.aim",
		}, {
			"agreed, and it is not", with(sample(), say("agreed.provider_terms", "no")),
			map[form.Gate]form.Why{form.Start: form.NotAgreed}, "/answers/agreed.provider_terms",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			for _, gate := range form.Gates() {
				var got form.Why
				for _, m := range form.Complete(test.f, allDocuments(), gate, form.CaseOf(test.f)) {
					if m.Pointer == test.at {
						got = m.Why
					}
				}
				if got != test.gates[gate] {
					t.Errorf("to %s: %q, want %q", gate, got, test.gates[gate])
				}
			}
		})
	}
}

func TestD4_documentsBeforeTheStart(t *testing.T) {
	t.Parallel()
	want := []string{
		"/documents/pupil_passport", "/documents/risk_assessment", "/documents/support_plan", "/documents/handling_plan",
		"/documents/safeguarding_access", "/documents/safeguarding_concerns", "/documents/home_contact",
	}
	for _, gate := range form.Gates() {
		got := missing(sample(), nil, gate)
		for _, pointer := range want {
			if slices.Contains(got, pointer) != (gate == form.Start) {
				t.Errorf("to %s: %s missing %t", gate, pointer, gate != form.Start)
			}
		}
	}
	for _, pointer := range want {
		held := slices.DeleteFunc(allDocuments(), func(k form.DocumentKind) bool { return "/documents/"+string(k) == pointer })
		if diff := cmp.Diff([]string{pointer}, missing(sample(), held, form.Start)); diff != "" {
			t.Errorf("without %s (-want +got):\n%s", pointer, diff)
		}
	}
}

// What a route needs beyond the others, at the first gate that needs it.
func TestD7_documentsByRoute(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		answers  []form.Answer
		gate     form.Gate
		document form.DocumentKind
	}{
		{"after a permanent exclusion", []form.Answer{say("referral.route", "day6_pex")}, form.Panel, "exclusion_letter"},
		{"after a permanent exclusion", []form.Answer{say("referral.route", "day6_pex")}, form.Panel, "head_report"},
		{"off-site direction", []form.Answer{say("referral.route", "offsite_direction")}, form.Start, "offsite_notice"},
		{"medical", []form.Answer{say("referral.route", "medical")}, form.Panel, "medical_evidence"},
		{"a plan", []form.Answer{say("education.sen_provision", "E"), say("education.plan", "issued")}, form.Panel, "ehcp"},
		{"looked after", []form.Answer{say("agencies.looked_after", "current")}, form.Start, "personal_education_plan"},
	}
	for _, test := range tests {
		f := with(sample(), test.answers...)
		others := slices.DeleteFunc(allDocuments(), func(k form.DocumentKind) bool { return k == test.document })
		before := form.Gates()[slices.Index(form.Gates(), test.gate)-1]
		if got := missing(f, others, before); len(got) > 0 {
			t.Errorf("%s, to %s: %v", test.name, before, got)
		}
		if diff := cmp.Diff([]string{"/documents/" + string(test.document)}, missing(f, others, test.gate)); diff != "" {
			t.Errorf("%s, to %s (-want +got):\n%s", test.name, test.gate, diff)
		}
	}
	without := slices.DeleteFunc(allDocuments(), func(k form.DocumentKind) bool { return k == "personal_education_plan" })
	f := with(sample(), say("agencies.looked_after", "none"), say("health.care_plan", "no"))
	if got := missing(f, without, form.Start); len(got) > 0 {
		t.Errorf("not looked after: %v", got)
	}
}

// On the sixth-day route the form may go in the same day, with the rest before the panel.
func TestD7_sixthDayLater(t *testing.T) {
	t.Parallel()
	later := []string{"referral.tried", "baseline.attendance", "voice.pupil_view", "risk.weapon"}
	f := sample()
	for _, key := range later {
		f = without(f, key, 0)
	}
	sixth := with(f, say("referral.route", "day6_pex"))
	if got := missing(sixth, allDocuments(), form.Submit); len(got) > 0 {
		t.Errorf("sixth day, to submit: %v", got)
	}
	for name, got := range map[string][]string{
		"sixth day, to go before the panel": missing(sixth, allDocuments(), form.Panel),
		"another route, to submit":          missing(f, allDocuments(), form.Submit),
	} {
		want := []string{"/answers/referral.tried", "/answers/baseline.attendance", "/answers/risk.weapon", "/answers/voice.pupil_view"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestW8_workAgreed(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		year string
		roll string
		want []string
	}{
		{"Key Stage 3", "8", "dual_main", []string{"/answers/agreed.work_english", "/answers/agreed.work_maths"}},
		{"Key Stage 4", "10", "dual_main", []string{"/answers/agreed.work_english", "/answers/agreed.work_maths", "/answers/agreed.work_options"}},
		{"no home school", "10", "single", nil},
	}
	for _, test := range tests {
		f := with(sample(), say("pupil.year", test.year), say("referral.roll", test.roll))
		for _, key := range []string{"agreed.work_english", "agreed.work_maths", "agreed.work_options"} {
			f = with(f, say(key, "no"))
		}
		if diff := cmp.Diff(test.want, missing(f, allDocuments(), form.Start)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestW9_workbook(t *testing.T) {
	t.Parallel()
	tests := []struct {
		days int
		held form.DocumentKind
		want []string
	}{
		{days: 3, want: []string{"/documents/workbook_light"}},
		{days: 4, held: "workbook_light"},
		{days: 4, held: "workbook"},
		{days: 5, want: []string{"/documents/workbook"}},
		{days: 5, held: "workbook_light", want: []string{"/documents/workbook"}},
		{days: 30, held: "workbook"},
		{days: 0, want: []string{"/documents/workbook"}}, // not known counts as long
	}
	for _, test := range tests {
		held := slices.DeleteFunc(allDocuments(), func(k form.DocumentKind) bool {
			return k != test.held && (k == "workbook" || k == "workbook_light")
		})
		c := form.CaseOf(sample())
		c.StayDays = test.days
		var got []string
		for _, m := range form.Complete(sample(), held, form.Start, c) {
			got = append(got, m.Pointer)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%d days with %q (-want +got):\n%s", test.days, test.held, diff)
		}
	}
}

// What nobody has answered exempts from nothing.
func TestD3_emptyForm(t *testing.T) {
	t.Parallel()
	got := missing(form.Form{}, nil, form.Submit)
	for _, pointer := range []string{"/answers/referral.route", "/answers/pupil.forename", "/answers/pupil.upn", "/answers/risk.weapon", "/answers/family.contacts"} {
		if !slices.Contains(got, pointer) {
			t.Errorf("%s is not missed", pointer)
		}
	}
	if got := missing(with(form.Form{}, say("pupil.upn_missing", "UN3")), nil, form.Submit); slices.Contains(got, "/answers/pupil.upn") {
		t.Error("a reason for having no UPN will not do instead")
	}
}

func TestD3_qualificationsInKeyStage4(t *testing.T) {
	t.Parallel()
	const key = "education.qualifications"
	for year, want := range map[string]bool{"7": false, "9": false, "10": true, "11": true} {
		f := with(sample(), say("pupil.year", year))
		f.Answers = slices.DeleteFunc(f.Answers, func(a form.Answer) bool { return len(a.Field) > len(key) && a.Field[:len(key)] == key })
		if got := missing(f, allDocuments(), form.Submit); slices.Contains(got, "/answers/"+key) != want {
			t.Errorf("Year %s: %v", year, got)
		}
		if got := missing(with(f, say(key, "none")), allDocuments(), form.Submit); len(got) > 0 {
			t.Errorf("Year %s with none: %v", year, got)
		}
	}
}
