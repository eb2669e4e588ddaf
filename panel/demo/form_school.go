package demo

import (
	"strconv"
	"time"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/form"
)

// education is where the pupil was taught, and how far that came (section D).
func (f *filling) education() {
	primary := calendar.NewDate(2026-f.facts.Year, time.September, 3)
	f.row("education.schools.name", 1, "Medlar Lane Primary School")
	f.row("education.schools.from", 1, day(primary))
	if f.facts.Year > 6 {
		moved := calendar.NewDate(2033-f.facts.Year, time.September, 3)
		f.row("education.schools.to", 1, day(moved-40))
		f.row("education.schools.name", 2, f.by.name)
		f.row("education.schools.from", 2, day(moved))
	}
	f.say("education.last_attended", day(f.on-calendar.Date(f.between(12, 0, 3))))
	f.row("education.attainment.subject", 1, "english")
	f.row("education.attainment.now", 1, "Working at the level of Year "+strconv.Itoa(max(1, f.facts.Year-2)))
	f.row("education.attainment.subject", 2, "maths")
	f.row("education.attainment.now", 2, "Working at the level of Year "+strconv.Itoa(max(1, f.facts.Year-1)))
	if f.keyStage4() {
		f.row("education.qualifications.subject", 1, "English Language")
		f.row("education.qualifications.kind", 1, "GCSE")
		f.row("education.qualifications.subject", 2, "Mathematics")
		f.row("education.qualifications.kind", 2, "GCSE")
		f.say("education.access_arrangements", "A quarter more time, and a reader.")
	}
	f.say("education.managed_moves", "none")
	if f.asks.Reason == "reintegration_failed" {
		f.row("education.reintegrations.school", 1, f.by.name)
		f.row("education.reintegrations.from", 1, "2026-09-03")
		f.row("education.reintegrations.until", 1, "2026-10-16")
		f.row("education.reintegrations.outcome", 1, "Two days in seven weeks without leaving a lesson.")
	} else {
		f.say("education.reintegrations", "none")
	}
	f.say("education.part_time", "no")
}

// specialNeeds are the needs that groups are equipped for, and the plan (section D).
func (f *filling) specialNeeds() {
	switch {
	case f.facts.EHCP:
		f.seen("education.sen_provision", "E")
		f.seen("education.plan", "issued")
		f.seen("education.plan_date", "2025-03-14")
		f.say("education.plan_contact", "Authority's team for special needs, case "+strconv.Itoa(4000+f.n))
		f.say("education.plan_review", "2027-03-12")
	case len(f.facts.Needs) > 0:
		f.say("education.sen_provision", "K")
		f.say("education.plan", "none")
	default:
		f.say("education.sen_provision", "N")
		f.say("education.plan", "none")
	}
	for i, n := range f.facts.Needs {
		f.row("education.needs.type", i+1, n.Code)
		f.row("education.needs.must", i+1, map[bool]string{true: "yes", false: "no"}[n.Must])
	}
	if f.facts.Support == "" {
		f.unknown("education.support", "nobody has watched him in a lesson yet")
	} else {
		f.say("education.support", f.facts.Support)
		if f.facts.Support == "one_to_one" {
			f.yesNo("education.own_adult", f.asks.OwnAdult)
		}
	}
}

// week is what the pupil's week has no room for (section D).
func (f *filling) week() {
	var busy []string
	for s := range f.facts.Busy.All() {
		busy = append(busy, s.String())
	}
	f.list("education.busy", busy)
}

// sessionsSoFar is how many sessions the school year has had by the middle of November.
const sessionsSoFar = 100

// attended is the attendance in tenths of a per cent.
func (c *child) attended() int { return 10 * c.between(13, 58, 97) }

// attendance is the first of the baselines (section E).
func (f *filling) attendance() {
	f.seen("baseline.attendance", form.FormatTenths(f.attended()))
	f.seen("baseline.sessions_possible", strconv.Itoa(sessionsSoFar))
	f.seen("baseline.sessions_attended", strconv.Itoa(f.attended()*sessionsSoFar/1000))
	f.row("baseline.attendance_years.year", 1, "2025")
	f.row("baseline.attendance_years.percent", 1, form.FormatTenths(f.attended()+20))
}

// exclusions are those of this school year, one by one (section E).
func (f *filling) exclusions() {
	count, halfDays := 0, 0
	if f.asks.Reason != "medical" && f.asks.Reason != "anxious_refusal" && f.asks.Reason != "new_arrival" {
		count = f.between(14, 0, 2)
	}
	first := []calendar.Date{calendar.MustDate("2026-09-22"), calendar.MustDate("2026-10-13")}
	for i := range count {
		sessions := f.between(15+i, 1, 3)
		halfDays += sessions
		f.row("baseline.exclusions.type", i+1, "SUSP")
		f.row("baseline.exclusions.from", i+1, day(first[i]))
		f.row("baseline.exclusions.to", i+1, day(first[i]+calendar.Date((sessions-1)/2)))
		f.row("baseline.exclusions.sessions", i+1, strconv.Itoa(sessions))
		f.row("baseline.exclusions.reasons", i+1, f.pick(16+i, "PP", "VA", "CB", "DM"))
	}
	if f.asks.Reason == "permanently_excluded" {
		f.row("baseline.exclusions.type", count+1, "PERM")
		f.row("baseline.exclusions.from", count+1, day(f.on))
		f.row("baseline.exclusions.reasons", count+1, map[bool]string{true: "DM", false: "PP"}[f.has("arson")])
	} else if count == 0 {
		f.say("baseline.exclusions", "none")
	}
	f.number("baseline.suspensions", count)
	f.say("baseline.suspended_days", form.FormatTenths(5*halfDays))
	f.say("baseline.behaviour", "It begins with a task that looks too hard. A joke, a chair pushed back, and out of the door. Afterwards quiet, and sorry.")
}

