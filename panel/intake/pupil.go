package intake

import "example.org/backontrack/panel/form"

// A Pupil is what a form says of whom it is about, as it is compared. It is nothing to show.
type Pupil struct{ upn, name, born string }

// PupilOf is whom a form is about.
func PupilOf(f form.Form) Pupil {
	surname, _ := f.Text("pupil.surname")
	forename, _ := f.Text("pupil.forename")
	p := Pupil{name: form.MatchKey(surname, forename)}
	p.upn, _ = f.Text("pupil.upn")
	if born, known := f.Date("pupil.date_of_birth"); known {
		p.born = born.String()
	}
	return p
}

// nobody tells whether a form does not say at all whom it is about.
func (p Pupil) nobody() bool { return p.upn == "" && p.name == "" }

// Same tells whether two forms are about one pupil, as far as they say: by the UPN where
// both have one, and else by name and date of birth.
func (p Pupil) Same(q Pupil) bool {
	if p.upn != "" && q.upn != "" {
		return p.upn == q.upn
	}
	return p.name != "" && p.name == q.name && p.born == q.born
}
