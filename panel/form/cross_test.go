package form_test

import (
	"strings"
	"testing"

	"example.org/backontrack/panel/form"
	"github.com/google/go-cmp/cmp"
)

// A change is other answers in the sample, and what is then found: pointer and code,
// with a question mark for what is only worth a look.
type change struct {
	name    string
	answers []form.Answer
	want    []string
}

func checkChanges(t *testing.T, changes []change) {
	t.Helper()
	for _, c := range changes {
		if diff := cmp.Diff(c.want, found(with(sample(), c.answers...))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestD1_pupilAndYear(t *testing.T) {
	t.Parallel()
	checkChanges(t, []change{
		{"temporary number", []form.Answer{say("pupil.upn", "L20211012300A")}, []string{"pupil.upn upn_temporary?"}},
		{"authority not known", []form.Answer{say("pupil.upn", "J001110123004")}, []string{"pupil.upn upn_authority?"}},
		{"number and reason", []form.Answer{say("pupil.upn_missing", "UN3")}, []string{"pupil.upn_missing upn_and_reason"}},
		{"learner number", []form.Answer{say("pupil.uln", "1234567890")}, []string{"pupil.uln uln_check?"}},
		{"29 February", []form.Answer{say("pupil.date_of_birth", "2012-02-29"), say("pupil.year", "10")}, nil},
		{"a year up", []form.Answer{say("pupil.year", "9")}, []string{"pupil.year year_and_age?"}},
		{"two years down", []form.Answer{say("pupil.year", "6")}, []string{"pupil.year year_and_age?"}},
		{"three years up", []form.Answer{say("pupil.year", "11")}, []string{"pupil.year year_and_age"}},
		{"six in Year 14", []form.Answer{say("pupil.year", "14"), say("pupil.date_of_birth", "2020-03-02")}, []string{"pupil.year year_and_age"}},
		{"not born", []form.Answer{say("pupil.date_of_birth", "2027-01-01")}, []string{"pupil.date_of_birth age"}},
		{"three years old", []form.Answer{say("pupil.date_of_birth", "2022-11-24")}, []string{"pupil.date_of_birth age"}},
		{"twenty", []form.Answer{say("pupil.date_of_birth", "2006-11-23")}, []string{"pupil.date_of_birth age"}},
		{"nineteen", []form.Answer{say("pupil.date_of_birth", "2006-11-24"), say("pupil.year", "14")}, []string{"pupil.year year_and_age?"}},
	})
}

func TestD1_dates(t *testing.T) {
	t.Parallel()
	checkChanges(t, []change{
		{"future", []form.Answer{say("referral.date", "2026-11-24"), say("risk.assessed_on", "2026-12-01")}, []string{"referral.date future", "risk.assessed_on future"}},
		{"before birth", []form.Answer{sayRow("education.schools.from", 1, "2014-03-01")}, []string{"education.schools/1/from before_birth"}},
		{"end before start", []form.Answer{
			say("education.part_time_until", "2026-10-04"), sayRow("education.managed_moves.until", 1, "2026-10-04"), sayRow("apart.pupils.until", 1, "2026-10-04"),
		}, []string{"education.managed_moves/1/until end_before_start", "education.part_time_until end_before_start", "apart.pupils/1/until end_before_start"}},
		{"one day", []form.Answer{say("education.part_time_until", "2026-10-05")}, nil},
		{"deadline past", []form.Answer{say("referral.deadline", "2026-10-02")}, []string{"referral.deadline deadline_past?", "referral.ready_from after_deadline?"}},
	})
}

func TestD6_circumstancesAgree(t *testing.T) {
	t.Parallel()
	checkChanges(t, []change{
		{"several", []form.Answer{say("referral.circumstances", "at_risk_of_exclusion", "sen_without_plan", "young_carer", "mental_health")}, nil},
		{"with and without a plan", []form.Answer{say("referral.circumstances", "sen_with_plan", "sen_without_plan")}, []string{
			"referral.circumstances plan_twice", "referral.circumstances plan_differs?",
		}},
		{"looked after here and not there", []form.Answer{say("agencies.looked_after", "current"), say("agencies.level", "lac")}, []string{"referral.circumstances looked_after_differs?"}},
		{"pregnant", []form.Answer{say("referral.circumstances", "pregnant"), say("pupil.sex", "M")}, []string{"referral.circumstances pregnant?"}},
		{"absent", []form.Answer{say("baseline.attendance", "90"), say("baseline.sessions_attended", "36")}, []string{"referral.circumstances absence_differs?"}},
	})
}

func TestD1_careAndAuthority(t *testing.T) {
	t.Parallel()
	home := []form.Answer{
		say("agencies.care_home", "yes"), say("agencies.care_home_id", "ch-3"), say("agencies.looked_after", "current"), say("agencies.level", "lac"),
		say("agencies.placement_type", "care_home"), say("referral.circumstances", "looked_after"),
	}
	checkChanges(t, []change{
		{"in a care home", home, nil},
		{"in none", []form.Answer{say("agencies.care_home_id", "ch-3")}, []string{"agencies.care_home_id care_home"}},
		{"in one, and not looked after", append(home[:5:5], say("agencies.looked_after", "past"), say("agencies.level", "cin")), []string{"agencies.looked_after care_home_status?"}},
		{"in one, and with foster parents", append(home[:6:6], say("agencies.placement_type", "foster")), []string{"agencies.placement_type care_home_differs?"}},
		{"level", append(home[:6:6], say("agencies.level", "cin")), []string{"agencies.level level_differs?"}},
	})
	f := without(with(sample(), home...), "agencies.responsible_la", 0)
	if diff := cmp.Diff([]string{"agencies.responsible_la care_home_authority"}, found(f)); diff != "" {
		t.Errorf("no authority (-want +got):\n%s", diff)
	}
}

func TestD1_specialNeeds(t *testing.T) {
	t.Parallel()
	checkChanges(t, []change{
		{"no provision", []form.Answer{say("education.sen_provision", "N")}, []string{"education.needs/1/type need_without_provision"}},
		{"twice", []form.Answer{sayRow("education.needs.type", 2, "SEMH")}, []string{"education.needs/2/type repeated"}},
		{"support, not assessed", []form.Answer{sayRow("education.needs.type", 1, "NSA")}, nil},
		{"a plan, not assessed", []form.Answer{
			sayRow("education.needs.type", 1, "NSA"), say("education.sen_provision", "E"), say("education.plan", "issued"), say("referral.circumstances", "sen_with_plan"),
		}, []string{"education.needs/1/type need_not_assessed?"}},
		{"a plan, and support", []form.Answer{say("education.plan", "issued"), say("referral.circumstances", "sen_with_plan")}, []string{"education.plan plan_and_provision"}},
		{"E, and no plan", []form.Answer{say("education.sen_provision", "E")}, []string{"education.plan plan_and_provision"}},
	})
}

func TestD5_baseline(t *testing.T) {
	t.Parallel()
	checkChanges(t, []change{
		{"more than possible", []form.Answer{say("baseline.sessions_attended", "41")}, []string{"baseline.sessions_attended more_than_possible"}},
		{"percentage", []form.Answer{say("baseline.sessions_attended", "38")}, []string{"baseline.attendance attendance_differs?"}},
		{"total", []form.Answer{sayRow("baseline.sdq.total", 1, "17")}, []string{"baseline.sdq/1/total sdq_total"}},
		{"total and prosocial", []form.Answer{sayRow("baseline.sdq.prosocial", 1, "9")}, nil},
	})
}

func TestD1_exclusions(t *testing.T) {
	t.Parallel()
	second := func(kind, from, to, sessions string) []form.Answer {
		return []form.Answer{
			sayRow("baseline.exclusions.type", 2, kind), sayRow("baseline.exclusions.from", 2, from), sayRow("baseline.exclusions.to", 2, to),
			sayRow("baseline.exclusions.sessions", 2, sessions), sayRow("baseline.exclusions.reasons", 2, "DB"),
		}
	}
	counts := []form.Answer{say("baseline.suspensions", "2"), say("baseline.suspended_days", "2.5")}
	checkChanges(t, []change{
		{"another", append(second("SUSP", "2026-10-12", "2026-10-12", "2"), counts...), nil},
		{"overlap", append(second("SUSP", "2026-10-06", "2026-10-07", "2"), counts...), []string{"baseline.exclusions/2/from overlap"}},
		{"lunchtime is half a day", append(second("LNCH", "2026-10-06", "2026-10-07", "2"), say("baseline.suspended_days", "2.5")), nil},
		{"lunchtime of a day", append(second("LNCH", "2026-10-07", "2026-10-07", "2"), say("baseline.suspended_days", "2.5")), []string{"baseline.exclusions/2/sessions lunchtime"}},
		{"longer than its days", append(second("SUSP", "2026-10-09", "2026-10-12", "5"), say("baseline.suspensions", "2"), say("baseline.suspended_days", "4")), []string{"baseline.exclusions/2/sessions too_many_sessions"}},
		{"longer than its day", append(second("SUSP", "2026-10-12", "2026-10-12", "3"), say("baseline.suspensions", "2"), say("baseline.suspended_days", "3")), []string{"baseline.exclusions/2/sessions too_many_sessions"}},
		{"counts", second("SUSP", "2026-10-12", "2026-10-12", "2"), []string{"baseline.suspensions count_differs?", "baseline.suspended_days days_differ?"}},
		{"last school year", second("SUSP", "2026-07-06", "2026-07-06", "2"), nil},
		{"over 45 days", []form.Answer{say("baseline.suspended_days", "45.5"), sayRow("baseline.exclusions.sessions", 1, "91"), sayRow("baseline.exclusions.to", 1, "2026-12-18")}, []string{"baseline.suspended_days over_45_days?"}},
		{"a reason not yet in force", append(second("SUSP", "2026-06-08", "2026-06-08", "2"), sayRow("baseline.exclusions.reasons", 2, "DB", "VR")), []string{"baseline.exclusions/2/reasons reason_of_another_year?"}},
		{"a reason of long ago", append(second("SUSP", "2020-06-08", "2020-06-08", "2"), sayRow("baseline.exclusions.reasons", 2, "OT")), nil},
		{"four reasons", []form.Answer{sayRow("baseline.exclusions.reasons", 1, "PP", "PA", "VP", "VA")}, []string{"baseline.exclusions/1/reasons too_many"}},
		{"permanent", []form.Answer{sayRow("baseline.exclusions.type", 2, "PERM"), sayRow("baseline.exclusions.sessions", 2, "2")}, []string{"baseline.exclusions/2/sessions permanent?"}},
		{"sixth day of none", []form.Answer{say("referral.route", "day6_pex")}, []string{"baseline.exclusions no_permanent?"}},
	})
}

func TestD1_whatIsAskedFor(t *testing.T) {
	t.Parallel()
	checkChanges(t, []change{
		{"sessions", []form.Answer{say("referral.wants_pattern", "mon-am", "tue-am")}, []string{"referral.wants_pattern sessions_differ?"}},
		{"busy", []form.Answer{say("referral.wants_pattern", "fri-pm")}, []string{"referral.wants_pattern busy?"}},
		{"outreach", []form.Answer{say("referral.tier", "outreach"), say("referral.roll", "single")}, []string{"referral.roll roll_and_tier?", "referral.roll roll_and_aim?"}},
		{"one concern", []form.Answer{say("referral.behaviour_second", "threatening_staff")}, []string{"referral.behaviour_second same"}},
		{"no meals", []form.Answer{say("pupil.free_school_meals", "no")}, []string{"pupil.free_school_meals_kind no_meals"}},
		{"withdrawn", []form.Answer{say("agreed.withdrawn", "2026-11-20")}, []string{"agreed.withdrawn withdrawn?"}},
		{"nobody responsible", []form.Answer{sayRow("family.contacts.parental_responsibility", 1, "no")}, []string{"family.contacts/1/parental_responsibility nobody_responsible?"}},
	})
}

func TestD1_riskAndWhatStandsBehindIt(t *testing.T) {
	t.Parallel()
	checkChanges(t, []change{
		{"nothing behind it", []form.Answer{say("risk.weapon", "medium")}, []string{"risk.weapon no_details?"}},
		{"something behind it", []form.Answer{say("risk.weapon", "medium"), sayRow("risk.details.item", 2, "weapon")}, nil},
		{"behind none", []form.Answer{sayRow("risk.details.item", 2, "weapon")}, []string{"risk.details/2/item level_none?"}},
		{"twice", []form.Answer{sayRow("risk.details.item", 2, "self_harm")}, []string{"risk.details/2/item repeated"}},
		{"a tie without a source", []form.Answer{sayRow("apart.affiliations.area", 2, "alder-park")}, []string{"apart.affiliations/2/source no_source"}},
		{"apart from nobody", []form.Answer{sayRow("apart.pupils.reason", 2, "fight"), sayRow("apart.pupils.source", 2, "head")}, []string{"apart.pupils/2/pupil nobody"}},
	})
}

// A warning says what is odd; "expected" is the word of faults alone.
func TestD1_warningsAreStatements(t *testing.T) {
	t.Parallel()
	f := with(sample(), say("pupil.upn", "J001110123004"), say("pupil.uln", "1234567890"), say("pupil.year", "9"), say("referral.circumstances", "pregnant"),
		say("agreed.withdrawn", "2026-11-20"), say("referral.deadline", "2026-10-02"), say("baseline.suspended_days", "45.5"), say("risk.weapon", "medium"))
	n := 0
	for _, w := range form.Check(f, today).Warnings() {
		n++
		if strings.Contains(w.Detail, "expected") || !strings.Contains(w.Detail, " ") {
			t.Errorf("%s: %s", w.Code, w.Detail)
		}
	}
	if n < 8 {
		t.Errorf("%d warnings", n)
	}
	for _, w := range form.Check(f, today).Wrong() {
		if !strings.HasPrefix(w.Detail, "expected ") {
			t.Errorf("%s: %s", w.Code, w.Detail)
		}
	}
}
