package main

import (
	"context"

	"github.com/spf13/cobra"

	"example.org/backontrack/cmd/panel/internal/report"
	"example.org/backontrack/matching"
)

// askEffort bounds the plans that a question compares, all of them together, where
// neither --effort nor --time is given.
const askEffort = 12_000_000

// askFlags are the flags of the commands that ask for several plans.
type askFlags struct {
	searchFlags
	in, plan, referral string
	asJSON             bool
}

// regrets is the command panel regrets.
func (p *program) regrets() *cobra.Command {
	f := &askFlags{}
	cmd := &cobra.Command{
		Use:   "regrets --in SNAPSHOT --referral REFERRAL",
		Short: "Say what each choice for one referral costs the whole agenda, and whom",
		Long: "regrets compares a plan with the best plans in which one referral has another option, or none: how many points\n" +
			"less the agenda as a whole then comes to, and which other referrals are treated differently.\n" +
			"Ctrl-C ends the search: what was found so far is shown, and standard error says so.",
		Example: "  panel regrets --in thornmere.json --referral r01\n" +
			"  panel regrets --in thornmere.json --referral r01 --plan plan.json\n" +
			"  panel regrets --in thornmere.json --referral r01 --time 30s --json",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := notBoth("--in", f.in, "--plan", f.plan); err != nil {
				return err
			}
			return p.asked(cmd, f, p.askRegrets)
		},
	}
	f.register(cmd)
	cmd.Flags().StringVar(&f.referral, "referral", "", "the `REFERRAL` that the choices are for")
	planFlag(cmd, &f.plan, "compare with this plan, instead of a new one")
	_ = cmd.MarkFlagRequired("referral") // fails only for a flag that is not there
	return cmd
}

func (f *askFlags) register(cmd *cobra.Command) {
	inFlag(cmd, &f.in)
	f.searchFlags.register(cmd, askEffort, "nothing is left to prove. All plans share it")
	jsonFlag(cmd, &f.asJSON)
}

// asked asks a question of plans and writes its answer. Ctrl-C, or the time, ends the search.
func (p *program) asked(cmd *cobra.Command, f *askFlags, ask planQuestion) error {
	if err := f.check(cmd); err != nil {
		return err
	}
	e, err := p.engine(f.in)
	if err != nil {
		return err
	}
	o, err := f.options(e)
	if err != nil {
		return err
	}
	ctx, stop := interruptible(cmd.Context())
	defer stop()
	ctx, cancel := f.timed(ctx, 1)
	defer cancel()
	a, err := ask(ctx, e, f, o)
	if err != nil {
		return f.searchError(err)
	}
	p.interrupted(ctx, cmd, "the answer is the best so far")
	return p.write(e, f.asJSON, a)
}

// A planQuestion is answered by several plans with the same options.
type planQuestion func(context.Context, *matching.Engine, *askFlags, matching.PlanOptions) (*answer, error)

func (p *program) askRegrets(ctx context.Context, e *matching.Engine, f *askFlags, o matching.PlanOptions) (*answer, error) {
	id := matching.ReferralID(f.referral)
	if _, err := referrals(e, f.referral); err != nil || f.referral == "" {
		return nil, missing("referral", f.referral)
	}
	planner := e.Planner(f.moves)
	base, err := p.planAtHand(ctx, planner, f, &o)
	if err != nil {
		return nil, err
	}
	regrets, err := planner.Regrets(ctx, base, id, o)
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
	ctx, stop := f.timed(ctx, 3)
	defer stop()
	return planner.Plan(ctx, first)
}
