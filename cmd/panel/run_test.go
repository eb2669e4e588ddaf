package main

import (
	"bytes"
	"errors"
	"strings"
	"syscall"
	"testing"
)

// failing is a writer that fails.
type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestRun_whereNobodyReads(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err  error
		want int
		says string
	}{
		"whoever reads has gone": {syscall.EPIPE, done, ""},
		"the disk is full":       {errors.New("no space left"), failed, "panel demo: write the answer: no space left\n"},
	} {
		for _, args := range [][]string{{"demo"}, {"demo", "--snapshot"}} {
			var stderr bytes.Buffer
			got := run(args, strings.NewReader(""), failing{c.err}, &stderr)
			if got != c.want || stderr.String() != c.says {
				t.Errorf("%s, %v: got %d %q, want %d %q", name, args, got, stderr.String(), c.want, c.says)
			}
		}
		for _, args := range [][]string{
			{"rank", "--in", "testdata/small.json", "--referral", "r1"},
			{"rank", "--in", "testdata/small.json", "--referral", "r1", "--json"},
			{"options", "--in", "testdata/small.json"},
			{"options", "--in", "testdata/small.json", "--json"},
		} {
			if got := run(args, strings.NewReader(""), failing{c.err}, &bytes.Buffer{}); got != c.want {
				t.Errorf("%s, %v: got %d, want %d", name, args, got, c.want)
			}
		}
	}
}
