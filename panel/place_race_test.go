package panel_test

import (
	"errors"
	"sync"
	"testing"

	"example.org/backontrack/panel"
)

// packaged stores a referral with two placements of two decisions, in a state.
func (w *panelWorld) packaged(id panel.ReferralID, state panel.State) [2]panel.PlacementID {
	w.Helper()
	both := [2]panel.PlacementID{panel.PlacementID(id + "-1"), panel.PlacementID(id + "-2")}
	w.update(func(tx panel.Tx) error {
		if err := w.addReferral(tx, id, "elm"); err != nil {
			return err
		}
		r, err := tx.Referrals().Get(id)
		if err != nil {
			return err
		}
		r.State = panel.Placed
		errs := []error{tx.Referrals().Put(&r)}
		for _, p := range both {
			d := panel.Decision{
				ID: panel.DecisionID(p), Referral: id, Pupil: r.Pupil, Outcome: panel.Place, By: theChair, Role: panel.RoleChair,
				Reason: panel.Reason{Code: "other", Text: longEnough}, At: tx.Now(), Day: w.today, Recorded: true,
			}
			if p == both[1] {
				d.Supersedes = panel.DecisionID(both[0])
			}
			errs = append(errs, tx.Decisions().Add(&d), tx.Placements().Add(&panel.Placement{
				ID: p, Referral: id, Pupil: r.Pupil, Decision: d.ID, Organisation: "mill", Site: "mill-site", Group: "workshop",
				Pattern: "all", From: w.today - 20, To: w.today + 30, State: state, Started: w.today - 20,
			}))
		}
		return errors.Join(errs...)
	})
	return both
}

// What takes the last two placements of a referral away at once leaves it neither placed
// nor waiting for the other.
func TestEnd_twoAtOnce(t *testing.T) {
	t.Parallel()
	refusal := panel.Reason{Code: "staffing", Text: longEnough}
	for name, c := range map[string]struct {
		from, want panel.State
		verb       func(*panelWorld, panel.PlacementID) error
	}{
		"end": {panel.Started, panel.Closed, func(w *panelWorld, p panel.PlacementID) error {
			_, err := w.End(w.as(theOfficer), p, 1, w.today, panel.Completed, panel.ToHomeSchool, "")
			return err
		}},
		"decline": {panel.Offered, panel.Ready, func(w *panelWorld, p panel.PlacementID) error {
			_, err := w.DeclineOffer(w.as(theProvider), p, 1, refusal)
			return err
		}},
		"withdraw": {panel.Accepted, panel.Ready, func(w *panelWorld, p panel.PlacementID) error {
			_, err := w.WithdrawOffer(w.as(theOfficer), p, 1, longEnough)
			return err
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onEachStore(t, func(w *panelWorld) {
				for range 8 {
					id := panel.ReferralID(panel.NewID())
					var both sync.WaitGroup
					for _, p := range w.packaged(id, c.from) {
						both.Go(func() {
							if err := c.verb(w, p); err != nil {
								w.Errorf("one of two: %v", err)
							}
						})
					}
					both.Wait()
					if got := w.referral(id).State; got != c.want {
						w.Errorf("the referral is %s, want %s", got, c.want)
					}
				}
			})
		})
	}
}

// A verb that changes a placement is told which version it was, and 0 is none.
func TestPlacement_versionZeroIsStale(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		officer, provider := w.as(theOfficer), w.as(theProvider)
		for verb, do := range map[string]func(panel.PlacementID) error{
			"end": func(p panel.PlacementID) error {
				_, err := w.End(officer, p, 0, w.today, panel.Completed, panel.ToHomeSchool, "")
				return err
			},
			"extend": func(p panel.PlacementID) error {
				_, err := w.Extend(officer, p, 0, w.today+40, longEnough)
				return err
			},
			"visit": func(p panel.PlacementID) error {
				_, err := w.Visit(provider, p, 0, panel.Visit{On: w.today})
				return err
			},
		} {
			p := w.packaged(panel.ReferralID(panel.NewID()), panel.Started)[0]
			w.wantKind(verb, do(p), panel.Stale)
		}
	})
}
