package form

import (
	"slices"

	"example.org/backontrack/matching/calendar"
)

// care holds looked-after status, the care home and the authority together.
func care(c *checker) {
	home, known := c.form.YesNo("agencies.care_home")
	if _, ok := c.form.Answer("agencies.responsible_la", 0); known && home && !ok {
		c.wrong("agencies.responsible_la", 0, "care_home_authority", "expected the responsible authority of a pupil in a care home")
	}
	if known && !home && c.form.Known("agencies.care_home_id") {
		c.wrong("agencies.care_home_id", 0, "care_home", "expected no care home where the pupil lives in none")
	}
	status, ok := c.form.Code("agencies.looked_after")
	if ok && known && home && status != "current" {
		c.warn("agencies.looked_after", 0, "care_home_status", "the pupil lives in a care home and is not looked after")
	}
	if where, said := c.form.Code("agencies.placement_type"); said && known && (where == "care_home") != home {
		c.warn("agencies.placement_type", 0, "care_home_differs", "another answer says otherwise of a care home")
	}
	if level, said := c.form.Code("agencies.level"); said && ok && (level == "lac") != (status == "current") {
		c.warn("agencies.level", 0, "level_differs", "another answer says otherwise of being looked after")
	}
}

// specialNeeds holds types of need against the provision made for them.
func specialNeeds(c *checker) {
	provision, known := c.form.Code("education.sen_provision")
	var seen []string
	for _, row := range c.form.Rows("education.needs") {
		need, ok := c.form.Row("education.needs", row).Text("type")
		if !ok {
			continue
		}
		const key = "education.needs.type"
		if slices.Contains(seen, need) {
			c.wrong(key, row, "repeated", "expected each type of need once")
		}
		seen = append(seen, need)
		if known && provision == "N" {
			c.wrong(key, row, "need_without_provision", "expected a type of need only with SEN support or a plan")
		}
		if known && provision == "E" && need == "NSA" {
			c.warn(key, row, "need_not_assessed", "a pupil with a plan has been assessed, and this says not")
		}
	}
}

// planAgrees holds the stage of a plan against the provision.
func planAgrees(c *checker) {
	provision, ok1 := c.form.Code("education.sen_provision")
	plan, ok2 := c.form.Code("education.plan")
	if ok1 && ok2 && (provision == "E") != (plan == "issued") {
		c.wrong("education.plan", 0, "plan_and_provision", "expected an issued plan with the provision E, and only then")
	}
}

// attendance holds the percentage against the sessions.
func attendance(c *checker) {
	possible, ok1 := c.form.Int("baseline.sessions_possible")
	attended, ok2 := c.form.Int("baseline.sessions_attended")
	if !ok1 || !ok2 {
		return
	}
	if attended > possible {
		c.wrong("baseline.sessions_attended", 0, "more_than_possible", "expected no more sessions than were possible")
		return
	}
	if percent, ok := c.form.Tenths("baseline.attendance"); ok && possible > 0 {
		if off := percent*possible - 1000*attended; off > 10*possible || off < -10*possible {
			c.warn("baseline.attendance", 0, "attendance_differs", "the percentage is more than one point from what the sessions give")
		}
	}
}

// sdqTotals wants the total to be the sum of the four difficulties.
func sdqTotals(c *checker) {
	for _, row := range c.form.Rows("baseline.sdq") {
		r := c.form.Row("baseline.sdq", row)
		total, all := r.Int(SDQTotal)
		for _, scale := range sdqDifficulties {
			n, ok := r.Int(scale)
			all = all && ok
			total -= n
		}
		if all && total != 0 {
			c.wrong("baseline.sdq.total", row, "sdq_total", "expected the sum of emotion, conduct, hyperactivity and peers")
		}
	}
}

// An exclusion is a row of baseline.exclusions, as far as it is known.
type exclusion struct {
	row                   int
	kind                  string
	from, to              calendar.Date
	sessions              int
	reasons               []string
	dated, ended, counted bool // whether the first day, the last, and the sessions are known
}

func (f Form) exclusions() []exclusion {
	var list []exclusion
	for _, n := range f.Rows("baseline.exclusions") {
		r := f.Row("baseline.exclusions", n)
		e := exclusion{row: n}
		e.kind, _ = r.Text("type")
		e.from, e.dated = r.Date("from")
		if e.to, e.ended = r.Date("to"); !e.ended {
			e.to = e.from
		}
		e.sessions, e.counted = r.Int("sessions")
		e.reasons, _ = r.Codes("reasons")
		list = append(list, e)
	}
	return list
}

// eachExclusion looks at every exclusion by itself.
func eachExclusion(c *checker) {
	for _, e := range c.form.exclusions() {
		if e.dated && e.ended && e.counted && e.to >= e.from {
			weekdays := calendar.NewDays(e.from, min(e.to, e.from+400), nil).Count(e.from, min(e.to, e.from+400))
			switch {
			case e.kind == "LNCH" && e.sessions > weekdays:
				c.wrong("baseline.exclusions.sessions", e.row, "lunchtime", "expected one session for each lunchtime")
			case e.kind == "SUSP" && e.sessions > 2*weekdays:
				c.wrong("baseline.exclusions.sessions", e.row, "too_many_sessions", "expected at most two sessions for each day")
			}
		}
		if e.kind == "PERM" && e.counted {
			c.warn("baseline.exclusions.sessions", e.row, "permanent", "a permanent exclusion has no number of sessions")
		}
		if !e.dated {
			continue
		}
		inForce := ExclusionReasons(e.from)
		for _, reason := range e.reasons {
			if !slices.Contains(inForce, reason) {
				c.warn("baseline.exclusions.reasons", e.row, "reason_of_another_year", "a reason was not in force on the first day")
				break
			}
		}
	}
}

