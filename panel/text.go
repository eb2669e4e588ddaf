package panel

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// How long a text is that a person gives. A reason shorter than that says nothing, and a
// longer one is a document.
const (
	LeastReason = 20   // visible characters
	MostText    = 4000 // characters
)

// checkReason reports what is wrong with a text that says why something was done.
func checkReason(pointer, text string) []Fault { return checkText(pointer, text, LeastReason) }

// checkText reports everything that is wrong with a text of people: too few visible
// characters, too many characters, or some that nobody means to type.
func checkText(pointer, text string, least int) []Fault {
	var faults []Fault
	fault := func(code, detail string) {
		faults = append(faults, Fault{Pointer: pointer, Code: code, Detail: detail})
	}
	if !utf8.ValidString(text) {
		fault("encoding", "text in UTF-8")
		return faults
	}
	if inked(text) < least {
		fault("too_short", "at least "+strconv.Itoa(least)+" visible characters")
	}
	if utf8.RuneCountInString(text) > MostText {
		fault("too_long", "at most "+strconv.Itoa(MostText)+" characters")
	}
	if strings.ContainsFunc(text, unwelcome) {
		fault("character", "no control characters, and none that turn the direction of writing")
	}
	return faults
}

// inked counts the characters that leave ink. Marks that sit on another character, and
// letters that look like a blank, do not.
func inked(text string) int {
	n := 0
	for _, r := range text {
		if unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S) && !blank(r) {
			n++
		}
	}
	return n
}

// blank are letters and symbols that show nothing: Hangul fillers and the empty Braille cell.
func blank(r rune) bool {
	switch r {
	case '\u115f', '\u1160', '\u3164', '\uffa0', '\u2800':
		return true
	}
	return false
}

// unwelcome are characters that have no place in a text: controls but for tab and new
// line, and what turns or hides the writing. Joiners stay, since words and emoji need them.
func unwelcome(r rune) bool {
	switch {
	case r == '\n' || r == '\t' || r == '\u200c' || r == '\u200d':
		return false
	case r == unicode.ReplacementChar:
		return true
	case r >= '\U000e0020' && r <= '\U000e007f': // tags, of which some flags are made
		return false
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp)
}
