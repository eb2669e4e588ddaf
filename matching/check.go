package matching

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/backontrack/matching/calendar"
)

// Bounds of what a snapshot may say. They are far beyond any authority, and keep
// every sum within 64 bits.
const (
	mostPupils   = 1_000_000
	mostAdults   = 1_000_000_000 // thousandths
	mostPoints   = 1_000_000_000_000
	mostGiven    = 1_000_000_000_000_000
	mostWeight   = 1_000_000
	mostDays     = 5 * 366
	longestID    = 256
	highestYear  = 14
	mostMinutes  = 24 * 60
	mostInWeek   = calendar.PerWeek
	mostPackage  = 3
	mostStarts   = 100
	mostCount    = 10_000
	mostPence    = 100_000_000
	mostFullTime = 100
)

// checker gathers the faults of a snapshot. It says nothing about a value whose
// JSON was at fault already, nor about ids that may be missing for that reason.
type checker struct {
	s       *Snapshot
	ext     *extensions
	faults  Faults
	unread  map[string]bool // pointers of values that could not be read
	lost    map[string]bool // lists of which an id could not be read
	sites   map[SiteID]bool
	groups  map[GroupID]*Group
	pupils  map[PupilID]bool
	pattern map[GroupID]map[PatternID]bool
	policy  *Policy
}

// check returns everything that is wrong with s, given the faults of reading it.
func (s *Snapshot) check(reading Faults, ext *extensions) error {
	c := &checker{
		s: s, ext: ext, faults: reading, unread: map[string]bool{}, lost: map[string]bool{},
		sites: map[SiteID]bool{}, groups: map[GroupID]*Group{}, pupils: map[PupilID]bool{},
		pattern: map[GroupID]map[PatternID]bool{}, policy: s.Policy.withDefaults(),
	}
	for _, f := range reading {
		c.lose(f.Pointer)
	}
	c.frame()
	c.checkExtensions()
	c.checkIDs()
	for i := range s.Sites {
		c.site(pointer("sites", i), &s.Sites[i])
	}
	for i := range s.Groups {
		c.group(pointer("groups", i), &s.Groups[i])
	}
	for i := range s.Pupils {
		c.pupil(pointer("pupils", i), &s.Pupils[i])
	}
	for i := range s.KeepApart {
		c.keepApart(pointer("keep_apart", i), &s.KeepApart[i])
	}
	for i := range s.Placements {
		c.placement(pointer("placements", i), &s.Placements[i])
	}
	for i := range s.Referrals {
		c.referral(pointer("referrals", i), &s.Referrals[i])
	}
	c.checkPolicy()
	return c.faults.err()
}

// lose notes a value that could not be read, and the list whose ids are not all
// known because of it.
func (c *checker) lose(at string) {
	c.unread[at] = true
	steps := strings.Split(strings.TrimPrefix(at, "/"), "/")
	last := steps[len(steps)-1]
	switch {
	case steps[0] == "policy":
		if len(steps) == 1 || steps[1] == "support" || steps[1] == "priority_bonus" {
			c.lost["policy"] = true
		}
	case len(steps) <= 2 || len(steps) == 3 && last == "id":
		c.lost[steps[0]] = true
	case steps[0] == "groups" && steps[2] == "patterns":
		c.lost["patterns"] = true
	case steps[0] == "calendar" && steps[1] == "sessions":
		c.unread["/calendar/sessions"] = true
	case steps[0] == "groups" && steps[2] == "timetable":
		c.unread[pointer("groups", steps[1], "timetable")] = true
	}
}

// readable is a set of sessions against which others are checked: all, where the
// set at the pointer could not be read in full.
func (c *checker) readable(at string, set calendar.Sessions) calendar.Sessions {
	if c.unread[at] {
		return calendar.Week
	}
	return set
}

// fault adds a fault, unless the value at the pointer, or one that it is in,
// could not be read.
func (c *checker) fault(at, format string, args ...any) {
	for up := at; up != ""; up = up[:strings.LastIndexByte(up, '/')] {
		if c.unread[up] {
			return
		}
	}
	c.faults.add(at, format, args...)
}

func (c *checker) frame() {
	s := c.s
	if s.Format != "" && s.Format != Format {
		c.fault("/format", "%q", Format)
	}
	c.required("/as_of", s.AsOf)
	c.required("/horizon", s.Horizon)
	if s.AsOf != 0 && s.Horizon != 0 && (s.Horizon < s.AsOf || s.Horizon > s.AsOf+mostDays) {
		c.fault("/horizon", "a date from as_of to five years later")
	}
	for i, closed := range s.Calendar.Closed {
		at := pointer("calendar", "closed", i)
		c.required(at+"/from", closed.From)
		c.required(at+"/to", closed.To)
		c.span(at, closed.From, closed.To)
	}
}

