package audit

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
)

// maxLine is longer than the longest line of an entry that passes Check.
const maxLine = 2 << 20

// ErrMalformed is what [Read] and any other source of entries says of a row that
// cannot be one: [Verify] takes it for a fault of the journal, and every other error
// for one of the machine.
var ErrMalformed = errors.New("not an entry of a journal")

// Line is e as a line of an export, with the newline: JSON in which nothing is left
// open, neither the order of the keys nor spaces. It fails for an entry that does not
// pass [Entry.Check] or has no number.
func Line(e Entry) ([]byte, error) {
	if err := e.Check(); err != nil {
		return nil, fmt.Errorf("entry %d: %w", e.Seq, err)
	}
	if e.Seq < 1 || e.Seq > maxNumber {
		return nil, fmt.Errorf("entry %d: %w", e.Seq, Invalid{"/seq", "range", fmt.Sprintf("1 to %d", int64(maxNumber))})
	}
	return appendLine(nil, e), nil
}

// Write writes entries as lines. It checks no chain: a journal with a fault can be
// exported for those who have to look into it.
func Write(w io.Writer, entries iter.Seq2[Entry, error]) error {
	buffered := bufio.NewWriter(w)
	for e, err := range entries {
		if err != nil {
			return err
		}
		line, err := Line(e)
		if err != nil {
			return err
		}
		if _, err := buffered.Write(line); err != nil {
			return err
		}
	}
	return buffered.Flush()
}

// Read reads the lines of an export, one at a time. Each has to be, byte for byte, as
// [Line] would write it; so no key is unknown, missing, twice or elsewhere. At the
// first that is not, or where reading fails, the sequence ends with an error, which is
// ErrMalformed or that of r.
func Read(r io.Reader) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		lines := bufio.NewScanner(r)
		lines.Buffer(make([]byte, 0, 64<<10), maxLine)
		lines.Split(wholeLines)
		number := 0
		for lines.Scan() {
			number++
			e, ok := parseLine(lines.Text())
			if !ok {
				yield(Entry{}, fmt.Errorf("line %d: %w", number, ErrMalformed))
				return
			}
			if !yield(e, nil) {
				return
			}
		}
		err := lines.Err()
		if errors.Is(err, bufio.ErrTooLong) {
			err = ErrMalformed
		}
		if err != nil {
			yield(Entry{}, fmt.Errorf("line %d: %w", number+1, err))
		}
	}
}

// wholeLines splits after each newline and keeps it. A line that was never ended was
// never wholly written.
func wholeLines(text []byte, atEnd bool) (advance int, line []byte, err error) {
	if i := bytes.IndexByte(text, '\n'); i >= 0 {
		return i + 1, text[:i+1], nil
	}
	if atEnd && len(text) > 0 {
		return 0, nil, ErrMalformed
	}
	return 0, nil, nil
}

// appendLine quotes without escaping, as no letter of an id or a code needs it.
func appendLine(b []byte, e Entry) []byte {
	b = strconv.AppendUint(append(b, `{"v":1,"seq":`...), e.Seq, 10)
	b = strconv.AppendInt(append(b, `,"at":`...), e.At, 10)
	b = appendMember(b, "actor", e.Actor)
	b = appendMember(b, "verb", e.Verb)
	b = appendMember(b, "noun", e.Noun)
	b = appendMember(b, "subject", e.Subject)
	b = appendMembers(b, "pupils", e.Pupils)
	b = appendMember(b, "request", e.Request)
	b = appendMember(b, "purpose", e.Purpose)
	b = appendMembers(b, "classes", e.Classes)
	b = strconv.AppendInt(append(b, `,"count":`...), int64(e.Count), 10)
	b = appendMember(b, "outcome", e.Outcome)
	b = append(b, `,"detail":[`...)
	for i, p := range e.Detail {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendQuoted(append(b, '['), p.Key), ',')
		b = append(appendQuoted(b, p.Value), ']')
	}
	b = hex.AppendEncode(append(b, `],"prev":"`...), e.Prev[:])
	b = hex.AppendEncode(append(b, `","hash":"`...), e.Hash[:])
	return append(b, "\"}\n"...)
}

