package panel_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching"
	"example.org/backontrack/panel"
)

// leanings are how many tentative choices are stored.
func (h *hall) leanings() (n int) {
	h.t.Helper()
	if err := h.store.View(h.t.Context(), func(tx panel.Tx) error {
		for _, err := range tx.Tentatives().List() {
			if err != nil {
				return err
			}
			n++
		}
		return nil
	}); err != nil {
		h.t.Fatal(err)
	}
	return n
}

// throughout are the groups that a ranking offers from the first day on.
func (h *hall) throughout(n int) (groups []panel.GroupID) {
	h.t.Helper()
	for _, stays := range h.options(made(h.Service.Rank(h.chair(), h.Meetings[0], h.Agendas[0][n]))(h.t)) {
		if stays[0].From <= h.Stay(0)[0].From {
			groups = append(groups, stays[0].Group)
		}
	}
	return groups
}

func (h *hall) lean(n int, stays []matching.Stay) panel.Tentative {
	h.t.Helper()
	return made(h.Service.Lean(h.chair(), h.Meetings[0], h.Agendas[0][n], stays))(h.t)
}

// TestLean_takesThePlaceForTheOthers: at once, in their rankings and in a plan, and for
// nobody who decides.
func TestLean_takesThePlaceForTheOthers(t *testing.T) {
	t.Parallel()
	plot := one(3, 1, 1)
	plot.Panels = 2
	plot.Group = func(_ int, g *matching.Group) { g.Weeks = &matching.Length{Min: 2} }
	eachHall(t, plot, func(t *testing.T, h *hall) {
		all := []panel.GroupID{h.Groups[0]}
		if diff := cmp.Diff(all, h.throughout(1)); diff != "" {
			t.Fatalf("at first (-want +got)\n%s", diff)
		}
		before := made(h.Service.Rank(h.chair(), h.Meetings[0], h.Agendas[0][0]))(t)
		stays := h.Stay(0)
		stays[0].To = date("2027-07-16")
		h.lean(0, stays)
		own := made(h.Service.Rank(h.chair(), h.Meetings[0], h.Agendas[0][0]))(t)
		if own.Record.ID != before.Record.ID || own.Leanings != 0 {
			t.Error("the choice for a referral counts against itself")
		}
		seen := made(h.Service.Rank(h.chair(), h.Meetings[0], h.Agendas[0][1]))(t)
		if got := h.options(seen); len(got) != 0 || seen.Leanings != 1 {
			t.Errorf("to another, with %d leanings: %v", seen.Leanings, got)
		}
		elsewhere := made(h.Service.Rank(h.as(h.Chairs[1]), h.Meetings[1], h.Agendas[1][0]))(t)
		if len(h.options(elsewhere)) == 0 {
			t.Error("it counts in another meeting")
		}
		plan := made(h.Service.Plan(h.chair(), h.Meetings[0], panel.PlanInput{}))(t).Plan
		if len(plan.Assignments) != 0 || len(plan.Unplaced) != 2 {
			t.Errorf("the plan places %d and leaves out %d, want the two others to have no place", len(plan.Assignments), len(plan.Unplaced))
		}
		h.place(1, 0) // it promises nothing
		h.broken("the one that it was for", h.placing(0, 0), matching.CodePlaces)
		h.sound()
	})
}

func TestLean_isForgotten(t *testing.T) {
	t.Parallel()
	eachHall(t, one(3, 2, 3), func(t *testing.T, h *hall) {
		first := h.lean(0, h.Stay(0))
		again := h.lean(0, h.Stay(1))
		if again.ID != first.ID || again.Version != first.Version+1 || again.Stays[0].Group != h.Groups[1] || h.leanings() != 1 {
			t.Errorf("leant twice: %+v, then %+v", first, again)
		}
		h.lean(1, h.Stay(0))
		h.lean(2, h.Stay(0))
		h.lean(1, nil)
		h.lean(1, nil)
		if h.leanings() != 2 {
			t.Errorf("%d are left after one was taken back", h.leanings())
		}
		made(h.Service.Decide(h.chair(), panel.DecisionInput{Meeting: h.Meetings[0], Referral: h.Agendas[0][0], Outcome: panel.Wait, Reason: weighed}))(t)
		if h.leanings() != 1 {
			t.Errorf("%d are left after one was decided", h.leanings())
		}
		m := made(h.Service.Meeting(h.chair(), h.Meetings[0]))(t)
		made(h.Service.Close(h.chair(), m.ID, m.Version))(t)
		if h.leanings() != 0 {
			t.Errorf("%d are left after the meeting", h.leanings())
		}
		h.sound()
	})
}

func TestLean_refusals(t *testing.T) {
	t.Parallel()
	plot := one(2, 1, 3)
	plot.Panels = 2
	eachHall(t, plot, func(t *testing.T, h *hall) {
		lean := func(p panel.PersonID, m int, referral panel.ReferralID, stays []matching.Stay) func() error {
			return func() error { _, err := h.Service.Lean(h.as(p), h.Meetings[m], referral, stays); return err }
		}
		chair, r := h.Chairs[0], h.Agendas[0][0]
		h.refuses("a member", panel.Forbidden, lean(listening, 0, r, h.Stay(0)))
		h.refuses("the chair of another meeting", panel.NotFound, lean(h.Chairs[1], 0, r, h.Stay(0)))
		h.refuses("a referral of another meeting", panel.NotFound, lean(chair, 0, h.Agendas[1][0], h.Stay(0)))
		nowhere := h.Stay(0)
		nowhere[0].Group = "none"
		h.refuses("a group that is not there", panel.Invalid, lean(chair, 0, r, nowhere))
		nowhere[0].Group, nowhere[0].Pattern = h.Groups[0], "none"
		h.refuses("a pattern that is not there", panel.Invalid, lean(chair, 0, r, nowhere))
		h.place(1, 0)
		h.refuses("what is decided", panel.AlreadyDecided, lean(chair, 0, h.Agendas[0][1], h.Stay(0)))
		h.changeMeeting(func(m *panel.Meeting) { m.State = panel.Planned })
		h.refuses("before the meeting", panel.WrongState, lean(chair, 0, r, h.Stay(0)))
		if h.leanings() != 0 {
			t.Errorf("%d are stored", h.leanings())
		}
	})
}
