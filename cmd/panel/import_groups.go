package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/matching"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/intake"
	"example.org/backontrack/panel/store"
)

// importGroups is the command panel import groups.
func (p *program) importGroups() *cobra.Command {
	var check bool
	cmd := &cobra.Command{
		Use:   "groups FILE",
		Short: "Bring in sites and groups: the timetable of the authority's provisions",
		Long: "groups reads a document of JSON with the lists sites and groups, each as docs/reference/format.md has it for a\n" +
			"snapshot. A group's provision is the id or the URN of a provision; those that are in no register may stand in a\n" +
			"third list, provisions, with id, name, urn, postcode and registered. What is known by its id is brought up to\n" +
			"date. What a change breaks for pupils who are placed already is told; it is stored nevertheless, being a fact.",
		Example: "  panel import groups --check timetable.json\n  panel import groups timetable.json",
		Args:    exactly(1, "the FILE with the groups, or - for standard input"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.bring(cmd, args[0], check, func(ctx context.Context, b *bringing, in io.Reader, db *store.DB) ([]string, error) {
				table, err := intake.ReadTimetable(in, panel.Day(time.Now()))
				g := &grouping{bringing: b, Timetable: table}
				if faults, more := errors.AsType[matching.Faults](err); more {
					return nil, g.whatElse(ctx, db, faults)
				}
				if err != nil {
					return nil, err
				}
				if err := once(ctx, db, b.check, func(s *panel.Service) error { return g.store(ctx, s) }); err != nil {
					return nil, err
				}
				return g.said(), nil
			})
		},
	}
	checkFlag(cmd, &check)
	return cmd
}

// mainZone is that of groups which name none.
const mainZone = "main"

// grouping is a timetable on its way into the catalogue.
type grouping struct {
	*bringing
	*intake.Timetable

	organisations map[string]panel.OrganisationID // by id and by URN
	sites         map[panel.SiteID]panel.Site
	groups        map[panel.GroupID]panel.Group
	wrong         matching.Faults
	broken        []matching.Violation
}

func (g *grouping) store(ctx context.Context, s *panel.Service) error {
	g.wrong, g.broken = nil, nil
	if err := g.whatIsKnown(ctx, s); err != nil {
		return err
	}
	for i, provision := range g.Provisions {
		if err := g.provision(ctx, s, i, provision); err != nil {
			return err
		}
	}
	for i := range g.Sites {
		if err := g.site(ctx, s, i); err != nil {
			return err
		}
	}
	for i := range g.Groups {
		g.bar.at(i, len(g.Groups))
		if err := g.group(ctx, s, i); err != nil {
			return err
		}
	}
	if len(g.wrong) > 0 {
		return g.wrong
	}
	return nil
}

// whatElse finds, besides the faults of a file as such, those that only show against what is
// recorded: all of them are told at once. Nothing is stored.
func (g *grouping) whatElse(ctx context.Context, db *store.DB, faults matching.Faults) error {
	err := once(ctx, db, true, func(s *panel.Service) error {
		g.wrong = nil
		if err := g.whatIsKnown(ctx, s); err != nil {
			return err
		}
		for i, provision := range g.Provisions {
			if err := g.provision(ctx, s, i, provision); err != nil {
				return err
			}
		}
		for i := range g.Groups {
			g.owner(i)
		}
		return nil
	})
	if err != nil {
		return err
	}
	all := slices.Clone(faults)
	for _, f := range g.wrong {
		told := func(other matching.Fault) bool { return other.Pointer == f.Pointer }
		if !slices.ContainsFunc(faults, told) {
			all = append(all, f)
		}
	}
	return all
}

// owner is whose group it is; nobody's is a fault.
func (g *grouping) owner(i int) (panel.OrganisationID, bool) {
	id, ok := g.organisations[string(g.Groups[i].Provision)]
	if !ok {
		g.wrong = append(g.wrong, matching.Fault{
			Pointer: "/groups/" + strconv.Itoa(i) + "/provision", Expected: "the id or the URN of a provision that is recorded, or stands in the list provisions",
		})
	}
	return id, ok
}

func (g *grouping) whatIsKnown(ctx context.Context, s *panel.Service) error {
	g.organisations, g.sites, g.groups = map[string]panel.OrganisationID{}, map[panel.SiteID]panel.Site{}, map[panel.GroupID]panel.Group{}
	organisations, err := s.Organisations(ctx, panel.OrganisationFilter{Kinds: []panel.OrganisationKind{panel.Provision}})
	if err != nil {
		return err
	}
	for _, o := range organisations {
		if o.URN != "" {
			g.organisations[o.URN] = o.ID
		}
		g.organisations[string(o.ID)] = o.ID
	}
	sites, err := s.Sites(ctx, panel.SiteFilter{})
	if err != nil {
		return err
	}
	for _, site := range sites {
		g.sites[site.ID] = site
	}
	groups, err := s.Groups(ctx, panel.GroupFilter{})
	for _, group := range groups {
		g.groups[group.ID] = group
	}
	return err
}

