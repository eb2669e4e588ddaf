package matching_test

import (
	"strings"
	"testing"

	"example.org/backontrack/matching"
)

func TestRead_ids(t *testing.T) {
	t.Parallel()
	const id = "an id: 1 to 256 bytes, no control characters"
	wantFaults(t, []flaw{
		{"group's site", `"site": "mill"`, `"site": "§"`, []string{"/groups/0/site the id of one of the sites"}},
		{"group's site, not given", `"site": "mill", `, ``, []string{"/groups/0/site the id of one of the sites"}},
		{"friend", `"friends": ["ben"]`, `"friends": ["§"]`, []string{"/pupils/0/friends/0 the id of one of the pupils"}},
		{"friend of herself", `"friends": ["ben"]`, `"friends": ["ada"]`, []string{"/pupils/0/friends/0 another pupil"}},
		{"kept apart", `"pupils": ["ada", "ben"]`, `"pupils": ["ada", "§"]`, []string{"/keep_apart/0/pupils/1 the id of one of the pupils"}},
		{"placement's pupil", `"pupil": "ben"`, `"pupil": "§"`, []string{"/placements/0/pupil the id of one of the pupils"}},
		{"placement's group", `"group": "return"`, `"group": "§"`, []string{"/placements/0/group the id of one of the groups"}},
		{"placement's pattern", `"pattern": "am"`, `"pattern": "§"`, []string{"/placements/0/pattern the id of one of the group's patterns"}},
		{"referral's pupil", `"pupil": "ada"`, `"pupil": "§"`, []string{"/referrals/0/pupil the id of one of the pupils"}},
		{"group that is wanted", `"groups": ["return"]`, `"groups": ["§"]`, []string{"/referrals/0/wants/groups/0 the id of one of the groups"}},
		{"group with a given score", `"given": {"return"`, `"given": {"nowhere"`, []string{"/referrals/0/given/nowhere the id of one of the groups"}},
		{"pattern with a given score", `{"am": 640}`, `{"pm": 640}`, []string{"/referrals/0/given/return/patterns/pm the id of one of the group's patterns"}},
		{"level of support", `"support": "enhanced"`, `"support": "§"`, []string{"/pupils/0/support a level that policy.support prices"}},
		{"priority", `"priority": "urgent"`, `"priority": "§"`, []string{"/referrals/0/priority a priority that policy.priority_bonus prices"}},

		{"site twice", `"sites": [`, `"sites": [{"id": "mill"}, `, []string{"/sites/1/id an id that is not used twice in sites"}},
		{"group twice", `"groups": [{`, `"groups": [{"id": "return", "site": "mill", "timetable": ["mon-am"]}, {`, []string{"/groups/1/id an id that is not used twice in groups"}},
		{"pupil twice", `{"id": "ben"`, `{"id": "ada"`, []string{
			"/pupils/1/id an id that is not used twice in pupils", "/pupils/0/friends/0 the id of one of the pupils",
			"/keep_apart/0/pupils/1 the id of one of the pupils", "/placements/0/pupil the id of one of the pupils"}},
		{"placement twice", `"placements": [`, `"placements": [{"id": "pl-1", "pupil": "ada", "group": "return", "from": "2026-09-14", "to": "2026-12-11"}, `, []string{"/placements/1/id an id that is not used twice in placements"}},
		{"referral twice", `"referrals": [`, `"referrals": [{"id": "r-1", "pupil": "ada"}, `, []string{"/referrals/1/id an id that is not used twice in referrals"}},
		{"pattern twice", `{"id": "am"`, `{"id": "am", "sessions": ["mon-am"]}, {"id": "am"`, []string{"/groups/0/patterns/2/id an id that is not used twice in the group"}},
		{"separation twice", `"travel_detour"`, `"separations": [{"code": "x", "scope": "site", "rivals": []}, {"code": "x", "scope": "zone", "traits": ["a", "b"]}], "travel_detour"`, []string{"/policy/separations/1/code a code of its own"}},

		{"no id", `"id": "pl-1", `, ``, []string{"/placements/0/id " + id}},
		{"empty id", `"id": "pl-1"`, `"id": ""`, []string{"/placements/0/id " + id}},
		{"control character", `"id": "pl-1"`, `"id": "§\n"`, []string{"/placements/0/id " + id}},
		{"long id", `"id": "pl-1"`, `"id": "` + strings.Repeat("x", 257) + `"`, []string{"/placements/0/id " + id}},
	})
}

