package report

import (
	"bytes"
	"testing"

	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

func diffed(t *testing.T, from, to *matching.Plan) string {
	t.Helper()
	var b bytes.Buffer
	s := screen.New(&b)
	PlanDiff(s, from, to, matching.DiffPlans(from, to))
	if err := s.Flush(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestPlanDiff(t *testing.T) {
	t.Parallel()
	stay := func(group matching.GroupID, pattern matching.PatternID, from, to string) matching.Stay {
		return matching.Stay{Group: group, Pattern: pattern, From: calendar.MustDate(from), To: calendar.MustDate(to)}
	}
	in := func(id matching.ReferralID, score int, late bool, stays ...matching.Stay) matching.Assignment {
		return matching.Assignment{Referral: id, Bonus: 500, Score: score, Late: late, Stays: stays}
	}
	a, b := stay("a", "all", "2026-11-30", "2027-01-24"), stay("b", "all", "2026-11-30", "2027-02-21")
	from := &matching.Plan{
		Objective: 4_000, Snapshot: "sha256:1", Moves: []matching.Move{{Placement: "pl1", Group: "b", Pattern: "all", From: a.From}},
		Assignments: []matching.Assignment{in("r1", 700, false, a), in("r2", 700, false, a), in("r3", 700, false, a), in("r4", 700, false, a)},
		Unplaced:    []matching.Unplaced{{Referral: "r5"}, {Referral: "r6"}}, Composition: -50,
	}
	to := &matching.Plan{
		Objective: 4_690, Snapshot: "sha256:2", Moves: []matching.Move{{Placement: "pl2", Group: "b", Pattern: "all", From: a.From}},
		Assignments: []matching.Assignment{
			in("r2", 800, true, a, b), in("r3", 710, false, stay("a", "mon", "2026-11-30", "2027-01-24")),
			in("r4", 690, false, stay("a", "all", "2026-12-07", "2027-01-31")), in("r5", 900, false, b),
		},
		Unplaced: []matching.Unplaced{{Referral: "r1"}, {Referral: "r7"}}, Composition: 40,
	}
	want := `From one plan to another
    4 placed, then 4; objective 4,000, then 4,690.
    The plans are of different snapshots: sha256:1 and sha256:2.

  Lose their place: 1 referral
    referral   first plan                             second plan                             points
    r1         a/all, 30 Nov – 24 Jan 2027            no place                                -1,200

  Gain a place: 1 referral
    referral   first plan                             second plan                             points
    r5         no place                               b/all, 30 Nov – 21 Feb 2027             +1,400

  Go to another group: 1 referral
    referral   first plan                             second plan                             points
    r2         a/all, 30 Nov – 24 Jan 2027            a/all, 30 Nov – 24 Jan 2027 + b/all,      +100
                                                      30 Nov – 21 Feb 2027, late

  Go on other days: 1 referral
    referral   first plan                             second plan                             points
    r3         a/all, 30 Nov – 24 Jan 2027            a/mon, 30 Nov – 24 Jan 2027                +10

  Go from or to another day: 1 referral
    referral   first plan                             second plan                             points
    r4         a/all, 30 Nov – 24 Jan 2027            a/all, 7 Dec – 31 Jan 2027                 -10

  New on the agenda, and not placed: 1 referral
    referral   first plan                             second plan                             points
    r7         not on the agenda                      no place                                    +0

  Not on the agenda any more, and not placed before: 1 referral
    referral   first plan                             second plan                             points
    r6         no place                               not on the agenda                           +0

  Move differently: 2 standing placements
    placement  first plan                             second plan
    pl1        b/all from Mon 30 Nov 2026             stays
    pl2        stays                                  b/all from Mon 30 Nov 2026

  What the difference adds up to
    priority and score     +300  of the referrals above
    composition             +90  friends add, being the only girl or boy takes
    other                  +300  late starts, moves; all else that the plans state
                        ───────
    objective              +690
`
	if got := diffed(t, from, to); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	want = `From one plan to another
    4 placed, then 4; objective 4,000, then 4,000.
    Both place and move alike, at the same objective.
`
	if got := diffed(t, from, from); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
