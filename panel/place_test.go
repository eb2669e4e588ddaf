package panel_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/panel"
)

// TestW4_theProvisionAnswers: whoever is offered a pupil meets the pupil, and takes the
// offer or says why not.
func TestW4_theProvisionAnswers(t *testing.T) {
	t.Parallel()
	plot := one(2, 1, 2)
	plot.Tables = anotherProvision
	eachHall(t, plot, func(t *testing.T, h *hall) {
		p, other := h.place(0, 0).Placements[0], h.place(1, 0).Placements[0]
		h.update(func(tx panel.Tx) error {
			return tx.People().Add(&panel.Person{ID: "miller", SignIn: "miller", Name: "Miller", Grants: []panel.Grant{{Role: panel.RoleProvider, Organisation: "mill"}}})
		})
		accept := func(by panel.PersonID, version int) func() error {
			return func() error { _, err := h.Service.Accept(h.as(by), p.ID, version); return err }
		}
		h.refuses("by another provision", panel.NotFound, accept("miller", p.Version))
		h.refuses("by the officer", panel.Forbidden, accept(coordinating, p.Version))
		h.refuses("another version", panel.Stale, accept(providing, p.Version+1))
		today := panel.Day(h.now)
		err := h.refusal("a visit that has not been", panel.Invalid, func() error {
			_, err := h.Service.Visit(h.as(providing), p.ID, p.Version, panel.Visit{On: today + 1, Wants: "perhaps", Pupil: "\u202e"})
			return err
		})
		if diff := cmp.Diff([]string{"/on range", "/pupil character", "/wants unknown"}, faultsOf(err)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		visit := panel.Visit{On: today, Taster: true, Pupil: "It was all right.", Wants: "unsure"}
		p = made(h.Service.Visit(h.as(providing), p.ID, p.Version, visit))(t)
		if p.Visit != visit || p.State != panel.Offered {
			t.Errorf("after the visit: %+v", p)
		}
		p = made(h.Service.Accept(h.as(providing), p.ID, p.Version))(t)
		if p.State != panel.Accepted || p.Answered != today {
			t.Errorf("accepted: %+v", p)
		}
		h.refuses("accepted twice", panel.WrongState, accept(providing, p.Version))
		why := panel.Reason{Code: "staffing", Text: "Two of the team have left this week."}
		h.refuses("declined after it was accepted", panel.WrongState, func() error {
			_, err := h.Service.DeclineOffer(h.as(providing), p.ID, p.Version, why)
			return err
		})
		err = h.refusal("declined for no reason", panel.Invalid, func() error {
			_, err := h.Service.DeclineOffer(h.as(providing), other.ID, other.Version, panel.Reason{Code: "because", Text: "no"})
			return err
		})
		if diff := cmp.Diff([]string{"/reason/code unknown", "/reason/text too_short"}, faultsOf(err)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		other = made(h.Service.DeclineOffer(h.as(providing), other.ID, other.Version, why))(t)
		if other.State != panel.Declined || other.Answer != why || other.Answered != today {
			t.Errorf("declined: %+v", other)
		}
		h.refuses("withdrawn for no reason", panel.Invalid, func() error {
			_, err := h.Service.WithdrawOffer(h.as(coordinating), p.ID, p.Version, "")
			return err
		})
		p = made(h.Service.WithdrawOffer(h.as(coordinating), p.ID, p.Version, enough))(t)
		if p.State != panel.Withdrawn || p.EndText != enough {
			t.Errorf("withdrawn: %+v", p)
		}
		for n, r := range h.kept().Referrals {
			if r.State != panel.Ready {
				t.Errorf("referral %d is %s", n, r.State)
			}
		}
		h.refuses("a visit afterwards", panel.Invalid, func() error {
			_, err := h.Service.Visit(h.as(providing), p.ID, p.Version, visit)
			return err
		})
		h.sound()
	})
}
