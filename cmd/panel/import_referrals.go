package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/intake"
	"example.org/backontrack/panel/store"
)

// importReferrals is the command panel import referrals.
func (p *program) importReferrals() *cobra.Command {
	var check, template bool
	cmd := &cobra.Command{
		Use:   "referrals FILE",
		Short: "Bring in referrals from a spreadsheet, as drafts",
		Long: "referrals reads a table with a referral in each row, and makes a draft of each, for the school whose URN stands\n" +
			"in the column school. --template writes the first line of such a table. A cell that is empty is no answer; one\n" +
			"that begins with a question mark says that it is not known, and why: “? waits for the assessment”.\n" +
			"Several values in a cell have ; between them. Dates may be 23/11/2026. See docs/reference/commands.md.",
		Example: "  panel import referrals --template > referrals.csv\n  panel import referrals --check referrals.csv\n  panel import referrals referrals.csv",
		Args: func(cmd *cobra.Command, args []string) error {
			if template {
				return exactly(0, "no FILE with --template")(cmd, args)
			}
			return exactly(1, "the FILE with the referrals, or - for standard input")(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if template {
				out := &sink{p.stdout, nil}
				if err := intake.WriteTemplate(out); err != nil {
					return &writeError{err}
				}
				return nil
			}
			return p.bring(cmd, args[0], check, p.draftAll)
		},
	}
	cmd.Flags().BoolVar(&template, "template", false, "write the first line of a table: its columns")
	checkFlag(cmd, &check)
	return cmd
}

func (p *program) draftAll(ctx context.Context, b *bringing, in io.Reader, db *store.DB) ([]string, error) {
	schools, known, err := whoRefers(ctx, panel.New(db, panel.Options{}))
	if err != nil {
		return nil, err
	}
	referrals, err := intake.ReadReferrals(in, panel.Day(time.Now()), known)
	if err != nil {
		return nil, err
	}
	drafts := make([]panel.ReferralID, len(referrals.List))
	if err := once(ctx, db, b.check, func(s *panel.Service) error {
		var wrong refusals
		for i, r := range referrals.List {
			b.bar.at(i, len(drafts))
			draft, err := s.Draft(ctx, panel.DraftInput{School: schools[r.URN], Form: r.Form})
			drafts[i] = draft.ID
			if err := wrong.see(r.Line, byColumn(err)); err != nil {
				return fmt.Errorf("line %d: %w", r.Line, err)
			}
		}
		return wrong.err()
	}); err != nil {
		return nil, err
	}
	for _, f := range referrals.Warnings {
		p.complain(fmt.Sprintf("worth a look: line %d: %s: %s", f.Line, f.Column, f.Expected))
	}
	said := []string{text.Count(len(drafts), "draft", "drafts") + "."}
	if !b.check {
		for i, r := range referrals.List {
			said = append(said, fmt.Sprintf("line %d: referral %s", r.Line, drafts[i]))
		}
	}
	return said, nil
}

// whoRefers are the organisations that have a URN.
func whoRefers(ctx context.Context, s *panel.Service) (ids map[string]panel.OrganisationID, known map[string]bool, err error) {
	ids, known = map[string]panel.OrganisationID{}, map[string]bool{}
	organisations, err := s.Organisations(ctx, panel.OrganisationFilter{})
	for _, o := range organisations {
		if o.URN != "" {
			ids[o.URN], known[o.URN] = o.ID, true
		}
	}
	return ids, known, err
}

// byColumn has the faults of a form with the names of columns in place of pointers.
func byColumn(err error) error {
	refused, ok := errors.AsType[*panel.Error](err)
	if !ok {
		return err
	}
	out := *refused
	out.Faults = nil
	for _, f := range refused.Faults {
		f.Pointer = intake.ColumnOf(f.Pointer)
		out.Faults = append(out.Faults, f)
	}
	return &out
}
