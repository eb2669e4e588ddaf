package form

import (
	"regexp"
	"strings"
)

// digits tells whether s is n ASCII digits.
func digits(s string, n int) bool {
	if len(s) != n {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// A ULN is a unique learner number: ten digits.
type ULN string

// ParseULN reads a unique learner number by its shape. Whether its check digit fits is
// asked of the ULN: that rule is not published where it could be checked.
func ParseULN(s string) (ULN, error) {
	if !digits(s, 10) {
		return "", invalid("uln_shape", "a unique learner number: ten digits")
	}
	return ULN(s), nil
}

// Temporary tells whether the number is the one that stands for none yet.
func (u ULN) Temporary() bool { return u == "9999999999" }

// CheckDigitFits tells whether ten less the last digit is the sum of the others, times
// ten down to two, modulo eleven, which must not be none.
func (u ULN) CheckDigitFits() bool {
	if !digits(string(u), 10) {
		return false
	}
	sum := 0
	for i := range 9 {
		sum += int(u[i]-'0') * (10 - i)
	}
	rest := sum % 11
	return rest != 0 && int(u[9]-'0') == 10-rest
}

// CheckURN checks a unique reference number of a school: six digits from 100000.
func CheckURN(s string) error {
	if !digits(s, 6) || s[0] == '0' {
		return invalid("urn_shape", "a unique reference number: six digits, the first not 0")
	}
	return nil
}

// CheckUKPRN checks a provider reference number: eight digits that begin with 1.
func CheckUKPRN(s string) error {
	if !digits(s, 8) || s[0] != '1' {
		return invalid("ukprn_shape", "a provider reference number: eight digits that begin with 1")
	}
	return nil
}

// ParseLAESTAB reads a DfE number: three digits of the authority and four of the
// establishment, with or without one slash or space between.
func ParseLAESTAB(s string) (string, error) {
	if len(s) == 8 && (s[3] == '/' || s[3] == ' ') {
		s = s[:3] + s[4:]
	}
	if !digits(s, 7) {
		return "", invalid("laestab_shape", "a DfE number: three digits of the authority and four of the establishment")
	}
	return s, nil
}

// PupilReferralBand tells whether a DfE number is in the band 1100 to 1149 that referral
// units and many alternative provision academies have. It is a hint, not a rule.
func PupilReferralBand(laestab string) bool {
	return digits(laestab, 7) && laestab[3:] >= "1100" && laestab[3:] <= "1149"
}

// NoFixedAbode is the postcode that stands for no fixed abode.
const NoFixedAbode = "ZZ99 9ZZ"

// The published pattern, bound at both ends around all of its alternatives.
var postcodePattern = regexp.MustCompile(`^(?:GIR 0AA|(?:[A-Z][0-9]{1,2}|[A-Z][A-HJ-Y][0-9]{1,2}|[A-Z][0-9][A-Z]|[A-Z][A-HJ-Y][0-9][A-Z]) [0-9][A-Z]{2})$`)

// ParsePostcode reads a postcode, in either case and with or without spaces, into upper
// case with a single one.
func ParsePostcode(s string) (string, error) {
	s = strings.ToUpper(strings.ReplaceAll(s, " ", ""))
	if len(s) >= 5 && len(s) <= 7 {
		s = s[:len(s)-3] + " " + s[len(s)-3:]
	}
	if s != NoFixedAbode && !postcodePattern.MatchString(s) {
		return "", invalid("postcode_shape", "a postcode, such as SG2 9HQ, or "+NoFixedAbode+" for no fixed abode")
	}
	return s, nil
}

// Outcode is the part of a canonical postcode before the space; Sector goes on to the
// first digit after it. Distances are taken from these, not from the address.
func Outcode(postcode string) string {
	out, _, _ := strings.Cut(postcode, " ")
	return out
}

// Sector is the outcode with the first digit of what follows.
func Sector(postcode string) string {
	out, in, ok := strings.Cut(postcode, " ")
	if !ok || in == "" {
		return out
	}
	return out + " " + in[:1]
}

var (
	emailPattern = regexp.MustCompile(`^[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$`)
	phonePattern = regexp.MustCompile(`^\+?[0-9() ]*[0-9](?: ?(?:x|ext\.?) ?[0-9]{1,6})?$`)
	idPattern    = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$`)
)

// CheckEmail checks the shape of an email address.
func CheckEmail(s string) error {
	if len(s) > 254 || !emailPattern.MatchString(s) {
		return invalid("email_shape", "an email address, such as office@school.example")
	}
	return nil
}

// CheckPhone checks the shape of a telephone number: seven to fifteen digits, spaces,
// brackets, a plus in front, an extension behind.
func CheckPhone(s string) error {
	main, _, _ := strings.Cut(s, "x")
	main, _, _ = strings.Cut(main, "e")
	n := 0
	for _, r := range main {
		if r >= '0' && r <= '9' {
			n++
		}
	}
	if len(s) > 40 || n < 7 || n > 15 || !phonePattern.MatchString(s) {
		return invalid("phone_shape", "a telephone number of seven to fifteen digits")
	}
	return nil
}

// CheckReference checks the shape of an id: letters, digits, and . _ : - between them.
func CheckReference(s string) error {
	if !idPattern.MatchString(s) {
		return invalid("id_shape", "an id of letters, digits and . _ : -")
	}
	return nil
}
