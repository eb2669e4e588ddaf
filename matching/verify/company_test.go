package verify_test

import (
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// facts gives the pupil of r1, whose name is new, and group a some facts.
func facts(edit func(p *matching.Pupil, g *matching.Group, s *matching.Snapshot)) func(*matching.Snapshot, *matching.Plan) {
	return func(s *matching.Snapshot, _ *matching.Plan) { edit(&s.Pupils[0], &s.Groups[0], s) }
}

func TestPlan_facts(t *testing.T) {
	others := func(s *matching.Snapshot, edit func(p *matching.Pupil)) { edit(&s.Pupils[1]); edit(&s.Pupils[2]) }
	tryAll(t, []breach{
		{"year", facts(func(p *matching.Pupil, g *matching.Group, _ *matching.Snapshot) {
			p.Year, g.Accepts.Years = 7, []int{8, 9}
		}), "r1 a year_group", ""},
		{"year not known", facts(func(p *matching.Pupil, g *matching.Group, _ *matching.Snapshot) {
			p.Year, g.Accepts.Years, p.Unknown = 7, []int{8}, []matching.Fact{matching.FactYear}
		}), "", ""},
		{"sex", facts(func(_ *matching.Pupil, g *matching.Group, s *matching.Snapshot) {
			g.Accepts.Sex = matching.Female
			others(s, func(p *matching.Pupil) { p.Sex = matching.Female })
		}), "r1 a sex", ""},
		{"reason", facts(func(_ *matching.Pupil, g *matching.Group, s *matching.Snapshot) {
			s.Referrals[1].Reason, g.Accepts.Reasons = "respite", []string{"respite"}
		}), "r1 a referral_reason", ""},
		{"needs", facts(func(p *matching.Pupil, g *matching.Group, _ *matching.Snapshot) {
			p.Needs, g.Accepts.Needs = []matching.Need{{Code: "SLCN"}, {Code: "ASD", Must: true}}, []string{"SEMH"}
		}), "r1 a needs_not_met ASD", ""},
		{"trait", facts(func(p *matching.Pupil, g *matching.Group, _ *matching.Snapshot) {
			p.Traits, g.Accepts.Refuses = []string{"arson"}, []string{"arson"}
		}), "r1 a refused_trait arson", ""},
		{"access", facts(func(p *matching.Pupil, _ *matching.Group, _ *matching.Snapshot) { p.Access = []string{"step_free"} }), "r1 a access step_free", ""},
		{"journey", facts(func(p *matching.Pupil, _ *matching.Group, s *matching.Snapshot) {
			p.Latitude, p.Longitude, s.Sites[1].Latitude, s.Sites[1].Longitude = new(52.0), new(0.0), new(52.5), new(0.0)
		}), "r1 a journey 217>75", ""},
		{"busy", facts(func(p *matching.Pupil, _ *matching.Group, _ *matching.Snapshot) { p.Busy = calendar.Of(calendar.MonPM) }), "r1 a busy 2026-11-23 mon-pm x2", ""},
		{"stands there already", facts(func(_ *matching.Pupil, _ *matching.Group, s *matching.Snapshot) {
			s.Placements[0].Pupil, s.Placements[0].To = "new", day("2026-11-23")
		}), "r1 a busy 2026-11-23 mon-am x2", ""},
		{"two referrals of one pupil", facts(func(_ *matching.Pupil, _ *matching.Group, s *matching.Snapshot) { s.Referrals[1].Pupil = "new" }),
			"r1 a busy 2026-11-23 mon-am x4\nr2 a busy 2026-11-23 mon-am x4", ""},
		{"no score given", facts(func(_ *matching.Pupil, _ *matching.Group, s *matching.Snapshot) {
			s.Referrals[0].Given = map[matching.GroupID]matching.Given{"a": {Patterns: map[matching.PatternID]int{"am": 5}}}
			s.Referrals[1].Given = map[matching.GroupID]matching.Given{"b": {Score: 5}}
		}), "r1 a not_offered\nr2 a not_offered", ""},
	})
}

func TestPlan_crowds(t *testing.T) {
	tryAll(t, []breach{
		{"places for one more", facts(func(_ *matching.Pupil, g *matching.Group, _ *matching.Snapshot) { g.Places = matching.Every(2) }),
			"r1 a places 3>2 2026-11-23 mon-am x4 old other\nr2 a places 3>2 2026-11-23 mon-am x4 new old", ""},
		{"places at one session, from a day", facts(func(_ *matching.Pupil, g *matching.Group, s *matching.Snapshot) {
			g.Places = matching.PerSession{calendar.MonPM: 2}
			s.Placements[0].From = day("2026-11-25")
		}), "r1 a places 3>2 2026-11-30 mon-pm x1 old other\nr2 a places 3>2 2026-11-30 mon-pm x1 new old", ""},
		{"standing ones alone", func(s *matching.Snapshot, p *matching.Plan) {
			s.Groups[0].Places = matching.Every(0)
			p.Assignments = nil
			p.Unplaced = []matching.Unplaced{{Referral: "r1"}, {Referral: "r2"}}
		}, "", "a places 1>0 2026-11-23 mon-am x8 old"},
		{"standing ones before and after", func(s *matching.Snapshot, p *matching.Plan) {
			s.Groups[0].Places = matching.Every(0)
			p.Assignments = p.Assignments[:1]
			p.Unplaced = []matching.Unplaced{{Referral: "r2"}}
		}, "r1 a places 2>0 2026-11-23 mon-am x4 old", "a places 1>0 2026-12-07 mon-am x4 old"},
		{"adults", facts(func(_ *matching.Pupil, g *matching.Group, s *matching.Snapshot) {
			g.Adults, s.Referrals[1].OwnAdult = matching.Every(249), true
		}), "r1 a staffing 250>249 2026-11-23 mon-am x4 old\nr2 a staffing 250>249 2026-11-23 mon-am x4 new old", ""},
		{"adults that float", facts(func(_ *matching.Pupil, g *matching.Group, s *matching.Snapshot) {
			g.Adults, s.Sites[1].FloatingAdults = matching.Every(374), matching.Every(1)
		}), "", ""},
		{"adults that float are needed elsewhere", func(s *matching.Snapshot, p *matching.Plan) {
			s.Groups[1].Timetable, s.Groups[1].Patterns = s.Groups[0].Timetable, s.Groups[0].Patterns
			s.Groups[0].Adults, s.Groups[1].Adults = matching.Every(0), matching.Every(0)
			s.Sites[1].FloatingAdults = matching.Every(300)
			p.Assignments[1].Stays[0].Group = "b"
		}, "r1 a staffing 250>0 floating 175 2026-11-23 mon-am x4 old\nr2 b staffing 125>0 floating 50 2026-11-23 mon-am x4", ""},
		{"adults of standing ones, where a placed one is short too", func(s *matching.Snapshot, p *matching.Plan) {
			s.Groups[1].Timetable, s.Groups[1].Patterns = s.Groups[0].Timetable, s.Groups[0].Patterns
			s.Groups[0].Adults, s.Groups[1].Adults = matching.Every(0), matching.Every(0)
			p.Assignments[0].Stays[0].Group = "b"
			p.Assignments[1].Stays[0].Group = "b"
		}, "r1 b staffing 250>0 2026-11-23 mon-am x4 other\nr2 b staffing 250>0 2026-11-23 mon-am x4 new",
			"a staffing 125>0 2026-12-07 mon-am x4 old"},
		{"traits", facts(func(p *matching.Pupil, g *matching.Group, s *matching.Snapshot) {
			p.Traits, s.Pupils[1].Traits = []string{"high_risk"}, []string{"high_risk"}
			g.Limits = []matching.Limit{{Trait: "high_risk", Max: 1}, {Trait: "high_risk", Max: 0}}
		}), "r1 a trait_limit 2>0 2026-11-23 mon-am high_risk x4 old", "a trait_limit 1>0 2026-12-07 mon-am high_risk x4 old"},
		{"not registered, and one with a plan", facts(func(p *matching.Pupil, g *matching.Group, _ *matching.Snapshot) {
			p.EHCP, g.Registered = true, new(false)
		}), "r1 a unregistered_full_time 2026-11-23 x10 old other\nr2 a unregistered_full_time 2026-11-23 x10 new old", ""},
		{"not registered, and too old", facts(func(p *matching.Pupil, g *matching.Group, _ *matching.Snapshot) {
			p.EHCP, p.Year, g.Registered = true, 12, new(false)
		}), "", ""},
		{"not registered, and there already", facts(func(p *matching.Pupil, g *matching.Group, s *matching.Snapshot) {
			p.EHCP, g.Registered = true, new(false)
			s.Placements[0].Pupil, s.Placements[0].To = "new", day("2026-11-23")
		}), "r1 a busy 2026-11-23 mon-am x2\nr1 a unregistered_full_time 2026-11-23 x10 other\nr2 a unregistered_full_time 2026-11-23 x10 new", ""},
		{"not registered, and part time", func(s *matching.Snapshot, p *matching.Plan) {
			s.Pupils[0].EHCP, s.Groups[0].Registered = true, new(false)
			p.Assignments[0].Stays[0].Pattern = "am"
		}, "", ""},
		{"not registered, and five", func(s *matching.Snapshot, _ *matching.Plan) {
			s.Groups[0].Registered = new(false)
			for _, id := range []matching.PupilID{"x", "y"} {
				s.Pupils = append(s.Pupils, matching.Pupil{ID: id, Year: 1})
				s.Placements = append(s.Placements, matching.Placement{ID: matching.PlacementID(id), Pupil: id, Group: "a", From: day("2026-12-01"), To: day("2026-12-04")})
			}
		}, "r1 a unregistered_full_time 5>4 2026-12-01 x4 old other x y\nr2 a unregistered_full_time 5>4 2026-12-01 x4 new old x y", ""},
	})
}

func TestPlan_company(t *testing.T) {
	rivals := func(p *matching.Pupil, _ *matching.Group, s *matching.Snapshot) {
		p.Areas, s.Pupils[1].Areas = []string{"N17"}, []string{"N22"}
	}
	tryAll(t, []breach{
		{"rivals", facts(rivals), "r1 a rival_areas 2026-11-23 mon-am x4 old", ""},
		{"rivals on one site", func(s *matching.Snapshot, p *matching.Plan) {
			rivals(&s.Pupils[0], nil, s)
			s.Groups[1].Timetable, s.Groups[1].Patterns = s.Groups[0].Timetable, s.Groups[0].Patterns
			p.Assignments[0].Stays[0].Group = "b"
		}, "r1 b rival_areas 2026-11-23 mon-am x4 old", ""},
		{"rivals on two sites", func(s *matching.Snapshot, p *matching.Plan) {
			rivals(&s.Pupils[0], nil, s)
			p.Assignments[0].Stays[0].Group = "c"
		}, "", ""},
		{"rivals at other times", func(s *matching.Snapshot, p *matching.Plan) {
			rivals(&s.Pupils[0], nil, s)
			s.Placements[0].Pattern, p.Assignments[0].Stays[0].Pattern = "am", "pm"
		}, "", ""},
		{"rivals who are both placed", facts(func(p *matching.Pupil, _ *matching.Group, s *matching.Snapshot) {
			p.Areas, s.Pupils[2].Areas = []string{"N17"}, []string{"N22"}
		}), "r1 a rival_areas 2026-11-23 mon-am x4 other\nr2 a rival_areas 2026-11-23 mon-am x4 new", ""},
		{"rivals who both stand", func(s *matching.Snapshot, _ *matching.Plan) {
			s.Pupils = append(s.Pupils, matching.Pupil{ID: "x", Year: 8, Areas: []string{"N17"}})
			s.Pupils[1].Areas = []string{"N22"}
			s.Placements = append(s.Placements, matching.Placement{ID: "px", Pupil: "x", Group: "a", Pattern: "am", From: day("2026-12-07"), To: day("2026-12-07")})
		}, "", "pl a rival_areas 2026-12-07 mon-am x1 x\npx a rival_areas 2026-12-07 mon-am x1 old"},
		{"a rival moves in", func(s *matching.Snapshot, p *matching.Plan) {
			rivals(&s.Pupils[0], nil, s)
			s.Groups[1].Timetable, s.Groups[1].Patterns = s.Groups[0].Timetable, s.Groups[0].Patterns
			p.Moves = []matching.Move{move("pl", "b", "am", "2026-11-30")}
		}, "pl b rival_areas 2026-11-30 mon-am x1 new\nr1 a rival_areas 2026-11-23 mon-am x3 old", ""},
		{"a rival moves out of the way", func(s *matching.Snapshot, p *matching.Plan) {
			rivals(&s.Pupils[0], nil, s)
			p.Moves = []matching.Move{move("pl", "b", "am", "2026-11-23")}
		}, "", ""},
		{"one care home", facts(func(p *matching.Pupil, _ *matching.Group, s *matching.Snapshot) {
			p.CareHome, s.Pupils[1].CareHome = "ch", "ch"
		}), "r1 a care_home_peers 2026-11-23 mon-am x4 old", ""},
		{"anxious and aggressive", facts(func(p *matching.Pupil, _ *matching.Group, s *matching.Snapshot) {
			p.Traits, s.Pupils[1].Traits = []string{"anxious_refuser"}, []string{"aggressive"}
		}), "r1 a anxious_with_aggressive 2026-11-23 mon-am x4 old", ""},
		{"by name, until a day", facts(func(_ *matching.Pupil, _ *matching.Group, s *matching.Snapshot) {
			s.KeepApart = []matching.KeepApart{{Pupils: []matching.PupilID{"old", "new"}, Until: day("2026-11-29")}}
		}), "r1 a keep_apart 2026-11-23 mon-am x2 old", ""},
		{"by name, after a newcomer's days", facts(func(_ *matching.Pupil, g *matching.Group, s *matching.Snapshot) {
			s.KeepApart = []matching.KeepApart{{Pupils: []matching.PupilID{"old", "new"}, Scope: matching.InGroup}}
			g.Newcomer = &matching.Newcomer{Days: 5, Zone: "assessment"}
		}), "r1 a keep_apart 2026-11-30 mon-am x2 old", ""},
		{"by name, where the other is a newcomer", facts(func(_ *matching.Pupil, g *matching.Group, s *matching.Snapshot) {
			s.KeepApart = []matching.KeepApart{{Pupils: []matching.PupilID{"old", "new"}, Scope: matching.InGroup}}
			g.Newcomer = &matching.Newcomer{Days: 5, Zone: "assessment"}
			s.Placements[0].From = day("2026-11-24")
		}), "", ""},
		{"by name, in the newcomers' zone", facts(func(_ *matching.Pupil, g *matching.Group, s *matching.Snapshot) {
			s.KeepApart = []matching.KeepApart{{Pupils: []matching.PupilID{"other", "new"}, Scope: matching.InZone}}
			g.Newcomer = &matching.Newcomer{Days: 14, Zone: "assessment"}
		}), "r1 a keep_apart 2026-11-23 mon-am x4 other\nr2 a keep_apart 2026-11-23 mon-am x4 new", ""},
		{"by name, a newcomer again by a move", func(s *matching.Snapshot, p *matching.Plan) {
			s.KeepApart = []matching.KeepApart{{Pupils: []matching.PupilID{"old", "new"}, Scope: matching.InZone}}
			s.Groups[1].Timetable, s.Groups[1].Patterns = s.Groups[0].Timetable, s.Groups[0].Patterns
			s.Groups[1].Newcomer = &matching.Newcomer{Days: 5, Zone: "assessment"}
			p.Moves = []matching.Move{move("pl", "b", "all", "2026-11-23")}
		}, "pl b keep_apart 2026-11-30 mon-am x2 new\nr1 a keep_apart 2026-11-30 mon-am x2 old", ""},
	})
}
