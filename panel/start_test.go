package panel_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/form"
)

// notKnown is an answer that nobody could give yet.
func notKnown(key string) form.Answer {
	a := answer(key)
	a.Value, a.Grade, a.Reason = nil, form.Unknown, "asked for"
	return a
}

// agreed takes a referral before a meeting and places it in a group for six weeks; the
// offer is taken.
func (o *office) agreed(r panel.Referral, group panel.GroupID, waivers ...panel.WaiverInput) panel.Placement {
	o.t.Helper()
	chair := o.as("presiding", panel.Grant{Role: panel.RoleChair})
	var all []panel.Attendance
	for _, p := range []panel.PersonID{"presiding", "nurse", "head", "worker"} {
		o.as(string(p), panel.Grant{Role: panel.RoleMember})
		all = append(all, panel.Attendance{Person: p, Present: true})
	}
	m := made(o.Call(o.chief, panel.MeetingInput{
		Date: o.day, Horizon: o.day + 200, Chair: "presiding", Members: []panel.PersonID{"nurse", "head", "worker"}, Quorum: 3,
	}))(o.t)
	m = made(o.SetAgenda(o.chief, m.ID, m.Version, []panel.ReferralID{r.ID}))(o.t)
	made(o.Open(chair, m.ID, m.Version, panel.OpenInput{Attendance: all}))(o.t)
	d := made(o.Decide(chair, panel.DecisionInput{
		Meeting: m.ID, Referral: r.ID, Outcome: panel.Place, Reason: weighed, Waivers: waivers,
		Stays: []matching.Stay{{Group: group, Pattern: "half", From: o.day + 7, To: o.day + 48}},
	}))(o.t)
	p := d.Placements[0]
	return made(o.Accept(o.farmer(), p.ID, p.Version))(o.t)
}

func (o *office) farmer() context.Context {
	o.t.Helper()
	return o.as("farmer", panel.Grant{Role: panel.RoleProvider, Organisation: farm})
}

// received notes that the provision has each document of a referral.
func (o *office) received(id panel.ReferralID) {
	o.t.Helper()
	for _, d := range made(o.Documents(o.chief, id))(o.t) {
		if d.Received == 0 {
			made(o.Receive(o.farmer(), d.ID))(o.t)
		}
	}
}

// waits wants a start that lacks something: pointers in their order.
func (o *office) waits(what string, p panel.Placement, want ...string) {
	o.t.Helper()
	_, err := o.Start(o.farmer(), p.ID, p.Version, p.From)
	refused(o.t, what, err, panel.Incomplete)
	got := missingOf(err)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		o.t.Errorf("%s (-want +got)\n%s", what, diff)
	}
}

// TestD3_D4_aStartWaits: for the background of the form and the documents that the
// receiving centre has to have, and says all that is missing.
func TestD3_D4_aStartWaits(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		made(o.RecordYear(o.chief, schoolYear("2026")))(t)
		r := o.readied(notKnown("apart.unsafe_places"))
		p := o.agreed(r, mornings)
		_, err := o.Start(o.farmer(), p.ID, p.Version, p.From)
		faultsAre(t, "before the day", err, "/on")
		_, err = o.Start(o.farmer(), p.ID, p.Version, p.From-1)
		faultsAre(t, "before the placement", err, "/on", "/on")
		o.now = o.now.AddDate(0, 0, 7)
		lacks := []string{"/answers/apart.unsafe_places"}
		for _, d := range form.Documents() {
			need := form.Complete(form.Form{Answers: r.Form.Answers}, nil, form.Start, form.CaseOf(r.Form))
			if slices.ContainsFunc(need, func(m form.Missing) bool { return m.Document == d.Kind }) {
				lacks = append(lacks, "/documents/"+string(d.Kind))
			}
		}
		if len(lacks) < 4 {
			t.Fatalf("a start needs only %q", lacks)
		}
		slices.Sort(lacks)
		o.waits("nothing has come", p, lacks...)
		o.received(r.ID)
		o.waits("the documents have come", p, "/answers/apart.unsafe_places")
		if stored := made(o.Placement(o.chief, p.ID))(t); stored.State != panel.Accepted || stored.Started != 0 || stored.Version != p.Version {
			t.Errorf("a start that waits has left %+v", stored)
		}
		teacher := o.as("teacher")
		r = o.storedReferral(r.ID)
		made(o.Supplement(teacher, r.ID, r.Version, []form.Answer{answer("apart.unsafe_places", "The bus station.")}))(t)
		started := made(o.Start(o.farmer(), p.ID, p.Version, p.From))(t)
		if started.State != panel.Started || started.Started != p.From || started.To != p.To {
			t.Errorf("started: %+v", started)
		}
		if reviews := made(o.Reviews(o.chief, p.ID))(t); len(reviews) == 0 || reviews[0].Due != p.From {
			t.Errorf("reviews: %+v", reviews) // W5: planned with the start
		}
		_, err = o.Start(o.farmer(), p.ID, started.Version, p.From)
		refused(t, "started twice", err, panel.WrongState)
		o.soundly()
	})
}

func (o *office) soundly() {
	o.t.Helper()
	for _, f := range made(o.Fsck(o.chief))(o.t).Findings {
		o.t.Errorf("fsck: %+v", f)
	}
}

