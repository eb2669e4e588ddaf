package generate_test

import (
	"maps"
	"slices"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/generate"
)

// Most referrals have somewhere to go, and some have not: else there is nothing to plan.
func TestSnapshot_referralsHaveOptions(t *testing.T) {
	t.Parallel()
	for _, o := range []generate.Options{
		{Referrals: 60, Groups: 25, Seed: 1}, {Referrals: 60, Groups: 25, Seed: 2}, {Referrals: 60, Groups: 25, Seed: 3},
		{Referrals: 300, Groups: 100, Seed: 1}, {Referrals: 300, Groups: 100, Seed: 2},
	} {
		s := generated(t, o)
		e, err := matching.New(s)
		if err != nil {
			t.Fatal(err)
		}
		asked, feasible := 0, 0
		for i := 0; i < o.Referrals; i += o.Referrals / 60 {
			options, err := e.Options(s.Referrals[i].ID)
			if err != nil {
				t.Fatal(err)
			}
			asked++
			if slices.ContainsFunc(options, func(x matching.Option) bool { return x.Feasible }) {
				feasible++
			}
		}
		t.Logf("%s: %d of %d referrals have a feasible option", name(o), feasible, asked)
		if feasible*100 < asked*70 {
			t.Errorf("%s: only %d of %d referrals have a feasible option, want 70%%", name(o), feasible, asked)
		}
	}
}

// A pupil can reach some of the groups around, and not all.
func TestSnapshot_journeys(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		w := see(generated(t, generate.Options{Referrals: 300, Groups: 100, Seed: seed}))
		reached, all := 0, 0
		for _, r := range w.Referrals {
			p := w.pupil[r.Pupil]
			if p.Latitude == nil {
				continue
			}
			limit := w.policy.MaxTravelMinutes.Secondary
			if p.Year <= 6 {
				limit = w.policy.MaxTravelMinutes.Primary
			}
			for _, g := range w.Groups {
				all++
				if w.minutes(p, w.site[g.Site]) <= limit {
					reached++
				}
			}
		}
		if share := reached * 100 / all; share < 5 || share > 40 {
			t.Errorf("seed %d: pupils reach %d%% of the groups, want 5 to 40%%", seed, share)
		}
	}
}

func TestSnapshot_deadlines(t *testing.T) {
	t.Parallel()
	w := see(generated(t, generate.Options{Referrals: 2000, Groups: 20, Seed: 1}))
	days := calendar.NewDays(w.AsOf-60, w.Horizon, append(w.Calendar.Closed, calendar.Closure{
		From: calendar.MustDate("2026-10-26"), To: calendar.MustDate("2026-10-30")}))
	excluded := 0
	for _, r := range w.Referrals {
		if r.Received > w.AsOf || r.ReadyFrom != 0 && r.ReadyFrom < w.AsOf {
			t.Errorf("%s is received on %s and ready from %s", r.ID, r.Received, r.ReadyFrom)
		}
		if (r.Deadline != 0) != (r.Priority == "statutory") {
			t.Errorf("%s has priority %s and deadline %s", r.ID, r.Priority, r.Deadline)
		}
		if r.Reason == "permanently_excluded" {
			excluded++
			// The sixth school day of an exclusion at most three days before it was received.
			first, last := days.Between(r.Received-2, w.Horizon)[5], days.Between(r.Received, w.Horizon)[5]
			if r.Deadline < first || r.Deadline > last {
				t.Errorf("%s is received on %s, and its deadline is %s", r.ID, r.Received, r.Deadline)
			}
		}
		if p := w.pupil[r.Pupil]; r.Wants.Sessions > calendar.PerWeek-p.Busy.Len() && p.Knows(matching.FactBusy) {
			t.Errorf("%s wants %d sessions of a pupil who is busy at %d", r.ID, r.Wants.Sessions, p.Busy.Len())
		}
	}
	if excluded < 400 {
		t.Errorf("%d of 2000 are permanently excluded", excluded)
	}
}

// Everything that the contract can say is said somewhere.
func TestSnapshot_variety(t *testing.T) {
	t.Parallel()
	w := see(generated(t, generate.Options{Referrals: 2000, Groups: 400, Seed: 2}))
	seen := map[string]int{}
	count := func(what string, is bool) {
		if is {
			seen[what]++
		} else if _, ok := seen[what]; !ok {
			seen[what] = 0
		}
	}
	for _, g := range w.Groups {
		count("fixed start dates", g.Starts.Dates != nil)
		count("starts on Mondays", g.Starts.Weekdays != nil)
		count("stays of days", g.Days != nil && g.Days.Max == 3)
		count("courses of twenty days", g.Days != nil && g.Days.Max == 20)
		count("stays of weeks", g.Weeks != nil)
		count("stays without end", g.Weeks == nil && g.Days == nil)
		count("newcomer zones", g.Newcomer != nil)
		count("single-sex groups", g.Accepts.Sex != "")
		count("unregistered groups", !g.IsRegistered())
		count("limits", g.Limits != nil)
		count("zones", g.Zone != "main")
		count("short-staffed sessions", len(g.Adults) < 10)
		count("groups for any need", g.Accepts.Needs == nil)
	}
	for _, s := range w.Sites {
		count("floating adults", s.FloatingAdults != nil)
		count("sites with steps", s.Access == nil)
	}
	for _, p := range w.Placements {
		count("movable placements", p.Movable)
		count("own adults standing", p.OwnAdult)
		count("placements that begin later", p.From > w.AsOf)
		count("placements that end soon", p.To < w.AsOf+28)
		count("part-time placements", p.Pattern != "all")
	}
	homes := map[string]int{}
	for _, p := range w.Pupils {
		count("friends", p.Friends != nil)
		count("busy pupils", p.Busy != 0)
		count("some facts unknown", len(p.Unknown) > 0)
		count("nine-tenths unknown", len(p.Unknown) > 9)
		count("second areas", len(p.Areas) > 1)
		count("step-free access needed", p.Access != nil)
		count("must-meet needs", slices.ContainsFunc(p.Needs, func(n matching.Need) bool { return n.Must }))
		if p.CareHome != "" {
			homes[p.CareHome]++
		}
	}
	for _, r := range w.Referrals {
		count("families' choice", r.Wants.Groups != nil)
		count("own adults", r.OwnAdult)
		count("standing pupils who are referred", r.Reason == "pru_transfer")
	}
	count("keep apart", w.KeepApart != nil)
	count("care homes", len(homes) > 10)
	for _, what := range slices.Sorted(maps.Keys(seen)) {
		if seen[what] == 0 {
			t.Errorf("no %s", what)
		}
	}
	for home, n := range homes {
		if n < 2 || n > 6 {
			t.Errorf("%s has %d residents", home, n)
		}
	}
}
