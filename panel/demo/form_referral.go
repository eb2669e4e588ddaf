package demo

import (
	"slices"
	"strconv"

	"example.org/backontrack/matching"
)

// A way is how a reason for a referral comes to the panel: by which route, and what is
// the matter.
type way struct {
	route, circumstance, story, tried string
	behaviour                         string
}

var ways = map[string]way{
	"prevent_exclusion": {"prevent_pex", "at_risk_of_exclusion",
		"Lessons have gone wrong since September, and one more suspension would put the place at risk.",
		"A report card, a mentor twice a week and a reduced timetable for four weeks. Each helped for a while.", "disruptive"},
	"permanently_excluded": {"day6_pex", "excluded",
		"Permanently excluded after one serious incident. The authority owes a place from the sixth school day.",
		"A pastoral support plan over sixteen weeks, with three reviews.", "physical_peers"},
	"anxious_refusal": {"medical", "anxious_refusal",
		"Has not managed a full day in school since Easter. Being driven to the gate ends in panic.",
		"A late start, a quiet room and a key worker at the door. Two mornings a week are the most that was reached.", "withdrawn"},
	"reintegration_failed": {"reintegration", "gaps_in_education",
		"The return to a mainstream timetable was tried for half a term and has failed.",
		"A phased timetable, a named adult at each change of lesson, and weekly meetings with the family.", "verbal_peers"},
	"pru_transfer": {"managed_move_support", "excluded",
		"The unit closes this group at Christmas, and the pupil needs a place that leads on.",
		"A year in the unit, with steady attendance in the small group and trouble at every change.", "threatening_peers"},
	"medical": {"medical", "physical_health",
		"After a long time in hospital a full timetable in a large school is not possible yet.",
		"Lessons at the bedside, then five hours a week at home.", "withdrawn"},
	"pregnant_or_parent": {"medical", "pregnant",
		"Expects a child in the spring and wants to sit her exams. The school cannot offer what she needs.",
		"A changed timetable and rest breaks. The journey and the stairs are too much.", "truancy"},
	"new_arrival": {"no_school_place", "new_arrival",
		"New to the country this autumn, with little English and no school place.",
		"An induction of two weeks with an interpreter.", "other"},
	"not_in_education": {"no_school_place", "offending",
		"In no education since the summer, and wants to work with his hands.",
		"Two interviews at the college, and a mentor from the youth service.", "truancy"},
	"respite": {"respite", "at_risk_of_exclusion",
		"The centre asks for some days elsewhere, so that everybody can begin again after half-term.",
		"A change of group within the centre, and a contract with the family.", "disruptive"},
	"safety": {"respite", "at_risk_of_exclusion",
		"Has to be away from the centre for two school days while the risk to others is looked at.",
		"He was taught apart from the group for one day.", "threatening_peers"},
	"community_safety": {"managed_move_support", "offending",
		"Is not safe in any provision of the authority: threats were made on the way to three of them.",
		"A change of centre in October. The threats followed within a week.", "gang"},
}

// ordinary is the way of a pupil who stands already.
var ordinary = ways["prevent_exclusion"]

func (f *filling) way() way {
	if w, ok := ways[f.asks.Reason]; ok {
		return w
	}
	return ordinary
}

// request is what is asked for (section A).
func (f *filling) request() {
	w, r := f.way(), f.asks
	f.say("referral.date", day(f.on))
	f.say("referral.source", f.by.source)
	f.say("referral.route", w.route)
	if r.Reason != "" {
		f.say("referral.reason", r.Reason)
	}
	f.say("referral.circumstances", f.circumstances()...)
	f.say("referral.tier", f.tier())
	if r.Aim != "" {
		f.say("referral.aim", string(r.Aim))
	}
	if r.Priority != "" {
		f.say("referral.priority", r.Priority)
	}
	if r.Deadline != 0 {
		f.say("referral.deadline", day(r.Deadline))
	}
	if r.ReadyFrom != 0 {
		f.say("referral.ready_from", day(r.ReadyFrom))
	}
	f.wants()
	f.say("referral.duration_discussed", day(f.on))
	f.say("referral.roll", f.roll())
	f.say("referral.story", w.story)
	f.say("referral.tried", w.tried)
	f.row("referral.concerns.concern", 1, "Time in lessons")
	f.row("referral.concerns.impact", 1, "great_deal")
	f.row("referral.concerns.concern", 2, "Friendships")
	f.row("referral.concerns.impact", 2, f.pick(1, "little", "quite_a_lot"))
	f.say("referral.behaviour", w.behaviour)
	f.say("referral.frequency", f.pick(2, "daily", "weekly"))
	f.number("referral.severity", f.between(3, 4, 9))
	f.yesNo("referral.risk_of_suspension", w.route == "prevent_pex" || w.route == "respite")
	f.yesNo("referral.risk_of_exclusion", w.route == "prevent_pex")
}

