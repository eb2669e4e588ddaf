package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/duty"
)

// deadlines is the command panel deadlines.
func (p *program) deadlines() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "deadlines",
		Short: "What is due: missed, at risk, and in time",
		Long: "deadlines lists what is due and not done: duties after exclusions, decisions, answers to offers, admissions and\n" +
			"reviews. What is missed comes first, then what will be if nothing is planned. It needs a school year: see\n" +
			"panel import years. The days are school days: from today to the day on which it is due, or how many ago that was,\n" +
			"for what is missed. What it is about, a referral, a placement or a review, is named by its id.",
		Example: "  panel deadlines\n  panel deadlines --json > deadlines.json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.serving(cmd, func(ctx context.Context, s *panel.Service) error {
				list, err := s.Deadlines(ctx)
				if err != nil {
					return err
				}
				if asJSON {
					return p.writeDomain(list)
				}
				if len(list) == 0 {
					return p.say("Nothing is due.")
				}
				return p.screen(func(out *screen.Screen) { showDeadlines(out, list) })
			})
		},
	}
	domainFlag(cmd, &asJSON)
	return cmd
}

// domainFlag adds --json to what is read of the domain.
func domainFlag(cmd *cobra.Command, asJSON *bool) {
	cmd.Flags().BoolVar(asJSON, "json", false, "write JSON, with every member that there is")
}

var stateStyles = map[duty.State]screen.Style{duty.Missed: screen.Bad, duty.AtRisk: screen.Warn, duty.Unknown: screen.Dim}

func showDeadlines(out *screen.Screen, list []panel.DeadlineOf) {
	var rows []screen.Row
	for _, d := range list {
		row := cells(string(d.Standing.State), text.Date(d.Deadline.Due), schoolDays(d.Standing), words(string(d.Deadline.Code)), words(string(d.Deadline.Who)), d.ID)
		row.Cells[0].Style = stateStyles[d.Standing.State]
		rows = append(rows, row)
	}
	out.Table(0, []screen.Column{
		{Head: "state"}, {Head: "due"}, {Head: "school days", Right: true}, {Head: "what", Wide: true}, {Head: "who"}, {Head: "of"},
	}, rows)
}

// schoolDays is how many there are to a deadline, or have been since one that is missed: on
// the weekend after it, none.
func schoolDays(s duty.Standing) string {
	switch {
	case !s.Known:
		return ""
	case s.State == duty.Missed:
		return text.Number(-s.Left) + " ago"
	}
	return text.Number(s.Left)
}

// words is a code as people read it.
func words(code string) string { return strings.NewReplacer("_", " ", ".", " ").Replace(code) }

// overrides is the command panel overrides.
func (p *program) overrides() *cobra.Command {
	var from, to string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "overrides",
		Short: "The decisions that departed from the ranking or set a rule aside, and what came of them",
		Long: "overrides is the ledger that a policy can learn from: each departure with its reason, each waiver with its owner,\n" +
			"mitigation and review, and what became of the placement. Without days it is the last twelve months.",
		Example: "  panel overrides\n  panel overrides --from 2026-09-01 --to 2026-12-18",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			first, err := dayFlag("from", from)
			if err != nil {
				return err
			}
			last, err := dayFlag("to", to)
			if err != nil {
				return err
			}
			if last == 0 {
				last = panel.Day(time.Now())
			}
			if first == 0 {
				first = panel.Day(time.Unix(int64(last)*86400, 0).AddDate(-1, 0, 0))
			}
			return p.serving(cmd, func(ctx context.Context, s *panel.Service) error {
				ledger, err := s.Overrides(ctx, first, last)
				if err != nil {
					return err
				}
				if asJSON {
					return p.writeDomain(&ledger)
				}
				return p.screen(func(out *screen.Screen) { showLedger(out, &ledger) })
			})
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "the first `DAY`, such as 2026-09-01")
	cmd.Flags().StringVar(&to, "to", "", "the last `DAY` (default today)")
	domainFlag(cmd, &asJSON)
	return cmd
}