func TestRead_onceInASet(t *testing.T) {
	t.Parallel()
	wantFaults(t, []flaw{
		{"session", `"busy": ["fri-am"]`, `"busy": ["fri-am", "fri-am"]`, []string{"/pupils/0/busy each session once"}},
		{"area", `"areas": ["N17"]`, `"areas": ["N17", "§", "§"]`, []string{"/pupils/0/areas/2 each once"}},
		{"trait", `["anxious_refuser"]`, `["§", "§"]`, []string{"/pupils/0/traits/1 each once"}},
		{"need", `"needs": [{`, `"needs": [{"code": "SEMH"}, {`, []string{"/pupils/0/needs/1/code each need once"}},
		{"group that is wanted", `"groups": ["return"]`, `"groups": ["return", "return"]`, []string{"/referrals/0/wants/groups/1 each group once"}},
	})
}

func TestRead_dates(t *testing.T) {
	t.Parallel()
	const date = "a date such as 2026-11-23"
	var flaws []flaw
	for _, bad := range []string{
		"2026-02-30", "2026-13-01", "2026-1-5", "2026-11-23T00:00:00Z", "23/11/2026", "2026-11-23 ", "20261123", "0000-00-00", "1970-01-01", "", "tomorrow",
	} {
		flaws = append(flaws, flaw{"as of " + bad, `"as_of": "2026-11-23"`, `"as_of": "` + bad + `"`, []string{"/as_of " + date}})
	}
	wantFaults(t, append(flaws, []flaw{
		{"horizon before as_of", `"horizon": "2027-07-16"`, `"horizon": "2026-11-22"`, []string{"/horizon a date from as_of to five years later"}},
		{"horizon out of sight", `"horizon": "2027-07-16"`, `"horizon": "2927-07-16"`, []string{"/horizon a date from as_of to five years later"}},
		{"no as_of", `"as_of": "2026-11-23", `, ``, []string{"/as_of " + date}},
		{"no horizon", `"horizon": "2027-07-16",`, ``, []string{"/horizon " + date}},
		{"closure turned round", `"to": "2027-01-03"`, `"to": "2026-12-18"`, []string{"/calendar/closed/0/to a date not before from"}},
		{"closure without an end", `, "to": "2027-01-03"`, ``, []string{"/calendar/closed/0/to " + date}},
		{"group closes before it opens", `"open": {"from": "2026-09-07", "to": "2027-07-16"}`, `"open": {"from": "2026-09-07", "to": "2026-09-06"}`, []string{"/groups/0/open/to a date not before from"}},
		{"placement turned round", `"to": "2026-12-11"`, `"to": "2026-09-13"`, []string{"/placements/0/to a date not before from"}},
		{"placement without an end", `, "to": "2026-12-11"`, ``, []string{"/placements/0/to " + date}},
		{"placement without a beginning", `"from": "2026-09-14", `, ``, []string{"/placements/0/from " + date}},
		{"deadline", `"deadline": "2026-11-30"`, `"deadline": "2026-11-31"`, []string{"/referrals/0/deadline " + date}},
		{"date of a start", `"starts": {"weekdays": ["mon"]}`, `"starts": {"dates": ["2026-11-30", "§"]}`, []string{"/groups/0/starts/dates/1 " + date}},
	}...))
}

