package matching

import (
	"cmp"
	"slices"
)

// mostPlanOptions is about how many options a plan looks at in all: what memory allows. Of an agenda with more, each
// referral keeps a like number of those worth most; what the others could be worth counts for the bound.
const mostPlanOptions = 4_000_000

// fewestPlanOptions is how many options each referral keeps at least.
const fewestPlanOptions = 150

// shortlist keeps the options of a referral that are worth most, in their order, and returns the most that any
// other could be worth.
func (m *planModel) shortlist(options []planOption) (kept []planOption, rest int64) {
	most := max(fewestPlanOptions, mostPlanOptions/max(len(m.e.referrals), 1))
	if len(options) <= most {
		return options, 0
	}
	order := make([]int, len(options))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(m.worth(&options[b]), m.worth(&options[a])) })
	for _, i := range order[most:] {
		rest = max(rest, int64(m.worth(&options[i])+m.mostCompany(&options[i])))
	}
	order = order[:most]
	slices.Sort(order)
	for _, i := range order {
		kept = append(kept, options[i])
	}
	return kept, rest
}

// mostCompany bounds what an option can do for the composition of its groups: a friend for each friendship of the pupil, and
// nobody of those who stand there alone, who may be relieved by the pupil or by those who move away.
func (m *planModel) mostCompany(o *planOption) (sum int) {
	e, p := cmp.Or(m.all, m.e), m.e.policy.Composition
	for i := range o.stays {
		s := &o.stays[i]
		relieved := len(e.groups[s.group].stays)
		if m.all != nil {
			relieved *= 2
		}
		sum += p.Friend*len(e.friends[s.pupil]) + p.Alone*(1+relieved)
	}
	return sum
}
