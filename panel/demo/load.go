package demo

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/form"
)

// Loaded is the demo authority as it lives in the domain, on the morning of its panel.
type Loaded struct {
	Referrals  map[matching.ReferralID]panel.ReferralID   // by the ids of the snapshot
	Pupils     map[matching.PupilID]panel.PupilID         // by the ids of the snapshot
	Placements map[matching.PlacementID]panel.PlacementID // by the ids of the snapshot
	Names      []string                                   // every name of a pupil, to look where none may be
	clock      *Clock
	middle     map[string][2]float64 // of each outcode
}

// Load stores the demo authority through the verbs of the service, as the people of
// Thornmere: who offers places, who refers, the school year, the policy, the registers,
// whoever stands already, and thirty referrals with full forms that are ready for the
// panel. The service's store goes by the clock. Two loads with ids of [NewIDs] are the same.
func Load(ctx context.Context, s *panel.Service, clock *Clock) (*Loaded, error) {
	snapshot, err := matching.Read(bytes.NewReader(authority))
	if err != nil {
		return nil, err
	}
	l := &loading{
		s: s, clock: clock, snapshot: snapshot, provisionOf: map[matching.GroupID]panel.OrganisationID{},
		out: &Loaded{
			middle:    middles(snapshot.Pupils),
			Referrals: map[matching.ReferralID]panel.ReferralID{}, Pupils: map[matching.PupilID]panel.PupilID{},
			Placements: map[matching.PlacementID]panel.PlacementID{}, clock: clock,
		},
	}
	for _, step := range []struct {
		name string
		do   func(context.Context) error
	}{
		{"provisions", l.provisions}, {"schools", l.schools}, {"people", l.panelPeople}, {"gazetteer", l.gazetteer},
		{"school year", func(ctx context.Context) error { _, err := s.RecordYear(l.operator(ctx), year); return err }},
		{"policy", l.rules}, {"rivalries", l.rivalries}, {"referrals", l.everybody}, {"keep-apart", l.keptApart},
	} {
		if err := step.do(ctx); err != nil {
			return nil, fmt.Errorf("demo: %s: %w", step.name, err)
		}
	}
	return l.out, nil
}

// loading is the demo authority on its way into the domain.
type loading struct {
	s           *panel.Service
	clock       *Clock
	snapshot    *matching.Snapshot
	provisionOf map[matching.GroupID]panel.OrganisationID
	out         *Loaded
}

// as is a context in which somebody asks, a moment after the last verb.
func (c *Clock) as(ctx context.Context, p panel.PersonID) context.Context {
	c.tick()
	return panel.As(ctx, panel.Caller{Person: p, Purpose: "panel"})
}

func (l *loading) operator(ctx context.Context) context.Context {
	return l.clock.as(ctx, panel.Operator)
}

