package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"example.org/backontrack/cmd/panel/internal/report"
	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// worthAnswer is what panel worth --json writes.
type worthAnswer struct {
	Objective int              `json:"objective"` // of the plan that all is compared with
	Bound     int              `json:"bound"`
	Worth     []matching.Worth `json:"worth"`
}

// worth is the command panel worth.
func (p *program) worth() *cobra.Command {
	f := &aboutPlan{}
	var asked []string
	cmd := &cobra.Command{
		Use:   "worth --in SNAPSHOT [--plan PLAN] [--of WHAT]...",
		Short: "What one more place, adult time or other times would be worth",
		Long: "worth plans again with each change by itself, and compares. Without --of it asks about the groups at which\n" +
			"nothing but places, adults or times keeps someone out. --of is one of\n" +
			"  places:GROUP[:N]      N more places (1)\n" +
			"  adults:GROUP[:N]      N thousandths of an adult more (500)\n" +
			"  floating:SITE[:N]     N thousandths of an adult for any group of a site (500)\n" +
			"  timetable:GROUP       a second such group at other sessions, which have to follow\n" +
			"  waive:RULE            if nobody were refused for a rule: a hypothesis, never a proposal\n" +
			"each but the last with @SESSION,… at the end for those sessions only.\n" +
			"Ctrl-C ends it: what was compared until then is shown, and standard error says how much that is. With nothing\n" +
			"compared there is no answer, and the exit status is 1.",
		Example: "  panel worth --in thornmere.json\n" +
			"  panel worth --in thornmere.json --of places:west-ks4 --of adults:west-ks4:500@wed-pm\n" +
			"  panel worth --in thornmere.json --plan plan.json --of waive:rival_areas --json",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.runWorth(cmd, f, asked) },
	}
	f.register(cmd)
	cmd.Flags().StringArrayVar(&asked, "of", nil, "of `WHAT`: see above; may be given again")
	return cmd
}

func (p *program) runWorth(cmd *cobra.Command, f *aboutPlan, asked []string) error {
	changes := make([]matching.Investment, len(asked))
	for i, what := range asked {
		change, err := investment(what)
		if err != nil {
			return err
		}
		changes[i] = change
	}
	ctx, stop := interruptible(cmd.Context())
	defer stop()
	e, plan, err := f.read(ctx, p)
	if err != nil {
		return err
	}
	if len(asked) == 0 {
		if changes, err = e.Investments(plan); err != nil {
			return planError(err)
		}
	}
	list, err := p.compare(ctx, e, plan, changes, f.effort)
	if wrong := len(list); errors.Is(err, matching.ErrInvestment) && len(asked) > 0 {
		return &answerError{fmt.Errorf("--of %s: no such thing in the snapshot, no limit that could be raised, or sessions that do not fit", asked[wrong])}
	}
	if err != nil {
		return planError(err)
	}
	if len(list) == 0 && len(changes) > 0 {
		return errInterrupted
	}
	p.interrupted(ctx, cmd, fmt.Sprintf("%d of %d changes were compared, the last perhaps less closely", len(list), len(changes)))
	return p.write(e, f.asJSON, &answer{worthAnswer{plan.Objective, plan.Bound, list}, func(r *report.Report) error {
		r.Worth(plan, list)
		return nil
	}})
}

// compare says what each change is worth, up to the first that fails or to the end of the context.
func (p *program) compare(
	ctx context.Context, e *matching.Engine, plan *matching.Plan, changes []matching.Investment, effort int,
) ([]matching.Worth, error) {
	progress := newProgress(p.stderr, "changes")
	defer progress.end()
	list := []matching.Worth{}
	for i := range changes {
		if ctx.Err() != nil {
			break
		}
		more, err := e.Worth(ctx, plan, changes[i:i+1], matching.PlanOptions{Effort: effort})
		if err != nil {
			return list, err
		}
		list = append(list, more...)
		progress.at(i+1, len(changes))
	}
	return list, nil
}

// investment reads one --of.
func investment(what string) (matching.Investment, error) {
	name, sessions, timed := strings.Cut(what, "@")
	fields := strings.Split(name, ":")
	i := matching.Investment{Kind: matching.InvestmentKind(fields[0])}
	wrong := fmt.Errorf("--of wants places:GROUP, adults:GROUP, floating:SITE, timetable:GROUP@SESSIONS or waive:RULE, not %q", what)
	if len(fields) < 2 || len(fields) > 3 || fields[1] == "" {
		return i, wrong
	}
	switch fields[0] {
	case "places", "adults", "timetable":
		i.Group = matching.GroupID(fields[1])
	case "floating":
		i.Kind, i.Site = matching.MoreAdults, matching.SiteID(fields[1])
	case "waive":
		i.Rule = matching.Code(fields[1])
	default:
		return i, wrong
	}
	counted := fields[0] != "waive" && fields[0] != "timetable"
	if timed && i.Rule != "" || !timed && fields[0] == "timetable" || len(fields) == 3 && !counted {
		return i, wrong
	}
	if len(fields) == 3 {
		n, err := strconv.Atoi(fields[2])
		if err != nil || n < 1 {
			return i, wrong
		}
		i.Amount = n
	}
	for session := range strings.SplitSeq(sessions, ",") {
		if !timed {
			break
		}
		s, err := calendar.ParseSession(session)
		if err != nil {
			return i, wrong
		}
		i.Sessions |= calendar.Of(s)
	}
	return i, nil
}
