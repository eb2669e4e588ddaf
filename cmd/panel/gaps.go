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
func (f *aboutPlan) read(p *program) (*matching.Engine, *matching.Plan, error) {
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
	plan, err := e.Plan(context.Background(), matching.PlanOptions{Effort: f.effort})
	return e, plan, err
}

// gaps is the command panel gaps.
func (p *program) gaps() *cobra.Command {
	f := &aboutPlan{}
	cmd := &cobra.Command{
		Use:   "gaps --in SNAPSHOT [--plan PLAN]",
		Short: "Which missing capability kept how many out of a plan",
		Long: "gaps keeps the register for commissioners: each referral that the plan leaves out is in one row, so that\n" +
			"the rows add up.",
		Example: "  panel gaps --in thornmere.json\n  panel gaps --in thornmere.json --plan plan.json --json",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			e, plan, err := f.read(p)
			if err != nil {
				return err
			}
			reg, err := e.Register(plan)
			if err != nil {
				return planError(err)
			}
			if f.asJSON {
				return p.writeJSON(reg)
			}
			return p.report(e, func(r *report.Report) { r.Gaps(reg) })
		},
	}
	f.register(cmd)
	return cmd
}
