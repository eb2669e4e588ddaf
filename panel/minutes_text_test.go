package panel_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
)

var updateMinutes = flag.Bool("update-minutes", false, "write testdata/minutes.txt anew")

func sampleMinutes() panel.Minutes {
	at := func(clock string) time.Time {
		moment, err := time.Parse(time.RFC3339, "2026-06-25T"+clock+"Z")
		if err != nil {
			panic(err)
		}
		return moment
	}
	long := "The family asked for a group near the grandmother, who takes her there on all days. " +
		"The panel put that before the curriculum, since attendance is what failed before."
	digest := func(c string) panel.Digest { return panel.Digest("sha256:" + strings.Repeat(c, 64)) }
	return panel.Minutes{
		Meeting: "meeting-1", Date: calendar.MustDate("2026-06-25"), Horizon: calendar.MustDate("2027-07-21"),
		Opened: at("08:05:00"), Closed: at("11:30:00"), Quorum: 2,
		Policy: panel.MinutesPolicy{ID: "policy-9", Name: "Thornmere", Number: 3}, Engine: matching.Version,
		Present: []panel.MinutesPerson{
			{Person: "p1", Name: "Carys Chair", Profession: "education", Seat: "chair"},
			{Person: "p2", Name: "Łukasz O'Neil", Profession: "social_care", Seat: "member"},
		},
		Items: []panel.MinutesItem{
			{
				Number: 1, Referral: "ref-1", State: panel.Placed,
				Papers: []panel.Paper{
					{Referral: "ref-1", Digest: digest("1"), Frozen: at("08:05:00")},
					{Referral: "ref-1", Digest: digest("2"), Frozen: at("09:00:00"), Late: true},
				},
				Interests: []panel.MinutesInterest{{Person: "p2", Name: "Łukasz O'Neil", Kind: panel.Declared, Text: "her godfather"}},
				Decisions: []panel.MinutesDecision{{
					ID: "decision-1", Outcome: panel.Place, Reason: panel.Reason{Code: "family_wish", Text: long},
					Stays: []panel.MinutesStay{{
						Group: "g1", Name: "Workshop", Organisation: "The Mill", Pattern: "all",
						From: calendar.MustDate("2026-07-01"), To: calendar.MustDate("2026-12-18"),
					}},
					Rank: 2, Of: 5, Departs: true, Unchecked: []matching.Code{"care_home_peers"}, Conditions: []string{"A taster first"},
					Targets: []string{"Four days of five"}, ReturnOn: calendar.MustDate("2026-11-05"), Recused: []string{"Łukasz O'Neil"},
					Waivers: []panel.MinutesWaiver{{
						Waiver: "w1", Rule: "rival_areas", Text: "they were friends before", Owner: "Head of The Mill",
						Mitigation: "an adult at the gate", ReviewBy: calendar.MustDate("2026-07-15"), Safety: true, Approver: "Ann Approver",
					}},
					Dissent: []panel.MinutesNote{{Text: "too far", By: "Nia Nurse"}},
					Actions: []panel.Action{{Text: "Write to the family", Owner: "Ola Officer", Due: calendar.MustDate("2026-06-29")}},
					By:      "Carys Chair", Role: panel.RoleChair, At: at("09:10:00"), Ranking: digest("3"), Snapshot: digest("4"),
					Engine: matching.Version, Supersedes: "decision-0",
				}},
			},
			{Number: 2, Referral: "ref-2", State: panel.Ready, Decisions: []panel.MinutesDecision{
				{ID: "decision-2", Outcome: panel.Wait, Of: 4, Departs: true, By: "Carys Chair", Role: panel.RoleChair, At: at("09:30:00"), Ranking: digest("5")},
				{ID: "decision-3", Outcome: panel.Place, Of: 4, Departs: true, By: "Carys Chair", Role: panel.RoleChair, At: at("09:40:00"), Ranking: digest("5")},
			}},
			{Number: 4, Referral: "ref-0"},
			{
				Number: 3, Referral: "ref-3", Withheld: true,
				Interests: []panel.MinutesInterest{{Person: "p1", Name: "Carys Chair", Kind: panel.OwnSchool, Automatic: true}},
			},
			{Referral: "ref-4", Decisions: []panel.MinutesDecision{{
				ID: "decision-4", Outcome: panel.End, By: "Carys Chair", Role: panel.RoleChair, At: at("10:00:00"),
			}}},
		},
		Ratified:   []panel.MinutesRatification{{Decision: "decision-5", Referral: "ref-5", Text: long, By: "Carys Chair"}},
		Unratified: []panel.DecisionID{"decision-6"},
		Notes:      []panel.MinutesNote{{Text: "The next meeting\nis in July.", By: "Ola Officer", At: at("11:20:00")}},
	}
}

// TestMinutesText is in BST, has all that minutes can hold, and no line of words is wider
// than the page.
func TestMinutesText(t *testing.T) {
	t.Parallel()
	m := sampleMinutes()
	got := m.Text()
	file := filepath.Join("testdata", "minutes.txt")
	if *updateMinutes {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("minutes (-want +got):\n%s", diff)
	}
	for i, line := range strings.Split(got, "\n") {
		if n := utf8.RuneCountInString(line); n > 100 {
			t.Errorf("line %d has %d characters", i+1, n)
		}
	}
}

func TestMinutesText_saysThatItIsADraft(t *testing.T) {
	t.Parallel()
	m := sampleMinutes()
	m.Draft = true
	if got := m.Text(); !strings.HasPrefix(got, "DRAFT ") || !strings.Contains(got, "\nThe meeting is not over.\n") {
		t.Error("it does not")
	}
}
