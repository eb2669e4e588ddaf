package matching_test

import (
	"context"
	"testing"

	"example.org/backontrack/matching"
)

// What the rules and scores of the requirements mean for several who are placed at once.

// seated plans a small snapshot of one site, and gives each referral's group and pattern.
func seated(t *testing.T, o matching.PlanOptions, groups, pupils, rest string) map[matching.ReferralID]string {
	t.Helper()
	s := planRead(t, slowSnapshotText("", groups, pupils, rest))
	p := planOf(t, s, o)
	if p.Status != matching.PlanOptimal {
		t.Errorf("not proven: %d of %d", p.Objective, p.Bound)
	}
	seats := map[matching.ReferralID]string{}
	for _, a := range p.Assignments {
		seats[a.Referral] = string(a.Stays[0].Group + "/" + matching.GroupID(a.Stays[0].Pattern))
	}
	return seats
}

const onOneDay = `"starts": {"dates": ["2026-11-23"]}`

func TestR1_S6_planGivesTheOnlyPlaceToTheMostPressing(t *testing.T) {
	t.Parallel()
	seats := seated(t, matching.PlanOptions{}, `{"id": "g", "site": "s", "timetable": ["mon-am"], "places": 1, `+onOneDay+`}`,
		`{"id": "a", "year": 8}, {"id": "b", "year": 8}`,
		`"referrals": [{"id": "ra", "pupil": "a", "priority": "routine"}, {"id": "rb", "pupil": "b", "priority": "statutory"}]`)
	if len(seats) != 1 || seats["rb"] == "" {
		t.Errorf("got %v", seats)
	}
}

func TestR1_planLeavesTheOnlyGroupToWhoHasNoOther(t *testing.T) {
	t.Parallel()
	seats := seated(t, matching.PlanOptions{},
		`{"id": "both", "site": "s", "timetable": ["mon-am"], "places": 1, `+onOneDay+`},
		{"id": "older", "site": "s", "timetable": ["mon-am"], "places": 1, "accepts": {"years": [10]}, `+onOneDay+`}`,
		`{"id": "a", "year": 10}, {"id": "b", "year": 8}`,
		`"referrals": [{"id": "ra", "pupil": "a", "wants": {"groups": ["both"]}}, {"id": "rb", "pupil": "b"}]`)
	if seats["ra"] != "older/all" || seats["rb"] != "both/all" {
		t.Errorf("got %v", seats)
	}
}

func TestR4_R8_planPartsRivalsByTime(t *testing.T) {
	t.Parallel()
	seats := seated(t, matching.PlanOptions{}, `{"id": "g", "site": "s", "timetable": ["mon-am", "tue-am"], `+onOneDay+`,
		"patterns": [{"id": "mon", "sessions": ["mon-am"]}, {"id": "tue", "sessions": ["tue-am"]}, {"id": "both", "sessions": ["mon-am", "tue-am"]}]}`,
		`{"id": "a", "year": 8, "areas": ["N17"]}, {"id": "b", "year": 8, "areas": ["N22"]}`,
		`"policy": {"separations": [{"code": "rival_areas", "scope": "site", "rivals": [["N17", "N22"]]}]},
		"referrals": [{"id": "ra", "pupil": "a"}, {"id": "rb", "pupil": "b"}]`)
	if len(seats) != 2 || seats["ra"] == seats["rb"] || seats["ra"] == "g/both" || seats["rb"] == "g/both" {
		t.Errorf("got %v", seats)
	}
}

func TestS5_planSeatsFriendsTogether(t *testing.T) {
	t.Parallel()
	group := func(id string) string {
		return `{"id": "` + id + `", "site": "s", "timetable": ["mon-am"], "places": 4, ` + onOneDay + `}`
	}
	seats := seated(t, matching.PlanOptions{}, group("g")+","+group("h"),
		`{"id": "a", "year": 8, "friends": ["b"]}, {"id": "b", "year": 8}`,
		`"policy": {"composition": {"friend": 500}},
		"referrals": [{"id": "ra", "pupil": "a", "wants": {"groups": ["g"]}}, {"id": "rb", "pupil": "b", "wants": {"groups": ["h"]}}]`)
	if len(seats) != 2 || seats["ra"] != seats["rb"] {
		t.Errorf("got %v", seats)
	}
}

func TestW3_planKeepsToWhatThePanelDecided(t *testing.T) {
	t.Parallel()
	s := planRead(t, slowSnapshotText("", `{"id": "g", "site": "s", "timetable": ["mon-am"], "places": 1, `+onOneDay+`}`,
		`{"id": "a", "year": 8}, {"id": "b", "year": 8}`,
		`"referrals": [{"id": "ra", "pupil": "a", "priority": "routine"}, {"id": "rb", "pupil": "b", "priority": "statutory"}]`))
	planner := lawEngine(t, s).Planner(0)
	free, err := planner.Plan(context.Background(), matching.PlanOptions{})
	if err != nil {
		t.Fatal(err)
	}
	kept, err := planner.Plan(context.Background(), matching.PlanOptions{Fixed: []matching.Choice{{Referral: "ra", Stays: free.Assignments[0].Stays}}})
	if err != nil {
		t.Fatal(err)
	}
	if len(kept.Assignments) != 1 || kept.Assignments[0].Referral != "ra" || kept.Objective >= free.Objective || kept.Status != matching.PlanOptimal {
		t.Errorf("decided: %s; free: %s", lawJSON(t, kept), lawJSON(t, free))
	}
}
