package duty_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/duty"
)

func stay(route duty.Route, tier duty.Tier, from, to string) duty.Stay {
	s := duty.Stay{Route: route, Tier: tier, From: date(from)}
	if to != "" {
		s.To = date(to)
	}
	return s
}

// planned writes reviews as "2026-11-09 first_week+half_termly", with "held" and the day.
func planned(reviews []duty.Review) []string {
	var list []string
	for _, r := range reviews {
		line := r.Due.String() + " " + string(r.Kind)
		for _, k := range r.With {
			line += "+" + string(k)
		}
		if r.On != 0 {
			line += " held " + r.On.String()
		}
		list = append(list, line)
	}
	return list
}

// TestW5_firstReviewAfterAWeekThenFortnightly also has the meetings with the parents,
// and the final review just before the return.
func TestW5_firstReviewAfterAWeekThenFortnightly(t *testing.T) {
	t.Parallel()
	got := newClock(t, year2026()).Reviews(stay(duty.PreventPermanent, duty.TimeLimited, "2026-11-02", "2026-12-18"))
	want := []string{
		"2026-11-02 start_meeting", "2026-11-09 first_week", "2026-11-23 fortnightly", "2026-12-07 fortnightly",
		"2026-12-17 final", "2026-12-18 end_meeting", "2027-01-04 return_meeting", "2027-02-01 follow_up",
	}
	if diff := cmp.Diff(want, planned(got)); diff != "" {
		t.Errorf("reviews (-want +got):\n%s", diff)
	}
}

