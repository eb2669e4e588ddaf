package panel

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"example.org/backontrack/panel/form"
)

// papers is what lies before a panel of one referral, in one order whatever the order in
// which it came.
type papers struct {
	Answers   []form.Answer
	Documents []paperOf
}

type paperOf struct {
	Kind   form.DocumentKind
	Digest Digest
}

// paperDigest names the papers of a referral: its form, and kind and digest of each of its
// documents. The same papers have the same digest; whatever is added, taken away or
// changed gives another. Who received a document when is not part of it.
func paperDigest(tx Tx, r *Referral) (Digest, error) {
	all, err := papersOf(tx, r)
	if err != nil {
		return "", err
	}
	bytes, err := json.Marshal(all)
	if err != nil {
		return "", Errorf(Corrupt, "the papers of a referral have no digest")
	}
	return digestOf(bytes), nil
}

func papersOf(tx Tx, r *Referral) (papers, error) {
	documents, err := gather(tx.Documents().List(Is(ByReferral, r.ID)))
	if err != nil {
		return papers{}, err
	}
	all := papers{Answers: slices.Clone(r.Form.Answers), Documents: make([]paperOf, 0, len(documents))}
	slices.SortStableFunc(all.Answers, func(a, b form.Answer) int {
		return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(a.Row, b.Row))
	})
	for _, d := range documents {
		all.Documents = append(all.Documents, paperOf{d.Kind, d.Digest})
	}
	slices.SortFunc(all.Documents, func(a, b paperOf) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Digest, b.Digest))
	})
	return all, nil
}

// sealPapers keeps the papers by which a decision was made, under the pupil's key: a form
// may be changed, and a document removed, long after.
func (d *deciding) sealPapers() (Digest, error) {
	all, err := papersOf(d.Tx, &d.q.referral)
	if err != nil {
		return "", err
	}
	box, err := d.box(MeetingID(d.decision.ID), sealedPapers, 0, d.q.referral.ID, all)
	if err != nil {
		return "", err
	}
	return d.Evidence().Add(box)
}

const sealedPapers = "papers"

// DecisionPapers are the answers by which a decision was made, as they were then. Of a
// record that was erased there is nothing left to read.
func (s *Service) DecisionPapers(ctx context.Context, id DecisionID) (form.Form, error) {
	return read(ctx, s, NounDecision, VerbRead, func(w *work) (form.Form, error) {
		d, err := w.Decisions().Get(id)
		if err != nil {
			return form.Form{}, w.away(err)
		}
		again := Decided{Decision: d}
		if err := w.toldAgain(&again, nil); err != nil {
			return form.Form{}, err
		}
		if d.Sealed == "" {
			return form.Form{}, absent(NounDecision) // it was only recorded
		}
		box, err := w.Evidence().Get(d.Sealed)
		if err != nil {
			return form.Form{}, err
		}
		var all papers
		_, err = w.unbox(MeetingID(id), sealedPapers, 0, sealedPart{Referral: d.Referral, Box: box}, &all)
		return form.Form{Answers: all.Answers}, err
	})
}

// digestOf names bytes by what they are.
func digestOf(bytes []byte) Digest {
	sum := sha256.Sum256(bytes)
	return Digest("sha256:" + hex.EncodeToString(sum[:]))
}
