package panel

import (
	"slices"

	"example.org/backontrack/matching/calendar"
)

// endPlacement takes a placement to its end on a day, with why and where to.
func (w *work) endPlacement(p *Placement, on calendar.Date, why EndReason, to Destination, text string) (err error) {
	f := &faults{}
	f.when(on < max(p.From, p.Started) || on > p.To, "/to", "range", "a day of the placement")
	f.when(on > w.day, "/to", "future", "a day that has come")
	f.when(!slices.Contains(EndReasons(), why), "/end_reason", "unknown", "a reason for an end")
	f.when(!slices.Contains(Destinations(), to), "/destination", "unknown", "a destination")
	f.text("/text", text, 0)
	state, err := step(NounPlacement, p.State, VerbEnd)
	if err != nil {
		return err
	}
	if err := f.err("the end is not complete"); err != nil {
		return err
	}
	p.State, p.To, p.Ended, p.EndReason, p.Destination, p.EndText = state, on, on, why, to, text
	return nil
}
