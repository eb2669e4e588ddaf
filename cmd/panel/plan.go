package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"example.org/backontrack/cmd/panel/internal/report"
	"example.org/backontrack/matching"
)

// defaultEffort bounds a plan where neither --effort nor --time is given, so that
// the answer does not depend on the machine.
const defaultEffort = 20_000_000

// aims are the values of --aim.
var aims = []matching.PlanAim{
	matching.MostPlaced, matching.LeastRisk, matching.ShortestJourneys, matching.FewestMoves, matching.MostRoom,
}

// planFlags are the flags of panel plan.
type planFlags struct {
	searchFlags
	in, out, aim string
	asJSON       bool
}

const planExample = `  panel plan --in thornmere.json
  panel plan --in thornmere.json --out plan.json
  panel plan --in thornmere.json --time 30s
  panel plan --in thornmere.json --moves 3
  panel plan --in thornmere.json --fix r01=craft-kiln-a --leave r05 --bar r07=west-ks4
  panel plan --in thornmere.json --fix r01=craft-forge-a/wed/2026-11-25
  panel demo --snapshot | panel plan --in - --json > plan.json`

// plan is the command panel plan.
func (p *program) plan() *cobra.Command {
	f := &planFlags{}
	cmd := &cobra.Command{
		Use:   "plan --in SNAPSHOT",
		Short: "Place the whole agenda at once, as well as the groups allow",
		Long: "plan gives each referral at most one option, so that every rule holds for all of them together, and the sum of\n" +
			"priorities, scores and company is as high as can be found. It says how much better a plan could still be.\n" +
			"Ctrl-C ends the search: the best plan so far is shown.",
		Example: planExample,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := f.check(cmd); err != nil {
				return err
			}
			ctx, stop := interruptible(cmd.Context())
			defer stop()
			return p.runPlan(ctx, f)
		},
	}
	f.register(cmd)
	return cmd
}

func (f *planFlags) register(cmd *cobra.Command) {
	inFlag(cmd, &f.in)
	f.searchFlags.register(cmd, defaultEffort, "no better plan is possible")
	flags := cmd.Flags()
	flags.StringVar(&f.aim, "aim", "", "what counts beside the sum of points: "+strings.Join(aimNames(), ", "))
	flags.StringVar(&f.out, "out", "", "write the plan's JSON to this `FILE` too")
	jsonFlag(cmd, &f.asJSON)
	_ = cmd.MarkFlagFilename("out", "json") // fails only for a flag that is not there
	_ = cmd.RegisterFlagCompletionFunc("aim", cobra.FixedCompletions(aimNames(), cobra.ShellCompDirectiveNoFileComp))
}

func aimNames() []string {
	names := make([]string, len(aims))
	for i, aim := range aims {
		names[i] = string(aim)
	}
	return names
}

// check finds what is wrong with the call itself.
func (f *planFlags) check(cmd *cobra.Command) error {
	if err := f.searchFlags.check(cmd); err != nil {
		return err
	}
	if f.aim != "" && !slices.Contains(aims, matching.PlanAim(f.aim)) {
		return fmt.Errorf("--aim wants one of %s", strings.Join(aimNames(), ", "))
	}
	return checkOut(f.out)
}

func (p *program) runPlan(ctx context.Context, f *planFlags) error {
	e, err := p.engine(f.in)
	if err != nil {
		return err
	}
	o, err := f.options(e)
	if err != nil {
		return err
	}
	o.Aim = matching.PlanAim(f.aim)
	plan, err := p.search(ctx, e, f, o)
	if err != nil {
		return f.searchError(err)
	}
	var kept error
	if f.out != "" {
		kept = keep(f.out, plan)
	}
	if err := p.showPlan(e, f, plan); err != nil {
		return err
	}
	return kept
}

// search plans, within the time if there is a limit, and says how it goes.
func (p *program) search(ctx context.Context, e *matching.Engine, f *planFlags, o matching.PlanOptions) (*matching.Plan, error) {
	ctx, stop := f.timed(ctx, 1)
	defer stop()
	progress := newPlanProgress(p.stderr)
	o.Progress = progress.at
	plan, err := e.Plan(ctx, o)
	elapsed := progress.end()
	if err != nil {
		return nil, err
	}
	if ctx.Err() != nil || f.limit > 0 && f.effort == 0 {
		plan.Effort.Milliseconds = max(1, elapsed.Milliseconds())
	}
	return plan, nil
}

// asked are the flags with which the plan differs from that of the snapshot alone.
func (f *planFlags) asked() []string {
	out := f.searchFlags.asked()
	if f.aim != "" {
		out = append(out, "--aim "+f.aim)
	}
	return out
}

func (p *program) showPlan(e *matching.Engine, f *planFlags, plan *matching.Plan) error {
	asked := report.Asked{Flags: f.asked()}
	for _, id := range f.leave {
		asked.Left = append(asked.Left, matching.ReferralID(id))
	}
	return p.write(e, f.asJSON, &answer{plan, func(r *report.Report) error { return r.Plan(e, plan, asked) }})
}
