package text

import (
	"strings"
	"time"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// Date is a day as people write it: "Mon 30 Nov 2026".
func Date(d calendar.Date) string {
	if d == 0 {
		return "no date"
	}
	return time.Unix(int64(d)*86400, 0).UTC().Format("Mon 2 Jan 2006")
}

// Session is a session's name as people write it: "Wed am".
func Session(name string) string {
	day, half, found := strings.Cut(name, "-")
	if !found || day == "" {
		return name
	}
	return strings.ToUpper(day[:1]) + day[1:] + " " + half
}

var dayNames = [5]string{"Mon", "Tue", "Wed", "Thu", "Fri"}

// Week says which sessions are in a set: "Mon to Wed", "mornings Mon to Fri", "Tue and Wed am".
func Week(set calendar.Sessions) string {
	if set == calendar.Week {
		return "all week"
	}
	var whole, mornings, afternoons []int
	for day := range 5 {
		am, pm := set.Has(calendar.Session(2*day)), set.Has(calendar.Session(2*day+1))
		switch {
		case am && pm:
			whole = append(whole, day)
		case am:
			mornings = append(mornings, day)
		case pm:
			afternoons = append(afternoons, day)
		}
	}
	var parts []string
	if len(whole) > 0 {
		parts = append(parts, runs(whole, ""))
	}
	parts = append(parts, halves(mornings, "mornings", " am")...)
	parts = append(parts, halves(afternoons, "afternoons", " pm")...)
	return List(parts)
}

func halves(days []int, name, suffix string) []string {
	switch {
	case len(days) == 0:
		return nil
	case len(days) > 2:
		return []string{name + " " + runs(days, "")}
	}
	return []string{runs(days, suffix)}
}

// runs names days, three and more in a row as "Mon to Wed".
func runs(days []int, suffix string) string {
	var parts []string
	for i := 0; i < len(days); {
		j := i
		for j+1 < len(days) && days[j+1] == days[j]+1 {
			j++
		}
		if j-i >= 2 {
			parts = append(parts, dayNames[days[i]]+" to "+dayNames[days[j]]+suffix)
			i = j + 1
			continue
		}
		parts = append(parts, dayNames[days[i]]+suffix)
		i++
	}
	return List(parts)
}

// Sessions are the sessions of a stay's pattern.
func (w *Words) Sessions(stay matching.Stay) calendar.Sessions {
	g := w.groups[stay.Group]
	if g == nil {
		return 0
	}
	for _, p := range g.Patterns {
		if p.ID == stay.Pattern {
			return p.Sessions
		}
	}
	return g.Timetable
}

// Days says on which days of the week a stay is.
func (w *Words) Days(stay matching.Stay) string { return Week(w.Sessions(stay)) }

// Dates says from when to when a stay lasts.
func Dates(stay matching.Stay) string {
	switch stay.From {
	case 0:
		return "no start date"
	case stay.To:
		return Date(stay.From) + " only"
	}
	return Date(stay.From) + " to " + Date(stay.To)
}

// Horizon is the last day of any placement.
func (w *Words) Horizon() calendar.Date { return w.snapshot.Horizon }