// see keeps what the service says is wrong, with pointers into the file.
func (g *grouping) see(at string, err error) error {
	var found refusals
	if err := found.see(0, err); err != nil {
		return fmt.Errorf("%s: %w", at, err)
	}
	for _, f := range found.faults {
		g.wrong = append(g.wrong, matching.Fault{
			Pointer: at + strings.TrimPrefix(f.Column, "/terms"), Expected: strings.TrimPrefix(f.Expected, "expected "),
		})
	}
	return nil
}

func (g *grouping) provision(ctx context.Context, s *panel.Service, i int, in intake.Provision) error {
	o := panel.Organisation{ID: panel.OrganisationID(in.ID), Kind: panel.Provision}
	if id, known := g.organisations[in.ID]; known {
		var err error
		if o, err = s.Organisation(ctx, id); err != nil {
			return err
		}
	}
	o.Name, o.URN, o.Postcode, o.Registered = in.Name, in.URN, in.Postcode, in.Registered
	saved, err := s.SaveOrganisation(ctx, o)
	if err == nil {
		g.organisations[string(saved.Noun.ID)] = saved.Noun.ID
		if o.URN != "" {
			g.organisations[o.URN] = saved.Noun.ID
		}
		g.broken = append(g.broken, saved.Consequences...)
	}
	return g.see("/provisions/"+strconv.Itoa(i), err)
}

// site stores a site under the provision of its groups, with the zones that they name.
func (g *grouping) site(ctx context.Context, s *panel.Service, i int) error {
	in, at := &g.Sites[i], "/sites/"+strconv.Itoa(i)
	site, known := g.sites[in.ID]
	var owners []panel.OrganisationID
	zones := slices.Clone(site.Zones)
	for _, group := range g.Groups {
		if group.Site != in.ID {
			continue
		}
		if id, ok := g.organisations[string(group.Provision)]; ok && !slices.Contains(owners, id) {
			owners = append(owners, id)
		}
		zones = append(zones, cmp.Or(group.Zone, mainZone))
		if group.Newcomer != nil {
			zones = append(zones, cmp.Or(group.Newcomer.Zone, mainZone))
		}
	}
	slices.Sort(zones)
	if zones = slices.Compact(zones); !slices.Equal(zones, []string{mainZone}) {
		site.Zones = zones
	}
	switch {
	case len(owners) > 1:
		g.wrong = append(g.wrong, matching.Fault{Pointer: at, Expected: "a site of one provision: every group that meets there is that provision's"})
		return nil
	case len(owners) == 0 && !known:
		g.wrong = append(g.wrong, matching.Fault{Pointer: at, Expected: "a site that a group of a known provision is at"})
		return nil
	case len(owners) == 1:
		site.Organisation = owners[0]
	}
	site.ID, site.Postcode, site.Latitude, site.Longitude = in.ID, in.Postcode, in.Latitude, in.Longitude
	site.Access, site.Floating = in.Access, in.FloatingAdults
	if site.Name = in.Name; site.Name == "" {
		site.Name = string(in.ID)
	}
	if known && same(site, g.sites[in.ID]) {
		return nil
	}
	saved, err := s.SaveSite(ctx, site)
	g.broken = append(g.broken, saved.Consequences...)
	return g.see(at, err)
}

func (g *grouping) group(ctx context.Context, s *panel.Service, i int) error {
	in, at := g.Groups[i], "/groups/"+strconv.Itoa(i)
	owner, ok := g.owner(i)
	if !ok {
		return nil
	}
	group := g.groups[in.ID]
	group.ID, group.Organisation, group.Site = in.ID, owner, in.Site
	in.ID, in.Provision, in.Site, in.Registered = "", "", "", nil // other nouns say these
	group.Terms = in
	if before, known := g.groups[group.ID]; known && same(group, before) {
		return nil
	}
	saved, err := s.SaveGroup(ctx, group)
	g.broken = append(g.broken, saved.Consequences...)
	return g.see(at, err)
}

// same tells whether two nouns are stored alike. What a change breaks takes its time to find
// out, so that one which is none is left out.
func same[N any](a, b N) bool {
	one, err := json.Marshal(a)
	two, other := json.Marshal(b)
	return err == nil && other == nil && bytes.Equal(one, two)
}

func (g *grouping) said() []string {
	said := []string{fmt.Sprintf("%s and %s.", text.Count(len(g.Sites), "site", "sites"), text.Count(len(g.Groups), "group", "groups"))}
	for _, v := range g.broken {
		said = append(said, fmt.Sprintf("This breaks a rule for pupils who are placed already: %s in %s from %s on, among %s.",
			v.Code, v.Group, text.Date(v.Date), text.Count(len(v.Pupils), "pupil", "pupils")))
	}
	return said
}
