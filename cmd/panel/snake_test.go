package main

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching/calendar"
)

func TestWriteDomain(t *testing.T) {
	t.Parallel()
	type inner struct {
		ReviewBy calendar.Date
		At       time.Time
		hidden   int
	}
	type outer struct {
		ID    string
		URNOf *int
		Known bool
		Inner inner
		List  []inner
		Words []string
		Hash  [3]byte
	}
	var b bytes.Buffer
	p := &program{stdout: &b}
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.FixedZone("", 3600))
	if err := p.writeDomain(outer{ID: "<a>", Inner: inner{calendar.MustDate("2026-11-23"), at, 1}, Words: []string{"x", "y"}, Hash: [3]byte{1, 2, 3}}); err != nil {
		t.Fatal(err)
	}
	const want = `{
  "id": "<a>",
  "urn_of": null,
  "known": false,
  "inner": {
    "review_by": "2026-11-23",
    "at": "2026-11-23T08:00:00Z"
  },
  "list": [],
  "words": [
    "x",
    "y"
  ],
  "hash": "AQID"
}
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	b.Reset()
	if err := p.writeDomain([]inner{{}}); err != nil || b.String() != "[\n  {\n    \"review_by\": null,\n    \"at\": null\n  }\n]\n" {
		t.Errorf("%v: %s", err, b.String())
	}
	if err := p.writeDomain(map[string]int{}); err == nil {
		t.Error("a map passes")
	}
}
