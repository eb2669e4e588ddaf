package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"example.org/backontrack/panel/audit"
)

const now = 1_795_424_400_000_000 // 23 November 2026, 09:00 UTC

func keyOf(t *testing.T, seed byte) audit.PrivateKey {
	t.Helper()
	key, err := audit.GenerateKey("journal.example.org/ashwick", bytes.NewReader(bytes.Repeat([]byte{seed}, 32)))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// journal has n entries, of another content for each variant.
func journal(n, variant int) []audit.Entry {
	var head audit.Head
	entries := make([]audit.Entry, n)
	for i := range entries {
		v := i + variant
		e := audit.Entry{
			At:      now + int64(v)*1_000_003,
			Actor:   fmt.Sprintf("person-%d", v%7),
			Verb:    []string{"read", "submit", "decide"}[v%3],
			Noun:    "referral",
			Subject: []string{"", fmt.Sprintf("ref-%04d", v)}[v%2],
			Request: fmt.Sprintf("req-%08x", v),
			Purpose: []string{"", "panel", "review"}[v%3],
			Count:   v % 4,
			Outcome: []string{audit.Done, audit.Denied, audit.Failed}[v%3],
		}
		for j := range v % 4 {
			e.Pupils = append(e.Pupils, fmt.Sprintf("p-%d%d", j, v))
			e.Classes = append(e.Classes, fmt.Sprintf("class_%d", j))
			e.Detail = append(e.Detail, audit.Pair{Key: fmt.Sprintf("key.%d", j), Value: fmt.Sprintf("a/b:%d", v)})
		}
		entries[i] = audit.Next(head, e)
		head = entries[i].Head()
	}
	return entries
}

// text does without audit.Write, which has no line for an entry that does not pass
// its check: any value may stand here.
func text(entries []audit.Entry) string {
	var b strings.Builder
	for _, e := range entries {
		details := []string{}
		for _, p := range e.Detail {
			details = append(details, fmt.Sprintf(`["%s","%s"]`, p.Key, p.Value))
		}
		fmt.Fprintf(&b, `{"v":1,"seq":%d,"at":%d,"actor":"%s","verb":"%s","noun":"%s","subject":"%s","pupils":[%s],"request":"%s",`+
			`"purpose":"%s","classes":[%s],"count":%d,"outcome":"%s","detail":[%s],"prev":"%x","hash":"%x"}`+"\n",
			e.Seq, e.At, e.Actor, e.Verb, e.Noun, e.Subject, quoted(e.Pupils), e.Request,
			e.Purpose, quoted(e.Classes), e.Count, e.Outcome, strings.Join(details, ","), e.Prev, e.Hash)
	}
	return b.String()
}

func quoted(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	return `"` + strings.Join(texts, `","`) + `"`
}

// signed is a journal with the head of its last entry.
func signed(key audit.PrivateKey, name string, entries []audit.Entry) file {
	var head audit.Head
	if len(entries) > 0 {
		head = entries[len(entries)-1].Head()
	}
	return file{name: name, journal: text(entries), head: audit.SignHead(key, head, now).Text()}
}

func startOf(key audit.PrivateKey, entries []audit.Entry, seq uint64) string {
	return audit.SignStart(key, audit.Start{Seq: seq, Prev: entries[seq-1].Prev}, now).Text()
}

func goodFiles(key audit.PrivateKey) []file {
	var files []file
	for n := range 60 {
		files = append(files, signed(key, fmt.Sprintf("%d entries", n*n/10), journal(n*n/10, n)))
	}
	for n := range 30 {
		entries := journal(40, n)
		older := signed(key, fmt.Sprintf("a head from after %d entries", n), entries[:n])
		older.journal = text(entries)
		files = append(files, older)
		pruned := signed(key, fmt.Sprintf("pruned before %d", n+2), entries)
		pruned.journal, pruned.start = text(entries[n+1:]), startOf(key, entries, uint64(n)+2)
		files = append(files, pruned)
	}
	entries := journal(40, 0)
	for i := range entries[20:] {
		entries[20+i].At -= 1_000_000_000_000
	}
	return append(files, signed(key, "a clock set back", chained(entries)))
}

// chained computes the chain anew.
func chained(entries []audit.Entry) []audit.Entry {
	var head audit.Head
	entries = slices.Clone(entries)
	for i := range entries {
		entries[i] = audit.Next(head, entries[i])
		head = entries[i].Head()
	}
	return entries
}

// columns change one column each, some to what no entry may have there.
var columns = map[string]func(e *audit.Entry){
	"seq":              func(e *audit.Entry) { e.Seq++ },
	"seq 0":            func(e *audit.Entry) { e.Seq = 0 },
	"seq, too great":   func(e *audit.Entry) { e.Seq = 1 << 53 },
	"at":               func(e *audit.Entry) { e.At-- },
	"at 0":             func(e *audit.Entry) { e.At = 0 },
	"at, too late":     func(e *audit.Entry) { e.At = 1 << 53 },
	"actor":            func(e *audit.Entry) { e.Actor += "x" },
	"no actor":         func(e *audit.Entry) { e.Actor = "" },
	"actor, too long":  func(e *audit.Entry) { e.Actor = strings.Repeat("x", 129) },
	"actor, a newline": func(e *audit.Entry) { e.Actor += "\n" },
	"verb":             func(e *audit.Entry) { e.Verb += "x" },
	"verb, too long":   func(e *audit.Entry) { e.Verb = strings.Repeat("x", 65) },
	"verb, a capital":  func(e *audit.Entry) { e.Verb = "Read" },
	"noun":             func(e *audit.Entry) { e.Noun += "x" },
	"subject":          func(e *audit.Entry) { e.Subject += "x" },
	"subject, a quote": func(e *audit.Entry) { e.Subject = `a\"b` },
	"pupils":           func(e *audit.Entry) { e.Pupils = append(slices.Clone(e.Pupils), "x") },
	"pupils, twice":    func(e *audit.Entry) { e.Pupils = []string{"x", "x"} },
	"request":          func(e *audit.Entry) { e.Request += "x" },
	"request, a space": func(e *audit.Entry) { e.Request = "a b" },
	"purpose":          func(e *audit.Entry) { e.Purpose += "x" },
	"classes":          func(e *audit.Entry) { e.Classes = append(slices.Clone(e.Classes), "x") },
	"classes, order":   func(e *audit.Entry) { e.Classes = []string{"b", "a"} },
	"count":            func(e *audit.Entry) { e.Count++ },
	"count, too many":  func(e *audit.Entry) { e.Count = 1_000_000_001 },
	"count below 0":    func(e *audit.Entry) { e.Count = -1 },
	"outcome":          func(e *audit.Entry) { e.Outcome = map[string]string{audit.Done: audit.Denied}[e.Outcome] },
	"detail":           func(e *audit.Entry) { e.Detail = append(slices.Clone(e.Detail), audit.Pair{Key: "x", Value: "x"}) },
	"detail, order":    func(e *audit.Entry) { e.Detail = []audit.Pair{{Key: "b", Value: "x"}, {Key: "a", Value: "x"}} },
	"detail, no value": func(e *audit.Entry) { e.Detail = []audit.Pair{{Key: "b"}} },
	"prev":             func(e *audit.Entry) { e.Prev[0]++ },
	"hash":             func(e *audit.Entry) { e.Hash[31]++ },
}

func badFiles(t *testing.T, key audit.PrivateKey) []file {
	t.Helper()
	const n = 60
	good := journal(n, 0)
	whole := signed(key, "", good)
	var files []file
	tampered := func(name string, entries []audit.Entry) {
		if lines := text(entries); lines != whole.journal { // the chain computed anew mends its own columns
			files = append(files, file{name: name, journal: lines, head: whole.head})
		}
	}
	for _, i := range []int{0, 1, 30, n - 1} {
		for name, change := range columns {
			entries := slices.Clone(good)
			change(&entries[i])
			tampered(fmt.Sprintf("entry %d: %s", i+1, name), entries)
			tampered(fmt.Sprintf("entry %d: %s, and the chain computed anew", i+1, name), chained(entries))
			if entries = slices.Clone(good); i < n-1 {
				change(&entries[i])
				entries[i].Hash = entries[i].Sum()
				tampered(fmt.Sprintf("entry %d: %s, with its own hash", i+1, name), entries)
			}
		}
		tampered(fmt.Sprintf("entry %d deleted", i+1), slices.Delete(slices.Clone(good), i, i+1))
		tampered(fmt.Sprintf("entry %d deleted, and the chain computed anew", i+1), chained(slices.Delete(slices.Clone(good), i, i+1)))
		tampered(fmt.Sprintf("entry %d duplicated", i+1), slices.Insert(slices.Clone(good), i, good[i]))
		tampered(fmt.Sprintf("one inserted before %d", i+1), slices.Insert(slices.Clone(good), i, audit.Next(audit.Head{Seq: uint64(i), Hash: good[i].Prev}, good[3])))
		swapped := slices.Clone(good)
		swapped[i], swapped[(i+9)%n] = swapped[(i+9)%n], swapped[i]
		tampered(fmt.Sprintf("entry %d swapped", i+1), swapped)
	}
	long := journal(1500, 0)
	head := signed(key, "", long).head
	for _, k := range []int{1, 10, 1000, 1500} {
		files = append(files, file{name: fmt.Sprintf("the last %d deleted", k), journal: text(long[:1500-k]), head: head})
	}
	return append(files, badNotes(t, key)...)
}

// badNotes are good journals with heads and starts that are not.
func badNotes(t *testing.T, key audit.PrivateKey) []file {
	t.Helper()
	entries := journal(40, 0)
	good, stranger := signed(key, "", entries), keyOf(t, 2)
	pruned := file{journal: text(entries[9:]), head: good.head, start: startOf(key, entries, 10)}
	var files []file
	add := func(name string, f file, change func(f *file)) {
		f.name = name
		change(&f)
		files = append(files, f)
	}
	add("no head", good, func(f *file) { f.head = "" })
	add("a head of another key", good, func(f *file) { f.head = signed(stranger, "", entries).head })
	add("a head of another number", good, func(f *file) { f.head = strings.Replace(f.head, "\n40\n", "\n39\n", 1) })
	add("a start for a head", good, func(f *file) { f.head = startOf(key, entries, 40) })
	add("no start", pruned, func(f *file) { f.start = "" })
	add("a head for a start", pruned, func(f *file) { f.start = f.head })
	add("a start of another key", pruned, func(f *file) { f.start = startOf(stranger, entries, 10) })
	add("a later start", pruned, func(f *file) { f.start = startOf(key, entries, 11) })
	add("an earlier start", pruned, func(f *file) { f.start = startOf(key, entries, 9) })
	add("a start of another journal", pruned, func(f *file) { f.start = startOf(key, journal(40, 1), 10) })
	add("a start and nothing", pruned, func(f *file) { f.journal = "" })
	add("a head at the start of another journal", pruned, func(f *file) { f.head = signed(key, "", journal(9, 1)).head })
	add("an empty line", good, func(f *file) { f.journal += "\n" })
	add("a last line not ended", good, func(f *file) { f.journal = strings.TrimSuffix(f.journal, "\n") })
	add("lines ended as elsewhere", good, func(f *file) { f.journal = strings.ReplaceAll(f.journal, "\n", "\r\n") })
	add("an unknown key", good, func(f *file) { f.journal = strings.Replace(f.journal, `"at"`, `"x":1,"at"`, 1) })
	add("a key twice", good, func(f *file) { f.journal = strings.Replace(f.journal, `"verb"`, `"actor":"person-1","verb"`, 1) })
	add("a space", good, func(f *file) { f.journal = strings.Replace(f.journal, `"at":`, `"at": `, 1) })
	add("another version", good, func(f *file) { f.journal = strings.Replace(f.journal, `"v":1`, `"v":2`, 1) })
	add("a hash in capitals", good, func(f *file) {
		f.journal = strings.ReplaceAll(f.journal, fmt.Sprintf("%x", entries[4].Hash), fmt.Sprintf("%X", entries[4].Hash))
	})
	return files
}
