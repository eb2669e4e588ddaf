package form

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	mostInName  = 200   // characters
	mostInText  = 200   // of one line
	mostInProse = 10000 // of paragraphs
	mostMarks   = 4     // combining marks on one letter: Vietnamese has two, stacked text has dozens
)

// CheckName checks a person's name. Names are as they are: letters of any script with
// their marks, and space, apostrophe, hyphen and full stop between them; one letter will
// do. What nobody can see, or what turns text around, is refused.
func CheckName(s string) error {
	if garbled(s) {
		return errGarbled
	}
	if strings.ContainsFunc(s, hidden) {
		return errHidden
	}
	if stacked(s) { // normal forms break up long stacks
		return errMarks
	}
	// A letter and its accent are one character.
	if err := checkLine(norm.NFC.String(s), mostInName); err != nil {
		return err
	}
	if stacked(norm.NFD.String(s)) {
		return errMarks
	}
	last := ' '
	for _, r := range s {
		switch {
		case unicode.IsMark(r):
			if !unicode.IsLetter(last) && !unicode.IsMark(last) {
				return errMarks
			}
		case !unicode.IsLetter(r) && !inName(r):
			return invalid("name_characters", "letters, spaces, apostrophes, hyphens and full stops")
		case r == ' ' && last == ' ':
			return errSpaces
		}
		last = r
	}
	if MatchKey(s) == "" { // signs that stand beside letters alone are no name
		return invalid("blank", "at least one letter")
	}
	if last == ' ' {
		return errSpaces
	}
	return nil
}

// stacked tells whether more marks than a script needs stand on one letter.
func stacked(s string) bool {
	marks := 0
	for _, r := range s {
		if marks++; !unicode.IsMark(r) {
			marks = 0
		}
		if marks > mostMarks {
			return true
		}
	}
	return false
}

// inName are what stands between the letters of names: the apostrophes that keyboards
// have, hyphens, the full stop, and the middle dot of Catalan.
func inName(r rune) bool {
	switch r {
	case ' ', '\'', '’', '‘', '`', '´', '-', '‐', '‑', '.', '·':
		return true
	}
	return false
}

// checkLine checks one line of text. Emoji and scripts that need joiners are welcome.
func checkLine(s string, most int) error {
	if garbled(s) {
		return errGarbled
	}
	for _, r := range s {
		if unicode.IsControl(r) {
			return invalid("control", "one line without control characters")
		}
		if hidden(r) && !joins(r) {
			return errHidden
		}
	}
	return checkSize(s, most)
}

var (
	errHidden  = invalid("hidden", "no characters that cannot be seen, and none that turn text around")
	errGarbled = invalid("encoding", "valid UTF-8, and no character that stands for a lost one")
	errMarks   = invalid("marks", "at most four marks, on a letter")
	errSpaces  = invalid("spaces", "no space in front or behind, and one between words")
)

// checkProse checks paragraphs: lines and tabs are welcome, and so are the joiners of
// emoji and of scripts that need them.
func checkProse(s string) error {
	if garbled(s) {
		return errGarbled
	}
	for _, r := range s {
		if unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' {
			return invalid("control", "text without control characters")
		}
		if turns(r) {
			return errHidden
		}
	}
	return checkSize(s, mostInProse)
}

func checkSize(s string, most int) error {
	if blank(s) {
		return invalid("blank", "something that can be seen")
	}
	if utf8.RuneCountInString(s) > most {
		if most == mostInProse {
			return invalid("too_long", "at most 10,000 characters")
		}
		return invalid("too_long", "at most 200 characters")
	}
	return nil
}

// joins tells whether a character joins letters or emoji, or chooses how one looks.
func joins(r rune) bool {
	return r == '\u200c' || r == '\u200d' || unicode.Is(unicode.Variation_Selector, r)
}

// garbled tells whether s is not valid UTF-8, or was not before a decoder put U+FFFD in
// the place of what it could not read.
func garbled(s string) bool { return strings.ContainsRune(s, utf8.RuneError) }

// blank tells whether nothing of s can be seen.
func blank(s string) bool {
	for _, r := range s {
		if !unicode.IsSpace(r) && !unicode.IsControl(r) && !hidden(r) && !unicode.IsMark(r) {
			return false
		}
	}
	return true
}

// hidden tells whether a character has no look of its own: format characters, and the
// fillers and the empty Braille cell, which Unicode counts as letters and symbols.
func hidden(r rune) bool {
	switch r {
	case '\u115f', '\u1160', '\u3164', '\uffa0', '\u2800', '\u034f', '\u2028', '\u2029':
		return true
	}
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Co, r) || unicode.Is(unicode.Variation_Selector, r)
}

// turns tells whether a character overrides the direction of text.
func turns(r rune) bool {
	return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}
