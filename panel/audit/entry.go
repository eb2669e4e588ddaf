// Package audit is the format of the journal: who did, read or was refused what, and
// when. Each entry holds the hash of the one before, so nobody changes, adds or takes
// away one in the middle unseen; a signed [SignedHead], kept where the journal is not,
// shows a tail that was cut and a chain that was computed anew.
//
// The package is pure: it stores nothing and reads no clock. [Next] chains an entry,
// [Verify] checks a journal of any length in constant memory, [Write] and [Read] are
// the lines of an export. docs/reference/journal.md says all of it byte by byte, and
// the program in witness, which shares no code with this package, is written from it.
//
// An entry has codes and ids in it and no words: no name, and no value of a field, can
// stand in a journal, which outlives the record of a pupil.
package audit

import (
	"crypto/sha256"
	"encoding/binary"
)

// An Entry is one thing that happened.
type Entry struct {
	Seq     uint64   // from 1, without a gap
	At      int64    // UTC microseconds since 1970
	Actor   string   // id of a person, or System
	Verb    string   // what was done: a code
	Noun    string   // to what kind of thing: a code
	Subject string   // id of that thing; empty for a list or a search
	Pupils  []string // pseudonyms of everyone whose record it touches, ascending
	Request string   // id of the request; empty outside one
	Purpose string   // why a record was read: a code
	Classes []string // classes of the fields that were read: codes, ascending
	Count   int      // how many results left the server
	Outcome string   // Done, Denied or Failed
	Detail  []Pair   // what else has to be known, keys ascending

	Prev, Hash [32]byte // of the entry before, and of this one; see [Next]
}

// A Pair is a key, which is a code, and its value, an id or a code.
type Pair struct {
	Key, Value string
}

// System is the actor where no person acts.
const System = "system"

// The outcomes of an entry.
const (
	Done   = "done"
	Denied = "denied"
	Failed = "failed"
)

// A Head is the last entry of a journal: where the next one goes. The zero Head is
// that of an empty journal.
type Head struct {
	Seq  uint64
	Hash [32]byte
}

// Head is the head of a journal that ends with e.
func (e Entry) Head() Head {
	return Head{Seq: e.Seq, Hash: e.Hash}
}

// Next returns e as the entry after prev: with its Seq, Prev and Hash. It leaves the
// rest as it is; see [Entry.Check].
func Next(prev Head, e Entry) Entry {
	e.Seq, e.Prev = prev.Seq+1, prev.Hash
	e.Hash = e.Sum()
	return e
}

const (
	version  = 1
	entryTag = "backontrack journal entry 1\n" // no other hash begins so
)

// Sum is what Hash has to be: SHA-256 of a tag and the canonical bytes.
func (e Entry) Sum() [32]byte {
	return sha256.Sum256(e.tagged(make([]byte, 0, 512)))
}

// tagged appends what is hashed.
func (e Entry) tagged(b []byte) []byte {
	return e.appendCanonical(append(b, entryTag...))
}

// Canonical encodes everything but Hash. Two different entries never have the same
// bytes: every text and every list has its length before it. An empty list and none
// are the same.
func (e Entry) Canonical() []byte {
	return e.appendCanonical(nil)
}

func (e Entry) appendCanonical(b []byte) []byte {
	b = append(b, version)
	b = binary.BigEndian.AppendUint64(b, e.Seq)
	b = binary.BigEndian.AppendUint64(b, uint64(e.At))
	b = appendText(b, e.Actor)
	b = appendText(b, e.Verb)
	b = appendText(b, e.Noun)
	b = appendText(b, e.Subject)
	b = appendTexts(b, e.Pupils)
	b = appendText(b, e.Request)
	b = appendText(b, e.Purpose)
	b = appendTexts(b, e.Classes)
	b = binary.BigEndian.AppendUint64(b, uint64(e.Count))
	b = appendText(b, e.Outcome)
	b = appendLength(b, len(e.Detail))
	for _, p := range e.Detail {
		b = appendText(appendText(b, p.Key), p.Value)
	}
	return append(b, e.Prev[:]...)
}

func appendTexts(b []byte, texts []string) []byte {
	b = appendLength(b, len(texts))
	for _, text := range texts {
		b = appendText(b, text)
	}
	return b
}

func appendText(b []byte, text string) []byte {
	return append(appendLength(b, len(text)), text...)
}

func appendLength(b []byte, n int) []byte {
	return binary.BigEndian.AppendUint32(b, uint32(n))
}
