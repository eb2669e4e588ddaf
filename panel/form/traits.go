package form

import "slices"

// A TraitRule says from which level on a risk gives a pupil a trait. Alleged risks count
// like actual ones.
type TraitRule struct {
	Trait string
	Item  string // of the risk assessment: the field risk.<item>
	Level string // low, medium or high: this level or above
}

// traitRules are the derived flags of the risk assessment. What could hurt others badly
// counts from low on; what is common, from medium or high on.
var traitRules = []TraitRule{
	{"absconder", "absconding", "medium"},
	{"aggressive", "assault_pupils", "medium"},
	{"aggressive", "assault_staff", "medium"},
	{"aggressive", "bullying", "high"},
	{"aggressive", "hate", "high"},
	{"aggressive", "verbal", "high"},
	{"anxious_refuser", "school_anxiety", "medium"},
	{"arson", "fire", "low"},
	{"harms_animals", "animals", "low"},
	{"high_risk", "assault_pupils", "high"},
	{"high_risk", "assault_staff", "high"},
	{"high_risk", "fire", "high"},
	{"high_risk", "self_harm", "high"},
	{"high_risk", "sexual_harm", "high"},
	{"high_risk", "suicide", "high"},
	{"high_risk", "weapon", "high"},
	{"sexual_risk", "sexual_harm", "low"},
	{"substance", "alcohol", "medium"},
	{"substance", "substance", "medium"},
	{"weapon", "weapon", "low"},
}

// TraitRules are the rules by which risks become traits, in order of the traits.
func TraitRules() []TraitRule { return slices.Clone(traitRules) }

// riskLevels are the levels of risk from the lowest.
var riskLevels = []string{none, "low", "medium", "high"}

// Traits are what the matching keeps apart or limits by, in order, by [TraitRules]; with
// anxious_refuser also for the circumstance of that name, and needs_1to1 for one-to-one
// support. They are known only when every risk that a rule asks about is, and the
// circumstances and the support; those that are found are there in any case.
func Traits(f Form) (traits []string, known bool) {
	known = true
	for _, rule := range traitRules {
		level, ok := f.Code("risk." + rule.Item)
		known = known && ok
		if ok && slices.Index(riskLevels, level) >= slices.Index(riskLevels, rule.Level) {
			traits = append(traits, rule.Trait)
		}
	}
	circumstances, ok := f.Codes("referral.circumstances")
	known = known && ok
	if slices.Contains(circumstances, "anxious_refusal") {
		traits = append(traits, "anxious_refuser")
	}
	support, ok := f.Code("education.support")
	known = known && ok
	if support == "one_to_one" {
		traits = append(traits, "needs_1to1")
	}
	slices.Sort(traits)
	return slices.Compact(traits), known
}
