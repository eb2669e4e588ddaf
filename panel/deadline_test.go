package panel_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/duty"
	"example.org/backontrack/panel/form"
)

// dues are deadlines in a line each: code, day, state, days left.
func (o *office) dues(ctx context.Context) []string {
	o.t.Helper()
	var list []string
	for _, d := range made(o.Deadlines(ctx))(o.t) {
		list = append(list, strings.Join([]string{string(d.Noun), string(d.Deadline.Code), d.Deadline.Due.String(), string(d.Standing.State)}, " "))
	}
	return list
}

// excludedForGood answers that the pupil was permanently excluded on a day.
func excludedForGood(from string) []form.Answer {
	return []form.Answer{
		saidIn("baseline.exclusions.type", 2, "PERM"), saidIn("baseline.exclusions.from", 2, from), saidIn("baseline.exclusions.reasons", 2, "PP"),
	}
}

func TestM5_deadlinesAreToldBeforeTheyAreMissed(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		r := o.readied(excludedForGood("2026-11-18")...)
		_, err := o.Deadlines(o.chief)
		refused(t, "without a school year", err, panel.Incomplete)
		made(o.RecordYear(o.chief, schoolYear("2026")))(t)
		teacher := panel.As(t.Context(), panel.Caller{Person: "teacher"})
		farmer := o.as("farmer", panel.Grant{Role: panel.RoleProvider, Organisation: farm})
		want := func(ctx context.Context, what string, lines ...string) {
			t.Helper()
			if diff := cmp.Diff(lines, o.dues(ctx)); diff != "" {
				t.Errorf("%s (-want +got)\n%s", what, diff)
			}
		}
		board := "referral board_meets 2026-12-09 on track"
		want(o.chief, "at first", "referral sixth_day 2026-11-25 at risk", "referral referral_decision 2026-12-07 on track", board)
		want(teacher, "for the school", "referral sixth_day 2026-11-25 at risk", "referral referral_decision 2026-12-07 on track", board)
		want(farmer, "for a provision without an offer")
		start := o.now
		o.on("2026-12-04")
		want(o.chief, "before the decision is late",
			"referral sixth_day 2026-11-25 missed", "referral referral_decision 2026-12-07 at risk", board)
		o.on("2026-12-10")
		want(o.chief, "too late", "referral sixth_day 2026-11-25 missed", "referral referral_decision 2026-12-07 missed")
		o.now = start

		p, _ := o.offered(r)
		offered := []string{"referral sixth_day 2026-11-25 at risk", "placement provider_answer 2026-12-08 on track", board}
		want(o.chief, "once it is offered", offered...)
		want(farmer, "for the provision", offered...)
		p = o.begun(r, p)
		list := o.dues(farmer)
		if len(list) < 3 || !strings.HasPrefix(list[0], "review review.") {
			t.Errorf("once it has begun: %q", list)
		}
		for _, line := range list {
			if strings.HasPrefix(line, "placement") || strings.Contains(line, "sixth_day") {
				t.Errorf("what is done is still due: %s", line)
			}
		}
		if line := o.last(); line.Verb != "list" || len(line.Pupils) != 1 {
			t.Errorf("the journal has %+v", line)
		}
		reviews := made(o.Reviews(farmer, p.ID))(t)
		made(o.Review(farmer, reviews[0].ID, reviews[0].Version, panel.ReviewInput{
			Held: panel.Day(o.now), Notes: "it goes well with the others there", GoesOn: "continue",
		}))(t)
		if after := o.dues(farmer); len(after) != len(list)-1 {
			t.Errorf("%d are due after a review was held, %d before", len(after), len(list))
		}
		o.movedAndEnded(t, farmer, p, len(list)-1)
		_, err = o.Deadlines(o.admin)
		refused(t, "an administrator", err, panel.Forbidden)
		member := panel.As(t.Context(), panel.Caller{Person: "nurse"})
		want(member, "for a member with an interest")
	})
}

