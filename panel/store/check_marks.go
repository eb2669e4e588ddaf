package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"example.org/backontrack/panel/audit"
)

// lastMark is a column: the hash that the row's last mark has.
func lastMark(table string) string {
	return "(SELECT m.hash FROM " + marksTable + " m WHERE m.tbl = '" + table + "' AND m.id = r.id ORDER BY m.seq DESC LIMIT 1)"
}

// unlikeMark compares a row with its last mark, and says what is wrong, if anything is.
func unlikeMark(table, id string, hash [32]byte, last []byte) []string {
	switch {
	case last == nil:
		return []string{fmt.Sprintf("%s %s: the journal knows of no such record", table, id)}
	case string(last) == string(gone[:]):
		return []string{fmt.Sprintf("%s %s: it is there, and the journal says that it was taken away", table, id)}
	case string(last) != string(hash[:]):
		return []string{fmt.Sprintf("%s %s: it is not what the journal says was written", table, id)}
	}
	return nil
}

// unmarked finds evidence and contents of documents that are not what was written. Whether
// evidence is what its digest says is found elsewhere.
func (s *DB) unmarked(ctx context.Context, from asker) ([]string, error) {
	found, err := unlikeMarks(ctx, from, evidenceTable, "NULL", func(id string, _ []byte) (hash [32]byte) {
		b, err := hex.DecodeString(strings.TrimPrefix(id, "sha256:"))
		if err == nil {
			copy(hash[:], b)
		}
		return hash
	})
	if err != nil {
		return nil, err
	}
	more, err := unlikeMarks(ctx, from, contentsTable, "r.bytes", func(_ string, b []byte) [32]byte { return sha256.Sum256(b) })
	return append(found, more...), err
}

func unlikeMarks(ctx context.Context, from asker, table, bytes string, hash func(string, []byte) [32]byte) ([]string, error) {
	rows, err := from.QueryContext(ctx, "SELECT r.id, "+bytes+", "+lastMark(table)+" FROM "+table+" r ORDER BY r.id") // of constants
	if err != nil {
		return nil, err
	}
	defer done(rows)
	var found []string
	for rows.Next() {
		var id string
		var b, last sql.RawBytes
		if err := rows.Scan(&id, &b, &last); err != nil {
			return nil, err
		}
		found = append(found, unlikeMark(table, id, hash(id, b), last)...)
	}
	return found, rows.Err()
}

// missing finds what was written, was not taken away, and is not there.
func (s *DB) missing(ctx context.Context, from asker) ([]string, error) {
	var found []string
	tables := []string{evidenceTable, contentsTable}
	for _, k := range kinds {
		tables = append(tables, k.name())
	}
	for _, table := range tables {
		ids, err := column(ctx, from, `SELECT m.id FROM `+marksTable+` m WHERE m.tbl = '`+table+`'
			AND NOT EXISTS (SELECT 1 FROM `+table+` r WHERE r.id = m.id)
			AND NOT EXISTS (SELECT 1 FROM `+marksTable+` n WHERE n.tbl = m.tbl AND n.id = m.id AND n.seq > m.seq)
			AND m.hash <> `+s.dialect.gone+` ORDER BY m.id`)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			found = append(found, fmt.Sprintf("%s %s: it is missing, and the journal says that it was written", table, id))
		}
	}
	return found, nil
}

// misnamed compares the marks of every entry of the journal with what the entry says of
// them, and a span of entries at a time: a transaction of PostgreSQL can't read two lists at once.
func (s *DB) misnamed(ctx context.Context, from asker) ([]string, error) {
	var found []string
	var after int64
	for {
		span, err := readNamed(ctx, from, after)
		if err != nil {
			return nil, err
		}
		until := int64(1<<63 - 1) // what comes after the last entry as well
		if len(span) == chunk {
			until = span[len(span)-1].seq
		}
		lines, err := unlikeNamed(ctx, from, span, after, until)
		if err != nil {
			return nil, err
		}
		found = append(found, lines...)
		if len(span) < chunk {
			return found, nil
		}
		after = until
	}
}

// A named is what an entry of the journal says of its marks.
type named struct {
	seq     int64
	written string
}

func readNamed(ctx context.Context, from asker, after int64) (span []named, err error) {
	rows, err := from.QueryContext(ctx, "SELECT seq, CAST(body AS text) FROM "+journalTable+" WHERE seq > $1 ORDER BY seq LIMIT $2", after, chunk)
	if err != nil {
		return nil, err
	}
	defer done(rows)
	for rows.Next() {
		n := named{}
		var body string
		if err := rows.Scan(&n.seq, &body); err != nil {
			return nil, err
		}
		var b struct{ Detail []audit.Pair }
		if json.Unmarshal([]byte(body), &b) == nil { // the chain's check says what can't be read
			n.written = writtenIn(b.Detail)
		}
		span = append(span, n)
	}
	return span, rows.Err()
}

// unlikeNamed adds up the marks after one entry and until another.
func unlikeNamed(ctx context.Context, from asker, span []named, after, until int64) ([]string, error) {
	rows, err := from.QueryContext(ctx, "SELECT seq, tbl, id, hash FROM "+marksTable+" WHERE seq > $1 AND seq <= $2 ORDER BY seq, tbl, id", after, until)
	if err != nil {
		return nil, err
	}
	defer done(rows)
	var found []string
	var w writtenHash
	next, of := 0, after
	// settle is called when all marks of an entry are added.
	settle := func() {
		for ; next < len(span) && span[next].seq < of; next++ {
			if span[next].written != "" {
				found = append(found, unlikeWords(span[next].seq))
			}
		}
		switch {
		case next < len(span) && span[next].seq == of:
			if span[next].written != w.sum() {
				found = append(found, unlikeWords(of))
			}
			next++
		case w.count > 0:
			found = append(found, fmt.Sprintf("marks of entry %d: the journal has no such entry", of))
		}
		w = writtenHash{marks: w.marks[:0]}
	}
	for rows.Next() {
		var seq int64
		var m mark
		var hash sql.RawBytes
		if err := rows.Scan(&seq, &m.table, &m.id, &hash); err != nil {
			return nil, err
		}
		if seq != of {
			settle()
			of = seq
		}
		w.add(m, hash)
	}
	settle()
	of = until
	settle()
	return slices.Compact(found), rows.Err()
}

func unlikeWords(seq int64) string {
	return fmt.Sprintf("journal %d: the rows that it wrote are not those of its marks", seq)
}
