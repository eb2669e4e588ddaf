package main

import (
	"bytes"
	"errors"
	"strings"
	"syscall"
	"testing"
)

// TestRun_checkWhereNobodyReads wants a plan that does not hold to be told by the
// exit status even to whoever stops reading.
func TestRun_checkWhereNobodyReads(t *testing.T) {
	t.Parallel()
	for err, want := range map[error]int{syscall.EPIPE: broken, errors.New("no space left"): failed} {
		for _, more := range [][]string{nil, {"--json"}} {
			args := append([]string{"check", "--in", "testdata/small.json", "--plan", "-"}, more...)
			plan := strings.NewReader(`{"format": "placement-plan/1", "status": "optimal"}`)
			if got := run(args, plan, failing{err}, &bytes.Buffer{}); got != want {
				t.Errorf("%v, %v: got %d, want %d", args, err, got, want)
			}
		}
	}
}
