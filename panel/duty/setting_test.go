package duty_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/duty"
)

func TestDefaults_pass(t *testing.T) {
	t.Parallel()
	if err := duty.Defaults().Check(); err != nil {
		t.Errorf("the defaults have faults:\n%v", err)
	}
}

// TestDefaults_numbers holds the numbers of the rules against a list of their own.
func TestDefaults_numbers(t *testing.T) {
	t.Parallel()
	want := map[duty.Key]int{
		duty.SixthDayPermanent: 6, duty.SixthDaySuspension: 6, duty.SuspensionYear: 45,
		duty.BoardAlways: 15, duty.BoardOnRequest: 5, duty.BoardMeets: 15, duty.BoardMeetsAsked: 50, duty.PanelApplication: 15,
		duty.DirectionNotice: 2, duty.DirectionReview: 10, duty.FairAccessPlace: 20,
		"registration.pupils": 5, "registration.pupils_with_plan_or_looked_after": 1, "registration.hours": 18,
		"non_school.weeks": 12, "non_school.sessions": 4, "travel.minutes_primary": 45, "travel.minutes_secondary": 75,
		"travel.under_8": 2, "travel.from_8": 3, "travel.low_income_to": 6, "travel.belief_to": 15,
		duty.ProviderAnswers: 15, duty.ProviderAdmits: 10, duty.ReviewFirst: 1, duty.ReviewThen: 2, duty.ReviewSixWeekly: 6,
	}
	for key, value := range want {
		if got, ok := duty.Defaults().At(key, date("2026-11-23")); !ok || got.Value != value {
			t.Errorf("%s is %d (%t), want %d", key, got.Value, ok, value)
		}
	}
}

// TestDefaults_everyKey wants a value for every key of the catalogue, and "not checked"
// in the source of none that claims to be well founded.
func TestDefaults_everyKey(t *testing.T) {
	t.Parallel()
	for _, d := range duty.Catalogue() {
		history := duty.Defaults().History(d.Key)
		if len(history) == 0 {
			t.Errorf("%s has no default", d.Key)
		}
		for _, s := range history {
			if s.Status != duty.Unverified && strings.Contains(s.Source, "not checked") {
				t.Errorf("%s is %s, and its source is not checked", s.Key, s.Status)
			}
			if strings.Contains(s.Source, "://") {
				t.Errorf("%s names a URL", s.Key)
			}
		}
	}
}

// TestSettings_at wants a number only while it was in force: the rule of 30 days was
// repealed, and the limit for provision that is no school has not always been counted.
func TestSettings_at(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		key  duty.Key
		on   string
		want int
	}{
		{"direction.review_within", "2010-08-31", 0},
		{"direction.review_within", "2010-09-01", 30},
		{"direction.review_within", "2012-12-31", 30},
		{"direction.review_within", "2013-01-01", 0},
		{"non_school.weeks", "2026-08-31", 0},
		{"non_school.weeks", "2026-09-01", 12},
		{"no.such.key", "2026-09-01", 0},
	} {
		got, ok := duty.Defaults().At(test.key, date(test.on))
		if got.Value != test.want || ok != (test.want != 0) {
			t.Errorf("%s on %s is %d (%t), want %d", test.key, test.on, got.Value, ok, test.want)
		}
	}
}

func setting(key duty.Key, value int, from, to, source string) duty.Setting {
	s := duty.Setting{Key: key, Value: value, From: duty.Always, To: duty.Open, Source: source, Status: duty.Practice}
	for _, d := range duty.Catalogue() {
		if d.Key == key {
			s.Unit = d.Unit
		}
	}
	if from != "" {
		s.From = date(from)
	}
	if to != "" {
		s.To = date(to)
	}
	return s
}

// TestSettings_withKeepsHistory overrides a number twice, once for a trial of a term,
// and finds on every day what was in force then, in both versions.
func TestSettings_withKeepsHistory(t *testing.T) {
	t.Parallel()
	first := duty.Defaults()
	second, err := first.With(duty.Settings{
		setting(duty.ProviderAnswers, 10, "2026-01-01", "", "Thornmere, agreement with providers"),
		setting(duty.ProviderAnswers, 5, "2025-09-01", "2025-12-31", "Thornmere, a trial"),
	})
	if err != nil {
		t.Fatal(err)
	}
	third, err := second.With(duty.Settings{setting(duty.ProviderAnswers, 7, "2026-04-01", "2026-06-30", "Thornmere, summer")})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		on                   string
		first, second, third int
	}{
		{"2019-05-01", 15, 15, 15}, {"2025-08-31", 15, 15, 15}, {"2025-09-01", 15, 5, 5}, {"2025-12-31", 15, 5, 5},
		{"2026-01-01", 15, 10, 10}, {"2026-03-31", 15, 10, 10}, {"2026-04-01", 15, 10, 7}, {"2026-06-30", 15, 10, 7},
		{"2026-07-01", 15, 10, 10}, {"2080-01-01", 15, 10, 10},
	} {
		for i, version := range []duty.Settings{first, second, third} {
			want := []int{test.first, test.second, test.third}[i]
			if got, _ := version.At(duty.ProviderAnswers, date(test.on)); got.Value != want {
				t.Errorf("on %s version %d has %d, want %d", test.on, i+1, got.Value, want)
			}
		}
	}
	if err := third.Check(); err != nil {
		t.Errorf("the third version has faults:\n%v", err)
	}
	if got := len(third.History(duty.ProviderAnswers)); got != 5 {
		t.Errorf("the history has %d entries, want 5", got)
	}
	all, err := third.With(duty.Settings{setting(duty.ProviderAnswers, 3, "", "", "for ever")})
	if got := all.History(duty.ProviderAnswers); err != nil || len(got) != 1 || got[0].Value != 3 {
		t.Errorf("an override of all days leaves %v (%v)", got, err)
	}
}

