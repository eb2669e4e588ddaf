package audit_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"example.org/backontrack/panel/audit"
)

// edits change one column each.
var edits = []struct {
	column string
	edit   func(e *audit.Entry)
	code   audit.Code
}{
	{"at", func(e *audit.Entry) { e.At++ }, audit.Edited},
	{"actor", func(e *audit.Entry) { e.Actor += "0" }, audit.Edited},
	{"verb", func(e *audit.Entry) { e.Verb += "0" }, audit.Edited},
	{"noun", func(e *audit.Entry) { e.Noun += "0" }, audit.Edited},
	{"subject", func(e *audit.Entry) { e.Subject = "" }, audit.Edited},
	{"pupils, one more", func(e *audit.Entry) { e.Pupils = append(slices.Clone(e.Pupils), "z") }, audit.Edited},
	{"pupils, out of order", func(e *audit.Entry) { e.Pupils = []string{"z", "a"} }, audit.Malformed},
	{"request", func(e *audit.Entry) { e.Request += "0" }, audit.Edited},
	{"purpose", func(e *audit.Entry) { e.Purpose += "0" }, audit.Edited},
	{"classes", func(e *audit.Entry) { e.Classes = append(slices.Clone(e.Classes), "z") }, audit.Edited},
	{"count", func(e *audit.Entry) { e.Count++ }, audit.Edited},
	{"outcome", func(e *audit.Entry) { e.Outcome = other(e.Outcome, audit.Done, audit.Denied) }, audit.Edited},
	{"outcome, unknown", func(e *audit.Entry) { e.Outcome = "fine" }, audit.Malformed},
	{"detail", func(e *audit.Entry) { e.Detail = append(slices.Clone(e.Detail), audit.Pair{Key: "z", Value: "1"}) }, audit.Edited},
	{"prev", func(e *audit.Entry) { e.Prev[31] ^= 1 }, audit.Edited},
	{"hash", func(e *audit.Entry) { e.Hash[0] ^= 128 }, audit.Edited},
	{"seq, greater", func(e *audit.Entry) { e.Seq++ }, audit.Missing},
	{"seq, less", func(e *audit.Entry) { e.Seq-- }, audit.Repeated},
}

func other(is, a, b string) string {
	if is == a {
		return b
	}
	return a
}

// TestVerify_everyColumnOfEveryRow is AC-1: no head is needed to find these.
func TestVerify_everyColumnOfEveryRow(t *testing.T) {
	t.Parallel()
	good := journal(50)
	for _, tc := range edits {
		t.Run(tc.column, func(t *testing.T) {
			t.Parallel()
			for i := range good {
				entries := slices.Clone(good)
				tc.edit(&entries[i])
				wantFault(t, entries, audit.Evidence{}, audit.Fault{Code: tc.code, Seq: good[i].Seq, Since: good[i].Seq})
			}
		})
	}
}

// TestVerify_anEditWithItsOwnHash shows at the entry after it.
func TestVerify_anEditWithItsOwnHash(t *testing.T) {
	t.Parallel()
	entries := journal(50)
	entries[19].Actor = "person-x"
	entries[19].Hash = entries[19].Sum()
	wantFault(t, entries, audit.Evidence{}, audit.Fault{Code: audit.Unlinked, Seq: 21, Since: 20})
	wantFault(t, entries, evidence(t, headOf(t, journal(50), 20)), audit.Fault{Code: audit.Rewritten, Seq: 20, Since: 1})
	wantFault(t, entries, evidence(t, headOf(t, journal(50), 19)), audit.Fault{Code: audit.Unlinked, Seq: 21, Since: 20})
}

