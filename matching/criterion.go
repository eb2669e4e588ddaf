package matching

import (
	"slices"

	"example.org/backontrack/matching/calendar"
)

// full is the highest value of a criterion, neutral the one where there is
// nothing to go by.
const (
	full    = 1000
	neutral = 500
)

var anything = Value{neutral, 0, full}

// Criteria returns our own criteria, in the order in which contributions are
// listed. docs/reference/scores.md defines each value.
func Criteria() []Criterion {
	return []Criterion{
		needFit{}, wishes{}, curriculum{}, journeyScore{}, startScore{}, coverage{}, headroom{}, balance{},
	}
}

// share is 1000 × part ÷ whole, rounded down, and 1000 of nothing.
func share(part, whole int) int {
	if whole == 0 {
		return full
	}
	return full * part / whole
}

// closeness is 1000 when a and b are equal, and falls with their ratio.
func closeness(a, b int) int { return share(min(a, b), max(a, b)) }

// count is how many of the wanted codes are among those had.
func count(wanted, had []string) int {
	n := 0
	for _, w := range wanted {
		if slices.Contains(had, w) {
			n++
		}
	}
	return n
}

// needFit serves S1: a lack of fit is the most damaging placement error (nfer 7.2.2).
type needFit struct{}

func (needFit) Code() Code { return CodeNeedFit }

func (needFit) Score(c *Case, why *Why) Value {
	if !c.Pupil.Knows(FactNeeds) {
		why.Codes("unknown", string(FactNeeds))
		return anything
	}
	equipped := c.Group.Accepts.Needs
	met, all := 0, 0
	for _, need := range c.Pupil.Needs {
		weight := 1
		if need.Must {
			weight = 2
		}
		all += weight
		if slices.Contains(equipped, need.Code) {
			met += weight
		}
	}
	why.Number("met", met)
	why.Number("of", all)
	if all > 0 && equipped == nil {
		return Known(neutral)
	}
	return Known(share(met, all))
}

// wishes serves S2: the family's choice, and how the pupil learns best.
type wishes struct{}

func (wishes) Code() Code { return CodeWishes }

func (wishes) Score(c *Case, why *Why) Value {
	want, sum, parts := &c.Referral.Wants, 0, 0
	if n := len(want.Groups); n > 0 {
		choice := slices.Index(want.Groups, c.Group.ID)
		parts++
		why.Number("choices", n)
		if choice >= 0 {
			sum += full - neutral*choice/n
			why.Number("choice", choice+1)
		}
	}
	if n := len(want.Approaches); n > 0 {
		had := count(want.Approaches, c.Group.Approaches)
		parts++
		sum += share(had, n)
		why.Number("approaches", had)
		why.Number("of", n)
	}
	if parts == 0 {
		return Known(neutral)
	}
	return Known(sum / parts)
}

// core is what is taught always (wpes, W8).
var core = []string{"english", "maths"}

// curriculum serves S3: continuity of subjects.
type curriculum struct{}

func (curriculum) Code() Code { return CodeCurriculum }

func (curriculum) Score(c *Case, why *Why) Value {
	wanted := c.Referral.Wants.Offers
	if len(wanted) == 0 {
		wanted = core
	}
	had := 0
	for _, subject := range wanted {
		if slices.ContainsFunc(c.Groups, func(g *Group) bool { return slices.Contains(g.Offers, subject) }) {
			had++
		}
	}
	why.Number("offered", had)
	why.Number("of", len(wanted))
	return Known(share(had, len(wanted)))
}

// journeyScore serves S4: three buses cost attendance (nfer 4.1).
type journeyScore struct{}

func (journeyScore) Code() Code { return CodeJourney }

func (journeyScore) Score(c *Case, why *Why) Value {
	travel := c.Policy.MaxTravelMinutes
	if c.Minutes < 0 {
		why.Codes("unknown", string(FactLatitude), string(FactLongitude))
		return anything
	}
	why.Number("minutes", c.Minutes)
	near := func(limit int) int { return share(max(limit-c.Minutes, 0), limit) }
	if !c.Pupil.Knows(FactYear) {
		why.Codes("unknown", string(FactYear))
		return Value{
			Expected: near(travel.Secondary),
			Low:      near(min(travel.Primary, travel.Secondary)),
			High:     near(max(travel.Primary, travel.Secondary)),
		}
	}
	limit := travel.forYear(c.Pupil.Year)
	why.Number("limit", limit)
	return Known(near(limit))
}

// worstWait is the wait in days from which a start is worth nothing.
const worstWait = 56

// startScore serves S6: late referral is the commonest regret (nfer 5.4).
type startScore struct{}

func (startScore) Code() Code { return CodeStart }

func (startScore) Score(c *Case, why *Why) Value {
	wait := int(c.From - max(c.engine.snapshot.AsOf, c.Referral.ReadyFrom))
	why.Number("days", wait)
	return Known(share(max(worstWait-wait, 0), worstWait))
}

// coverage serves S8: the week and the length that were asked for, and a return kept alive.
type coverage struct{}

func (coverage) Code() Code { return CodeCoverage }

func (coverage) Score(c *Case, why *Why) Value {
	if !c.takesPlace() {
		why.Number("sessions", 0)
		return Known(0)
	}
	sessions := c.sessionsWanted(why)
	sum, parts := sessions, 1
	if wanted, given, stated := c.lengthWanted(); stated {
		sum = sum.plus(closeness(given, wanted))
		parts++
		why.Number("days", given)
		why.Number("days_wanted", wanted)
	}
	if c.Referral.Aim == Reintegration {
		sum = sum.plus(c.returnKept(why))
		parts++
	}
	return Value{sum.Expected / parts, sum.Low / parts, sum.High / parts}
}

