package strictjson

import "encoding/json"

// Any is a value of no known type, as encoding/json gives one with UseNumber; but
// keys given twice are faults.
type Any struct{ Value any }

// UnmarshalStrict reads the value.
func (a *Any) UnmarshalStrict(d *Decoder, first json.Token) error {
	var err error
	switch first {
	case json.Delim('{'):
		a.Value, err = d.anyObject()
	case json.Delim('['):
		a.Value, err = d.anyList(first)
	default:
		a.Value = first
	}
	return err
}

func (d *Decoder) anyObject() (map[string]any, error) {
	object := map[string]any{}
	err := d.Members(func(key string, first json.Token) error {
		var member Any
		err := d.Value(first, &member)
		object[key] = member.Value
		return err
	})
	return object, err
}

func (d *Decoder) anyList(first json.Token) ([]any, error) {
	var items []Any
	if err := d.Value(first, &items); err != nil {
		return nil, err
	}
	list := make([]any, len(items))
	for i := range items {
		list[i] = items[i].Value
	}
	return list, nil
}
