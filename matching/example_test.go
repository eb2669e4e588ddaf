package matching_test

import (
	"errors"
	"fmt"
	"log"
	"strings"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// A snapshot goes in, ranked and explained options come out.
func Example() {
	engine, err := matching.New(&matching.Snapshot{
		AsOf: calendar.MustDate("2026-11-23"), Horizon: calendar.MustDate("2027-03-26"),
		Sites: []matching.Site{{ID: "mill"}},
		Groups: []matching.Group{
			{ID: "return", Site: "mill", Timetable: calendar.OnDays(1, 2), Places: matching.Every(6)},
			{ID: "workshop", Site: "mill", Timetable: calendar.OnDays(4), Accepts: matching.Accepts{Years: []int{10, 11}}},
		},
		Pupils:    []matching.Pupil{{ID: "ada", Year: 8}},
		Referrals: []matching.Referral{{ID: "r-ada", Pupil: "ada"}},
	})
	if err != nil {
		log.Fatal(err)
	}
	ranking, err := engine.Rank("r-ada")
	if err != nil {
		log.Fatal(err)
	}
	for i, o := range ranking.Ranking {
		fmt.Printf("%d. %s from %s, %d points\n", i+1, o.Stays[0].Group, o.Stays[0].From, o.Total)
	}
	for _, o := range ranking.Rejected {
		for _, r := range o.Reasons {
			fmt.Printf("not %s: %s (%s), Year %d is not one of %s\n", o.Stays[0].Group, r.Code, r.Class, *r.Observed, strings.Join(r.Accepts, ", "))
		}
	}
	// Output:
	// 1. return from 2026-11-23, 706 points
	// not workshop: year_group (never), Year 8 is not one of 10, 11
}

func ExampleRead() {
	const text = `{
		"format": "placement-snapshot/1", "as_of": "2026-11-23", "horizon": "2027-03-26",
		"sites": [{"id": "mill"}],
		"groups": [{"id": "return", "site": "mill", "timetable": ["mon-am", "mon-pm"], "places": 6}],
		"pupils": [{"id": "ada", "year": 8}],
		"referrals": [{"id": "r-ada", "pupil": "ada"}]
	}`
	snapshot, err := matching.Read(strings.NewReader(text))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(snapshot.Groups), "group,", snapshot.Groups[0].Places[calendar.MonPM], "places on Monday afternoon")
	// Output:
	// 1 group, 6 places on Monday afternoon
}

// Everything that is wrong is reported at once, each fault with a JSON pointer, and
// none with the value that was found: that may be a child's.
func ExampleRead_faults() {
	const text = `{
		"format": "placement-snapshot/1", "as_of": "2026-02-30", "horizon": "2027-03-26",
		"sites": [{"id": "mill", "color": "red"}],
		"groups": [{"id": "return", "site": "mlil", "timetable": ["mon-am", "sat-am"], "places": -1}],
		"pupils": [{"id": "ada", "year": "8"}],
		"referrals": [{"id": "r-ada", "pupil": "adda"}]
	}`
	_, err := matching.Read(strings.NewReader(text))
	fmt.Println(err)
	// Output:
	// /as_of: expected a date such as 2026-11-23
	// /sites/0/color: expected a known field
	// /groups/0/timetable/1: expected a session, mon-am to fri-pm
	// /pupils/0/year: expected a whole number
	// /groups/0/site: expected the id of one of the sites
	// /groups/0/places: expected a whole number from 0 to 1000000
	// /referrals/0/pupil: expected the id of one of the pupils
}

func ExampleNew() {
	engine, err := matching.New(town()) // a snapshot that is written in Go
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(engine)
	// Output:
	// 2 referrals, 3 groups, 4 placements
}

// New checks a snapshot as Read does.
func ExampleNew_faults() {
	snapshot := town()
	snapshot.Groups[0].Site = "mlil"
	snapshot.Pupils[0].Year = 88
	_, err := matching.New(snapshot)
	fmt.Println(err)
	// Output:
	// /groups/0/site: expected the id of one of the sites
	// /pupils/0/year: expected a whole number from 0 to 14
}

func ExampleFaults() {
	snapshot := town()
	snapshot.Placements[0].Group = "closed-last-year"
	_, err := matching.New(snapshot)
	if faults, ok := errors.AsType[matching.Faults](err); ok {
		for _, f := range faults {
			fmt.Printf("at %s: want %s\n", f.Pointer, f.Expected)
		}
	}
	// Output:
	// at /placements/0/group: want the id of one of the groups
}

func ExampleSnapshot_Encode() {
	snapshot := &matching.Snapshot{
		AsOf: calendar.MustDate("2026-11-23"), Horizon: calendar.MustDate("2026-12-18"),
		Calendar:  matching.Calendar{Sessions: calendar.OnDays(1)},
		Sites:     []matching.Site{{ID: "quay"}, {ID: "mill", Access: []string{"step_free", "hoist"}}},
		Pupils:    []matching.Pupil{{ID: "ada", Year: 8}},
		Referrals: []matching.Referral{{ID: "r-ada", Pupil: "ada"}},
	}
	var b strings.Builder
	if err := snapshot.Encode(&b); err != nil {
		log.Fatal(err)
	}
	// Entities are in the order of their ids, sets in order, and defaults are written out.
	text, _, _ := strings.Cut(b.String(), `,"policy":`)
	for _, member := range []string{`"calendar"`, `"sites"`, `"groups"`, `"pupils"`, `"referrals"`} {
		text = strings.ReplaceAll(text, member, "\n"+member)
	}
	fmt.Println(text)
	// Output:
	// {"format":"placement-snapshot/1","as_of":"2026-11-23","horizon":"2026-12-18",
	// "calendar":{"sessions":["mon-am","mon-pm"]},
	// "sites":[{"id":"mill","access":["hoist","step_free"]},{"id":"quay"}],
	// "groups":[],
	// "pupils":[{"id":"ada","year":8,"sex":"U","support":"standard"}],
	// "referrals":[{"id":"r-ada","pupil":"ada","priority":"routine"}]
}

