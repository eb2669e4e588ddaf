package panel

import (
	"context"
	"math"
	"regexp"
	"strconv"

	"example.org/backontrack/panel/audit"
)

// An OrganisationFilter narrows a list of organisations. The zero value narrows nothing.
type OrganisationFilter struct {
	Kinds []OrganisationKind
	URN   string
	After OrganisationID // the last of the page before
	Limit int            // 0: all
}

// Organisations lists organisations, by id.
func (s *Service) Organisations(ctx context.Context, f OrganisationFilter) ([]Organisation, error) {
	return listed(ctx, s, NounOrganisation, func(tx Tx) ([]Organisation, error) {
		wheres := paged(f.After, f.Limit)
		if f.Kinds != nil {
			wheres = append(wheres, Is(ByKind, f.Kinds...))
		}
		if f.URN != "" {
			wheres = append(wheres, Is(ByURN, f.URN))
		}
		return gather(tx.Organisations().List(wheres...))
	})
}

// Organisation reads an organisation.
func (s *Service) Organisation(ctx context.Context, id OrganisationID) (Organisation, error) {
	return one(ctx, s, NounOrganisation, id, Tx.Organisations)
}

// A SiteFilter narrows a list of sites. The zero value narrows nothing.
type SiteFilter struct {
	Organisation OrganisationID
	After        SiteID // the last of the page before
	Limit        int    // 0: all
}

// Sites lists sites, by id.
func (s *Service) Sites(ctx context.Context, f SiteFilter) ([]Site, error) {
	return listed(ctx, s, NounSite, func(tx Tx) ([]Site, error) {
		wheres := paged(f.After, f.Limit)
		if f.Organisation != "" {
			wheres = append(wheres, Is(ByOrganisation, f.Organisation))
		}
		return gather(tx.Sites().List(wheres...))
	})
}

// Site reads a site.
func (s *Service) Site(ctx context.Context, id SiteID) (Site, error) {
	return one(ctx, s, NounSite, id, Tx.Sites)
}

// A GroupFilter narrows a list of groups. The zero value narrows nothing.
type GroupFilter struct {
	Organisation OrganisationID
	Site         SiteID
	After        GroupID // the last of the page before
	Limit        int     // 0: all
}

// Groups lists groups, by id.
func (s *Service) Groups(ctx context.Context, f GroupFilter) ([]Group, error) {
	return listed(ctx, s, NounGroup, func(tx Tx) ([]Group, error) {
		wheres := paged(f.After, f.Limit)
		if f.Organisation != "" {
			wheres = append(wheres, Is(ByOrganisation, f.Organisation))
		}
		if f.Site != "" {
			wheres = append(wheres, Is(BySite, f.Site))
		}
		return gather(tx.Groups().List(wheres...))
	})
}

// Group reads a group.
func (s *Service) Group(ctx context.Context, id GroupID) (Group, error) {
	return one(ctx, s, NounGroup, id, Tx.Groups)
}

// listed reads a list in which there is nothing of a child's.
func listed[N any](ctx context.Context, s *Service, noun Noun, list func(Tx) ([]N, error)) ([]N, error) {
	return read(ctx, s, noun, VerbList, func(w *work) ([]N, error) {
		if err := w.may(about{}); err != nil {
			return nil, err
		}
		return list(w.Tx)
	})
}

// one reads a noun in which there is nothing of a child's.
func one[ID ~string, N any](ctx context.Context, s *Service, noun Noun, id ID, table func(Tx) Table[ID, N]) (N, error) {
	return read(ctx, s, noun, VerbRead, func(w *work) (N, error) {
		var none N
		if err := w.may(about{}); err != nil {
			return none, err
		}
		n, err := table(w.Tx).Get(id)
		return n, absentOr(noun, err)
	})
}

// paged narrows to a page, if there is a limit, or to what comes after an id.
func paged[ID ~string](after ID, limit int) []Where {
	switch {
	case limit <= 0 && after == "":
		return nil
	case limit <= 0:
		limit = math.MaxInt32
	}
	return []Where{Page(after, limit)}
}

var outcode = regexp.MustCompile(`^[A-Z]{1,2}[0-9][0-9A-Z]?$`)

// SaveOutcodes adds to the gazetteer, or replaces what it has under the same outcodes,
// all or nothing. It returns how many there were.
func (s *Service) SaveOutcodes(ctx context.Context, list []Outcode) (int, error) {
	return do(ctx, s, NounSite, VerbEdit, func(w *work) (int, error) {
		if err := w.may(about{}); err != nil {
			return 0, err
		}
		f := &faults{}
		for i, o := range list {
			f.when(!outcode.MatchString(string(o.ID)), pointer(i, "id"), "outcode", "the part of a postcode before the blank")
			// The British Isles, so that a swapped pair or a lost sign shows.
			f.when(!(o.Latitude >= 49 && o.Latitude <= 61), pointer(i, "latitude"), "range", "degrees from 49 to 61")
			f.when(!(o.Longitude >= -9 && o.Longitude <= 2), pointer(i, "longitude"), "range", "degrees from -9 to 2")
		}
		if err := f.err("the gazetteer is not sound"); err != nil {
			return 0, err
		}
		for _, o := range list {
			before, err := w.Outcodes().Get(o.ID)
			if err != nil && KindOf(err) != NotFound {
				return 0, err
			}
			if o.Version = before.Version; o.Version == 0 {
				err = w.Outcodes().Add(&o)
			} else {
				err = w.Outcodes().Put(&o)
			}
			if err != nil {
				return 0, err
			}
		}
		w.note(VerbEdit, NounSite, "", nil, audit.Pair{Key: "outcodes", Value: strconv.Itoa(len(list))})
		return len(list), nil
	})
}