// instruments are the measures that later ones are held against (D5, section E).
func (f *filling) instruments() {
	age := max(6, f.facts.Year+2)
	f.say("baseline.reading_age", strconv.Itoa(age)+":0"+strconv.Itoa(f.between(18, 0, 9)))
	f.say("baseline.reading_test", "Single word reading test")
	f.say("baseline.number_level", "Year "+strconv.Itoa(max(1, f.facts.Year-2)))
	total := 0
	for i, scale := range []string{"emotion", "conduct", "hyperactivity", "peer"} {
		n := f.between(19+i, 2, 9)
		total += n
		f.row("baseline.sdq."+scale, 1, strconv.Itoa(n))
	}
	f.row("baseline.sdq.respondent", 1, "teacher")
	f.row("baseline.sdq.date", 1, "2026-10-02")
	f.row("baseline.sdq.prosocial", 1, strconv.Itoa(f.between(23, 2, 9)))
	f.row("baseline.sdq.total", 1, strconv.Itoa(total))
	for i, tool := range []string{"pbas", "pass", "elat", "thrive"} {
		f.row("baseline.instruments.tool", i+1, tool)
		f.row("baseline.instruments.date", i+1, "2026-10-05")
		f.row("baseline.instruments.score", i+1, form.FormatTenths(10*f.between(24+i, 20, 60)))
	}
}

// levels are the risks that are not none, by what the snapshot says of the pupil.
func (f *filling) levels() map[string]string {
	levels := map[string]string{"verbal": f.pick(28, "none", "low", "medium"), "damage": f.pick(29, "none", "low"), "absconding": f.pick(30, "none", "low")}
	aggressive, high := f.has("aggressive"), f.has("high_risk")
	switch {
	case f.has("arson") && high:
		levels["fire"] = "high"
	case aggressive && high:
		levels["assault_staff"] = "high"
	case high:
		levels[f.pick(31, "self_harm", "suicide")] = "high"
	case aggressive:
		levels[f.pick(32, "assault_pupils", "assault_staff")] = "medium"
	}
	if f.has("anxious_refuser") {
		levels["school_anxiety"] = "high"
	}
	return levels
}

// risks is the grid, with what stands behind each level that is not low (section G).
func (f *filling) risks() {
	levels := f.levels()
	row := 0
	for _, field := range form.Fields() {
		const prefix = "risk."
		if field.Section != form.Risk || field.Kind != form.OneCode {
			continue
		}
		item := field.Key[len(prefix):]
		level := levels[item]
		if level == "" {
			level = "none"
		}
		f.say(field.Key, level)
		if level != "medium" && level != "high" {
			continue
		}
		row++
		f.row("risk.details.item", row, item)
		f.row("risk.details.basis", row, "actual")
		f.row("risk.details.last", row, f.pick(33, "occasional", "weekly"))
		f.row("risk.details.where", row, "school")
		f.row("risk.details.controls", row, "A trusted adult within call, and a place to go to.")
	}
	if row == 0 {
		f.say("risk.details", "none")
	}
	f.say("risk.assessed_on", day(f.on))
}

// voice is what the pupil and the family want to come of it (section J).
func (f *filling) voice() {
	f.say("voice.pupil_view", f.pick(34, "I can do it if I get some peace.", "I want to make things, not sit.", "Nobody asked me before.", "I miss my friends and not the lessons."))
	f.say("voice.wants_to_attend", f.pick(35, "yes", "unsure", "yes"))
	f.row("voice.outcomes.outcome", 1, "Attends every session that is planned")
	f.row("voice.outcomes.target", 1, "Ninety-five per cent by the end of the placement")
	f.row("voice.outcomes.outcome", 2, "Reads for pleasure")
	f.row("voice.outcomes.target", 2, "One book a month")
	f.say("voice.success", "Six weeks without a suspension, and a tutor who knows what helps.")
	f.say("voice.return_contact", f.by.person)
	f.say("voice.return_review", "2027-01-18")
	if f.facts.Year == 11 {
		f.say("voice.after_16", "A course at the college, with an interview in February.")
	}
}

// agreements are who agreed to what (section L).
func (f *filling) agreements() {
	for _, key := range []string{
		"parent", "parent_sharing", "pupil_consulted", "emergency_medical", "trips", "return", "funding", "head_declares", "provider_terms",
		"work_english", "work_maths", "work_options",
	} {
		f.say("agreed."+key, "yes")
	}
	f.say("agreed.notice_version", "2026-2")
}
