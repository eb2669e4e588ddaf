package form

import (
	"strconv"
	"strings"
)

// parseWhole reads an integer in its only spelling: no plus, no leading zeros, no -0.
func parseWhole(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || strconv.Itoa(n) != s {
		return 0, invalid("number_shape", "a whole number")
	}
	return n, nil
}

// ParseTenths reads a number with at most one decimal into tenths: 2.5 is 25.
func ParseTenths(s string) (int, error) {
	wrong := invalid("number_shape", "a number with at most one decimal, such as 92.5")
	left, right, dotted := strings.Cut(s, ".")
	if dotted && !digits(right, 1) || !dotted && right != "" {
		return 0, wrong
	}
	minus := strings.HasPrefix(left, "-")
	n, err := parseWhole(strings.TrimPrefix(left, "-"))
	if err != nil || n < 0 || n > 1e9 {
		return 0, wrong
	}
	n *= 10
	if dotted {
		n += int(right[0] - '0')
	}
	if minus && n == 0 {
		return 0, wrong
	}
	if minus {
		n = -n
	}
	return n, nil
}

// FormatTenths writes tenths as ParseTenths reads them: 25 is 2.5, and 20 is 2.
func FormatTenths(n int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	s := sign + strconv.Itoa(n/10)
	if n%10 != 0 {
		s += "." + strconv.Itoa(n%10)
	}
	return s
}

// ParseAge reads an age in years and months, such as 9:04, into months; up to 18:11.
func ParseAge(s string) (int, error) {
	wrong := invalid("age_shape", "years and months, such as 9:04, up to 18:11")
	years, months, ok := strings.Cut(s, ":")
	if !ok || !digits(months, 2) {
		return 0, wrong
	}
	y, err := parseWhole(years)
	m, _ := strconv.Atoi(months)
	if err != nil || y < 0 || y > 18 || m > 11 {
		return 0, wrong
	}
	return y*12 + m, nil
}
