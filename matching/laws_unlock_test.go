package matching_test

import (
	"slices"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/matchtest"
)

// The laws of this file know nothing of how unlocks are found. They make the changes
// in the snapshot, as a panel would in the world, and ask a new engine.

func TestLaw_unlocksWorkAndAreMinimal(t *testing.T) {
	t.Parallel()
	lawWorlds(t, 120, unlocksWork)
}

func unlocksWork(t testing.TB, seed uint64) {
	e := lawEngine(t, matchtest.World(seed))
	everyOption(t, e, func(_ *matching.Referral, o *matching.Option) {
		unlocks, err := e.Unlocks(o)
		if err != nil {
			t.Fatal(err)
		}
		if o.Feasible && len(unlocks) > 0 {
			t.Errorf("a possible option is unlocked: %s", lawJSON(t, o))
		}
		for i := range unlocks {
			unlockWorks(t, seed, o, &unlocks[i])
			for j := range unlocks {
				if i != j && holdsAll(&unlocks[j], &unlocks[i]) {
					t.Errorf("%s contains %s", lawJSON(t, unlocks[j]), lawJSON(t, unlocks[i]))
				}
			}
		}
	})
}

// kindOf is a change without what has been worked out for it.
func kindOf(c matching.Change) matching.Change {
	if c.Kind == matching.Wait || c.Kind == matching.AddAdults {
		return matching.Change{Kind: c.Kind}
	}
	return c
}

func holdsAll(larger, smaller *matching.Unlock) bool {
	for _, c := range smaller.Changes {
		if !slices.ContainsFunc(larger.Changes, func(d matching.Change) bool {
			return lawSame(kindOf(c), kindOf(d))
		}) {
			return false
		}
	}
	return true
}

func lawSame(a, b matching.Change) bool {
	return a.Kind == b.Kind && a.Rule == b.Rule && a.Pattern == b.Pattern && a.Placement == b.Placement
}

func unlockWorks(t testing.TB, seed uint64, o *matching.Option, u *matching.Unlock) {
	t.Helper()
	if !works(t, seed, o, u.Changes, u.Stay) {
		t.Errorf("%s does not unlock %s", lawJSON(t, u), lawJSON(t, o))
	}
	for subset := range 1<<len(u.Changes) - 1 {
		var fewer []matching.Change
		for i, c := range u.Changes {
			if subset>>i&1 == 1 {
				fewer = append(fewer, generous(c))
			}
		}
		if at, unlocked := unlockedSomehow(t, seed, o, fewer); unlocked {
			t.Errorf("%s unlocks %s, and so does less: %s, from %s", lawJSON(t, u), lawJSON(t, o), lawJSON(t, fewer), at)
		}
	}
	for i, c := range u.Changes {
		if c.Kind == matching.AddAdults && c.Adults > 0 {
			less := slices.Clone(u.Changes)
			less[i].Adults--
			if works(t, seed, o, less, u.Stay) {
				t.Errorf("%s unlocks %s, and so does a thousandth of an adult less", lawJSON(t, u), lawJSON(t, o))
			}
		}
	}
}

// generous is more adults than anyone has, and any other change as it is.
func generous(c matching.Change) matching.Change {
	if c.Kind == matching.AddAdults {
		c.Adults, c.Sessions = 1_000_000, slices.Collect(calendar.Week.All())
	}
	return c
}

// works tells whether the stay is possible, on its day, once the changes are made.
func works(t testing.TB, seed uint64, o *matching.Option, changes []matching.Change, stay matching.Stay) bool {
	t.Helper()
	s := matchtest.World(seed)
	for _, c := range changes {
		makeChange(t, s, o, c)
	}
	possible, err := matchtest.Possible(s, o.Referral, stay)
	if err != nil {
		t.Fatal(err)
	}
	return possible
}

