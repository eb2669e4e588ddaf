package form

import "strings"

// A UPN is a unique pupil number in its canonical spelling: thirteen characters, upper
// case, no spaces. It never belongs in a URL, a log or an error.
type UPN string

// upnLetters are the check letters, each worth its place in this list.
const upnLetters = "ABCDEFGHJKLMNPQRTUVWXYZ"

// ParseUPN reads a UPN, in either case and with spaces. The check letter is that of the
// places 2 to 13, each times its place, summed modulo 23; a temporary number ends in a
// letter, which counts as its worth (gov.uk, alternative provision census).
func ParseUPN(s string) (UPN, error) {
	s = strings.ToUpper(strings.ReplaceAll(s, " ", ""))
	if len(s) != 13 {
		return "", invalid("upn_shape", "a unique pupil number: a check letter, eleven digits, and a digit or letter")
	}
	sum := 0
	for i := 1; i < 13; i++ {
		n := strings.IndexByte("0123456789", s[i])
		if n < 0 && i == 12 {
			n = strings.IndexByte(upnLetters, s[i])
		}
		if n < 0 {
			return "", invalid("upn_shape", "a unique pupil number: a check letter, eleven digits, and a digit or letter but I, O and S")
		}
		sum += n * (i + 1)
	}
	if upnLetters[sum%23] != s[0] {
		return "", invalid("upn_check", "a unique pupil number whose check letter fits")
	}
	return UPN(s), nil
}

// Temporary tells whether the number ends in a letter.
func (u UPN) Temporary() bool {
	return len(u) == 13 && (u[12] < '0' || u[12] > '9')
}

// Authority is the three digits of the authority that gave the number.
func (u UPN) Authority() string {
	if len(u) != 13 {
		return ""
	}
	return string(u[1:4])
}

// AuthorityKnown tells whether the authority's digits are in the code list. There are
// numbers with pseudo codes, so an unknown one is worth a look, and not a fault.
func (u UPN) AuthorityKnown() bool {
	_, ok := LabelOf("la_code", u.Authority())
	return ok
}
