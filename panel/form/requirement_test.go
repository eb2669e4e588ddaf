package form_test

import (
	"slices"
	"testing"

	"example.org/backontrack/panel/form"
)

// wantCodes wants a field to be answered by a list that has the codes.
func wantCodes(t *testing.T, key string, codes ...string) {
	t.Helper()
	f, ok := form.Lookup(key)
	if !ok {
		t.Errorf("there is no field %s", key)
	}
	for _, c := range codes {
		if _, ok := form.LabelOf(f.Codes, c); !ok {
			t.Errorf("%s has no %s", key, c)
		}
	}
}

// The form asks after everything that the requirement names.
func TestD1_asksAfterEverything(t *testing.T) {
	t.Parallel()
	for about, keys := range map[string][]string{
		"educational history": {"education.schools", "education.managed_moves", "education.reintegrations"},
		"attendance":          {"baseline.attendance", "baseline.sessions_possible", "baseline.attendance_years"},
		"exclusions":          {"baseline.exclusions", "baseline.suspensions"},
		"attainment":          {"education.attainment", "education.qualifications"},
		"needs":               {"education.sen_provision", "education.needs", "education.plan"},
		"circumstances":       {"referral.circumstances", "family.home", "agencies.level"},
		"services":            {"agencies.camhs", "agencies.youth_justice", "agencies.workers"},
		"views and wishes":    {"voice.pupil_view", "voice.wants_to_attend", "family.parent_view", "referral.wants_groups"},
	} {
		for _, key := range keys {
			if _, ok := form.Lookup(key); !ok {
				t.Errorf("%s: there is no field %s", about, key)
			}
		}
	}
	for _, s := range form.Sections() {
		asked := slices.ContainsFunc(form.Fields(), func(f form.Field) bool { return f.Section == s })
		if asked == (s == form.Attachments) || s.Title() == "" {
			t.Errorf("section %s: fields %t, title %q", s, asked, s.Title())
		}
	}
}

func TestD5_instruments(t *testing.T) {
	t.Parallel()
	wantCodes(t, "baseline.instruments.tool", "pbas", "pass", "elat", "thrive", "reading", "number")
	for _, key := range []string{
		"baseline.sdq", "baseline.reading_age", "baseline.number_level", "baseline.attendance", "baseline.exclusions", "baseline.behaviour",
	} {
		if _, ok := form.Lookup(key); !ok {
			t.Errorf("there is no field %s", key)
		}
	}
}

func TestD6_circumstancesSeveralAtOnce(t *testing.T) {
	t.Parallel()
	all := []string{
		"excluded", "at_risk_of_exclusion", "persistent_absence", "anxious_refusal", "gaps_in_education", "sen_with_plan", "sen_without_plan", "new_arrival",
		"young_carer", "pregnant", "parent", "physical_health", "mental_health", "substance_misuse", "looked_after", "offending",
	}
	wantCodes(t, "referral.circumstances", all...)
	if f, _ := form.Lookup("referral.circumstances"); f.Most < len(all) {
		t.Errorf("at most %d circumstances at once", f.Most)
	}
}

func TestD7_whoMayRefer(t *testing.T) {
	t.Parallel()
	wantCodes(t, "referral.source", "school", "pru", "authority_panel", "youth_justice", "social_care", "health", "self")
	wantCodes(t, "referral.route", "prevent_pex", "day6_pex", "suspension_day6", "offsite_direction", "reintegration", "fair_access",
		"medical", "no_school_place", "respite", "managed_move_support", "advice")
	// Whoever refers from outside a school has no head to sign.
	f := with(sample(), say("referral.source", "self"))
	for _, key := range []string{"referral.leader_name", "referral.leader_signed", "referral.laestab", "agreed.head_declares"} {
		if got := missing(without(f, key, 0), allDocuments(), form.Submit); len(got) > 0 {
			t.Errorf("without %s: %v", key, got)
		}
		if got := missing(without(sample(), key, 0), allDocuments(), form.Submit); len(got) != 1 {
			t.Errorf("from a school without %s: %v", key, got)
		}
	}
}

func TestCaseOf_whatTheGatesGoBy(t *testing.T) {
	t.Parallel()
	want := form.Case{Route: "prevent_pex", Tier: "time_limited", Year: "8", StayDays: 30, LookedAfter: form.No, EHCP: form.No}
	if got := form.CaseOf(sample()); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	f := without(with(sample(), say("agencies.looked_after", "current"), say("education.plan", "issued"), say("referral.wants_days", "3")), "referral.wants_weeks", 0)
	want.StayDays, want.LookedAfter, want.EHCP = 3, form.Yes, form.Yes
	if got := form.CaseOf(f); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := form.CaseOf(form.Form{}); got != (form.Case{}) {
		t.Errorf("of an empty form: %+v", got)
	}
}

func TestCase_keyStages(t *testing.T) {
	t.Parallel()
	for year, want := range map[string]string{
		"": "", "N1": "", "N2": "", "R": "EYFS", "1": "KS1", "2": "KS1", "3": "KS2", "6": "KS2", "7": "KS3", "9": "KS3", "10": "KS4", "11": "KS4", "12": "KS5", "14": "KS5",
	} {
		if got := (form.Case{Year: year}).KeyStage(); got != want {
			t.Errorf("Year %s: %q, want %q", year, got, want)
		}
	}
}

func TestD4_documentsAreFoundByKind(t *testing.T) {
	t.Parallel()
	d, ok := form.LookupDocument("safeguarding_concerns")
	if !ok || d.Class != form.Safeguarding || !d.MayNameOthers {
		t.Errorf("known safeguarding concerns: %+v, found %t", d, ok)
	}
	if _, ok := form.LookupDocument("nothing"); ok {
		t.Error("there is a document called nothing")
	}
}

// Every kind of value is one that a field has, or it could not be tried.
func TestD1_everyKindIsUsed(t *testing.T) {
	t.Parallel()
	used := map[form.Kind]bool{}
	for _, f := range every() {
		used[f.Kind] = true
	}
	for kind := range kindValues {
		if !used[kind] {
			t.Errorf("no field is a %s", kind)
		}
	}
}
