package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"example.org/backontrack/matching"
)

// Where the search is stopped, by Ctrl-C or the clock, its plan is the answer.
func TestPlan_stopped(t *testing.T) {
	t.Parallel()
	stopped, stop := context.WithCancel(t.Context())
	stop()
	for name, c := range map[string]struct {
		ctx     context.Context
		args    []string
		clocked bool
	}{
		"by Ctrl-C":            {stopped, nil, true},
		"by the clock":         {t.Context(), []string{"--time", "1ns"}, true},
		"by both bounds":       {t.Context(), []string{"--time", "1ns", "--effort", "5"}, true},
		"the clock not needed": {t.Context(), []string{"--time", "1h"}, true},
		"by effort":            {t.Context(), []string{"--effort", "1"}, false},
		"effort came first":    {t.Context(), []string{"--time", "1h", "--effort", "1"}, false},
		"not":                  {t.Context(), nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var stdout, stderr bytes.Buffer
			p := &program{stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr}
			root := p.root()
			root.SetArgs(append([]string{"plan", "--in", "testdata/small.json", "--json"}, c.args...))
			cmd, err := root.ExecuteContextC(c.ctx)
			if status := p.status(cmd, err); status != done || stderr.Len() > 0 {
				t.Fatalf("got %d %q", status, stderr.String())
			}
			var plan matching.Plan
			if err := json.Unmarshal(stdout.Bytes(), &struct {
				Effort *matching.PlanEffort
				Format *string
			}{&plan.Effort, &plan.Format}); err != nil {
				t.Fatal(err)
			}
			if plan.Format != matching.PlanFormat || plan.Effort.Milliseconds > 0 != c.clocked {
				t.Errorf("got %s with %d ms, want a time: %v", plan.Format, plan.Effort.Milliseconds, c.clocked)
			}
		})
	}
}

func TestInterruptible(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no process can send itself an interrupt there")
	}
	ctx, stop := interruptible(t.Context())
	defer stop()
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	if err := self.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	select {
	case <-ctx.Done():
	case <-time.After(10 * time.Second):
		t.Error("an interrupt did not end the context")
	}
}

func TestPlanProgress(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var b bytes.Buffer
		p := newPlanProgress(&b)
		p.draw() // as on a terminal
		time.Sleep(patience - time.Millisecond)
		synctest.Wait()
		p.mu.Lock() // the drawing goroutine writes to b
		if b.Len() > 0 {
			t.Errorf("drew at once: %q", b.String())
		}
		p.mu.Unlock()
		time.Sleep(2 * time.Millisecond)
		for n := range 1000 { // a thousand news in one tenth of a second
			p.at(matching.Progress{Objective: n, Bound: 1998, Placed: 1, Referrals: 2})
		}
		time.Sleep(pace)
		p.at(matching.Progress{Objective: 1998, Bound: 1998, Placed: 2, Referrals: 2})
		if took := p.end(); took != patience+pace+time.Millisecond {
			t.Errorf("took %v", took)
		}
		want := "\r\x1b[Kplanning 0.7 s · Ctrl-C: stop at this plan" +
			"\r\x1b[Kplanning 0.8 s · 1 of 2 placed · 999 points · at most 1,998 · gap 100% · Ctrl-C: stop at this plan" +
			"\r\x1b[Kplanned 0.8 s · 2 of 2 placed · 1,998 points · at most 1,998 · gap 0%\n"
		if got := b.String(); got != want {
			t.Errorf("got\n%q\nwant\n%q", got, want)
		}
	})
}

// What is no terminal gets nothing, and nor does work that is soon done.
func TestPlanProgress_silent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var b bytes.Buffer
		p := newPlanProgress(&b)
		time.Sleep(time.Minute)
		p.at(matching.Progress{})
		p.end()
		p = newPlanProgress(&b)
		p.draw()
		p.at(matching.Progress{})
		if p.end(); b.Len() > 0 {
			t.Errorf("got %q", b.String())
		}
	})
}

func TestProgressLine(t *testing.T) {
	t.Parallel()
	at := &matching.Progress{Objective: 84_321, Bound: 84_600, Placed: 27, Referrals: 1030}
	unproven := &matching.Progress{Objective: 5, Bound: 1 << 61, Placed: 1, Referrals: 2}
	for _, c := range []struct {
		at      *matching.Progress
		columns int
		want    string
	}{
		{nil, 99, "planning 4.2 s"},
		{unproven, 99, "planning 4.2 s · 1 of 2 placed · 5 points"},
		{at, 99, "planning 4.2 s · 27 of 1,030 placed · 84,321 points · at most 84,600 · gap 0.4%"},
		{at, 70, "planning 4.2 s · 27 of 1,030 placed · 84,321 points · at most 84,600"},
		{at, 20, "planning 4.2 s"},
	} {
		if got := progressLine("planning", 4200*time.Millisecond, c.at, c.columns); got != c.want {
			t.Errorf("%d columns: got %q, want %q", c.columns, got, c.want)
		}
	}
}

func TestKeep(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	name := filepath.Join(folder, "plan.json")
	for _, answer := range []string{"a long first answer", "second"} {
		if err := keep(name, answer); err != nil {
			t.Fatal(err)
		}
		if got := files(t, folder); len(got) != 1 || got["plan.json"] != `"`+answer+"\"\n" {
			t.Errorf("got %q", got)
		}
		if err := os.Chmod(name, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	at, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && at.Mode().Perm() != 0o600 {
		t.Errorf("got mode %v: others may read it now", at.Mode())
	}

	// Through a link, and never in the place of what is no file.
	link := filepath.Join(folder, "link")
	if err := os.Symlink(name, link); err != nil {
		t.Skip(err)
	}
	if err := keep(link, "linked"); err != nil {
		t.Fatal(err)
	}
	if got := files(t, folder); got["plan.json"] != "\"linked\"\n" || len(got) != 2 {
		t.Errorf("got %q", got)
	}
	if at, err := os.Lstat(link); err != nil || at.Mode()&os.ModeSymlink == 0 {
		t.Error("the link is no link any more")
	}
	if err := keep(os.DevNull, "gone"); err != nil {
		t.Error(err)
	}
	if at, err := os.Stat(os.DevNull); err != nil || at.Mode().IsRegular() {
		t.Error("a file has taken the place of a device")
	}
}

// What can't be written leaves what was there, and nothing beside it.
func TestKeep_fails(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, "plan.json"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := replace(filepath.Join(folder, "plan.json"), []byte("x"), 0o600); err == nil {
		t.Error("a file took the place of a folder")
	}
	if got := files(t, folder); len(got) != 1 {
		t.Errorf("left behind: %q", got)
	}
	err := keep(filepath.Join(folder, "none", "plan.json"), "x")
	if _, ok := errors.AsType[*writeError](err); !ok {
		t.Errorf("got %v", err)
	}
}

// files are the files of a folder with what is in them.
func files(t *testing.T, folder string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, entry := range entries {
		text, _ := os.ReadFile(filepath.Join(folder, entry.Name())) // a folder has none
		out[entry.Name()] = string(text)
	}
	return out
}