// rivalries opens a matter of the register for each pair of areas that are at odds.
func (l *loading) rivalries(ctx context.Context) error {
	for _, sep := range l.snapshot.Policy.Separations {
		for _, pair := range sep.Rivals {
			_, err := l.s.Rivalry(l.clock.as(ctx, coordinator), panel.EntryInput{
				Act: panel.OpenEntry, Areas: pair, Reason: "area_conflict", Source: "police", Grade: form.Verified, ReviewOn: lastDay,
				Text: "Three incidents between the two estates since the spring, as the neighbourhood team reported.",
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// An arrival is something that comes to the panel on a day: a placement that stands, or a referral.
type arrival struct {
	on       calendar.Date
	standing *matching.Placement
	referral *matching.Referral
}

// everybody brings the placements that stand and the referrals, in the order of their days.
func (l *loading) everybody(ctx context.Context) error {
	var list []arrival
	for i := range l.snapshot.Placements {
		p := &l.snapshot.Placements[i]
		list = append(list, arrival{on: max(firstDay, p.From), standing: p})
	}
	for i := range l.snapshot.Referrals {
		r := &l.snapshot.Referrals[i]
		list = append(list, arrival{on: r.Received, referral: r})
	}
	slices.SortStableFunc(list, func(a, b arrival) int { return cmp.Compare(a.on, b.on) })
	for _, a := range list {
		l.clock.set(a.on, 8, 30)
		var err error
		if a.standing != nil {
			err = l.stand(ctx, a.standing)
		} else {
			err = l.refer(ctx, a.referral)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (l *loading) pupil(id matching.PupilID) matching.Pupil {
	return l.snapshot.Pupils[slices.IndexFunc(l.snapshot.Pupils, func(p matching.Pupil) bool { return p.ID == id })]
}

// filling begins the form of a pupil, on the day that the clock shows.
func (l *loading) filling(id matching.PupilID, school panel.OrganisationID) *filling {
	by := referrers[slices.IndexFunc(referrers, func(r referrer) bool { return r.id == school })]
	by.role, by.provisionOf = "assistant head", l.provisionOf
	f := &filling{child: newChild(l.pupil(id)), by: by, on: l.clock.today(), onRecord: l.out.Pupils}
	for _, k := range l.snapshot.KeepApart {
		if slices.Contains(k.Pupils, id) {
			f.apart = append(f.apart, k)
		}
	}
	return f
}

// stand records a placement that was decided before the panel kept its records here.
func (l *loading) stand(ctx context.Context, p *matching.Placement) error {
	school := referrers[l.number(p.Pupil)%6].id
	if l.pupil(p.Pupil).Year < 7 {
		school = "medlar-lane"
	}
	f := l.filling(p.Pupil, school)
	f.asks = matching.Referral{Reason: "prevent_exclusion", Aim: matching.Transition, OwnAdult: p.OwnAdult}
	stored, err := l.s.RecordStanding(l.clock.as(ctx, coordinator), panel.StandingInput{
		School: school, Pupil: l.out.Pupils[p.Pupil], Form: f.filled(), Group: p.Group, Pattern: p.Pattern, From: p.From, To: p.To,
		DecidedOn: min(p.From, l.clock.today()), OwnAdult: p.OwnAdult, Movable: p.Movable,
		Text: "From the spreadsheet that the panel kept until the autumn of 2026.",
	})
	if err != nil {
		return fmt.Errorf("%s: %w", p.ID, err)
	}
	l.out.Pupils[p.Pupil], l.out.Placements[p.ID] = stored.Pupil, stored.ID
	l.remember(f)
	return nil
}

func (l *loading) number(id matching.PupilID) int { return newChild(l.pupil(id)).n }

// refer takes a referral from its draft until it is ready for the panel.
func (l *loading) refer(ctx context.Context, asked *matching.Referral) error {
	f := l.filling(asked.Pupil, refers[asked.ID])
	f.asks = *asked
	school := f.by.staff()
	r, err := l.s.Draft(l.clock.as(ctx, school), panel.DraftInput{School: f.by.id, Form: f.filled()})
	if err != nil {
		return fmt.Errorf("%s: draft: %w", asked.ID, err)
	}
	for _, kind := range needed(r.Form, form.Panel) {
		if _, err := l.s.Attach(l.clock.as(ctx, school), r.ID, document(kind, string(asked.ID))); err != nil {
			return fmt.Errorf("%s: attach: %w", asked.ID, err)
		}
	}
	if r, err = l.s.Submit(l.clock.as(ctx, school), r.ID, r.Version); err != nil {
		return fmt.Errorf("%s: submit: %w", asked.ID, err)
	}
	if r, err = l.s.Ready(l.clock.as(ctx, coordinator), r.ID, r.Version); err != nil {
		return fmt.Errorf("%s: ready: %w", asked.ID, err)
	}
	l.out.Referrals[asked.ID], l.out.Pupils[asked.Pupil] = r.ID, r.Pupil
	l.remember(f)
	return nil
}

// remember keeps the names of a child.
func (l *loading) remember(f *filling) {
	for _, n := range []string{f.surname, f.forename} {
		if n != "" && !slices.Contains(l.out.Names, n) {
			l.out.Names = append(l.out.Names, n)
		}
	}
}

// registerReasons are what the snapshot's words are in the register.
var registerReasons = map[string]string{"bullying": "bullying", "co-defendants": "co_defendant"}

// keptApart opens a matter of the register for each pair who are kept apart by name.
func (l *loading) keptApart(ctx context.Context) error {
	for _, k := range l.snapshot.KeepApart {
		in := panel.EntryInput{
			Act: panel.OpenEntry, Pupils: []panel.PupilID{l.out.Pupils[k.Pupils[0]], l.out.Pupils[k.Pupils[1]]}, Scope: k.Scope,
			Reason: cmp.Or(registerReasons[k.Reason], "fight"), Source: "school", Grade: form.Verified, Until: k.Until,
			Text: "Both schools have a record of it, and the families know that the two are kept apart.",
		}
		if k.Until == 0 {
			in.ReviewOn = lastDay
		}
		if _, err := l.s.KeepApart(l.clock.as(ctx, coordinator), in); err != nil {
			return err
		}
	}
	return nil
}
