package matching

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"

	"example.org/backontrack/matching/internal/strictjson"
)

// Read reads a snapshot from JSON and checks it. The error is a [Faults] that
// holds everything that is wrong: keys that are unknown, given twice or spelt in
// another case, wrong types, anything after the document, ids that are given
// twice or lead nowhere, bad dates, numbers out of range. An error of r itself
// comes as it is.
//
// Pass the extensions that [New] will be given, so that their codes are known.
// It holds the whole text in memory; time and memory grow with its length.
func Read(r io.Reader, extensions ...Extension) (*Snapshot, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("read snapshot: %w", err)
	}
	s := &Snapshot{}
	var faults Faults
	whole := strictjson.Decode(data, s, func(pointer, expected string) { faults.add(pointer, "%s", expected) })
	if !whole {
		return nil, faults // what is missing may be in the part that was not read
	}
	if s.Format == "" && !faulty(faults, "/format") {
		faults.add("/format", "%s", quoted(Format))
	}
	if err := s.check(faults, newExtensions(extensions)); err != nil {
		return nil, err
	}
	return s, nil
}

func quoted(s string) string { return fmt.Sprintf("%q", s) }

func faulty(faults Faults, pointer string) bool {
	for _, f := range faults {
		if f.Pointer == pointer {
			return true
		}
	}
	return false
}

// Encode writes the canonical JSON of a snapshot: entities in the order of their
// ids, sets in order, defaults, patterns and the policy written out, no white
// space. Two snapshots that differ only in order, or in whether a default is
// stated, have the same encoding, and Read gives back what was written. Encode a
// snapshot that has no faults; an error is w's, or of a number that JSON does not have.
func (s *Snapshot) Encode(w io.Writer) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s.canonical()); err != nil {
		return fmt.Errorf("encode snapshot: %w", err)
	}
	_, err := w.Write(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
	return err
}

// Hash identifies what a snapshot says: "sha256:" and the digest of its encoding.
func (s *Snapshot) Hash() (string, error) {
	digest := sha256.New()
	if err := s.Encode(digest); err != nil {
		return "", err
	}
	return "sha256:" + hex.EncodeToString(digest.Sum(nil)), nil
}
