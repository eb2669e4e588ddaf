package matching_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"example.org/backontrack/matching"
)

// sound is a snapshot without faults. The tests of the reader each change one thing in it.
const sound = `{
	"format": "placement-snapshot/1", "as_of": "2026-11-23", "horizon": "2027-07-16",
	"calendar": {"closed": [{"from": "2026-12-19", "to": "2027-01-03", "name": "Christmas"}]},
	"sites": [{"id": "mill", "latitude": 51.9, "longitude": -0.2, "access": ["step_free"], "floating_adults": {"mon-am": 1000}}],
	"groups": [{
		"id": "return", "provision": "mill", "site": "mill", "zone": "main",
		"accepts": {"years": [7, 8], "sex": "F", "reasons": ["respite"], "needs": ["SEMH"], "refuses": ["arson"]},
		"timetable": ["mon-am", "mon-pm"], "patterns": [{"id": "all", "sessions": ["mon-am", "mon-pm"]}, {"id": "am", "sessions": ["mon-am"]}],
		"places": {"mon-am": 8}, "adults": 2000, "limits": [{"trait": "high_risk", "max": 2}],
		"offers": ["english"], "approaches": ["practical"], "open": {"from": "2026-09-07", "to": "2027-07-16"},
		"starts": {"weekdays": ["mon"]}, "weeks": {"min": 4, "usual": 6, "max": 12},
		"newcomer": {"days": 5, "zone": "assessment"}, "registered": true, "cost_per_session": 4500
	}],
	"pupils": [
		{"id": "ada", "year": 8, "sex": "F", "areas": ["N17"], "traits": ["anxious_refuser"], "needs": [{"code": "SEMH", "must": true}],
		 "support": "enhanced", "busy": ["fri-am"], "friends": ["ben"], "ehcp": false, "unknown": ["care_home"]},
		{"id": "ben", "year": 9, "latitude": 51.9, "longitude": -0.1}
	],
	"keep_apart": [{"pupils": ["ada", "ben"], "scope": "site", "until": "2027-02-01", "reason": "fight"}],
	"placements": [{"id": "pl-1", "pupil": "ben", "group": "return", "pattern": "am", "from": "2026-09-14", "to": "2026-12-11"}],
	"referrals": [{
		"id": "r-1", "pupil": "ada", "received": "2026-11-09", "priority": "urgent", "deadline": "2026-11-30",
		"aim": "reintegration", "wants": {"sessions": 4, "weeks": 6, "groups": ["return"]},
		"given": {"return": {"score": 861, "adult_demand": 15, "patterns": {"am": 640}}}
	}],
	"policy": {"id": "autumn", "support": {"enhanced": 200}, "weights": {"journey": 25}, "travel_detour": 1.3}
}`

// secret stands for what should not be repeated: a value could be a child's.
const secret = "Zebedee"

// A flaw is a change to the sound snapshot, and the faults that it should have. In the change, an S in a string
// stands for the secret.
type flaw struct {
	name, old, new string
	faults         []string
}

func (f *flaw) text(t *testing.T) string {
	t.Helper()
	if strings.Count(sound, f.old) != 1 {
		t.Fatalf("%q is in the sound snapshot %d times", f.old, strings.Count(sound, f.old))
	}
	return strings.Replace(sound, f.old, strings.ReplaceAll(f.new, "§", secret), 1)
}

func faultsOf(t *testing.T, text string) []string {
	t.Helper()
	snapshot, err := matching.Read(strings.NewReader(text))
	if err == nil {
		if _, err := matching.New(snapshot); err != nil {
			t.Errorf("New finds what Read does not: %v", err)
		}
		return nil
	}
	faults, ok := errors.AsType[matching.Faults](err)
	if !ok || snapshot != nil {
		t.Fatalf("got snapshot %v, error %v (%T); want faults alone", snapshot, err, err)
	}
	lines := strings.Split(faults.Error(), "\n")
	want(t, "one line for each fault", len(faults), len(lines))
	for i := range lines {
		lines[i] = strings.Replace(lines[i], ": expected ", " ", 1)
	}
	return lines
}

func wantFaults(t *testing.T, flaws []flaw) {
	t.Helper()
	for _, f := range flaws {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			got := faultsOf(t, f.text(t))
			want(t, "faults", f.faults, got)
			if strings.Contains(strings.Join(got, "\n"), secret) {
				t.Errorf("a fault repeats the value: %q", got)
			}
		})
	}
}

func TestRead_sound(t *testing.T) {
	t.Parallel()
	want(t, "faults", []string(nil), faultsOf(t, sound))
	want(t, "faults of the least that is a snapshot", []string(nil), faultsOf(t, `{
		"format": "placement-snapshot/1", "as_of": "2026-11-23", "horizon": "2026-11-23", "sites": [], "groups": [], "pupils": [], "referrals": [], "policy": {}
	}`))
	want(t, "with white space around it", []string(nil), faultsOf(t, "\n\t "+sound+" \r\n"))
}

