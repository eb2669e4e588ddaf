package form

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"example.org/backontrack/matching/calendar"
)

// A Form is what was answered. An answer that is not there is not a "no"; nor is one
// that is not a code of its list, or otherwise not readable: its accessor does not know.
type Form struct {
	Answers []Answer // in the order of the form, once normalised
}

// An Answer is one answer, with who gave it and how far it was checked (D2).
type Answer struct {
	Field  string   // the key of a field, such as pupil.surname or family.contacts.phone
	Row    int      // for an item of rows: which row, from 1; else 0
	Value  []string // in canonical spelling; several only where the kind has several. The value none says that there are none
	Grade  Grade
	By     string // who said so, in words: a role or a person, such as "head of year"
	On     calendar.Date
	Reason string // why it is unknown
}

// With is the form with answers in place of those to the same fields and rows.
func (f Form) With(answers ...Answer) Form {
	for _, a := range answers {
		f = f.Without(a.Field, a.Row)
		f.Answers = append(f.Answers, a)
	}
	return Form{Answers: sorted(f.Answers)}
}

// Without is the form without the answer to a field, or to an item of a row.
func (f Form) Without(key string, row int) Form {
	return Form{Answers: slices.DeleteFunc(slices.Clone(f.Answers), func(a Answer) bool { return a.Field == key && a.Row == row })}
}

// Pointer is where the answer stands, for faults: /answers/pupil.surname, or
// /answers/family.contacts/1/phone for the phone of the first contact.
func (a Answer) Pointer() string { return pointer(a.Field, a.Row) }

func pointer(key string, row int) string {
	e, ok := table.byKey[key]
	if !ok {
		return "/answers" // the key may be anything at all: it is not for repeating
	}
	if e.rows == nil || row == 0 {
		return "/answers/" + key
	}
	return "/answers/" + e.rows.Key + "/" + strconv.Itoa(row) + "/" + strings.TrimPrefix(key, e.rows.Key+".")
}

// Answer finds the answer to a field, or to an item of a row.
func (f Form) Answer(key string, row int) (Answer, bool) {
	for _, a := range f.Answers {
		if a.Field == key && a.Row == row {
			return a, true
		}
	}
	return Answer{}, false
}

// Known tells whether a field has an answer that is not unknown. Rows are known when
// there are some, or when it is known that there are none.
func (f Form) Known(key string) bool {
	a, ok := f.Answer(key, 0)
	if !ok {
		return len(f.Rows(key)) > 0
	}
	if e := table.byKey[key]; e.field != nil && e.field.Kind == Rows {
		return a.known() && a.none()
	}
	return a.known() && coded(a)
}

// Unknown tells whether somebody answered that the field is not known, with a reason.
func (f Form) Unknown(key string) bool {
	a, ok := f.Answer(key, 0)
	return ok && a.Grade == Unknown && a.Reason != ""
}

func (a Answer) known() bool { return a.Grade != Unknown && len(a.Value) > 0 }

// none tells whether an answer says that there are none.
func (a Answer) none() bool { return len(a.Value) == 1 && a.Value[0] == none }

// Rows are the numbers of the rows that have an answer, in order.
func (f Form) Rows(key string) []int {
	var rows []int
	for _, a := range f.Answers {
		if a.Row > 0 && len(a.Field) > len(key) && a.Field[len(key)] == '.' && a.Field[:len(key)] == key {
			rows = append(rows, a.Row)
		}
	}
	slices.Sort(rows)
	return slices.Compact(rows)
}

// Row is the part of a form that is one row: its accessors take the item's own key,
// such as "phone".
type Row struct {
	form Form
	key  string
	row  int
}

// Row is row n, from 1, of rows such as family.contacts.
func (f Form) Row(key string, n int) Row { return Row{f, key, n} }

// Text is the value of an item of the row, and whether it is known.
func (r Row) Text(item string) (string, bool) { return r.form.text(r.key+"."+item, r.row) }

// Date is the date in an item of the row, and whether it is known.
func (r Row) Date(item string) (calendar.Date, bool) { return r.form.date(r.key+"."+item, r.row) }

// Int is the whole number in an item of the row, and whether it is known.
func (r Row) Int(item string) (int, bool) { return r.form.whole(r.key+"."+item, r.row) }

// YesNo is the yes or no of an item of the row, and whether it is known.
func (r Row) YesNo(item string) (yes, known bool) { return r.form.yesNo(r.key+"."+item, r.row) }

