package demo

import (
	"context"
	"fmt"
	"slices"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
)

// An event is something that happens on a day, at an hour, between the panel and the end of term.
type event struct {
	day  calendar.Date
	hour int
	do   func(*holding, context.Context) error
}

func on(text string, hour int, do func(*holding, context.Context) error) event {
	return event{calendar.MustDate(text), hour, do}
}

var events = []event{
	on("2026-11-25", 16, (*holding).goBack),
	on("2026-12-02", 10, (*holding).askAgain),
	on("2026-12-04", 10, (*holding).callAgain),
	on("2026-12-07", 13, (*holding).second),
	on("2026-12-09", 10, (*holding).move),
	on("2026-12-11", 10, (*holding).lookAgain),
	on("2026-12-16", 15, (*holding).breakDown),
}

// term lets the rest of the term pass: starts in the morning, what happens besides, and
// the reviews that are due by the afternoon (W5).
func (h *holding) term(ctx context.Context) error {
	days := year.Days(panelDay, termEnds)
	for d := panelDay + 2; d <= termEnds; d++ {
		if !days.Open(d) {
			continue
		}
		h.clock.set(d, 9, 30)
		if err := h.begin(ctx); err != nil {
			return err
		}
		for _, e := range events {
			if e.day != d {
				continue
			}
			h.clock.set(d, e.hour, 0)
			if err := e.do(h, ctx); err != nil {
				return fmt.Errorf("%s: %w", d, err)
			}
		}
		h.clock.set(d, 16, 30)
		if err := h.review(ctx); err != nil {
			return fmt.Errorf("reviews of %s: %w", d, err)
		}
	}
	h.say(fmt.Sprintf("By the end of term %d have started, and %d reviews are held.", h.out.Starts, h.out.Reviews))
	return nil
}

// of is the offer of a referral, the first if there are several.
func (h *holding) of(id string) *offer {
	return &h.offers[slices.IndexFunc(h.offers, func(o offer) bool { return string(o.about) == id })]
}

// goBack ends the two days away. The pupil goes back to the centre that sent him (W7).
func (h *holding) goBack(ctx context.Context) (err error) {
	o := h.of(string(twoDays))
	o.p, err = h.s.End(h.clock.as(ctx, coordinator), o.p.ID, o.p.Version, h.clock.today(), panel.Reintegrate, panel.ToHomeSchool,
		"Two quiet days. The centre has changed the seating and the breaks.")
	if err != nil {
		return err
	}
	h.out.Ended = o.p.ID
	steps := panel.Return{Meeting: h.clock.today(), StrategySheet: h.clock.today(), Restorative: h.clock.today()}
	o.p, err = h.s.Reintegrate(h.clock.as(ctx, providerStaff(o.p.Organisation)), o.p.ID, o.p.Version, steps)
	return err
}

// lookAgain is the follow-up of the two days, some time after (W7, M6).
func (h *holding) lookAgain(ctx context.Context) (err error) {
	o := h.of(string(twoDays))
	o.p, err = h.s.FollowUp(h.clock.as(ctx, providerStaff(o.p.Organisation)), o.p.ID, o.p.Version, h.clock.today(), "yes",
		"In his group every day since, and no incident.")
	return err
}

// move takes the girl who was placed where she wished to the other site of the same
// provision: she was the only girl on Wednesdays, and at the kiln her friend is (W6).
func (h *holding) move(ctx context.Context) (err error) {
	o := h.of(string(override))
	from := calendar.MustDate("2026-12-14")
	moved, err := h.s.Move(h.clock.as(ctx, coordinator), o.p.ID, o.p.Version, panel.MoveInput{
		Group: "craft-kiln-a", Pattern: "all", From: from, Text: "She is the only girl on Wednesdays and says so. At the kiln she has company.",
	})
	o.p, h.out.Moved = moved, moved.ID
	return err
}

// breakDown ends a placement that did not hold (M7).
func (h *holding) breakDown(ctx context.Context) (err error) {
	o := h.of(string(broken))
	o.p, err = h.s.End(h.clock.as(ctx, coordinator), o.p.ID, o.p.Version, h.clock.today(), panel.Breakdown, panel.ToNone,
		"Three incidents in a week, the last with a tool. The panel will see him in January.")
	h.out.BrokeDown = o.p.ID
	return err
}

// review holds the reviews that are due by today at whatever has started, with the pupil
// and the parents.
func (h *holding) review(ctx context.Context) error {
	for i := range h.offers {
		o := &h.offers[i]
		if o.p.State != panel.Started || o.due > h.clock.today() {
			continue
		}
		staff := providerStaff(o.p.Organisation)
		due, err := h.s.Reviews(h.clock.as(ctx, staff), o.p.ID)
		if err != nil {
			return err
		}
		for _, r := range due {
			if r.Held != 0 || r.Due == 0 {
				continue
			}
			if o.due = r.Due; r.Due > h.clock.today() {
				break // they come in the order of their days
			}
			_, err := h.s.Review(h.clock.as(ctx, staff), r.ID, r.Version, panel.ReviewInput{
				Held: h.clock.today(), Pupil: "I know where to go when it gets loud.", Parents: "He talks about it at home.",
				Notes: "On time most days. Reading has begun to come back.", GoesOn: "continue",
			})
			if err != nil {
				return err
			}
			h.out.Reviews++
		}
	}
	return nil
}
