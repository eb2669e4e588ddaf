package panel_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/form"
)

// broken wants the rules that stand against a decision.
func (h *hall) broken(what string, in panel.DecisionInput, want ...matching.Code) {
	h.t.Helper()
	err := h.refusalOf(what, panel.RulesBroken, in)
	if diff := cmp.Diff(want, brokenRules(err)); diff != "" {
		h.t.Errorf("%s: rules (-want +got)\n%s", what, diff)
	}
}

// from is a stay of the first meeting's referral from one day to another.
func (h *hall) from(n, group int, from, to string) panel.DecisionInput {
	in := h.placing(n, group)
	in.Stays[0].From, in.Stays[0].To = date(from), date(to)
	return in
}

// TestR1_R2_aDatedChangeCountsOnItsDays: fewer places or adults refuse whoever would be
// there on those days, and nobody else.
func TestR1_R2_aDatedChangeCountsOnItsDays(t *testing.T) {
	t.Parallel()
	plot := one(8, 1, 2)
	plot.Group = func(_ int, g *matching.Group) { g.Adults = matching.Every(250) }
	plot = saying(plot, func(int) []form.Answer { return answers(verified("education.support", "standard")) })
	eachHall(t, plot, func(t *testing.T, h *hall) {
		change := func(c panel.Change) panel.Change {
			t.Helper()
			c.Site, c.Reason = h.Sites[0], "sickness"
			return made(h.Service.RecordChange(h.as(providing), c))(t).Noun
		}
		shut := change(panel.Change{Group: h.Groups[0], From: date("2026-12-07"), To: date("2026-12-08"), Places: matching.Every(0)})
		h.broken("over the days", h.placing(0, 0), matching.CodePlaces)
		h.broken("on the last of them", h.from(0, 0, "2026-12-08", "2026-12-15"), matching.CodePlaces)
		made(h.Service.Decide(h.chair(), h.from(0, 0, "2026-11-30", "2026-12-06")))(t)
		made(h.Service.Decide(h.chair(), h.from(1, 0, "2026-12-14", "2027-01-10")))(t)
		if broken := made(h.Service.RemoveChange(h.as(providing), shut.ID, shut.Version))(t); len(broken) != 0 {
			t.Errorf("more places break %+v", broken)
		}
		made(h.Service.Decide(h.chair(), h.from(2, 0, "2026-11-30", "2026-12-13")))(t)
		change(panel.Change{Group: h.Groups[0], From: date("2027-01-11"), Adults: matching.Every(0)})
		h.broken("without adults, for good", h.from(3, 0, "2027-01-04", "2027-01-12"), matching.CodeStaffing)
		floating := change(panel.Change{From: date("2027-01-11"), To: date("2027-01-17"), Adults: matching.Every(125)})
		made(h.Service.Decide(h.chair(), h.from(3, 0, "2027-01-04", "2027-01-12")))(t)
		h.broken("the floating adult is with somebody", h.from(4, 0, "2027-01-11", "2027-01-12"), matching.CodeStaffing)
		broken := made(h.Service.RemoveChange(h.as(providing), floating.ID, floating.Version))(t)
		if len(broken) != 1 || broken[0].Code != matching.CodeStaffing {
			t.Errorf("without the floating adult: %+v", broken)
		}
	})
}

// TestR7_keptApartUntilItsLastDay: whoever comes the day after is welcome.
func TestR7_keptApartUntilItsLastDay(t *testing.T) {
	t.Parallel()
	plot := one(2, 1, 2)
	plot.Tables = keptApart(matching.OnSite, date("2026-12-07"))
	eachHall(t, plot, func(t *testing.T, h *hall) {
		h.place(0, 0)
		h.broken("from the last day on", h.from(1, 0, "2026-12-07", "2027-01-10"), matching.CodeKeepApart)
		made(h.Service.Decide(h.chair(), h.from(1, 0, "2026-12-08", "2027-01-10")))(t)
		h.sound()
	})
}

func TestR7_aClosedMatterKeepsNobodyApart(t *testing.T) {
	t.Parallel()
	eachHall(t, one(2, 1, 2), func(t *testing.T, h *hall) {
		e := made(h.Service.KeepApart(h.as(coordinating), panel.EntryInput{
			Act: panel.OpenEntry, Pupils: h.Pupils[0][:2], Scope: matching.InGroup, Reason: "fight", Text: longEnough, Source: "school",
			Grade: form.Reported, ReviewOn: date("2026-12-01"),
		}))(t)
		h.place(0, 0)
		h.broken("while it is open", h.placing(1, 0), matching.CodeKeepApart)
		made(h.Service.KeepApart(h.as(coordinating), panel.EntryInput{Act: panel.CloseEntry, Subject: e.Subject, Reason: "mediated", Text: longEnough}))(t)
		h.place(1, 0)
		h.sound()
	})
}

