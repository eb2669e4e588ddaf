package panel_test

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/form"
)

// inKeyOrder are answers by field and row.
func inKeyOrder(f form.Form) []form.Answer {
	return slices.SortedFunc(slices.Values(f.Answers), func(a, b form.Answer) int {
		return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(a.Row, b.Row))
	})
}

// TestDecisionPapers_areThoseOfTheDecision: whatever is added to the form later; and of an
// erased record there is nothing left.
func TestDecisionPapers_areThoseOfTheDecision(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		made(o.RecordYear(o.chief, schoolYear("2026")))(t)
		r := o.readied()
		p, _ := o.offered(r)
		then := inKeyOrder(r.Form)
		same := func(when string) {
			t.Helper()
			if diff := gocmp.Diff(then, inKeyOrder(made(o.DecisionPapers(o.chief, p.Decision))(t))); diff != "" {
				t.Errorf("%s (-then +now)\n%s", when, diff)
			}
		}
		same("at once")
		if line := o.last(); line.Verb != "read" || line.Noun != "decision" || line.Subject != string(p.Decision) || len(line.Pupils) != 1 {
			t.Errorf("the journal says of the reading: %+v", line)
		}
		r = made(o.Supplement(o.chief, r.ID, o.storedReferral(r.ID).Version, []form.Answer{answer("baseline.behaviour", "calmer since")}))(t)
		if text, _ := r.Form.Text("baseline.behaviour"); text != "calmer since" {
			t.Errorf("the form says %q", text)
		}
		same("after more was said")

		_, err := o.DecisionPapers(o.as("teacher"), p.Decision)
		refused(t, "the school", err, panel.Forbidden)
		_, err = o.DecisionPapers(o.chief, "none")
		refused(t, "of no decision", err, panel.NotFound)
		_, err = o.DecisionPapers(o.chief, o.placed(mornings, "half").Decision)
		refused(t, "of what was only recorded", err, panel.NotFound)

		p = o.begun(r, p)
		made(o.End(o.chief, p.ID, p.Version, panel.Day(o.now), panel.Breakdown, panel.ToNone, ""))(t)
		same("after the end")
		made(o.Erase(o.chief, r.Pupil, "request"))(t)
		_, err = o.DecisionPapers(o.chief, p.Decision)
		refused(t, "of an erased record", err, panel.NotFound)
	})
}

// TestSupplement_byWhomAndWhen: the school that referred and the officer, while the
// referral is placed or waits.
func TestSupplement_byWhomAndWhen(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		r := o.readied()
		more := []form.Answer{answer("baseline.behaviour", "calmer since")}
		other := made(o.SaveOrganisation(o.chief, panel.Organisation{Kind: panel.School, Name: "Far School"}))(t).Noun
		in := func(s panel.State) int {
			t.Helper()
			if err := o.store.Update(t.Context(), func(tx panel.Tx) error {
				r := o.keptReferral(tx, r.ID)
				r.State = s
				return tx.Referrals().Put(&r)
			}); err != nil {
				t.Fatal(err)
			}
			return o.storedReferral(r.ID).Version
		}
		for _, state := range []panel.State{
			panel.Draft, panel.Submitted, panel.Returned, panel.Ready, panel.OnAgenda, panel.Deferred, panel.Declined,
			panel.Redirected, panel.OnOutreach, panel.Withdrawn, panel.Closed,
		} {
			_, err := o.Supplement(o.chief, r.ID, in(state), more)
			refused(t, string(state), err, panel.WrongState)
		}
		version := in(panel.Placed)
		for name, test := range map[string]struct {
			who  context.Context
			want panel.Kind
		}{
			"another school": {o.as("stranger", panel.Grant{Role: panel.RoleSchool, Organisation: other.ID}), panel.NotFound},
			"the provision":  {o.as("farmer", panel.Grant{Role: panel.RoleProvider, Organisation: farm}), panel.Forbidden},
			"a member":       {o.as("nurse", panel.Grant{Role: panel.RoleMember}), panel.Forbidden},
			"a chair":        {o.as("chair", panel.Grant{Role: panel.RoleChair}), panel.Forbidden},
		} {
			_, err := o.Supplement(test.who, r.ID, version, more)
			refused(t, name, err, test.want)
		}
		_, err := o.Supplement(o.chief, r.ID, version-1, more)
		refused(t, "an old version", err, panel.Stale)
		_, err = o.Supplement(o.chief, "none", version, more)
		refused(t, "no referral", err, panel.NotFound)

		placed := made(o.Supplement(o.as("teacher"), r.ID, version, more))(t)
		if line := o.last(); placed.State != panel.Placed || line.Verb != "supplement" || line.Subject != string(r.ID) || len(line.Pupils) != 1 {
			t.Errorf("it is %s, and the journal ends with %+v", placed.State, line)
		}
		if waits := made(o.Supplement(o.chief, r.ID, in(panel.Waiting), more))(t); waits.State != panel.Waiting {
			t.Errorf("what waits is %s afterwards", waits.State)
		}
	})
}

