package panel_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/audit"
	"example.org/backontrack/panel/form"
)

// canary is a word that is in each text about the child who is to be erased.
const canary = "Zilpzalp: a canary that nobody may hear again, once it has flown"

// everything is all that the stores' tables hold, as JSON, but for the evidence, of which
// it has what a row still leads to.
func (o *office) everything() string {
	o.t.Helper()
	var b strings.Builder
	if err := o.store.View(o.t.Context(), func(tx panel.Tx) error {
		digests := map[panel.Digest]bool{}
		for _, dump := range []func() error{
			func() error { return dumped(&b, tx.Organisations().List()) },
			func() error { return dumped(&b, tx.People().List()) },
			func() error { return dumped(&b, tx.Pupils().List()) },
			func() error { return dumped(&b, tx.Referrals().List()) },
			func() error { return dumped(&b, tx.Documents().List()) },
			func() error {
				return dumped(&b, tx.Meetings().List(), func(m panel.Meeting) { digests[m.Minutes] = true })
			},
			func() error { return dumped(&b, tx.Tentatives().List()) },
			func() error { return dumped(&b, tx.Waivers().List()) },
			func() error { return dumped(&b, tx.Placements().List()) },
			func() error { return dumped(&b, tx.Reviews().List()) },
			func() error { return dumped(&b, tx.Holds().List()) },
			func() error {
				return dumped(&b, tx.Decisions().List(), func(d panel.Decision) { digests[d.Snapshot] = true })
			},
			func() error { return dumped(&b, tx.Ratifications().List()) },
			func() error { return dumped(&b, tx.Register().List()) },
			func() error {
				return dumped(&b, tx.Rankings().List(), func(r panel.Ranking) { digests[r.Answer], digests[r.Snapshot] = true, true })
			},
			func() error { return dumped(&b, tx.Journal().List(1)) },
		} {
			if err := dump(); err != nil {
				return err
			}
		}
		for digest := range digests {
			if digest == "" {
				continue
			}
			bytes, err := tx.Evidence().Get(digest)
			if err != nil {
				return err
			}
			b.Write(bytes)
		}
		return nil
	}); err != nil {
		o.t.Fatal(err)
	}
	return b.String()
}

func dumped[N any](b *strings.Builder, list func(func(N, error) bool), also ...func(N)) error {
	for n, err := range list {
		if err != nil {
			return err
		}
		text, err := json.Marshal(n)
		if err != nil {
			return err
		}
		b.Write(text)
		for _, look := range also {
			look(n)
		}
	}
	return nil
}

// readied is a referral of the school's, full of canaries, that can go before a meeting.
func (o *office) readied(more ...form.Answer) panel.Referral {
	o.t.Helper()
	teacher := o.as("teacher", panel.Grant{Role: panel.RoleSchool, Organisation: home})
	filled := with(fullForm(), answer("referral.provisions", string(farm)), answer("referral.wants_groups", string(mornings)),
		answer("referral.story", canary), answer("baseline.behaviour", canary))
	r := made(o.Draft(teacher, panel.DraftInput{School: home, Form: with(filled, more...)}))(o.t)
	for _, d := range form.Documents() {
		made(o.Attach(teacher, r.ID, panel.DocumentInput{Kind: d.Kind, Bytes: []byte("%PDF-1.7 " + canary + d.Kind)}))(o.t)
	}
	r = made(o.Submit(teacher, r.ID, r.Version))(o.t)
	return made(o.Ready(o.chief, r.ID, r.Version))(o.t)
}

