package form

import "strings"

// A Field is one question of the form.
type Field struct {
	Key       string // "pupil.surname": the section's prefix and a name, in snake_case; never changed in meaning
	Section   Section
	Label     string
	Help      string
	Kind      Kind
	Codes     string // the code list of OneCode, SomeCodes and YearGroup; see [Codes]
	Min, Max  int    // of Whole, and of Decimal in tenths
	Step      int    // values of Decimal are multiples of it, in tenths; 0 is any
	Most      int    // rows of Rows, values of SomeCodes and References
	Items     []Field
	Needed    []Need // none: optional
	Tolerance Tolerance
	Class     Class
}

// Fields lists the questions of the form in its order. The caller may keep and change
// what it gets.
func Fields() []Field {
	list := make([]Field, 0, len(table.fields))
	for _, f := range table.fields {
		list = append(list, f.clone())
	}
	return list
}

// Lookup finds a field, or an item of rows, by its key.
func Lookup(key string) (Field, bool) {
	e, ok := table.byKey[key]
	if !ok {
		return Field{}, false
	}
	return e.field.clone(), true
}

func (f Field) clone() Field {
	items := make([]Field, 0, len(f.Items))
	for _, item := range f.Items {
		items = append(items, item.clone())
	}
	if f.Items = nil; len(items) > 0 {
		f.Items = items
	}
	f.Needed = append([]Need(nil), f.Needed...)
	return f
}

// An entry is a field where it stands: at the top, or as an item of rows.
type entry struct {
	field *Field
	rows  *Field // the rows that it is an item of, or nil
	order int
}

type fieldTable struct {
	fields []Field
	byKey  map[string]entry
}

// table is the form. It is built once and never changes.
var table = newTable(
	referralFields, pupilFields, familyFields, educationFields, baselineFields, agencyFields,
	riskFields(), apartFields, healthFields, voiceFields, declarationFields,
)

// newTable joins the sections, and gives each field its section, by its prefix, and
// each item of rows the key and class of its rows where it has none of its own.
func newTable(sections ...[]Field) fieldTable {
	t := fieldTable{byKey: map[string]entry{}}
	for _, fields := range sections {
		t.fields = append(t.fields, fields...)
	}
	order := 0
	for i := range t.fields {
		f := &t.fields[i]
		f.Section = sectionOf(f.Key)
		order++
		t.byKey[f.Key] = entry{field: f, order: order}
		for j := range f.Items {
			item := &f.Items[j]
			item.Key, item.Section = f.Key+"."+item.Key, f.Section
			if item.Class == "" {
				item.Class = f.Class
			}
			order++
			t.byKey[item.Key] = entry{field: item, rows: f, order: order}
		}
	}
	return t
}

func sectionOf(key string) Section {
	prefix, _, _ := strings.Cut(key, ".")
	for _, row := range sectionTable {
		if row.prefix == prefix {
			return row.section
		}
	}
	return ""
}
