package panel_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/paneltest"
)

// TestDecide_everythingThatIsWrongAtOnce: of each outcome what it needs, and what is not its own.
func TestDecide_everythingThatIsWrongAtOnce(t *testing.T) {
	t.Parallel()
	eachHall(t, one(2, 1, 1), func(t *testing.T, h *hall) {
		today := panel.Day(h.now)
		p := h.began(1, 0)
		reversed := h.Stay(0)[0]
		reversed.To = reversed.From - 1
		for _, test := range []struct {
			name string
			in   panel.DecisionInput
			want []string
		}{
			{"place", panel.DecisionInput{Outcome: panel.Place}, []string{"/stays required"}},
			{"place, empty stays", panel.DecisionInput{Outcome: panel.Place, Stays: []matching.Stay{{Group: h.Groups[0]}, reversed}, Placement: p.ID},
				[]string{"/placement not_here", "/stays/0/from required", "/stays/0/pattern required", "/stays/0/to required", "/stays/1/to order"}},
			{"wait", panel.DecisionInput{Outcome: panel.Wait, Stays: h.Stay(0), ReturnOn: today}, []string{"/return_on past", "/stays not_here"}},
			{"defer", panel.DecisionInput{Outcome: panel.Defer}, []string{"/actions required", "/return_on required"}},
			{"defer until today, for nobody to do", panel.DecisionInput{Outcome: panel.Defer, ReturnOn: today, Actions: []panel.Action{{Owner: " "}}},
				[]string{"/actions/0/due required", "/actions/0/owner required", "/actions/0/text too_short", "/return_on past"}},
			{"decline", panel.DecisionInput{Outcome: panel.Decline, Reason: panel.Reason{Code: "because", Text: "\u202e"}, Targets: []string{""}, Conditions: []string{" "}},
				[]string{"/conditions/0 too_short", "/reason/code unknown", "/reason/text character", "/targets/0 too_short"}},
			{"redirect", panel.DecisionInput{Outcome: panel.Redirect, Placement: p.ID}, []string{"/placement not_here"}},
			{"outreach", panel.DecisionInput{Outcome: panel.Outreach, Stays: h.Stay(0)}, []string{"/stays not_here"}},
			{"too long a reason", panel.DecisionInput{Outcome: panel.Outreach, Reason: panel.Reason{Text: strings.Repeat("a", panel.MostText+1)}}, []string{"/reason/text too_long"}},
			{"a waiver of nothing", panel.DecisionInput{Outcome: panel.Place, Stays: h.Stay(0), Waivers: []panel.WaiverInput{{}}},
				[]string{"/waivers/0/mitigation too_short", "/waivers/0/owner required", "/waivers/0/review_by past", "/waivers/0/rule required", "/waivers/0/text too_short"}},
			{"a rule waived twice", panel.DecisionInput{Outcome: panel.Place, Stays: h.Stay(0), Waivers: []panel.WaiverInput{
				waiving("staffing", today+7), waiving("staffing", today+7),
			}}, []string{"/waivers/1/rule twice"}},
		} {
			test.in.Meeting, test.in.Referral = h.Meetings[0], h.Agendas[0][0]
			err := h.refusalOf(test.name, panel.Invalid, test.in)
			if diff := cmp.Diff(test.want, faultsOf(err)); diff != "" {
				t.Errorf("%s (-want +got)\n%s", test.name, diff)
			}
		}
		for _, test := range []struct {
			name string
			in   panel.DecisionInput
			want []string
		}{
			{"extend", panel.DecisionInput{Outcome: panel.Extend, Stays: h.Stay(0)}, []string{"/placement required", "/stays not_here", "/to required"}},
			{"end", panel.DecisionInput{Outcome: panel.End}, []string{"/destination unknown", "/end_reason unknown", "/placement required", "/to required"}},
			{"extend to the same day", panel.DecisionInput{Outcome: panel.Extend, Placement: p.ID, To: p.To, Reason: weighed}, []string{"/to order"}},
			{"extend beyond the horizon", panel.DecisionInput{Outcome: panel.Extend, Placement: p.ID, To: date("2027-07-17"), Reason: weighed}, []string{"/to order"}},
			{"end before it began", panel.DecisionInput{
				Outcome: panel.End, Placement: p.ID, To: p.From - 1, EndReason: panel.Completed, Destination: panel.ToWork, Reason: weighed,
			}, []string{"/to future", "/to range"}},
		} {
			test.in.Meeting, test.in.Referral = h.Meetings[0], h.Agendas[0][1]
			err := h.refusalOf(test.name, panel.Invalid, test.in)
			if diff := cmp.Diff(test.want, faultsOf(err)); diff != "" {
				t.Errorf("%s (-want +got)\n%s", test.name, diff)
			}
		}
	})
}

