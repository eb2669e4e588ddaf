package generate

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// An Establishment is a place from a register where groups may meet. Its name and
// numbers are left behind on purpose: what is generated is synthetic.
type Establishment struct {
	Authority           string // the local authority's code; those of one code are in one authority
	Town                string
	Postcode            string
	Latitude, Longitude float64
	LowAge, HighAge     int    // statutory ages; 0: not known
	Sex                 string // "F" or "M" where it is for one sex
	Closed              bool   // marked as closed; used only when all are
}

// The columns that are read. The first ones have to be there.
const (
	columnAuthority = "la_code"
	columnPostcode  = "postcode"
	columnLatitude  = "lat"
	columnLongitude = "lon"
	columnTown      = "town"
	columnLowAge    = "statutory_low_age"
	columnHighAge   = "statutory_high_age"
	columnGender    = "gender"
	columnOpen      = "open_at_2022_07"
	columnClosed    = "close_date"
)

var requiredColumns = []string{columnAuthority, columnPostcode, columnLatitude, columnLongitude}

// ReadEstablishments reads a register extract with the columns of
// england_ap_pru_establishments.csv: la_code, postcode, lat and lon (WGS 84), and if
// they are there town, statutory_low_age, statutory_high_age, gender, close_date and
// open_at_2022_07 (Y or N). Other columns don't matter. Rows without coordinates are skipped.
//
// The error says which columns are missing, or in which line a number is none. No
// row with coordinates is an error too.
func ReadEstablishments(r io.Reader) ([]Establishment, error) {
	lines := csv.NewReader(r)
	head, err := lines.Read()
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read establishments: %w", err)
	}
	column := map[string]int{}
	for i, name := range head {
		column[strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))] = i
	}
	var missing []string
	for _, name := range requiredColumns {
		if _, ok := column[name]; !ok {
			missing = append(missing, name)
		}
	}
	if missing != nil {
		return nil, fmt.Errorf("read establishments: want a CSV file with the columns %s in its first line; missing: %s",
			strings.Join(requiredColumns, ", "), strings.Join(missing, ", "))
	}
	var out []Establishment
	for {
		fields, err := lines.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("read establishments: %w", err)
		}
		e, located, err := row{column, fields}.establishment()
		if err != nil {
			line, _ := lines.FieldPos(0)
			return nil, fmt.Errorf("read establishments: line %d: %w", line, err)
		}
		if located {
			out = append(out, e)
		}
	}
	if out == nil {
		return nil, errors.New("read establishments: want at least one row with lat and lon")
	}
	return out, nil
}

type row struct {
	column map[string]int
	fields []string
}

func (r row) text(name string) string {
	i, ok := r.column[name]
	if !ok {
		return ""
	}
	return strings.TrimSpace(r.fields[i])
}

func (r row) establishment() (e Establishment, located bool, err error) {
	lat, lon := r.text(columnLatitude), r.text(columnLongitude)
	if lat == "" || lon == "" {
		return e, false, nil
	}
	e = Establishment{
		Authority: r.text(columnAuthority), Town: r.text(columnTown), Postcode: strings.ToUpper(r.text(columnPostcode)),
		Closed: r.text(columnOpen) == "N" || r.text(columnOpen) == "" && r.text(columnClosed) != "",
	}
	e.Sex = map[string]string{"Girls": "F", "Boys": "M"}[r.text(columnGender)]
	var errs [4]error
	e.Latitude, errs[0] = number(columnLatitude, lat, parseDegrees)
	e.Longitude, errs[1] = number(columnLongitude, lon, parseDegrees)
	e.LowAge, errs[2] = number(columnLowAge, r.text(columnLowAge), parseAge)
	e.HighAge, errs[3] = number(columnHighAge, r.text(columnHighAge), parseAge)
	return e, true, errors.Join(append(errs[:], e.check())...)
}

func parseDegrees(text string) (float64, error) { return strconv.ParseFloat(text, 64) }

func parseAge(text string) (int, error) {
	if text == "" {
		return 0, nil
	}
	return strconv.Atoi(text)
}

func number[T any](name, text string, parse func(string) (T, error)) (T, error) {
	n, err := parse(text)
	if err != nil {
		return n, fmt.Errorf("%s: want a number", name)
	}
	return n, nil
}

// check refuses a place that is nowhere near England: most often its columns are swapped.
func (e Establishment) check() error {
	if !(e.Latitude >= 49 && e.Latitude <= 61 && e.Longitude >= -9 && e.Longitude <= 3) {
		return errors.New("want a latitude from 49 to 61 and a longitude from -9 to 3")
	}
	return nil
}

func (e Establishment) point() point {
	return point{int(math.Round(e.Latitude * perDegree)), int(math.Round(e.Longitude * perDegree))}
}

// takes tells whether a pupil of a National Curriculum year may be of the statutory ages.
func (e Establishment) takes(year int) bool {
	age := year + 4 // on 31 August before the year begins
	return (e.LowAge == 0 || age >= e.LowAge) && (e.HighAge == 0 || age < e.HighAge)
}

// outcode is the part of a postcode before the space.
func outcode(postcode string) string {
	out, _, _ := strings.Cut(postcode, " ")
	return out
}
