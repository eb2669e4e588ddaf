package panel_test

import (
	"sync"
	"testing"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/form"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

const (
	upnOne = "E919110225001"
	upnTwo = "H801200001001"
)

// refer is a draft of a school's about somebody, and the record that it is tied to.
func (w *referWorld) refer(by panel.PersonID, school panel.OrganisationID, answers []form.Answer) (panel.Referral, panel.PupilID) {
	w.Helper()
	r, err := w.Draft(w.as(by), panel.DraftInput{School: school, Form: form.Form{Answers: answers}})
	if err != nil {
		w.Fatal(explained(err))
	}
	return r, w.stored(r.ID).Pupil
}

// A UPN that another school has given ties the two to one record, and the school that
// asks gets the answer that it would get anyway.
func TestDraft_aUPNTellsNothingOfOtherSchools(t *testing.T) {
	t.Parallel()
	eachReferWorld(t, func(w *referWorld) {
		whose := who(upnOne, "O’Neil", "Ann", "2014-03-02")
		_, ashes := w.refer(ofAsh, "ash", whose)
		known, birches := w.refer(ofBirch, "birch", whose)
		fresh, _ := w.refer(ofBirch, "birch", who(upnTwo, "Sands", "Zoë", "2013-01-09"))
		if ashes != birches {
			w.Error("one UPN, two records")
		}
		but := cmp.Options{cmpopts.IgnoreFields(panel.Referral{}, "ID", "Created"), cmpopts.IgnoreFields(form.Answer{}, "Value")}
		if diff := cmp.Diff(known, fresh, but); diff != "" || known.Pupil != "" {
			w.Errorf("the answers differ, or name the record %q:\n%s", known.Pupil, diff)
		}
		_, err := w.Referral(w.as(ofBirch), known.ID)
		w.wantKind("read", err, "")
		if got := listed(w, ofBirch, panel.ReferralFilter{}); len(got) != 2 {
			w.Errorf("Birch sees %d referrals", len(got))
		}
	})
}

// Two schools that refer one pupil at the same moment: neither sees a conflict, and there is
// one record.
func TestDraft_aUPNAtTheSameMoment(t *testing.T) {
	t.Parallel()
	eachReferWorld(t, func(w *referWorld) {
		const racers = 8
		errs := make([]error, racers)
		var all sync.WaitGroup
		for i := range racers {
			all.Go(func() {
				by := []panel.PersonID{ofAsh, ofBirch}[i%2]
				school := []panel.OrganisationID{"ash", "birch"}[i%2]
				_, errs[i] = w.Draft(w.as(by), panel.DraftInput{School: school, Form: form.Form{Answers: who(upnOne, "Sands", "Ann", "2014-03-02")}})
			})
		}
		all.Wait()
		for _, err := range errs {
			w.wantKind("draft", err, "")
		}
		w.update(func(tx panel.Tx) error {
			records := 0
			for _, err := range tx.Pupils().List() {
				if err != nil {
					return err
				}
				records++
			}
			if records != 1 {
				w.Errorf("%d records of one pupil", records)
			}
			return nil
		})
	})
}

func TestEdit_aDraftFollowsItsUPN(t *testing.T) {
	t.Parallel()
	eachReferWorld(t, func(w *referWorld) {
		ann := who(upnOne, "Sands", "Ann", "2014-03-02")
		_, ashes := w.refer(ofAsh, "ash", ann)
		r, own := w.refer(ofBirch, "birch", ann[1:]) // the number comes later
		if own == ashes {
			w.Fatal("tied by a name alone")
		}
		r, err := w.Edit(w.as(ofBirch), r.ID, r.Version, form.Form{Answers: ann})
		w.wantKind("edit", err, "")
		if got := w.stored(r.ID).Pupil; got != ashes || r.Pupil != "" {
			w.Errorf("with its number it is tied to %s, want %s; shown %q", got, ashes, r.Pupil)
		}
		r, err = w.Edit(w.as(ofBirch), r.ID, r.Version, form.Form{Answers: who(upnTwo, "Sands", "Zoë", "2013-01-09")})
		w.wantKind("edit", err, "")
		if got := w.stored(r.ID).Pupil; got == ashes {
			w.Error("another number, and still the same record")
		}
		duplicates, err := w.Duplicates(w.as(officer))
		w.wantKind("duplicates", err, "")
		if len(duplicates) != 0 {
			w.Errorf("empty records are compared: %v", duplicates)
		}
	})
}

// Entries of the register may hang on the record of what was handed in, so it stays.
func TestEdit_onceSubmittedNothingMovesByItself(t *testing.T) {
	t.Parallel()
	eachReferWorld(t, func(w *referWorld) {
		sands := func(upn string) []form.Answer { return who(upn, "Sands", "Ann", "2014-03-02") }
		other, one := w.refer(ofBirch, "birch", sands(upnOne))
		r := w.draft(sands(upnTwo)...)
		own := w.stored(r.ID).Pupil
		r, err := w.Submit(w.as(ofAsh), r.ID, r.Version)
		w.wantKind("submit", err, "")
		r, err = w.Return(w.as(officer), r.ID, r.Version, []panel.Question{{Pointer: "/answers/pupil.upn", Text: "Is it right?"}})
		w.wantKind("return", err, "")
		_, err = w.Edit(w.as(ofAsh), r.ID, r.Version, with(fullForm(), sands(upnOne)...))
		w.wantKind("edit", err, "")
		if got := w.stored(r.ID).Pupil; got != own {
			w.Errorf("it moved to %s", got)
		}
		got, err := w.DuplicatesOf(w.as(officer), other.ID)
		w.wantKind("duplicates", err, "")
		want := []panel.Duplicate{{Pupil: min(own, one), Other: max(own, one), Likely: []panel.Likeness{panel.SameUPN, panel.SameName}}}
		if diff := cmp.Diff(want, got); diff != "" {
			w.Errorf("duplicates (-want +got):\n%s", diff)
		}
	})
}

func TestDraft_tiedToTheRecordThatGoesOn(t *testing.T) {
	t.Parallel()
	eachReferWorld(t, func(w *referWorld) {
		_, from := w.refer(ofAsh, "ash", who(upnOne, "Sands", "Ann", "2014-03-02"))
		_, into := w.refer(ofBirch, "birch", who(upnTwo, "Sands", "Ann", "2014-03-02"))
		w.wantKind("merge", w.Merge(w.as(officer), from, into, panel.SchoolSays), "")
		_, got := w.refer(ofAsh, "ash", who(upnOne, "Sands", "Ann", "2014-03-02"))
		if got != into {
			w.Errorf("by the number of the record that was merged: got %s, want %s", got, into)
		}
		r, err := w.Draft(w.as(officer), panel.DraftInput{School: "ash", Pupil: from})
		w.wantKind("by name", err, "")
		if r.Pupil != into {
			w.Errorf("by the record that was merged: got %s, want %s", r.Pupil, into)
		}
	})
}

// When name and date of birth are both another's, the number was mistyped.
func TestDraft_aMistypedUPNTiesNobody(t *testing.T) {
	t.Parallel()
	eachReferWorld(t, func(w *referWorld) {
		_, one := w.refer(ofAsh, "ash", who(upnOne, "Sands", "Ann", "2014-03-02"))
		_, two := w.refer(ofBirch, "birch", who(upnOne, "Brook", "Tom", "2012-09-30"))
		if one == two {
			w.Fatal("two pupils in one record")
		}
		_, renamed := w.refer(ofBirch, "birch", who(upnOne, "Hill", "Ann", "2014-03-02"))
		if renamed != one {
			w.Error("a pupil with another surname is not found")
		}
		got, err := w.Duplicates(w.as(officer))
		w.wantKind("duplicates", err, "")
		if len(got) != 1 || !cmp.Equal(got[0].Likely, []panel.Likeness{panel.SameUPN}) {
			w.Errorf("the number that two records give is not shown: %v", got)
		}
	})
}

func TestDuplicates_whoMayBeTheSame(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name             string
		surname, another string
		born             string
		want             []panel.Likeness
	}{
		{"another apostrophe", "O'Neil", "O’Neil", "2014-03-02", []panel.Likeness{panel.SameName}},
		{"no apostrophe", "O'Neil", "ONeil", "2014-03-02", []panel.Likeness{panel.SameName}},
		{"a Cyrillic letter", "Ames", "Аmes", "2014-03-02", []panel.Likeness{panel.LooksSame}},
		{"another name", "Ames", "Sands", "2014-03-02", nil},
		{"another date of birth", "Ames", "Ames", "2013-03-02", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			eachReferWorld(t, func(w *referWorld) {
				r, _ := w.refer(ofAsh, "ash", who(upnOne, test.surname, "Ann", "2014-03-02"))
				w.refer(ofBirch, "birch", who(upnTwo, test.another, "Ann", test.born))
				w.refer(ofBirch, "birch", who("X801200001002", "Else", "Who", "2012-02-29")[1:])
				all, err := w.Duplicates(w.as(officer))
				w.wantKind("duplicates", err, "")
				of, err := w.DuplicatesOf(w.as(officer), r.ID)
				w.wantKind("duplicates of one", err, "")
				if diff := cmp.Diff(all, of); diff != "" {
					w.Errorf("of the referral (-all +of):\n%s", diff)
				}
				var got []panel.Likeness
				for _, d := range all {
					got = append(got, d.Likely...)
				}
				if diff := cmp.Diff(test.want, got); diff != "" {
					w.Errorf("(-want +got):\n%s", diff)
				}
			})
		})
	}
}

