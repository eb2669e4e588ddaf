package panel_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/paneltest"
)

func TestDecide_placesByWhatIsStored(t *testing.T) {
	t.Parallel()
	eachHall(t, one(3, 2, 1), func(t *testing.T, h *hall) {
		first := h.place(0, 0)
		p := first.Placements[0]
		if p.State != panel.Offered || p.Group != h.Groups[0] || p.Site != h.Sites[0] || p.From != h.Stay(0)[0].From || p.Decision != first.Decision.ID {
			t.Errorf("the offer is %+v", p)
		}
		if k := h.kept(); k.Referrals[0].State != panel.Placed || len(k.Decisions) != 1 || len(k.Placements) != 1 || k.Told != 2 {
			t.Errorf("stored, and told in %d lines of the journal: %+v", k.Told, k)
		}
		err := h.refusalOf("an over-full group", panel.RulesBroken, h.placing(1, 0))
		reasons := reasonsOf(err)
		if len(reasons) != 1 {
			t.Fatalf("reasons: %+v", reasons)
		}
		got := reasons[0]
		want := matching.Reason{
			Code: matching.CodePlaces, Class: matching.ByDate, Limit: new(1), Observed: new(2), Date: date("2026-11-30"), Session: "mon-am",
			Times: got.Times, Pupils: []panel.Pseudonym{"p-000-000"}, Clears: got.Clears,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("why (-want +got)\n%s", diff)
		}
		h.place(1, 1)
		h.sound()
	})
}

func TestDecide_refusals(t *testing.T) {
	t.Parallel()
	eachHall(t, one(4, 2, 1), func(t *testing.T, h *hall) {
		change := func(change func(*panel.DecisionInput)) panel.DecisionInput {
			in := h.placing(1, 1)
			change(&in)
			return in
		}
		second := made(h.Service.Rank(h.chair(), h.Meetings[0], h.Agendas[0][2]))(t)
		aside := made(h.Service.Rank(h.as(coordinating), "", h.Agendas[0][1]))(t)
		for _, test := range []struct {
			name   string
			in     panel.DecisionInput
			kind   panel.Kind
			faults []string
		}{
			{"an outcome that there is not", change(func(in *panel.DecisionInput) { in.Outcome = "perhaps" }), panel.Invalid, []string{"/outcome unknown"}},
			{"a group that is not there", change(func(in *panel.DecisionInput) { in.Stays[0].Group = "none" }), panel.Invalid, []string{"/stays/0/group unknown"}},
			{"a pattern that is not there", change(func(in *panel.DecisionInput) { in.Stays[0].Pattern = "none" }), panel.Invalid, []string{"/stays/0/pattern stay"}},
			{"a meeting that is not there", change(func(in *panel.DecisionInput) { in.Meeting = "none" }), panel.NotFound, nil},
			{"a referral that is not there", change(func(in *panel.DecisionInput) { in.Referral = "none" }), panel.NotFound, nil},
			{"a ranking that is not there", change(func(in *panel.DecisionInput) { in.Ranking = "none" }), panel.NotFound, nil},
			{"the ranking of another referral", change(func(in *panel.DecisionInput) { in.Ranking = second.Record.ID }), panel.NotFound, nil},
			{"a ranking from between meetings", change(func(in *panel.DecisionInput) { in.Ranking = aside.Record.ID }), panel.NotFound, nil},
			{"a departure without a reason", change(func(in *panel.DecisionInput) { in.Reason = panel.Reason{} }), panel.NeedsReason,
				[]string{"/reason/code required", "/reason/text too_short"}},
			{"a departure with words only", change(func(in *panel.DecisionInput) { in.Reason.Code = "" }), panel.NeedsReason, []string{"/reason/code required"}},
			{"a departure with a code only", change(func(in *panel.DecisionInput) { in.Reason.Text = "" }), panel.NeedsReason, []string{"/reason/text too_short"}},
		} {
			err := h.refusalOf(test.name, test.kind, test.in)
			if diff := cmp.Diff(test.faults, faultsOf(err)); diff != "" {
				t.Errorf("%s (-want +got)\n%s", test.name, diff)
			}
		}
		h.sound()
	})
}

