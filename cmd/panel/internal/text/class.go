package text

import (
	"cmp"
	"slices"

	"example.org/backontrack/matching"
)

// OwnWeek is what lifts a clash with what the pupil does already. The contract
// counts it as a move; but nobody else has to move for it.
const OwnWeek matching.Class = "own_week"

// Classes are what could lift a refusal, in the order in which refusals are
// listed: what is within reach first.
func Classes() []matching.Class {
	return []matching.Class{
		matching.ByKnowing, matching.ByDate, matching.ByAdults, matching.ByMove, matching.ByWaiver, OwnWeek, matching.Never,
	}
}

// ClassOf is what could lift a reason.
func ClassOf(r *matching.Reason) matching.Class {
	switch {
	case r.Code == matching.CodeBusy:
		return OwnWeek
	case r.Code == matching.CodeNotOpen && r.Clears == 0:
		return matching.Never // there is no date to wait for
	}
	return r.Class
}

// ToLift is all that it takes, together, to lift every one of several reasons,
// each once and in order: nothing would, if one of them is of the class never.
func ToLift(reasons []matching.Reason) []matching.Class {
	var needed []matching.Class
	for i := range reasons {
		class := ClassOf(&reasons[i])
		if class == matching.Never {
			return []matching.Class{matching.Never}
		}
		if !slices.Contains(needed, class) {
			needed = append(needed, class)
		}
	}
	slices.SortFunc(needed, compareClasses)
	return needed
}

// CompareToLift orders what it takes: the fewer things the nearer, and nothing last.
func CompareToLift(a, b []matching.Class) int {
	return cmp.Or(
		compareNever(a, b),
		cmp.Compare(len(a), len(b)),
		slices.CompareFunc(a, b, compareClasses),
	)
}

func compareNever(a, b []matching.Class) int {
	switch never, other := slices.Contains(a, matching.Never), slices.Contains(b, matching.Never); {
	case never && !other:
		return 1
	case other && !never:
		return -1
	}
	return 0
}

func compareClasses(a, b matching.Class) int {
	return cmp.Or(cmp.Compare(slices.Index(Classes(), a), slices.Index(Classes(), b)), cmp.Compare(a, b))
}

// Lifts says what it takes to lift a refusal.
func Lifts(needed []matching.Class) string {
	if len(needed) > 1 {
		return capital(means(needed)) + " together would lift it"
	}
	return lifts(needed, "it")
}

// LiftsReason says what would lift one of several reasons, which is not yet the refusal.
func LiftsReason(class matching.Class) string { return lifts([]matching.Class{class}, "this") }

func lifts(one []matching.Class, it string) string {
	said := capital(means(one)) + " would lift " + it
	if len(one) == 1 && one[0] == matching.ByWaiver {
		said += ", by somebody with the power and with a reason"
	}
	return said
}

// means names what could lift refusals.
func means(classes []matching.Class) string {
	names := make([]string, len(classes))
	for i, class := range classes {
		names[i] = mean(class)
	}
	return List(names)
}

func mean(c matching.Class) string {
	switch c {
	case matching.ByKnowing:
		return "an answer"
	case matching.ByDate:
		return "waiting"
	case matching.ByAdults:
		return "more adult time"
	case matching.ByMove:
		return "someone else moving"
	case matching.ByWaiver:
		return "a waiver"
	case OwnWeek:
		return "a change of this pupil's own week"
	case matching.Never:
		return "nothing"
	}
	return Plain(string(c))
}

// Rule names what a rule looks at, for counts: "year group".
func Rule(code matching.Code) string {
	if words, ok := ruleNames[code]; ok {
		return words
	}
	return Plain(string(code))
}

var ruleNames = map[matching.Code]string{
	matching.CodeSex: "girls or boys only", matching.CodeReferralReason: "reason for referral",
	matching.CodeNeedsNotMet: "a need not met", matching.CodeRefusedTrait: "what the group cannot take",
	matching.CodeJourney: "too far", matching.CodeBusy: "already somewhere else",
	matching.CodeTooShort: "too little time left", matching.CodeNotOpen: "no start date", matching.CodePlaces: "full",
	matching.CodeStaffing: "short of adults", matching.CodeTraitLimit: "too many with the same trait",
	matching.CodeUnregisteredFullTime: "not registered for full time", matching.CodeKeepApart: "kept apart by name",
	matching.CodeCareHomePeers: "same care home", matching.CodeAnxiousWithAggressive: "anxious and aggressive",
}

// Rules names rules, each once.
func (w *Words) Rules(codes []matching.Code) string {
	names := make([]string, 0, len(codes))
	for _, code := range codes {
		names = append(names, Rule(code))
	}
	return List(names)
}
