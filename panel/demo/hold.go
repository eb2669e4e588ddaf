package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
)

// Held is what came of the panel of Thornmere.
type Held struct {
	Meeting    panel.MeetingID
	Second     panel.MeetingID // that ratified the chair's action
	Plan       panel.PlanResult
	Decisions  map[matching.ReferralID][]panel.Decision // oldest first
	Offers     int
	Declined   panel.PlacementID // the offer that was declined
	Moved      panel.PlacementID // the placement that goes on after the move
	Ended      panel.PlacementID // with a destination, and looked at again
	BrokeDown  panel.PlacementID
	Waits      panel.PlacementID // whose start waits for an answer (D3)
	Starts     int
	Reviews    int
	Minutes    panel.Minutes
	SecondOnes panel.Minutes
}

// Hold holds the panel of Thornmere on what Load has stored, through the verbs of the
// service, and what comes after it until the end of the autumn term. Progress is told in
// words that name no pupil; it may be nil.
func Hold(ctx context.Context, s *panel.Service, loaded *Loaded, progress func(string)) (*Held, error) {
	if progress == nil {
		progress = func(string) {}
	}
	h := &holding{
		s: s, l: loaded, clock: loaded.clock, say: progress,
		out: &Held{Decisions: map[matching.ReferralID][]panel.Decision{}},
	}
	for _, step := range []struct {
		name string
		do   func(context.Context) error
	}{
		{"call", h.call}, {"open", h.open}, {"look", h.look}, {"decide", h.decideAll}, {"close", h.close},
		{"offers", h.answers}, {"chair's action", h.chairsAction}, {"term", h.term}, {"minutes", h.minutes},
	} {
		if err := step.do(ctx); err != nil {
			return nil, fmt.Errorf("demo: %s: %w", step.name, err)
		}
	}
	return h.out, nil
}

// holding is the panel under way.
type holding struct {
	s       *panel.Service
	l       *Loaded
	clock   *Clock
	say     func(string)
	meeting panel.Meeting
	out     *Held
	offers  []offer // in the order in which they were made
}

// An offer is a placement that was offered for a referral.
type offer struct {
	about matching.ReferralID
	p     panel.Placement
	due   calendar.Date // of its next review, once it is known
}

// The days of the panel.
var (
	panelDay  = calendar.MustDate("2026-11-23")
	secondDay = calendar.MustDate("2026-12-07")
	termEnds  = calendar.MustDate("2026-12-18")
)

// late is the referral that came on the morning of the panel.
const late matching.ReferralID = "r22"

// order is the order of business: what the law puts a date to comes first.
var order = []matching.ReferralID{
	"r08", "r24", "r29", "r27", "r25", "r01", "r02", "r03", "r04", "r05", "r06", "r07", "r09", "r10", "r11", "r12", "r13", "r14", "r15",
	"r16", "r17", "r18", "r19", "r20", "r21", "r23", "r26", "r28", "r30",
}

// call calls the meeting and makes its agenda.
func (h *holding) call(ctx context.Context) (err error) {
	h.clock.set(panelDay, 8, 45)
	h.meeting, err = h.s.Call(h.clock.as(ctx, coordinator), panel.MeetingInput{
		Date: panelDay, Horizon: lastDay, Chair: chair, Deputy: deputy, Members: members,
	})
	if err != nil {
		return err
	}
	var agenda []panel.ReferralID
	for _, id := range order {
		agenda = append(agenda, h.l.Referrals[id])
	}
	h.meeting, err = h.s.SetAgenda(h.clock.as(ctx, coordinator), h.meeting.ID, h.meeting.Version, agenda)
	h.out.Meeting = h.meeting.ID
	return err
}

// open opens the meeting. One member has sent apologies, one declares an interest, and
// one referral comes late.
func (h *holding) open(ctx context.Context) (err error) {
	h.clock.set(panelDay, 9, 30)
	in := panel.OpenInput{Interests: []panel.Declaration{{
		Referral: h.l.Referrals[chairsOwn], Person: socialCare, Text: "Is a friend of the family, and has known the pupil for years.",
	}}}
	for _, p := range append([]panel.PersonID{chair, deputy}, members...) {
		in.Attendance = append(in.Attendance, panel.Attendance{Person: p, Present: p != justice})
	}
	if h.meeting, err = h.s.Open(h.clock.as(ctx, chair), h.meeting.ID, h.meeting.Version, in); err != nil {
		return err
	}
	if h.meeting, err = h.s.Note(h.clock.as(ctx, coordinator), h.meeting.ID, "Apologies from the youth justice service."); err != nil {
		return err
	}
	h.meeting, err = h.s.AddLate(h.clock.as(ctx, coordinator), h.meeting.ID, h.l.Referrals[late])
	h.say(fmt.Sprintf("The panel of Thornmere opens with %d referrals on the agenda.", len(h.meeting.Agenda)))
	return err
}

