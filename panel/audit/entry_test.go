package audit_test

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"example.org/backontrack/panel/audit"
)

func TestNext_followsFromTheHead(t *testing.T) {
	t.Parallel()
	first := audit.Next(audit.Head{}, event(1))
	second := audit.Next(first.Head(), event(2))
	if first.Seq != 1 || first.Prev != [32]byte{} || first.Hash != first.Sum() {
		t.Errorf("the first entry is %+v", first)
	}
	if second.Seq != 2 || second.Prev != first.Hash || second.Hash != second.Sum() || second.Hash == first.Hash {
		t.Errorf("the second entry is %+v", second)
	}
	if diff := cmp.Diff(event(2), second, cmpopts.IgnoreFields(audit.Entry{}, "Seq", "Prev", "Hash")); diff != "" {
		t.Errorf("Next changed the content (-before +after):\n%s", diff)
	}
}

// TestEntry_keptAsJSON is for a store that keeps entries by their names in Go.
func TestEntry_keptAsJSON(t *testing.T) {
	t.Parallel()
	for _, e := range journal(20) {
		raw, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		var got audit.Entry
		if err := json.Unmarshal(raw, &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(e, got); diff != "" {
			t.Errorf("entry %d changed (-before +after):\n%s", e.Seq, diff)
		}
	}
}

// TestCanonical_separatorsAreNotAmbiguous is AC-17 for texts that move from one field
// to the next. Neither Check nor the alphabet is needed for it.
func TestCanonical_separatorsAreNotAmbiguous(t *testing.T) {
	t.Parallel()
	variants := []audit.Entry{
		{},
		{Actor: "ab", Verb: "c"},
		{Actor: "a", Verb: "bc"},
		{Actor: "a\x00\x00\x00\x02bc"},
		{Pupils: []string{"a", "b"}},
		{Pupils: []string{"ab"}},
		{Pupils: []string{"a"}, Request: "b"},
		{Pupils: []string{""}},
		{Pupils: []string{"", ""}},
		{Classes: []string{"a", "b"}},
		{Classes: []string{"a"}},
		{Detail: []audit.Pair{{Key: "a", Value: "b"}}},
		{Detail: []audit.Pair{{Key: "ab"}}},
		{Detail: []audit.Pair{{Value: "ab"}}},
		{Detail: []audit.Pair{{Key: "a"}, {Key: "b"}}},
		{Count: 1}, {Count: -1}, {At: 1}, {At: -1}, {Seq: 1},
		{Purpose: "a"}, {Outcome: "a"}, {Subject: "a"}, {Noun: "a"}, {Request: "a"},
		{Prev: [32]byte{1}}, {Prev: [32]byte{31: 1}},
	}
	for i, a := range variants {
		for j, b := range variants[:i] {
			if slices.Equal(a.Canonical(), b.Canonical()) || a.Sum() == b.Sum() {
				t.Errorf("variants %d and %d have the same bytes", i, j)
			}
		}
	}
	if hashed := (audit.Entry{Hash: [32]byte{1}}); hashed.Sum() != variants[0].Sum() {
		t.Error("the hash is part of what it is the hash of")
	}
}

// FuzzCanonical_canBeReadBack shows that different entries never have the same bytes:
// from the bytes the entry can be told.
func FuzzCanonical_canBeReadBack(f *testing.F) {
	for seed := range uint64(20) {
		f.Add(seed, []byte("read\x00\x00\x00\x01submit"))
	}
	f.Fuzz(func(t *testing.T, seed uint64, letters []byte) {
		e := anyEntry(rand.New(rand.NewPCG(seed, 1)), letters)
		got, rest := decode(e.Canonical())
		if len(rest) > 0 {
			t.Errorf("%d bytes are left", len(rest))
		}
		if diff := cmp.Diff(e, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("read back (-entry +bytes):\n%s", diff)
		}
	})
}

// anyEntry is not one that Check would pass: its texts are slices of letters.
func anyEntry(random *rand.Rand, letters []byte) audit.Entry {
	text := func() string {
		from := random.IntN(len(letters) + 1)
		return string(letters[from : from+random.IntN(len(letters)-from+1)])
	}
	texts := func() (list []string) {
		for range random.IntN(4) {
			list = append(list, text())
		}
		return list
	}
	e := audit.Entry{
		Seq: random.Uint64(), At: int64(random.Uint64()), Count: int(int32(random.Uint32())),
		Actor: text(), Verb: text(), Noun: text(), Subject: text(), Request: text(), Purpose: text(), Outcome: text(),
		Pupils: texts(), Classes: texts(),
	}
	for range random.IntN(4) {
		e.Detail = append(e.Detail, audit.Pair{Key: text(), Value: text()})
	}
	for i := range e.Prev {
		e.Prev[i] = byte(random.Uint32())
	}
	return e
}

// decode reads canonical bytes, from the page and not from the code.
func decode(b []byte) (e audit.Entry, rest []byte) {
	take := func(n int) []byte {
		front := b[:n]
		b = b[n:]
		return front
	}
	length := func() int { return int(binary.BigEndian.Uint32(take(4))) }
	number := func() uint64 { return binary.BigEndian.Uint64(take(8)) }
	text := func() string { return string(take(length())) }
	texts := func() (list []string) {
		for range length() {
			list = append(list, text())
		}
		return list
	}
	if version := take(1)[0]; version != 1 {
		panic(fmt.Sprint("version ", version))
	}
	e.Seq, e.At = number(), int64(number())
	e.Actor, e.Verb, e.Noun, e.Subject = text(), text(), text(), text()
	e.Pupils, e.Request, e.Purpose, e.Classes = texts(), text(), text(), texts()
	e.Count, e.Outcome = int(number()), text()
	for range length() {
		e.Detail = append(e.Detail, audit.Pair{Key: text(), Value: text()})
	}
	e.Prev = [32]byte(take(32))
	return e, b
}
