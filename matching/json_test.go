package matching_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/matchtest"
)

// jsonTrip wants a value back from encoding/json as it went in: nil lists nil, empty ones empty.
func jsonTrip[T any](t *testing.T, in T) {
	t.Helper()
	text, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	var out T
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	if d := cmp.Diff(in, out); d != "" {
		t.Fatalf("(-in +out) of %s:\n%s", text, d)
	}
}

// A program may keep what a snapshot is made of as JSON, its own fields beside ours.
func TestJSON_roundTrips(t *testing.T) {
	t.Parallel()
	for seed := range uint64(200) {
		s := matchtest.World(seed)
		jsonTrip(t, *s)
		for i := range s.Groups {
			jsonTrip(t, s.Groups[i])
		}
		for i := range s.Pupils {
			jsonTrip(t, s.Pupils[i])
		}
		for i := range s.Referrals {
			jsonTrip(t, s.Referrals[i])
		}
		jsonTrip(t, *s.Policy)
		jsonTrip(t, lawEngine(t, s).Snapshot().Groups) // with every default written out
	}
}

func TestJSON_emptyIsNotNil(t *testing.T) {
	t.Parallel()
	jsonTrip(t, matching.Accepts{Years: []int{}, Reasons: []string{}, Needs: []string{}, Refuses: []string{}})
	jsonTrip(t, matching.Starts{Weekdays: []matching.Weekday{}})
	jsonTrip(t, matching.Starts{Dates: []calendar.Date{}})
	jsonTrip(t, matching.Starts{Weekdays: []matching.Weekday{1, 5}})
	jsonTrip(t, matching.Length{Min: 1, Usual: 2, Max: 3})
	jsonTrip(t, matching.SeparationPolicy{Rivals: [][]string{}})
	jsonTrip(t, matching.Referral{Given: map[matching.GroupID]matching.Given{}})
}

// The types by themselves, as a field of a program's own has them without a word about omitting.
func TestJSON_fieldsOfItsOwn(t *testing.T) {
	t.Parallel()
	type own struct {
		Places   matching.PerSession
		Sessions calendar.Sessions
		Day      matching.Weekday
		On       calendar.Date
		Starts   matching.Starts
		Weeks    *matching.Length
	}
	for _, v := range []own{
		{Day: 1},
		{Places: matching.PerSession{}, Sessions: calendar.Week, Day: 5, On: day(firstMonday)},
		{Places: matching.Every(0), Sessions: calendar.Of(calendar.WedPM), Day: 3, Weeks: &matching.Length{}},
		{Places: matching.PerSession{calendar.MonAM: 3, calendar.FriPM: 0}, Day: 2, Starts: matching.Starts{Dates: []calendar.Date{day(firstMonday)}}},
	} {
		jsonTrip(t, v)
	}
}

func TestJSON_refuses(t *testing.T) {
	t.Parallel()
	for text, v := range map[string]any{
		`"eight"`: new(matching.PerSession), `1.5`: new(matching.PerSession), `{"sat-am": 3}`: new(matching.PerSession), `[3]`: new(matching.PerSession),
		`["sat-am"]`: new(calendar.Sessions), `"mon-am"`: new(calendar.Sessions), `"2026-02-30"`: new(calendar.Date), `20261123`: new(calendar.Date),
		`"sun"`: new(matching.Weekday),
	} {
		if err := json.Unmarshal([]byte(text), v); err == nil {
			t.Errorf("%s is read as %v", text, v)
		}
	}
}
