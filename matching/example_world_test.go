package matching_test

import (
	"log"
	"time"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// town is the snapshot of the examples: what the panel of a small town knew on Monday 23 November 2026.
//
// There are three groups. The Mill has one that prepares for a return to school, and a workshop; the Quay has a
// nurture group, which is full for three weeks yet. Northgate and Southgate don't get on.
//
// Ada, who is from Northgate, has not been to school since the spring, out of anxiety. Her friend Dee is at the Quay.
// At the Mill are Ben, who lashes out, and Cal from Southgate. Of Fay, who was excluded on Friday, hardly anything is
// known.
func town() *matching.Snapshot {
	policy := matching.DefaultPolicy()
	policy.ID = "autumn-2026"
	policy.StartsPerGroup = 1 // the first start of a group is enough to see
	policy.Separations[0].Rivals = [][]string{{"Northgate", "Southgate"}}
	return &matching.Snapshot{
		AsOf:     calendar.MustDate("2026-11-23"),
		Horizon:  calendar.MustDate("2027-03-26"),
		Calendar: matching.Calendar{Closed: []calendar.Closure{{From: calendar.MustDate("2026-12-19"), To: calendar.MustDate("2027-01-03"), Name: "Christmas"}}},
		Sites: []matching.Site{
			{ID: "mill", Latitude: new(51.90), Longitude: new(-0.20)},
			{ID: "quay", Latitude: new(51.95), Longitude: new(-0.20)},
		},
		Groups:     townGroups(),
		Pupils:     townPupils(),
		Placements: townPlacements(),
		Referrals: []matching.Referral{
			{
				ID: "r-ada", Pupil: "ada", Reason: "school_refusal", Aim: matching.Reintegration, ReadyFrom: calendar.MustDate("2026-11-30"),
				Wants: matching.Wants{Sessions: 4, Weeks: 6, Groups: []matching.GroupID{"quay-nurture"}},
			},
			{
				ID: "r-fay", Pupil: "fay", Reason: "permanently_excluded", Priority: "statutory",
				Deadline: calendar.MustDate("2026-11-30"), // the sixth school day
			},
		},
		Policy: policy,
	}
}

func townGroups() []matching.Group {
	weeks := &matching.Length{Min: 4, Usual: 6, Max: 12}
	mondays := matching.Starts{Weekdays: []matching.Weekday{matching.Weekday(time.Monday)}}
	monTue, thuFri := calendar.OnDays(time.Monday, time.Tuesday), calendar.OnDays(time.Thursday, time.Friday)
	return []matching.Group{
		{
			ID: "mill-return", Provision: "mill", Site: "mill", Timetable: monTue | thuFri,
			Accepts: matching.Accepts{Years: []int{7, 8, 9}, Needs: []string{"SEMH", "SLCN"}, Refuses: []string{"arson"}},
			Patterns: []matching.Pattern{
				{ID: "all", Sessions: monTue | thuFri}, {ID: "mon-tue", Sessions: monTue}, {ID: "thu-fri", Sessions: thuFri},
			},
			Places: matching.Every(6), Adults: matching.Every(1000), // pupils; thousandths of an adult
			Offers: []string{"english", "maths"}, Weeks: weeks, Starts: mondays,
		},
		{
			ID: "mill-workshop", Provision: "mill", Site: "mill", Zone: "yard", Timetable: thuFri,
			Accepts: matching.Accepts{Years: []int{9, 10, 11}},
			Places:  matching.Every(8), Offers: []string{"construction"}, Approaches: []string{"practical"}, Weeks: weeks, Starts: mondays,
		},
		{
			ID: "quay-nurture", Provision: "quay", Site: "quay", Timetable: monTue,
			Accepts: matching.Accepts{Years: []int{7, 8, 9}, Needs: []string{"SEMH"}},
			Places:  matching.Every(2), Adults: matching.Every(1000), Offers: []string{"english"}, Weeks: weeks, Starts: mondays,
		},
	}
}

func townPupils() []matching.Pupil {
	return []matching.Pupil{
		{
			ID: "ada", Year: 8, Sex: matching.Female, Areas: []string{"Northgate"}, Traits: []string{"anxious_refuser"},
			Needs: []matching.Need{{Code: "SEMH", Must: true}, {Code: "SLCN"}}, Support: "enhanced",
			Latitude: new(51.92), Longitude: new(-0.20), Friends: []matching.PupilID{"dee"},
		},
		{ID: "ben", Year: 9, Sex: matching.Male, Traits: []string{"aggressive"}, Support: "intensive"},
		{ID: "cal", Year: 10, Sex: matching.Male, Areas: []string{"Southgate"}},
		{ID: "dee", Year: 8, Sex: matching.Female},
		{ID: "eli", Year: 7, Sex: matching.Male},
		{
			ID: "fay", Year: 9, Sex: matching.Female, Latitude: new(51.91), Longitude: new(-0.20),
			Unknown: []matching.Fact{matching.FactTraits, matching.FactSupport, matching.FactNeeds},
		},
	}
}

func townPlacements() []matching.Placement {
	autumn := func(id matching.PlacementID, pupil matching.PupilID, group matching.GroupID, pattern matching.PatternID, to string) matching.Placement {
		return matching.Placement{
			ID: id, Pupil: pupil, Group: group, Pattern: pattern, From: calendar.MustDate("2026-09-14"), To: calendar.MustDate(to),
		}
	}
	return []matching.Placement{
		autumn("pl-1", "ben", "mill-return", "mon-tue", "2027-03-26"),
		autumn("pl-2", "cal", "mill-workshop", "all", "2026-12-18"),
		autumn("pl-3", "dee", "quay-nurture", "all", "2027-02-12"),
		autumn("pl-4", "eli", "quay-nurture", "all", "2026-12-11"),
	}
}

// townEngine answers questions about the town.
func townEngine() *matching.Engine {
	engine, err := matching.New(town())
	if err != nil {
		log.Fatal(err)
	}
	return engine
}