func TestRead_ranges(t *testing.T) {
	t.Parallel()
	const degrees = "degrees from -"
	wantFaults(t, []flaw{
		{"year", `"year": 8`, `"year": 15`, []string{"/pupils/0/year a whole number from 0 to 14"}},
		{"year below reception", `"year": 8`, `"year": -1`, []string{"/pupils/0/year a whole number from 0 to 14"}},
		{"no year", `"year": 8, `, ``, []string{"/pupils/0/year a whole number from 0 to 14"}},
		{"accepted year", `"years": [7, 8]`, `"years": [7, 80]`, []string{"/groups/0/accepts/years/1 a whole number from 0 to 14"}},
		{"places", `{"mon-am": 8}`, `-1`, []string{"/groups/0/places a whole number from 0 to 1000000"}},
		{"places of a session", `{"mon-am": 8}`, `{"mon-am": -1}`, []string{"/groups/0/places/mon-am a whole number from 0 to 1000000"}},
		{"places of a session without lessons", `{"mon-am": 8}`, `{"tue-am": 8}`, []string{"/groups/0/places/tue-am a session of the timetable"}},
		{"adults", `"adults": 2000`, `"adults": -2000`, []string{"/groups/0/adults a whole number from 0 to 1000000000"}},
		{"floating adults", `{"mon-am": 1000}`, `{"mon-am": -1}`, []string{"/sites/0/floating_adults/mon-am a whole number from 0 to 1000000000"}},
		{"limit", `"max": 2`, `"max": -2`, []string{"/groups/0/limits/0/max a whole number from 0 to 1000000"}},
		{"cost", `"cost_per_session": 4500`, `"cost_per_session": -4500`, []string{"/groups/0/cost_per_session a whole number from 0 to 100000000"}},
		{"newcomer for no days", `"days": 5`, `"days": 0`, []string{"/groups/0/newcomer/days a whole number from 1 to 1830"}},
		{"newcomer nowhere", `, "zone": "assessment"`, ``, []string{"/groups/0/newcomer/zone an id: 1 to 256 bytes, no control characters"}},
		{"min over max", `"max": 12`, `"max": 3`, []string{"/groups/0/weeks/max a number not below min", "/groups/0/weeks/usual a number from min to max"}},
		{"usual below min", `"usual": 6`, `"usual": 3`, []string{"/groups/0/weeks/usual a number from min to max"}},
		{"negative weeks", `"min": 4`, `"min": -4`, []string{"/groups/0/weeks/min a whole number from 0 to 1830"}},
		{"no length", `{"min": 4, "usual": 6, "max": 12}`, `{}`, []string{"/groups/0/weeks at least one of min, usual and max"}},
		{"sessions wanted", `"wants": {"sessions": 4`, `"wants": {"sessions": 11`, []string{"/referrals/0/wants/sessions a whole number from 0 to 10"}},
		{"weeks wanted", `"weeks": 6, "groups"`, `"weeks": -6, "groups"`, []string{"/referrals/0/wants/weeks a whole number from 0 to 1830"}},
		{"given score", `"score": 861`, `"score": -861`, []string{"/referrals/0/given/return/score a whole number from 0 to 1000000000000000"}},
		{"given demand", `"adult_demand": 15`, `"adult_demand": -1`, []string{"/referrals/0/given/return/adult_demand a whole number from 0 to 1000000000"}},
		{"given pattern's score", `{"am": 640}`, `{"am": -640}`, []string{"/referrals/0/given/return/patterns/am a whole number from 0 to 1000000000000000"}},
		{"no given patterns", `{"am": 640}`, `{}`, []string{"/referrals/0/given/return/patterns at least one pattern, or none stated"}},
		{"latitude", `51.9, "longitude": -0.2`, `91.5, "longitude": -0.2`, []string{"/sites/0/latitude " + degrees + "90 to 90"}},
		{"longitude", `51.9, "longitude": -0.2`, `51.9, "longitude": -180.5`, []string{"/sites/0/longitude " + degrees + "180 to 180"}},
		{"half a place", `51.9, "longitude": -0.2`, `51.9`, []string{"/sites/0/longitude both latitude and longitude, or neither"}},
		{"the other half", `"latitude": 51.9, "longitude": -0.1`, `"longitude": -0.1`, []string{"/pupils/1/latitude both latitude and longitude, or neither"}},
	})
}