func TestDecide_whoMay(t *testing.T) {
	t.Parallel()
	plot := one(3, 2, 3)
	plot.Panels = 2
	eachHall(t, plot, func(t *testing.T, h *hall) {
		by := func(p panel.PersonID) func() error {
			return func() error { _, err := h.Service.Decide(h.as(p), h.placing(0, 0)); return err }
		}
		h.refuses("nobody", panel.Unauthenticated, func() error { _, err := h.Service.Decide(t.Context(), h.placing(0, 0)); return err })
		h.refuses("a member", panel.Forbidden, by(listening))
		h.refuses("the deputy beside the chair", panel.Forbidden, by(deputising))
		h.refuses("the chair of another meeting", panel.NotFound, by(h.Chairs[1]))
		h.refuses("the panel's officer", panel.Forbidden, by(coordinating))
		h.refuses("another meeting's referral", panel.NotFound, func() error {
			in := h.placing(0, 0)
			in.Referral = h.Agendas[1][0]
			_, err := h.Service.Decide(h.chair(), in)
			return err
		})
		absent := func(who ...panel.PersonID) func(*panel.Meeting) {
			return func(m *panel.Meeting) {
				for i := range m.Attendance {
					m.Attendance[i].Present = true
					for _, p := range who {
						if m.Attendance[i].Person == p {
							m.Attendance[i].Present = false
						}
					}
				}
			}
		}
		h.changeMeeting(absent(h.Chairs[0]))
		h.refuses("a chair who did not come", panel.Forbidden, by(h.Chairs[0]))
		h.changeMeeting(absent(h.Chairs[0], deputising))
		h.refuses("a deputy who did not come", panel.Forbidden, by(deputising))
		h.changeMeeting(absent(h.Chairs[0]))
		d := made(h.Service.Decide(h.as(deputising), h.placing(0, 0)))(t)
		if d.Decision.By != deputising || d.Decision.Role != panel.RoleChair {
			t.Errorf("decided by %s as %s", d.Decision.By, d.Decision.Role)
		}
		h.changeMeeting(func(m *panel.Meeting) { absent()(m); m.State = panel.Planned })
		err := h.refusalOf("before the meeting", panel.WrongState, h.placing(1, 0))
		if stateOf(err) != panel.Planned {
			t.Errorf("it does not say that the meeting is planned: %v", err)
		}
		h.sound()
	})
}

// TestW2_whoHasAnInterestTakesNoPart: by a role found at the moment of the decision or by
// what was declared; the deputy decides, and the quorum is of those who take part.
func TestW2_whoHasAnInterestTakesNoPart(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		kind panel.Kind // for the chair, who has the interest
		make func(*hall)
	}{
		{"own provision", panel.Forbidden, func(h *hall) {
			h.grant(h.Chairs[0], panel.Grant{Role: panel.RoleProvider, Organisation: "provision"})
		}},
		{"a unit that refers", panel.NotFound, func(h *hall) {
			h.grant(h.Chairs[0], panel.Grant{Role: panel.RoleProvider, Organisation: "school"})
		}},
		{"own school", panel.NotFound, func(h *hall) {
			h.grant(h.Chairs[0], panel.Grant{Role: panel.RoleSchool, Organisation: "school"})
		}},
		{"declared", panel.NotFound, func(h *hall) {
			h.changeMeeting(func(m *panel.Meeting) {
				m.Interests = append(m.Interests, panel.Interest{Person: h.Chairs[0], Referral: h.Agendas[0][0], Kind: panel.Declared, Text: longEnough})
			})
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			eachHall(t, one(1, 1, 1), func(t *testing.T, h *hall) {
				test.make(h)
				h.changeMeeting(func(m *panel.Meeting) { m.Quorum = 3 })
				h.refusesDecision("the chair", test.kind, h.placing(0, 0))
				h.refuses("two of three who are needed", panel.Inquorate, func() error {
					_, err := h.Service.Decide(h.as(deputising), h.placing(0, 0))
					return err
				})
				h.changeMeeting(func(m *panel.Meeting) { m.Quorum = 2 })
				d := made(h.Service.Decide(h.as(deputising), h.placing(0, 0)))(t)
				if diff := cmp.Diff([]panel.PersonID{h.Chairs[0]}, d.Decision.Recused); diff != "" {
					t.Errorf("who took no part (-want +got)\n%s", diff)
				}
				h.sound()
			})
		})
	}
}

