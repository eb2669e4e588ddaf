package text

import (
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

func TestVerdict(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		status           matching.PlanStatus
		objective, bound int
		want             string
	}{
		{matching.PlanOptimal, 500, 500, "No better plan is possible."},
		{matching.PlanOptimal, 0, 0, "No better plan is possible."},
		{matching.PlanFeasible, 84321, 84600, "At most 279 points (0.4%) better is possible."},
		{matching.PlanFeasible, 84321, 84322, "At most 1 point (0.1%) better is possible."},
		{matching.PlanFeasible, 0, 12500, "At most 12,500 points better is possible."},
		{matching.PlanFeasible, -10, 5, "At most 15 points better is possible."},
		{matching.PlanFeasible, 100, 1 << 61, "How much better is possible is not known: the search was stopped too early."},
	} {
		same(t, "verdict", Verdict(&matching.Plan{Status: c.status, Objective: c.objective, Bound: c.bound}), c.want)
	}
}

// A gap is never called smaller than it is.
func TestGap(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		objective, bound int
		want             string
	}{
		{1000, 1000, "0%"}, {0, 0, "0%"}, {1000, 1001, "0.1%"}, {1_000_000, 1_000_001, "0.1%"}, {1000, 1010, "1.0%"},
		{3, 4, "33.4%"}, {100, 250, "150%"}, {1, 5000, "499,900%"}, {0, 5, "not known"}, {-5, 5, "not known"},
	} {
		same(t, "gap", Gap(c.objective, c.bound), c.want)
	}
}

func TestBetween(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]string{
		{"2026-11-30", "2027-01-24", "30 Nov – 24 Jan 2027"},
		{"2026-11-30", "2026-12-02", "30 Nov – 2 Dec 2026"},
		{"2026-11-30", "2027-11-29", "30 Nov – 29 Nov 2027"},
		{"2026-11-30", "2027-11-30", "30 Nov 2026 – 30 Nov 2027"},
		{"2026-11-30", "2026-11-30", "30 Nov 2026 only"},
	} {
		same(t, "between", Between(calendar.MustDate(c[0]), calendar.MustDate(c[1])), c[2])
	}
}

func TestUnlocked(t *testing.T) {
	t.Parallel()
	w := New(&matching.Snapshot{Groups: []matching.Group{{ID: "g", Name: "The Ark", Timetable: calendar.Week}}})
	u := &matching.Unlock{Changes: []matching.Change{{Kind: matching.Waive, Rule: "journey"}}}
	same(t, "read", w.Unlocked("r", u), "Waive the rule “too far”.")
	u.Stay = matching.Stay{Group: "g", Pattern: "all", From: calendar.MustDate("2026-11-30"), To: calendar.MustDate("2026-12-04")}
	same(t, "made", w.Unlocked("r", u), "The Ark, all week, Mon 30 Nov 2026 to Fri 4 Dec 2026: Waive the rule “too far”.")
}

func TestPoints(t *testing.T) {
	t.Parallel()
	same(t, "more", Points(12500), "+12,500")
	same(t, "less", Points(-1500), "-1,500")
	same(t, "none", Points(0), "+0")
	same(t, "spare", Spare(1500)+", "+Spare(0)+", "+Spare(-250), "1.5, 0, 0.25 floating")
}

func TestTook(t *testing.T) {
	t.Parallel()
	p := &matching.Plan{Status: matching.PlanFeasible, Effort: matching.PlanEffort{Nodes: 1, Iterations: 12000, Milliseconds: 1250}}
	same(t, "feasible", Took(p), "searched through 1 node in 12,000 rounds, for 1.2 s")
	p.Status = matching.PlanOptimal
	same(t, "optimal", Took(p), "searched for 1.2 s")
	p.Effort.Milliseconds = 0
	same(t, "not clocked", Took(p), "")
}

func TestShutsOut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		reason matching.Reason
		want   string
	}{
		{matching.Reason{Code: matching.CodePlaces, Class: matching.ByDate, Times: 23, Clears: calendar.MustDate("2027-03-08")},
			"Full (23 options): for at least one of them waiting would lift this, first for a start on Mon 8 Mar 2027."},
		{matching.Reason{Code: matching.CodeNeedsNotMet, Class: matching.ByWaiver, Codes: []string{"PD", "SEMH"}, Times: 1},
			"A need not met, physical disability and social, emotional and mental health (1 option): a waiver would lift this, by somebody with the power and with a reason."},
		{matching.Reason{Code: matching.CodeYearGroup, Class: matching.Never}, "Year group: nothing would lift this."},
	} {
		same(t, "shuts out", ShutsOut(&c.reason), c.want)
	}
}

func TestGiveWay(t *testing.T) {
	t.Parallel()
	two := []matching.ReferralID{"r1", "r2"}
	for _, c := range []struct {
		unplaced matching.Unplaced
		want     string
	}{
		{matching.Unplaced{}, ""},
		{matching.Unplaced{Referrals: two, Cost: &matching.PlanCost{Low: 7, High: 120}}, "For it r1 and r2 would have to give way; that costs the plan from 7 to 120 points."},
		{matching.Unplaced{Referrals: two[:1], Cost: &matching.PlanCost{Low: -9, High: 120}}, "For it r1 would have to give way; that costs the plan at most 120 points."},
		{matching.Unplaced{Cost: &matching.PlanCost{Low: 1, High: 1}}, "To place it costs the plan 1 point."},
		{matching.Unplaced{Referrals: two, Cost: &matching.PlanCost{Low: -9, High: -2}}, ""},
	} {
		same(t, "give way", GiveWay(&c.unplaced), c.want)
	}
}