// offered takes a referral before a meeting, in which a member has an interest, and
// places it with many words.
func (o *office) offered(r panel.Referral) (panel.Placement, panel.MeetingID) {
	o.t.Helper()
	chair := o.as("chair", panel.Grant{Role: panel.RoleChair})
	members := []panel.PersonID{"nurse", "head", "worker"}
	attendance := []panel.Attendance{{Person: "chair", Present: true}}
	for _, p := range members {
		o.as(string(p), panel.Grant{Role: panel.RoleMember})
		attendance = append(attendance, panel.Attendance{Person: p, Present: true})
	}
	m := made(o.Call(o.chief, panel.MeetingInput{
		Date: panel.Day(o.now), Horizon: panel.Day(o.now) + 200, Chair: "chair", Members: members, Quorum: 3,
	}))(o.t)
	m = made(o.SetAgenda(o.chief, m.ID, m.Version, []panel.ReferralID{r.ID}))(o.t)
	m = made(o.Open(chair, m.ID, m.Version, panel.OpenInput{Attendance: attendance}))(o.t)
	nurse := panel.As(o.t.Context(), panel.Caller{Person: "nurse"})
	made(o.Declare(nurse, m.ID, panel.Declaration{Referral: r.ID, Text: canary}))(o.t)
	seen := made(o.Rank(chair, m.ID, r.ID))(o.t)
	var ranked struct {
		Ranking []struct{ Stays []matching.Stay }
	}
	if err := json.Unmarshal(seen.Answer, &ranked); err != nil || len(ranked.Ranking) == 0 {
		o.t.Fatalf("nothing is ranked: %v", err)
	}
	decided := made(o.Decide(chair, panel.DecisionInput{
		Meeting: m.ID, Referral: r.ID, Outcome: panel.Place, Stays: ranked.Ranking[0].Stays, Targets: []string{canary},
		Conditions: []string{canary}, Dissent: []panel.Dissent{{Person: "head", Text: canary}},
		Actions: []panel.Action{{Text: canary, Owner: "head", Due: o.day + 3}}, Reason: panel.Reason{Text: canary},
	}))(o.t)
	m = made(o.Meeting(chair, m.ID))(o.t)
	made(o.Close(chair, m.ID, m.Version))(o.t)
	return decided.Placements[0], m.ID
}

// begun accepts an offer, has the documents received and the pupil there, and starts.
func (o *office) begun(r panel.Referral, p panel.Placement) panel.Placement {
	o.t.Helper()
	farmer := o.as("farmer", panel.Grant{Role: panel.RoleProvider, Organisation: farm})
	p = made(o.Accept(farmer, p.ID, p.Version))(o.t)
	p = made(o.Visit(farmer, p.ID, p.Version, panel.Visit{On: panel.Day(o.now), Taster: true, Pupil: canary, Wants: "yes"}))(o.t)
	for _, d := range made(o.Documents(o.chief, r.ID))(o.t) {
		made(o.Receive(farmer, d.ID))(o.t)
	}
	o.now = o.now.AddDate(0, 0, int(p.From-panel.Day(o.now)))
	return made(o.Start(farmer, p.ID, p.Version, p.From))(o.t)
}

