package matching

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"example.org/backontrack/matching/calendar"
)

// An Investment is one thing that a commissioner, or whoever sets the rules, could change. What does not apply
// to its kind is zero.
type Investment struct {
	Kind     InvestmentKind    `json:"type"`
	Group    GroupID           `json:"group,omitempty"`    // places, adults, timetable
	Site     SiteID            `json:"site,omitempty"`     // adults: floating ones, in place of a group's
	Sessions calendar.Sessions `json:"sessions,omitempty"` // places, adults: at these, or at all of the group; timetable: these, as many as the group has
	Amount   int               `json:"amount,omitempty"`   // places: pupils, 0 is 1; adults: thousandths of an adult, 0 is 500
	Rule     Code              `json:"rule,omitempty"`     // waive
}

// InvestmentKind says what an investment changes.
type InvestmentKind string

// The kinds of investment.
const (
	MorePlaces   InvestmentKind = "places"
	MoreAdults   InvestmentKind = "adults"
	NewTimetable InvestmentKind = "timetable" // a second group like this one, empty, at other sessions
	WaiveRule    InvestmentKind = "waive"     // nobody is refused for this rule: a hypothesis, never a proposal
)

// Worth is what an investment is worth, found by planning again. The worth lies between Low and High, points of the
// objective, which are equal where both plans are proven to be optimal. It can be a little less than 0: more room
// brings earlier starts into view, of which only so many are considered, and changes scores.
type Worth struct {
	Investment   Investment   `json:"investment"`
	Hypothetical bool         `json:"hypothetical"` // it is no plan that anyone may carry out
	Low          int          `json:"low"`
	High         int          `json:"high"`
	Status       PlanStatus   `json:"status"`
	Objective    int          `json:"objective"` // of the new plan
	Bound        int          `json:"bound"`
	Placed       int          `json:"placed"` // referrals
	Gains        []ReferralID `json:"gains"`  // placed now and not before, by id
	Loses        []ReferralID `json:"loses"`  // the other way round
}

// ErrInvestment says that an investment of [Engine.Worth] can not be made. The error is an [*InvestmentError], which says why.
var ErrInvestment = errors.New("matching: no such investment")

// An InvestmentError is the first of several investments that can not be made, and an [ErrInvestment].
type InvestmentError struct {
	Index  int    // in the list that was given
	Field  string // the key that is wrong in the JSON of the investment, or that does not apply to its type
	Faults Faults // what would be wrong with the snapshot, where it is that
}

// Error says which investment and which of its keys.
func (i *InvestmentError) Error() string {
	said := fmt.Sprintf("%v: change %d: %s", ErrInvestment, i.Index, i.Field)
	if len(i.Faults) > 0 {
		said += ": " + i.Faults.Error()
	}
	return said
}

// Unwrap makes errors.Is find ErrInvestment.
func (i *InvestmentError) Unwrap() error { return ErrInvestment }

// Worth plans again with each of some investments, each by itself, and compares with a plan of this engine: in the order
// of changes. The options should be those that the plan was made with, and are the
// same for all; choices of options that name stays go on to hold. A plan is
// made for each, so the cost is as many times that of [Engine.Plan], index included, and that of [Engine.Planner] once more. The
// error is an [*InvestmentError] before anything is planned, [ErrForeignPlan], [ErrMoves] where the plan makes more moves than
// o.Moves, or of the options.
func (e *Engine) Worth(ctx context.Context, base *Plan, changes []Investment, o PlanOptions) ([]Worth, error) {
	if o.Moves < 0 {
		return nil, ErrMoves
	}
	p := e.Planner(o.Moves)
	if base != nil && len(base.Moves) > o.Moves {
		p = e.Planner(len(base.Moves))
	}
	if _, _, err := p.chosen(base); err != nil {
		return nil, err
	}
	if len(base.Moves) > o.Moves {
		return nil, ErrMoves
	}
	for i := range changes {
		if _, err := e.invested(&changes[i]); err != nil {
			err.Index = i
			return nil, err
		}
	}
	list := make([]Worth, 0, len(changes))
	for i := range changes {
		changed, _ := e.invested(&changes[i]) // made again, so that not all worlds are held at once
		plan, err := changed.Plan(ctx, o)
		if err != nil {
			return nil, err
		}
		list = append(list, worthOf(base, plan, changes[i]))
	}
	return list, nil
}