// keptReferral is a referral as it is kept, within a transaction.
func (o *office) keptReferral(tx panel.Tx, id panel.ReferralID) panel.Referral {
	o.t.Helper()
	r, err := tx.Referrals().Get(id)
	if err != nil {
		o.t.Fatal(err)
	}
	return r
}

// TestSupplement_saysEverythingThatIsWrong: and who the pupil is stays as it is.
func TestSupplement_saysEverythingThatIsWrong(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		r := o.readied()
		o.offered(r)
		before := o.storedReferral(r.ID)
		for name, test := range map[string]struct {
			answers []form.Answer
			want    []string
		}{
			"nothing":        {nil, []string{"/answers required"}},
			"another name":   {[]form.Answer{answer("pupil.surname", "Other")}, []string{"/answers/0/field not_here"}},
			"a first name":   {[]form.Answer{answer("pupil.forename", "Other")}, []string{"/answers/0/field not_here"}},
			"a birthday":     {[]form.Answer{answer("pupil.date_of_birth", "2013-03-03")}, []string{"/answers/0/field not_here"}},
			"a second field": {[]form.Answer{answer("baseline.behaviour", "calmer"), answer("pupil.surname", "Other")}, []string{"/answers/1/field not_here"}},
			"no such field":  {[]form.Answer{answer("pupil.shoe_size", "4")}, []string{"/answers field"}},
			"no such code":   {[]form.Answer{answer("risk.fire", "sometimes")}, []string{"/answers/risk.fire code"}},
		} {
			_, err := o.Supplement(o.chief, r.ID, before.Version, test.answers)
			if diff := gocmp.Diff(test.want, faultsOf(err)); diff != "" || panel.KindOf(err) != panel.Invalid {
				t.Errorf("%s: %v (-want +got)\n%s", name, err, diff)
			}
		}
		if diff := gocmp.Diff(before, o.storedReferral(r.ID)); diff != "" {
			t.Errorf("what was refused is stored (-before +after)\n%s", diff)
		}
	})
}

