package matching_test

import (
	"fmt"
	"log"
	"slices"
	"strings"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/matchtest"
)

// farm is a snapshot for the examples of extensions: a farm and a workshop that share a
// site and a minibus, one pupil who is there, and one who is referred.
func farm() *matching.Snapshot {
	mondays := calendar.Of(calendar.MonAM, calendar.MonPM)
	weeks := &matching.Length{Min: 4, Usual: 6}
	return &matching.Snapshot{
		AsOf: calendar.MustDate("2026-11-23"), Horizon: calendar.MustDate("2027-03-26"),
		Sites: []matching.Site{{ID: "mill"}},
		Groups: []matching.Group{
			{ID: "farm", Site: "mill", Timetable: mondays, Weeks: weeks, Approaches: []string{"animals"}, CostPerSession: 6000},
			{ID: "workshop", Site: "mill", Timetable: mondays, Weeks: weeks, CostPerSession: 1500},
		},
		Pupils: []matching.Pupil{
			{ID: "p1", Year: 9, Traits: []string{"animal_allergy", "court:2027-01-12"}},
			{ID: "p2", Year: 9, Traits: []string{"court:2027-01-12"}, Access: []string{}},
		},
		Placements: []matching.Placement{{
			ID: "pl1", Pupil: "p2", Group: "workshop",
			From: calendar.MustDate("2026-09-07"), To: calendar.MustDate("2027-03-26"),
		}},
		Referrals: []matching.Referral{{ID: "r1", Pupil: "p1", Wants: matching.Wants{Weeks: 6}}},
		Policy:    matching.DefaultPolicy(),
	}
}

// allergy is an eligibility rule: nobody with an allergy to animals goes where they are.
type allergy struct{}

func (allergy) Code() matching.Code { return "animal_allergy" }

func (allergy) Check(c *matching.Case, why *matching.Reason) matching.Verdict {
	switch {
	case !slices.Contains(c.Group.Approaches, "animals"):
		return matching.Passes
	case !c.Pupil.Knows(matching.FactTraits):
		return matching.Unchecked // an answer could refuse
	case !slices.Contains(c.Pupil.Traits, "animal_allergy"):
		return matching.Passes
	}
	if why != nil {
		why.Class, why.Codes = matching.Never, []string{"animals"}
	}
	return matching.Refuses
}

func ExampleWithRule() {
	e, err := matching.New(farm(), matching.WithRule(allergy{}))
	if err != nil {
		log.Fatal(err)
	}
	ranking, err := e.Rank("r1")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("first:", ranking.Ranking[0].Stays[0].Group)
	for _, o := range ranking.Rejected {
		for _, reason := range o.Reasons {
			fmt.Println(o.Stays[0].Group, "refused:", reason.Code, reason.Class, reason.Codes)
		}
	}
	// Output:
	// first: workshop
	// farm refused: animal_allergy never [animals]
}

// courtDate is a separation: pupils who are to meet in court are not on one site until
// then. The trait "court:2027-01-12" gives the day.
type courtDate struct{}

func (courtDate) Code() matching.Code   { return "court_date" }
func (courtDate) Scope() matching.Scope { return matching.OnSite }

func (courtDate) Apart(a, b *matching.Pupil) (matching.Verdict, calendar.Date) {
	knowsA, knowsB := a.Knows(matching.FactTraits), b.Knows(matching.FactTraits)
	if !knowsA || !knowsB {
		if knowsA && court(a) == "" || knowsB && court(b) == "" {
			return matching.Passes, 0 // whatever the other's answer is
		}
		return matching.Unchecked, 0
	}
	if court(a) == "" || court(a) != court(b) {
		return matching.Passes, 0
	}
	day, err := calendar.ParseDate(court(a))
	if err != nil {
		return matching.Passes, 0 // a trait that is not ours
	}
	return matching.Refuses, day
}

// court is the day on which a pupil is to be in court.
func court(p *matching.Pupil) string {
	for _, trait := range p.Traits {
		if day, found := strings.CutPrefix(trait, "court:"); found {
			return day
		}
	}
	return ""
}

func ExampleWithSeparation() {
	e, err := matching.New(farm(), matching.WithSeparation(courtDate{}))
	if err != nil {
		log.Fatal(err)
	}
	earliest, err := e.Earliest("r1", "farm")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("from", earliest[0].Stays[0].From, "to", earliest[0].Stays[0].To)
	// Output:
	// from 2027-01-12 to 2027-02-22
}

