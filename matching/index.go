package matching

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"example.org/backontrack/matching/calendar"
)

// unlimited marks a capacity that does not bind.
const unlimited = int64(-1)

// perOccurrence is a quantity for each session of the week (where it can be other
// than 0) and each time that the session takes place until the horizon.
type perOccurrence [calendar.PerWeek][]int64

func (p *perOccurrence) make(days *calendar.Days, within calendar.Sessions) {
	for s := range within.All() {
		if p[s] == nil {
			p[s] = make([]int64, days.Len(s))
		}
	}
}

func (p *perOccurrence) peaks() (most [calendar.PerWeek]int64) {
	for s := range p {
		most[s] = peak(p[s])
	}
	return most
}

type siteIndex struct {
	site     *Site
	groups   []int32
	stays    []int32 // standing, in the order of placements
	ends     []calendar.Date
	floating dailyLimit
	topUp    perOccurrence // what its groups need beyond their own adults, together
}

type groupIndex struct {
	group      *Group
	site, zone int32
	newZone    int32 // the newcomer zone, with newDays > 0
	newDays    int
	patterns   []Pattern
	starts     []calendar.Date // that fit Starts, whenever the group is open
	first      calendar.Date   // the group's own first and last day, within the calendar
	last       calendar.Date
	adults     dailyLimit
	demand     perOccurrence
	peakDemand [calendar.PerWeek]int64
	pools      []int32
	places     int32 // the pool of its places, or -1
	placed     int   // placements of its provision
	stays      []int32
}

// A stayIndex is a standing placement, clipped to the calendar.
type stayIndex struct {
	placement  *Placement
	pupil      int32
	group      int32
	mask       calendar.Sessions
	from, to   calendar.Date
	settled    calendar.Date // the first day after the newcomer period
	zone       int32
	newZone    int32
	demand     int64
	isFullTime bool
}

type pool struct {
	resource int32
	groups   []int32
	capacity dailyLimit
	used     perOccurrence
	peak     [calendar.PerWeek]int64
	doubt    perOccurrence // what those of whom it is unknown may use
	doubtful bool
}

type referralIndex struct {
	referral *Referral
	pupil    int32
	demand   demand
	bonus    int
}

func (e *Engine) index() {
	e.indexPupils()
	e.indexSites()
	e.indexGroups()
	e.indexStays()
	e.indexPools()
	e.indexUse()
	e.indexReferrals()
}

func (e *Engine) indexPupils() {
	pupils := e.snapshot.Pupils
	e.pupilOf = make(map[PupilID]int32, len(pupils))
	for i := range pupils {
		e.pupilOf[pupils[i].ID] = int32(i)
	}
	e.pupilStays = make([][]int32, len(pupils))
	e.indexFacts()
	e.indexFriends()
}

// A pupilIndex is what is asked of a pupil again and again.
type pupilIndex struct{ sex uint8 }

func (e *Engine) indexFacts() {
	e.pupils = make([]pupilIndex, len(e.snapshot.Pupils))
	for i := range e.pupils {
		e.pupils[i].sex = knownSex(&e.snapshot.Pupils[i])
	}
}

// indexFriends makes friendships mutual.
func (e *Engine) indexFriends() {
	pupils := e.snapshot.Pupils
	e.friends = make([][]int32, len(pupils))
	for i := range pupils {
		for _, friend := range pupils[i].Friends {
			j := e.pupilOf[friend]
			e.friends[i] = append(e.friends[i], j)
			e.friends[j] = append(e.friends[j], int32(i))
		}
	}
	for i := range e.friends {
		e.friends[i] = sorted(e.friends[i])
	}
}

func (e *Engine) indexSites() {
	e.siteOf = make(map[SiteID]int32, len(e.snapshot.Sites))
	e.sites = make([]siteIndex, len(e.snapshot.Sites))
	for i := range e.snapshot.Sites {
		s := &e.snapshot.Sites[i]
		e.siteOf[s.ID] = int32(i)
		e.sites[i].site = s
		floating := newDailyLimit(func(session calendar.Session) int64 { return int64(s.FloatingAdults[session]) })
		for _, c := range s.Changes {
			floating.change(e.days, c.FloatingAdults, c.From, c.To)
		}
		e.sites[i].floating = floating
	}
}

