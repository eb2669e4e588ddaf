package main

import (
	"github.com/spf13/cobra"

	"example.org/backontrack/cmd/panel/internal/report"
	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/matching"
)

// diffFlags are the flags of panel diff.
type diffFlags struct {
	from, to string
	asJSON   bool
}

// diff is the command panel diff.
func (p *program) diff() *cobra.Command {
	f := &diffFlags{}
	cmd := &cobra.Command{
		Use:   "diff --from PLAN --to PLAN",
		Short: "Say what differs between two plans, referral by referral",
		Long: "diff says who gains a place in the second plan, who loses it, who goes elsewhere, and what that does to the\n" +
			"objective, with figures that add up. The plans may be of different snapshots.",
		Example: "  panel diff --from plan.json --to with-moves.json\n" +
			"  panel diff --from plan.json --to with-moves.json --json\n" +
			"  panel plan --in thornmere.json --fix r01=craft-forge-a --json | panel diff --from plan.json --to -",
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return p.runDiff(f) },
	}
	cmd.Flags().StringVar(&f.from, "from", "", "the first plan: a `FILE` of JSON, or - for standard input")
	cmd.Flags().StringVar(&f.to, "to", "", "the second plan: a `FILE` of JSON, or - for standard input")
	jsonFlag(cmd, &f.asJSON)
	for _, name := range []string{"from", "to"} {
		_ = cmd.MarkFlagRequired(name) // fails only for a flag that is not there
		_ = cmd.MarkFlagFilename(name, "json")
	}
	return cmd
}

func (p *program) runDiff(f *diffFlags) error {
	if err := notBoth("--from", f.from, "--to", f.to); err != nil {
		return err
	}
	from, err := p.readPlan(f.from)
	if err != nil {
		return err
	}
	to, err := p.readPlan(f.to)
	if err != nil {
		return err
	}
	d := matching.DiffPlans(from, to)
	if f.asJSON {
		return p.writeJSON(d)
	}
	s := screen.New(p.stdout)
	report.PlanDiff(s, from, to, d)
	if err := s.Flush(); err != nil {
		return &writeError{err}
	}
	return nil
}
