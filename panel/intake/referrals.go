package intake

import (
	"cmp"
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/form"
)

// The columns of a row that are no fields of the form.
const (
	colSchool = "school"  // the URN of who refers
	colBy     = "said_by" // who gave the answers of the row
	colOn     = "said_on" // the day on which
	colGrade  = "grade"   // how far they were checked; empty: reported
)

// A mark begins a cell that says that something is not known, and why.
const unknownMark = "?"

// between separates the values of a cell that has several.
const between = ";"

// A Referral is one row of a spreadsheet of referrals.
type Referral struct {
	Line int
	URN  string // of who refers
	Form form.Form
}

// A Warning is something odd in a row: it may be so, and is worth a look.
type Warning struct {
	Line   int
	Column string
	Code   string
	Says   string // what is odd, as a statement
}

// Referrals are what a spreadsheet has, and what in it is worth a look.
type Referrals struct {
	List     []Referral
	Warnings []Warning
}

// ReadReferrals reads a spreadsheet of referrals, one a row, as docs/reference/commands.md
// describes it. Each form is checked as it is on a day; what is missing for a submission
// may be missing. Who refers is one of the schools, by their URNs.
func ReadReferrals(in io.Reader, day calendar.Date, schools map[string]bool) (*Referrals, error) {
	t, err := ReadTable(in)
	if err != nil {
		return nil, err
	}
	r := &referring{Table: t, day: day, schools: schools, out: &Referrals{}, seen: map[string]earlier{}}
	if t.need(&r.faults, colSchool, colBy, colOn); len(r.faults) == 0 {
		r.headings() // else the names may be missing, and what stands there a pupil's
	}
	if err := r.faults.err(); err != nil {
		return nil, err
	}
	for _, row := range t.Rows {
		r.referral(row)
	}
	if err := r.faults.err(); err != nil {
		return nil, err
	}
	return r.out, nil
}

// referring is a spreadsheet under way.
type referring struct {
	*Table
	day     calendar.Date
	schools map[string]bool
	faults  Faults
	out     *Referrals
	columns []column           // of answers
	seen    map[string]earlier // by UPN, and by name and date of birth
}

// A column is where the answers to a field stand, or those to an item of one row.
type column struct {
	name  string
	field form.Field
	row   int
}

// headings finds out which field each column is about.
func (r *referring) headings() {
	fields := map[string]bool{}
	about := map[string]int{} // the columns that are about another
	var order []string
	for i, name := range r.Columns {
		if name == "" || name == colSchool || name == colBy || name == colOn || name == colGrade {
			continue
		}
		at := columnAt(i) // the name may be anything: where the first line is missing, it is a child's
		if of, what, is := strings.Cut(name, "!"); is {
			if what != "grade" && what != "by" && what != "on" {
				r.faults.add(1, at, "field", "!grade, !by or !on behind a field")
			}
			if _, before := about[of]; !before {
				about[of], order = i, append(order, of)
			}
			continue
		}
		c, ok := columnOf(name)
		if !ok {
			r.faults.add(1, at, "field", "a field of the form: panel import referrals --template lists them")
			continue
		}
		fields[name] = true
		r.columns = append(r.columns, c)
	}
	for _, of := range order {
		if !fields[of] {
			r.faults.add(1, columnAt(about[of]), "missing", "the field that this column is about to have a column of its own")
		}
	}
}

// columnOf finds a field by the name of a column: its key, with the number of the row
// before the item of rows: family.contacts.1.phone.
func columnOf(name string) (column, bool) {
	if f, ok := form.Lookup(name); ok && !isItem(name) {
		return column{name, f, 0}, true
	}
	parts := strings.Split(name, ".")
	if len(parts) != 4 {
		return column{}, false
	}
	rows, ok := form.Lookup(parts[0] + "." + parts[1])
	n, err := strconv.Atoi(parts[2])
	if !ok || err != nil || n < 1 || n > rows.Most || strconv.Itoa(n) != parts[2] {
		return column{}, false
	}
	f, ok := form.Lookup(rows.Key + "." + parts[3])
	return column{name, f, n}, ok
}

func isItem(key string) bool { return strings.Count(key, ".") > 1 }

func (r *referring) referral(row Row) {
	found := Referral{Line: row.Line, URN: r.Cell(row, colSchool)}
	if err := form.CheckURN(found.URN); err != nil {
		r.faults.add(row.Line, colSchool, "urn_shape", "the unique reference number of the school that refers: six digits")
	} else if !r.schools[found.URN] {
		r.faults.add(row.Line, colSchool, "unknown", "a school that is recorded: panel import schools brings them in")
	}
	by, on := r.Cell(row, colBy), r.day
	if by == "" {
		r.faults.add(row.Line, colBy, "required", "who gave the answers of the row, such as head of year")
	}
	if said, ok := civilDay(r.Cell(row, colOn)); ok {
		on = said
	} else {
		r.faults.add(row.Line, colOn, "date", "the day on which they were given, such as 2026-11-23 or 23/11/2026")
	}
	grade := r.grade(row, colGrade, form.Reported)
	for _, c := range r.columns {
		if a, answered := r.answer(row, c, form.Answer{Grade: grade, By: cmp.Or(by, "-"), On: on}); answered {
			found.Form.Answers = append(found.Form.Answers, a)
		}
	}
	r.check(&found)
	r.out.List = append(r.out.List, found)
}

