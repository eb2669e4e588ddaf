package main

import (
	"fmt"
	"slices"
	"strings"

	"example.org/backontrack/cmd/panel/internal/report"
	"example.org/backontrack/matching"
)

// askCompare says why one option ranks above another.
func (f *rankFlags) askCompare(e *matching.Engine) (*answer, error) {
	first, second, found := strings.Cut(f.compare, ",")
	if !found || first == "" || second == "" || strings.Contains(second, ",") {
		return nil, fmt.Errorf("--compare wants two groups, as A,B")
	}
	k, err := e.Rank(matching.ReferralID(f.referral))
	if err != nil {
		return nil, err
	}
	a, err := pick(k, first)
	if err != nil {
		return nil, err
	}
	b, err := pick(k, second)
	if err != nil {
		return nil, err
	}
	c, err := e.Compare(a, b)
	if err != nil {
		return nil, &answerError{fmt.Errorf("can't compare %s with %s: %w", first, second, err)}
	}
	if !slices.Equal(c.Above, a.Stays) {
		a, b = b, a
	}
	return &answer{c, func(r *report.Report) error {
		r.Referral(k.Referral)
		r.Comparison(c, a, b)
		return nil
	}}, nil
}

// pick finds the best option that is named as GROUP or GROUP/PATTERN, or as
// several of these joined by + for a package; a refused one if none is possible.
func pick(k *matching.Ranking, name string) (*matching.Option, error) {
	parts := strings.Split(name, "+")
	for _, list := range [][]matching.Option{k.Ranking, k.Rejected} {
		for i := range list {
			if names(parts, &list[i]) {
				return &list[i], nil
			}
		}
	}
	return nil, missing("option", name)
}

// names tells whether parts name the stays of an option, in any order.
func names(parts []string, o *matching.Option) bool {
	if len(parts) != len(o.Stays) {
		return false
	}
	for _, stay := range o.Stays {
		found := false
		for _, part := range parts {
			part = strings.TrimSpace(part)
			found = found || part == string(stay.Group) || part == string(stay.Group)+"/"+string(stay.Pattern)
		}
		if !found {
			return false
		}
	}
	return true
}
