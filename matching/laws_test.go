package matching_test

import (
	"encoding/json"
	"slices"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/matchtest"
)

// The laws of this file and of its neighbours hold in any world. Each is a function of
// a seed, so that the fuzz targets try them too; what it changes, it makes anew.

// lawWorlds runs a law over worlds. A world of which it fails is kept.
func lawWorlds(t *testing.T, many int, law func(t testing.TB, seed uint64)) {
	t.Helper()
	if testing.Short() {
		many = max(many/5, 3)
	}
	for seed := range uint64(many) {
		law(t, seed)
		if t.Failed() {
			t.Fatalf("in world %d: %s", seed, matchtest.Keep(t, matchtest.World(seed), seed))
		}
	}
}

func lawEngine(t testing.TB, s *matching.Snapshot, extensions ...matching.Extension) *matching.Engine {
	t.Helper()
	e, err := matching.New(s, extensions...)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func lawOptions(t testing.TB, e *matching.Engine, id matching.ReferralID) []matching.Option {
	t.Helper()
	options, err := e.Options(id)
	if err != nil {
		t.Fatal(err)
	}
	return options
}

func lawRank(t testing.TB, e *matching.Engine, id matching.ReferralID) *matching.Ranking {
	t.Helper()
	ranking, err := e.Rank(id)
	if err != nil {
		t.Fatal(err)
	}
	return ranking
}

func lawJSON(t testing.TB, v any) string {
	t.Helper()
	encoded, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(encoded)
}

// lawEqual wants two texts to be equal, and shows where they begin to differ.
func lawEqual(t testing.TB, was, is string) {
	t.Helper()
	if was == is {
		return
	}
	n := 0
	for n < min(len(was), len(is)) && was[n] == is[n] {
		n++
	}
	around := func(s string) string { return s[max(n-300, 0):min(n+300, len(s))] }
	t.Errorf("was\n…%s…\nis\n…%s…", around(was), around(is))
}

// everyOption calls visit with every option of every referral.
func everyOption(t testing.TB, e *matching.Engine, visit func(r *matching.Referral, o *matching.Option)) {
	t.Helper()
	for i := range e.Snapshot().Referrals {
		r := &e.Snapshot().Referrals[i]
		options := lawOptions(t, e, r.ID)
		for j := range options {
			visit(r, &options[j])
		}
	}
}

func TestLaw_contributionsAddUp(t *testing.T) {
	t.Parallel()
	lawWorlds(t, 300, contributionsAddUp)
}

func contributionsAddUp(t testing.TB, seed uint64) {
	e := lawEngine(t, matchtest.World(seed))
	everyOption(t, e, func(r *matching.Referral, o *matching.Option) {
		points := 0
		for _, c := range o.Contributions {
			points += c.Points
		}
		if points != o.Score {
			t.Errorf("points %d, score %d: %s", points, o.Score, lawJSON(t, o))
		}
		if o.ScoreLow > o.Score || o.Score > o.ScoreHigh {
			t.Errorf("the score is outside its range: %s", lawJSON(t, o))
		}
		if o.Total != o.Score+o.LatePenalty+o.Composition {
			t.Errorf("the total is not the sum of its parts: %s", lawJSON(t, o))
		}
		policy := e.Snapshot().Policy
		late := r.Deadline != 0 && o.Stays[0].From > r.Deadline
		if late != o.Late || o.Late != (o.LatePenalty != 0) || o.Late && o.LatePenalty != -policy.LatePenalty {
			t.Errorf("late: %s", lawJSON(t, o))
		}
		if o.Bonus != policy.PriorityBonus[r.Priority] {
			t.Errorf("bonus: %s", lawJSON(t, o))
		}
		if o.Feasible != (len(o.Reasons) == 0) {
			t.Errorf("possible, with reasons: %s", lawJSON(t, o))
		}
	})
}

// everything is all that an engine has to say, as JSON.
func everything(t testing.TB, e *matching.Engine) string {
	t.Helper()
	type answer struct {
		Options   []matching.Option
		Ranking   *matching.Ranking
		Firmness  matching.Firmness
		Questions []matching.Question
		Effects   [][]matching.Effect
		WhyNot    [][]matching.Option
		Blockers  []*matching.Blocking
		Earliest  []matching.Option
	}
	all := []any{}
	for _, r := range e.Snapshot().Referrals {
		a := answer{Options: lawOptions(t, e, r.ID), Ranking: lawRank(t, e, r.ID)}
		a.Firmness = a.Ranking.Firmness()
		var errs [5]error
		a.Questions, errs[0] = e.Questions(r.ID)
		a.Earliest, errs[1] = e.Earliest(r.ID)
		for i := range a.Ranking.Ranking {
			var effects []matching.Effect
			effects, errs[2] = e.Effects(&a.Ranking.Ranking[i])
			a.Effects = append(a.Effects, effects)
		}
		for _, g := range e.Snapshot().Groups {
			var options []matching.Option
			var blocking *matching.Blocking
			options, errs[3] = e.WhyNot(r.ID, g.ID)
			blocking, errs[4] = e.Blockers(r.ID, g.ID)
			a.WhyNot, a.Blockers = append(a.WhyNot, options), append(a.Blockers, blocking)
		}
		for _, err := range errs {
			if err != nil {
				t.Fatal(err)
			}
		}
		all = append(all, a)
	}
	for _, g := range e.Snapshot().Groups {
		ranking, err := e.ForGroup(g.ID)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, ranking)
	}
	return lawJSON(t, all)
}