func (r *referring) grade(row Row, column string, usual form.Grade) form.Grade {
	switch s := form.Grade(strings.ToLower(r.Cell(row, column))); s {
	case "":
		return usual
	case form.Verified, form.Reported:
		return s
	default: // unknown is an answer's own, with a reason
	}
	r.faults.add(row.Line, column, "grade", "verified or reported; what is not known has a question mark and the reason in its own cell")
	return usual
}

// answer reads the cell of a field, and how it is different from the rest of the row.
func (r *referring) answer(row Row, c column, a form.Answer) (form.Answer, bool) {
	cell := r.Cell(row, c.name)
	if cell == "" {
		return a, false
	}
	a.Field, a.Row = c.field.Key, c.row
	a.Grade = r.grade(row, c.name+"!grade", a.Grade)
	a.By = cmp.Or(r.Cell(row, c.name+"!by"), a.By)
	if said := r.Cell(row, c.name+"!on"); said != "" {
		on, ok := civilDay(said)
		if ok {
			a.On = on
		} else {
			r.faults.add(row.Line, c.name+"!on", "date", "a date such as 2026-11-23 or 23/11/2026")
		}
	}
	if why, unknown := strings.CutPrefix(cell, unknownMark); unknown {
		a.Grade, a.Reason = form.Unknown, strings.TrimSpace(why)
		return a, true
	}
	values, sound := r.values(row.Line, c, cell)
	a.Value = values
	return a, sound
}

// check looks at a form as a whole.
func (r *referring) check(found *Referral) {
	found.Form = form.Normalise(found.Form)
	for _, f := range form.Check(found.Form, r.day) {
		if column := ColumnOf(f.Pointer); f.Severity == form.Wrong {
			r.faults.add(found.Line, column, f.Code, strings.TrimPrefix(f.Detail, "expected ")+hint(f))
		} else {
			r.out.Warnings = append(r.out.Warnings, Warning{found.Line, column, f.Code, f.Detail})
		}
	}
	who := PupilOf(found.Form)
	if who.nobody() {
		r.faults.add(found.Line, "pupil.surname", "nobody", "whom the row is about: a name, or the number in pupil.upn")
		return
	}
	r.once(found.Line, who)
}

// hint says where the codes of a list are.
func hint(f form.Fault) string {
	list, is := strings.CutPrefix(f.Detail, "expected a code of the list ")
	if !is {
		return ""
	}
	return " (panel import referrals --codes " + list + "), or its label"
}

// once wants each pupil in one row.
func (r *referring) once(line int, who Pupil) {
	name := who.name + "/" + who.born
	if before, is := r.seen[who.upn]; is && who.upn != "" {
		r.faults.add(line, "pupil.upn", "twice", "each pupil once: line "+strconv.Itoa(before.line)+" has the number too")
	} else if before, is := r.seen[name]; is && who.born != "" && before.who.Same(who) {
		r.faults.add(line, "pupil.surname", "twice", "each pupil once: line "+strconv.Itoa(before.line)+" has the name and the date of birth too")
	}
	r.seen[who.upn], r.seen[name] = earlier{line, who}, earlier{line, who}
}

// earlier is a row that was read before.
type earlier struct {
	line int
	who  Pupil
}

// ColumnOf is the column that a pointer of a form's fault is about.
func ColumnOf(pointer string) string {
	return strings.ReplaceAll(strings.TrimPrefix(strings.TrimPrefix(pointer, "/answers"), "/"), "/", ".")
}

// templateRows is how many rows of each list the template has; more may be added.
const templateRows = 2

// WriteTemplate writes the first line of a spreadsheet of referrals: every field of the
// form, and the first rows of those that repeat.
func WriteTemplate(out io.Writer) error {
	columns := []string{colSchool, colBy, colOn, colGrade}
	for _, f := range form.Fields() {
		columns = append(columns, f.Key)
		for n := range min(f.Most, templateRows) {
			for _, item := range f.Items {
				columns = append(columns, f.Key+"."+strconv.Itoa(n+1)+"."+strings.TrimPrefix(item.Key, f.Key+"."))
			}
		}
	}
	w := csv.NewWriter(out)
	w.UseCRLF = true // as spreadsheets have it
	if err := w.Write(columns); err != nil {
		return err
	}
	w.Flush()
	return w.Error()
}
