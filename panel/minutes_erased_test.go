package panel_test

import (
	"testing"

	"example.org/backontrack/panel"
)

// A record that is erased while the meeting is open, after its referral was declined, does
// not keep the meeting from closing: the minutes have the item's number, and no more of it.
func TestClose_afterAnErasureInTheMeeting(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		m := w.opened("ref-c", "ref-d")
		must(w.Decide(w.as(theChair), panel.DecisionInput{
			Meeting: m.ID, Referral: "ref-c", Outcome: panel.Decline, Reason: panel.Reason{Code: "local_knowledge", Text: longEnough},
		}))(w.T)
		must(w.Erase(w.as(theOfficer), "pupil-of-ref-c", "request"))(w.T)
		m = must(w.Meeting(w.as(theChair), m.ID))(w.T)
		must(w.Close(w.as(theChair), m.ID, m.Version))(w.T)
		minutes := must(w.Minutes(w.as(theChair), m.ID))(w.T)
		if len(minutes.Items) != 2 {
			w.Fatalf("there are %d items", len(minutes.Items))
		}
		gone, stays := minutes.Items[0], minutes.Items[1]
		if gone.Number != 1 || gone.State != "" || gone.Decisions != nil || gone.Papers != nil {
			w.Errorf("of the erased there is %+v", gone)
		}
		if stays.Number != 2 || stays.State != panel.Ready || len(stays.Papers) != 1 {
			w.Errorf("of the other there is %+v", stays)
		}
	})
}
