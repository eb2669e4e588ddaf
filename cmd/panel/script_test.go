package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write what the scripts compare with")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"panel": main})
}

func TestScripts(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: a script is one command after the other, in which there is nothing to race")
	}
	t.Parallel()
	small, err := filepath.Abs("testdata/small.json")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: *update,
		Setup: func(env *testscript.Env) error {
			data, err := os.ReadFile(small)
			if err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(env.WorkDir, "small.json"), data, 0o600)
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"json":  jsonIs,
			"width": widthIs,
			"plain": isPlain,
		},
	})
}

// jsonIs checks values in a JSON file: json FILE PATH WANT, where PATH is like
// rejected.0.reasons.0.code, with len for the length, and WANT is JSON, or a key
// list as keys:a,b. Negated, there must be nothing at PATH.
func jsonIs(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: json FILE PATH [WANT]")
	}
	text := ts.ReadFile(args[0])
	var value any
	ts.Check(json.Unmarshal([]byte(text), &value))
	value, err := at(value, args[1])
	if neg {
		if err == nil {
			ts.Fatalf("%s: there is something at %s", args[0], args[1])
		}
		return
	}
	ts.Check(err)
	if keys, ok := strings.CutPrefix(args[2], "keys:"); ok {
		for key := range strings.SplitSeq(keys, ",") {
			if _, err := at(value, key); err != nil {
				ts.Fatalf("%s: %s: %v", args[0], args[1], err)
			}
		}
		return
	}
	got, err := json.Marshal(value)
	ts.Check(err)
	var want bytes.Buffer
	ts.Check(json.Compact(&want, []byte(args[2])))
	if string(got) != want.String() {
		ts.Fatalf("%s: %s is %s, want %s", args[0], args[1], got, want.String())
	}
}

// at follows a path into a JSON value.
func at(value any, path string) (any, error) {
	for step := range strings.SplitSeq(path, ".") {
		switch v := value.(type) {
		case map[string]any:
			next, ok := v[step]
			if !ok {
				return nil, fmt.Errorf("no member %q", step)
			}
			value = next
		case []any:
			if step == "len" {
				value = len(v)
				continue
			}
			n, err := strconv.Atoi(step)
			if err != nil || n >= len(v) {
				return nil, fmt.Errorf("no element %q of %d", step, len(v))
			}
			value = v[n]
		default:
			return nil, fmt.Errorf("nothing below %q", step)
		}
	}
	return value, nil
}

// widthIs checks that no line of a file is wider: width FILE N.
func widthIs(ts *testscript.TestScript, _ bool, args []string) {
	most, err := strconv.Atoi(args[1])
	ts.Check(err)
	for i, line := range strings.Split(ts.ReadFile(args[0]), "\n") {
		if n := utf8.RuneCountInString(line); n > most {
			ts.Fatalf("%s:%d is %d columns wide, want at most %d: %s", args[0], i+1, n, most, line)
		}
	}
}

// isPlain checks that a file has no control characters but newlines; negated,
// that it has some.
func isPlain(ts *testscript.TestScript, neg bool, args []string) {
	i := strings.IndexFunc(ts.ReadFile(args[0]), func(r rune) bool { return r < ' ' && r != '\n' || r == 0x7f })
	if (i >= 0) != neg {
		ts.Fatalf("%s: first control character at %d", args[0], i)
	}
}