// waiving sets a rule aside with all that it needs.
func waiving(rule matching.Code, reviewBy calendar.Date) panel.WaiverInput {
	return panel.WaiverInput{
		Rule: rule, Text: "The panel has heard both families about it.", Owner: "Head of service",
		Mitigation: "An adult is with the two on the way in and out.", ReviewBy: reviewBy,
	}
}

func TestDecide_eachOutcomeTakesTheReferralOn(t *testing.T) {
	t.Parallel()
	eachHall(t, one(6, 1, 6), func(t *testing.T, h *hall) {
		today := panel.Day(h.now)
		for n, test := range []struct {
			outcome panel.Outcome
			state   panel.State
			more    panel.DecisionInput
		}{
			{panel.Place, panel.Placed, panel.DecisionInput{Stays: h.Stay(0)}},
			{panel.Wait, panel.Waiting, panel.DecisionInput{ReturnOn: today + 14}},
			{panel.Defer, panel.Deferred, panel.DecisionInput{ReturnOn: today + 7, Actions: []panel.Action{{Text: "Ask.", Owner: "School", Due: today + 3}}}},
			{panel.Decline, panel.Declined, panel.DecisionInput{}},
			{panel.Redirect, panel.Redirected, panel.DecisionInput{}},
			{panel.Outreach, panel.OnOutreach, panel.DecisionInput{Targets: []string{"In class for four lessons."}}},
		} {
			in := test.more
			in.Meeting, in.Referral, in.Outcome = h.Meetings[0], h.Agendas[0][n], test.outcome
			h.refusesDecision(string(test.outcome)+" without a reason", panel.NeedsReason, in)
			in.Reason = weighed
			d := made(h.Service.Decide(h.chair(), in))(t).Decision
			r := h.kept().Referrals[n]
			if r.State != test.state || r.ReviewOn != in.ReturnOn || d.Outcome != test.outcome || d.Supersedes != "" || d.Recorded {
				t.Errorf("%s: the referral is %s until %s; %+v", test.outcome, r.State, r.ReviewOn, d)
			}
		}
		h.sound()
	})
}

// TestDecide_chairsAction: between meetings a chair places what is ready or waits, takes
// a placement further, and nothing else.
func TestDecide_chairsAction(t *testing.T) {
	t.Parallel()
	eachHall(t, one(6, 1, 6), func(t *testing.T, h *hall) {
		alone := func(n int) panel.DecisionInput {
			in := h.placing(n, 0)
			in.Meeting = ""
			return in
		}
		h.between(0, panel.Ready)
		h.between(1, panel.Waiting)
		h.between(2, panel.Returned)
		h.between(3, panel.Submitted)
		by := func(p panel.PersonID, in panel.DecisionInput) func() error {
			return func() error { _, err := h.Service.Decide(h.as(p), in); return err }
		}
		h.refuses("by the officer", panel.Forbidden, by(coordinating, alone(0)))
		h.refuses("by a member", panel.Forbidden, by(listening, alone(0)))
		h.refuses("of what was returned", panel.NotFound, by(h.Chairs[0], alone(2)))
		h.refuses("of what is submitted", panel.NotFound, by(h.Chairs[0], alone(3)))
		h.refuses("of what is on an open agenda", panel.WrongState, by(h.Chairs[0], alone(4)))
		declining := alone(0)
		declining.Outcome, declining.Stays = panel.Decline, nil
		h.refuses("to decline", panel.WrongState, by(h.Chairs[0], declining))
		dissenting := alone(0)
		dissenting.Dissent = []panel.Dissent{{Person: listening, Text: "No."}}
		h.refuses("with dissent of nobody there", panel.Invalid, by(h.Chairs[0], dissenting))
		h.grant(h.Chairs[0], panel.Grant{Role: panel.RoleProvider, Organisation: "provision"})
		h.refuses("for the own provision", panel.Forbidden, by(h.Chairs[0], alone(0)))
		h.grant(deputising, panel.Grant{Role: panel.RoleProvider, Organisation: "school"})
		h.refuses("of the own unit", panel.NotFound, by(deputising, alone(0)))
		h.update(func(tx panel.Tx) error {
			return tx.People().Add(&panel.Person{ID: "another", SignIn: "another", Name: "Another", Grants: []panel.Grant{{Role: panel.RoleChair}}})
		})
		for n, state := range []panel.State{panel.Ready, panel.Waiting} {
			d := made(h.Service.Decide(h.as("another"), alone(n)))(t)
			if d.Decision.Meeting != "" || d.Decision.By != "another" || len(d.Placements) != 1 || len(d.Decision.Recused) != 0 {
				t.Errorf("of what is %s: %+v", state, d.Decision)
			}
		}
		h.grant("another", panel.Grant{Role: panel.RoleSchool, Organisation: "school"})
		h.between(5, panel.Ready)
		h.refuses("of the own school", panel.NotFound, by("another", alone(5)))
		h.sound()
	})
}

