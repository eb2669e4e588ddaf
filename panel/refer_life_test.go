package panel_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/form"
	"github.com/google/go-cmp/cmp"
)

func TestW1_aReferralFromDraftToReadyWithAReturn(t *testing.T) {
	t.Parallel()
	eachReferWorld(t, func(w *referWorld) {
		r, err := w.Draft(w.as(ofAsh), panel.DraftInput{School: "ash"})
		w.wantKind("an empty draft", err, "")
		wantState(w, r, panel.Draft)
		_, err = w.Submit(w.as(ofAsh), r.ID, r.Version)
		w.wantKind("submit an empty form", err, panel.Incomplete)
		if n := len(missingOf(err)); n < 50 {
			w.Errorf("an empty form lacks %d answers", n)
		}
		r, err = w.Edit(w.as(ofAsh), r.ID, r.Version, fullForm())
		w.wantKind("edit", err, "")
		r, err = w.Submit(w.as(ofAsh), r.ID, r.Version)
		w.wantKind("submit", err, "")
		wantState(w, r, panel.Submitted)
		received := r.Received
		if received == 0 || r.Submitted.IsZero() {
			w.Errorf("submitted at %v, received on %v", r.Submitted, r.Received)
		}
		_, err = w.Ready(w.as(officer), r.ID, r.Version)
		w.wantKind("ready without documents", err, panel.Incomplete)
		if got := missingOf(err); !slices.Contains(got, "/documents/attendance_certificate") {
			w.Errorf("ready lacks %v", got)
		}
		r, err = w.Return(w.as(officer), r.ID, r.Version, []panel.Question{
			{Pointer: "/answers/pupil.year", Text: "Which year group?"}, {Text: "Where is the certificate of attendance?"},
		})
		w.wantKind("return", err, "")
		wantState(w, r, panel.Returned)
		w.attachAll(r.ID)
		_, err = w.Submit(w.as(ofAsh), r.ID, r.Version, panel.Reply{Question: 0, Text: "Year 8."})
		if diff := cmp.Diff([]string{"/questions/1"}, missingOf(err)); diff != "" {
			w.Errorf("a question without a reply (-want +got):\n%s", diff)
		}
		r, err = w.Submit(w.as(ofAsh), r.ID, r.Version, panel.Reply{0, "Year 8."}, panel.Reply{1, "It is there now."})
		w.wantKind("submit again", err, "")
		if r.Received != received || r.Returns != 1 || r.Questions[1].Answer != "It is there now." || r.Questions[0].By != officer {
			w.Errorf("after the second submission: %+v", r)
		}
		r, err = w.Ready(w.as(officer), r.ID, r.Version)
		w.wantKind("ready", err, "")
		wantState(w, r, panel.Ready)
		var verbs []string
		for _, e := range w.journal() {
			if e.Noun == "referral" && e.Outcome == "done" {
				verbs = append(verbs, e.Verb)
			}
		}
		if diff := cmp.Diff([]string{"draft", "edit", "submit", "return", "submit", "ready"}, verbs); diff != "" {
			w.Errorf("the journal (-want +got):\n%s", diff)
		}
	})
}

func wantState(w *referWorld, r panel.Referral, want panel.State) {
	w.Helper()
	if r.State != want {
		w.Errorf("got state %s, want %s", r.State, want)
	}
}

// faultsInOrder are the faults of an error, in its order.
func faultsInOrder(err error) []string {
	var faults []string
	if e, ok := errors.AsType[*panel.Error](err); ok {
		for _, f := range e.Faults {
			faults = append(faults, f.Pointer+" "+f.Code)
		}
	}
	return faults
}

func missingOf(err error) []string {
	var pointers []string
	if e, ok := errors.AsType[*panel.Error](err); ok {
		for _, m := range e.Missing {
			pointers = append(pointers, m.Pointer)
		}
	}
	return pointers
}

func TestD1_theFormInFullStoredAndReadBack(t *testing.T) {
	t.Parallel()
	eachReferWorld(t, func(w *referWorld) {
		r := w.draft()
		got, err := w.Referral(w.as(ofAsh), r.ID)
		w.wantKind("read", err, "")
		want := form.Normalise(fullForm())
		if diff := cmp.Diff(want, got.Form); diff != "" {
			w.Errorf("the form (-want +got):\n%s", diff)
		}
		if len(got.Form.Answers) < len(form.Fields()) {
			w.Errorf("%d answers to %d fields", len(got.Form.Answers), len(form.Fields()))
		}
	})
}

func TestD2_anUnknownKeepsItsReason(t *testing.T) {
	t.Parallel()
	eachReferWorld(t, func(w *referWorld) {
		unknown := form.Answer{Field: "pupil.free_school_meals", Grade: form.Unknown, By: "office", On: date("2026-11-19"), Reason: "the last school has closed"}
		r := w.draft(unknown)
		got, _ := w.stored(r.ID).Form.Answer("pupil.free_school_meals", 0)
		if diff := cmp.Diff(unknown, got); diff != "" {
			w.Errorf("(-want +got):\n%s", diff)
		}
	})
}

