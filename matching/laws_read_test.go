package matching_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/matchtest"
)

func TestLaw_readGivesBackWhatWasWritten(t *testing.T) {
	t.Parallel()
	lawWorlds(t, 300, roundTrip)
}

func lawEncode(t testing.TB, s *matching.Snapshot) string {
	t.Helper()
	var b strings.Builder
	if err := s.Encode(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func lawHash(t testing.TB, s *matching.Snapshot) string {
	t.Helper()
	hash, err := s.Hash()
	if err != nil {
		t.Fatal(err)
	}
	return hash
}

func roundTrip(t testing.TB, seed uint64) {
	s := matchtest.World(seed)
	encoded := lawEncode(t, s)
	read, err := matching.Read(strings.NewReader(encoded))
	if err != nil {
		t.Fatalf("%v\n%s", err, encoded)
	}
	if again := lawEncode(t, read); again != encoded {
		t.Errorf("wrote\n%s\nread and wrote\n%s", encoded, again)
	}
	if lawHash(t, read) != lawHash(t, s) {
		t.Error("what was read has another hash")
	}
	if hash := lawHash(t, matchtest.Shuffle(s, seed)); hash != lawHash(t, s) {
		t.Errorf("the order of the lists changes the hash: %s", lawEncode(t, matchtest.Shuffle(s, seed)))
	}
	other := matchtest.World(seed)
	other.Horizon++
	if lawHash(t, other) == lawHash(t, s) {
		t.Error("another horizon has the same hash")
	}
	one, err := lawEngine(t, s).Hash()
	if err != nil || one != lawHash(t, s) {
		t.Errorf("the engine's hash is %s: %v", one, err)
	}
}

// What is empty and what is left out may differ: no group is named, no weekday is
// fit for a start. Writing and reading keeps them apart.
func TestLaw_emptyIsNotLeftOut(t *testing.T) {
	t.Parallel()
	for name, empty := range map[string]func(*matching.Snapshot){
		"given":       func(s *matching.Snapshot) { s.Referrals[0].Given = map[matching.GroupID]matching.Given{} },
		"weekdays":    func(s *matching.Snapshot) { s.Groups[0].Starts = matching.Starts{Weekdays: []matching.Weekday{}} },
		"dates":       func(s *matching.Snapshot) { s.Groups[0].Starts = matching.Starts{Dates: []calendar.Date{}} },
		"rivals":      func(s *matching.Snapshot) { s.Policy.Separations[1].Rivals = [][]string{} },
		"separations": func(s *matching.Snapshot) { s.Policy.Separations = nil },
		"accepts":     func(s *matching.Snapshot) { s.Groups[0].Accepts = matching.Accepts{Years: []int{}, Needs: []string{}} },
		"places": func(s *matching.Snapshot) {
			s.Groups[0].Places, s.Groups[0].Adults = matching.PerSession{}, matching.PerSession{}
		},
		"tables": func(s *matching.Snapshot) { s.Policy.Support, s.Policy.Weights, s.Policy.PriorityBonus = nil, nil, nil },
		"policy": func(s *matching.Snapshot) { s.Policy = nil },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(20) {
				s := matchtest.World(seed)
				empty(s)
				read, err := matching.Read(strings.NewReader(lawEncode(t, s)))
				if err != nil {
					t.Fatalf("does not read what it wrote: %v", err)
				}
				lawEqual(t, everything(t, lawEngine(t, s)), everything(t, lawEngine(t, read)))
			}
		})
	}
}

// Two ids that are no text would be one and the same once they are written.
func TestNew_idsAreText(t *testing.T) {
	t.Parallel()
	s := matchtest.World(0)
	s.Sites[0].ID = "\xff"
	for i := range s.Groups {
		s.Groups[i].Site = "\xff"
	}
	if _, err := matching.New(s); err == nil {
		t.Error("an id that is not UTF-8 is taken")
	} else {
		faultsHavePointers(t, err)
	}
}

