package matching_test

import (
	"math/bits"
	"slices"

	"example.org/backontrack/matching"
)

// Brute force: every combination of options is tried, but for those that begin with one in which rules fail, as
// more stays never make a rule hold. Nothing else is left out: no bound is taken.

// planRules are the rules that can fail between new stays, those about pairs with their scope. "floating" is staffing
// that fails only because groups of the site share its floating adults.
var planRules = []string{
	"busy", "places", "staffing", "floating", "trait_limit", "unregistered_full_time",
	"keep_apart group", "keep_apart zone", "keep_apart site", "rival_areas group", "rival_areas zone", "rival_areas site",
	"care_home_peers group", "care_home_peers zone", "care_home_peers site",
	"anxious_with_aggressive group", "anxious_with_aggressive zone", "anxious_with_aggressive site",
}

// A ruleSet has a bit for each of planRules.
type ruleSet uint32

func planRule(name string) ruleSet { return 1 << slices.Index(planRules, name) }

var (
	ruleBusy, rulePlaces, ruleTraitLimit = planRule("busy"), planRule("places"), planRule("trait_limit")
	ruleStaffing, ruleFloating           = planRule("staffing"), planRule("floating")
	ruleUnregistered                     = planRule("unregistered_full_time")
)

type planBrute struct {
	s       *slowSnapshot
	options [][]bruteOption // by referral
	stays   []bruteStay
	apart   [][]ruleSet // by two stays
	groups  []bruteGroup

	ignored ruleSet // as if these were no rules
	placed  []bool  // by referral: it is not left out
	most    int     // nodes

	taken   []int32 // stays
	path    []int   // by referral, the option or -1
	nodes   int
	refused ruleSet
	value   int
	ties    int // plans of that value
	best    []int
}

type bruteOption struct {
	worth int
	stays []int32
}

type bruteStay struct {
	slowSeat
	at       []int // moments
	group    int
	bit      int // in its group
	limited  []int
	fullTime bool // of school age, in an unregistered group
}

// A bruteGroup counts, by moment.
type bruteGroup struct {
	*slowGroup
	places, adults, floating []int // -1: not limited
	pupils, demand           []int
	with                     [][]int // by limit
	onSite                   []int   // all groups of the site
	fullTimers               int     // standing, on whatever days
	seats                    []int32
	seated                   uint64
	known                    map[uint64]int // composition, by who is seated
}

func newPlanBrute(s *slowSnapshot, policy *matching.Policy, options map[matching.ReferralID][]matching.Option) *planBrute {
	b := &planBrute{s: s, most: 100_000}
	for _, g := range s.Groups {
		b.groups = append(b.groups, b.newGroup(g))
	}
	known := map[slowSeatKey]int32{}
	for _, r := range s.Referrals {
		var all []bruteOption
		for _, o := range options[matching.ReferralID(r.ID)] {
			option := bruteOption{worth: worth(policy, o.Bonus, o.Score, o.Late)}
			for i, seat := range s.seats(o.Referral, o.Stays) {
				key := slowSeatKey{o.Referral, o.Stays[i]}
				n, seen := known[key]
				if !seen {
					n = b.add(seat)
					known[key] = n
				}
				option.stays = append(option.stays, n)
			}
			all = append(all, option)
		}
		b.options = append(b.options, all)
	}
	b.placed = make([]bool, len(b.options))
	b.pairs()
	return b
}

type slowSeatKey struct {
	referral matching.ReferralID
	stay     matching.Stay
}

// moment numbers the moments of the calendar.
func (b *planBrute) moment(at slowMoment) int {
	return int(at.day-b.s.AsOf)*len(b.s.Calendar.Sessions) + slices.Index(b.s.Calendar.Sessions, at.session)
}

func (b *planBrute) newGroup(g *slowGroup) bruteGroup {
	s, n := b.s, int(b.s.Horizon-b.s.AsOf+1)*len(b.s.Calendar.Sessions)
	group := bruteGroup{
		slowGroup: g, places: make([]int, n), adults: make([]int, n), floating: make([]int, n),
		pupils: make([]int, n), demand: make([]int, n), known: map[uint64]int{},
	}
	for _, stay := range s.standing {
		if stay.group == g && s.fullTime(stay) {
			group.fullTimers++
		}
	}
	for range g.Limits {
		group.with = append(group.with, make([]int, n))
	}
	for i, other := range s.Groups {
		if other.Site == g.Site {
			group.onSite = append(group.onSite, i)
		}
	}
	for day := s.AsOf; day <= s.Horizon; day++ {
		for _, session := range s.Calendar.Sessions {
			at := slowMoment{day, session}
			i := b.moment(at)
			group.places[i], group.adults[i] = orUnlimited(g.placesAt(at)), orUnlimited(g.adultsAt(at))
			group.floating[i] = s.site(g.Site).floatingAt(at)
			present := s.present(g, at)
			group.pupils[i], group.demand[i] = len(present), slowDemand(present)
			for k, limit := range g.Limits {
				for _, stay := range present {
					if slowHasTrait(stay.pupil, limit.Trait, false) {
						group.with[k][i]++
					}
				}
			}
		}
	}
	return group
}

