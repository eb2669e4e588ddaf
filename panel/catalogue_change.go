package panel

import (
	"context"
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// changeCodes are why figures differ for a time.
var changeCodes = []string{"sickness", "vacancy", "recruited", "premises", "inspection", "other"}

// ChangeCodes are the codes of reasons for a change, in the order of the documentation.
func ChangeCodes() []string { return slices.Clone(changeCodes) }

// RecordChange records that places or adults of a group, or the floating adults of a
// site, differ from a day to another. A provision records its own.
func (s *Service) RecordChange(ctx context.Context, c Change) (Saved[Change], error) {
	return do(ctx, s, NounChange, VerbRecord, func(w *work) (Saved[Change], error) {
		var none Saved[Change]
		site, err := w.Sites().Get(c.Site)
		if err != nil && KindOf(err) != NotFound {
			return none, err
		}
		known := err == nil
		if err := w.may(about{organisation: site.Organisation}); err != nil {
			return none, err
		}
		if !known {
			return none, absent(NounSite)
		}
		if err := w.Lock([]SiteID{c.Site}, nil); err != nil {
			return none, err
		}
		f := &faults{}
		if err := w.checkChange(f, &c, &site); err != nil {
			return none, err
		}
		if err := f.err("the change is not complete"); err != nil {
			return none, err
		}
		c.ID, c.Version, c.Recorded = ChangeID(w.id()), 0, w.day
		broken, err := w.whatBreaks([]SiteID{c.Site}, func() error { return w.Tx.Changes().Add(&c) })
		if err != nil {
			return none, err
		}
		w.noteBroken(VerbRecord, NounChange, string(c.ID), broken)
		return Saved[Change]{c, broken}, nil
	})
}

// checkChange checks a change against its site and its group.
func (w *work) checkChange(f *faults, c *Change, site *Site) error {
	f.when(c.From == 0, "/from", "required", "the first day")
	f.when(c.To != 0 && c.To < c.From, "/to", "order", "a day not before the first")
	f.when(!slices.Contains(changeCodes, c.Reason), "/reason", "unknown", "a code of the list")
	f.when(len(c.Places) == 0 && len(c.Adults) == 0, "", "empty", "places or adults that change")
	if c.Group == "" {
		f.when(len(c.Places) > 0, "/places", "site", "places of a group only: a site has floating adults")
		f.snapshot(w.day, siteTerms(site, c.Adults), nil, map[string]string{"/sites/0/floating_adults": "/adults"})
		return nil
	}
	g, err := w.Groups().Get(c.Group)
	if err != nil && KindOf(err) != NotFound {
		return err
	}
	if err != nil || g.Site != c.Site {
		f.when(true, "/group", "unknown", "a group of the site")
		return nil
	}
	f.snapshot(w.day, matching.Site{ID: "site"}, changedGroup(&g, c), map[string]string{
		"/groups/0/places": "/places", "/groups/0/adults": "/adults",
	})
	return nil
}

// RemoveChange takes a change back, and tells what that breaks.
func (s *Service) RemoveChange(ctx context.Context, id ChangeID, version int) ([]matching.Violation, error) {
	return do(ctx, s, NounChange, VerbRemove, func(w *work) ([]matching.Violation, error) {
		c, err := w.Tx.Changes().Get(id)
		if err != nil && KindOf(err) != NotFound {
			return nil, err
		}
		known := err == nil
		organisation, err := w.organisationOf(c.Site)
		if err != nil {
			return nil, err
		}
		if err := w.may(about{organisation: organisation}); err != nil {
			return nil, err
		}
		if !known {
			return nil, absent(NounChange)
		}
		if c.Version != version {
			return nil, Errorf(Stale, "the change has changed since it was read")
		}
		if err := w.Lock([]SiteID{c.Site}, nil); err != nil {
			return nil, err
		}
		broken, err := w.whatBreaks([]SiteID{c.Site}, func() error { return w.Tx.Changes().Delete(id) })
		if err != nil {
			return nil, err
		}
		w.noteBroken(VerbRemove, NounChange, string(id), broken)
		return broken, nil
	})
}

// organisationOf is whose a site is; nobody's when there is none.
func (w *work) organisationOf(id SiteID) (OrganisationID, error) {
	site, err := w.Sites().Get(id)
	if KindOf(err) == NotFound {
		return "", nil
	}
	return site.Organisation, err
}

// A ChangeFilter narrows a list of changes. The zero value narrows nothing.
type ChangeFilter struct {
	Site  SiteID
	Group GroupID
	On    calendar.Date // those in force on the day
	After ChangeID      // the last of the page before
	Limit int           // at most so many are looked at; 0: all
}

// Changes lists the changes that the caller may see, by id.
func (s *Service) Changes(ctx context.Context, f ChangeFilter) ([]Change, error) {
	return read(ctx, s, NounChange, VerbList, func(w *work) ([]Change, error) {
		if len(reach(w.roles(), NounChange, VerbList)) == 0 {
			return nil, w.may(about{})
		}
		wheres := paged(f.After, f.Limit)
		if f.Site != "" {
			wheres = append(wheres, Is(BySite, f.Site))
		}
		if f.Group != "" {
			wheres = append(wheres, Is(ByGroup, f.Group))
		}
		if f.On != 0 {
			wheres = append(wheres, Until(ByFirstDay, f.On.String()), From(ByLastDay, f.On.String()))
		}
		list, err := gather(w.Tx.Changes().List(wheres...))
		if err != nil {
			return nil, err
		}
		var seen []Change
		for _, c := range list {
			organisation, err := w.organisationOf(c.Site)
			if err != nil {
				return nil, err
			}
			switch err := w.may(about{organisation: organisation}); {
			case err == nil:
				seen = append(seen, c)
			case KindOf(err) != NotFound:
				return nil, err
			}
		}
		return seen, nil
	})
}
