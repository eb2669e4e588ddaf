package form

import (
	"slices"
	"strings"
	"time"

	"example.org/backontrack/matching/calendar"
)

// reasonSets are the reasons of exclusions that were in force from a date on. The first
// day of the last set is not confirmed, so a reason of another set is a warning.
var reasonSets = []struct {
	from  calendar.Date
	codes []string
}{
	{0, strings.Fields("PP PA VP VA BU RA SM DA DM TH DB OT")},
	{calendar.MustDate("2020-09-01"), strings.Fields("PP PA VP VA OW BU RA LG DS SM DA DM TH DB MT PH")},
	{calendar.MustDate("2026-09-01"), listCodes(exclusionReasonCodes)},
}

func listCodes(text string) []string {
	var codes []string
	for _, c := range parseCodes(text) {
		codes = append(codes, c.Code)
	}
	return codes
}

// ExclusionReasons are the codes of the reasons of exclusions in force on a day: twelve
// until the summer of 2020, sixteen until that of 2026, and since then the wider set.
func ExclusionReasons(on calendar.Date) []string {
	codes := reasonSets[0].codes
	for _, set := range reasonSets {
		if set.from <= on {
			codes = set.codes
		}
	}
	return slices.Clone(codes)
}

// SchoolYear is the year in which the school year of a day began, on 1 September.
func SchoolYear(d calendar.Date) int {
	year, month, _ := civil(d)
	if month < time.September {
		return year - 1
	}
	return year
}

// civil takes a day apart.
func civil(d calendar.Date) (year int, month time.Month, day int) {
	return time.Unix(int64(d)*24*60*60, 0).UTC().Date()
}

// AgeOn is the age in whole years, on a day, of somebody born on another. Who was born
// on 29 February is a year older on 1 March.
func AgeOn(born, on calendar.Date) int {
	by, bm, bd := civil(born)
	y, m, d := civil(on)
	if m < bm || m == bm && d < bd {
		return y - by - 1
	}
	return y - by
}
