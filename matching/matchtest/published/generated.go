package published

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"example.org/backontrack/matching"
)

// Generated is the instance that the folder's gen.py makes of a size (S, M, L, XL, or, at the start
// of a year, So, Mo, Lo, XLo) and a seed, in the format ap-panel-1: for [Panel] and [SoftPanel]. XL takes it some ten
// seconds. The test is skipped where there is no folder or no python3.
func Generated(t testing.TB, size string, seed int) []byte {
	t.Helper()
	folder := Need(t)
	out := filepath.Join(t.TempDir(), "instance.json")
	cmd := exec.CommandContext(t.Context(), needPython(t), "-B", filepath.Join(folder, "gen.py"), size, strconv.Itoa(seed), out)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("gen.py %s %d: %v\n%s", size, seed, err, said)
	}
	text, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func needPython(t testing.TB) string {
	t.Helper()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("NOT CHECKED against what gen.py and to_snapshot.py make: there is no python3 on the PATH")
	}
	return python
}

// Core is the instance of a size and a seed as [Panel] reads it: the folder's snapshot where it holds one (seed
// 1 of S, So, M, Mo and L), or else a generated one. The test is skipped where neither can be had.
func Core(t testing.TB, size string, seed int) *matching.Snapshot {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(Need(t), "panel", size+"-"+strconv.Itoa(seed)+".json"))
	if errors.Is(err, os.ErrNotExist) {
		text, err = Generated(t, size, seed), nil
	}
	if err != nil {
		t.Fatal(err)
	}
	s, err := Panel(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Soft is the instance of a size and a seed with composition priced, as [SoftPanel] reads it. The
// test is skipped where it cannot be generated.
func Soft(t testing.TB, size string, seed int) *matching.Snapshot {
	t.Helper()
	s, err := SoftPanel(bytes.NewReader(Generated(t, size, seed)))
	if err != nil {
		t.Fatal(err)
	}
	return s
}
