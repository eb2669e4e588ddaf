package strictjson

import (
	"encoding"
	"encoding/json"
	"reflect"
	"strings"
)

// object reads a JSON object into a struct by the names of its json tags.
func (d *Decoder) object(first json.Token, v reflect.Value) error {
	if first != json.Delim('{') {
		return d.wrong(first, "an object")
	}
	if def, ok := reflect.TypeAssert[Defaulter](v.Addr()); ok {
		def.SetDefaults()
	}
	fields := d.fieldsOf(v.Type())
	return d.Members(func(key string, value json.Token) error {
		i, known := fields[key]
		if !known {
			return d.wrong(value, "a known field")
		}
		return d.value(value, v.Field(i))
	})
}

// table reads a JSON object into a map; entries that the map has already stay
// unless the document names them.
func (d *Decoder) table(first json.Token, v reflect.Value) error {
	if first != json.Delim('{') {
		return d.wrong(first, "an object")
	}
	if v.IsNil() {
		v.Set(reflect.MakeMap(v.Type()))
	}
	return d.Members(func(key string, token json.Token) error {
		k := reflect.New(v.Type().Key()).Elem()
		if u, ok := reflect.TypeAssert[encoding.TextUnmarshaler](k.Addr()); ok {
			if err := u.UnmarshalText([]byte(key)); err != nil {
				return d.wrong(token, strings.TrimPrefix(err.Error(), "want "))
			}
		} else {
			k.SetString(key)
		}
		value := reflect.New(v.Type().Elem()).Elem()
		if err := d.value(token, value); err != nil {
			return err
		}
		v.SetMapIndex(k, value)
		return nil
	})
}

// Members reads the members of an object whose opening brace has been read,
// and calls read with each key, once, and the first token of its value.
func (d *Decoder) Members(read func(key string, value json.Token) error) error {
	seen := map[string]bool{}
	for {
		token, err := d.Token()
		if err != nil {
			return err
		}
		key, isKey := token.(string)
		if !isKey {
			return nil
		}
		value, err := d.Token()
		if err != nil {
			return err
		}
		d.path = append(d.path, key)
		if seen[key] {
			err = d.wrong(value, "each key once")
		} else {
			seen[key] = true
			err = read(key, value)
		}
		d.path = d.path[:len(d.path)-1]
		if err != nil {
			return err
		}
	}
}

// fieldsOf maps the names in the json tags of a struct to its fields.
func (d *Decoder) fieldsOf(t reflect.Type) map[string]int {
	if fields, ok := d.fields[t]; ok {
		return fields
	}
	fields := make(map[string]int, t.NumField())
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if name != "" && name != "-" {
			fields[name] = i
		}
	}
	d.fields[t] = fields
	return fields
}