// smallSnapshot has something of everything, and is short: a fuzzer takes long over
// long inputs.
const smallSnapshot = `{"format":"placement-snapshot/1","as_of":"2026-11-23","horizon":"2027-01-29",
"calendar":{"closed":[{"from":"2026-12-19","to":"2027-01-03"}]},
"sites":[{"id":"s","latitude":51.9,"longitude":-0.1,"floating_adults":{"mon-am":500}}],
"groups":[{"id":"g","provision":"v","site":"s","accepts":{"years":[8,9]},"timetable":["mon-am","tue-pm"],
"patterns":[{"id":"all","sessions":["mon-am","tue-pm"]},{"id":"m","sessions":["mon-am"]}],"places":{"mon-am":2},"adults":900,
"limits":[{"trait":"loud","max":1}],"weeks":{"min":2,"usual":3},"starts":{"weekdays":["mon"]},"newcomer":{"days":2,"zone":"z"}}],
"pupils":[{"id":"p","year":8,"sex":"F","needs":[{"code":"SEMH"}],"unknown":["traits"],"friends":["q"]},{"id":"q","year":9,"areas":["N9"]}],
"keep_apart":[{"pupils":["p","q"],"scope":"group","until":"2026-12-01"}],
"placements":[{"id":"l","pupil":"q","group":"g","from":"2026-11-02","to":"2026-12-11"}],
"referrals":[{"id":"r","pupil":"p","priority":"urgent","wants":{"weeks":4,"groups":["g"]},"given":{"g":{"score":7}}},{"id":"t","pupil":"q"}],
"policy":{"weights":{"need_fit":3},"composition":{"alone":9},"separations":[{"code":"care_home_peers","scope":"group","rivals":[["N9","N8"]]}]}}`

