package screen

import (
	"bytes"
	"strings"
	"testing"
)

func TestClean(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"plain":            "plain",
		"é – “ ”":          "é – “ ”",
		"a\x1b[31mb":       "a\uFFFD[31mb",
		"a\nb\r\tc\x7f":    "a\uFFFDb\uFFFD\uFFFDc\uFFFD",
		"\u202eback\u2066": "\uFFFDback\uFFFD",
		"c1\u009b":         "c1\uFFFD",
		"bad\xff":          "bad\uFFFD",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q): got %q, want %q", in, got, want)
		}
	}
}

func TestPara(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	s := New(&b)
	s.width = 20
	s.Para(2, 2, Text("one two three four five"), In(Bold, " six"), Text("."))
	s.Para(0, 0, Text(strings.Repeat("x", 45)))
	s.Para(0, 0)
	if err := s.Flush(); err != nil {
		t.Fatal(err)
	}
	want := "  one two three four\n    five six.\n" + strings.Repeat("x", 20) + "\n" + strings.Repeat("x", 20) + "\nxxxxx\n\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

func TestTable(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	s := New(&b)
	s.width = 30
	s.colour = true
	s.Table(2, []Column{{Head: "n", Right: true}, {Head: "name", Wide: true}, {Head: "total", Right: true}}, []Row{
		{Cells: []Span{Text("1"), In(Bold, "a name that is too long for its column"), Text("900")}, Notes: []Span{Text("a note")}},
		{Cells: []Span{Text("10"), Text("short"), Text("-5")}},
	})
	if err := s.Flush(); err != nil {
		t.Fatal(err)
	}
	want := "" +
		"   \x1b[2mn\x1b[0m  \x1b[2mname\x1b[0m               \x1b[2mtotal\x1b[0m\n" +
		"   1  \x1b[1ma name that is\x1b[0m       900\n" +
		"      \x1b[1mtoo long for its\x1b[0m\n" +
		"      \x1b[1mcolumn\x1b[0m\n" +
		"      a note\n" +
		"  10  short                 -5\n"
	got := b.String()
	if got = strings.ReplaceAll(got, " \n", "\n"); got != want {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

func TestBar(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		n, most, width int
		want           string
	}{
		{0, 100, 4, "|····"}, {100, 100, 4, "████|"}, {50, 100, 4, "██|··"}, {1, 1000, 4, "▏|···"},
		{60, 100, 4, "██▍|·"}, {500, 100, 4, "████|"}, {1, 0, 4, "|"}, {-5, 10, 2, "|··"},
	} {
		bar, rest := Bar(c.n, c.most, c.width)
		if got := bar + "|" + rest; got != c.want {
			t.Errorf("Bar(%d, %d, %d): got %s, want %s", c.n, c.most, c.width, got, c.want)
		}
	}
}
