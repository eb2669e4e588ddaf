package verify_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/verify"
)

// small is an authority with two sites. Group a meets on Mondays and b on Tuesdays at
// the mill, c on Mondays at the barn; stays last two weeks. Old stands in a.
// The plan places r1 (the pupil new) and r2 (the pupil other) in a, from Monday 23 November 2026.
func small() (*matching.Snapshot, *matching.Plan) {
	policy := matching.DefaultPolicy()
	policy.FullTimeSessions = 2
	policy.Separations[0].Rivals = [][]string{{"N17", "N22"}}
	group := func(id matching.GroupID, provision matching.ProvisionID, site matching.SiteID, week calendar.Sessions) matching.Group {
		return matching.Group{
			ID: id, Provision: provision, Site: site, Timetable: week, Weeks: &matching.Length{Min: 2, Usual: 2},
			Starts: matching.Starts{Weekdays: []matching.Weekday{1, 2}},
			Patterns: []matching.Pattern{
				{ID: "all", Sessions: week}, {ID: "am", Sessions: calendar.Of(week.First())}, {ID: "pm", Sessions: week &^ calendar.Of(week.First())},
			},
		}
	}
	s := &matching.Snapshot{
		AsOf: day("2026-11-23"), Horizon: day("2026-12-20"),
		Sites: []matching.Site{{ID: "barn"}, {ID: "mill"}},
		Groups: []matching.Group{
			group("a", "mill", "mill", calendar.OnDays(1)), group("b", "mill", "mill", calendar.OnDays(2)),
			group("c", "barn", "barn", calendar.OnDays(1)),
		},
		Pupils:     []matching.Pupil{{ID: "new", Year: 8}, {ID: "old", Year: 8}, {ID: "other", Year: 8}},
		Placements: []matching.Placement{{ID: "pl", Pupil: "old", Group: "a", From: day("2026-09-07"), To: day("2026-12-20"), Movable: true}},
		Referrals:  []matching.Referral{{ID: "r1", Pupil: "new"}, {ID: "r2", Pupil: "other"}},
		Policy:     policy,
	}
	return s, &matching.Plan{
		Format: matching.PlanFormat,
		Assignments: []matching.Assignment{
			{Referral: "r1", Stays: []matching.Stay{stay("a", "all", "2026-11-23", "2026-12-06")}},
			{Referral: "r2", Stays: []matching.Stay{stay("a", "all", "2026-11-23", "2026-12-06")}},
		},
	}
}

func day(date string) calendar.Date { return calendar.MustDate(date) }

func stay(group matching.GroupID, pattern matching.PatternID, from, to string) matching.Stay {
	return matching.Stay{Group: group, Pattern: pattern, From: day(from), To: day(to)}
}

func move(placement matching.PlacementID, group matching.GroupID, pattern matching.PatternID, from string) matching.Move {
	return matching.Move{Placement: placement, Group: group, Pattern: pattern, From: day(from)}
}

// said writes violations down: who, where, what, the limit and the number, when and how often, with whom.
func said(violations []verify.Violation) string {
	var b strings.Builder
	for _, v := range violations {
		var line strings.Builder
		fmt.Fprintf(&line, "%s%s %s %s", v.Referral, v.Placement, v.Group, v.Code)
		if v.Limit != nil {
			fmt.Fprintf(&line, " %d>%d", *v.Observed, *v.Limit)
		}
		if v.Floating != nil {
			fmt.Fprintf(&line, " floating %d", *v.Floating)
		}
		for _, part := range []any{v.Date, v.Session, strings.Join(v.Codes, "+")} {
			if text := fmt.Sprint(part); text != "" {
				line.WriteString(" " + text)
			}
		}
		if v.Times > 0 {
			fmt.Fprintf(&line, " x%d", v.Times)
		}
		for _, p := range v.Pupils {
			line.WriteString(" " + string(p))
		}
		b.WriteString(strings.TrimSpace(line.String()) + "\n")
	}
	return b.String()
}

// A breach breaks one rule of the small plan.
type breach struct {
	name  string
	edit  func(s *matching.Snapshot, p *matching.Plan)
	want  string // the violations
	stand string // among standing placements
}

func (b *breach) try(t *testing.T) {
	s, p := small()
	b.edit(s, p)
	r := check(t, s, p, verify.MostMoves(1))
	if d := cmp.Diff(lines(b.want), said(r.Violations)); d != "" {
		t.Errorf("violations (-want +got):\n%s", d)
	}
	if d := cmp.Diff(lines(b.stand), said(r.Standing)); d != "" {
		t.Errorf("standing (-want +got):\n%s", d)
	}
	if r.OK {
		t.Error("it is said to hold, with false figures at least")
	}
}