// FuzzRead reads any bytes: what is wrong is told with pointers, and what is right
// reads back the same.
func FuzzRead(f *testing.F) {
	for _, text := range []string{
		smallSnapshot, ``, `{}`, `[]`, `{"format":"placement-snapshot/1"`, `{"format":"placement-snapshot/1"} {}`, "\xff", `{"a/b":1,"a/b":2,"~":[{}]}`,
		`{"format":"placement-snapshot/1","as_of":"2026-11-23","horizon":"2027-07-16","sites":[],"groups":[],"pupils":[],"referrals":[]}`,
		`{"as_of":"2026-02-30","sites":[{"id":"a"},{"id":"a","latitude":91}],"groups":[{"id":"g","site":"b","places":-1,"weeks":{"min":3,"max":2}}],` +
			`"pupils":[{"id":"p","year":99,"unknown":["name"]}],"referrals":[{"id":"r","pupil":"q"}],"policy":{"weights":{"luck":1},"support":null}}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) { readHolds(t, text) })
}

// FuzzReadEdited reads snapshots in which one value has been replaced: far more of
// them are accepted than of any bytes.
func FuzzReadEdited(f *testing.F) {
	for n, value := range []string{`null`, `0`, `-1`, `1000000`, `""`, `"p"`, `[]`, `{}`, `true`, `"2026-12-01"`, `["mon-am"]`, `1e9`, `{"mon-am":0}`} {
		f.Add(uint16(7*n), value)
	}
	f.Fuzz(func(t *testing.T, n uint16, value string) {
		var with any
		if json.Unmarshal([]byte(value), &with) != nil {
			return
		}
		var tree any
		if err := json.Unmarshal([]byte(smallSnapshot), &tree); err != nil {
			t.Fatal(err)
		}
		left := int(n)
		edited, err := json.Marshal(replaced(tree, with, &left))
		if err != nil {
			t.Fatal(err)
		}
		readHolds(t, edited)
	})
}

// replaced is a tree in which the n-th value, in the order of keys, is another.
func replaced(tree, with any, n *int) any {
	*n--
	if *n < 0 {
		if *n == -1 {
			return with
		}
		return tree
	}
	switch tree := tree.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(tree)) {
			tree[key] = replaced(tree[key], with, n)
		}
	case []any:
		for i := range tree {
			tree[i] = replaced(tree[i], with, n)
		}
	}
	return tree
}

// readHolds reads a text, and if it is a snapshot asks about it what can be asked.
func readHolds(t *testing.T, text []byte) {
	t.Helper()
	s, err := matching.Read(bytes.NewReader(text))
	if err != nil {
		faultsHavePointers(t, err)
		return
	}
	encoded := lawEncode(t, s)
	read, err := matching.Read(strings.NewReader(encoded))
	if err != nil {
		t.Fatalf("does not read what it wrote: %v\n%s", err, encoded)
	}
	lawEqual(t, encoded, lawEncode(t, read))
	if len(s.Groups)*len(s.Referrals) > 50 || len(s.Placements) > 50 {
		return
	}
	answers := everything(t, lawEngine(t, s))
	lawEqual(t, answers, everything(t, lawEngine(t, read)))
}

// faultsHavePointers wants an error that holds at least one fault, each with a pointer.
func faultsHavePointers(t testing.TB, err error) {
	t.Helper()
	faults, ok := err.(matching.Faults) //nolint:errorlint // the contract: the error is a Faults, not one wrapped
	if !ok || len(faults) == 0 {
		t.Fatalf("the error is %T: %v", err, err)
	}
	for _, f := range faults {
		if f.Pointer != "" && !strings.HasPrefix(f.Pointer, "/") || f.Expected == "" {
			t.Errorf("a fault without a pointer: %q", f)
		}
		if strings.ContainsAny(f.Expected, "\n\r") {
			t.Errorf("a fault that quotes the input: %q", f)
		}
	}
}

// FuzzWorld holds every law in the world of a seed.
func FuzzWorld(f *testing.F) {
	for seed := range uint64(3) {
		f.Add(1_000 + seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		for name, law := range map[string]func(testing.TB, uint64){
			"contributions": contributionsAddUp, "order": orderChangesNothing, "renaming": renamingChangesNothing,
			"standing": standingNeverMakesPossible, "more": moreNeverRefuses, "keep apart": keepApartIsSymmetric,
			"matches": matchesAreOptions, "each match": eachMatchEqualsMatches, "order of options": comparisonIsStrict,
			"comparisons": comparisonsAddUp, "firmness": firmnessHolds, "unlocks": unlocksWork, "answers": answersHold,
			"places": possibleStaysHaveAPlace, "what if": whatIfHolds, "effects": effectsAreTheComposition, "round trip": roundTrip,
			"checks": checkSaysWhatOptionsSay, "clears": clearsAsChosen,
		} {
			if law(t, seed); t.Failed() {
				t.Fatalf("law of %s in world %d", name, seed)
			}
		}
	})
}

// FuzzWhatIfPatch patches the facts of a world's first referral.
func FuzzWhatIfPatch(f *testing.F) {
	for _, patch := range []string{
		``, `{}`, `null`, `[]`, `{"pupil":null}`, `{"pupil":{"sex":"F","unknown":[]},"referral":{"wants":{"weeks":4}}}`,
		`{"pupil":{"year":null,"id":"p00"}}`, `{"pupil":{"support":"most"},"referral":{"id":"r9"}}`, `{"referral":{"given":{"g0":{"score":5}}}} 1`,
		`{"pupil":{"friends":["p01"],"needs":[{"code":"SEMH","must":true}],"latitude":1e400}}`, `{"pupil":{"unknown":["year"],"year":7}}`,
	} {
		f.Add(uint64(3), []byte(patch))
	}
	f.Fuzz(func(t *testing.T, seed uint64, patch []byte) {
		s := matchtest.World(seed)
		e := lawEngine(t, s)
		id := s.Referrals[0].ID
		before := lawJSON(t, lawRank(t, e, id))
		then, err := e.WhatIfJSON(id, patch)
		switch {
		case err != nil && strings.Contains(err.Error(), "can't change ids"):
		case err != nil:
			faultsHavePointers(t, err)
		case then.Ranking.Referral != id:
			t.Errorf("the ranking is of %s", then.Ranking.Referral)
		}
		if after := lawJSON(t, lawRank(t, e, id)); after != before {
			t.Errorf("a what-if was kept: %s\n%s", before, after)
		}
	})
}
