package form_test

import (
	"errors"
	"testing"

	"example.org/backontrack/panel/form"
)

// code is the code of what is wrong, or nothing.
func code(err error) string {
	if wrong, ok := errors.AsType[*form.Invalid](err); ok {
		return wrong.Code
	}
	return ""
}

func TestD1_upn(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in, want, wrong string
		temporary       bool
	}{
		{in: "B801200005001", want: "B801200005001"}, // also the example of python-stdnum
		{in: "P207000016049", want: "P207000016049"},
		{in: "E919110225001", want: "E919110225001"},
		{in: "U919110225002", want: "U919110225002"},
		{in: "E936110024117", want: "E936110024117"},
		{in: "L20211012300A", want: "L20211012300A", temporary: true},
		{in: "b801 2000 05001", want: "B801200005001"},
		{in: "A801200005001", wrong: "upn_check"},
		{in: "Q207000016049", wrong: "upn_check"},    // a help page works it out wrongly so
		{in: "A123456789012", want: "A123456789012"}, // its sum is 368, a multiple of 23
		{in: "B123456789012", wrong: "upn_check"},
		{in: "X80120000A001", wrong: "upn_shape"},
		{in: "L20211012300I", wrong: "upn_shape"},
		{in: "L20211012300S", wrong: "upn_shape"},
		{in: "B80120000500", wrong: "upn_shape"},
		{in: "B8012000050011", wrong: "upn_shape"},
		{in: "B80120000500١", wrong: "upn_shape"},
		{in: "", wrong: "upn_shape"},
	}
	for _, test := range tests {
		got, err := form.ParseUPN(test.in)
		if string(got) != test.want || code(err) != test.wrong || got.Temporary() != test.temporary {
			t.Errorf("ParseUPN(%q) = %q (temporary %t), %v", test.in, got, got.Temporary(), err)
		}
	}
}

// A wrong check letter is found wherever the number was changed.
func TestD1_upnEveryOtherLetterIsWrong(t *testing.T) {
	t.Parallel()
	right := 0
	for letter := 'A'; letter <= 'Z'; letter++ {
		if _, err := form.ParseUPN(string(letter) + "801200005001"); err == nil {
			right++
		}
	}
	if right != 1 {
		t.Errorf("%d check letters fit, and one does", right)
	}
}

func TestD1_upnAuthority(t *testing.T) {
	t.Parallel()
	for upn, want := range map[form.UPN]bool{"B801200005001": true, "E919110225001": true, "L00111012300A": false, "": false} {
		if upn.AuthorityKnown() != want {
			t.Errorf("%s: authority known %t", upn, !want)
		}
	}
}

func TestD1_postcode(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		{"SW1A1AA", "SW1A 1AA"}, {"sw1a 1aa", "SW1A 1AA"}, {"SG2 9HQ", "SG2 9HQ"}, {"m1 1ae", "M1 1AE"}, {"W1T1AA", "W1T 1AA"},
		{"EC1A 1BB", "EC1A 1BB"}, {"GIR0AA", "GIR 0AA"}, {"ZZ99 9ZZ", "ZZ99 9ZZ"}, {"zz999zz", "ZZ99 9ZZ"},
		{"' OR", ""}, {"", ""}, {"SG2", ""}, {"SG2 9HQX", ""}, {"XSG2 9HQ", ""}, {"SG2 9HQ\nSG2 9HQ", ""}, {"SG2\t9HQ", ""}, {"ZZ98 9ZZ", ""}, {"123 4AA", ""}, {"ＳＧ2 9HQ", ""},
	}
	for _, test := range tests {
		got, err := form.ParsePostcode(test.in)
		if got != test.want || (err == nil) != (test.want != "") {
			t.Errorf("ParsePostcode(%q) = %q, %v", test.in, got, err)
		}
	}
	if form.Outcode("SW1A 1AA") != "SW1A" || form.Sector("SW1A 1AA") != "SW1A 1" {
		t.Error("outcode and sector of SW1A 1AA")
	}
}

