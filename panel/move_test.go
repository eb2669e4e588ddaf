package panel_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/paneltest"
)

// enough is a text that says why.
const enough = "It is written down at length why this is so."

// anotherProvision adds a group of somebody else's.
func anotherProvision(tx panel.Tx, _ *paneltest.Town) error {
	return errors.Join(
		tx.Organisations().Add(&panel.Organisation{ID: "mill", Kind: panel.Provision, Name: "Mill", Registered: true}),
		tx.Sites().Add(&panel.Site{ID: "mill-lane", Organisation: "mill", Name: "Lane"}),
		tx.Groups().Add(&panel.Group{ID: "miller", Organisation: "mill", Site: "mill-lane", Terms: matching.Group{Timetable: calendar.Week}}))
}

func (h *hall) moving(p panel.Placement, to panel.GroupID, from string) (panel.Placement, error) {
	return h.Service.Move(h.as(coordinating), p.ID, p.Version, panel.MoveInput{Group: to, Pattern: "all", From: date(from), Text: enough})
}

func TestW6_whatAMoveNeeds(t *testing.T) {
	t.Parallel()
	plot := one(3, 3, 1)
	plot.Tables = anotherProvision
	eachHall(t, plot, func(t *testing.T, h *hall) {
		offer := h.place(0, 0).Placements[0]
		h.refuses("an offer", panel.WrongState, func() error { _, err := h.moving(offer, h.Groups[1], "2026-12-07"); return err })
		p := made(h.Service.Accept(h.as(providing), offer.ID, offer.Version))(t)
		for _, test := range []struct {
			name string
			in   panel.MoveInput
			want []string
		}{
			{"nothing", panel.MoveInput{}, []string{"/from range", "/group unknown", "/text too_short"}},
			{"somebody else's group, from the day after the last", panel.MoveInput{Group: "miller", Pattern: "all", From: p.To + 1, Text: enough},
				[]string{"/from range", "/group unknown"}},
			{"before the first day", panel.MoveInput{Group: h.Groups[1], Pattern: "all", From: p.From - 1, Text: enough}, []string{"/from range"}},
			{"where the pupil is", panel.MoveInput{Group: h.Groups[0], Pattern: "all", From: p.From, Text: enough}, []string{"/group same"}},
			{"no pattern of the group", panel.MoveInput{Group: h.Groups[1], Pattern: "half", From: p.From, Text: enough}, []string{"/pattern unknown"}},
		} {
			err := h.refusal(test.name, panel.Invalid, func() error { _, err := h.Service.Move(h.as(coordinating), p.ID, p.Version, test.in); return err })
			if diff := cmp.Diff(test.want, faultsOf(err)); diff != "" {
				t.Errorf("%s (-want +got)\n%s", test.name, diff)
			}
		}
		to := panel.MoveInput{Group: h.Groups[1], Pattern: "all", From: p.From, Text: enough}
		h.refuses("another version", panel.Stale, func() error { _, err := h.Service.Move(h.as(coordinating), p.ID, p.Version+1, to); return err })
		h.refuses("by the provision", panel.Forbidden, func() error { _, err := h.Service.Move(h.as(providing), p.ID, p.Version, to); return err })
		h.refuses("no placement", panel.NotFound, func() error { _, err := h.Service.Move(h.as(coordinating), "none", 1, to); return err })
		h.place(1, 1)
		err := h.refusal("a full group", panel.RulesBroken, func() error { _, err := h.moving(p, h.Groups[1], "2026-12-07"); return err })
		if got := reasonsOf(err); len(got) != 1 || got[0].Code != matching.CodePlaces || len(got[0].Pupils) != 1 || got[0].Pupils[0] != "p-000-001" {
			t.Errorf("why: %+v", got)
		}
		h.sound()
	})
}