// Codes are the codes or ids in an item of the row, and whether they are known.
func (r Row) Codes(item string) ([]string, bool) { return r.form.several(r.key+"."+item, r.row) }

// Text is the value of a field as text, and whether it is known.
func (f Form) Text(key string) (string, bool) { return f.text(key, 0) }

// Code is the code of a field, and whether it is known.
func (f Form) Code(key string) (string, bool) { return f.text(key, 0) }

// Codes are the codes or ids of a field, and whether they are known; known and empty
// when it is known that there are none.
func (f Form) Codes(key string) ([]string, bool) { return f.several(key, 0) }

// Date is the date of a field, and whether it is known.
func (f Form) Date(key string) (calendar.Date, bool) { return f.date(key, 0) }

// Int is the whole number of a field, and whether it is known.
func (f Form) Int(key string) (int, bool) { return f.whole(key, 0) }

// YesNo is the yes or no of a field, and whether it is known.
func (f Form) YesNo(key string) (yes, known bool) { return f.yesNo(key, 0) }

// Tenths is the number of a Decimal or Percentage field in tenths, and whether it is known.
func (f Form) Tenths(key string) (int, bool) {
	s, ok := f.text(key, 0)
	if !ok {
		return 0, false
	}
	n, err := ParseTenths(s)
	return n, err == nil
}

// Months is the age of an age field in months, and whether it is known.
func (f Form) Months(key string) (int, bool) {
	s, ok := f.text(key, 0)
	if !ok {
		return 0, false
	}
	n, err := ParseAge(s)
	return n, err == nil
}

// Sessions are the sessions of a field, and whether they are known.
func (f Form) Sessions(key string) (calendar.Sessions, bool) {
	names, ok := f.several(key, 0)
	if !ok {
		return 0, false
	}
	var set calendar.Sessions
	for _, name := range names {
		s, err := calendar.ParseSession(name)
		if err != nil {
			return 0, false
		}
		set |= calendar.Of(s)
	}
	return set, true
}

func (f Form) text(key string, row int) (string, bool) {
	a, ok := f.Answer(key, row)
	if !ok || !a.known() || !coded(a) {
		return "", false
	}
	return a.Value[0], true
}

// coded tells whether the values of an answer by a code list are in it. One that is not
// tells nothing, and must not pass for a "no".
func coded(a Answer) bool {
	e, ok := table.byKey[a.Field]
	if !ok || e.field.Codes == "" {
		return ok
	}
	for _, s := range a.Value {
		if _, err := checkCode(e.field, s); err != nil {
			return false
		}
	}
	return true
}

func (f Form) several(key string, row int) ([]string, bool) {
	a, ok := f.Answer(key, row)
	switch {
	case !ok || !a.known():
		return nil, false
	case a.none():
		return nil, true
	case !coded(a):
		return nil, false
	}
	return slices.Clone(a.Value), true
}

func (f Form) date(key string, row int) (calendar.Date, bool) {
	s, ok := f.text(key, row)
	if !ok {
		return 0, false
	}
	d, err := calendar.ParseDate(s)
	return d, err == nil
}

func (f Form) whole(key string, row int) (int, bool) {
	s, ok := f.text(key, row)
	if !ok {
		return 0, false
	}
	n, err := parseWhole(s)
	return n, err == nil
}

func (f Form) yesNo(key string, row int) (isYes, known bool) {
	s, ok := f.text(key, row)
	return s == yes, ok && (s == yes || s == no)
}

// sorted has the answers in the order of the form, rows together; fields that there are
// not come last.
func sorted(answers []Answer) []Answer {
	list := slices.Clone(answers)
	slices.SortStableFunc(list, func(a, b Answer) int {
		ea, eb := place(a), place(b)
		return cmp.Or(cmp.Compare(ea[0], eb[0]), cmp.Compare(ea[1], eb[1]), cmp.Compare(ea[2], eb[2]), cmp.Compare(a.Field, b.Field))
	})
	return list
}

// place is where an answer sorts: its field or rows, the row, the item.
func place(a Answer) [3]int {
	e, ok := table.byKey[a.Field]
	switch {
	case !ok:
		return [3]int{len(table.byKey) + 1, a.Row, 0}
	case e.rows == nil:
		return [3]int{e.order, a.Row, 0}
	}
	return [3]int{table.byKey[e.rows.Key].order, a.Row, e.order}
}
