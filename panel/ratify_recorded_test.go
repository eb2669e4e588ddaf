package panel_test

import (
	"testing"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/form"
)

// A placement that was only written down is nobody's action: it waits for no ratification,
// on the list or in the minutes, and cannot have one.
func TestUnratified_isWithoutWhatWasRecorded(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		year := form.Answer{Field: "pupil.year", Value: []string{"8"}, Grade: form.Reported, By: "school", On: w.today - 30}
		p := must(w.RecordStanding(w.as(theOfficer), panel.StandingInput{
			School: "elm", Group: "workshop", Pattern: "all", From: w.today - 10, To: w.today + 40, DecidedOn: w.today - 20,
			Text: longEnough, Form: form.Form{Answers: []form.Answer{year}},
		}))(w.T)
		if list := must(w.Unratified(w.as(theOfficer)))(w.T); len(list) != 0 {
			w.Errorf("%d wait for ratification", len(list))
		}
		m := w.opened("ref-c")
		if minutes := must(w.Minutes(w.as(theChair), m.ID))(w.T); len(minutes.Unratified) != 0 {
			w.Errorf("the minutes say that %d wait", len(minutes.Unratified))
		}
		_, err := w.Ratify(w.as(theChair), m.ID, p.Decision, true, "")
		w.wantKind("to ratify it", err, panel.Conflict)
	})
}
