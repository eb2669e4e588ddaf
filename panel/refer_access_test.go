package panel_test

import (
	"slices"
	"testing"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/form"
	"github.com/google/go-cmp/cmp"
)

// What one may not see does not exist: the answer is that to a referral that there is not.
func TestReferral_foreignAndAbsentReadTheSame(t *testing.T) {
	t.Parallel()
	eachReferWorld(t, func(w *referWorld) {
		r := w.readied()
		document, err := w.Attach(w.as(ofAsh), r.ID, panel.DocumentInput{Kind: "other", Bytes: []byte("%PDF-1.4")})
		w.wantKind("attach", err, "")
		people := []panel.PersonID{ofBirch, ofHill, sitting, elsewhere, approving, admin}
		for _, p := range people {
			for verb, try := range verbsOn(w, p) {
				foreign, absent := try(r.ID, document.ID), try("none-such", "none-such")
				if panel.KindOf(foreign) != panel.NotFound && panel.KindOf(foreign) != panel.Forbidden {
					w.Errorf("%s, %s: got %s", p, verb, explained(foreign))
				}
				if explained(foreign) != explained(absent) {
					w.Errorf("%s, %s: foreign is %s, absent is %s", p, verb, explained(foreign), explained(absent))
				}
			}
		}
		if got := w.stored(r.ID); got.Version != r.Version {
			w.Error("somebody changed it")
		}
	})
}

// verbsOn are all verbs on a referral or a document, as a person does them.
func verbsOn(w *referWorld, p panel.PersonID) map[string]func(panel.ReferralID, panel.DocumentID) error {
	ctx := w.as(p)
	on := func(fn func(panel.ReferralID, panel.DocumentID) error) func(panel.ReferralID, panel.DocumentID) error {
		return fn
	}
	return map[string]func(panel.ReferralID, panel.DocumentID) error{
		"read":  on(func(r panel.ReferralID, _ panel.DocumentID) error { _, err := w.Referral(ctx, r); return err }),
		"lacks": on(func(r panel.ReferralID, _ panel.DocumentID) error { _, err := w.Completeness(ctx, r); return err }),
		"edit": on(func(r panel.ReferralID, _ panel.DocumentID) error {
			_, err := w.Edit(ctx, r, 1, form.Form{})
			return err
		}),
		"submit": on(func(r panel.ReferralID, _ panel.DocumentID) error { _, err := w.Submit(ctx, r, 1); return err }),
		"return": on(func(r panel.ReferralID, _ panel.DocumentID) error { _, err := w.Return(ctx, r, 1, nil); return err }),
		"ready":  on(func(r panel.ReferralID, _ panel.DocumentID) error { _, err := w.Ready(ctx, r, 1); return err }),
		"withdraw": on(func(r panel.ReferralID, _ panel.DocumentID) error {
			_, err := w.Withdraw(ctx, r, 1, panel.ByMistake)
			return err
		}),
		"attach": on(func(r panel.ReferralID, _ panel.DocumentID) error {
			_, err := w.Attach(ctx, r, panel.DocumentInput{})
			return err
		}),
		"documents":  on(func(r panel.ReferralID, _ panel.DocumentID) error { _, err := w.Documents(ctx, r); return err }),
		"document":   on(func(_ panel.ReferralID, d panel.DocumentID) error { _, err := w.Document(ctx, d); return err }),
		"remove":     on(func(_ panel.ReferralID, d panel.DocumentID) error { return w.Remove(ctx, d, panel.Replaced) }),
		"receive":    on(func(_ panel.ReferralID, d panel.DocumentID) error { _, err := w.Receive(ctx, d); return err }),
		"duplicates": on(func(r panel.ReferralID, _ panel.DocumentID) error { _, err := w.DuplicatesOf(ctx, r); return err }),
	}
}

func TestReferral_membersSeeWhatIsBeforeTheirMeeting(t *testing.T) {
	t.Parallel()
	eachReferWorld(t, func(w *referWorld) {
		r := w.readied()
		read := func(p panel.PersonID, want panel.Kind) {
			w.Helper()
			_, err := w.Referral(w.as(p), r.ID)
			w.wantKind(string(p), err, want)
		}
		read(sitting, panel.NotFound)
		w.schedule(r.ID)
		read(sitting, "")
		read(chairing, "")
		read(elsewhere, panel.NotFound)
		w.update(func(tx panel.Tx) error {
			m, err := tx.Meetings().Get("meeting")
			if err != nil {
				return err
			}
			m.Interests = []panel.Interest{{Person: sitting, Referral: r.ID, Kind: panel.Declared}}
			return tx.Meetings().Put(&m)
		})
		read(sitting, panel.NotFound)
	})
}

