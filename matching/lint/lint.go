// Package lint looks for what is probably wrong with a snapshot or its policy although
// the contract allows it: agendas that can't all be met, standing placements that
// break rules already, criteria that no group meets, rules that never bind.
//
//	for _, f := range lint.Snapshot(engine) {
//		fmt.Println(f.Severity, f.Code, f.Referrals, f.Groups)
//	}
//
// A finding is proven from the snapshot, or it is not made: where the work that a
// proof takes is bounded, what lies beyond the bound is not reported. Findings see
// our own rules, and of an engine's extensions what its options show.
package lint

import (
	"cmp"
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// A Finding is one thing worth a look, as data: ids, codes and numbers. What does
// not apply is left out. Entities are named by id, as the order of a snapshot's lists
// means nothing; Pointer leads into the policy, whose members have none.
type Finding struct {
	Code     Code     `json:"code"`
	Severity Severity `json:"severity"`

	Rule    matching.Code  `json:"rule,omitempty"` // the rule, separation or criterion at issue
	Scope   matching.Scope `json:"scope,omitempty"`
	Pointer string         `json:"pointer,omitempty"`

	Referrals  []matching.ReferralID  `json:"referrals,omitempty"` // lists of ids and codes come in order
	Pupils     []matching.PupilID     `json:"pupils,omitempty"`
	Placements []matching.PlacementID `json:"placements,omitempty"`
	Groups     []matching.GroupID     `json:"groups,omitempty"`
	Sites      []matching.SiteID      `json:"sites,omitempty"`
	Codes      []string               `json:"codes,omitempty"` // traits, areas, needs, offers, rules or sessions at issue

	Limit    *int          `json:"limit,omitempty"` // pupils, or thousandths of an adult
	Observed *int          `json:"observed,omitempty"`
	Date     calendar.Date `json:"date,omitzero"` // the first day; a deadline; the last day of a keep-apart
	Session  string        `json:"session,omitempty"`
	Times    int           `json:"times,omitempty"`    // dates and sessions
	Earliest calendar.Date `json:"earliest,omitzero"`  // the first start that is left
	Refusals []Refusal     `json:"refusals,omitempty"` // the most frequent first
	Rooms    []Room        `json:"rooms,omitempty"`
}

// A Refusal counts the groups that one rule closes to a referral.
type Refusal struct {
	Code   matching.Code `json:"code"`
	Groups int           `json:"groups"`
	Alone  int           `json:"alone"` // groups that no other rule closes as well, with some pattern
}

// A Room is a moment at a place where no two of several pupils may both be. Zone
// and Group are given as far as the scope goes.
type Room struct {
	Site    matching.SiteID  `json:"site"`
	Zone    string           `json:"zone,omitempty"`
	Group   matching.GroupID `json:"group,omitempty"`
	Date    calendar.Date    `json:"date"`
	Session string           `json:"session"`
}

// Snapshot lists what it finds in the engine's snapshot: errors, warnings, notes; within
// these by the order of [Codes]; then by id. Equal snapshots give equal lists, in
// whatever order they are written.
//
// The cost is that of all feasible options ([matching.Engine.EachMatch]), and of every
// option with its reasons for those referrals that have none, or for all while some
// weighted criterion has not been seen to tell two options apart. What each code adds
// is said in docs/reference/lint.md.
func Snapshot(e *matching.Engine) []Finding {
	l := newLinter(e)
	for _, check := range []func(*linter){
		(*linter).agenda, (*linter).wishes, (*linter).nowhere, (*linter).demand, (*linter).cliques, (*linter).constants,
		(*linter).crowding, (*linter).staffing, (*linter).unregistered, (*linter).apart, (*linter).double, (*linter).misfits,
		(*linter).friends, (*linter).groupDates, (*linter).groupSessions,
		(*linter).idleSeparations, (*linter).idlePairs, (*linter).idleLimits, (*linter).idleFloating, (*linter).idleWeights,
	} {
		check(l)
	}
	slices.SortStableFunc(l.findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Severity.rank(), b.Severity.rank()), cmp.Compare(a.Code.rank(), b.Code.rank()))
	})
	return l.findings
}

// A linter gathers findings about one snapshot.
type linter struct {
	e        *matching.Engine
	s        *matching.Snapshot // canonical
	days     *calendar.Days
	long     *calendar.Days // from the first day of any standing placement
	groups   map[matching.GroupID]*matching.Group
	sites    map[matching.SiteID]*matching.Site
	pupils   map[matching.PupilID]*matching.Pupil
	present  map[matching.PupilID]bool // who stands somewhere or is referred
	stays    []*stay
	apartBy  []matching.Separation
	offers   []offers // by referral, as the snapshot lists them
	findings []Finding
}

