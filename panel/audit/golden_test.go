package audit_test

import (
	"encoding/hex"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/panel/audit"
)

// golden are the entries of docs/reference/journal.md: one with everything, and one
// with as little as an entry may have.
func golden() []audit.Entry {
	full := audit.Next(audit.Head{}, audit.Entry{
		At:      start,
		Actor:   "person-17",
		Verb:    "read",
		Noun:    "referral",
		Subject: "ref-0412",
		Pupils:  []string{"p-3f9a", "p-a07c"},
		Request: "req-9d2e",
		Purpose: "panel",
		Classes: []string{"health", "identity"},
		Count:   2,
		Outcome: audit.Done,
		Detail:  []audit.Pair{{Key: "meeting", Value: "2026-11-23"}, {Key: "policy", Value: "v12"}},
	})
	bare := audit.Next(full.Head(), audit.Entry{At: start + 1, Actor: audit.System, Verb: "verify", Noun: "journal", Outcome: audit.Failed})
	return []audit.Entry{full, bare}
}

// TestGolden_thePageSaysWhatTheCodeDoes is AC-17: what one release wrote the next one
// has to read, so none of these may ever change.
func TestGolden_thePageSaysWhatTheCodeDoes(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("../../docs/reference/journal.md")
	if err != nil {
		t.Fatal(err)
	}
	page := string(raw)
	entries := golden()
	head := audit.SignHead(key(t), entries[1].Head(), start+2)
	begin := audit.SignStart(key(t), audit.Start{Seq: 2, Prev: entries[1].Prev}, start+3)
	for what, want := range map[string]string{
		"lines":      export(t, entries),
		"hash 1":     hex.EncodeToString(entries[0].Hash[:]),
		"hash 2":     hex.EncodeToString(entries[1].Hash[:]),
		"head":       head.Text(),
		"start":      begin.Text(),
		"public key": key(t).Public().Text() + "\n",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("docs/reference/journal.md lacks the %s:\n%s", what, want)
		}
	}
	blocks := regexp.MustCompile("(?s)```hex\n(.*?)```").FindAllStringSubmatch(page, -1)
	if len(blocks) != len(entries) {
		t.Fatalf("the page has %d blocks of bytes, want %d", len(blocks), len(entries))
	}
	for i, block := range blocks {
		var bytes strings.Builder
		for line := range strings.Lines(block[1]) {
			digits, _, _ := strings.Cut(line, "#")
			bytes.WriteString(strings.Join(strings.Fields(digits), ""))
		}
		if diff := cmp.Diff(hex.EncodeToString(entries[i].Canonical()), bytes.String()); diff != "" {
			t.Errorf("the bytes of entry %d (-code +page):\n%s", i+1, diff)
		}
	}
}