// TestD3_anAnswerThatComesLateCanStopAStart: the rules are asked again by what is known
// on the day, and say who else is concerned.
func TestD3_anAnswerThatComesLateCanStopAStart(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		o.placed(mornings, "half", answer("agencies.care_home", "yes"), answer("agencies.care_home_id", "elm-house"), answer("agencies.responsible_la", "919"))
		r := o.readied(notKnown("agencies.care_home"))
		p := o.agreed(r, mornings)
		decision := o.decisionOf(p)
		if !slices.Contains(decision.Unchecked, matching.CodeCareHomePeers) {
			t.Errorf("the decision waits for %v", decision.Unchecked)
		}
		o.now = o.now.AddDate(0, 0, 7)
		o.received(r.ID)
		teacher := o.as("teacher")
		r = o.storedReferral(r.ID)
		r = made(o.Supplement(teacher, r.ID, r.Version, []form.Answer{answer("agencies.care_home", "yes"), answer("agencies.care_home_id", "elm-house")}))(t)
		_, err := o.Start(o.farmer(), p.ID, p.Version, p.From)
		refused(t, "the two are of one home", err, panel.RulesBroken)
		if got := reasonsOf(err); len(got) != 1 || got[0].Code != matching.CodeCareHomePeers || len(got[0].Pupils) != 1 {
			t.Errorf("why: %+v", got)
		}
		made(o.Supplement(teacher, r.ID, r.Version, []form.Answer{answer("agencies.care_home_id", "oak-house")}))(t)
		made(o.Start(o.farmer(), p.ID, p.Version, p.From))(t)
		o.soundly()
	})
}

func (o *office) decisionOf(p panel.Placement) (d panel.Decision) {
	o.t.Helper()
	o.update(func(tx panel.Tx) (err error) { d, err = tx.Decisions().Get(p.Decision); return err })
	return d
}

// TestR9_whatWasWaivedStaysWaivedAtTheStart: and nothing else is.
func TestR9_whatWasWaivedStaysWaivedAtTheStart(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		picky := groupOf(mornings)
		picky.Version = 1
		picky.Terms.Accepts.Needs = []string{"MLD"}
		made(o.SaveGroup(o.chief, picky))(t)
		r := o.readied()
		p := o.agreed(r, mornings, waiving(matching.CodeNeedsNotMet, o.day+42))
		o.now = o.now.AddDate(0, 0, 7)
		o.received(r.ID)
		picky.Version = 2
		picky.Terms.Accepts.Years = []int{10}
		made(o.SaveGroup(o.chief, picky))(t)
		_, err := o.Start(o.farmer(), p.ID, p.Version, p.From)
		refused(t, "a rule that came later", err, panel.RulesBroken)
		if diff := cmp.Diff([]matching.Code{matching.CodeYearGroup}, brokenRules(err)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		picky.Version = 3
		picky.Terms.Accepts.Years = nil
		made(o.SaveGroup(o.chief, picky))(t)
		made(o.Start(o.farmer(), p.ID, p.Version, p.From))(t)
		o.soundly()
	})
}

// TestSupplement: what was not known is added while the referral is placed or waits, and
// nothing that says who the pupil is.
func TestSupplement(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		r := o.readied()
		teacher := o.as("teacher")
		add := func(ctx context.Context, r panel.Referral, answers ...form.Answer) (panel.Referral, error) {
			return o.Supplement(ctx, r.ID, r.Version, answers)
		}
		late := answer("referral.story", "What came to light later.")
		_, err := add(teacher, r, late)
		refused(t, "before it is decided", err, panel.WrongState)
		p := o.agreed(r, mornings)
		papers := o.decisionOf(p).Papers
		r = o.storedReferral(r.ID)
		_, err = add(teacher, r)
		faultsAre(t, "nothing", err, "/answers")
		_, err = add(teacher, r, late, answer("pupil.surname", "Other"), answer("pupil.forename", "Other"), answer("pupil.upn", "A919110225001"),
			answer("pupil.date_of_birth", "2014-03-03"))
		faultsAre(t, "who it is", err, "/answers/1/field", "/answers/2/field", "/answers/3/field", "/answers/4/field", "/answers/pupil.upn")
		old := r
		old.Version--
		_, err = add(teacher, old, late)
		refused(t, "another version", err, panel.Stale)
		_, err = add(o.farmer(), r, late)
		refused(t, "by the provision", err, panel.Forbidden)
		_, err = add(o.as("stranger", panel.Grant{Role: panel.RoleSchool, Organisation: farm}), r, late)
		refused(t, "by another school", err, panel.NotFound)
		if got := o.storedReferral(r.ID); got.Version != r.Version {
			t.Error("a refusal has changed the referral")
		}
		r = made(add(teacher, r, late))(t)
		stored := o.storedReferral(r.ID)
		if text, _ := stored.Form.Text("referral.story"); text != late.Value[0] || stored.State != panel.Placed {
			t.Errorf("stored %q, %s", text, stored.State)
		}
		if o.decisionOf(p).Papers != papers {
			t.Error("the papers of the decision have changed")
		}
		if line := o.last(); line.Verb != "supplement" || len(line.Pupils) != 1 {
			t.Errorf("the journal has %+v", line)
		}
		o.soundly()
	})
}