// TestVerify_deletedSwappedDuplicatedInserted is AC-2.
func TestVerify_deletedSwappedDuplicatedInserted(t *testing.T) {
	t.Parallel()
	good := journal(50)
	forged := audit.Next(good[19].Head(), event(777))
	swapped := slices.Clone(good)
	swapped[19], swapped[30] = swapped[30], swapped[19]
	exchanged := slices.Clone(good) // of all but their numbers
	exchanged[19], exchanged[30] = exchanged[30], exchanged[19]
	exchanged[19].Seq, exchanged[30].Seq = 20, 31
	for _, tc := range []struct {
		name    string
		entries []audit.Entry
		want    audit.Fault
	}{
		{"the first deleted", good[1:], audit.Fault{Code: audit.Missing, Seq: 1, Since: 1}},
		{"one deleted", slices.Delete(slices.Clone(good), 19, 20), audit.Fault{Code: audit.Missing, Seq: 20, Since: 20}},
		{"ten deleted", slices.Delete(slices.Clone(good), 19, 29), audit.Fault{Code: audit.Missing, Seq: 20, Since: 20}},
		{"two swapped", swapped, audit.Fault{Code: audit.Missing, Seq: 20, Since: 20}},
		{"two swapped but for their numbers", exchanged, audit.Fault{Code: audit.Edited, Seq: 20, Since: 20}},
		{"one duplicated", slices.Insert(slices.Clone(good), 20, good[19]), audit.Fault{Code: audit.Repeated, Seq: 21, Since: 21}},
		{"the last duplicated", append(slices.Clone(good), good[49]), audit.Fault{Code: audit.Repeated, Seq: 51, Since: 51}},
		{"one inserted", slices.Insert(slices.Clone(good), 20, forged), audit.Fault{Code: audit.Repeated, Seq: 22, Since: 22}},
		{"one replaced", replaced(good, forged), audit.Fault{Code: audit.Unlinked, Seq: 22, Since: 21}},
		{"one inserted and the rest numbered anew", renumbered(slices.Insert(slices.Clone(good), 20, forged)), audit.Fault{Code: audit.Edited, Seq: 22, Since: 22}},
		{"one deleted and the rest numbered anew", renumbered(slices.Delete(slices.Clone(good), 19, 20)), audit.Fault{Code: audit.Edited, Seq: 20, Since: 20}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			wantFault(t, tc.entries, audit.Evidence{}, tc.want)
		})
	}
}

func replaced(entries []audit.Entry, by audit.Entry) []audit.Entry {
	entries = slices.Clone(entries)
	entries[by.Seq-1] = by
	return entries
}

// renumbered gives the entries the numbers 1, 2, 3 … and leaves their hashes.
func renumbered(entries []audit.Entry) []audit.Entry {
	for i := range entries {
		entries[i].Seq = uint64(i) + 1
	}
	return entries
}

// TestVerify_cutTailAgainstTheExportedHead is AC-3. The chain alone says that all is well.
func TestVerify_cutTailAgainstTheExportedHead(t *testing.T) {
	t.Parallel()
	good := journal(1200)
	head := headOf(t, good, 1200)
	for _, k := range []int{1, 10, 1000} {
		cut := good[:1200-k]
		if _, err := audit.Verify(each(cut), evidence(t, headOf(t, good, 200))); err != nil {
			t.Errorf("%d cut, and a head from before: %v", k, err)
		}
		at := uint64(1200-k) + 1
		wantFault(t, cut, evidence(t, head), audit.Fault{Code: audit.Cut, Seq: at, Since: at})
		wantFault(t, cut, evidence(t, head, headOf(t, good, 100)), audit.Fault{Code: audit.Cut, Seq: at, Since: at})
	}
}

// TestVerify_everythingDeletedOrAnOlderCopy is AC-4.
func TestVerify_everythingDeletedOrAnOlderCopy(t *testing.T) {
	t.Parallel()
	good := journal(50)
	wantFault(t, nil, evidence(t, headOf(t, good, 50)), audit.Fault{Code: audit.Cut, Seq: 1, Since: 1})
	wantFault(t, good[:30], evidence(t, headOf(t, good, 50)), audit.Fault{Code: audit.Cut, Seq: 31, Since: 31})
	// An older copy on which others went on working is of the same length or longer.
	branch := slices.Clone(good[:30])
	for n := range 40 {
		branch = append(branch, audit.Next(branch[len(branch)-1].Head(), event(1000+n)))
	}
	wantFault(t, branch, evidence(t, headOf(t, good, 30), headOf(t, good, 50)), audit.Fault{Code: audit.Rewritten, Seq: 50, Since: 31})
	if _, err := audit.Verify(each(nil), evidence(t, headOf(t, nil, 0))); err != nil {
		t.Errorf("an empty journal and its head: %v", err)
	}
}

