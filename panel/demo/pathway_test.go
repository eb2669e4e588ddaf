package demo_test

import (
	"encoding/json"
	"slices"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/demo"
	"example.org/backontrack/panel/form"
)

// Whoever refers, all come before one panel, and each ranking looks at every group of
// every provision.
func TestW1_D7_onePathwayForAll(t *testing.T) {
	t.Parallel()
	w := term(t)
	m, err := w.Meeting(asOperator(t), w.held.Meeting)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "agenda", len(m.Agenda), 30)
	sources, schools := map[string]bool{}, map[panel.OrganisationID]bool{}
	for id, stored := range w.loaded.Referrals {
		if !slices.Contains(m.Agenda, stored) {
			t.Errorf("%s is not before the panel", id)
		}
		r := w.referral(t, id)
		source, _ := r.Form.Code("referral.source")
		sources[source], schools[r.School] = true, true
	}
	for _, source := range []string{"school", "pru", "authority_panel", "youth_justice", "health"} {
		same(t, source, sources[source], true)
	}
	same(t, "organisations that refer", len(schools), 12)
}

func TestW1_thePanelSeesAllProvisions(t *testing.T) {
	t.Parallel()
	w := term(t)
	seen, err := w.Rank(asOperator(t), "", w.loaded.Referrals["r29"]) // waiting, and so ranked between meetings
	if err != nil {
		t.Fatal(err, told(err))
	}
	var answer matching.Ranking
	if err := json.Unmarshal(seen.Answer, &answer); err != nil {
		t.Fatal(err)
	}
	groups := map[matching.GroupID]bool{}
	for _, o := range append(slices.Clone(answer.Ranking), answer.Rejected...) {
		for _, s := range o.Stays {
			groups[s.Group] = true
		}
	}
	same(t, "groups", len(groups), len(snapshot(t).Groups))
}

// The panel is of several professions; the head of the school that refers takes no part
// in its referral, nor does a friend of the family, and the deputy decides it.
func TestW2_severalProfessions(t *testing.T) {
	t.Parallel()
	w := term(t)
	professions := map[string]bool{}
	for _, p := range slices.Concat(w.held.Minutes.Present, w.held.Minutes.Apologies) {
		professions[p.Profession] = true
	}
	for _, want := range []string{"school_leader", "virtual_school", "health", "social_care", "youth_justice", "psychology", "provider"} {
		same(t, want, professions[want], true)
	}
	d := w.held.Decisions["r10"][0]
	same(t, "decided by", d.By, demo.Panel().Deputy)
	same(t, "recused", len(d.Recused), 2)
	chair := panel.As(t.Context(), panel.Caller{Person: demo.Panel().Chair})
	minutes, err := w.Minutes(chair, w.held.Meeting)
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range minutes.Items {
		same(t, "withheld from the chair", item.Withheld, item.Referral == d.Referral)
	}
}

// A school that does not agree to the terms of the provision that it asks for does not
// refer to it.
func TestW10_termsBeforeTheReferral(t *testing.T) {
	t.Parallel()
	w := term(t)
	r := w.referral(t, "r01")
	f := form.Form{Answers: slices.Clone(r.Form.Answers)}
	for i, a := range f.Answers {
		if a.Field == "agreed.provider_terms" {
			f.Answers[i].Value = []string{"no"}
		}
	}
	school := panel.As(t.Context(), panel.Caller{Person: "staff-ashmoor"})
	draft, err := w.Draft(school, panel.DraftInput{School: r.School, Form: f})
	if err != nil {
		t.Fatal(err, told(err))
	}
	_, err = w.Submit(school, draft.ID, draft.Version)
	same(t, "submit", panel.KindOf(err), panel.Incomplete)
	same(t, "what is missing", told(err), "/answers/agreed.provider_terms: not_agreed\n")
	if _, err := w.Withdraw(school, draft.ID, draft.Version, panel.ByMistake); err != nil {
		t.Fatal(err)
	}
}

// Every pupil of the agenda has baselines to hold later measures against.
func TestD5_baselines(t *testing.T) {
	t.Parallel()
	w := term(t)
	for id := range w.loaded.Referrals {
		f := w.referral(t, id).Form
		var tools []string
		for _, row := range f.Rows("baseline.instruments") {
			tool, _ := f.Row("baseline.instruments", row).Text("tool")
			tools = append(tools, tool)
		}
		for _, tool := range []string{"pbas", "pass", "elat", "thrive"} {
			if !slices.Contains(tools, tool) {
				t.Errorf("%s: no %s", id, tool)
			}
		}
		for _, key := range []string{
			"baseline.sdq", "baseline.reading_age", "baseline.number_level", "baseline.attendance", "baseline.suspensions",
			"baseline.exclusions", "baseline.behaviour",
		} {
			if !f.Known(key) {
				t.Errorf("%s: %s is not known", id, key)
			}
		}
	}
}

// The form that was nine-tenths unknown passes to the panel, is deferred, and comes back
// with answers: every one of them says who gave it and when.
func TestD2_D3_theDeferredFormComesBackKnown(t *testing.T) {
	t.Parallel()
	w := term(t)
	ds := w.held.Decisions["r07"]
	same(t, "decisions", len(ds), 2)
	same(t, "first", ds[0].Outcome, panel.Defer)
	same(t, "then", ds[1].Outcome, panel.Place)
	if ds[0].ReturnOn == 0 || len(ds[0].Actions) < 2 {
		t.Errorf("deferred to %s with %d actions", ds[0].ReturnOn, len(ds[0].Actions))
	}
	r := w.referral(t, "r07")
	same(t, "returns", r.Returns, 1)
	same(t, "questions", len(r.Questions), 2)
	for _, a := range r.Form.Answers {
		if a.By == "" || a.On == 0 || a.Grade == "" || a.Grade == form.Unknown {
			t.Errorf("%s: %q, by %q on %s", a.Pointer(), a.Grade, a.By, a.On)
		}
	}
}
