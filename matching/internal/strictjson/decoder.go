// Package strictjson reads JSON into Go values as encoding/json does, but takes
// nothing for granted: a key that is not known, given twice or spelt in another
// case, a value of the wrong type, invalid UTF-8 and anything after the document
// are faults. It goes on after a fault, so that one reading finds them all, and
// says of each where it is, as an RFC 6901 pointer.
package strictjson

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxDepth bounds the nesting of a document; what is read here is a few levels deep.
const maxDepth = 32

// A Decoder reads one document. Types that need more than their Go type says
// have an [Unmarshaler].
type Decoder struct {
	dec    *json.Decoder
	path   []string
	report func(pointer, expected string)
	fields map[reflect.Type]map[string]int
}

// An Unmarshaler reads its own value, whose first token is given.
type Unmarshaler interface {
	UnmarshalStrict(d *Decoder, first json.Token) error
}

// A Defaulter sets what its fields are when the document leaves them out. It is
// called before the fields are read.
type Defaulter interface{ SetDefaults() }

// errStop ends a reading that can't go on: the text is not JSON.
var errStop = errors.New("not JSON")

// Decode reads the document in data into the value that v points to. Each fault
// is given to report, in the order of the document. It tells whether the document
// was read to its end, as an object: if not, v holds only a part of it.
func Decode(data []byte, v any, report func(pointer, expected string)) (whole bool) {
	if !utf8.Valid(data) || bytes.HasPrefix(data, []byte("\ufeff")) {
		report("", "text in UTF-8, without a byte order mark")
		return false
	}
	d := &Decoder{dec: json.NewDecoder(bytes.NewReader(data)), report: report, fields: map[reflect.Type]map[string]int{}}
	d.dec.UseNumber()
	first, err := d.Token()
	if err == nil {
		err = d.value(first, reflect.ValueOf(v).Elem())
	}
	d.path = nil
	if err != nil {
		line := 1 + bytes.Count(data[:min(d.dec.InputOffset(), int64(len(data)))], []byte("\n"))
		d.Fault(fmt.Sprintf("one JSON document; the text breaks off or is none near line %d", line))
		return false
	}
	if _, err := d.dec.Token(); !errors.Is(err, io.EOF) {
		d.Fault("nothing after the document")
	}
	return first == json.Delim('{')
}

// Fault reports what was expected at the value that is being read.
func (d *Decoder) Fault(expected string) {
	var b strings.Builder
	for _, step := range d.path {
		b.WriteByte('/')
		b.WriteString(Escape(step))
	}
	d.report(b.String(), expected)
}

// Escape writes a key as one step of a JSON pointer.
func Escape(step string) string {
	return strings.ReplaceAll(strings.ReplaceAll(step, "~", "~0"), "/", "~1")
}

// Token reads the next token. Use it in an Unmarshaler.
func (d *Decoder) Token() (json.Token, error) {
	token, err := d.dec.Token()
	if err != nil {
		return nil, errStop
	}
	return token, nil
}

// Value reads the value that begins with first into the value that v points to.
func (d *Decoder) Value(first json.Token, v any) error {
	return d.value(first, reflect.ValueOf(v).Elem())
}

// Skip passes over the value that begins with first.
func (d *Decoder) Skip(first json.Token) error {
	if _, nested := first.(json.Delim); !nested {
		return nil
	}
	for depth := 1; depth > 0; {
		token, err := d.Token()
		if err != nil {
			return err
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
	return nil
}

// wrong reports a value of another type than was expected, and passes over it.
func (d *Decoder) wrong(first json.Token, expected string) error {
	d.Fault(expected)
	return d.Skip(first)
}

func (d *Decoder) value(first json.Token, v reflect.Value) error {
	if len(d.path) > maxDepth {
		return d.wrong(first, fmt.Sprintf("at most %d levels", maxDepth))
	}
	if u, ok := reflect.TypeAssert[Unmarshaler](v.Addr()); ok {
		return u.UnmarshalStrict(d, first)
	}
	if u, ok := reflect.TypeAssert[encoding.TextUnmarshaler](v.Addr()); ok {
		return d.text(first, u)
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		return d.value(first, v.Elem())
	case reflect.Struct:
		return d.object(first, v)
	case reflect.Map:
		return d.table(first, v)
	case reflect.Slice:
		return d.list(first, v)
	}
	return d.scalar(first, v)
}

func (d *Decoder) text(first json.Token, u encoding.TextUnmarshaler) error {
	s, ok := first.(string)
	if !ok {
		s = ""
	}
	if err := u.UnmarshalText([]byte(s)); err != nil {
		return d.wrong(first, strings.TrimPrefix(err.Error(), "want "))
	}
	return nil
}

func (d *Decoder) scalar(first json.Token, v reflect.Value) error {
	switch token := first.(type) {
	case string:
		if v.Kind() == reflect.String {
			v.SetString(token)
			return nil
		}
	case bool:
		if v.Kind() == reflect.Bool {
			v.SetBool(token)
			return nil
		}
	case json.Number:
		if d.number(string(token), v) {
			return nil
		}
	}
	return d.wrong(first, kindName(v.Kind()))
}

// number sets v, and tells whether the number is of its kind.
func (d *Decoder) number(text string, v reflect.Value) bool {
	if v.CanInt() {
		n, err := strconv.ParseInt(text, 10, v.Type().Bits())
		if err == nil {
			v.SetInt(n)
		}
		return err == nil
	}
	if v.CanFloat() {
		f, err := strconv.ParseFloat(text, 64)
		if err == nil {
			v.SetFloat(f)
		}
		return err == nil
	}
	return false
}

func kindName(k reflect.Kind) string {
	switch k {
	case reflect.String:
		return "a string"
	case reflect.Bool:
		return "true or false"
	case reflect.Float64:
		return "a number"
	default:
		return "a whole number"
	}
}

func (d *Decoder) list(first json.Token, v reflect.Value) error {
	if first != json.Delim('[') {
		return d.wrong(first, "a list")
	}
	// A new slice, not v's own: a list that is given replaces the default.
	list := reflect.MakeSlice(v.Type(), 0, 0)
	for i := 0; ; i++ {
		token, err := d.Token()
		if err != nil {
			return err
		}
		if token == json.Delim(']') {
			v.Set(list)
			return nil
		}
		list = reflect.Append(list, reflect.Zero(v.Type().Elem()))
		if err := d.step(strconv.Itoa(i), token, list.Index(i)); err != nil {
			return err
		}
	}
}

// step reads a value one level down.
func (d *Decoder) step(name string, first json.Token, v reflect.Value) error {
	d.path = append(d.path, name)
	err := d.value(first, v)
	d.path = d.path[:len(d.path)-1]
	return err
}