// lines are those of an indented text.
func lines(text string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}

func tryAll(t *testing.T, breaches []breach) {
	t.Parallel()
	for i := range breaches {
		t.Run(breaches[i].name, func(t *testing.T) { breaches[i].try(t) })
	}
}

func TestPlan_lists(t *testing.T) {
	tryAll(t, []breach{
		{"nothing is wrong", func(*matching.Snapshot, *matching.Plan) {}, "", ""},
		{"no such referral", func(_ *matching.Snapshot, p *matching.Plan) {
			p.Unplaced = []matching.Unplaced{{Referral: "r9"}}
		}, "r9  unknown_referral", ""},
		{"placed twice", func(_ *matching.Snapshot, p *matching.Plan) {
			p.Assignments = append(p.Assignments, p.Assignments[0])
		}, "r1  listed_twice", ""},
		{"placed and not", func(_ *matching.Snapshot, p *matching.Plan) {
			p.Unplaced = []matching.Unplaced{{Referral: "r2"}}
		}, "r2  listed_twice", ""},
		{"forgotten", func(_ *matching.Snapshot, p *matching.Plan) { p.Assignments = p.Assignments[:1] }, "r2  not_listed", ""},
		{"no stay", func(_ *matching.Snapshot, p *matching.Plan) { p.Assignments[0].Stays = nil }, "r1  no_stay", ""},
		{"no such group", func(_ *matching.Snapshot, p *matching.Plan) { p.Assignments[0].Stays[0].Group = "z" }, "r1 z unknown_group", ""},
		{"no such pattern", func(_ *matching.Snapshot, p *matching.Plan) { p.Assignments[0].Stays[0].Pattern = "z" }, "r1 a unknown_pattern", ""},
	})
}

// packaged gives r1 several stays, where two groups and two sessions are the most.
func packaged(stays ...matching.Stay) func(*matching.Snapshot, *matching.Plan) {
	return func(s *matching.Snapshot, p *matching.Plan) {
		s.Policy.Package.MaxGroups = 2
		s.Referrals[0].Wants.Sessions = 2
		p.Assignments[0].Stays = stays
	}
}

func TestPlan_packages(t *testing.T) {
	tryAll(t, []breach{
		{"a week of two groups", packaged(stay("a", "am", "2026-11-23", "2026-12-06"), stay("b", "am", "2026-11-23", "2026-12-06")), "", ""},
		{"three groups", packaged(stay("a", "am", "2026-11-23", "2026-12-06"), stay("b", "am", "2026-11-23", "2026-12-06"),
			stay("c", "pm", "2026-11-23", "2026-12-06")), "r1  too_many_groups 3>2\nr1  too_many_sessions 3>2", ""},
		{"one group twice", packaged(stay("a", "am", "2026-11-23", "2026-12-06"), stay("a", "pm", "2026-11-23", "2026-12-06")), "r1 a group_twice", ""},
		{"one session twice", packaged(stay("a", "am", "2026-11-23", "2026-12-06"), stay("c", "am", "2026-11-23", "2026-12-06")), "r1 c session_twice mon-am", ""},
		{"too many sessions", packaged(stay("a", "all", "2026-11-23", "2026-12-06"), stay("b", "am", "2026-11-23", "2026-12-06")), "r1  too_many_sessions 3>2", ""},
		{"two starts", packaged(stay("a", "am", "2026-11-23", "2026-12-06"), stay("b", "am", "2026-11-24", "2026-12-07")), "r1 b starts_differ 2026-11-24", ""},
		{"eleven stays", packaged(make([]matching.Stay, 11)...), "r1  unknown_group\nr1  too_many_groups 11>2", ""},
	})
}

