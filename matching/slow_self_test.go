package matching_test

import (
	"fmt"
	"reflect"
	"testing"
)

// These tests check the oracle itself, on snapshots whose answers are plain by hand. 2026-11-23 is a Monday.

// slowSnapshotText puts a snapshot of one site together from the parts that a test is about.
func slowSnapshotText(floating, groups, pupils, rest string) []byte {
	return fmt.Appendf(nil, `{"format": "placement-snapshot/1", "as_of": "2026-11-23", "horizon": "2027-01-31",
		"sites": [{"id": "s", "latitude": 51.9, "longitude": -0.18, "floating_adults": {%s}}],
		"groups": [%s], "pupils": [%s], %s}`, floating, groups, pupils, rest)
}

func slowOnly(t *testing.T, snapshot []byte) slowOption {
	t.Helper()
	options := slowOptions(snapshot)
	if len(options) != 1 {
		t.Fatalf("got %d options, want 1: %+v", len(options), options)
	}
	return options[0]
}

func slowWant(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got %+v, want %+v", what, got, want)
	}
}

const slowFullGroup = `{"id": "g", "site": "s", "timetable": ["mon-am"], "places": 1, %s
	"starts": {"weekdays": ["mon"]}, "weeks": {"min": 2, "usual": 4}}`

func TestSlowFullGroupStartsWhenItEmpties(t *testing.T) {
	option := slowOnly(t, slowSnapshotText("", fmt.Sprintf(slowFullGroup, ""),
		`{"id": "new", "year": 8}, {"id": "old", "year": 8}`,
		`"placements": [{"id": "1", "pupil": "old", "group": "g", "pattern": "all", "from": "2026-09-07", "to": "2026-12-11"}],
		"referrals": [{"id": "r", "pupil": "new", "priority": "urgent", "deadline": "2026-12-01"}]`))
	slowWant(t, "feasible", option.Feasible, true)
	slowWant(t, "dates", []string{option.From, option.To}, []string{"2026-12-14", "2027-01-10"})
	slowWant(t, "late", option.Late, true)
	slowWant(t, "bonus", option.Bonus, 1500)
	slowWant(t, "start", option.Values["start"], 1000*(56-21)/56)
	slowWant(t, "balance", option.Values["balance"], 0)
	slowWant(t, "headroom", option.Values["headroom"], 0)
	slowWant(t, "unchecked", option.Unchecked, []string{"journey"})
	sum := 0
	for _, points := range option.Points {
		sum += points
	}
	slowWant(t, "sum of the points", sum, option.Score)
}

func TestSlowReasonsAreThoseOfTheEarliestStart(t *testing.T) {
	groups := fmt.Sprintf(slowFullGroup, `"accepts": {"years": [9]},`)
	option := slowOnly(t, slowSnapshotText("", groups,
		`{"id": "new", "year": 8}, {"id": "old", "year": 8}`,
		`"placements": [{"id": "1", "pupil": "old", "group": "g", "pattern": "all", "from": "2026-09-07", "to": "2026-12-11"}],
		"referrals": [{"id": "r", "pupil": "new"}]`))
	slowWant(t, "from", option.From, "2026-11-23")
	slowWant(t, "reasons", option.Reasons, []slowReason{
		{Code: "year_group", Class: "never"},
		{Code: "places", Class: "date", Limit: 1, Observed: 2, Date: "2026-11-23", Session: "mon-am", Times: 3,
			Pupils: []string{"old"}, Clears: "2026-12-14"},
	})
}

func TestSlowNoStart(t *testing.T) {
	option := slowOnly(t, slowSnapshotText("",
		`{"id": "g", "site": "s", "timetable": ["mon-am"], "open": {"from": "2027-02-06"}}`,
		`{"id": "new", "year": 8}`, `"referrals": [{"id": "r", "pupil": "new"}]`))
	slowWant(t, "dates", option.From+option.To, "")
	slowWant(t, "reasons", option.Reasons, []slowReason{{Code: "not_open", Class: "date", Clears: "2027-02-08"}})
}

