package panel_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/panel"
)

// TestW2_whereThePupilStandsIsAnInterest: also by another referral, and while it lasts.
func TestW2_whereThePupilStandsIsAnInterest(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		state panel.State
		want  []panel.Interest
	}{
		{panel.Started, []panel.Interest{{Person: theProvider, Referral: "ref-c", Kind: panel.OwnProvision, Automatic: true}}},
		{panel.Ended, nil},
	} {
		t.Run(string(test.state), func(t *testing.T) {
			t.Parallel()
			onEachStore(t, func(w *panelWorld) {
				w.update(func(tx panel.Tx) error {
					earlier := panel.Referral{ID: "ref-earlier", Pupil: "pupil-of-ref-c", School: "elm", State: panel.Placed}
					if err := tx.Referrals().Add(&earlier); err != nil {
						return err
					}
					d := w.decidedBefore("earlier", "ref-earlier", 40, false)
					d.Pupil = earlier.Pupil
					if err := tx.Decisions().Add(&d); err != nil {
						return err
					}
					return tx.Placements().Add(&panel.Placement{
						ID: "standing", Referral: earlier.ID, Pupil: earlier.Pupil, Decision: d.ID, Organisation: "mill", Site: "mill-site",
						Group: "workshop", From: w.today - 30, To: w.today + 30, State: test.state,
					})
				})
				if diff := cmp.Diff(test.want, w.called("ref-c").Interests); diff != "" {
					t.Errorf("interests (-want +got):\n%s", diff)
				}
			})
		})
	}
}