func appendMember(b []byte, key, text string) []byte {
	return appendQuoted(append(appendQuoted(append(b, ','), key), ':'), text)
}

func appendMembers(b []byte, key string, texts []string) []byte {
	b = append(appendQuoted(append(b, ','), key), ":["...)
	for i, text := range texts {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendQuoted(b, text)
	}
	return append(b, ']')
}

func appendQuoted(b []byte, text string) []byte {
	return append(append(append(b, '"'), text...), '"')
}

func parseLine(line string) (Entry, bool) {
	p := &parser{rest: line, ok: true}
	e := Entry{
		Seq:     p.literal(`{"v":1,"seq":`).number(),
		At:      int64(p.literal(`,"at":`).number()),
		Actor:   p.literal(`,"actor":`).text(),
		Verb:    p.literal(`,"verb":`).text(),
		Noun:    p.literal(`,"noun":`).text(),
		Subject: p.literal(`,"subject":`).text(),
		Pupils:  p.literal(`,"pupils":[`).texts(),
		Request: p.literal(`,"request":`).text(),
		Purpose: p.literal(`,"purpose":`).text(),
		Classes: p.literal(`,"classes":[`).texts(),
		Count:   int(p.literal(`,"count":`).numberTo(MaxCount)),
		Outcome: p.literal(`,"outcome":`).text(),
		Detail:  p.literal(`,"detail":[`).pairs(),
		Prev:    p.literal(`,"prev":"`).hash(),
		Hash:    p.literal(`","hash":"`).hash(),
	}
	p.literal("\"}\n")
	return e, p.ok && p.rest == "" && e.Seq >= 1 && e.Check() == nil
}

// A parser takes one thing after the other off the front. Once one is not there, ok
// is false and nothing else counts.
type parser struct {
	rest string
	ok   bool
}

func (p *parser) literal(want string) *parser {
	p.ok = p.ok && p.take(want)
	return p
}

func (p *parser) take(prefix string) bool {
	rest, found := strings.CutPrefix(p.rest, prefix)
	p.rest = rest
	return found
}

// text leaves it to Check to refuse what would have been escaped.
func (p *parser) text() string {
	if !p.literal(`"`).ok {
		return ""
	}
	text, rest, found := strings.Cut(p.rest, `"`)
	p.rest, p.ok = rest, found
	return text
}

func (p *parser) texts() []string {
	if p.take("]") {
		return nil
	}
	list := make([]string, 0, 4)
	for p.ok && len(list) <= MaxPupils {
		list = append(list, p.text())
		if p.take("]") {
			return list
		}
		p.literal(",")
	}
	p.ok = false
	return nil
}

func (p *parser) pairs() []Pair {
	if p.take("]") {
		return nil
	}
	list := make([]Pair, 0, 4)
	for p.ok && len(list) <= MaxDetail {
		list = append(list, Pair{Key: p.literal("[").text(), Value: p.literal(",").text()})
		if p.literal("]").take("]") {
			return list
		}
		p.literal(",")
	}
	p.ok = false
	return nil
}

func (p *parser) number() uint64 {
	return p.numberTo(maxNumber)
}

// numberTo takes digits, of which only a lone one may be 0 at the front.
func (p *parser) numberTo(most uint64) uint64 {
	end := 0
	for end < len(p.rest) && p.rest[end] >= '0' && p.rest[end] <= '9' {
		end++
	}
	n, err := strconv.ParseUint(p.rest[:end], 10, 64)
	p.ok = p.ok && err == nil && n <= most && (p.rest[0] != '0' || end == 1)
	p.rest = p.rest[end:]
	return n
}

func (p *parser) hash() [32]byte {
	var h [32]byte
	if !p.ok || len(p.rest) < 64 || strings.ContainsAny(p.rest[:64], "ABCDEF") {
		p.ok = false
		return h
	}
	_, err := hex.Decode(h[:], []byte(p.rest[:64]))
	p.rest, p.ok = p.rest[64:], err == nil
	return h
}
