package demo

import (
	"cmp"
	"strconv"

	"example.org/backontrack/matching"
)

// identity is who the pupil is (section B).
func (f *filling) identity() {
	if f.surname != "" {
		f.seen("pupil.surname", f.surname)
	}
	f.seen("pupil.forename", f.forename)
	f.seen("pupil.upn", f.upn)
	f.seen("pupil.date_of_birth", day(f.born))
	f.seen("pupil.year", strconv.Itoa(f.facts.Year))
	f.seen("pupil.sex", string(f.facts.Sex))
	f.say("pupil.address", f.address)
	if f.postcode != "" {
		f.say("pupil.postcode", f.postcode)
	} else {
		f.unknown("pupil.postcode", "the family has moved and not said where to")
	}
	f.say("pupil.ethnicity", f.pick(6, "WBRI", "MWBC", "APKN", "BAFR", "WIRT", "CHNE", "WOTH"))
	newcomer := f.asks.Reason == "new_arrival"
	if newcomer {
		f.say("pupil.language", "ARA")
		f.say("pupil.english", "A")
		f.say("pupil.interpreter", "yes")
	} else {
		f.say("pupil.language", f.pick(7, "ENG", "ENG", "ENG", "POL", "URD"))
	}
	meals := f.n%3 != 0
	f.yesNo("pupil.free_school_meals", meals)
	if meals {
		f.say("health.meals", "A packed lunch from the school's kitchen.")
	}
	if w := f.way(); w.route == "no_school_place" {
		f.say("pupil.no_school_roll", "yes")
	}
}

// family is who cares for the pupil (section C).
func (f *filling) family() {
	family := f.surname
	if family == "" {
		family = f.forename
	}
	relation, first := "PAM", girlsNames[(f.n+3)%len(girlsNames)]
	if f.facts.LookedAfter {
		relation, first = "CAR", boysNames[(f.n+5)%len(boysNames)]
	}
	f.row("family.contacts.name", 1, first+" "+family)
	f.row("family.contacts.relationship", 1, relation)
	f.row("family.contacts.parental_responsibility", 1, "yes")
	f.row("family.contacts.lives_with", 1, "yes")
	f.row("family.contacts.phone", 1, "01632 961"+strconv.Itoa(100+f.n))
	f.say("family.legal_restrictions", "no")
	f.say("family.safe_to_contact", "yes")
	f.say("family.home_visit_risks", "no")
	f.say("family.parent_view", f.pick(8, "Wants a place with small groups and somebody who listens.", "Is worried about the journey, and glad that something happens.",
		"Would have liked to stay at the school, and agrees that it cannot go on."))
}

// agencies are who else works with the pupil (section F).
func (f *filling) agencies() {
	help := f.n%4 == 0 && !f.facts.LookedAfter
	switch {
	case f.facts.LookedAfter:
		f.say("agencies.level", "lac")
		f.say("agencies.looked_after", "current")
		f.say("agencies.responsible_la", "823")
		f.say("agencies.placement_type", "care_home")
		f.say("agencies.virtual_school", "current")
	case help:
		f.say("agencies.level", "early_help")
		f.say("agencies.looked_after", "none")
	default:
		f.say("agencies.level", "none")
		f.say("agencies.looked_after", "none")
	}
	switch {
	case f.lacks(matching.FactCareHome):
		f.unknown("agencies.care_home", "the unit has asked the social worker and waits for an answer")
	case f.facts.CareHome != "":
		f.say("agencies.care_home", "yes")
		f.say("agencies.care_home_id", f.facts.CareHome)
	default:
		f.say("agencies.care_home", "no")
	}
	f.say("agencies.child_in_need", "none")
	f.say("agencies.child_protection", "none")
	status := map[bool]string{true: "current", false: "none"}
	f.say("agencies.early_help", status[help])
	offending := f.way().circumstance == "offending"
	f.say("agencies.youth_justice", status[offending])
	f.say("agencies.police", map[bool]string{true: "past", false: "none"}[offending])
	f.say("agencies.camhs", f.pick(9, "none", "past", "current"))
	f.say("agencies.psychologist", f.pick(10, "none", "past", "none"))
}

// apartReasons are what the snapshot's words are on the form.
var apartReasons = map[string]string{"bullying": "victim", "co-defendants": "co_defendant"}

// company is who must be apart from the pupil, and who would be a help (section H).
func (f *filling) company() {
	row := 0
	for _, k := range f.apart {
		other := k.Pupils[0]
		if other == f.facts.ID {
			other = k.Pupils[1]
		}
		id, ok := f.onRecord[other]
		if !ok {
			continue
		}
		row++
		f.row("apart.pupils.pupil", row, string(id))
		f.row("apart.pupils.reason", row, cmp.Or(apartReasons[k.Reason], "fight"))
		f.row("apart.pupils.severity", row, map[matching.Scope]string{
			matching.OnSite: "never_same_site", matching.InZone: "never_same_group", matching.InGroup: "never_same_group",
		}[k.Scope])
		until := k.Until
		if until == 0 {
			until = lastDay
		}
		f.row("apart.pupils.until", row, day(until))
		f.row("apart.pupils.source", row, f.by.role)
	}
	if row == 0 {
		f.say("apart.pupils", "none")
	}
	f.list("apart.areas", f.facts.Areas)
	if f.lacks(matching.FactAreas) {
		f.unknown("apart.affiliations", "the unit has heard of ties elsewhere and nobody has confirmed them")
	}
	f.say("apart.unsafe_places", f.pick(11, "The underpass by the station after dark.", "None known.", "The last bus."))
	var friends []string
	for _, id := range f.facts.Friends {
		if known, ok := f.onRecord[id]; ok {
			friends = append(friends, string(known))
		}
	}
	f.list("apart.friends", friends)
}

// health is what a site has to have, and the journey (section I).
func (f *filling) health() {
	f.say("health.conditions", "none")
	f.say("health.medication", "none")
	if f.n%5 == 0 {
		f.row("health.allergies.allergy", 1, "Peanuts")
		f.row("health.allergies.reaction", 1, "Swelling of the lips. The pen is in the school bag; ring 999.")
	} else {
		f.say("health.allergies", "none")
	}
	f.list("health.access", f.facts.Access)
	f.say("health.care_plan", "no")
	f.say("health.gp", "Withymere Surgery")
	if f.way().circumstance == "pregnant" {
		f.say("health.due_date", "2027-04-20")
	}
	primary := f.facts.Year < 7
	f.say("health.travel_mode", map[bool]string{true: "taxi", false: "bus"}[primary || len(f.facts.Access) > 0])
	f.yesNo("health.travel_alone", !primary)
}
