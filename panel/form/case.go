package form

import "slices"

// Answered is a yes or no that may not be known: the zero value.
type Answered string

// The answers.
const (
	NotKnown Answered = ""
	Yes      Answered = yes
	No       Answered = no
)

func answered(isYes, known bool) Answered {
	switch {
	case !known:
		return NotKnown
	case isYes:
		return Yes
	}
	return No
}

// A Case is what the gates go by besides the answers. [CaseOf] takes it from a form;
// after a decision the length of the stay is that of the decision.
type Case struct {
	Route, Tier string // codes; empty: not known
	Year        string // the code of the year group, such as 10; empty: not known
	StayDays    int    // school days; 0: not known, which counts as a week or more
	LookedAfter Answered
	EHCP        Answered
}

const (
	stayShort   = "short"
	stayWeek    = "week"
	daysOfAWeek = 5
)

// CaseOf is the case that a form tells of.
func CaseOf(f Form) Case {
	var c Case
	c.Route, _ = f.Code("referral.route")
	c.Tier, _ = f.Code("referral.tier")
	c.Year, _ = f.Code("pupil.year")
	c.LookedAfter = answered(f.LookedAfter())
	c.EHCP = answered(f.EHCP())
	if n, ok := f.Int("referral.wants_weeks"); ok {
		c.StayDays = n * daysOfAWeek
	} else if n, ok := f.Int("referral.wants_days"); ok {
		c.StayDays = n
	}
	return c
}

// KeyStage is that of the year group, such as KS3, or empty where there is none.
func (c Case) KeyStage() string {
	n, ok := yearNumber(c.Year)
	switch {
	case !ok || n < 0:
		return ""
	case n == 0:
		return "EYFS"
	case n <= 2:
		return "KS1"
	case n <= 6:
		return "KS2"
	case n <= 9:
		return "KS3"
	case n <= 11:
		return "KS4"
	}
	return "KS5"
}

func (c Case) stay() string {
	if c.StayDays > 0 && c.StayDays < daysOfAWeek {
		return stayShort
	}
	return stayWeek
}

// fact is a fact of the case that conditions are about; empty where it is not known.
func (c Case) fact(of string) (value string, isFact bool) {
	switch of {
	case OfRoute:
		return c.Route, true
	case OfTier:
		return c.Tier, true
	case OfYear:
		return c.Year, true
	case OfKeyStage:
		return c.KeyStage(), true
	case OfStay:
		return c.stay(), true
	case OfLookedAfter:
		return string(c.LookedAfter), true
	case OfEHCP:
		return string(c.EHCP), true
	}
	return "", false
}

// holds tells whether all conditions hold.
func (c Case) holds(f Form, conditions []Condition) bool {
	for _, condition := range conditions {
		value, isFact := c.fact(condition.Of)
		if !isFact {
			value, _ = f.Text(condition.Of)
		}
		if slices.Contains(condition.Is, value) == condition.Not {
			return false
		}
	}
	return true
}
