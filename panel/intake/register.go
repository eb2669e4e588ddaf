package intake

import (
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/form"
)

// The columns of the national register's extract that are read, by name and in any order.
const (
	colURN       = "URN"
	colAuthority = "LA (code)"
	colNumber    = "EstablishmentNumber"
	colName      = "EstablishmentName"
	colType      = "TypeOfEstablishment (code)"
	colStatus    = "EstablishmentStatus (code)"
	colOpened    = "OpenDate"
	colClosed    = "CloseDate"
	colLow       = "StatutoryLowAge"
	colHigh      = "StatutoryHighAge"
	colPostcode  = "Postcode"
	colEasting   = "Easting"
	colNorthing  = "Northing"
	colUKPRN     = "UKPRN"
)

// provisionTypes are pupil referral units and the alternative provision academies and free
// schools, by the register's codes.
var provisionTypes = []string{"14", "38", "42", "43"}

// statusClosed is the register's code of a school that is no more.
const statusClosed = "2"

// A RegisterFilter says which establishments of the register are wanted.
type RegisterFilter struct {
	Provisions bool            // those for alternative provision; else all others
	Authority  string          // the three digits of a local authority; empty: all
	Known      map[string]bool // URNs of which the closed are wanted too
}

// An Establishment is a row of the register.
type Establishment struct {
	Line         int
	Organisation panel.Organisation // without id and version
	Closed       bool               // by the register's status, whether it has the day or not
	Latitude     *float64           // degrees; both or none
	Longitude    *float64
}

// A Register is what was wanted of an extract.
type Register struct {
	Establishments []Establishment // in the order of the file
	Closed         int             // establishments that are left out, since they are closed
	Others         int             // and those of other types or authorities
}

// ReadRegister reads an extract of the national register (edubasealldata).
func ReadRegister(in io.Reader, filter RegisterFilter) (*Register, error) {
	t, err := ReadTable(in)
	if err != nil {
		return nil, err
	}
	r := &registering{Table: t, filter: filter, out: &Register{}, lines: map[string]int{}}
	t.need(&r.faults, colURN, colAuthority, colNumber, colName, colType, colStatus)
	if err := r.faults.err(); err != nil {
		return nil, err
	}
	for _, row := range t.Rows {
		if r.wanted(row) {
			r.establishment(row)
		}
	}
	if err := r.faults.err(); err != nil {
		return nil, err
	}
	return r.out, nil
}

// registering is a register under way.
type registering struct {
	*Table
	filter RegisterFilter
	faults Faults
	out    *Register
	lines  map[string]int // of each URN
	row    Row
}

func (r *registering) wanted(row Row) bool {
	isProvision := slices.Contains(provisionTypes, r.Cell(row, colType))
	if isProvision != r.filter.Provisions || r.filter.Authority != "" && r.Cell(row, colAuthority) != r.filter.Authority {
		r.out.Others++
		return false
	}
	if r.Cell(row, colStatus) == statusClosed && !r.filter.Known[r.Cell(row, colURN)] {
		r.out.Closed++
		return false
	}
	return true
}

func (r *registering) establishment(row Row) {
	r.row = row
	o := panel.Organisation{Kind: panel.School, Registered: true, Name: r.cell(colName), Type: r.cell(colType), URN: r.cell(colURN)}
	if r.filter.Provisions {
		o.Kind = panel.Provision
	}
	r.says(colURN, form.CheckURN(o.URN))
	if before, twice := r.lines[o.URN]; twice {
		r.faults.add(row.Line, colURN, "twice", "each number once: line "+strconv.Itoa(before)+" has it too")
	}
	r.lines[o.URN] = row.Line
	if o.Name == "" {
		r.faults.add(row.Line, colName, "required", "the establishment's name")
	}
	r.numbers(&o)
	o.Postcode = r.parsed(colPostcode, form.ParsePostcode)
	o.UKPRN = r.parsed(colUKPRN, func(s string) (string, error) { return s, form.CheckUKPRN(s) })
	o.Opened, o.Closed = r.date(colOpened), r.date(colClosed)
	o.LowAge, o.HighAge = r.age(colLow), r.age(colHigh)
	e := Establishment{Line: row.Line, Organisation: o, Closed: r.cell(colStatus) == statusClosed}
	e.Latitude, e.Longitude = r.place()
	r.out.Establishments = append(r.out.Establishments, e)
}

func (r *registering) cell(column string) string { return r.Cell(r.row, column) }

// numbers reads the authority and the establishment's number there. Spreadsheets take
// zeros away that stand in front.
func (r *registering) numbers(o *panel.Organisation) {
	o.Authority = r.digits(colAuthority, 3)
	if number := r.digits(colNumber, 4); o.Authority != "" && number != "" {
		o.LAESTAB = o.Authority + number
	}
}

func (r *registering) digits(column string, n int) string {
	s := r.cell(column)
	if s == "" {
		return ""
	}
	if len(s) > n || strings.Trim(s, "0123456789") != "" {
		r.faults.add(r.row.Line, column, "digits", strconv.Itoa(n)+" digits")
		return ""
	}
	return strings.Repeat("0", n-len(s)) + s
}

func (r *registering) parsed(column string, parse func(string) (string, error)) string {
	s := r.cell(column)
	if s == "" {
		return ""
	}
	tidy, err := parse(s)
	r.says(column, err)
	return tidy
}

// says adds what a check of package form says.
func (r *registering) says(column string, err error) {
	if invalid, ok := errors.AsType[*form.Invalid](err); ok {
		r.faults.add(r.row.Line, column, invalid.Code, invalid.Expected)
	}
}

// date reads a day as the register writes it, 01-09-2009, or as others do.
func (r *registering) date(column string) calendar.Date {
	s := r.cell(column)
	if s == "" {
		return 0
	}
	d, ok := civilDay(s)
	if !ok {
		r.faults.add(r.row.Line, column, "date", "a date such as 01-09-2009 or 2009-09-01")
	}
	return d
}

// civilDay reads a day in one of the ways in which it is written here: the day comes first,
// but where the year does.
func civilDay(s string) (calendar.Date, bool) {
	if d, err := calendar.ParseDate(s); err == nil {
		return d, true
	}
	for _, shape := range []string{"2-1-2006", "2/1/2006"} {
		if at, err := time.Parse(shape, s); err == nil {
			return calendar.NewDate(at.Year(), at.Month(), at.Day()), true
		}
	}
	return 0, false
}

func (r *registering) age(column string) int {
	s := r.cell(column)
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 99 {
		r.faults.add(r.row.Line, column, "age", "an age in years")
		return 0
	}
	if n > 25 { // the register has 99 for adults
		return 25
	}
	return n
}

// The National Grid in metres.
const eastEnd, northEnd = 700_000, 1_300_000

// place reads easting and northing. The register has none, or noughts, where it knows none.
func (r *registering) place() (latitude, longitude *float64) {
	east, north := r.cell(colEasting), r.cell(colNorthing)
	if (east == "" || east == "0") && (north == "" || north == "0") {
		return nil, nil
	}
	x, y := r.metres(colEasting, east, eastEnd), r.metres(colNorthing, north, northEnd)
	if x < 0 || y < 0 {
		return nil, nil
	}
	lat, lon := Degrees(x, y)
	return &lat, &lon
}

func (r *registering) metres(column, s string, end float64) float64 {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || !(v > 0 && v <= end) {
		r.faults.add(r.row.Line, column, "metres", "metres of the National Grid, or nothing in both columns")
		return -1
	}
	return v
}