// TestDecide_twoRecordsOfOneChild: what is known under the record that was merged counts
// for the one that goes on, and the other way round.
func TestDecide_twoRecordsOfOneChild(t *testing.T) {
	t.Parallel()
	plot := one(4, 2, 3)
	plot.GroupsPerSite = 2
	plot.Group = func(n int, g *matching.Group) { g.Timetable = daysOf(n) }
	plot.Tables = keptApart(matching.OnSite, 0) // the first two
	eachHall(t, plot, func(t *testing.T, h *hall) {
		h.place(0, 0)
		if err := h.Service.Merge(h.as(coordinating), h.Pupils[0][1], h.Pupils[0][2], panel.SchoolSays); err != nil {
			t.Fatal(err)
		}
		h.broken("the record that goes on", h.placing(2, 0), matching.CodeKeepApart)
		if err := h.Service.Merge(h.as(coordinating), h.Pupils[0][3], h.Pupils[0][0], panel.SchoolSays); err != nil {
			t.Fatal(err)
		}
		h.broken("the same sessions on the same site", h.placing(3, 0), matching.CodeBusy)
		h.place(3, 1)
		h.sound()
	})
}

// TestDecide_aPlaceIsFreeAgain: from the day on which the pupil is not there any more.
func TestDecide_aPlaceIsFreeAgain(t *testing.T) {
	t.Parallel()
	long := "It did not go on for reasons that are written down."
	for _, test := range []struct {
		name string
		free func(*hall, panel.Placement) string // the first day
	}{
		{"declined", func(h *hall, p panel.Placement) string {
			made(h.Service.DeclineOffer(h.as(providing), p.ID, p.Version, panel.Reason{Code: "other", Text: long}))(h.t)
			return "2026-11-30"
		}},
		{"withdrawn", func(h *hall, p panel.Placement) string {
			made(h.Service.WithdrawOffer(h.as(coordinating), p.ID, p.Version, long))(h.t)
			return "2026-11-30"
		}},
		{"ended", func(h *hall, p panel.Placement) string {
			h.now = h.now.AddDate(0, 0, 15) // 8 December
			p = h.starts(p)
			made(h.Service.End(h.as(coordinating), p.ID, p.Version, date("2026-12-08"), panel.Breakdown, panel.ToNone, ""))(h.t)
			return "2026-12-09"
		}},
		{"ended and followed up", func(h *hall, p panel.Placement) string {
			h.now = h.now.AddDate(0, 0, 15)
			p = h.starts(p)
			p = made(h.Service.End(h.as(coordinating), p.ID, p.Version, date("2026-12-08"), panel.Completed, panel.ToWork, ""))(h.t)
			made(h.Service.FollowUp(h.as(providing), p.ID, p.Version, date("2026-12-08"), "yes", ""))(h.t)
			return "2026-12-09"
		}},
		{"moved", func(h *hall, p panel.Placement) string {
			p = made(h.Service.Accept(h.as(providing), p.ID, p.Version))(h.t)
			made(h.Service.Move(h.as(coordinating), p.ID, p.Version, panel.MoveInput{Group: h.Groups[1], Pattern: "all", From: date("2026-12-08"), Text: long}))(h.t)
			return "2026-12-08"
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			eachHall(t, one(3, 2, 1), func(t *testing.T, h *hall) {
				p := h.place(0, 0).Placements[0]
				h.broken("before", h.placing(1, 0), matching.CodePlaces)
				day := date(test.free(h, p))
				if day > h.Stay(0)[0].From {
					h.broken("a day too early", h.from(1, 0, (day-1).String(), "2027-01-10"), matching.CodePlaces)
				}
				made(h.Service.Decide(h.chair(), h.from(1, 0, day.String(), "2027-01-10")))(t)
				h.broken("taken again", h.from(2, 0, day.String(), "2027-01-10"), matching.CodePlaces)
				h.sound()
			})
		})
	}
}

// Nobody is placed in the past, or beyond the horizon of the meeting.
func TestDecide_withinTheHorizon(t *testing.T) {
	t.Parallel()
	eachHall(t, one(1, 1, 9), func(t *testing.T, h *hall) {
		h.refusesDecision("from a day that is over", panel.RulesBroken, h.from(0, 0, "2026-11-02", "2027-01-10"))
		h.refusesDecision("in the past", panel.RulesBroken, h.from(0, 0, "2026-09-07", "2026-10-11"))
		h.broken("beyond the horizon", h.from(0, 0, "2026-11-30", "2027-07-17"), matching.CodeEndDate)
		made(h.Service.Decide(h.chair(), h.from(0, 0, "2026-11-30", "2027-07-16")))(t)
	})
}