func TestReferral_aProvisionSeesItWhileThereIsAnOfferOrPlacement(t *testing.T) {
	t.Parallel()
	eachReferWorld(t, func(w *referWorld) {
		r := w.readied()
		steps := []struct {
			state   panel.State
			classes []form.Class // none: nothing is seen
		}{
			{"", nil},
			{panel.Offered, []form.Class{form.Core, form.Schooling, form.Medical}},
			{panel.Accepted, []form.Class{form.Core, form.Criminal, form.Schooling, form.Medical, form.Safeguarding}},
			{panel.Started, []form.Class{form.Core, form.Criminal, form.Schooling, form.Medical, form.Safeguarding}},
			{panel.Ended, nil},
			{panel.Declined, nil},
			{panel.Withdrawn, nil},
		}
		for _, step := range steps {
			if step.state != "" {
				w.place(r.ID, step.state)
			}
			got, err := w.Referral(w.as(ofHill), r.ID)
			if step.classes == nil {
				w.wantKind("when it is "+string(step.state), err, panel.NotFound)
				continue
			}
			w.wantKind("when it is "+string(step.state), err, "")
			if diff := cmp.Diff(step.classes, classesIn(got.Form)); diff != "" {
				w.Errorf("when it is %s (-want +got):\n%s", step.state, diff)
			}
			if got.Pupil != "" || got.Questions != nil {
				w.Error("the provision sees the record or the questions")
			}
			_, err = w.Referral(w.as(ofRiver), r.ID)
			w.wantKind("another provision", err, panel.NotFound)
		}
	})
}

func classesIn(f form.Form) []form.Class {
	var classes []form.Class
	for _, a := range f.Answers {
		field, _ := form.Lookup(a.Field)
		classes = append(classes, field.Class)
	}
	slices.SortFunc(classes, func(a, b form.Class) int {
		return slices.Index(classOrder, a) - slices.Index(classOrder, b)
	})
	return slices.Compact(classes)
}

var classOrder = []form.Class{form.Core, form.Criminal, form.Schooling, form.Medical, form.Safeguarding, form.Composition}

// Who must be apart from whom is nothing for a provision, and of what the police hold it
// sees what is a risk.
func TestSections_holdInEveryAnswer(t *testing.T) {
	t.Parallel()
	eachReferWorld(t, func(w *referWorld) {
		r := w.readied()
		w.schedule(r.ID)
		w.update(func(tx panel.Tx) error {
			return tx.Waivers().Add(&panel.Waiver{
				ID: "waiver", Meeting: "meeting", Referral: r.ID, Pupil: w.kept(tx, r.ID).Pupil, Safety: true, State: panel.Requested,
			})
		})
		w.place(r.ID, panel.Accepted)
		readers := map[panel.PersonID]panel.Role{
			ofAsh: panel.RoleSchool, ofHill: panel.RoleProvider, sitting: panel.RoleMember, chairing: panel.RoleChair,
			officer: panel.RoleCoordinator, approving: panel.RoleApprover, auditing: panel.RoleAuditor,
		}
		for p, role := range readers {
			got, err := w.Referral(w.as(p), r.ID)
			w.wantKind(string(p), err, "")
			for _, a := range form.Normalise(fullForm()).Answers {
				field, _ := form.Lookup(a.Field)
				open := slices.ContainsFunc(panel.Sections(), func(o panel.Opening) bool {
					return o.Role == role && o.Class == field.Class && (o.Section == "" || o.Section == field.Section)
				})
				if _, seen := got.Form.Answer(a.Field, a.Row); seen != open {
					w.Errorf("%s and %s: seen is %v, open is %v", p, a.Field, seen, open)
				}
			}
		}
		for _, o := range panel.Sections() {
			if o.Role == panel.RoleProvider && (o.Class == form.Composition || o.Section == form.Apart) {
				w.Error("a provision sees who must be apart")
			}
		}
	})
}

// kept is a referral as a transaction sees it.
func (w *referWorld) kept(tx panel.Tx, id panel.ReferralID) panel.Referral {
	w.Helper()
	r, err := tx.Referrals().Get(id)
	if err != nil {
		w.Fatal(err)
	}
	return r
}