// minibus is a resource: groups at the mill share a bus with two seats, and a
// wheelchair takes both.
type minibus struct{}

func (minibus) Code() matching.Code { return "minibus" }

func (minibus) Pool(g *matching.Group) (string, bool) { return "mill", g.Site == "mill" }

func (minibus) Capacity(string, calendar.Session) (int, bool) { return 2, true }

func (minibus) Demand(p *matching.Pupil) (int, bool) {
	switch {
	case !p.Knows(matching.FactAccess):
		return 2, false // the most that it could be
	case slices.Contains(p.Access, "wheelchair"):
		return 2, true
	}
	return 1, true
}

func ExampleWithResource() {
	s := farm()
	s.Sites[0].Access = []string{"wheelchair"}
	s.Pupils[0].Access = []string{"wheelchair"}
	e, err := matching.New(s, matching.WithResource(minibus{}))
	if err != nil {
		log.Fatal(err)
	}
	ranking, err := e.Rank("r1")
	if err != nil {
		log.Fatal(err)
	}
	for _, o := range ranking.Rejected {
		for _, r := range o.Reasons {
			fmt.Println(o.Stays[0].Group, r.Code, *r.Observed, "of", *r.Limit, "seats on", r.Date, r.Session, "because of", r.Pupils)
		}
	}
	// Output:
	// farm minibus 3 of 2 seats on 2026-11-23 mon-am because of [p2]
	// workshop minibus 3 of 2 seats on 2026-11-23 mon-am because of [p2]
}

// cost is a criterion: what costs nothing is worth all, and 90 pounds a session nothing.
type cost struct{}

func (cost) Code() matching.Code { return "cost" }

func (cost) Score(c *matching.Case, why *matching.Why) matching.Value {
	const dearest = 9000
	why.Number("pence", c.Group.CostPerSession)
	return matching.Known(1000 * max(dearest-c.Group.CostPerSession, 0) / dearest)
}

func ExampleWithCriterion() {
	s := farm()
	s.Policy.Weights["cost"] = 50 // without a weight it would be listed, and count nothing
	e, err := matching.New(s, matching.WithCriterion(cost{}))
	if err != nil {
		log.Fatal(err)
	}
	ranking, err := e.Rank("r1")
	if err != nil {
		log.Fatal(err)
	}
	for _, o := range ranking.Ranking {
		c := o.Contributions[len(o.Contributions)-1]
		pence, _, _ := c.Why.Lookup("pence")
		fmt.Printf("%s: %d of %d points are for %s (%d pence)\n", o.Stays[0].Group, c.Points, o.Score, c.Criterion, pence)
	}
	// Output:
	// workshop: 278 of 734 points are for cost (1500 pence)
	// farm: 111 of 567 points are for cost (6000 pence)
}

// The examples pass the suite, as every extension should: in worlds that have animals,
// court dates and a mill. The bus is about one site by its id, and says so.
func TestExtensions_passTheSuite(t *testing.T) {
	in := matchtest.In(func(seed uint64) *matching.Snapshot {
		s := matchtest.World(seed)
		for i := range s.Groups {
			s.Groups[i].CostPerSession = 2500 * i
			if i%2 == 0 {
				s.Groups[i].Approaches = append(s.Groups[i].Approaches, "animals")
			}
		}
		for i := range s.Pupils {
			s.Pupils[i].Traits = append(s.Pupils[i].Traits, []string{"animal_allergy", "court:2027-01-12", "court:2027-02-01"}[i%3])
		}
		return s
	})
	t.Run("rule", func(t *testing.T) { matchtest.TestRule(t, allergy{}, in) })
	t.Run("separation", func(t *testing.T) { matchtest.TestSeparation(t, courtDate{}, in) })
	t.Run("criterion", func(t *testing.T) { matchtest.TestCriterion(t, cost{}, in) })
	mill := matchtest.In(func(seed uint64) *matching.Snapshot {
		s := matchtest.World(seed)
		was := s.Sites[0].ID
		s.Sites[0].ID = "mill"
		for i := range s.Groups {
			if s.Groups[i].Site == was {
				s.Groups[i].Site = "mill"
			}
		}
		return s
	})
	t.Run("resource", func(t *testing.T) {
		matchtest.TestResource(t, minibus{}, mill, matchtest.Except(matchtest.RenamingBlind))
	})
}
