package main

import (
	"errors"
	"fmt"
	"strings"

	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/matching"
)

// choices turns --fix, --leave and --bar into what a plan keeps to.
func (f *searchFlags) choices(e *matching.Engine) (fixed, barred []matching.Choice, err error) {
	decided := map[matching.ReferralID]bool{}
	add := func(c matching.Choice) error {
		if decided[c.Referral] {
			return fmt.Errorf("%s is decided twice: want one --fix or --leave for it", c.Referral)
		}
		decided[c.Referral] = true
		fixed = append(fixed, c)
		return nil
	}
	for _, value := range f.fix {
		c, err := fixedChoice(e, value)
		if err != nil {
			return nil, nil, err
		}
		if err := add(c); err != nil {
			return nil, nil, err
		}
	}
	for _, value := range f.leave {
		if _, err := referrals(e, value); value == "" || err != nil {
			return nil, nil, missing("referral", value)
		}
		if err := add(matching.Choice{Referral: matching.ReferralID(value)}); err != nil {
			return nil, nil, err
		}
	}
	for _, value := range f.bar {
		c, err := barredChoices(e, value)
		if err != nil {
			return nil, nil, err
		}
		barred = append(barred, c...)
	}
	return fixed, barred, nil
}

// fixedChoice is the best option that a --fix names.
func fixedChoice(e *matching.Engine, value string) (matching.Choice, error) {
	id, parts, err := cutChoice(e, "--fix", value)
	if err != nil {
		return matching.Choice{}, err
	}
	k, err := e.Rank(id)
	if err != nil {
		return matching.Choice{}, err
	}
	for i := range k.Ranking {
		if stays := k.Ranking[i].Stays; len(parts) == len(stays) && within(parts, stays) {
			return matching.Choice{Referral: id, Stays: stays}, nil
		}
	}
	for i := range k.Rejected {
		if o := &k.Rejected[i]; len(parts) == 1 && within(parts, o.Stays) {
			return matching.Choice{}, &answerError{fmt.Errorf("--fix %s is refused: %s (see panel rank --referral %s --why-not %s)",
				value, refusedBy(o), id, o.Stays[0].Group)}
		}
	}
	return matching.Choice{}, &answerError{fmt.Errorf("--fix %s is no option: %s", value, instead(k, parts))}
}

// barredChoices are the possible options that a --bar names: those that hold every part of it.
func barredChoices(e *matching.Engine, value string) ([]matching.Choice, error) {
	id, parts, err := cutChoice(e, "--bar", value)
	if err != nil {
		return nil, err
	}
	options, err := e.Options(id)
	if err != nil {
		return nil, err
	}
	var out []matching.Choice
	known := false
	for i := range options {
		if !within(parts, options[i].Stays) {
			continue
		}
		known = true
		if options[i].Feasible {
			out = append(out, matching.Choice{Referral: id, Stays: options[i].Stays})
		}
	}
	if !known {
		return nil, missing("option", value)
	}
	return out, nil
}

// cutChoice cuts REFERRAL=GROUP, of which either may hold a "=" of its own.
func cutChoice(e *matching.Engine, flag, value string) (matching.ReferralID, []string, error) {
	for i := range value {
		if value[i] != '=' || i+1 == len(value) {
			continue
		}
		if _, err := referrals(e, value[:i]); i > 0 && err == nil {
			return matching.ReferralID(value[:i]), strings.Split(value[i+1:], "+"), nil
		}
	}
	id, group, found := strings.Cut(value, "=")
	if !found || id == "" || group == "" {
		return "", nil, errors.New(flag + " wants REFERRAL=GROUP, REFERRAL=GROUP/PATTERN or REFERRAL=GROUP/PATTERN/FROM")
	}
	return "", nil, missing("referral", id)
}

// within tells whether each part names a stay.
func within(parts []string, stays []matching.Stay) bool {
	for _, part := range parts {
		found := false
		for _, stay := range stays {
			found = found || namesStay(strings.TrimSpace(part), stay)
		}
		if !found {
			return false
		}
	}
	return true
}

func namesStay(name string, s matching.Stay) bool {
	group, pattern := string(s.Group), string(s.Group)+"/"+string(s.Pattern)
	return name == group || name == pattern || name == pattern+"/"+s.From.String()
}

// refusedBy names the rules that refuse an option.
func refusedBy(o *matching.Option) string {
	names := make([]string, len(o.Reasons))
	for i := range o.Reasons {
		names[i] = text.Rule(o.Reasons[i].Code)
	}
	return text.List(names)
}

// instead says which options there are in the group that was meant.
func instead(k *matching.Ranking, parts []string) string {
	const shown = 4
	var there []string
	more := false
	for i := range k.Ranking {
		stays := k.Ranking[i].Stays
		if s := stays[0]; len(stays) == 1 && (parts[0] == string(s.Group) || strings.HasPrefix(parts[0], string(s.Group)+"/")) {
			if more = len(there) == shown; more {
				break
			}
			there = append(there, fmt.Sprintf("%s/%s/%s", s.Group, s.Pattern, s.From))
		}
	}
	switch {
	case there == nil:
		return fmt.Sprintf("see panel rank --referral %s", k.Referral)
	case more:
		there = append(there, "others")
	}
	return "there is " + text.List(there)
}
