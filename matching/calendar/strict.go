package calendar

import (
	"encoding/json"
	"slices"

	"example.org/backontrack/matching/internal/strictjson"
)

// UnmarshalStrict reads a list of session names, each once, in any order.
func (set *Sessions) UnmarshalStrict(d *strictjson.Decoder, first json.Token) error {
	var names []Session
	if err := d.Value(first, &names); err != nil {
		return err
	}
	*set = Of(names...)
	sound := slices.DeleteFunc(names, func(s Session) bool { return s >= PerWeek })
	if set.Len() != len(sound) {
		d.Fault("each session once")
	}
	return nil
}