func TestLaw_orderOfListsChangesNothing(t *testing.T) {
	t.Parallel()
	lawWorlds(t, 60, orderChangesNothing)
}

func orderChangesNothing(t testing.TB, seed uint64) {
	one, two := matchtest.World(seed), matchtest.Shuffle(matchtest.World(seed), seed)
	lawEqual(t, everything(t, lawEngine(t, one)), everything(t, lawEngine(t, two)))
}

func TestLaw_renamingChangesNothing(t *testing.T) {
	t.Parallel()
	lawWorlds(t, 60, renamingChangesNothing)
}

func renamingChangesNothing(t testing.TB, seed uint64) {
	other := matchtest.World(seed)
	back := matchtest.Rename(other)
	lawEqual(t, everything(t, lawEngine(t, matchtest.World(seed))), back(everything(t, lawEngine(t, other))))
}

// onlyPossibleThere looks for a stay that is possible in one world and not in another.
func onlyPossibleThere(t testing.TB, there, here *matching.Snapshot, what string) {
	t.Helper()
	listed := map[string]bool{}
	key := func(o *matching.Option) string {
		return lawJSON(t, []any{o.Referral, o.Stays[0].Group, o.Stays[0].Pattern, o.Stays[0].From})
	}
	everyOption(t, lawEngine(t, here), func(_ *matching.Referral, o *matching.Option) {
		if o.Feasible && len(o.Stays) == 1 {
			listed[key(o)] = true
		}
	})
	everyOption(t, lawEngine(t, there), func(r *matching.Referral, o *matching.Option) {
		if !o.Feasible || len(o.Stays) > 1 || listed[key(o)] {
			return
		}
		possible, err := matchtest.Possible(here, r.ID, o.Stays[0])
		if err != nil {
			t.Fatal(err)
		}
		if !possible {
			t.Errorf("%s: %s", what, lawJSON(t, o))
		}
	})
}

func TestLaw_standingPupilNeverMakesPossible(t *testing.T) {
	t.Parallel()
	lawWorlds(t, 250, standingNeverMakesPossible)
}

func standingNeverMakesPossible(t testing.TB, seed uint64) {
	more := matchtest.World(seed)
	matchtest.AddStanding(more, seed)
	onlyPossibleThere(t, more, matchtest.World(seed), "possible only with one more standing pupil")
}

func TestLaw_morePlacesOrAdultsNeverRefuse(t *testing.T) {
	t.Parallel()
	lawWorlds(t, 250, moreNeverRefuses)
}

func moreNeverRefuses(t testing.TB, seed uint64) {
	more := matchtest.World(seed)
	n := int(seed % 4)
	for i := range more.Groups {
		g := &more.Groups[i]
		switch {
		case n == 0:
			g.Places, g.Adults, g.Changes = nil, nil, nil
		case i%2 == 0:
			g.Places, g.Adults = raised(g.Places, n), raised(g.Adults, 150*n)
			for j := range g.Changes {
				g.Changes[j].Places, g.Changes[j].Adults = raised(g.Changes[j].Places, n), raised(g.Changes[j].Adults, 150*n)
			}
		}
	}
	for i := range more.Sites {
		more.Sites[i].FloatingAdults = raised(more.Sites[i].FloatingAdults, 100*(n%2))
		for j := range more.Sites[i].Changes {
			more.Sites[i].Changes[j].FloatingAdults = raised(more.Sites[i].Changes[j].FloatingAdults, 100*(n%2))
		}
	}
	onlyPossibleThere(t, matchtest.World(seed), more, "no longer possible with more places and adults")
}

