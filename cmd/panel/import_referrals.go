package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/form"
	"example.org/backontrack/panel/intake"
	"example.org/backontrack/panel/store"
)

// importReferrals is the command panel import referrals.
func (p *program) importReferrals() *cobra.Command {
	var check, template, codes, again bool
	cmd := &cobra.Command{
		Use:   "referrals FILE",
		Short: "Bring in referrals from a spreadsheet, as drafts",
		Long: "referrals reads a table with a referral in each row, and makes a draft of each, for the school whose URN stands\n" +
			"in the column school. --template writes the first line of such a table; the codes that answers take are in\n" +
			"docs/reference/form-codes.md, and --codes prints them, those of one list with its name or a field's behind it.\n" +
			"A label does as well as its code: “Male” is “M”. A cell that is empty is no answer; one that begins with a\n" +
			"question mark says that it is not known, and why: “? waits for the assessment”. Several values in a cell have ;\n" +
			"between them. Dates may be 23/11/2026, the day first. See docs/reference/commands.md.\n" +
			"A row whose pupil has a referral of the same school and the same date already is left out, so that a file may\n" +
			"come in again with more rows; --again makes another draft all the same.",
		Example: "  panel import referrals --template > referrals.csv\n  panel import referrals --codes\n  panel import referrals --codes pupil.sex\n" +
			"  panel import referrals --check referrals.csv\n  panel import referrals referrals.csv",
		Args: func(cmd *cobra.Command, args []string) error {
			switch {
			case template:
				return exactly(0, "no FILE with --template")(cmd, args)
			case codes:
				return cobra.MaximumNArgs(1)(cmd, args)
			}
			return exactly(1, "the FILE with the referrals, or - for standard input")(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case template:
				out := &sink{p.stdout, nil}
				if err := intake.WriteTemplate(out); err != nil {
					return &writeError{err}
				}
				return nil
			case codes:
				return p.codes(strings.Join(args, ""))
			}
			d := &drafting{again: again}
			return p.bring(cmd, args[0], check, d.bring)
		},
	}
	cmd.Flags().BoolVar(&template, "template", false, "write the first line of a table: its columns")
	cmd.Flags().BoolVar(&codes, "codes", false, "print the code lists, or the list that is named: codes and labels")
	cmd.Flags().BoolVar(&again, "again", false, "make drafts also of pupils who have this referral already")
	cmd.MarkFlagsMutuallyExclusive("template", "codes")
	checkFlag(cmd, &check)
	return cmd
}

// codes prints a code list, by its name or that of a field, or says which there are.
func (p *program) codes(name string) error {
	if f, is := form.Lookup(name); is && f.Codes != "" {
		name = f.Codes
	}
	list := form.Codes(name)
	if name != "" && len(list) == 0 {
		return &answerError{errors.New("there is no such code list, and no field that has one: panel import referrals --codes names them")}
	}
	return p.screen(func(out *screen.Screen) {
		var rows []screen.Row
		if name != "" {
			for _, c := range list {
				rows = append(rows, cells(c.Code, c.Label))
			}
			out.Table(0, []screen.Column{{Head: "code"}, {Head: "label", Wide: true}}, rows)
			return
		}
		for _, one := range form.CodeLists() {
			if fields := form.CodedBy(one); len(fields) > 0 {
				rows = append(rows, cells(one, text.Number(len(form.Codes(one))), strings.Join(fields, ", ")))
			}
		}
		out.Table(0, []screen.Column{{Head: "list"}, {Head: "codes", Right: true}, {Head: "of", Wide: true}}, rows)
		out.Para(0, 2, screen.Text("panel import referrals --codes LIST prints one with its labels."))
	})
}

// drafting is a spreadsheet of referrals on its way to drafts.
type drafting struct {
	again  bool
	drafts []panel.ReferralID // of each row; empty: it was left out
	before []panel.ReferralID // of each row that was left out, the referral that there is
}

func (d *drafting) bring(ctx context.Context, b *bringing, in io.Reader, db *store.DB) ([]string, error) {
	schools, err := whoRefers(ctx, panel.New(db, panel.Options{}))
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for urn := range schools {
		known[urn] = true
	}
	referrals, err := intake.ReadReferrals(in, panel.Day(time.Now()), known)
	if err != nil {
		return nil, err
	}
	if err := onceIn(ctx, db, b.check, func(tx panel.Tx, s *panel.Service) error {
		return d.draft(ctx, b, tx, s, referrals.List, schools)
	}); err != nil {
		return nil, err
	}
	b.warn(referrals.Warnings)
	return d.said(b, referrals.List), nil
}

func (d *drafting) draft(
	ctx context.Context, b *bringing, tx panel.Tx, s *panel.Service, rows []intake.Referral, schools map[string]panel.Organisation,
) error {
	d.drafts, d.before = make([]panel.ReferralID, len(rows)), make([]panel.ReferralID, len(rows))
	there, err := whatIsThere(tx)
	if err != nil {
		return err
	}
	var wrong refusals
	for i, r := range rows {
		b.bar.at(i, len(rows))
		school := schools[r.URN].ID
		if d.before[i] = there.find(school, r.Form); d.before[i] != "" && !d.again {
			continue
		}
		draft, err := s.Draft(ctx, panel.DraftInput{School: school, Form: r.Form})
		d.drafts[i] = draft.ID
		if err := wrong.see(r.Line, byColumn(err)); err != nil {
			return fmt.Errorf("line %d: %w", r.Line, err)
		}
	}
	return wrong.err()
}

func (d *drafting) said(b *bringing, rows []intake.Referral) []string {
	made, out := 0, []string{}
	for i, r := range rows {
		switch {
		case d.drafts[i] == "":
			out = append(out, fmt.Sprintf("line %d: left out, since its pupil has the referral %s of this school and date; --again makes another", r.Line, d.before[i]))
		case b.check:
			made++
		default:
			made++
			out = append(out, fmt.Sprintf("line %d: referral %s", r.Line, d.drafts[i]))
		}
	}
	first := text.Count(made, "draft", "drafts") + "."
	if left := len(rows) - made; left > 0 {
		first += " " + text.Count(left, "row", "rows") + " left out."
	}
	return append([]string{first}, out...)
}

// whoRefers are the organisations that have a URN, by that.
func whoRefers(ctx context.Context, s *panel.Service) (map[string]panel.Organisation, error) {
	known := map[string]panel.Organisation{}
	organisations, err := s.Organisations(ctx, panel.OrganisationFilter{})
	for _, o := range organisations {
		if o.URN != "" {
			known[o.URN] = o
		}
	}
	return known, err
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
