package panel

import (
	"cmp"
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
	documents, err := gather(tx.Documents().List(Is(ByReferral, r.ID)))
	if err != nil {
		return "", err
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
	bytes, err := json.Marshal(all)
	if err != nil {
		return "", Errorf(Corrupt, "the papers of a referral have no digest")
	}
	return digestOf(bytes), nil
}

// digestOf names bytes by what they are.
func digestOf(bytes []byte) Digest {
	sum := sha256.Sum256(bytes)
	return Digest("sha256:" + hex.EncodeToString(sum[:]))
}
