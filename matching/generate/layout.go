package generate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// A site is where groups meet, with the neighbourhoods that its pupils come from.
type site struct {
	id        matching.SiteID
	town      string
	outcode   string
	postcode  string
	at        point
	authority int
	register  *Establishment // nil: a made-up place
	groups    int            // how many are to meet here
	hoods     []*hood        // its own
	reach     [2][]*hood     // within a primary, and within a secondary, pupil's journey; the nearest first
	opened    []*group
	ledger    siteLedger
}

const (
	groupsPerAuthority = 18     // 12 to 25
	sitesPerTenGroups  = 4      // about 2.6 groups to a site, as in the published benchmark instances
	latticeMetres      = 44_000 // between the middles of two authorities
	townMetres         = 30_000 // from the middle of an authority to its towns, north or south and east or west
	siteMetres         = 5_000  // from the middle of a town to its sites
	hoodMetres         = 6_000  // from a site to its neighbourhoods
	homeMetres         = 1_200  // from the middle of a neighbourhood to a home
	rivalriesPerTen    = 3      // pairs of rivals for ten neighbourhoods
)

func (m *maker) layOut() {
	d := m.draws(toLayOut)
	for i, minutes := range []int{m.policy.MaxTravelMinutes.Primary, m.policy.MaxTravelMinutes.Secondary} {
		metres := float64(minutes) / 60 * m.policy.TravelSpeedKMH / m.policy.TravelDetour * 1000
		m.reach[i] = int(metres) * 99 / 100
	}
	if len(m.options.Establishments) > 0 {
		m.useRegister(d)
	} else {
		m.inventPlaces(d)
	}
	taken := map[string]bool{} // codes of neighbourhoods
	for i, s := range m.sites {
		s.id = matching.SiteID(fmt.Sprintf("site-%06d", i+1))
		for range d.between(1, 3) {
			h := &hood{code: newCode(taken, s.outcode), authority: s.authority, at: d.near(s.at, hoodMetres)}
			if s.register == nil && !inEngland(h.at) {
				h.at = s.at
			}
			s.hoods = append(s.hoods, h)
			m.hoods = append(m.hoods, h)
		}
		s.ledger.assessment.name, s.ledger.induction.name = "assessment", "induction"
		m.addSite(s, d)
	}
	m.makeRivals(d)
	m.findReach()
}

func (m *maker) addSite(s *site, d draws) {
	name := "Centre " + s.outcode
	if s.town != "" {
		name = "Centre at " + s.town + " (" + s.outcode + ")"
	}
	out := matching.Site{
		ID: s.id, Name: name, Postcode: s.postcode, Latitude: degrees(s.at.lat), Longitude: degrees(s.at.lon),
	}
	if d.chance(750) {
		out.Access = []string{"step_free"}
	}
	if d.chance(300) {
		sessions := pick(d, []calendar.Sessions{calendar.Week, mornings, mornings, mondays | fridays})
		s.ledger.floating = matching.PerSession{}
		for session := range sessions.All() {
			s.ledger.floating[session] = pick(d, []int{500, 1000, 1000})
		}
		out.FloatingAdults = s.ledger.floating
	}
	s.ledger.stepFree = out.Access != nil
	m.snapshot.Sites = append(m.snapshot.Sites, out)
}