// TestSettings_withDayByDay puts random overrides over random history, and wants on each
// day the override that holds then, else what was there before.
func TestSettings_withDayByDay(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(4, 7))
	start := date("2026-01-01")
	some := func(first int) duty.Settings {
		var list duty.Settings
		for d := calendar.Date(0); d < 60; {
			s := setting(duty.ProviderAnswers, first+len(list), "", "", "test")
			s.From = start + d + calendar.Date(random.IntN(8))
			s.To = s.From + calendar.Date(random.IntN(12))
			d = s.To - start + 1
			list = append(list, s)
		}
		random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		return list
	}
	for range 500 {
		before, overrides := some(1), some(101)
		after, err := before.With(overrides)
		if err != nil {
			t.Fatal(err)
		}
		for d := start - 2; d < start+90; d++ {
			want, ok := overrides.At(duty.ProviderAnswers, d)
			if !ok {
				want, ok = before.At(duty.ProviderAnswers, d)
			}
			got, found := after.At(duty.ProviderAnswers, d)
			if got.Value != want.Value || found != ok {
				t.Fatalf("on %s it is %d (%t), want %d", d, got.Value, found, want.Value)
			}
			holding := 0
			for _, s := range after {
				if s.Holds(d) {
					holding++
				}
			}
			if holding > 1 {
				t.Fatalf("on %s %d settings hold", d, holding)
			}
		}
	}
}

func TestSettings_withRefusesFaults(t *testing.T) {
	t.Parallel()
	got, err := duty.Defaults().With(duty.Settings{
		setting(duty.ProviderAnswers, 10, "2026-01-01", "", "one"),
		setting(duty.ProviderAnswers, 12, "2026-06-01", "", "another"),
		setting(duty.ProviderAdmits, 0, "", "", "none"),
	})
	_, shared := duty.Defaults().With(duty.Settings{
		setting(duty.ProviderAnswers, 10, "2026-01-01", "2026-01-31", "one"),
		setting(duty.ProviderAnswers, 12, "2026-01-31", "2026-02-28", "another"),
	})
	if diff := cmp.Diff([]string{"/1/From overlap"}, faults(t, shared)); diff != "" {
		t.Errorf("one day that two share (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"/1/From overlap", "/2/Value range"}, faults(t, err)); diff != "" || got != nil {
		t.Errorf("faults (-want +got):\n%s\nsettings: %v", diff, got)
	}
}

func TestSettings_allFaultsAtOnce(t *testing.T) {
	t.Parallel()
	list := duty.Settings{
		{Key: "no.such.key", Value: 1001, Unit: "moons", Status: "sure"},
		{Key: duty.BoardMeets, Value: 15, Unit: duty.Days, From: date("2026-01-02"), To: date("2026-01-01"), Source: "x", Status: duty.Statute},
	}
	for _, s := range duty.Defaults() {
		switch s.Key {
		case duty.BoardMeets, duty.WarnBefore:
		case duty.ProviderAdmits: // a gap, and no end that is open
			earlier, later := s, s
			earlier.To, later.From, later.To = date("2020-01-01"), date("2020-01-03"), date("2030-01-01")
			list = append(list, later, earlier)
		default:
			list = append(list, s)
		}
	}
	got := faults(t, list.Check())
	want := []string{
		"/0/Key unknown", "/0/Value range", "/0/From required", "/0/To required", "/0/Source required", "/0/Status unknown",
		"/1/Unit unit", "/1/To order",
		" required", " required", " required",
	}
	var gaps int
	var rest []string
	for _, f := range got {
		if strings.HasSuffix(f, " gap") {
			gaps++
			continue
		}
		rest = append(rest, f)
	}
	if diff := cmp.Diff(want, rest); diff != "" || gaps != 1 {
		t.Errorf("%d gaps, and faults (-want +got):\n%s", gaps, diff)
	}
	if err := list.Check(); strings.Contains(err.Error(), "no.such.key") || strings.Contains(err.Error(), "1001") {
		t.Error("a fault repeats what was found")
	}
}

// TestSettings_json wants settings and years to come back as they were from JSON by the
// names of their fields, as the store keeps them.
func TestSettings_json(t *testing.T) {
	t.Parallel()
	comesBack(t, duty.Defaults())
	comesBack(t, year2026())
	comesBack(t, duty.Held{Kind: duty.FirstWeek, On: date("2026-11-30")})
}

func comesBack[T any](t *testing.T, x T) {
	t.Helper()
	text, err := json.Marshal(x)
	if err != nil {
		t.Fatal(err)
	}
	var again T
	if err := json.Unmarshal(text, &again); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(x, again); diff != "" {
		t.Errorf("comes back different (-want +got):\n%s", diff)
	}
}
