package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"example.org/backontrack/cmd/panel/internal/report"
	"example.org/backontrack/matching"
)

// aboutPlan are those of a command that asks about a plan: one that is given, or one that it makes.
type aboutPlan struct {
	in, plan string
	effort   int
	asJSON   bool
}

func (f *aboutPlan) register(cmd *cobra.Command) {
	inFlag(cmd, &f.in)
	planFlag(cmd, &f.plan, "about this plan, instead of a new one")
	effortFlag(cmd, &f.effort)
	jsonFlag(cmd, &f.asJSON)
}

// read reads the snapshot, and reads or makes the plan.
func (f *aboutPlan) read(ctx context.Context, p *program) (*matching.Engine, *matching.Plan, error) {
	if f.effort < 0 {
		return nil, nil, errors.New("--effort wants a number from 0")
	}
	if err := notBoth("--in", f.in, "--plan", f.plan); err != nil {
		return nil, nil, err
	}
	e, err := p.engine(f.in)
	if err != nil {
		return nil, nil, err
	}
	if f.plan != "" {
		plan, err := p.readPlan(f.plan)
		return e, plan, err
	}
	plan, err := e.Plan(ctx, matching.PlanOptions{Effort: f.effort})
	return e, plan, err
}

// gaps is the command panel gaps.
func (p *program) gaps() *cobra.Command {
	f := &aboutPlan{}
	cmd := &cobra.Command{
		Use:   "gaps --in SNAPSHOT [--plan PLAN]",
		Short: "Which missing capability kept how many out of a plan",
		Long: "gaps keeps the register for commissioners: each referral that the plan leaves out is in one row, so that\n" +
			"the rows add up.\n" +
			"Ctrl-C ends the search for a plan: the register is then that of the best plan so far, and standard error says so.",
		Example: "  panel gaps --in thornmere.json\n  panel gaps --in thornmere.json --plan plan.json --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := interruptible(cmd.Context())
			defer stop()
			e, plan, err := f.read(ctx, p)
			if err != nil {
				return err
			}
			reg, err := e.Register(plan)
			if err != nil {
				return planError(err)
			}
			p.interrupted(ctx, cmd, "the register is that of the best plan so far")
			return p.write(e, f.asJSON, &answer{reg, func(r *report.Report) error {
				r.Gaps(reg)
				return nil
			}})
		},
	}
	f.register(cmd)
	return cmd
}
