package form_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/form"
	"github.com/google/go-cmp/cmp"
)

// found are pointer and code of each fault, warnings with a question mark.
func found(f form.Form) []string {
	var list []string
	for _, fault := range form.Check(f, today) {
		s := fault.Pointer + " " + fault.Code
		if fault.Severity == form.Warning {
			s += "?"
		}
		list = append(list, strings.TrimPrefix(s, "/answers/"))
	}
	return list
}

// Each kind of value refuses what it is not.
func TestD1_valuesByKind(t *testing.T) {
	t.Parallel()
	tests := []struct {
		key, value string
		want       string // code, or nothing
	}{
		{"pupil.nationality", "British", ""},
		{"pupil.nationality", "\u200b", "hidden"},
		{"pupil.nationality", "two\nlines", "control"},
		{"pupil.nationality", "  ", "blank"},
		{"pupil.nationality", strings.Repeat("a", 201), "too_long"},
		{"pupil.nationality", "A\xffB", "encoding"},
		{"pupil.likes", "Her family 👨\u200d👩\u200d👧\nand\tfootball", ""},
		{"pupil.likes", "محمد\u200f!", ""},
		{"pupil.likes", "\u202Ecod.exe", "hidden"},
		{"pupil.likes", "A\x00B", "control"},
		{"pupil.likes", "A\xffB", "encoding"},
		{"pupil.likes", "A\ufffdB", "encoding"},
		{"pupil.likes", "\u200b\u200b\n", "blank"},
		{"pupil.likes", strings.Repeat("a", 10001), "too_long"},
		{"pupil.likes", "<script>alert(1)</script>", ""}, // kept as it is; whoever shows it escapes it
		{"pupil.surname", "O'Neil", ""},
		{"pupil.surname", "O'Neil2", "name_characters"},
		{"referral.date", "2026-11-23", ""},
		{"referral.date", "2026-02-30", "date_shape"},
		{"referral.date", "23/11/2026", "date_shape"},
		{"referral.date", "2026-1-2", "date_shape"},
		{"referral.date", "2026-01-02T23:30:00-05:00", "date_shape"},
		{"referral.date", "0001-01-01", "date_shape"},
		{"pupil.year", "R", ""},
		{"pupil.year", "15", "code"},
		{"pupil.sex", "F", ""},
		{"pupil.sex", "U", "unknown_is_a_grade"},
		{"pupil.sex", "f", "code"},
		{"pupil.ethnicity", "NOBT", "unknown_is_a_grade"},
		{"pupil.ethnicity", "REFU", ""},
		{"referral.severity", "10", ""},
		{"referral.severity", "0", "number"},
		{"referral.severity", "11", "number"},
		{"referral.severity", "3.0", "number"},
		{"referral.severity", "3e0", "number"},
		{"referral.severity", "-0", "number"},
		{"referral.severity", "٣", "number"},
		{"baseline.attendance", "100", ""},
		{"baseline.attendance", "100.1", "number"},
		{"baseline.attendance", "-1", "number"},
		{"baseline.attendance", "92.55", "number"},
		{"baseline.internal_days", "2.5", ""},
		{"baseline.internal_days", "2.4", "step"},
		{"pupil.interpreter", "maybe", "yes_no"},
		{"education.busy", "mon-am", ""},
		{"education.busy", "sat-am", "session"},
		{"education.busy", "none", ""},
		{"pupil.postcode", "ZZ99 9ZZ", ""},
		{"pupil.postcode", "' OR", "postcode_shape"},
		{"pupil.upn", "A801200005001", "upn_check"},
		{"pupil.upn", "b80120 0005001", ""},
		{"pupil.uln", "123", "uln_shape"},
		{"referral.urn", "1", "urn_shape"},
		{"referral.ukprn", "20012345", "ukprn_shape"},
		{"referral.laestab", "919/1102", "laestab_shape"},
		{"referral.referrer_email", "nobody", "email_shape"},
		{"referral.referrer_phone", "none", "phone_shape"},
		{"baseline.reading_age", "9.04", "age_shape"},
		{"agencies.care_home_id", "a b", "id_shape"},
		{"family.contacts", "some", "rows"},
	}
	for _, test := range tests {
		got := form.Check(form.Form{Answers: []form.Answer{say(test.key, test.value)}}, today).Wrong()
		var codes string
		if len(got) > 0 {
			codes = got[0].Code
		}
		if codes != test.want || len(got) > 1 {
			t.Errorf("%s %+q: %v, want %q", test.key, test.value, got, test.want)
		}
	}
}

