package lint_test

import (
	"slices"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/lint"
)

// plain is a snapshot in which almost nothing is to be found: the mill with a group on
// Mondays and one on Tuesdays, ada and ben referred, cy and dee standing in the first.
func plain() *matching.Snapshot {
	p := matching.DefaultPolicy()
	p.Separations = []matching.SeparationPolicy{}
	group := func(id matching.GroupID, day calendar.Sessions) matching.Group {
		return matching.Group{
			ID: id, Site: "mill", Timetable: day, Places: matching.Every(4), Adults: matching.Every(1000),
			Offers: []string{"maths"}, Approaches: []string{"practical"}, Weeks: &matching.Length{Min: 2, Usual: 4},
		}
	}
	stand := func(id matching.PlacementID, pupil matching.PupilID) matching.Placement {
		return matching.Placement{ID: id, Pupil: pupil, Group: "mon", From: day("2026-09-07"), To: day("2027-03-26")}
	}
	return &matching.Snapshot{
		AsOf: day("2026-11-23"), Horizon: day("2027-03-26"), Policy: p,
		Sites:  []matching.Site{{ID: "mill"}},
		Groups: []matching.Group{group("mon", calendar.OnDays(1)), group("tue", calendar.OnDays(2))},
		Pupils: []matching.Pupil{
			{ID: "ada", Year: 8}, {ID: "ben", Year: 8}, {ID: "cy", Year: 8}, {ID: "dee", Year: 8},
		},
		Placements: []matching.Placement{stand("pl-cy", "cy"), stand("pl-dee", "dee")},
		Referrals:  []matching.Referral{{ID: "r-ada", Pupil: "ada"}, {ID: "r-ben", Pupil: "ben"}},
	}
}

func day(s string) calendar.Date { return calendar.MustDate(s) }

// A change to the plain snapshot.
type change func(s *matching.Snapshot)

func fight(scope matching.Scope, a, b matching.PupilID) change {
	return func(s *matching.Snapshot) {
		s.KeepApart = append(s.KeepApart, matching.KeepApart{Pupils: []matching.PupilID{a, b}, Scope: scope})
	}
}

func both(changes ...change) change {
	return func(s *matching.Snapshot) {
		for _, c := range changes {
			c(s)
		}
	}
}

// onlyMonday leaves one group, so that who is referred can go nowhere else.
func onlyMonday(s *matching.Snapshot) { s.Groups = s.Groups[:1] }

func traits(has ...string) change {
	return func(s *matching.Snapshot) { s.Pupils[2].Traits, s.Pupils[3].Traits = has, has }
}

func parted(codes ...string) change {
	return func(s *matching.Snapshot) {
		s.Policy.Separations = []matching.SeparationPolicy{{Code: "loud", Scope: matching.InGroup, Traits: codes}}
	}
}

func fullTime(n int) change {
	return func(s *matching.Snapshot) {
		s.Policy.FullTimeSessions, s.Groups[0].Registered = 2, new(false)
		s.Groups[0].Places = matching.Every(9)
		for i := range n - 2 {
			id := string(rune('k' + i))
			s.Pupils = append(s.Pupils, matching.Pupil{ID: matching.PupilID(id), Year: 8})
			s.Placements = append(s.Placements, matching.Placement{
				ID: matching.PlacementID("pl-" + id), Pupil: matching.PupilID(id), Group: "mon", From: day("2026-09-07"), To: day("2027-03-26"),
			})
		}
	}
}

