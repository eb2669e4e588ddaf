package store

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"maps"
	"slices"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/audit"
)

// Whoever can write the database can drop the triggers, too. So each entry of the journal
// vouches for the rows that its transaction wrote: their marks are kept beside it, and a
// hash of them is in it, and so in its own hash and in every signed head after it.

const marksTable = "marks"

// writtenKey is what an entry calls the hash of its marks.
const writtenKey = "written"

const (
	rowTag   = "backontrack row 1\n"   // no other hash begins so
	marksTag = "backontrack marks 1\n" // nor so
)

// A mark says of which row the hash is.
type mark struct{ table, id string }

// gone is the hash of a row that is there no more.
var gone [32]byte

func (m mark) compare(other mark) int {
	return cmp.Or(cmp.Compare(m.table, other.table), cmp.Compare(m.id, other.id))
}

// mark notes that the transaction has written a row; what it wrote last counts.
func (t *tx) mark(table, id string, hash [32]byte) {
	if t.marks == nil {
		t.marks = map[mark][32]byte{}
	}
	t.marks[mark{table, id}] = hash
}

// rowHash is the hash of a noun's row.
func rowHash(table, id, body string) [32]byte {
	b := append(make([]byte, 0, len(rowTag)+len(table)+len(id)+len(body)+12), rowTag...)
	for _, text := range []string{table, id, body} {
		b = appendText(b, text)
	}
	return sha256.Sum256(b)
}

func appendText(b []byte, text string) []byte {
	return append(binary.BigEndian.AppendUint32(b, uint32(len(text))), text...)
}

// A writtenHash is the hash of one entry's marks, which are added in their order.
type writtenHash struct {
	marks []byte
	count int
}

func (w *writtenHash) add(m mark, hash []byte) {
	w.marks = append(appendText(appendText(w.marks, m.table), m.id), hash...)
	w.count++
}

// sum is the hash as an entry has it; "" of no marks.
func (w *writtenHash) sum() string {
	if w.count == 0 {
		return ""
	}
	h := sha256.New()
	h.Write([]byte(marksTag))
	h.Write(binary.BigEndian.AppendUint32(nil, uint32(w.count)))
	h.Write(w.marks)
	return hex.EncodeToString(h.Sum(nil))
}

// order is the order in which marks are hashed.
func (t *tx) order() []mark { return slices.SortedFunc(maps.Keys(t.marks), mark.compare) }

// nameMarks has the last entry of the transaction name what was written. Where nothing was
// noted, or the entry is full, an entry of the store's own does.
func (t *tx) nameMarks() {
	var w writtenHash
	for _, m := range t.order() {
		hash := t.marks[m]
		w.add(m, hash[:])
	}
	if w.count == 0 {
		return
	}
	last := len(t.entries) - 1
	if last < 0 || len(t.entries[last].Detail) >= audit.MaxDetail {
		t.entries = append(t.entries, audit.Entry{
			At: t.now.UnixMicro(), Actor: audit.System, Verb: string(panel.VerbRecord), Noun: string(panel.NounDatabase), Outcome: audit.Done,
		})
		last++
	}
	e := &t.entries[last]
	e.Detail = append(slices.Clone(e.Detail), audit.Pair{Key: writtenKey, Value: w.sum()})
	slices.SortStableFunc(e.Detail, func(a, b audit.Pair) int { return cmp.Compare(a.Key, b.Key) })
}

// writtenIn is what an entry says of its marks; "" where it has none.
func writtenIn(detail []audit.Pair) string {
	for _, p := range detail {
		if p.Key == writtenKey {
			return p.Value
		}
	}
	return ""
}

// writeMarks stores the marks under the entry that names them.
func (t *tx) writeMarks(seq uint64) error {
	const atOnce = 200
	for some := range slices.Chunk(t.order(), atOnce) {
		rows := make([]map[string]any, len(some))
		for i, m := range some {
			hash := t.marks[m]
			rows[i] = map[string]any{"seq": int64(seq), "tbl": m.table, "id": m.id, "hash": hash[:]}
		}
		if err := t.db.Table(marksTable).Create(rows).Error; err != nil {
			return t.latch(err)
		}
	}
	return nil
}
