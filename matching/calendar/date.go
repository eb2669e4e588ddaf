// Package calendar has the school's own time: civil days, the ten sessions of a
// week, and which days are school days between two dates.
//
// There is no clock and no time zone in it: a [Date] is a day on the wall
// calendar in Europe/London, and whoever builds a snapshot decides which.
package calendar

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// A Date is a civil day, counted in days from 1970-01-01. The zero Date means
// "no date"; it is written as an empty text, which only encoding/json reads back.
type Date int32

const layout = "2006-01-02"

var errDate = errors.New("want a date such as 2026-11-23")

// NewDate returns the given day. Values outside their usual ranges are
// normalised, as by [time.Date].
func NewDate(year int, month time.Month, day int) Date {
	return Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// ParseDate reads an ISO date: four digits, two, two, and a day that exists,
// in the years 1971 to 9999.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(layout, s)
	if err != nil || t.Year() < 1971 {
		return 0, errDate
	}
	return Date(t.Unix() / 86400), nil
}

// MustDate is ParseDate for dates written in a program. It panics when s is none.
func MustDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(fmt.Sprintf("calendar.MustDate(%q): %v", s, err))
	}
	return d
}

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return time.Weekday(((int(d)+4)%7 + 7) % 7) }

// String writes an ISO date, and nothing for the zero Date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return time.Unix(int64(d)*86400, 0).UTC().Format(layout)
}

// MarshalText writes an ISO date.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalJSON reads an ISO date, or an empty text as no date: so a value with dates that are not
// given comes back as it was. Snapshots are read strictly instead, by UnmarshalText.
func (d *Date) UnmarshalJSON(data []byte) error {
	text := ""
	if err := json.Unmarshal(data, &text); err != nil {
		return errDate
	}
	if text == "" {
		if string(data) != "null" {
			*d = 0
		}
		return nil
	}
	return d.UnmarshalText([]byte(text))
}

// UnmarshalText reads an ISO date.
func (d *Date) UnmarshalText(text []byte) error {
	read, err := ParseDate(string(text))
	*d = read
	return err
}