func TestPlan_dates(t *testing.T) {
	from := func(from, to string) func(*matching.Snapshot, *matching.Plan) {
		return func(_ *matching.Snapshot, p *matching.Plan) { p.Assignments[0].Stays[0] = stay("a", "all", from, to) }
	}
	tryAll(t, []breach{
		{"later", from("2026-11-30", "2026-12-13"), "", ""},
		{"on a Wednesday", from("2026-11-25", "2026-12-08"), "r1 a start_date 2026-11-25", ""},
		{"before the panel", from("2026-11-16", "2026-11-29"), "r1 a start_date 2026-11-16", ""},
		{"before it is ready", func(s *matching.Snapshot, _ *matching.Plan) { s.Referrals[0].ReadyFrom = day("2026-11-24") }, "r1 a start_date 2026-11-23", ""},
		{"before it opens", func(s *matching.Snapshot, p *matching.Plan) {
			s.Groups[1].Open.From = day("2026-12-01")
			p.Assignments[0].Stays[0] = stay("b", "all", "2026-11-24", "2026-12-07")
		}, "r1 b start_date 2026-11-24", ""},
		{"in a holiday", func(s *matching.Snapshot, _ *matching.Plan) {
			s.Calendar.Closed = []calendar.Closure{{From: day("2026-11-21"), To: day("2026-11-23")}}
		}, "r1 a start_date 2026-11-23\nr2 a start_date 2026-11-23", ""},
		{"ends early", from("2026-11-23", "2026-12-05"), "r1 a end_date 2026-12-06", ""},
		{"ends late", from("2026-11-23", "2026-12-07"), "r1 a end_date 2026-12-06", ""},
		{"ends before it begins", from("2026-11-30", "2026-11-23"), "r1 a end_date 2026-12-13", ""},
		{"ends with the group", func(s *matching.Snapshot, _ *matching.Plan) { s.Groups[0].Open.To = day("2026-12-05") },
			"r1 a end_date 2026-12-05\nr1 a too_short 1>2\nr2 a end_date 2026-12-05\nr2 a too_short 1>2", ""},
		{"too short", from("2026-12-14", "2026-12-20"), "r1 a too_short 1>2", ""},
		{"never opens", func(s *matching.Snapshot, p *matching.Plan) {
			s.Groups[2].Open.From = day("2027-01-01")
			p.Assignments[0].Stays[0].Group = "c"
		}, "r1 c not_open", ""},
		{"centuries away", from("9990-01-01", "9999-01-01"), "r1 a start_date 9990-01-01", ""},
		{"no dates", func(_ *matching.Snapshot, p *matching.Plan) {
			p.Assignments[0].Stays[0].From, p.Assignments[0].Stays[0].To = 0, 0
		}, "r1 a start_date", ""},
	})
}

func TestPlan_moves_allowed(t *testing.T) {
	moves := func(moves ...matching.Move) func(*matching.Snapshot, *matching.Plan) {
		return func(_ *matching.Snapshot, p *matching.Plan) { p.Moves = moves }
	}
	tryAll(t, []breach{
		{"out of the way", moves(move("pl", "b", "am", "2026-11-24")), "", ""},
		{"of nothing", moves(move("z", "b", "am", "2026-11-24")), "z  unknown_placement", ""},
		{"twice", moves(move("pl", "b", "am", "2026-11-24"), move("pl", "b", "am", "2026-11-24")), "too_many_moves 2>1\npl  moved_twice", ""},
		{"where it may not", func(s *matching.Snapshot, p *matching.Plan) {
			s.Placements[0].Movable = false
			p.Moves = []matching.Move{move("pl", "b", "am", "2026-11-24")}
		}, "pl  not_movable", ""},
		{"out of its provision", moves(move("pl", "c", "all", "2026-11-23")), "pl c other_provision", ""},
		{"to where it is", moves(move("pl", "a", "all", "2026-11-23")), "pl a not_a_move", ""},
		{"before anybody comes", func(_ *matching.Snapshot, p *matching.Plan) {
			p.Assignments[0].Stays[0] = stay("a", "all", "2026-11-30", "2026-12-13")
			p.Assignments[1].Stays[0] = stay("a", "all", "2026-11-30", "2026-12-13")
			p.Moves = []matching.Move{move("pl", "b", "am", "2026-11-24")}
		}, "pl b move_date 2026-11-24", ""},
		{"before its own first day", func(s *matching.Snapshot, p *matching.Plan) {
			s.Placements[0].From = day("2026-11-25")
			p.Moves = []matching.Move{move("pl", "b", "am", "2026-11-24")}
		}, "pl b move_date 2026-11-24", ""},
		{"after it has ended", func(s *matching.Snapshot, p *matching.Plan) {
			s.Placements[0].To = day("2026-11-30")
			p.Moves = []matching.Move{move("pl", "b", "am", "2026-12-01")}
		}, "pl b move_date 2026-12-01", ""},
		{"on a Wednesday", moves(move("pl", "b", "am", "2026-11-25")), "pl b start_date 2026-11-25", ""},
		{"past the end of the group", func(s *matching.Snapshot, p *matching.Plan) {
			s.Groups[1].Open.To = day("2026-12-18")
			p.Moves = []matching.Move{move("pl", "b", "am", "2026-11-24")}
		}, "pl b end_date 2026-12-18", ""},
		{"to no group", moves(move("pl", "z", "am", "2026-11-24")), "pl z unknown_group", ""},
		{"makes room", func(s *matching.Snapshot, p *matching.Plan) {
			s.Groups[0].Places = matching.Every(2)
			p.Moves = []matching.Move{move("pl", "b", "am", "2026-11-23")}
		}, "", ""},
	})
}
