package form_test

import (
	"slices"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/form"
)

// today is the day of every check here.
var today = calendar.MustDate("2026-11-23")

// say is an answer that somebody reported.
func say(key string, values ...string) form.Answer { return sayRow(key, 0, values...) }

func sayRow(key string, row int, values ...string) form.Answer {
	return form.Answer{Field: key, Row: row, Value: values, Grade: form.Reported, By: "head of year", On: today}
}

// notKnown is an answer that something is not known.
func notKnown(key string) form.Answer {
	return form.Answer{Field: key, Grade: form.Unknown, By: "head of year", On: today, Reason: "the last school has closed"}
}

// with is the form with answers in place of those that it has.
func with(f form.Form, answers ...form.Answer) form.Form { return f.With(answers...) }

func without(f form.Form, key string, row int) form.Form { return f.Without(key, row) }

// sample has every field of the form answered, rows once, for a Year 8 pupil whose
// school asks for six weeks in four sessions.
func sample() form.Form {
	var f form.Form
	for _, field := range form.Fields() {
		if slices.Contains([]string{"pupil.upn_missing", "agreed.withdrawn", "agreed.parent_why_not", "agencies.care_home_id"}, field.Key) {
			continue
		}
		if field.Kind == form.Rows {
			for _, item := range field.Items {
				f.Answers = append(f.Answers, sayRow(item.Key, 1, valueOf(item)))
			}
			continue
		}
		f.Answers = append(f.Answers, say(field.Key, valueOf(field)))
	}
	return f
}

func valueOf(f form.Field) string {
	if v, ok := sampleValues[f.Key]; ok {
		return v
	}
	switch f.Kind {
	case form.OneCode, form.SomeCodes, form.YearGroup:
		return form.Codes(f.Codes)[0].Code
	case form.Whole:
		return "4"
	default:
		return kindValues[f.Kind]
	}
}

// kindValues are values that any field of the kind may have.
var kindValues = map[form.Kind]string{
	form.Text: "Chess club", form.LongText: "Two lines,\nof which this is one.", form.Name: "Seán Ó Briain", form.Date: "2026-10-05",
	form.Decimal: "1.5", form.Percentage: "92.5", form.YesNo: "yes", form.Sessions: "fri-pm", form.Postcode: "SG2 9HQ",
	form.UPNKind: "E919110225001", form.ULNKind: "9999999999", form.URNKind: "130359", form.LAESTAB: "9191102", form.UKPRNKind: "10012345",
	form.Email: "office@school.example", form.Phone: "01438 000000", form.AgeKind: "9:04", form.Reference: "riverside", form.References: "riverside",
}

// sampleValues agree with each other.
var sampleValues = map[string]string{
	"pupil.date_of_birth": "2014-03-02", "pupil.year": "8", "pupil.sex": "F", "pupil.household.born": "2011",
	"referral.circumstances": "at_risk_of_exclusion", "referral.tier": "time_limited", "referral.duration": "weeks", "referral.wants_weeks": "6",
	"referral.roll": "dual_main", "referral.wants_sessions": "1", "referral.wants_pattern": "mon-am", "referral.behaviour_second": "truancy",
	"referral.ready_from": "2026-11-30", "referral.deadline": "2026-12-07",
	"education.sen_provision": "K", "education.plan": "none", "education.needs.type": "SEMH", "education.managed_moves.until": "2026-10-16",
	"education.attainment.scaled": "98", "baseline.sessions_possible": "40", "baseline.sessions_attended": "37", "baseline.attendance_years.year": "2025",
	"baseline.suspensions": "1", "baseline.suspended_days": "1.5", "baseline.exclusions.type": "SUSP", "baseline.exclusions.to": "2026-10-06", "baseline.exclusions.sessions": "3",
	"baseline.exclusions.reasons": "PP", "baseline.sdq.total": "16", "baseline.cat4.verbal": "100", "baseline.cat4.quantitative": "100",
	"baseline.cat4.nonverbal": "100", "baseline.cat4.spatial": "100", "agencies.care_home": "no", "agencies.level": "none",
	"health.disabilities": "NONE", "risk.self_harm": "low", "agencies.placement_type": "foster", "risk.details.item": "self_harm",
}

func day(s string) calendar.Date { return calendar.MustDate(s) }
