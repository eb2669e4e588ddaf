package panel_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/audit"
	"example.org/backontrack/panel/form"
)

// TestDecide_aKeyIsOfOneRequest: the same request gets the same decision, another one a
// refusal, and other people's keys are theirs.
func TestDecide_aKeyIsOfOneRequest(t *testing.T) {
	t.Parallel()
	onAMonday(t, func(w *mondayWorld) {
		p := w.standing("ref-c", "workshop", 1, 11)
		in := panel.DecisionInput{
			Referral: "ref-c", Outcome: panel.Extend, Placement: p.ID, To: w.day(18), RequestKey: "key",
			Reason: panel.Reason{Code: "progress", Text: longEnough},
		}
		first := must(w.Decide(w.as(theChair), in))(w.T)
		again := must(w.Decide(w.as(theChair), in))(w.T)
		if again.Decision.ID != first.Decision.ID {
			w.Errorf("the same request made another decision")
		}
		other := in
		other.To = w.day(25)
		_, err := w.Decide(w.as(theChair), other)
		w.wantKind("another request with the key", err, panel.Conflict)
		if got := must(w.Placement(w.as(theOfficer), p.ID))(w.T).To; got != w.day(18) {
			w.Errorf("the placement ends on %v, want %v", got, w.day(18))
		}
		theirs := must(w.Decide(w.as(theDeputy), other))(w.T)
		if theirs.Decision.ID == first.Decision.ID || theirs.Decision.By != theDeputy {
			w.Errorf("somebody else's request with the same key: %+v", theirs.Decision)
		}
	})
}

// TestDecide_aRepeatIsAReadByWhoeverMayStill: and the journal has it.
func TestDecide_aRepeatIsAReadByWhoeverMayStill(t *testing.T) {
	t.Parallel()
	onAMonday(t, func(w *mondayWorld) {
		in := panel.DecisionInput{
			Referral: "ref-c", Outcome: panel.Place, Stays: w.stay("workshop", 1, 11), RequestKey: "key",
			Reason: panel.Reason{Code: "local_knowledge", Text: longEnough},
		}
		made := must(w.Decide(w.as(theChair), in))(w.T).Decision
		must(w.Decide(w.as(theChair), in))(w.T)
		all := w.journal()
		last := all[len(all)-1]
		if want := (audit.Entry{Verb: "read", Noun: "decision", Subject: string(made.ID), Actor: string(theChair), Pupils: []string{"alias-ref-c"}}); last.Verb != want.Verb ||
			last.Noun != want.Noun || last.Subject != want.Subject || last.Actor != want.Actor || !cmp.Equal(last.Pupils, want.Pupils) {
			w.Errorf("the journal ends with %+v, want %+v", last, want)
		}
		w.update(func(tx panel.Tx) error {
			p, err := tx.People().Get(theChair)
			if err != nil {
				return err
			}
			p.Grants = []panel.Grant{{Role: panel.RoleSchool, Organisation: "elm"}}
			return tx.People().Put(&p)
		})
		_, err := w.Decide(w.as(theChair), in)
		w.wantKind("somebody who chairs no longer", err, panel.Forbidden)
	})
}

// apartFromD is a world in which ref-c cannot be where ref-d is but by a waiver that
// somebody approves.
func apartFromD(w *mondayWorld) {
	w.update(func(tx panel.Tx) error {
		return tx.People().Add(&panel.Person{
			ID: "p-approver", SignIn: "p-approver", Name: "Abe Approver", Grants: []panel.Grant{{Role: panel.RoleApprover}},
		})
	})
	must(w.act("ref-d", "workshop", 14, 60))(w.T)
	w.keepApart("ref-c", "ref-d")
}

