package audit_test

import (
	"bytes"
	"io"
	"iter"
	"runtime"
	"strings"
	"testing"

	"example.org/backontrack/panel/audit"
)

// endless makes entries as they are asked for.
func endless(n int) iter.Seq2[audit.Entry, error] {
	return func(yield func(audit.Entry, error) bool) {
		var head audit.Head
		for i := range n {
			e := audit.Next(head, event(i))
			if !yield(e, nil) {
				return
			}
			head = e.Head()
		}
	}
}

// TestVerify_inConstantMemory: many entries take no more memory than a few.
func TestVerify_inConstantMemory(t *testing.T) { // not parallel: others would use memory too
	const most = 4 << 20
	reader, writer := io.Pipe()
	go func() { writer.CloseWithError(audit.Write(writer, endless(60_000))) }()
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	seen := 0
	report, err := audit.Verify(func(yield func(audit.Entry, error) bool) {
		for e, err := range audit.Read(reader) {
			if seen++; seen%10_000 == 0 {
				runtime.GC()
				runtime.ReadMemStats(&now)
				if now.HeapAlloc > before.HeapAlloc+most {
					t.Errorf("after %d entries %d bytes more are in use", seen, now.HeapAlloc-before.HeapAlloc)
				}
			}
			if !yield(e, err) {
				return
			}
		}
	}, audit.Evidence{})
	if err != nil || report.Entries != 60_000 {
		t.Errorf("%d entries, %v", report.Entries, err)
	}
}

// BenchmarkVerify verifies rows as a store gives them; the target is a million in ten seconds.
func BenchmarkVerify(b *testing.B) {
	entries := journal(10_000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := audit.Verify(each(entries), audit.Evidence{}); err != nil {
			b.Fatal(err)
		}
	}
	perSecond(b, len(entries))
}

// BenchmarkVerify_export reads the lines of a file as well.
func BenchmarkVerify_export(b *testing.B) {
	entries := journal(10_000)
	var file bytes.Buffer
	if err := audit.Write(&file, each(entries)); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.SetBytes(int64(file.Len()))
	for b.Loop() {
		if _, err := audit.Verify(audit.Read(strings.NewReader(file.String())), audit.Evidence{}); err != nil {
			b.Fatal(err)
		}
	}
	perSecond(b, len(entries))
}

// BenchmarkNext is what an append costs before the database.
func BenchmarkNext(b *testing.B) {
	e, head := event(4), audit.Head{}
	b.ReportAllocs()
	for b.Loop() {
		head = audit.Next(head, e).Head()
	}
}

func perSecond(b *testing.B, entries int) {
	b.ReportMetric(float64(entries)*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
}