func TestDecide_declaredInterestOfAnotherReferralIsNone(t *testing.T) {
	t.Parallel()
	eachHall(t, one(2, 1, 2), func(t *testing.T, h *hall) {
		h.changeMeeting(func(m *panel.Meeting) {
			m.Interests = append(m.Interests, panel.Interest{Person: h.Chairs[0], Referral: h.Agendas[0][0], Kind: panel.Declared})
			m.Quorum = 3
		})
		if d := h.place(1, 0).Decision; len(d.Recused) != 0 {
			t.Errorf("%v took no part", d.Recused)
		}
	})
}

func TestDecide_aReferralIsDecidedOnce(t *testing.T) {
	t.Parallel()
	eachHall(t, one(2, 1, 2), func(t *testing.T, h *hall) {
		h.place(0, 0)
		decline := panel.DecisionInput{Meeting: h.Meetings[0], Referral: h.Agendas[0][0], Outcome: panel.Decline, Reason: weighed}
		h.refusesDecision("again", panel.AlreadyDecided, h.placing(0, 0))
		err := h.refusalOf("otherwise", panel.AlreadyDecided, decline)
		if stateOf(err) != panel.Placed {
			t.Errorf("it does not say that the referral is placed: %v", err)
		}
		decline.Referral = h.Agendas[0][1]
		made(h.Service.Decide(h.chair(), decline))(t)
		h.refusesDecision("placed after it was declined", panel.AlreadyDecided, h.placing(1, 0))
		h.sound()
	})
}

func TestDecide_aRequestIsRepeated(t *testing.T) {
	t.Parallel()
	eachHall(t, one(3, 1, 3), func(t *testing.T, h *hall) {
		in := h.placing(0, 0)
		in.RequestKey = "key"
		once := made(h.Service.Decide(h.chair(), in))(t)
		before := h.kept()
		again := made(h.Service.Decide(h.chair(), in))(t)
		if diff := cmp.Diff(once, again); diff != "" {
			t.Errorf("the same request (-first +second)\n%s", diff)
		}
		if diff := cmp.Diff(before.Decisions, h.kept().Decisions); diff != "" {
			t.Errorf("decided twice\n%s", diff)
		}
		other := in
		other.Reason.Code = "journey"
		h.refusesDecision("another body", panel.Conflict, other)
		other = h.placing(1, 0)
		other.RequestKey = "key"
		h.refusesDecision("another referral", panel.Conflict, other)
		h.changeMeeting(func(m *panel.Meeting) { m.Attendance[0].Present = false })
		own := made(h.Service.Decide(h.as(deputising), other))(t)
		if own.Decision.By != deputising || own.Decision.ID == once.Decision.ID {
			t.Errorf("another person with the same key got %+v", own.Decision)
		}
		if diff := cmp.Diff(once, made(h.Service.Decide(h.chair(), in))(t)); diff != "" {
			t.Errorf("a repeat of what would be refused now (-first +third)\n%s", diff)
		}
		h.sound()
	})
}

