package matching_test

import "github.com/google/go-cmp/cmp"

// difference says in what two values differ, and nothing where they do not.
func difference(want, got any) string { return cmp.Diff(want, got) }