func TestW5_byRouteTierAndLength(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		stay duty.Stay
		want []string
	}{
		{"one day", stay(duty.Respite, duty.TimeLimited, "2026-11-04", "2026-11-04"), []string{"2026-11-04 end_meeting", "2026-11-05 return_meeting"}},
		{
			"three days", stay(duty.Respite, duty.TimeLimited, "2026-11-04", "2026-11-06"),
			[]string{"2026-11-04 start_meeting", "2026-11-06 end_meeting", "2026-11-09 return_meeting"},
		},
		{
			"four days", stay(duty.Respite, duty.TimeLimited, "2026-11-03", "2026-11-06"),
			[]string{"2026-11-03 start_meeting", "2026-11-06 end_meeting", "2026-11-09 return_meeting"},
		},
		{
			"a school week", stay(duty.Respite, duty.TimeLimited, "2026-11-02", "2026-11-06"),
			[]string{"2026-11-02 start_meeting", "2026-11-05 final", "2026-11-06 end_meeting", "2026-11-09 return_meeting", "2026-12-07 follow_up"},
		},
		{
			"two weeks from a Wednesday", stay(duty.DuringSuspension, duty.Transitional, "2026-11-04", "2026-11-17"),
			[]string{"2026-11-04 start_meeting", "2026-11-11 first_week", "2026-11-16 final", "2026-11-17 end_meeting", "2026-11-18 return_meeting", "2026-12-16 follow_up"},
		},
		{
			"the final review stands for a weekly one on its day", stay(duty.AfterPermanent, duty.Transitional, "2026-11-02", "2026-11-24"),
			[]string{"2026-11-02 start_meeting", "2026-11-09 first_week", "2026-11-23 final", "2026-11-24 end_meeting", "2027-01-04 follow_up"},
		},
		{
			"three days before half term, which nobody reviews", stay(duty.AfterPermanent, duty.Transitional, "2026-10-21", "2026-11-20"),
			[]string{
				"2026-10-21 start_meeting", "2026-11-02 first_week", "2026-11-11 fortnightly", "2026-11-19 final", "2026-11-20 end_meeting", "2027-01-04 follow_up",
			},
		},
		{
			"from before what is known", stay(duty.AfterPermanent, duty.Transitional, "2026-07-06", "2026-09-18"),
			[]string{"2026-07-06 start_meeting", "2026-09-03 fortnightly", "2026-09-07 fortnightly", "2026-09-17 final", "2026-09-18 end_meeting", "2026-10-19 follow_up"},
		},
		{
			"moved late, which does not disturb the panel's reviews",
			duty.Stay{Route: duty.PreventPermanent, Tier: duty.TimeLimited, From: date("2026-09-07"), To: date("2026-12-18"), Moves: []calendar.Date{date("2026-12-01")}},
			[]string{
				"2026-09-07 start_meeting", "2026-09-14 first_week", "2026-09-28 fortnightly", "2026-10-12 fortnightly+half_termly",
				"2026-11-02 fortnightly+six_weekly", "2026-11-09 fortnightly", "2026-11-23 fortnightly", "2026-12-07 fortnightly", "2026-12-08 first_week",
				"2026-12-17 final", "2026-12-18 end_meeting", "2027-01-04 return_meeting", "2027-02-01 follow_up",
			},
		},
		{"advice", stay(duty.Advice, duty.Outreach, "2026-11-02", "2026-12-18"), nil},
		{
			"outreach", stay(duty.PreventPermanent, duty.Outreach, "2026-09-07", "2026-12-18"),
			[]string{"2026-09-07 start_meeting", "2026-10-19 six_weekly", "2026-11-30 six_weekly", "2026-12-17 final", "2026-12-18 end_meeting", "2027-02-01 follow_up"},
		},
		{
			"over two half terms, which the placing school reviews with the panel's",
			stay(duty.OffSiteDirection, duty.TimeLimited, "2026-09-14", "2026-12-18"),
			[]string{
				"2026-09-14 start_meeting", "2026-09-21 first_week", "2026-10-05 fortnightly", "2026-10-19 fortnightly+half_termly",
				"2026-11-02 fortnightly+six_weekly", "2026-11-16 fortnightly", "2026-11-30 fortnightly", "2026-12-14 fortnightly+six_weekly",
				"2026-12-17 final", "2026-12-18 end_meeting", "2027-01-04 return_meeting", "2027-02-01 follow_up",
			},
		},
		{
			"over the Christmas holidays, several as one on the first day of term",
			stay(duty.AfterPermanent, duty.Transitional, "2026-12-07", "2027-01-29"),
			[]string{
				"2026-12-07 start_meeting", "2026-12-14 first_week+half_termly", "2027-01-04 fortnightly", "2027-01-11 fortnightly",
				"2027-01-25 fortnightly", "2027-01-28 final", "2027-01-29 end_meeting", "2027-03-01 follow_up",
			},
		},
		{
			"as far as is known", stay(duty.PreventPermanent, duty.TimeLimited, "2027-07-12", "2027-09-10"),
			[]string{"2027-07-12 start_meeting", "2027-07-19 first_week+half_termly", " final", " end_meeting", " return_meeting", " follow_up"},
		},
		{
			"without an end", stay(duty.NoSchoolPlace, duty.Transitional, "2027-06-07", ""),
			[]string{"2027-06-07 start_meeting", "2027-06-14 first_week", "2027-06-28 fortnightly", "2027-07-12 fortnightly+half_termly"},
		},
		{"that ends before it begins", stay(duty.Respite, duty.TimeLimited, "2026-11-04", "2026-11-03"), nil},
	} {
		if diff := cmp.Diff(test.want, planned(newClock(t, year2026()).Reviews(test.stay))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// TestW7_returnAndFollowUp: there is a meeting on the first day back and a follow-up
// afterwards, and neither where the pupil does not come back or never left.
func TestW7_returnAndFollowUp(t *testing.T) {
	t.Parallel()
	c := newClock(t, year2026())
	for _, route := range duty.Routes() {
		for _, tier := range duty.Tiers() {
			var back, after calendar.Date
			for _, r := range c.Reviews(stay(route, tier, "2026-11-02", "2026-12-18")) {
				switch r.Kind {
				case duty.ReturnMeeting:
					back = r.Due
				case duty.FollowUp:
					after = r.Due
				default:
				}
			}
			cadence := duty.CadenceOf(route, tier)
			if (back == date("2027-01-04")) != cadence.Return || (after == date("2027-02-01")) != cadence.FollowUp {
				t.Errorf("%s, %s: back on %s, follow-up on %s", route, tier, back, after)
			}
			if cadence.Return && (tier != duty.TimeLimited && route != duty.Respite && route != duty.DuringSuspension || route == duty.Advice) {
				t.Errorf("%s, %s: a return that nobody expects", route, tier)
			}
		}
	}
}

// TestW5_recomputedKeepsWhatWasHeld extends a stay, moves it and cuts it short.
func TestW5_recomputedKeepsWhatWasHeld(t *testing.T) {
	t.Parallel()
	c := newClock(t, year2026())
	held := []duty.Held{
		{Kind: duty.FirstWeek, On: date("2026-11-10")}, {Kind: duty.StartMeeting, On: date("2026-11-02")},
		{Kind: duty.Fortnightly, On: date("2026-11-20")},
	}
	s := stay(duty.AfterPermanent, duty.Transitional, "2026-11-02", "2026-12-18")
	s.Held = held
	begun := []string{"2026-11-02 start_meeting held 2026-11-02", "2026-11-09 first_week held 2026-11-10", "2026-11-23 fortnightly held 2026-11-20"}
	for _, test := range []struct {
		name   string
		change func(*duty.Stay)
		want   []string
	}{
		{"as planned", func(*duty.Stay) {}, []string{
			"2026-12-07 fortnightly", "2026-12-17 final", "2026-12-18 end_meeting", "2027-02-01 follow_up",
		}},
		{"extended", func(s *duty.Stay) { s.To = date("2027-01-15") }, []string{
			"2026-12-07 fortnightly+half_termly", "2027-01-04 fortnightly", "2027-01-14 final", "2027-01-15 end_meeting", "2027-02-22 follow_up",
		}},
		{"extended after its final review", func(s *duty.Stay) {
			s.To = date("2027-01-15")
			s.Held = append(slices.Clone(s.Held), duty.Held{Kind: duty.Final, On: date("2026-12-17")})
		}, []string{
			"2026-12-07 fortnightly+half_termly", "2026-12-17 final held 2026-12-17", "2027-01-04 fortnightly", "2027-01-14 final", "2027-01-15 end_meeting", "2027-02-22 follow_up",
		}},
		{"moved within the provision", func(s *duty.Stay) { s.Moves = []calendar.Date{date("2026-11-25")} }, []string{
			"2026-12-02 first_week", "2026-12-07 fortnightly", "2026-12-17 final", "2026-12-18 end_meeting", "2027-02-01 follow_up",
		}},
		{"reviewed once more than planned", func(s *duty.Stay) {
			s.Held = append(slices.Clone(s.Held), duty.Held{Kind: duty.Fortnightly, On: date("2026-11-25")})
		}, []string{
			"2026-11-25 fortnightly held 2026-11-25", "2026-12-07 fortnightly", "2026-12-17 final", "2026-12-18 end_meeting", "2027-02-01 follow_up",
		}},
		{"ended early", func(s *duty.Stay) { s.To = date("2026-11-25") }, []string{
			"2026-11-24 final", "2026-11-25 end_meeting", "2027-01-04 follow_up",
		}},
	} {
		changed := s
		test.change(&changed)
		if diff := cmp.Diff(slices.Concat(begun, test.want), planned(c.Reviews(changed))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
	ended := s
	ended.To = date("2026-11-06")
	kept := 0
	for _, r := range c.Reviews(ended) {
		if r.On != 0 {
			kept++
		}
	}
	if kept != len(held) {
		t.Errorf("of %d reviews that were held %d are kept after the stay was ended before them", len(held), kept)
	}
}

// TestW5_finalReviewIsNotBeforeTheStart: an authority that reviews ten days before the
// end does so on the first day of a stay of a week.
func TestW5_finalReviewIsNotBeforeTheStart(t *testing.T) {
	t.Parallel()
	own, err := duty.Defaults().With(duty.Settings{setting(duty.ReviewFinal, 10, "", "", "Thornmere")})
	if err != nil {
		t.Fatal(err)
	}
	c, err := duty.NewClock(newCalendar(t, year2026()), own)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"2026-11-02 start_meeting", "2026-11-02 final", "2026-11-06 end_meeting", "2026-11-09 return_meeting", "2026-12-07 follow_up"}
	got := c.Reviews(stay(duty.Respite, duty.TimeLimited, "2026-11-02", "2026-11-06"))
	if diff := cmp.Diff(want, planned(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestW5_reviewsAsDeadlines: a review that was forgotten is missed, and says so.
func TestW5_reviewsAsDeadlines(t *testing.T) {
	t.Parallel()
	c := newClock(t, year2026())
	s := stay(duty.PreventPermanent, duty.TimeLimited, "2026-11-02", "2026-12-18")
	s.Held = []duty.Held{{Kind: duty.StartMeeting, On: date("2026-11-02")}, {Kind: duty.FirstWeek, On: date("2026-11-12")}}
	var got []string
	for _, d := range c.Stay(s) {
		if d.Setting.Source == "" {
			t.Errorf("%s has no source", d.Code)
		}
		got = append(got, fmt.Sprintf("%s %s %s", d.Code, d.Who, c.Standing(d, date("2026-12-04")).State))
	}
	want := []string{
		"review.start_meeting provider met", "review.first_week provider late", "review.fortnightly provider missed",
		"review.fortnightly provider at risk", "review.final provider on track", "review.end_meeting provider on track",
		"review.return_meeting school on track", "review.follow_up school on track",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestW5_laws holds every route, tier and many stays of six years to what a schedule of
// reviews must be: on school days, in order, no two weekly ones on one day, none further
// than a fortnight from the last but for holidays, and no half term without any.
func TestW5_laws(t *testing.T) {
	t.Parallel()
	c := newClock(t, centuries(t)[20:26]...)
	for d := c.First() + 40; d < c.Last()-400; d += 11 {
		from, to := c.OnOrAfter(d), c.OnOrAfter(d+calendar.Date(int(d)%190))
		for _, route := range duty.Routes() {
			for _, tier := range duty.Tiers() {
				s := duty.Stay{Route: route, Tier: tier, From: from, To: to}
				lawful(t, c, s, c.Reviews(s))
			}
		}
	}
}

func lawful(t *testing.T, c *duty.Clock, s duty.Stay, reviews []duty.Review) {
	t.Helper()
	cadence := duty.CadenceOf(s.Route, s.Tier)
	name := fmt.Sprintf("%s, %s, %s to %s", s.Route, s.Tier, s.From, s.To)
	n, _ := c.Count(s.From, s.To)
	last, seen := s.From, []calendar.Date{}
	for i, r := range reviews {
		if !c.Days().Open(r.Due) || i > 0 && r.Due < reviews[i-1].Due {
			t.Errorf("%s: %s on %s is on no school day, or out of order", name, r.Kind, r.Due)
		}
		switch r.Kind {
		case duty.FirstWeek, duty.Fortnightly, duty.Final:
			// A review may wait for a holiday to end, but not for a school day more.
			if c.OnOrAfter(last+14) < r.Due && cadence.Weekly {
				t.Errorf("%s: nothing between %s and %s", name, last, r.Due)
			}
			if r.Kind != duty.Final && slices.Contains(seen, r.Due) {
				t.Errorf("%s: two on %s", name, r.Due)
			}
			last = r.Due
			seen = append(seen, r.Due)
		default:
		}
	}
	full := n >= 5 || s.To-s.From+1 >= 7
	if cadence.Final != (len(seen) > 0) && full || !full && len(seen) > 0 {
		t.Errorf("%s: %d school days and %d reviews", name, n, len(seen))
	}
	for _, half := range c.HalfTerms() {
		inside, _ := c.Count(max(half.From, s.From), min(half.To, s.To))
		if !full || !cadence.HalfTermly || inside < 5 {
			continue
		}
		if !slices.ContainsFunc(seen, func(d calendar.Date) bool { return half.From <= d && d <= half.To }) &&
			!slices.ContainsFunc(reviews, func(r duty.Review) bool { return r.Kind == duty.HalfTermly && r.Due == half.To }) {
			t.Errorf("%s: no review in the half term from %s", name, half.From)
		}
	}
}