func TestRead_sessionsAndCodes(t *testing.T) {
	t.Parallel()
	const within = "at least one session, all of them of the timetable"
	wantFaults(t, []flaw{
		{"session", `"busy": ["fri-am"]`, `"busy": ["§"]`, []string{"/pupils/0/busy/0 a session, mon-am to fri-pm"}},
		{"session of a weekend", `"timetable": ["mon-am", "mon-pm"]`, `"timetable": ["mon-am", "mon-pm", "sat-am"]`, []string{"/groups/0/timetable/2 a session, mon-am to fri-pm"}},
		{"no timetable", `"timetable": ["mon-am", "mon-pm"]`, `"timetable": []`, []string{
			"/groups/0/timetable at least one session, all of them of the calendar", "/groups/0/patterns/0/sessions " + within,
			"/groups/0/patterns/1/sessions " + within, "/groups/0/places/mon-am a session of the timetable"}},
		{"outside the calendar", `"calendar": {`, `"calendar": {"sessions": ["mon-am", "tue-am"], `, []string{"/groups/0/timetable at least one session, all of them of the calendar"}},
		{"pattern outside the timetable", `{"id": "am", "sessions": ["mon-am"]}`, `{"id": "am", "sessions": ["mon-am", "tue-am"]}`, []string{"/groups/0/patterns/1/sessions " + within}},
		{"pattern without sessions", `{"id": "am", "sessions": ["mon-am"]}`, `{"id": "am", "sessions": []}`, []string{"/groups/0/patterns/1/sessions " + within}},
		{"no patterns", `"patterns": [{"id": "all", "sessions": ["mon-am", "mon-pm"]}, {"id": "am", "sessions": ["mon-am"]}]`, `"patterns": []`, []string{
			"/groups/0/patterns at least one pattern, or none stated", "/placements/0/pattern the id of one of the group's patterns",
			"/referrals/0/given/return/patterns/am the id of one of the group's patterns"}},
		{"weekday", `{"weekdays": ["mon"]}`, `{"weekdays": ["§"]}`, []string{"/groups/0/starts/weekdays/0 a weekday, mon to fri"}},
		{"weekend", `{"weekdays": ["mon"]}`, `{"weekdays": ["sun"]}`, []string{"/groups/0/starts/weekdays/0 a weekday, mon to fri"}},
		{"weekdays and dates", `{"weekdays": ["mon"]}`, `{"weekdays": ["mon"], "dates": ["2026-11-30"]}`, []string{"/groups/0/starts weekdays or dates, not both"}},
		{"weeks and days", `"weeks": {"min"`, `"days": {"max": 3}, "weeks": {"min"`, []string{"/groups/0/days weeks or days, not both"}},
		{"sex of a group", `"sex": "F", "reasons"`, `"sex": "U", "reasons"`, []string{`/groups/0/accepts/sex one of "F", "M"`}},
		{"sex of a pupil", `"sex": "F", "areas"`, `"sex": "§", "areas"`, []string{`/pupils/0/sex one of "F", "M", "U"`}},
		{"scope", `"scope": "site"`, `"scope": "§"`, []string{`/keep_apart/0/scope one of "group", "zone", "site"`}},
		{"aim", `"aim": "reintegration"`, `"aim": "§"`, []string{`/referrals/0/aim one of "reintegration", "qualification", "transition", "respite", "assessment"`}},
		{"fact", `"unknown": ["care_home"]`, `"unknown": ["§"]`, []string{
			`/pupils/0/unknown/0 one of "year", "sex", "areas", "care_home", "latitude", "longitude", "traits", "needs", "support", ` +
				`"access", "busy", "friends", "ehcp", "looked_after"`}},
		{"apart from whom", `"pupils": ["ada", "ben"]`, `"pupils": ["ada"]`, []string{"/keep_apart/0/pupils two different pupils"}},
		{"apart from herself", `"pupils": ["ada", "ben"]`, `"pupils": ["ada", "ada"]`, []string{"/keep_apart/0/pupils two different pupils"}},
		{"format", `"placement-snapshot/1"`, `"placement-snapshot/2"`, []string{`/format "placement-snapshot/1"`}},
		{"no format", `"format": "placement-snapshot/1", `, ``, []string{`/format "placement-snapshot/1"`}},
	})
}

