package text

import "example.org/backontrack/matching/lint"

// Severity heads the findings of one severity.
func Severity(s lint.Severity) string {
	switch s {
	case lint.Error:
		return "Errors: something asked for can't be had, or a rule is broken already"
	case lint.Warning:
		return "Warnings: probably a mistake, or a wish that can't count"
	case lint.Note:
		return "Notes: something has no effect, or leaves a gap"
	}
	return Plain(string(s))
}

// FindingTitle says what the findings of a code have in common.
func FindingTitle(c lint.Code) string { return aboutFindings(c).title }

// FindingAdvice says what to do about them.
func FindingAdvice(c lint.Code) string { return aboutFindings(c).advice }

func aboutFindings(c lint.Code) kind {
	if k, known := findingKinds[c]; known {
		return k
	}
	return kind{capital(Plain(string(c))), "See docs/reference/lint.md."}
}

// A kind of finding: what it is, and what to do about it.
type kind struct{ title, advice string }

var findingKinds = map[lint.Code]kind{
	lint.NoOption: {
		"No group takes these referrals",
		"See panel rank --referral ID --unlock for what would open a group. Find other provision, or ask for a waiver where one is possible.",
	},
	lint.DeadlineLost: {
		"The deadline is lost already",
		"Nothing in the snapshot starts in time. Look for a place outside it, or record why the start is late; check the deadline and the day from which the pupil is ready.",
	},
	lint.RivalClique: {
		"More pupils to keep apart than rooms for them",
		"At least one of them has to go elsewhere, wait, or be placed by a planned exception with a reason. Widen the choice of sites or days for one of them.",
	},
	lint.DemandExceeds: {
		"More referrals than places",
		"Not all of them can be placed as things stand. Open places, add adults, or decide who waits.",
	},
	lint.NowhereAccepted: {
		"No group takes this",
		"Check the spelling of the code. If it is right, these pupils need provision that the snapshot does not have.",
	},
	lint.PlacesStanding: {
		"A group is over its places",
		"Check the number of places and the dates of the placements, or move somebody.",
	},
	lint.StaffingStanding: {
		"A site is short of adults for the pupils who are there",
		"Add adult time at these sessions, or check the groups' adults and the pupils' levels of support.",
	},
	lint.TraitLimitStanding: {
		"A group has more pupils with one trait than its limit",
		"Move one of them, or check the limit.",
	},
	lint.UnregisteredStanding: {
		"A setting would have to be registered as a school",
		"Five full-time pupils of Years 1 to 11, or one with an EHC plan or looked after, make it a school. Cut the hours, move pupils, or have it registered.",
	},
	lint.ApartStanding: {
		"Pupils who must be apart are together",
		"Move one of them to other days or another site, or record the planned exception.",
	},
	lint.DoublePlacement: {
		"A pupil is placed twice",
		"End one of the placements, or correct its dates or sessions.",
	},
	lint.WantedGroupRefuses: {
		"The family's choice will never take the pupil",
		"Tell the family, and ask for another choice; or check the facts of the pupil.",
	},
	lint.NowhereOffered: {
		"Wanted, and offered nowhere",
		"Check the spelling of the code. Else it is a wish that no placement can meet.",
	},
	lint.FriendsApart: {
		"Friends who must be kept apart",
		"Ask which of the two is right. While they are apart, the friendship counts for nothing.",
	},
	lint.CriteriaStanding: {
		"Placed where the group's criteria would refuse the pupil",
		"Check the facts of the pupils and what the group accepts; some may be there by a waiver.",
	},
	lint.DoubleReferral: {
		"A pupil with two open referrals",
		"Close one of them, unless two placements are wanted.",
	},
	lint.GroupShut: {
		"Groups that nobody can enter",
		"Check opening dates, start dates, lengths and places; take the group out if it has ended.",
	},
	lint.NoMinimum: {
		"Groups without a least length of stay",
		"State weeks.min or days.min: without one the format allows a stay so short that no session takes place in it.",
	},
	lint.SessionUnattended: {
		"Sessions that no pattern attends",
		"Add a pattern with these sessions, or take them out of the timetable.",
	},
	lint.SeparationIdle: {
		"A separation that parts nobody",
		"Check that areas and traits are written as the pupils' are. Nothing to do if it is there for the future.",
	},
	lint.KeepApartIdle: {
		"A keep-apart without effect",
		"Take it out, or give it a new last day.",
	},
	lint.TraitLimitIdle: {
		"A limit that never binds",
		"Check the trait and the number, or take the limit out.",
	},
	lint.RefusesNobody: {
		"Refused by groups, and nobody has it",
		"Check that the trait is written as the pupils' are. Nothing to do if it is there for the future.",
	},
	lint.FloatingIdle: {
		"Floating adults with nobody to help",
		"Move them to sessions at which a group of the site meets that states its adults.",
	},
	lint.WeightZero: {
		"Counts for nothing in this policy",
		"Nothing to do if that is what the authority wants.",
	},
	lint.CriterionConstant: {
		"A weight that changes no order",
		"All options of each referral have the same value. Ask for what the criterion reads, or give its weight to others.",
	},
}
