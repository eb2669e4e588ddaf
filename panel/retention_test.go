package panel_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/duty"
	"example.org/backontrack/panel/form"
)

// over records somebody whose placement has ended.
func (o *office) over(answers ...form.Answer) panel.PupilID {
	o.t.Helper()
	p := o.placed(mornings, "half", answers...)
	p = made(o.End(o.chief, p.ID, p.Version, o.day-1, panel.Completed, panel.ToHomeSchool, ""))(o.t)
	return p.Pupil
}

// on sets the clock to noon of a day.
func (o *office) on(day string) {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		o.t.Fatal(err)
	}
	o.now = d.Add(12 * time.Hour)
}

// due are the pupils whose record may be erased.
func (o *office) due() []panel.PupilID {
	o.t.Helper()
	var list []panel.PupilID
	for _, d := range made(o.DueForErasure(o.chief))(o.t) {
		list = append(list, d.Pupil)
	}
	return list
}

func TestErasure_aRecordIsDueWhenEveryPeriodIsOver(t *testing.T) {
	t.Parallel()
	born := answer("pupil.date_of_birth", "2014-03-02")
	eachOffice(t, func(t *testing.T, o *office) {
		plain := o.over(born)
		plan := o.over(born, answer("education.plan", "issued"), answer("education.sen_provision", "E"))
		unborn := o.over(answer("pupil.surname", "Kestrel"))
		standing := o.placed(workshop, "full", born).Pupil
		drafted := o.draftedPupil(born)
		for _, step := range []struct {
			day  string
			want []panel.PupilID
		}{
			{"2028-08-31", nil},
			{"2028-09-01", []panel.PupilID{drafted}},
			{"2039-03-02", []panel.PupilID{drafted}},
			{"2039-03-03", []panel.PupilID{drafted, plain}},
			{"2045-03-03", []panel.PupilID{drafted, plain, plan}},
			{"2090-01-01", []panel.PupilID{drafted, plain, plan}},
		} {
			o.on(step.day)
			if diff := cmp.Diff(step.want, o.due()); diff != "" {
				t.Errorf("%s (-want +got; unborn is %s, standing %s)\n%s", step.day, unborn, standing, diff)
			}
		}
		h := made(o.Hold(o.chief, panel.HoldInput{Pupil: plain, Reason: "inquiry", Review: panel.Day(o.now) + 90}))(t)
		if slices.Contains(o.due(), plain) {
			t.Error("a record under a hold is due")
		}
		_, err := o.Erase(o.chief, plain, "retention")
		refused(t, "under a hold", err, panel.Held)
		h = made(o.LiftHold(o.chief, h.ID, h.Version))(t)
		_, err = o.LiftHold(o.chief, h.ID, h.Version)
		refused(t, "lifting it twice", err, panel.WrongState)
		o.now = o.now.AddDate(7, 0, 0) // the hold was the last event, from which placements are counted
		made(o.Erase(o.chief, plain, "retention"))(t)
		if slices.Contains(o.due(), plain) {
			t.Error("an erased record is due")
		}
	})
}

func TestErasure_mergedRecordsGoWithTheOneThatGoesOn(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		into, from := o.over(answer("pupil.surname", "Kestrel")), o.over(answer("pupil.surname", "Kestrell"))
		o.update(func(tx panel.Tx) error {
			p, err := tx.Pupils().Get(from)
			if err != nil {
				return err
			}
			p.Merged = into
			return tx.Pupils().Put(&p)
		})
		_, err := o.Erase(o.chief, from, "request")
		refused(t, "the record that was merged", err, panel.WrongState)
		made(o.Erase(o.chief, into, "request"))(t)
		if list := made(o.Erasures(o.chief))(t); len(list) != 2 || list[0].Pupil != from || list[1].Pupil != into {
			t.Errorf("erasures: %+v", list)
		}
		if strings.Contains(o.everything(), "Kestrel") {
			t.Error("the name is still there")
		}
	})
}

// draftedPupil is the pupil of a referral that nobody ever handed in.
func (o *office) draftedPupil(answers ...form.Answer) panel.PupilID {
	o.t.Helper()
	teacher := o.as("teacher", panel.Grant{Role: panel.RoleSchool, Organisation: home})
	r := made(o.Draft(teacher, panel.DraftInput{School: home, Form: form.Form{Answers: answers}}))(o.t)
	return o.storedReferral(r.ID).Pupil
}

