package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"example.org/backontrack/matching"
)

// searchFlags bound the search for plans, and say what all of them keep to.
type searchFlags struct {
	effort, moves   int
	limit           time.Duration
	fix, bar, leave []string
}

// register adds the flags, with the effort that is spent where neither --effort nor --time is given.
func (f *searchFlags) register(cmd *cobra.Command, effort int, end string) {
	flags := cmd.Flags()
	flags.IntVar(&f.effort, "effort", effort, "search for at most `N` steps, which any machine counts alike; 0: until "+end)
	flags.DurationVar(&f.limit, "time", 0, "search for at most so long, as in 30s or 5m; the answer then depends on the machine")
	flags.IntVar(&f.moves, "moves", 0, "re-seat at most `N` standing placements that are movable")
	flags.StringArrayVar(&f.fix, "fix", nil, "keep to what is decided: `REFERRAL=GROUP`, GROUP/PATTERN or GROUP/PATTERN/FROM, joined by + for a package")
	flags.StringArrayVar(&f.leave, "leave", nil, "leave this `REFERRAL` unplaced")
	flags.StringArrayVar(&f.bar, "bar", nil, "rule out `REFERRAL=GROUP` or GROUP/PATTERN, also within packages")
}

// check finds what is wrong with the flags. A time without --effort is bound enough.
func (f *searchFlags) check(cmd *cobra.Command) error {
	switch {
	case f.effort < 0:
		return errors.New("--effort wants a number of steps from 0")
	case f.limit < 0, f.limit == 0 && cmd.Flags().Changed("time"):
		return errors.New("--time wants a time above 0, as in 30s")
	case f.moves < 0:
		return errors.New("--moves wants a number from 0")
	}
	if f.limit > 0 && !cmd.Flags().Changed("effort") {
		f.effort = 0
	}
	return nil
}

// options are what plans of an engine keep to.
func (f *searchFlags) options(e *matching.Engine) (matching.PlanOptions, error) {
	fixed, barred, err := f.choices(e)
	if err != nil {
		return matching.PlanOptions{}, explainError(err)
	}
	return matching.PlanOptions{Effort: f.effort, Moves: f.moves, Fixed: fixed, Barred: barred}, nil
}

// timed ends a context after the time, or a part of it, if there is a limit.
func (f *searchFlags) timed(ctx context.Context, parts time.Duration) (context.Context, context.CancelFunc) {
	if f.limit == 0 {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, f.limit/parts)
}

// interruptible ends a context at the first Ctrl-C; a second one ends the program.
func interruptible(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// errInterrupted says that Ctrl-C came before there was anything to answer.
var errInterrupted = errors.New("interrupted: nothing was answered")

// interrupted says on standard error that Ctrl-C ended the work, if it did, and what the answer then is.
func (p *program) interrupted(ctx context.Context, cmd *cobra.Command, what string) {
	if errors.Is(ctx.Err(), context.Canceled) {
		p.complain(cmd.CommandPath() + ": interrupted: " + what)
	}
}

// asked are the flags with which a plan differs from that of the snapshot alone.
func (f *searchFlags) asked() []string {
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
	return out
}

// searchError says which decisions of the call are not possible together.
func (f *searchFlags) searchError(err error) error {
	if !errors.Is(err, matching.ErrImpossibleChoice) {
		return planError(err)
	}
	return &answerError{fmt.Errorf("no plan keeps to all of %s", strings.Join(f.asked(), ", "))}
}

// planError says what is wrong with a plan that was given.
func planError(err error) error {
	if errors.Is(err, matching.ErrForeignPlan) {
		return &answerError{errors.New("the plan is not of this snapshot, does not hold (see panel check), or does not keep to what is fixed")}
	}
	return explainError(err)
}
