package matching_test

import (
	"fmt"
	"slices"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/matching/verify"
)

// Section 5 of the contract, slowly: the slow implementation is asked about each new stay with all others standing.

// slowSeat is a new stay with the referral that it serves.
type slowSeat struct {
	referral *slowReferral
	stay     slowStay
}

// slowDayOf turns a date of the engine into one of the slow implementation.
func slowDayOf(d calendar.Date) slowDay {
	day := slowDay(d)
	if day.String() != d.String() {
		panic("the dates of the two begin on different days")
	}
	return day
}

func (s *slowSnapshot) referral(id string) *slowReferral {
	return s.Referrals[slices.IndexFunc(s.Referrals, func(r *slowReferral) bool { return r.ID == id })]
}

// seats are the stays of an option. Their ends are worked out anew.
func (s *slowSnapshot) seats(referral matching.ReferralID, stays []matching.Stay) []slowSeat {
	r := s.referral(string(referral))
	seats := make([]slowSeat, len(stays))
	for i, stay := range stays {
		g := s.group(string(stay.Group))
		seats[i] = slowSeat{r, s.newStay(r, g, g.pattern(string(stay.Pattern)), slowDayOf(stay.From))}
		if end := slowDayOf(stay.To); seats[i].stay.to != end {
			panic(fmt.Sprintf("a stay ends on %s, not %s", seats[i].stay.to, end))
		}
	}
	return seats
}

// jointTrouble names the rules that fail for new stays when all others of them stand.
func (s *slowSnapshot) jointTrouble(seats []slowSeat) []string {
	var trouble []string
	standing := s.standing
	defer func() { s.standing = standing }()
	for i, seat := range seats {
		s.standing = slices.Clone(standing)
		for j, other := range seats {
			if j != i {
				s.standing = append(s.standing, other.stay)
			}
		}
		for _, rule := range s.rules(seat.referral, seat.stay.group) {
			if rule.check(seat.stay, false) != nil {
				trouble = append(trouble, fmt.Sprintf("%s of %s in %s", rule.code, seat.referral.ID, seat.stay.group.ID))
			}
		}
	}
	return trouble
}

// jointComposition is the change of the composition of all groups, each on the latest start among its new stays.
func (s *slowSnapshot) jointComposition(seats []slowSeat) int {
	sum := 0
	for _, g := range s.Groups {
		var news []slowStay
		for _, seat := range seats {
			if seat.stay.group == g {
				news = append(news, seat.stay)
			}
		}
		sum += s.groupComposition(g, news)
	}
	return sum
}

func (s *slowSnapshot) groupComposition(g *slowGroup, news []slowStay) int {
	on := slowDay(0)
	for _, stay := range news {
		on = max(on, stay.from)
	}
	var before []slowStay
	for _, stay := range s.standing {
		if stay.group == g && stay.includes(on) {
			before = append(before, stay)
		}
	}
	after := slices.Clone(before)
	for _, stay := range news {
		if stay.includes(on) {
			after = append(after, stay)
		}
	}
	return s.compositionOf(after) - s.compositionOf(before)
}

// planOptions are the feasible options of every referral, in the order of their ids.
func planOptions(t testing.TB, e *matching.Engine) map[matching.ReferralID][]matching.Option {
	t.Helper()
	all := map[matching.ReferralID][]matching.Option{}
	everyOption(t, e, func(r *matching.Referral, o *matching.Option) {
		if o.Feasible {
			all[r.ID] = append(all[r.ID], *o)
		}
	})
	return all
}

// worth is what an option adds to the objective, but for composition.
func worth(policy *matching.Policy, bonus, score int, late bool) int {
	if late {
		return bonus + score - policy.LatePenalty
	}
	return bonus + score
}

// planHolds wants a plan to be well formed, each assignment to be an option of its referral, all rules to hold together,
// and the objective to be what section 5 says.
func planHolds(t testing.TB, e *matching.Engine, s *slowSnapshot, options map[matching.ReferralID][]matching.Option, p *matching.Plan) {
	t.Helper()
	if report, err := verify.Plan(e.Snapshot(), p); err != nil || !report.OK {
		t.Errorf("verify: %v: %s", err, lawJSON(t, report))
	}
	var seats []slowSeat
	var ids []matching.ReferralID
	objective := p.Composition
	for i := range p.Assignments {
		a := &p.Assignments[i]
		ids = append(ids, a.Referral)
		objective += worth(e.Snapshot().Policy, a.Bonus, a.Score, a.Late)
		seats = append(seats, s.seats(a.Referral, a.Stays)...)
		if !slices.ContainsFunc(options[a.Referral], func(o matching.Option) bool {
			return slices.Equal(o.Stays, a.Stays) && o.Score == a.Score && o.Bonus == a.Bonus && o.Late == a.Late
		}) {
			t.Errorf("no option: %s", lawJSON(t, a))
		}
	}
	if trouble := s.jointTrouble(seats); trouble != nil {
		t.Errorf("the plan breaks rules: %v", trouble)
	}
	if change := s.jointComposition(seats); change != p.Composition {
		t.Errorf("composition %d, want %d", p.Composition, change)
	}
	if objective != p.Objective || p.Bound < p.Objective || (p.Status == matching.PlanOptimal) != (p.Bound == p.Objective) {
		t.Errorf("%s: objective %d (added up: %d), bound %d", p.Status, p.Objective, objective, p.Bound)
	}
	if !slices.IsSorted(ids) {
		t.Errorf("assignments are not by referral: %v", ids)
	}
	for i := range p.Unplaced {
		if i > 0 && p.Unplaced[i-1].Referral >= p.Unplaced[i].Referral {
			t.Errorf("unplaced referrals are not by id: %s", lawJSON(t, p.Unplaced))
		}
		ids = append(ids, p.Unplaced[i].Referral)
	}
	slices.Sort(ids)
	if all := e.Snapshot().Referrals; len(slices.Compact(ids)) != len(all) || len(p.Assignments)+len(p.Unplaced) != len(all) {
		t.Errorf("the plan speaks of %v", ids)
	}
}
