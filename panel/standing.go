package panel

import (
	"context"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/form"
)

// A StandingInput is a placement that was decided before the panel kept its records here.
type StandingInput struct {
	School    OrganisationID
	Pupil     PupilID // empty: a new record
	Form      form.Form
	Group     GroupID
	Pattern   PatternID
	From      calendar.Date
	To        calendar.Date
	DecidedOn calendar.Date
	OwnAdult  bool
	Movable   bool
	Text      string // where the record comes from
}

// RecordStanding writes down a placement that stands already, with a referral that is
// placed and a decision that says it was recorded and not made here. No rule is run, as
// nothing is decided: what does not fit shows in [Service.Fsck].
func (s *Service) RecordStanding(ctx context.Context, in StandingInput) (Placement, error) {
	return do(ctx, s, NounPlacement, VerbRecord, func(w *work) (Placement, error) {
		if err := w.may(about{}); err != nil {
			return Placement{}, err
		}
		g, err := w.Groups().Get(in.Group)
		if err != nil && KindOf(err) != NotFound {
			return Placement{}, err
		}
		f := &faults{}
		f.when(err != nil, "/group", "unknown", "a group")
		f.when(err == nil && !hasPattern(g, in.Pattern), "/pattern", "unknown", "a pattern of the group")
		f.when(in.From == 0 || in.To < in.From, "/to", "order", "a last day that is not before the first")
		f.when(in.To > w.day+furthest, "/to", "range", "a day within five years")
		f.when(in.DecidedOn == 0 || in.DecidedOn > w.day, "/decided_on", "range", "a day that has come")
		f.text("/text", in.Text, LeastReason)
		checked, wrong, err := w.checkForm(in.Form)
		if err != nil {
			return Placement{}, err
		}
		in.Form, f.list = checked, append(f.list, wrong...)
		if f.list, err = w.checkSchool(in.School, f.list); err != nil {
			return Placement{}, err
		}
		if err := f.err("the placement is not complete"); err != nil {
			return Placement{}, err
		}
		return w.recordStanding(&in, g)
	})
}

func (w *work) recordStanding(in *StandingInput, g Group) (Placement, error) {
	pupil, err := w.tie(in.School, in.Pupil, identityOf(in.Form))
	if err != nil {
		return Placement{}, err
	}
	r := Referral{
		ID: ReferralID(w.id()), Pupil: pupil.ID, School: in.School, State: Placed, Form: in.Form,
		Created: w.Now(), Submitted: w.Now(), Received: in.DecidedOn,
	}
	if err := w.Referrals().Add(&r); err != nil {
		return Placement{}, err
	}
	d := Decision{
		ID: DecisionID(w.id()), Referral: r.ID, Pupil: pupil.ID, Outcome: Place, Recorded: true,
		Stays:  []matching.Stay{{Group: in.Group, Pattern: in.Pattern, From: in.From, To: in.To}},
		Reason: Reason{Code: "recorded", Text: in.Text}, By: w.person.ID, Role: w.as(RoleCoordinator), At: w.Now(), Day: in.DecidedOn,
	}
	if err := w.Decisions().Add(&d); err != nil {
		return Placement{}, err
	}
	p := Placement{
		ID: PlacementID(w.id()), Referral: r.ID, Pupil: pupil.ID, Decision: d.ID, Organisation: g.Organisation, Site: g.Site,
		Group: g.ID, Pattern: in.Pattern, From: in.From, To: in.To, OwnAdult: in.OwnAdult, Movable: in.Movable,
		State: Accepted, Offered: w.Now(),
	}
	if in.From <= w.day {
		p.State, p.Started = Started, in.From
	}
	self := []Pseudonym{pupil.Pseudonym}
	w.note(VerbRecord, NounDecision, string(d.ID), self)
	w.note(VerbRecord, NounPlacement, string(p.ID), self)
	return p, w.Placements().Add(&p)
}

// furthest is how many days ahead a placement may end: a snapshot reaches no further.
const furthest = 5*365 - 31