// inventPlaces puts authorities on a lattice over England, from a place drawn at random
// outwards, each with a few towns where its sites are. When the lattice is full, the
// next authorities are laid over it, as cities are in their counties. Their postcodes
// begin with Q, V or X, as no real ones do.
func (m *maker) inventPlaces(d draws) {
	middles := lattice()
	start := pick(d, middles)
	slices.SortStableFunc(middles, func(a, b point) int { return cmp.Compare(start.square(a), start.square(b)) })
	authorities := max((m.options.Groups+groupsPerAuthority/2)/groupsPerAuthority, 1)
	outcodes := map[string]int{}
	for i := range authorities {
		middle := middles[i%len(middles)]
		if i >= len(middles) {
			middle = d.inside(middle, d.anywhere, townMetres)
		}
		groups := m.options.Groups*(i+1)/authorities - m.options.Groups*i/authorities
		sites := max(groups*sitesPerTenGroups/10, 1)
		var towns []point
		for len(towns) < max(sites/2, 1) {
			towns = append(towns, d.inside(middle, d.anywhere, townMetres))
		}
		prefix := string("QVX"[i%3]) + string("ABCDEFGHJKLMNOPRSTUWXY"[i/3%22])
		first := len(m.sites)
		for j := range sites {
			outcodes[prefix]++
			out := fmt.Sprintf("%s%d", prefix, outcodes[prefix])
			m.sites = append(m.sites, &site{
				outcode: out, postcode: fmt.Sprintf("%s %d%c%c", out, d.between(1, 9), pick(d, inward), pick(d, inward)),
				at: d.inside(towns[j%len(towns)], d.near, siteMetres), authority: i,
			})
		}
		shareOut(d, m.sites[first:], groups)
	}
}

// inward are the letters that end a postcode.
var inward = []rune("ABDEFGHJLNPQRSTUWXYZ")

// inside draws a point of England around p, or p itself where the sea is too near.
func (d draws) inside(p point, draw func(point, int) point, metres int) point {
	for range 20 {
		if q := draw(p, metres); inEngland(q) {
			return q
		}
	}
	return p
}

// lattice are points all over England, in rows with every other one shifted by half.
func lattice() []point {
	var out []point
	const south, west, north, east = 50 * perDegree, -5 * perDegree, 56 * perDegree, 2 * perDegree
	for row, p := 0, (point{south, west}); p.lat < north; row++ {
		for q := p.offset(0, row%2*latticeMetres/2); q.lon < east; q = q.offset(0, latticeMetres) {
			if inEngland(q) {
				out = append(out, q)
			}
		}
		p = p.offset(latticeMetres*866/1000, 0)
	}
	return out
}

// shareOut gives each site one group, and the rest at random; with fewer groups than
// sites the first sites have them.
func shareOut(d draws, sites []*site, groups int) {
	for i := range groups {
		if i < len(sites) {
			sites[i].groups++
		} else {
			pick(d, sites).groups++
		}
	}
}

// useRegister takes establishments as sites: all that are open for a national size; for
// less, one at random and those of the authorities around it, so that pupils have a choice.
func (m *maker) useRegister(d draws) {
	register := slices.Clone(m.options.Establishments)
	if slices.ContainsFunc(register, func(e Establishment) bool { return !e.Closed }) {
		register = slices.DeleteFunc(register, func(e Establishment) bool { return e.Closed })
	}
	start := pick(d, register).point()
	nearest := map[string]int{}
	for _, e := range register {
		square := start.square(e.point())
		if least, ok := nearest[e.Authority]; !ok || square < least {
			nearest[e.Authority] = square
		}
	}
	slices.SortStableFunc(register, func(a, b Establishment) int {
		return cmp.Or(cmp.Compare(nearest[a.Authority], nearest[b.Authority]), cmp.Compare(a.Authority, b.Authority))
	})
	sites := min(max(m.options.Groups*sitesPerTenGroups/10, 1), len(register))
	authority := 0
	for i := range register[:sites] {
		e := &register[i]
		if i > 0 && e.Authority != register[i-1].Authority {
			authority++
		}
		m.sites = append(m.sites, &site{
			town: e.Town, outcode: cmp.Or(printable(outcode(e.Postcode)), "X"), postcode: e.Postcode,
			at: e.point(), authority: authority, register: e,
		})
	}
	shareOut(d, m.sites, m.options.Groups)
}

// printable leaves of an outcode what may begin a code: letters and digits, not too many.
func printable(s string) string {
	s = strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
	return s[:min(len(s), 8)]
}
