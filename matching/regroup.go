package matching

import (
	"context"
	"errors"
	"slices"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/internal/solve"
)

// RegroupOptions say what to regroup, and how.
type RegroupOptions struct {
	Provision   ProvisionID
	From        calendar.Date // the day of the moves; zero: the snapshot's day
	Moves       int           // at most so many, each worth the policy's move_cost; 0: only what violations need
	OnlyMovable bool          // leave placements alone that are not movable
	Effort      int           // at most so much work, as in [PlanOptions]; 0 or less: no limit
}

// A Regrouping re-seats pupils of one provision among its groups and their patterns, from a day on. Moves come by
// placement; each lasts as long as the placement would have.
type Regrouping struct {
	Provision         ProvisionID   `json:"provision"`
	From              calendar.Date `json:"from"`
	Status            PlanStatus    `json:"status"` // optimal: proven that none is better, in the order of [Engine.Regroup]: moves and sessions before company
	Moves             []Move        `json:"moves"`
	ViolationsBefore  []Violation   `json:"violations_before"`
	ViolationsAfter   []Violation   `json:"violations_after"`   // what no re-seating within the provision removes
	CompositionBefore int           `json:"composition_before"` // points of all its groups on that day
	CompositionAfter  int           `json:"composition_after"`
}

// ErrRegroupDate says that the day of the moves is not in the snapshot's calendar.
var ErrRegroupDate = errors.New("matching: regroup from a day between as_of and horizon")

// Regroup looks for the best seats of the pupils who stand in a provision (W6). First, as many as
// possible have a seat that breaks no rule together with the others: all of them, where that can be. Then, without
// Moves, as few as possible move, then as few sessions a week as possible change, and of such re-seatings the best
// company of all groups counts; with Moves, company less the policy's move_cost for each move and each session. Who can have no such seat stays
// where he is. The rest of the world stands as it is; the rules referral_reason, too_short, journey and days of
// starts are not asked again (docs/reference/regrouping.md). The errors are [ErrRegroupDate], and a [*NotFoundError] for the provision.
func (e *Engine) Regroup(ctx context.Context, o RegroupOptions) (*Regrouping, error) {
	if o.From == 0 {
		o.From = e.days.First()
	}
	if o.From < e.days.First() || o.From > e.days.Last() {
		return nil, ErrRegroupDate
	}
	if !slices.ContainsFunc(e.snapshot.Groups, func(g Group) bool { return g.Provision == o.Provision }) {
		return nil, &NotFoundError{"provision", string(o.Provision)}
	}
	g := e.regrouper(&o)
	result, err := solve.Solve(ctx, &g.m.problem, solve.Options{Effort: int64(o.Effort)})
	if err != nil {
		return nil, err
	}
	answer := &Regrouping{
		Provision: o.Provision, From: o.From, Status: PlanFeasible, Moves: g.moves(result.Choice),
		ViolationsBefore: e.rebuild(e.snapshot).violations(o.Provision.covers, o.From), CompositionBefore: e.companyOf(o.Provision, o.From),
	}
	if result.Value == result.Bound {
		answer.Status = PlanOptimal
	}
	s := *e.snapshot
	s.Placements = reseated(s.Placements, answer.Moves)
	after := e.rebuild(&s)
	answer.CompositionAfter = after.companyOf(o.Provision, o.From)
	answer.ViolationsAfter = after.violations(o.Provision.covers, o.From)
	return answer, nil
}

// companyOf is the composition of a provision's groups on a day.
func (e *Engine) companyOf(provision ProvisionID, on calendar.Date) (sum int) {
	for i := range e.groups {
		if g := &e.groups[i]; g.group.Provision == provision {
			sum += e.points(e.attendees(nil, g, on))
		}
	}
	return sum
}

// A regrouper holds the model of a provision's seats: each standing pupil is a referral in a
// world without them.
type regrouper struct {
	o          *RegroupOptions
	m          *planModel
	placements []*Placement // by referral
}

func (e *Engine) regrouper(o *RegroupOptions) *regrouper {
	g := &regrouper{o: o}
	s := *e.snapshot
	s.Placements, s.Referrals = nil, nil
	for i := range e.snapshot.Placements {
		p := &e.snapshot.Placements[i]
		group := e.groups[e.groupOf[p.Group]].group
		if group.Provision != o.Provision || p.To < o.From || p.From > e.days.Last() {
			s.Placements = append(s.Placements, *p)
			continue
		}
		g.placements = append(g.placements, p)
		s.Referrals = append(s.Referrals, Referral{ID: ReferralID(p.ID), Pupil: p.Pupil, OwnAdult: p.OwnAdult})
	}
	rest := e.rebuild(&s)
	g.m = &planModel{e: rest}
	prices := g.prices()
	for i := range rest.referrals {
		rest.referrals[i].bonus = 0
		g.seats(int32(i), prices)
	}
	g.m.build()
	g.company()
	g.limit()
	return g
}

