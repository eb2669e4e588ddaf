package text

import (
	"fmt"
	"slices"
	"strings"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// Reason says why a rule refuses an option, as a sentence.
func (w *Words) Reason(o *matching.Option, r *matching.Reason) string {
	said := w.refusal(o, r)
	if r.Clears != 0 {
		said += "; " + clears(r)
	}
	return Sentence(said)
}

func clears(r *matching.Reason) string {
	if r.Code == matching.CodeNotOpen {
		return "the next is " + Date(r.Clears)
	}
	return "clears for a start on " + Date(r.Clears)
}

func (w *Words) refusal(o *matching.Option, r *matching.Reason) string {
	switch r.Code {
	case matching.CodeYearGroup:
		return fmt.Sprintf("takes %s, not Year %d", years(r.Accepts), value(r.Observed))
	case matching.CodeSex:
		return "takes " + only(r.Accepts) + " only"
	case matching.CodeReferralReason:
		return "does not take this reason for referral (" + List(plains(r.Codes)) + ")"
	case matching.CodeNeedsNotMet:
		return "not equipped for " + either(plains(r.Codes)) + ", which must be met"
	case matching.CodeRefusedTrait:
		return "does not take pupils noted for " + either(plains(r.Codes))
	case matching.CodeAccess:
		return "the site has no " + either(plains(r.Codes))
	case matching.CodeJourney:
		return fmt.Sprintf("%d minutes from home, and the limit is %d", value(r.Observed), value(r.Limit))
	case matching.CodeTooShort:
		return w.tooShort(o, r)
	case matching.CodeNotOpen:
		return "no start date before " + Date(w.snapshot.Horizon)
	}
	return w.crowded(o, r)
}

// crowded says what goes wrong at a date and session.
func (w *Words) crowded(o *matching.Option, r *matching.Reason) string {
	switch r.Code {
	case matching.CodeBusy:
		return "the pupil is already somewhere else" + clash(r)
	case matching.CodePlaces:
		return fmt.Sprintf("full%s (%s of %s taken)", moment(r), Number(value(r.Observed)-1), Count(value(r.Limit), "place", "places"))
	case matching.CodeStaffing:
		has := value(r.Limit) + value(r.Floating)
		return fmt.Sprintf("short of %s%s (needs %s, has %s)", Adults(value(r.Observed)-has), moment(r),
			decimal(value(r.Observed)), decimal(has))
	case matching.CodeTraitLimit:
		return fmt.Sprintf("would have %d pupils noted for %s%s, and takes %d at a time", value(r.Observed), List(plains(r.Codes)), moment(r), value(r.Limit))
	case matching.CodeUnregisteredFullTime:
		if r.Limit == nil {
			return "not a registered school, so that nobody with an EHC plan or looked after may be there full time" + moment(r)
		}
		return fmt.Sprintf("not a registered school, and would have %d full-time pupils%s where fewer than %d are lawful", value(r.Observed), moment(r), value(r.Limit))
	case matching.CodeKeepApart:
		return "would be together with " + pupils(r.Pupils) + ", from whom this pupil is kept apart by name," + moment(r) + w.quarrel(o, r)
	}
	return w.separated(o, r)
}

// separated speaks of a separation of the policy, or of a rule that is not ours.
func (w *Words) separated(_ *matching.Option, r *matching.Reason) string {
	for _, s := range w.snapshot.Policy.Separations {
		if s.Code != r.Code {
			continue
		}
		return "would be " + where(s.Scope) + " with " + pupils(r.Pupils) + ", " + whom(&s) + "," + moment(r)
	}
	said := "the rule “" + Plain(string(r.Code)) + "” refuses it"
	if r.Limit != nil && r.Observed != nil {
		said += fmt.Sprintf(" (%d, and the limit is %d)", *r.Observed, *r.Limit)
	}
	if len(r.Codes) > 0 {
		said += ": " + List(plains(r.Codes))
	}
	return said + moment(r)
}

func whom(s *matching.SeparationPolicy) string {
	switch {
	case s.Code == matching.CodeCareHomePeers:
		return "of the same care home"
	case s.Code == matching.CodeRivalAreas || len(s.Rivals) > 0:
		return "of a rival area"
	case len(s.Traits) == 2:
		return "and pupils noted for " + Plain(s.Traits[0]) + " and for " + Plain(s.Traits[1]) + " are kept apart"
	}
	return "of whom the policy keeps such pupils apart"
}

func where(scope matching.Scope) string {
	switch scope {
	case matching.InGroup:
		return "in the group"
	case matching.InZone:
		return "in the same part of the site"
	default:
		return "on the site"
	}
}

// quarrel is what is on file about a pair, where it is one pair.
func (w *Words) quarrel(o *matching.Option, r *matching.Reason) string {
	referral := w.referrals[o.Referral]
	if referral == nil || len(r.Pupils) != 1 {
		return ""
	}
	for _, k := range w.snapshot.KeepApart {
		if slices.Contains(k.Pupils, referral.Pupil) && slices.Contains(k.Pupils, r.Pupils[0]) {
			said := ""
			if k.Reason != "" {
				said = ": " + k.Reason
			}
			if k.Until != 0 {
				said += ", until " + Date(k.Until)
			}
			return said
		}
	}
	return ""
}

// clash says where in the week the pupil is elsewhere: without a day where the
// two have no session in common on any open one.
func clash(r *matching.Reason) string {
	if r.Date != 0 || len(r.Codes) == 0 {
		return moment(r)
	}
	var set calendar.Sessions
	for _, code := range r.Codes {
		s, err := calendar.ParseSession(code)
		if err != nil {
			return " on " + List(plains(r.Codes)) // no session: say what it says
		}
		set |= calendar.Of(s)
	}
	return " on " + Week(set)
}

// moment says when a rule first fails, and how often.
func moment(r *matching.Reason) string {
	if r.Date == 0 {
		return ""
	}
	when := " from " + Date(r.Date)
	if r.Session != "" {
		when = " on " + Session(r.Session) + when
	}
	if r.Times == 1 {
		return strings.Replace(when, " from ", ", on ", 1) + " only"
	}
	return when
}

func (w *Words) tooShort(o *matching.Option, r *matching.Reason) string {
	unit := [2]string{"week", "weeks"}
	if g := w.groups[o.Stays[0].Group]; g != nil && g.Days != nil {
		unit = [2]string{"school day", "school days"}
	}
	are := "are"
	if value(r.Observed) == 1 {
		are = "is"
	}
	return fmt.Sprintf("only %s %s left, and a stay takes at least %d", Count(value(r.Observed), unit[0], unit[1]), are, value(r.Limit))
}

func years(accepted []string) string {
	if len(accepted) == 1 {
		return "Year " + accepted[0]
	}
	return "Years " + List(accepted)
}

func only(sexes []string) string {
	for _, sex := range sexes {
		switch matching.Sex(sex) {
		case matching.Female:
			return "girls"
		case matching.Male:
			return "boys"
		}
	}
	return "one sex"
}

func pupils(ids []matching.PupilID) string {
	const shown = 4
	names := make([]string, 0, shown)
	for _, id := range ids {
		names = append(names, string(id))
	}
	switch {
	case len(names) == 0:
		return "another pupil"
	case len(names) > shown:
		names = append(names[:shown], fmt.Sprintf("%d others", len(ids)-shown))
	}
	return List(names)
}

func value(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}