func TestSlowNewcomerMeetsNobodyInHisFirstWeek(t *testing.T) {
	for weeks, feasible := range map[int]bool{1: true, 2: false} {
		option := slowOnly(t, slowSnapshotText("",
			`{"id": "g", "site": "s", "timetable": ["mon-am"], "newcomer": {"days": 5, "zone": "assessment"}}`,
			`{"id": "new", "year": 8, "traits": ["anxious_refuser"]}, {"id": "old", "year": 8, "traits": ["aggressive"]}`,
			fmt.Sprintf(`"placements": [{"id": "1", "pupil": "old", "group": "g", "pattern": "all",
				"from": "2026-09-07", "to": "2027-01-31", "movable": true}],
			"policy": {"starts_per_group": 1},
			"referrals": [{"id": "r", "pupil": "new", "ready_from": "2026-11-23", "wants": {"weeks": %d}}]`, weeks)))
		if weeks == 1 {
			slowWant(t, "feasible", option.Feasible, feasible)
			slowWant(t, "to", option.To, "2026-11-29")
			continue
		}
		// A start in the last week of the horizon is over before the newcomer's week is, so some start is feasible.
		slowWant(t, "first start", option.From, "2027-01-19")
	}
}

func TestSlowSeparationBlocksAndIsMovable(t *testing.T) {
	option := slowOnly(t, slowSnapshotText("",
		`{"id": "g", "site": "s", "timetable": ["mon-am", "tue-am"], "starts": {"dates": ["2026-11-23"]}}`,
		`{"id": "new", "areas": ["N17"]}, {"id": "old", "areas": ["N22"]}, {"id": "dim", "unknown": ["areas", "care_home"]}`,
		`"placements": [
			{"id": "1", "pupil": "old", "group": "g", "pattern": "all", "from": "2026-09-07", "to": "2026-11-30", "movable": true},
			{"id": "2", "pupil": "dim", "group": "g", "pattern": "all", "from": "2026-09-07", "to": "2026-11-30"}],
		"calendar": {"closed": [{"from": "2026-11-24", "to": "2026-11-24"}]},
		"policy": {"separations": [{"code": "rival_areas", "scope": "site", "rivals": [["N22", "N17"]]},
			{"code": "care_home_peers", "scope": "group"}]},
		"keep_apart": [{"pupils": ["new", "dim"], "scope": "zone", "until": "2026-11-29"}],
		"referrals": [{"id": "r", "pupil": "new"}]`))
	slowWant(t, "reasons", option.Reasons, []slowReason{
		{Code: "rival_areas", Class: "move", Date: "2026-11-23", Session: "mon-am", Times: 2, Pupils: []string{"old"}},
		{Code: "keep_apart", Class: "waiver", Date: "2026-11-23", Session: "mon-am", Times: 1, Pupils: []string{"dim"}},
	})
	// The newcomer is known to live in no care home, so nothing about the other's home can matter.
	slowWant(t, "unchecked", option.Unchecked, []string{"journey"})
}

func TestSlowFloatingAdultsAreSharedBySite(t *testing.T) {
	snapshot := func(floating string) []byte {
		return slowSnapshotText(floating,
			`{"id": "a", "site": "s", "timetable": ["mon-am"], "adults": 100, "starts": {"dates": ["2026-11-23"]}},
			{"id": "b", "site": "s", "timetable": ["mon-am"], "adults": 100}`,
			`{"id": "new"}, {"id": "old", "support": "enhanced"}`,
			`"placements": [{"id": "1", "pupil": "old", "group": "b", "pattern": "all", "from": "2026-09-07", "to": "2026-11-23"}],
			"referrals": [{"id": "r", "pupil": "new", "given": {"a": {"score": 861}}}]`)
	}
	// Group b needs 200 − 100 from the floating adults, the newcomer in group a 125 − 100.
	enough := slowOnly(t, snapshot(`"mon-am": 125`))
	slowWant(t, "feasible", enough.Feasible, true)
	slowWant(t, "score", []int{enough.Score, enough.Low, enough.High, enough.Points["given"]}, []int{861, 861, 861, 861})
	short := slowOnly(t, snapshot(`"mon-am": 124`))
	slowWant(t, "reasons", short.Reasons, []slowReason{{Code: "staffing", Class: "adults", Limit: 100, Observed: 125,
		Date: "2026-11-23", Session: "mon-am", Times: 1}})
}

