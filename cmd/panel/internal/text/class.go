package text

import (
	"slices"

	"example.org/backontrack/matching"
)

// Classes are what could lift a refusal, in the order in which refusals are
// listed: what is within reach first.
func Classes() []matching.Class {
	return []matching.Class{
		matching.ByKnowing, matching.ByDate, matching.ByAdults, matching.ByMove, matching.ByWaiver, matching.Never,
	}
}

// Lifts says what would lift a refusal of a class.
func Lifts(c matching.Class) string {
	switch c {
	case matching.ByKnowing:
		return "An answer would settle it"
	case matching.ByDate:
		return "Waiting would lift it"
	case matching.ByAdults:
		return "More adult time would lift it"
	case matching.ByMove:
		return "Someone else moving would lift it, or a change of this pupil's own week"
	case matching.ByWaiver:
		return "A waiver would lift it, by somebody with the power and with a reason"
	case matching.Never:
		return "Nothing would lift it"
	}
	return Plain(string(c))
}

// Hardest is what it takes to lift every one of several reasons: the class of the
// one that is hardest to lift.
func Hardest(reasons []matching.Reason) matching.Class {
	hardest := 0
	for _, r := range reasons {
		for i, c := range Classes() {
			if c == r.Class {
				hardest = max(hardest, i)
			}
		}
	}
	return Classes()[hardest]
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

// Awaited names the facts that rules wait for, each once.
func (w *Words) Awaited(rules []matching.Code) string {
	var facts []string
	for _, code := range rules {
		fact, ok := awaits[code]
		if !ok {
			fact = Rule(code)
		}
		if !slices.Contains(facts, fact) {
			facts = append(facts, fact)
		}
	}
	return List(facts)
}

// awaits is what each rule has to know.
var awaits = map[matching.Code]string{
	matching.CodeYearGroup: "the year", matching.CodeSex: "the sex", matching.CodeNeedsNotMet: "needs",
	matching.CodeRefusedTrait: "traits", matching.CodeTraitLimit: "traits", matching.CodeAnxiousWithAggressive: "traits",
	matching.CodeAccess: "access needs", matching.CodeJourney: "the home address", matching.CodeBusy: "what the week already holds",
	matching.CodeUnregisteredFullTime: "an EHC plan or care", matching.CodeRivalAreas: "the home area", matching.CodeCareHomePeers: "the care home",
}

// Rules names rules, each once.
func (w *Words) Rules(codes []matching.Code) string {
	names := make([]string, 0, len(codes))
	for _, code := range codes {
		names = append(names, Rule(code))
	}
	return List(names)
}