func (c *checker) required(at string, d calendar.Date) {
	if d == 0 {
		c.fault(at, "a date such as 2026-11-23")
	}
}

func (c *checker) span(at string, from, to calendar.Date) {
	if from != 0 && to != 0 && to < from {
		c.fault(at+"/to", "a date not before from")
	}
}

func (c *checker) number(at string, n, low, high int) {
	if n < low || n > high {
		c.fault(at, "a whole number from %d to %d", low, high)
	}
}

// checkIDs finds ids that are missing, malformed or given twice, and learns
// those that may be referred to.
func (c *checker) checkIDs() {
	s := c.s
	unique(c, "sites", s.Sites, func(x *Site) SiteID { return x.ID }, func(x *Site) { c.sites[x.ID] = true })
	unique(c, "groups", s.Groups, func(x *Group) GroupID { return x.ID }, c.learnGroup)
	unique(c, "pupils", s.Pupils, func(x *Pupil) PupilID { return x.ID }, func(x *Pupil) { c.pupils[x.ID] = true })
	unique(c, "placements", s.Placements, func(x *Placement) PlacementID { return x.ID }, func(*Placement) {})
	unique(c, "referrals", s.Referrals, func(x *Referral) ReferralID { return x.ID }, func(*Referral) {})
}

func (c *checker) learnGroup(g *Group) {
	c.groups[g.ID] = g
	c.pattern[g.ID] = map[PatternID]bool{}
	for _, p := range g.patterns() {
		c.pattern[g.ID][p.ID] = true
	}
}

func unique[E any, K ~string](c *checker, list string, entities []E, id func(*E) K, learn func(*E)) {
	seen := make(map[K]bool, len(entities))
	for i := range entities {
		key, at := id(&entities[i]), pointer(list, i, "id")
		c.id(at, string(key))
		if seen[key] && key != "" {
			c.fault(at, "an id that is not used twice in %s", list)
		}
		seen[key] = true
		learn(&entities[i])
	}
}

func (c *checker) id(at, id string) {
	bad := func(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }
	if id == "" || len(id) > longestID || !utf8.ValidString(id) || strings.ContainsFunc(id, bad) {
		c.fault(at, "an id: 1 to %d bytes, no control characters", longestID)
	}
}

// known checks that an id leads to an entity of a list.
func (c *checker) known(at, list string, found bool) {
	if !found && !c.lost[list] {
		c.fault(at, "the id of one of the %s", list)
	}
}

func (c *checker) codes(at string, codes []string) {
	for i, code := range codes {
		c.id(pointerIn(at, i), code)
		if slices.Contains(codes[:i], code) {
			c.fault(pointerIn(at, i), "each once")
		}
	}
}

func pointerIn(at string, steps ...any) string { return at + pointer(steps...) }

// oneOf checks a value of a closed list.
func oneOf[S ~string](c *checker, at string, value S, allowed ...S) {
	if !slices.Contains(allowed, value) {
		names := make([]string, len(allowed))
		for i, a := range allowed {
			names[i] = fmt.Sprintf("%q", a)
		}
		c.fault(at, "one of %s", strings.Join(slices.DeleteFunc(names, func(n string) bool { return n == `""` }), ", "))
	}
}

func (c *checker) perSession(at string, p PerSession, most int, within calendar.Sessions) {
	if n, uniform := p.uniform(); uniform {
		c.number(at, n, 0, most)
		return
	}
	for _, s := range sortedKeys(p) {
		n := p[s]
		if s >= calendar.PerWeek {
			c.fault(at, "sessions from mon-am to fri-pm")
			continue
		}
		c.number(pointerIn(at, s), n, 0, most)
		if !within.Has(s) {
			c.fault(pointerIn(at, s), "a session of the timetable")
		}
	}
}

func (c *checker) location(at string, lat, lon *float64) {
	switch {
	case lat == nil && lon != nil:
		c.fault(at+"/latitude", "both latitude and longitude, or neither")
	case lon == nil && lat != nil:
		c.fault(at+"/longitude", "both latitude and longitude, or neither")
	}
	if lat != nil && !(*lat >= -90 && *lat <= 90) {
		c.fault(at+"/latitude", "degrees from -90 to 90")
	}
	if lon != nil && !(*lon >= -180 && *lon <= 180) {
		c.fault(at+"/longitude", "degrees from -180 to 180")
	}
}

// calendarSessions are the sessions that take place at all.
func (s *Snapshot) calendarSessions() calendar.Sessions {
	if s.Calendar.Sessions == 0 {
		return calendar.Week
	}
	return s.Calendar.Sessions
}