func showLedger(out *screen.Screen, l *panel.Ledger) {
	out.Para(0, 2, screen.Text(fmt.Sprintf("%s to %s: %s, of which %d departed from the ranking or set a rule aside.",
		text.Date(l.From), text.Date(l.To), text.Count(l.Decisions, "decision", "decisions"), len(l.Overrides))))
	for _, tally := range []struct {
		head string
		list []panel.Counted
	}{{"Departures by reason", l.ByReason}, {"Waivers by rule", l.ByRule}} {
		if len(tally.list) == 0 {
			continue
		}
		out.Blank()
		out.Line(0, screen.In(screen.Bold, tally.head))
		var rows []screen.Row
		for _, c := range tally.list {
			rows = append(rows, cells(words(c.Class), fmt.Sprint(c.Rows)))
		}
		out.Table(2, []screen.Column{{}, {Right: true}}, rows)
	}
	for i := range l.Overrides {
		showOverride(out, &l.Overrides[i])
	}
}

func showOverride(out *screen.Screen, o *panel.Override) {
	out.Blank()
	where := "meeting " + string(o.Meeting)
	if o.Meeting == "" {
		where = "chair's action"
	}
	out.Para(0, 2, screen.In(screen.Bold, text.Date(o.Day)+": "+words(string(o.Outcome))),
		screen.Text(" of referral "+string(o.Referral)+", "+where+", by "+string(o.By)+" ("+string(o.Role)+")"))
	if o.Departs {
		rank := fmt.Sprintf("Took rank %d", o.Rank)
		if o.Rank == 0 {
			rank = "Took what the ranking does not have"
		}
		out.Para(2, 2, screen.Text(rank+": "+words(o.Reason.Code)+". "+o.Reason.Text))
	}
	for _, v := range o.Waivers {
		overdue := ""
		if v.Overdue {
			overdue = " (overdue)"
		}
		out.Para(2, 2, screen.In(screen.Warn, "Set aside: "+words(string(v.Rule))+". "), screen.Text(v.Text))
		out.Para(4, 2, screen.Text(fmt.Sprintf("Owner: %s. Mitigation: %s. Review by %s%s.", v.Owner, strings.TrimRight(v.Mitigation, "."), text.Date(v.ReviewBy), overdue)))
	}
	for _, pl := range o.Placements {
		said := "Placement " + string(pl.Placement) + ": " + words(string(pl.State))
		if pl.Ended != 0 {
			said += " on " + text.Date(pl.Ended) + ", " + words(string(pl.EndReason)) + ", to " + words(string(pl.Destination))
		}
		out.Para(2, 2, screen.Text(said+"."))
	}
}

// minutes is the command panel minutes.
func (p *program) minutes() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "minutes [MEETING]",
		Short: "The minutes of a meeting, as text; or which meetings there are",
		Long: "minutes writes what is kept of a meeting for people to read: who was there, what was decided of each referral and\n" +
			"on what grounds. Pupils are in it as the ids of their referrals. Without a MEETING it lists the meetings.",
		Example: "  panel minutes\n  panel minutes 4ctq5dr7zsjhgmhjnxmyc2ue2q > minutes.txt",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.serving(cmd, func(ctx context.Context, s *panel.Service) error {
				if len(args) == 0 {
					return p.meetings(ctx, s, asJSON)
				}
				m, err := s.Minutes(ctx, panel.MeetingID(args[0]))
				if err != nil {
					return err
				}
				if asJSON {
					return p.writeDomain(&m)
				}
				return p.writeText(m.Text())
			})
		},
	}
	domainFlag(cmd, &asJSON)
	return cmd
}

func (p *program) meetings(ctx context.Context, s *panel.Service, asJSON bool) error {
	list, err := s.Meetings(ctx, duty.Always, duty.Open)
	if err != nil {
		return err
	}
	if asJSON {
		return p.writeDomain(list)
	}
	if len(list) == 0 {
		return p.say("There are no meetings.")
	}
	return p.screen(func(out *screen.Screen) {
		var rows []screen.Row
		for _, m := range list {
			rows = append(rows, cells(string(m.ID), text.Date(m.Date), string(m.State), text.Count(len(m.Agenda), "referral", "referrals")))
		}
		out.Table(0, []screen.Column{{Head: "meeting"}, {Head: "day"}, {Head: "state"}, {Head: "agenda"}}, rows)
	})
}