func TestD1_namesAreAsTheyAre(t *testing.T) {
	t.Parallel()
	names := []string{
		"O'Neil", "O’Neil", "ONeil", "O``Neil", "Nguyễn Thị Hồng", "Łukasz", "Björk Guðmundsdóttir", "محمد", "李小龙", "Seán Ó Briain",
		"D'Arcy-Smythe Jr.", "X", strings.Repeat("ab", 100),
	}
	refused := []string{strings.Repeat("ab", 100) + "c", "Z" + strings.Repeat("\u0301", 200)}
	eachReferWorld(t, func(w *referWorld) {
		r, err := w.Draft(w.as(ofAsh), panel.DraftInput{School: "ash"})
		w.wantKind("draft", err, "")
		for _, name := range names {
			f := form.Form{Answers: []form.Answer{said("pupil.forename", name)}} // a mononym: no surname
			if r, err = w.Edit(w.as(ofAsh), r.ID, r.Version, f); err != nil {
				w.Fatal(explained(err))
			}
			got, _ := w.stored(r.ID).Form.Text("pupil.forename")
			if got != name {
				w.Errorf("stored %q, want %q", got, name)
			}
		}
		for _, name := range refused {
			_, err := w.Edit(w.as(ofAsh), r.ID, r.Version, form.Form{Answers: []form.Answer{said("pupil.surname", name)}})
			w.wantKind("a name of "+name[:2], err, panel.Invalid)
		}
	})
}

func TestD3_whatEachGateLacksAndOnlyADocumentReceivedCountsForTheStart(t *testing.T) {
	t.Parallel()
	eachReferWorld(t, func(w *referWorld) {
		r := w.draft()
		got, err := w.Completeness(w.as(ofAsh), r.ID)
		w.wantKind("completeness", err, "")
		if len(got.Submit) != 0 || len(got.Panel) == 0 || len(got.Start) <= len(got.Panel) {
			w.Errorf("lacks %d to submit, %d for the panel, %d to start", len(got.Submit), len(got.Panel), len(got.Start))
		}
		w.attachAll(r.ID)
		attached, err := w.Completeness(w.as(ofAsh), r.ID)
		w.wantKind("completeness", err, "")
		if len(attached.Panel) != 0 || len(attached.Start) != len(got.Start) {
			w.Errorf("with documents it lacks %d for the panel, %d to start", len(attached.Panel), len(attached.Start))
		}
		w.place(r.ID, panel.Accepted)
		documents, err := w.Documents(w.as(officer), r.ID)
		w.wantKind("documents", err, "")
		for _, d := range documents {
			_, err := w.Receive(w.as(officer), d.ID)
			w.wantKind("receive", err, "")
		}
		all, err := w.Completeness(w.as(officer), r.ID)
		w.wantKind("completeness", err, "")
		if len(all.Start) != 0 {
			w.Errorf("with documents received it lacks %v", all.Start)
		}
	})
}

func TestEdit_everyFaultAtOnce(t *testing.T) {
	t.Parallel()
	eachReferWorld(t, func(w *referWorld) {
		r := w.draft()
		_, err := w.Edit(w.as(ofAsh), r.ID, r.Version, with(fullForm(),
			said("pupil.upn", "B919110225001"), said("pupil.postcode", "nowhere"), said("referral.provisions", "ash"), said("referral.wants_groups", "none-such")))
		want := []string{
			"/answers/pupil.upn upn_check", "/answers/pupil.postcode postcode", "/answers/referral.provisions reference", "/answers/referral.wants_groups reference",
		}
		for _, pointer := range want {
			if !slices.ContainsFunc(faultsInOrder(err), func(f string) bool { return strings.HasPrefix(f, strings.Fields(pointer)[0]+" ") }) {
				w.Errorf("%s is not reported: %v", pointer, faultsInOrder(err))
			}
		}
		if got := w.stored(r.ID); got.Version != r.Version {
			w.Error("a form with faults was stored")
		}
	})
}

