package lint_test

import (
	"encoding/json"
	"slices"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/generate"
	"example.org/backontrack/matching/lint"
	"example.org/backontrack/matching/matchtest"
)

// crowd is a world in which everybody is referred, to few groups, and many are rivals.
func crowd(seed uint64) *matching.Snapshot {
	s := matchtest.World(seed)
	s.Policy.Separations[0].Scope = []matching.Scope{matching.OnSite, matching.InZone, matching.InGroup}[seed%3]
	s.Policy.Separations[0].Rivals = [][]string{{"N17", "N22"}, {"N22", "N9"}, {"N17", "N9"}}
	s.Groups = s.Groups[:1+int(seed)%2%len(s.Groups)]
	s.Placements = slices.DeleteFunc(s.Placements, func(p matching.Placement) bool {
		return !slices.ContainsFunc(s.Groups, func(g matching.Group) bool { return g.ID == p.Group })
	})
	for i := range s.Groups {
		s.Groups[i].Accepts = matching.Accepts{}
	}
	s.Referrals = nil
	for i := range s.Pupils {
		p := &s.Pupils[i]
		p.Unknown = nil
		s.Referrals = append(s.Referrals, matching.Referral{ID: matching.ReferralID("r-" + p.ID), Pupil: p.ID})
	}
	return s
}

