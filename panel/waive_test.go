package panel_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/form"
	"example.org/backontrack/panel/paneltest"
)

// feuding is a plot of pupils from two areas that are at odds, in turns.
func feuding(referrals, groups int) paneltest.Plot {
	plot := one(referrals, groups, 9)
	plot.Tables = rivals
	return saying(plot, func(n int) []form.Answer { return answers(verified("apart.areas", []string{"alder-park", "sg1"}[n%2])) })
}

// except is to place a referral in a group with a rule set aside.
func (h *hall) except(n, group int, rule matching.Code, days int) panel.DecisionInput {
	in := h.placing(n, group)
	in.Waivers = []panel.WaiverInput{waiving(rule, panel.Day(h.now.AddDate(0, 0, days)))}
	return in
}

// asked asks for a waiver of a rule for a referral in a group.
func (h *hall) asked(n, group int, rule matching.Code) panel.Waiver {
	h.t.Helper()
	return made(h.Service.RequestWaiver(h.chair(), h.Meetings[0], h.Agendas[0][n], h.Stay(group), h.except(n, group, rule, 28).Waivers[0]))(h.t)
}

func TestWaive_whatNobodyMaySetAside(t *testing.T) {
	t.Parallel()
	plot := saying(one(2, 2, 1), func(int) []form.Answer { return answers(verified("risk.fire", "low")) })
	plot.Group = func(n int, g *matching.Group) {
		if n == 1 {
			g.Accepts.Refuses, g.Accepts.Needs = []string{"arson"}, []string{}
		}
	}
	eachHall(t, plot, func(t *testing.T, h *hall) {
		h.place(0, 0)
		h.broken("places", h.except(1, 0, matching.CodePlaces, 7), matching.CodePlaces)
		h.broken("a trait that is refused", h.except(1, 1, matching.CodeRefusedTrait, 7), matching.CodeRefusedTrait)
		ask := func(group int, rule matching.Code) func() error {
			return func() error {
				_, err := h.Service.RequestWaiver(h.chair(), h.Meetings[0], h.Agendas[0][1], h.Stay(group), h.except(1, group, rule, 7).Waivers[0])
				return err
			}
		}
		err := h.refusal("asked for", panel.RulesBroken, ask(0, matching.CodePlaces))
		if diff := cmp.Diff([]matching.Code{matching.CodePlaces}, brokenRules(err)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		err = h.refusal("asked for, and it stands in nobody's way", panel.Invalid, ask(0, matching.CodeStaffing))
		if diff := cmp.Diff([]string{"/rule not_needed"}, faultsOf(err)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	})
}

func TestWaive_whatTheChairSetsAsideAlone(t *testing.T) {
	t.Parallel()
	plot := saying(one(2, 1, 9), func(int) []form.Answer {
		return answers(verified("education.sen_provision", "K"), rowed("education.needs.type", 1, "SEMH"), rowed("education.needs.must", 1, "yes"))
	})
	plot.Group = func(_ int, g *matching.Group) { g.Accepts.Needs = []string{"MLD"} }
	eachHall(t, plot, func(t *testing.T, h *hall) {
		late := h.except(0, 0, matching.CodeNeedsNotMet, 43)
		err := h.refusalOf("looked at again too late", panel.Invalid, late)
		if diff := cmp.Diff([]string{"/review_by late"}, faultsOf(err)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		idle := h.except(0, 0, matching.CodeNeedsNotMet, 42)
		idle.Waivers = append(idle.Waivers, waiving(matching.CodeStaffing, panel.Day(h.now)+7))
		err = h.refusalOf("a waiver that sets nothing aside", panel.Invalid, idle)
		if diff := cmp.Diff([]string{"/waivers/1/rule not_needed"}, faultsOf(err)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		in := h.except(0, 0, matching.CodeNeedsNotMet, 42)
		d := made(h.Service.Decide(h.chair(), in))(t).Decision
		k := h.kept()
		if len(k.Waivers) != 1 || len(d.Waivers) != 1 || k.Told != 3 {
			t.Fatalf("it used %+v, stored are %+v, told in %d lines", d.Waivers, k.Waivers, k.Told)
		}
		w := k.Waivers[0]
		want := panel.Waiver{
			ID: d.Waivers[0].Waiver, Version: 1, Meeting: h.Meetings[0], Referral: h.Agendas[0][0], Pupil: h.Pupils[0][0], Rule: matching.CodeNeedsNotMet,
			Stays: in.Stays, Text: in.Waivers[0].Text, Owner: in.Waivers[0].Owner, Mitigation: in.Waivers[0].Mitigation, ReviewBy: in.Waivers[0].ReviewBy,
			State: panel.Used, By: h.Chairs[0], At: h.now, Decision: d.ID, Papers: d.Papers,
		}
		if diff := cmp.Diff(want, w); diff != "" {
			t.Errorf("the waiver (-want +got)\n%s", diff)
		}
		h.broken("somebody else is not let in by it", h.placing(1, 0), matching.CodeNeedsNotMet)
		h.sound()
	})
}

// TestR9_anExceptionTakesTwo: rivals come together only where a second person approves
// of it, of these stays and of everybody whom it concerns.
func TestR9_anExceptionTakesTwo(t *testing.T) {
	t.Parallel()
	eachHall(t, feuding(4, 2), func(t *testing.T, h *hall) {
		h.place(0, 0)
		in := h.except(1, 0, matching.CodeRivalAreas, 28)
		h.refusesDecision("the chair alone", panel.NeedsApproval, in)
		w := h.asked(1, 0, matching.CodeRivalAreas)
		if w.State != panel.Requested || !w.Safety || !slices.Equal(w.Pupils, []panel.Pseudonym{"p-000-000"}) || w.Approver != "" {
			t.Errorf("asked for: %+v", w)
		}
		h.refusesDecision("not approved yet", panel.NeedsApproval, in)
		approve := func(p panel.PersonID, version int) func() error {
			return func() error { _, err := h.Service.ApproveWaiver(h.as(p), w.ID, version); return err }
		}
		h.refuses("a member", panel.Forbidden, approve(listening, w.Version))
		h.grant(h.Chairs[0], panel.Grant{Role: panel.RoleApprover})
		h.refuses("whoever asked", panel.Forbidden, approve(h.Chairs[0], w.Version))
		h.refuses("another version", panel.Stale, approve(heading, w.Version+1))
		w = made(h.Service.ApproveWaiver(h.as(heading), w.ID, w.Version))(t)
		if w.State != panel.Approved || w.Approver != heading || !w.ApprovedAt.Equal(h.now) {
			t.Errorf("approved: %+v", w)
		}
		h.refuses("approved twice", panel.WrongState, approve(heading, w.Version))
		other := in
		other.Stays = h.Stay(0)
		other.Stays[0].To--
		h.refusesDecision("of other stays", panel.NeedsApproval, other)
		d := made(h.Service.Decide(h.chair(), in))(t)
		k := h.kept()
		if got := k.Waivers[0]; len(k.Waivers) != 1 || got.State != panel.Used || got.Decision != d.Decision.ID {
			t.Errorf("after the decision: %+v", k.Waivers)
		}
		if diff := cmp.Diff([]panel.Waived{{Waiver: w.ID, Rule: matching.CodeRivalAreas, Pupils: []panel.Pseudonym{"p-000-000"}}}, d.Decision.Waivers); diff != "" {
			t.Errorf("the decision (-want +got)\n%s", diff)
		}
		h.sound()
		h.broken("the next of the area", h.placing(3, 0), matching.CodeRivalAreas)

		p := d.Placements[0]
		made(h.Service.DeclineOffer(h.as(providing), p.ID, p.Version, panel.Reason{Code: "wrong_mix", Text: "The two would meet each day after all."}))(t)
		in.Meeting, in.Ranking = "", ""
		h.refusesDecision("a second time", panel.NeedsApproval, in)
		h.sound()
	})
}

func TestR9_anExceptionIsForThoseWhoWereNamed(t *testing.T) {
	t.Parallel()
	eachHall(t, feuding(4, 2), func(t *testing.T, h *hall) {
		h.place(0, 0)
		w := h.asked(1, 0, matching.CodeRivalAreas)
		made(h.Service.ApproveWaiver(h.as(heading), w.ID, w.Version))(t)
		h.place(2, 0) // another one of the first area, by now
		in := h.except(1, 0, matching.CodeRivalAreas, 28)
		h.refusesDecision("somebody else is concerned by now", panel.NeedsApproval, in)
		w = h.asked(1, 0, matching.CodeRivalAreas)
		if diff := cmp.Diff([]panel.Pseudonym{"p-000-000", "p-000-002"}, w.Pupils); diff != "" {
			t.Errorf("asked again (-want +got)\n%s", diff)
		}
		made(h.Service.ApproveWaiver(h.as(heading), w.ID, w.Version))(t)
		if used := made(h.Service.Decide(h.chair(), in))(t).Decision.Waivers; len(used) != 1 || used[0].Waiver != w.ID {
			t.Errorf("it used %+v, want %s", used, w.ID)
		}
		h.sound()
	})
}

func TestR9_aRefusedExceptionIsNone(t *testing.T) {
	t.Parallel()
	eachHall(t, feuding(2, 1), func(t *testing.T, h *hall) {
		h.place(0, 0)
		w := h.asked(1, 0, matching.CodeRivalAreas)
		w = made(h.Service.RefuseWaiver(h.as(heading), w.ID, w.Version))(t)
		if w.State != panel.Declined || w.Approver != heading {
			t.Errorf("refused: %+v", w)
		}
		h.refuses("approved after all", panel.WrongState, func() error { _, err := h.Service.ApproveWaiver(h.as(heading), w.ID, w.Version); return err })
		h.refusesDecision("all the same", panel.NeedsApproval, h.except(1, 0, matching.CodeRivalAreas, 28))
		_, err := h.Service.RequestWaiver(h.chair(), h.Meetings[0], h.Agendas[0][1], h.Stay(0), h.except(1, 0, matching.CodeRivalAreas, 29).Waivers[0])
		if diff := cmp.Diff([]string{"/review_by late"}, faultsOf(err)); diff != "" {
			t.Errorf("looked at again too late (-want +got)\n%s", diff)
		}
		h.refuses("no such waiver", panel.NotFound, func() error { _, err := h.Service.ApproveWaiver(h.as(heading), "none", 1); return err })
	})
}

// TestWaive_oneOfTwoRulesIsNotEnough: what is not covered is told, and only that.
func TestWaive_oneOfTwoRulesIsNotEnough(t *testing.T) {
	t.Parallel()
	plot := feuding(2, 1)
	plot.Group = func(_ int, g *matching.Group) { g.Adults, g.Places = matching.Every(200), matching.Every(1) }
	eachHall(t, plot, func(t *testing.T, h *hall) {
		h.place(0, 0)
		h.broken("nothing", h.placing(1, 0), matching.CodePlaces, matching.CodeStaffing, matching.CodeRivalAreas)
		h.broken("one", h.except(1, 0, matching.CodeStaffing, 7), matching.CodePlaces, matching.CodeRivalAreas)
	})
}

// TestR3_aWaiverOfStaffingBringsAnAdult: that is what it means, so that what was there
// before is enough for the others, and not for one more.
func TestR3_aWaiverOfStaffingBringsAnAdult(t *testing.T) {
	t.Parallel()
	plot := one(3, 1, 9)
	plot.Group = func(_ int, g *matching.Group) { g.Adults = matching.Every(200) }
	eachHall(t, plot, func(t *testing.T, h *hall) {
		if p := h.place(0, 0).Placements[0]; p.OwnAdult {
			t.Error("an adult of nobody's comes along")
		}
		h.broken("no adult is left", h.placing(1, 0), matching.CodeStaffing)
		d := made(h.Service.Decide(h.chair(), h.except(1, 0, matching.CodeStaffing, 42)))(t)
		if p := d.Placements[0]; !p.OwnAdult || h.kept().Placements[1].OwnAdult == h.kept().Placements[0].OwnAdult {
			t.Errorf("the placement is %+v", p)
		}
		h.broken("one more", h.placing(2, 0), matching.CodeStaffing)
		h.sound()
	})
}

func TestR3_anAdultWhoComesAlongNeedsNoOther(t *testing.T) {
	t.Parallel()
	plot := saying(one(2, 1, 9), func(int) []form.Answer {
		return answers(verified("education.own_adult", "yes"), verified("education.support", "one_to_one"))
	})
	plot.Group = func(_ int, g *matching.Group) { g.Adults = matching.Every(0) }
	eachHall(t, plot, func(t *testing.T, h *hall) {
		if p := h.place(0, 0).Placements[0]; !p.OwnAdult {
			t.Errorf("the placement is %+v", p)
		}
		h.sound()
	})
}

// TestR9_toStayOnBesideARivalTakesTwo: a longer stay is an exception like any other.
func TestR9_toStayOnBesideARivalTakesTwo(t *testing.T) {
	t.Parallel()
	eachHall(t, feuding(2, 1), func(t *testing.T, h *hall) {
		p := h.began(0, 0)
		made(h.Service.Decide(h.chair(), h.from(1, 0, "2027-01-11", "2027-02-14")))(t)
		in := panel.DecisionInput{Meeting: h.Meetings[0], Referral: p.Referral, Outcome: panel.Extend, Placement: p.ID, To: date("2027-01-24"), Reason: weighed}
		h.broken("no waiver", in, matching.CodeRivalAreas)
		in.Waivers = h.except(0, 0, matching.CodeRivalAreas, 28).Waivers
		h.refusesDecision("the chair alone", panel.NeedsApproval, in)
		stays := h.Stay(0)
		stays[0].To = in.To
		w := made(h.Service.RequestWaiver(h.chair(), h.Meetings[0], p.Referral, stays, in.Waivers[0]))(t)
		made(h.Service.ApproveWaiver(h.as(heading), w.ID, w.Version))(t)
		made(h.Service.Decide(h.chair(), in))(t)
		h.sound()
	})
}
