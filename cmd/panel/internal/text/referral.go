package text

import (
	"fmt"
	"slices"
	"strings"

	"example.org/backontrack/matching"
)

// Pupil says who a referral is about, without a name: "a girl in Year 9".
func (w *Words) Pupil(id matching.PupilID) string {
	p := w.pupils[id]
	if p == nil {
		return "a pupil"
	}
	who := "a pupil"
	switch {
	case !p.Knows(matching.FactSex):
	case p.Sex == matching.Female:
		who = "a girl"
	case p.Sex == matching.Male:
		who = "a boy"
	}
	switch {
	case !p.Knows(matching.FactYear):
		return who + " whose year is not known"
	case p.Year == 0:
		return who + " in Reception"
	}
	return fmt.Sprintf("%s in Year %d", who, p.Year)
}

// Heading says what a referral is, in a few words.
func (w *Words) Heading(id matching.ReferralID) string {
	r := w.referrals[id]
	if r == nil {
		return string(id)
	}
	heading := w.Pupil(r.Pupil)
	if r.Reason != "" {
		heading += ", " + Plain(r.Reason)
	}
	return capital(heading)
}

// Priority is a referral's priority.
func (w *Words) Priority(id matching.ReferralID) string {
	if r := w.referrals[id]; r != nil {
		return Plain(r.Priority)
	}
	return ""
}

// About says what is asked for and by when, in sentences.
func (w *Words) About(id matching.ReferralID) []string {
	r := w.referrals[id]
	if r == nil {
		return nil
	}
	var out []string
	if asked := asked(&r.Wants); asked != "" {
		out = append(out, "Asked for: "+asked+".")
	}
	if len(r.Wants.Groups) > 0 {
		var groups []string
		for i, g := range r.Wants.Groups {
			groups = append(groups, fmt.Sprintf("%d. %s", i+1, w.Group(g)))
		}
		out = append(out, "The family's choice: "+strings.Join(groups, ", ")+".")
	}
	if dates := dates(r); dates != "" {
		out = append(out, dates)
	}
	if p := w.pupils[r.Pupil]; p != nil {
		out = append(out, w.facts(p, r)...)
	}
	return out
}

func asked(wants *matching.Wants) string {
	var parts []string
	if wants.Sessions > 0 {
		parts = append(parts, Count(wants.Sessions, "session", "sessions")+" a week")
	}
	if wants.Weeks > 0 {
		parts = append(parts, Count(wants.Weeks, "week", "weeks"))
	}
	if wants.Days > 0 {
		parts = append(parts, Count(wants.Days, "school day", "school days"))
	}
	if len(wants.Offers) > 0 {
		parts = append(parts, List(plains(wants.Offers)))
	}
	if len(wants.Approaches) > 0 {
		parts = append(parts, "approach: "+List(plains(wants.Approaches)))
	}
	return strings.Join(parts, "; ")
}

func dates(r *matching.Referral) string {
	var parts []string
	if r.ReadyFrom != 0 {
		parts = append(parts, "ready from "+Date(r.ReadyFrom))
	}
	if r.Deadline != 0 {
		parts = append(parts, "must lawfully start by "+Date(r.Deadline))
	}
	if len(parts) == 0 {
		return ""
	}
	return Sentence(List(parts))
}

// facts are what a panel should have in mind about a pupil.
func (w *Words) facts(p *matching.Pupil, r *matching.Referral) []string {
	var out, parts []string
	for _, need := range p.Needs {
		part := Plain(need.Code)
		if need.Must {
			part += " (must be met)"
		}
		parts = append(parts, part)
	}
	if len(parts) > 0 {
		out = append(out, "Needs: "+strings.Join(parts, "; ")+".")
	}
	parts = nil
	if p.Support != "" && p.Support != "standard" && p.Knows(matching.FactSupport) {
		parts = append(parts, Plain(p.Support)+" support")
	}
	if r.OwnAdult {
		parts = append(parts, "brings a funded adult")
	}
	parts = append(parts, plains(p.Traits)...)
	parts = append(parts, plains(p.Access)...)
	if p.EHCP {
		parts = append(parts, "EHC plan")
	}
	if p.LookedAfter {
		parts = append(parts, "looked after")
	}
	if len(parts) > 0 {
		out = append(out, Sentence("noted: "+strings.Join(parts, "; ")))
	}
	if len(p.Unknown) > 0 {
		out = append(out, "Not known: "+List(plains(p.Unknown))+".")
	}
	return out
}

// HasReferral tells whether the snapshot has a referral.
func (w *Words) HasReferral(id matching.ReferralID) bool { return w.referrals[id] != nil }

// wants is what a referral asks for.
func (w *Words) wants(id matching.ReferralID) *matching.Wants {
	if r := w.referrals[id]; r != nil {
		return &r.Wants
	}
	return &matching.Wants{}
}

// chosen tells whether a family named a group.
func chosen(wants *matching.Wants, id matching.GroupID) bool {
	return slices.Contains(wants.Groups, id)
}

// Deadline is the last day on which a referral may lawfully start.
func (w *Words) Deadline(id matching.ReferralID) string {
	if r := w.referrals[id]; r != nil {
		return Date(r.Deadline)
	}
	return Date(0)
}
