// Package published turns benchmark instances that others have published into
// snapshots with given scores, so that plans can be measured against what the literature
// has found: generalised assignment ([GAP]), bin packing with conflicts ([BPPC]) and
// synthetic panels of alternative provision ([Panel]).
//
// The instances themselves are not part of this module. [Dir] finds them in the shared folder
// beside it, or in the one that BACKONTRACK_SHARED names; a test begins with [Need],
// which skips it where they are missing:
//
//	folder := published.Need(t)
//	file, err := os.Open(filepath.Join(folder, "gap", "c05100"))
//	…
//	snapshot, err := published.GAP(file)
//
// The snapshots equal those of the folder's own converter, to_snapshot.py.
package published

import (
	"os"
	"path/filepath"
	"testing"
)

// Dir is the folder of the instances, and whether there is one: bench in the folder
// that BACKONTRACK_SHARED names, or else in the folder shared beside the module that the
// working directory is in.
func Dir() (string, bool) {
	shared := os.Getenv("BACKONTRACK_SHARED")
	if shared == "" {
		root, found := moduleRoot()
		if !found {
			return "", false
		}
		shared = filepath.Join(filepath.Dir(root), "shared")
	}
	folder := filepath.Join(shared, "bench")
	about, err := os.Stat(folder)
	return folder, err == nil && about.IsDir()
}

// moduleRoot is the nearest folder above the working directory that holds a go.mod.
func moduleRoot() (string, bool) {
	folder, err := os.Getwd()
	if err != nil {
		return "", false
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder, true
		}
		above := filepath.Dir(folder)
		if above == folder {
			return "", false
		}
		folder = above
	}
}

// Need is [Dir] for a test, which is skipped where the instances are missing.
func Need(t testing.TB) string {
	t.Helper()
	folder, found := Dir()
	if !found {
		t.Skipf("NOT CHECKED against published instances: there is no folder %s (set BACKONTRACK_SHARED to the shared folder)", folder)
	}
	return folder
}
