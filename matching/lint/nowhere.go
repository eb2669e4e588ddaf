package lint

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"example.org/backontrack/matching"
)

// A question is one value that a referral puts to every group.
type question struct {
	code  Code
	rule  matching.Code
	value string
}

// questions are what a referral, and what is known of its pupil, ask.
func questions(p *matching.Pupil, r *matching.Referral) []question {
	var out []question
	ask := func(code Code, rule matching.Code, values ...string) {
		for _, v := range values {
			out = append(out, question{code, rule, v})
		}
	}
	if p.Knows(matching.FactYear) {
		ask(NowhereAccepted, matching.CodeYearGroup, strconv.Itoa(p.Year))
	}
	ask(NowhereAccepted, matching.CodeReferralReason, r.Reason)
	if p.Knows(matching.FactNeeds) {
		for _, need := range p.Needs {
			if need.Must {
				ask(NowhereAccepted, matching.CodeNeedsNotMet, need.Code)
			}
		}
	}
	if p.Knows(matching.FactTraits) {
		ask(NowhereAccepted, matching.CodeRefusedTrait, p.Traits...)
	}
	if p.Knows(matching.FactAccess) {
		ask(NowhereAccepted, matching.CodeAccess, p.Access...)
	}
	ask(NowhereOffered, matching.CodeCurriculum, r.Wants.Offers...)
	ask(NowhereOffered, matching.CodeWishes, r.Wants.Approaches...)
	return out
}

// answered tells whether a group takes, or offers, the value.
func (q question) answered(g *matching.Group, site *matching.Site) bool {
	lets := func(accepted []string) bool { return accepted == nil || slices.Contains(accepted, q.value) }
	switch q.rule {
	case matching.CodeYearGroup:
		year, _ := strconv.Atoi(q.value) // it was written from a number
		return g.Accepts.Years == nil || slices.Contains(g.Accepts.Years, year)
	case matching.CodeReferralReason:
		return lets(g.Accepts.Reasons)
	case matching.CodeNeedsNotMet:
		return lets(g.Accepts.Needs)
	case matching.CodeRefusedTrait:
		return !slices.Contains(g.Accepts.Refuses, q.value)
	case matching.CodeAccess:
		return slices.Contains(site.Access, q.value)
	case matching.CodeCurriculum:
		return slices.Contains(g.Offers, q.value)
	}
	return slices.Contains(g.Approaches, q.value)
}

func sortedQuestions(asked map[question][]matching.ReferralID) []question {
	return slices.SortedFunc(maps.Keys(asked), func(a, b question) int {
		return cmp.Or(cmp.Compare(a.rule, b.rule), cmp.Compare(a.value, b.value))
	})
}