// TestVerify_theWholeChainComputedAnew is AC-5, with suffixes of the same length: the
// numbers of the heads all agree.
func TestVerify_theWholeChainComputedAnew(t *testing.T) {
	t.Parallel()
	good := journal(50)
	for i := range good {
		entries := slices.Clone(good)
		entries[i].Subject = "ref-x"
		entries = rechain(entries)
		if _, err := audit.Verify(each(entries), audit.Evidence{}); err != nil {
			t.Errorf("entry %d: without a head: %v", i+1, err)
		}
		wantFault(t, entries, evidence(t, headOf(t, good, 50)), audit.Fault{Code: audit.Rewritten, Seq: 50, Since: 1})
		wantFault(t, entries, evidence(t, headOf(t, good, i+1), headOf(t, good, 50), headOf(t, good, i)),
			audit.Fault{Code: audit.Rewritten, Seq: uint64(i) + 1, Since: uint64(i) + 1})
	}
}

// TestVerify_headsThatNobodyTrusts is AC-5 for one who signs with another key, or
// takes the signature of another head or another journal.
func TestVerify_headsThatNobodyTrusts(t *testing.T) {
	t.Parallel()
	good := journal(20)
	right := headOf(t, good, 20)
	stranger, err := audit.GenerateKey(origin, bytes.NewReader(make([]byte, 32)))
	if err != nil {
		t.Fatal(err)
	}
	elsewhere, err := audit.GenerateKey("journal.example.org/elsewhere", bytes.NewReader(key(t).Public().Key))
	if err != nil {
		t.Fatal(err)
	}
	later, renamed, moved := right, right, right
	later.At++
	renamed.Origin = "journal.example.org/elsewhere"
	moved.Head = good[18].Head()
	for name, head := range map[string]audit.SignedHead{
		"another key":     audit.SignHead(stranger, good[19].Head(), start),
		"another journal": audit.SignHead(elsewhere, good[19].Head(), start),
		"another time":    later,
		"another origin":  renamed,
		"another entry":   moved,
		"a start in a head's clothes": {Origin: right.Origin, Head: right.Head, At: right.At,
			Signature: audit.SignStart(key(t), audit.Start{Seq: 20, Prev: good[19].Hash}, start).Signature},
		"no signature": {Origin: origin, Head: good[19].Head(), At: start},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wantFault(t, good, evidence(t, right, head), audit.Fault{Code: audit.Untrusted})
		})
	}
	wantFault(t, good, audit.Evidence{Heads: []audit.SignedHead{right}}, audit.Fault{Code: audit.Untrusted})
}

// TestVerify_aClockSetBackIsSkew is AC-16.
func TestVerify_aClockSetBackIsSkew(t *testing.T) {
	t.Parallel()
	const hour, years = 3_600_000_000, 3 * 365 * 24 * 3_600_000_000
	entries := journal(50)
	for i := range entries {
		if i >= 10 {
			entries[i].At -= hour
		}
		if i >= 30 {
			entries[i].At -= years
		}
	}
	entries = rechain(entries)
	report, err := audit.Verify(each(entries), evidence(t, headOf(t, entries, 50)))
	if err != nil {
		t.Fatal(err)
	}
	if want := (audit.Skew{Times: 2, First: 11, Most: years - 1_000_003}); report.Skew != want {
		t.Errorf("the skew is %+v, want %+v", report.Skew, want)
	}
	entries[11].At = entries[10].At // two in one microsecond
	if report, _ := audit.Verify(each(rechain(entries)), audit.Evidence{}); report.Skew.Times != 2 {
		t.Errorf("two at once: the skew is %+v", report.Skew)
	}
	if report, _ := audit.Verify(each(journal(50)), audit.Evidence{}); report.Skew != (audit.Skew{}) {
		t.Errorf("a clock that was right has the skew %+v", report.Skew)
	}
}