func TestSteps_onlyFromTheirStatesAndVersions(t *testing.T) {
	t.Parallel()
	eachReferWorld(t, func(w *referWorld) {
		r := w.readied()
		_, err := w.Edit(w.as(ofAsh), r.ID, r.Version, fullForm())
		w.wantKind("edit what is ready", err, panel.WrongState)
		if e, ok := errors.AsType[*panel.Error](err); !ok || e.State != panel.Ready || !slices.Contains(e.Allowed, panel.VerbWithdraw) {
			w.Errorf("the error does not say what is allowed: %+v", e)
		}
		_, err = w.Return(w.as(officer), r.ID, r.Version-1, []panel.Question{{Text: "Why?"}})
		w.wantKind("a stale version", err, panel.Stale)
		_, err = w.Return(w.as(officer), r.ID, r.Version, []panel.Question{{Pointer: "/answers/pupil.shoes", Text: "\u200b"}})
		if diff := cmp.Diff([]string{"/questions/0/pointer pointer", "/questions/0/text too_short", "/questions/0/text character"}, faultsInOrder(err)); diff != "" {
			w.Errorf("questions (-want +got):\n%s", diff)
		}
		_, err = w.Return(w.as(officer), r.ID, r.Version, nil)
		w.wantKind("return without a question", err, panel.Invalid)
		r, err = w.Return(w.as(officer), r.ID, r.Version, []panel.Question{{Pointer: "/answers/family.contacts/1/phone", Text: "Is it right?"}})
		w.wantKind("return what is ready", err, "")
		_, err = w.Submit(w.as(ofAsh), r.ID, r.Version, panel.Reply{0, "Yes"}, panel.Reply{0, "Yes"}, panel.Reply{7, "Yes"})
		if diff := cmp.Diff([]string{"/replies/1/question question", "/replies/2/question question"}, faultsInOrder(err)); diff != "" {
			w.Errorf("replies (-want +got):\n%s", diff)
		}
	})
}

func TestWithdraw_freesTheAgendaAndTheLeaning(t *testing.T) {
	t.Parallel()
	eachReferWorld(t, func(w *referWorld) {
		r, other := w.readied(), w.draft()
		w.schedule(r.ID)
		w.update(func(tx panel.Tx) error {
			return tx.Tentatives().Add(&panel.Tentative{ID: "leaning", Meeting: "meeting", Referral: r.ID, Pupil: w.kept(tx, r.ID).Pupil, By: officer})
		})
		_, err := w.Withdraw(w.as(ofAsh), r.ID, w.stored(r.ID).Version, "because")
		w.wantKind("a reason that is no code", err, panel.Invalid)
		r, err = w.Withdraw(w.as(ofAsh), r.ID, w.stored(r.ID).Version, panel.NoLongerNeeded)
		w.wantKind("withdraw", err, "")
		wantState(w, r, panel.Withdrawn)
		w.update(func(tx panel.Tx) error {
			m, err := tx.Meetings().Get("meeting")
			if err == nil && len(m.Agenda) != 0 {
				w.Errorf("the agenda has %v", m.Agenda)
			}
			if _, gone := tx.Tentatives().Get("leaning"); panel.KindOf(gone) != panel.NotFound {
				w.Error("the leaning is still there")
			}
			return err
		})
		w.update(func(tx panel.Tx) error {
			return w.change(tx, other.ID, func(r *panel.Referral) { r.State = panel.Placed })
		})
		_, err = w.Withdraw(w.as(ofAsh), other.ID, w.stored(other.ID).Version, panel.NoLongerNeeded)
		w.wantKind("withdraw what is placed", err, panel.WrongState)
	})
}

func TestW10_theTermsOfAProvisionAreAgreedBeforeTheReferral(t *testing.T) {
	t.Parallel()
	const terms = "agreed.provider_terms"
	before := said(terms, "yes")
	before.On = date("2026-08-31") // the terms are of the first of September
	tests := []struct {
		name    string
		answers []form.Answer
		want    []string
	}{
		{"agreed", nil, nil},
		{"not agreed", []form.Answer{said(terms, "no")}, []string{"/answers/" + terms}},
		{"agreed to earlier terms", []form.Answer{before}, []string{"/answers/" + terms}},
		{"a provision without terms", []form.Answer{said(terms, "no"), said("referral.provisions", "hill")}, nil},
	}
	eachReferWorld(t, func(w *referWorld) {
		for _, test := range tests {
			r := w.draft(test.answers...)
			_, err := w.Submit(w.as(ofAsh), r.ID, r.Version)
			if diff := cmp.Diff(test.want, missingOf(err)); diff != "" {
				w.Errorf("%s (-want +got):\n%s", test.name, diff)
			}
		}
	})
}

func TestD7_whoMayRefer(t *testing.T) {
	t.Parallel()
	eachReferWorld(t, func(w *referWorld) {
		w.update(func(tx panel.Tx) error {
			return errors.Join(
				tx.Organisations().Add(&panel.Organisation{ID: "youth-justice", Kind: panel.Agency}),
				tx.Organisations().Add(&panel.Organisation{ID: "authority", Kind: panel.Authority}))
		})
		for _, from := range []panel.OrganisationID{"ash", "hill", "youth-justice", "authority"} {
			_, err := w.Draft(w.as(officer), panel.DraftInput{School: from})
			w.wantKind("the officer for "+string(from), err, "")
		}
		for _, from := range []panel.OrganisationID{"", "none-such", "old"} {
			_, err := w.Draft(w.as(officer), panel.DraftInput{School: from})
			w.wantKind("for "+string(from), err, panel.Invalid)
		}
	})
}