// TestW6_whoMovesGoesOn: to another group and site, with the same end, and the reviews of
// the stay as a whole with a first one in the new group.
func TestW6_whoMovesGoesOn(t *testing.T) {
	t.Parallel()
	eachHall(t, one(2, 2, 1), func(t *testing.T, h *hall) {
		made(h.Service.RecordYear(h.as(coordinating), schoolYear("2026")))(t)
		p := h.began(0, 0)
		h.now = h.now.AddDate(0, 0, 10) // 3 December
		next := made(h.moving(p, h.Groups[1], "2026-12-08"))(t)
		left := made(h.Service.Placement(h.as(coordinating), p.ID))(t)
		if left.State != panel.Moved || left.To != date("2026-12-07") || left.From != p.From {
			t.Errorf("left behind: %+v", left)
		}
		want := p
		want.ID, want.Version, want.MovedFrom = next.ID, 1, p.ID
		want.Group, want.Site, want.From = h.Groups[1], h.Sites[1], date("2026-12-08")
		if r := next.Remarks; len(r) != 1 || r[0].Verb != panel.VerbMove || r[0].Text == "" || r[0].By != coordinating || r[0].Snapshot == "" {
			t.Fatalf("why, and by what the rules were run: %+v", r)
		}
		want.Remarks = next.Remarks
		if diff := cmp.Diff(want, next); diff != "" {
			t.Errorf("it goes on (-want +got)\n%s", diff)
		}
		var kinds []string
		for _, r := range made(h.Service.Reviews(h.as(coordinating), next.ID))(t) {
			kinds = append(kinds, r.Kind)
			if r.Due != 0 && r.Due < next.From {
				t.Errorf("%s is due on %s, before the move", r.Kind, r.Due)
			}
		}
		if len(kinds) < 2 || len(made(h.Service.Reviews(h.as(coordinating), p.ID))(t)) != 0 {
			t.Errorf("reviews: %q, and of what was left some more", kinds)
		}
		h.refuses("what was left", panel.WrongState, func() error { _, err := h.moving(left, h.Groups[1], "2026-12-05"); return err })
		h.now = h.now.AddDate(0, 0, 10) // 13 December
		third := made(h.moving(next, h.Groups[0], "2026-12-14"))(t)
		if third.MovedFrom != next.ID || third.Started != p.Started || third.To != p.To {
			t.Errorf("moved back: %+v", third)
		}
		h.sound()
	})
}

