package intake_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/panel/intake"
)

// An answer in the words of a spreadsheet is the same answer in the words of the form.
func TestReadReferrals_spellingsOfSpreadsheets(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		column, cell string
		want         []string
	}{
		{"pupil.sex", "Male", []string{"M"}},
		{"pupil.sex", "f", []string{"F"}},
		{"pupil.year", "Year 9", []string{"9"}},
		{"pupil.year", "9", []string{"9"}},
		{"agencies.responsible_la", "dorset", nil},
		{"agencies.responsible_la", "838", []string{"838"}},
		{"referral.circumstances", "Persistent_Absence; none of these", nil},
		{"referral.circumstances", "NONE", []string{"none"}},
		{"agreed.parent", "Y", []string{"yes"}},
		{"agreed.parent", "TRUE", []string{"yes"}},
		{"agreed.parent", "False", []string{"no"}},
		{"agreed.parent", "n", []string{"no"}},
		{"agreed.parent", "perhaps", nil},
		{"baseline.attendance", "92.5%", []string{"92.5"}},
		{"baseline.attendance", "92.50 %", []string{"92.5"}},
		{"baseline.attendance", "95.00%", []string{"95"}},
		{"baseline.attendance", "95.25%", nil},
		{"pupil.date_of_birth", "03/09/2012", []string{"2012-09-03"}},
		{"pupil.date_of_birth", "3/9/2012", []string{"2012-09-03"}},
		{"pupil.date_of_birth", "2012-09-03", []string{"2012-09-03"}},
		{"pupil.date_of_birth", "09/23/2012", nil},
		{"pupil.date_of_birth", "03/09/12", nil},
		{"education.busy", "Mon-AM; fri-pm", []string{"mon-am", "fri-pm"}},
		{"family.contacts", "None", []string{"none"}},
	} {
		text := "school,said_by,said_on,pupil.surname," + test.column + "\n117546,head,2026-11-20,Ng," + test.cell + "\n"
		got, err := intake.ReadReferrals(strings.NewReader(text), day, map[string]bool{"117546": true})
		if test.want == nil {
			if lines := linesOf(t, err); len(lines) != 1 || !strings.HasPrefix(lines[0], "line 2: "+test.column+": ") {
				t.Errorf("%s: %s: %q", test.column, test.cell, lines)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %s: %v", test.column, test.cell, err)
			continue
		}
		answer, _ := got.List[0].Form.Answer(test.column, 0)
		if diff := cmp.Diff(test.want, answer.Value); diff != "" {
			t.Errorf("%s: %s: (-want +got)\n%s", test.column, test.cell, diff)
		}
	}
}

// Two codes of one label are told, and none is taken.
func TestReadReferrals_labelOfSeveralCodes(t *testing.T) {
	t.Parallel()
	_, err := intake.ReadReferrals(strings.NewReader("school,said_by,said_on,pupil.surname,agencies.responsible_la\n117546,head,2026-11-20,Ng,Dorset\n"),
		day, map[string]bool{"117546": true})
	want := []string{"line 2: agencies.responsible_la: expected the code: several of the list la_code are called this (835, 838)"}
	if diff := cmp.Diff(want, linesOf(t, err)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// A child's values may stand where the names of columns should: nothing of a first line is
// repeated that is no key of ours.
func TestReadReferrals_repeatsNoFirstLine(t *testing.T) {
	t.Parallel()
	const own = "school,said_by,said_on,"
	for name, text := range map[string]string{
		"a value among the names":        own + "Zebedeeson\n",
		"one with an exclamation mark":   own + "Zebedeeson!grade,Zebedeeson!why\n",
		"one twice":                      own + "Zebedeeson,Zebedeeson\n",
		"a row behind them, by accident": own + "pupil.surname 117546,head,2026-11-20,Zebedeeson\n",
		"a long cell below it":           own + "Zebedeeson\n117546,head,2026-11-20," + strings.Repeat("x", intake.MostInCell+1) + "\n",
		"no first line":                  "117546,head,2026-11-20,Zebedeeson\r117546,head,2026-11-20,Zebedeeson\r",
	} {
		_, err := intake.ReadReferrals(strings.NewReader(text), day, nil)
		if lines := linesOf(t, err); len(lines) == 0 || strings.Contains(err.Error(), "Zebedeeson") {
			t.Errorf("%s: %q", name, lines)
		}
		_, err = intake.ReadRegister(strings.NewReader(text), intake.RegisterFilter{})
		if lines := linesOf(t, err); len(lines) == 0 || strings.Contains(err.Error(), "Zebedeeson") {
			t.Errorf("%s, as a register: %q", name, lines)
		}
	}
}

func TestReadReferrals_warningsAreStatements(t *testing.T) {
	t.Parallel()
	got, err := intake.ReadReferrals(strings.NewReader("school,said_by,said_on,pupil.upn\n117546,head,2026-11-20,J001110123004\n"), day, map[string]bool{"117546": true})
	if err != nil {
		t.Fatal(err)
	}
	want := []intake.Warning{{2, "pupil.upn", "upn_authority", "no authority is known by the three digits behind the check letter"}}
	if diff := cmp.Diff(want, got.Warnings); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestPupil_same(t *testing.T) {
	t.Parallel()
	read := func(upn, surname, born string) intake.Pupil {
		got, err := intake.ReadReferrals(strings.NewReader("school,said_by,said_on,pupil.upn,pupil.surname,pupil.date_of_birth\n117546,head,2026-11-20,"+
			upn+","+surname+","+born+"\n"), day, map[string]bool{"117546": true})
		if err != nil {
			t.Fatal(err)
		}
		return intake.PupilOf(got.List[0].Form)
	}
	const one, other = "J001110123004", "L20211012300A"
	for _, test := range []struct {
		name string
		a, b intake.Pupil
		want bool
	}{
		{"one number, another name", read(one, "Ng", ""), read(one, "Ngo", ""), true},
		{"another number, one name", read(one, "Ng", "2013-05-03"), read(other, "Ng", "2013-05-03"), false},
		{"a number here alone", read(one, "Ng", "2013-05-03"), read("", "NG", "2013-05-03"), true},
		{"another day", read("", "Ng", "2013-05-03"), read("", "Ng", "2013-05-04"), false},
		{"no day", read("", "Ng", ""), read("", "Ng", ""), true},
		{"no name", read(one, "", "2013-05-03"), read("", "Ng", "2013-05-03"), false},
	} {
		if test.a.Same(test.b) != test.want || test.b.Same(test.a) != test.want {
			t.Errorf("%s: not %v", test.name, test.want)
		}
	}
}
