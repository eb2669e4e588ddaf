package demo_test

import (
	"slices"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/demo"
	"example.org/backontrack/panel/form"
)

// placed are the placements that the panel made, with the ids of their referrals in the snapshot.
func (w *world) placed(t *testing.T) map[matching.ReferralID][]panel.Placement {
	t.Helper()
	all := map[matching.ReferralID][]panel.Placement{}
	for id, stored := range w.loaded.Referrals {
		list, err := w.Placements(asOperator(t), panel.PlacementFilter{Referral: stored})
		if err != nil {
			t.Fatal(err)
		}
		all[id] = list
	}
	return all
}

func (w *world) referral(t *testing.T, id matching.ReferralID) panel.Referral {
	t.Helper()
	r, err := w.Referral(asOperator(t), w.loaded.Referrals[id])
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// began tells whether the pupil has begun, and did so by this placement and not by one before a move.
func began(p panel.Placement) bool { return p.Started != 0 && p.MovedFrom == "" }

// Each provision has met the pupil, who says something, before it accepts; the one that
// declines says why in a code and words, and its referral is decided again.
func TestW4_visitThenAcceptOrDecline(t *testing.T) {
	t.Parallel()
	w := term(t)
	accepted := 0
	for id, list := range w.placed(t) {
		for _, p := range list {
			if p.State != panel.Declined && p.State != panel.Withdrawn && p.State != panel.Offered {
				accepted++
				if p.Visit.On == 0 || p.Visit.Pupil == "" || p.Visit.Wants == "" || p.Visit.On > max(p.From, p.Visit.On) {
					t.Errorf("%s: accepted without a visit: %+v", id, p.Visit)
				}
			}
		}
	}
	if accepted < 30 {
		t.Errorf("%d placements were accepted", accepted)
	}
	no := w.placement(t, w.held.Declined)
	same(t, "code", no.Answer.Code, "staffing")
	if len(no.Answer.Text) < panel.LeastReason {
		t.Error("no words")
	}
	again := w.held.Decisions["r13"]
	same(t, "decisions", len(again), 2)
	same(t, "supersedes", again[1].Supersedes, again[0].ID)
	same(t, "chair's action", again[1].Meeting, "")
	ratified := w.held.SecondOnes.Ratified
	if len(ratified) != 1 || ratified[0].Decision != again[1].ID || !ratified[0].Ratified {
		t.Errorf("the chair's action was not ratified: %+v", ratified)
	}
}

// schoolDayFrom is the first school day that is not before a day.
func schoolDayFrom(d calendar.Date) calendar.Date {
	for days := demo.Year().Days(d, d+60); !days.Open(d); {
		d++
	}
	return d
}

// A stay of a week or more is reviewed after one week and then fortnightly, with the
// parents at its start, and what was due by the end of term was held on the day.
func TestW5_reviewsOfTheTerm(t *testing.T) {
	t.Parallel()
	w := term(t)
	reviewed := 0
	for id, list := range w.placed(t) {
		for _, p := range list {
			reviews, err := w.Reviews(asOperator(t), p.ID)
			if err != nil {
				t.Fatal(err)
			}
			if p.State != panel.Started || !began(p) || p.To-p.Started < 42 {
				continue
			}
			reviewed++
			kinds := map[string][]calendar.Date{}
			for _, r := range reviews {
				kinds[r.Kind] = append(kinds[r.Kind], r.Due)
				if due := r.Due != 0 && r.Due <= date("2026-12-18"); due != (r.Held != 0) || due && (r.Held != r.Due || r.Parents == "" || r.Pupils == "") {
					t.Errorf("%s: review %s due %s, held %s", id, r.Kind, r.Due, r.Held)
				}
			}
			same(t, string(id)+": meetings with the parents at the start", len(kinds["start_meeting"]), 1)
			same(t, string(id)+": at the end", len(kinds["end_meeting"]), 1)
			same(t, string(id)+": final", len(kinds["final"]), 1)
			if len(kinds["first_week"]) != 1 || kinds["first_week"][0] != p.Started+7 {
				t.Errorf("%s: began %s, first review %v", id, p.Started, kinds["first_week"])
			}
			if len(kinds["fortnightly"]) == 0 || kinds["fortnightly"][0] != schoolDayFrom(p.Started+21) {
				t.Errorf("%s: began %s, then reviewed %v", id, p.Started, kinds["fortnightly"])
			}
		}
	}
	if reviewed < 15 {
		t.Errorf("%d stays were looked at", reviewed)
	}
}

// Rivals are paired on purpose: the rule, who owns the risk, what is done about it and
// when it is looked at again are on record, and somebody else than the chair approved it.
func TestR9_plannedExceptionTakesASecondPerson(t *testing.T) {
	t.Parallel()
	w := term(t)
	d := w.held.Decisions["r19"][0]
	i := slices.IndexFunc(w.held.Minutes.Items, func(item panel.MinutesItem) bool { return item.Referral == d.Referral })
	waivers := w.held.Minutes.Items[i].Decisions[0].Waivers
	if len(waivers) != 1 || len(d.Waivers[0].Pupils) != 1 {
		t.Fatalf("%d waivers, about %d others", len(waivers), len(d.Waivers[0].Pupils))
	}
	v := waivers[0]
	same(t, "rule", v.Rule, matching.CodeRivalAreas)
	same(t, "for safety", v.Safety, true)
	same(t, "approved by", v.Approver, "Lionel Brandreth")
	if v.Owner == "" || v.Mitigation == "" || v.Text == "" || v.ReviewBy != date("2026-12-14") {
		t.Errorf("not in full: %+v", v)
	}
	ledger, err := w.Overrides(asOperator(t), date("2026-11-23"), date("2026-12-18"))
	if err != nil {
		t.Fatal(err)
	}
	same(t, "waivers in the ledger", len(ledger.ByRule), 1)
	same(t, "decisions in the ledger", ledger.Decisions, 32)
}

// The girl who was placed at the forge goes on at the kiln of the same provision, with
// the end as it was.
func TestW6_moveWithinTheProvision(t *testing.T) {
	t.Parallel()
	w := term(t)
	now := w.placement(t, w.held.Moved)
	before := w.placement(t, now.MovedFrom)
	same(t, "from", string(before.Group), "craft-forge-a")
	same(t, "to", string(now.Group), "craft-kiln-a")
	same(t, "provision", now.Organisation, before.Organisation)
	if now.Site == before.Site {
		t.Error("the same site")
	}
	same(t, "goes on", now.State, panel.Started)
	same(t, "last day at the forge", before.To, now.From-1)
	same(t, "the end", now.To, w.held.Decisions["r01"][0].Stays[0].To)
}

// The two days away end with a meeting, a sheet for every teacher and one with those who
// were harmed, and somebody looks again later where the pupil went.
func TestW7_M6_returnDestinationAndFollowUp(t *testing.T) {
	t.Parallel()
	p := term(t).placement(t, term(t).held.Ended)
	same(t, "state", p.State, panel.FollowedUp)
	same(t, "ended", p.Ended, date("2026-11-25"))
	same(t, "why", p.EndReason, panel.Reintegrate)
	same(t, "destination", p.Destination, panel.ToHomeSchool)
	for what, d := range map[string]calendar.Date{"meeting": p.Return.Meeting, "strategy sheet": p.Return.StrategySheet, "restorative": p.Return.Restorative} {
		same(t, what, d, p.Ended)
	}
	same(t, "followed up", p.Return.FollowUp, date("2026-12-11"))
	same(t, "still there", p.Return.StillThere, "yes")
}

// Whoever has begun had each document of the start at the centre by then, the workbook of
// the length of the stay among them, and work agreed with the home school; and nobody
// begins while the form leaves open what a start needs.
func TestD4_W8_W9_nobodyBeginsWithout(t *testing.T) {
	t.Parallel()
	w := term(t)
	books := map[form.DocumentKind]int{}
	for id, list := range w.placed(t) {
		r := w.referral(t, id)
		documents, err := w.Documents(asOperator(t), r.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range list {
			if !began(p) {
				continue
			}
			var held []form.DocumentKind
			for _, d := range documents {
				if d.Received != 0 && d.Received <= p.Started {
					held = append(held, d.Kind)
				}
			}
			for _, kind := range []form.DocumentKind{
				"pupil_passport", "risk_assessment", "support_plan", "handling_plan", "safeguarding_access", "safeguarding_concerns", "home_contact",
			} {
				if !slices.Contains(held, kind) {
					t.Errorf("%s: began without %s", id, kind)
				}
			}
			for _, book := range []form.DocumentKind{"workbook", "workbook_light"} {
				if slices.Contains(held, book) {
					books[book]++
				}
			}
			if roll, _ := r.Form.Code("referral.roll"); roll != "single" {
				english, _ := r.Form.YesNo("agreed.work_english")
				maths, _ := r.Form.YesNo("agreed.work_maths")
				same(t, string(id)+": work agreed", english && maths, true)
			}
		}
	}
	same(t, "light workbooks, for the two days", books["workbook_light"], 1)
	same(t, "workbooks", books["workbook"], w.held.Starts-1)
	waits := w.placement(t, w.held.Waits)
	same(t, "accepted and waiting", waits.State, panel.Accepted)
	staff := panel.As(t.Context(), panel.Caller{Person: demo.StaffAt(waits.Organisation)})
	_, err := w.Start(staff, waits.ID, waits.Version, waits.From)
	same(t, "start", panel.KindOf(err), panel.Incomplete)
	same(t, "what is missing", told(err), "/answers/agencies.care_home: unknown\n")
}

// Each step of the way has its day, so that timescales can be counted; whoever the law
// gives a date began by it, but for the one for whom there is no place.
func TestM5_timescalesAreOnRecord(t *testing.T) {
	t.Parallel()
	w := term(t)
	statutory := map[matching.ReferralID]bool{}
	for id, list := range w.placed(t) {
		r := w.referral(t, id)
		d := w.held.Decisions[id][0]
		if r.Received == 0 || r.Received > d.Day || d.Day != date("2026-11-23") {
			t.Errorf("%s: received %s, decided %s", id, r.Received, d.Day)
		}
		deadline, lawful := r.Form.Date("referral.deadline")
		for _, p := range list {
			if began(p) && p.Started < d.Day {
				t.Errorf("%s: began before it was decided", id)
			}
			if lawful && p.Started != 0 && p.Started <= deadline {
				statutory[id] = true
			}
		}
		if lawful && !statutory[id] && id != "r29" {
			t.Errorf("%s: not begun by the day that the law gives", id)
		}
	}
	same(t, "begun in time", len(statutory), 3)
}

// A placement that broke down says why, and where the pupil went.
func TestM7_breakdownHasItsReason(t *testing.T) {
	t.Parallel()
	w := term(t)
	p := w.placement(t, w.held.BrokeDown)
	same(t, "why", p.EndReason, panel.Breakdown)
	same(t, "where to", p.Destination, panel.ToNone)
	if len(p.EndText) < panel.LeastReason {
		t.Error("no words")
	}
	same(t, "the referral", w.referral(t, "r15").State, panel.Closed)
}