// TestR9_anApprovedWaiverIsForWhatWasApproved: these stays, these papers, this occasion,
// until the day of its review, and no words but those that were approved.
func TestR9_anApprovedWaiverIsForWhatWasApproved(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		since func(*mondayWorld, *panel.DecisionInput)
		want  panel.Kind
	}{
		"as it was approved":         {func(*mondayWorld, *panel.DecisionInput) {}, ""},
		"the day before its review":  {func(w *mondayWorld, _ *panel.DecisionInput) { w.later(6) }, ""},
		"on the day of its review":   {func(w *mondayWorld, _ *panel.DecisionInput) { w.later(7) }, panel.NeedsApproval},
		"for a longer stay":          {func(w *mondayWorld, in *panel.DecisionInput) { in.Stays = w.stay("workshop", 14, 29) }, panel.NeedsApproval},
		"once the papers are others": {func(w *mondayWorld, _ *panel.DecisionInput) { w.attach("ref-c", digestA) }, panel.NeedsApproval},
		"with somebody more concerned": {func(w *mondayWorld, _ *panel.DecisionInput) {
			must(w.act("ref-b", "workshop", 14, 60))(w.T)
			w.keepApart("ref-c", "ref-b")
		}, panel.NeedsApproval},
		"in a meeting": {func(w *mondayWorld, in *panel.DecisionInput) { in.Meeting = w.opened("ref-c").ID }, panel.NeedsApproval},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onAMonday(t, func(w *mondayWorld) {
				apartFromD(w)
				stays := w.stay("workshop", 14, 28)
				waiver := panel.WaiverInput{
					Rule: matching.CodeKeepApart, Text: longEnough, Owner: "Ola Officer", Mitigation: longEnough, ReviewBy: w.day(7),
				}
				v := must(w.RequestWaiver(w.as(theChair), "", "ref-c", stays, waiver))(w.T)
				v = must(w.ApproveWaiver(w.as("p-approver"), v.ID, v.Version))(w.T)
				in := panel.DecisionInput{
					Referral: "ref-c", Outcome: panel.Place, Stays: stays, Reason: panel.Reason{Code: "local_knowledge", Text: longEnough},
				}
				test.since(w, &in)
				waiver.ReviewBy = panel.Day(w.now) + 7
				in.Waivers = []panel.WaiverInput{waiver}
				decided, err := w.Decide(w.as(theChair), in)
				w.wantKind(name, err, test.want)
				if want := []panel.Waived{{Waiver: v.ID, Rule: v.Rule, Pupils: v.Pupils}}; err == nil && !cmp.Equal(decided.Decision.Waivers, want) {
					w.Errorf("what was set aside: %+v, want %+v", decided.Decision.Waivers, want)
				}
			})
		})
	}
}

// TestR9_aWaiverIsForItsTimeAndItsPupils: what it does not speak of is found, and found
// whoever else was excused from the same rule.
func TestR9_aWaiverIsForItsTimeAndItsPupils(t *testing.T) {
	t.Parallel()
	covers := func(w *mondayWorld, v *panel.Waiver) {
		v.Rule, v.Pupils, v.Stays = matching.CodeKeepApart, []panel.Pseudonym{"alias-ref-d"}, w.stay("workshop", 0, 40)
	}
	for name, test := range map[string]struct {
		change func(*mondayWorld, *panel.Waiver)
		hidden bool
	}{
		"these two on these days":    {func(*mondayWorld, *panel.Waiver) {}, true},
		"days that are over":         {func(w *mondayWorld, v *panel.Waiver) { v.Stays = w.stay("workshop", -40, -1) }, false},
		"days to come":               {func(w *mondayWorld, v *panel.Waiver) { v.Stays = w.stay("workshop", 7, 40) }, false},
		"with somebody else":         {func(_ *mondayWorld, v *panel.Waiver) { v.Pupils = []panel.Pseudonym{"alias-ref-b"} }, false},
		"another rule":               {func(_ *mondayWorld, v *panel.Waiver) { v.Rule = matching.CodeRivalAreas }, false},
		"approved, and used by none": {func(_ *mondayWorld, v *panel.Waiver) { v.State, v.Decision = panel.Approved, "" }, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onAMonday(t, func(w *mondayWorld) {
				d := must(w.act("ref-c", "workshop", 0, 40))(w.T).Decision
				must(w.act("ref-d", "workshop", 0, 40))(w.T)
				w.keepApart("ref-c", "ref-d")
				w.update(func(tx panel.Tx) error {
					v := panel.Waiver{
						ID: "waiver", Referral: "ref-c", Pupil: "pupil-of-ref-c", Safety: true, State: panel.Used, Decision: d.ID, By: theChair,
						Approver: theDeputy, ReviewBy: w.day(20), At: w.now,
					}
					covers(w, &v)
					test.change(w, &v)
					return tx.Waivers().Add(&v)
				})
				var mixes []string
				for _, f := range must(w.Fsck(w.as(theOfficer)))(w.T).Findings {
					if f.Invariant == "mix" {
						mixes = append(mixes, f.Detail)
					}
				}
				want := []string{"keep_apart is broken from 2026-11-23 on, among 2 pupils"}
				if test.hidden {
					want = nil
				}
				if diff := cmp.Diff(want, mixes); diff != "" {
					w.Errorf("findings (-want +got)\n%s", diff)
				}
			})
		})
	}
}