func TestSlowAloneGirlAndHerFriend(t *testing.T) {
	snapshot := func(friends string) []byte {
		return slowSnapshotText("", `{"id": "g", "site": "s", "timetable": ["mon-am", "tue-am"],
			"starts": {"dates": ["2026-11-23"]}, "patterns": [{"id": "mon", "sessions": ["mon-am"]},
			{"id": "two", "sessions": ["mon-am", "tue-am"]}]}`,
			`{"id": "girl", "sex": "F"}, {"id": "boy", "sex": "M"`+friends+`}`,
			`"placements": [{"id": "1", "pupil": "boy", "group": "g", "pattern": "mon", "from": "2026-11-23", "to": "2027-01-31"}],
			"referrals": [{"id": "r", "pupil": "girl"}]`)
	}
	for friends, want := range map[string][]int{"": {-240, -180}, `, "friends": ["girl"]`: {-200, -140}} {
		options := slowOptions(snapshot(friends))
		// On Monday both are alone of their sex; with the pattern of two the girl is alone at one session of two.
		slowWant(t, "composition", []int{options[0].Composition, options[1].Composition}, want)
	}
}

func TestSlowBusyWithoutAnOpenDate(t *testing.T) {
	option := slowOnly(t, slowSnapshotText("",
		`{"id": "g", "site": "s", "timetable": ["mon-am", "thu-am"], "starts": {"dates": ["2026-11-23"]}}`,
		`{"id": "new"}`,
		`"placements": [{"id": "1", "pupil": "new", "group": "g", "pattern": "all", "from": "2026-11-20", "to": "2026-11-23"}],
		"calendar": {"closed": [{"from": "2026-11-26", "to": "2026-11-26"}]},
		"referrals": [{"id": "r", "pupil": "new"}]`))
	slowWant(t, "reasons", option.Reasons, []slowReason{
		{Code: "busy", Class: "move", Date: "2026-11-23", Session: "mon-am", Times: 1}})
}

func TestSlowUnregisteredFullTime(t *testing.T) {
	option := slowOnly(t, slowSnapshotText("",
		`{"id": "g", "site": "s", "timetable": ["mon-am", "mon-pm"], "registered": false,
			"days": {"usual": 2}, "starts": {"dates": ["2026-11-27"]}}`,
		`{"id": "new", "year": 9}, {"id": "old", "year": 11, "looked_after": true}`,
		`"placements": [{"id": "1", "pupil": "old", "group": "g", "pattern": "all", "from": "2026-11-30", "to": "2026-12-31"}],
		"policy": {"full_time_sessions": 2}, "referrals": [{"id": "r", "pupil": "new"}]`))
	slowWant(t, "dates", []string{option.From, option.To}, []string{"2026-11-27", "2026-11-30"})
	slowWant(t, "reasons", option.Reasons, []slowReason{
		{Code: "unregistered_full_time", Class: "never", Date: "2026-11-30", Times: 1, Pupils: []string{"old"}}})
}

func TestSlowPackages(t *testing.T) {
	groups := `{"id": "a", "site": "s", "timetable": ["mon-am"], "offers": ["english"]},
		{"id": "b", "site": "s", "timetable": ["mon-am", "tue-am"], "offers": ["maths"], "starts": {"weekdays": ["wed"]},
			"patterns": [{"id": "clash", "sessions": ["mon-am"]}, {"id": "fits", "sessions": ["tue-am"]}]}`
	snapshot := slowSnapshotText("", groups, `{"id": "new", "latitude": 51.9, "longitude": -0.18}`,
		`"referrals": [{"id": "r", "pupil": "new", "wants": {"sessions": 2}}], "policy": {"package": {"max_groups": 3}}`)
	packages := slowPackages(snapshot)
	if len(packages) != 1 {
		t.Fatalf("got %d packages, want 1: %+v", len(packages), packages)
	}
	slowWant(t, "stays", packages[0].Stays, []slowSpent{
		{"a", "all", "2026-11-25", "2027-01-31"}, {"b", "fits", "2026-11-25", "2027-01-31"}})
	slowWant(t, "curriculum", packages[0].Values["curriculum"], 1000)
	slowWant(t, "coverage", packages[0].Values["coverage"], 1000)
	slowWant(t, "minutes", packages[0].Minutes, 0)
	ranking := slowRanking(snapshot, "r", append(slowOptions(snapshot), packages...))
	slowWant(t, "first of the ranking", len(ranking[0].Stays), 2)
	slowWant(t, "length of the ranking", len(ranking), 4)
}