// rows have for each code a snapshot in which it is found, the first finding, and a
// near miss in which it is not.
var rows = []struct {
	code lint.Code
	has  change
	want string
	miss change
}{
	{
		lint.NoOption,
		func(s *matching.Snapshot) {
			s.Groups[0].Accepts.Years, s.Groups[1].Accepts.Years = []int{9}, []int{9, 10}
			s.Groups[1].Accepts.Sex = "F"
		},
		`{"code":"no_option","severity":"error","referrals":["r-ada"],"refusals":[{"code":"year_group","groups":2,"alone":1},{"code":"sex","groups":1,"alone":0}]}`,
		func(s *matching.Snapshot) {
			s.Groups[0].Accepts.Years, s.Groups[1].Accepts.Years = []int{9}, []int{8, 9, 10}
		},
	},
	{
		lint.DeadlineLost,
		func(s *matching.Snapshot) {
			s.Referrals[0].Deadline, s.Referrals[0].ReadyFrom = day("2026-11-30"), day("2026-12-01")
		},
		`{"code":"deadline_lost","severity":"error","referrals":["r-ada"],"date":"2026-11-30","earliest":"2026-12-01"}`,
		func(s *matching.Snapshot) {
			s.Referrals[0].Deadline, s.Referrals[0].ReadyFrom = day("2026-11-30"), day("2026-11-30")
		},
	},
	{
		lint.RivalClique, both(onlyMonday, fight(matching.OnSite, "ada", "ben")),
		`{"code":"rival_clique","severity":"error","scope":"site","referrals":["r-ada","r-ben"],"pupils":["ada","ben"],"sites":["mill"],"codes":["keep_apart"],"limit":1,"observed":2,"rooms":[{"site":"mill","date":"2026-11-23","session":"mon-am"}]}`,
		fight(matching.OnSite, "ada", "ben"), // Monday and Tuesday
	},
	{
		lint.DemandExceeds,
		both(onlyMonday, func(s *matching.Snapshot) { s.Groups[0].Places = matching.Every(3) }),
		`{"code":"demand_exceeds","severity":"error","referrals":["r-ada","r-ben"],"groups":["mon"],"limit":1,"observed":2}`,
		onlyMonday,
	},
	{
		lint.NowhereAccepted,
		func(s *matching.Snapshot) {
			s.Pupils[0].Needs = []matching.Need{{Code: "PD", Must: true}}
			s.Groups[0].Accepts.Needs, s.Groups[1].Accepts.Needs = []string{"SEMH"}, []string{}
		},
		`{"code":"nowhere_accepted","severity":"error","rule":"needs_not_met","referrals":["r-ada"],"codes":["PD"]}`,
		func(s *matching.Snapshot) {
			s.Pupils[0].Needs = []matching.Need{{Code: "PD"}}
			s.Groups[0].Accepts.Needs, s.Groups[1].Accepts.Needs = []string{"SEMH"}, []string{}
		},
	},
	{
		lint.PlacesStanding, func(s *matching.Snapshot) { s.Groups[0].Places = matching.Every(1) },
		`{"code":"places_standing","severity":"error","pupils":["cy","dee"],"groups":["mon"],"limit":1,"observed":2,"date":"2026-11-23","session":"mon-am","times":36}`,
		func(s *matching.Snapshot) { s.Groups[0].Places = matching.Every(2) },
	},
	{
		lint.StaffingStanding,
		func(s *matching.Snapshot) {
			s.Groups[0].Adults = matching.Every(200)
			s.Sites[0].FloatingAdults = matching.PerSession{calendar.MonAM: 50, calendar.MonPM: 49}
		},
		`{"code":"staffing_standing","severity":"error","pupils":["cy","dee"],"groups":["mon"],"sites":["mill"],"limit":49,"observed":50,"date":"2026-11-23","session":"mon-pm","times":18}`,
		func(s *matching.Snapshot) {
			s.Groups[0].Adults = matching.Every(200)
			s.Sites[0].FloatingAdults = matching.PerSession{calendar.MonAM: 50, calendar.MonPM: 50}
		},
	},
	{
		lint.TraitLimitStanding,
		both(traits("loud"), func(s *matching.Snapshot) { s.Groups[0].Limits = []matching.Limit{{Trait: "loud", Max: 1}} }),
		`{"code":"trait_limit_standing","severity":"error","pupils":["cy","dee"],"groups":["mon"],"codes":["loud"],"limit":1,"observed":2,"date":"2026-11-23","session":"mon-am","times":36}`,
		both(traits("loud"), func(s *matching.Snapshot) {
			s.Groups[0].Limits = []matching.Limit{{Trait: "loud", Max: 1}}
			s.Pupils[3].Unknown = []matching.Fact{matching.FactTraits}
		}),
	},
	{
		lint.UnregisteredStanding, fullTime(5),
		`{"code":"unregistered_standing","severity":"error","pupils":["cy","dee","k","l","m"],"groups":["mon"],"limit":4,"observed":5,"date":"2026-11-23","times":90}`,
		fullTime(4),
	},
	{
		lint.ApartStanding, fight(matching.InZone, "cy", "dee"),
		`{"code":"apart_standing","severity":"error","rule":"keep_apart","scope":"zone","pupils":["cy","dee"],"placements":["pl-cy","pl-dee"],"groups":["mon"],"sites":["mill"],"date":"2026-11-23","session":"mon-am","times":36}`,
		both(fight(matching.InZone, "cy", "dee"), func(s *matching.Snapshot) { s.Placements[1].Group = "tue" }),
	},
	{
		lint.DoublePlacement,
		func(s *matching.Snapshot) { s.Placements[1].Pupil, s.Placements[1].From = "cy", day("2026-12-01") },
		`{"code":"double_placement","severity":"error","pupils":["cy"],"placements":["pl-cy","pl-dee"],"groups":["mon"],"codes":["mon-am","mon-pm"],"date":"2026-12-01"}`,
		func(s *matching.Snapshot) { s.Placements[1].Pupil, s.Placements[1].Group = "cy", "tue" },
	},
	{
		lint.WantedGroupRefuses,
		func(s *matching.Snapshot) {
			s.Referrals[0].Wants.Groups, s.Groups[0].Accepts.Years = []matching.GroupID{"mon"}, []int{9}
		},
		`{"code":"wanted_group_refuses","severity":"warning","referrals":["r-ada"],"groups":["mon"],"codes":["year_group"]}`,
		func(s *matching.Snapshot) {
			s.Referrals[0].Wants.Groups, s.Groups[0].Accepts.Years = []matching.GroupID{"mon"}, []int{8}
		},
	},
	{
		lint.NowhereOffered, func(s *matching.Snapshot) { s.Referrals[1].Wants.Offers = []string{"maths", "welding"} },
		`{"code":"nowhere_offered","severity":"warning","rule":"curriculum","referrals":["r-ben"],"codes":["welding"]}`,
		func(s *matching.Snapshot) { s.Referrals[1].Wants.Approaches = []string{"practical"} },
	},
	{
		lint.FriendsApart,
		both(fight(matching.InGroup, "cy", "ada"), func(s *matching.Snapshot) { s.Pupils[0].Friends = []matching.PupilID{"cy"} }),
		`{"code":"friends_apart","severity":"warning","rule":"keep_apart","scope":"group","pupils":["ada","cy"]}`,
		both(fight(matching.InGroup, "cy", "ada"), func(s *matching.Snapshot) { s.Pupils[0].Friends = []matching.PupilID{"dee"} }),
	},
	{
		lint.CriteriaStanding, func(s *matching.Snapshot) { s.Groups[0].Accepts.Years, s.Pupils[3].Year = []int{8}, 9 },
		`{"code":"criteria_standing","severity":"warning","rule":"year_group","pupils":["dee"],"placements":["pl-dee"],"groups":["mon"]}`,
		func(s *matching.Snapshot) {
			s.Groups[0].Accepts.Years, s.Pupils[3].Year, s.Pupils[3].Unknown = []int{8}, 9, []matching.Fact{matching.FactYear}
		},
	},
	{
		lint.DoubleReferral, func(s *matching.Snapshot) { s.Referrals[1].Pupil = "ada" },
		`{"code":"double_referral","severity":"warning","referrals":["r-ada","r-ben"],"pupils":["ada"]}`,
		func(s *matching.Snapshot) { s.Referrals[1].Pupil = "cy" },
	},
	{
		lint.GroupShut, func(s *matching.Snapshot) { s.Groups[1].Starts.Dates = []calendar.Date{day("2027-03-16")} },
		`{"code":"group_shut","severity":"warning","rule":"too_short","groups":["tue"]}`,
		func(s *matching.Snapshot) { s.Groups[1].Starts.Dates = []calendar.Date{day("2027-03-12")} },
	},
	{
		lint.NoMinimum, func(s *matching.Snapshot) { s.Groups[0].Weeks, s.Groups[1].Weeks = nil, &matching.Length{Usual: 3} },
		`{"code":"no_minimum","severity":"note","groups":["mon","tue"]}`,
		func(s *matching.Snapshot) { s.Groups[0].Weeks, s.Groups[0].Days = nil, &matching.Length{Min: 1} },
	},
	{
		lint.SessionUnattended,
		func(s *matching.Snapshot) {
			s.Groups[1].Patterns = []matching.Pattern{{ID: "am", Sessions: calendar.Of(calendar.TueAM)}}
		},
		`{"code":"session_unattended","severity":"note","groups":["tue"],"codes":["tue-pm"]}`,
		func(s *matching.Snapshot) {
			s.Groups[1].Patterns = []matching.Pattern{
				{ID: "am", Sessions: calendar.Of(calendar.TueAM)}, {ID: "pm", Sessions: calendar.Of(calendar.TuePM)},
			}
		},
	},
	{
		lint.SeparationIdle, both(traits("loud"), parted("loud", "shy")),
		`{"code":"separation_idle","severity":"note","rule":"loud","scope":"group","pointer":"/policy/separations/0","codes":["shy"]}`,
		both(traits("loud", "shy"), parted("loud", "shy")),
	},
	{
		lint.KeepApartIdle,
		func(s *matching.Snapshot) {
			s.KeepApart = []matching.KeepApart{{Pupils: []matching.PupilID{"cy", "ada"}, Until: day("2026-11-22")}}
		},
		`{"code":"keep_apart_idle","severity":"note","rule":"keep_apart","scope":"site","pupils":["ada","cy"],"date":"2026-11-22"}`,
		func(s *matching.Snapshot) {
			s.KeepApart = []matching.KeepApart{{Pupils: []matching.PupilID{"cy", "ada"}, Until: day("2026-11-23")}}
		},
	},
	{
		lint.TraitLimitIdle,
		both(traits("loud"), func(s *matching.Snapshot) { s.Groups[1].Limits = []matching.Limit{{Trait: "loud", Max: 4}} }),
		`{"code":"trait_limit_idle","severity":"note","rule":"trait_limit","groups":["tue"],"codes":["loud"],"limit":4,"observed":4}`,
		both(traits("loud"), func(s *matching.Snapshot) { s.Groups[1].Limits = []matching.Limit{{Trait: "loud", Max: 3}} }),
	},
	{
		lint.RefusesNobody, func(s *matching.Snapshot) { s.Groups[0].Accepts.Refuses = []string{"arson"} },
		`{"code":"refuses_nobody","severity":"note","rule":"refused_trait","groups":["mon"],"codes":["arson"]}`,
		both(traits("arson"), func(s *matching.Snapshot) { s.Groups[1].Accepts.Refuses = []string{"arson"} }),
	},
	{
		lint.FloatingIdle,
		func(s *matching.Snapshot) {
			s.Sites[0].FloatingAdults = matching.PerSession{calendar.MonAM: 500, calendar.WedAM: 500}
		},
		`{"code":"floating_idle","severity":"note","rule":"staffing","sites":["mill"],"codes":["wed-am"]}`,
		func(s *matching.Snapshot) { s.Sites[0].FloatingAdults = matching.PerSession{calendar.MonAM: 500} },
	},
	{
		lint.WeightZero, func(s *matching.Snapshot) { s.Policy.Weights[matching.CodeWishes] = 0 },
		`{"code":"weight_zero","severity":"note","rule":"wishes","pointer":"/policy/weights/wishes"}`,
		func(s *matching.Snapshot) { s.Policy.Weights = map[matching.Code]int{matching.CodeWishes: 1} },
	},
	{
		lint.CriterionConstant, func(s *matching.Snapshot) { s.Policy.Weights[matching.CodeCurriculum] = 50 },
		`{"code":"criterion_constant","severity":"note","rule":"balance","pointer":"/policy/weights/balance"}`,
		onlyMonday, // one option each: nothing to tell apart
	},
}