// rank is what the panel sees of a referral, and the record of it.
func (h *holding) rank(ctx context.Context, who panel.PersonID, m panel.MeetingID, id matching.ReferralID) (*matching.Ranking, panel.Ranked, error) {
	seen, err := h.s.Rank(h.clock.as(ctx, who), m, h.l.Referrals[id])
	if err != nil {
		return nil, seen, err
	}
	var r matching.Ranking
	return &r, seen, json.Unmarshal(seen.Answer, &r)
}

// effort bounds the joint plan, so that it is the same on any machine.
const effort = 1500

// look plans the agenda as one, and leans to a first choice for two of those whom the
// units sent together, which changes at once what is left for the others.
func (h *holding) look(ctx context.Context) (err error) {
	if h.out.Plan, err = h.s.Plan(h.clock.as(ctx, coordinator), h.meeting.ID, panel.PlanInput{Effort: effort}); err != nil {
		return err
	}
	h.say(fmt.Sprintf("A joint plan places %d of them.", len(h.out.Plan.Plan.Assignments)))
	for _, id := range []matching.ReferralID{"r11", "r16"} {
		r, _, err := h.rank(ctx, chair, h.meeting.ID, id)
		if err != nil {
			return err
		}
		if _, err := h.s.Lean(h.clock.as(ctx, chair), h.meeting.ID, h.l.Referrals[id], r.Ranking[0].Stays); err != nil {
			return err
		}
	}
	return nil
}

// decideAll takes the agenda in its order, a few minutes for each, and the late one last.
func (h *holding) decideAll(ctx context.Context) error {
	for i, id := range append(slices.Clone(order), late) {
		h.clock.set(panelDay, 9, 36+6*i)
		if err := h.decide(ctx, id); err != nil {
			return fmt.Errorf("%s: %w", id, err)
		}
	}
	return nil
}

// decide looks at the ranking of one referral and decides it.
func (h *holding) decide(ctx context.Context, id matching.ReferralID) error {
	who := chair
	if id == chairsOwn {
		who = deputy
	}
	r, seen, err := h.rank(ctx, who, h.meeting.ID, id)
	if err != nil {
		return err
	}
	in, err := choose(id, r)
	if err != nil {
		return err
	}
	in.Meeting, in.Referral, in.Ranking, in.RequestKey = h.meeting.ID, h.l.Referrals[id], seen.Record.ID, "first-"+string(id)
	if id == exception {
		if err := h.approve(ctx, in); err != nil {
			return err
		}
	}
	return h.write(ctx, who, id, in)
}

// write decides, and keeps what was offered.
func (h *holding) write(ctx context.Context, who panel.PersonID, id matching.ReferralID, in panel.DecisionInput) error {
	made, err := h.s.Decide(h.clock.as(ctx, who), in)
	if err != nil {
		return err
	}
	h.out.Decisions[id] = append(h.out.Decisions[id], made.Decision)
	for _, p := range made.Placements {
		h.offers = append(h.offers, offer{about: id, p: p})
		h.out.Offers++
	}
	return nil
}

// approve asks the head of service for the waiver of a planned exception (R9).
func (h *holding) approve(ctx context.Context, in panel.DecisionInput) error {
	asked, err := h.s.RequestWaiver(h.clock.as(ctx, chair), in.Meeting, in.Referral, in.Stays, in.Waivers[0])
	if err != nil {
		return err
	}
	_, err = h.s.ApproveWaiver(h.clock.as(ctx, approver), asked.ID, asked.Version)
	return err
}

// close ends the meeting.
func (h *holding) close(ctx context.Context) error {
	h.clock.set(panelDay, 12, 40)
	m, err := h.s.Meeting(h.clock.as(ctx, chair), h.meeting.ID)
	if err != nil {
		return err
	}
	h.meeting, err = h.s.Close(h.clock.as(ctx, chair), m.ID, m.Version)
	h.say(fmt.Sprintf("The meeting closes with %d referrals decided and %d offers made.", len(h.out.Decisions), h.out.Offers))
	return err
}

// minutes reads the minutes of both meetings, as they were signed.
func (h *holding) minutes(ctx context.Context) (err error) {
	if h.out.Minutes, err = h.s.Minutes(h.clock.as(ctx, coordinator), h.out.Meeting); err != nil {
		return err
	}
	h.out.SecondOnes, err = h.s.Minutes(h.clock.as(ctx, coordinator), h.out.Second)
	return err
}