func (e *Engine) indexGroups() {
	e.groupOf = make(map[GroupID]int32, len(e.snapshot.Groups))
	e.groups = make([]groupIndex, len(e.snapshot.Groups))
	zones, starts := map[string]int32{}, map[string][]calendar.Date{}
	zone := func(site SiteID, name string) int32 {
		key := string(site) + "\x00" + name
		if _, seen := zones[key]; !seen {
			zones[key] = int32(len(zones))
		}
		return zones[key]
	}
	for i := range e.snapshot.Groups {
		g := &e.snapshot.Groups[i]
		e.groupOf[g.ID] = int32(i)
		ix := &e.groups[i]
		e.patterns += len(g.Patterns)
		*ix = groupIndex{group: g, site: e.siteOf[g.Site], zone: zone(g.Site, g.Zone), newZone: -1, places: -1, patterns: g.Patterns}
		if g.Newcomer != nil {
			ix.newZone, ix.newDays = zone(g.Site, g.Newcomer.Zone), g.Newcomer.Days
		}
		ix.first, ix.last = max(e.snapshot.AsOf, g.Open.From), e.snapshot.Horizon
		if g.Open.To != 0 {
			ix.last = min(ix.last, g.Open.To)
		}
		ix.starts = e.startsFitting(&g.Starts, starts)
		ix.adults = newDailyLimit(func(s calendar.Session) int64 { return limitAt(g.Adults, s) })
		for _, c := range g.Changes {
			ix.adults.change(e.days, c.Adults, c.From, c.To)
		}
		ix.demand.make(e.days, g.Timetable)
		e.sites[ix.site].groups = append(e.sites[ix.site].groups, int32(i))
	}
}

func limitAt(p PerSession, s calendar.Session) int64 {
	if n, given := p[s]; given {
		return int64(n)
	}
	return unlimited
}

// startsFitting lists the school days that fit; groups with equal rules share the list.
func (e *Engine) startsFitting(s *Starts, known map[string][]calendar.Date) []calendar.Date {
	key := fmt.Sprint(s.Weekdays, s.Dates, s.Weekdays == nil, s.Dates == nil)
	if list, ok := known[key]; ok {
		return list
	}
	var list []calendar.Date
	for _, d := range e.days.Between(e.days.First(), e.days.Last()) {
		if s.fit(d) {
			list = append(list, d)
		}
	}
	known[key] = list
	return list
}

// fit tells whether a stay may start on a day, if it is a school day.
func (s *Starts) fit(d calendar.Date) bool {
	return (s.Weekdays == nil || slices.Contains(s.Weekdays, Weekday(d.Weekday()))) &&
		(s.Dates == nil || slices.Contains(s.Dates, d))
}

func isWeekday(d calendar.Date) bool { w := d.Weekday(); return w >= time.Monday && w <= time.Friday }

func (e *Engine) indexStays() {
	placements := e.snapshot.Placements
	e.provision = map[ProvisionID]int{}
	for i := range placements {
		p := &placements[i]
		g := e.groupOf[p.Group]
		ix := &e.groups[g]
		e.provision[ix.group.Provision]++
		e.mostPlaced = max(e.mostPlaced, e.provision[ix.group.Provision])
		if p.To < e.days.First() || p.From > e.days.Last() {
			continue
		}
		pupil := e.pupilOf[p.Pupil]
		mask := ix.pattern(p.Pattern).Sessions
		n := int32(len(e.stays))
		e.stays = append(e.stays, stayIndex{
			placement: p, pupil: pupil, group: g, mask: mask,
			from: max(p.From, e.days.First()), to: min(p.To, e.days.Last()),
			settled: e.settled(ix, p.From), zone: ix.zone, newZone: ix.newZone,
			demand:     e.policy.demandOf(&e.snapshot.Pupils[pupil], p.OwnAdult).expected,
			isFullTime: e.fullTime(mask),
		})
		ix.stays = append(ix.stays, n)
		site := &e.sites[ix.site]
		site.stays = append(site.stays, n)
		site.ends = append(site.ends, p.To)
		e.pupilStays[pupil] = append(e.pupilStays[pupil], n)
	}
	for i := range e.sites {
		e.sites[i].ends = sorted(e.sites[i].ends)
	}
	for i := range e.groups {
		e.groups[i].placed = e.provision[e.groups[i].group.Provision]
	}
}

func (g *groupIndex) pattern(id PatternID) *Pattern {
	i := slices.IndexFunc(g.patterns, func(p Pattern) bool { return p.ID == id })
	return &g.patterns[i]
}