func worthOf(base, plan *Plan, change Investment) Worth {
	return Worth{
		Investment: change, Hypothetical: change.Kind == WaiveRule,
		Low: plan.Objective - base.Bound, High: plan.Bound - base.Objective,
		Status: plan.Status, Objective: plan.Objective, Bound: plan.Bound, Placed: len(plan.Assignments),
		Gains: newlyPlaced(base, plan), Loses: newlyPlaced(plan, base),
	}
}

// newlyPlaced are the referrals that one plan places and another does not.
func newlyPlaced(without, with *Plan) []ReferralID {
	list := []ReferralID{}
	for i := range with.Assignments {
		id := with.Assignments[i].Referral
		if !slices.ContainsFunc(without.Assignments, func(a Assignment) bool { return a.Referral == id }) {
			list = append(list, id)
		}
	}
	return list
}

// invested is the engine of a world with one investment.
func (e *Engine) invested(c *Investment) (*Engine, *InvestmentError) {
	if field := e.wrongField(c); field != "" {
		return nil, &InvestmentError{Field: field}
	}
	s := *e.snapshot
	s.Groups, s.Sites = slices.Clone(s.Groups), slices.Clone(s.Sites)
	g, field, ok := e.groupOf[c.Group], "sessions", false
	switch c.Kind {
	case MorePlaces:
		ok = morePlaces(&s.Groups[g], c.Sessions, max(c.Amount, 1))
	case MoreAdults:
		ok = e.moreAdults(&s, c)
	case NewTimetable:
		ok = addGroup(&s, int(g), c.Sessions)
	case WaiveRule:
		return e.hypothesis(c.Rule), nil
	}
	if !ok && c.Sessions == 0 {
		field = "group" // none of its sessions has a limit
	}
	if !ok {
		return nil, &InvestmentError{Field: field}
	}
	if err := s.check(nil, e.extensions); err != nil {
		faults, _ := errors.AsType[Faults](err)
		return nil, &InvestmentError{Field: "amount", Faults: faults}
	}
	return e.rebuild(s.canonical()), nil
}

// wrongField is the first field of an investment that is unknown, out of range, or does not apply to its kind.
func (e *Engine) wrongField(c *Investment) string {
	_, group := e.groupOf[c.Group]
	_, site := e.siteOf[c.Site]
	limited := c.Kind == MorePlaces || c.Kind == MoreAdults
	switch {
	case !limited && c.Kind != NewTimetable && c.Kind != WaiveRule:
		return "type"
	case c.Kind == WaiveRule && c.Group != "":
		return "group"
	case c.Site != "" && (c.Kind != MoreAdults || c.Group != "" || !site):
		return "site"
	case c.Kind != WaiveRule && c.Site == "" && !group:
		return "group"
	case c.Sessions != 0 && c.Kind == WaiveRule:
		return "sessions"
	case c.Amount < 0 || c.Amount != 0 && !limited:
		return "amount"
	case c.Rule != "" && c.Kind != WaiveRule:
		return "rule"
	case c.Kind == WaiveRule && (c.Rule == CodeNotOpen || !slices.Contains(e.codesInOrder(), c.Rule)):
		return "rule" // without a day there is nothing to plan
	}
	return ""
}

// morePlaces adds to a group's places, on all days, and reports whether any are limited.
func morePlaces(g *Group, sessions calendar.Sessions, amount int) (ok bool) {
	g.Places, ok = more(g.Places, g.Timetable, sessions, amount)
	g.Changes = slices.Clone(g.Changes)
	for i := range g.Changes {
		places, raised := more(g.Changes[i].Places, g.Timetable, sessions, amount)
		g.Changes[i].Places, ok = places, ok || raised
	}
	return ok
}

