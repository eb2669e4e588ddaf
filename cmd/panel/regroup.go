package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"example.org/backontrack/cmd/panel/internal/report"
	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// questionEffort bounds plans that are made to answer a question: seconds, not minutes.
const questionEffort = 1_000_000

// effortFlag adds --effort to a command that plans in order to answer something.
func effortFlag(cmd *cobra.Command, effort *int) {
	cmd.Flags().IntVar(effort, "effort", questionEffort, "plan with so much work at most, `N`; 0: until it is proven")
}

// regroupFlags are the flags of panel regroup.
type regroupFlags struct {
	in, provision, from string
	moves, effort       int
	onlyMovable, asJSON bool
}

// regroup is the command panel regroup.
func (p *program) regroup() *cobra.Command {
	f := &regroupFlags{}
	cmd := &cobra.Command{
		Use:   "regroup --in SNAPSHOT --provision PROVISION",
		Short: "Re-seat the pupils of one provision: as few moves as mend what is wrong",
		Long: "regroup looks at the pupils who stand in one provision: which rules their groups break, and which fewest moves\n" +
			"among its groups mend that. Of the re-seatings with the fewest moves it takes those that change the fewest sessions\n" +
			"a week, and only of these the one with the best company. With --moves it also moves pupils for company alone: then\n" +
			"company counts less what the policy takes for each move and each session.\n" +
			"Ctrl-C ends the search: the best so far is shown, and standard error says so.",
		Example: "  panel regroup --in thornmere.json --provision craft\n" +
			"  panel regroup --in thornmere.json --provision craft --from 2027-01-04 --moves 3 --json",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.runRegroup(cmd, f) },
	}
	inFlag(cmd, &f.in)
	flags := cmd.Flags()
	flags.StringVar(&f.provision, "provision", "", "the `PROVISION` whose pupils may change groups")
	_ = cmd.MarkFlagRequired("provision") // fails only for a flag that is not there
	flags.StringVar(&f.from, "from", "", "the `DATE` of the moves, as 2027-01-04 (the day of the snapshot, if not given)")
	flags.IntVar(&f.moves, "moves", 0, "at most `N` moves, each worth the policy's move_cost; 0: only what has to be mended")
	flags.BoolVar(&f.onlyMovable, "only-movable", false, "leave placements alone that are not marked movable")
	effortFlag(cmd, &f.effort)
	jsonFlag(cmd, &f.asJSON)
	return cmd
}

func (p *program) runRegroup(cmd *cobra.Command, f *regroupFlags) error {
	if f.moves < 0 || f.effort < 0 {
		return errors.New("--moves and --effort want a number from 0")
	}
	o := matching.RegroupOptions{
		Provision: matching.ProvisionID(f.provision), Moves: f.moves, OnlyMovable: f.onlyMovable, Effort: f.effort,
	}
	if f.from != "" {
		from, err := calendar.ParseDate(f.from)
		if err != nil {
			return fmt.Errorf("--from wants a date, as 2027-01-04")
		}
		o.From = from
	}
	e, err := p.engine(f.in)
	if err != nil {
		return err
	}
	ctx, stop := interruptible(cmd.Context())
	defer stop()
	g, err := e.Regroup(ctx, o)
	if errors.Is(err, matching.ErrRegroupDate) {
		return &answerError{errors.New("--from is not between the snapshot's as_of and horizon")}
	}
	if err != nil {
		return explainError(err)
	}
	p.interrupted(ctx, cmd, "the re-seating is the best so far")
	return p.write(e, f.asJSON, &answer{g, func(r *report.Report) error {
		r.Regrouping(g, f.moves)
		return nil
	}})
}
