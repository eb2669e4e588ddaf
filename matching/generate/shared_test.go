package generate_test

import (
	"os"
	"path/filepath"
	"testing"
)

// shared is a file of the shared folder: that of BACKONTRACK_SHARED, or the one beside
// the module. Where there is none the test is skipped, and says so.
func shared(t *testing.T, name string) string {
	t.Helper()
	folder := os.Getenv("BACKONTRACK_SHARED")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "shared")
	}
	path := filepath.Join(folder, name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("NOT CHECKED against %s: there is no shared folder at %s (set BACKONTRACK_SHARED)", name, folder)
	}
	return path
}
