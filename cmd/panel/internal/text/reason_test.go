package text

import (
	"bytes"
	"strings"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/demo"
)

// school is a snapshot to speak about.
func school(t *testing.T) *Words {
	t.Helper()
	e, err := matching.New(&matching.Snapshot{
		AsOf: calendar.MustDate("2026-11-23"), Horizon: calendar.MustDate("2027-07-16"),
		Sites: []matching.Site{{ID: "s"}},
		Groups: []matching.Group{
			{ID: "g", Site: "s", Name: "Reset", Timetable: calendar.OnDays(1)},
			{ID: "days", Site: "s", Timetable: calendar.OnDays(1), Days: &matching.Length{Min: 2}},
		},
		Pupils:    []matching.Pupil{{ID: "p1", Year: 8}, {ID: "p2", Year: 8}},
		Referrals: []matching.Referral{{ID: "r1", Pupil: "p1"}},
		KeepApart: []matching.KeepApart{{Pupils: []matching.PupilID{"p2", "p1"}, Until: calendar.MustDate("2027-02-01"), Reason: "fight"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return New(e.Snapshot())
}

func TestReason(t *testing.T) {
	t.Parallel()
	w := school(t)
	day, n := calendar.MustDate("2026-12-02"), func(n int) *int { return &n }
	for want, r := range map[string]matching.Reason{
		"Takes Years 10 and 11, not Year 8.":                                                                                                 {Code: "year_group", Observed: n(8), Accepts: []string{"10", "11"}},
		"Takes girls only.":                                                                                                                  {Code: "sex", Accepts: []string{"F"}},
		"Does not take this reason for referral (permanently excluded).":                                                                     {Code: "referral_reason", Codes: []string{"permanently_excluded"}},
		"Not equipped for autism, which must be met.":                                                                                        {Code: "needs_not_met", Codes: []string{"ASD"}},
		"Does not take pupils noted for arson or weapon.":                                                                                    {Code: "refused_trait", Codes: []string{"arson", "weapon"}},
		"The site has no step-free access.":                                                                                                  {Code: "access", Codes: []string{"step_free"}},
		"92 minutes from home, and the limit is 75.":                                                                                         {Code: "journey", Observed: n(92), Limit: n(75)},
		"The pupil is already somewhere else on Wed am from Wed 2 Dec 2026.":                                                                 {Code: "busy", Date: day, Session: "wed-am", Times: 4},
		"Only 3 weeks are left, and a stay takes at least 4.":                                                                                {Code: "too_short", Observed: n(3), Limit: n(4)},
		"No start date before Fri 16 Jul 2027; the next is Mon 6 Sep 2027.":                                                                  {Code: "not_open", Clears: calendar.MustDate("2027-09-06")},
		"Full on Wed am from Wed 2 Dec 2026 (8 of 8 places taken); clears for a start on Mon 11 Jan 2027.":                                   {Code: "places", Observed: n(9), Limit: n(8), Date: day, Session: "wed-am", Times: 5, Clears: calendar.MustDate("2027-01-11")},
		"Full on Wed am, on Wed 2 Dec 2026 only (1 of 1 place taken).":                                                                       {Code: "places", Observed: n(2), Limit: n(1), Date: day, Session: "wed-am", Times: 1},
		"Short of 0.3 of an adult on Wed am from Wed 2 Dec 2026 (needs 2.3, has 2).":                                                         {Code: "staffing", Observed: n(2300), Limit: n(2000), Date: day, Session: "wed-am", Times: 5},
		"Would have 3 pupils noted for high risk on Wed am from Wed 2 Dec 2026, and takes 2 at a time.":                                      {Code: "trait_limit", Observed: n(3), Limit: n(2), Codes: []string{"high_risk"}, Date: day, Session: "wed-am", Times: 5},
		"Would be on the site with p2, of a rival area, on Wed am from Wed 2 Dec 2026.":                                                      {Code: "rival_areas", Pupils: []matching.PupilID{"p2"}, Date: day, Session: "wed-am", Times: 5},
		"Would be in the group with p2, of the same care home, on Wed am from Wed 2 Dec 2026.":                                               {Code: "care_home_peers", Pupils: []matching.PupilID{"p2"}, Date: day, Session: "wed-am", Times: 5},
		"Would be together with p2, from whom this pupil is kept apart by name, on Wed am from Wed 2 Dec 2026: fight, until Mon 1 Feb 2027.": {Code: "keep_apart", Pupils: []matching.PupilID{"p2"}, Date: day, Session: "wed-am", Times: 5},
		"The rule “minibus seats” refuses it (9, and the limit is 8) on Wed am from Wed 2 Dec 2026.":                                         {Code: "minibus_seats", Observed: n(9), Limit: n(8), Date: day, Session: "wed-am", Times: 5},
		"Not a registered school, and would have 5 full-time pupils from Wed 2 Dec 2026 where fewer than 5 are lawful.":                      {Code: "unregistered_full_time", Observed: n(5), Limit: n(5), Date: day, Times: 2},
	} {
		o := &matching.Option{Referral: "r1", Stays: []matching.Stay{{Group: "g", Pattern: "all"}}}
		same(t, string(r.Code), w.Reason(o, &r), want)
	}
	o := &matching.Option{Referral: "r1", Stays: []matching.Stay{{Group: "g", Pattern: "all"}}}
	same(t, "busy on no open day", w.Reason(o, &matching.Reason{Code: "busy", Codes: []string{"thu-am"}}), "The pupil is already somewhere else on Thu am.")
	same(t, "busy on no open days", w.Reason(o, &matching.Reason{Code: "busy", Codes: []string{"mon-am", "mon-pm", "tue-am"}}), "The pupil is already somewhere else on Mon and Tue am.")
	days := &matching.Option{Referral: "r1", Stays: []matching.Stay{{Group: "days", Pattern: "all"}}}
	same(t, "too_short", w.Reason(days, &matching.Reason{Code: "too_short", Observed: n(1), Limit: n(2)}), "Only 1 school day is left, and a stay takes at least 2.")
}

func TestNoUnlock(t *testing.T) {
	t.Parallel()
	w := school(t)
	busy, waiver := matching.Reason{Code: matching.CodeBusy, Class: matching.ByMove}, matching.Reason{Code: "rival_areas", Class: matching.ByWaiver}
	last := func(reasons ...matching.Reason) string {
		said := w.NoUnlock(reasons)
		return said[len(said)-1]
	}
	same(t, "his week", last(busy), "What remains is a change of this pupil's own week.")
	same(t, "his week, and more", last(busy, waiver), "What remains is a change of this pupil's own week, together with a waiver.")
	for _, reasons := range [][]matching.Reason{{waiver}, {busy, {Class: matching.Never}}} {
		same(t, "sentences", len(w.NoUnlock(reasons)), 1)
	}
	same(t, "no start", last(matching.Reason{Code: matching.CodeNotOpen, Class: matching.ByDate, Clears: 1}),
		"No change that the panel can make is enough for a start before Fri 16 Jul 2027: no waiver, other date or pattern, more adults or moving of others, nor up to three of these together.")
}

func TestUnlock(t *testing.T) {
	t.Parallel()
	w := school(t)
	day := calendar.MustDate("2026-11-30")
	o := &matching.Option{Stays: []matching.Stay{{Group: "g", Pattern: "all", From: day, To: day + 6}}}
	for want, u := range map[string]matching.Unlock{
		"Waive the rule “rival areas”.": {Changes: []matching.Change{{Kind: matching.Waive, Rule: "rival_areas"}}, Stay: o.Stays[0]},
		"Wait until Mon 7 Dec 2026. Then: Mon 7 Dec 2026 to Sun 13 Dec 2026.": {
			Changes: []matching.Change{{Kind: matching.Wait, From: day + 7}}, Stay: matching.Stay{Group: "g", Pattern: "all", From: day + 7, To: day + 13},
		},
		"Add 0.1 of an adult (Mon am) and move p2 elsewhere (placement pl1, which a plan may re-seat).": {
			Changes: []matching.Change{
				{Kind: matching.AddAdults, Adults: 100, Sessions: []calendar.Session{calendar.MonAM}},
				{Kind: matching.MoveAway, Pupil: "p2", Placement: "pl1", Movable: true},
			}, Stay: o.Stays[0],
		},
		"Attend Mon instead.": {Changes: []matching.Change{{Kind: matching.TakePattern, Pattern: "all"}}, Stay: o.Stays[0]},
	} {
		u.Stay.Group = "g"
		same(t, want, w.Unlock(o, &u), want)
	}
}

// Whatever the demo authority's agenda says is said in words: no code, no verb of
// a format, no blank too many.
func TestSentences_ofTheDemoAuthority(t *testing.T) {
	t.Parallel()
	s, err := matching.Read(bytes.NewReader(demo.Authority()))
	if err != nil {
		t.Fatal(err)
	}
	e, err := matching.New(s)
	if err != nil {
		t.Fatal(err)
	}
	w := New(e.Snapshot())
	for _, r := range e.Snapshot().Referrals {
		k, err := e.Rank(r.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, sentence := range w.About(r.ID) {
			readable(t, sentence, true)
		}
		for i := range k.Ranking {
			for n := range k.Ranking[i].Contributions {
				readable(t, w.Because(&k.Ranking[i], &k.Ranking[i].Contributions[n]), false)
			}
		}
		for i := range k.Rejected {
			for n := range k.Rejected[i].Reasons {
				readable(t, w.Reason(&k.Rejected[i], &k.Rejected[i].Reasons[n]), true)
			}
		}
	}
}

func readable(t *testing.T, s string, isSentence bool) {
	t.Helper()
	if s == "" || strings.ContainsAny(s, "_%!") && !strings.Contains(s, "% ") || strings.Contains(s, "  ") || isSentence && !strings.HasSuffix(s, ".") {
		t.Errorf("not plain words: %q", s)
	}
}
