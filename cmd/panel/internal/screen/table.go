package screen

import "strings"

// A Column of a table: right-aligned for numbers; wide for the one that takes
// what room is left and wraps; or of a set width, and wraps too.
type Column struct {
	Head  string
	Right bool
	Wide  bool
	Width int // 0: what the longest cell needs
}

func (c *Column) wraps() bool { return c.Wide || c.Width > 0 }

// A Row has a cell for each column, and notes that follow it under the wide column.
type Row struct {
	Cells []Span
	Notes []Span // each in lines of its own
}

const gutter = 2

// Table writes rows under their heads, indented.
func (s *Screen) Table(indent int, table []Column, rows []Row) {
	widths := s.widths(indent, table, rows)
	if heads := headings(table); heads != nil {
		s.row(indent, table, widths, heads)
	}
	before := 0
	for i, column := range table {
		if column.Wide {
			break
		}
		before += widths[i] + gutter
	}
	for _, row := range rows {
		s.row(indent, table, widths, row.Cells)
		for _, note := range row.Notes {
			s.Para(indent+before, 0, note)
		}
	}
}

func headings(table []Column) []Span {
	cells, any := make([]Span, len(table)), false
	for i, column := range table {
		cells[i] = In(Dim, column.Head)
		any = any || column.Head != ""
	}
	if !any {
		return nil
	}
	return cells
}

// widths gives each column what its longest cell needs, and the wide one what is left.
func (s *Screen) widths(indent int, table []Column, rows []Row) []int {
	widths := make([]int, len(table))
	left, wide := s.width-indent-gutter*(len(table)-1), -1
	for i, column := range table {
		widths[i] = max(columns(column.Head), column.Width)
		for _, row := range rows {
			if column.Width == 0 {
				widths[i] = max(widths[i], columns(row.Cells[i].Text))
			}
		}
		if column.Wide {
			wide = i
		} else {
			left -= widths[i]
		}
	}
	if wide >= 0 {
		widths[wide] = min(widths[wide], max(left, 10))
	}
	return widths
}

func (s *Screen) row(indent int, table []Column, widths []int, cells []Span) {
	lines := make([][][]Span, len(cells))
	height := 1
	for i, cell := range cells {
		lines[i] = [][]Span{{cell}}
		if table[i].wraps() {
			lines[i] = wrap([]Span{cell}, widths[i], widths[i])
		}
		height = max(height, len(lines[i]))
	}
	for n := range height {
		var line []Span
		for i := range cells {
			var part []Span
			if n < len(lines[i]) {
				part = lines[i][n]
			}
			line = append(line, padded(part, widths[i], table[i].Right)...)
			line = append(line, Text(strings.Repeat(" ", gutter)))
		}
		s.Line(indent, line...)
	}
}

func padded(part []Span, width int, right bool) []Span {
	used := 0
	for _, span := range part {
		used += columns(span.Text)
	}
	pad := Text(strings.Repeat(" ", max(width-used, 0)))
	if right {
		return append([]Span{pad}, part...)
	}
	return append(part, pad)
}

// eighths of a full block.
var eighths = [...]string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"}

// Bar draws n of most as a bar of at most width columns; more than nothing is
// never drawn as nothing. The rest of the width is dots, so that the whole shows.
func Bar(n, most, width int) (bar, rest string) {
	if most <= 0 || width <= 0 {
		return "", ""
	}
	cells := min(max(n, 0)*8*width/most, 8*width)
	if n > 0 {
		cells = max(cells, 1)
	}
	bar = strings.Repeat("█", cells/8) + eighths[cells%8]
	return bar, strings.Repeat("·", width-columns(bar))
}
