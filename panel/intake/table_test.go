package intake_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/panel/intake"
)

// faultsOf reads a table and gives its faults as text.
func faultsOf(t *testing.T, text string) []string {
	t.Helper()
	_, err := intake.ReadTable(strings.NewReader(text))
	return linesOf(t, err)
}

func linesOf(t *testing.T, err error) []string {
	t.Helper()
	if err == nil {
		return nil
	}
	faults, ok := errors.AsType[intake.Faults](err)
	if !ok {
		t.Fatalf("another error: %v", err)
	}
	return strings.Split(faults.Error(), "\n")
}

func TestReadTable_boundsAndPlaces(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", intake.MostInCell+1)
	wide := strings.Repeat("a,", intake.MostColumns)
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"nothing", "", []string{"expected a first line that names the columns"}},
		{"a table", "a,b\n1,2\n", nil},
		{"lines of a spreadsheet with nothing in them", "a,b\n,\n1,2\n , \n", nil},
		{"a quote that does not close", "a,b\n1,2\n3,\"4\n5,6\n", []string{"line 3: expected quotes that close, and doubled ones within a cell: what follows was not read"}},
		{"a quote in the middle", "a,b\n1,2\"3\n", []string{"line 2: expected quotes that close, and doubled ones within a cell: what follows was not read"}},
		{"cells that are missing, and too many", "a,b\n1\n1,2\n1,2,3\n", []string{
			"line 2: expected 2 cells, as many as the first line has", "line 4: expected 2 cells, as many as the first line has",
		}},
		{"a column twice", "a,b, a \n1,2,3\n", []string{"line 1: column 3: expected each column once: column 1 is called the same"}},
		{"the header twice", "a,b\n1,2\n\n a,b\n", []string{"line 4: expected the names of the columns on the first line only"}},
		{"semicolons", "a;b\n1;2\n", []string{"line 1: expected commas between the columns"}},
		{"tabs", "a\tb\n1\t2\n", []string{"line 1: expected commas between the columns"}},
		{"UTF-16", "\xff\xfea\x00,\x00", []string{"expected a file in UTF-8: this one is in UTF-16 (save it as CSV UTF-8)"}},
		{"a null", "a,b\n1,\x00\n", []string{"line 2: expected text"}},
		{"no code page", "a,b\n1,\xe9\n2,\x81\n", []string{"line 3: expected text in UTF-8 or in Windows-1252"}},
		{"a long cell", "a,b\n1,2\n1," + long + "\n", []string{fmt.Sprintf("line 3: column 2: expected at most %d bytes in a cell", intake.MostInCell)}},
		{"many columns", wide + "z\n", []string{fmt.Sprintf("line 1: expected at most %d columns", intake.MostColumns)}},
		{"a column's name that is none", strings.Repeat("y", 100) + "," + strings.Repeat("y", 100) + "\n", []string{"line 1: column 2: expected each column once: column 1 is called the same"}},
	} {
		if diff := cmp.Diff(test.want, faultsOf(t, test.text)); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", test.name, diff)
		}
	}
}

func TestReadTable_rowsAreBounded(t *testing.T) {
	t.Parallel()
	text := "a\n" + strings.Repeat("1\n", intake.MostRows+1)
	if diff := cmp.Diff([]string{fmt.Sprintf("line %d: expected at most %d rows", intake.MostRows+2, intake.MostRows)}, faultsOf(t, text)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestReadTable_faultsAreBounded(t *testing.T) {
	t.Parallel()
	if n := len(faultsOf(t, "a,b\n"+strings.Repeat("1\n", 5_000))); n != 1_000 {
		t.Errorf("%d faults are told", n)
	}
}

func TestReadTable_spellings(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"UTF-8":                  "name,n\n\"King’s “É” €, 1\",2\n",
		"UTF-8 with its mark":    "\xef\xbb\xbfname,n\r\n\"King’s “É” €, 1\",2\r\n",
		"the Windows code page":  "name,n\n\"King\x92s \x93\xc9\x94 \x80, 1\",2\n",
		"lines of the old Mac":   "name,n\r\"King’s “É” €, 1\",2\r",
		"blanks around, reorder": " n , name \n 2 ,\" King’s “É” €, 1 \"\n",
	} {
		table, err := intake.ReadTable(strings.NewReader(text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		row := table.Rows[0]
		if got := [2]string{table.Cell(row, "name"), table.Cell(row, "n")}; got != [2]string{"King’s “É” €, 1", "2"} {
			t.Errorf("%s: %q", name, got)
		}
		if row.Line != 2 || table.Cell(row, "other") != "" || table.Has("other") {
			t.Errorf("%s: line %d", name, row.Line)
		}
	}
}

func TestReadTable_linesWithBreaks(t *testing.T) {
	t.Parallel()
	table, err := intake.ReadTable(strings.NewReader("a,b\n\"1\n2\",3\n4,5\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got := [2]int{table.Rows[0].Line, table.Rows[1].Line}; got != [2]int{2, 4} {
		t.Errorf("rows begin on lines %v", got)
	}
}

// FuzzTables wants every reader of tables to come to an end on any bytes, and to say
// nothing of what stands in them.
func FuzzTables(f *testing.F) {
	f.Add([]byte("URN,LA (code),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (code),EstablishmentStatus (code)\n117546,919,4075,Secret,34,1\n"))
	f.Add([]byte("school,said_by,said_on,pupil.surname,family.contacts.1.phone\n117546,x,20/11/2026,\"Sec\nret\",?\n"))
	f.Add([]byte("outcode,latitude,longitude\nSG1,\xff,1e999\n"))
	f.Add([]byte("a,\"b\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		for name, err := range readAll(raw) {
			if err == nil {
				continue
			}
			if _, ok := errors.AsType[intake.Faults](err); !ok {
				t.Errorf("%s: %v", name, err)
			}
			named := false // the names of columns are told
			if table, err := intake.ReadTable(bytes.NewReader(raw)); err == nil {
				named = strings.Contains(strings.Join(table.Columns, " "), "Secret")
			}
			if !named && strings.Contains(err.Error(), "Secret") {
				t.Errorf("%s repeats what stands in the file: %v", name, err)
			}
		}
	})
}

func readAll(raw []byte) map[string]error {
	out := map[string]error{}
	_, out["schools"] = intake.ReadRegister(strings.NewReader(string(raw)), intake.RegisterFilter{})
	_, out["provisions"] = intake.ReadRegister(strings.NewReader(string(raw)), intake.RegisterFilter{Provisions: true})
	_, out["outcodes"] = intake.ReadOutcodes(strings.NewReader(string(raw)))
	_, out["referrals"] = intake.ReadReferrals(strings.NewReader(string(raw)), day, map[string]bool{"117546": true})
	return out
}
