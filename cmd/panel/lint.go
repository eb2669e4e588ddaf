package main

import (
	"github.com/spf13/cobra"

	"example.org/backontrack/cmd/panel/internal/report"
	"example.org/backontrack/matching"
	"example.org/backontrack/matching/lint"
)

// lint is the command panel lint.
func (p *program) lint() *cobra.Command {
	var in string
	var all, asJSON bool
	cmd := &cobra.Command{
		Use:   "lint --in SNAPSHOT",
		Short: "Look for what is probably wrong with a snapshot or its policy",
		Long: "lint looks for what the format allows and a panel would want to know before it meets: referrals without\n" +
			"any option, deadlines that are lost already, pupils who can't all be kept apart, standing placements that break\n" +
			"a rule, criteria that no group meets, rules that never bind. The exit status is 0 whatever is found.",
		Example: "  panel lint --in thornmere.json\n" +
			"  panel lint --in thornmere.json --all\n" +
			"  panel demo --snapshot | panel lint --in - --json > findings.json",
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			e, err := p.engine(in)
			if err != nil {
				return err
			}
			findings := lint.Snapshot(e)
			if asJSON {
				return p.lintJSON(e, findings)
			}
			return p.report(e, func(r *report.Report) { r.Findings(findings, all) })
		},
	}
	inFlag(cmd, &in)
	cmd.Flags().BoolVar(&all, "all", false, "tell every finding of a kind, not only the first few")
	jsonFlag(cmd, &asJSON)
	return cmd
}

func (p *program) lintJSON(e *matching.Engine, findings []lint.Finding) error {
	hash, err := e.Hash()
	if err != nil {
		return err
	}
	list, err := newList(p.stdout, "findings", [2]string{"snapshot", hash}, [2]string{"engine", matching.Version})
	if err != nil {
		return err
	}
	for i := range findings {
		if err := list.add(&findings[i]); err != nil {
			return err
		}
	}
	return list.close()
}
