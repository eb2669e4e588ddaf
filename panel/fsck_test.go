package panel_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/form"
	"example.org/backontrack/panel/paneltest"
)

// A story is what a panel does on a day: it departs from a ranking, sets two rules aside,
// lets a pupil wait, extends and ends.
type story struct {
	*hall
	first  panel.Decided // placed, then extended
	second panel.Decided // beside a rival, with a waiver that somebody approved
	third  panel.Decided // with an adult of its own
}

func storyPlot() paneltest.Plot {
	plot := one(6, 2, 2)
	plot.Tables = rivals
	plot.Group = func(_ int, g *matching.Group) { g.Adults = matching.Every(400) }
	return saying(plot, func(n int) []form.Answer { return answers(verified("apart.areas", []string{"alder-park", "sg1"}[n%2])) })
}

// told is a hall after the story.
func told(h *hall) *story {
	h.t.Helper()
	s := &story{hall: h, first: h.place(0, 0)}
	w := h.asked(1, 0, matching.CodeRivalAreas)
	made(h.Service.ApproveWaiver(h.as(heading), w.ID, w.Version))(h.t)
	s.second = made(h.Service.Decide(h.chair(), h.except(1, 0, matching.CodeRivalAreas, 28)))(h.t)
	h.update(func(tx panel.Tx) error {
		g, err := tx.Groups().Get(h.Groups[1])
		if err != nil {
			return err
		}
		g.Terms.Adults = matching.Every(0)
		return tx.Groups().Put(&g)
	})
	s.third = made(h.Service.Decide(h.chair(), h.except(2, 1, matching.CodeStaffing, 28)))(h.t)
	for n, outcome := range []panel.Outcome{panel.Wait, panel.Decline} {
		made(h.Service.Decide(h.chair(), panel.DecisionInput{Meeting: h.Meetings[0], Referral: h.Agendas[0][3+n], Outcome: outcome, Reason: weighed}))(h.t)
	}
	p := h.starts(s.first.Placements[0])
	made(h.Service.Decide(h.chair(), panel.DecisionInput{
		Meeting: h.Meetings[0], Referral: p.Referral, Outcome: panel.Extend, Placement: p.ID, To: p.To + 7, Reason: weighed,
	}))(h.t)
	return s
}

func TestFsck_findsNothingInASoundDatabase(t *testing.T) {
	t.Parallel()
	eachHall(t, storyPlot(), func(t *testing.T, h *hall) {
		told(h)
		before := h.kept()
		for _, who := range []panel.PersonID{coordinating, panel.Operator} {
			health := made(h.Service.Fsck(h.as(who)))(t)
			if len(health.Findings) != 0 || health.Decisions != 6 || health.Placements != 3 || health.Rankings != 5 || health.Journal < 15 {
				t.Errorf("as %s: %+v", who, health)
			}
		}
		if diff := cmp.Diff(before, h.kept()); diff != "" {
			t.Errorf("looking has changed something\n%s", diff)
		}
		for _, who := range []panel.PersonID{h.Chairs[0], listening, providing, referring, heading} {
			_, err := h.Service.Fsck(h.as(who))
			refused(t, string(who), err, panel.Forbidden)
		}
	})
}

// forge stores a placement that nobody decided so.
func (s *story) forge(n, group int, change func(*panel.Placement)) panel.PlacementID {
	s.t.Helper()
	p := panel.Placement{
		ID: "forged", Referral: s.Agendas[0][n], Pupil: s.Pupils[0][n], Decision: s.first.Decision.ID, Organisation: "provision",
		Site: s.Sites[group], Group: s.Groups[group], Pattern: "all", From: date("2027-02-01"), To: date("2027-02-28"), State: panel.Offered, OwnAdult: true,
	}
	change(&p)
	s.update(func(tx panel.Tx) error { return tx.Placements().Add(&p) })
	return p.ID
}

// meanwhile is at the time of the others.
func (s *story) meanwhile(p *panel.Placement) { p.From, p.To = s.Stay(0)[0].From, s.Stay(0)[0].To }

