package form

import (
	"slices"
	"strconv"

	"example.org/backontrack/matching/calendar"
)

// crossRules hold answers against each other. They see only answers that are right by
// themselves.
var crossRules = []func(*checker){
	identity, birth, dateOrder, datesPast, asked, circumstances, care, specialNeeds, planAgrees,
	attendance, sdqTotals, eachExclusion, exclusionsTogether, exclusionTotals, riskDetails, apartSources, contacts, smallThings,
}

// identity looks at pupil and learner numbers.
func identity(c *checker) {
	if s, ok := c.form.Text("pupil.upn"); ok {
		upn, _ := ParseUPN(s)
		if upn.Temporary() {
			c.warn("pupil.upn", 0, "upn_temporary", "the number is a temporary one")
		}
		if !upn.AuthorityKnown() {
			c.warn("pupil.upn", 0, "upn_authority", "no authority is known by the three digits behind the check letter")
		}
		if c.form.Known("pupil.upn_missing") {
			c.wrong("pupil.upn_missing", 0, "upn_and_reason", "expected a number or a reason for having none, not both")
		}
	}
	if s, ok := c.form.Text("pupil.uln"); ok {
		if uln := ULN(s); !uln.Temporary() && !uln.CheckDigitFits() {
			c.warn("pupil.uln", 0, "uln_check", "the check digit does not fit the rest of the number")
		}
	}
}

// birth holds the date of birth against the day and the year group.
func birth(c *checker) {
	born, ok, plausible := c.born()
	if ok && !plausible {
		c.wrong("pupil.date_of_birth", 0, "age", "expected an age of 4 to 19 years")
	}
	if !plausible {
		return
	}
	year, ok := c.form.Year()
	if !ok {
		return
	}
	// In Year 1 are those who were five on the day before the school year began.
	began := calendar.NewDate(SchoolYear(c.on), 8, 31)
	apart := year + 4 - AgeOn(born, began)
	switch {
	case apart < -2 || apart > 2:
		c.wrong("pupil.year", 0, "year_and_age", "expected a year group within two years of the age")
	case apart != 0:
		c.warn("pupil.year", 0, "year_and_age", "the year group is not that of the age")
	}
}

// born is the pupil's date of birth, whether it is known, and whether it can be so.
func (c *checker) born() (born calendar.Date, known, plausible bool) {
	born, known = c.form.Date("pupil.date_of_birth")
	age := AgeOn(born, c.on)
	return born, known, known && born <= c.on && age >= 4 && age <= 19
}

// periods are dates of which the first may not be after the second.
var periods = [][2]string{
	{"education.part_time_from", "education.part_time_until"},
	{"education.schools.from", "education.schools.to"},
	{"education.managed_moves.from", "education.managed_moves.until"},
	{"education.reintegrations.from", "education.reintegrations.until"},
	{"baseline.exclusions.from", "baseline.exclusions.to"},
	{"agencies.workers.from", "agencies.workers.until"},
	{"apart.pupils.from", "apart.pupils.until"},
}

// dateOrder wants starts before ends.
func dateOrder(c *checker) {
	for _, p := range periods {
		for _, row := range c.rowsOf(p[0]) {
			start, ok1 := c.form.date(p[0], row)
			end, ok2 := c.form.date(p[1], row)
			if ok1 && ok2 && end < start {
				c.wrong(p[1], row, "end_before_start", "expected a day that is not before the first")
			}
		}
	}
	referred, ok1 := c.form.Date("referral.date")
	deadline, ok2 := c.form.Date("referral.deadline")
	if ok1 && ok2 && deadline < referred {
		c.warn("referral.deadline", 0, "deadline_past", "the day is before that of the referral")
	}
	if ready, ok := c.form.Date("referral.ready_from"); ok && ok2 && deadline < ready {
		c.warn("referral.ready_from", 0, "after_deadline", "the day is after the latest lawful first day")
	}
}

// rowsOf are the rows of an item, or row 0 for a field that is no item.
func (c *checker) rowsOf(key string) []int {
	if e := table.byKey[key]; e.rows != nil {
		return c.form.Rows(e.rows.Key)
	}
	return []int{0}
}

