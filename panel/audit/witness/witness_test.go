package main

import (
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.org/backontrack/panel/audit"
)

// A file is a journal and what is known of it, as they lie on a disk.
type file struct {
	name, journal, head, start string
}

// TestSameVerdicts is AC-21: at least a hundred good and a hundred tampered journals,
// for which both programs name the same fault and the same entry.
func TestSameVerdicts(t *testing.T) {
	t.Parallel()
	key := keyOf(t, 1)
	good, bad := goodFiles(key), badFiles(t, key)
	if len(good) < 100 || len(bad) < 100 {
		t.Fatalf("%d good and %d tampered journals are not enough", len(good), len(bad))
	}
	for _, f := range good {
		if got := wantSame(t, f, key.Public()); !strings.HasPrefix(got, "ok ") {
			t.Errorf("%s: %s", f.name, got)
		}
	}
	faults := map[string]int{}
	for _, f := range bad {
		got := wantSame(t, f, key.Public())
		if strings.HasPrefix(got, "ok ") {
			t.Errorf("%s: %s", f.name, got)
		}
		verdict, _, _ := strings.Cut(got, " ")
		faults[verdict]++
	}
	for _, code := range []audit.Code{audit.Untrusted, audit.Malformed, audit.Missing, audit.Repeated, audit.Edited, audit.Unlinked, audit.Rewritten, audit.Cut} {
		if faults[string(code)] == 0 {
			t.Errorf("no journal is %s", code)
		}
	}
	t.Logf("%d good, %d tampered: %v", len(good), len(bad), faults)
}

// TestSameVerdicts_ofBytesAtRandom changes files without knowing what is in them.
func TestSameVerdicts_ofBytesAtRandom(t *testing.T) {
	t.Parallel()
	key := keyOf(t, 1)
	random := rand.New(rand.NewPCG(1, 2))
	for n := range 3000 {
		f := signed(key, "random", journal(1+random.IntN(8), random.IntN(100)))
		lines := []byte(f.journal)
		from := random.IntN(len(lines))
		to := min(len(lines), from+random.IntN(3))
		put := []byte(strings.Repeat(string(rune(random.IntN(128))), random.IntN(3)))
		f.journal = string(slices.Concat(lines[:from], put, lines[to:]))
		f.name = fmt.Sprintf("random %d: bytes %d to %d become %q", n, from, to, put)
		wantSame(t, f, key.Public())
	}
}

// TestNothingOfTheModule keeps the witness a second opinion.
func TestNothingOfTheModule(t *testing.T) {
	t.Parallel()
	parsed, err := parser.ParseFile(token.NewFileSet(), "main.go", nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range parsed.Imports {
		if path, _ := strconv.Unquote(spec.Path.Value); strings.Contains(path, ".") {
			t.Errorf("main.go imports %s", path)
		}
	}
	names, err := filepath.Glob("*.go")
	if err != nil || !slices.Equal(names, []string{"journals_test.go", "main.go", "witness_test.go"}) {
		t.Errorf("the program is no longer main.go alone: %v, %v", names, err)
	}
}

// TestExitStatus runs the program itself.
func TestExitStatus(t *testing.T) {
	t.Parallel()
	dir, key := t.TempDir(), keyOf(t, 1)
	program := filepath.Join(dir, "witness.exe")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	entries := journal(30, 0)
	whole, cut := signed(key, "", entries), signed(key, "", entries)
	cut.journal = text(entries[:20])
	pruned := file{journal: text(entries[10:]), head: whole.head, start: startOf(key, entries, 11)}
	for _, tc := range []struct {
		name, out string
		f         file
		status    int
	}{
		{"whole", "ok 30\n", whole, 0},
		{"cut", "cut 21\n", cut, 1},
		{"pruned", "ok 30\n", pruned, 0},
	} {
		args := []string{}
		for i, content := range []string{tc.f.journal, tc.f.head, key.Public().Text() + "\n", tc.f.start} {
			if name := filepath.Join(dir, fmt.Sprint(tc.name, i)); content != "" {
				if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
					t.Fatal(err)
				}
				args = append(args, name)
			}
		}
		run := exec.CommandContext(t.Context(), program, args...)
		out, _ := run.Output()
		if string(out) != tc.out || run.ProcessState.ExitCode() != tc.status {
			t.Errorf("%s: %q with status %d, want %q with %d", tc.name, out, run.ProcessState.ExitCode(), tc.out, tc.status)
		}
	}
	if err := exec.CommandContext(t.Context(), program, "one").Run(); err == nil {
		t.Error("without its files it has to fail")
	}
}

// wantSame asks both programs and returns the answer, such as "cut 17".
func wantSame(t *testing.T, f file, key audit.PublicKey) string {
	t.Helper()
	verdict, seq := judge(strings.NewReader(f.journal), f.head, key.Text(), f.start)
	theirs := fmt.Sprint(verdict, " ", seq)
	if ours := verify(f, key); ours != theirs {
		t.Errorf("%s: panel/audit says %q, the witness %q", f.name, ours, theirs)
	}
	return theirs
}

// verify asks panel/audit for what the witness would print.
func verify(f file, key audit.PublicKey) string {
	head, err := audit.ParseHead(f.head)
	if err != nil {
		return "untrusted 0"
	}
	evidence := audit.Evidence{Trusted: []audit.PublicKey{key}, Heads: []audit.SignedHead{head}}
	if f.start != "" {
		start, err := audit.ParseStart(f.start)
		if err != nil {
			return "untrusted 0"
		}
		evidence.Start = &start
	}
	report, err := audit.Verify(audit.Read(strings.NewReader(f.journal)), evidence)
	if fault, is := errors.AsType[audit.Fault](err); is {
		return fmt.Sprint(fault.Code, " ", fault.Seq)
	}
	if err != nil {
		return err.Error()
	}
	return fmt.Sprint("ok ", report.Head.Seq)
}