func TestM5_noticeOfADirectionAndAPlaceUnderFairAccessAreDue(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		made(o.RecordYear(o.chief, schoolYear("2026")))(t)
		directed := o.readied(answer("referral.route", "offsite_direction"))
		o.offered(directed)
		fair := o.readied(answer("referral.route", "fair_access"))
		called := made(o.Call(o.chief, panel.MeetingInput{
			Date: o.day + 30, Horizon: o.day + 200, Chair: "chair", Members: []panel.PersonID{"nurse", "head"},
		}))(t)
		made(o.SetAgenda(o.chief, called.ID, called.Version, []panel.ReferralID{fair.ID}))(t)
		var got []string
		for _, d := range made(o.Deadlines(o.chief))(t) {
			if d.Noun == panel.NounReferral {
				got = append(got, strings.Join([]string{string(d.Deadline.Code), d.Deadline.Due.String(), string(d.Standing.State)}, " "))
			}
		}
		want := []string{
			"referral_decision 2026-12-07 at risk", // the meeting that is to decide comes later
			"direction_notice 2026-11-26 on track",
			"fair_access_place 2027-01-05 on track",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		o.on("2026-11-27")
		for _, d := range made(o.Deadlines(o.chief))(t) {
			if d.Deadline.Code == duty.Notice {
				t.Errorf("notice, of which nothing is recorded here, is told as %s once its day has passed", d.Standing.State)
			}
		}
	})
}

// movedAndEnded moves a pupil on, which leaves the reviews due, and ends the stay, after
// which only those are due that come afterwards, until somebody says that they took place.
func (o *office) movedAndEnded(t *testing.T, farmer context.Context, p panel.Placement, reviews int) {
	t.Helper()
	p = made(o.Placement(o.chief, p.ID))(t)
	p = made(o.Move(o.chief, p.ID, p.Version, panel.MoveInput{
		Group: workshop, Pattern: p.Pattern, From: panel.Day(o.now) + 1, Text: "the workshop suits the pupil better",
	}))(t)
	if after := o.dues(farmer); len(after) != reviews+1 { // and a first one in the new group (W6)
		t.Errorf("%d are due after a move, %d before", len(after), reviews)
	}
	o.now = o.now.AddDate(0, 0, 3)
	p = made(o.Placement(o.chief, p.ID))(t)
	p = made(o.End(o.chief, p.ID, p.Version, panel.Day(o.now), panel.Completed, panel.ToHomeSchool, ""))(t)
	codes := func() (codes []string) {
		for _, d := range made(o.Deadlines(farmer))(t) {
			codes = append(codes, string(d.Deadline.Code))
		}
		return codes
	}
	if diff := cmp.Diff([]string{"review.return_meeting", "review.follow_up"}, codes()); diff != "" {
		t.Errorf("after the end (-want +got)\n%s", diff)
	}
	p = made(o.Reintegrate(o.chief, p.ID, p.Version, panel.Return{Meeting: panel.Day(o.now)}))(t)
	if diff := cmp.Diff([]string{"review.follow_up"}, codes()); diff != "" {
		t.Errorf("after the return (-want +got)\n%s", diff)
	}
}

// judged stores a decision on a referral of its own, and a placement if it started.
func (o *office) judged(received, decided, started, ended string, why panel.EndReason, to panel.Destination) {
	o.t.Helper()
	p := o.placed(workshop, "half")
	o.update(func(tx panel.Tx) error {
		r, err := tx.Referrals().Get(p.Referral)
		if err != nil {
			return err
		}
		id := panel.ReferralID("of-" + string(p.ID))
		r.ID, r.Received, r.Version = id, date(received), 0
		if err := tx.Referrals().Add(&r); err != nil {
			return err
		}
		d := panel.Decision{
			ID: panel.DecisionID(id), Referral: id, Pupil: r.Pupil, Outcome: panel.Place, By: "chief", Role: panel.RoleChair,
			At: o.now, Day: date(decided),
		}
		if err := tx.Decisions().Add(&d); err != nil {
			return err
		}
		next := p
		next.ID, next.Version, next.Referral, next.Decision = panel.PlacementID(id), 0, id, d.ID
		next.From, next.Started, next.State = date(started), date(started), panel.Started
		if ended != "" {
			next.Ended, next.To, next.State, next.EndReason, next.Destination = date(ended), date(ended), panel.Ended, why, to
		}
		return tx.Placements().Add(&next)
	})
}