func TestErasure_periodsAreSettingsWithDates(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		_, err := o.RecordRetention(o.chief, []panel.RecordClass{{Class: "diary", Years: 0, From: o.day, To: o.day - 1}})
		faultsAre(t, "period", err, "/0/class", "/0/start", "/0/years", "/0/to", "/0/source", "/0/status")
		_, err = o.RecordRetention(o.chief, nil)
		faultsAre(t, "nothing", err, "")
		own := panel.RecordClass{
			Class: panel.ClassPupilFile, Start: panel.FromLastEvent, Years: 2, From: o.day + 10, To: duty.Open,
			Source: "our schedule of 2026", Status: duty.Practice,
		}
		member := o.as("member", panel.Grant{Role: panel.RoleMember})
		_, err = o.RecordRetention(member, []panel.RecordClass{own})
		refused(t, "a member's periods", err, panel.Forbidden)
		made(o.RecordRetention(o.chief, []panel.RecordClass{own}))(t)
		for day, want := range map[calendar.Date]int{o.day + 9: 25, o.day + 10: 2, o.day + 4000: 2} {
			list := made(o.RetentionAt(member, day))(t)
			if list[0].Class != panel.ClassPupilFile || list[0].Years != want || list[0].Means == "" {
				t.Errorf("on %v: %+v, want %d years", day, list[0], want)
			}
			if len(list) != len(panel.RecordClasses()) {
				t.Errorf("on %v: %d classes", day, len(list))
			}
		}
		if in := made(o.SettingsAt(o.chief, o.day+10))(t); len(in) == 0 {
			t.Error("the numbers of the duties are gone")
		}
	})
}

func TestErasure_holdsAreForOfficersAndHaveAReviewDate(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		pupil := o.over()
		_, err := o.Hold(o.chief, panel.HoldInput{Pupil: pupil, Reason: "why", Review: o.day})
		faultsAre(t, "hold", err, "/reason", "/review")
		_, err = o.Hold(o.chief, panel.HoldInput{Pupil: "none", Reason: "appeal", Review: o.day + 1})
		refused(t, "a pupil who is not there", err, panel.NotFound)
		chair := o.as("chair", panel.Grant{Role: panel.RoleChair})
		_, err = o.Hold(chair, panel.HoldInput{Pupil: pupil, Reason: "appeal", Review: o.day + 1})
		refused(t, "a chair's hold", err, panel.Forbidden)
		_, err = o.Erase(chair, pupil, "request")
		refused(t, "a chair's erasure", err, panel.Forbidden)
		h := made(o.Hold(o.chief, panel.HoldInput{Pupil: pupil, Reason: "appeal", Review: o.day + 1}))(t)
		if line := o.last(); line.Verb != "hold" || len(line.Pupils) != 1 || line.Detail[0].Value != "appeal" {
			t.Errorf("the journal has %+v", line)
		}
		_, err = o.LiftHold(o.chief, h.ID, 9)
		refused(t, "an old version", err, panel.Stale)
		_, err = o.LiftHold(o.chief, "none", 1)
		refused(t, "a hold that is not there", err, panel.NotFound)
		_, err = o.Holds(chair, "")
		refused(t, "a chair's list", err, panel.Forbidden)
		if list := made(o.Holds(o.chief, pupil))(t); len(list) != 1 || list[0].Review != o.day+1 {
			t.Errorf("holds: %+v", list)
		}
	})
}

func TestBR5_aRestoredBackupIsErasedAgain(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		standing, kept := o.placed(mornings, "half").Pupil, o.over()
		made(o.Hold(o.chief, panel.HoldInput{Pupil: standing, Reason: "appeal", Review: o.day + 1}))(t)
		known := made(o.Erase(o.chief, kept, "request"))(t)
		since := []panel.Erasure{
			{ID: "later", Pupil: standing, Reason: "request", By: "chief", At: o.now.Add(-time.Hour).UTC()},
			{ID: "gone", Pupil: "somebody-since", Reason: "request", By: "chief", At: o.now.UTC()},
			known,
		}
		if n := made(o.ReapplyErasures(o.chief, since))(t); n != 1 {
			t.Errorf("%d were erased, want the one who came back", n)
		}
		if n := made(o.ReapplyErasures(o.chief, since))(t); n != 0 {
			t.Errorf("%d were erased the second time", n)
		}
		var ids []panel.ErasureID
		for _, e := range made(o.Erasures(o.chief))(t) {
			ids = append(ids, e.ID)
		}
		if diff := cmp.Diff([]panel.ErasureID{known.ID, "later", "gone"}, ids); diff != "" {
			t.Errorf("erasures (-want +got)\n%s", diff)
		}
		if list := made(o.Placements(o.chief, panel.PlacementFilter{}))(t); len(list) != 0 {
			t.Errorf("placements are left: %+v", list)
		}
		_, err := o.ReapplyErasures(o.admin, since)
		refused(t, "an administrator", err, panel.Forbidden)
	})
}