// TestW6_movesAreCheckedAsDecisionsAre: whom the pupil would meet there counts.
func TestW6_movesAreCheckedAsDecisionsAre(t *testing.T) {
	t.Parallel()
	eachHall(t, feuding(3, 3), func(t *testing.T, h *hall) {
		p := h.began(0, 0)
		h.place(1, 1)
		err := h.refusal("to a rival", panel.RulesBroken, func() error { _, err := h.moving(p, h.Groups[1], "2026-12-07"); return err })
		if diff := cmp.Diff([]matching.Code{matching.CodeRivalAreas}, brokenRules(err)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		made(h.moving(p, h.Groups[2], "2026-12-07"))(t)
		h.sound()
	})
}

// TestW6_whatIsBrokenAlreadyDoesNotHoldAMoveUp: a change of adults that nobody asked
// about is not the fault of who leaves.
func TestW6_whatIsBrokenAlreadyDoesNotHoldAMoveUp(t *testing.T) {
	t.Parallel()
	eachHall(t, one(2, 2, 2), func(t *testing.T, h *hall) {
		p := h.began(0, 0)
		h.began(1, 0)
		made(h.Service.RecordChange(h.as(providing), panel.Change{
			Site: h.Sites[0], Group: h.Groups[0], From: p.From, Places: matching.Every(1), Reason: "premises",
		}))(t)
		h.finds("places", string(h.Groups[0]))
		made(h.moving(p, h.Groups[1], "2026-11-30"))(t)
		h.sound()
	})
}

func TestExtend(t *testing.T) {
	t.Parallel()
	eachHall(t, one(2, 1, 1), func(t *testing.T, h *hall) {
		offer := h.place(0, 0).Placements[0]
		extend := func(p panel.Placement, to, text string) (panel.Placement, error) {
			return h.Service.Extend(h.as(coordinating), p.ID, p.Version, date(to), text)
		}
		h.refuses("an offer", panel.WrongState, func() error { _, err := extend(offer, "2027-01-17", enough); return err })
		p := h.starts(offer)
		err := h.refusal("no later", panel.Invalid, func() error { _, err := extend(p, "2027-01-10", "why not"); return err })
		if diff := cmp.Diff([]string{"/text too_short", "/to order"}, faultsOf(err)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		made(h.Service.Decide(h.chair(), h.from(1, 0, "2027-01-18", "2027-02-14")))(t)
		err = h.refusal("into somebody else's place", panel.RulesBroken, func() error { _, err := extend(p, "2027-01-18", enough); return err })
		if diff := cmp.Diff([]matching.Code{matching.CodePlaces}, brokenRules(err)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		p = made(extend(p, "2027-01-17", enough))(t)
		if p.To != date("2027-01-17") || p.State != panel.Started {
			t.Errorf("extended: %+v", p)
		}
		h.sound()
	})
}

// TestDecide_extends: a panel lets a placement go on, as long as the rules do.
func TestDecide_extends(t *testing.T) {
	t.Parallel()
	eachHall(t, one(2, 1, 1), func(t *testing.T, h *hall) {
		p := h.began(0, 0)
		made(h.Service.Decide(h.chair(), h.from(1, 0, "2027-01-18", "2027-02-14")))(t)
		in := panel.DecisionInput{Referral: p.Referral, Outcome: panel.Extend, Placement: p.ID, To: date("2027-01-18"), Reason: weighed}
		h.broken("into somebody else's place", in, matching.CodePlaces)
		in.To = date("2027-01-17")
		other := in
		other.Referral = h.Agendas[0][1]
		h.refusesDecision("the placement of another referral", panel.NotFound, other)
		d := made(h.Service.Decide(h.chair(), in))(t)
		k := h.kept()
		if d.Decision.Supersedes != p.Decision || d.Decision.Placement != p.ID || d.Decision.Snapshot == "" || d.Placements[0].To != in.To {
			t.Errorf("decided %+v of %+v", d.Decision, d.Placements)
		}
		if k.Referrals[0].State != panel.Placed || len(k.Placements) != 2 {
			t.Errorf("stored: %+v", k)
		}
		h.sound()
	})
}

// TestW7_endsAndWhatComesAfter: an end has a reason and a destination; with the last of
// its placements the referral closes; the return to school and the follow-up are noted.
func TestW7_M6_endsAndWhatComesAfter(t *testing.T) {
	t.Parallel()
	eachHall(t, one(2, 1, 2), func(t *testing.T, h *hall) {
		p := h.began(0, 0)
		h.now = h.now.AddDate(0, 0, 15) // 8 December
		today := panel.Day(h.now)
		end := func(on calendar.Date, why panel.EndReason, to panel.Destination) (panel.Placement, error) {
			return h.Service.End(h.as(coordinating), p.ID, p.Version, on, why, to, "")
		}
		h.refuses("by the provision", panel.Forbidden, func() error {
			_, err := h.Service.End(h.as(providing), p.ID, p.Version, today, panel.Completed, panel.ToWork, "")
			return err
		})
		err := h.refusal("tomorrow, for nothing, to nowhere", panel.Invalid, func() error { _, err := end(today+1, "", ""); return err })
		if diff := cmp.Diff([]string{"/destination unknown", "/end_reason unknown", "/to future"}, faultsOf(err)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		follow := func(on calendar.Date, there string) (panel.Placement, error) {
			return h.Service.FollowUp(h.as(providing), p.ID, p.Version, on, there, "")
		}
		h.refuses("followed up before the end", panel.WrongState, func() error { _, err := follow(today, "yes"); return err })
		back := func(r panel.Return) (panel.Placement, error) {
			return h.Service.Reintegrate(h.as(providing), p.ID, p.Version, r)
		}
		err = h.refusal("a return from the future", panel.Invalid, func() error {
			_, err := back(panel.Return{Meeting: today + 1, StrategySheet: p.From - 1, Restorative: today})
			return err
		})
		if diff := cmp.Diff([]string{"/meeting range", "/strategy_sheet range"}, faultsOf(err)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		p = made(back(panel.Return{Meeting: today - 1}))(t)
		p = made(back(panel.Return{StrategySheet: today}))(t)
		p = made(end(today-1, panel.Reintegrate, panel.ToHomeSchool))(t)
		if p.State != panel.Ended || p.Ended != today-1 || p.To != today-1 || p.Return.Meeting != today-1 || p.Return.StrategySheet != today {
			t.Errorf("ended: %+v", p)
		}
		if r := h.kept().Referrals[0]; r.State != panel.Closed {
			t.Errorf("the referral is %s", r.State)
		}
		h.refuses("ended twice", panel.WrongState, func() error { _, err := end(today, panel.Completed, panel.ToWork); return err })
		err = h.refusal("followed up before the end, and perhaps", panel.Invalid, func() error { _, err := follow(today-2, "perhaps"); return err })
		if diff := cmp.Diff([]string{"/on range", "/still_there unknown"}, faultsOf(err)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		p = made(follow(today, "no"))(t)
		if p.State != panel.FollowedUp || p.Return.FollowUp != today || p.Return.StillThere != "no" {
			t.Errorf("followed up: %+v", p)
		}
		h.sound()
	})
}

// TestDecide_endsOneOfTwo: the referral stays placed while another placement stands.
func TestDecide_endsOneOfTwo(t *testing.T) {
	t.Parallel()
	eachHall(t, pair(one(1, 2, 1)), func(t *testing.T, h *hall) {
		d := made(h.Service.Decide(h.chair(), h.packaged(0)))(t)
		h.now = h.now.AddDate(0, 0, 15)
		for n, want := range []panel.State{panel.Placed, panel.Closed} {
			p := h.starts(d.Placements[n])
			made(h.Service.Decide(h.chair(), panel.DecisionInput{
				Meeting: h.Meetings[0], Referral: p.Referral, Outcome: panel.End, Placement: p.ID, To: date("2026-12-08"),
				EndReason: panel.Completed, Destination: panel.ToHomeSchool, Reason: weighed,
			}))(t)
			if r := h.kept().Referrals[0]; r.State != want {
				t.Errorf("after %d ends the referral is %s", n+1, r.State)
			}
		}
		h.sound()
	})
}
