package text

import (
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// Unlock says which changes together make a refused option possible, and from
// when to when it then is where that is not as it was refused.
func (w *Words) Unlock(o *matching.Option, u *matching.Unlock) string {
	parts := make([]string, len(u.Changes))
	for i := range u.Changes {
		parts[i] = w.Change(u, &u.Changes[i])
	}
	if stay := o.Stays[0]; u.Stay.From == stay.From && u.Stay.To == stay.To {
		return Sentence(List(parts))
	}
	return Sentence(List(parts)) + " Then: " + Dates(u.Stay) + "."
}

// Change says what one change does.
func (w *Words) Change(u *matching.Unlock, c *matching.Change) string {
	switch c.Kind {
	case matching.Waive:
		return "waive the rule “" + Rule(c.Rule) + "”"
	case matching.Wait:
		return "wait until " + Date(c.From)
	case matching.TakePattern:
		return "attend " + w.Days(matching.Stay{Group: u.Stay.Group, Pattern: c.Pattern}) + " instead"
	case matching.AddAdults:
		return "add " + Adults(c.Adults) + at(c.Sessions)
	case matching.MoveAway:
		moved := "move " + string(c.Pupil) + " elsewhere (placement " + string(c.Placement)
		if c.Movable {
			return moved + ", which a plan may re-seat)"
		}
		return moved + ")"
	case matching.Reassign:
		return "give " + string(c.Referral) + " " + w.stays(c.Stays) + " instead"
	case matching.Place:
		return "place " + string(c.Referral) + " in " + w.stays(c.Stays)
	}
	return Plain(string(c.Kind))
}

// stays names the groups of an option, with the sessions and the days.
func (w *Words) stays(stays []matching.Stay) string {
	parts := make([]string, len(stays))
	for i, stay := range stays {
		parts[i] = string(stay.Group) + " (" + w.Days(stay) + ", " + Dates(stay) + ")"
	}
	return List(parts)
}

// NoUnlock says of a refused option that nothing a panel can do is enough, and
// what remains where the trouble is the pupil's own week.
func (w *Words) NoUnlock(reasons []matching.Reason) []string {
	said := "No change that the panel can make is enough"
	if slices.ContainsFunc(reasons, func(r matching.Reason) bool { return r.Code == matching.CodeNotOpen }) {
		said += " for a start before " + Date(w.snapshot.Horizon)
	}
	out := []string{said + ": no waiver, other date or pattern, more adults or moving of others, nor up to three of these together."}
	needed := ToLift(reasons)
	n := slices.Index(needed, OwnWeek)
	if n < 0 {
		return out
	}
	remains := "What remains is " + mean(OwnWeek)
	if others := slices.Delete(needed, n, n+1); len(others) > 0 {
		remains += ", together with " + means(others)
	}
	return append(out, remains+".")
}

func at(sessions []calendar.Session) string {
	if len(sessions) == 0 {
		return ""
	}
	return " (" + Week(calendar.Of(sessions...)) + ")"
}