func TestReferrals_eachSeesTheirOwn(t *testing.T) {
	t.Parallel()
	eachReferWorld(t, func(w *referWorld) {
		ours, before, placed := w.draft(), w.readied(), w.readied()
		theirs, err := w.Draft(w.as(ofBirch), panel.DraftInput{School: "birch"})
		w.wantKind("draft", err, "")
		w.schedule(before.ID)
		w.place(placed.ID, panel.Offered)
		all := []panel.ReferralID{ours.ID, before.ID, placed.ID, theirs.ID}
		tests := []struct {
			by   panel.PersonID
			want []panel.ReferralID
		}{
			{ofAsh, []panel.ReferralID{ours.ID, before.ID, placed.ID}}, {ofBirch, []panel.ReferralID{theirs.ID}},
			{sitting, []panel.ReferralID{before.ID}}, {elsewhere, nil}, {ofHill, []panel.ReferralID{placed.ID}}, {ofRiver, nil},
			{officer, all}, {auditing, all}, {approving, nil},
		}
		for _, test := range tests {
			slices.Sort(test.want)
			if diff := cmp.Diff(test.want, listed(w, test.by, panel.ReferralFilter{})); diff != "" {
				w.Errorf("%s (-want +got):\n%s", test.by, diff)
			}
			if diff := cmp.Diff(test.want, listed(w, test.by, panel.ReferralFilter{Limit: 1})); diff != "" {
				w.Errorf("%s, one by one (-want +got):\n%s", test.by, diff)
			}
		}
		want := []panel.ReferralID{before.ID}
		if diff := cmp.Diff(want, listed(w, officer, panel.ReferralFilter{States: []panel.State{panel.OnAgenda}})); diff != "" {
			w.Errorf("on an agenda (-want +got):\n%s", diff)
		}
		_, err = w.Referrals(w.as(admin), panel.ReferralFilter{})
		w.wantKind("the administrator", err, panel.Forbidden)
		_, err = w.Referrals(w.as(officer), panel.ReferralFilter{Limit: panel.MostListed + 1})
		w.wantKind("a page too long", err, panel.Invalid)
	})
}

// listed are the ids of all pages.
func listed(w *referWorld, by panel.PersonID, f panel.ReferralFilter) []panel.ReferralID {
	w.Helper()
	var ids []panel.ReferralID
	for range 20 {
		page, err := w.Referrals(w.as(by), f)
		w.wantKind("list for "+string(by), err, "")
		for _, r := range page.Items {
			ids = append(ids, r.ID)
		}
		if f.After = page.Next; page.Next == "" {
			break
		}
	}
	return ids
}

func TestDraft_onlyForOnesOwnSchool(t *testing.T) {
	t.Parallel()
	eachReferWorld(t, func(w *referWorld) {
		_, foreign := w.Draft(w.as(ofAsh), panel.DraftInput{School: "birch"})
		_, absent := w.Draft(w.as(ofAsh), panel.DraftInput{School: "none-such"})
		w.wantKind("for another school", foreign, panel.NotFound)
		if explained(foreign) != explained(absent) {
			w.Errorf("for another school %s, for none %s", explained(foreign), explained(absent))
		}
		_, err := w.Draft(w.as(auditing), panel.DraftInput{School: "ash"})
		w.wantKind("the auditor", err, panel.Forbidden)
		r, err := w.Draft(w.as(officer), panel.DraftInput{School: "ash"})
		w.wantKind("the officer", err, "")
		_, foreign = w.Draft(w.as(ofBirch), panel.DraftInput{School: "birch", Pupil: r.Pupil})
		_, absent = w.Draft(w.as(ofBirch), panel.DraftInput{School: "birch", Pupil: "none-such"})
		w.wantKind("another school's pupil", foreign, panel.NotFound)
		if explained(foreign) != explained(absent) {
			w.Errorf("another school's pupil %s, none %s", explained(foreign), explained(absent))
		}
		again, err := w.Draft(w.as(ofAsh), panel.DraftInput{School: "ash", Pupil: r.Pupil})
		w.wantKind("its own pupil", err, "")
		if got := w.stored(again.ID).Pupil; got != r.Pupil {
			w.Errorf("got record %s, want %s", got, r.Pupil)
		}
	})
}

func TestW4_whatThePupilSaysReachesThePanelAndTheProvision(t *testing.T) {
	t.Parallel()
	voice := []form.Answer{
		said("voice.pupil_view", "I want to work with my hands."), said("voice.wants_to_attend", "unsure"), said("voice.visited", "2026-11-12"),
		said("family.parent_view", "We saw the farm and liked it."),
	}
	eachReferWorld(t, func(w *referWorld) {
		r := w.draft(voice...)
		w.place(r.ID, panel.Offered)
		w.schedule(r.ID)
		for _, p := range []panel.PersonID{sitting, chairing, ofHill} {
			got, err := w.Referral(w.as(p), r.ID)
			w.wantKind(string(p), err, "")
			for _, want := range voice {
				seen, _ := got.Form.Answer(want.Field, 0)
				if diff := cmp.Diff(want, seen); diff != "" {
					w.Errorf("%s (-want +got):\n%s", p, diff)
				}
			}
		}
	})
}
