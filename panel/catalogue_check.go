package panel

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/form"
)

// mostLine is how long a name, a title or a code may be.
const mostLine = 200

// line checks a text of one line.
func (f *faults) line(pointer, text string, least int) {
	before := len(f.list)
	f.text(pointer, text, least)
	f.when(len(f.list) == before && (utf8.RuneCountInString(text) > mostLine || strings.ContainsAny(text, "\n\t")),
		pointer, "line", "one line of at most 200 characters")
}

// says adds what a check of package form says of a value.
func (f *faults) says(pointer string, err error) {
	if err == nil {
		return
	}
	fault := Fault{Pointer: pointer, Code: "format", Detail: "a value of the right form"}
	if invalid, ok := errors.AsType[*form.Invalid](err); ok {
		fault.Code, fault.Detail = invalid.Code, invalid.Expected
	}
	f.list = append(f.list, fault)
}

// given checks a value that may be left out.
func (f *faults) given(pointer, value string, check func(string) error) {
	if value != "" {
		f.says(pointer, check(value))
	}
}

// tidied checks a value that may be left out, and brings it to its one spelling.
func (f *faults) tidied(pointer string, value *string, parse func(string) (string, error)) {
	f.given(pointer, *value, func(s string) error {
		tidy, err := parse(s)
		if err == nil {
			*value = tidy
		}
		return err
	})
}

// chosenID checks an id that somebody chose.
func (f *faults) chosenID(id string) { f.given("/id", id, form.CheckReference) }

// oldest is the highest age that a school may state.
const oldest = 25

// organisation checks an organisation, and brings its numbers to their one spelling.
func (f *faults) organisation(o *Organisation) {
	f.chosenID(string(o.ID))
	f.when(!slices.Contains([]OrganisationKind{School, Provision, Authority, Agency}, o.Kind), "/kind", "unknown", "school, provision, authority or agency")
	f.line("/name", o.Name, 1)
	f.given("/urn", o.URN, form.CheckURN)
	f.tidied("/laestab", &o.LAESTAB, form.ParseLAESTAB)
	f.given("/ukprn", o.UKPRN, form.CheckUKPRN)
	f.line("/type", o.Type, 0)
	f.when(o.Authority != "" && !digits(o.Authority, 3), "/authority", "authority", "three digits")
	f.tidied("/postcode", &o.Postcode, form.ParsePostcode)
	f.when(o.LowAge < 0 || o.LowAge > oldest, "/low_age", "range", "an age from 0 to 25")
	f.when(o.HighAge < 0 || o.HighAge > oldest, "/high_age", "range", "an age from 0 to 25")
	f.when(o.HighAge != 0 && o.HighAge < o.LowAge, "/high_age", "order", "an age not below the lowest")
	f.when(o.Closed != 0 && o.Closed < o.Opened, "/closed", "order", "a day not before it opened")
	f.text("/terms", o.Terms, 0)
	f.when(o.TermsFrom != 0 && o.Terms == "", "/terms_from", "without", "terms that hold from that day")
	f.when(o.Terms != "" && o.Kind != Provision, "/terms", "kind", "terms of a provision only")
}

// digits tells whether a text is so many digits.
func digits(text string, n int) bool {
	return len(text) == n && strings.Trim(text, "0123456789") == ""
}

// site checks a site by itself, and brings its postcode to its one spelling.
func (f *faults) site(s *Site, day calendar.Date) {
	f.chosenID(string(s.ID))
	f.line("/name", s.Name, 1)
	f.tidied("/postcode", &s.Postcode, form.ParsePostcode)
	for i, zone := range s.Zones {
		f.says(pointer("zones", i), form.CheckReference(zone))
		f.when(slices.Contains(s.Zones[:i], zone), pointer("zones", i), "twice", "each zone once")
	}
	f.snapshot(day, siteTerms(s, s.Floating), nil, map[string]string{"/sites/0": ""})
}

// siteTerms is a site as matching sees it, with floating adults as they may come to be.
func siteTerms(s *Site, floating matching.PerSession) matching.Site {
	return matching.Site{
		ID: "site", Postcode: s.Postcode, Latitude: s.Latitude, Longitude: s.Longitude, Access: s.Access, FloatingAdults: floating,
	}
}

// hasZone tells whether a site has a zone; none stated is the one called main.
func hasZone(s *Site, zone string) bool {
	if zone == "" {
		zone = mainZone
	}
	return slices.Contains(s.Zones, zone) || len(s.Zones) == 0 && zone == mainZone
}

const mainZone = "main"

// group checks a group by itself. What other nouns say of its terms is left out of them.
func (f *faults) group(g *Group, day calendar.Date) {
	f.chosenID(string(g.ID))
	f.line("/terms/name", g.Terms.Name, 1)
	g.Terms.ID, g.Terms.Provision, g.Terms.Site, g.Terms.Registered = "", "", "", nil
	f.snapshot(day, matching.Site{ID: "site"}, &g.Terms, map[string]string{"/groups/0": "/terms"})
}

// snapshot checks terms as matching checks them, in a snapshot with nothing else in it. Of
// what it says that counts which is about a place in the map; the map has where that is for
// the caller.
func (f *faults) snapshot(day calendar.Date, site matching.Site, terms *matching.Group, places map[string]string) {
	s := &matching.Snapshot{Format: matching.Format, AsOf: day, Horizon: day, Sites: []matching.Site{site}}
	if terms != nil {
		t := *terms
		t.ID, t.Site = "group", site.ID
		s.Groups = []matching.Group{t}
	}
	_, err := matching.New(s)
	list, ok := errors.AsType[matching.Faults](err)
	if !ok {
		return
	}
	for _, fault := range list {
		for at, to := range places {
			if rest, is := strings.CutPrefix(fault.Pointer, at); is && (rest == "" || rest[0] == '/') {
				f.list = append(f.list, Fault{Pointer: to + rest, Code: "terms", Detail: fault.Expected})
			}
		}
	}
}
