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
// circumstances and the support; those that are found are there in any case. A snapshot
// that lists traits as unknown makes nothing of those that it has, so whoever builds one
// has to choose: [PossibleTraits] are those that it would then leave open.
func Traits(f Form) (traits []string, known bool) {
	found, open := sortTraits(f)
	return found, len(open) == 0
}

// PossibleTraits are the traits, in order, that the pupil is not found to have and that
// an answer to what is not known could still add.
func PossibleTraits(f Form) []string {
	found, open := sortTraits(f)
	return slices.DeleteFunc(open, func(trait string) bool { return slices.Contains(found, trait) })
}

// sortTraits has the traits found, and those with a rule whose answer is not known.
func sortTraits(f Form) (found, open []string) {
	weigh := func(trait string, known, has bool) {
		switch {
		case !known:
			open = append(open, trait)
		case has:
			found = append(found, trait)
		}
	}
	for _, rule := range traitRules {
		level, known := f.Code("risk." + rule.Item)
		weigh(rule.Trait, known, slices.Index(riskLevels, level) >= slices.Index(riskLevels, rule.Level))
	}
	circumstances, known := f.Codes("referral.circumstances")
	weigh("anxious_refuser", known, slices.Contains(circumstances, "anxious_refusal"))
	support, known := f.Code("education.support")
	weigh("needs_1to1", known, support == "one_to_one")
	slices.Sort(found)
	slices.Sort(open)
	return slices.Compact(found), slices.Compact(open)
}
