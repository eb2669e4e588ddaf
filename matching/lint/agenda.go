package lint

import (
	"cmp"
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// Bounds of the work behind what is found about the agenda as a whole. A referral
// with more options is left out of the argument, which loses findings and never
// makes a wrong one.
const (
	mostOptions = 256       // of one referral
	mostListed  = 2_000_000 // options of an agenda, refused ones too, that are listed one by one
	mostCounted = 1000      // referrals without an option whose refusals are counted
)

// offers are the feasible options of one referral.
type offers struct {
	referral *matching.Referral
	pupil    *matching.Pupil
	count    int
	earliest calendar.Date
	options  [][]*stay // nil where they are too many, or not all known
}

// agenda looks at what is feasible for each referral: nothing, or nothing in time.
func (l *linter) agenda() {
	packages := l.s.Policy.Package.MaxGroups > 1
	l.offers = make([]offers, 0, len(l.s.Referrals))
	l.e.EachMatch(func(id matching.ReferralID, matches []matching.Match) bool {
		r := &l.s.Referrals[len(l.offers)]
		o := offers{referral: r, pupil: l.pupils[r.Pupil], count: len(matches)}
		for i := range matches {
			if from := matches[i].From; o.earliest == 0 || from < o.earliest {
				o.earliest = from
			}
		}
		if len(matches) <= mostOptions && !packages {
			for i := range matches {
				m := &matches[i]
				o.options = append(o.options, []*stay{l.stayIn(o.pupil, l.groups[m.Group], m.Pattern, m.From, m.To)})
			}
		}
		l.offers = append(l.offers, o)
		return true
	})
	if packages && l.size() <= mostListed {
		for i := range l.offers {
			l.offers[i].options = l.packaged(&l.offers[i])
		}
	}
	counted := 0
	for i := range l.offers {
		o := &l.offers[i]
		switch {
		case o.count == 0:
			f := Finding{Code: NoOption, Referrals: []matching.ReferralID{o.referral.ID}}
			if counted++; counted <= mostCounted {
				f.Refusals = l.refusals(o.referral.ID)
			}
			l.add(f)
		case o.referral.Deadline != 0 && o.earliest > o.referral.Deadline:
			l.add(Finding{
				Code: DeadlineLost, Referrals: []matching.ReferralID{o.referral.ID},
				Date: o.referral.Deadline, Earliest: o.earliest,
			})
		}
	}
}

// size is about how many options the whole agenda has, refused ones among them.
func (l *linter) size() int {
	patterns := 0
	for i := range l.s.Groups {
		patterns += len(l.s.Groups[i].Patterns)
	}
	return patterns * len(l.s.Referrals)
}

// packaged are all feasible options of a referral, packages among them, unless they
// are too many.
func (l *linter) packaged(o *offers) [][]*stay {
	if o.count > mostOptions {
		return nil
	}
	var out [][]*stay
	for _, option := range l.optionsOf(o.referral.ID) {
		if !option.Feasible {
			continue
		}
		var stays []*stay
		for _, st := range option.Stays {
			stays = append(stays, l.stayIn(o.pupil, l.groups[st.Group], st.Pattern, st.From, st.To))
		}
		if out = append(out, stays); len(out) > mostOptions {
			return nil
		}
	}
	return out
}

// optionsOf are the options of a referral of the snapshot.
func (l *linter) optionsOf(id matching.ReferralID) []matching.Option {
	options, _ := l.e.Options(id) // fails only for a referral that is not there
	return options
}

// refusals counts the rules that close every group to a referral.
func (l *linter) refusals(id matching.ReferralID) []Refusal {
	type of struct {
		code  matching.Code
		group matching.GroupID
	}
	closes, alone := map[of]bool{}, map[of]bool{}
	counts := map[matching.Code]*Refusal{}
	for _, o := range l.optionsOf(id) {
		codes := map[matching.Code]bool{}
		for _, reason := range o.Reasons {
			codes[reason.Code] = true
		}
		for code := range codes {
			key := of{code, o.Stays[0].Group}
			if counts[code] == nil {
				counts[code] = &Refusal{Code: code}
			}
			if !closes[key] {
				closes[key] = true
				counts[code].Groups++
			}
			if len(codes) == 1 && !alone[key] {
				alone[key] = true
				counts[code].Alone++
			}
		}
	}
	var out []Refusal
	for _, n := range counts {
		out = append(out, *n)
	}
	slices.SortFunc(out, func(a, b Refusal) int {
		return cmp.Or(cmp.Compare(b.Groups, a.Groups), cmp.Compare(a.Code, b.Code))
	})
	return out
}

// constants finds criteria with a weight that never tell two feasible options of one
// referral apart, so that no ranking would change without them. It stops as soon as
// each has; an agenda that would take too long has no such finding.
func (l *linter) constants() {
	if l.size() > mostListed {
		return
	}
	left := map[matching.Code]bool{}
	for code, weight := range l.s.Policy.Weights {
		left[code] = weight > 0
	}
	asked := 0
	for i := range l.offers {
		o := &l.offers[i]
		if o.count < 2 || o.referral.Given != nil {
			continue
		}
		asked++
		if l.telling(o.referral.ID, left); len(left) == 0 {
			return
		}
	}
	if asked == 0 {
		return
	}
	for _, code := range sortedKeys(left) {
		if left[code] {
			l.add(Finding{Code: CriterionConstant, Rule: code, Pointer: pointer("policy", "weights", string(code))})
		}
	}
}

// telling removes from left the criteria that tell options of a referral apart, and those of no weight.
func (l *linter) telling(id matching.ReferralID, left map[matching.Code]bool) {
	var first []matching.Contribution
	for _, o := range l.optionsOf(id) {
		if !o.Feasible {
			continue
		}
		if first == nil {
			first = o.Contributions
		}
		for n, c := range o.Contributions {
			if c.Value != first[n].Value || !left[c.Criterion] {
				delete(left, c.Criterion)
			}
		}
	}
}
