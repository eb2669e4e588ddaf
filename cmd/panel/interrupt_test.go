package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
)

// Whoever presses Ctrl-C gets what there is until then, and is told so; never silence.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args, said string
		status     int
	}{
		{"gaps", "panel gaps: interrupted: the register is that of the best plan so far\n", done},
		{"regroup --provision craft", "panel regroup: interrupted: the re-seating is the best so far\n", done},
		{"regrets --referral r01", "panel regrets: interrupted: the answer is the best so far\n", done},
		{"alternatives", "panel alternatives: interrupted: the answer is the best so far\n", done},
		{"worth --of places:west-ks4", "panel worth: interrupted: nothing was answered\n", failed},
	} {
		t.Run(c.args, func(t *testing.T) {
			t.Parallel()
			var snapshot, stdout, stderr bytes.Buffer
			if status := run([]string{"demo", "--snapshot"}, nil, &snapshot, &stderr); status != done {
				t.Fatal(status, stderr.String())
			}
			ctx, stop := context.WithCancel(t.Context())
			stop()
			p := &program{stdin: &snapshot, stdout: &stdout, stderr: &stderr}
			root := p.root()
			root.SetArgs(append(strings.Fields(c.args), "--in", "-"))
			cmd, err := root.ExecuteContextC(ctx)
			if status := p.status(cmd, err); status != c.status || stderr.String() != c.said {
				t.Errorf("got %d and %q, want %d and %q", status, stderr.String(), c.status, c.said)
			}
			if (stdout.Len() > 0) != (c.status == done) {
				t.Errorf("answer of %d bytes with status %d", stdout.Len(), c.status)
			}
			if c.args == "alternatives" && !strings.Contains(stdout.String(), "cut short") {
				t.Errorf("not said to be cut short: %s", stdout.String())
			}
		})
	}
}
