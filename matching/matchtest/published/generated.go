package published

import (
	"bytes"
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

// Core is the snapshot of a panel instance of the folder (S-1, So-1, M-1, Mo-1 or L-1). The test
// is skipped where there is none.
func Core(t testing.TB, name string) *matching.Snapshot {
	t.Helper()
	file, err := os.Open(filepath.Join(Need(t), "panel", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close() //nolint:errcheck // it was only read
	s, err := Panel(file)
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