func TestDecide_dissentIsOfThosePresent(t *testing.T) {
	t.Parallel()
	eachHall(t, one(1, 1, 1), func(t *testing.T, h *hall) {
		h.changeMeeting(func(m *panel.Meeting) { m.Attendance[2].Present = false })
		in := h.placing(0, 0)
		in.Dissent = []panel.Dissent{{Person: deputising, Text: "Too soon."}, {Person: listening, Text: "Too far."}, {Person: "nobody", Text: ""}}
		err := h.refusalOf("of those who are away", panel.Invalid, in)
		if diff := cmp.Diff([]string{"/dissent/1/person unknown", "/dissent/2/person unknown", "/dissent/2/text too_short"}, faultsOf(err)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		in.Dissent = in.Dissent[:1]
		d := made(h.Service.Decide(h.chair(), in))(t)
		if diff := cmp.Diff(in.Dissent, d.Decision.Dissent); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	})
}

func TestW3_whatItIsWeighedAgainst(t *testing.T) {
	t.Parallel()
	eachHall(t, one(3, 2, 3), func(t *testing.T, h *hall) {
		seen := made(h.Service.Rank(h.chair(), h.Meetings[0], h.Agendas[0][0]))(t)
		in := h.placing(0, 0)
		in.Stays, in.Reason = h.options(seen)[0], panel.Reason{}
		d := made(h.Service.Decide(h.chair(), in))(t).Decision
		if d.Departs || d.Rank != 1 || d.Ranking != seen.Record.ID || d.Papers != seen.Record.Papers || d.Snapshot == "" {
			t.Errorf("the first rank without a reason: %+v", d)
		}
		seen = made(h.Service.Rank(h.chair(), h.Meetings[0], h.Agendas[0][1]))(t)
		h.changeReferral(1, func(r *panel.Referral) { r.Form = r.Form.With(paneltest.Said("education.support", "enhanced")) })
		in = h.placing(1, 0)
		in.Ranking = seen.Record.ID
		h.refusesDecision("another form", panel.PapersChanged, in)
		in.Ranking = ""
		d = made(h.Service.Decide(h.chair(), in))(t).Decision // ranked anew, as nothing was seen of these papers
		if d.Ranking == seen.Record.ID || d.Ranking == "" || d.Papers == seen.Record.Papers {
			t.Errorf("weighed against %s of %s", d.Ranking, d.Papers)
		}
		seen = made(h.Service.Rank(h.chair(), h.Meetings[0], h.Agendas[0][2]))(t)
		h.update(func(tx panel.Tx) error {
			sum := sha256.Sum256([]byte("%"))
			return errors.Join(tx.Documents().Add(&panel.Document{
				ID: "late", Referral: h.Agendas[0][2], Pupil: h.Pupils[0][2], Kind: "behaviour_log",
				Digest: panel.Digest("sha256:" + hex.EncodeToString(sum[:])), MediaType: "application/pdf", Size: 1, By: referring,
			}), tx.Contents().Add("late", []byte("%")))
		})
		in = h.placing(2, 0)
		in.Ranking = seen.Record.ID
		h.refusesDecision("another document", panel.PapersChanged, in)
		h.sound()
	})
}

func TestW3_toPlaceNobodyDepartsWhereSomethingIsOffered(t *testing.T) {
	t.Parallel()
	eachHall(t, one(2, 1, 1), func(t *testing.T, h *hall) {
		decline := panel.DecisionInput{Meeting: h.Meetings[0], Referral: h.Agendas[0][0], Outcome: panel.Decline, Reason: weighed}
		with := made(h.Service.Decide(h.chair(), decline))(t).Decision
		h.changeReferral(1, func(r *panel.Referral) { r.Form = r.Form.With(paneltest.Said("education.busy", "mon-am")) })
		decline.Referral = h.Agendas[0][1]
		without := made(h.Service.Decide(h.chair(), decline))(t).Decision
		if !with.Departs || with.Rank != 0 || without.Departs {
			t.Errorf("with options: departs %t at rank %d; with none: departs %t", with.Departs, with.Rank, without.Departs)
		}
		h.sound()
	})
}
