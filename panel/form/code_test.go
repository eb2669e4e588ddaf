package form_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.org/backontrack/panel/form"
	"github.com/google/go-cmp/cmp"
)

// shared is a file of the shared folder: that of BACKONTRACK_SHARED, or the one beside
// the module. Where there is none the test is skipped, and says so.
func shared(t *testing.T, name string) string {
	t.Helper()
	folder := os.Getenv("BACKONTRACK_SHARED")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "shared")
	}
	path := filepath.Join(folder, filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		t.Skipf("NOT CHECKED against %s: there is no shared folder at %s (set BACKONTRACK_SHARED)", name, folder)
	}
	return path
}

// extra are codes that a table leaves out.
var extra = map[string][]form.Code{"year_group": {{Code: "14", Label: "Year 14"}}}

func TestD1_codeListsAreThePublishedOnes(t *testing.T) {
	t.Parallel()
	folder := shared(t, "data/codelists")
	files, err := filepath.Glob(filepath.Join(folder, "*.csv"))
	if err != nil || len(files) < 20 {
		t.Fatalf("%d tables: %v", len(files), err)
	}
	for _, path := range files {
		list := strings.TrimSuffix(filepath.Base(path), ".csv")
		if diff := cmp.Diff(append(published(t, path), extra[list]...), form.Codes(list)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", list, diff)
		}
	}
}

// published are the rows of a table that have a code.
func published(t *testing.T, path string) []form.Code {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var codes []form.Code
	for _, row := range rows[1:] {
		if row[0] != "" {
			codes = append(codes, form.Code{Code: row[0], Label: row[1]})
		}
	}
	return codes
}

func TestD1_codeListsAreWellFormed(t *testing.T) {
	t.Parallel()
	used := map[string]bool{ // by themselves, or by the form
		"exclusion_reason": true, "attendance_code": true, "ap_setting_type": true, "gias_establishment_type_ap": true,
	}
	for _, f := range every() {
		used[f.Codes] = true
	}
	for _, list := range form.CodeLists() {
		codes := form.Codes(list)
		if len(codes) < 2 || !used[list] {
			t.Errorf("%s has %d codes, used %t", list, len(codes), used[list])
		}
		var seen []string
		for _, c := range codes {
			label, ok := form.LabelOf(list, c.Code)
			if c.Code == "" || label == "" || !ok || label != c.Label || slices.Contains(seen, c.Code) {
				t.Errorf("%s: code %q, label %q, found %t", list, c.Code, label, ok)
			}
			seen = append(seen, c.Code)
		}
	}
	if form.Codes("nothing") != nil {
		t.Error("there are codes of a list that there is not")
	}
	if _, ok := form.LabelOf("sex", "X"); ok {
		t.Error("sex has a code X")
	}
}

// Reasons of exclusions are in force by date: twelve, sixteen, then the wider set.
func TestD1_exclusionReasonsByDate(t *testing.T) {
	t.Parallel()
	tests := []struct {
		on   string
		n    int
		has  []string
		lack []string
	}{
		{"2019-10-01", 12, []string{"OT", "PP"}, []string{"OW", "VR"}},
		{"2020-08-31", 12, []string{"OT"}, []string{"MT"}},
		{"2020-09-01", 16, []string{"OW", "LG", "DS", "MT", "PH", "DA", "DB"}, []string{"OT", "VR"}},
		{"2026-08-31", 16, []string{"OW"}, []string{"VR"}},
		{"2026-09-01", 29, []string{"VR", "LD", "DA", "DB"}, []string{"OT"}},
	}
	for _, test := range tests {
		got := form.ExclusionReasons(day(test.on))
		if len(got) != test.n {
			t.Errorf("%s: %d reasons, want %d", test.on, len(got), test.n)
		}
		for _, c := range test.has {
			if !slices.Contains(got, c) {
				t.Errorf("%s: no %s", test.on, c)
			}
		}
		for _, c := range test.lack {
			if slices.Contains(got, c) {
				t.Errorf("%s: has %s", test.on, c)
			}
		}
	}
}