func TestRead_notJSON(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"empty":                 "",
		"white space":           "  \n",
		"cut off in the start":  sound[:10],
		"cut off in the middle": sound[:len(sound)/2],
		"cut off at the end":    sound[:len(sound)-1],
		"a word":                secret,
		"a comma too many":      strings.Replace(sound, `"horizon": "2027-07-16",`, `"horizon": "2027-07-16",,`, 1),
		"a comment":             "// " + secret + "\n" + sound,
		"single quotes":         strings.Replace(sound, `"2026-11-23"`, `'2026-11-23'`, 1),
		"NaN":                   strings.Replace(sound, `51.9, "longitude": -0.2`, `NaN, "longitude": -0.2`, 1),
		"a leading zero":        strings.Replace(sound, `"year": 8`, `"year": 08`, 1),
		"cut off after faults":  strings.Replace(sound, `"as_of"`, `"asof"`, 1)[:len(sound)/2],
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			faults := faultsOf(t, text)
			last := faults[len(faults)-1]
			if !strings.HasPrefix(last, "expected one JSON document; the text breaks off or is none near line ") {
				t.Errorf("faults %q, want that it is no JSON", faults)
			}
			// What could not be read is not complained of: that as_of is missing would be news of the cut only.
			if len(faults) > 2 || len(faults) == 2 && faults[0] != "/asof a known field" {
				t.Errorf("faults %q", faults)
			}
		})
	}
}

func TestRead_notASnapshot(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"null", "true", "17", `"` + secret + `"`, "[]", "[" + sound + "]"} {
		want(t, text, []string{"expected an object"}, faultsOf(t, text))
	}
	want(t, "invalid UTF-8", []string{"expected text in UTF-8, without a byte order mark"}, faultsOf(t, strings.Replace(sound, "Christmas", "No\xebl", 1)))
}

func TestRead_trailing(t *testing.T) {
	t.Parallel()
	for _, trailing := range []string{"{}", "x", "]", "}", "null", sound, "\x00"} {
		want(t, "after the document", []string{"expected nothing after the document"}, faultsOf(t, sound+trailing))
	}
	// What is in the document is reported too.
	f := flaw{"", `"site": "mill"`, `"site": "§"`, nil}
	want(t, "faults", []string{"expected nothing after the document", "/groups/0/site the id of one of the sites"}, faultsOf(t, f.text(t)+"{}"))
}

func TestRead_fails(t *testing.T) {
	t.Parallel()
	broken := errors.New("the line went dead")
	_, err := matching.Read(io.MultiReader(strings.NewReader(sound[:50]), iotest.ErrReader(broken)))
	if !errors.Is(err, broken) {
		t.Errorf("error %v, want that of the reader", err)
	}
}

func TestRead_keys(t *testing.T) {
	t.Parallel()
	const unknown, twice = "a known field", "each key once"
	wantFaults(t, []flaw{
		{"unknown", `"horizon"`, `"panel": "§", "horizon"`, []string{"/panel " + unknown}},
		{"unknown, with a value of any depth", `"horizon"`, `"x": {"a": [{"b": "§"}]}, "horizon"`, []string{"/x " + unknown}},
		{"unknown in a list", `"id": "mill", `, `"id": "mill", "colour": "§", `, []string{"/sites/0/colour " + unknown}},
		{"unknown far down", `"must": true`, `"must": true, "why": "§"`, []string{"/pupils/0/needs/0/why " + unknown}},
		{"unknown, escaped in the pointer", `"horizon"`, `"a/b~c": 1, "horizon"`, []string{"/a~1b~0c " + unknown}},
		{"unknown in the policy", `"travel_detour"`, `"speed": 3, "travel_detour"`, []string{"/policy/speed " + unknown}},
		{"another case", `"year": 8`, `"Year": 8`, []string{"/pupils/0/Year " + unknown, "/pupils/0/year a whole number from 0 to 14"}},
		{"twice", `"year": 8`, `"year": 8, "year": 9`, []string{"/pupils/0/year " + twice}},
		{"twice in a table", `{"mon-am": 8}`, `{"mon-am": 8, "mon-am": 9}`, []string{"/groups/0/places/mon-am " + twice}},
		{"twice in given", `{"return": {`, `{"return": {"score": 1}, "return": {`, []string{"/referrals/0/given/return " + twice}},
		{"twice, escaped differently", `"year": 8`, `"year": 8, "\u0079ear": 9`, []string{"/pupils/0/year " + twice}},
		{"of a table", `{"mon-am": 8}`, `{"monday": 8}`, []string{"/groups/0/places/monday a session, mon-am to fri-pm"}},
	})
}