// more adds to what is limited of a timetable, and reports whether anything is.
func more(limits PerSession, timetable, sessions calendar.Sessions, amount int) (out PerSession, raised bool) {
	if limits == nil {
		return nil, false
	}
	out = PerSession{}
	for s := range timetable.All() {
		n, limited := limits[s]
		if !limited {
			continue
		}
		if sessions == 0 || sessions.Has(s) {
			n, raised = n+amount, true
		}
		out[s] = n
	}
	return out, raised
}

func (e *Engine) moreAdults(s *Snapshot, c *Investment) (ok bool) {
	amount := c.Amount
	if amount == 0 {
		amount = 500
	}
	if c.Site == "" {
		g := &s.Groups[e.groupOf[c.Group]]
		g.Adults, ok = more(g.Adults, g.Timetable, c.Sessions, amount)
		g.Changes = slices.Clone(g.Changes)
		for i := range g.Changes {
			adults, raised := more(g.Changes[i].Adults, g.Timetable, c.Sessions, amount)
			g.Changes[i].Adults, ok = adults, ok || raised
		}
		return ok
	}
	n := e.siteOf[c.Site]
	sessions, floating := c.Sessions, PerSession{}
	if sessions == 0 {
		sessions = s.Calendar.Sessions
	}
	for session := range calendar.Week.All() {
		if had := s.Sites[n].FloatingAdults[session]; had > 0 || sessions.Has(session) {
			floating[session] = had
			if sessions.Has(session) {
				floating[session] += amount
			}
		}
	}
	s.Sites[n].FloatingAdults = floating
	s.Sites[n].Changes = slices.Clone(s.Sites[n].Changes)
	for i := range s.Sites[n].Changes {
		change := &s.Sites[n].Changes[i]
		change.FloatingAdults, _ = more(change.FloatingAdults, calendar.Week, sessions, amount)
	}
	return true
}

// addGroup adds a copy of a group, without its pupils, whose sessions are others: its first session becomes the first
// of those, and so on. Whoever wants the group, or has a score for it, wants and has the copy as well.
func addGroup(s *Snapshot, g int, sessions calendar.Sessions) bool {
	twin := s.Groups[g]
	if sessions.Len() != twin.Timetable.Len() || sessions == twin.Timetable {
		return false
	}
	to := map[calendar.Session]calendar.Session{}
	from := slices.Collect(twin.Timetable.All())
	for session := range sessions.All() {
		to[from[len(to)]] = session
	}
	shifted := func(mask calendar.Sessions) (out calendar.Sessions) {
		for session := range mask.All() {
			out |= calendar.Of(to[session])
		}
		return out
	}
	limits := func(p PerSession) PerSession {
		if p == nil {
			return nil
		}
		out := PerSession{}
		for session, n := range p {
			if other, moved := to[session]; moved {
				out[other] = n
			}
		}
		return out
	}
	old := twin.ID
	for slices.ContainsFunc(s.Groups, func(other Group) bool { return other.ID == twin.ID }) {
		twin.ID += "+"
	}
	twin.Timetable, twin.Places, twin.Adults = sessions, limits(twin.Places), limits(twin.Adults)
	twin.Changes = slices.Clone(twin.Changes)
	for i := range twin.Changes {
		twin.Changes[i].Places, twin.Changes[i].Adults = limits(twin.Changes[i].Places), limits(twin.Changes[i].Adults)
	}
	twin.Patterns = slices.Clone(twin.Patterns)
	for i := range twin.Patterns {
		twin.Patterns[i].Sessions = shifted(twin.Patterns[i].Sessions)
	}
	s.Groups = append(s.Groups, twin)
	s.Referrals = slices.Clone(s.Referrals)
	for i := range s.Referrals {
		r := s.Referrals[i].clone()
		if at := slices.Index(r.Wants.Groups, old); at >= 0 {
			r.Wants.Groups = slices.Insert(r.Wants.Groups, at+1, twin.ID)
		}
		if given, ok := r.Given[old]; ok {
			r.Given[twin.ID] = given
		}
		s.Referrals[i] = r
	}
	return true
}

// hypothesis is the engine of a world in which nobody is refused for a rule.
func (e *Engine) hypothesis(rule Code) *Engine {
	waived := *e
	waived.waived = map[Code]bool{rule: true}
	return waived.rebuild(e.snapshot)
}
