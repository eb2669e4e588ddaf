package lint

import "slices"

// A Code names a kind of finding. Codes never change their meaning;
// docs/reference/lint.md has one row for each.
type Code string

// The codes, in the order in which findings of one severity are listed.
const (
	NoOption             Code = "no_option"
	DeadlineLost         Code = "deadline_lost"
	RivalClique          Code = "rival_clique"
	DemandExceeds        Code = "demand_exceeds"
	NowhereAccepted      Code = "nowhere_accepted"
	PlacesStanding       Code = "places_standing"
	StaffingStanding     Code = "staffing_standing"
	TraitLimitStanding   Code = "trait_limit_standing"
	UnregisteredStanding Code = "unregistered_standing"
	ApartStanding        Code = "apart_standing"
	DoublePlacement      Code = "double_placement"

	WantedGroupRefuses Code = "wanted_group_refuses"
	NowhereOffered     Code = "nowhere_offered"
	FriendsApart       Code = "friends_apart"
	CriteriaStanding   Code = "criteria_standing"
	DoubleReferral     Code = "double_referral"
	GroupShut          Code = "group_shut"

	NoMinimum         Code = "no_minimum"
	SessionUnattended Code = "session_unattended"
	SeparationIdle    Code = "separation_idle"
	KeepApartIdle     Code = "keep_apart_idle"
	TraitLimitIdle    Code = "trait_limit_idle"
	RefusesNobody     Code = "refuses_nobody"
	FloatingIdle      Code = "floating_idle"
	WeightZero        Code = "weight_zero"
	CriterionConstant Code = "criterion_constant"
)

// Severity says how much a finding matters.
type Severity string

// The severities.
const (
	Error   Severity = "error"   // something asked for can't be had, or a rule is broken already
	Warning Severity = "warning" // probably a mistake, or a wish that can't count
	Note    Severity = "note"    // something has no effect, or leaves a gap
)

// Codes are all codes, in the order of findings.
func Codes() []Code {
	return []Code{
		NoOption, DeadlineLost, RivalClique, DemandExceeds, NowhereAccepted, PlacesStanding, StaffingStanding,
		TraitLimitStanding, UnregisteredStanding, ApartStanding, DoublePlacement,
		WantedGroupRefuses, NowhereOffered, FriendsApart, CriteriaStanding, DoubleReferral, GroupShut,
		NoMinimum, SessionUnattended, SeparationIdle, KeepApartIdle, TraitLimitIdle, RefusesNobody, FloatingIdle,
		WeightZero, CriterionConstant,
	}
}

// Severity is how much the findings of a code matter.
func (c Code) Severity() Severity { return severities[c] }

var severities = func() map[Code]Severity {
	of, severity := map[Code]Severity{}, Error
	for _, c := range Codes() {
		if c == WantedGroupRefuses {
			severity = Warning
		}
		if c == NoMinimum {
			severity = Note
		}
		of[c] = severity
	}
	return of
}()

func (c Code) rank() int { return slices.Index(Codes(), c) }

func (s Severity) rank() int { return slices.Index([]Severity{Error, Warning, Note}, s) }
