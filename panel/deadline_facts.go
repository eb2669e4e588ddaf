package panel

import (
	"slices"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/duty"
	"example.org/backontrack/panel/form"
)

// ofReferral is what is due of a referral: its decision, a place under fair access, notice
// of a direction, and what follows from exclusions.
func (x *timing) ofReferral(r *Referral, placements []Placement) ([]duty.Deadline, error) {
	started := firstDay(placements, func(p *Placement) calendar.Date { return p.Started })
	planned := firstDay(placements, func(p *Placement) calendar.Date {
		if !p.live() {
			return 0
		}
		return p.From
	})
	facts := duty.Referral{Received: r.Received}
	var err error
	if facts.Decided, err = x.decided(r.ID); err != nil {
		return nil, err
	}
	if facts.Meeting, err = x.before(r); err != nil {
		return nil, err
	}
	route, _ := r.Form.Code("referral.route")
	if duty.Route(route) == duty.UnderFairAccess {
		// The form does not say when the protocol took the pupil: the panel had it on this day.
		facts.FairAccess, facts.PlacePlanned, facts.Placed = r.Received, planned, started
	}
	due := x.clock.Referral(facts)
	if duty.Route(route) == duty.OffSiteDirection && planned != 0 && started == 0 {
		for _, d := range x.clock.Direction(duty.Direction{Start: planned}) {
			if x.ahead(d) {
				due = append(due, d)
			}
		}
	}
	return append(due, x.ofExclusions(r.Form, planned, started)...), nil
}

// decided is the day of the last decision that did more than put the referral off.
func (x *timing) decided(id ReferralID) (day calendar.Date, err error) {
	for d, err := range x.Decisions().List(Is(ByReferral, id)) {
		if err != nil {
			return 0, err
		}
		if d.Outcome != Defer {
			day = d.Day
		}
	}
	return day, nil
}

// before is the day on which a referral is to come before the panel; zero where it is not planned.
func (x *timing) before(r *Referral) (calendar.Date, error) {
	switch {
	case r.State == Deferred:
		return r.ReviewOn, nil
	case r.State != OnAgenda || r.Meeting == "":
		return 0, nil
	}
	m, err := x.Meetings().Get(r.Meeting)
	return m.Date, err
}

// ahead tells whether a deadline is still to come, or beyond the days that are known. Of
// what nobody records here, a day that has passed does not say that it was missed.
func (x *timing) ahead(d duty.Deadline) bool { return d.Due == 0 || d.Due >= x.day }

// ofExclusions is what follows from the exclusions of a form: education from the sixth
// day, which the placement gives, and what the governing board and the parents may do,
// which is not recorded here.
func (x *timing) ofExclusions(f form.Form, planned, started calendar.Date) []duty.Deadline {
	all := exclusions(f)
	for i := range all {
		if started >= all[i].From {
			all[i].Provided = started
		}
		if planned >= all[i].From {
			all[i].Planned = planned
		}
	}
	var due []duty.Deadline
	for i, of := range x.clock.Exclusions(all) {
		current := all[i].Permanent && i == len(all)-1 || all[i].To >= x.day
		for _, d := range of {
			if d.Code == duty.SixthDay && current || d.Code != duty.SixthDay && x.ahead(d) {
				due = append(due, d)
			}
		}
	}
	return due
}

// exclusions are those of the form of which enough is known, in the order of their days.
func exclusions(f form.Form) []duty.Exclusion {
	var all []duty.Exclusion
	for _, n := range f.Rows("baseline.exclusions") {
		row := f.Row("baseline.exclusions", n)
		kind, _ := row.Text("type")
		e := duty.Exclusion{Permanent: kind == "PERM"}
		e.From, _ = row.Date("from")
		e.To, _ = row.Date("to")
		e.Sessions, _ = row.Int("sessions")
		if e.Permanent {
			e.To = 0
		}
		if kind == "LNCH" && e.To == 0 {
			e.To = e.From
		}
		if e.From != 0 && (e.Permanent || e.To >= e.From) {
			all = append(all, e)
		}
	}
	slices.SortStableFunc(all, func(a, b duty.Exclusion) int { return int(a.From) - int(b.From) })
	return all
}