func (v Value) plus(n int) Value { return Value{v.Expected + n, v.Low + n, v.High + n} }

func (c *Case) sessionsWanted(why *Why) Value {
	given, wanted := c.Week.Len(), c.Referral.Wants.Sessions
	free := c.engine.snapshot.calendarSessions() &^ c.Pupil.Busy
	stated := wanted > 0
	if !stated {
		wanted = free.Len()
	}
	why.Number("sessions", given)
	why.Number("sessions_wanted", wanted)
	value := Known(closeness(given, wanted))
	if !stated && !c.Pupil.Knows(FactBusy) {
		why.Codes("unknown", string(FactBusy))
		value.Low, value.High = 0, full
	}
	return value
}

// lengthWanted compares in calendar days, or in school days for a group that counts those.
func (c *Case) lengthWanted() (wanted, given int, stated bool) {
	if c.Group.Days != nil {
		return c.Referral.Wants.Days, c.engine.days.Count(c.From, c.To), c.Referral.Wants.Days > 0
	}
	return 7 * c.Referral.Wants.Weeks, int(c.To-c.From) + 1, c.Referral.Wants.Weeks > 0
}

func (c *Case) returnKept(why *Why) int {
	kept := 0
	endless := func(g *Group) bool { return g.Days == nil && g.Weeks == nil && c.Referral.Wants.Weeks == 0 }
	if !slices.ContainsFunc(c.Groups, endless) {
		kept += neutral
		why.Number("time_limited", 1)
	}
	if c.Week != c.engine.snapshot.calendarSessions() {
		kept += neutral
		why.Number("home_sessions", (c.engine.snapshot.calendarSessions() &^ c.Week).Len())
	}
	return kept
}

// headroom serves S9: needs prove higher than the form said (nfer 2.2).
type headroom struct{}

func (headroom) Code() Code { return CodeHeadroom }

func (headroom) Score(c *Case, why *Why) Value {
	if !c.takesPlace() {
		why.Number("sessions", 0)
		return Known(0)
	}
	places, adults := c.sparePlaces(), c.spareAdults(c.demand.expected)
	why.Number("places", places)
	why.Number("adults", adults)
	if c.demand.low == c.demand.high {
		return Known(min(places, adults))
	}
	why.Codes("unknown", string(FactSupport))
	return Value{
		Expected: min(places, adults),
		Low:      min(places, c.spareAdults(c.demand.high)),
		High:     min(places, c.spareAdults(c.demand.low)),
	}
}

// takesPlace tells whether any session of the pattern takes place during the stay.
func (c *Case) takesPlace() bool {
	for s := range c.Sessions.All() {
		if lo, hi := c.engine.days.Occurrences(s, c.From, c.To); lo < hi {
			return true
		}
	}
	return false
}

// spareAdults is the least share of adult time left at a session of the stay.
func (c *Case) spareAdults(demand int64) int {
	least := full
	for s := range c.Sessions.All() {
		least = min(least, c.spare(&c.group.adults, c.group.demand[s], s, demand, standingDemand))
	}
	return least
}

// sparePlaces is the least share of places left at a session of the stay.
func (c *Case) sparePlaces() int {
	if c.group.places < 0 {
		return full
	}
	pool, least := &c.engine.pools[c.group.places], full
	for s := range c.Sessions.All() {
		least = min(least, c.spare(&pool.capacity, pool.used[s], s, 1, same(1)))
	}
	return least
}

// spare is the least share of a limit that is left at a session of the stay.
func (c *Case) spare(l *dailyLimit, used []int64, s calendar.Session, more int64, now func(*stayIndex) int64) int {
	lo, hi := c.engine.days.Occurrences(s, c.From, c.To)
	if l.least[s] == unlimited || lo == hi {
		return full
	}
	if l.dated == nil || l.dated[s] == nil {
		return spareShare(l.usual[s]-c.most(used, s, lo, hi, more, now), l.usual[s])
	}
	share := full
	for i := lo; i < hi; i++ {
		if n := l.dated[s][i]; n != unlimited {
			share = min(share, spareShare(n-c.most(used, s, i, i+1, more, now), n))
		}
	}
	return share
}

// most is the highest use of a session's occurrences, with the pupil's own.
func (c *Case) most(used []int64, s calendar.Session, lo, hi int, more int64, now func(*stayIndex) int64) int64 {
	if len(c.engine.pupilStays[c.pupil]) == 0 {
		return peak(used[lo:hi]) + more
	}
	most := int64(0)
	for i := lo; i < hi; i++ {
		d := c.engine.days.On(s, i)
		most = max(most, used[i]+c.engine.adding(c.pupil, c.group, s, d, more, now))
	}
	return most
}

func spareShare(spare, all int64) int {
	if all == 0 {
		return 0
	}
	return int(full * max(spare, 0) / all)
}

func peak(used []int64) int64 {
	most := int64(0)
	for _, n := range used {
		most = max(most, n)
	}
	return most
}

// balance serves S7: not everyone goes to the provision used most in the past.
type balance struct{}

func (balance) Code() Code { return CodeBalance }

func (balance) Score(c *Case, why *Why) Value {
	n, most := c.group.placed, c.engine.mostPlaced
	why.Number("placements", n)
	why.Number("most", most)
	return Known(share(most-n, most))
}
