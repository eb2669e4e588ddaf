package audit

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A SignedHead says: at that time, this was the last entry. Whoever keeps one where
// the journal is not can tell later whether that entry is still there.
type SignedHead struct {
	Origin    string // which journal
	Head      Head
	At        int64 // UTC microseconds since 1970
	Signature Signature
}

// A Start says that what was before entry Seq has been taken away with leave, and
// that Prev is the hash of the last entry that went.
type Start struct {
	Seq  uint64
	Prev [32]byte
}

// A SignedStart is kept with a journal whose front was pruned.
type SignedStart struct {
	Origin    string
	Start     Start
	At        int64
	Signature Signature
}

// A Signature is the hash that tells keys apart, and the signature proper.
type Signature struct {
	Key     [4]byte
	Ed25519 [64]byte
}

// SignHead signs that head was the last entry at that time.
func SignHead(key PrivateKey, head Head, at int64) SignedHead {
	h := SignedHead{Origin: key.origin, Head: head, At: at}
	h.Signature = key.sign(h.body())
	return h
}

// SignStart signs that the journal begins with the entry start.Seq from that time on.
func SignStart(key PrivateKey, start Start, at int64) SignedStart {
	s := SignedStart{Origin: key.origin, Start: start, At: at}
	s.Signature = key.sign(s.body())
	return s
}

// Text is the head as a signed note: four lines, an empty one and a signature.
func (h SignedHead) Text() string {
	return h.body() + h.Signature.line(h.Origin)
}

// Text is the start as a signed note.
func (s SignedStart) Text() string {
	return s.body() + s.Signature.line(s.Origin)
}

func (h SignedHead) body() string {
	return body(h.Origin, strconv.FormatUint(h.Head.Seq, 10), h.Head.Hash, h.At)
}

// body has a word before the number, so that no start can be taken for a head.
func (s SignedStart) body() string {
	return body(s.Origin, startWord+strconv.FormatUint(s.Start.Seq, 10), s.Start.Prev, s.At)
}

// SignedBy tells whether one of the keys signed h for its journal.
func (h SignedHead) SignedBy(trusted ...PublicKey) bool {
	return h.Signature.by(h.Origin, h.body(), trusted)
}

// SignedBy tells whether one of the keys signed s for its journal.
func (s SignedStart) SignedBy(trusted ...PublicKey) bool {
	return s.Signature.by(s.Origin, s.body(), trusted)
}

// ErrNote is what ParseHead and ParseStart say of anything that is not, byte for
// byte, what Text gives.
var ErrNote = errors.New("not a signed head or start of a journal")

// ParseHead reads what [SignedHead.Text] gave. It trusts nobody: see
// [SignedHead.SignedBy].
func ParseHead(text string) (SignedHead, error) {
	n, ok := parseNote(text, "")
	h := SignedHead{Origin: n.origin, Head: Head{Seq: n.seq, Hash: n.hash}, At: n.at, Signature: n.signature}
	if !ok || h.Text() != text {
		return SignedHead{}, ErrNote
	}
	return h, nil
}

// ParseStart reads what [SignedStart.Text] gave. It trusts nobody: see
// [SignedStart.SignedBy].
func ParseStart(text string) (SignedStart, error) {
	n, ok := parseNote(text, startWord)
	s := SignedStart{Origin: n.origin, Start: Start{Seq: n.seq, Prev: n.hash}, At: n.at, Signature: n.signature}
	if !ok || n.seq < 1 || s.Text() != text {
		return SignedStart{}, ErrNote
	}
	return s, nil
}

const (
	startWord = "start "
	timeWord  = "time "
	timeShape = "2006-01-02T15:04:05.000000Z" // one spelling of each microsecond
	dash      = "— "
	maxNote   = 1024
)

func body(origin, seq string, hash [32]byte, at int64) string {
	return origin + "\n" + seq + "\n" + base64.StdEncoding.EncodeToString(hash[:]) + "\n" +
		timeWord + time.UnixMicro(at).UTC().Format(timeShape) + "\n"
}

func (k PrivateKey) sign(body string) Signature {
	return Signature{Key: k.Public().hash(), Ed25519: [64]byte(ed25519.Sign(k.key, []byte(body)))}
}

func (s Signature) line(origin string) string {
	raw := append(s.Key[:], s.Ed25519[:]...)
	return "\n" + dash + origin + " " + base64.StdEncoding.EncodeToString(raw) + "\n"
}

func (s Signature) by(origin, body string, trusted []PublicKey) bool {
	return slices.ContainsFunc(trusted, func(k PublicKey) bool {
		return k.Origin == origin && len(k.Key) == ed25519.PublicKeySize && k.hash() == s.Key &&
			ed25519.Verify(k.Key, []byte(body), s.Ed25519[:])
	})
}

// A note is what a head and a start have alike.
type note struct {
	origin    string
	seq       uint64
	hash      [32]byte
	at        int64
	signature Signature
}

// parseNote need not be strict in all: its callers compare what they read with what
// they would have written.
func parseNote(text, word string) (n note, ok bool) {
	lines := strings.Split(text, "\n")
	if len(text) > maxNote || len(lines) != 7 || !isOrigin(lines[0]) {
		return n, false
	}
	seq, hasWord := strings.CutPrefix(lines[1], word)
	number, errSeq := strconv.ParseUint(seq, 10, 64)
	hash, okHash := decode64(lines[2], 32)
	at, errAt := time.Parse(timeWord+timeShape, lines[3])
	raw, okSignature := decode64(strings.TrimPrefix(lines[5], dash+lines[0]+" "), 4+ed25519.SignatureSize)
	if !hasWord || errSeq != nil || number > maxNumber || !okHash || errAt != nil || !okSignature {
		return n, false
	}
	return note{
		origin:    lines[0],
		seq:       number,
		hash:      [32]byte(hash),
		at:        at.UnixMicro(),
		signature: Signature{Key: [4]byte(raw[:4]), Ed25519: [64]byte(raw[4:])},
	}, true
}
