package intake

import (
	"io"
	"regexp"
	"strconv"

	"example.org/backontrack/panel"
)

var outcode = regexp.MustCompile(`^[A-Z]{1,2}[0-9][0-9A-Z]?$`)

// ReadOutcodes reads a gazetteer: outcode, latitude and longitude in degrees.
func ReadOutcodes(in io.Reader) ([]panel.Outcode, error) {
	t, err := ReadTable(in)
	if err != nil {
		return nil, err
	}
	var faults Faults
	t.need(&faults, "outcode", "latitude", "longitude")
	if err := faults.err(); err != nil {
		return nil, err
	}
	lines, list := map[string]int{}, make([]panel.Outcode, 0, len(t.Rows))
	for _, row := range t.Rows {
		id := t.Cell(row, "outcode")
		switch before, twice := lines[id]; {
		case !outcode.MatchString(id):
			faults.add(row.Line, "outcode", "outcode", "the part of a postcode before the blank")
		case twice:
			faults.add(row.Line, "outcode", "twice", "each outcode once: line "+strconv.Itoa(before)+" has it too")
		}
		lines[id] = row.Line
		degrees := func(column string, least, most float64, expected string) float64 {
			v, err := strconv.ParseFloat(t.Cell(row, column), 64)
			if err != nil || !(v >= least && v <= most) {
				faults.add(row.Line, column, "range", expected)
			}
			return v
		}
		list = append(list, panel.Outcode{
			ID:        panel.OutcodeID(id),
			Latitude:  degrees("latitude", 49, 61, "degrees from 49 to 61"),
			Longitude: degrees("longitude", -9, 2, "degrees from -9 to 2"),
		})
	}
	if err := faults.err(); err != nil {
		return nil, err
	}
	return list, nil
}
