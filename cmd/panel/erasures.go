package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/form"
)

// readErasures reads a list that panel retention erasures wrote. It is read as a whole and
// strictly, before anything happens: whom a damaged list leaves out would come back.
func readErasures(file string) ([]panel.Erasure, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, &answerError{err}
	}
	none := &answerError{fmt.Errorf("%s is no list of erasures: panel retention erasures writes one", file)}
	d := json.NewDecoder(bytes.NewReader(content))
	d.DisallowUnknownFields()
	var list []*panel.Erasure
	if err := d.Decode(&list); err != nil || list == nil {
		return nil, none
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, none
	}
	erasures := make([]panel.Erasure, len(list))
	var lines []string
	seen := map[panel.ErasureID]bool{}
	for i, e := range list {
		lacks := []string{"an erasure, and not null"}
		if e != nil {
			lacks = lacksOf(e, seen[e.ID])
			erasures[i], seen[e.ID] = *e, true
		}
		for _, expected := range lacks {
			lines = append(lines, fmt.Sprintf("/%d: expected %s", i, expected))
		}
	}
	if len(lines) > 0 {
		err := fmt.Errorf("%s in %s: nothing was done", text.Count(len(lines), "fault", "faults"), file)
		return nil, &refusal{status: wrong, err: err, lines: lines}
	}
	return erasures, nil
}

// lacksOf is what a line of the list should be and is not.
func lacksOf(e *panel.Erasure, again bool) (expected []string) {
	check := func(holds bool, what string) {
		if !holds {
			expected = append(expected, what)
		}
	}
	isID := func(id string) bool { return form.CheckReference(id) == nil }
	check(isID(string(e.ID)), "ID, the id of the erasure")
	check(!again, "each erasure once")
	check(isID(string(e.Pupil)), "Pupil, the id of a record")
	check(slices.Contains(panel.ErasureCodes(), e.Reason), "Reason, one of "+strings.Join(panel.ErasureCodes(), ", "))
	check(isID(string(e.By)), "By, the id of who did it")
	check(!e.At.IsZero(), "At, the time at which it was done")
	check(!slices.ContainsFunc(e.Counts, func(c panel.Counted) bool { return c.Class == "" || c.Rows < 0 }),
		"Counts, each with a Class and with Rows that are not below nought")
	return expected
}