func TestCodes(t *testing.T) {
	t.Parallel()
	tried := map[lint.Code]bool{}
	for _, row := range rows {
		tried[row.code] = true
		t.Run(string(row.code), func(t *testing.T) {
			t.Parallel()
			if got := first(t, row.code, row.has); got != row.want {
				t.Errorf("got  %s\nwant %s", got, row.want)
			}
			if got := first(t, row.code, row.miss); got != "" {
				t.Errorf("got %s of a near miss", got)
			}
			if row.code == lint.CriterionConstant {
				return // in the plain snapshot, where all groups are alike, most are
			}
			if got := first(t, row.code, func(*matching.Snapshot) {}); got != "" {
				t.Errorf("got %s of the plain snapshot", got)
			}
		})
	}
	for _, code := range lint.Codes() {
		if !tried[code] {
			t.Errorf("%s has no row", code)
		}
	}
}

// first is the JSON of the first finding of a code in the changed plain snapshot.
func first(t *testing.T, code lint.Code, c change) string {
	t.Helper()
	s := plain()
	c(s)
	findings := lint.Snapshot(engine(t, s))
	i := slices.IndexFunc(findings, func(f lint.Finding) bool { return f.Code == code })
	if i < 0 {
		return ""
	}
	return encoded(t, findings[i])
}

