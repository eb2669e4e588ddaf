package form

import (
	"fmt"
	"slices"

	"example.org/backontrack/matching/calendar"
	"golang.org/x/text/unicode/norm"
)

// parser reads one value of a kind: its canonical spelling, or what is wrong.
type parser func(f *Field, s string) (string, error)

// parsers has one for every kind but Rows. It is a function so that tables may be built
// from it while the package is.
func parserOf(k Kind) parser {
	switch k {
	case Text:
		return checked(func(s string) error { return checkLine(s, mostInText) })
	case LongText:
		return checked(checkProse)
	case Name:
		return func(_ *Field, s string) (string, error) { s = norm.NFC.String(s); return s, CheckName(s) }
	case Date:
		return checked(checkDate)
	case OneCode, SomeCodes, YearGroup:
		return checkCode
	case Whole:
		return checkWhole
	case Decimal, Percentage:
		return checkTenths
	case YesNo:
		return checked(checkYesNo)
	case Sessions:
		return checked(checkSession)
	case Postcode:
		return func(_ *Field, s string) (string, error) { return ParsePostcode(s) }
	case UPNKind:
		return func(_ *Field, s string) (string, error) { u, err := ParseUPN(s); return string(u), err }
	case ULNKind:
		return checked(func(s string) error { _, err := ParseULN(s); return err })
	case URNKind:
		return checked(CheckURN)
	case LAESTAB:
		return checked(func(s string) error {
			if canonical, err := ParseLAESTAB(s); err != nil || canonical != s {
				return invalid("laestab_shape", "a DfE number: seven digits")
			}
			return nil
		})
	case UKPRNKind:
		return checked(CheckUKPRN)
	case Email:
		return checked(CheckEmail)
	case Phone:
		return checked(CheckPhone)
	case AgeKind:
		return checked(func(s string) error { _, err := ParseAge(s); return err })
	case Reference, References:
		return checked(CheckReference)
	case Rows:
		return func(*Field, string) (string, error) {
			return "", invalid("rows", "rows, or the value none")
		}
	}
	return nil
}

func checked(check func(string) error) parser {
	return func(_ *Field, s string) (string, error) { return s, check(s) }
}

func checkDate(s string) error {
	if _, err := calendar.ParseDate(s); err != nil {
		return invalid("date_shape", "a date that exists, such as 2026-11-23")
	}
	return nil
}

func checkSession(s string) error {
	if _, err := calendar.ParseSession(s); err != nil {
		return invalid("session", "sessions, mon-am to fri-pm")
	}
	return nil
}

func checkYesNo(s string) error {
	if s != yes && s != no {
		return invalid("yes_no", "yes or no; what is not known is graded unknown")
	}
	return nil
}

func checkCode(f *Field, s string) (string, error) {
	if _, ok := LabelOf(f.Codes, s); !ok {
		return s, invalid("code", "a code of the list "+f.Codes)
	}
	if s == notKnownCodes[f.Codes] {
		return s, invalid("unknown_is_a_grade", "the grade unknown, with a reason, in place of a code that means it")
	}
	return s, nil
}

func checkWhole(f *Field, s string) (string, error) {
	if n, err := parseWhole(s); err != nil || n < f.Min || n > f.Max {
		return s, invalid("number", fmt.Sprintf("a whole number from %d to %d", f.Min, f.Max))
	}
	return s, nil
}

func checkTenths(f *Field, s string) (string, error) {
	low, high := f.Min, f.Max
	if f.Kind == Percentage {
		low, high = 0, 1000
	}
	n, err := ParseTenths(s)
	if err != nil || n < low || n > high {
		return s, invalid("number", fmt.Sprintf("a number from %s to %s with at most one decimal", FormatTenths(low), FormatTenths(high)))
	}
	if f.Step > 0 && n%f.Step != 0 {
		return s, invalid("step", "a multiple of "+FormatTenths(f.Step))
	}
	return s, nil
}

// several tells whether answers of a kind may have more than one value, or say none.
func (k Kind) several() bool {
	return slices.Contains([]Kind{SomeCodes, Sessions, References}, k)
}

// most is how many values an answer to the field may have.
func (f *Field) most() int {
	switch {
	case f.Kind == Sessions:
		return calendar.PerWeek
	case f.Kind.several():
		return f.Most
	}
	return 1
}

// mayBeNone tells whether the value none answers the field: there are none of them.
func (f *Field) mayBeNone() bool { return f.Kind.several() || f.Kind == Rows }