// exclusionsTogether wants no two suspensions on one day.
func exclusionsTogether(c *checker) {
	var list []exclusion
	for _, e := range c.form.exclusions() {
		if e.dated && e.kind == "SUSP" {
			list = append(list, e)
		}
	}
	for i, later := range list {
		for _, e := range list[:i] {
			if e.from <= later.to && later.from <= e.to {
				c.wrong("baseline.exclusions.from", later.row, "overlap", "expected no day of another suspension")
				break
			}
		}
	}
}

// exclusionTotals holds the counts of this school year against the rows, and against the
// most that a school year allows: 45 days, which is warned of and not refused, since
// pupils are on record above it.
func exclusionTotals(c *checker) {
	count, sessions := 0, 0
	allCounted := true
	for _, e := range c.form.exclusions() {
		switch {
		case !e.dated:
			allCounted = false
		case SchoolYear(e.from) == SchoolYear(c.on) && e.kind != "PERM":
			if e.kind == "SUSP" {
				count++
			}
			sessions += e.sessions
			allCounted = allCounted && e.counted
		}
	}
	tenths, known := c.form.Tenths("baseline.suspended_days")
	if known && tenths > 450 || sessions > 90 {
		c.warn("baseline.suspended_days", 0, "over_45_days", "there are more than the 45 school days that one school year allows")
	}
	if len(c.form.exclusions()) == 0 {
		return
	}
	if n, ok := c.form.Int("baseline.suspensions"); ok && n != count {
		c.warn("baseline.suspensions", 0, "count_differs", "another number of suspensions is listed for this school year")
	}
	if known && allCounted && tenths != 5*sessions {
		c.warn("baseline.suspended_days", 0, "days_differ", "another number of sessions is listed for this school year")
	}
}

// riskDetails holds the rows behind the risks against their levels.
func riskDetails(c *checker) {
	var seen []string
	for _, row := range c.form.Rows("risk.details") {
		item, ok := c.form.Row("risk.details", row).Text("item")
		if !ok {
			continue
		}
		if slices.Contains(seen, item) {
			c.wrong("risk.details.item", row, "repeated", "expected one row for each risk")
		}
		seen = append(seen, item)
		if level, known := c.form.Code("risk." + item); known && level == none {
			c.warn("risk.details.item", row, "level_none", "there are details of a risk whose level is none")
		}
	}
	for _, item := range riskItems {
		level, known := c.form.Code("risk." + item.code)
		if known && (level == "medium" || level == "high") && !slices.Contains(seen, item.code) {
			c.warn("risk."+item.code, 0, "no_details", "nothing stands behind this level")
		}
	}
}

// apartSources wants a source for whatever says who must be apart, and somebody to be
// apart from.
func apartSources(c *checker) {
	for _, rows := range []string{"apart.pupils", "apart.affiliations"} {
		for _, row := range c.form.Rows(rows) {
			if _, ok := c.form.Row(rows, row).Text("source"); !ok {
				c.wrong(rows+".source", row, "no_source", "expected who says so")
			}
		}
	}
	for _, row := range c.form.Rows("apart.pupils") {
		_, id := c.form.Row("apart.pupils", row).Text("pupil")
		_, name := c.form.Row("apart.pupils", row).Text("name")
		if !id && !name {
			c.wrong("apart.pupils.pupil", row, "nobody", "expected a pupil, or a name")
		}
	}
}

// contacts wants somebody with parental responsibility among them.
func contacts(c *checker) {
	rows := c.form.Rows("family.contacts")
	for _, row := range rows {
		if responsible, known := c.form.Row("family.contacts", row).YesNo("parental_responsibility"); responsible || !known {
			return
		}
	}
	if len(rows) > 0 {
		c.warn("family.contacts.parental_responsibility", rows[0], "nobody_responsible", "no contact has parental responsibility")
	}
}

// smallThings are contradictions of two answers.
func smallThings(c *checker) {
	if meals, known := c.form.YesNo("pupil.free_school_meals"); known && !meals && c.form.Known("pupil.free_school_meals_kind") {
		c.wrong("pupil.free_school_meals_kind", 0, "no_meals", "expected no kind of free school meals where there are none")
	}
	if c.form.Known("agreed.withdrawn") {
		c.warn("agreed.withdrawn", 0, "withdrawn", "an agreement was withdrawn")
	}
	if route, _ := c.form.Code("referral.route"); route == "day6_pex" && c.form.Known("baseline.exclusions") {
		permanent := slices.ContainsFunc(c.form.exclusions(), func(e exclusion) bool { return e.kind == "PERM" })
		if !permanent {
			c.warn("baseline.exclusions", 0, "no_permanent", "the route is that of a permanent exclusion, and none is listed")
		}
	}
}