// The same facts have the same hash, however they were put down.
func ExampleSnapshot_Hash() {
	one, other := town(), town()
	other.Pupils[0], other.Pupils[1] = other.Pupils[1], other.Pupils[0]
	other.Groups[0].Zone = "main" // the default

	hash, err := one.Hash()
	if err != nil {
		log.Fatal(err)
	}
	again, err := other.Hash()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(hash[:7], hash == again)

	other.Pupils[0].EHCP = true
	changed, err := other.Hash()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(changed == hash)
	// Output:
	// sha256: true
	// false
}

// A policy starts from the values of the contract.
func ExampleDefaultPolicy() {
	policy := matching.DefaultPolicy()
	policy.ID = "autumn-2026"
	policy.Separations[0].Rivals = [][]string{{"Northgate", "Southgate"}}
	policy.Weights[matching.CodeJourney] = 25 // buses are few here
	policy.Support["intensive"] = 400         // thousandths of an adult

	for _, s := range policy.Separations {
		fmt.Println(s.Code, "at scope", s.Scope)
	}
	fmt.Println(policy.Support["standard"], policy.Weights[matching.CodeNeedFit], policy.PriorityBonus["statutory"])
	// Output:
	// rival_areas at scope site
	// care_home_peers at scope group
	// anxious_with_aggressive at scope zone
	// 125 30 3000
}

func ExampleEvery() {
	group := matching.Group{
		Places: matching.Every(8),                                               // pupils
		Adults: matching.PerSession{calendar.MonAM: 2000, calendar.MonPM: 1500}, // thousandths of an adult
	}
	fmt.Println(group.Places[calendar.MonAM], group.Places[calendar.FriPM], group.Adults[calendar.MonPM])
	// Output:
	// 8 8 1500
}

// Facts that may be listed in a pupil's Unknown: all those that a rule or a score reads.
func ExampleFacts() {
	for _, fact := range matching.Facts() {
		fmt.Print(fact, " ")
	}
	// Output:
	// year sex areas care_home latitude longitude traits needs support access busy friends ehcp looked_after
}

// Our own rules can be looked at, run by themselves, and stood beside a new one.
func ExampleRules() {
	for _, rule := range matching.Rules() {
		c := &matching.Case{
			Policy:   matching.DefaultPolicy(),
			Referral: &matching.Referral{Reason: "respite"},
			Pupil:    &matching.Pupil{Year: 8, Traits: []string{"arson"}, Unknown: []matching.Fact{matching.FactNeeds}},
			Group: &matching.Group{Accepts: matching.Accepts{
				Years: []int{7, 8}, Needs: []string{"SEMH"}, Refuses: []string{"arson"},
			}},
			Site:    &matching.Site{},
			Minutes: 90,
		}
		verdict := map[matching.Verdict]string{
			matching.Passes: "passes", matching.Unchecked: "passes, unchecked", matching.Refuses: "refuses",
		}
		fmt.Println(rule.Code(), verdict[rule.Check(c, nil)])
	}
	// Output:
	// year_group passes
	// sex passes
	// referral_reason passes
	// needs_not_met passes, unchecked
	// refused_trait refuses
	// access passes
	// journey refuses
}

func ExampleCriteria() {
	weights := matching.DefaultPolicy().Weights
	for _, criterion := range matching.Criteria() {
		fmt.Println(criterion.Code(), weights[criterion.Code()])
	}
	// Output:
	// need_fit 30
	// wishes 10
	// curriculum 10
	// journey 15
	// start 15
	// coverage 10
	// headroom 5
	// balance 5
}

// Absent is "no"; what nobody has said yet is listed as unknown.
func ExamplePupil_Knows() {
	pupil := matching.Pupil{ID: "fay", Unknown: []matching.Fact{matching.FactTraits}}
	fmt.Println("traits", pupil.Knows(matching.FactTraits))
	fmt.Println("care home", pupil.Knows(matching.FactCareHome)) // known: none
	// Output:
	// traits false
	// care home true
}

// A setting that is not a registered school says so; what says nothing is one.
func ExampleGroup_IsRegistered() {
	school, farm := matching.Group{ID: "school"}, matching.Group{ID: "farm", Registered: new(false)}
	fmt.Println(school.IsRegistered(), farm.IsRegistered())
	// Output:
	// true false
}

// The engine holds the canonical form of its snapshot, which is worth keeping beside
// what was decided.
func ExampleEngine_Snapshot() {
	engine := townEngine()
	for _, g := range engine.Snapshot().Groups {
		fmt.Println(g.ID, "in zone", g.Zone)
	}
	fmt.Println(engine.Snapshot().Policy.ID)
	// Output:
	// mill-return in zone main
	// mill-workshop in zone yard
	// quay-nurture in zone main
	// autumn-2026
}

func ExampleEngine_Hash() {
	snapshot := town()
	before, err := snapshot.Hash()
	if err != nil {
		log.Fatal(err)
	}
	engine, err := matching.New(snapshot)
	if err != nil {
		log.Fatal(err)
	}
	after, err := engine.Hash()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(before == after)
	// Output:
	// true
}