func TestD2_provenanceOfEveryAnswer(t *testing.T) {
	t.Parallel()
	right := say("pupil.forename", "Ann")
	tests := []struct {
		name   string
		change func(*form.Answer)
		want   []string
	}{
		{"right", func(*form.Answer) {}, nil},
		{"verified", func(a *form.Answer) { a.Grade = form.Verified }, nil},
		{"no grade", func(a *form.Answer) { a.Grade = "" }, []string{"pupil.forename grade"}},
		{"another grade", func(a *form.Answer) { a.Grade = "sure" }, []string{"pupil.forename grade"}},
		{"nobody", func(a *form.Answer) { a.By = "" }, []string{"pupil.forename by"}},
		{"blank", func(a *form.Answer) { a.By = "\u2800" }, []string{"pupil.forename by"}},
		{"no day", func(a *form.Answer) { a.On = 0 }, []string{"pupil.forename on"}},
		{"tomorrow", func(a *form.Answer) { a.On = today + 1 }, []string{"pupil.forename future"}},
		{"no value", func(a *form.Answer) { a.Value = nil }, []string{"pupil.forename empty"}},
		{"unknown with a value", func(a *form.Answer) { a.Grade, a.Reason = form.Unknown, "moved" }, []string{"pupil.forename unknown_value"}},
		{"unknown without a reason", func(a *form.Answer) { a.Grade, a.Value = form.Unknown, nil }, []string{"pupil.forename reason"}},
		{"unknown", func(a *form.Answer) { a.Grade, a.Value, a.Reason = form.Unknown, nil, "moved" }, nil},
		{"a row", func(a *form.Answer) { a.Row = 1 }, []string{"pupil.forename row"}},
		{"two names", func(a *form.Answer) { a.Value = []string{"Ann", "Lee"} }, []string{"pupil.forename too_many"}},
		{"all at once", func(a *form.Answer) { *a = form.Answer{Field: "pupil.forename", Row: 2} }, []string{
			"pupil.forename row", "pupil.forename grade", "pupil.forename by", "pupil.forename on",
		}},
	}
	for _, test := range tests {
		a := right
		test.change(&a)
		if diff := cmp.Diff(test.want, found(form.Form{Answers: []form.Answer{a}})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestCheck_whereAnAnswerStands(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		answers []form.Answer
		want    []string
	}{
		{"no field", []form.Answer{say("pupil.nickname", "Bo"), say("", "x")}, []string{"/answers field", "/answers field"}[:1]},
		{"twice", []form.Answer{say("pupil.forename", "Ann"), say("pupil.forename", "Amy")}, []string{"pupil.forename twice"}},
		{"row 0", []form.Answer{say("family.contacts.name", "Ann")}, []string{"family.contacts.name row"}},
		{"row 9 of 8", []form.Answer{sayRow("family.contacts.name", 9, "Ann")}, []string{"family.contacts/9/name row"}},
		{"none and some", []form.Answer{say("health.medication", "none"), sayRow("health.medication.medicine", 1, "Iron")}, []string{"health.medication none"}},
		{"repeated", []form.Answer{say("education.busy", "mon-am", "mon-am")}, []string{"education.busy repeated"}},
		{"too many", []form.Answer{say("referral.provisions", "a", "b", "c", "d")}, []string{"referral.provisions too_many"}},
		{"none among others", []form.Answer{say("education.busy", "mon-am", "none")}, []string{"education.busy session"}},
		{"in the order of the form", []form.Answer{
			sayRow("family.contacts.phone", 2, "x"), sayRow("family.contacts.email", 1, "x"), say("pupil.upn", "x"), sayRow("family.contacts.phone", 1, "x"),
		}, []string{
			"pupil.upn upn_shape", "family.contacts/1/phone phone_shape", "family.contacts/1/email email_shape", "family.contacts/2/phone phone_shape",
		}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, found(form.Form{Answers: test.answers})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// Whatever is wrong with it, no value is in what is said about it.
func TestCheck_repeatsNoValue(t *testing.T) {
	t.Parallel()
	const secret = "Zebulon<7>"
	var f form.Form
	for _, field := range every() {
		row := 0
		if strings.Count(field.Key, ".") == 2 {
			row = 1
		}
		f.Answers = append(f.Answers, form.Answer{Field: field.Key, Row: row, Value: []string{secret}, Grade: secret, By: "", Reason: secret})
	}
	f.Answers = append(f.Answers, say(secret, "x"))
	faults := form.Check(f, today)
	text, err := json.Marshal(faults)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "Zebulon") || strings.Contains(faults.Error(), "Zebulon") {
		t.Error("a fault repeats a value")
	}
	if len(faults) < 2*len(every()) {
		t.Errorf("%d faults of %d fields", len(faults), len(every()))
	}
	if faults.Err() == nil || form.Check(sample(), today).Err() != nil {
		t.Error("Err tells of faults where there are none, or the other way round")
	}
}

func TestNormalise_changesNothingElse(t *testing.T) {
	t.Parallel()
	given := form.Form{Answers: []form.Answer{
		sayRow("family.contacts.postcode", 1, "sg29hq"), say("pupil.upn", "b801200 005001"), say("pupil.forename", "Jose\u0301"),
		say("pupil.surname", "  bad "), say("pupil.postcode", "nowhere"), say("pupil.likes", " Jose\u0301  "), say("referral.story", "x"),
	}}
	before := slices.Clone(given.Answers)
	want := form.Form{Answers: []form.Answer{
		say("referral.story", "x"), say("pupil.surname", "  bad "), say("pupil.forename", "José"), say("pupil.upn", "B801200005001"),
		say("pupil.postcode", "nowhere"), say("pupil.likes", " Jose\u0301  "), sayRow("family.contacts.postcode", 1, "SG2 9HQ"),
	}}
	if diff := cmp.Diff(want, form.Normalise(given)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if diff := cmp.Diff(before, given.Answers); diff != "" {
		t.Errorf("what was given has changed:\n%s", diff)
	}
}

func TestFaults_wrongAndWarnings(t *testing.T) {
	t.Parallel()
	faults := form.Check(sample().With(say("pupil.year", "9"), say("pupil.phone", "x")), today)
	if wrong, warnings := faults.Wrong(), faults.Warnings(); len(wrong) != 1 || wrong[0].Code != "phone_shape" || len(warnings) != 1 || warnings[0].Code != "year_and_age" {
		t.Errorf("wrong %v, warnings %v", wrong, warnings)
	}
	if err := faults.Err(); err == nil || err.Error() != "/answers/pupil.phone: expected a telephone number of seven to fifteen digits" {
		t.Errorf("as an error: %v", err)
	}
	if err := faults.Warnings().Err(); err != nil {
		t.Errorf("warnings as an error: %v", err)
	}
}

func TestForm_withAndWithout(t *testing.T) {
	t.Parallel()
	f := form.Form{}.With(sayRow("family.contacts.name", 2, "Bo"), say("pupil.forename", "Ann"), sayRow("family.contacts.name", 1, "Cy"))
	want := []form.Answer{say("pupil.forename", "Ann"), sayRow("family.contacts.name", 1, "Cy"), sayRow("family.contacts.name", 2, "Bo")}
	if diff := cmp.Diff(want, f.Answers); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	changed := f.With(sayRow("family.contacts.name", 2, "Di")).Without("pupil.forename", 0)
	if diff := cmp.Diff([]form.Answer{want[1], sayRow("family.contacts.name", 2, "Di")}, changed.Answers); diff != "" {
		t.Errorf("changed (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, f.Answers); diff != "" {
		t.Errorf("what it was made of (-want +got):\n%s", diff)
	}
}

func TestForm_roundTripsThroughJSON(t *testing.T) {
	t.Parallel()
	f := with(sample(), notKnown("pupil.language"), say("education.busy", "none"))
	text, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	var back form.Form
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(f, back); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("pupil.forename", "Jose\u0301", "verified", 0, int32(today))
	f.Add("pupil.upn", "b801200 005001", "reported", 0, int32(today))
	f.Add("baseline.exclusions.from", "2026-10-05", "reported", 1, int32(today))
	f.Add("pupil.date_of_birth", "9999-12-31", "reported", 0, int32(0))
	f.Add("x/~", "\xff", "", -1, int32(-1))
	f.Fuzz(func(t *testing.T, key, value, grade string, row int, on int32) {
		g := with(sample(), form.Answer{Field: key, Row: row, Value: []string{value}, Grade: form.Grade(grade), By: value, On: calendar.Date(on), Reason: grade})
		once := form.Normalise(g)
		if diff := cmp.Diff(once, form.Normalise(once)); diff != "" {
			t.Errorf("normalised twice (-once +twice):\n%s", diff)
		}
		if diff := cmp.Diff(form.Check(g, today), form.Check(once, today)); diff != "" {
			t.Errorf("normalising changes what is wrong (-before +after):\n%s", diff)
		}
		_ = form.Check(g, calendar.Date(on))
		form.Complete(g, nil, form.Gate(grade), form.CaseOf(g))
		form.Traits(g)
	})
}
