// Package duty has the panel's calendars and clocks: school years with their terms,
// closures and bank holidays; every number that a law, guidance or an authority sets,
// with dates and a source; and what follows from both: by which day something is due,
// how it stands today, and when a stay is reviewed.
//
// A [Calendar] is made of the school years of one school or authority, and knows no
// day outside them: what would fall there is not known, and is said to be so. A
// [Clock] is a calendar with [Settings]. It answers for plain facts, such as an
// [Exclusion] or a [Stay], and never asks what day it is: today is always an argument,
// which [InLondon] gives for an instant.
//
// The statutory numbers are those of docs/reference/duties.md, where each has its
// source and whether anybody has checked it. The package advises; it is not the law.
package duty

import (
	"time"
	_ "time/tzdata" // a server may have no time zones of its own

	"example.org/backontrack/matching/calendar"
)

// InLondon is the civil day in Europe/London at an instant. Between midnight and one
// o'clock of a summer night that is the day after the day in UTC.
func InLondon(instant time.Time) calendar.Date {
	return calendar.NewDate(instant.In(london).Date())
}

var london = mustLoad("Europe/London")

// mustLoad cannot fail for a zone that is built in.
func mustLoad(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}
