package audit_test

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"example.org/backontrack/panel/audit"
)

const origin = "journal.example.org/ashwick"

// start is 23 November 2026, 09:00 UTC, in microseconds.
const start = 1_795_424_400_000_000

// event is the content of the n-th entry of a test's journal: all kinds of field in turn.
func event(n int) audit.Entry {
	e := audit.Entry{
		At:      start + int64(n)*1_000_003,
		Actor:   fmt.Sprintf("person-%d", n%7),
		Verb:    []string{"read", "submit", "decide", "start"}[n%4],
		Noun:    []string{"referral", "placement"}[n%2],
		Subject: fmt.Sprintf("ref-%04d", n),
		Request: fmt.Sprintf("req-%08x", n),
		Outcome: []string{audit.Done, audit.Done, audit.Denied, audit.Failed}[n%4],
	}
	for i := range n % 3 {
		e.Pupils = append(e.Pupils, fmt.Sprintf("p-%d%d", i, n))
	}
	if e.Verb == "read" {
		e.Purpose, e.Classes, e.Count = "panel", []string{"health", "identity"}, n%5
	}
	if n%5 == 0 {
		e.Actor, e.Request = audit.System, ""
		e.Detail = []audit.Pair{{Key: "policy", Value: "v12"}, {Key: "rule", Value: "too_many"}}
	}
	return e
}

// journal is a good one of n entries.
func journal(n int) []audit.Entry {
	var head audit.Head
	entries := make([]audit.Entry, n)
	for i := range entries {
		entries[i] = audit.Next(head, event(i))
		head = entries[i].Head()
	}
	return entries
}

// each passes entries on as a store or a file would.
func each(entries []audit.Entry) iter.Seq2[audit.Entry, error] {
	return func(yield func(audit.Entry, error) bool) {
		for _, e := range entries {
			if !yield(e, nil) {
				return
			}
		}
	}
}

// rechain computes the whole chain anew, as somebody could who may write the table.
func rechain(entries []audit.Entry) []audit.Entry {
	var head audit.Head
	if len(entries) > 0 {
		head = audit.Head{Seq: entries[0].Seq - 1, Hash: entries[0].Prev}
	}
	out := slices.Clone(entries)
	for i := range out {
		out[i] = audit.Next(head, out[i])
		head = out[i].Head()
	}
	return out
}

// key is one that is the same in every run.
func key(t testing.TB) audit.PrivateKey {
	t.Helper()
	seed := make([]byte, 32)
	for i := range seed {
		seed[i] = byte(i)
	}
	k, err := audit.GenerateKey(origin, bytes.NewReader(seed))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// headOf signs the head after the n-th entry.
func headOf(t testing.TB, entries []audit.Entry, n int) audit.SignedHead {
	t.Helper()
	var head audit.Head
	if n > 0 {
		head = entries[n-1].Head()
	}
	return audit.SignHead(key(t), head, start)
}

// evidence trusts the key and has these heads.
func evidence(t testing.TB, heads ...audit.SignedHead) audit.Evidence {
	t.Helper()
	return audit.Evidence{Trusted: []audit.PublicKey{key(t).Public()}, Heads: heads}
}

// export is the journal as a file.
func export(t testing.TB, entries []audit.Entry) string {
	t.Helper()
	var file strings.Builder
	if err := audit.Write(&file, each(entries)); err != nil {
		t.Fatal(err)
	}
	return file.String()
}

// wantFault verifies the rows and, where a file can hold them, the file.
func wantFault(t *testing.T, entries []audit.Entry, ev audit.Evidence, want audit.Fault) {
	t.Helper()
	faultIs(t, "the rows", each(entries), ev, want)
	var file strings.Builder
	if err := audit.Write(&file, each(entries)); err != nil {
		return
	}
	faultIs(t, "the file", audit.Read(strings.NewReader(file.String())), ev, want)
}

func faultIs(t *testing.T, what string, entries iter.Seq2[audit.Entry, error], ev audit.Evidence, want audit.Fault) {
	t.Helper()
	_, err := audit.Verify(entries, ev)
	if got, is := errors.AsType[audit.Fault](err); !is || got != want {
		t.Errorf("%s: got %v, want %+v", what, err, want)
	}
}

func TestVerify_goodJournalsOfAnyLength(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 2, 50, 1500} {
		entries := journal(n)
		report, err := audit.Verify(audit.Read(strings.NewReader(export(t, entries))), evidence(t, headOf(t, entries, n), headOf(t, entries, n/2)))
		if err != nil {
			t.Errorf("%d entries: %v", n, err)
		}
		if report.Entries != uint64(n) || report.Confirmed != uint64(n) || report.Heads != 2 {
			t.Errorf("%d entries: the report is %+v", n, report)
		}
		if n > 0 && report.Head != entries[n-1].Head() {
			t.Errorf("%d entries: the head is %+v", n, report.Head)
		}
	}
}

func TestVerify_anErrorOfReadingIsNoFault(t *testing.T) {
	t.Parallel()
	broken := errors.New("disk")
	_, err := audit.Verify(func(yield func(audit.Entry, error) bool) {
		_ = yield(journal(1)[0], nil) && yield(audit.Entry{}, broken)
	}, audit.Evidence{})
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	if fault, is := errors.AsType[audit.Fault](err); is {
		t.Errorf("got the fault %v", fault)
	}
}
