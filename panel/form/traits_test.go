package form_test

import (
	"testing"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/form"
	"github.com/google/go-cmp/cmp"
)

func TestTraits_fromRisks(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		answers []form.Answer
		want    []string
		known   bool
	}{
		{"none", []form.Answer{say("education.support", "standard")}, nil, true},
		{"aggressive", []form.Answer{say("risk.assault_pupils", "medium")}, []string{"aggressive"}, true},
		{"pushing", []form.Answer{say("risk.assault_pupils", "low")}, nil, true},
		{"shouting", []form.Answer{say("risk.verbal", "medium")}, nil, true},
		{"threatening", []form.Answer{say("risk.verbal", "high")}, []string{"aggressive"}, true},
		{"violent", []form.Answer{say("risk.assault_staff", "high")}, []string{"aggressive", "high_risk"}, true},
		{"anxious by the risk", []form.Answer{say("risk.school_anxiety", "medium")}, []string{"anxious_refuser"}, true},
		{"anxious by the circumstance", []form.Answer{say("referral.circumstances", "anxious_refusal", "persistent_absence")}, []string{"anxious_refuser"}, true},
		{"fire", []form.Answer{say("risk.fire", "low")}, []string{"arson"}, true},
		{"weapon", []form.Answer{say("risk.weapon", "high")}, []string{"high_risk", "weapon"}, true},
		{"others", []form.Answer{
			say("risk.sexual_harm", "low"), say("risk.absconding", "medium"), say("risk.alcohol", "medium"), say("risk.substance", "high"), say("risk.animals", "low"),
		}, []string{"absconder", "harms_animals", "sexual_risk", "substance"}, true},
		{"one to one", []form.Answer{say("education.support", "one_to_one")}, []string{"needs_1to1"}, true},
		{"a risk unknown", []form.Answer{notKnown("risk.weapon"), say("risk.fire", "high")}, []string{"arson", "high_risk"}, false},
		{"support unknown", []form.Answer{notKnown("education.support")}, nil, false},
		{"circumstances unknown", []form.Answer{notKnown("referral.circumstances")}, nil, false},
		{"a level that there is not", []form.Answer{say("risk.weapon", "hihg")}, nil, false},
		{"a circumstance that there is not", []form.Answer{say("referral.circumstances", "anxious")}, nil, false},
		{"a risk that no trait hangs on", []form.Answer{notKnown("risk.theft")}, nil, true},
	}
	for _, test := range tests {
		f := with(sample(), append([]form.Answer{say("risk.self_harm", "none")}, test.answers...)...)
		got, known := form.Traits(f)
		if diff := cmp.Diff(test.want, got); diff != "" || known != test.known {
			t.Errorf("%s: known %t (-want +got):\n%s", test.name, known, diff)
		}
	}
	if got, known := form.Traits(form.Form{}); len(got) > 0 || known {
		t.Errorf("of an empty form: %v, known %t", got, known)
	}
}