// The bands are those of the published tables: the scores on both sides of each border.
func TestD5_sdqBands(t *testing.T) {
	t.Parallel()
	tests := []struct {
		respondent, scale string
		score             int
		want              string
	}{
		{"teacher", "total", 0, "close_to_average"}, {"teacher", "total", 11, "close_to_average"}, {"teacher", "total", 12, "raised"},
		{"teacher", "total", 15, "raised"}, {"teacher", "total", 16, "high"}, {"teacher", "total", 18, "high"}, {"teacher", "total", 19, "very_high"}, {"teacher", "total", 40, "very_high"},
		{"teacher", "emotion", 3, "close_to_average"}, {"teacher", "emotion", 4, "raised"}, {"teacher", "emotion", 5, "high"}, {"teacher", "emotion", 6, "very_high"},
		{"teacher", "conduct", 2, "close_to_average"}, {"teacher", "conduct", 3, "raised"}, {"teacher", "conduct", 4, "high"}, {"teacher", "conduct", 5, "very_high"},
		{"teacher", "hyperactivity", 5, "close_to_average"}, {"teacher", "hyperactivity", 6, "raised"}, {"teacher", "hyperactivity", 7, "raised"}, {"teacher", "hyperactivity", 8, "high"}, {"teacher", "hyperactivity", 9, "very_high"},
		{"teacher", "peer", 2, "close_to_average"}, {"teacher", "peer", 3, "raised"}, {"teacher", "peer", 4, "raised"}, {"teacher", "peer", 5, "high"}, {"teacher", "peer", 6, "very_high"},
		{"teacher", "prosocial", 10, "close_to_average"}, {"teacher", "prosocial", 6, "close_to_average"}, {"teacher", "prosocial", 5, "lowered"}, {"teacher", "prosocial", 4, "low"}, {"teacher", "prosocial", 3, "very_low"},
		{"parent", "total", 13, "normal"}, {"parent", "total", 14, "borderline"}, {"parent", "total", 16, "borderline"}, {"parent", "total", 17, "abnormal"}, {"parent", "total", 40, "abnormal"},
		{"parent", "emotion", 3, ""}, {"self", "total", 3, ""}, {"teacher", "total", 41, ""}, {"teacher", "peer", 11, ""}, {"teacher", "peer", -1, ""}, {"teacher", "nothing", 1, ""},
	}
	for _, test := range tests {
		got, ok := form.SDQBand(test.respondent, test.scale, test.score)
		if got != test.want || ok != (test.want != "") {
			t.Errorf("%s %s %d: %q", test.respondent, test.scale, test.score, got)
		}
	}
}

func TestFindCodes(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		list, text string
		want       []string
	}{
		{"sex", "M", []string{"M"}},
		{"sex", "m", []string{"M"}},
		{"sex", "Male", []string{"M"}},
		{"year_group", "YEAR 9", []string{"9"}},
		{"year_group", "Year", nil},
		{"la_code", "dorset", []string{"835", "838"}},
		{"la_code", "838", []string{"838"}},
		{"no_list", "M", nil},
	} {
		if diff := cmp.Diff(test.want, form.FindCodes(test.list, test.text)); diff != "" {
			t.Errorf("%s, %s: (-want +got)\n%s", test.list, test.text, diff)
		}
	}
	for _, list := range form.CodeLists() {
		for _, c := range form.Codes(list) {
			if diff := cmp.Diff([]string{c.Code}, form.FindCodes(list, c.Code)); diff != "" {
				t.Errorf("%s: (-want +got)\n%s", list, diff)
			}
		}
	}
}

func TestCodedBy(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff([]string{"pupil.sex", "pupil.household.sex"}, form.CodedBy("sex")); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]string{"family.contacts.relationship"}, form.CodedBy("contact_relationship")); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