// unlockedSomehow tells whether a set of changes makes the option possible: on its own
// day, or, with a wait among them, on any later one.
func unlockedSomehow(t testing.TB, seed uint64, o *matching.Option, changes []matching.Change) (calendar.Date, bool) {
	t.Helper()
	s, stay, wait := matchtest.World(seed), o.Stays[0], false
	for _, c := range changes {
		makeChange(t, s, o, c)
		if c.Kind == matching.TakePattern {
			stay.Pattern = c.Pattern
		}
		wait = wait || c.Kind == matching.Wait
	}
	if !wait {
		possible, err := matchtest.Possible(s, o.Referral, stay)
		if err != nil {
			t.Fatal(err)
		}
		return stay.From, possible
	}
	for i := range s.Referrals {
		if s.Referrals[i].ID == o.Referral {
			s.Referrals[i].ReadyFrom = stay.From
		}
	}
	for _, then := range lawOptions(t, lawEngine(t, s), o.Referral) {
		first := then.Stays[0]
		same := len(then.Stays) == 1 && first.Group == stay.Group && first.Pattern == stay.Pattern
		if then.Feasible && same && hasSession(s, first) {
			return first.From, true
		}
	}
	return 0, false
}

// hasSession tells whether any session of a stay takes place. It is no use to wait
// for a stay that has none.
func hasSession(s *matching.Snapshot, stay matching.Stay) bool {
	group := s.Groups[slices.IndexFunc(s.Groups, func(g matching.Group) bool { return g.ID == stay.Group })]
	sessions := group.Timetable // of the pattern "all" that a group has when it states none
	for _, p := range group.Patterns {
		if p.ID == stay.Pattern {
			sessions = p.Sessions
		}
	}
	days := calendar.NewDays(stay.From, stay.To, s.Calendar.Closed)
	for session := range sessions.All() {
		if days.Len(session) > 0 {
			return true
		}
	}
	return false
}

// makeChange makes one change in the snapshot. To wait and to take another pattern
// change the stay that is asked for, not the world.
func makeChange(t testing.TB, s *matching.Snapshot, o *matching.Option, c matching.Change) {
	t.Helper()
	switch c.Kind {
	case matching.Wait, matching.TakePattern:
	case matching.MoveAway:
		before := len(s.Placements)
		s.Placements = slices.DeleteFunc(s.Placements, func(p matching.Placement) bool { return p.ID == c.Placement })
		if len(s.Placements) == before {
			t.Errorf("no such placement: %s", lawJSON(t, c))
		}
	case matching.AddAdults:
		for i := range s.Groups {
			if g := &s.Groups[i]; g.ID == o.Stays[0].Group {
				g.Adults = moreAdults(g.Adults, g.Timetable, c)
				for j := range g.Changes {
					g.Changes[j].Adults = moreAdults(g.Changes[j].Adults, g.Timetable, c)
				}
			}
		}
	case matching.Waive:
		waive(t, s, o, c.Rule)
	default:
		t.Errorf("an unknown change: %s", lawJSON(t, c))
	}
}

// moreAdults adds what a change adds to a table, of the timetable: no other session may be named.
func moreAdults(table matching.PerSession, timetable calendar.Sessions, c matching.Change) matching.PerSession {
	more := matching.PerSession{}
	for session, n := range table {
		if timetable.Has(session) {
			more[session] = n
			if slices.Contains(c.Sessions, session) {
				more[session] += c.Adults
			}
		}
	}
	return more
}

// waive takes away what a rule refuses for.
func waive(t testing.TB, s *matching.Snapshot, o *matching.Option, rule matching.Code) {
	t.Helper()
	switch rule {
	case matching.CodeJourney:
		s.Policy.MaxTravelMinutes = matching.TravelLimits{Primary: 1440, Secondary: 1440}
	case matching.CodeNeedsNotMet:
		for i := range s.Groups {
			if s.Groups[i].ID == o.Stays[0].Group {
				s.Groups[i].Accepts.Needs = nil
			}
		}
	case matching.CodeKeepApart:
		s.KeepApart = nil
	default:
		before := len(s.Policy.Separations)
		s.Policy.Separations = slices.DeleteFunc(s.Policy.Separations, func(p matching.SeparationPolicy) bool { return p.Code == rule })
		if len(s.Policy.Separations) == before {
			t.Errorf("a rule that can't be waived here: %s", rule)
		}
	}
}
