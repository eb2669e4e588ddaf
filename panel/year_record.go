package panel

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/audit"
	"example.org/backontrack/panel/duty"
)

// RecordYear records a school year of an authority, or another version of one: the last
// that was recorded counts.
func (s *Service) RecordYear(ctx context.Context, y duty.Year) (Year, error) {
	return do(ctx, s, NounYear, VerbRecord, func(w *work) (Year, error) {
		if err := w.may(about{}); err != nil {
			return Year{}, err
		}
		if err := dutyFaults("the school year is not sound", "", y.Check()); err != nil {
			return Year{}, err
		}
		years, err := schoolYears(w.Tx, y.Authority)
		if err != nil {
			return Year{}, err
		}
		if len(years) == 0 || years[0].Authority != y.Authority {
			years = nil // of another authority
		}
		years = slices.DeleteFunc(years, func(o duty.Year) bool { return o.Name == y.Name })
		at := slices.IndexFunc(years, func(o duty.Year) bool { return o.Terms[0].From > y.Terms[0].From })
		if at < 0 {
			at = len(years)
		}
		// They have to follow each other, or no calendar could be made of them any more.
		if _, err := duty.NewCalendar(slices.Insert(years, at, y)...); err != nil {
			if len(years) > 0 {
				return Year{}, &Error{Kind: Invalid, Detail: "the school years do not follow each other", Err: err, Faults: []Fault{
					{Pointer: "/name", Code: "gap", Detail: "a school year that follows those that are recorded, or takes the place of one by its name"},
				}}
			}
			return Year{}, dutyFaults("the school year is not sound", "/0", err)
		}
		stored := Year{ID: YearID(w.id()), Year: y, By: w.person.ID, At: w.Now()}
		w.note(VerbRecord, NounYear, string(stored.ID), nil)
		return stored, w.Tx.Years().Add(&stored)
	})
}

// Years lists the school years of an authority, or of all, every version in the order in
// which they were recorded.
func (s *Service) Years(ctx context.Context, authority string) ([]Year, error) {
	return listed(ctx, s, NounYear, func(tx Tx) ([]Year, error) {
		list, err := gather(tx.Years().List())
		return slices.DeleteFunc(list, func(y Year) bool { return authority != "" && y.Year.Authority != authority }), err
	})
}

// RecordSettings records numbers that differ from those in force, from a day to a day
// each. What was in force before stays so on all other days.
func (s *Service) RecordSettings(ctx context.Context, values []duty.Setting) (Settings, error) {
	return do(ctx, s, NounSettings, VerbRecord, func(w *work) (Settings, error) {
		if err := w.may(about{}); err != nil {
			return Settings{}, err
		}
		f := &faults{}
		f.when(len(values) == 0, "", "empty", "a setting or several")
		if err := f.err("the settings are not sound"); err != nil {
			return Settings{}, err
		}
		before, err := settingsInForce(w.Tx)
		if err != nil {
			return Settings{}, err
		}
		if _, err := before.With(values); err != nil {
			return Settings{}, dutyFaults("the settings are not sound", "", err)
		}
		stored := Settings{ID: SettingsID(w.id()), Values: slices.Clone(values), By: w.person.ID, At: w.Now()}
		w.note(VerbRecord, NounSettings, string(stored.ID), nil, audit.Pair{Key: "values", Value: strconv.Itoa(len(values))})
		return stored, w.Tx.Settings().Add(&stored)
	})
}

// SettingsAt are the numbers in force on a day, in the order of the catalogue.
func (s *Service) SettingsAt(ctx context.Context, date calendar.Date) ([]duty.Setting, error) {
	return listed(ctx, s, NounSettings, func(tx Tx) ([]duty.Setting, error) {
		all, err := settingsInForce(tx)
		return slices.DeleteFunc(all, func(v duty.Setting) bool { return !v.Holds(date) }), err
	})
}

// SettingsRecorded lists what was recorded beside the defaults, in its order.
func (s *Service) SettingsRecorded(ctx context.Context) ([]Settings, error) {
	return listed(ctx, s, NounSettings, func(tx Tx) ([]Settings, error) { return gather(tx.Settings().List()) })
}

// dutyFaults are the faults of package duty, with pointers as this package writes them.
func dutyFaults(detail, strip string, err error) error {
	list, ok := errors.AsType[duty.Faults](err)
	if !ok {
		return err
	}
	out := &Error{Kind: Invalid, Detail: detail}
	for _, f := range list {
		out.Faults = append(out.Faults, Fault{snake(strings.TrimPrefix(f.Pointer, strip)), f.Code, f.Expected})
	}
	return out
}

// snake writes a pointer by the names of Go fields as one of small letters:
// /BankHolidays/0/From is /bank_holidays/0/from.
func snake(pointer string) string {
	var b strings.Builder
	before := '/'
	for _, r := range pointer {
		if unicode.IsUpper(r) && before != '/' {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
		before = r
	}
	return b.String()
}
