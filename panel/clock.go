package panel

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/duty"
)

// schoolYears are the newest versions of the recorded school years of an authority, in
// order. No authority named is the first that has any.
func schoolYears(tx Tx, authority string) ([]duty.Year, error) {
	stored, err := gather(tx.Years().List())
	if err != nil {
		return nil, err
	}
	if authority == "" && len(stored) > 0 {
		authority = slices.MinFunc(stored, func(a, b Year) int { return cmp.Compare(a.Year.Authority, b.Year.Authority) }).Year.Authority
	}
	newest := map[string]duty.Year{}
	for _, y := range stored {
		if y.Year.Authority == authority {
			newest[y.Year.Name] = y.Year
		}
	}
	years := slices.Collect(maps.Values(newest))
	slices.SortFunc(years, func(a, b duty.Year) int { return cmp.Compare(a.Terms[0].From, b.Terms[0].From) })
	return years, nil
}

// calendarOf is the calendar of an authority, or nil while no school year is recorded.
func calendarOf(tx Tx, authority string) (*duty.Calendar, error) {
	years, err := schoolYears(tx, authority)
	if err != nil || len(years) == 0 {
		return nil, err
	}
	days, err := duty.NewCalendar(years...)
	if err != nil {
		return nil, &Error{Kind: Corrupt, Detail: "the recorded school years do not make a calendar", Err: err}
	}
	return days, nil
}

// closures are the days on which no session takes place. While no school year is recorded,
// none are known; beyond the years that are, every day is closed.
func closures(tx Tx, authority string, from, to calendar.Date) ([]calendar.Closure, error) {
	days, err := calendarOf(tx, authority)
	if err != nil || days == nil {
		return nil, err
	}
	return days.ClosuresBetween(from, to), nil
}

// horizon is the last day to plan for where a meeting does not say: the end of the school year.
func horizon(day calendar.Date) calendar.Date {
	year, month, _ := time.Unix(int64(day)*secondsPerDay, 0).UTC().Date()
	if month > time.July {
		year++
	}
	return calendar.NewDate(year, time.July, 31)
}

const secondsPerDay = 24 * 60 * 60

// settingsInForce are the defaults, with all that was recorded since in its order.
func settingsInForce(tx Tx) (duty.Settings, error) {
	settings := duty.Defaults()
	for stored, err := range tx.Settings().List() {
		if err != nil {
			return nil, err
		}
		if settings, err = settings.With(stored.Values); err != nil {
			return nil, &Error{Kind: Corrupt, Detail: "the recorded settings do not go together", Err: err}
		}
	}
	return settings, nil
}

// clockOf is the clock of an authority, or nil while no school year is recorded.
func clockOf(tx Tx, authority string) (*duty.Clock, error) {
	days, err := calendarOf(tx, authority)
	if err != nil || days == nil {
		return nil, err
	}
	settings, err := settingsInForce(tx)
	if err != nil {
		return nil, err
	}
	return duty.NewClock(days, settings)
}

// answerBy is the day by which a provider answers an offer; zero where it is not known.
func answerBy(tx Tx, authority string, day calendar.Date) (calendar.Date, error) {
	clock, err := clockOf(tx, authority)
	if err != nil || clock == nil {
		return 0, err
	}
	for _, d := range clock.Offer(duty.Offer{On: day}) {
		if d.Code == duty.Answer {
			return d.Due, nil
		}
	}
	return 0, nil
}
