package matching

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// Why is what a contribution rests on: numbers, codes and ids by name, in the
// order in which they were noted. A nil Why takes notes and forgets them.
type Why struct{ notes []note }

type note struct {
	name   string
	number int
	codes  *[]string // nil: the note is a number
}

// Number notes a number.
func (w *Why) Number(name string, n int) {
	if w != nil {
		w.note(note{name: name, number: n})
	}
}

// note adds a note, in place of an earlier one of the same name.
func (w *Why) note(n note) {
	for i := range w.notes {
		if w.notes[i].name == n.name {
			w.notes[i] = n
			return
		}
	}
	w.notes = append(w.notes, n)
}

// Codes notes codes or ids. It copies them: so the list of a call on a nil Why needs
// no memory of its own.
func (w *Why) Codes(name string, codes ...string) {
	if w != nil {
		w.note(note{name: name, codes: new(append([]string{}, codes...))})
	}
}

// Lookup returns what was noted under a name.
func (w Why) Lookup(name string) (number int, codes []string, found bool) {
	for _, n := range w.notes {
		if n.name == name {
			if n.codes != nil {
				codes = *n.codes
			}
			return n.number, codes, true
		}
	}
	return 0, nil, false
}

// Names are the names of the notes, in order.
func (w Why) Names() []string {
	names := make([]string, len(w.notes))
	for i, n := range w.notes {
		names[i] = n.name
	}
	return names
}

// MarshalJSON writes an object: a number, or a list of strings, for each note.
func (w Why) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, n := range w.notes {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(n.name)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		if n.codes == nil {
			b.WriteString(strconv.Itoa(n.number))
			continue
		}
		list, err := json.Marshal(*n.codes)
		if err != nil {
			return nil, err
		}
		b.Write(list)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
