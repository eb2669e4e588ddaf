package panel_test

import (
	"errors"
	"testing"

	"example.org/backontrack/panel"
)

// addReview stores a review of a placement that is due.
func (w *panelWorld) addReview(id panel.ReviewID, p panel.PlacementID) {
	w.Helper()
	w.update(func(tx panel.Tx) error {
		placement, err := tx.Placements().Get(p)
		return errors.Join(err, tx.Reviews().Add(&panel.Review{
			ID: id, Placement: p, Pupil: placement.Pupil, Kind: "first_week", Due: w.today,
		}))
	})
}

// What was noted of a review stays as it was: nobody writes over what a pupil said.
func TestReview_isNotedOnce(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		w.addReview("review", w.packaged("ref-x", panel.Started)[0])
		said := panel.ReviewInput{Held: w.today, Pupil: "somebody hurt me here", Notes: longEnough, GoesOn: "end"}
		first := must(w.Review(w.as(theOfficer), "review", 1, said))(w.T)
		said.Pupil, said.GoesOn = "all is well", "continue"
		_, err := w.Review(w.as(theProvider), "review", first.Version, said)
		w.wantKind("the second time", err, panel.WrongState)
		list := must(w.Reviews(w.as(theOfficer), "ref-x-1"))(w.T)
		if len(list) != 1 || list[0].Pupils != first.Pupils || list[0].GoesOn != "end" {
			w.Errorf("the reviews are %+v", list)
		}
	})
}

func TestReview_waitsForTheStart(t *testing.T) {
	t.Parallel()
	for state, want := range map[panel.State]panel.Kind{
		panel.Offered: panel.WrongState, panel.Accepted: panel.WrongState, panel.Declined: panel.WrongState,
		panel.Withdrawn: panel.WrongState, panel.Started: "", panel.Ended: "",
	} {
		onEachStore(t, func(w *panelWorld) {
			w.addReview("review", w.packaged("ref-x", state)[0])
			_, err := w.Review(w.as(theOfficer), "review", 1, panel.ReviewInput{Held: w.today, Notes: longEnough, GoesOn: "continue"})
			w.wantKind(string(state), err, want)
		})
	}
}
