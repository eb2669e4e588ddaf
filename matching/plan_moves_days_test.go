package matching_test

import (
	"testing"

	"example.org/backontrack/matching"
)

// Plans that others found better than those once said to be optimal.
const (
	moveOnALaterDay = `{"format": "placement-snapshot/1",
"as_of": "2026-11-23",
"horizon": "2026-12-18",
"calendar": {"sessions": ["mon-am", "mon-pm", "tue-am", "tue-pm"]},
"sites": [
{"id": "s0", "floating_adults": {"mon-pm": 300, "tue-am": 300, "tue-pm": 100}},
{"id": "s1"}],
"groups": [
{"id": "g0", "provision": "pa", "site": "s0", "zone": "z2", "name": "G0", "timetable": ["tue-am", "tue-pm"], "patterns": [{"id": "all", "sessions": ["tue-am", "tue-pm"]}, {"id": "one", "sessions": ["tue-am"]}], "places": 3, "open": {"from": "2026-09-07", "to": "2026-12-18"}, "weeks": {"min": 1, "usual": 4, "max": 4}, "registered": false, "adults": 250},
{"id": "g1", "provision": "pa", "site": "s0", "zone": "main", "name": "G1", "timetable": ["tue-am", "tue-pm"], "patterns": [{"id": "all", "sessions": ["tue-am", "tue-pm"]}], "places": 3, "open": {"from": "2026-09-07", "to": "2026-12-18"}, "weeks": {"min": 1, "usual": 4, "max": 4}, "registered": false, "adults": 125, "limits": [{"trait": "hr", "max": 1}]}],
"pupils": [
{"id": "p0", "year": 8, "sex": "M", "areas": ["B", "A"], "traits": [], "support": "standard", "friends": ["p5"]},
{"id": "p1", "year": 9, "sex": "U", "areas": [], "traits": [], "support": "enhanced", "ehcp": true},
{"id": "p2", "year": 9, "sex": "U", "areas": [], "traits": ["agg"], "support": "standard", "care_home": "c2"},
{"id": "p3", "year": 5, "sex": "U", "areas": ["C"], "traits": [], "support": "standard", "ehcp": true},
{"id": "p4", "year": 9, "sex": "F", "areas": ["A", "C"], "traits": ["agg", "hr"], "support": "standard", "care_home": "c1", "ehcp": true, "busy": ["mon-pm"]},
{"id": "p5", "year": 8, "sex": "M", "areas": [], "traits": ["agg", "anx"], "support": "standard"}],
"keep_apart": [],
"placements": [
{"id": "pl0", "pupil": "p0", "group": "g0", "pattern": "all", "from": "2026-11-18", "to": "2026-12-06", "movable": true},
{"id": "pl1", "pupil": "p1", "group": "g0", "pattern": "one", "from": "2026-09-14", "to": "2026-12-06", "movable": true},
{"id": "pl2", "pupil": "p2", "group": "g1", "pattern": "all", "from": "2026-11-30", "to": "2026-12-18", "movable": true}],
"referrals": [
{"id": "r0", "pupil": "p3", "received": "2026-11-09", "reason": "x", "priority": "statutory", "aim": "respite", "ready_from": "2026-11-26", "wants": {"weeks": 3}, "given": {"g0": {"score": 500}, "g1": {"score": 0}}},
{"id": "r1", "pupil": "p0", "received": "2026-11-09", "reason": "x", "priority": "urgent", "aim": "respite", "deadline": "2026-11-24", "wants": {"weeks": 1}, "given": {"g0": {"score": 900}, "g1": {"score": 100, "adult_demand": 100}}}],
"policy": {"support": {"standard": 125, "enhanced": 200}, "full_time_sessions": 8, "late_penalty": 2000, "move_cost": 50, "composition": {"friend": 40, "alone": 120}, "package": {"max_groups": 1}, "separations": [{"code": "rival_areas", "scope": "zone", "rivals": [["A", "B"]]}, {"code": "care_home_peers", "scope": "zone"}, {"code": "anx_agg", "scope": "zone", "traits": ["anx", "agg"]}], "starts_per_group": 2}}`
	moveFromBusy = `{"format": "placement-snapshot/1",
"as_of": "2026-11-23",
"horizon": "2026-12-18",
"calendar": {"sessions": ["mon-am", "mon-pm", "tue-am", "tue-pm"], "closed": [{"from": "2026-11-30", "to": "2026-12-01", "name": "x"}]},
"sites": [
{"id": "s0", "floating_adults": {"mon-am": 200, "mon-pm": 200, "tue-am": 200, "tue-pm": 300}},
{"id": "s1"}],
"groups": [
{"id": "g0", "provision": "pa", "site": "s0", "zone": "main", "name": "G0", "timetable": ["mon-am", "mon-pm", "tue-am", "tue-pm"], "patterns": [{"id": "all", "sessions": ["mon-am", "mon-pm", "tue-am", "tue-pm"]}, {"id": "one", "sessions": ["mon-am"]}], "places": {"mon-am": 3, "mon-pm": 3, "tue-am": 3, "tue-pm": 1}, "open": {"from": "2026-09-07", "to": "2026-12-18"}, "weeks": {"min": 1, "usual": 1, "max": 4}, "registered": true, "limits": [{"trait": "hr", "max": 1}]},
{"id": "g1", "provision": "pa", "site": "s0", "zone": "z2", "name": "G1", "timetable": ["mon-am", "mon-pm", "tue-am", "tue-pm"], "patterns": [{"id": "all", "sessions": ["mon-am", "mon-pm", "tue-am", "tue-pm"]}, {"id": "one", "sessions": ["mon-am"]}], "places": 3, "open": {"from": "2026-09-07", "to": "2026-12-18"}, "weeks": {"min": 1, "usual": 1, "max": 4}, "registered": false, "adults": 400, "limits": [{"trait": "hr", "max": 1}]}],
"pupils": [
{"id": "p0", "year": 5, "sex": "M", "areas": ["A"], "traits": [], "support": "standard", "care_home": "c2", "busy": ["mon-pm"], "friends": ["p4"]},
{"id": "p1", "year": 5, "sex": "F", "areas": [], "traits": ["agg"], "support": "standard", "busy": ["mon-pm"], "friends": ["p0"]},
{"id": "p2", "year": 5, "sex": "U", "areas": ["C"], "traits": ["anx", "hr"], "support": "enhanced"},
{"id": "p3", "year": 5, "sex": "U", "areas": ["A"], "traits": ["hr"], "support": "enhanced", "friends": ["p4"]},
{"id": "p4", "year": 9, "sex": "M", "areas": [], "traits": [], "support": "standard"}],
"keep_apart": [{"pupils": ["p1", "p3"], "scope": "zone", "until": "2026-12-01", "reason": "f"}],
"placements": [
{"id": "pl0", "pupil": "p0", "group": "g1", "pattern": "all", "from": "2026-11-30", "to": "2026-12-06", "movable": true},
{"id": "pl1", "pupil": "p1", "group": "g1", "pattern": "all", "from": "2026-11-18", "to": "2026-11-29", "movable": true}],
"referrals": [
{"id": "r0", "pupil": "p2", "received": "2026-11-09", "reason": "x", "priority": "statutory", "aim": "respite", "wants": {"weeks": 1}, "given": {"g0": {"score": 0, "adult_demand": 100}, "g1": {"score": 100}}, "own_adult": true},
{"id": "r1", "pupil": "p3", "received": "2026-11-09", "reason": "x", "priority": "statutory", "aim": "respite", "deadline": "2026-11-30", "wants": {"weeks": 3}, "given": {"g0": {"score": 0}, "g1": {"score": 100}}}],
"policy": {"support": {"standard": 125, "enhanced": 200}, "full_time_sessions": 8, "late_penalty": 2000, "move_cost": 0, "composition": {"friend": 400, "alone": 1000}, "package": {"max_groups": 1}, "separations": [{"code": "rival_areas", "scope": "zone", "rivals": [["A", "B"]]}, {"code": "care_home_peers", "scope": "group"}, {"code": "anx_agg", "scope": "group", "traits": ["anx", "agg"]}], "starts_per_group": 1}}`
)

// A move may wait until long after the first new start, and mend a seat at a busy session though no session is left of it.
func TestPlanMoves_everyDay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		snapshot string
		want     int
	}{{moveOnALaterDay, 3850}, {moveFromBusy, 6200}} {
		s := planRead(t, []byte(c.snapshot))
		p := planOf(t, s, matching.PlanOptions{Moves: 2})
		movesHold(t, s, p, 2)
		if p.Objective != c.want || p.Status != matching.PlanOptimal {
			t.Errorf("%s with %d, want %d", p.Status, p.Objective, c.want)
		}
	}
}
