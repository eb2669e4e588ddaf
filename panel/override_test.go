package panel_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
)

// a decision of some days ago, of the chair's.
func (w *panelWorld) decidedBefore(id panel.DecisionID, r panel.ReferralID, days calendar.Date, departs bool, waivers ...panel.Waived) panel.Decision {
	reason := panel.Reason{}
	if departs {
		reason = panel.Reason{Code: "family_wish", Text: longEnough}
	}
	return panel.Decision{
		ID: id, Referral: r, Pupil: panel.PupilID("pupil-of-" + r), Outcome: panel.Place, By: theChair, Role: panel.RoleChair,
		Day: w.today - days, At: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Departs: departs, Reason: reason, Rank: 1, Waivers: waivers,
	}
}

// TestR9_whatWasSetAsideIsLookedAtAgain: the ledger has each departure and each waiver,
// with who owns the risk, whether its review is overdue, and what became of the pupil.
func TestR9_whatWasSetAsideIsLookedAtAgain(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		waived := panel.Waived{Waiver: "waiver-c", Rule: "rival_areas"}
		reviewed := panel.Waived{Waiver: "waiver-d", Rule: "staffing"}
		w.update(func(tx panel.Tx) error {
			made := []panel.Decision{
				w.decidedBefore("d-old", "ref-a", 100, true),
				w.decidedBefore("d-plain", "ref-b", 30, false),
				w.decidedBefore("d-c", "ref-c", 30, true, waived),
				w.decidedBefore("d-d", "ref-d", 20, false, reviewed),
			}
			var errs []error
			for i := range made {
				errs = append(errs, tx.Decisions().Add(&made[i]))
			}
			for _, v := range []panel.Waiver{
				{ID: "waiver-c", Decision: "d-c", Referral: "ref-c", Pupil: "pupil-of-ref-c", Rule: "rival_areas", Safety: true, Approver: theDeputy},
				{ID: "waiver-d", Decision: "d-d", Referral: "ref-d", Pupil: "pupil-of-ref-d", Rule: "staffing"},
			} {
				v.State, v.Text, v.Owner, v.Mitigation, v.ReviewBy = panel.Used, longEnough, "Ola Officer", "an adult at the gate", w.today-1
				errs = append(errs, tx.Waivers().Add(&v))
			}
			stay := panel.Placement{Organisation: "mill", Site: "mill-site", Group: "workshop", From: w.today - 19, To: w.today + 50}
			moved, next, standing := stay, stay, stay
			moved.ID, moved.Referral, moved.Pupil, moved.Decision, moved.State = "m-1", "ref-c", "pupil-of-ref-c", "d-c", panel.Moved
			next.ID, next.Referral, next.Pupil, next.Decision, next.State, next.MovedFrom = "m-2", "ref-c", "pupil-of-ref-c", "d-c", panel.Started, "m-1"
			standing.ID, standing.Referral, standing.Pupil, standing.Decision, standing.State = "s-1", "ref-d", "pupil-of-ref-d", "d-d", panel.Started
			errs = append(errs, tx.Placements().Add(&moved), tx.Placements().Add(&next), tx.Placements().Add(&standing),
				tx.Reviews().Add(&panel.Review{
					ID: "review", Placement: "s-1", Pupil: "pupil-of-ref-d", Kind: "first_week", Due: w.today - 12, Held: w.today - 11,
				}))
			return errors.Join(errs...)
		})
		got := must(w.Overrides(w.as(theAuditor), w.today-60, w.today))(w.T)
		terms := panel.OverrideWaiver{Text: longEnough, Owner: "Ola Officer", Mitigation: "an adult at the gate", ReviewBy: w.today - 1}
		rivals, staffing := terms, terms
		rivals.Waiver, rivals.Rule, rivals.Safety, rivals.Approver, rivals.Overdue = "waiver-c", "rival_areas", true, theDeputy, true
		staffing.Waiver, staffing.Rule, staffing.Reviewed = "waiver-d", "staffing", w.today-11
		want := panel.Ledger{
			From: w.today - 60, To: w.today, Decisions: 3,
			Overrides: []panel.Override{
				{
					Decision: "d-c", Referral: "ref-c", Day: w.today - 30, By: theChair, Role: panel.RoleChair, Outcome: panel.Place, Departs: true,
					Rank: 1, Reason: panel.Reason{Code: "family_wish", Text: longEnough}, Waivers: []panel.OverrideWaiver{rivals},
					Placements: []panel.OverridePlacement{{Placement: "m-1", State: panel.Moved}, {Placement: "m-2", State: panel.Started}},
				},
				{
					Decision: "d-d", Referral: "ref-d", Day: w.today - 20, By: theChair, Role: panel.RoleChair, Outcome: panel.Place, Rank: 1,
					Waivers: []panel.OverrideWaiver{staffing}, Placements: []panel.OverridePlacement{{Placement: "s-1", State: panel.Started}},
				},
			},
			ByReason: []panel.Counted{{Class: "family_wish", Rows: 1}},
			ByRule:   []panel.Counted{{Class: "rival_areas", Rows: 1}, {Class: "staffing", Rows: 1}},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("ledger (-want +got):\n%s", diff)
		}
		last := w.journal()
		if diff := cmp.Diff([]string{"alias-ref-c", "alias-ref-d"}, last[len(last)-1].Pupils); diff != "" {
			t.Errorf("whose records the journal says were read (-want +got):\n%s", diff)
		}
		_, err := w.Overrides(w.as(theNurse), w.today-60, w.today)
		w.wantKind("a member", err, panel.Forbidden)
		_, err = w.Overrides(w.as(theChair), w.today, w.today-1)
		w.wantKind("days the wrong way round", err, panel.Invalid)
	})
}
