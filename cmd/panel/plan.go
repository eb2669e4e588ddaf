package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"time"

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
	in, out, aim    string
	effort, moves   int
	limit           time.Duration
	fix, bar, leave []string
	asJSON          bool
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
			if f.limit > 0 && !cmd.Flags().Changed("effort") {
				f.effort = 0 // the clock is bound enough
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
	flags := cmd.Flags()
	flags.IntVar(&f.effort, "effort", defaultEffort, "search for at most `N` steps, which any machine counts alike; 0: until no better plan is possible")
	flags.DurationVar(&f.limit, "time", 0, "search for at most so long, as in 30s or 5m; the answer then depends on the machine")
	flags.IntVar(&f.moves, "moves", 0, "re-seat at most `N` standing placements that are movable")
	flags.StringArrayVar(&f.fix, "fix", nil, "keep to what is decided: `REFERRAL=GROUP`, GROUP/PATTERN or GROUP/PATTERN/FROM, joined by + for a package")
	flags.StringArrayVar(&f.leave, "leave", nil, "leave this `REFERRAL` unplaced")
	flags.StringArrayVar(&f.bar, "bar", nil, "rule out `REFERRAL=GROUP` or GROUP/PATTERN, also within packages")
	flags.StringVar(&f.aim, "aim", "", "what comes before the sum of points: "+strings.Join(aimNames(), ", "))
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
func (f *planFlags) check() error {
	switch {
	case f.effort < 0:
		return errors.New("--effort wants a number of steps from 0")
	case f.limit < 0:
		return errors.New("--time wants a time that is not negative, as in 30s")
	case f.moves < 0:
		return errors.New("--moves wants a number from 0")
	case f.aim != "" && !slices.Contains(aims, matching.PlanAim(f.aim)):
		return fmt.Errorf("--aim wants one of %s", strings.Join(aimNames(), ", "))
	}
	return checkOut(f.out)
}

// interruptible ends a context at the first Ctrl-C; a second one ends the program.
func interruptible(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

func (p *program) runPlan(ctx context.Context, f *planFlags) error {
	if err := f.check(); err != nil {
		return err
	}
	e, err := p.engine(f.in)
	if err != nil {
		return err
	}
	o := matching.PlanOptions{Effort: f.effort, Moves: f.moves, Aim: matching.PlanAim(f.aim)}
	if o.Fixed, o.Barred, err = f.choices(e); err != nil {
		return explainError(err)
	}
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
	if f.limit > 0 {
		var stop context.CancelFunc
		ctx, stop = context.WithTimeout(ctx, f.limit)
		defer stop()
	}
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

// searchError says which decisions of the call are not possible together.
func (f *planFlags) searchError(err error) error {
	if !errors.Is(err, matching.ErrImpossibleChoice) {
		return explainError(err)
	}
	return &answerError{fmt.Errorf("no plan keeps to all of %s", strings.Join(f.asked(), ", "))}
}

// asked are the flags with which a plan differs from that of the snapshot alone.
func (f *planFlags) asked() []string {
	var out []string
	for _, flag := range []struct {
		name   string
		values []string
	}{{"--fix", f.fix}, {"--leave", f.leave}, {"--bar", f.bar}} {
		for _, value := range flag.values {
			out = append(out, flag.name+" "+value)
		}
	}
	if f.moves > 0 {
		out = append(out, fmt.Sprint("--moves ", f.moves))
	}
	if f.aim != "" {
		out = append(out, "--aim "+f.aim)
	}
	return out
}

func (p *program) showPlan(e *matching.Engine, f *planFlags, plan *matching.Plan) error {
	if f.asJSON {
		return p.writeJSON(plan)
	}
	asked := report.Asked{Flags: f.asked()}
	for _, id := range f.leave {
		asked.Left = append(asked.Left, matching.ReferralID(id))
	}
	var failure error
	written := p.report(e, func(r *report.Report) { failure = r.Plan(e, plan, asked) })
	if failure != nil {
		return failure
	}
	return written
}