// TestDemandExceeds_adults: what floats on the site may be what makes room.
func TestDemandExceeds_adults(t *testing.T) {
	t.Parallel()
	floating := func(n int) change {
		return both(onlyMonday, func(s *matching.Snapshot) {
			s.Groups[0].Places, s.Groups[0].Adults = nil, matching.Every(250)
			s.Sites[0].FloatingAdults = matching.Every(n)
		})
	}
	const want = `{"code":"demand_exceeds","severity":"error","referrals":["r-ada","r-ben"],"groups":["mon"],"limit":1,"observed":2}`
	if got := first(t, lint.DemandExceeds, floating(249)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := first(t, lint.DemandExceeds, floating(250)); got != "" {
		t.Errorf("got %s where adults suffice", got)
	}
}

// TestDemandExceeds_twice: of two referrals of one pupil nothing is said.
func TestDemandExceeds_twice(t *testing.T) {
	t.Parallel()
	twice := both(onlyMonday, func(s *matching.Snapshot) {
		s.Groups[0].Places, s.Referrals[1].Pupil = matching.Every(3), "ada"
	})
	if got := first(t, lint.DemandExceeds, twice); got != "" {
		t.Errorf("got %s", got)
	}
}

// TestRivalClique_scopes: who is apart in the group only may be on one site.
func TestRivalClique_scopes(t *testing.T) {
	t.Parallel()
	neighbours := func(s *matching.Snapshot) { s.Groups[1].Timetable = calendar.OnDays(1) }
	for scope, want := range map[matching.Scope]bool{matching.OnSite: true, matching.InZone: true, matching.InGroup: false} {
		if got := first(t, lint.RivalClique, both(neighbours, fight(scope, "ada", "ben"))); (got != "") != want {
			t.Errorf("at scope %s: got %q", scope, got)
		}
	}
}

// TestRivalClique_until: who need not be apart any longer has room.
func TestRivalClique_until(t *testing.T) {
	t.Parallel()
	until := func(last string) change {
		return both(onlyMonday, fight(matching.OnSite, "ada", "ben"), func(s *matching.Snapshot) { s.KeepApart[0].Until = day(last) })
	}
	if first(t, lint.RivalClique, until("2026-11-23")) == "" {
		t.Error("nothing is found although the first Monday is within")
	}
	if got := first(t, lint.RivalClique, both(until("2026-11-23"), func(s *matching.Snapshot) { s.Referrals[0].ReadyFrom = day("2026-11-24") })); got != "" {
		t.Errorf("got %s after the last day", got)
	}
}

// TestDeadlineLost_passed: a deadline before the day of the panel is lost whatever is free.
func TestDeadlineLost_passed(t *testing.T) {
	t.Parallel()
	const want = `{"code":"deadline_lost","severity":"error","referrals":["r-ada"],"date":"2026-11-20","earliest":"2026-11-23"}`
	if got := first(t, lint.DeadlineLost, func(s *matching.Snapshot) { s.Referrals[0].Deadline = day("2026-11-20") }); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestUnregisteredStanding_protected: one pupil with a plan is enough.
func TestUnregisteredStanding_protected(t *testing.T) {
	t.Parallel()
	const want = `{"code":"unregistered_standing","severity":"error","pupils":["cy","dee"],"groups":["mon"],"date":"2026-11-23","times":90}`
	if got := first(t, lint.UnregisteredStanding, both(fullTime(2), func(s *matching.Snapshot) { s.Pupils[2].EHCP = true })); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestNowhere asks for each kind of value that no group takes or offers.
func TestNowhere(t *testing.T) {
	t.Parallel()
	each := func(set func(a *matching.Accepts)) change {
		return func(s *matching.Snapshot) {
			for i := range s.Groups {
				set(&s.Groups[i].Accepts)
			}
		}
	}
	for _, row := range []struct {
		rule matching.Code
		code lint.Code
		has  change
	}{
		{matching.CodeYearGroup, lint.NowhereAccepted, each(func(a *matching.Accepts) { a.Years = []int{9} })},
		{matching.CodeReferralReason, lint.NowhereAccepted, each(func(a *matching.Accepts) { a.Reasons = []string{"respite"} })},
		{matching.CodeRefusedTrait, lint.NowhereAccepted, both(
			each(func(a *matching.Accepts) { a.Refuses = []string{"arson"} }),
			func(s *matching.Snapshot) { s.Pupils[0].Traits = []string{"arson"} },
		)},
		{matching.CodeAccess, lint.NowhereAccepted, func(s *matching.Snapshot) { s.Pupils[0].Access = []string{"hoist"} }},
		{matching.CodeWishes, lint.NowhereOffered, func(s *matching.Snapshot) { s.Referrals[0].Wants.Approaches = []string{"outdoor"} }},
	} {
		s := plain()
		row.has(s)
		findings := lint.Snapshot(engine(t, s))
		if !slices.ContainsFunc(findings, func(f lint.Finding) bool { return f.Code == row.code && f.Rule == row.rule }) {
			t.Errorf("nothing about %s: %s", row.rule, encoded(t, findings))
		}
	}
}
