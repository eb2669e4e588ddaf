package panel

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/json"
	"slices"
)

// signedMinutes are minutes as they are kept among the evidence, which nobody can take
// back. What is said of a pupil is in it under that pupil's key: once the record is
// erased, and the key with it, nobody can read it, and the rest of the minutes stands.
type signedMinutes struct {
	Minutes  Minutes // without what is sealed
	Items    []sealedPart
	Ratified []sealedPart
}

// A sealedPart is about one referral.
type sealedPart struct {
	Number   int
	Referral ReferralID
	Outcomes []Outcome // what was decided: that stays
	Box      []byte
}

// seal puts what is said of pupils under their keys.
func (w *work) seal(m Minutes) (signedMinutes, error) {
	out := signedMinutes{Minutes: m}
	out.Minutes.Items, out.Minutes.Ratified = nil, nil
	for i, item := range m.Items {
		box, err := w.box(m.Meeting, "item", i, item.Referral, item)
		if err != nil {
			return out, err
		}
		part := sealedPart{Number: item.Number, Referral: item.Referral, Box: box}
		for _, d := range item.Decisions {
			part.Outcomes = append(part.Outcomes, d.Outcome)
		}
		out.Items = append(out.Items, part)
	}
	for i, r := range m.Ratified {
		box, err := w.box(m.Meeting, "ratified", i, r.Referral, r)
		if err != nil {
			return out, err
		}
		out.Ratified = append(out.Ratified, sealedPart{Referral: r.Referral, Box: box})
	}
	return out, nil
}

// box encrypts one part: nothing where the record was erased while the meeting was open.
// A key never meets the same nonce twice: a meeting is signed once.
func (w *work) box(m MeetingID, kind string, i int, referral ReferralID, part any) ([]byte, error) {
	r, err := w.Referrals().Get(referral)
	if KindOf(err) == NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	p, err := w.Pupils().Get(r.Pupil)
	if err != nil {
		return nil, err
	}
	if len(p.MinutesKey) == 0 {
		key := sha256.Sum256([]byte(w.id() + w.id()))
		p.MinutesKey = key[:]
		if err := w.Pupils().Put(&p); err != nil {
			return nil, err
		}
	}
	aead, err := sealer(p.MinutesKey)
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(part)
	if err != nil {
		return nil, err
	}
	label := []byte(string(m) + "\n" + kind + "\n" + string(referral) + pointer(i))
	nonce := sha256.Sum256(label)
	return aead.Seal(slices.Clone(nonce[:aead.NonceSize()]), nonce[:aead.NonceSize()], text, label), nil
}

func sealer(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// unbox decrypts one part; open is false where the record was erased.
func (w *work) unbox(m MeetingID, kind string, i int, s sealedPart, part any) (open bool, err error) {
	r, err := w.Referrals().Get(s.Referral)
	if KindOf(err) == NotFound {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	p, err := w.Pupils().Get(r.Pupil)
	if err != nil {
		return false, err
	}
	aead, err := sealer(p.MinutesKey)
	if err != nil || len(s.Box) < aead.NonceSize() {
		return false, Errorf(Corrupt, "a sealed part of the minutes of meeting %s has no key", m)
	}
	n, label := aead.NonceSize(), []byte(string(m)+"\n"+kind+"\n"+string(s.Referral)+pointer(i))
	text, err := aead.Open(nil, s.Box[:n], s.Box[n:], label)
	if err != nil || json.Unmarshal(text, part) != nil {
		return false, Errorf(Corrupt, "a sealed part of the minutes of meeting %s is not what was signed", m)
	}
	return true, nil
}

// unseal reads the minutes back. Of an erased record there is the number on the agenda,
// and the outcome.
func (w *work) unseal(s signedMinutes) (Minutes, error) {
	m := s.Minutes
	for i, part := range s.Items {
		item := MinutesItem{Number: part.Number, Referral: part.Referral}
		open, err := w.unbox(m.Meeting, "item", i, part, &item)
		if err != nil {
			return m, err
		}
		for _, o := range part.Outcomes {
			if !open {
				item.Decisions = append(item.Decisions, MinutesDecision{Outcome: o})
			}
		}
		m.Items = append(m.Items, item)
	}
	for i, part := range s.Ratified {
		r := MinutesRatification{Referral: part.Referral}
		if _, err := w.unbox(m.Meeting, "ratified", i, part, &r); err != nil {
			return m, err
		}
		m.Ratified = append(m.Ratified, r)
	}
	return m, nil
}