// TestDecide_aMeetingHasOnlyItsOwnAgenda: what has gone on to another meeting is that one's.
func TestDecide_aMeetingHasOnlyItsOwnAgenda(t *testing.T) {
	t.Parallel()
	onAMonday(t, func(w *mondayWorld) {
		reason := panel.Reason{Code: "local_knowledge", Text: longEnough}
		first := w.opened("ref-c")
		must(w.Decide(w.as(theChair), panel.DecisionInput{Meeting: first.ID, Referral: "ref-c", Outcome: panel.Wait, Reason: reason}))(w.T)
		w.called("ref-c")
		for _, outcome := range []panel.Outcome{panel.Decline, panel.Wait, panel.Redirect} {
			_, err := w.Decide(w.as(theChair), panel.DecisionInput{Meeting: first.ID, Referral: "ref-c", Outcome: outcome, Reason: reason})
			w.wantKind("the first meeting: "+string(outcome), err, panel.NotFound)
		}
		_, err := w.Rank(w.as(theChair), first.ID, "ref-c")
		w.wantKind("the first meeting ranks", err, panel.NotFound)
		_, err = w.Lean(w.as(theChair), first.ID, "ref-c", w.stay("workshop", 1, 11))
		w.wantKind("the first meeting leans", err, panel.NotFound)
		if got := w.referral("ref-c").State; got != panel.OnAgenda {
			w.Errorf("the referral is %s", got)
		}
	})
}

// firstOf are the stays of the first rank of what was seen.
func (w *mondayWorld) firstOf(seen panel.Ranked) []matching.Stay {
	w.Helper()
	var answer struct {
		Ranking []struct{ Stays []matching.Stay }
	}
	if err := json.Unmarshal(seen.Answer, &answer); err != nil || len(answer.Ranking) == 0 {
		w.Fatalf("nothing is ranked: %v", err)
	}
	return answer.Ranking[0].Stays
}

// TestDecide_byARankingThatIsCurrent: tentative choices that were made up, changed or taken
// back since are no reason for what is chosen; those that were decided since are.
func TestDecide_byARankingThatIsCurrent(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		since func(*mondayWorld, panel.MeetingID, []matching.Stay)
		want  panel.Kind
	}{
		"as it was": {func(*mondayWorld, panel.MeetingID, []matching.Stay) {}, ""},
		"taken back": {func(w *mondayWorld, m panel.MeetingID, _ []matching.Stay) {
			must(w.Lean(w.as(theChair), m, "ref-d", nil))(w.T)
		}, panel.PapersChanged},
		"changed": {func(w *mondayWorld, m panel.MeetingID, _ []matching.Stay) {
			must(w.Lean(w.as(theChair), m, "ref-d", w.stay("garden", 7, 60)))(w.T)
		}, panel.PapersChanged},
		"one more": {func(w *mondayWorld, m panel.MeetingID, _ []matching.Stay) {
			must(w.Lean(w.as(theChair), m, "ref-b", w.stay("garden", 7, 60)))(w.T)
		}, panel.PapersChanged},
		"decided as it was": {func(w *mondayWorld, m panel.MeetingID, chosen []matching.Stay) {
			must(w.Decide(w.as(theChair), panel.DecisionInput{
				Meeting: m, Referral: "ref-d", Outcome: panel.Place, Stays: chosen, Reason: panel.Reason{Code: "local_knowledge", Text: longEnough},
			}))(w.T)
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onAMonday(t, func(w *mondayWorld) {
				m := w.opened("ref-b", "ref-c", "ref-d")
				for _, g := range []panel.GroupID{"workshop", "garden", "loft"} {
					w.terms(g, func(g *matching.Group) { g.Places = matching.Every(1) })
				}
				best := w.ranked(m.ID, "ref-c")
				must(w.Lean(w.as(theChair), m.ID, "ref-d", best))(w.T)
				seen := must(w.Rank(w.as(theChair), m.ID, "ref-c"))(w.T)
				next := w.firstOf(seen)
				if next[0].Group == best[0].Group {
					w.Fatal("the tentative choice changes nothing")
				}
				test.since(w, m.ID, best)
				_, err := w.Decide(w.as(theChair), panel.DecisionInput{
					Meeting: m.ID, Referral: "ref-c", Outcome: panel.Place, Stays: next, Ranking: seen.Record.ID,
				})
				w.wantKind(name, err, test.want)
			})
		})
	}
}

