package panel

import (
	"context"
	"slices"

	"example.org/backontrack/matching"
)

// SaveGroup adds a group, where the version is 0, or changes the version given. A pattern
// on which somebody is placed stays; so do the site and the provision while somebody is.
func (s *Service) SaveGroup(ctx context.Context, g Group) (Saved[Group], error) {
	return do(ctx, s, NounGroup, VerbEdit, func(w *work) (Saved[Group], error) {
		var none Saved[Group]
		if err := w.may(about{organisation: g.Organisation}); err != nil {
			return none, err
		}
		if g.Version != 0 {
			if err := w.lockGroup(g.ID); err != nil {
				return none, err
			}
		}
		var before Group
		if err := priorVersion(w.Groups(), NounGroup, g.ID, g.Version, &before); err != nil {
			return none, err
		}
		placed, err := w.placedIn(g.ID)
		if err != nil {
			return none, err
		}
		f := &faults{}
		f.group(&g, w.day)
		if err := w.groupPlace(f, &g); err != nil {
			return none, err
		}
		f.inUse(&g, before, placed)
		if err := f.err("the group is not complete"); err != nil {
			return none, err
		}
		var sites []SiteID
		if g.Version != 0 {
			sites = []SiteID{before.Site}
		}
		broken, err := w.whatBreaks(sites, func() error { return save(w, w.Groups(), &g.ID, g.Version, &g) })
		if err != nil {
			return none, err
		}
		w.noteBroken(VerbEdit, NounGroup, string(g.ID), broken)
		return Saved[Group]{g, broken}, nil
	})
}

// lockGroup holds the site of a group, so that nobody is placed there while it changes.
func (w *work) lockGroup(id GroupID) error {
	g, err := w.Groups().Get(id)
	if err != nil {
		return absentOr(NounGroup, err)
	}
	return w.Lock([]SiteID{g.Site}, nil)
}

// placedIn are the placements that take up a place in a group, today or later.
func (w *work) placedIn(id GroupID) ([]Placement, error) {
	if id == "" {
		return nil, nil
	}
	list, err := gather(w.Tx.Placements().List(Is(ByGroup, id), From(ByLastDay, w.day.String())))
	return slices.DeleteFunc(list, func(p Placement) bool { return !p.occupies(w.day) }), err
}

// groupPlace checks where a group is: a site of the provision, and zones of the site.
func (w *work) groupPlace(f *faults, g *Group) error {
	if err := w.provision(f, "/organisation", g.Organisation); err != nil {
		return err
	}
	site, err := w.Sites().Get(g.Site)
	if err != nil && KindOf(err) != NotFound {
		return err
	}
	if err != nil || site.Organisation != g.Organisation {
		f.when(true, "/site", "unknown", "a site of the provision")
		return nil
	}
	f.when(!hasZone(&site, g.Terms.Zone), "/terms/zone", "unknown", "a zone of the site")
	f.when(g.Terms.Newcomer != nil && !hasZone(&site, g.Terms.Newcomer.Zone), "/terms/newcomer/zone", "unknown", "a zone of the site")
	return nil
}

// inUse reports what can't change while somebody is placed in the group.
func (f *faults) inUse(g *Group, before Group, placed []Placement) {
	if len(placed) == 0 {
		return
	}
	f.when(g.Site != before.Site, "/site", "in_use", "the same site, while somebody is placed in the group")
	f.when(g.Organisation != before.Organisation, "/organisation", "in_use", "the same provision, while somebody is placed in the group")
	gone := func(p Placement) bool { return !hasPattern(*g, p.Pattern) }
	f.when(slices.ContainsFunc(placed, gone), "/terms/patterns", "in_use", "every pattern on which somebody is placed")
}

// RemoveGroup takes a group away that nobody was ever placed in. One that somebody is, or
// was, placed in is closed by the last day of its terms.
func (s *Service) RemoveGroup(ctx context.Context, id GroupID, version int) error {
	_, err := do(ctx, s, NounGroup, VerbEdit, func(w *work) (struct{}, error) {
		var none struct{}
		g, err := w.Groups().Get(id)
		if err != nil && KindOf(err) != NotFound {
			return none, err
		}
		if err := w.may(about{organisation: g.Organisation}); err != nil {
			return none, err
		}
		if err != nil {
			return none, absent(NounGroup)
		}
		if g.Version != version {
			return none, Errorf(Stale, "the group has changed since it was read")
		}
		if err := w.Lock([]SiteID{g.Site}, nil); err != nil {
			return none, err
		}
		for _, err := range w.Tx.Placements().List(Is(ByGroup, id)) {
			if err != nil {
				return none, err
			}
			return none, Errorf(Conflict, "somebody is or was placed in the group: close it by a last day")
		}
		changes, err := gather(w.Tx.Changes().List(Is(ByGroup, id)))
		if err != nil {
			return none, err
		}
		for _, c := range changes {
			if err := w.Tx.Changes().Delete(c.ID); err != nil {
				return none, err
			}
		}
		w.note(VerbRemove, NounGroup, string(id), nil)
		return none, w.Groups().Delete(id)
	})
	return err
}

// changedGroup is a group's terms with the figures of a change, as far as it has any.
func changedGroup(g *Group, c *Change) *matching.Group {
	terms := g.Terms
	terms.Patterns, terms.Limits, terms.Newcomer = nil, nil, nil
	terms.Places, terms.Adults = c.Places, c.Adults
	return &terms
}
