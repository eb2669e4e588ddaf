package panel_test

import (
	"slices"
	"strconv"

	"example.org/backontrack/panel/form"
)

// fullForm has every field of the form answered, rows once, for a Year 8 pupil whose
// school asks for six weeks.
func fullForm() form.Form {
	var f form.Form
	left := []string{"pupil.upn_missing", "agreed.withdrawn", "agreed.parent_why_not", "agencies.care_home_id"}
	for _, field := range form.Fields() {
		if slices.Contains(left, field.Key) {
			continue
		}
		if field.Kind != form.Rows {
			f.Answers = append(f.Answers, said(field.Key, fullValue(field)))
			continue
		}
		for _, item := range field.Items {
			f.Answers = append(f.Answers, saidIn(item.Key, 1, fullValue(item)))
		}
	}
	return f
}

func fullValue(f form.Field) string {
	if v, ok := fullValues[f.Key]; ok {
		return v
	}
	switch f.Kind {
	case form.OneCode, form.SomeCodes, form.YearGroup:
		return form.Codes(f.Codes)[0].Code
	case form.Whole:
		return strconv.Itoa(min(max(4, f.Min), max(f.Min, f.Max)))
	default:
		return fullKinds[f.Kind]
	}
}

// fullKinds are values that any field of the kind may have. Names and texts are canaries:
// they have no place in errors and the journal.
var fullKinds = map[form.Kind]string{
	form.Text: "Canary text", form.LongText: "Canary prose,\nin two lines.", form.Name: "Canaria Zilpzalp", form.Date: "2026-10-05",
	form.Decimal: "1.5", form.Percentage: "92.5", form.YesNo: "yes", form.Sessions: "fri-pm", form.Postcode: "SG2 9HQ",
	form.UPNKind: "E919110225001", form.ULNKind: "9999999999", form.URNKind: "130359", form.LAESTAB: "9191102", form.UKPRNKind: "10012345",
	form.Email: "canary@school.example", form.Phone: "01438 000000", form.AgeKind: "9:04", form.Reference: "canary-ref", form.References: "canary-ref",
}

// fullValues agree with each other and with the world.
var fullValues = map[string]string{
	"referral.provisions": "river", "referral.wants_groups": "river-group",
	"pupil.date_of_birth": "2014-03-02", "pupil.year": "8", "pupil.sex": "F", "pupil.household.date_of_birth": "2011-02-01", "pupil.household.born": "2011",
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