func (f *filling) wants() {
	w := f.asks.Wants
	switch {
	case w.Weeks > 0:
		f.say("referral.duration", "weeks")
		f.number("referral.wants_weeks", w.Weeks)
	case w.Days > 0:
		f.say("referral.duration", "days")
		f.number("referral.wants_days", w.Days)
	default:
		f.say("referral.duration", "two_terms")
	}
	if w.Sessions > 0 {
		f.number("referral.wants_sessions", w.Sessions)
	} else {
		f.unknown("referral.wants_sessions", "nobody could say yet how much of a week is right")
	}
	if w.Offers != nil {
		f.say("referral.wants_offers", w.Offers...)
	} else {
		f.unknown("referral.wants_offers", "nobody has asked yet what would draw the pupil")
	}
	if w.Approaches != nil {
		f.say("referral.wants_approaches", w.Approaches...)
	}
	if w.Groups == nil {
		return
	}
	var groups, provisions []string
	for _, g := range w.Groups {
		groups = append(groups, string(g))
		if p := string(f.by.provisionOf[g]); !slices.Contains(provisions, p) {
			provisions = append(provisions, p)
		}
	}
	f.say("referral.wants_groups", groups...)
	f.say("referral.provisions", provisions...)
}

// tier follows from what the placement is for: with a return to school, or leading on.
func (f *filling) tier() string {
	if f.asks.Aim == matching.Qualification || f.asks.Aim == matching.Transition {
		return "transitional"
	}
	return "time_limited"
}

func (f *filling) roll() string {
	if f.by.source != "school" {
		return "single"
	}
	return "dual_main"
}

// circumstances are those that the reason brings and those that follow from other sections (D6).
func (f *filling) circumstances() []string {
	list := []string{f.way().circumstance}
	add := func(code string, holds bool) {
		if holds && !slices.Contains(list, code) {
			list = append(list, code)
		}
	}
	add("anxious_refusal", f.has("anxious_refuser"))
	add("persistent_absence", f.attended() <= 900)
	add("sen_with_plan", f.facts.EHCP)
	add("sen_without_plan", !f.facts.EHCP && len(f.facts.Needs) > 0)
	add("looked_after", f.facts.LookedAfter)
	add("young_carer", f.n%9 == 0)
	return list
}

// referrer is who refers, and who answers for it (section A).
func (f *filling) referrer() {
	r := f.by
	f.say("referral.organisation", r.name)
	f.say("referral.organisation_type", r.kind)
	if r.laestab != "" {
		f.seen("referral.laestab", r.laestab)
		f.seen("referral.urn", r.urn)
	}
	f.say("referral.referrer_name", r.person)
	f.say("referral.referrer_role", r.role)
	f.say("referral.referrer_phone", "01632 960"+strconv.Itoa(100+f.n))
	f.say("referral.referrer_email", "referrals@"+string(r.id)+".example")
	f.say("referral.leader_name", r.head)
	f.say("referral.leader_role", "head")
	f.say("referral.leader_signed", day(f.on))
	f.say("referral.link_name", r.person)
	f.say("referral.link_role", r.role)
}

// need has what the pupil is good at, before what is wrong (section B).
func (f *filling) need() {
	f.say("pupil.strengths", f.pick(4, "Kind to younger pupils, and patient with animals.", "Mends things, and explains how.",
		"Draws well and reads a lot.", "A quick mind for numbers, and never misses football.", "Funny, loyal, and good with tools."))
	f.say("pupil.ambitions", f.pick(5, "To work outdoors.", "To be a chef.", "To join the fire service.", "To run a garage.", "College, and then to see."))
}
