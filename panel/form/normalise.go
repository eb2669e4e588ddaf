package form

import "slices"

// Normalise returns the form in the order of its fields, with names in Unicode's composed
// form, postcodes in upper case with one space, and pupil numbers in upper case without
// spaces. Nothing else is changed: what is wrong stays as it was given, for [Check] to find.
func Normalise(f Form) Form {
	answers := sorted(f.Answers)
	for i := range answers {
		answers[i].Value = normaliseValue(answers[i])
	}
	return Form{Answers: answers}
}

func normaliseValue(a Answer) []string {
	e, ok := table.byKey[a.Field]
	if !ok || !slices.Contains([]Kind{Name, Postcode, UPNKind}, e.field.Kind) {
		return slices.Clone(a.Value)
	}
	values := slices.Clone(a.Value)
	for i, s := range values {
		if canonical, err := parserOf(e.field.Kind)(e.field, s); err == nil {
			values[i] = canonical
		}
	}
	return values
}
