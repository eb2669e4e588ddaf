package panel

import (
	"slices"
	"strings"
	"unicode"

	"example.org/backontrack/matching"
	"example.org/backontrack/panel/form"
)

// pupilFacts is what matching sees of a pupil. A fact that nobody has given is listed as
// unknown, never taken as "none". Of a list of which only a part is known, that part
// counts: a rule that reads it refuses for what is there, and the completeness of the
// form says what is missing.
func (x *bridging) pupilFacts(p Pupil, f form.Form) (matching.Pupil, error) {
	out := matching.Pupil{ID: p.Pseudonym}
	unknown := func(fact matching.Fact, known bool) {
		if !known {
			out.Unknown = append(out.Unknown, fact)
		}
	}
	var known bool
	out.Year, known = f.Year()
	unknown(matching.FactYear, known)
	sex, known := f.Code("pupil.sex")
	out.Sex = matching.Sex(sex)
	unknown(matching.FactSex, known)
	out.Areas, known = areas(f)
	unknown(matching.FactAreas, known || len(out.Areas) > 0)
	home, known := f.CareHome()
	out.CareHome = placeKey(home)
	unknown(matching.FactCareHome, known)
	out.Traits, known = form.Traits(f)
	unknown(matching.FactTraits, known || len(out.Traits) > 0)
	out.Needs, known = needs(f)
	unknown(matching.FactNeeds, known || len(out.Needs) > 0)
	out.Support, known = f.Code("education.support")
	if !priced(x.policy.Matching.Support, matching.DefaultPolicy().Support, out.Support) {
		out.Support, known = "", false
	}
	unknown(matching.FactSupport, known)
	access, known := f.Codes("health.access")
	out.Access = access
	unknown(matching.FactAccess, known)
	out.Busy, known = f.Sessions("education.busy")
	unknown(matching.FactBusy, known)
	out.EHCP, known = f.EHCP()
	unknown(matching.FactEHCP, known)
	out.LookedAfter, known = f.LookedAfter()
	unknown(matching.FactLookedAfter, known)
	if err := x.friends(&out, f); err != nil {
		return out, err
	}
	err := x.home(&out, f)
	slices.Sort(out.Unknown)
	return out, err
}

// partlyKnown are the rules that saw only a part of what they read: they refuse for what
// is known, and wait for the rest.
func partlyKnown(f form.Form) []matching.Code {
	var codes []matching.Code
	if list, known := areas(f); !known && len(list) > 0 {
		codes = append(codes, matching.CodeRivalAreas)
	}
	if list, known := form.Traits(f); !known && len(list) > 0 {
		codes = append(codes, matching.CodeAnxiousWithAggressive, matching.CodeRefusedTrait, matching.CodeTraitLimit)
	}
	if list, known := needs(f); !known && len(list) > 0 {
		codes = append(codes, matching.CodeNeedsNotMet)
	}
	return codes
}

// areas are those that count for rivalry: the home's outcode, and what the form adds.
func areas(f form.Form) ([]string, bool) {
	named, known := f.Areas()
	list := areaKeys(named)
	if postcode, ok := f.Text("pupil.postcode"); ok && postcode != noFixedAbode {
		list = append(list, form.Outcode(postcode))
	}
	slices.Sort(list)
	return slices.Compact(list), known
}

// areaKeys are names of areas as a snapshot compares them.
func areaKeys(areas []string) []string {
	keys := make([]string, len(areas))
	for i, area := range areas {
		keys[i] = placeKey(area)
	}
	return keys
}

// placeKey is the name of an area or a home with nothing but its letters and digits: the
// register says "King's Park" where a form, whose ids hold neither, has kings-park, and to
// tell them apart would put rivals together. A postcode stands for its outcode.
func placeKey(name string) string {
	if postcode, err := form.ParsePostcode(name); err == nil {
		return form.Outcode(postcode)
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, normalArea(name))
}

// noFixedAbode is the postcode that stands for having none.
const noFixedAbode = "ZZ99 9ZZ"

