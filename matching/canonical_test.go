package matching_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

func encoded(t *testing.T, s *matching.Snapshot) string {
	t.Helper()
	var b bytes.Buffer
	if err := s.Encode(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func readText(t *testing.T, text string) *matching.Snapshot {
	t.Helper()
	s, err := matching.Read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEncode_readsBack(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]*matching.Snapshot{"sound": readText(t, sound), "town": town(), "nothing": story()} {
		once := encoded(t, s)
		want(t, name, once, encoded(t, readText(t, once)))
	}
}

// A list that is empty does not mean what none means, and comes back empty.
func TestEncode_emptyIsNotNone(t *testing.T) {
	t.Parallel()
	for list, empty := range map[string]string{
		`"years": [7, 8]`: `"years": []`, `"reasons": ["respite"]`: `"reasons": []`, `"needs": ["SEMH"]`: `"needs": []`, `"refuses": ["arson"]`: `"refuses": []`,
	} {
		back := encoded(t, readText(t, strings.Replace(sound, list, empty, 1)))
		if !strings.Contains(back, strings.ReplaceAll(empty, " ", "")) {
			t.Errorf("%s is lost in %s", empty, back)
		}
	}
	never := readText(t, strings.Replace(sound, `{"weekdays": ["mon"]}`, `{"dates": []}`, 1))
	want(t, "no start date", `"starts":{"dates":[]}`, between(encoded(t, never), `"starts"`, `}`))

	none := readText(t, strings.Replace(sound, `"given": {"return": {"score": 861, "adult_demand": 15, "patterns": {"am": 640}}}`, `"given": {}`, 1))
	want(t, "no group with a given score", `"given":{}`, between(encoded(t, none), `"given"`, `}`))
	engine, err := matching.New(readText(t, encoded(t, none)))
	if err != nil {
		t.Fatal(err)
	}
	options, err := engine.Options("r-1")
	want(t, "options where scores are given for none", 0, len(options))
	want(t, "error", error(nil), err)
}

func between(text, from, to string) string {
	start := strings.Index(text, from)
	return text[start : start+strings.Index(text[start:], to)+len(to)]
}

func TestEncode_orderBlind(t *testing.T) {
	t.Parallel()
	one, other := town(), town()
	slices.Reverse(other.Sites)
	slices.Reverse(other.Groups)
	slices.Reverse(other.Pupils)
	slices.Reverse(other.Placements)
	slices.Reverse(other.Referrals)
	for i := range other.Groups {
		g := &other.Groups[i]
		slices.Reverse(g.Patterns)
		slices.Reverse(g.Accepts.Years)
		slices.Reverse(g.Accepts.Needs)
		slices.Reverse(g.Offers)
	}
	for i := range other.Pupils {
		slices.Reverse(other.Pupils[i].Needs)
		slices.Reverse(other.Pupils[i].Unknown)
	}
	want(t, "encoding", encoded(t, one), encoded(t, other))

	// The order of some lists has a meaning: the family's choice, best first.
	first, second := town(), town()
	first.Referrals[0].Wants.Groups = []matching.GroupID{"mill-return", "quay-nurture"}
	second.Referrals[0].Wants.Groups = []matching.GroupID{"quay-nurture", "mill-return"}
	if encoded(t, first) == encoded(t, second) {
		t.Error("the order of the family's choice is lost")
	}
}

func TestEncode_writesDefaultsOut(t *testing.T) {
	t.Parallel()
	short := readText(t, `{
		"format": "placement-snapshot/1", "as_of": "2026-11-23", "horizon": "2027-07-16", "sites": [{"id": "s"}],
		"groups": [{"id": "g", "site": "s", "timetable": ["mon-pm", "mon-am"], "places": 8}],
		"pupils": [{"id": "a", "year": 8}, {"id": "b", "year": 8}],
		"keep_apart": [{"pupils": ["b", "a"]}],
		"placements": [{"id": "p", "pupil": "b", "group": "g", "from": "2026-09-14", "to": "2026-12-11"}],
		"referrals": [{"id": "r", "pupil": "a"}]
	}`)
	long := readText(t, `{
		"format": "placement-snapshot/1", "as_of": "2026-11-23", "horizon": "2027-07-16",
		"calendar": {"sessions": ["mon-am", "mon-pm", "tue-am", "tue-pm", "wed-am", "wed-pm", "thu-am", "thu-pm", "fri-am", "fri-pm"], "closed": []},
		"sites": [{"id": "s", "access": []}],
		"groups": [{
			"id": "g", "site": "s", "zone": "main", "timetable": ["mon-am", "mon-pm"], "patterns": [{"id": "all", "sessions": ["mon-am", "mon-pm"]}],
			"places": {"mon-am": 8, "mon-pm": 8, "tue-am": 8, "tue-pm": 8, "wed-am": 8, "wed-pm": 8, "thu-am": 8, "thu-pm": 8, "fri-am": 8, "fri-pm": 8},
			"limits": [], "registered": true, "cost_per_session": 0
		}],
		"pupils": [
			{"id": "a", "year": 8, "sex": "U", "support": "standard", "busy": [], "ehcp": false, "looked_after": false, "unknown": []},
			{"id": "b", "year": 8}
		],
		"keep_apart": [{"pupils": ["a", "b"], "scope": "site"}],
		"placements": [{"id": "p", "pupil": "b", "group": "g", "pattern": "all", "from": "2026-09-14", "to": "2026-12-11", "movable": false}],
		"referrals": [{"id": "r", "pupil": "a", "priority": "routine", "own_adult": false}],
		"policy": {
			"id": "default", "support": {"standard": 125, "enhanced": 200, "intensive": 500, "one_to_one": 1000}, "unknown_support": "enhanced",
			"separations": [
				{"code": "rival_areas", "scope": "site"}, {"code": "care_home_peers", "scope": "group"},
				{"code": "anxious_with_aggressive", "scope": "zone", "traits": ["anxious_refuser", "aggressive"]}
			],
			"max_travel_minutes": {"primary": 45, "secondary": 75}, "travel_speed_kmh": 20, "travel_detour": 1.3, "full_time_sessions": 8,
			"priority_bonus": {"statutory": 3000, "urgent": 1500, "routine": 500}, "late_penalty": 500, "move_cost": 150,
			"weights": {"need_fit": 30, "wishes": 10, "curriculum": 10, "journey": 15, "start": 15, "coverage": 10, "headroom": 5, "balance": 5},
			"composition": {"friend": 40, "alone": 120}, "package": {"max_groups": 1}, "starts_per_group": 3
		}
	}`)
	want(t, "encoding", encoded(t, long), encoded(t, short))
}

func TestEncode_membersOfAPolicyDefaultOneByOne(t *testing.T) {
	t.Parallel()
	part := readText(t, strings.Replace(sound, `"policy": {`, `"policy": {"max_travel_minutes": {"primary": 30}, "composition": {"alone": 0}, `, 1)).Policy
	want(t, "travel", matching.TravelLimits{Primary: 30, Secondary: 75}, part.MaxTravelMinutes)
	want(t, "composition", matching.CompositionPolicy{Friend: 40, Alone: 0}, part.Composition)
	want(t, "weights", 25, part.Weights[matching.CodeJourney])
	want(t, "weights", 30, part.Weights[matching.CodeNeedFit])
	want(t, "support", map[string]int{"standard": 125, "enhanced": 200, "intensive": 500, "one_to_one": 1000}, part.Support)
	want(t, "separations", 3, len(part.Separations))

	none := readText(t, strings.Replace(sound, `"policy": {`, `"policy": {"separations": [], `, 1)).Policy
	want(t, "separations, as a whole", 0, len(none.Separations))
}

func TestEncode_textIsKept(t *testing.T) {
	t.Parallel()
	s := readText(t, strings.Replace(sound, "Christmas", `No\u00ebl & <Épiphanie> \ud83c\udf84`, 1))
	want(t, "name", "Noël & <Épiphanie> 🎄", s.Calendar.Closed[0].Name)
	if !strings.Contains(encoded(t, s), "Noël & <Épiphanie> 🎄") {
		t.Error("the name is escaped in the encoding")
	}
}

// The hash is part of the contract: it names the facts behind a decision for years. If this test fails, old hashes no
// longer lead to their snapshots.
func TestHash_golden(t *testing.T) {
	t.Parallel()
	hash, err := readText(t, sound).Hash()
	if err != nil {
		t.Fatal(err)
	}
	want(t, "hash", "sha256:b7974d08324df23c3b4a56668c0386f01d96c66e629375c01ffd849254c19803", hash)
}

func TestHash_onlyOfWhatItSays(t *testing.T) {
	t.Parallel()
	hash := func(s *matching.Snapshot) string {
		h, err := s.Hash()
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	before := town()
	first := hash(before)
	want(t, "again", first, hash(before))
	for name, change := range map[string]func(*matching.Snapshot){
		"horizon":   func(s *matching.Snapshot) { s.Horizon++ },
		"closure":   func(s *matching.Snapshot) { s.Calendar.Closed[0].To++ },
		"place":     func(s *matching.Snapshot) { s.Groups[0].Places[calendar.MonAM]++ },
		"fact":      func(s *matching.Snapshot) { s.Pupils[0].LookedAfter = true },
		"unknown":   func(s *matching.Snapshot) { s.Pupils[0].Unknown = []matching.Fact{matching.FactEHCP} },
		"weight":    func(s *matching.Snapshot) { s.Policy.Weights[matching.CodeJourney]++ },
		"placement": func(s *matching.Snapshot) { s.Placements[0].Movable = true },
	} {
		other := town()
		change(other)
		if hash(other) == first {
			t.Errorf("another %s, but the same hash", name)
		}
	}
}

// Encoding and asking leave a snapshot as it is.
func TestEncode_changesNothing(t *testing.T) {
	t.Parallel()
	s := town()
	slices.Reverse(s.Groups)
	encoded(t, s)
	engine, err := matching.New(s)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := engine.Rank("r-ada"); err != nil {
		t.Fatal(err)
	}
	untouched := town()
	slices.Reverse(untouched.Groups)
	want(t, "snapshot", untouched, s)
}
