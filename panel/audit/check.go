package audit

import (
	"errors"
	"fmt"
)

// The most that an entry may hold. Who touches more pupils at once writes several
// entries with one request id.
const (
	MaxCode    = 64
	MaxID      = 128
	MaxPupils  = 10_000
	MaxClasses = 100
	MaxDetail  = 100
	MaxCount   = 1_000_000_000
)

// maxNumber is the largest integer that every reader of JSON keeps exactly. As
// microseconds it is in the year 2255.
const maxNumber = 1<<53 - 1

// An Invalid is one thing wrong with an entry: where in its line of an export, a code,
// and what was expected there, never what was found.
type Invalid struct {
	Pointer  string
	Code     string // missing, letters, long, order, range or unknown
	Expected string
}

// Error says where and what.
func (i Invalid) Error() string {
	return i.Pointer + ": " + i.Code + ": expected " + i.Expected
}

// Check returns everything that is wrong with the content of e, each an [Invalid], or
// nil. What [Next] fills in is for [Verify].
func (e Entry) Check() error {
	var c checker
	c.within("/at", e.At, 1, maxNumber)
	c.required("/actor", e.Actor, id)
	c.required("/verb", e.Verb, code)
	c.required("/noun", e.Noun, code)
	c.optional("/subject", e.Subject, id)
	c.ascending("/pupils", e.Pupils, id, MaxPupils)
	c.optional("/request", e.Request, id)
	c.optional("/purpose", e.Purpose, code)
	c.ascending("/classes", e.Classes, code, MaxClasses)
	c.within("/count", int64(e.Count), 0, MaxCount)
	if e.Outcome != Done && e.Outcome != Denied && e.Outcome != Failed {
		c.add("/outcome", "unknown", "done, denied or failed")
	}
	c.detail(e.Detail)
	return errors.Join(c.found...)
}

// Foreign makes an id of text that comes from outside, such as a request id that a
// client chose: the text itself where it can stand in an entry, and "malformed" where
// not, whatever its length. Text that might be about a pupil does not belong here.
func Foreign(text string) string {
	if !id.fits(text) {
		return "malformed"
	}
	return text
}

// An alphabet is what a text may consist of. Neither has a space, a quote, a
// backslash or a control character: a text cannot end its line, nor pose as another,
// and a name with its space does not fit.
type alphabet struct {
	name    string
	letters [256]bool
	most    int
}

var (
	code = newAlphabet("a code", "abcdefghijklmnopqrstuvwxyz0123456789_.-", MaxCode)
	id   = newAlphabet("an id", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-:/+=", MaxID)
)

func newAlphabet(name, letters string, most int) *alphabet {
	a := &alphabet{name: fmt.Sprintf("%s: 1 to %d of %s", name, most, letters), most: most}
	for _, letter := range []byte(letters) {
		a.letters[letter] = true
	}
	return a
}

// fits tells whether text is a whole code or id; its pointer is only spelt out where not.
func (a *alphabet) fits(text string) bool {
	return text != "" && len(text) <= a.most && a.holds(text)
}

func (a *alphabet) holds(text string) bool {
	for i := range len(text) {
		if !a.letters[text[i]] {
			return false
		}
	}
	return true
}

// A checker collects what is wrong.
type checker struct {
	found []error
}

func (c *checker) add(pointer, code, expected string) {
	c.found = append(c.found, Invalid{Pointer: pointer, Code: code, Expected: expected})
}

func (c *checker) within(pointer string, n, least, most int64) {
	if n < least || n > most {
		c.add(pointer, "range", fmt.Sprintf("%d to %d", least, most))
	}
}

func (c *checker) required(pointer, text string, a *alphabet) {
	if text == "" {
		c.add(pointer, "missing", a.name)
	}
	c.optional(pointer, text, a)
}

func (c *checker) optional(pointer, text string, a *alphabet) {
	if len(text) > a.most {
		c.add(pointer, "long", a.name)
	} else if !a.holds(text) {
		c.add(pointer, "letters", a.name)
	}
}

// ascending wants a set in its one order, so that it has one encoding.
func (c *checker) ascending(pointer string, texts []string, a *alphabet, most int) {
	if len(texts) > most {
		c.add(pointer, "long", fmt.Sprintf("at most %d", most))
		return
	}
	for i, text := range texts {
		if !a.fits(text) {
			c.required(fmt.Sprintf("%s/%d", pointer, i), text, a)
		}
		if i > 0 && texts[i-1] >= text {
			c.add(fmt.Sprintf("%s/%d", pointer, i), "order", "ascending order, none twice")
		}
	}
}

func (c *checker) detail(pairs []Pair) {
	if len(pairs) > MaxDetail {
		c.add("/detail", "long", fmt.Sprintf("at most %d", MaxDetail))
		return
	}
	for i, p := range pairs {
		if !code.fits(p.Key) {
			c.required(fmt.Sprintf("/detail/%d/0", i), p.Key, code)
		}
		if !id.fits(p.Value) {
			c.required(fmt.Sprintf("/detail/%d/1", i), p.Value, id)
		}
		if i > 0 && pairs[i-1].Key >= p.Key {
			c.add(fmt.Sprintf("/detail/%d/0", i), "order", "ascending keys, none twice")
		}
	}
}
