// Package intake reads what an authority brings along: the national register's own
// extract, a gazetteer, its timetable, its school years, and referrals from a
// spreadsheet. It reads files and stores nothing. Whatever is wrong with a file is told
// at once, by line and column, and never repeats what stands there.
package intake

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// The most that a file may hold.
const (
	MostBytes   = 128 << 20 // the whole national register is half of that
	MostRows    = 250_000
	MostColumns = 4_000
	MostInCell  = 64 << 10 // bytes
	mostFaults  = 1_000    // whoever gets so many mends the first and comes back
)

// A Fault is one thing that is wrong with a file: where, and what was expected there.
type Fault struct {
	Line     int    // from 1, that of the row's first line; 0: the whole file
	Column   string // by a name of ours, or by its place; empty: the whole line
	Code     string
	Expected string
}

// Error says where and what.
func (f Fault) Error() string {
	var b strings.Builder
	if f.Line > 0 {
		fmt.Fprintf(&b, "line %d: ", f.Line)
	}
	if f.Column != "" {
		b.WriteString(f.Column + ": ")
	}
	return b.String() + "expected " + f.Expected
}

// Faults are all that is wrong with a file, in its order.
type Faults []Fault

// Error lists them, a line each.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, fault := range f {
		lines[i] = fault.Error()
	}
	return strings.Join(lines, "\n")
}

func (f *Faults) add(line int, column, code, expected string) {
	if len(*f) < mostFaults {
		*f = append(*f, Fault{line, column, code, expected})
	}
}

func (f Faults) err() error {
	if len(f) == 0 {
		return nil
	}
	return f
}

// A Table is a file of separated values, of which the first line names the columns.
type Table struct {
	Columns []string
	Rows    []Row
	at      map[string]int
}

// A Row is one line of a table, or several where a cell has line breaks.
type Row struct {
	Line  int
	Cells []string
}

// ReadTable reads a table: commas between the cells, quotes around those that need them,
// in UTF-8, with or without its mark, or in the code page of Windows in the west.
func ReadTable(r io.Reader) (*Table, error) {
	raw, err := io.ReadAll(io.LimitReader(r, MostBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	if len(raw) > MostBytes {
		return nil, Faults{{Code: "long", Expected: fmt.Sprintf("a file of at most %d MB", MostBytes>>20)}}
	}
	text, fault := decode(lineEnds(raw))
	if fault != nil {
		return nil, Faults{*fault}
	}
	t := &Table{at: map[string]int{}}
	var faults Faults
	t.read(text, &faults)
	if err := faults.err(); err != nil {
		return nil, err
	}
	return t, nil
}

// lineEnds has the line ends of today in a file whose lines end in carriage returns alone,
// as the “CSV (Macintosh)” of spreadsheets has them: the first end of a line says which.
func lineEnds(raw []byte) []byte {
	quoted := false
	for i, c := range raw {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\n', c == '\r' && i+1 < len(raw) && raw[i+1] == '\n':
			return raw
		case c == '\r':
			raw = bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n")) // within a cell
			return bytes.ReplaceAll(raw, []byte("\r"), []byte("\n"))
		}
	}
	return raw
}

// decode gives a file's text in UTF-8.
func decode(raw []byte) ([]byte, *Fault) {
	if bytes.HasPrefix(raw, []byte("\xff\xfe")) || bytes.HasPrefix(raw, []byte("\xfe\xff")) {
		return nil, &Fault{Code: "encoding", Expected: "a file in UTF-8: this one is in UTF-16 (save it as CSV UTF-8)"}
	}
	text := bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	if at := bytes.IndexByte(text, 0); at >= 0 {
		return nil, &Fault{Line: lineAt(text, at), Code: "encoding", Expected: "text"}
	}
	if utf8.Valid(text) {
		return text, nil
	}
	var b bytes.Buffer
	b.Grow(len(text) + len(text)/16)
	for at, c := range text {
		r := rune(c)
		if c >= 0x80 && c < 0xa0 {
			r = windows1252[c-0x80]
		}
		if r == 0 {
			return nil, &Fault{Line: lineAt(text, at), Code: "encoding", Expected: "text in UTF-8 or in Windows-1252"}
		}
		b.WriteRune(r)
	}
	return b.Bytes(), nil
}

func lineAt(text []byte, at int) int { return 1 + bytes.Count(text[:at], []byte("\n")) }

// windows1252 is where that code page differs from Latin-1; 0 is nothing.
var windows1252 = [32]rune{
	0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
	0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
}

func (t *Table) read(text []byte, faults *Faults) {
	r := csv.NewReader(bytes.NewReader(text))
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		line := 0
		if bad, is := errors.AsType[*csv.ParseError](err); is {
			line = bad.StartLine
			if !errors.Is(err, csv.ErrFieldCount) {
				faults.add(line, "", "quote", "quotes that close, and doubled ones within a cell: what follows was not read")
				return
			}
			faults.add(line, "", "columns", fmt.Sprintf("%d cells, as many as the first line has", len(t.Columns)))
			continue
		}
		line, _ = r.FieldPos(0)
		if t.Columns == nil {
			if !t.heading(line, cells, faults) {
				return
			}
			continue
		}
		if len(t.Rows) == MostRows {
			faults.add(line, "", "rows", fmt.Sprintf("at most %d rows", MostRows))
			return
		}
		t.row(line, cells, faults)
	}
	if t.Columns == nil {
		faults.add(0, "", "empty", "a first line that names the columns")
	}
}

