package faults_test

import (
	"bufio"
	"context"
	"flag"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/backontrack/panel"
)

// Longer runs, whose figures are in docs/reference/storage.md.
var (
	kills    = flag.Int("kills", 20, "how often the program is killed")
	restarts = flag.Int("restarts", 3, "how often PostgreSQL is restarted")
	seed     = flag.Uint64("seed", 1, "of the moments at which it is killed")
)

// The test program runs itself again as the program that is killed, or that holds the lock.
const (
	roleVariable     = "PANEL_FAULTS_ROLE"
	databaseVariable = "PANEL_FAULTS_DATABASE"
)

var roles = map[string]func(ctx context.Context, database string) error{
	"write": writeForEver, "make": makeTables, "hold": holdTheLock,
}

func TestMain(m *testing.M) {
	role := os.Getenv(roleVariable)
	if role == "" {
		flag.Parse()
		if testing.Short() {
			*kills, *restarts = min(*kills, 5), min(*restarts, 1)
		}
		os.Exit(m.Run())
	}
	if err := roles[role](context.Background(), os.Getenv(databaseVariable)); err != nil {
		say("failed", err.Error())
		os.Exit(1)
	}
}

// say writes one line in one write, which a kill does not cut in two.
func say(what, which string) { _, _ = os.Stdout.WriteString(what + " " + which + "\n") }

// writeForEver decides in four lanes at once until it is killed, and acknowledges each decision
// once it is stored.
func writeForEver(ctx context.Context, database string) error {
	store, err := open(ctx, database)
	if err != nil {
		return err
	}
	say("open", database)
	failed := make(chan error)
	for lane := range lanes {
		go func() {
			for {
				id := panel.NewID()
				if err := decide(ctx, store, id, lane); err != nil {
					failed <- err
					return
				}
				say("stored", id)
			}
		}()
	}
	return <-failed
}

// A program is this test program in another role.
type program struct {
	*exec.Cmd
	lines *bufio.Scanner
	in    io.WriteCloser
}

// start runs the test program in a role.
func start(t *testing.T, role, database string) *program {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &program{Cmd: exec.Command(self)}
	p.Env = append(os.Environ(), roleVariable+"="+role, databaseVariable+"="+database)
	p.Stderr = os.Stderr
	out, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.lines = bufio.NewScanner(out)
	if p.in, err = p.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := run(p.Cmd); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { // it has ended, unless the test failed
		_ = p.Process.Kill()
		_ = p.Wait()
	})
	return p
}

// wait reads one line, and wants it to say what.
func (p *program) wait(t *testing.T, what string) {
	t.Helper()
	if !p.lines.Scan() {
		t.Fatalf("the program ended before it said %q: %v", what, p.lines.Err())
	}
	if got, _, _ := strings.Cut(p.lines.Text(), " "); got != what {
		t.Fatalf("the program said %q, want %q", p.lines.Text(), what)
	}
}

// killAfter lets the program go on for a while, kills it, and returns what it had
// acknowledged: it says "stored" for each, and nothing else but what may.
func (p *program) killAfter(t *testing.T, while time.Duration, may ...string) (acknowledged []string) {
	t.Helper()
	killed := make(chan error, 1)
	time.AfterFunc(while, func() { killed <- p.Process.Kill() })
	for p.lines.Scan() {
		what, which, _ := strings.Cut(p.lines.Text(), " ")
		switch {
		case what == "stored":
			acknowledged = append(acknowledged, which)
		case !slices.Contains(may, what):
			t.Errorf("the program said %q", p.lines.Text())
		}
	}
	if err := first(p.lines.Err(), <-killed); err != nil {
		t.Fatalf("it ended by itself: %v", err)
	}
	_ = p.Wait() // says that it was killed
	return acknowledged
}
