package text

import (
	"slices"

	"example.org/backontrack/matching"
)

// Awaited says what an option's unchecked rules wait for, and whom to ask: this
// pupil's family, whoever keeps the sites, or nobody here where it is not known of
// other pupils.
func (w *Words) Awaited(o *matching.Option) []string {
	a := awaited{w: w, o: o, pupil: w.pupils[w.PupilOf(o.Referral)]}
	for _, code := range o.Unchecked {
		a.add(code)
	}
	var out []string
	if len(a.own) > 0 {
		out = append(out, "waits for answers about "+List(a.own))
	}
	if len(a.sites) > 0 {
		out = append(out, "where "+List(a.sites)+" is, is not known: nor is the journey")
	}
	if len(a.others) > 0 {
		out = append(out, "waits for what is not known of other pupils there: "+List(a.others))
	}
	return out
}

// An awaited gathers what is not known, by whom it is about.
type awaited struct {
	w     *Words
	o     *matching.Option
	pupil *matching.Pupil

	own, sites, others []string
}

func (a *awaited) add(code matching.Code) {
	if code == matching.CodeJourney {
		a.journey()
		return
	}
	facts := a.w.hangsOn(code)
	if len(facts) == 0 {
		once(&a.own, Rule(code)) // not a rule of ours: what it has to know is its own business
		return
	}
	missing := a.missing(facts)
	for _, fact := range missing {
		once(&a.own, awaits(fact))
	}
	if len(missing) > 0 {
		return
	}
	// All is known of this pupil, so that asking his family would be of no use.
	for _, fact := range facts {
		if a.w.isOpen(fact, a.o) {
			once(&a.others, awaits(fact))
		}
	}
}

// isOpen tells whether a fact is not known of somebody who stands at an option's sites.
func (w *Words) isOpen(f matching.Fact, o *matching.Option) bool {
	sites := map[matching.SiteID]bool{}
	for _, stay := range o.Stays {
		if g := w.groups[stay.Group]; g != nil {
			sites[g.Site] = true
		}
	}
	return slices.ContainsFunc(w.snapshot.Placements, func(p matching.Placement) bool {
		g, pupil := w.groups[p.Group], w.pupils[p.Pupil]
		return g != nil && pupil != nil && sites[g.Site] && !pupil.Knows(f)
	})
}

// missing are those of some facts that are not known of the pupil.
func (a *awaited) missing(facts []matching.Fact) []matching.Fact {
	return slices.DeleteFunc(slices.Clone(facts), func(f matching.Fact) bool { return a.pupil == nil || a.pupil.Knows(f) })
}

// journey tells which end of the journey is not known.
func (a *awaited) journey() {
	home := a.w.knowsHome(a.pupil)
	if !home {
		once(&a.own, awaits(matching.FactLatitude))
	}
	sites := a.w.unplaced(a.o)
	for _, site := range sites {
		once(&a.sites, site)
	}
	if home && len(sites) == 0 {
		once(&a.own, awaits(matching.FactYear)) // which limit there is
	}
}

// knowsHome tells whether it is known where a pupil lives.
func (w *Words) knowsHome(p *matching.Pupil) bool {
	return p != nil && p.Latitude != nil && p.Longitude != nil && p.Knows(matching.FactLatitude) && p.Knows(matching.FactLongitude)
}

// unplaced are the sites of an option of which nobody said where they are.
func (w *Words) unplaced(o *matching.Option) []string {
	var names []string
	for _, stay := range o.Stays {
		g := w.groups[stay.Group]
		if g == nil {
			continue
		}
		if s := w.sites[g.Site]; s != nil && (s.Latitude == nil || s.Longitude == nil) {
			once(&names, w.Site(g.Site))
		}
	}
	return names
}

// hangsOn are the facts that a rule has to know, of this pupil or of others.
func (w *Words) hangsOn(code matching.Code) []matching.Fact {
	switch code {
	case matching.CodeYearGroup:
		return []matching.Fact{matching.FactYear}
	case matching.CodeSex:
		return []matching.Fact{matching.FactSex}
	case matching.CodeNeedsNotMet:
		return []matching.Fact{matching.FactNeeds}
	case matching.CodeRefusedTrait, matching.CodeTraitLimit:
		return []matching.Fact{matching.FactTraits}
	case matching.CodeAccess:
		return []matching.Fact{matching.FactAccess}
	case matching.CodeBusy:
		return []matching.Fact{matching.FactBusy}
	case matching.CodeUnregisteredFullTime:
		return []matching.Fact{matching.FactYear, matching.FactEHCP, matching.FactLookedAfter}
	}
	return w.separatedBy(code)
}

// separatedBy is the fact that a separation of the policy looks at.
func (w *Words) separatedBy(code matching.Code) []matching.Fact {
	for _, s := range w.snapshot.Policy.Separations {
		switch {
		case s.Code != code:
		case s.Traits != nil:
			return []matching.Fact{matching.FactTraits}
		case s.Code == matching.CodeCareHomePeers && s.Rivals == nil:
			return []matching.Fact{matching.FactCareHome}
		default:
			return []matching.Fact{matching.FactAreas}
		}
	}
	return nil
}

// awaits names a fact that somebody has to give.
func awaits(f matching.Fact) string {
	switch f {
	case matching.FactYear, matching.FactSex:
		return "the " + string(f)
	case matching.FactLatitude, matching.FactAreas, matching.FactCareHome:
		return "the " + Plain(string(f))
	case matching.FactEHCP:
		return "an EHC plan"
	case matching.FactLookedAfter:
		return "being looked after"
	default:
		return Plain(string(f))
	}
}

// once adds an item that is not yet in a list.
func once(list *[]string, item string) {
	if !slices.Contains(*list, item) {
		*list = append(*list, item)
	}
}
