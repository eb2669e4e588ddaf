package verify

import (
	"cmp"
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// A value is a criterion's, from 0 to 1000, with the lowest and highest that an
// answer to what is not known could give.
type value struct{ expected, low, high int }

func exactly(n int) value { return value{n, n, n} }

var anything = value{500, 0, 1000}

func (v value) plus(w value, times int) value {
	return value{v.expected + times*w.expected, v.low + times*w.low, v.high + times*w.high}
}

func (v value) over(n int) value { return value{v.expected / n, v.low / n, v.high / n} }

// clipped is a value within 0 to 1000, which a stay on a day that is no start can exceed.
func (v value) clipped() value {
	within := func(n int) int { return min(max(n, 0), 1000) }
	return value{within(v.expected), within(v.low), within(v.high)}
}

// A row is a criterion with its weight and what it gives.
type row struct {
	code   matching.Code
	weight int
	value  value
	points int
}

// score recomputes the score of sound stays and the rows that add up to it: for
// each criterion the mean of the stays' values, weighted by their sessions a week.
func (c *check) score(p *placed) (int, []row) {
	var rows []row
	sessions := 0
	for i, st := range p.stays {
		n := st.sessions.Len()
		sessions += n
		for j, r := range c.values(p, st) {
			if i == 0 {
				rows = append(rows, row{code: r.code, weight: r.weight})
			}
			rows[j].value = rows[j].value.plus(r.value, n)
		}
	}
	for i := range rows {
		rows[i].value = rows[i].value.over(sessions)
	}
	return share(rows), rows
}

// share gives each row its points, rounded down, and the spare ones to the largest remainders,
// earlier rows first. It returns the weighted mean, which is their sum.
func share(rows []row) int {
	weights, sum := 0, 0
	for _, r := range rows {
		weights += r.weight
		sum += r.weight * r.value.expected
	}
	if weights == 0 {
		return 0
	}
	score := sum / weights
	spare := score
	order := make([]int, len(rows))
	for i := range rows {
		order[i] = i
		rows[i].points = rows[i].weight * rows[i].value.expected / weights
		spare -= rows[i].points
	}
	left := func(i int) int { return rows[i].weight * rows[i].value.expected % weights }
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(left(b), left(a)) })
	for _, i := range order[:spare] {
		rows[i].points++
	}
	return score
}

// values are those of one stay, in the order in which contributions are listed.
func (c *check) values(p *placed, st *stay) []row {
	r := p.referral
	if r.Given != nil {
		return []row{{code: matching.CodeGiven, weight: 1, value: exactly(givenTo(r, st))}}
	}
	rows := []row{
		{code: matching.CodeNeedFit, value: needFit(st)},
		{code: matching.CodeWishes, value: exactly(wishes(r, st.group))},
		{code: matching.CodeCurriculum, value: exactly(curriculum(r, p.stays))},
		{code: matching.CodeJourney, value: c.journey(st)},
		{code: matching.CodeStart, value: exactly(1000 * (56 - int(st.from) + int(max(c.AsOf, r.ReadyFrom))) / 56)},
		{code: matching.CodeCoverage, value: c.coverage(p, st)},
		{code: matching.CodeHeadroom, value: c.headroom(r, st)},
		{code: matching.CodeBalance, value: exactly(c.balance(st.group))},
	}
	for i := range rows {
		rows[i].weight = c.Policy.Weights[rows[i].code]
		rows[i].value = rows[i].value.clipped()
	}
	return rows
}

func givenTo(r *matching.Referral, st *stay) int {
	given := r.Given[st.group.ID]
	if given.Patterns != nil {
		return given.Patterns[st.pattern]
	}
	return given.Score
}

func needFit(st *stay) value {
	p, equipped := st.pupil, st.group.Accepts.Needs
	met, all := 0, 0
	for _, need := range p.Needs {
		weight := 1
		if need.Must {
			weight = 2
		}
		all += weight
		if slices.Contains(equipped, need.Code) {
			met += weight
		}
	}
	switch {
	case !knows(p, matching.FactNeeds):
		return anything
	case all == 0:
		return exactly(1000)
	case equipped == nil:
		return exactly(500)
	}
	return exactly(1000 * met / all)
}

