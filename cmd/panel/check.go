package main

import (
	"errors"
	"syscall"

	"github.com/spf13/cobra"

	"example.org/backontrack/cmd/panel/internal/report"
	"example.org/backontrack/matching/verify"
)

// errBroken says that a plan does not hold. The report has said why.
var errBroken = errors.New("the plan does not hold")

// checkFlags are the flags of panel check.
type checkFlags struct {
	in, plan string
	moves    int
	asJSON   bool
}

// anyMoves is what --moves means when it is not given.
const anyMoves = -1

// check is the command panel check.
func (p *program) check() *cobra.Command {
	f := &checkFlags{}
	cmd := &cobra.Command{
		Use:   "check --in SNAPSHOT --plan PLAN",
		Short: "Check a plan: every hard rule, and every figure recomputed",
		Long: "check holds a plan against its snapshot, by code that shares nothing with what made the plan: every\n" +
			"violation of a hard rule, and every figure that does not hold. Exit status 3 if there is any.",
		Example: "  panel check --in thornmere.json --plan plan.json\n" +
			"  panel check --in thornmere.json --plan plan.json --moves 2\n" +
			"  panel check --in thornmere.json --plan - --json < plan.json",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if cmd.Flags().Changed("moves") && f.moves < 0 {
				return errors.New("--moves wants a number from 0")
			}
			if err := notBoth("--in", f.in, "--plan", f.plan); err != nil {
				return err
			}
			return p.runCheck(f)
		},
	}
	inFlag(cmd, &f.in)
	planFlag(cmd, &f.plan, "the plan")
	_ = cmd.MarkFlagRequired("plan") // fails only for a flag that is not there
	cmd.Flags().IntVar(&f.moves, "moves", anyMoves, "hold the plan to at most `N` moves (any number, if not given)")
	cmd.Flags().Lookup("moves").DefValue = "" // -1 would need explaining
	jsonFlag(cmd, &f.asJSON)
	return cmd
}

func (p *program) runCheck(f *checkFlags) error {
	e, err := p.engine(f.in) // for the words of the report; what is checked is the snapshot
	if err != nil {
		return err
	}
	plan, err := p.readPlan(f.plan)
	if err != nil {
		return err
	}
	var bounds []verify.Option
	if f.moves != anyMoves {
		bounds = append(bounds, verify.MostMoves(f.moves))
	}
	found, err := verify.Plan(e.Snapshot(), plan, bounds...)
	if err != nil {
		return &answerError{err}
	}
	if f.asJSON {
		err = p.writeJSON(found)
	} else {
		err = p.report(e, func(r *report.Report) { r.Check(plan, found) })
	}
	if !found.OK && (err == nil || errors.Is(err, syscall.EPIPE)) {
		return errBroken // even to whoever has read enough
	}
	return err
}