func orUnlimited(n int, limited bool) int {
	if !limited {
		return -1
	}
	return n
}

func (b *planBrute) add(seat slowSeat) int32 {
	n := int32(len(b.stays))
	group := slices.Index(b.s.Groups, seat.stay.group)
	g := &b.groups[group]
	stay := bruteStay{slowSeat: seat, group: group, bit: len(g.seats)}
	for _, at := range b.s.moments(seat.stay) {
		stay.at = append(stay.at, b.moment(at))
	}
	for k, limit := range g.Limits {
		if slowHasTrait(seat.stay.pupil, limit.Trait, false) {
			stay.limited = append(stay.limited, k)
		}
	}
	stay.fullTime = g.Registered != nil && !*g.Registered && b.s.fullTime(seat.stay) && slowSchoolAge(seat.stay.pupil, false)
	g.seats = append(g.seats, n)
	b.stays = append(b.stays, stay)
	return n
}

// pairs finds the rules that fail between two stays, whatever others there are.
func (b *planBrute) pairs() {
	b.apart = make([][]ruleSet, len(b.stays))
	for i := range b.stays {
		b.apart[i] = make([]ruleSet, len(b.stays))
		for j := range i {
			if x, y := &b.stays[i], &b.stays[j]; x.referral != y.referral {
				b.apart[i][j] = b.s.pairFails(x.stay, y.stay)
				b.apart[j][i] = b.apart[i][j]
			}
		}
	}
}

func (s *slowSnapshot) pairFails(x, y slowStay) (rules ruleSet) {
	if x.pupil == y.pupil {
		if x.from <= y.to && y.from <= x.to && len(s.shared(x.sessions, y.sessions)) > 0 {
			return ruleBusy
		}
		return 0
	}
	if x.group.Site != y.group.Site {
		return 0
	}
	for _, separation := range s.Policy.Separations {
		if slowSeparated(separation, x.pupil, y.pupil, false) && s.meet(separation.Scope, x, y, 0) {
			rules |= planRule(separation.Code + " " + separation.Scope)
		}
	}
	for _, entry := range s.KeepApart {
		if slices.Contains(entry.Pupils, x.pupil.ID) && slices.Contains(entry.Pupils, y.pupil.ID) && s.meet(entry.Scope, x, y, entry.Until) {
			rules |= planRule("keep_apart " + entry.Scope)
		}
	}
	return rules
}

// meet tells whether two stays are ever together at a scope, until a day if there is one.
func (s *slowSnapshot) meet(scope string, x, y slowStay, until slowDay) bool {
	return slices.ContainsFunc(s.moments(x), func(at slowMoment) bool {
		return (until == 0 || at.day <= until) && s.together(scope, x, y, at)
	})
}

// run searches, and tells whether it came to an end.
func (b *planBrute) run(ignored ruleSet) bool {
	b.ignored, b.nodes, b.value, b.refused, b.best = ignored, 0, -1<<60, 0, nil
	for i := range b.groups {
		if len(b.groups[i].seats) > 64 {
			return false
		}
	}
	b.path = b.path[:0]
	b.search(0)
	return b.nodes <= b.most
}

func (b *planBrute) search(worth int) {
	if b.nodes++; b.nodes > b.most {
		return
	}
	if len(b.path) == len(b.options) {
		for i := range b.groups {
			worth += b.composition(&b.groups[i])
		}
		if worth == b.value {
			b.ties++
		}
		if worth > b.value {
			b.ties = 1
			b.value, b.best = worth, append([]int{}, b.path...)
		}
		return
	}
	i := len(b.path)
	b.path = append(b.path, -1)
	if !b.placed[i] {
		b.search(worth)
	}
	for n, option := range b.options[i] {
		b.path[i] = n
		fits := 0
		for fits < len(option.stays) && b.take(option.stays[fits]) {
			fits++
		}
		if fits == len(option.stays) {
			b.search(worth + option.worth)
		}
		b.drop(fits)
	}
	b.path = b.path[:i]
}

