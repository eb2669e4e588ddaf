package demo

import (
	"context"
	"fmt"
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/form"
)

const (
	twoDays  matching.ReferralID = "r27" // away from the centre for two days, and back
	refused  matching.ReferralID = "r13" // whose package one of two provisions declines
	override matching.ReferralID = "r01" // placed where she wished, and moved before it went wrong
	waits    matching.ReferralID = "r16" // who cannot start while nobody knows where he lives
	broken   matching.ReferralID = "r15" // whose placement breaks down
)

// salon is the provision that declines.
const salon panel.OrganisationID = "salon"

// answers lets the provisions answer: at once where the pupil begins tomorrow, and else
// on the next day, after a visit. One declines.
func (h *holding) answers(ctx context.Context) error {
	h.clock.set(panelDay, 15, 0)
	for i := range h.offers {
		if o := &h.offers[i]; o.about == twoDays {
			if err := h.accept(ctx, o); err != nil {
				return err
			}
		}
	}
	h.clock.set(panelDay+1, 9, 0)
	if err := h.begin(ctx); err != nil {
		return err
	}
	if err := h.decline(ctx); err != nil {
		return err
	}
	for i := range h.offers {
		o := &h.offers[i]
		if o.about == twoDays || o.about == refused {
			continue
		}
		if err := h.accept(ctx, o); err != nil {
			return fmt.Errorf("%s: %w", o.about, err)
		}
	}
	h.say(fmt.Sprintf("%d offers are accepted after a visit; one is declined.", h.accepted()))
	return nil
}

func (h *holding) accepted() (n int) {
	for _, o := range h.offers {
		if o.p.State == panel.Accepted || o.p.State == panel.Started {
			n++
		}
	}
	return n
}

// accept notes the pupil's visit and what the pupil says, and takes the offer (W4). The
// school sends what the centre has to have before the start, and the centre receives it (D4).
func (h *holding) accept(ctx context.Context, o *offer) (err error) {
	staff := providerStaff(o.p.Organisation)
	words := []string{"The workshop is brilliant.", "It is quieter than school.", "I would come for the mornings.", "They asked what I like."}
	visit := panel.Visit{On: h.clock.today(), Taster: len(h.offers)%2 == 0, Pupil: words[int(o.p.From)%len(words)], Wants: "yes"}
	if o.p, err = h.s.Visit(h.clock.as(ctx, staff), o.p.ID, o.p.Version, visit); err != nil {
		return err
	}
	if o.p, err = h.s.Accept(h.clock.as(ctx, staff), o.p.ID, o.p.Version); err != nil {
		return err
	}
	return h.papers(ctx, o, staff)
}

// papers sends the documents of the start that are not there yet, and receives all.
func (h *holding) papers(ctx context.Context, o *offer, staff panel.PersonID) error {
	school := panel.PersonID("staff-" + refers[o.about])
	r, err := h.s.Referral(h.clock.as(ctx, school), o.p.Referral)
	if err != nil {
		return err
	}
	there, err := h.s.Documents(h.clock.as(ctx, school), r.ID)
	if err != nil {
		return err
	}
	for _, kind := range needed(r.Form, form.Start) {
		if slices.ContainsFunc(there, func(d panel.Document) bool { return d.Kind == kind }) {
			continue
		}
		if _, err := h.s.Attach(h.clock.as(ctx, school), r.ID, document(kind, string(o.about))); err != nil {
			return err
		}
	}
	if there, err = h.s.Documents(h.clock.as(ctx, staff), r.ID); err != nil {
		return err
	}
	for _, d := range there {
		if d.Received != 0 {
			continue
		}
		if _, err := h.s.Receive(h.clock.as(ctx, staff), d.ID); err != nil {
			return err
		}
	}
	return nil
}

// decline has one of two provisions of a package turn the pupil down: an adult has fallen
// ill until the end of term, which is noted first, so that nobody else is offered the place.
func (h *holding) decline(ctx context.Context) error {
	at := slices.IndexFunc(h.offers, func(o offer) bool { return o.about == refused && o.p.Organisation == salon })
	if at < 0 {
		return fmt.Errorf("%s was not offered a place at %s", refused, salon)
	}
	o, staff := &h.offers[at], providerStaff(salon)
	_, err := h.s.RecordChange(h.clock.as(ctx, staff), panel.Change{
		Site: o.p.Site, Group: o.p.Group, From: h.clock.today(), To: lastDay, Reason: "sickness",
		Adults: matching.PerSession{calendar.ThuAM: 300, calendar.ThuPM: 300, calendar.FriAM: 300, calendar.FriPM: 300},
	})
	if err != nil {
		return err
	}
	o.p, err = h.s.DeclineOffer(h.clock.as(ctx, staff), o.p.ID, o.p.Version, panel.Reason{
		Code: "staffing", Text: "One of our two adults is ill for the rest of the year, and she would need more of the other than there is.",
	})
	h.out.Declined = o.p.ID
	h.offers = slices.DeleteFunc(h.offers, func(o offer) bool { return o.about == refused }) // a package stands or falls as one
	return err
}

// chairsAction decides the declined one again, between meetings, by what stands now.
func (h *holding) chairsAction(ctx context.Context) error {
	h.clock.set(panelDay+2, 9, 0)
	r, seen, err := h.rank(ctx, chair, "", refused)
	if err != nil {
		return err
	}
	if len(r.Ranking) == 0 {
		return fmt.Errorf("nothing is left for %s", refused)
	}
	before := len(h.offers)
	err = h.write(ctx, chair, refused, panel.DecisionInput{
		Referral: h.l.Referrals[refused], Outcome: panel.Place, Stays: r.Ranking[0].Stays, Ranking: seen.Record.ID, RequestKey: "again",
		Reason:  panel.Reason{Code: "provider_advice", Text: "The provision that was offered first has no adult for her until the summer."},
		Targets: []string{"Attends nine sessions in ten by half-term."},
	})
	if err != nil {
		return err
	}
	for i := range h.offers[before:] {
		if err := h.accept(ctx, &h.offers[before+i]); err != nil {
			return err
		}
	}
	h.say("The chair decides the declined one again; the next meeting is asked to ratify it.")
	return nil
}

// begin notes the starts of the day. One waits, since an answer is missing without which
// nobody begins (D3).
func (h *holding) begin(ctx context.Context) error {
	for i := range h.offers {
		o := &h.offers[i]
		if o.p.State != panel.Accepted || o.p.From != h.clock.today() {
			continue
		}
		started, err := h.s.Start(h.clock.as(ctx, providerStaff(o.p.Organisation)), o.p.ID, o.p.Version, o.p.From)
		if panel.KindOf(err) == panel.Incomplete && o.about == waits {
			h.out.Waits = o.p.ID
			continue
		}
		if err != nil {
			return fmt.Errorf("%s: start: %w", o.about, err)
		}
		o.p = started
		h.out.Starts++
	}
	return nil
}
