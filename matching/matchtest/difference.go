package matchtest

import (
	"cmp"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// difference is the first one between two values that are written as JSON: a pointer
// to it, and what stands there in both.
func difference(before, after string) (at, was, is string) {
	one, two := decoded(before), decoded(after)
	for {
		step, found := differentStep(one, two)
		if !found {
			return cmp.Or(at, "the top"), short(one), short(two)
		}
		at, one, two = at+"/"+step, member(one, step), member(two, step)
	}
}

// An absent is what stands where one of two values has nothing.
type absent struct{}

func decoded(encoded string) (v any) {
	d := json.NewDecoder(strings.NewReader(encoded))
	d.UseNumber()
	if d.Decode(&v) != nil {
		return encoded
	}
	return v
}

// differentStep is the first name or number under which two objects, or two lists, differ.
func differentStep(one, two any) (step string, found bool) {
	for _, step := range steps(one, two) {
		if !reflect.DeepEqual(member(one, step), member(two, step)) {
			return step, true
		}
	}
	return "", false
}

// steps are the members of two objects or two lists; none where they are not of a kind.
func steps(one, two any) []string {
	var names []string
	switch one := one.(type) {
	case map[string]any:
		if two, ok := two.(map[string]any); ok {
			names = slices.Concat(slices.Collect(maps.Keys(one)), slices.Collect(maps.Keys(two)))
			slices.Sort(names)
		}
	case []any:
		if two, ok := two.([]any); ok {
			for i := range max(len(one), len(two)) {
				names = append(names, strconv.Itoa(i))
			}
		}
	}
	return slices.Compact(names)
}

func member(v any, step string) any {
	switch v := v.(type) {
	case map[string]any:
		if value, ok := v[step]; ok {
			return value
		}
	case []any:
		if i, err := strconv.Atoi(step); err == nil && i < len(v) {
			return v[i]
		}
	}
	return absent{}
}

const longestShown = 200

// short writes a value for a message.
func short(v any) string {
	if _, ok := v.(absent); ok {
		return "nothing"
	}
	said := []rune(text(v))
	if len(said) > longestShown {
		return string(said[:longestShown]) + "…"
	}
	return string(said)
}
