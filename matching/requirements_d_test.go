package matching_test

import (
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// D2: referral information is often missing or wrong. What is not known is never silently "no": the rule passes, and
// is listed as unchecked.

func TestD2_unknownFactsAreUnchecked(t *testing.T) {
	t.Parallel()
	unknown := func(facts ...matching.Fact) matching.Pupil { return matching.Pupil{ID: "new", Unknown: facts} }
	bob := stands("bob", "group")
	fullTime := matching.DefaultPolicy()
	fullTime.FullTimeSessions = 2
	for name, c := range map[string]struct {
		pupil matching.Pupil
		parts []any
		codes []matching.Code
	}{
		"year":                           {unknown(matching.FactYear), []any{matching.Group{Accepts: matching.Accepts{Years: []int{9}}}}, []matching.Code{"journey", "year_group"}},
		"sex":                            {unknown(matching.FactSex), []any{matching.Group{Accepts: matching.Accepts{Sex: matching.Female}}}, []matching.Code{"sex"}},
		"needs":                          {unknown(matching.FactNeeds), []any{matching.Group{Accepts: matching.Accepts{Needs: []string{"SEMH"}}}}, []matching.Code{"needs_not_met"}},
		"traits that the group refuses":  {unknown(matching.FactTraits), []any{matching.Group{Accepts: matching.Accepts{Refuses: []string{"arson"}}}}, []matching.Code{"anxious_with_aggressive", "refused_trait"}},
		"traits that the group limits":   {unknown(matching.FactTraits), []any{matching.Group{Limits: []matching.Limit{{Trait: "arson", Max: 0}}}}, []matching.Code{"anxious_with_aggressive", "trait_limit"}},
		"traits, and the limit is far":   {unknown(matching.FactTraits), []any{matching.Group{Limits: []matching.Limit{{Trait: "arson", Max: 2}}}}, []matching.Code{"anxious_with_aggressive", "trait_limit"}},
		"traits, beside an angry boy":    {unknown(matching.FactTraits), []any{bobIsAngry, bob}, []matching.Code{"anxious_with_aggressive"}},
		"traits, beside a calm boy":      {unknown(matching.FactTraits), []any{bob}, []matching.Code{"anxious_with_aggressive"}},
		"his traits, and she is anxious": {newIsAnxious, []any{matching.Pupil{ID: "bob", Unknown: []matching.Fact{"traits"}}, bob}, []matching.Code{"anxious_with_aggressive"}},
		"areas, beside a rival":          {unknown(matching.FactAreas), []any{rivalry(), bobOfSouthgate, bob}, []matching.Code{"rival_areas"}},
		"areas, where nobody has rivals": {unknown(matching.FactAreas), []any{bobOfSouthgate, bob}, []matching.Code{}},
		"care home, beside a boy of one": {unknown(matching.FactCareHome), []any{matching.Pupil{ID: "bob", CareHome: "hillside"}, bob}, []matching.Code{"care_home_peers"}},
		"home":                           {unknown(matching.FactLatitude, matching.FactLongitude), nil, []matching.Code{"journey"}},
		"access":                         {unknown(matching.FactAccess), nil, []matching.Code{"access"}},
		"busy":                           {unknown(matching.FactBusy), nil, []matching.Code{"busy"}},
		"care home, and nobody is there": {unknown(matching.FactCareHome), nil, []matching.Code{"care_home_peers"}},
		"EHC plan":                       {unknown(matching.FactEHCP), []any{fullTime, matching.Group{Registered: new(false)}}, []matching.Code{"unregistered_full_time"}},
		"EHC plan, registered":           {unknown(matching.FactEHCP), []any{fullTime}, []matching.Code{}},
		"friends: no rule asks":          {unknown(matching.FactFriends), nil, []matching.Code{}},
		"support is priced, not passed":  {unknown(matching.FactSupport), []any{matching.Group{Adults: matching.Every(200)}}, []matching.Code{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := wantStart(t, authority(t, append(c.parts, atHome(&c.pupil), c.pupil)...), firstMonday)
			want(t, "unchecked", c.codes, o.Unchecked)
		})
	}
}

// atHome has a pupil live at the site, so that the journey is known.
func atHome(p *matching.Pupil) matching.Site {
	p.Latitude, p.Longitude = new(52.0), new(0.0)
	return matching.Site{ID: "site", Latitude: new(52.0), Longitude: new(0.0)}
}

func TestD2_absentIsNo(t *testing.T) {
	t.Parallel()
	// Facts that are not listed as unknown are known: this pupil has no traits, needs and care home, and nowhere to be.
	pupil := matching.Pupil{ID: "new"}
	o := best(t, authority(t, matching.Group{Accepts: matching.Accepts{Refuses: []string{"arson"}}}, atHome(&pupil), pupil))
	want(t, "unchecked", []matching.Code{}, o.Unchecked)
}

func TestD2_unknownSupportIsPriced(t *testing.T) {
	t.Parallel()
	pupil := matching.Pupil{ID: "new", Unknown: []matching.Fact{matching.FactSupport}}
	wantReasons(t, authority(t, matching.Group{Adults: matching.Every(199)}, pupil), matching.Reason{ // as enhanced: 200
		Code: matching.CodeStaffing, Class: matching.ByAdults, Limit: new(199), Observed: new(200),
		Date: day(firstMonday), Session: "mon-am", Times: 8,
	})
	o := best(t, authority(t, matching.Group{Adults: matching.Every(1000)}, pupil))
	want(t, "headroom", matching.Value{Expected: 800, Low: 0, High: 875}, valueOf(t, o, matching.CodeHeadroom))
}

func TestD2_scoreIsARange(t *testing.T) {
	t.Parallel()
	pupil := matching.Pupil{ID: "new", Unknown: []matching.Fact{matching.FactNeeds}}
	group := matching.Group{Accepts: matching.Accepts{Needs: []string{"SEMH"}}}
	o := best(t, authority(t, group, atHome(&pupil), pupil))
	want(t, "need_fit", matching.Value{Expected: 500, Low: 0, High: 1000}, valueOf(t, o, matching.CodeNeedFit))
	want(t, "range: half of the weight of 30 in each direction", []int{150, 150}, []int{o.Score - o.ScoreLow, o.ScoreHigh - o.Score})

	pupil.Unknown = nil
	o = best(t, authority(t, group, atHome(&pupil), pupil))
	want(t, "no range", []int{o.Score, o.Score}, []int{o.ScoreLow, o.ScoreHigh})
}

func TestD2_valuesOfUnknownFacts(t *testing.T) {
	t.Parallel()
	site, pupil := northOf(1, 8)
	far := pupil
	far.Unknown = []matching.Fact{matching.FactLatitude, matching.FactLongitude}
	o := best(t, authority(t, site, far))
	want(t, "home not known", matching.Value{Expected: 500, Low: 0, High: 1000}, valueOf(t, o, matching.CodeJourney))
	want(t, "minutes", (*int)(nil), o.Minutes)

	pupil.Unknown = []matching.Fact{matching.FactYear} // the limit is 45 or 75 of 44 minutes
	o = best(t, authority(t, site, pupil))
	want(t, "year not known", matching.Value{Expected: 413, Low: 22, High: 413}, valueOf(t, o, matching.CodeJourney))

	busy := matching.Pupil{ID: "new", Unknown: []matching.Fact{matching.FactBusy}}
	want(t, "busy not known", matching.Value{Expected: 200, Low: 0, High: 1000},
		valueOf(t, best(t, authority(t, busy)), matching.CodeCoverage))
}

// D3: what is missing is listed, and stops a start, not the ranking.

func TestD3_questionsThatChangeTheOrder(t *testing.T) {
	t.Parallel()
	wanted := matching.Group{ID: "wanted", Accepts: matching.Accepts{Refuses: []string{"arson"}}}
	other := matching.Group{ID: "other"}
	pupil := matching.Pupil{ID: "new", Unknown: []matching.Fact{matching.FactTraits, matching.FactFriends, matching.FactLookedAfter}}
	e := authority(t, wanted, other, pupil, matching.Referral{Wants: matching.Wants{Groups: []matching.GroupID{"wanted"}}})
	want(t, "ranked first, though traits are not known", matching.GroupID("wanted"), best(t, e).Stays[0].Group)

	questions, err := e.Questions("r")
	if err != nil {
		t.Fatal(err)
	}
	stay := func(group matching.GroupID) []matching.Stay {
		return []matching.Stay{{Group: group, Pattern: "all", From: day(firstMonday), To: day(endOfTerm)}}
	}
	// One is worth asking. Friends and looked after change nothing here, and are not asked about.
	want(t, "questions", []matching.Question{{
		Facts: []matching.Fact{matching.FactTraits}, ChangesFirst: 1, ChangesOrder: 1,
		Answers: []matching.Answer{
			{Answer: "none", First: stay("wanted"), Feasible: 2},
			{Answer: "aggressive", First: stay("wanted"), Feasible: 2},
			{Answer: "anxious_refuser", First: stay("wanted"), Feasible: 2},
			{Answer: "arson", First: stay("other"), Feasible: 1, ChangesFirst: true, ChangesOrder: true},
		},
	}}, questions)
}

func TestD3_everythingUnknownStillRanks(t *testing.T) {
	t.Parallel()
	// Nine tenths of the form are missing: the ranking stands, and says on what it waits.
	pupil := matching.Pupil{ID: "new", Unknown: matching.Facts()}
	group := matching.Group{
		Accepts: matching.Accepts{Years: []int{9}, Sex: matching.Female, Needs: []string{"SEMH"}, Refuses: []string{"arson"}},
		Limits:  []matching.Limit{{Trait: "arson", Max: 0}}, Registered: new(false),
	}
	policy := rivalry()
	policy.FullTimeSessions = 2
	bob := matching.Pupil{ID: "bob", Areas: []string{"Southgate"}, CareHome: "hillside", Traits: []string{"aggressive"}}
	o := wantStart(t, authority(t, policy, group, pupil, bob, stands("bob", "group")), firstMonday)
	want(t, "unchecked", []matching.Code{
		"access", "anxious_with_aggressive", "busy", "care_home_peers", "journey", "needs_not_met", "refused_trait",
		"rival_areas", "sex", "trait_limit", "unregistered_full_time", "year_group",
	}, o.Unchecked)
	if o.ScoreLow >= o.Score || o.Score >= o.ScoreHigh {
		t.Errorf("score %d is not within its range %d to %d", o.Score, o.ScoreLow, o.ScoreHigh)
	}
}

// D6: circumstances, several at once.

func TestD6_severalCircumstances(t *testing.T) {
	t.Parallel()
	// A girl of Year 10 who looks after her mother on Friday mornings, is pregnant, in care, and has a plan; she
	// refuses school out of anxiety, and has been cautioned. The vocabulary of traits is open: policies and groups
	// give each its meaning, and every one of them counts at the same time.
	pupil := matching.Pupil{
		ID: "new", Year: 10, Sex: matching.Female, CareHome: "hillside", LookedAfter: true, EHCP: true,
		Traits: []string{"anxious_refuser", "pregnant", "offending", "substance_misuse", "young_carer", "persistent_absence"},
		Needs:  []matching.Need{{Code: "SEMH", Must: true}, {Code: "SLCN"}},
		Busy:   calendar.Of(calendar.FriAM), Support: "intensive",
	}
	mothers := matching.Group{ID: "mothers", Site: "mothers", Accepts: matching.Accepts{Sex: matching.Female, Needs: []string{"SEMH", "SLCN"}}}
	workshop := matching.Group{ID: "workshop", Site: "workshop", Accepts: matching.Accepts{Refuses: []string{"offending", "pregnant"}}}
	reset := matching.Group{ID: "reset", Site: "reset", Accepts: matching.Accepts{Years: []int{7, 8, 9}}, Adults: matching.Every(400)}
	fridays := matching.Group{ID: "fridays", Site: "fridays", Timetable: calendar.OnDays(5)}
	policy := matching.DefaultPolicy()
	policy.Separations = append(policy.Separations, matching.SeparationPolicy{
		Code: "offending_with_victim", Scope: matching.OnSite, Traits: []string{"offending", "victim_of_crime"},
	})
	bob := matching.Pupil{ID: "bob", Traits: []string{"aggressive", "victim_of_crime"}, CareHome: "hillside"}

	e := authority(t, policy, pupil, mothers, workshop, reset, fridays, bob, stands("bob", "reset"))
	want(t, "fits", matching.GroupID("mothers"), best(t, e).Stays[0].Group)
	want(t, "ways", 1, len(rank(t, e).Ranking))
	want(t, "workshop", []string{"offending", "pregnant"}, reasonsIn(t, e, "workshop")[0].Codes)
	want(t, "fridays", []matching.Code{"busy"}, codesIn(t, e, "fridays"))
	want(t, "reset", []matching.Code{
		"year_group", "staffing", "care_home_peers", "anxious_with_aggressive", "offending_with_victim",
	}, codesIn(t, e, "reset"))
}

// D7: several referral routes and reasons.

func TestD7_reasonsAndRoutes(t *testing.T) {
	t.Parallel()
	groups := []any{
		matching.Group{ID: "before", Accepts: matching.Accepts{Reasons: []string{"prevent_exclusion", "respite"}}},
		matching.Group{ID: "after", Accepts: matching.Accepts{Reasons: []string{"permanently_excluded", "youth_justice"}}},
		matching.Group{ID: "anyone"},
	}
	for reason, fits := range map[string][]bool{
		"prevent_exclusion":    {true, false, true}, // by a school
		"respite":              {true, false, true}, // by a unit
		"permanently_excluded": {false, true, true}, // by the authority
		"youth_justice":        {false, true, true}, // by another agency
		"self_referral":        {false, false, true},
		"":                     {false, false, true}, // no reason is none that they accept
	} {
		e := authority(t, append(groups, matching.Referral{Reason: reason})...)
		for i, group := range []matching.GroupID{"before", "after", "anyone"} {
			want(t, reason+" "+string(group), fits[i], codesIn(t, e, group) == nil)
		}
	}
}