func engine(t testing.TB, s *matching.Snapshot) *matching.Engine {
	t.Helper()
	e, err := matching.New(s)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func encoded(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// eachWorld lints worlds of both kinds.
func eachWorld(t *testing.T, many uint64, check func(w *linted)) {
	t.Helper()
	for seed := range many {
		for _, s := range []*matching.Snapshot{matchtest.World(seed), crowd(seed)} {
			e := engine(t, s)
			w := &linted{T: t, seed: seed, e: e, s: e.Snapshot(), findings: lint.Snapshot(e)}
			check(w)
			if t.Failed() {
				t.Fatalf("in world %d: %s", seed, matchtest.Keep(t, s, seed))
			}
		}
	}
}

// A linted world.
type linted struct {
	*testing.T
	seed     uint64
	e        *matching.Engine
	s        *matching.Snapshot
	findings []lint.Finding
}

func (w *linted) options(id matching.ReferralID) []matching.Option {
	w.Helper()
	options, err := w.e.Options(id)
	if err != nil {
		w.Fatal(err)
	}
	return options
}

func (w *linted) feasible(id matching.ReferralID) []matching.Option {
	w.Helper()
	return slices.DeleteFunc(w.options(id), func(o matching.Option) bool { return !o.Feasible })
}

func (w *linted) of(code lint.Code) []lint.Finding {
	return slices.DeleteFunc(slices.Clone(w.findings), func(f lint.Finding) bool { return f.Code != code })
}

func (w *linted) group(id matching.GroupID) *matching.Group {
	i := slices.IndexFunc(w.s.Groups, func(g matching.Group) bool { return g.ID == id })
	return &w.s.Groups[i]
}

func (w *linted) referral(id matching.ReferralID) *matching.Referral {
	i := slices.IndexFunc(w.s.Referrals, func(r matching.Referral) bool { return r.ID == id })
	return &w.s.Referrals[i]
}

func (w *linted) pupil(id matching.PupilID) *matching.Pupil {
	i := slices.IndexFunc(w.s.Pupils, func(p matching.Pupil) bool { return p.ID == id })
	return &w.s.Pupils[i]
}

func TestSnapshot_orderBlind(t *testing.T) {
	t.Parallel()
	eachWorld(t, 150, func(w *linted) {
		again := engine(t, matchtest.Shuffle(w.s, w.seed+1))
		if was, is := encoded(t, w.findings), encoded(t, lint.Snapshot(again)); was != is {
			t.Errorf("was %s\nis  %s", was, is)
		}
	})
}

func TestSnapshot_order(t *testing.T) {
	t.Parallel()
	codes := lint.Codes()
	eachWorld(t, 50, func(w *linted) {
		for i, f := range w.findings {
			if f.Severity != f.Code.Severity() || f.Severity == "" {
				t.Errorf("%s is %q", f.Code, f.Severity)
			}
			if i > 0 && slices.Index(codes, w.findings[i-1].Code) > slices.Index(codes, f.Code) {
				t.Errorf("%s before %s", w.findings[i-1].Code, f.Code)
			}
		}
	})
}

// TestSnapshot_agenda holds what is said of each referral against all of its options.
func TestSnapshot_agenda(t *testing.T) {
	t.Parallel()
	eachWorld(t, 150, func(w *linted) {
		none, late := map[matching.ReferralID]bool{}, map[matching.ReferralID]bool{}
		for _, f := range w.of(lint.NoOption) {
			none[f.Referrals[0]] = true
		}
		for _, f := range w.of(lint.DeadlineLost) {
			late[f.Referrals[0]] = true
		}
		for i := range w.s.Referrals {
			r := &w.s.Referrals[i]
			feasible := w.feasible(r.ID)
			if none[r.ID] != (len(feasible) == 0) {
				t.Errorf("%s has %d options, and no_option is %t", r.ID, len(feasible), none[r.ID])
			}
			inTime := slices.ContainsFunc(feasible, func(o matching.Option) bool { return !o.Late })
			if late[r.ID] != (len(feasible) > 0 && !inTime) {
				t.Errorf("%s has an option in time: %t; deadline_lost is %t", r.ID, inTime, late[r.ID])
			}
		}
		for _, f := range w.of(lint.NowhereAccepted) {
			for _, id := range f.Referrals {
				if len(w.feasible(id)) > 0 {
					t.Errorf("%s has options though no group takes %s", id, f.Codes)
				}
			}
		}
		for _, f := range w.of(lint.WantedGroupRefuses) {
			for _, o := range w.feasible(f.Referrals[0]) {
				if slices.ContainsFunc(o.Stays, func(s matching.Stay) bool { return s.Group == f.Groups[0] }) {
					t.Errorf("%s can have %s", f.Referrals[0], f.Groups[0])
				}
			}
		}
		w.shut()
	})
}

// shut wants no option with a session in a group that is said to be shut.
func (w *linted) shut() {
	for _, f := range w.of(lint.GroupShut) {
		for i := range w.s.Referrals {
			for _, o := range w.feasible(w.s.Referrals[i].ID) {
				for _, stay := range o.Stays {
					if slices.Contains(f.Groups, stay.Group) && len(w.attended(stay)) > 0 {
						w.Errorf("%s can have %s, said to be shut by %s", o.Referral, stay.Group, f.Rule)
					}
				}
			}
		}
	}
}

// TestSnapshot_constants holds criteria that tell nothing apart against all options.
func TestSnapshot_constants(t *testing.T) {
	t.Parallel()
	said, unsaid := 0, 0
	eachWorld(t, 100, func(w *linted) {
		tells, asked := map[matching.Code]bool{}, false
		for i := range w.s.Referrals {
			feasible := w.feasible(w.s.Referrals[i].ID)
			if len(feasible) < 2 || w.s.Referrals[i].Given != nil {
				continue
			}
			asked = true
			for _, o := range feasible {
				for n, c := range o.Contributions {
					tells[c.Criterion] = tells[c.Criterion] || c.Value != feasible[0].Contributions[n].Value
				}
			}
		}
		for code := range w.s.Policy.Weights {
			constant := slices.ContainsFunc(w.of(lint.CriterionConstant), func(f lint.Finding) bool { return f.Rule == code })
			if constant != (asked && !tells[code]) {
				t.Errorf("%s tells options apart: %t; said to be constant: %t", code, tells[code], constant)
			}
			if constant {
				said++
			} else {
				unsaid++
			}
		}
	})
	if said == 0 || unsaid == 0 {
		t.Errorf("%d constant, %d not: nothing was tried", said, unsaid)
	}
}

// TestSnapshot_generated wants no broken rule among generated standing placements, and
// no kind of finding for each of hundreds.
func TestSnapshot_generated(t *testing.T) {
	t.Parallel()
	s, err := generate.Snapshot(generate.Options{Referrals: 200, Groups: 60, Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	counts := map[lint.Code]int{}
	for _, f := range lint.Snapshot(engine(t, s)) {
		counts[f.Code]++
		switch f.Code {
		case lint.PlacesStanding, lint.StaffingStanding, lint.TraitLimitStanding, lint.UnregisteredStanding, lint.ApartStanding,
			lint.DoublePlacement, lint.CriteriaStanding:
			t.Errorf("%s", encoded(t, f))
		default: // about the agenda, groups or policy
		}
	}
	for code, n := range counts {
		if code.Severity() == lint.Note && n > 20 {
			t.Errorf("%d of %s", n, code)
		}
	}
}

// A day's session at which someone attends.
type attendance struct {
	date    calendar.Date
	session calendar.Session
}

// attended are the moments of a stay, day by day.
func (w *linted) attended(stay matching.Stay) (out []attendance) {
	g := w.group(stay.Group)
	i := slices.IndexFunc(g.Patterns, func(p matching.Pattern) bool { return p.ID == stay.Pattern })
	for d := max(stay.From, w.s.AsOf); d <= min(stay.To, w.s.Horizon); d++ {
		if !w.schoolDay(d) {
			continue
		}
		for session := range g.Patterns[i].Sessions.All() {
			if session.Weekday() == d.Weekday() {
				out = append(out, attendance{d, session})
			}
		}
	}
	return out
}

func (w *linted) schoolDay(d calendar.Date) bool {
	closed := slices.ContainsFunc(w.s.Calendar.Closed, func(c calendar.Closure) bool { return c.From <= d && d <= c.To })
	return d.Weekday() >= 1 && d.Weekday() <= 5 && !closed
}
