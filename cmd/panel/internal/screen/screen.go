// Package screen lays out text for a person at a terminal, or for a file that
// one reads later: lines, wrapped paragraphs, tables and bars. Styles are given
// beside the text, never inside it, so that no control character of an input
// reaches the terminal; and whatever a style says, the words say too.
package screen

import (
	"bufio"
	"io"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/term"
)

// Widest is the most columns that are used, and the number where there is no terminal.
const (
	Widest    = 100
	narrowest = 60
)

// A Style is how a piece of text looks where there are colours.
type Style uint8

// The styles.
const (
	Plain Style = iota
	Bold
	Dim
	Good
	Warn
	Bad
	Accent
)

// codes are the terminal's, by style.
var codes = [...]string{Plain: "", Bold: "1", Dim: "2", Good: "32", Warn: "33", Bad: "31", Accent: "36"}

// A Span is a piece of text in one style.
type Span struct {
	Text  string
	Style Style
}

// Text is a piece without a style, and In one with.
func Text(s string) Span { return Span{Text: s} }

// In is a piece of text in a style.
func In(style Style, s string) Span { return Span{Text: s, Style: style} }

// A Screen writes laid-out text. Its errors are kept until Flush.
type Screen struct {
	w      *bufio.Writer
	width  int
	colour bool
}

// New returns a screen on w: with colours when w is a terminal that has them and
// nobody asked for none.
func New(w io.Writer) *Screen {
	s := &Screen{w: bufio.NewWriter(w), width: Widest}
	if f, ok := w.(*os.File); ok && IsTerminal(w) {
		if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
			s.width = min(max(width, narrowest), Widest)
		}
		s.colour = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	}
	return s
}

// IsTerminal tells whether w is one.
func IsTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// Width is the number of columns.
func (s *Screen) Width() int { return s.width }

// Flush writes out what is left and returns the first error.
func (s *Screen) Flush() error { return s.w.Flush() }

// Blank writes an empty line.
func (s *Screen) Blank() { s.Line(0) }

// Rule writes a line across the screen.
func (s *Screen) Rule() { s.Line(0, In(Dim, strings.Repeat("─", s.width))) }

// Line writes one line as it is, indented.
func (s *Screen) Line(indent int, spans ...Span) {
	var b strings.Builder
	b.WriteString(strings.Repeat(" ", indent))
	for _, span := range spans {
		s.paint(&b, Span{Clean(span.Text), span.Style})
	}
	_, _ = s.w.WriteString(strings.TrimRight(b.String(), " ") + "\n") // the error is sticky: Flush returns it
}

func (s *Screen) paint(b *strings.Builder, span Span) {
	if !s.colour || span.Style == Plain || strings.TrimSpace(span.Text) == "" {
		b.WriteString(span.Text)
		return
	}
	b.WriteString("\x1b[" + codes[span.Style] + "m" + span.Text + "\x1b[0m")
}

// Para writes spans as running text, wrapped, each line after the first indented by hang more.
func (s *Screen) Para(indent, hang int, spans ...Span) {
	for i, line := range wrap(spans, s.width-indent, s.width-indent-hang) {
		if i > 0 {
			line = append([]Span{Text(strings.Repeat(" ", hang))}, line...)
		}
		s.Line(indent, line...)
	}
}

// wrap breaks spans at spaces into lines of at most first, then rest columns. A
// word that is longer than a line is broken too.
func wrap(spans []Span, first, rest int) [][]Span {
	var lines [][]Span
	var line []Span
	used, room, gap := 0, first, false
	for _, word := range words(spans, min(first, rest)) {
		if word.Text == " " {
			gap = used > 0
			continue
		}
		n := columns(word.Text)
		if gap && used+1+n > room || !gap && used > 0 && used+n > room {
			lines = append(lines, line)
			line, used, room, gap = nil, 0, rest, false
		}
		if gap {
			word.Text, n = " "+word.Text, n+1
		}
		line, used, gap = extend(line, word), used+n, false
	}
	return append(lines, line)
}

// extend adds a word to a line, to its last span where the style is the same.
func extend(line []Span, word Span) []Span {
	if last := len(line) - 1; last >= 0 && line[last].Style == word.Style {
		line[last].Text += word.Text
		return line
	}
	return append(line, word)
}

// words cuts spans at spaces, and words after the longest that fits; a space is
// a word of its own.
func words(spans []Span, longest int) []Span {
	var out []Span
	for _, span := range spans {
		for i, word := range strings.Split(Clean(span.Text), " ") {
			if i > 0 {
				out = append(out, Text(" "))
			}
			letters := []rune(word)
			for len(letters) > longest {
				out = append(out, Span{string(letters[:longest]), span.Style})
				letters = letters[longest:]
			}
			if len(letters) > 0 {
				out = append(out, Span{string(letters), span.Style})
			}
		}
	}
	return out
}

// Clean replaces what a terminal might obey, or what would hide or reorder text,
// by a visible mark.
func Clean(s string) string {
	if strings.IndexFunc(s, hidden) < 0 && utf8.ValidString(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if hidden(r) {
			return '\uFFFD'
		}
		return r
	}, s)
}

func hidden(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029'
}

func columns(s string) int { return utf8.RuneCountInString(s) }
