package text

import (
	"slices"
	"strings"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// Effect says what an option changes for one pupil, or "" when it is no more than
// one more in the group.
func (w *Words) Effect(e *matching.Effect, newcomer matching.PupilID) string {
	who, parts := string(e.Pupil)+" ", []string{}
	isNewcomer := e.Pupil == newcomer
	if isNewcomer {
		who = string(e.Pupil) + ", the newcomer, "
		parts = append(parts, among(e.After.Others))
	}
	if alone := w.alone(e, isNewcomer); alone != "" {
		parts = append(parts, alone)
	}
	var friends []matching.PupilID
	for _, id := range e.After.Friends {
		if isNewcomer || !slices.Contains(e.Before.Friends, id) {
			friends = append(friends, id)
		}
	}
	if len(friends) > 0 {
		parts = append(parts, "would have a friend there, "+IDs(friends))
	}
	if len(parts) == 0 {
		return ""
	}
	return who + strings.Join(parts, "; ") + "."
}

// among says how many others share a session with the newcomer.
func among(others int) string {
	if others == 0 {
		return "would have nobody else there in those sessions"
	}
	return "would be among " + Count(others, "other pupil", "other pupils")
}

func (w *Words) alone(e *matching.Effect, isNewcomer bool) string {
	before, after := calendar.Of(e.Before.Alone...), calendar.Of(e.After.Alone...)
	only := w.only(e.Pupil)
	switch {
	case before == 0 && after == 0:
		return ""
	case isNewcomer:
		return "would be " + only + " (" + Week(after) + ")"
	case before == after:
		return "is " + only + " either way (" + Week(after) + ")"
	case before == 0:
		return "would become " + only + " (" + Week(after) + ")"
	case after == 0:
		return "would no longer be " + only + " (now: " + Week(before) + ")"
	}
	return "would be " + only + " on " + Week(after) + ", now on " + Week(before)
}

func (w *Words) only(id matching.PupilID) string {
	if p := w.pupils[id]; p != nil && p.Sex == matching.Female {
		return "the only girl"
	} else if p != nil && p.Sex == matching.Male {
		return "the only boy"
	}
	return "the only one of a sex"
}

// PupilOf is the pupil of a referral.
func (w *Words) PupilOf(id matching.ReferralID) matching.PupilID {
	if r := w.referrals[id]; r != nil {
		return r.Pupil
	}
	return ""
}
