package panel_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/form"
)

// earlier is a placement in Mere Farm of before the panel kept its records here.
func (o *office) earlier() panel.StandingInput {
	return panel.StandingInput{
		School: home, Form: form.Form{Answers: []form.Answer{answer("pupil.year", "9")}}, Group: mornings, Pattern: "half",
		From: o.day - 7, To: o.day + 60, DecidedOn: o.day - 14, Text: "from the register of last year",
	}
}

func TestRecordStanding_whatIsWrong(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		_, err := o.RecordStanding(o.chief, panel.StandingInput{})
		faultsAre(t, "nothing", err, "/group", "/to", "/decided_on", "/text", "/school")
		in := o.earlier()
		in.Pattern, in.DecidedOn, in.To, in.School = "none", o.day+1, in.From-1, "nowhere"
		in.Form.Answers = append(in.Form.Answers, answer("pupil.sex", "X"))
		_, err = o.RecordStanding(o.chief, in)
		faultsAre(t, "all else", err, "/pattern", "/to", "/decided_on", "/answers/pupil.sex", "/school")
		for what, by := range map[string]panel.Grant{
			"an administrator": {Role: panel.RoleAdmin}, "a chair": {Role: panel.RoleChair}, "the provision": {Role: panel.RoleProvider, Organisation: farm},
		} {
			_, err = o.RecordStanding(o.as("by-"+string(by.Role), by), o.earlier())
			refused(t, what, err, panel.Forbidden)
		}
		if list := made(o.Placements(o.chief, panel.PlacementFilter{}))(t); len(list) != 0 {
			t.Errorf("something was recorded all the same: %+v", list)
		}
	})
}

// TestRecordStanding_countsFromTheFirstDay: what stood before counts for whoever comes,
// and a decision says that it was recorded and not made here.
func TestRecordStanding_countsFromTheFirstDay(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		in := o.earlier()
		in.OwnAdult, in.Movable = true, true
		p := made(o.RecordStanding(o.chief, in))(t)
		want := panel.Placement{
			ID: p.ID, Version: 1, Referral: p.Referral, Pupil: p.Pupil, Decision: p.Decision, Organisation: farm, Site: yard, Group: mornings,
			Pattern: "half", From: in.From, To: in.To, OwnAdult: true, Movable: true, State: panel.Started, Started: in.From, Offered: p.Offered,
		}
		if diff := cmp.Diff(want, p); diff != "" {
			t.Errorf("recorded (-want +got)\n%s", diff)
		}
		d, r := o.decisionOf(p), o.storedReferral(p.Referral)
		if !d.Recorded || d.Outcome != panel.Place || d.Role != panel.RoleCoordinator || d.Day != in.DecidedOn || d.Departs || r.State != panel.Placed || r.Received != in.DecidedOn {
			t.Errorf("decided %+v of %+v", d, r)
		}
		in = o.earlier()
		in.From, in.Pupil = o.day+70, p.Pupil
		in.To = in.From + 20
		next := made(o.RecordStanding(o.chief, in))(t)
		if next.State != panel.Accepted || next.Started != 0 || next.Pupil != p.Pupil {
			t.Errorf("of a pupil who is known, from a day to come: %+v", next)
		}
		o.placed(mornings, "full")
		o.soundly()
		o.placed(mornings, "half") // no rule is run, as nothing is decided
		list := made(o.Fsck(o.chief))(t).Findings
		if len(list) != 1 || list[0].Invariant != "places" || list[0].ID != string(mornings) {
			t.Errorf("one too many: %+v", list)
		}
	})
}

// TestW5_aReviewIsHeld: what a review came to, once, with the pupil's own view.
func TestW5_aReviewIsHeld(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		made(o.RecordYear(o.chief, schoolYear("2026")))(t)
		r := o.readied()
		p := o.agreed(r, mornings)
		o.now = o.now.AddDate(0, 0, 7)
		o.received(r.ID)
		p = made(o.Start(o.farmer(), p.ID, p.Version, p.From))(t)
		before := made(o.Reviews(o.chief, p.ID))(t)
		for i, review := range before {
			if i > 0 && review.Due < before[i-1].Due {
				t.Errorf("%s is due before %s", review.Kind, before[i-1].Kind)
			}
		}
		first, today := before[0], panel.Day(o.now)
		hold := func(version int, in panel.ReviewInput) error {
			_, err := o.Review(o.farmer(), first.ID, version, in)
			return err
		}
		good := panel.ReviewInput{Held: today, Pupil: "I like the workshop.", Parents: "Better.", Notes: "it goes well with the others there", GoesOn: "continue"}
		faultsAre(t, "nothing", hold(first.Version, panel.ReviewInput{}), "/held", "/goes_on", "/notes")
		faultsAre(t, "tomorrow, with words that turn", hold(first.Version, panel.ReviewInput{
			Held: today + 1, Pupil: "\u202e", Parents: "\u202e", Notes: good.Notes, GoesOn: "perhaps",
		}), "/held", "/goes_on", "/pupil", "/parents")
		refused(t, "another version", hold(first.Version+1, good), panel.Stale)
		_, err := o.Review(o.as("teacher"), first.ID, first.Version, good)
		refused(t, "by the school", err, panel.Forbidden)
		_, err = o.Review(o.farmer(), "none", 1, good)
		refused(t, "no such review", err, panel.NotFound)
		if diff := cmp.Diff(before, made(o.Reviews(o.chief, p.ID))(t)); diff != "" {
			t.Errorf("a refusal has changed something\n%s", diff)
		}
		if err := hold(first.Version, good); err != nil {
			t.Fatal(err)
		}
		after := made(o.Reviews(o.chief, p.ID))(t)[0]
		want := first
		want.Version, want.Held, want.Pupils, want.Parents, want.Notes, want.GoesOn, want.By = first.Version+1, today, good.Pupil, good.Parents, good.Notes, good.GoesOn, "farmer"
		if diff := cmp.Diff(want, after); diff != "" {
			t.Errorf("held (-want +got)\n%s", diff)
		}
		// A move plans the others anew and keeps the one that was held.
		o.now = o.now.AddDate(0, 0, 3)
		p = made(o.Placement(o.chief, p.ID))(t)
		next := made(o.Move(o.chief, p.ID, p.Version, panel.MoveInput{Group: workshop, Pattern: "half", From: panel.Day(o.now) + 1, Text: enough}))(t)
		if diff := cmp.Diff([]panel.Review{after}, made(o.Reviews(o.chief, p.ID))(t)); diff != "" {
			t.Errorf("of what was left (-want +got)\n%s", diff)
		}
		for _, review := range made(o.Reviews(o.chief, next.ID))(t) {
			if review.Kind == first.Kind && review.Due == first.Due {
				t.Errorf("%s of %s is planned again", review.Kind, review.Due)
			}
		}
		o.soundly()
	})
}
