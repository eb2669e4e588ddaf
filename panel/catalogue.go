package panel

import (
	"context"
	"slices"
	"strconv"

	"example.org/backontrack/matching"
	"example.org/backontrack/panel/audit"
)

// Saved is a noun of the catalogue as it is stored now, and what that does to those who
// are placed already. A change to places, staffing or premises is a fact that the panel
// can't refuse, so it is stored and what it breaks is told, and noted in the journal.
type Saved[N any] struct {
	Noun         N
	Consequences []matching.Violation // hard rules that standing placements break now, and did not before
}

// SaveOrganisation adds an organisation, where the version is 0, or changes the version
// given. An id may be chosen when it is added.
func (s *Service) SaveOrganisation(ctx context.Context, o Organisation) (Saved[Organisation], error) {
	return do(ctx, s, NounOrganisation, VerbEdit, func(w *work) (Saved[Organisation], error) {
		var none Saved[Organisation]
		if err := w.may(about{}); err != nil {
			return none, err
		}
		sites, err := w.lockSitesOf(o.ID)
		if err != nil {
			return none, err
		}
		var before Organisation
		if err := priorVersion(w.Organisations(), NounOrganisation, o.ID, o.Version, &before); err != nil {
			return none, err
		}
		f := &faults{}
		f.organisation(&o)
		f.when(before.Kind == Provision && o.Kind != Provision && len(sites) > 0, "/kind", "in_use", "a provision, while it has sites")
		if err := f.err("the organisation is not complete"); err != nil {
			return none, err
		}
		if o.Registered == before.Registered {
			sites = nil // nothing that a rule reads
		}
		broken, err := w.whatBreaks(sites, func() error { return save(w, w.Organisations(), &o.ID, o.Version, &o) })
		if err != nil {
			return none, err
		}
		w.noteBroken(VerbEdit, NounOrganisation, string(o.ID), broken)
		return Saved[Organisation]{o, broken}, nil
	})
}

// lockSitesOf holds the sites of an organisation, so that nobody is placed there while it changes.
func (w *work) lockSitesOf(id OrganisationID) ([]SiteID, error) {
	list, err := gather(w.Tx.Sites().List(Is(ByOrganisation, id)))
	if err != nil || len(list) == 0 {
		return nil, err
	}
	ids := make([]SiteID, len(list))
	for i, site := range list {
		ids[i] = site.ID
	}
	slices.Sort(ids)
	return ids, w.Lock(ids, nil)
}

// SaveSite adds a site of a provision, where the version is 0, or changes the version given.
func (s *Service) SaveSite(ctx context.Context, site Site) (Saved[Site], error) {
	return do(ctx, s, NounSite, VerbEdit, func(w *work) (Saved[Site], error) {
		var none Saved[Site]
		if err := w.may(about{organisation: site.Organisation}); err != nil {
			return none, err
		}
		if site.Version != 0 {
			if err := w.Lock([]SiteID{site.ID}, nil); err != nil {
				return none, absentOr(NounSite, err)
			}
		}
		var before Site
		if err := priorVersion(w.Sites(), NounSite, site.ID, site.Version, &before); err != nil {
			return none, err
		}
		groups, err := gather(w.Tx.Groups().List(Is(BySite, site.ID)))
		if err != nil {
			return none, err
		}
		f := &faults{}
		f.site(&site, w.day)
		if err := w.provision(f, "/organisation", site.Organisation); err != nil {
			return none, err
		}
		f.when(len(groups) > 0 && site.Organisation != before.Organisation, "/organisation", "in_use", "the same provision, while the site has groups")
		for _, g := range groups {
			f.when(!hasZone(&site, g.Terms.Zone) || g.Terms.Newcomer != nil && !hasZone(&site, g.Terms.Newcomer.Zone), "/zones", "in_use", "the zones of the site's groups among them")
		}
		if err := f.err("the site is not complete"); err != nil {
			return none, err
		}
		var ids []SiteID
		if site.Version != 0 {
			ids = []SiteID{site.ID}
		}
		broken, err := w.whatBreaks(ids, func() error { return save(w, w.Sites(), &site.ID, site.Version, &site) })
		if err != nil {
			return none, err
		}
		w.noteBroken(VerbEdit, NounSite, string(site.ID), broken)
		return Saved[Site]{site, broken}, nil
	})
}

// priorVersion finds what is stored of a noun that is to be changed. Version 0 is a new one.
func priorVersion[ID ~string, N any](t Table[ID, N], noun Noun, id ID, version int, out *N) (err error) {
	if version == 0 {
		return nil
	}
	*out, err = t.Get(id)
	return absentOr(noun, err)
}

// save adds a noun of version 0, with an id if it has none, and otherwise puts it in
// place of the version that the caller saw.
func save[ID ~string, N any](w *work, t Table[ID, N], id *ID, version int, n *N) error {
	if version != 0 {
		return t.Put(n)
	}
	if *id == "" {
		*id = ID(w.id())
	}
	return t.Add(n)
}

// provision reports when an id is not that of a provision.
func (w *work) provision(f *faults, at string, id OrganisationID) error {
	o, err := w.Organisations().Get(id)
	if err != nil && KindOf(err) != NotFound {
		return err
	}
	f.when(err != nil || o.Kind != Provision, at, "unknown", "a provision")
	return nil
}

// whatBreaks runs a change to sites and returns the rules that standing placements there
// break after it and did not break before.
func (w *work) whatBreaks(sites []SiteID, change func() error) ([]matching.Violation, error) {
	if len(sites) == 0 {
		return nil, change()
	}
	slices.Sort(sites)
	b := brief{day: w.day, horizon: horizon(w.day), sites: slices.Compact(sites)}
	var err error
	if b.policy, err = policyInForce(w.Tx, w.day); err != nil {
		return nil, err
	}
	for p, err := range w.Tx.Placements().List(Is(BySite, b.sites...), From(ByLastDay, w.day.String())) {
		if err != nil {
			return nil, err
		}
		b.horizon = max(b.horizon, p.To)
	}
	before, _, err := w.violations(b)
	if err != nil {
		return nil, err
	}
	if err := change(); err != nil {
		return nil, err
	}
	after, _, err := w.violations(b)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(after, func(v matching.Violation) bool {
		return slices.ContainsFunc(before, func(b matching.Violation) bool {
			return b.Code == v.Code && b.Group == v.Group && slices.Equal(b.Codes, v.Codes) && slices.Equal(b.Pupils, v.Pupils)
		})
	}), nil
}

// noteBroken notes a change to the catalogue, with whom it leaves where a rule does not hold.
func (w *work) noteBroken(verb Verb, noun Noun, subject string, broken []matching.Violation) {
	var pupils []Pseudonym
	var detail []audit.Pair
	for _, v := range broken {
		pupils = append(pupils, v.Pupils...)
	}
	if len(broken) > 0 {
		detail = []audit.Pair{{Key: "broken", Value: strconv.Itoa(len(broken))}}
	}
	w.note(verb, noun, subject, pupils, detail...)
}