// settled is the first day on which someone who started on from is no newcomer.
// The snapshot's closures count on days before it, too.
func (e *Engine) settled(g *groupIndex, from calendar.Date) calendar.Date {
	if g.newDays == 0 {
		return from
	}
	past := 0
	for d := from; d < e.days.First(); d++ {
		if isWeekday(d) && !e.snapshot.closedOn(d) {
			past++
		}
		if past == g.newDays {
			return d + 1
		}
	}
	days := e.days.Between(max(from, e.days.First()), e.days.Last())
	if left := g.newDays - past; left <= len(days) {
		return days[left-1] + 1
	}
	return e.days.Last() + 1
}

func (s *Snapshot) closedOn(d calendar.Date) bool {
	return slices.ContainsFunc(s.Calendar.Closed, func(c calendar.Closure) bool { return d >= c.From && d <= c.To })
}

func (e *Engine) indexPools() {
	for r, resource := range e.resources {
		names := map[string]int32{}
		for i := range e.groups {
			name, drawn := resource.Pool(e.groups[i].group)
			if !drawn {
				continue
			}
			n, seen := names[name]
			if !seen {
				n = int32(len(e.pools))
				names[name] = n
				e.pools = append(e.pools, pool{resource: int32(r), capacity: e.capacityOf(resource, name)})
			}
			e.pools[n].groups = append(e.pools[n].groups, int32(i))
			e.pools[n].used.make(e.days, e.groups[i].group.Timetable)
			e.groups[i].pools = append(e.groups[i].pools, n)
			if r == 0 {
				e.groups[i].places = n
			}
		}
	}
}

// capacityOf is how much of a resource there is in a pool.
func (e *Engine) capacityOf(resource Resource, name string) dailyLimit {
	capacity := newDailyLimit(func(s calendar.Session) int64 {
		if most, limited := resource.Capacity(name, s); limited {
			return int64(max(most, 0))
		}
		return unlimited
	})
	if dated, ok := resource.(DatedResource); ok {
		for _, c := range dated.Changes(name) {
			capacity.change(e.days, c.Capacity, c.From, c.To)
		}
	}
	return capacity
}

// indexUse books the standing stays on their groups, pools and sites.
func (e *Engine) indexUse() {
	for i := range e.stays {
		st := &e.stays[i]
		g := &e.groups[st.group]
		e.book(&g.demand, st, st.demand)
		for _, p := range g.pools {
			pool := &e.pools[p]
			n, known := e.drawn(pool, st.pupil)
			if known {
				e.book(&pool.used, st, n)
				continue
			}
			pool.doubtful = true
			pool.doubt.make(e.days, st.mask)
			e.book(&pool.doubt, st, n)
		}
	}
	for i := range e.pools {
		e.pools[i].peak = e.pools[i].used.peaks()
	}
	for i := range e.groups {
		g := &e.groups[i]
		g.peakDemand = g.demand.peaks()
		e.addTopUp(g, 1)
	}
}

func (e *Engine) book(use *perOccurrence, st *stayIndex, n int64) {
	if n == 0 {
		return
	}
	for s := range st.mask.All() {
		lo, hi := e.days.Occurrences(s, st.from, st.to)
		for i := lo; i < hi; i++ {
			use[s][i] += n
		}
	}
}

// addTopUp adds what a group needs beyond its own adults to what its site's groups
// need, or, with sign -1, takes it away.
func (e *Engine) addTopUp(g *groupIndex, sign int64) {
	site := &e.sites[g.site]
	for s := range g.group.Timetable.All() {
		if g.adults.least[s] == unlimited {
			continue
		}
		for i, n := range g.demand[s] {
			if adults := g.adults.at(s, i); n > adults && adults != unlimited {
				site.topUp.make(e.days, calendar.Of(s))
				site.topUp[s][i] += sign * (n - adults)
			}
		}
	}
}

func (e *Engine) indexReferrals() {
	e.referralOf = make(map[ReferralID]int32, len(e.snapshot.Referrals))
	e.referrals = make([]referralIndex, len(e.snapshot.Referrals))
	for i := range e.snapshot.Referrals {
		r := &e.snapshot.Referrals[i]
		e.referralOf[r.ID] = int32(i)
		pupil := e.pupilOf[r.Pupil]
		e.referrals[i] = referralIndex{
			referral: r, pupil: pupil, bonus: e.policy.PriorityBonus[cmp.Or(r.Priority, routine)],
			demand: e.policy.demandOf(&e.snapshot.Pupils[pupil], r.OwnAdult),
		}
	}
}
