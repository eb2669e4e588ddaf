package form

import "slices"

// LookedAfter tells whether the pupil is looked after now, and whether that is known.
func (f Form) LookedAfter() (lookedAfter, known bool) {
	status, known := f.Code("agencies.looked_after")
	return status == "current", known
}

// EHCP tells whether the pupil has an education, health and care plan, and whether that
// is known.
func (f Form) EHCP() (has, known bool) {
	if plan, ok := f.Code("education.plan"); ok {
		return plan == "issued", true
	}
	provision, ok := f.Code("education.sen_provision")
	return provision == "E", ok
}

// reasonOfRoute is what a route amounts to for groups, which select by reason.
var reasonOfRoute = map[string]string{
	"prevent_pex": "prevent_exclusion", "day6_pex": "permanently_excluded", "suspension_day6": "suspended",
	"offsite_direction": "prevent_exclusion", "reintegration": "reintegration_failed", "fair_access": "fair_access",
	"medical": "medical", "no_school_place": "not_in_education", "respite": "respite",
	"managed_move_support": "managed_move", "advice": "advice",
}

// Reason is why the referral is made, as groups select by it: the answer, or else what
// the route amounts to; and whether either is known.
func (f Form) Reason() (string, bool) {
	if reason, ok := f.Code("referral.reason"); ok {
		return reason, true
	}
	route, _ := f.Code("referral.route")
	reason, ok := reasonOfRoute[route]
	return reason, ok
}

// A SpecialNeed is a special educational need; one that must be met restricts the groups.
type SpecialNeed struct {
	Code string
	Must bool
}

// Needs are the special educational needs, the primary first, and whether all of them
// are known, with whether a provision must be equipped for each. One of which that is not
// known counts as if it must.
func (f Form) Needs() (needs []SpecialNeed, known bool) {
	if provision, ok := f.Code("education.sen_provision"); ok && provision == "N" {
		return nil, true
	}
	known = f.Known("education.needs")
	for _, row := range f.Rows("education.needs") {
		r := f.Row("education.needs", row)
		code, ok1 := r.Text("type")
		must, ok2 := r.YesNo("must")
		known = known && ok1 && ok2
		if ok1 {
			needs = append(needs, SpecialNeed{Code: code, Must: must || !ok2})
		}
	}
	return needs, known
}

// Areas are those that count for rivalry, of the pupil's own answer and of ties to areas,
// in order of their ids, and whether they are known.
func (f Form) Areas() (areas []string, known bool) {
	areas, known = f.Codes("apart.areas")
	if a, ok := f.Answer("apart.affiliations", 0); ok && a.Grade == Unknown {
		known = false
	}
	for _, row := range f.Rows("apart.affiliations") {
		area, ok := f.Row("apart.affiliations", row).Text("area")
		if ok {
			areas = append(areas, area)
		}
		known = known && ok
	}
	slices.Sort(areas)
	return slices.Compact(areas), known
}

// CareHome is the id of the pupil's care home, empty for none, and whether it is known.
func (f Form) CareHome() (id string, known bool) {
	home, known := f.YesNo("agencies.care_home")
	if !known || !home {
		return "", known
	}
	return f.Text("agencies.care_home_id")
}