func raised(p matching.PerSession, by int) matching.PerSession {
	if p == nil {
		return nil
	}
	out := matching.PerSession{}
	for s, n := range p {
		out[s] = n + by
	}
	return out
}

func TestLaw_possibleStaysHaveAPlace(t *testing.T) {
	t.Parallel()
	lawWorlds(t, 200, possibleStaysHaveAPlace)
}

// possibleStaysHaveAPlace counts heads on each day of a possible stay.
func possibleStaysHaveAPlace(t testing.TB, seed uint64) {
	e := lawEngine(t, matchtest.World(seed))
	groups := map[matching.GroupID]*matching.Group{}
	for i := range e.Snapshot().Groups {
		groups[e.Snapshot().Groups[i].ID] = &e.Snapshot().Groups[i]
	}
	everyOption(t, e, func(r *matching.Referral, o *matching.Option) {
		for _, stay := range o.Stays {
			for d := stay.From; o.Feasible && d <= stay.To; d++ {
				if heads, places, s := heads(e.Snapshot(), groups[stay.Group], r.Pupil, stay, d); heads > places {
					t.Errorf("%d pupils in %d places on %s at %s: %s", heads, places, d, s, lawJSON(t, o))
				}
			}
		}
	})
}

// heads is how many pupils there are on a day at the session of a stay that is fullest for
// its places, with the newcomer.
func heads(s *matching.Snapshot, g *matching.Group, newcomer matching.PupilID, stay matching.Stay, d calendar.Date) (n, places int, at calendar.Session) {
	if slices.ContainsFunc(s.Calendar.Closed, func(c calendar.Closure) bool { return c.From <= d && d <= c.To }) {
		return 0, 0, 0
	}
	sessions := func(id matching.PatternID) calendar.Sessions {
		return g.Patterns[slices.IndexFunc(g.Patterns, func(p matching.Pattern) bool { return p.ID == id })].Sessions
	}
	for session := range sessions(stay.Pattern).All() {
		limit, limited := g.PlacesOn(session, d)
		if !limited || session.Weekday() != d.Weekday() {
			continue
		}
		there := map[matching.PupilID]bool{newcomer: true}
		for _, p := range s.Placements {
			if p.Group == g.ID && p.From <= d && d <= p.To && sessions(p.Pattern).Has(session) {
				there[p.Pupil] = true
			}
		}
		if len(there)-limit > n-places {
			n, places, at = len(there), limit, session
		}
	}
	return n, places, at
}

func TestLaw_keepApartIsSymmetric(t *testing.T) {
	t.Parallel()
	lawWorlds(t, 150, keepApartIsSymmetric)
}

// keepApartIsSymmetric names each pair the other way round; and it lets the two pupils
// of each refusal change places in everything that they do.
func keepApartIsSymmetric(t testing.TB, seed uint64) {
	other := matchtest.World(seed)
	for i := range other.KeepApart {
		slices.Reverse(other.KeepApart[i].Pupils)
	}
	e := lawEngine(t, matchtest.World(seed))
	lawEqual(t, everything(t, e), everything(t, lawEngine(t, other)))
	everyOption(t, e, func(r *matching.Referral, o *matching.Option) {
		for _, reason := range o.Reasons {
			if reason.Code != matching.CodeKeepApart || o.Stays[0].From == 0 {
				continue
			}
			for _, id := range reason.Pupils {
				keptApartToo(t, seed, r, o, id)
			}
		}
	})
}

// keptApartToo wants that a pupil who is kept away by another keeps that one away.
func keptApartToo(t testing.TB, seed uint64, r *matching.Referral, o *matching.Option, blocker matching.PupilID) {
	t.Helper()
	s := matchtest.World(seed)
	exchange := func(id *matching.PupilID) {
		switch *id {
		case r.Pupil:
			*id = blocker
		case blocker:
			*id = r.Pupil
		}
	}
	for i := range s.Placements {
		exchange(&s.Placements[i].Pupil)
	}
	for i := range s.Referrals {
		exchange(&s.Referrals[i].Pupil)
	}
	for _, then := range lawOptions(t, lawEngine(t, s), r.ID) {
		stay := then.Stays[0]
		if stay.Group != o.Stays[0].Group || stay.Pattern != o.Stays[0].Pattern || stay.From != o.Stays[0].From {
			continue
		}
		if !slices.ContainsFunc(then.Reasons, func(x matching.Reason) bool {
			return x.Code == matching.CodeKeepApart && slices.Contains(x.Pupils, r.Pupil)
		}) {
			t.Errorf("%s keeps %s away, and not the other way round: %s", blocker, r.Pupil, lawJSON(t, then))
		}
	}
}
