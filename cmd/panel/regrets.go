package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"time"

	"github.com/spf13/cobra"

	"example.org/backontrack/cmd/panel/internal/report"
	"example.org/backontrack/matching"
)

// askEffort bounds the plans that a question compares, all of them together, where
// neither --effort nor --time is given.
const askEffort = 12_000_000

// askFlags are the flags of the commands that ask for several plans.
type askFlags struct {
	in, plan, referral string
	effort, moves      int
	limit              time.Duration
	asJSON             bool
}

// regrets is the command panel regrets.
func (p *program) regrets() *cobra.Command {
	f := &askFlags{}
	cmd := &cobra.Command{
		Use:   "regrets --in SNAPSHOT --referral REFERRAL",
		Short: "Say what each choice for one referral costs the whole agenda, and whom",
		Long: "regrets compares a plan with the best plans in which one referral has another option, or none: how many points\n" +
			"less the agenda as a whole then comes to, and which other referrals are treated differently.",
		Example: "  panel regrets --in thornmere.json --referral r01\n" +
			"  panel regrets --in thornmere.json --referral r01 --plan plan.json\n" +
			"  panel regrets --in thornmere.json --referral r01 --time 30s --json",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f.in == "-" && f.plan == "-" {
				return errors.New("--in and --plan can't both read standard input")
			}
			return p.asked(cmd, f, p.askRegrets)
		},
	}
	f.register(cmd)
	cmd.Flags().StringVar(&f.referral, "referral", "", "the `REFERRAL` that the choices are for")
	cmd.Flags().StringVar(&f.plan, "plan", "", "compare with this plan: a `FILE` of JSON, or - for standard input; else one is made")
	_ = cmd.MarkFlagRequired("referral") // fails only for a flag that is not there
	_ = cmd.MarkFlagFilename("plan", "json")
	return cmd
}

func (f *askFlags) register(cmd *cobra.Command) {
	inFlag(cmd, &f.in)
	flags := cmd.Flags()
	flags.IntVar(&f.effort, "effort", askEffort, "search for at most `N` steps, for all plans together; 0: until nothing is left to prove")
	flags.DurationVar(&f.limit, "time", 0, "search for at most so long, as in 30s or 5m; the answer then depends on the machine")
	flags.IntVar(&f.moves, "moves", 0, "re-seat at most `N` standing placements that are movable")
	jsonFlag(cmd, &f.asJSON)
}

// asked asks a question of plans and writes its answer. Ctrl-C, or the time, ends the search.
func (p *program) asked(cmd *cobra.Command, f *askFlags, ask func(context.Context, *matching.Engine, *askFlags) (*answer, error)) error {
	switch {
	case f.effort < 0:
		return errors.New("--effort wants a number of steps from 0")
	case f.limit < 0:
		return errors.New("--time wants a time that is not negative, as in 30s")
	case f.moves < 0:
		return errors.New("--moves wants a number from 0")
	}
	if f.limit > 0 && !cmd.Flags().Changed("effort") {
		f.effort = 0 // the clock is bound enough
	}
	e, err := p.engine(f.in)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program
	if f.limit > 0 {
		timed, cancel := context.WithTimeout(ctx, f.limit)
		defer cancel()
		ctx = timed
	}
	a, err := ask(ctx, e, f)
	if err != nil {
		return explainError(err)
	}
	if f.asJSON {
		return p.writeJSON(a.json)
	}
	var failure error
	written := p.report(e, func(r *report.Report) { failure = a.text(r) })
	if failure != nil {
		return failure
	}
	return written
}

func (p *program) askRegrets(ctx context.Context, e *matching.Engine, f *askFlags) (*answer, error) {
	id := matching.ReferralID(f.referral)
	if _, err := referrals(e, f.referral); err != nil || f.referral == "" {
		return nil, missing("referral", f.referral)
	}
	o := matching.PlanOptions{Effort: f.effort, Moves: f.moves}
	planner := e.Planner(f.moves)
	base, err := p.planAtHand(ctx, planner, f, &o)
	if err != nil {
		return nil, err
	}
	regrets, err := planner.Regrets(ctx, base, id, o)
	if errors.Is(err, matching.ErrForeignPlan) {
		return nil, &answerError{errors.New("the plan is not of this snapshot, or does not hold: see panel check")}
	}
	if err != nil {
		return nil, err
	}
	return &answer{regrets, func(r *report.Report) error {
		r.Referral(id)
		r.Regrets(regrets)
		return nil
	}}, nil
}

// planAtHand reads the plan, or makes one with a third of the effort, or of the time.
func (p *program) planAtHand(ctx context.Context, planner *matching.Planner, f *askFlags, o *matching.PlanOptions) (*matching.Plan, error) {
	if f.plan != "" {
		return p.readPlan(f.plan)
	}
	first := *o
	if o.Effort > 0 {
		first.Effort = max(o.Effort/3, 1)
		o.Effort = max(o.Effort-first.Effort, 1)
	}
	if f.limit > 0 {
		timed, cancel := context.WithTimeout(ctx, f.limit/3)
		defer cancel()
		ctx = timed
	}
	return planner.Plan(ctx, first)
}
