package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/matching"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/intake"
	"example.org/backontrack/panel/store"
)

// importing is the command panel import.
func (p *program) importing() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import",
		Short: "Bring in schools, provisions, groups, school years and referrals",
		Long: "import reads a file and stores all of it, or nothing: whatever is wrong with it is told at once, by line and\n" +
			"column, and never repeated. With --check it stores nothing in any case. A first start goes in this order:\n" +
			"schools, provisions, outcodes, years, groups, referrals.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(p.importRegister("schools"), p.importRegister("provisions"), p.importOutcodes(), p.importYears(), p.importGroups(), p.importReferrals())
	return cmd
}

func checkFlag(cmd *cobra.Command, check *bool) {
	cmd.Flags().BoolVar(check, "check", false, "say what would come of it, and store nothing")
}

// bringing is an import under way.
type bringing struct {
	p     *program
	name  string // of the file
	check bool
	bar   *progress
}

// bring reads a file, and stores what read makes of it in one transaction.
func (p *program) bring(
	cmd *cobra.Command, file string, check bool, work func(ctx context.Context, b *bringing, in io.Reader, db *store.DB) ([]string, error),
) error {
	name, in, err := p.open(file)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }() // it was only read
	return p.with(cmd, store.Options{}, func(ctx context.Context, db *store.DB) error {
		b := &bringing{p: p, name: name, check: check, bar: newProgress(p.stderr, "Storing")}
		said, err := work(ctx, b, in, db)
		b.bar.end()
		if err != nil {
			return unfit(name, err)
		}
		if check {
			said = append(said, "Nothing was stored: this was a check.")
		}
		return p.say(said...)
	})
}

// unfit says what is wrong with a file.
func unfit(name string, err error) error {
	if faults, ok := errors.AsType[matching.Faults](err); ok {
		return &faultsError{name, faults}
	}
	faults, ok := errors.AsType[intake.Faults](err)
	if !ok {
		return err
	}
	out := &refusal{status: wrong, err: errors.New(text.Count(len(faults), "fault", "faults") + " in " + name + ": nothing was stored")}
	for _, f := range faults {
		out.lines = append(out.lines, f.Error())
	}
	return out
}

// refusals gathers what the service says of one row after the other.
type refusals struct {
	faults  intake.Faults
	columns map[string]string // of the pointers of a noun
}

// see keeps what is wrong with a row; another error ends the import.
func (r *refusals) see(line int, err error) error {
	refused, ok := errors.AsType[*panel.Error](err)
	switch {
	case err == nil:
		return nil
	case !ok || refused.Kind != panel.Invalid:
		return err
	}
	for _, f := range refused.Faults {
		column, known := r.columns[f.Pointer]
		if !known {
			column = f.Pointer
		}
		r.faults = append(r.faults, intake.Fault{Line: line, Column: column, Code: f.Code, Expected: f.Detail})
	}
	return nil
}

func (r *refusals) err() error {
	if len(r.faults) == 0 {
		return nil
	}
	return r.faults
}

// importOutcodes is the command panel import outcodes.
func (p *program) importOutcodes() *cobra.Command {
	var check bool
	cmd := &cobra.Command{
		Use:   "outcodes FILE",
		Short: "Bring in where outcodes are, to estimate journeys by",
		Long: "outcodes reads a table with the columns outcode, latitude and longitude, in degrees; others are ignored.\n" +
			"A pupil's journey is estimated from the middle of the outcode, so that no snapshot says in which house a child lives.",
		Example: "  panel import outcodes outcodes.csv",
		Args:    exactly(1, "the FILE with the outcodes, or - for standard input"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.bring(cmd, args[0], check, func(ctx context.Context, b *bringing, in io.Reader, db *store.DB) ([]string, error) {
				list, err := intake.ReadOutcodes(in)
				if err != nil {
					return nil, err
				}
				return []string{fmt.Sprintf("Outcodes: %s.", text.Number(len(list)))}, once(ctx, db, b.check, func(s *panel.Service) error {
					_, err := s.SaveOutcodes(ctx, list)
					return err
				})
			})
		},
	}
	checkFlag(cmd, &check)
	return cmd
}

// importYears is the command panel import years.
func (p *program) importYears() *cobra.Command {
	var check bool
	cmd := &cobra.Command{
		Use:   "years FILE",
		Short: "Bring in school years: terms, half-terms and other closures",
		Long: "years reads a list of school years as JSON. Each has authority, name, terms, closures and bank_holidays, the\n" +
			"last three as lists of name, from and to. Ordinary bank holidays are known. A year of a name that is recorded\n" +
			"already takes its place.",
		Example: "  panel import years years.json",
		Args:    exactly(1, "the FILE with the school years, or - for standard input"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.bring(cmd, args[0], check, func(ctx context.Context, b *bringing, in io.Reader, db *store.DB) ([]string, error) {
				years, err := intake.ReadYears(in)
				if err != nil {
					return nil, err
				}
				return []string{fmt.Sprintf("School years: %d.", len(years))}, once(ctx, db, b.check, func(s *panel.Service) error {
					var wrong refusals
					for i, y := range years {
						before := len(wrong.faults)
						_, err := s.RecordYear(ctx, y)
						if err := wrong.see(0, err); err != nil {
							return err
						}
						for j := range wrong.faults[before:] {
							wrong.faults[before+j].Column = fmt.Sprintf("/%d%s", i, wrong.faults[before+j].Column)
						}
					}
					return wrong.err()
				})
			})
		},
	}
	checkFlag(cmd, &check)
	return cmd
}
