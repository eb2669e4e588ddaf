package audit_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/panel/audit"
)

// readAll reads to the first error.
func readAll(r io.Reader) (entries []audit.Entry, err error) {
	for e, err := range audit.Read(r) {
		if err != nil {
			return entries, err
		}
		entries = append(entries, e)
	}
	return entries, nil
}

func TestRead_whatWriteWrote(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 60} {
		want := journal(n)
		for name, r := range map[string]io.Reader{
			"at once":     strings.NewReader(export(t, want)),
			"in drops":    iotest.OneByteReader(strings.NewReader(export(t, want))),
			"with an EOF": iotest.DataErrReader(strings.NewReader(export(t, want))),
		} {
			got, err := readAll(r)
			if err != nil {
				t.Fatalf("%d entries, %s: %v", n, name, err)
			}
			if diff := cmp.Diff(want, append([]audit.Entry{}, got...)); diff != "" {
				t.Errorf("%d entries, %s (-written +read):\n%s", n, name, diff)
			}
		}
	}
}

func TestRead_stopsWhenAsked(t *testing.T) {
	t.Parallel()
	file, n := export(t, journal(10)), 0
	for _, err := range audit.Read(strings.NewReader(file)) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Errorf("read %d entries", n)
	}
}

// TestLine_isJSON is for other readers, who need not be as strict.
func TestLine_isJSON(t *testing.T) {
	t.Parallel()
	line, err := audit.Line(golden()[0])
	if err != nil {
		t.Fatal(err)
	}
	if !json.Valid(line) {
		t.Fatalf("not JSON: %s", line)
	}
	var members struct {
		Seq    uint64
		Pupils []string
		Detail [][]string
	}
	if err := json.Unmarshal(line, &members); err != nil {
		t.Fatal(err)
	}
	if members.Seq != 1 || len(members.Pupils) != 2 || members.Detail[1][1] != "v12" {
		t.Errorf("got %+v", members)
	}
}

func TestRead_refusesEveryOtherSpelling(t *testing.T) {
	t.Parallel()
	good := export(t, golden()[:1])
	for name, change := range map[string][2]string{
		"an unknown key":         {`"at":`, `"x":1,"at":`},
		"a key twice":            {`"verb":`, `"actor":"person-17","verb":`},
		"a key in other letters": {`"actor":`, `"Actor":`},
		"a key elsewhere":        {`"verb":"read","noun":"referral"`, `"noun":"referral","verb":"read"`},
		"a key missing":          {`"subject":"ref-0412",`, ``},
		"a space":                {`,"at"`, `, "at"`},
		"a space at the end":     {"}\n", "} \n"},
		"an escape":              {`"read"`, `"\u0072ead"`},
		"a number as text":       {`"seq":1`, `"seq":"1"`},
		"a leading zero":         {`"seq":1`, `"seq":01`},
		"a plus":                 {`"seq":1`, `"seq":+1`},
		"a fraction":             {`"count":2`, `"count":2.0`},
		"an exponent":            {`"count":2`, `"count":2e0`},
		"minus nothing":          {`"count":2`, `"count":-0`},
		"no number":              {`"count":2`, `"count":`},
		"null":                   {`"pupils":["p-3f9a","p-a07c"]`, `"pupils":null`},
		"null for a text":        {`"panel"`, `null`},
		"a comma more":           {`"p-a07c"]`, `"p-a07c",]`},
		"a pair of three":        {`["policy","v12"]`, `["policy","v12","x"]`},
		"a pair of one":          {`["policy","v12"]`, `["policy"]`},
		"another version":        {`"v":1`, `"v":2`},
		"entry 0":                {`"seq":1`, `"seq":0`},
		"a number too great":     {`"seq":1`, `"seq":9007199254740992`},
		"more than 64 bits":      {`"seq":1`, `"seq":18446744073709551617`},
		"a hash in capitals":     {`b63546f5`, `B63546F5`},
		"a hash too short":       {`b63546f5`, `b63546`},
		"a hash too long":        {`b63546f5`, `b63546f500`},
		"a hash of other digits": {`b63546f5`, `b63546g5`},
		"two on a line":          {"}\n", "}{}\n"},
		"an array":               {"{\"v\"", "[{\"v\""},
		"a line not ended":       {"}\n", "}"},
		"another end of line":    {"}\n", "}\r\n"},
		"an empty line":          {"}\n", "}\n\n"},
		"an empty line first":    {`{"v"`, "\n{\"v\""},
		"a mark of byte order":   {`{"v"`, "\ufeff{\"v\""},
		"no end":                 {`"actor":"person-17`, `"actor":"` + strings.Repeat("a", 3<<20)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			changed := strings.Replace(good, change[0], change[1], 1)
			if changed == good {
				t.Fatal("the test changes nothing")
			}
			if _, err := readAll(strings.NewReader(changed)); !errors.Is(err, audit.ErrMalformed) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// FuzzRead_whatItTakesIsWhatItWouldWrite keeps one spelling for each entry.
func FuzzRead_whatItTakesIsWhatItWouldWrite(f *testing.F) {
	f.Add([]byte(export(f, golden())))
	f.Add([]byte(export(f, journal(3))))
	f.Fuzz(func(t *testing.T, file []byte) {
		entries, err := readAll(bytes.NewReader(file))
		if written := export(t, entries); !strings.HasPrefix(string(file), written) || err == nil && written != string(file) {
			t.Errorf("read %q, would write %q", file, written)
		}
	})
}

func TestWrite_errors(t *testing.T) {
	t.Parallel()
	broken := errors.New("disk")
	failing := func(yield func(audit.Entry, error) bool) { yield(audit.Entry{}, broken) }
	if err := audit.Write(io.Discard, failing); !errors.Is(err, broken) {
		t.Errorf("of the source: got %v", err)
	}
	if err := audit.Write(writer{broken}, each(journal(1))); !errors.Is(err, broken) {
		t.Errorf("of the file, at its end: got %v", err)
	}
	if err := audit.Write(writer{broken}, each(journal(100))); !errors.Is(err, broken) {
		t.Errorf("of the file: got %v", err)
	}
	if err := audit.Write(io.Discard, each([]audit.Entry{event(1)})); err == nil {
		t.Error("an entry without a number has a line")
	}
	if _, err := readAll(bufio.NewReader(iotest.ErrReader(broken))); !errors.Is(err, broken) || errors.Is(err, audit.ErrMalformed) {
		t.Errorf("of reading: got %v", err)
	}
}

type writer struct{ err error }

func (w writer) Write([]byte) (int, error) { return 0, w.err }
