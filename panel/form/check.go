package form

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"example.org/backontrack/matching/calendar"
)

// Check reports everything about a form that is wrong or worth a look, on the day that
// it is checked. It looks at what is there; what is missing is [Complete]'s to say.
func Check(f Form, on calendar.Date) Faults {
	c := &checker{form: Form{Answers: sorted(f.Answers)}, on: on}
	for i, a := range c.form.Answers {
		c.answer(a, i > 0 && c.form.Answers[i-1].Field == a.Field && c.form.Answers[i-1].Row == a.Row)
	}
	c.form.Answers = slices.DeleteFunc(c.form.Answers, func(a Answer) bool { return c.bad[a.Pointer()] })
	for _, rule := range crossRules {
		rule(c)
	}
	return c.ordered()
}

type checker struct {
	form   Form
	on     calendar.Date
	faults Faults
	bad    map[string]bool // pointers of answers that the rules across fields must not read
}

func (c *checker) fault(pointer, code, detail string) {
	c.faults = append(c.faults, Fault{Pointer: pointer, Code: code, Detail: detail, Severity: Wrong})
	if c.bad == nil {
		c.bad = map[string]bool{}
	}
	c.bad[pointer] = true
}

// wrong and warn report about a field, or about an item of a row.
func (c *checker) wrong(key string, row int, code, detail string) {
	c.faults = append(c.faults, Fault{Pointer: pointer(key, row), Code: code, Detail: detail, Severity: Wrong})
}

func (c *checker) warn(key string, row int, code, detail string) {
	c.faults = append(c.faults, Fault{Pointer: pointer(key, row), Code: code, Detail: detail, Severity: Warning})
}

// answer checks one answer by itself.
func (c *checker) answer(a Answer, again bool) {
	at := a.Pointer()
	e, ok := table.byKey[a.Field]
	switch {
	case !ok:
		c.fault(at, "field", "expected a field of the form")
		return
	case again:
		c.fault(at, "twice", "expected one answer")
	case e.rows == nil && a.Row != 0:
		c.fault(at, "row", "expected no row for a field that is no item of rows")
	case e.rows != nil && (a.Row < 1 || a.Row > e.rows.Most):
		c.fault(at, "row", fmt.Sprintf("expected a row from 1 to %d", e.rows.Most))
	}
	c.provenance(a, at)
	if a.Grade != Unknown {
		c.value(a, e.field, at)
	}
}

// provenance checks who, when, and how far checked (D2).
func (c *checker) provenance(a Answer, at string) {
	switch a.Grade {
	case Verified, Reported:
		if len(a.Value) == 0 {
			c.fault(at, "empty", "expected a value, or the grade unknown with a reason")
		}
	case Unknown:
		if len(a.Value) > 0 {
			c.fault(at, "unknown_value", "expected no value with the grade unknown")
		}
		c.line(a.Reason, at, "reason", "why it is not known")
	default:
		c.fault(at, "grade", "expected the grade verified, reported or unknown")
	}
	if a.Grade != Unknown && a.Reason != "" {
		c.line(a.Reason, at, "reason", "the reason as one line")
	}
	c.line(a.By, at, "by", "who said so")
	if a.On == 0 {
		c.fault(at, "on", "expected the day on which it was said")
	} else if a.On > c.on {
		c.fault(at, "future", "expected a day on which it can have been said")
	}
}

func (c *checker) line(s, at, code, what string) {
	if err := checkLine(s, mostInText); err != nil {
		c.fault(at, code, "expected "+what+", in up to 200 characters that can be seen")
	}
}

// value checks the values of an answer that is known.
func (c *checker) value(a Answer, f *Field, at string) {
	if f.mayBeNone() && a.none() {
		if len(c.form.Rows(f.Key)) > 0 {
			c.fault(at, "none", "expected either rows, or the value none")
		}
		return
	}
	if most := f.most(); len(a.Value) > most {
		c.fault(at, "too_many", fmt.Sprintf("expected at most %d", most))
	}
	parse := parserOf(f.Kind)
	seen := map[string]bool{}
	for _, s := range a.Value {
		if seen[s] {
			c.fault(at, "repeated", "expected each value once")
			break
		}
		seen[s] = true
		_, err := parse(f, s)
		if wrong, ok := errors.AsType[*Invalid](err); ok {
			c.fault(at, wrong.Code, wrong.Error())
			break // one of a kind is enough for one answer
		}
	}
}

// ordered are the faults in the order of the form, each once.
func (c *checker) ordered() Faults {
	order := func(f Fault) [2]int {
		key := strings.TrimPrefix(f.Pointer, "/answers/")
		key, row, _ := strings.Cut(key, "/")
		e, ok := table.byKey[key]
		if !ok {
			return [2]int{len(table.byKey) + 1, 0}
		}
		n := 0
		_, _ = fmt.Sscanf(row, "%d", &n)
		return [2]int{e.order, n}
	}
	slices.SortStableFunc(c.faults, func(a, b Fault) int {
		oa, ob := order(a), order(b)
		return cmp.Or(cmp.Compare(oa[0], ob[0]), cmp.Compare(oa[1], ob[1]))
	})
	return slices.Compact(c.faults)
}
