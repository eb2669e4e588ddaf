package matching_test

import (
	"fmt"
	"slices"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// The tests named after a requirement (TestR4_…, TestS5_…, TestD2_…) each tell one small story of an authority in
// which the right answer is plain from the requirement's own words. A story says only what it is about. The rest is:
//
//   - it is Monday 23 November 2026, and term, the horizon, ends on Monday 14 December: four Mondays;
//   - there is one referral, "r", of the pupil "new", and one group, "group", on the one site, "site";
//   - a group meets on Mondays, morning and afternoon, and takes anybody and any number;
//   - a pupil is in Year 8, and there is nothing special about her;
//   - a placement is in "group", all its sessions, from September until the end of term.
const (
	firstMonday = "2026-11-23"
	endOfTerm   = "2026-12-14"
)

var (
	mondays  = calendar.OnDays(1)
	tuesdays = calendar.OnDays(2)
)

func day(date string) calendar.Date { return calendar.MustDate(date) }

// authority makes an engine of the parts of a story: groups, sites, pupils, placements, keep-aparts, referrals,
// closures, a policy, and extensions.
func authority(t *testing.T, parts ...any) *matching.Engine {
	t.Helper()
	e, err := matching.New(story(parts...))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func story(parts ...any) *matching.Snapshot {
	s := &matching.Snapshot{AsOf: day(firstMonday), Horizon: day(endOfTerm)}
	for _, part := range parts {
		switch p := part.(type) {
		case matching.Group:
			s.Groups = append(s.Groups, withDefaults(p))
		case matching.Site:
			s.Sites = append(s.Sites, p)
		case matching.Pupil:
			s.Pupils = append(s.Pupils, inYear8(p))
		case matching.Placement:
			s.Placements = append(s.Placements, p)
		case matching.KeepApart:
			s.KeepApart = append(s.KeepApart, p)
		case matching.Referral:
			s.Referrals = append(s.Referrals, p)
		case calendar.Closure:
			s.Calendar.Closed = append(s.Calendar.Closed, p)
		case *matching.Policy:
			s.Policy = p
		default:
			panic(fmt.Sprintf("a story has no %T", part))
		}
	}
	complete(s)
	return s
}

func withDefaults(g matching.Group) matching.Group {
	if g.ID == "" {
		g.ID = "group"
	}
	if g.Site == "" {
		g.Site = "site"
	}
	if g.Timetable == 0 {
		g.Timetable = mondays
	}
	return g
}

func inYear8(p matching.Pupil) matching.Pupil {
	if p.Year == 0 {
		p.Year = 8
	}
	return p
}

// complete adds what a story left unsaid.
func complete(s *matching.Snapshot) {
	if len(s.Groups) == 0 {
		s.Groups = []matching.Group{withDefaults(matching.Group{})}
	}
	for _, g := range s.Groups {
		if !slices.ContainsFunc(s.Sites, func(x matching.Site) bool { return x.ID == g.Site }) {
			s.Sites = append(s.Sites, matching.Site{ID: g.Site})
		}
	}
	if len(s.Referrals) == 0 {
		s.Referrals = []matching.Referral{{}}
	}
	for i := range s.Referrals {
		r := &s.Referrals[i]
		if r.ID == "" {
			r.ID = "r"
		}
		if r.Pupil == "" {
			r.Pupil = "new"
		}
		mention(s, r.Pupil)
	}
	for _, p := range s.Placements {
		mention(s, p.Pupil)
	}
}

// mention makes sure that there is a pupil.
func mention(s *matching.Snapshot, id matching.PupilID) {
	if !slices.ContainsFunc(s.Pupils, func(p matching.Pupil) bool { return p.ID == id }) {
		s.Pupils = append(s.Pupils, matching.Pupil{ID: id, Year: 8})
	}
}

// stands is the placement of a pupil in a group, with its usual dates.
func stands(pupil matching.PupilID, group matching.GroupID) matching.Placement {
	return matching.Placement{
		ID: matching.PlacementID("of-" + pupil), Pupil: pupil, Group: group, From: day("2026-09-07"), To: day(endOfTerm),
	}
}

// until is a placement that ends on another day.
func until(p matching.Placement, last string) matching.Placement {
	p.To = day(last)
	return p
}

// with is a placement with another pattern.
func with(p matching.Placement, pattern matching.PatternID) matching.Placement {
	p.Pattern = pattern
	return p
}

func rank(t *testing.T, e *matching.Engine) *matching.Ranking {
	t.Helper()
	ranking, err := e.Rank("r")
	if err != nil {
		t.Fatal(err)
	}
	return ranking
}

// best is the first option of the ranking.
func best(t *testing.T, e *matching.Engine) matching.Option {
	t.Helper()
	ranking := rank(t, e)
	if len(ranking.Ranking) == 0 {
		t.Fatalf("nothing fits: %+v", ranking.Rejected)
	}
	return ranking.Ranking[0]
}

// in is the first option with a feasible start in a group, as the ranking has it.
func in(t *testing.T, e *matching.Engine, group matching.GroupID) matching.Option {
	t.Helper()
	for _, o := range rank(t, e).Ranking {
		if o.Stays[0].Group == group {
			return o
		}
	}
	t.Fatalf("%s does not fit", group)
	return matching.Option{}
}

// wantStart wants the best option to start on a day, and gives it back.
func wantStart(t *testing.T, e *matching.Engine, from string) matching.Option {
	t.Helper()
	o := best(t, e)
	want(t, "start", day(from), o.Stays[0].From)
	return o
}

// wantReasons wants everything to be refused, the first group and pattern for just these reasons.
func wantReasons(t *testing.T, e *matching.Engine, reasons ...matching.Reason) {
	t.Helper()
	ranking := rank(t, e)
	if len(ranking.Ranking) > 0 {
		t.Errorf("it fits from %s; want it refused", ranking.Ranking[0].Stays[0].From)
		return
	}
	want(t, "reasons", reasons, ranking.Rejected[0].Reasons)
}

// reasonsIn are the reasons that refuse a group with its first pattern, and none where it fits.
func reasonsIn(t *testing.T, e *matching.Engine, group matching.GroupID) []matching.Reason {
	t.Helper()
	for _, o := range rank(t, e).Rejected {
		if o.Stays[0].Group == group {
			return o.Reasons
		}
	}
	return nil
}

// codesIn are the codes of the reasons that refuse a group, and nil where it fits.
func codesIn(t *testing.T, e *matching.Engine, group matching.GroupID) []matching.Code {
	t.Helper()
	var codes []matching.Code
	for _, r := range reasonsIn(t, e, group) {
		codes = append(codes, r.Code)
	}
	return codes
}

// valueOf is the value of one criterion, with its range.
func valueOf(t *testing.T, o matching.Option, criterion matching.Code) matching.Value {
	t.Helper()
	for _, c := range o.Contributions {
		if c.Criterion != criterion {
			continue
		}
		if c.Low == nil {
			return matching.Known(c.Value)
		}
		return matching.Value{Expected: c.Value, Low: *c.Low, High: *c.High}
	}
	t.Fatalf("no contribution of %s", criterion)
	return matching.Value{}
}

func want(t *testing.T, what string, want, got any) {
	t.Helper()
	if d := difference(want, got); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}
