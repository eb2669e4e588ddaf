package lint

import (
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// zone is the zone in which a stay is spent on a day.
func (st *stay) zone(d calendar.Date) string {
	if d < st.settled {
		return st.group.Newcomer.Zone
	}
	return st.group.Zone
}

// together tells whether two stays are in one place at a scope on a day of both.
func together(a, b *stay, scope matching.Scope, d calendar.Date) bool {
	if a.group.Site != b.group.Site {
		return false
	}
	switch scope {
	case matching.InGroup:
		return a.group == b.group && d >= a.settled && d >= b.settled
	case matching.InZone:
		return a.zone(d) == b.zone(d)
	case matching.OnSite:
	}
	return true
}

// meetings finds when two stays are together at a scope, until a last day.
func (l *linter) meetings(a, b *stay, scope matching.Scope, until calendar.Date) breach {
	var met breach
	for s := range (a.mask & b.mask).All() {
		lo, hi := l.days.Occurrences(s, max(a.from, b.from), min(a.to, b.to, until))
		for i := lo; i < hi; i++ {
			if d := l.days.On(s, i); together(a, b, scope, d) {
				met.note(moment{d, s}, 0, 0)
			}
		}
	}
	return met
}

const noEnd = calendar.Date(1<<31 - 1)

// refused tells whether a separation parts two pupils, and until when.
func refused(sep matching.Separation, a, b *matching.Pupil) (until calendar.Date, apart bool) {
	verdict, until := sep.Apart(a, b)
	if until == 0 {
		until = noEnd
	}
	return until, verdict == matching.Refuses
}

// apart finds standing pupils who are together and should not be: a finding for
// each pair and separation. The cost grows with the square of the pupils on a site.
func (l *linter) apart() {
	on := l.bySite()
	for i := range l.s.Sites {
		stays := on[l.s.Sites[i].ID]
		for n, a := range stays {
			for _, b := range stays[n+1:] {
				if a.pupil != b.pupil && a.mask&b.mask != 0 && a.from <= b.to && b.from <= a.to {
					l.pairApart(a, b)
				}
			}
		}
	}
}

func (l *linter) pairApart(a, b *stay) {
	for _, sep := range l.apartBy {
		until, parted := refused(sep, a.pupil, b.pupil)
		if !parted {
			continue
		}
		met := l.meetings(a, b, sep.Scope(), until)
		if met.times == 0 {
			continue
		}
		both := []*stay{a, b}
		f := met.finding(ApartStanding, both, everyone)
		f.Limit, f.Observed = nil, nil
		f.Rule, f.Scope, f.Sites = sep.Code(), sep.Scope(), []matching.SiteID{a.group.Site}
		f.Groups, f.Placements = gathered(both, groupOf, everyone), gathered(both, placementOf, everyone)
		l.add(f)
	}
}

// double finds pupils who stand twice in one group, or in two places at one session,
// and pupils with two open referrals.
func (l *linter) double() {
	of := map[matching.PupilID][]*stay{}
	for _, st := range l.stays {
		of[st.pupil.ID] = append(of[st.pupil.ID], st)
	}
	referred := map[matching.PupilID][]matching.ReferralID{}
	for i := range l.s.Referrals {
		r := &l.s.Referrals[i]
		referred[r.Pupil] = append(referred[r.Pupil], r.ID)
	}
	for i := range l.s.Pupils {
		id := l.s.Pupils[i].ID
		for n, a := range of[id] {
			for _, b := range of[id][n+1:] {
				from, to := max(a.from, b.from), min(a.to, b.to)
				if from > to || a.group != b.group && a.mask&b.mask == 0 {
					continue
				}
				both := []*stay{a, b}
				l.add(Finding{
					Code: DoublePlacement, Pupils: []matching.PupilID{id}, Date: from, Codes: names(a.mask & b.mask),
					Groups: gathered(both, groupOf, everyone), Placements: gathered(both, placementOf, everyone),
				})
			}
		}
		if len(referred[id]) > 1 {
			l.add(Finding{Code: DoubleReferral, Pupils: []matching.PupilID{id}, Referrals: referred[id]})
		}
	}
}

// friends finds friends whom a separation parts: at any scope, they can't be together
// in a group, which is what friendship counts.
func (l *linter) friends() {
	seen := map[[2]matching.PupilID]bool{}
	for i := range l.s.Pupils {
		p := &l.s.Pupils[i]
		for _, id := range p.Friends {
			pair := [2]matching.PupilID{min(p.ID, id), max(p.ID, id)}
			if seen[pair] || !l.present[p.ID] || !l.present[id] {
				continue
			}
			seen[pair] = true
			for _, sep := range l.apartBy {
				until, parted := refused(sep, p, l.pupils[id])
				if !parted || until < l.s.AsOf {
					continue
				}
				f := Finding{Code: FriendsApart, Rule: sep.Code(), Scope: sep.Scope(), Pupils: pair[:]}
				if until != noEnd {
					f.Date = until
				}
				l.add(f)
			}
		}
	}
}

// misfits finds standing pupils whom their group's criteria would not let in: a finding
// for each group and rule. The journey and the reason for the referral are not known.
func (l *linter) misfits() {
	in := l.byGroup()
	for i := range l.s.Groups {
		g := &l.s.Groups[i]
		for _, rule := range matching.Rules() {
			if rule.Code() == matching.CodeReferralReason {
				continue
			}
			refuses := func(st *stay) bool {
				return rule.Check(l.fact(st.pupil, g, &matching.Referral{}), nil) == matching.Refuses
			}
			if ids := gathered(in[g.ID], pupilOf, refuses); len(ids) > 0 {
				l.add(Finding{
					Code: CriteriaStanding, Rule: rule.Code(), Groups: []matching.GroupID{g.ID}, Pupils: ids,
					Placements: gathered(in[g.ID], placementOf, refuses),
				})
			}
		}
	}
}

// fact is a case for rules that need no journey.
func (l *linter) fact(p *matching.Pupil, g *matching.Group, r *matching.Referral) *matching.Case {
	return &matching.Case{
		Policy: l.s.Policy, Referral: r, Pupil: p, Group: g, Site: l.sites[g.Site], Sessions: g.Timetable, Minutes: -1,
	}
}

// wishes finds groups that a family chose and that will never take the pupil.
func (l *linter) wishes() {
	for i := range l.s.Referrals {
		r := &l.s.Referrals[i]
		for _, id := range r.Wants.Groups {
			var rules []string
			for _, rule := range matching.Rules() {
				var why matching.Reason
				if rule.Check(l.fact(l.pupils[r.Pupil], l.groups[id], r), &why) == matching.Refuses && why.Class == matching.Never {
					rules = append(rules, string(rule.Code()))
				}
			}
			if _, named := r.Given[id]; r.Given != nil && !named {
				rules = append(rules, string(matching.CodeGiven))
			}
			if len(rules) > 0 {
				l.add(Finding{
					Code: WantedGroupRefuses, Referrals: []matching.ReferralID{r.ID}, Groups: []matching.GroupID{id},
					Codes: sorted(rules),
				})
			}
		}
	}
}

// nowhere finds what referrals need and no group takes, and what they want and no
// group offers: a finding for each value, with the referrals that it concerns.
func (l *linter) nowhere() {
	if len(l.s.Groups) == 0 {
		return
	}
	asked := map[question][]matching.ReferralID{}
	for i := range l.s.Referrals {
		r := &l.s.Referrals[i]
		for _, q := range questions(l.pupils[r.Pupil], r) {
			asked[q] = append(asked[q], r.ID)
		}
	}
	for _, q := range sortedQuestions(asked) {
		if slices.ContainsFunc(l.s.Groups, func(g matching.Group) bool { return q.answered(&g, l.sites[g.Site]) }) {
			continue
		}
		l.add(Finding{Code: q.code, Rule: q.rule, Codes: []string{q.value}, Referrals: sorted(asked[q])})
	}
}
