package matching_test

import (
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// R12: a provision's own criteria are obeyed.

func TestR12_ownCriteria(t *testing.T) {
	t.Parallel()
	years := matching.Accepts{Years: []int{9, 7}}
	girls := matching.Accepts{Sex: matching.Female}
	before := matching.Accepts{Reasons: []string{"prevent_exclusion"}}
	equipped := matching.Accepts{Needs: []string{"SLCN", "SEMH"}}
	careful := matching.Accepts{Refuses: []string{"weapon", "arson"}}
	for name, c := range map[string]struct {
		accepts  matching.Accepts
		pupil    matching.Pupil
		referral matching.Referral
		refusal  *matching.Reason // nil: it fits
	}{
		"year accepted":             {accepts: years, pupil: matching.Pupil{Year: 9}},
		"year not accepted":         {years, matching.Pupil{Year: 8}, matching.Referral{}, &matching.Reason{Code: "year_group", Class: "never", Observed: new(8), Accepts: []string{"7", "9"}}},
		"girl":                      {accepts: girls, pupil: matching.Pupil{Sex: matching.Female}},
		"boy for girls":             {girls, matching.Pupil{Sex: matching.Male}, matching.Referral{}, &matching.Reason{Code: "sex", Class: "never", Accepts: []string{"F"}}},
		"neither for girls":         {girls, matching.Pupil{Sex: "U"}, matching.Referral{}, &matching.Reason{Code: "sex", Class: "never", Accepts: []string{"F"}}},
		"reason accepted":           {accepts: before, referral: matching.Referral{Reason: "prevent_exclusion"}},
		"excluded already":          {before, matching.Pupil{}, matching.Referral{Reason: "permanently_excluded"}, &matching.Reason{Code: "referral_reason", Class: "never", Codes: []string{"permanently_excluded"}, Accepts: []string{"prevent_exclusion"}}},
		"need met":                  {accepts: equipped, pupil: matching.Pupil{Needs: []matching.Need{{Code: "SEMH", Must: true}}}},
		"need not met, but no must": {accepts: equipped, pupil: matching.Pupil{Needs: []matching.Need{{Code: "HI"}}}},
		"needs that must be met":    {equipped, matching.Pupil{Needs: []matching.Need{{Code: "VI", Must: true}, {Code: "HI", Must: true}, {Code: "SEMH", Must: true}}}, matching.Referral{}, &matching.Reason{Code: "needs_not_met", Class: "waiver", Codes: []string{"HI", "VI"}, Accepts: []string{"SEMH", "SLCN"}}},
		"trait not refused":         {accepts: careful, pupil: matching.Pupil{Traits: []string{"absconds"}}},
		"traits refused":            {careful, matching.Pupil{Traits: []string{"weapon", "absconds", "arson"}}, matching.Referral{}, &matching.Reason{Code: "refused_trait", Class: "never", Codes: []string{"arson", "weapon"}}},
		"nothing is accepted":       {matching.Accepts{Years: []int{}}, matching.Pupil{Year: 8}, matching.Referral{}, &matching.Reason{Code: "year_group", Class: "never", Observed: new(8)}},
		"no criteria, any pupil":    {pupil: matching.Pupil{Traits: []string{"arson"}, Needs: []matching.Need{{Code: "HI", Must: true}}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.pupil.ID = "new"
			e := authority(t, matching.Group{Accepts: c.accepts}, c.pupil, c.referral)
			if c.refusal == nil {
				wantStart(t, e, firstMonday)
				return
			}
			wantReasons(t, e, *c.refusal)
		})
	}
}

func TestR12_accessOfTheSite(t *testing.T) {
	t.Parallel()
	wheels := matching.Pupil{ID: "new", Access: []string{"step_free", "hoist"}}
	wantReasons(t, authority(t, matching.Site{ID: "site", Access: []string{"step_free"}}, wheels),
		matching.Reason{Code: matching.CodeAccess, Class: matching.Never, Codes: []string{"hoist"}})
	wantStart(t, authority(t, matching.Site{ID: "site", Access: []string{"hoist", "step_free"}}, wheels), firstMonday)
}

func TestR12_everyReasonIsReported(t *testing.T) {
	t.Parallel()
	// No rule stops another from being looked at. Reasons come in the order of the contract.
	group := matching.Group{
		Accepts: matching.Accepts{
			Years: []int{10}, Sex: matching.Male, Reasons: []string{"respite"}, Needs: []string{"SLCN"}, Refuses: []string{"arson"},
		},
		Places: matching.Every(1), Adults: matching.Every(125),
		Limits:     []matching.Limit{{Trait: "arson", Max: 0}},
		Weeks:      &matching.Length{Min: 6},
		Registered: new(false),
	}
	policy := rivalry()
	policy.FullTimeSessions = 2
	fight := matching.KeepApart{Pupils: []matching.PupilID{"new", "bob"}}
	worst := matching.Pupil{
		ID: "new", Sex: matching.Female, Areas: []string{"Northgate"}, CareHome: "hillside", Traits: []string{"arson", "anxious_refuser"},
		Needs: []matching.Need{{Code: "SEMH", Must: true}}, Access: []string{"step_free"}, Busy: calendar.Of(calendar.MonAM), EHCP: true,
		Latitude: new(53.0), Longitude: new(0.0),
	}
	bob := matching.Pupil{ID: "bob", Areas: []string{"Southgate"}, CareHome: "hillside", Traits: []string{"aggressive"}}
	site := matching.Site{ID: "site", Latitude: new(51.0), Longitude: new(0.0)}
	e := authority(t, policy, group, site, fight, worst, bob, stands("bob", "group"))
	want(t, "codes", []matching.Code{
		"year_group", "sex", "referral_reason", "needs_not_met", "refused_trait", "access", "journey", "busy", "too_short",
		"places", "staffing", "trait_limit", "unregistered_full_time",
		"rival_areas", "care_home_peers", "anxious_with_aggressive", "keep_apart",
	}, codesIn(t, e, "group"))
}

// R13: the pupil is already somewhere at some sessions: a pattern may not clash.

func TestR13_busySessions(t *testing.T) {
	t.Parallel()
	therapy := matching.Pupil{ID: "new", Busy: calendar.Of(calendar.MonPM, calendar.FriAM)}
	wantReasons(t, authority(t, therapy), matching.Reason{
		Code: matching.CodeBusy, Class: matching.ByMove, Date: day(firstMonday), Session: "mon-pm", Times: 4,
	})
	mornings := matching.Group{Patterns: []matching.Pattern{{ID: "am", Sessions: calendar.Of(calendar.MonAM)}}}
	wantStart(t, authority(t, mornings, therapy), firstMonday)
}

func TestR13_ownOtherPlacement(t *testing.T) {
	t.Parallel()
	farm := matching.Group{ID: "farm", Site: "farm", Timetable: mondays | tuesdays}
	days := matching.Group{
		Timetable: mondays | tuesdays | calendar.OnDays(3),
		Patterns:  []matching.Pattern{{ID: "mon", Sessions: mondays}, {ID: "wed", Sessions: calendar.OnDays(3)}},
	}
	e := authority(t, farm, days, stands("new", "farm"))
	want(t, "pattern beside the farm", matching.PatternID("wed"), in(t, e, "group").Stays[0].Pattern)
	want(t, "on Mondays", []matching.Reason{{
		Code: matching.CodeBusy, Class: matching.ByMove, Date: day(firstMonday), Session: "mon-am", Times: 8,
	}}, reasonsIn(t, e, "group"))
}

func TestR13_untilTheOtherPlacementEnds(t *testing.T) {
	t.Parallel()
	farm := matching.Group{ID: "farm", Site: "farm", Accepts: matching.Accepts{Years: []int{10}}}
	e := authority(t, farm, matching.Group{}, until(stands("new", "farm"), "2026-12-02"))
	want(t, "start", day("2026-12-03"), in(t, e, "group").Stays[0].From)
}

func TestR13_stayThatGoesOn(t *testing.T) {
	t.Parallel()
	// She is in the group already, with its last place. Another stay there follows on the first one, and needs no
	// place beside her own.
	group := matching.Group{Places: matching.Every(1), Adults: matching.Every(125)}
	wantStart(t, authority(t, group, until(stands("new", "group"), "2026-12-01")), "2026-12-02")
	want(t, "reasons", []matching.Code{matching.CodeBusy}, codesIn(t, authority(t, group, stands("new", "group")), "group"))
}

func TestR13_herOwnStaysAreNoSeparation(t *testing.T) {
	t.Parallel()
	// Both areas are hers, and they are rivals: she is not kept apart from herself.
	pupil := matching.Pupil{ID: "new", Areas: []string{"Northgate", "Southgate"}}
	farm := matching.Group{ID: "farm", Timetable: tuesdays, Accepts: matching.Accepts{Years: []int{10}}}
	e := authority(t, rivalry(), farm, matching.Group{}, pupil, stands("new", "farm"))
	want(t, "start", day(firstMonday), in(t, e, "group").Stays[0].From)
}

func TestR13_packageOfProvidersInOneWeek(t *testing.T) {
	t.Parallel()
	policy := matching.DefaultPolicy()
	policy.Package.MaxGroups = 2
	english := []string{"english"}
	garage := matching.Group{ID: "garage", Site: "garage", Offers: []string{"vehicles"}}
	centre := matching.Group{ID: "centre", Site: "centre", Timetable: tuesdays, Offers: english}
	clash := matching.Group{ID: "clash", Site: "clash", Timetable: mondays, Offers: english}
	wants := matching.Referral{Wants: matching.Wants{Sessions: 4, Offers: []string{"english", "vehicles"}}}

	o := best(t, authority(t, policy, garage, centre, clash, wants))
	want(t, "stays", []matching.Stay{
		{Group: "centre", Pattern: "all", From: day(firstMonday), To: day(endOfTerm)},
		{Group: "garage", Pattern: "all", From: day(firstMonday), To: day(endOfTerm)},
	}, o.Stays)
	want(t, "curriculum of the whole week", matching.Known(1000), valueOf(t, o, matching.CodeCurriculum))
	want(t, "sessions of the whole week", matching.Known(1000), valueOf(t, o, matching.CodeCoverage))

	for _, o := range rank(t, authority(t, policy, garage, clash, wants)).Ranking { // both meet on Mondays
		want(t, "stays of one week", 1, len(o.Stays))
	}
	policy = matching.DefaultPolicy() // packages are not asked for
	want(t, "stays", 1, len(best(t, authority(t, policy, garage, centre, wants)).Stays))
}

func TestR13_packageStartsTogether(t *testing.T) {
	t.Parallel()
	policy := matching.DefaultPolicy()
	policy.Package.MaxGroups = 2
	garage := matching.Group{ID: "garage", Site: "garage", Starts: matching.Starts{Weekdays: []matching.Weekday{1}}}
	centre := matching.Group{ID: "centre", Site: "centre", Timetable: tuesdays, Open: matching.Span{From: day("2026-12-02")}}
	options, err := authority(t, policy, garage, centre).Options("r")
	if err != nil {
		t.Fatal(err)
	}
	both := options[len(options)-1] // packages come last
	want(t, "starts", []calendar.Date{day("2026-12-07"), day("2026-12-07")}, []calendar.Date{both.Stays[0].From, both.Stays[1].From})
}
