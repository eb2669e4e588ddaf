package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/intake"
	"example.org/backontrack/panel/store"
)

// importRegister is the command panel import schools, or provisions.
func (p *program) importRegister(what string) *cobra.Command {
	var check bool
	var authority string
	provisions := what == "provisions"
	of := "every establishment but those for alternative provision (types 14, 38, 42 and 43), which are provisions"
	if provisions {
		of = "pupil referral units and alternative provision academies and free schools (types 14, 38, 42 and 43), each with\n" +
			"a site where it stands"
	}
	cmd := &cobra.Command{
		Use:   what + " FILE",
		Short: "Bring in " + what + " from the national register's extract",
		Long: what + " reads the extract of all establishments that the national register offers for download\n" +
			"(edubasealldata), in UTF-8 or in the code page of Windows: " + of + ".\n" +
			"The columns are found by their names, in any order, and others are ignored. An establishment that is known by\n" +
			"its URN is brought up to date; one that is closed and not known is left out, and one\n" +
			"that is closed and known is told.",
		Example: "  panel import " + what + " --la 919 --check edubasealldata20261101.csv\n  panel import " + what + " --la 919 edubasealldata20261101.csv",
		Args:    exactly(1, "the FILE of the register, or - for standard input"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("la") && !threeDigits.MatchString(authority) {
				return errors.New("--la wants the three digits of a local authority, such as 919")
			}
			return p.bring(cmd, args[0], check, func(ctx context.Context, b *bringing, in io.Reader, db *store.DB) ([]string, error) {
				r := &registered{bringing: b, filter: intake.RegisterFilter{Provisions: provisions, Authority: authority}}
				return r.bring(ctx, in, db)
			})
		},
	}
	cmd.Flags().StringVar(&authority, "la", "", "only those of this local authority, by its three digits: a `CODE` such as 919")
	checkFlag(cmd, &check)
	return cmd
}

var threeDigits = regexp.MustCompile(`^[0-9]{3}$`)

// registered is what the register has and what is known already.
type registered struct {
	*bringing
	filter              intake.RegisterFilter
	known               map[string]panel.Organisation
	sites               map[panel.SiteID]panel.Site
	added, same, edited int
	closed              []string // URNs of those that are recorded here, and closed by now
}

func (r *registered) bring(ctx context.Context, in io.Reader, db *store.DB) ([]string, error) {
	if err := r.whatIsKnown(ctx, panel.New(db, panel.Options{})); err != nil {
		return nil, err
	}
	register, err := intake.ReadRegister(in, r.filter)
	if err != nil {
		return nil, err
	}
	if err := once(ctx, db, r.check, func(s *panel.Service) error {
		if err := r.whatIsKnown(ctx, s); err != nil {
			return err
		}
		return r.store(ctx, s, register.Establishments)
	}); err != nil {
		return nil, err
	}
	one, many := "school", "schools"
	if r.filter.Provisions {
		one, many = "provision", "provisions"
	}
	said := []string{
		fmt.Sprintf("%s: %s new, %s brought up to date, %s as they were.", text.Count(len(register.Establishments), one, many),
			text.Number(r.added), text.Number(r.edited), text.Number(r.same)),
		fmt.Sprintf("Left out: %s closed, %s of other types or authorities.", text.Number(register.Closed), text.Number(register.Others)),
	}
	if len(r.closed) > 0 {
		said = append(said, fmt.Sprintf("The register says that %s recorded here: URN %s.",
			text.Count(len(r.closed), one+" is closed that is", many+" are closed that are"), strings.Join(r.closed, ", ")))
	}
	return said, nil
}

func (r *registered) whatIsKnown(ctx context.Context, s *panel.Service) error {
	r.known, r.sites, r.filter.Known = map[string]panel.Organisation{}, map[panel.SiteID]panel.Site{}, map[string]bool{}
	r.added, r.same, r.edited, r.closed = 0, 0, 0, nil
	organisations, err := s.Organisations(ctx, panel.OrganisationFilter{})
	if err != nil {
		return err
	}
	for _, o := range organisations {
		if o.URN != "" {
			r.known[o.URN], r.filter.Known[o.URN] = o, true
		}
	}
	sites, err := s.Sites(ctx, panel.SiteFilter{})
	for _, site := range sites {
		r.sites[site.ID] = site
	}
	return err
}

// columnsOf are the register's columns by the pointers of the service.
var columnsOf = map[string]string{
	"/urn": "URN", "/name": "EstablishmentName", "/postcode": "Postcode", "/ukprn": "UKPRN", "/laestab": "EstablishmentNumber",
	"/low_age": "StatutoryLowAge", "/high_age": "StatutoryHighAge", "/closed": "CloseDate", "/type": "TypeOfEstablishment (code)",
	"/latitude": "Northing", "/longitude": "Easting", "/authority": "LA (code)",
}

func (r *registered) store(ctx context.Context, s *panel.Service, list []intake.Establishment) error {
	wrong := refusals{columns: columnsOf}
	for i, e := range list {
		r.bar.at(i, len(list))
		if err := ended(ctx); err != nil {
			return err
		}
		changed, err := r.organisation(ctx, s, &e.Organisation)
		if err := wrong.see(e.Line, err); err != nil {
			return fmt.Errorf("line %d: %w", e.Line, err)
		}
		if err == nil && r.filter.Provisions {
			moved, err := r.site(ctx, s, &e)
			if err := wrong.see(e.Line, err); err != nil {
				return fmt.Errorf("line %d: %w", e.Line, err)
			}
			changed = changed || moved
		}
		if e.Closed {
			r.closed = append(r.closed, e.Organisation.URN)
		}
		switch _, known := r.known[e.Organisation.URN]; {
		case !known:
			r.added++
		case changed:
			r.edited++
		default:
			r.same++
		}
	}
	return wrong.err()
}

// organisation stores what the register says, and leaves what only the panel knows.
func (r *registered) organisation(ctx context.Context, s *panel.Service, o *panel.Organisation) (changed bool, err error) {
	before, known := r.known[o.URN]
	o.ID, o.Version = panel.OrganisationID("urn-"+o.URN), 0
	if known {
		o.ID, o.Version, o.Terms, o.TermsFrom = before.ID, before.Version, before.Terms, before.TermsFrom
		if before.Kind == panel.Provision { // also a school that offers places
			o.Kind = panel.Provision
		}
	}
	if known && *o == before {
		return false, nil
	}
	_, err = s.SaveOrganisation(ctx, *o)
	return true, err
}

// site stores where a provision stands: the one site that the register knows of.
func (r *registered) site(ctx context.Context, s *panel.Service, e *intake.Establishment) (changed bool, err error) {
	id := panel.SiteID(e.Organisation.ID) + "-site"
	site, known := r.sites[id]
	before := site
	site.ID, site.Organisation, site.Name, site.Postcode = id, e.Organisation.ID, e.Organisation.Name, e.Organisation.Postcode
	if e.Latitude != nil {
		site.Latitude, site.Longitude = e.Latitude, e.Longitude
	}
	if known && site.Name == before.Name && site.Postcode == before.Postcode &&
		samePlace(site.Latitude, before.Latitude) && samePlace(site.Longitude, before.Longitude) {
		return false, nil
	}
	_, err = s.SaveSite(ctx, site)
	return true, err
}

func samePlace(a, b *float64) bool { return a == b || a != nil && b != nil && *a == *b }
