package form

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// mostInKey bounds the length of a match key, in runes.
const mostInKey = 200

// MatchKey is a key by which names that may be the same person's are found: letter case,
// accents, apostrophes, hyphens, spaces and what cannot be seen do not count, nor does
// where one part of a name ends and the next begins. José in either normal form, and
// O'Neil, O’Neil and ONeil, have one key each. Equal keys are a reason to look, and never
// proof; a key is nothing to show.
func MatchKey(names ...string) string {
	return key(strings.Join(names, " "), plain)
}

// LooksLike is the match key with Cyrillic and Greek letters read as the Latin ones that
// they look like: an Ann whose first letter is Cyrillic has that of Ann. A name whose key
// differs from another's while this is the same may be there twice, and should be flagged.
func LooksLike(names ...string) string {
	return key(strings.Join(names, " "), func(r rune) string {
		if latin, ok := alike[r]; ok {
			r = latin
		}
		return plain(r)
	})
}

// key maps the letters and digits of s, taken apart, until nothing changes any more.
func key(s string, letter func(rune) string) string {
	s = strings.ToValidUTF8(s, "")
	for {
		var b strings.Builder
		n := 0
		for _, r := range norm.NFKD.String(s) {
			if part := letter(r); part != "" && n+utf8.RuneCountInString(part) <= mostInKey {
				b.WriteString(part)
				n += utf8.RuneCountInString(part)
			}
		}
		if b.String() == s {
			return s
		}
		s = b.String()
	}
}

// plain is a letter or digit in lower case, or nothing for what does not count. Marks of
// Latin, Greek, Cyrillic, Arabic and Hebrew do not; those of Indic scripts are vowels.
func plain(r rune) string {
	if hidden(r) {
		return ""
	}
	if s, ok := plainLetters[r]; ok {
		return s
	}
	switch {
	case unicode.IsMark(r) && !unicode.In(r, unicode.Inherited, unicode.Hebrew):
		return string(r)
	case unicode.IsLetter(r) && !unicode.Is(unicode.Lm, r), unicode.IsDigit(r):
		return string(unicode.ToLower(r))
	}
	return ""
}

// plainLetters are letters that do not come apart into a plain one and a mark.
var plainLetters = map[rune]string{
	'ß': "ss", 'ẞ': "ss", 'æ': "ae", 'Æ': "ae", 'œ': "oe", 'Œ': "oe", 'ø': "o", 'Ø': "o", 'ł': "l", 'Ł': "l",
	'đ': "d", 'Đ': "d", 'ð': "d", 'Ð': "d", 'þ': "th", 'Þ': "th", 'ħ': "h", 'Ħ': "h", 'ı': "i", 'ŋ': "n", 'Ŋ': "n", 'ς': "σ",
}

// alike are Cyrillic and Greek letters that look like a Latin one, by their own case.
var alike = map[rune]rune{
	'А': 'a', 'В': 'b', 'Е': 'e', 'І': 'i', 'Ј': 'j', 'К': 'k', 'М': 'm', 'Н': 'h', 'О': 'o', 'Р': 'p', 'С': 'c', 'Ѕ': 's', 'Т': 't', 'У': 'y', 'Х': 'x', 'Ԛ': 'q', 'Ԝ': 'w',
	'а': 'a', 'в': 'b', 'е': 'e', 'і': 'i', 'ј': 'j', 'к': 'k', 'м': 'm', 'н': 'h', 'о': 'o', 'р': 'p', 'с': 'c', 'ѕ': 's', 'т': 't', 'у': 'y', 'х': 'x', 'һ': 'h', 'ԛ': 'q', 'ԝ': 'w', 'ԁ': 'd',
	'Α': 'a', 'Β': 'b', 'Ε': 'e', 'Ζ': 'z', 'Η': 'h', 'Ι': 'i', 'Κ': 'k', 'Μ': 'm', 'Ν': 'n', 'Ο': 'o', 'Ρ': 'p', 'Τ': 't', 'Υ': 'y', 'Χ': 'x',
	'α': 'a', 'ε': 'e', 'ι': 'i', 'κ': 'k', 'ν': 'v', 'ο': 'o', 'ρ': 'p', 'τ': 't', 'υ': 'u', 'χ': 'x',
}