// heading takes the names of the columns, and tells whether the rest can be read by them.
func (t *Table) heading(line int, cells []string, faults *Faults) bool {
	if len(cells) > MostColumns {
		faults.add(line, "", "columns", fmt.Sprintf("at most %d columns", MostColumns))
		return false
	}
	if len(cells) == 1 && strings.ContainsAny(cells[0], ";\t") {
		faults.add(line, "", "separator", "commas between the columns")
		return false
	}
	t.Columns = make([]string, len(cells))
	sound := true
	for i, cell := range cells {
		name := strings.TrimSpace(cell)
		t.Columns[i] = name
		if name == "" {
			continue // a column without a name is nobody's
		}
		// It is named by its place: where the names are missing, a name is a pupil's.
		if before, twice := t.at[name]; twice {
			faults.add(line, columnAt(i), "twice", fmt.Sprintf("each column once: column %d is called the same", before+1))
			sound = false
		}
		t.at[name] = i
	}
	return sound
}

// columnAt is a column in messages by its place. What stands in a first line may be a
// pupil's, where the names of the columns are missing.
func columnAt(i int) string { return fmt.Sprintf("column %d", i+1) }

func (t *Table) row(line int, cells []string, faults *Faults) {
	if !slices.ContainsFunc(cells, func(cell string) bool { return strings.TrimSpace(cell) != "" }) {
		return // spreadsheets write such lines
	}
	if slices.Equal(trimmed(cells), t.Columns) {
		faults.add(line, "", "header", "the names of the columns on the first line only")
		return
	}
	for i, cell := range cells {
		if len(cell) > MostInCell {
			faults.add(line, columnAt(i), "long", fmt.Sprintf("at most %d bytes in a cell", MostInCell))
			return
		}
	}
	t.Rows = append(t.Rows, Row{line, cells})
}

func trimmed(cells []string) []string {
	out := make([]string, len(cells))
	for i, cell := range cells {
		out[i] = strings.TrimSpace(cell)
	}
	return out
}

// Has tells whether there is a column of that name.
func (t *Table) Has(column string) bool {
	_, ok := t.at[column]
	return ok
}

// Cell is what stands in a row under a column, without the blanks around it; empty where
// there is no such column.
func (t *Table) Cell(r Row, column string) string {
	i, ok := t.at[column]
	if !ok {
		return ""
	}
	return strings.TrimSpace(r.Cells[i])
}

// need reports the columns that are not there.
func (t *Table) need(faults *Faults, columns ...string) {
	for _, column := range columns {
		if !t.Has(column) {
			faults.add(1, column, "missing", "a column of this name")
		}
	}
}
