package panel_test

import (
	"encoding/json"
	"strings"
	"testing"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/form"
)

// canaries are in the forms, documents and texts of this test, and belong nowhere else.
var canaries = []string{"anar", "Zilpzalp", "E919110225001", "2014-03-02", "SG2 9HQ", "school.example", "01438"}

// Nothing of a pupil gets into errors or the journal, whatever fails or succeeds.
func TestJournal_noVerbOfReferralsNamesAPupil(t *testing.T) {
	t.Parallel()
	eachReferWorld(t, func(w *referWorld) {
		r := w.readied()
		w.place(r.ID, panel.Accepted)
		document, err := w.Attach(w.as(ofAsh), r.ID, panel.DocumentInput{Kind: "other", Bytes: []byte("%PDF-1.7 Canary")})
		w.wantKind("attach", err, "")
		var errs []error
		for p := range grantsOf() {
			for _, try := range verbsOn(w, p) {
				errs = append(errs, try(r.ID, document.ID), try("Canary", "Canary"))
			}
			errs = append(errs, refusals(w, p, r)...)
		}
		refused := 0
		for _, err := range errs {
			if err == nil {
				continue
			}
			refused++
			whole, _ := json.Marshal(err)
			wantNoCanary(w, "an error", explained(err)+string(whole))
		}
		if refused < 100 {
			w.Errorf("only %d errors were looked at", refused)
		}
		entries := w.journal()
		for _, e := range entries {
			line, err := json.Marshal(e)
			if err != nil {
				w.Fatal(err)
			}
			wantNoCanary(w, "the journal", string(line))
		}
		if len(entries) < 100 {
			w.Errorf("the journal has only %d entries", len(entries))
		}
	})
}

// refusals are errors of verbs that are given what they have to refuse.
func refusals(w *referWorld, p panel.PersonID, r panel.Referral) []error {
	ctx := w.as(p)
	bad := with(fullForm(), said("pupil.surname", "Canary\u202e"), said("pupil.upn", "CanaryCanary0"), said("Canary", "Canary"), said("pupil.date_of_birth", "Canary"))
	_, drafted := w.Draft(ctx, panel.DraftInput{School: "ash", Form: bad})
	_, elsewhere := w.Draft(ctx, panel.DraftInput{School: "Canary", Pupil: "Canary", Form: bad})
	_, edited := w.Edit(ctx, r.ID, r.Version, bad)
	_, submitted := w.Submit(ctx, r.ID, r.Version, panel.Reply{Question: 9, Text: "Canary\x00"})
	_, returned := w.Return(ctx, r.ID, r.Version, []panel.Question{{Pointer: "/answers/Canary", Text: "Canary\x00"}})
	_, withdrawn := w.Withdraw(ctx, r.ID, r.Version, "Canary")
	_, attached := w.Attach(ctx, r.ID, panel.DocumentInput{Kind: "Canary", MediaType: "Canary", Bytes: []byte("Canary")})
	merged := w.Merge(ctx, "Canary", w.stored(r.ID).Pupil, "Canary")
	_, listed := w.Referrals(ctx, panel.ReferralFilter{States: []panel.State{"Canary"}, After: "Canary", Limit: -1})
	return []error{drafted, elsewhere, edited, submitted, returned, withdrawn, attached, merged, listed}
}

func wantNoCanary(w *referWorld, what, text string) {
	w.Helper()
	for _, canary := range canaries {
		if strings.Contains(text, canary) {
			w.Errorf("%s has %q: %s", what, canary, text)
		}
	}
}

// Who was refused is in the journal, and so is each read, with the pseudonym and classes.
func TestJournal_readsAndRefusals(t *testing.T) {
	t.Parallel()
	eachReferWorld(t, func(w *referWorld) {
		r := w.draft()
		before := len(w.journal())
		_, err := w.Referral(w.as(officer), r.ID)
		w.wantKind("read", err, "")
		_, err = w.Referral(w.as(ofBirch), r.ID)
		w.wantKind("read another's", err, panel.NotFound)
		entries := w.journal()[before:]
		if len(entries) != 2 {
			w.Fatalf("%d entries", len(entries))
		}
		done, denied := entries[0], entries[1]
		if done.Outcome != "done" || len(done.Pupils) != 1 || len(done.Classes) != len(form.Classes()) || done.Subject != string(r.ID) {
			w.Errorf("the read is %+v", done)
		}
		if denied.Outcome != "denied" || denied.Actor != string(ofBirch) || len(denied.Pupils) != 0 {
			w.Errorf("the refusal is %+v", denied)
		}
	})
}
