package text

import (
	"fmt"
	"strconv"
	"strings"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/lint"
)

// Finding says what one finding is, as a sentence that may begin with an id; with all,
// it lists everybody.
func (w *Words) Finding(f *lint.Finding, all bool) string {
	few := 6
	if all {
		few = int(^uint(0) >> 1)
	}
	s := &finding{w, f, few}
	switch f.Severity {
	case lint.Error:
		return s.wrong() + "."
	case lint.Warning:
		return s.doubtful() + "."
	case lint.Note:
	}
	return s.idle() + "."
}

// A finding that is being told.
type finding struct {
	words *Words
	*lint.Finding
	few int // of a list
}

func (s *finding) wrong() string {
	switch s.Code {
	case lint.NoOption:
		return string(s.Referrals[0]) + s.closed()
	case lint.DeadlineLost:
		return string(s.Referrals[0]) + s.late()
	case lint.RivalClique:
		return fmt.Sprintf("%s must be apart from each other (%s), and have %s between them: %s",
			some(s.Referrals, s.few), List(s.rules()), Count(value(s.Limit), "room", "rooms"), s.rooms())
	case lint.DemandExceeds:
		return fmt.Sprintf("%s (%s) can go only to %s, with room for %d of them at most",
			Count(value(s.Observed), "referral", "referrals"), some(s.Referrals, s.few), some(s.Groups, s.few), value(s.Limit))
	case lint.NowhereAccepted:
		return capital(s.nowhere()) + ": " + some(s.Referrals, s.few)
	case lint.PlacesStanding:
		return fmt.Sprintf("%s has %s for %s%s", s.Groups[0], Count(value(s.Observed), "pupil", "pupils"), Count(value(s.Limit), "place", "places"), s.when())
	case lint.StaffingStanding:
		return fmt.Sprintf("%s: %s needs %s more than its own, and %s there to top up%s", s.Sites[0], some(s.Groups, s.few),
			Adults(value(s.Observed)), floats(value(s.Limit)), s.when())
	case lint.TraitLimitStanding:
		return fmt.Sprintf("%s has %d pupils noted for %s and takes %d%s: %s", s.Groups[0], value(s.Observed), List(plains(s.Codes)),
			value(s.Limit), s.when(), some(s.Pupils, s.few))
	case lint.UnregisteredStanding:
		why := "one with an EHC plan or looked after is full time there"
		if s.Observed != nil {
			why = fmt.Sprintf("%d are full time there", *s.Observed)
		}
		return fmt.Sprintf("%s is not registered, and %s%s: %s", s.Groups[0], why, s.when(), some(s.Pupils, s.few))
	case lint.ApartStanding:
		return fmt.Sprintf("%s are %s (%s), against “%s”%s", some(s.Pupils, s.few), where(s.Scope), some(s.Placements, s.few), Rule(s.Rule), s.when())
	default:
		return s.other()
	}
}

// other is what is said of a pupil placed twice, and of a code without words here.
func (s *finding) other() string {
	if s.Code != lint.DoublePlacement {
		return Plain(string(s.Code))
	}
	said := fmt.Sprintf("%s stands in %s from %s (%s)", s.Pupils[0], some(s.Groups, s.few), Date(s.Date), some(s.Placements, s.few))
	if set := week(s.Codes); set != 0 {
		said += ", both on " + Week(set)
	}
	return said
}

func (s *finding) doubtful() string {
	switch s.Code {
	case lint.WantedGroupRefuses:
		return fmt.Sprintf("%s asks for %s, which refuses by: %s", s.Referrals[0], s.Groups[0], List(s.rules()))
	case lint.NowhereOffered:
		return capital(s.nowhere()) + ": " + some(s.Referrals, s.few)
	case lint.FriendsApart:
		said := fmt.Sprintf("%s are friends, and “%s” keeps them from being together %s", some(s.Pupils, s.few), Rule(s.Rule), where(s.Scope))
		if s.Date != 0 {
			said += " until " + Date(s.Date)
		}
		return said
	case lint.CriteriaStanding:
		return fmt.Sprintf("%s in %s, against “%s”", some(s.Pupils, s.few), s.Groups[0], Rule(s.Rule))
	case lint.DoubleReferral:
		return fmt.Sprintf("%s: %s", s.Pupils[0], some(s.Referrals, s.few))
	case lint.GroupShut:
		return capital(shutBy(s.Rule)) + ": " + some(s.Groups, s.few)
	default:
		return Plain(string(s.Code))
	}
}

func shutBy(rule matching.Code) string {
	switch rule {
	case matching.CodeNotOpen:
		return "no start date is left before the horizon"
	case matching.CodeTooShort:
		return "too little time is left for the shortest stay"
	}
	return "no pattern has a place at all of its sessions"
}

func (s *finding) idle() string {
	switch s.Code {
	case lint.NoMinimum:
		return some(s.Groups, s.few)
	case lint.SessionUnattended:
		return fmt.Sprintf("%s meets on %s, for nobody", s.Groups[0], Week(week(s.Codes)))
	case lint.SeparationIdle:
		return s.partsNobody()
	case lint.KeepApartIdle:
		if s.Date != 0 {
			return fmt.Sprintf("%s: it ended on %s", some(s.Pupils, s.few), Date(s.Date))
		}
		return some(s.Pupils, s.few) + ": one of them neither stands anywhere nor is referred"
	case lint.TraitLimitIdle:
		return s.neverBinds()
	case lint.RefusesNobody:
		return fmt.Sprintf("%s, refused by %s", s.Codes[0], some(s.Groups, s.few))
	case lint.FloatingIdle:
		return fmt.Sprintf("%s on %s", s.Sites[0], Week(week(s.Codes)))
	default:
		return fmt.Sprintf("%s (%s)", capital(Plain(string(s.Rule))), s.Pointer)
	}
}

