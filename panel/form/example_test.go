package form_test

import (
	"fmt"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/form"
)

func ExampleCheck() {
	said := func(key, value string) form.Answer {
		return form.Answer{Field: key, Value: []string{value}, Grade: form.Reported, By: "head of year", On: calendar.MustDate("2026-11-20")}
	}
	f := form.Form{Answers: []form.Answer{
		said("pupil.date_of_birth", "2013-02-30"),
		said("pupil.upn", "A801200005001"),
		said("education.sen_provision", "N"),
		{Field: "education.needs.type", Row: 1, Value: []string{"SEMH"}, Grade: form.Verified, By: "SENCO", On: calendar.MustDate("2026-11-20")},
	}}
	for _, fault := range form.Check(f, calendar.MustDate("2026-11-23")) {
		fmt.Println(fault.Pointer, fault.Code)
	}
	// Output:
	// /answers/pupil.upn upn_check
	// /answers/pupil.date_of_birth date_shape
	// /answers/education.needs/1/type need_without_provision
}

func ExampleComplete() {
	f := sample() // everything is answered
	for i, a := range f.Answers {
		if a.Field == "family.safe_to_contact" {
			f.Answers[i] = form.Answer{Field: a.Field, Grade: form.Unknown, Reason: "the social worker is away", By: "head of year", On: a.On}
		}
	}
	held := []form.DocumentKind{"attendance_certificate", "behaviour_log", "intervention_evidence", "pastoral_plan"}
	for _, gate := range form.Gates() {
		fmt.Println(gate, len(form.Complete(f, held, gate, form.CaseOf(f))))
	}
	m := form.Complete(f, held, form.Start, form.CaseOf(f))
	fmt.Println(m[0].Pointer, m[0].Why)
	fmt.Println(m[1].Pointer, m[1].Why)
	// Output:
	// submit 0
	// panel 0
	// start 11
	// /answers/family.safe_to_contact unknown
	// /documents/pupil_passport no_document
}

func ExampleMatchKey() {
	fmt.Println(form.MatchKey("Siobhán", "O’Neil") == form.MatchKey("SIOBHAN", "O'Neil"))
	fmt.Println(form.MatchKey("Аnn") == form.MatchKey("Ann")) // the first А is Cyrillic
	fmt.Println(form.LooksLike("Аnn") == form.LooksLike("Ann"))
	// Output:
	// true
	// false
	// true
}