func TestRead_policy(t *testing.T) {
	t.Parallel()
	separation := func(members string) string { return `"separations": [` + members + `], "travel_detour"` }
	wantFaults(t, []flaw{
		{"weight of nothing", `{"journey": 25}`, `{"luck": 25}`, []string{"/policy/weights/luck the code of a criterion"}},
		{"negative weight", `{"journey": 25}`, `{"journey": -25}`, []string{"/policy/weights/journey a whole number from 0 to 1000000"}},
		{"negative support", `{"enhanced": 200}`, `{"enhanced": -200}`, []string{"/policy/support/enhanced a whole number from 0 to 1000000000"}},
		{"unknown support is not priced", `"travel_detour"`, `"unknown_support": "§", "travel_detour"`, []string{"/policy/unknown_support a level that policy.support prices"}},
		{"bonus", `"travel_detour"`, `"priority_bonus": {"urgent": -1}, "travel_detour"`, []string{"/policy/priority_bonus/urgent a whole number from 0 to 1000000000000"}},
		{"no speed", `"travel_detour"`, `"travel_speed_kmh": 0, "travel_detour"`, []string{"/policy/travel_speed_kmh a number above 0, at most 10000"}},
		{"no detour", `"travel_detour": 1.3`, `"travel_detour": -1.3`, []string{"/policy/travel_detour a number above 0, at most 10000"}},
		{"no minutes", `"travel_detour"`, `"max_travel_minutes": {"primary": 0}, "travel_detour"`, []string{"/policy/max_travel_minutes/primary a whole number from 1 to 1440"}},
		{"full time", `"travel_detour"`, `"full_time_sessions": 0, "travel_detour"`, []string{"/policy/full_time_sessions a whole number from 1 to 100"}},
		{"starts", `"travel_detour"`, `"starts_per_group": 0, "travel_detour"`, []string{"/policy/starts_per_group a whole number from 1 to 100"}},
		{"package", `"travel_detour"`, `"package": {"max_groups": 6}, "travel_detour"`, []string{"/policy/package/max_groups a whole number from 1 to 3"}},
		{"late penalty", `"travel_detour"`, `"late_penalty": -500, "travel_detour"`, []string{"/policy/late_penalty a whole number from 0 to 1000000000000"}},
		{"move cost", `"travel_detour"`, `"move_cost": -1, "travel_detour"`, []string{"/policy/move_cost a whole number from 0 to 1000000000000"}},
		{"composition", `"travel_detour"`, `"composition": {"friend": -1, "alone": -2}, "travel_detour"`, []string{
			"/policy/composition/friend a whole number from 0 to 1000000", "/policy/composition/alone a whole number from 0 to 1000000"}},
		{"separation of nobody", `"travel_detour"`, separation(`{"code": "x", "scope": "site"}`), []string{"/policy/separations/0 rivals or traits"}},
		{"separation of both", `"travel_detour"`, separation(`{"code": "x", "scope": "site", "rivals": [["A", "B"]], "traits": ["a", "b"]}`), []string{"/policy/separations/0/traits rivals or traits, not both"}},
		{"rival of itself", `"travel_detour"`, separation(`{"code": "x", "scope": "site", "rivals": [["A", "B"], ["§", "§"]]}`), []string{"/policy/separations/0/rivals/1 two different areas"}},
		{"three rivals", `"travel_detour"`, separation(`{"code": "x", "scope": "site", "rivals": [["A", "B", "C"]]}`), []string{"/policy/separations/0/rivals/0 two different areas"}},
		{"one trait", `"travel_detour"`, separation(`{"code": "x", "scope": "site", "traits": ["a"]}`), []string{"/policy/separations/0/traits two traits"}},
		{"separation without scope", `"travel_detour"`, separation(`{"code": "x", "traits": ["a", "b"]}`), []string{`/policy/separations/0/scope one of "group", "zone", "site"`}},
		{"separation with the code of a rule", `"travel_detour"`, separation(`{"code": "places", "scope": "site", "traits": ["a", "b"]}`), []string{"/policy/separations/0/code a code of its own"}},
	})
}

