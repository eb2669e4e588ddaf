package generate

import (
	"time"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// Days and halves of the week.
var (
	mondays   = calendar.OnDays(time.Monday)
	fridays   = calendar.OnDays(time.Friday)
	mornings  = calendar.Of(calendar.MonAM, calendar.TueAM, calendar.WedAM, calendar.ThuAM, calendar.FriAM)
	monTue    = calendar.OnDays(time.Monday, time.Tuesday)
	tueWed    = calendar.OnDays(time.Tuesday, time.Wednesday)
	thuFri    = calendar.OnDays(time.Thursday, time.Friday)
	monToWed  = calendar.OnDays(time.Monday, time.Tuesday, time.Wednesday)
	monWedFri = calendar.OnDays(time.Monday, time.Wednesday, time.Friday)
	tueThu    = calendar.OnDays(time.Tuesday, time.Thursday)
	monToThu  = calendar.Week &^ fridays
	tueToFri  = calendar.Week &^ mondays
)

// A format is a way of working that the reports describe (Y1 to Y15 of the requirements).
type format struct {
	name       string
	weight     int // of a thousand groups
	bands      shares[band]
	timetables [][]matching.Pattern // one of them; its first pattern is all of it
	places     [2]int               // from, to
	adults     [2]int               // thousandths of an adult for each place, from and to
	weeks      []matching.Length    // one of them; none: until the group closes
	days       *matching.Length
	starts     starts
	reasons    []string // accepted; none: all but those of short stays
	newcomers  int      // of a thousand groups, those where newcomers work apart at first
	outside    int      // of a thousand groups, those that are no registered school
	sex        matching.Sex
	calm       bool // always in a zone without aggressive pupils
	skills     bool // offers trades
	approaches []string
	cost       int // pence for a session
}

// A band is the years that a group takes.
type band struct {
	name  string
	years []int
}

var (
	infants   = band{"Key Stage 1", []int{0, 1, 2}}
	juniors   = band{"Key Stage 2", []int{3, 4, 5, 6}}
	primary   = band{"primary", []int{0, 1, 2, 3, 4, 5, 6}}
	lower     = band{"Key Stage 3", []int{7, 8, 9}}
	upper     = band{"Key Stage 4", []int{10, 11}}
	secondary = band{"secondary", []int{7, 8, 9, 10, 11}}
	year9     = band{"Year 9", []int{9}}
	year11    = band{"Year 11", []int{11}}
	post16    = band{"post-16", []int{12, 13}}
)

type starts int

const (
	anyDay starts = iota
	onMondays
	everySevenWeeks
	everyFiveWeeks
)

// weekly turns sessions into a timetable: the first are all of it, the rest are patterns.
func weekly(all calendar.Sessions, parts ...matching.Pattern) []matching.Pattern {
	return append([]matching.Pattern{{ID: "all", Sessions: all}}, parts...)
}

func part(id matching.PatternID, sessions calendar.Sessions) matching.Pattern {
	return matching.Pattern{ID: id, Sessions: sessions}
}

var wholeWeek = weekly(calendar.Week, part("mornings", mornings), part("mon-wed", monToWed), part("thu-fri", thuFri))

// Groups of few places are shared by many: most pupils of a group come part of the week.
var formats = []format{
	{ // Y5, Y6, Y14, and Key Stage 4 of Y1
		name: "Whole week", weight: 230, bands: shares[band]{{primary, 12}, {juniors, 10}, {lower, 33}, {upper, 32}, {secondary, 8}, {year11, 5}},
		timetables: [][]matching.Pattern{wholeWeek}, places: [2]int{12, 18}, adults: [2]int{250, 340},
		weeks: []matching.Length{{}, {Min: 6, Usual: 13, Max: 38}}, newcomers: 300,
		approaches: []string{"small_group", "structured", "academic"}, cost: 5200,
	},
	{ // Y1: pre-exclusion only
		name: "Reset", weight: 130, bands: shares[band]{{lower, 70}, {juniors, 30}},
		timetables: [][]matching.Pattern{
			weekly(monToThu, part("mon-tue", monTue), part("wed-thu", monToThu&^monTue)),
			weekly(tueToFri, part("tue-wed", tueWed), part("thu-fri", thuFri)),
		},
		places: [2]int{12, 16}, adults: [2]int{220, 300}, weeks: []matching.Length{{Min: 4, Usual: 6, Max: 12}}, starts: onMondays,
		reasons:    []string{"prevent_exclusion", "anxious_refusal", "reintegration_failed", "medical", "new_arrival", "not_in_education"},
		approaches: []string{"small_group", "structured"}, cost: 5000,
	},
	{ // Y7: school-based
		name: "Mornings", weight: 130, bands: shares[band]{{infants, 16}, {juniors, 24}, {lower, 40}, {upper, 20}},
		timetables: [][]matching.Pattern{weekly(mornings, part("mon-wed-fri", mornings&monWedFri), part("tue-thu", mornings&tueThu))},
		places:     [2]int{12, 16}, adults: [2]int{220, 300}, weeks: []matching.Length{{Min: 4, Usual: 12, Max: 26}},
		approaches: []string{"small_group", "therapeutic", "restorative"}, cost: 3800,
	},
	{
		name: "Afternoons", weight: 38, bands: shares[band]{{lower, 50}, {upper, 50}},
		timetables: [][]matching.Pattern{weekly(mornings<<1, part("mon-wed-fri", mornings<<1&monWedFri), part("tue-thu", mornings<<1&tueThu))},
		places:     [2]int{12, 16}, adults: [2]int{220, 300}, weeks: []matching.Length{{Min: 4, Usual: 12, Max: 26}},
		approaches: []string{"creative", "practical"}, cost: 3800,
	},
	{ // Y8, Y9
		name: "Two days", weight: 120, bands: shares[band]{{lower, 45}, {year9, 10}, {upper, 30}, {juniors, 15}},
		timetables: [][]matching.Pattern{
			weekly(tueWed, part("tue", tueWed&tueThu), part("wed", tueWed&monWedFri)),
			weekly(thuFri, part("thu", thuFri&tueThu), part("fri", fridays)), weekly(monTue, part("mon", mondays), part("tue", monTue&tueThu)),
		},
		places: [2]int{10, 14}, adults: [2]int{250, 350}, weeks: []matching.Length{{Min: 6, Usual: 8, Max: 12}}, starts: onMondays,
		approaches: []string{"practical", "outdoor"}, skills: true, cost: 6000,
	},
	{ // Y10: a cycle, with two days back at school
		name: "Three days", weight: 80, bands: shares[band]{{lower, 45}, {upper, 55}},
		timetables: [][]matching.Pattern{weekly(monToWed, part("mon-tue", monTue)), weekly(tueThu|thuFri, part("thu-fri", thuFri))},
		places:     [2]int{11, 15}, adults: [2]int{230, 320}, weeks: []matching.Length{{Min: 7, Usual: 7, Max: 7}}, starts: everySevenWeeks,
		approaches: []string{"practical", "mentoring"}, skills: true, cost: 5600,
	},
	{ // Y8: a course of twenty days
		name: "Twenty-day course", weight: 40, bands: shares[band]{{lower, 1}}, timetables: [][]matching.Pattern{weekly(calendar.Week)},
		places: [2]int{10, 14}, adults: [2]int{250, 330}, days: &matching.Length{Min: 20, Usual: 20, Max: 20}, starts: everyFiveWeeks,
		approaches: []string{"small_group", "structured", "restorative"}, cost: 5400,
	},
	{ // Y3: one to three days away
		name: "Short stay", weight: 50, bands: shares[band]{{secondary, 70}, {primary, 30}}, timetables: [][]matching.Pattern{wholeWeek},
		places: [2]int{4, 8}, adults: [2]int{300, 400}, days: &matching.Length{Min: 1, Usual: 3, Max: 3},
		reasons:    []string{"consequence", "safety", "respite"},
		approaches: []string{"restorative", "structured"}, cost: 4800,
	},
	{ // Y11
		name: "Themed week", weight: 40, bands: shares[band]{{upper, 1}},
		timetables: [][]matching.Pattern{weekly(calendar.Week, part("mon-tue", monTue), part("wed-thu", monToThu&^monTue), part("fri", fridays))},
		places:     [2]int{12, 17}, adults: [2]int{240, 320}, weeks: []matching.Length{{Min: 12, Usual: 26, Max: 38}},
		approaches: []string{"practical", "outdoor", "academic"}, skills: true, cost: 5200,
	},
	{ // Y12
		name: "Therapeutic", weight: 70, bands: shares[band]{{primary, 30}, {secondary, 70}}, timetables: [][]matching.Pattern{wholeWeek},
		places: [2]int{7, 10}, adults: [2]int{450, 600}, weeks: []matching.Length{{}, {Min: 12, Usual: 26, Max: 38}}, newcomers: 500, calm: true,
		approaches: []string{"therapeutic", "small_group"}, cost: 9500,
	},
	{ // Y4, Y13
		name: "Vocational", weight: 20, bands: shares[band]{{upper, 1}},
		timetables: [][]matching.Pattern{weekly(monToThu, part("mon-tue", monTue), part("wed-thu", monToThu&^monTue)), weekly(thuFri)},
		places:     [2]int{11, 15}, adults: [2]int{220, 300}, weeks: []matching.Length{{Min: 6, Usual: 13, Max: 38}}, outside: 800,
		approaches: []string{"practical"}, skills: true, cost: 4500,
	},
	{
		name: "Trades", weight: 52, bands: shares[band]{{upper, 85}, {year11, 15}},
		timetables: [][]matching.Pattern{weekly(thuFri, part("fri", fridays)), weekly(monTue, part("mon", mondays)), weekly(monToWed, part("tue-wed", tueWed))},
		places:     [2]int{10, 14}, adults: [2]int{220, 320}, weeks: []matching.Length{{Min: 6, Usual: 13, Max: 38}}, outside: 700,
		approaches: []string{"practical", "mentoring"}, skills: true, cost: 4500,
	},
	{ // Y6: pregnant girls and young mothers
		name: "Young mothers", weight: 6, bands: shares[band]{{secondary, 1}},
		timetables: [][]matching.Pattern{weekly(calendar.Week, part("mornings", mornings), part("mon-wed", monToWed))},
		places:     [2]int{10, 14}, adults: [2]int{250, 320}, weeks: []matching.Length{{Min: 6, Usual: 38, Max: 38}},
		sex: matching.Female, calm: true,
		reasons:    []string{"pregnant_or_parent", "medical", "not_in_education"},
		approaches: []string{"small_group", "mentoring"}, cost: 6500,
	},
	{ // Y13: girls only
		name: "Girls' group", weight: 12, bands: shares[band]{{year9, 40}, {lower, 60}},
		timetables: [][]matching.Pattern{weekly(tueWed, part("tue", tueWed&tueThu))},
		places:     [2]int{10, 14}, adults: [2]int{230, 320}, weeks: []matching.Length{{Min: 6, Usual: 12, Max: 26}}, sex: matching.Female,
		approaches: []string{"creative", "mentoring"}, skills: true, cost: 5000,
	},
	{
		name: "Boys' group", weight: 5, bands: shares[band]{{upper, 1}},
		timetables: [][]matching.Pattern{weekly(thuFri, part("fri", fridays))},
		places:     [2]int{10, 14}, adults: [2]int{230, 320}, weeks: []matching.Length{{Min: 6, Usual: 12, Max: 26}}, sex: matching.Male,
		approaches: []string{"outdoor", "mentoring"}, skills: true, cost: 5000,
	},
	{ // Y10: roll on, roll off, ages 16 to 19
		name: "Roll on, roll off", weight: 10, bands: shares[band]{{post16, 1}},
		timetables: [][]matching.Pattern{weekly(monToWed, part("mon-tue", monTue))},
		places:     [2]int{10, 14}, adults: [2]int{200, 280}, weeks: []matching.Length{{Min: 4, Usual: 22, Max: 22}},
		approaches: []string{"practical", "mentoring"}, skills: true, cost: 4200,
	},
	{ // Y2: one pupil at a time, beside whatever else the week holds
		name: "Designated worker", weight: 22, bands: shares[band]{{primary, 25}, {secondary, 75}},
		timetables: [][]matching.Pattern{
			weekly(calendar.Week, part("mon", mondays), part("tue", tueWed&tueThu), part("wed", tueWed&monWedFri),
				part("thu", thuFri&tueThu), part("fri", fridays)),
		},
		places: [2]int{1, 3}, adults: [2]int{1000, 1000}, weeks: []matching.Length{{Min: 6, Usual: 12, Max: 38}}, calm: true,
		approaches: []string{"mentoring", "advocacy"}, cost: 7000,
	},
}
