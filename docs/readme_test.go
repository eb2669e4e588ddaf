package docs_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
)

var goBlock = regexp.MustCompile("(?s)```go\n(package main\n.*?)```")

// TestReadmeProgram runs the program of the README.
func TestReadmeProgram(t *testing.T) {
	t.Parallel()
	found := goBlock.FindStringSubmatch(read(t, "README.md"))
	if found == nil {
		t.Fatal("the README has no program")
	}
	program := filepath.Join(t.TempDir(), "main.go")
	if err := os.WriteFile(program, []byte(found[1]), 0o600); err != nil {
		t.Fatal(err)
	}
	run := exec.CommandContext(t.Context(), "go", "run", program)
	run.Dir = root
	if out, err := run.CombinedOutput(); err != nil || len(out) == 0 {
		t.Errorf("the program of the README: %v\n%s", err, out)
	}
}
