package demo

import (
	"bytes"
	"context"
	"fmt"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/form"
)

// askAgain sends the deferred form back with questions, and the school answers: by now it
// has found out what it did not know (D2, D3).
func (h *holding) askAgain(ctx context.Context) error {
	school := panel.PersonID("staff-" + refers[deferral])
	id := h.l.Referrals[deferral]
	r, err := h.s.Referral(h.clock.as(ctx, coordinator), id)
	if err != nil {
		return err
	}
	if r, err = h.s.Return(h.clock.as(ctx, coordinator), id, r.Version, []panel.Question{
		{Pointer: "/answers/risk.assault_pupils", Text: "What does the last school say of risks to others?"},
		{Pointer: "/answers/education.needs", Text: "Which needs did the assessment find?"},
	}); err != nil {
		return err
	}
	full, err := h.foundOut()
	if err != nil {
		return err
	}
	if r, err = h.s.Edit(h.clock.as(ctx, school), id, r.Version, full); err != nil {
		return err
	}
	r, err = h.s.Submit(h.clock.as(ctx, school), id, r.Version,
		panel.Reply{Question: 0, Text: "None that they know of. The record has come."}, panel.Reply{Question: 1, Text: "Speech and language, and that he is anxious with strangers."})
	if err != nil {
		return err
	}
	_, err = h.s.Ready(h.clock.as(ctx, coordinator), id, r.Version)
	return err
}

// foundOut is the form of the deferred pupil, now that the school knows.
func (h *holding) foundOut() (form.Form, error) {
	snapshot, err := matching.Read(bytes.NewReader(authority))
	if err != nil {
		return form.Form{}, err
	}
	l := &loading{clock: h.clock, snapshot: snapshot, out: h.l, provisionOf: map[matching.GroupID]panel.OrganisationID{}}
	for i := range snapshot.Pupils {
		if p := &snapshot.Pupils[i]; len(p.Unknown) > 3 {
			p.Unknown, p.Areas, p.Support = nil, []string{"old-town"}, "standard"
			p.Needs = []matching.Need{{Code: "SEMH", Must: true}, {Code: "SLCN"}}
		}
	}
	for _, r := range snapshot.Referrals {
		if r.ID != deferral {
			continue
		}
		f := l.filling(r.Pupil, refers[deferral])
		f.asks = r
		f.asks.ReadyFrom = secondDay
		f.asks.Wants = matching.Wants{Sessions: 8, Weeks: 12, Offers: []string{"english", "maths"}, Approaches: []string{"small_group"}}
		return f.filled(), nil
	}
	return form.Form{}, fmt.Errorf("there is no referral %s", deferral)
}

// callAgain calls the second, short meeting.
func (h *holding) callAgain(ctx context.Context) error {
	m, err := h.s.Call(h.clock.as(ctx, coordinator), panel.MeetingInput{
		Date: secondDay, Horizon: lastDay, Chair: chair, Deputy: deputy, Members: members,
	})
	if err != nil {
		return err
	}
	h.out.Second = m.ID
	h.meeting, err = h.s.SetAgenda(h.clock.as(ctx, coordinator), m.ID, m.Version, []panel.ReferralID{h.l.Referrals[deferral]})
	return err
}

// second ratifies the chair's action, and decides what was deferred.
func (h *holding) second(ctx context.Context) (err error) {
	in := panel.OpenInput{}
	for _, p := range append([]panel.PersonID{chair, deputy}, members...) {
		in.Attendance = append(in.Attendance, panel.Attendance{Person: p, Present: true})
	}
	if h.meeting, err = h.s.Open(h.clock.as(ctx, chair), h.meeting.ID, h.meeting.Version, in); err != nil {
		return err
	}
	action := h.out.Decisions[refused]
	if _, err = h.s.Ratify(h.clock.as(ctx, chair), h.meeting.ID, action[len(action)-1].ID, true, "The panel would have decided the same."); err != nil {
		return err
	}
	r, seen, err := h.rank(ctx, chair, h.meeting.ID, deferral)
	if err != nil {
		return err
	}
	if len(r.Ranking) == 0 {
		return fmt.Errorf("nothing fits %s", deferral)
	}
	before := len(h.offers)
	err = h.write(ctx, chair, deferral, panel.DecisionInput{
		Meeting: h.meeting.ID, Referral: h.l.Referrals[deferral], Outcome: panel.Place, Stays: r.Ranking[0].Stays, Ranking: seen.Record.ID,
		Targets: []string{"Knows two adults by name by Christmas."}, RequestKey: "second",
	})
	if err != nil {
		return err
	}
	if h.meeting, err = h.s.Meeting(h.clock.as(ctx, chair), h.meeting.ID); err != nil {
		return err
	}
	if h.meeting, err = h.s.Close(h.clock.as(ctx, chair), h.meeting.ID, h.meeting.Version); err != nil {
		return err
	}
	h.say("A second, short meeting ratifies the chair's action and decides what was deferred.")
	h.clock.set(secondDay, 16, 0)
	for i := range h.offers[before:] {
		if err := h.accept(ctx, &h.offers[before+i]); err != nil {
			return err
		}
	}
	return nil
}

// january is when the panel meets again.
var january = calendar.MustDate("2027-01-11")
