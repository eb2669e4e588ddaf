package panel_test

import (
	"testing"

	"example.org/backontrack/panel"
)

// Which record a placement or a review belongs to is told to those who see as the panel
// does: to a school it would tell that another one has referred the same pupil.
func TestPlacement_theRecordIsThePanels(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		w.alsoAt(theTeacher, panel.RoleSchool, "elm")
		p := w.packaged("ref-x", panel.Offered)[0]
		w.addReview("review", p)
		taken := must(w.Accept(w.as(theProvider), p, 1))(w.T)
		if taken.Pupil != "" {
			w.Errorf("the provision that accepts is told %q", taken.Pupil)
		}
		for who, want := range map[panel.PersonID]panel.PupilID{
			theTeacher: "", theProvider: "", theOfficer: "pupil-of-ref-x", theAuditor: "pupil-of-ref-x",
		} {
			ctx := w.as(who)
			check := func(what string, got panel.PupilID) {
				if got != want {
					w.Errorf("%s: %s is told %q, want %q", what, who, got, want)
				}
			}
			check("placement", must(w.Placement(ctx, p))(w.T).Pupil)
			for _, listed := range must(w.Placements(ctx, panel.PlacementFilter{Referral: "ref-x"}))(w.T) {
				check("placements", listed.Pupil)
			}
			check("reviews", must(w.Reviews(ctx, p))(w.T)[0].Pupil)
		}
		started := w.packaged("ref-y", panel.Started)[0]
		w.addReview("held", started)
		in := panel.ReviewInput{Held: w.today, Notes: longEnough, GoesOn: "continue"}
		if r := must(w.Review(w.as(theProvider), "held", 1, in))(w.T); r.Pupil != "" || r.Held != w.today {
			w.Errorf("the provision that reviews is told %q of %v", r.Pupil, r.Held)
		}
		w.update(func(tx panel.Tx) error { // and what is stored has it
			r, err := tx.Reviews().Get("held")
			if err == nil && r.Pupil != "pupil-of-ref-y" {
				w.Errorf("the review is of %q", r.Pupil)
			}
			stored, err := tx.Placements().Get(p)
			if err == nil && stored.Pupil != "pupil-of-ref-x" {
				w.Errorf("the placement is of %q", stored.Pupil)
			}
			return err
		})
	})
}