// TestPlacements_endWithinWhatASnapshotReaches: a date far away makes nothing else fail.
func TestPlacements_endWithinWhatASnapshotReaches(t *testing.T) {
	t.Parallel()
	onAMonday(t, func(w *mondayWorld) {
		record := func(to int) error {
			_, err := w.RecordStanding(w.as(theOfficer), panel.StandingInput{
				School: "elm", Group: "workshop", Pattern: "all", From: w.day(-10), To: w.day(to), DecidedOn: w.day(-20), Text: longEnough,
				Form: form.Form{Answers: []form.Answer{{Field: "pupil.year", Value: []string{"8"}, Grade: form.Reported, By: "school", On: w.day(-30)}}},
			})
			return err
		}
		if diff := cmp.Diff([]string{"/to range"}, faultsOf(record(9000))); diff != "" {
			w.Errorf("recorded for 25 years (-want +got):\n%s", diff)
		}
		if err := record(5*365 - 31); err != nil {
			w.Errorf("recorded for five years: %v", err)
		}
		_, err := w.act("ref-c", "workshop", 1, 9000)
		w.wantBroken("placed for 25 years", err, "end_date 2027-07-31")
		_, err = w.act("ref-c", "workshop", -900, 10)
		w.wantBroken("placed from long ago", err, "start_date 2024-06-06")
		p := w.standing("ref-c", "workshop", 1, 10)
		for _, to := range []int{9000, 1 << 30} {
			_, err = w.Extend(w.as(theOfficer), p.ID, p.Version, w.day(to), longEnough)
			if diff := cmp.Diff([]string{"/to order"}, faultsOf(err)); diff != "" {
				w.Errorf("extended by %d days (-want +got):\n%s", to, diff)
			}
		}
		must(w.RecordChange(w.as(theOfficer), panel.Change{
			Site: "mill-site", Group: "workshop", From: w.day(1), Places: matching.Every(3), Reason: "sickness",
		}))(w.T)
		_, err = w.act("ref-d", "workshop", 1, 10)
		w.wantBroken("the next one", err)
	})
}

// TestR2_whereChangesOverlapTheLowestCounts: a day's sickness comes on top of a vacancy.
func TestR2_whereChangesOverlapTheLowestCounts(t *testing.T) {
	t.Parallel()
	onAMonday(t, func(w *mondayWorld) {
		change := func(from, to int, places int) panel.Saved[panel.Change] {
			return must(w.RecordChange(w.as(theOfficer), panel.Change{
				Site: "mill-site", Group: "workshop", From: w.day(from), To: w.day(to), Places: matching.Every(places), Reason: "premises",
			}))(w.T)
		}
		must(w.act("ref-d", "workshop", 1, 60))(w.T)
		vacancy := change(7, 25, 1)
		change(14, 18, 2) // within it: more, but no more than the vacancy leaves
		change(21, 40, 2)
		_, err := w.act("ref-c", "workshop", 1, 60)
		w.wantBroken("while the vacancy lasts", err, "places 2026-11-30 alias-ref-d")
		_, err = w.act("ref-c", "workshop", 14, 18)
		w.wantBroken("on the days within it", err, "places 2026-12-07 alias-ref-d")
		_, err = w.act("ref-c", "workshop", 21, 25)
		w.wantBroken("where it meets the one after", err, "places 2026-12-14 alias-ref-d")
		if _, err := w.RemoveChange(w.as(theOfficer), vacancy.Noun.ID, vacancy.Noun.Version); err != nil {
			w.Fatal(err)
		}
		_, err = w.act("ref-c", "workshop", 1, 60)
		w.wantBroken("without it", err)
	})
}