func (s *finding) partsNobody() string {
	said := fmt.Sprintf("“%s” (%s)", Rule(s.Rule), s.Pointer)
	switch {
	case s.Limit != nil && *s.Limit == 0:
		return said + " names no rivals"
	case s.Limit != nil:
		said += fmt.Sprintf(": %d of %s", value(s.Observed), Count(*s.Limit, "pair of rivals", "pairs of rivals"))
	case len(s.Codes) == 0:
		return said + ": no two pupils share a home"
	}
	return said + ": nobody has " + either(cut(s.Codes, s.few))
}

func (s *finding) neverBinds() string {
	groups := some(s.Groups, s.few)
	switch {
	case s.Limit != nil:
		return fmt.Sprintf("%s takes %d noted for %s at a time, and has %s", groups, *s.Limit, s.Codes[0], Count(value(s.Observed), "place", "places"))
	case s.Rule == matching.CodeRefusedTrait:
		return fmt.Sprintf("%s limits %s, and refuses it", groups, s.Codes[0])
	}
	return fmt.Sprintf("Nobody has %s, limited by %s", s.Codes[0], groups)
}

// closed says which rules close the groups to a referral.
func (s *finding) closed() string {
	if len(s.Refusals) == 0 {
		if len(s.words.groups) == 0 {
			return ": there are no groups"
		}
		return ": no group has a score for it" // no rule was asked
	}
	var refuse, alone []string
	for i, r := range s.Refusals {
		in := fmt.Sprintf("%s in %d", Rule(r.Code), r.Groups)
		if i == 0 {
			in = fmt.Sprintf("%s in %s", Rule(r.Code), Count(r.Groups, "group", "groups"))
		}
		refuse = append(refuse, in)
		if r.Alone > 0 {
			alone = append(alone, fmt.Sprintf("%s in %d", Rule(r.Code), r.Alone))
		}
	}
	said := ": refused by " + List(cut(refuse, s.few))
	if len(alone) == 0 {
		return said + "; nowhere by one rule only"
	}
	return said + "; by no other rule: " + List(cut(alone, s.few))
}

func (s *finding) late() string {
	said := fmt.Sprintf(": the deadline is %s, and the first start that is left is %s", Date(s.Date), Date(s.Earliest))
	r := s.words.referrals[s.Referrals[0]]
	switch {
	case s.Date < s.words.snapshot.AsOf:
		said += "; it had passed before the panel met"
	case r != nil && r.ReadyFrom > s.Date:
		said += "; the pupil is not ready until " + Date(r.ReadyFrom)
	}
	return said
}

// nowhere says what is asked for in vain.
func (s *finding) nowhere() string {
	what := Plain(s.Codes[0])
	switch s.Rule {
	case matching.CodeYearGroup:
		return "no group takes Year " + s.Codes[0]
	case matching.CodeReferralReason:
		if what == "" {
			return "no group takes a referral without a reason"
		}
		return "no group takes this reason for referral (" + what + ")"
	case matching.CodeNeedsNotMet:
		return "no group is equipped for " + what + ", which must be met"
	case matching.CodeRefusedTrait:
		return "every group refuses pupils noted for " + what
	case matching.CodeAccess:
		return "no site with a group has " + what
	case matching.CodeWishes:
		return "no group has the approach “" + what + "”"
	}
	return "no group offers " + what
}

// rules are the codes of a finding as rules.
func (s *finding) rules() []string {
	var names []string
	for _, code := range s.Codes {
		if matching.Code(code) == matching.CodeGiven {
			names = append(names, "not among the groups that bring a score")
			continue
		}
		names = append(names, Rule(matching.Code(code)))
	}
	return names
}

func (s *finding) rooms() string {
	var parts []string
	for _, r := range s.Rooms {
		at := string(r.Site)
		switch {
		case r.Group != "":
			at = string(r.Group)
		case r.Zone != "":
			at += ", zone " + r.Zone
		}
		parts = append(parts, fmt.Sprintf("%s (all would be there on %s, %s)", at, Session(r.Session), Date(r.Date)))
	}
	return strings.Join(cut(parts, s.few), "; ")
}

// when says when a rule is first broken, and how often.
func (s *finding) when() string {
	said := " from " + Date(s.Date)
	if s.Session != "" {
		said = " on " + Session(s.Session) + said
	}
	switch {
	case s.Session == "":
		return said + ", on " + Count(s.Times, "school day", "school days")
	case s.Times > 1:
		return said + ", at " + strconv.Itoa(s.Times) + " sessions"
	}
	return said
}

func floats(n int) string {
	if n == 0 {
		return "nobody floats"
	}
	verb := " float"
	if n <= 1000 {
		verb = " floats"
	}
	return Adults(n) + verb
}

// week is the set of sessions with these names.
func week(sessions []string) (set calendar.Sessions) {
	for _, name := range sessions {
		if s, err := calendar.ParseSession(name); err == nil {
			set |= calendar.Of(s)
		}
	}
	return set
}

// some lists the first few ids, and counts the rest.
func some[I ~string](ids []I, few int) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = string(id)
	}
	return List(cut(names, few))
}

// cut leaves the first few items of a list, and counts the rest in the last.
func cut(items []string, few int) []string {
	if len(items) <= few {
		return items
	}
	return append(items[:few:few], Number(len(items)-few)+" more")
}