// past are days that have been, and not before the pupil was born.
var past = []string{
	"referral.date", "referral.duration_discussed", "referral.leader_signed", "education.last_attended", "education.plan_date",
	"education.schools.from", "education.managed_moves.from", "education.reintegrations.from", "education.diagnoses.date", "education.needs.since",
	"baseline.exclusions.from", "baseline.reading_date", "baseline.sdq.date", "baseline.instruments.date", "baseline.cat4.date",
	"risk.assessed_on", "risk.details.date", "agreed.withdrawn", "agencies.workers.from",
}

func datesPast(c *checker) {
	born, _, plausible := c.born()
	for _, key := range past {
		for _, row := range c.rowsOf(key) {
			d, ok := c.form.date(key, row)
			switch {
			case ok && d > c.on:
				c.wrong(key, row, "future", "expected a day that has been")
			case ok && plausible && d < born:
				c.wrong(key, row, "before_birth", "expected a day since the pupil was born")
			}
		}
	}
}

// asked holds what is asked for together.
func asked(c *checker) {
	pattern, ok := c.form.Sessions("referral.wants_pattern")
	if n, known := c.form.Int("referral.wants_sessions"); ok && known && pattern.Len() != n {
		c.warn("referral.wants_pattern", 0, "sessions_differ", "there are more or fewer sessions than the number asked for a week")
	}
	if busy, known := c.form.Sessions("education.busy"); ok && known && pattern&busy != 0 {
		c.warn("referral.wants_pattern", 0, "busy", "some of these sessions are spoken for already")
	}
	roll, _ := c.form.Code("referral.roll")
	if tier, _ := c.form.Code("referral.tier"); tier == "outreach" && roll == "single" {
		c.warn("referral.roll", 0, "roll_and_tier", "support in school leaves the pupil on the home school's roll")
	}
	if aim, _ := c.form.Code("referral.aim"); aim == "reintegration" && roll == "single" {
		c.warn("referral.roll", 0, "roll_and_aim", "a return needs a school that keeps the pupil on its roll")
	}
	first, ok1 := c.form.Code("referral.behaviour")
	second, ok2 := c.form.Code("referral.behaviour_second")
	if ok1 && ok2 && first == second {
		c.wrong("referral.behaviour_second", 0, "same", "expected another concern than the main one")
	}
}

// circumstances holds those ticked against the sections that tell more (D6).
func circumstances(c *checker) {
	list, ok := c.form.Codes("referral.circumstances")
	if !ok {
		return
	}
	const key = "referral.circumstances"
	has := func(code string) bool { return slices.Contains(list, code) }
	if has("sen_with_plan") && has("sen_without_plan") {
		c.wrong(key, 0, "plan_twice", "expected special needs either with a plan or without one")
	}
	if ehcp, known := c.form.EHCP(); known && ehcp != has("sen_with_plan") {
		c.warn(key, 0, "plan_differs", "section D says otherwise of a plan")
	}
	if lac, known := c.form.LookedAfter(); known && lac != has("looked_after") {
		c.warn(key, 0, "looked_after_differs", "section F says otherwise of being looked after")
	}
	if sex, _ := c.form.Code("pupil.sex"); sex == "M" && has("pregnant") {
		c.warn(key, 0, "pregnant", "a pregnancy does not go with the legal sex")
	}
	if tenths, known := c.form.Tenths("baseline.attendance"); known && tenths <= 900 && !has("persistent_absence") {
		c.warn(key, 0, "absence_differs", "a tenth or more of the sessions were missed, and persistent absence is not among the circumstances")
	}
}

// Year is the National Curriculum year, Reception 0 and nursery below it, and whether it
// is known.
func (f Form) Year() (int, bool) {
	s, ok := f.text("pupil.year", 0)
	if !ok {
		return 0, false
	}
	return yearNumber(s)
}

func yearNumber(code string) (int, bool) {
	switch code {
	case "N1":
		return -2, true
	case "N2":
		return -1, true
	case "R":
		return 0, true
	}
	n, err := strconv.Atoi(code)
	return n, err == nil
}
