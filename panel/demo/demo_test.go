package demo_test

import (
	"slices"
	"testing"

	"example.org/backontrack/panel/demo"
)

func TestAuthorityIsACopy(t *testing.T) {
	demo.Authority()[0] = '!'
	same(t, "first byte", demo.Authority()[0], '{')
}

func TestSystemsAreListed(t *testing.T) {
	var listed, have, systems []string
	for _, s := range demo.Systems() {
		listed, systems = append(listed, s.Provision), append(systems, s.ID)
	}
	for _, g := range snapshot(t).Groups {
		have = append(have, string(g.Provision))
	}
	slices.Sort(listed)
	slices.Sort(have)
	if have = slices.Compact(have); !slices.Equal(listed, have) {
		t.Errorf("provisions listed %v, in the snapshot %v", listed, have)
	}
	fifteen := []string{"Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7", "Y8", "Y9", "Y10", "Y11", "Y12", "Y13", "Y14", "Y15"}
	if systems = slices.Compact(systems); !slices.Equal(systems, fifteen) {
		t.Errorf("systems %v, want %v", systems, fifteen)
	}
}

func TestStoriesAreToldInFull(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range demo.Stories() {
		if seen[s.ID] || s.Requirement == "" || s.Title == "" || s.Tells == "" {
			t.Errorf("%s: told twice, or not in full", s.ID)
		}
		seen[s.ID] = true
	}
}