// A stay is one pupil in one group, within the calendar: standing, or an option.
type stay struct {
	pupil     *matching.Pupil
	placement *matching.Placement // nil of an option
	group     *matching.Group
	mask      calendar.Sessions
	from, to  calendar.Date
	settled   calendar.Date // the first day after the newcomer period
}

func newLinter(e *matching.Engine) *linter {
	s := e.Snapshot()
	l := &linter{
		e: e, s: s, days: calendar.NewDays(s.AsOf, s.Horizon, s.Calendar.Closed), findings: []Finding{},
		groups: map[matching.GroupID]*matching.Group{}, sites: map[matching.SiteID]*matching.Site{},
		pupils: map[matching.PupilID]*matching.Pupil{}, present: map[matching.PupilID]bool{},
		apartBy: matching.Separations(s),
	}
	for i := range s.Groups {
		l.groups[s.Groups[i].ID] = &s.Groups[i]
	}
	for i := range s.Sites {
		l.sites[s.Sites[i].ID] = &s.Sites[i]
	}
	for i := range s.Pupils {
		l.pupils[s.Pupils[i].ID] = &s.Pupils[i]
	}
	first := s.AsOf
	for i := range s.Placements {
		first = min(first, s.Placements[i].From)
	}
	l.long = calendar.NewDays(first, s.Horizon, s.Calendar.Closed)
	for i := range s.Placements {
		l.stand(&s.Placements[i])
	}
	for i := range s.Referrals {
		l.present[s.Referrals[i].Pupil] = true
	}
	return l
}

// stand adds a standing placement, if it is one within the calendar.
func (l *linter) stand(p *matching.Placement) {
	if p.To < l.s.AsOf || p.From > l.s.Horizon {
		return
	}
	g := l.groups[p.Group]
	st := l.stayIn(l.pupils[p.Pupil], g, p.Pattern, p.From, min(p.To, l.s.Horizon))
	st.placement, st.from = p, max(p.From, l.s.AsOf)
	l.present[p.Pupil] = true
	l.stays = append(l.stays, st)
}

func (l *linter) stayIn(p *matching.Pupil, g *matching.Group, pattern matching.PatternID, from, to calendar.Date) *stay {
	i := slices.IndexFunc(g.Patterns, func(q matching.Pattern) bool { return q.ID == pattern })
	return &stay{pupil: p, group: g, mask: g.Patterns[i].Sessions, from: from, to: to, settled: l.settled(g, from)}
}

// settled is the first day on which someone who started on from is no newcomer.
func (l *linter) settled(g *matching.Group, from calendar.Date) calendar.Date {
	if g.Newcomer == nil {
		return from
	}
	days := l.long.Between(from, l.s.Horizon)
	if g.Newcomer.Days > len(days) {
		return l.s.Horizon + 1
	}
	return days[g.Newcomer.Days-1] + 1
}

func (l *linter) add(f Finding) {
	f.Severity = severities[f.Code]
	l.findings = append(l.findings, f)
}

// byGroup are the standing stays of each group.
func (l *linter) byGroup() map[matching.GroupID][]*stay {
	in := map[matching.GroupID][]*stay{}
	for _, st := range l.stays {
		in[st.group.ID] = append(in[st.group.ID], st)
	}
	return in
}

// bySite are the standing stays on each site.
func (l *linter) bySite() map[matching.SiteID][]*stay {
	on := map[matching.SiteID][]*stay{}
	for _, st := range l.stays {
		on[st.group.Site] = append(on[st.group.Site], st)
	}
	return on
}

// sorted returns a set in order, each once; of none, none.
func sorted[E cmp.Ordered](set []E) []E {
	out := slices.Clone(set)
	slices.Sort(out)
	return slices.Compact(out)
}

// gathered are the elements of a list that are wanted, by id: sorted, and each once.
func gathered[E any, K cmp.Ordered](list []E, id func(E) K, want func(E) bool) []K {
	var out []K
	for _, x := range list {
		if want(x) {
			out = append(out, id(x))
		}
	}
	return sorted(out)
}

func pupilOf(st *stay) matching.PupilID         { return st.pupil.ID }
func placementOf(st *stay) matching.PlacementID { return st.placement.ID }
func groupOf(st *stay) matching.GroupID         { return st.group.ID }

func names(set calendar.Sessions) []string {
	var out []string
	for s := range set.All() {
		out = append(out, s.String())
	}
	return out
}
