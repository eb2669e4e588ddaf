package text

import (
	"strings"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// The text never sends anybody to a family for what the family can't tell.
func TestAwaited(t *testing.T) {
	t.Parallel()
	at := func() *float64 { return new(51.5) }
	policy := matching.DefaultPolicy()
	policy.Separations = []matching.SeparationPolicy{{Code: "fire", Scope: matching.InGroup, Traits: []string{"arson", "anxious"}}}
	e, err := matching.New(&matching.Snapshot{
		AsOf: calendar.MustDate("2026-11-23"), Horizon: calendar.MustDate("2027-07-16"),
		Sites: []matching.Site{{ID: "somewhere", Latitude: at(), Longitude: at()}, {ID: "anywhere", Name: "The Ark"}},
		Groups: []matching.Group{
			{ID: "g", Site: "somewhere", Timetable: calendar.Week}, {ID: "h", Site: "anywhere", Timetable: calendar.Week},
		},
		Pupils: []matching.Pupil{
			{ID: "known", Year: 8, Latitude: at(), Longitude: at()},
			{ID: "unknown", Unknown: matching.Facts()},
			{ID: "other", Year: 8, Unknown: []matching.Fact{matching.FactTraits, matching.FactEHCP}},
		},
		Placements: []matching.Placement{{ID: "pl", Pupil: "other", Group: "g", From: calendar.MustDate("2026-11-23"), To: calendar.MustDate("2027-07-16")}},
		Referrals:  []matching.Referral{{ID: "rk", Pupil: "known"}, {ID: "ru", Pupil: "unknown"}},
		Policy:     policy,
	})
	if err != nil {
		t.Fatal(err)
	}
	w := New(e.Snapshot())
	for _, c := range []struct {
		referral matching.ReferralID
		group    matching.GroupID
		code     matching.Code
		want     string
	}{
		{"ru", "g", "journey", "waits for answers about the home address"},
		{"rk", "h", "journey", "where The Ark is, is not known: nor is the journey"},
		{"ru", "h", "journey", "waits for answers about the home address; where The Ark is, is not known: nor is the journey"},
		{"ru", "g", "fire", "waits for answers about traits"},
		{"rk", "g", "fire", "waits for what is not known of other pupils there: traits"},
		{"rk", "g", "trait_limit", "waits for what is not known of other pupils there: traits"},
		{"rk", "g", "unregistered_full_time", "waits for what is not known of other pupils there: an EHC plan"},
		{"ru", "g", "minibus", "waits for answers about minibus"},
	} {
		o := &matching.Option{Referral: c.referral, Stays: []matching.Stay{{Group: c.group, Pattern: "all"}}, Unchecked: []matching.Code{c.code}}
		same(t, string(c.referral)+" "+string(c.code), strings.Join(w.Awaited(o), "; "), c.want)
	}
	ranked, err := e.Rank("rk")
	if err != nil {
		t.Fatal(err)
	}
	for i := range ranked.Ranking {
		o := &ranked.Ranking[i]
		for n := range o.Contributions {
			if c := &o.Contributions[n]; c.Criterion == matching.CodeJourney && o.Stays[0].Group == "h" {
				same(t, "because", w.Because(o, c), "place of the site not known (value 0 to 1000)")
			}
		}
	}
}