func wishes(r *matching.Referral, g *group) int {
	var parts []int
	if n := len(r.Wants.Groups); n > 0 {
		part := 0
		if i := slices.Index(r.Wants.Groups, g.ID); i >= 0 {
			part = 1000 - 500*i/n
		}
		parts = append(parts, part)
	}
	if len(r.Wants.Approaches) > 0 {
		parts = append(parts, fraction(r.Wants.Approaches, g.Approaches))
	}
	if len(parts) == 0 {
		return 500
	}
	return mean(parts)
}

// fraction is 1000 × those wanted that are there ÷ wanted.
func fraction(wanted, there []string) int {
	count := 0
	for _, one := range wanted {
		if slices.Contains(there, one) {
			count++
		}
	}
	return 1000 * count / len(wanted)
}

func mean(parts []int) int {
	sum := 0
	for _, part := range parts {
		sum += part
	}
	return sum / len(parts)
}

func curriculum(r *matching.Referral, week []*stay) int {
	wanted := r.Wants.Offers
	if len(wanted) == 0 {
		wanted = []string{"english", "maths"}
	}
	var offered []string
	for _, st := range week {
		offered = append(offered, st.group.Offers...)
	}
	return fraction(wanted, offered)
}

func (c *check) journey(st *stay) value {
	minutes := c.minutes(st.pupil, st.group.site)
	if minutes < 0 {
		return anything
	}
	near := func(limit int) int { return 1000 * max(limit-minutes, 0) / limit }
	if knows(st.pupil, matching.FactYear) {
		return exactly(near(c.journeyLimit(st.pupil.Year)))
	}
	limits := c.Policy.MaxTravelMinutes
	return value{
		near(limits.Secondary), near(min(limits.Primary, limits.Secondary)), near(max(limits.Primary, limits.Secondary)),
	}
}

// coverage is the mean of its parts, of which the week and the return look at all stays.
func (c *check) coverage(p *placed, st *stay) value {
	if !c.takesPlace(st) {
		return exactly(0)
	}
	sum, parts := c.weekPart(p), 1
	switch wants := p.referral.Wants; {
	case st.group.Days == nil && wants.Weeks > 0:
		sum = sum.plus(exactly(closeness(int(st.to)-int(st.from)+1, 7*wants.Weeks)), 1)
		parts++
	case st.group.Days != nil && wants.Days > 0:
		sum = sum.plus(exactly(closeness(c.days.count(st.from, st.to), wants.Days)), 1)
		parts++
	}
	if p.referral.Aim == matching.Reintegration {
		sum = sum.plus(exactly(c.returnPart(p)), 1)
		parts++
	}
	return sum.over(parts)
}

// closeness is 1000 × smaller ÷ larger; two zeros are equal.
func closeness(a, b int) int {
	if a == b {
		return 1000
	}
	return 1000 * min(a, b) / max(a, b)
}

// weekOf are the sessions of all stays.
func weekOf(stays []*stay) calendar.Sessions {
	var week calendar.Sessions
	for _, st := range stays {
		week |= st.sessions
	}
	return week
}

func (c *check) weekPart(p *placed) value {
	given, wanted := weekOf(p.stays).Len(), p.referral.Wants.Sessions
	if wanted > 0 {
		return exactly(closeness(given, wanted))
	}
	free := c.Calendar.Sessions &^ p.pupil.Busy
	part := exactly(closeness(given, free.Len()))
	if !knows(p.pupil, matching.FactBusy) {
		part.low, part.high = 0, 1000
	}
	return part
}

// returnPart gives half for a week whose stays all have a length of their own, and half for
// a session that is left for the home school.
func (c *check) returnPart(p *placed) int {
	part := 500
	for _, st := range p.stays {
		if length(st.group, p.referral) == 0 {
			part = 0
		}
	}
	if c.Calendar.Sessions&^weekOf(p.stays) != 0 {
		part += 500
	}
	return part
}

// balance looks at the placements of the snapshot by provision.
func (c *check) balance(g *group) int {
	if c.provisions == nil {
		c.provisions = map[matching.ProvisionID]int{}
		for _, st := range c.standing {
			c.provisions[st.group.Provision]++
		}
	}
	most := 0
	for _, n := range c.provisions {
		most = max(most, n)
	}
	if most == 0 {
		return 1000
	}
	return 1000 * (most - c.provisions[g.Provision]) / most
}
