// Package credential keeps passwords and the secrets of tokens so that whoever reads the
// database can't sign in with what stands there, and tells good passwords from bad ones.
package credential

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// How long a password may be, in characters. All of it counts: nothing is cut off.
const (
	LeastLength = 12
	MostLength  = 128
)

// A Weakness is why a password won't do.
type Weakness string

// The weaknesses.
const (
	Short   Weakness = "too_short"
	Long    Weakness = "too_long"
	Listed  Weakness = "common"
	Uniform Weakness = "uniform"
	Bytes   Weakness = "encoding"
	Named   Weakness = "name"
)

// Expected says what would do.
func (w Weakness) Expected() string {
	switch w {
	case Short:
		return "at least " + strconv.Itoa(LeastLength) + " characters"
	case Long:
		return "at most " + strconv.Itoa(MostLength) + " characters"
	case Listed:
		return "a password that is not a common one with digits or signs around it"
	case Uniform:
		return "at least five different characters"
	case Bytes:
		return "text in UTF-8"
	case Named:
		return "a password without the name to sign in with"
	}
	return ""
}

// worstList has words, in lower case, that people choose most often.
//
//go:embed worst.txt
var worstList string

var worst = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(worstList) {
		set[word] = true
	}
	return set
})

const (
	leastDifferent = 5 // characters in a password
	leastName      = 4 // from this length on a name may not be in the password
)

// Weaknesses are all the reasons why a password won't do for somebody who signs in with a
// name; none: it will. There is no rule about kinds of characters.
func Weaknesses(password, name string) []Weakness {
	if !utf8.ValidString(password) {
		return []Weakness{Bytes}
	}
	var found []Weakness
	switch n := utf8.RuneCountInString(password); {
	case n < LeastLength:
		found = append(found, Short)
	case n > MostLength:
		found = append(found, Long)
	}
	different := []rune(strings.ToLower(password))
	slices.Sort(different)
	if len(slices.Compact(different)) < leastDifferent {
		found = append(found, Uniform)
	}
	if common(password) {
		found = append(found, Listed)
	}
	if len(name) >= leastName && strings.Contains(strings.ToLower(password), strings.ToLower(name)) {
		found = append(found, Named)
	}
	return found
}

// common tells whether a password is one of the worst: in another case, with digits and
// signs around it, or said twice.
func common(password string) bool {
	plain := strings.ToLower(password)
	core := strings.TrimFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) })
	half := plain[:len(plain)/2]
	twice := half+half == plain
	return worst()[plain] || worst()[core] || twice && worst()[half]
}
