package main

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/panel"
)

func TestReadErasures(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "erasures.json")
	read := func(content string) ([]panel.Erasure, error) {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return readErasures(file)
	}
	sound := []panel.Erasure{{
		ID: "e1", Pupil: "p1", Reason: "request", By: "operator", At: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC),
		Counts: []panel.Counted{{Class: "referral", Rows: 1}},
	}}
	written, err := json.Marshal(sound)
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range [][]panel.Erasure{sound, {}} {
		written, _ := json.Marshal(list)
		got, err := read(string(written))
		if diff := cmp.Diff(list, got); diff != "" || err != nil {
			t.Errorf("%v (-want +got)\n%s", err, diff)
		}
	}
	one := strings.Trim(string(written), "[]")
	for name, c := range map[string]struct {
		content string
		want    []string // none: it is no list
	}{
		"nothing":        {"", nil},
		"null":           {"null", nil},
		"an object":      {one, nil},
		"cut":            {string(written)[:len(written)-1], nil},
		"more behind":    {string(written) + "[]", nil},
		"another member": {`[{"Pupil": "p1", "Name": "Secret"}]`, nil},
		"another list":   {`[{"pupil_id": "p1"}]`, nil},
		"a null in it":   {"[null]", []string{"/0: expected an erasure, and not null"}},
		"twice":          {"[" + one + "," + one + "]", []string{"/1: expected each erasure once"}},
		"empty": {"[{}]", []string{
			"/0: expected ID, the id of the erasure", "/0: expected Pupil, the id of a record", "/0: expected Reason, one of retention, request",
			"/0: expected By, the id of who did it", "/0: expected At, the time at which it was done",
		}},
		"another reason": {strings.Replace(string(written), "request", "whim", 1), []string{"/0: expected Reason, one of retention, request"}},
	} {
		_, err := read(c.content)
		var lines []string
		if refused, is := errors.AsType[*refusal](err); is {
			lines = refused.lines
		} else if _, is := errors.AsType[*answerError](err); !is {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(c.want, lines); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", name, diff)
		}
	}
	if _, err := readErasures(file + ".none"); err == nil {
		t.Error("a list that is not there passes")
	}
}
