package form_test

import (
	"strings"
	"testing"

	"example.org/backontrack/panel/form"
	"golang.org/x/text/unicode/norm"
)

func TestD1_namesAsTheyAre(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"O'Neil", "O’Neil", "ONeil", "O``Neil", "Łukasz", "李小龙", "محمد", "Nguyễn Thị Hồng", "Björk Guðmundsdóttir", "Seán Ó Briain",
		"D'Arcy-Smythe Jr.", "José", "Jose\u0301", "Suharto", "X", "Ng", "María José", "Gal·la", "किरण", "ʻOkina", "St. John",
		"Аnn", strings.Repeat("a", 200), strings.Repeat("李", 200), strings.Repeat("e\u0301", 200),
	} {
		if err := form.CheckName(name); err != nil {
			t.Errorf("%+q: %v", name, err)
		}
	}
}

func TestD1_namesThatAreNone(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		{"", "blank"},
		{"   ", "blank"},
		{"\u200b\u200b", "hidden"},
		{"\u3164", "hidden"},
		{"\u2800", "hidden"},
		{"Ann\u200b", "hidden"},
		{"Ann\u00ad", "hidden"},
		{"An\u034fn", "hidden"},
		{"Ann\ufe0f", "hidden"},
		{"\ufeffAnn", "hidden"},
		{"\u202Ecod.exe", "hidden"},
		{"\u2066Ann\u2069", "hidden"},
		{"A\x00B", "control"},
		{"Ann\tLee", "control"},
		{"Ann\nLee", "control"},
		{"A\xff\xfe", "encoding"},
		{"A\ufffd", "encoding"}, // what a decoder makes of it
		{strings.Repeat("a", 201), "too_long"},
		{"Z" + strings.Repeat("\u0301", 5), "marks"},
		{"Z" + strings.Repeat("\u0301", 150), "marks"},
		{"\u0301a", "marks"},
		{"Ann \u0301", "marks"},
		{"<script>alert(1)</script>", "name_characters"},
		{"' OR '1'='1", "name_characters"},
		{"{{.}}", "name_characters"},
		{"=SUM", "name_characters"},
		{"Ann2", "name_characters"},
		{"Ann 👍", "name_characters"},
		{"-.'", "blank"},
		{" Ann", "spaces"},
		{"Ann ", "spaces"},
		{"Ann  Lee", "spaces"},
		{"Ann\u00a0Lee", "name_characters"},
	}
	for _, test := range tests {
		if got := code(form.CheckName(test.in)); got != test.want {
			t.Errorf("%+q: %q, want %q", test.in, got, test.want)
		}
	}
}

func TestMatchKey_same(t *testing.T) {
	t.Parallel()
	for _, same := range [][]string{
		{"José", "Jose\u0301", "JOSÉ", "jose", "Jose"},
		{"O'Neil", "O’Neil", "ONeil", "O``Neil", "O'NEIL", "O Neil", "o-neil", "O‘Neil"},
		{"Ann", "Ann\u200b", "ANN", " Ann "},
		{"Łukasz", "Lukasz"},
		{"Guðmundsdóttir", "gudmundsdottir"},
		{"Straße", "STRASSE"},
		{"Nguyễn Thị Hồng", "NGUYEN THI HONG"},
		{"محمد", "مُحَمَّد"},
		{"Ａｎｎ", "Ann"},
	} {
		for _, name := range same[1:] {
			if got, want := form.MatchKey(name), form.MatchKey(same[0]); got != want || got == "" {
				t.Errorf("%+q has the key %q, and %+q has %q", name, got, same[0], want)
			}
		}
	}
	if form.MatchKey("Ann", "Lee") != form.MatchKey("Ann Lee") || form.MatchKey("", "Suharto") != form.MatchKey("Suharto") {
		t.Error("where a name's parts end changes its key")
	}
}

func TestMatchKey_differs(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{{"Ann", "Anna"}, {"Ann", "Аnn"}, {"李小龙", "李小"}, {"Ng", "N"}, {"किरण", "करण"}} {
		if form.MatchKey(pair[0]) == form.MatchKey(pair[1]) {
			t.Errorf("%+q and %+q have one key", pair[0], pair[1])
		}
	}
}

func TestLooksLike_otherScripts(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{{"Аnn", "Ann"}, {"Νina", "Nina"}, {"ΑΝΝ", "ANN"}, {"Саrоl", "Carol"}, {"Ann", "ANN"}} {
		if form.LooksLike(pair[0]) != form.LooksLike(pair[1]) {
			t.Errorf("%+q does not look like %+q", pair[0], pair[1])
		}
	}
	for _, pair := range [][2]string{{"Иван", "Ivan"}, {"Ann", "Amy"}} {
		if form.LooksLike(pair[0]) == form.LooksLike(pair[1]) {
			t.Errorf("%+q looks like %+q", pair[0], pair[1])
		}
	}
}

func FuzzMatchKey(f *testing.F) {
	for _, s := range []string{"", "José", "Jose\u0301", "O'Neil", "Łukasz", "李小龙", "محمد", "ﷺ", "İ", "ﬃ", "각", "ǅ", "𝔄", "A\xff", "ΰ", "ᾈ", "Ⅷ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for name, key := range map[string]func(...string) string{"MatchKey": form.MatchKey, "LooksLike": form.LooksLike} {
			k := key(s)
			if again := key(k); again != k {
				t.Errorf("%s(%+q) = %+q, and of that %+q", name, s, k, again)
			}
			if nfd := key(norm.NFD.String(s)); nfd != k {
				t.Errorf("%s(%+q) = %+q, and taken apart %+q", name, s, k, nfd)
			}
			if n := len([]rune(k)); n > 200 {
				t.Errorf("%s(%+q) has %d characters", name, s, n)
			}
		}
		if form.CheckName(s) == nil && form.MatchKey(s) == "" {
			t.Errorf("the name %+q has no key", s)
		}
	})
}
