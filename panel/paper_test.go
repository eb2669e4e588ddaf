package panel_test

import (
	"slices"
	"testing"

	"example.org/backontrack/panel"
)

// The digest of papers changes with what lies before the panel, and with nothing else.
func TestPapers_changeWithFormAndDocuments(t *testing.T) {
	t.Parallel()
	eachReferWorld(t, func(w *referWorld) {
		r := w.draft()
		digest := func() (d panel.Digest) {
			w.Helper()
			w.update(func(tx panel.Tx) (err error) {
				r := w.kept(tx, r.ID)
				d, err = panel.PaperDigest(tx, &r)
				return err
			})
			return d
		}
		first := digest()
		attach := func(content string) panel.Document {
			w.Helper()
			d, err := w.Attach(w.as(ofAsh), r.ID, panel.DocumentInput{Kind: "ehcp", Bytes: []byte("%PDF-1.7 " + content)})
			w.wantKind("attach", err, "")
			return d
		}
		one := attach("one")
		withOne := digest()
		two := attach("two")
		withTwo := digest()
		if first == withOne || withOne == withTwo || first == withTwo {
			t.Error("a document changes nothing")
		}
		w.place(r.ID, panel.Accepted)
		_, err := w.Receive(w.as(officer), two.ID)
		w.wantKind("receive", err, "")
		if digest() != withTwo {
			t.Error("who received a document is part of the papers")
		}
		w.wantKind("remove", w.Remove(w.as(ofAsh), one.ID, ""), "")
		w.wantKind("remove", w.Remove(w.as(ofAsh), two.ID, ""), "")
		if digest() != first {
			t.Error("without the documents it is not what it was")
		}
		attach("two")
		attach("one")
		if digest() != withTwo {
			t.Error("the order in which they came is part of the papers")
		}
		w.update(func(tx panel.Tx) error {
			return w.change(tx, r.ID, func(r *panel.Referral) { slices.Reverse(r.Form.Answers) })
		})
		if digest() != withTwo {
			t.Error("the order of the answers is part of the papers")
		}
		_, err = w.Edit(w.as(ofAsh), r.ID, w.stored(r.ID).Version, with(fullForm(), said("pupil.known_as", "Ann")))
		w.wantKind("edit", err, "")
		if digest() == withTwo {
			t.Error("an answer changes nothing")
		}
	})
}
