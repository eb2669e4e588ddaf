package main

import (
	"bytes"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"example.org/backontrack/panel/store"
)

// calls runs commands on a database of the test's own, and gives the output of the last.
func calls(t *testing.T, database string, stdout io.Writer, commands ...string) (status int, stderr string) {
	t.Helper()
	for i, command := range commands {
		out, errs := io.Writer(&bytes.Buffer{}), &bytes.Buffer{}
		if i == len(commands)-1 {
			out = stdout
		}
		status = run(append(strings.Fields(command), "--database", database), strings.NewReader(""), out, errs)
		if stderr = errs.String(); status != done && i < len(commands)-1 {
			t.Fatalf("%s: status %d: %s", command, status, stderr)
		}
	}
	return status, stderr
}

// A token whose secret nobody could read is no way in.
func TestTokenAdd_whereNobodyReads(t *testing.T) {
	t.Parallel()
	for name, failure := range map[string]error{"full": errors.New("no space left"), "gone": syscall.EPIPE} {
		database := filepath.Join(t.TempDir(), "panel.db")
		status, stderr := calls(t, database, failing{failure},
			"migrate", "user add a.khan --name Khan --no-password", "user grant a.khan coordinator", "token add a.khan --for x --role coordinator")
		if status != failed || !strings.Contains(stderr, "it is revoked") {
			t.Errorf("%s: status %d: %s", name, status, stderr)
		}
		var list bytes.Buffer
		if status, stderr := calls(t, database, &list, "token list"); status != done || !strings.Contains(list.String(), "revoked") || strings.Contains(list.String(), "until") {
			t.Errorf("%s: status %d: %s%s", name, status, stderr, list.String())
		}
	}
}

// Beside a server, a command that writes says who has the file and what to do.
func TestUser_besideAServer(t *testing.T) {
	t.Parallel()
	database := filepath.Join(t.TempDir(), "panel.db")
	calls(t, database, io.Discard, "migrate")
	server, err := store.Open(t.Context(), store.Options{Database: database})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	for _, command := range []string{"user list", "user disable a.khan", "deadlines", "export snapshot"} {
		status, stderr := calls(t, database, io.Discard, command)
		if status != failed || !strings.Contains(stderr, database+": another program has this database open, most likely the server. Stop that, run this again") {
			t.Errorf("%s: status %d: %s", command, status, stderr)
		}
	}
	if status, stderr := calls(t, database, io.Discard, "audit verify"); status != done {
		t.Errorf("what only reads: status %d: %s", status, stderr)
	}
}