// chosen are the stays of the best plan, and what they are worth but for composition.
func (b *planBrute) chosen() (seats []slowSeat, sum int) {
	for i, n := range b.best {
		if n < 0 {
			continue
		}
		option := &b.options[i][n]
		sum += option.worth
		for _, n := range option.stays {
			seats = append(seats, b.stays[n].slowSeat)
		}
	}
	return seats, sum
}

func (b *planBrute) composition(g *bruteGroup) int {
	if g.seated == 0 {
		return 0
	}
	value, known := g.known[g.seated]
	if !known {
		var news []slowStay
		for left := g.seated; left != 0; left &= left - 1 {
			news = append(news, b.stays[g.seats[bits.TrailingZeros64(left)]].stay)
		}
		value = b.s.groupComposition(g.slowGroup, news)
		g.known[g.seated] = value
	}
	return value
}

// take seats a stay, unless a rule fails then.
func (b *planBrute) take(n int32) bool {
	fails := ruleSet(0)
	for _, other := range b.taken {
		fails |= b.apart[n][other]
	}
	b.seat(n, 1)
	fails |= b.overdrawn(&b.stays[n])
	b.refused |= fails
	if fails&^b.ignored != 0 {
		b.seat(n, -1)
		return false
	}
	b.taken = append(b.taken, n)
	return true
}

// drop gives the last seats back.
func (b *planBrute) drop(many int) {
	left := len(b.taken) - many
	for _, n := range b.taken[left:] {
		b.seat(n, -1)
	}
	b.taken = b.taken[:left]
}

func (b *planBrute) clear() { b.drop(len(b.taken)) }

func (b *planBrute) seat(n int32, sign int) {
	stay := &b.stays[n]
	g := &b.groups[stay.group]
	g.seated ^= 1 << stay.bit
	for _, at := range stay.at {
		g.pupils[at] += sign
		g.demand[at] += sign * stay.stay.demand
		for _, k := range stay.limited {
			g.with[k][at] += sign
		}
	}
}

// overdrawn finds the rules about numbers that fail once a stay has its seat.
func (b *planBrute) overdrawn(stay *bruteStay) (rules ruleSet) {
	g := &b.groups[stay.group]
	for _, at := range stay.at {
		if g.places[at] >= 0 && g.pupils[at] > g.places[at] {
			rules |= rulePlaces
		}
		for _, k := range stay.limited {
			if g.with[k][at] > g.Limits[k].Max {
				rules |= ruleTraitLimit
			}
		}
		if g.adults[at] >= 0 && g.demand[at] > g.adults[at] {
			rules |= b.unstaffed(g, at)
		}
	}
	if stay.fullTime && b.unregistered(stay) {
		rules |= ruleUnregistered
	}
	return rules
}

func (b *planBrute) unstaffed(g *bruteGroup, at int) ruleSet {
	needed := 0
	for _, i := range g.onSite {
		if other := &b.groups[i]; other.adults[at] >= 0 {
			needed += max(other.demand[at]-other.adults[at], 0)
		}
	}
	switch {
	case needed <= g.floating[at]:
		return 0
	case g.demand[at]-g.adults[at] <= g.floating[at]:
		return ruleFloating
	}
	return ruleStaffing
}

// unregistered tells whether there are ever five full-time pupils of school age.
// As each option is possible by itself, nobody on the agenda or there already is protected.
func (b *planBrute) unregistered(stay *bruteStay) bool {
	most := b.groups[stay.group].fullTimers + 1
	for _, n := range b.taken {
		if other := &b.stays[n]; other.fullTime && other.group == stay.group {
			most++
		}
	}
	if most < 5 {
		return false // whatever the days
	}
	for day := stay.stay.from; day <= stay.stay.to; day++ {
		if !b.s.schoolDay(day) {
			continue
		}
		all := b.s.otherFullTimers(stay.stay, day, false)
		for _, n := range b.taken {
			other := &b.stays[n]
			if other.fullTime && other.group == stay.group && other.stay.includes(day) && other.stay.pupil != stay.stay.pupil && !slowHasPupil(all, other.stay.pupil) {
				all = append(all, other.stay)
			}
		}
		if len(all) >= 4 {
			return true
		}
	}
	return false
}