func TestPossibleTraits_whatIsLeftOpen(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		answers []form.Answer
		want    []string
	}{
		{"all known", nil, nil},
		{"a weapon may be carried", []form.Answer{notKnown("risk.weapon")}, []string{"high_risk", "weapon"}},
		{"high risk in any case", []form.Answer{notKnown("risk.weapon"), say("risk.fire", "high")}, []string{"weapon"}},
		{"support", []form.Answer{notKnown("education.support")}, []string{"needs_1to1"}},
		{"circumstances", []form.Answer{notKnown("referral.circumstances")}, []string{"anxious_refuser"}},
	}
	for _, test := range tests {
		got := form.PossibleTraits(with(sample(), append([]form.Answer{say("risk.self_harm", "none")}, test.answers...)...))
		if diff := cmp.Diff(test.want, got); diff != "" && len(got)+len(test.want) > 0 {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
	if got := form.PossibleTraits(form.Form{}); len(got) != 10 {
		t.Errorf("an empty form leaves open %v", got)
	}
}

// Each rule is about a risk that is asked before the panel, at a level that there is.
func TestTraitRules_askAboutWhatIsAsked(t *testing.T) {
	t.Parallel()
	for _, r := range form.TraitRules() {
		f, ok := form.Lookup("risk." + r.Item)
		if !ok || len(f.Needed) == 0 {
			t.Errorf("%s hangs on risk.%s, which is asked %t and needed %d", r.Trait, r.Item, ok, len(f.Needed))
		}
		none, _ := form.Traits(with(sample(), say("risk."+r.Item, "none")))
		some, _ := form.Traits(with(sample(), say("risk."+r.Item, r.Level)))
		if len(some) <= len(none) {
			t.Errorf("risk.%s %s gives no trait", r.Item, r.Level)
		}
	}
}

func TestForm_whatTheMatchingNeeds(t *testing.T) {
	t.Parallel()
	f := with(sample(),
		say("pupil.year", "R"), say("referral.wants_groups", "b", "a"), say("education.busy", "mon-am", "fri-pm"),
		say("apart.areas", "quarry-fields"), sayRow("apart.affiliations.area", 1, "alder-park"),
		sayRow("education.needs.must", 1, "no"), sayRow("education.needs.type", 2, "SLCN"))
	year, ok := f.Year()
	if year != 0 || !ok {
		t.Errorf("year %d, known %t", year, ok)
	}
	if busy, ok := f.Sessions("education.busy"); busy != calendar.Of(calendar.MonAM, calendar.FriPM) || !ok {
		t.Errorf("busy %v, known %t", busy, ok)
	}
	if groups, ok := f.Codes("referral.wants_groups"); cmp.Diff([]string{"b", "a"}, groups) != "" || !ok {
		t.Errorf("groups %v, known %t", groups, ok)
	}
	if areas, ok := f.Areas(); cmp.Diff([]string{"alder-park", "quarry-fields"}, areas) != "" || !ok {
		t.Errorf("areas %v, known %t", areas, ok)
	}
	// Whether a provision must be equipped for the second is not known, so it must.
	if needs, ok := f.Needs(); cmp.Diff([]form.SpecialNeed{{Code: "SEMH"}, {Code: "SLCN", Must: true}}, needs) != "" || ok {
		t.Errorf("needs %v, known %t", needs, ok)
	}
	if percent, ok := f.Tenths("baseline.attendance"); percent != 925 || !ok {
		t.Errorf("attendance %d, known %t", percent, ok)
	}
	if months, ok := f.Months("baseline.reading_age"); months != 112 || !ok {
		t.Errorf("reading age %d, known %t", months, ok)
	}
	if born, ok := f.Date("pupil.date_of_birth"); born != day("2014-03-02") || !ok {
		t.Errorf("born %v, known %t", born, ok)
	}
	if weeks, ok := f.Int("referral.wants_weeks"); weeks != 6 || !ok {
		t.Errorf("weeks %d, known %t", weeks, ok)
	}
}

func TestForm_unknownIsNotNo(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		f    form.Form
	}{
		{"not answered", form.Form{}},
		{"unknown", form.Form{Answers: []form.Answer{
			notKnown("agencies.care_home"), notKnown("agencies.looked_after"), notKnown("education.plan"), notKnown("education.needs"),
			notKnown("apart.areas"), notKnown("health.access"), notKnown("education.busy"), notKnown("pupil.year"), notKnown("referral.route"),
		}}},
		{"not readable", form.Form{Answers: []form.Answer{
			say("agencies.care_home", "maybe"), say("agencies.looked_after", "perhaps"), say("education.plan", "soon"), say("education.needs", "some"),
			say("health.access", "stairs"), say("education.busy", "sat-am"), say("pupil.year", "99"), say("referral.route", "A4"),
		}}},
	}
	for _, test := range tests {
		for what, known := range knownFacts(test.f) {
			if known {
				t.Errorf("%s: %s counts as known", test.name, what)
			}
		}
	}
	none := form.Form{Answers: []form.Answer{
		say("agencies.care_home", "no"), say("agencies.looked_after", "none"), say("education.plan", "none"), say("education.sen_provision", "N"),
		say("apart.areas", "none"), say("health.access", "none"), say("education.busy", "none"), say("pupil.year", "7"), say("referral.route", "medical"),
	}}
	for what, known := range knownFacts(none) {
		if !known {
			t.Errorf("%s is answered, and counts as not known", what)
		}
	}
	if access, _ := none.Codes("health.access"); len(access) > 0 {
		t.Errorf("access: %v", access)
	}
	if busy, _ := none.Sessions("education.busy"); busy != 0 {
		t.Errorf("busy: %v", busy)
	}
}

// knownFacts are the facts of the matching, and whether each is known.
func knownFacts(f form.Form) map[string]bool {
	known := map[string]bool{}
	_, known["care home"] = f.CareHome()
	_, known["looked after"] = f.LookedAfter()
	_, known["plan"] = f.EHCP()
	_, known["needs"] = f.Needs()
	_, known["areas"] = f.Areas()
	_, known["access"] = f.Codes("health.access")
	_, known["busy"] = f.Sessions("education.busy")
	_, known["year"] = f.Year()
	_, known["reason"] = f.Reason()
	return known
}

func TestForm_careHome(t *testing.T) {
	t.Parallel()
	f := with(sample(), say("agencies.care_home", "yes"))
	if id, known := f.CareHome(); id != "" || known {
		t.Errorf("a care home that nobody named: %q, known %t", id, known)
	}
	if id, known := with(f, say("agencies.care_home_id", "ch-3")).CareHome(); id != "ch-3" || !known {
		t.Errorf("ch-3: %q, known %t", id, known)
	}
}

// D7: every route has a reason that groups select by, and an answer goes before it.
func TestD7_reasonOfEveryRoute(t *testing.T) {
	t.Parallel()
	for _, c := range form.Codes("referral_route") {
		f := form.Form{Answers: []form.Answer{say("referral.route", c.Code)}}
		reason, ok := f.Reason()
		if _, known := form.LabelOf("referral_reason", reason); !ok || !known {
			t.Errorf("%s: %q", c.Code, reason)
		}
		if got, _ := with(f, say("referral.reason", "safety")).Reason(); got != "safety" {
			t.Errorf("%s with an answer: %q", c.Code, got)
		}
	}
}

func TestForm_knownRows(t *testing.T) {
	t.Parallel()
	var f form.Form
	const key = "health.medication"
	if f.Known(key) || f.Unknown(key) {
		t.Error("nothing is said, and it counts as known or unknown")
	}
	if f := with(f, notKnown(key)); f.Known(key) || !f.Unknown(key) {
		t.Error("unknown with a reason is not that")
	}
	if f := with(f, say(key, "none")); !f.Known(key) {
		t.Error("known to be none is not known")
	}
	f = with(f, sayRow(key+".medicine", 3, "Iron"), sayRow(key+".dose", 3, "One"), sayRow(key+".medicine", 1, "Zinc"))
	if diff := cmp.Diff([]int{1, 3}, f.Rows(key)); diff != "" || !f.Known(key) {
		t.Errorf("rows, known %t (-want +got):\n%s", f.Known(key), diff)
	}
	if medicine, ok := f.Row(key, 3).Text("medicine"); medicine != "Iron" || !ok {
		t.Errorf("row 3: %q, known %t", medicine, ok)
	}
}
