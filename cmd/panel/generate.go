package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"example.org/backontrack/matching/generate"
)

// generateFlags are the flags of panel generate.
type generateFlags struct {
	referrals, groups, placements int
	seed                          uint64
	establishments, out           string
}

// generate is the command panel generate.
func (p *program) generate() *cobra.Command {
	f := &generateFlags{}
	cmd := &cobra.Command{
		Use:   "generate --referrals N --groups M --seed S",
		Short: "Write a realistic snapshot of any size, of synthetic pupils only",
		Long: "generate writes a snapshot whose pupils follow national tables. The same numbers and seed give the same bytes.\n" +
			"The national size is 25,000 referrals, 3,000 groups and 45,000 placements.",
		Example: "  panel generate --referrals 60 --groups 25 --seed 1 > small.json\n" +
			"  panel generate --referrals 1000 --groups 300 --seed 7 --out county.json\n" +
			"  panel generate --referrals 25000 --groups 3000 --placements 45000 --seed 1 --establishments ap.csv --out england.json",
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return p.runGenerate(f) },
	}
	flags := cmd.Flags()
	flags.IntVar(&f.referrals, "referrals", 0, "how many open referrals, `N`")
	flags.IntVar(&f.groups, "groups", 0, "how many groups, `M`")
	flags.IntVar(&f.placements, "placements", 0, "how many standing placements, `P`; 0: 15 for each group")
	flags.Uint64Var(&f.seed, "seed", 1, "another seed `S`, another snapshot")
	flags.StringVar(&f.establishments, "establishments", "", "a CSV `FILE` of real places where groups may meet")
	flags.StringVar(&f.out, "out", "", "the `FILE` to write; else standard output")
	for _, name := range []string{"referrals", "groups"} {
		_ = cmd.MarkFlagRequired(name) // fails only for a flag that is not there
	}
	_ = cmd.MarkFlagFilename("establishments", "csv")
	_ = cmd.MarkFlagFilename("out", "json")
	return cmd
}

func (p *program) runGenerate(f *generateFlags) error {
	o := generate.Options{Referrals: f.referrals, Groups: f.groups, Placements: f.placements, Seed: f.seed}
	if f.establishments != "" {
		name, r, err := p.open(f.establishments)
		if err != nil {
			return err
		}
		defer func() { _ = r.Close() }() // it was only read
		if o.Establishments, err = generate.ReadEstablishments(r); err != nil {
			return &answerError{fmt.Errorf("%s: %w", name, err)}
		}
	}
	progress := newProgress(p.stderr, "groups, placements and referrals")
	o.Progress = progress.at
	s, err := generate.Snapshot(o)
	progress.end()
	if err != nil {
		return &answerError{errors.New(strings.ReplaceAll(err.Error(), "generate: ", ""))} // the command says that
	}
	if f.out == "" {
		return p.writeJSON(s)
	}
	return p.writeFile(f.out, s)
}

// writeFile writes an answer to a file.
func (p *program) writeFile(name string, answer any) error {
	encoded, err := encode(answer, "")
	if err != nil {
		return err
	}
	if err := os.WriteFile(name, append(encoded, '\n'), 0o644); err != nil {
		return &answerError{err}
	}
	return nil
}