// pair is a plot in which a policy lets two groups of a week be put together.
func pair(p paneltest.Plot) paneltest.Plot {
	p.Tables = func(tx panel.Tx, town *paneltest.Town) error {
		policy := panel.DefaultPolicy()
		policy.ID, policy.Name = "pairs", "pairs"
		policy.Matching.ID, policy.Matching.Package.MaxGroups = "pairs", 2
		if err := tx.Policies().Add(&policy); err != nil {
			return err
		}
		if err := tx.Activations().Add(&panel.Activation{ID: "a", Policy: policy.ID, From: panel.Day(paneltest.Noon())}); err != nil {
			return err
		}
		m, err := tx.Meetings().Get(town.Meetings[0])
		if err != nil {
			return err
		}
		m.Policy = policy.ID
		return tx.Meetings().Put(&m)
	}
	p.Group = func(n int, g *matching.Group) { g.Timetable = daysOf(n) }
	return p
}

// packaged is to place a referral in two groups at once.
func (h *hall) packaged(n int) panel.DecisionInput {
	in := h.placing(n, 0)
	in.Stays = append(in.Stays, h.Stay(1)...)
	return in
}

// TestDecide_aPackageStandsOrFallsAsOne: two groups make two placements; when one offer is
// declined the other is withdrawn, and the referral needs another decision.
func TestDecide_aPackageStandsOrFallsAsOne(t *testing.T) {
	t.Parallel()
	eachHall(t, pair(one(2, 2, 1)), func(t *testing.T, h *hall) {
		d := made(h.Service.Decide(h.chair(), h.packaged(0)))(t)
		if len(d.Placements) != 2 || d.Placements[0].Group != h.Groups[0] || d.Placements[1].Group != h.Groups[1] {
			t.Fatalf("it made %+v", d.Placements)
		}
		h.refusesDecision("a second package where there is no place", panel.RulesBroken, h.packaged(1))
		first, second := d.Placements[0], d.Placements[1]
		second = made(h.Service.Accept(h.as(providing), second.ID, second.Version))(t)
		why := panel.Reason{Code: "wrong_mix", Text: "The group would not take it well now."}
		h.refuses("without a reason", panel.Invalid, func() error {
			_, err := h.Service.DeclineOffer(h.as(providing), first.ID, first.Version, panel.Reason{})
			return err
		})
		made(h.Service.DeclineOffer(h.as(providing), first.ID, first.Version, why))(t)
		k := h.kept()
		states := map[panel.PlacementID]panel.State{}
		for _, p := range k.Placements {
			states[p.ID] = p.State
		}
		if diff := cmp.Diff(map[panel.PlacementID]panel.State{first.ID: panel.Declined, second.ID: panel.Withdrawn}, states); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		if r := k.Referrals[0]; r.State != panel.Ready {
			t.Errorf("the referral is %s", r.State)
		}
		h.sound()
		made(h.Service.Decide(h.chair(), h.packaged(1)))(t) // both places are free again
		in := h.packaged(0)
		in.Meeting = ""
		h.refusesDecision("where they are taken again", panel.RulesBroken, in)
		h.sound()
	})
}

func TestDecide_packagesThatAreNone(t *testing.T) {
	t.Parallel()
	eachHall(t, pair(one(1, 3, 1)), func(t *testing.T, h *hall) {
		for _, test := range []struct {
			name   string
			change func(*panel.DecisionInput)
			want   []matching.Code
		}{
			{"one group twice", func(in *panel.DecisionInput) { in.Stays[1].Group = h.Groups[0] }, []matching.Code{matching.CodeGroupTwice, matching.CodeSessionTwice}},
			{"two first days", func(in *panel.DecisionInput) { in.Stays[1].From++ }, []matching.Code{matching.CodeStartsDiffer}},
			{"three groups", func(in *panel.DecisionInput) { in.Stays = append(in.Stays, h.Stay(2)...) }, []matching.Code{matching.CodeTooManyGroups}},
		} {
			in := h.packaged(0)
			test.change(&in)
			got := brokenRules(h.refusalOf(test.name, panel.RulesBroken, in))
			slices.Sort(got)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("%s (-want +got)\n%s", test.name, diff)
			}
		}
	})
}