// TestFsck_finds: each thing that should not be so, by the name of what it breaks.
func TestFsck_finds(t *testing.T) {
	t.Parallel()
	const body = " SET body = json_set(body, "
	decision := func(d panel.Decided) string { return string(d.Decision.ID) }
	for _, test := range []struct {
		name      string
		invariant string
		alter     func(*story) string // the id that is told
	}{
		{"a group that is over-filled", "places", func(s *story) string {
			s.forge(4, 1, s.meanwhile)
			s.update(func(tx panel.Tx) error {
				g, err := tx.Groups().Get(s.Groups[1])
				g.Terms.Places = matching.Every(1)
				if err == nil {
					err = tx.Groups().Put(&g)
				}
				return err
			})
			return string(s.Groups[1])
		}},
		{"a pair that has to be apart", "mix", func(s *story) string {
			s.forge(5, 1, s.meanwhile)
			return "" // of two, who may be in two groups
		}},
		{"a pupil who is somewhere else", "mix", func(s *story) string {
			s.changeReferral(2, func(r *panel.Referral) { r.Form = r.Form.With(verified("education.busy", "mon-am")) })
			return string(s.Groups[1])
		}},
		{"a decision of which the journal has no line", "journal", func(s *story) string {
			s.tampered("DELETE FROM journal WHERE json_extract(body, '$.Subject') = ?", decision(s.second))
			return decision(s.second)
		}},
		{"a referral in another state than the last decision gave it", "states", func(s *story) string {
			s.tampered("UPDATE referrals SET state = 'declined', body = json_set(body, '$.State', 'declined') WHERE id = ?", s.Agendas[0][3])
			return string(s.Agendas[0][3])
		}},
		{"a referral that is placed without a decision", "states", func(s *story) string {
			s.tampered("UPDATE referrals SET state = 'placed', body = json_set(body, '$.State', 'placed') WHERE id = ?", s.Agendas[0][5])
			return string(s.Agendas[0][5])
		}},
		{"a departure without a code", "override", func(s *story) string {
			s.tampered("UPDATE decisions"+body+"'$.Reason.Code', '', '$.Departs', json('true')) WHERE id = ?", decision(s.first))
			return decision(s.first)
		}},
		{"a departure without words", "override", func(s *story) string {
			s.tampered("UPDATE decisions"+body+"'$.Reason.Text', 'because', '$.Departs', json('true')) WHERE id = ?", decision(s.first))
			return decision(s.first)
		}},
		{"a decision of nobody's who may", "override", func(s *story) string {
			s.tampered("UPDATE decisions"+body+"'$.Role', 'member') WHERE id = ?", decision(s.third))
			return decision(s.third)
		}},
		{"a waiver of safety that one person approved for herself", "override", func(s *story) string {
			s.tampered("UPDATE waivers"+body+"'$.Approver', json_extract(body, '$.By')) WHERE id = ?", s.second.Decision.Waivers[0].Waiver)
			return string(s.second.Decision.Waivers[0].Waiver)
		}},
		{"a waiver that nobody approved", "override", func(s *story) string {
			s.tampered("UPDATE waivers"+body+"'$.Approver', '') WHERE id = ?", s.second.Decision.Waivers[0].Waiver)
			return string(s.second.Decision.Waivers[0].Waiver)
		}},
		{"a waiver that another decision used", "override", func(s *story) string {
			s.tampered("UPDATE waivers"+body+"'$.Decision', ?) WHERE id = ?", decision(s.first), s.third.Decision.Waivers[0].Waiver)
			return string(s.third.Decision.Waivers[0].Waiver)
		}},
		{"a waiver that is gone", "override", func(s *story) string {
			s.tampered("DELETE FROM waivers WHERE id = ?", s.third.Decision.Waivers[0].Waiver)
			return decision(s.third)
		}},
		{"a decision that supersedes none", "decisions", func(s *story) string {
			s.tampered("UPDATE decisions" + body + "'$.Supersedes', '') WHERE json_extract(body, '$.Supersedes') <> ''")
			return string(s.kept().Decisions[5].ID)
		}},
		{"a placement without a decision", "decisions", func(s *story) string {
			s.tampered("UPDATE placements"+body+"'$.Decision', 'none') WHERE id = ?", s.third.Placements[0].ID)
			return string(s.third.Placements[0].ID)
		}},
		{"a placement that ends before it begins", "states", func(s *story) string {
			return string(s.forge(5, 0, func(p *panel.Placement) { p.To = p.From - 1 }))
		}},
		{"a placement that started on no day", "states", func(s *story) string {
			return string(s.forge(0, 1, func(p *panel.Placement) { p.State = panel.Started }))
		}},
		{"an end without a reason", "states", func(s *story) string {
			return string(s.forge(0, 1, func(p *panel.Placement) { p.State, p.Started, p.Destination = panel.Ended, p.From, panel.ToWork }))
		}},
		{"an end that leads nowhere", "states", func(s *story) string {
			return string(s.forge(0, 1, func(p *panel.Placement) { p.State, p.Started, p.EndReason = panel.Ended, p.From, panel.Completed }))
		}},
		{"evidence that was altered", "ranking", func(s *story) string {
			s.tampered("UPDATE evidence SET packed = zeroblob(9) WHERE id = (SELECT snapshot FROM rankings WHERE id = ?)", s.first.Decision.Ranking)
			return string(s.first.Decision.Ranking)
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			onSQLite(t, storyPlot(), func(t *testing.T, h *hall) {
				s := told(h)
				h.sound()
				h.finds(test.invariant, test.alter(s))
			})
		})
	}
}