func (o *office) update(fn func(panel.Tx) error) {
	o.t.Helper()
	if err := o.store.Update(o.t.Context(), fn); err != nil {
		o.t.Fatal(err)
	}
}

func TestM5_timescalesAreToldOfFiveOrMore(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		made(o.RecordYear(o.chief, schoolYear("2026")))(t)
		from, to := date("2026-11-01"), date("2026-11-30")
		for i, received := range []string{"2026-11-02", "2026-11-03", "2026-11-04", "2026-11-05"} {
			o.judged(received, "2026-11-10", []string{"2026-11-11", "2026-11-12", "2026-11-13", "2026-11-20"}[i], "", "", "")
		}
		few := made(o.Timescales(o.chief, from, to))(t)
		if few.Decision.Told || !few.Decision.Cases.Hidden || few.Decision.Cases.String() != "x" || few.Start.Told {
			t.Errorf("of four cases it tells %+v", few)
		}
		o.judged("2026-10-19", "2026-11-10", "2026-11-23", "", "", "")
		o.judged("2026-11-02", "2026-12-01", "2026-12-02", "", "", "") // decided after the time
		got := made(o.Timescales(o.chief, from, to))(t)
		want := panel.Took{Cases: panel.Count{Rounded: 5}, Told: true, Median: 5, ThreeQuarters: 6, InTime: panel.Count{Hidden: true}}
		if diff := cmp.Diff(want, got.Decision); diff != "" {
			t.Errorf("to the decision (-want +got)\n%s", diff)
		}
		want = panel.Took{Cases: panel.Count{Rounded: 5}, Told: true, Median: 3, ThreeQuarters: 8}
		if diff := cmp.Diff(want, got.Start); diff != "" {
			t.Errorf("to the start (-want +got)\n%s", diff)
		}
		_, err := o.Timescales(o.chief, to, from)
		faultsAre(t, "the other way round", err, "/to")
		_, err = o.Timescales(o.as("teacher", panel.Grant{Role: panel.RoleSchool, Organisation: home}), from, to)
		refused(t, "a school", err, panel.Forbidden)
	})
}

func TestM6_M7_destinationsAndBreakdownsHideSmallNumbers(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		ends := []struct {
			n   int
			why panel.EndReason
			to  panel.Destination
		}{{6, panel.Breakdown, panel.ToNone}, {2, panel.WrongMix, panel.ToOtherAP}, {5, panel.Completed, panel.ToHomeSchool}}
		for _, end := range ends {
			for range end.n {
				o.judged("2026-11-02", "2026-11-03", "2026-11-04", "2026-11-20", end.why, end.to)
			}
		}
		count := func(tally panel.Tally) map[string]string {
			all := map[string]string{"total": tally.Total.String()}
			for _, row := range tally.Rows {
				if row.Count != (panel.Count{}) {
					all[row.Code] = row.Count.String()
				}
			}
			return all
		}
		from, to := date("2026-11-20"), date("2026-11-20")
		where := made(o.Destinations(o.chief, from, to))(t)
		if diff := cmp.Diff(map[string]string{"total": "15", "none": "5", "other_provision": "x", "home_school": "5"}, count(where)); diff != "" {
			t.Errorf("destinations (-want +got)\n%s", diff)
		}
		why := made(o.Breakdowns(o.chief, from, to))(t)
		if diff := cmp.Diff(map[string]string{"total": "15", "breakdown": "5", "wrong_mix": "x"}, count(why)); diff != "" {
			t.Errorf("breakdowns (-want +got)\n%s", diff)
		}
		if none := made(o.Breakdowns(o.chief, from+1, to+1))(t); none.Total.Rounded != 0 || none.Total.Hidden {
			t.Errorf("the day after: %+v", none)
		}
	})
}