func TestRead_allFaultsAtOnce(t *testing.T) {
	t.Parallel()
	text := sound
	for _, r := range [][2]string{
		{`"as_of": "2026-11-23"`, `"as_of": "§"`}, {`"id": "mill", `, `"id": "mill", "colour": "§", `}, {`"site": "mill"`, `"site": "§"`},
		{`"year": 8`, `"year": "§"`}, {`"max": 2`, `"max": -2`}, {`"pupil": "ben"`, `"pupil": "§"`}, {`"aim": "reintegration"`, `"aim": "§"`},
		{`"travel_detour": 1.3`, `"travel_detour": 0`},
	} {
		text = strings.Replace(text, r[0], strings.ReplaceAll(r[1], "§", secret), 1)
	}
	faults := faultsOf(t, text)
	want(t, "faults", []string{
		"/as_of a date such as 2026-11-23", // first those of the JSON, then those of what it says
		"/sites/0/colour a known field",
		"/pupils/0/year a whole number",
		"/groups/0/site the id of one of the sites",
		"/groups/0/limits/0/max a whole number from 0 to 1000000",
		"/placements/0/pupil the id of one of the pupils",
		`/referrals/0/aim one of "reintegration", "qualification", "transition", "respite", "assessment"`,
		"/policy/travel_detour a number above 0, at most 10000",
	}, faults)
	if strings.Contains(strings.Join(faults, ""), secret) {
		t.Error("a fault repeats a value")
	}
}

// What could not be read is faulty once; nothing that hangs on it is.
func TestRead_faultsDoNotSpread(t *testing.T) {
	t.Parallel()
	wantFaults(t, []flaw{
		{"id of a pupil", `"id": "ben"`, `"id": 7`, []string{"/pupils/1/id a string"}},
		{"pupils", `"keep_apart"`, `"pupils": [], "keep_apart"`, []string{"/pupils each key once"}},
		{"timetable", `"timetable": ["mon-am", "mon-pm"]`, `"timetable": 7`, []string{"/groups/0/timetable a list"}},
		{"session of a timetable", `"timetable": ["mon-am", "mon-pm"]`, `"timetable": ["mon-am", "§"]`, []string{"/groups/0/timetable/1 a session, mon-am to fri-pm"}},
		{"session of the calendar", `"calendar": {`, `"calendar": {"sessions": ["§", "mon-am"], `, []string{"/calendar/sessions/0 a session, mon-am to fri-pm"}},
		{"patterns", `"patterns": [{"id": "all"`, `"patterns": [{"id": 7`, []string{"/groups/0/patterns/0/id a string"}},
		{"support of the policy", `{"enhanced": 200}`, `7`, []string{"/policy/support an object"}},
		{"policy", `"policy": {"id": "autumn", "support": {"enhanced": 200}, "weights": {"journey": 25}, "travel_detour": 1.3}`, `"policy": 7`, []string{"/policy an object"}},
		{"sites", `"sites": [{"id": "mill", "latitude": 51.9, "longitude": -0.2, "access": ["step_free"], "floating_adults": {"mon-am": 1000}}]`, `"sites": 7`, []string{"/sites a list"}},
	})
}

// A snapshot that is written in Go is checked in the same way.
func TestNew_checks(t *testing.T) {
	t.Parallel()
	s := story(matching.Pupil{ID: "new", Year: 99}, stands("bob", "elsewhere"))
	s.Format = "other"
	_, err := matching.New(s)
	want(t, "faults", "/format: expected \"placement-snapshot/1\"\n/pupils/0/year: expected a whole number from 0 to 14\n"+
		"/placements/0/group: expected the id of one of the groups", err.Error())
}
