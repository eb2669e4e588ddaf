package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/cmd/panel/internal/text"
	"example.org/backontrack/matching"
	"example.org/backontrack/panel"
	"example.org/backontrack/panel/audit"
	"example.org/backontrack/panel/store"
)

// fsck is the command panel fsck.
func (p *program) fsck() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "fsck",
		Short: "Check everything that has to hold of what is stored",
		Long: "fsck checks the database as such, the chain of the journal, and what has to hold of decisions and placements:\n" +
			"that no group is over-filled, nobody is with whom they must not be, every departure is explained, and every\n" +
			"ranking that a panel saw still recomputes. It changes nothing, and may run beside a server.\n" +
			"The exit status is 3 if it finds anything.",
		Example: "  panel fsck\n  panel fsck --json > findings.json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.looking(cmd, func(ctx context.Context, db *store.DB) error {
				checked, err := p.checkup(ctx, db)
				if err != nil {
					return err
				}
				if asJSON {
					err = p.writeJSON(checked)
				} else {
					err = p.screen(checked.show)
				}
				if err == nil && len(checked.Findings) > 0 {
					err = errBroken
				}
				return err
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return cmd
}

// A checkup is what fsck found, as it is written.
type checkup struct {
	Engine     string    `json:"engine"`
	Journal    uint64    `json:"journal"` // entries
	Decisions  int       `json:"decisions"`
	Placements int       `json:"placements"`
	Rankings   int       `json:"rankings"`
	Findings   []finding `json:"findings"`
}

type finding struct {
	Invariant string `json:"invariant"`
	Noun      string `json:"noun"`
	ID        string `json:"id,omitempty"`
	Detail    string `json:"detail"`
}

func (p *program) checkup(ctx context.Context, db *store.DB) (*checkup, error) {
	out := &checkup{Engine: matching.Version, Findings: []finding{}}
	lines, err := db.Check(ctx)
	if err != nil {
		return nil, err
	}
	for _, line := range lines {
		out.Findings = append(out.Findings, finding{"store", string(panel.NounDatabase), "", line})
	}
	if _, err = verifyChain(ctx, db, audit.Evidence{}); err != nil {
		fault, is := errors.AsType[audit.Fault](err)
		switch {
		case is:
			out.Findings = append(out.Findings, finding{"chain", string(panel.NounJournal), strconv.FormatUint(fault.Seq, 10), faultWords[fault.Code]})
		case panel.KindOf(err) == panel.Corrupt:
			out.Findings = append(out.Findings, unreadable("chain", panel.NounJournal, err))
		default:
			return nil, err
		}
	}
	health, err := panel.New(db, panel.Options{}).Fsck(ctx)
	switch {
	case panel.KindOf(err) == panel.Corrupt: // the checks of what it says end there, and not this one
		out.Findings = append(out.Findings, unreadable("states", panel.NounDatabase, err))
	case err != nil:
		return nil, err
	}
	for _, f := range health.Findings {
		out.Findings = append(out.Findings, finding{f.Invariant, string(f.Noun), f.ID, f.Detail})
	}
	out.Journal, out.Decisions, out.Placements, out.Rankings = health.Journal, health.Decisions, health.Placements, health.Rankings
	return out, nil
}

// unreadable is the finding that a check could go no further.
func unreadable(invariant string, noun panel.Noun, err error) finding {
	detail := "something that is stored can't be read"
	if e, is := errors.AsType[*panel.Error](err); is {
		detail = e.Detail
	}
	return finding{invariant, string(noun), "", detail}
}

// verifyChain checks the journal as it stands, and writes nothing into it: a check of a
// copy, or beside a server, leaves the journal alone.
func verifyChain(ctx context.Context, db panel.Store, evidence audit.Evidence) (report audit.Report, err error) {
	err = db.View(ctx, func(tx panel.Tx) (err error) {
		report, err = audit.Verify(tx.Journal().List(1), evidence)
		return err
	})
	return report, err
}

func (c *checkup) show(s *screen.Screen) {
	looked := fmt.Sprintf("Looked at %s, %s, %s and %s.",
		text.Count(c.Decisions, "decision", "decisions"), text.Count(c.Placements, "placement", "placements"),
		text.Count(c.Rankings, "ranking", "rankings"), text.Count(int(c.Journal), "entry of the journal", "entries of the journal"))
	s.Para(0, 2, screen.Text(looked))
	if len(c.Findings) == 0 {
		s.Line(0, screen.In(screen.Good, "Everything holds."))
		return
	}
	s.Line(0, screen.In(screen.Bad, text.Count(len(c.Findings), "thing does not hold:", "things do not hold:")))
	s.Blank()
	var rows []screen.Row
	for _, f := range c.Findings {
		rows = append(rows, screen.Row{Cells: []screen.Span{screen.Text(f.Invariant), screen.Text(f.Noun), screen.Text(f.ID), screen.Text(f.Detail)}})
	}
	s.Table(0, []screen.Column{{Head: "invariant"}, {Head: "noun"}, {Head: "id", Width: 28}, {Head: "finding", Wide: true}}, rows)
}
