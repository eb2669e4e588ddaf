package demo

import (
	"context"
	"maps"
	"slices"
	"strings"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/duty"
)

var lastDay = calendar.MustDate("2027-07-16")

// year is the school year of Thornmere. Its closures are those of the snapshot; the bank
// holiday in May follows from the law.
var year = duty.Year{
	Authority: authorityCode, Name: "2026/27",
	Terms: []duty.Term{
		{Name: "Autumn", From: calendar.MustDate("2026-09-02"), To: calendar.MustDate("2026-12-18")},
		{Name: "Spring", From: calendar.MustDate("2027-01-04"), To: calendar.MustDate("2027-03-25")},
		{Name: "Summer", From: calendar.MustDate("2027-04-12"), To: calendar.MustDate("2027-07-20")},
	},
	Closures: []calendar.Closure{
		{From: calendar.MustDate("2026-10-26"), To: calendar.MustDate("2026-10-30"), Name: "October half-term"},
		{From: calendar.MustDate("2027-02-15"), To: calendar.MustDate("2027-02-19"), Name: "February half-term"},
		{From: calendar.MustDate("2027-05-31"), To: calendar.MustDate("2027-06-04"), Name: "May half-term"},
	},
}

// provisionNames are what the provisions are called.
var provisionNames = map[string]string{
	"esc": "Chestnut Road Education Support Centre", "outreach": "Thornmere Outreach Team", "swap": "Centre Exchange",
	"tarnside": "Tarnside Centre", "motor": "Sprocket Yard Motor Project", "salon": "Comb Lane Salon School", "build": "Plumb Line Construction",
	"meadow": "Dabchick Farm", "ascent": "Ascent Learning", "trade": "Trade Park Workshops", "signal": "The Old Signal Box",
	"west": "West Schools' Partnership", "east": "East Schools' Partnership", "south": "South Schools' Partnership", "nest": "The Nest",
	"reset": "Reset Courses", "craft": "Forge and Kiln", "skills": "Drill Hall Skills", "land": "Cuckoo Hill Farm", "therapy": "Withymere House",
	"urban": "Loom Street Studios", "ypc": "Hornbeam Young People's Centre", "psc": "Medlar Orchard Primary Support Centre",
	"beacon": "Beaconfield Yard",
}

func provisionName(id matching.ProvisionID) string {
	if name, ok := provisionNames[string(id)]; ok {
		return name
	}
	base := strings.TrimPrefix(string(id), "hub-")
	return strings.ToUpper(base[:1]) + base[1:] + " School Base"
}

// craftTerms are what a school agrees to before it asks for a place at the forge (W10).
const craftTerms = "The home school sends work in English and maths each week, answers the telephone until four, and pays for eye protection and boots."

// provisions stores who offers places, where, and in which groups. A site belongs to one
// provision, so where two share a building each has its own part of it.
func (l *loading) provisions(ctx context.Context) error {
	registered, sites := map[matching.ProvisionID]bool{}, map[panel.SiteID]*panel.Site{}
	for i, g := range l.snapshot.Groups {
		if _, known := registered[g.Provision]; !known {
			registered[g.Provision] = g.Registered == nil || *g.Registered
			o := panel.Organisation{
				ID: panel.OrganisationID(g.Provision), Kind: panel.Provision, Name: provisionName(g.Provision), Authority: authorityCode,
				Registered: registered[g.Provision],
			}
			if g.Provision == "craft" {
				o.Terms, o.TermsFrom = craftTerms, calendar.MustDate("2026-09-01")
			}
			if _, err := l.s.SaveOrganisation(l.operator(ctx), o); err != nil {
				return err
			}
		}
		site := l.siteOf(i)
		if sites[site.ID] == nil {
			sites[site.ID] = &site
		}
		sites[site.ID].Zones = zonesWith(sites[site.ID].Zones, g)
	}
	for _, id := range slices.Sorted(maps.Keys(sites)) {
		if _, err := l.s.SaveSite(l.operator(ctx), *sites[id]); err != nil {
			return err
		}
	}
	for i, g := range l.snapshot.Groups {
		l.provisionOf[g.ID] = panel.OrganisationID(g.Provision)
		terms := g
		terms.ID, terms.Site, terms.Provision, terms.Registered = "", "", "", nil
		stored := panel.Group{ID: g.ID, Organisation: panel.OrganisationID(g.Provision), Site: l.siteOf(i).ID, Terms: terms}
		if _, err := l.s.SaveGroup(l.operator(ctx), stored); err != nil {
			return err
		}
	}
	return nil
}

// siteOf is the site of a group: that of the snapshot, or the provision's part of it
// where another provision was there first.
func (l *loading) siteOf(group int) panel.Site {
	g := l.snapshot.Groups[group]
	at := l.snapshot.Sites[slices.IndexFunc(l.snapshot.Sites, func(s matching.Site) bool { return s.ID == g.Site })]
	site := panel.Site{
		ID: at.ID, Organisation: panel.OrganisationID(g.Provision), Name: at.Name, Postcode: at.Postcode, Latitude: at.Latitude,
		Longitude: at.Longitude, Access: at.Access, Floating: at.FloatingAdults,
	}
	first := slices.IndexFunc(l.snapshot.Groups, func(o matching.Group) bool { return o.Site == g.Site })
	if l.snapshot.Groups[first].Provision != g.Provision {
		site.ID += "-" + panel.SiteID(g.Provision)
	}
	return site
}

func zonesWith(zones []string, g matching.Group) []string {
	add := func(zone string) {
		if zone == "" {
			zone = "main"
		}
		if !slices.Contains(zones, zone) {
			zones = append(zones, zone)
		}
	}
	add(g.Zone)
	if g.Newcomer != nil {
		add(g.Newcomer.Zone)
	}
	slices.Sort(zones)
	return zones
}

// gazetteer stores where the estates are.
func (l *loading) gazetteer(ctx context.Context) error {
	var list []panel.Outcode
	for _, id := range slices.Sorted(maps.Keys(l.out.middle)) {
		at := l.out.middle[id]
		list = append(list, panel.Outcode{ID: panel.OutcodeID(id), Latitude: at[0], Longitude: at[1]})
	}
	_, err := l.s.SaveOutcodes(l.operator(ctx), list)
	return err
}

// rules publishes the policy of the autumn and puts it in force. Which areas are at odds
// is no matter of policy: the register says so.
func (l *loading) rules(ctx context.Context) error {
	p := panel.DefaultPolicy()
	p.ID, p.Name, p.Authority, p.Matching, p.Quorum = "", l.snapshot.Policy.Name, authorityCode, *l.snapshot.Policy, 4
	p.Matching.Separations = slices.Clone(p.Matching.Separations)
	for i := range p.Matching.Separations {
		p.Matching.Separations[i].Rivals = nil
	}
	stored, err := l.s.Publish(l.operator(ctx), p)
	if err != nil {
		return err
	}
	_, err = l.s.Activate(l.operator(ctx), stored.ID, l.clock.today())
	return err
}
