package main

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode"

	"example.org/backontrack/matching/calendar"
)

// writeDomain writes a value of the domain as JSON: its members in the order of the type,
// under their names in snake_case. No list is null; a day or a time that is not there is.
func (p *program) writeDomain(value any) error {
	var b bytes.Buffer
	if err := domain(&b, reflect.ValueOf(value)); err != nil {
		return err
	}
	return p.writeJSON(json.RawMessage(b.Bytes()))
}

func domain(b *bytes.Buffer, v reflect.Value) error {
	switch value := v.Interface().(type) {
	case calendar.Date:
		if value == 0 {
			b.WriteString("null")
			return nil
		}
	case time.Time:
		if value.IsZero() {
			b.WriteString("null")
			return nil
		}
		return plain(b, value.UTC())
	}
	if _, text := reflect.TypeAssert[encoding.TextMarshaler](v); text {
		return plain(b, v.Interface())
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			return domain(b, v.Elem())
		}
		b.WriteString("null")
		return nil
	case reflect.Struct:
		return domainMembers(b, v)
	case reflect.Slice, reflect.Array:
		return domainList(b, v)
	case reflect.Bool, reflect.String, reflect.Int, reflect.Int64, reflect.Uint64, reflect.Float64:
		return plain(b, v.Interface())
	default:
		return fmt.Errorf("a value of kind %s has no form in JSON here", v.Kind())
	}
}

// domainList writes a list, or bytes in base64.
func domainList(b *bytes.Buffer, v reflect.Value) error {
	if v.Type().Elem().Kind() == reflect.Uint8 {
		raw := make([]byte, v.Len())
		reflect.Copy(reflect.ValueOf(raw), v)
		return plain(b, raw)
	}
	b.WriteByte('[')
	for i := range v.Len() {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := domain(b, v.Index(i)); err != nil {
			return err
		}
	}
	b.WriteByte(']')
	return nil
}

func domainMembers(b *bytes.Buffer, v reflect.Value) error {
	b.WriteByte('{')
	comma := ""
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if !field.IsExported() {
			continue
		}
		fmt.Fprintf(b, "%s%q:", comma, snake(field.Name))
		comma = ","
		if err := domain(b, v.Field(i)); err != nil {
			return err
		}
	}
	b.WriteByte('}')
	return nil
}

// plain writes what encoding/json writes.
func plain(b *bytes.Buffer, value any) error {
	text, err := encode(value, "")
	b.Write(text)
	return err
}

// snake is a Go name in snake_case: ReviewBy is review_by, and URNOf urn_of.
func snake(name string) string {
	var b strings.Builder
	letters := []rune(name)
	for i, r := range letters {
		if i > 0 && unicode.IsUpper(r) && (unicode.IsLower(letters[i-1]) || i+1 < len(letters) && unicode.IsLower(letters[i+1])) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