// notAsked are the rules that were asked when the pupil came.
var notAsked = map[Code]bool{CodeReferralReason: true, CodeTooShort: true, CodeJourney: true}

// prices are the points that make the order of what counts.
type prices struct{ seat, move, session int }

// prices are so high that a seat is worth more than any moves, and without a number of moves a move more than any
// sessions a week that change, and one of those more than any company.
func (g *regrouper) prices() prices {
	e, n := g.m.e, len(g.placements)
	pairs, sessions := 0, 0
	for i := range e.referrals {
		pairs += len(e.friends[e.referrals[i].pupil])
		sessions += calendar.PerWeek
	}
	company := e.policy.Composition.Friend*pairs + e.policy.Composition.Alone*n
	p := prices{session: company + 1}
	p.move = p.session*sessions + company + 1
	if g.o.Moves > 0 {
		p.move, p.session = e.policy.MoveCost, e.policy.MoveCost
	}
	p.seat = p.move*n + p.session*sessions + company + 1
	return p
}

// seats lists what a pupil's own facts and the rest of the world leave possible.
func (g *regrouper) seats(n int32, points prices) {
	e, p := g.m.e, g.placements[n]
	now := e.groups[e.groupOf[p.Group]].pattern(p.Pattern).Sessions.Len()
	t := e.try(&e.referrals[n])
	t.waived = notAsked
	for i := range e.groups {
		group := &e.groups[i]
		if group.group.Provision != g.o.Provision {
			continue
		}
		for k := range group.patterns {
			stays := group.group.ID == p.Group && group.patterns[k].ID == p.Pattern
			if !stays && g.o.OnlyMovable && !p.Movable {
				continue
			}
			v := t.visit(group, &group.patterns[k])
			v.from, v.to = max(p.From, g.o.From), min(p.To, e.days.Last())
			v.settled = e.settled(group, v.from)
			change := group.patterns[k].Sessions.Len() - now
			worth := points.seat - points.move - points.session*max(change, -change)
			if stays {
				v.settled, worth = e.settled(group, p.From), points.seat
			} else if v.from < group.first || v.to > group.last {
				continue
			}
			if t.allowed() && t.refusedUntil(&v) == 0 {
				g.m.options = append(g.m.options, planOption{
					referral: n, stays: []planStay{t.planStay(&v)}, score: worth, minutes: -1, placement: -1,
				})
			}
		}
	}
}

// company has the groups valued on the day of the moves, with those who are there then.
func (g *regrouper) company() {
	c := newCompany(g.m)
	if c == nil {
		return
	}
	for i := range g.m.problem.Options {
		s, part := &g.m.options[i].stays[0], &g.m.problem.Options[i].Parts[0]
		part.Room = -1
		if s.from == g.o.From {
			part.Room, part.Seat = s.group, c.seat(s)
		}
	}
	c.seal()
	g.m.problem.Company = c
}

// limit bounds the number of moves.
func (g *regrouper) limit() {
	p := &g.m.problem
	if g.o.Moves == 0 {
		return
	}
	row := int32(len(p.Rows))
	p.Rows = append(p.Rows, solve.Row{Capacity: int64(g.o.Moves), Pool: -1, Global: true})
	for i := range p.Options {
		if !g.stays(int32(i)) {
			part := &p.Options[i].Parts[0]
			p.Uses = append(p.Uses, append(slices.Clone(p.Uses[part.Uses]), solve.Use{Row: row, Amount: 1}))
			part.Uses = int32(len(p.Uses) - 1)
		}
	}
}

// stays tells whether an option is the seat that the pupil has.
func (g *regrouper) stays(option int32) bool {
	o := &g.m.options[option]
	p, stay := g.placements[o.referral], o.stays[0].stay(g.m.e)
	return stay.Group == p.Group && stay.Pattern == p.Pattern
}

// moves are what a choice changes.
func (g *regrouper) moves(choice solve.Choice) []Move {
	moves := []Move{}
	for n, option := range choice {
		if option < 0 || g.stays(option) {
			continue
		}
		stay := g.m.options[option].stays[0].stay(g.m.e)
		moves = append(moves, Move{Placement: g.placements[n].ID, Group: stay.Group, Pattern: stay.Pattern, From: stay.From})
	}
	return moves
}