func TestMerge_byAPersonAndOnce(t *testing.T) {
	t.Parallel()
	eachReferWorld(t, func(w *referWorld) {
		r, from := w.refer(ofAsh, "ash", who(upnOne, "Ames", "Ann", "2014-03-02"))
		_, into := w.refer(ofBirch, "birch", who("", "Аmes", "Ann", "2014-03-02")[1:])
		for _, p := range []panel.PersonID{ofAsh, sitting, chairing, auditing, admin} {
			w.wantKind(string(p), w.Merge(w.as(p), from, into, panel.PapersAgree), panel.Forbidden)
		}
		w.wantKind("without a reason", w.Merge(w.as(officer), from, into, ""), panel.Invalid)
		w.wantKind("with itself", w.Merge(w.as(officer), from, from, panel.PapersAgree), panel.Invalid)
		w.wantKind("with nobody", w.Merge(w.as(officer), from, "none-such", panel.PapersAgree), panel.NotFound)
		w.wantKind("merge", w.Merge(w.as(officer), from, into, panel.PapersAgree), "")
		w.wantKind("merge again", w.Merge(w.as(officer), from, into, panel.PapersAgree), panel.Conflict)
		w.wantKind("in a circle", w.Merge(w.as(officer), into, from, panel.PapersAgree), panel.Conflict)
		w.update(func(tx panel.Tx) error {
			p, err := tx.Pupils().Get(from)
			if p.Merged != into {
				w.Errorf("it goes on as %q", p.Merged)
			}
			stays, err2 := tx.Pupils().Get(into)
			if stays.UPN != upnOne || err2 != nil {
				w.Errorf("the number is lost: %v", err2)
			}
			return err
		})
		if got := w.stored(r.ID).Pupil; got != from {
			w.Errorf("the referral is now tied to %s", got)
		}
		left, err := w.Duplicates(w.as(officer))
		w.wantKind("duplicates", err, "")
		if len(left) != 0 {
			w.Errorf("what is merged is still listed: %v", left)
		}
	})
}

func TestMerge_notThoseWhoAreKeptApart(t *testing.T) {
	t.Parallel()
	eachReferWorld(t, func(w *referWorld) {
		_, one := w.refer(ofAsh, "ash", who(upnOne, "Twin", "Ann", "2014-03-02"))
		_, two := w.refer(ofBirch, "birch", who(upnTwo, "Twin", "Ann", "2014-03-02"))
		w.update(func(tx panel.Tx) error {
			pair := []panel.PupilID{min(one, two), max(one, two)}
			return tx.Register().Add(&panel.RegisterEntry{
				ID: "entry", Subject: "entry", Kind: panel.KeepApartRegister, Act: panel.OpenEntry, Pupils: pair, Scope: "site", By: officer,
			})
		})
		w.wantKind("merge", w.Merge(w.as(officer), one, two, panel.PapersAgree), panel.Conflict)
	})
}