func needs(f form.Form) ([]matching.Need, bool) {
	list, known := f.Needs()
	var out []matching.Need
	for _, n := range list {
		if !slices.ContainsFunc(out, func(o matching.Need) bool { return o.Code == n.Code }) {
			out = append(out, matching.Need{Code: n.Code, Must: n.Must})
		}
	}
	return out, known
}

// priced tells whether a name is one that the policy, or else the default, has a number for.
func priced(own, usual map[string]int, name string) bool {
	_, ok := own[name]
	if !ok {
		_, ok = usual[name]
	}
	return ok
}

// friends are the pupils who would be a help, of those who take part. Nobody else is told apart.
func (x *bridging) friends(out *matching.Pupil, f form.Form) error {
	list, known := f.Codes("apart.friends")
	for _, id := range list {
		friend, err := x.kin.root(PupilID(id))
		if KindOf(err) == NotFound {
			continue
		}
		if err != nil {
			return err
		}
		if _, here := x.forms[friend.ID]; here && friend.Pseudonym != out.ID && !slices.Contains(out.Friends, friend.Pseudonym) {
			out.Friends = append(out.Friends, friend.Pseudonym)
		}
	}
	if !known {
		out.Unknown = append(out.Unknown, matching.FactFriends)
	}
	return nil
}

// home is about where the pupil lives: the middle of the outcode, which tells a journey and not a house.
func (x *bridging) home(out *matching.Pupil, f form.Form) error {
	postcode, ok := f.Text("pupil.postcode")
	if ok && postcode != noFixedAbode {
		middle, err := x.tx.Outcodes().Get(OutcodeID(form.Outcode(postcode)))
		if err == nil {
			out.Latitude, out.Longitude = new(middle.Latitude), new(middle.Longitude)
			return nil
		}
		if KindOf(err) != NotFound {
			return err
		}
	}
	out.Unknown = append(out.Unknown, matching.FactLatitude, matching.FactLongitude)
	return nil
}

// referralFacts is what matching sees of a referral.
func referralFacts(r Referral, pupil Pseudonym, groups map[GroupID]bool, policy matching.Policy) matching.Referral {
	f := r.Form
	out := matching.Referral{ID: r.ID, Pupil: pupil, Received: r.Received, OwnAdult: wantsOwnAdult(r)}
	out.Reason, _ = f.Reason()
	priority, _ := f.Code("referral.priority")
	if priced(policy.PriorityBonus, matching.DefaultPolicy().PriorityBonus, priority) {
		out.Priority = priority
	}
	out.Deadline, _ = f.Date("referral.deadline")
	out.ReadyFrom, _ = f.Date("referral.ready_from")
	aim, _ := f.Code("referral.aim")
	out.Aim = matching.Aim(aim)
	out.Wants.Sessions, _ = f.Int("referral.wants_sessions")
	out.Wants.Weeks, _ = f.Int("referral.wants_weeks")
	out.Wants.Days, _ = f.Int("referral.wants_days")
	out.Wants.Offers, _ = f.Codes("referral.wants_offers")
	out.Wants.Approaches, _ = f.Codes("referral.wants_approaches")
	chosen, _ := f.Codes("referral.wants_groups")
	for _, id := range chosen {
		if groups[GroupID(id)] {
			out.Wants.Groups = append(out.Wants.Groups, GroupID(id))
		}
	}
	return out
}

// wantsOwnAdult tells whether a funded one-to-one adult comes along.
func wantsOwnAdult(r Referral) bool {
	yes, _ := r.Form.YesNo("education.own_adult")
	return yes
}

// adultGone tells whether somebody has said, since the offer, that the funded adult who was
// to come along with the pupil does not.
func adultGone(f form.Form, p Placement) bool {
	a, ok := f.Answer("education.own_adult", 0)
	yes, known := f.YesNo("education.own_adult")
	return ok && known && !yes && a.On > Day(p.Offered)
}
