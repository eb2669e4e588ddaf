package report

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// school is a world with two groups, of which one is all but full.
func school(t *testing.T) *matching.Engine {
	t.Helper()
	monday, day := calendar.MustDate("2026-11-23"), calendar.MustDate
	s := &matching.Snapshot{
		AsOf: monday, Horizon: day("2027-07-16"), Sites: []matching.Site{{ID: "s"}},
		Groups: []matching.Group{
			{ID: "a", Site: "s", Name: "Ark", Timetable: calendar.Of(calendar.MonAM, calendar.TueAM), Places: matching.Every(4), Adults: matching.Every(500)},
			{ID: "b", Site: "s", Name: "Barn", Timetable: calendar.Of(calendar.WedAM), Adults: matching.Every(1000)},
			{ID: "c", Site: "s", Name: "Croft", Timetable: calendar.Of(calendar.ThuAM), Places: matching.Every(3)},
		},
		Policy: matching.DefaultPolicy(),
	}
	for i := range 6 {
		s.Pupils = append(s.Pupils, matching.Pupil{ID: matching.PupilID(fmt.Sprint("p", i)), Year: 8, Sex: matching.Female})
	}
	s.Pupils[5].Unknown = []matching.Fact{matching.FactSupport}
	s.Placements = []matching.Placement{
		{ID: "pl0", Pupil: "p0", Group: "a", From: monday, To: day("2027-03-05"), Movable: true},
		{ID: "pl1", Pupil: "p1", Group: "a", From: monday, To: day("2027-03-05"), OwnAdult: true},
		{ID: "pl2", Pupil: "p2", Group: "a", From: monday, To: day("2026-11-27")}, // has gone before anybody comes
		{ID: "pl3", Pupil: "p3", Group: "a", From: day("2027-01-05"), To: day("2027-01-05")},
		{ID: "pl4", Pupil: "p1", Group: "c", From: monday, To: day("2027-07-16")},
	}
	s.Referrals = []matching.Referral{
		{ID: "r1", Pupil: "p4", Priority: "urgent"}, {ID: "r2", Pupil: "p5", Priority: "statutory"}, {ID: "r3", Pupil: "p3"},
	}
	e, err := matching.New(s)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func written(t *testing.T, e *matching.Engine, p *matching.Plan, asked Asked) string {
	t.Helper()
	var b bytes.Buffer
	s := screen.New(&b)
	if err := New(s, e).Plan(e, p, asked); err != nil {
		t.Fatal(err)
	}
	if err := s.Flush(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestPlan(t *testing.T) {
	t.Parallel()
	day := calendar.MustDate
	stay := func(g matching.GroupID, from, to string) matching.Stay {
		return matching.Stay{Group: g, Pattern: "all", From: day(from), To: day(to)}
	}
	p := &matching.Plan{
		Status: matching.PlanFeasible, Objective: 5_390, Bound: 5_500, Snapshot: "sha256:0123456789abcdef", Composition: 40,
		Effort: matching.PlanEffort{Nodes: 7, Iterations: 1},
		Assignments: []matching.Assignment{
			{Referral: "r1", Bonus: 1500, Score: 700, Stays: []matching.Stay{stay("a", "2026-11-30", "2027-02-26"), stay("b", "2026-11-30", "2027-02-26")}},
			{Referral: "r2", Bonus: 3000, Score: 800, Late: true, Stays: []matching.Stay{stay("a", "2026-11-30", "2027-01-29")}},
		},
		Moves: []matching.Move{{Placement: "pl0", Group: "b", Pattern: "all", From: day("2026-11-30")}},
		Unplaced: []matching.Unplaced{{
			Referral: "r3", Reasons: []matching.Reason{{Code: matching.CodePlaces, Class: matching.ByDate, Times: 2}},
			Unlock: []matching.Unlock{{Changes: []matching.Change{{Kind: matching.Wait, From: day("2027-03-08")}}, Stay: stay("a", "2027-03-08", "2027-04-16")}},
		}},
	}
	got := written(t, school(t), p, Asked{Flags: []string{"--moves 1"}})
	want := `A plan for 3 referrals on Mon 23 Nov 2026, in 3 groups
    2 of 3 placed, 5,390 points. At most 110 points (2.1%) better is possible.
    Asked with --moves 1.
    Policy default; snapshot sha256:0123456789ab…; searched through 7 nodes in 1 round.

    statutory  █  1 of 1 placed
    urgent     █  1 of 1 placed
    routine    ·  0 of 1 placed

  Placed: 2 referrals
    referral  group  days               from – to             priority  score  late  points
    r1        Ark    Mon am and Tue am  30 Nov – 26 Feb 2027    +1,500    700     –   2,200
              a
    with      Barn   Wed am             30 Nov – 26 Feb 2027
              b · A girl in Year 8 · urgent
    r2        Ark    Mon am and Tue am  30 Nov – 29 Jan 2027    +3,000    800  -500   3,300
              a · A girl in Year 8 · statutory

  Moved: 1 standing placement
    placement  pupil  from                        to                        days    first day
    pl0        p0     Ark (a), Mon am and Tue am  Barn (b)                  Wed am  Mon 30 Nov 2026

  Not placed: 1 referral
    r3 A girl in Year 8 · routine
      Possible by itself: Barn (b), where the plan has r1; Croft (c); Ark (a), where the plan has r1
        and r2.
      • Full (2 options): for at least one of them waiting would lift this.
      → Ark, Mon am and Tue am, Mon 8 Mar 2027 to Fri 16 Apr 2027: Wait until Mon 8 Mar 2027.
    More about one of them: panel rank --referral r3 --unlock

  How full the groups then are, when they are fullest
    █ there already ▒ new with this plan · free
    group            pupils  places left  adults left
    Ark    ██▒▒  2 + 2 of 4         full         0.05
    Barn   ▒▒         0 + 2     no limit         0.75
    1 group gets nobody new. Places left there at all times: c 2.

  What it adds up to
    priority      +4,500  what each priority is worth
    score         +1,500  how well they fit, by the policy's weights
    late start      -500  1 start after the deadline
    composition      +40  friends add, being the only girl or boy takes
    moves           -150  1 standing placement re-seated
                 ───────
    objective      5,390  At most 110 points (2.1%) better is possible.
    bound          5,500  proven: no plan has more
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Whom the panel leaves is not said to have lost a place; and of many reasons the first are told.
func TestPlan_left(t *testing.T) {
	t.Parallel()
	reasons := make([]matching.Reason, reasonsTold+2)
	for i := range reasons {
		reasons[i] = matching.Reason{Code: matching.CodeJourney, Class: matching.ByWaiver, Times: 80 + i}
	}
	p := &matching.Plan{Status: matching.PlanOptimal, Unplaced: []matching.Unplaced{{Referral: "r1"}, {Referral: "r2", Reasons: reasons}, {Referral: "r3"}}}
	got := written(t, school(t), p, Asked{Left: []matching.ReferralID{"r1"}})
	for _, want := range []string{
		"Placed: 0 referrals\n", "No better plan is possible.",
		"r1 A girl in Year 8 · urgent\n      Left without a place, as was asked.\n",
		"• Too far (80 options): for at least one of them a waiver would lift this, by", "• Too far (84 options)", "and 2 more reasons in the JSON\n",
		"Not placed: 3 referrals\n    r2 ", // statutory first
		"panel rank --referral r2 --unlock\n",
		"3 groups get nobody new. Places left there at all times: c 2, a 1.\n",
		"objective        0  No better plan is possible.\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("want %q in\n%s", want, got)
		}
	}
	p.Unplaced = []matching.Unplaced{{Referral: "r1"}}
	if got := written(t, school(t), p, Asked{Left: []matching.ReferralID{"r1"}}); strings.Contains(got, "panel rank") {
		t.Errorf("nothing to be found out in\n%s", got)
	}
	if strings.Contains(got, "(85 options)") || strings.Contains(got, "bound") {
		t.Errorf("too much in\n%s", got)
	}
}

func TestMoment_bar(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		standing, added, places int
		want                    string
	}{
		{2, 1, 5, "██▒··"}, {0, 0, 2, "··"}, {3, 2, 0, "███▒▒"}, {3, 0, 2, "███"},
		{30, 10, 40, "███████████████▒▒▒▒▒"}, {1, 1, 100, "█···················"},
	} {
		m := moment{standing: c.standing, added: c.added, places: c.places}
		if got := m.bar(); got != c.want {
			t.Errorf("%+v: got %s, want %s", c, got, c.want)
		}
	}
}