func TestRead_types(t *testing.T) {
	t.Parallel()
	const date = "a date such as 2026-11-23"
	wantFaults(t, []flaw{
		{"list for object", `"calendar": {"closed": [{"from": "2026-12-19", "to": "2027-01-03", "name": "Christmas"}]}`, `"calendar": []`, []string{"/calendar an object"}},
		{"object for list", `"areas": ["N17"]`, `"areas": {"§": "§"}`, []string{"/pupils/0/areas a list"}},
		{"string for list", `"areas": ["N17"]`, `"areas": "§"`, []string{"/pupils/0/areas a list"}},
		{"string for number", `"year": 8`, `"year": "§"`, []string{"/pupils/0/year a whole number"}},
		{"number for string", `"provision": "mill"`, `"provision": 314159`, []string{"/groups/0/provision a string"}},
		{"string for true", `"must": true`, `"must": "true"`, []string{"/pupils/0/needs/0/must true or false"}},
		{"number for false", `"ehcp": false`, `"ehcp": 0`, []string{"/pupils/0/ehcp true or false"}},
		{"fraction", `"year": 8`, `"year": 8.5`, []string{"/pupils/0/year a whole number"}},
		{"exponent", `"year": 8`, `"year": 8e0`, []string{"/pupils/0/year a whole number"}},
		{"string for coordinate", `51.9, "longitude": -0.2`, `"§", "longitude": -0.2`, []string{"/sites/0/latitude a number"}},
		{"number for date", `"as_of": "2026-11-23"`, `"as_of": 20261123`, []string{"/as_of " + date}},
		{"object for date", `"as_of": "2026-11-23"`, `"as_of": {"year": 2026}`, []string{"/as_of " + date}},
		{"number for session", `"busy": ["fri-am"]`, `"busy": [5]`, []string{"/pupils/0/busy/0 a session, mon-am to fri-pm"}},
		{"string for places", `"places": {"mon-am": 8}`, `"places": "§"`, []string{"/groups/0/places a whole number, or one for each session"}},
		{"fraction for places", `"places": {"mon-am": 8}`, `"places": 8.5`, []string{"/groups/0/places a whole number"}},
		{"list of places", `"places": {"mon-am": 8}`, `"places": [8, 8]`, []string{"/groups/0/places a whole number, or one for each session"}},
		{"string for places of a session", `{"mon-am": 8}`, `{"mon-am": "§"}`, []string{"/groups/0/places/mon-am a whole number"}},
		{"number for entity", `"referrals": [{`, `"referrals": [7, {`, []string{"/referrals/0 an object"}},
		{"null for entity", `"referrals": [{`, `"referrals": [null, {`, []string{"/referrals/0 an object"}},
		{"null for list", `"areas": ["N17"]`, `"areas": null`, []string{"/pupils/0/areas a list"}},
		{"null for number", `"year": 8`, `"year": null`, []string{"/pupils/0/year a whole number"}},
		{"null for date", `"until": "2027-02-01"`, `"until": null`, []string{"/keep_apart/0/until " + date}},
		{"null for the policy's weights", `{"journey": 25}`, `null`, []string{"/policy/weights an object"}},
		{"list for given", `{"score": 861, "adult_demand": 15, "patterns": {"am": 640}}`, `[861]`, []string{"/referrals/0/given/return an object"}},
		{"huge number", `"year": 8`, `"year": 99999999999999999999`, []string{"/pupils/0/year a whole number"}},
		{"huge places", `"places": {"mon-am": 8}`, `"places": 99999999999999999999`, []string{"/groups/0/places a whole number"}},
		{"huge adults", `"adults": 2000`, `"adults": 9223372036854775807`, []string{"/groups/0/adults a whole number from 0 to 1000000000"}},
		{"huge coordinate", `51.9, "longitude": -0.2`, `1e400, "longitude": -0.2`, []string{"/sites/0/latitude a number"}},
		{"huge detour", `"travel_detour": 1.3`, `"travel_detour": 1e400`, []string{"/policy/travel_detour a number"}},
	})
}

// A text that is deep or long is refused without harm.

func TestRead_deep(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("[", 5000) + strings.Repeat("]", 5000)
	f := flaw{"", `"areas": ["N17"]`, `"areas": ` + deep, nil}
	want(t, "deep where a string belongs", []string{"/pupils/0/areas/0 a string"}, faultsOf(t, f.text(t)))
	f = flaw{"", `"horizon"`, `"x": ` + strings.Repeat(`{"x":`, 5000) + "1" + strings.Repeat("}", 5000) + `, "horizon"`, nil}
	want(t, "deep in an unknown field", []string{"/x a known field"}, faultsOf(t, f.text(t)))
	for _, bracket := range []string{"[", `{"groups":[`} {
		long := strings.Repeat(bracket, 10_000_000/len(bracket))
		faults := faultsOf(t, long)
		if len(faults) > 3 {
			t.Errorf("%d faults", len(faults))
		}
	}
}