func TestD1_otherIdentifiers(t *testing.T) {
	t.Parallel()
	laestab := func(s string) error { _, err := form.ParseLAESTAB(s); return err }
	uln := func(s string) error { _, err := form.ParseULN(s); return err }
	tests := []struct {
		name  string
		check func(string) error
		right []string
		wrong []string
	}{
		{"URN", form.CheckURN, []string{"130359", "100000"}, []string{"", "13035", "1303590", "030359", "13O359", "-30359"}},
		{"UKPRN", form.CheckUKPRN, []string{"10012345"}, []string{"", "20012345", "1001234", "100123456"}},
		{"LAESTAB", laestab, []string{"9191102", "919/1102", "919 1102"}, []string{"", "919110", "91911022", "919-1102", "91 91102"}},
		{"ULN", uln, []string{"1234567890", "9999999999"}, []string{"", "123456789", "12345678901", "123456789X"}},
		{"email", form.CheckEmail, []string{"office@school.example", "o'neil+ap@a-b.sch.uk"}, []string{"", "office", "@school.example", "a@b", "a b@school.example", "a@school.example\nBcc: x@y.example", "a@-school.example", "<a@school.example>"}},
		{"phone", form.CheckPhone, []string{"01438 000000", "+44 (0)1438 000000", "07700 900123", "01438 000000 x12", "01438 000000 ext 12"}, []string{"", "12345", "01438-abc", "=01438 000000", "0143800000000000000", "javascript:1234567"}},
		{"id", form.CheckReference, []string{"riverside-ks3-a", "p17"}, []string{"", "-a", "a b", "a/b", "é"}},
	}
	for _, test := range tests {
		for _, s := range test.right {
			if err := test.check(s); err != nil {
				t.Errorf("%s %q: %v", test.name, s, err)
			}
		}
		for _, s := range test.wrong {
			if test.check(s) == nil {
				t.Errorf("%s %q is accepted", test.name, s)
			}
		}
	}
}

// The rule for check digits is worked by hand here: 1·10+2·9+…+9·2 is 210, 210 mod 11 is
// 1, so the last digit is 9.
func TestD1_ulnCheckDigit(t *testing.T) {
	t.Parallel()
	for uln, want := range map[form.ULN]bool{"1234567899": true, "1234567890": false, "123": false} {
		if uln.CheckDigitFits() != want {
			t.Errorf("%s: fits %t", uln, !want)
		}
	}
}

func TestPupilReferralBand(t *testing.T) {
	t.Parallel()
	for laestab, want := range map[string]bool{"9191102": true, "9191100": true, "9191149": true, "9191150": false, "9191099": false, "919110": false} {
		if form.PupilReferralBand(laestab) != want {
			t.Errorf("%s: in the band %t", laestab, !want)
		}
	}
}

func TestNumbers_tenthsAndAges(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]int{"0": 0, "2.5": 25, "92.5": 925, "100": 1000, "0.5": 5, "-1.5": -15} {
		if got, err := form.ParseTenths(in); err != nil || got != want || in != form.FormatTenths(got) {
			t.Errorf("ParseTenths(%q) = %d, %v", in, got, err)
		}
	}
	for _, in := range []string{"", ".5", "2.", "2.55", "2,5", "1e3", "-0", "+1", "02", "NaN", "--1", "9999999999999999999", " 1"} {
		if _, err := form.ParseTenths(in); err == nil {
			t.Errorf("ParseTenths(%q) is accepted", in)
		}
	}
	for in, want := range map[string]int{"0:00": 0, "9:04": 112, "18:11": 227} {
		if got, err := form.ParseAge(in); err != nil || got != want {
			t.Errorf("ParseAge(%q) = %d, %v", in, got, err)
		}
	}
	for _, in := range []string{"", "9", "9:", "9:4", ":4", "9:12", "19:00", "9.4", "9:004", "-1:03", "9:-1"} {
		if _, err := form.ParseAge(in); err == nil {
			t.Errorf("ParseAge(%q) is accepted", in)
		}
	}
}
