package form

// A Section is one of the twelve parts of the form, A to L.
type Section string

// The sections in the order of the form.
const (
	Referral     Section = "A"
	Pupil        Section = "B"
	Family       Section = "C"
	Education    Section = "D"
	Baseline     Section = "E"
	Agencies     Section = "F"
	Risk         Section = "G"
	Apart        Section = "H"
	Health       Section = "I"
	Voice        Section = "J"
	Attachments  Section = "K"
	Declarations Section = "L"
)

var sectionTable = []struct {
	section       Section
	prefix, title string
}{
	{Referral, "referral", "Referral"},
	{Pupil, "pupil", "Pupil"},
	{Family, "family", "Family and contacts"},
	{Education, "education", "Education and special needs"},
	{Baseline, "baseline", "Baseline"},
	{Agencies, "agencies", "Agencies and status"},
	{Risk, "risk", "Risk assessment"},
	{Apart, "apart", "Who must be apart"},
	{Health, "health", "Medical and practical"},
	{Voice, "voice", "Voice and outcomes"},
	{Attachments, "attachments", "Attachments"},
	{Declarations, "agreed", "Consents, declarations and agreements"},
}

// Sections are all sections in the order of the form.
func Sections() []Section {
	list := make([]Section, len(sectionTable))
	for i, s := range sectionTable {
		list[i] = s.section
	}
	return list
}

// Title is the heading of the section, or nothing for an unknown one.
func (s Section) Title() string {
	for _, row := range sectionTable {
		if row.section == s {
			return row.title
		}
	}
	return ""
}

// Prefix is what the keys of the section's fields begin with, up to the first dot.
func (s Section) Prefix() string {
	for _, row := range sectionTable {
		if row.section == s {
			return row.prefix
		}
	}
	return ""
}

// A Kind says what an answer's value looks like. Values are text in one canonical
// spelling, which the comment of each kind gives.
type Kind string

// The kinds of value.
const (
	Text       Kind = "text"       // one line, up to 200 characters
	LongText   Kind = "long_text"  // paragraphs, up to 10,000 characters
	Name       Kind = "name"       // a person's or a part of one; see [CheckName]
	Date       Kind = "date"       // 2026-11-23
	YearGroup  Kind = "year_group" // a code of the list year_group: R, 1 … 14
	Whole      Kind = "whole"      // an integer from Field.Min to Field.Max
	Decimal    Kind = "decimal"    // in tenths, such as 2.5, from Min to Max (which are tenths)
	Percentage Kind = "percentage" // in tenths, from 0 to 100, such as 92.5
	OneCode    Kind = "code"       // one code of the list Field.Codes
	SomeCodes  Kind = "codes"      // up to Field.Most codes of the list, each once
	YesNo      Kind = "yes_no"     // yes or no
	Sessions   Kind = "sessions"   // sessions of the week, each once: mon-am … fri-pm
	Postcode   Kind = "postcode"   // SG2 9HQ; see [ParsePostcode]
	UPNKind    Kind = "upn"        // see [ParseUPN]
	ULNKind    Kind = "uln"        // see [ParseULN]
	URNKind    Kind = "urn"        // six digits
	LAESTAB    Kind = "laestab"    // seven digits: authority and establishment
	UKPRNKind  Kind = "ukprn"      // eight digits that begin with 1
	Email      Kind = "email"      // name@host
	Phone      Kind = "phone"      // digits, with + ( ) and spaces
	AgeKind    Kind = "age"        // years:months, such as 9:04; see [ParseAge]
	Reference  Kind = "reference"  // the id of something stored: a group, a provision, a pupil
	References Kind = "references" // up to Field.Most ids in order of preference, each once
	Rows       Kind = "rows"       // up to Field.Most rows of Field.Items; or the value none
)

// A Class says who needs to know; the access matrix opens each class by itself.
type Class string

// The classes of need to know.
const (
	Core         Class = "core"
	Schooling    Class = "education"
	Medical      Class = "health"
	Safeguarding Class = "safeguarding"
	Criminal     Class = "criminal"
	Composition  Class = "composition" // who must be apart from whom: safeguarding lead and matching only
)

// Classes are all classes, in a fixed order.
func Classes() []Class {
	return []Class{Core, Schooling, Medical, Safeguarding, Criminal, Composition}
}

// A Grade says how far an answer was checked (D2).
type Grade string

// The grades. Unknown is an answer: somebody says that it is not known, and why.
const (
	Verified Grade = "verified"
	Reported Grade = "reported"
	Unknown  Grade = "unknown"
)