func TestErasure_whatIsErasedIsNowhere(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		made(o.RecordYear(o.chief, schoolYear("2026")))(t)
		other := o.placed(mornings, "half", answer("pupil.surname", "Kestrel"), answer("pupil.forename", "Kim"))
		r := o.readied()
		p, meeting := o.offered(r)
		if minutes := made(o.Minutes(o.chief, meeting))(t); minutes.Items[0].Decisions[0].Reason.Text != canary {
			t.Fatal("the minutes have no words that could be forgotten")
		}
		p = o.begun(r, p)
		r = o.storedReferral(r.ID)
		pupil := r.Pupil
		made(o.KeepApart(o.chief, panel.EntryInput{
			Act: panel.OpenEntry, Pupils: []panel.PupilID{pupil, other.Pupil}, Scope: matching.InGroup, Reason: "fight",
			Text: canary, Source: "school", Grade: form.Reported, ReviewOn: panel.Day(o.now) + 90,
		}))(t)
		reviews := made(o.Reviews(o.chief, p.ID))(t)
		if len(reviews) == 0 {
			t.Fatal("no review is planned")
		}
		made(o.Review(o.chief, reviews[0].ID, reviews[0].Version, panel.ReviewInput{
			Held: panel.Day(o.now), Pupil: canary, Parents: canary, Notes: canary, GoesOn: "continue",
		}))(t)

		_, err := o.Erase(o.chief, pupil, "request")
		refused(t, "while a placement stands", err, panel.WrongState)
		p = made(o.Placement(o.chief, p.ID))(t)
		made(o.End(o.chief, p.ID, p.Version, panel.Day(o.now), panel.Breakdown, panel.ToNone, canary))(t)
		h := made(o.Hold(o.chief, panel.HoldInput{Pupil: pupil, Reason: "complaint", Review: panel.Day(o.now) + 30}))(t)
		_, err = o.Erase(o.chief, pupil, "request")
		refused(t, "under a hold", err, panel.Held)
		made(o.LiftHold(o.chief, h.ID, h.Version))(t)
		_, err = o.Erase(o.chief, pupil, "retention")
		faultsAre(t, "while a period runs", err, "/reason")
		_, err = o.Erase(o.chief, pupil, "because")
		faultsAre(t, "for no reason of the list", err, "/reason")
		if text := o.everything(); strings.Count(text, canary) < 12 || !strings.Contains(text, "SG2 9HQ") {
			t.Fatalf("the story has the canary only %d times", strings.Count(text, canary))
		}

		erased := made(o.Erase(o.chief, pupil, "request"))(t)
		counts := map[string]int{}
		for _, c := range erased.Counts {
			counts[c.Class] = c.Rows
		}
		for _, class := range []string{"referrals", "documents", "decisions", "placements", "reviews", "register", "holds"} {
			if counts[class] == 0 {
				t.Errorf("no %s are counted: %v", class, counts)
			}
		}
		text := o.everything()
		for _, word := range append([]string{canary, string(pupil)}, canaries...) {
			if strings.Contains(text, word) {
				at := strings.Index(text, word)
				t.Errorf("%q is still there: … %s", word, text[max(0, at-200):at])
			}
		}
		o.worksAfterErasure(t, meeting, erased)
		_, err = o.Referral(o.chief, r.ID)
		refused(t, "the referral", err, panel.NotFound)
		_, err = o.Erase(o.chief, pupil, "request")
		refused(t, "a second time", err, panel.NotFound)
	})
}

// worksAfterErasure looks at whatever might still lead to the pupil.
func (o *office) worksAfterErasure(t *testing.T, meeting panel.MeetingID, erased panel.Erasure) {
	t.Helper()
	minutes := made(o.Minutes(o.chief, meeting))(t)
	if len(minutes.Items) != 1 || len(minutes.Items[0].Decisions) != 1 || minutes.Items[0].Decisions[0].Outcome != panel.Place {
		t.Errorf("the minutes don't say what was decided: %+v", minutes.Items)
	}
	if list := made(o.Placements(o.chief, panel.PlacementFilter{}))(t); len(list) != 1 {
		t.Errorf("%d placements are left, want that of the other pupil", len(list))
	}
	made(o.Deadlines(o.chief))(t)
	made(o.ExportSnapshot(o.chief, 0))(t)
	if list := made(o.Register(o.chief, panel.KeepApartRegister))(t); len(list) != 0 {
		t.Errorf("the register still has %+v", list)
	}
	if health := made(o.Fsck(o.chief))(t); len(health.Findings) != 0 {
		t.Errorf("findings: %+v", health.Findings)
	}
	if report := made(o.VerifyJournal(o.chief, audit.Evidence{}))(t); report.Entries < 20 {
		t.Errorf("the chain was verified over %d entries only", report.Entries)
	}
	list := made(o.Erasures(o.chief))(t)
	if diff := cmp.Diff([]panel.Erasure{erased}, list); diff != "" {
		t.Errorf("erasures (-want +got)\n%s", diff)
	}
}

// storedReferral is a referral as it is kept.
func (o *office) storedReferral(id panel.ReferralID) (r panel.Referral) {
	o.t.Helper()
	if err := o.store.View(o.t.Context(), func(tx panel.Tx) (err error) { r, err = tx.Referrals().Get(id); return err }); err != nil {
		o.t.Fatal(err)
	}
	return r
}
