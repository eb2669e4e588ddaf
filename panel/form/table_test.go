package form_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.org/backontrack/panel/form"
)

var keyPattern = regexp.MustCompile(`^[a-z][a-z_]*(\.[a-z][a-z0-9_]*){1,2}$`)

// every yields each field and each item of rows.
func every() []form.Field {
	var all []form.Field
	for _, f := range form.Fields() {
		all = append(all, f)
		all = append(all, f.Items...)
	}
	return all
}

func TestD1_everyFieldIsWellFormed(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, f := range every() {
		if seen[f.Key] {
			t.Errorf("%s is there twice", f.Key)
		}
		seen[f.Key] = true
		if !keyPattern.MatchString(f.Key) {
			t.Errorf("%s: not in snake_case", f.Key)
		}
		if f.Section == "" || !strings.HasPrefix(f.Key, f.Section.Prefix()+".") {
			t.Errorf("%s: the key does not begin as its section %s does", f.Key, f.Section)
		}
		if f.Label == "" {
			t.Errorf("%s has no label", f.Key)
		}
		if !slices.Contains(form.Classes(), f.Class) {
			t.Errorf("%s has no class", f.Key)
		}
		if coded := f.Kind == form.OneCode || f.Kind == form.SomeCodes || f.Kind == form.YearGroup; coded != (f.Codes != "") || coded && len(form.Codes(f.Codes)) == 0 {
			t.Errorf("%s: no code list %q for %s", f.Key, f.Codes, f.Kind)
		}
		if many := f.Kind == form.SomeCodes || f.Kind == form.References || f.Kind == form.Rows; many != (f.Most > 0) {
			t.Errorf("%s: %s with at most %d", f.Key, f.Kind, f.Most)
		}
		if (f.Kind == form.Rows) != (len(f.Items) > 0) {
			t.Errorf("%s: %s with %d items", f.Key, f.Kind, len(f.Items))
		}
		if ranged := f.Kind == form.Whole || f.Kind == form.Decimal; ranged && f.Max <= f.Min {
			t.Errorf("%s: from %d to %d", f.Key, f.Min, f.Max)
		}
		if found, ok := form.Lookup(f.Key); !ok || found.Label != f.Label {
			t.Errorf("%s is not found by its key", f.Key)
		}
	}
}

// What conditions and other needs are about has to be there, with a code that the list has.
func TestD3_needsAreAboutWhatIsThere(t *testing.T) {
	t.Parallel()
	facts := map[string]string{
		form.OfRoute: "referral_route", form.OfTier: "tier", form.OfYear: "year_group",
		form.OfKeyStage: "", form.OfStay: "", form.OfLookedAfter: "", form.OfEHCP: "",
	}
	check := func(what string, needs []form.Need) {
		for _, n := range needs {
			if !slices.Contains(form.Gates(), n.Gate) {
				t.Errorf("%s: no gate %q", what, n.Gate)
			}
			if _, ok := form.Lookup(n.Or); n.Or != "" && !ok {
				t.Errorf("%s: no field %s", what, n.Or)
			}
			for _, c := range n.When {
				list, isFact := facts[c.Of]
				field, isField := form.Lookup(c.Of)
				if isField {
					list = field.Codes
				}
				if !isFact && !isField {
					t.Errorf("%s: a condition about %s", what, c.Of)
				}
				for _, code := range c.Is {
					if _, ok := form.LabelOf(list, code); list != "" && !ok {
						t.Errorf("%s: %s is never %s", what, c.Of, code)
					}
				}
			}
		}
	}
	for _, f := range every() {
		check(f.Key, f.Needed)
	}
	for _, d := range form.Documents() {
		check(string(d.Kind), d.Needed)
		if !slices.Contains(form.Classes(), d.Class) || d.Label == "" {
			t.Errorf("%s has no label or class", d.Kind)
		}
	}
}

func TestLookup_nothing(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"", "pupil", "pupil.surname.x", "surname"} {
		if _, ok := form.Lookup(key); ok {
			t.Errorf("%q is found", key)
		}
	}
}

func TestFields_mayBeChanged(t *testing.T) {
	t.Parallel()
	fields := form.Fields()
	for i := range fields {
		fields[i].Key = "gone"
		for j := range fields[i].Items {
			fields[i].Items[j].Key = "gone"
		}
	}
	if _, ok := form.Lookup("family.contacts.phone"); !ok {
		t.Error("changing what Fields gave has changed the form")
	}
}