// TestVerify_aPrunedFrontNeedsASignedStart is AC-20.
func TestVerify_aPrunedFrontNeedsASignedStart(t *testing.T) {
	t.Parallel()
	good := journal(50)
	begin := audit.SignStart(key(t), audit.Start{Seq: 21, Prev: good[19].Hash}, start)
	with := func(heads ...audit.SignedHead) audit.Evidence {
		ev := evidence(t, heads...)
		ev.Start = &begin
		return ev
	}
	report, err := audit.Verify(each(good[20:]), with(headOf(t, good, 50), headOf(t, good, 20), headOf(t, good, 10)))
	if err != nil {
		t.Fatal(err)
	}
	if report.Entries != 30 || report.Heads != 2 || report.Older != 1 || report.Confirmed != 50 {
		t.Errorf("the report is %+v", report)
	}
	wantFault(t, good[20:], audit.Evidence{}, audit.Fault{Code: audit.Missing, Seq: 1, Since: 1})
	wantFault(t, good[21:], with(), audit.Fault{Code: audit.Missing, Seq: 21, Since: 21})
	wantFault(t, good[19:], with(), audit.Fault{Code: audit.Repeated, Seq: 21, Since: 21})
	wantFault(t, nil, with(headOf(t, good, 50)), audit.Fault{Code: audit.Cut, Seq: 21, Since: 21})
	foreign := slices.Clone(good)
	foreign[0].Actor = "person-x"
	wantFault(t, rechain(foreign)[20:], with(), audit.Fault{Code: audit.Unlinked, Seq: 21, Since: 21})
	wantFault(t, good[20:], with(audit.SignHead(key(t), rechain(foreign)[19].Head(), start)), audit.Fault{Code: audit.Rewritten, Seq: 20, Since: 20})
	begin.Start.Seq++
	wantFault(t, good[21:], with(), audit.Fault{Code: audit.Untrusted})
	begin = audit.SignStart(key(t), audit.Start{}, start) // no head would come after it
	wantFault(t, nil, with(headOf(t, good, 50)), audit.Fault{Code: audit.Untrusted})
}

// TestVerify_everyFlippedBit changes each bit of a file in turn.
func TestVerify_everyFlippedBit(t *testing.T) {
	t.Parallel()
	good := journal(3)
	file, ev := []byte(export(t, good)), evidence(t, headOf(t, good, 3))
	for i := range file {
		for bit := range 8 {
			file[i] ^= 1 << bit
			if _, err := audit.Verify(audit.Read(bytes.NewReader(file)), ev); err == nil {
				t.Errorf("bit %d of byte %d: no fault", bit, i)
			}
			file[i] ^= 1 << bit
		}
	}
}

// TestVerify_everyTornFile cuts the file after each byte, as a full disk would.
func TestVerify_everyTornFile(t *testing.T) {
	t.Parallel()
	good := journal(3)
	file, ev := export(t, good), evidence(t, headOf(t, good, 3))
	for i := range file {
		if _, err := audit.Verify(audit.Read(bytes.NewReader([]byte(file[:i]))), ev); err == nil {
			t.Errorf("cut after %d bytes: no fault", i)
		}
	}
}

func FuzzVerify_findsWhatChanged(f *testing.F) {
	good := journal(12)
	file, ev := []byte(export(f, good)), evidence(f, headOf(f, good, 12))
	f.Add(10, 5, []byte("x"))
	f.Add(0, len(file), []byte{})
	f.Fuzz(func(t *testing.T, at, length int, put []byte) {
		at = max(0, min(at, len(file)))
		end := max(at, min(at+length, len(file)))
		changed := slices.Concat(file[:at], put, file[end:])
		_, err := audit.Verify(audit.Read(bytes.NewReader(changed)), ev)
		if same := bytes.Equal(changed, file); same != (err == nil) {
			t.Error(fmt.Sprintf("bytes %d to %d changed: ", at, end), err)
		}
	})
}