// TestStart_asksWhatTheNewAnswersBreak: a supplement changes no decision, but no pupil
// starts against a rule either.
func TestStart_asksWhatTheNewAnswersBreak(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		made(o.RecordYear(o.chief, schoolYear("2026")))(t)
		o.placed(mornings, "half", answer("apart.areas", "north-end"))
		made(o.Rivalry(o.chief, panel.EntryInput{
			Act: panel.OpenEntry, Areas: []string{"North End", "South End"}, Reason: "area_conflict",
			Text: "an appeal for calm by the police", Source: "police", Grade: form.Unknown, Until: o.day + 300,
		}))(t)
		r := o.readied()
		p, _ := o.offered(r)
		farmer := o.as("farmer", panel.Grant{Role: panel.RoleProvider, Organisation: farm})
		p = made(o.Accept(farmer, p.ID, p.Version))(t)
		p = made(o.Visit(farmer, p.ID, p.Version, panel.Visit{On: o.day, Taster: true, Wants: "yes"}))(t)
		for _, d := range made(o.Documents(o.chief, r.ID))(t) {
			made(o.Receive(farmer, d.ID))(t)
		}
		says := func(areas string) {
			t.Helper()
			made(o.Supplement(o.chief, r.ID, o.storedReferral(r.ID).Version, []form.Answer{answer("apart.areas", areas)}))(t)
		}
		says("south-end")
		o.now = o.now.AddDate(0, 0, int(p.From-o.day))
		_, err := o.Start(farmer, p.ID, p.Version, p.From)
		refused(t, "with rivals on the site", err, panel.RulesBroken)
		if got := rulesAgainst(err); len(got) != 1 || got[0][:len("rival_areas ")] != "rival_areas " {
			t.Errorf("the rules %q stand against it, want rival_areas only", got)
		}
		says("west-end")
		if p = made(o.Start(farmer, p.ID, p.Version, p.From))(t); p.State != panel.Started {
			t.Errorf("the placement is %s", p.State)
		}
	})
}

// TestPlacements_keepWhyTheyWereChanged: each extension and each move says who, when, why,
// and by which rules on which snapshot; what was refused says nothing.
func TestPlacements_keepWhyTheyWereChanged(t *testing.T) {
	t.Parallel()
	onAMonday(t, func(w *mondayWorld) {
		p := w.standing("ref-c", "workshop", 1, 11)
		if p.Remarks != nil {
			w.Errorf("before any change: %+v", p.Remarks)
		}
		at := w.now
		p = must(w.Extend(w.as(theOfficer), p.ID, p.Version, w.day(18), longEnough+", once"))(w.T)
		w.later(1)
		p = must(w.Extend(w.as(theOfficer), p.ID, p.Version, w.day(25), longEnough+", twice"))(w.T)
		w.later(6)
		_, err := w.Extend(w.as(theOfficer), p.ID, p.Version, w.day(32), "too short")
		w.wantKind("without words", err, panel.Invalid)
		next := must(w.Move(w.as(theOfficer), p.ID, p.Version, panel.MoveInput{Group: "loft", Pattern: "all", From: w.day(8), Text: longEnough}))(w.T)

		var got []panel.Remark
		w.update(func(tx panel.Tx) error {
			stored, err := tx.Placements().Get(next.ID)
			got = slices.Clone(stored.Remarks)
			for i := range got {
				w.snapshotOf(tx, got[i].Snapshot)
				got[i].Snapshot = ""
			}
			return err
		})
		remark := panel.Remark{By: theOfficer, Policy: panel.DefaultPolicyID, Engine: matching.Version}
		first, second, third := remark, remark, remark
		first.Verb, first.Text, first.At = panel.VerbExtend, longEnough+", once", at
		second.Verb, second.Text, second.At = panel.VerbExtend, longEnough+", twice", at.AddDate(0, 0, 1)
		third.Verb, third.Text, third.At = panel.VerbMove, longEnough, at.AddDate(0, 0, 7)
		if diff := gocmp.Diff([]panel.Remark{first, second, third}, got); diff != "" {
			w.Errorf("what is kept (-want +got)\n%s", diff)
		}
		left := must(w.Placement(w.as(theOfficer), p.ID))(w.T)
		if left.State != panel.Moved || left.To != w.day(7) || len(left.Remarks) != 2 || next.MovedFrom != p.ID {
			w.Errorf("what was left: %+v", left)
		}
	})
}

// snapshotOf is the snapshot of a digest, which has to be there.
func (w *mondayWorld) snapshotOf(tx panel.Tx, d panel.Digest) *matching.Snapshot {
	w.Helper()
	stored, err := tx.Evidence().Get(d)
	if err != nil {
		w.Fatal(err)
	}
	s, err := matching.Read(bytes.NewReader(stored))
	if err != nil {
		w.Fatal(err)
	}
	return s
}
