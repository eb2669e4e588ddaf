package panel_test

import (
	"testing"

	"example.org/backontrack/panel"
)

// A meeting that was called before the policy asked for more needs what the policy asks
// for on its day.
func TestOpen_quorumIsThePolicysAtLeast(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(w *panelWorld) {
		m := w.called("ref-c")
		p := panel.DefaultPolicy()
		p.Quorum = 4
		p = must(w.Publish(w.as(theOfficer), p))(w.T)
		must(w.Activate(w.as(theOfficer), p.ID, w.today))(w.T)
		three := everybody()[:3]
		_, err := w.Open(w.as(theChair), m.ID, m.Version, panel.OpenInput{Attendance: three})
		w.wantKind("three of three that it was called with", err, panel.Inquorate)
		opened := must(w.Open(w.as(theChair), m.ID, m.Version, panel.OpenInput{Attendance: everybody()[:4]}))(w.T)
		if opened.Quorum != 4 {
			w.Errorf("the quorum is %d, want 4", opened.Quorum)
		}
	})
}
